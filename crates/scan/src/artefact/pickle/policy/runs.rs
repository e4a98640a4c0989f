//! What training runs keep: spaces and steps of reinforcement learning, arrays of JAX, states of its optimisers.

use super::{Arguments, CALLABLE, CONSTANT, OBJECT, Row, State, TYPE, Use, function, row};

/// Why a space is harmless: it takes the shape and the generator of older versions, and sets the rest.
const SPACE: &str = "bounds and shapes: its state is only set";

/// A tuple with names, made of what it holds.
const STEPS: Use = Use { call: Some(Arguments::Values), state: State::Nothing, ..TYPE };
/// Made of a dict, and given no state.
const FROZEN: Use = Use { call: Some(Arguments::Filled), state: State::Nothing, ..TYPE };

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("jax._src.array", function(Arguments::DeviceArray), &["_reconstruct_array"], "an array by NumPy's: what it calls is looked at"),
    row("jax._src.device_array", function(Arguments::DeviceArray), &["reconstruct_device_array"], "the same of versions before 0.4"),
    row("gym.spaces.box", OBJECT, &["Box"], SPACE),
    row("gym.spaces.dict", OBJECT, &["Dict"], SPACE),
    row("gym.spaces.discrete", OBJECT, &["Discrete"], SPACE),
    row("gym.spaces.graph", OBJECT, &["Graph"], SPACE),
    row("gym.spaces.multi_binary", OBJECT, &["MultiBinary"], SPACE),
    row("gym.spaces.multi_discrete", OBJECT, &["MultiDiscrete"], SPACE),
    row("gym.spaces.sequence", OBJECT, &["Sequence"], SPACE),
    row("gym.spaces.text", OBJECT, &["Text"], SPACE),
    row("gym.spaces.tuple", OBJECT, &["Tuple"], SPACE),
    row("gymnasium.spaces.box", OBJECT, &["Box"], SPACE),
    row("gymnasium.spaces.dict", OBJECT, &["Dict"], SPACE),
    row("gymnasium.spaces.discrete", OBJECT, &["Discrete"], SPACE),
    row("gymnasium.spaces.graph", OBJECT, &["Graph"], SPACE),
    row("gymnasium.spaces.multi_binary", OBJECT, &["MultiBinary"], SPACE),
    row("gymnasium.spaces.multi_discrete", OBJECT, &["MultiDiscrete"], SPACE),
    row("gymnasium.spaces.sequence", OBJECT, &["Sequence"], SPACE),
    row("gymnasium.spaces.text", OBJECT, &["Text"], SPACE),
    row("gymnasium.spaces.tuple", OBJECT, &["Tuple"], SPACE),
    row("optax._src.base", STEPS, &["EmptyState"], "a tuple with names: what an optimiser keeps"),
    row("optax._src.clipping", STEPS, &["AdaptiveGradClipState", "ClipByGlobalNormState", "ClipState"], "a tuple with names: what an optimiser keeps"),
    row("optax._src.combine", STEPS, &["MultiTransformState", "PartitionState"], "a tuple with names: what an optimiser keeps"),
    row("optax._src.constrain", STEPS, &["NonNegativeParamsState", "ZeroNansState"], "a tuple with names: what an optimiser keeps"),
    row("optax._src.factorized", STEPS, &["FactoredState"], "a tuple with names: what an optimiser keeps"),
    row("optax._src.linesearch", STEPS, &["BacktrackingLineSearchState", "ScaleByBacktrackingLinesearchState", "ScaleByZoomLinesearchState", "ZoomLinesearchState"], "a tuple with names: what an optimiser keeps"),
    row("optax._src.lookahead", STEPS, &["LookaheadState"], "a tuple with names: what an optimiser keeps"),
    row("optax._src.schedule", STEPS, &["InjectHyperparamsState", "InjectStatefulHyperparamsState"], "a tuple with names: what an optimiser keeps"),
    row("optax._src.transform", STEPS, &["AddDecayedWeightsState", "AddNoiseState", "ApplyEvery", "ApplyEveryState", "EmaState", "NonNegativeParamsState", "ScaleByAdaDeltaState", "ScaleByAdamState", "ScaleByAdanState", "ScaleByAmsgradState", "ScaleByBeliefState", "ScaleByDistanceOverGradientsState", "ScaleByFromageState", "ScaleByLBFGSState", "ScaleByLionState", "ScaleByNovogradState", "ScaleByOptimisticGradientState", "ScaleByPolyakState", "ScaleByRStdDevState", "ScaleByRStdDevWithCountState", "ScaleByRmsState", "ScaleByRmsWithCountState", "ScaleByRpropState", "ScaleByRssState", "ScaleBySM3State", "ScaleByScheduleState", "ScaleByTrustRatioState", "ScaleState", "TraceState"], "a tuple with names: what an optimiser keeps"),
    row("optax._src.wrappers", STEPS, &["ApplyIfFiniteState", "LookaheadState", "MaskedState", "MaybeUpdateState", "MultiStepsState"], "a tuple with names: what an optimiser keeps"),
    row("optax.schedules._inject", STEPS, &["InjectHyperparamsState", "InjectStatefulHyperparamsState", "WrappedScheduleState"], "a tuple with names: what an optimiser keeps"),
    row("optax.transforms._accumulation", STEPS, &["EmaState", "MultiStepsState", "TraceState"], "a tuple with names: what an optimiser keeps"),
    row("optax.transforms._adding", STEPS, &["AddNoiseState"], "a tuple with names: what an optimiser keeps"),
    row("optax.transforms._combining", STEPS, &["PartitionState"], "a tuple with names: what an optimiser keeps"),
    row("optax.transforms._conditionality", STEPS, &["ApplyIfFiniteState", "ConditionallyMaskState", "ConditionallyTransformState"], "a tuple with names: what an optimiser keeps"),
    row("optax.transforms._constraining", STEPS, &["ZeroNansState"], "a tuple with names: what an optimiser keeps"),
    row("optax.transforms._masking", STEPS, &["MaskedState"], "a tuple with names: what an optimiser keeps"),
    row("optax.transforms._monitoring", STEPS, &["MonitorState", "SnapshotState"], "a tuple with names: what an optimiser keeps"),
    row("flax.core.frozen_dict", FROZEN, &["FrozenDict"], "a dict that is never changed, copied from one"),
    row("ml_dtypes", CONSTANT, &["bfloat16", "float8_e3m4", "float8_e4m3", "float8_e4m3b11fnuz", "float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2", "float8_e5m2fnuz", "float8_e8m0fnu", "int4", "uint4"], "element types of JAX's arrays"),
    row("stable_baselines3.common.buffers", OBJECT, &["DictReplayBuffer", "DictRolloutBuffer", "NStepReplayBuffer", "ReplayBuffer", "RolloutBuffer"], "steps of a run, as arrays"),
    row("stable_baselines3.common.running_mean_std", OBJECT, &["RunningMeanStd"], "a mean and a variance"),
    row("stable_baselines3.her.her_replay_buffer", OBJECT, &["HerReplayBuffer"], "steps of a run, as arrays: its environment is not kept"),
    row("stable_baselines3.common.noise", CALLABLE, &["NormalActionNoise", "OrnsteinUhlenbeckActionNoise"], "noise by numbers"),
    row("stable_baselines3.common.utils", CALLABLE, &["ConstantSchedule", "LinearSchedule"], "numbers"),
    row("stable_baselines3.common.type_aliases", TYPE, &["TrainFreq"], "a tuple with names"),
    row("stable_baselines3.common.type_aliases", Use { call: Some(Arguments::Literal), ..TYPE }, &["TrainFrequencyUnit"], "an enumeration, by its value"),
    row("stable_baselines3.her.goal_selection_strategy", Use { call: Some(Arguments::Literal), ..TYPE }, &["GoalSelectionStrategy"], "an enumeration, by its value"),
];
