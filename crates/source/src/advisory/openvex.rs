//! OpenVEX: statements about vulnerabilities in products.

use coseal_core::{
    fact::{Advisory, AdvisoryReport},
    plain::plain,
};
use serde::Deserialize;

use super::told::{MAX_RESULTS, advisory, day};

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    author: String,
    timestamp: Option<String>,
    last_updated: Option<String>,
    #[serde(default)]
    statements: Vec<Statement>,
}

#[derive(Deserialize)]
struct Statement {
    vulnerability: Option<Vulnerability>,
    #[serde(default)]
    products: Vec<Named>,
    #[serde(default)]
    status: String,
    timestamp: Option<String>,
    last_updated: Option<String>,
    justification: Option<String>,
    impact_statement: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Vulnerability {
    Name(String),
    Table {
        #[serde(default)]
        name: String,
        #[serde(default)]
        aliases: Vec<String>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Named {
    Id(String),
    Table {
        #[serde(rename = "@id")]
        id: Option<String>,
        #[serde(default)]
        identifiers: std::collections::BTreeMap<String, String>,
        #[serde(default)]
        subcomponents: Vec<Self>,
    },
}

/// Reads a document.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Option<AdvisoryReport>, serde_json::Error> {
    let document: Document = serde_json::from_slice(bytes)?;
    let made = document.last_updated.as_deref().or(document.timestamp.as_deref()).and_then(day);
    // The last statement of a day about the same replaces those before it.
    let mut results: Vec<Advisory> = Vec::new();
    for found in document.statements.iter().flat_map(of_statement).take(MAX_RESULTS) {
        results.retain(|known| !is_same(known, &found));
        results.push(found);
    }
    Ok(Some(AdvisoryReport {
        path: path.to_owned(),
        format: "openvex".into(),
        tool: plain(&document.author, 60),
        target: None,
        made,
        problem: (results.len() >= MAX_RESULTS)
            .then(|| format!("it has more than {MAX_RESULTS} statements")),
        results,
    }))
}

fn is_same(one: &Advisory, two: &Advisory) -> bool {
    (&one.id, &one.subject, &one.product, one.stated)
        == (&two.id, &two.subject, &two.product, two.stated)
}

fn of_statement(statement: &Statement) -> Vec<Advisory> {
    let ids: Vec<String> = match &statement.vulnerability {
        Some(Vulnerability::Name(name)) => vec![name.clone()],
        Some(Vulnerability::Table { name, aliases }) => {
            std::iter::once(name.clone()).chain(aliases.iter().cloned()).collect()
        }
        None => Vec::new(),
    };
    let triaged = triaged(statement);
    let time = statement.last_updated.as_deref().or(statement.timestamp.as_deref());
    let stated = time.and_then(day);
    let subjects = statement.products.iter().flat_map(subjects);
    subjects
        .filter_map(|(subject, product)| {
            let product = product.map(|name| plain(&name, 300));
            let found = advisory(ids.clone(), &subject)?;
            Some(Advisory { triaged: triaged.clone(), stated, product, ..found })
        })
        .collect()
}

/// What a statement about a product is about, and the product whose part that is: its parts where it names some,
/// else the product itself.
fn subjects(product: &Named) -> Vec<(String, Option<String>)> {
    let whole = product.name();
    match product {
        Named::Table { subcomponents, .. } if !subcomponents.is_empty() => {
            subcomponents.iter().flat_map(subjects).map(|(part, _)| (part, whole.clone())).collect()
        }
        _ => whole.map(|name| (name, None)).into_iter().collect(),
    }
}

impl Named {
    fn name(&self) -> Option<String> {
        let name = match self {
            Self::Id(id) => Some(id),
            Self::Table { id, identifiers, .. } => identifiers.get("purl").or(id.as_ref()),
        };
        name.filter(|name| !name.is_empty()).cloned()
    }
}

fn triaged(statement: &Statement) -> Option<String> {
    let why =
        statement.justification.as_deref().or(statement.impact_statement.as_deref()).map(str::trim);
    match (statement.status.as_str(), why) {
        ("not_affected", Some(why)) if !why.is_empty() => {
            Some(format!("not affected: {}", plain(why, 200)))
        }
        ("fixed", _) => Some("fixed".into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn reads_statements_about_products_and_their_parts() {
        let text = json!({"@context": "https://openvex.dev/ns/v0.2.0", "author": "me", "timestamp": "2026-11-19T00:00:00Z",
        "statements": [
            {"vulnerability": {"name": "CVE-2026-1", "aliases": ["GHSA-a"]}, "status": "not_affected",
             "justification": "vulnerable_code_not_present", "products": [{"@id": "pkg:pypi/a@1"}]},
            {"vulnerability": "CVE-2026-2", "status": "not_affected", "products": ["pkg:pypi/b"]},
            {"vulnerability": {"name": "CVE-2026-3"}, "status": "fixed",
             "products": [{"@id": "pkg:oci/app", "subcomponents": [{"@id": "pkg:pypi/c@1"}]}]},
            {"vulnerability": {"name": "CVE-2026-3"}, "status": "affected", "timestamp": "2026-11-18T00:00:00Z",
             "products": [{"@id": "pkg:pypi/c@1"}]}
        ]});
        let report = read("v.json", text.to_string().as_bytes()).unwrap().unwrap();
        let told: Vec<_> = report
            .results
            .iter()
            .map(|r| (r.id.as_str(), r.subject.as_str(), r.triaged.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("CVE-2026-1", "pkg:pypi/a@1", Some("not affected: vulnerable_code_not_present")),
                ("CVE-2026-2", "pkg:pypi/b", None),
                ("CVE-2026-3", "pkg:pypi/c@1", Some("fixed")),
                ("CVE-2026-3", "pkg:pypi/c@1", None),
            ]
        );
        assert_eq!(report.results[2].product.as_deref(), Some("pkg:oci/app"));
        assert_eq!(report.results[3].product, None);
        assert_eq!(report.results[3].stated.unwrap().to_string(), "2026-11-18");
        assert!(report.results[0].aliases.contains("GHSA-a"));
        assert_eq!(report.made.unwrap().to_string(), "2026-11-19");
    }
}
