//! What stands behind a guideline's verdict, in a line.

use coseal_core::{outcome::State, verdict::Verdict};

use super::input::Exported;
use crate::Judged;

/// How many checks under a guideline are in each state, and which, where they are not a pass.
pub(super) fn tally(of: &Exported<'_>, verdict: &Verdict) -> String {
    let under: Vec<&Judged> = of.under(&verdict.guideline).collect();
    let states: Vec<_> = State::ALL
        .into_iter()
        .filter_map(|state| {
            let ids: Vec<_> = under
                .iter()
                .filter(|judged| judged.outcome.state == state)
                .map(|judged| judged.entry.id.as_str())
                .collect();
            match (ids.len(), state) {
                (0, _) => None,
                (count, State::Pass) => Some(format!("{count} pass")),
                (count, _) => Some(format!("{count} {state} ({})", ids.join(", "))),
            }
        })
        .collect();
    format!("{}; checks: {}", verdict.state, states.join("; "))
}

/// How much of a guideline rests on signed records: the share, from 0 to 1 and never rounded up, and the same in words.
/// None for a guideline of which nothing is judged.
pub(super) fn backing(of: &Exported<'_>, verdict: &Verdict) -> Option<(f64, String)> {
    if verdict.judged == 0 {
        return None;
    }
    let mut grades: Vec<char> = Vec::new();
    let mut recorded = 0;
    for judged in of.under(&verdict.guideline).filter(|judged| judged.outcome.state.is_judged()) {
        if let Some(item) = of.record(judged) {
            recorded += 1;
            grades.extend(item.grade);
        }
    }
    grades.sort_unstable();
    let all = verdict.applicable;
    let mut words = format!("{recorded} of {all} applicable checks rest on a signed record");
    if !grades.is_empty() {
        let grades: Vec<_> = grades.iter().map(char::to_string).collect();
        words.push_str(&format!(" (grades {})", grades.join(", ")));
    }
    Some((share(recorded, all), words))
}

/// The share of a guideline's applicable checks that pass, from 0 to 1, where a partial one counts half; 0 if the guideline
/// fails. None where there is no verdict to give.
pub(super) fn score(of: &Exported<'_>, verdict: &Verdict) -> Option<f64> {
    let halves = of.under(&verdict.guideline).map(|judged| match judged.outcome.state {
        State::Pass => 2,
        State::Partial => 1,
        _ => 0,
    });
    match verdict.state {
        State::Pass | State::Partial => Some(share(halves.sum(), 2 * verdict.applicable)),
        State::Fail => Some(0.0),
        State::Waived | State::NotApplicable | State::Stale | State::Unknown => None,
    }
}

/// Hundredths, cut: only all of them is 1.
fn share(some: usize, all: usize) -> f64 {
    let hundredths = (100 * some).checked_div(all).unwrap_or_default();
    f64::from(u32::try_from(hundredths).unwrap_or_default()) / 100.0
}
