//! Words that all these formats share: severities, days, ids of vulnerabilities.

use std::collections::BTreeSet;

use coseal_core::{fact::Advisory, finding::Severity, plain::plain};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Results of one report.
pub(super) const MAX_RESULTS: usize = 20_000;
/// Ids of one vulnerability.
const MAX_IDS: usize = 50;

/// A vulnerability of which only its id and subject are known.
pub(super) fn advisory(ids: impl IntoIterator<Item = String>, subject: &str) -> Option<Advisory> {
    let mut ids =
        ids.into_iter().map(|id| plain(id.trim(), 100)).filter(|id| !id.is_empty()).take(MAX_IDS);
    let id = ids.next()?;
    let aliases: BTreeSet<String> = ids.filter(|alias| *alias != id).collect();
    Some(Advisory {
        id,
        aliases,
        subject: plain(subject, 300),
        product: None,
        stated: None,
        line: None,
        severity: None,
        exploited: false,
        triaged: None,
    })
}

/// A list that may also be `null`, as tools in Go write an empty one.
pub(super) fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// A severity by its word; none for a word that says nothing.
pub(super) fn by_word(word: &str) -> Option<Severity> {
    match word.to_ascii_lowercase().as_str() {
        "critical" => Some(Severity::Critical),
        "high" | "important" => Some(Severity::High),
        "medium" | "moderate" => Some(Severity::Medium),
        "low" => Some(Severity::Low),
        "negligible" | "info" | "informational" | "none" | "note" => Some(Severity::Note),
        _ => None,
    }
}

/// A severity by a score from 0 to 10, as CVSS rates them.
pub(super) fn by_score(score: f64) -> Option<Severity> {
    match score {
        score if !(0.0..=10.0).contains(&score) => None,
        score if score >= 9.0 => Some(Severity::Critical),
        score if score >= 7.0 => Some(Severity::High),
        score if score >= 4.0 => Some(Severity::Medium),
        score if score > 0.0 => Some(Severity::Low),
        _ => Some(Severity::Note),
    }
}

/// A severity by a number, a number as text, or a word.
pub(super) fn by_value(value: &Value) -> Option<Severity> {
    match value {
        Value::Number(number) => by_score(number.as_f64()?),
        Value::String(text) => match text.trim().parse() {
            Ok(score) => by_score(score),
            Err(_) => by_word(text.trim()),
        },
        _ => None,
    }
}

/// The day of a time such as `2026-11-20T10:00:00Z`.
pub(super) fn day(time: &str) -> Option<Date> {
    time.get(..10)?.parse().ok()
}

/// The ids of vulnerabilities in a text: `CVE-2026-12345`, `GHSA-aaaa-bbbb-cccc`.
pub(super) fn ids(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter_map(id).take(MAX_IDS).collect()
}

fn id(word: &str) -> Option<String> {
    let upper = word.to_ascii_uppercase();
    let parts: Vec<&str> = upper.split('-').take(4).collect();
    let digits = |part: &str| part.len() >= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        ["CVE", year, number, ..] if digits(year) && digits(number) => {
            Some(format!("CVE-{year}-{number}"))
        }
        ["GHSA", a, b, c] if [a, b, c].iter().all(|part| part.len() == 4) => {
            Some(format!("GHSA-{a}-{b}-{c}").to_ascii_lowercase().replacen("ghsa", "GHSA", 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::finding::Severity;
    use serde_json::json;

    use super::{by_value, day, ids};

    #[test]
    fn reads_what_tools_write() {
        assert_eq!(ids("CVE-2021-44228-log4j"), ["CVE-2021-44228"]);
        assert_eq!(ids("GHSA-jfh8-c2jp-5v3q"), ["GHSA-jfh8-c2jp-5v3q"]);
        assert_eq!(ids("B105 CVE-x-1"), [""; 0]);
        assert_eq!(by_value(&json!("9.8")), Some(Severity::Critical));
        assert_eq!(by_value(&json!(7)), Some(Severity::High));
        assert_eq!(by_value(&json!("MODERATE")), Some(Severity::Medium));
        assert_eq!(by_value(&json!("NaN")), None);
        assert_eq!(day("2026-11-20T10:00:00Z").unwrap().to_string(), "2026-11-20");
        assert_eq!(day("yesterday"), None);
    }
}
