//! What the records of Stable Baselines hold: objects of its own and of Gymnasium, each pickled by itself (Stable-Baselines3 2,
//! `common/save_util.py`). These classes keep numbers, or are only held; loaders of other files do not meet them.

use coseal_core::scan_policy::Usage;

use super::policy::{Use, granted};
use crate::artefact::names::{self, Standing, is_class};

/// Modules, and the classes in them of which objects are made.
#[rustfmt::skip]
const MADE: &[(&str, &[&str])] = &[
    ("stable_baselines3.common.noise", &["NormalActionNoise", "OrnsteinUhlenbeckActionNoise", "VectorizedActionNoise"]),
    ("stable_baselines3.common.running_mean_std", &["RunningMeanStd"]),
    ("stable_baselines3.common.type_aliases", &["TrainFreq", "TrainFrequencyUnit"]),
    ("stable_baselines3.common.utils", &["ConstantSchedule", "FloatSchedule", "LinearSchedule"]),
    ("stable_baselines3.her.goal_selection_strategy", &["GoalSelectionStrategy"]),
];
/// Modules of spaces, below those of Gymnasium and of Gym, and their classes.
#[rustfmt::skip]
const SPACES: &[(&str, &str)] = &[
    ("box", "Box"), ("dict", "Dict"), ("discrete", "Discrete"), ("multi_binary", "MultiBinary"), ("multi_discrete", "MultiDiscrete"), ("text", "Text"), ("tuple", "Tuple"),
];
/// Modules whose classes are held: kinds of policies, buffers and layers.
#[rustfmt::skip]
const HELD: &[&str] = &[
    "stable_baselines3.common.buffers", "stable_baselines3.common.policies", "stable_baselines3.common.sb2_compat.rmsprop_tf_like", "stable_baselines3.common.torch_layers",
    "stable_baselines3.her.her_replay_buffer", "sb3_contrib.common.recurrent.buffers", "sb3_contrib.common.recurrent.policies", "sb3_contrib.common.maskable.buffers",
    "sb3_contrib.common.maskable.policies",
];

/// What a record may do with a class, beyond what every pickle may.
pub(super) fn allowed(module: &str, name: &str) -> Option<&'static Use> {
    let made = MADE.iter().any(|(of, names)| *of == module && names.contains(&name));
    if made || is_space(module, name) {
        return Some(granted(&[Usage::Construct]));
    }
    let held = is_class(name) && (HELD.contains(&module) || is_policies(module));
    let part = ["torch.nn.", "torch.optim."].iter().any(|of| module.starts_with(of))
        && names::class(&format!("{module}.{name}")) == Standing::Allowed;
    (held || part).then(|| granted(&[Usage::Import]))
}

fn is_space(module: &str, name: &str) -> bool {
    let module = ["gymnasium.spaces.", "gym.spaces."].iter().find_map(|of| module.strip_prefix(of));
    module.is_some_and(|module| SPACES.contains(&(module, name)))
}

/// Whether a module has the policies of one algorithm, such as `stable_baselines3.dqn.policies`.
fn is_policies(module: &str) -> bool {
    let library = ["stable_baselines3.", "sb3_contrib."];
    let inner = library.iter().find_map(|of| module.strip_prefix(of));
    let algorithm = inner.and_then(|inner| inner.strip_suffix(".policies"));
    algorithm.is_some_and(|it| {
        !it.is_empty()
            && it.bytes().all(|b| b == b'_' || b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}
