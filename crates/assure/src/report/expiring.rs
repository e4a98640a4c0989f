//! What ends within thirty days, and what has ended: each with its day and who has to act.

use coseal_core::{
    decision::Content,
    fact::{DecisionFact, Facts},
    outcome::State,
    plain::plain,
    system::{DocumentKind, System},
};
use jiff::{Span, civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::owner::Who;
use crate::{
    Assessment, Judged,
    decision::{Standing, renewed, standing},
    security_txt,
};

/// How far ahead a report looks, in days.
pub const WINDOW_DAYS: i64 = 30;
/// How long keys of an environment may stay, in days; as the check of it.
const KEYS_DAYS: i64 = 365;
/// The check of contacts: each is told by itself.
const CONTACTS: &str = "contacts-current";

/// Something that ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Expiring {
    /// Its last day. First, so that the overdue come first.
    #[schemars(with = "String")]
    pub on: Date,
    /// What ends.
    pub what: String,
    /// Who has to act.
    pub who: Who,
    /// Days left; negative when overdue.
    pub days: i64,
}

pub(super) fn expiring(assessment: &Assessment, facts: &Facts) -> Vec<Expiring> {
    let mut ends: Vec<(Date, String, Who)> = Vec::new();
    if let Some(system) = &facts.system {
        decisions(facts, system, &mut ends);
        contacts(assessment, system, &mut ends);
        models(facts, system, &mut ends);
        keys(system, &mut ends);
        disclosure(facts, system, &mut ends);
    }
    ends.extend(assessment.checks.iter().filter_map(|judged| evidence(judged, facts)));
    let mut all: Vec<_> = ends
        .into_iter()
        .map(|(on, what, who)| {
            let days = i64::from((on - facts.as_of).get_days());
            Expiring { on, what, who, days }
        })
        .filter(|ends| ends.days <= WINDOW_DAYS)
        .collect();
    all.sort();
    all.dedup();
    all
}

fn decisions(facts: &Facts, system: &System, ends: &mut Vec<(Date, String, Who)>) {
    let all: Vec<&DecisionFact> = facts.decisions.values().collect();
    for fact in &all {
        let Ok(decision) = &fact.decision else { continue };
        let standing = standing(fact, facts.as_of, &system.system.id);
        if !matches!(standing, Standing::Holds { .. } | Standing::Expired { .. })
            || renewed(fact, &all, facts.as_of, &system.system.id)
        {
            continue;
        }
        let about = plain(decision.subject(), 80);
        let who = || Who::role(&decision.role, Some(system));
        let kind = match decision.content {
            Content::Waive(_) => "a risk accepted for now",
            Content::Attest(_) => "a signed statement",
            Content::Exempt(_) => "a decision that something does not apply",
            Content::Threat(_) => "a decision about a threat",
            Content::Choose(_) => "the choice of a model",
        };
        if let Some(last) = decision.expires {
            ends.push((last, format!("{kind}: {about}"), who()));
        }
        if let Content::Choose(choose) = &decision.content
            && let Some(day) = choose.reassess_by
        {
            ends.push((day, format!("choosing again: {about}"), who()));
        }
    }
}

fn contacts(assessment: &Assessment, system: &System, ends: &mut Vec<(Date, String, Who)>) {
    let days = assessment.check(CONTACTS).and_then(|judged| judged.entry.max_age_days);
    let Some(days) = days else { return };
    for (id, role) in &system.role {
        if let Some(last) = role.checked.and_then(|checked| after(checked, i64::from(days))) {
            let what = format!("try again whether {} can be reached", plain(id, 60));
            ends.push((last, what, Who::role(id, Some(system))));
        }
    }
}

fn models(facts: &Facts, system: &System, ends: &mut Vec<(Date, String, Who)>) {
    let who = |id: &str| Who::of_element("model", id, "1.4", system);
    for (element, hosted) in &facts.hosted_models {
        if let Some(day) = hosted.ends {
            let id = element.strip_prefix("model.").unwrap_or(element);
            let what = format!(
                "its vendor switches off {} ({})",
                plain(&hosted.model, 60),
                plain(element, 60)
            );
            ends.push((day, what, who(id)));
        }
    }
    for (id, model) in system.model.iter().filter(|(_, model)| model.retired.is_none()) {
        if let Some(day) = model.reassess_by {
            let what = format!("the day to choose model.{} again", plain(id, 60));
            ends.push((day, what, who(id)));
        }
    }
}

fn keys(system: &System, ends: &mut Vec<(Date, String, Who)>) {
    for (id, environment) in &system.environment {
        if let Some(last) = environment.rotated.and_then(|day| after(day, KEYS_DAYS)) {
            let what = format!("the keys of {} have to be changed", plain(id, 60));
            ends.push((last, what, Who::of_element("environment", id, "3.1", system)));
        }
    }
}

fn disclosure(facts: &Facts, system: &System, ends: &mut Vec<(Date, String, Who)>) {
    for document in system.document.values() {
        let path = document.location.path().filter(|_| document.kind == DocumentKind::SecurityTxt);
        let text =
            path.and_then(|path| facts.texts.get(path)).and_then(|text| text.text.as_ref().ok());
        if let Some(day) = text.and_then(|text| security_txt::read(text).expires) {
            let what = "renew the page on reporting weaknesses (security.txt)".to_owned();
            ends.push((day, what, Who::of(None, "4.4", Some(system))));
        }
    }
}

/// Evidence that holds for a number of days only.
fn evidence(judged: &Judged, facts: &Facts) -> Option<(Date, String, Who)> {
    let holds = judged.outcome.state.is_judged() && judged.outcome.state != State::Fail;
    if judged.entry.id == CONTACTS || !(holds || judged.outcome.state == State::Stale) {
        return None;
    }
    let record = || Some(judged.evidence.as_ref()?.observed.to_zoned(TimeZone::UTC).date());
    let seen = judged.outcome.observed.or_else(record)?;
    let last = after(seen, i64::from(judged.entry.max_age_days?))?;
    let who = Who::of(None, &judged.guideline.id, facts.system.as_ref());
    Some((last, format!("evidence that {}", judged.entry.question), who))
}

fn after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().days(days)).ok()
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        fact::{Facts, HostedModel, Pin},
        system,
    };
    use jiff::civil::{Date, date};

    use super::expiring;
    use crate::{assess, checks::CHECKS};

    const DAY: Date = date(2026, 11, 21);

    #[test]
    fn the_overdue_come_first_and_what_is_further_away_is_left_out() {
        let text = "schema = 1\n[system]\nid = \"x\"\npurpose = \"y\"\nexposure = \"staff\"\nimpact = \"low\"\nenvironments = [\"a\", \"b\"]\n\
            [role.risk-owner]\ncontact = \"mailto:r@x.org\"\nchecked = \"2026-08-30\"\n\
            [role.incident]\ncontact = \"mailto:i@x.org\"\nchecked = \"2026-11-20\"\n\
            [environment.a]\npurpose = \"production\"\nrotated = \"2025-11-20\"\n\
            [environment.b]\npurpose = \"training\"\nrotated = \"2026-11-20\"\n\
            [model.m]\nlocation = \"api:openai/x\"\nreassess-by = \"2026-12-21\"\n\
            [model.n]\nlocation = \"api:openai/y\"\nreassess-by = \"2026-12-22\"\n";
        let read = system::read(text);
        assert!(read.system.is_some(), "{:?}", read.problems);
        let mut facts = Facts { system: read.system, ..Facts::none(DAY) };
        let hosted = HostedModel {
            element: "model.n".into(),
            provider: "openai".into(),
            model: "y".into(),
            known: true,
            pin: Pin::Snapshot,
            ends: Some(date(2026, 11, 21)),
            replacement: None,
            catalogue_as_of: DAY,
        };
        facts.hosted_models.insert("model.n".into(), hosted);
        let found = expiring(&assess(CHECKS, &facts), &facts);
        let told: Vec<_> = found.iter().map(|ends| (ends.days, ends.what.as_str())).collect();
        assert_eq!(
            told,
            [
                (-1, "the keys of a have to be changed"),
                (0, "its vendor switches off y (model.n)"),
                (7, "try again whether risk-owner can be reached"),
                (30, "the day to choose model.m again"),
            ]
        );
        assert_eq!(found[2].who.contact.as_deref(), Some("r@x.org"));
    }
}
