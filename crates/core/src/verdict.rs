//! The roll-up from checks to a guideline.

use serde::Serialize;

use crate::{
    catalogue::{Level, Scope},
    outcome::State,
};

/// The verdict on one guideline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Number of the guideline.
    pub guideline: String,
    /// Its short name.
    pub name: String,
    /// The rolled-up state.
    pub state: State,
    /// Applicable checks that were judged.
    pub judged: usize,
    /// Applicable checks.
    pub applicable: usize,
}

/// Rolls the states of a guideline's checks up into one.
///
/// The table at the head of the catalogue, in this order:
/// none applicable: not-applicable; no applicable check judged: unknown; any must fails: fail; any must
/// unknown or stale: unknown; any must partial or waived, or any should that is not a pass: partial; pass.
#[must_use]
pub fn roll_up(checks: &[(Level, State)]) -> State {
    let applicable: Vec<_> =
        checks.iter().filter(|(_, state)| *state != State::NotApplicable).collect();
    let must = |wanted: &[State]| {
        applicable.iter().any(|(level, state)| *level == Level::Must && wanted.contains(state))
    };
    if applicable.is_empty() {
        State::NotApplicable
    } else if !applicable.iter().any(|(_, state)| state.is_judged()) {
        State::Unknown
    } else if must(&[State::Fail]) {
        State::Fail
    } else if must(&[State::Unknown, State::Stale]) {
        State::Unknown
    } else if must(&[State::Partial, State::Waived])
        || applicable.iter().any(|(level, state)| *level == Level::Should && *state != State::Pass)
    {
        State::Partial
    } else {
        State::Pass
    }
}

/// How many checks of a scope are in each state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScopeCount {
    /// The scope.
    pub scope: Scope,
    /// Applicable checks.
    pub applicable: usize,
    /// Of these, judged.
    pub judged: usize,
    /// Whether all that is judged of what only shows elsewhere (running, over time, in a drill) is judged from what files show.
    pub from_files_alone: bool,
    /// Count for each state, in the order of [`State::ALL`].
    pub states: Vec<(State, usize)>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::roll_up;
    use crate::{
        catalogue::Level::{self, Must, Should},
        outcome::State::{self, Fail, NotApplicable, Partial, Pass, Stale, Unknown, Waived},
    };

    /// The whole table for one must and one should: rows are the must, columns the should, in the order of `State::ALL`.
    #[test]
    fn each_cell_of_the_table() {
        let table = [
            // should:        pass     partial  fail     n-a            waived   stale    unknown
            (Pass, [Pass, Partial, Partial, Pass, Partial, Partial, Partial]),
            (Partial, [Partial, Partial, Partial, Partial, Partial, Partial, Partial]),
            (Fail, [Fail, Fail, Fail, Fail, Fail, Fail, Fail]),
            (NotApplicable, [Pass, Partial, Partial, NotApplicable, Partial, Unknown, Unknown]),
            (Waived, [Partial, Partial, Partial, Partial, Partial, Partial, Partial]),
            (Stale, [Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown]),
            (Unknown, [Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown]),
        ];
        for (must, row) in table {
            for (should, expected) in State::ALL.into_iter().zip(row) {
                assert_eq!(
                    roll_up(&[(Must, must), (Should, should)]),
                    expected,
                    "{must} and {should}"
                );
            }
        }
        assert_eq!(roll_up(&[]), NotApplicable);
    }

    /// Two musts: the stronger of each pair wins, in the order fail, unknown or stale, partial or waived, pass.
    #[test]
    fn each_pair_of_musts() {
        let rank = |state| match state {
            Fail => 3,
            Unknown | Stale => 2,
            Partial | Waived => 1,
            Pass | NotApplicable => 0,
        };
        for a in State::ALL {
            for b in State::ALL {
                let expected = match (a, b) {
                    (NotApplicable, NotApplicable) => NotApplicable,
                    _ => [Pass, Partial, Unknown, Fail][rank(a).max(rank(b))],
                };
                assert_eq!(roll_up(&[(Must, a), (Must, b)]), expected, "{a} and {b}");
            }
        }
    }

    fn checks() -> impl Strategy<Value = Vec<(Level, State)>> {
        let state = prop::sample::select(State::ALL.to_vec());
        let level = prop::sample::select(vec![Must, Should]);
        prop::collection::vec((level, state), 0..9)
    }

    proptest! {
        #[test]
        fn order_does_not_matter(mut checks in checks(), seed in any::<u64>()) {
            let before = roll_up(&checks);
            let length = checks.len().max(1);
            for i in 0..checks.len() {
                checks.swap(i, (seed as usize).wrapping_mul(i + 7) % length);
            }
            prop_assert_eq!(roll_up(&checks), before);
        }

        #[test]
        fn a_pass_has_no_check_that_is_not_a_pass(checks in checks()) {
            if roll_up(&checks) == Pass {
                prop_assert!(checks.iter().all(|(_, state)| matches!(state, Pass | NotApplicable)));
            }
        }

        #[test]
        fn turning_a_check_unknown_or_stale_never_makes_a_guideline_pass(checks in checks(), at in any::<prop::sample::Index>(), stale in any::<bool>()) {
            prop_assume!(!checks.is_empty());
            let mut worse = checks.clone();
            worse[at.index(checks.len())].1 = if stale { Stale } else { Unknown };
            prop_assert_ne!(roll_up(&worse), Pass);
        }
    }
}
