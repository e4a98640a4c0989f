//! What somebody's own policy file allows of a class or function, as the tables would say it.

use coseal_core::scan_policy::Usage;

use super::{Arguments, NOTHING, State, Use};

/// All that an allowance can say, by the sum of its uses.
static GRANTS: [Use; 8] = {
    let mut grants = [NOTHING; 8];
    grants[1] = grant(true, false, false);
    grants[2] = grant(false, true, false);
    grants[3] = grant(true, true, false);
    grants[4] = grant(false, false, true);
    grants[5] = grant(true, false, true);
    grants[6] = grant(false, true, true);
    grants[7] = grant(true, true, true);
    grants
};

/// Classes are called to make objects as well, by older protocols; and stand in containers and arguments.
const fn grant(import: bool, call: bool, construct: bool) -> Use {
    Use {
        value: import || construct,
        call: if call || construct { Some(Arguments::Values) } else { None },
        new: construct,
        build: call || construct,
        items: construct,
        pairs: construct,
        state: State::Slots,
        ..NOTHING
    }
}

/// The use that an allowance with these words grants.
pub(crate) fn granted(uses: &[Usage]) -> &'static Use {
    let has = |usage: Usage, weight: usize| if uses.contains(&usage) { weight } else { 0 };
    let sum = has(Usage::Import, 1) | has(Usage::Call, 2) | has(Usage::Construct, 4);
    GRANTS.get(sum).unwrap_or(&NOTHING)
}
