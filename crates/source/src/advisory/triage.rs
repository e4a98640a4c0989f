//! What was said of vulnerabilities, found by id and package.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Advisory, AdvisoryReport},
    place::is_vendored,
};
use jiff::civil::Date;

use super::Product;

/// Advisories by id and name of the package. Under one such key there are seldom more than a few.
#[derive(Debug, Default)]
struct Index<'a>(BTreeMap<(String, String), Vec<Entry<'a>>>);

#[derive(Debug)]
struct Entry<'a> {
    product: Product,
    advisory: &'a Advisory,
    made: Option<Date>,
}

impl<'a> Index<'a> {
    fn add(&mut self, advisory: &'a Advisory, made: Option<Date>) {
        for key in keys(advisory) {
            let product = Product::read(&advisory.subject);
            self.0.entry(key).or_default().push(Entry { product, advisory, made });
        }
    }

    /// What is said under the ids and the package of an advisory.
    fn near(&self, advisory: &Advisory) -> impl Iterator<Item = &Entry<'a>> {
        keys(advisory).into_iter().filter_map(|key| self.0.get(&key)).flatten()
    }
}

fn keys(advisory: &Advisory) -> BTreeSet<(String, String)> {
    let name = Product::read(&advisory.subject).name().replace(['_', '.'], "-");
    let ids = advisory.aliases.iter().chain([&advisory.id]);
    ids.map(|id| (id.to_ascii_lowercase(), name.clone())).collect()
}

/// What statements say of vulnerabilities.
#[derive(Debug, Default)]
pub struct Statements<'a>(Index<'a>);

impl<'a> Statements<'a> {
    /// The statements of OpenVEX, CSAF and CycloneDX among reports that hold on a day for a system of this id. What
    /// vendored code brings along is about its own product, and so is what is said of a part of another product.
    #[must_use]
    pub fn of(reports: &'a [AdvisoryReport], as_of: Date, own: &str) -> Self {
        let mut index = Index::default();
        for report in reports {
            let says = matches!(report.format.as_str(), "openvex" | "csaf-vex" | "cyclonedx-vex");
            if !says || is_vendored(&report.path) {
                continue;
            }
            for advisory in &report.results {
                let made = advisory.stated.or(report.made);
                if made.is_some_and(|day| day > as_of) || !is_ours(advisory, own) {
                    continue;
                }
                // What CycloneDX rates and leaves open is a finding, not somebody's word that it is open.
                if advisory.triaged.is_some() || advisory.severity.is_none() {
                    index.add(advisory, made);
                }
            }
        }
        Self(index)
    }

    /// Whether somebody says that it is dealt with, and nobody later or on the same day that it is not.
    #[must_use]
    pub fn close(&self, found: &Advisory) -> bool {
        let product = Product::read(&found.subject);
        let (mut closed, mut open) = (None, None);
        for entry in self.0.near(found) {
            let same = entry.advisory.subject == found.subject && !found.subject.is_empty();
            if same || entry.product.covers(&product) {
                let which = if entry.advisory.triaged.is_some() { &mut closed } else { &mut open };
                *which = (*which).max(Some(entry.made));
            }
        }
        closed.is_some() && open < closed
    }
}

/// Whether a statement is about no other product: none is named, or the one that is has the id of the system.
fn is_ours(advisory: &Advisory, own: &str) -> bool {
    advisory.product.as_ref().is_none_or(|product| {
        let product = Product::read(product);
        let name = product.name().rsplit('/').next().unwrap_or_default();
        !own.is_empty() && name == own.to_ascii_lowercase()
    })
}

/// Vulnerabilities that were told already, by whichever report.
#[derive(Debug, Default)]
pub struct Told<'a>(Index<'a>);

impl<'a> Told<'a> {
    /// Whether it was not told yet; from now on it was.
    pub fn is_new(&mut self, found: &'a Advisory) -> bool {
        let product = Product::read(&found.subject);
        let same = |entry: &Entry<'_>| {
            entry.advisory.line == found.line
                && (entry.advisory.subject == found.subject
                    || entry.product.covers(&product) && product.covers(&entry.product))
        };
        let new = !self.0.near(found).any(same);
        if new {
            self.0.add(found, None);
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::{Advisory, AdvisoryReport};

    use super::{Statements, Told};

    fn advisory(id: &str, aliases: &[&str], subject: &str, triaged: Option<&str>) -> Advisory {
        Advisory {
            id: id.into(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            subject: subject.into(),
            product: None,
            stated: None,
            line: None,
            severity: None,
            exploited: false,
            triaged: triaged.map(str::to_owned),
        }
    }

    fn vex(day: &str, result: Advisory) -> AdvisoryReport {
        AdvisoryReport {
            path: "v".into(),
            format: "openvex".into(),
            tool: String::new(),
            target: None,
            made: day.parse().ok(),
            results: vec![result],
            problem: None,
        }
    }

    #[test]
    fn a_statement_closes_by_alias_and_package_until_a_later_one_opens() {
        let found = advisory("GHSA-1", &["CVE-1"], "pkg:pypi/a@1", None);
        let closes = |reports: &[AdvisoryReport]| {
            Statements::of(reports, "2026-11-21".parse().unwrap(), "app").close(&found)
        };
        let closing = vex("2026-11-10", advisory("CVE-1", &[], "pkg:pypi/a", Some("fixed")));
        assert!(closes(std::slice::from_ref(&closing)));
        for other in [
            vex("2026-11-10", advisory("CVE-2", &[], "pkg:pypi/a", Some("fixed"))),
            vex("2026-11-10", advisory("CVE-1", &[], "pkg:pypi/b", Some("fixed"))),
            vex("2026-11-10", advisory("CVE-1", &[], "pkg:pypi/a@2", Some("fixed"))),
            vex("2026-11-10", advisory("CVE-1", &[], "pkg:pypi/a", None)),
        ] {
            assert!(!closes(&[other]));
        }
        let open = |day| vex(day, advisory("CVE-1", &[], "pkg:pypi/a@1", None));
        assert!(!closes(&[closing.clone(), open("2026-11-10")]));
        assert!(!closes(&[closing.clone(), open("2026-11-11")]));
        assert!(closes(&[closing, open("2026-11-09")]));
        // A day to come outranks nothing, whether the document or the statement names it.
        let fixed = advisory("CVE-1", &[], "pkg:pypi/a", Some("fixed"));
        assert!(!closes(&[vex("9999-12-31", fixed.clone())]));
        let stated = |day: &str| Advisory { stated: day.parse().ok(), ..fixed.clone() };
        assert!(!closes(&[vex("2026-11-10", stated("2026-11-22"))]));
        assert!(!closes(&[vex("2026-11-20", stated("2026-11-09")), open("2026-11-10")]));
    }

    #[test]
    fn a_statement_about_a_part_of_another_product_closes_nothing() {
        let found = advisory("CVE-1", &[], "pkg:pypi/a@1", None);
        let part = |product: &str| {
            let fixed = advisory("CVE-1", &[], "pkg:pypi/a", Some("fixed"));
            vex("2026-11-10", Advisory { product: Some(product.into()), ..fixed })
        };
        let closes = |report: AdvisoryReport, own| {
            Statements::of(&[report], "2026-11-21".parse().unwrap(), own).close(&found)
        };
        assert!(!closes(part("pkg:oci/foo@sha256:ab"), "app"));
        assert!(!closes(part("pkg:oci/foo"), ""));
        assert!(closes(part("pkg:oci/app@sha256:ab"), "app"));
        let vendored = AdvisoryReport { path: "third_party/foo/v.json".into(), ..part("app") };
        assert!(!closes(vendored, "app"));
    }

    #[test]
    fn the_same_is_told_once() {
        let one = advisory("GHSA-1", &["CVE-1"], "pkg:pypi/a@1", None);
        let same = advisory("CVE-1", &[], "a@1", None);
        let other = advisory("CVE-1", &[], "a@2", None);
        let mut told = Told::default();
        assert!(told.is_new(&one));
        assert!(!told.is_new(&same));
        assert!(told.is_new(&other));
    }
}
