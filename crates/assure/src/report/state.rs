//! What a report says, for machines: the next report reads it back to tell what has changed, and its digest is what two
//! people compare who want to know whether they hold the same report.
//!
//! It holds no text of an inspected file but the ids of the system and the environment. An earlier report may have come from
//! anybody: reading is strict and bounded, and nothing of it but states and days is shown.

use std::collections::BTreeMap;

use coseal_core::{
    catalogue::{Level, catalogue},
    digest::Digest,
    outcome::State,
};
use coseal_sign::{canonical, sha256};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::MayRun;

/// What stands before the state in a page.
pub const TEMPLATE_START: &str = "<template id=\"coseal-report-state\">";
/// What stands behind it.
pub const TEMPLATE_END: &str = "</template>";
/// More of anything than this is no report of coseal's.
const MAX_ENTRIES: usize = 4_000;
/// Longer ids are none of coseal's.
const MAX_ID: usize = 128;

/// The state of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReportState {
    /// Version of this format; 1.
    pub schema: u32,
    /// Id of the system; none without a system file.
    pub system: Option<String>,
    /// Environment that the report is about, if one was named.
    pub environment: Option<String>,
    /// The day that the report is about.
    #[schemars(with = "String", extend("format" = "date"))]
    pub as_of: Date,
    /// Whether the system may run.
    pub answer: MayRun,
    /// Each check, by its id.
    pub checks: BTreeMap<String, CheckState>,
    /// Waivers, exemptions and accepted threats in force, by the digest of their file.
    pub decisions: BTreeMap<Digest, DecidedState>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CheckState {
    /// Its state.
    pub state: State,
    /// Digest over the facts that it rests on.
    pub binding: Digest,
    /// The record that it stands on.
    pub record: Option<Digest>,
}

/// A decision in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DecidedState {
    /// The check or threat that it is about.
    pub about: String,
    /// Its last day.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub expires: Option<Date>,
}

/// Why a file is not an earlier report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAState {
    /// There is none in it, or more than one.
    #[error("it is no HTML or JSON report of coseal")]
    Absent,
    /// What stands there is not one.
    #[error("what it says of itself can't be read")]
    Broken,
    /// It is of a later version.
    #[error("it is of a version that this coseal does not know")]
    Version,
    /// It is about another system, or another environment of it.
    #[error("it is about another system or environment")]
    Other,
    /// It is about a day that has not come yet.
    #[error("it is about {0}, which is after the day of this report, {1}")]
    Later(Date, Date),
    /// What it says in one place contradicts what it says in another.
    #[error("it contradicts itself: {0}")]
    Contradicts(&'static str),
}

/// A JSON report, of which only the state is read.
#[derive(Deserialize)]
struct JsonReport {
    state: ReportState,
}

impl ReportState {
    /// The state in the text of an earlier report, HTML or JSON. The text is bounded by whoever read it.
    ///
    /// # Errors
    /// If there is none, or not exactly one that is whole.
    pub fn find(text: &str) -> Result<Self, NotAState> {
        let state = if text.trim_start().starts_with('{') {
            serde_json::from_str::<JsonReport>(text).map_err(|_| NotAState::Broken)?.state
        } else {
            let (_, behind) = text.split_once(TEMPLATE_START).ok_or(NotAState::Absent)?;
            let (data, rest) = behind.split_once(TEMPLATE_END).ok_or(NotAState::Absent)?;
            if rest.contains(TEMPLATE_START) {
                return Err(NotAState::Absent);
            }
            serde_json::from_str(&unescaped(data)?).map_err(|_| NotAState::Broken)?
        };
        state.checked()
    }

    /// The same, if it is about what another one is about.
    ///
    /// # Errors
    /// If it isn't.
    pub fn about(self, system: Option<&str>, environment: Option<&str>) -> Result<Self, NotAState> {
        let same = self.system.as_deref() == system && self.environment.as_deref() == environment;
        if same { Ok(self) } else { Err(NotAState::Other) }
    }

    /// The same, if its day is not after `day`.
    ///
    /// # Errors
    /// If it is.
    pub fn before(self, day: Date) -> Result<Self, NotAState> {
        if self.as_of <= day { Ok(self) } else { Err(NotAState::Later(self.as_of, day)) }
    }

    /// SHA-256 over its canonical form.
    #[must_use]
    pub fn digest(&self) -> Digest {
        sha256(self.text().as_bytes())
    }

    /// Its canonical form.
    #[must_use]
    pub fn text(&self) -> String {
        canonical(&serde_json::to_value(self).unwrap_or_default())
    }

    fn checked(self) -> Result<Self, NotAState> {
        if self.schema != 1 {
            return Err(NotAState::Version);
        }
        let ids = self.checks.keys().chain(self.decisions.values().map(|decided| &decided.about));
        let named = self.system.iter().chain(&self.environment);
        if let Some(why) = self.contradiction() {
            return Err(NotAState::Contradicts(why));
        }
        let few = self.checks.len() <= MAX_ENTRIES && self.decisions.len() <= MAX_ENTRIES;
        if few && ids.chain(named).all(|id| id.len() <= MAX_ID) {
            Ok(self)
        } else {
            Err(NotAState::Broken)
        }
    }
}

impl ReportState {
    /// What no report that coseal writes says of itself.
    fn contradiction(&self) -> Option<&'static str> {
        let ended = |decided: &DecidedState| decided.expires.is_some_and(|day| day < self.as_of);
        let unmet = |(id, check): (&String, &CheckState)| {
            let must = catalogue().check(id).is_some_and(|(_, entry)| entry.level == Level::Must);
            must && !matches!(check.state, State::Pass | State::NotApplicable)
        };
        if self.answer == MayRun::Yes && self.checks.iter().any(unmet) {
            return Some("it may run, and a requirement that must be met is not");
        }
        let unknown = |id: &String| catalogue().check(id).is_none();
        if self.decisions.values().any(ended) {
            return Some("a decision in force had ended by its day");
        }
        if self.system.is_none() && self.environment.is_some() {
            return Some("an environment without a system");
        }
        self.checks.keys().all(unknown).then_some("it names no check of coseal's")
    }
}

/// The one escape that a page's writer makes in a state without odd characters; any other is not ours.
fn unescaped(data: &str) -> Result<String, NotAState> {
    let text = data.trim().replace("&#34;", "\"");
    if text.contains(['&', '<', '>']) { Err(NotAState::Broken) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use coseal_core::{digest::Digest, outcome::State};
    use jiff::civil::date;

    use super::{CheckState, DecidedState, NotAState, ReportState, TEMPLATE_END, TEMPLATE_START};
    use crate::report::MayRun;

    fn state() -> ReportState {
        let check = CheckState {
            state: State::Fail,
            binding: Digest::new([1; 32]),
            record: Some(Digest::new([2; 32])),
        };
        ReportState {
            schema: 1,
            system: Some("x".into()),
            environment: None,
            as_of: date(2026, 11, 21),
            answer: MayRun::No,
            checks: BTreeMap::from([("assets-unchanged".to_owned(), check)]),
            decisions: BTreeMap::new(),
        }
    }

    fn page(inside: &str) -> String {
        format!("<html>{TEMPLATE_START}{}{TEMPLATE_END}</html>", inside.replace('"', "&#34;"))
    }

    #[test]
    fn comes_back_from_a_page_and_from_json() {
        let state = state();
        assert_eq!(ReportState::find(&page(&state.text())), Ok(state.clone()));
        let json = serde_json::json!({ "schema": 1, "more": [1], "state": state }).to_string();
        assert_eq!(ReportState::find(&json), Ok(state.clone()));
        let other = ReportState { as_of: date(2026, 11, 20), ..state.clone() };
        assert_ne!(other.digest(), state.digest());
        assert_eq!(state.clone().about(Some("x"), None), Ok(state.clone()));
        assert_eq!(state.clone().about(Some("y"), None), Err(NotAState::Other));
        assert_eq!(state.about(Some("x"), Some("staging")), Err(NotAState::Other));
    }

    #[test]
    fn one_of_a_later_day_or_that_contradicts_itself_is_no_earlier_report() {
        let day = date(2026, 11, 21);
        assert!(state().before(day).is_ok() && state().before(date(2026, 12, 1)).is_ok());
        let yesterday = date(2026, 11, 20);
        assert_eq!(state().before(yesterday), Err(NotAState::Later(day, yesterday)));
        let ended = DecidedState { about: "x".into(), expires: Some(yesterday) };
        let contradict: [fn(&mut ReportState); 3] = [
            |state| state.system = None,
            |state| state.answer = MayRun::Yes,
            |state| {
                let check = state.checks.pop_first().unwrap().1;
                state.checks.insert("no-such-check".into(), check);
            },
        ];
        let mut hostile = vec![state(), state(), state(), state()];
        hostile[0].environment = Some("production".into());
        for (state, change) in hostile.iter_mut().zip(contradict) {
            change(state);
        }
        hostile[3].decisions.insert(Digest::new([3; 32]), ended);
        for state in hostile {
            let found = ReportState::find(&page(&state.text()));
            assert!(matches!(found, Err(NotAState::Contradicts(_))), "{found:?}");
        }
    }

    #[test]
    fn nothing_else_does() {
        let text = state().text();
        for (hostile, why) in [
            (String::new(), NotAState::Absent),
            ("<html></html>".into(), NotAState::Absent),
            (format!("{}{}", page(&text), page(&text)), NotAState::Absent),
            (format!("{TEMPLATE_START}{text}"), NotAState::Absent),
            (page("{}"), NotAState::Broken),
            (page(&text.replace("\"schema\":1", "\"schema\":1,\"extra\":1")), NotAState::Broken),
            (page(&text.replace("\"schema\":1", "\"schema\":2")), NotAState::Version),
            (page(&text.replace("\"x\"", &format!("\"{}\"", "x".repeat(200)))), NotAState::Broken),
            (page(&text.replace("\"x\"", "\"<b>\"")), NotAState::Broken),
            (page(&text.replace("\"x\"", "\"&lt;\"")), NotAState::Broken),
            ("{\"state\":{}}".into(), NotAState::Broken),
            ("{".repeat(100_000), NotAState::Broken),
            (format!("{{\"state\":{}}}", "[".repeat(100_000)), NotAState::Broken),
        ] {
            assert_eq!(ReportState::find(&hostile).unwrap_err(), why, "{hostile:.80}");
        }
    }
}
