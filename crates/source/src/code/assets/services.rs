//! Stores that calls open, and services that they talk to.

use coseal_core::fact::AssetKind;

use super::look::{Look, New};
use crate::code::{
    ir::{Call, Import},
    known::services::{
        BY_ADDRESS, CALLS, EMBEDDED, REMOTE, REPORTS, ServiceCall, Shows, TRACKERS, VARIABLES,
    },
    resolve::Told,
};

/// The store or service that a call shows, if a table has the call.
pub(super) fn in_call(look: &mut Look<'_>, module: usize, call: &Call, name: &str) {
    let Some(known) = CALLS.iter().find(|known| known.pattern.fits(name)) else { return };
    let address = address(look, module, call);
    let product = product(known, address.as_deref());
    let Some(product) =
        (if product == BY_ADDRESS { relational(look, module, call) } else { Some(product) })
    else {
        return;
    };
    let (kind, store) = match known.shows {
        Shows::Store(kind) => (AssetKind::Store, Some(kind)),
        Shows::Service => (AssetKind::Service, None),
    };
    let location = address.clone().filter(|address| address.starts_with("https://"));
    if known.product == "llama-index"
        && look.value(module, call, &["storage_context", "vector_store"]).is_some()
    {
        return;
    }
    let mode = mode(look, module, call, known, address.is_some());
    let new = New { location, ..New::called(kind, product) };
    let Some(asset) = look.put(new, module, call.line) else { return };
    if let Some(address) = address.filter(|address| address.starts_with("http://")) {
        asset.details.insert("address".into(), coseal_core::plain::plain(&address, 200));
    }
    if let Some(store) = store {
        asset.details.insert("store".into(), store.into());
        asset.details.insert("mode".into(), mode.into());
    }
}

/// A client of one provider may talk to another: its address says so.
fn product<'a>(known: &'a ServiceCall, address: Option<&str>) -> &'a str {
    let told = address.and_then(crate::code::known::hosted::of_address);
    match (known.shows, told) {
        (Shows::Service, Some(provider)) => provider,
        _ => known.product,
    }
}

/// The database that an engine is for: as its address says, or the one that holds vectors.
fn relational(look: &Look<'_>, module: usize, call: &Call) -> Option<&'static str> {
    let told = look.argument(module, call, &["url", "0"]);
    if told.iter().any(|told| told.text.starts_with("postgres")) {
        return Some("postgres");
    }
    let of_vectors = |import: &Import| import.module.split(['.', '/']).next() == Some("pgvector");
    let other = told.iter().any(|told| told.whole && told.text.contains("://"));
    let any = look.project.modules.iter().any(|module| module.imports.iter().any(of_vectors));
    (any && !other).then_some("postgres")
}

/// The address that a call names, without user, password and what follows `?`.
fn address(look: &Look<'_>, module: usize, call: &Call) -> Option<String> {
    let mut told: Vec<Told> = look.argument(module, call, REMOTE);
    told.extend(look.argument(module, call, &["0"]));
    let url = told.into_iter().filter(|told| told.whole).find_map(|told| {
        let text = told.text.trim().to_owned();
        (text.starts_with("http://") || text.starts_with("https://")).then_some(text)
    })?;
    let (scheme, rest) = url.split_once("://")?;
    let rest = rest.split(['?', '#']).next()?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit('@').next()?;
    let plain = !host.is_empty() && host.len() < 120 && !host.contains(['{', '<', ' ']);
    plain.then(|| format!("{scheme}://{host}/{path}").trim_end_matches('/').to_owned())
}

/// Services that a call is told to report to: `report_to="wandb"`.
pub(super) fn by_keyword(look: &mut Look<'_>, module: usize, call: &Call, name: &str) {
    let told = look.argument(module, call, REPORTS);
    let lower: Vec<String> = told.iter().map(|told| told.text.to_lowercase()).collect();
    for (_, product) in TRACKERS.iter().filter(|(word, _)| lower.iter().any(|told| told == word)) {
        look.put(New::called(AssetKind::Service, product), module, call.line);
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    let asks = matches!(last, "getenv" | "get" | "get_env" | "setdefault")
        && (name.contains("environ") || last.contains("env"));
    let key = call.place(0).and_then(crate::code::ir::Value::text).filter(|_| asks);
    if let Some(product) = key.and_then(by_variable) {
        look.put(New::called(AssetKind::Service, product), module, call.line);
    }
}

/// Services that variables of the environment set up: `os.environ["WANDB_PROJECT"] = …`.
pub(super) fn by_setting(look: &mut Look<'_>, at: usize) {
    let Some(module) = look.project.modules.get(at) else { return };
    for binding in &module.bindings {
        let key = binding
            .name
            .rsplit_once("environ.")
            .or_else(|| binding.name.rsplit_once("process.env."));
        if let Some(product) = key.and_then(|(_, key)| by_variable(key)) {
            look.put(New::called(AssetKind::Service, product), at, binding.line);
        }
    }
}

fn by_variable(key: &str) -> Option<&'static str> {
    VARIABLES.iter().find(|(start, _)| key.starts_with(start)).map(|(_, product)| *product)
}

fn mode(
    look: &Look<'_>,
    module: usize,
    call: &Call,
    known: &ServiceCall,
    address: bool,
) -> &'static str {
    const ALWAYS_REMOTE: [&str; 8] = [
        "pinecone",
        "weaviate",
        "supabase",
        "azure-ai-search",
        "mongodb",
        "postgres",
        "pgvector",
        "neo4j",
    ];
    const ALWAYS_EMBEDDED: [&str; 8] =
        ["faiss", "in-memory", "sqlite", "duckdb", "annoy", "lancedb", "llama-index", "chroma"];
    let first = look.argument(module, call, &["location", "0"]);
    let memory = first.iter().any(|told| told.text == ":memory:");
    let here = memory || look.value(module, call, EMBEDDED).is_some();
    if here && !address {
        return "embedded";
    }
    if address
        || look.value(module, call, REMOTE).is_some()
        || ALWAYS_REMOTE.contains(&known.product)
    {
        return "remote";
    }
    if ALWAYS_EMBEDDED.contains(&known.product) { "embedded" } else { "remote" }
}
