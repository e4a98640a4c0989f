//! CSAF 2.0 as VEX: what a vendor says of vulnerabilities in products.

use std::collections::BTreeMap;

use coseal_core::{
    fact::{Advisory, AdvisoryReport},
    plain::plain,
};
use serde::Deserialize;

use super::told::{MAX_RESULTS, advisory, day};

#[derive(Deserialize)]
struct Document {
    document: Head,
    #[serde(default)]
    product_tree: Branch,
    #[serde(default)]
    vulnerabilities: Vec<Vulnerability>,
}

#[derive(Deserialize)]
struct Head {
    publisher: Option<Publisher>,
    tracking: Option<Tracking>,
}

#[derive(Deserialize)]
struct Publisher {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Tracking {
    current_release_date: Option<String>,
}

#[derive(Default, Deserialize)]
struct Branch {
    #[serde(default)]
    branches: Vec<Self>,
    #[serde(default)]
    full_product_names: Vec<Product>,
    product: Option<Product>,
}

#[derive(Deserialize)]
struct Product {
    #[serde(default)]
    product_id: String,
    #[serde(default)]
    name: String,
    product_identification_helper: Option<Identification>,
}

#[derive(Deserialize)]
struct Identification {
    purl: Option<String>,
}

#[derive(Deserialize)]
struct Vulnerability {
    cve: Option<String>,
    #[serde(default)]
    ids: Vec<Id>,
    #[serde(default)]
    product_status: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    flags: Vec<Reason>,
    #[serde(default)]
    threats: Vec<Reason>,
}

#[derive(Deserialize)]
struct Id {
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
struct Reason {
    #[serde(alias = "details", default)]
    label: String,
    #[serde(default)]
    product_ids: Vec<String>,
}

/// Reads a document.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Option<AdvisoryReport>, serde_json::Error> {
    let read: Document = serde_json::from_slice(bytes)?;
    let mut products = BTreeMap::new();
    gather(&read.product_tree, &mut products);
    let found = read.vulnerabilities.iter().flat_map(|found| of_vulnerability(found, &products));
    let results: Vec<Advisory> = found.take(MAX_RESULTS).collect();
    let date = read.document.tracking.and_then(|tracking| tracking.current_release_date);
    Ok(Some(AdvisoryReport {
        path: path.to_owned(),
        format: "csaf-vex".into(),
        tool: plain(
            &read.document.publisher.map_or_else(String::new, |publisher| publisher.name),
            60,
        ),
        target: None,
        made: date.as_deref().and_then(day),
        problem: (results.len() >= MAX_RESULTS)
            .then(|| format!("it has more than {MAX_RESULTS} statements")),
        results,
    }))
}

/// The products of a tree, by their ids; the parser bounds how deep it may be.
fn gather<'a>(branch: &'a Branch, products: &mut BTreeMap<&'a str, &'a str>) {
    for product in branch.full_product_names.iter().chain(&branch.product) {
        let url = product
            .product_identification_helper
            .as_ref()
            .and_then(|helper| helper.purl.as_deref());
        products.insert(&product.product_id, url.unwrap_or(&product.name));
    }
    for inner in &branch.branches {
        gather(inner, products);
    }
}

fn of_vulnerability(found: &Vulnerability, products: &BTreeMap<&str, &str>) -> Vec<Advisory> {
    let ids = || found.cve.clone().into_iter().chain(found.ids.iter().map(|id| id.text.clone()));
    let mut out = Vec::new();
    for (status, named) in &found.product_status {
        for product in named.iter().take(MAX_RESULTS) {
            let triaged = match status.as_str() {
                "known_not_affected" => {
                    reason(found, product).map(|why| format!("not affected: {}", plain(why, 200)))
                }
                "fixed" | "first_fixed" => Some("fixed".to_owned()),
                _ => None,
            };
            let subject = products.get(product.as_str()).copied().unwrap_or(product);
            out.extend(advisory(ids(), subject).map(|made| Advisory { triaged, ..made }));
            if out.len() >= MAX_RESULTS {
                return out;
            }
        }
    }
    out
}

/// Why a product is not affected: a flag or the impact that is told for it.
fn reason<'a>(found: &'a Vulnerability, product: &str) -> Option<&'a str> {
    let mut reasons = found.flags.iter().chain(&found.threats);
    let told = reasons.find(|reason| reason.product_ids.iter().any(|id| id == product))?;
    (!told.label.trim().is_empty()).then_some(told.label.trim())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn reads_statuses_of_products() {
        let text = json!({"document": {"csaf_version": "2.0", "publisher": {"name": "v"},
                "tracking": {"current_release_date": "2026-11-20T00:00:00Z"}},
            "product_tree": {"branches": [{"branches": [{"product": {"product_id": "P1", "name": "a",
                "product_identification_helper": {"purl": "pkg:pypi/a@1"}}}]}]},
            "vulnerabilities": [{"cve": "CVE-2026-1", "product_status": {"known_not_affected": ["P1", "P2"]},
                "flags": [{"label": "component_not_present", "product_ids": ["P1"]}]}]});
        let report = read("c.json", text.to_string().as_bytes()).unwrap().unwrap();
        let told: Vec<_> =
            report.results.iter().map(|r| (r.subject.as_str(), r.triaged.as_deref())).collect();
        assert_eq!(
            told,
            [("pkg:pypi/a@1", Some("not affected: component_not_present")), ("P2", None)]
        );
    }
}
