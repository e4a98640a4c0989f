//! What belongs into a register: everything with bytes, or with a text in code, that is declared or that files show.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    digest::Digest,
    fact::{Asset, AssetKind, LockFact, Locked, UNTOLD},
    system::{Adapter, Dataset, Document, Location, Model, Prompt, System, Table, Tool},
};

/// Something that can be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it is.
    pub kind: AssetKind,
    /// Its element of the system file where it has one, its name otherwise.
    pub name: String,
    /// Where it is, as the register says it.
    pub location: String,
    /// Whether it is an element of the system file.
    pub declared: bool,
    /// Its digest in the system file.
    pub pinned: Option<Digest>,
    /// Its digest as discovery tells it: of its text in code, or of what a pointer stands for.
    pub told: Option<Digest>,
    /// Why discovery can't tell the text that it has in code.
    pub untold: Option<String>,
    /// Whether only tests, examples or documentation show it.
    pub optional: bool,
    /// Whether it is out of use.
    pub retired: bool,
    /// Whether nothing but the register knows of it.
    pub only_registered: bool,
    /// Its place among the entries of the register.
    entry: Option<usize>,
}

impl Candidate {
    /// Its key among the measured digests: the element, or `kind:location`.
    #[must_use]
    pub fn measured_as(&self) -> String {
        if self.declared {
            self.name.clone()
        } else {
            format!("{}:{}", self.kind.word(), self.location)
        }
    }

    /// Whether it is a text that stands in code; such a text is not measured, but told by discovery.
    #[must_use]
    pub fn is_in_code(&self) -> bool {
        self.location.starts_with("code:")
    }

    /// Its path below the folder, if it is a file or folder there.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.location.strip_prefix("path:")
    }

    /// Whether its bytes or its text are part of this folder.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.is_in_code() || self.path().is_some()
    }

    /// Its entry in the register that it was worked out with.
    #[must_use]
    pub fn entry<'a>(&self, lock: &'a LockFact) -> Option<&'a Locked> {
        lock.entries.get(self.entry?)
    }
}

/// The tables of the system file whose elements can be registered.
#[derive(Clone, Copy, Debug)]
pub struct Declared<'a> {
    /// `[model.…]`.
    pub model: &'a Table<Model>,
    /// `[adapter.…]`.
    pub adapter: &'a Table<Adapter>,
    /// `[dataset.…]`.
    pub dataset: &'a Table<Dataset>,
    /// `[prompt.…]`.
    pub prompt: &'a Table<Prompt>,
    /// `[tool.…]`.
    pub tool: &'a Table<Tool>,
    /// `[document.…]`.
    pub document: &'a Table<Document>,
}

impl Declared<'static> {
    /// No system file.
    #[must_use]
    pub fn none() -> Self {
        static MODEL: Table<Model> = Table::new();
        static ADAPTER: Table<Adapter> = Table::new();
        static DATASET: Table<Dataset> = Table::new();
        static PROMPT: Table<Prompt> = Table::new();
        static TOOL: Table<Tool> = Table::new();
        static DOCUMENT: Table<Document> = Table::new();
        Self {
            model: &MODEL,
            adapter: &ADAPTER,
            dataset: &DATASET,
            prompt: &PROMPT,
            tool: &TOOL,
            document: &DOCUMENT,
        }
    }
}

impl<'a> Declared<'a> {
    /// The tables of a system file, if there is one.
    #[must_use]
    pub fn of(system: Option<&'a System>) -> Self {
        let Some(system) = system else { return Declared::none() };
        Self {
            model: &system.model,
            adapter: &system.adapter,
            dataset: &system.dataset,
            prompt: &system.prompt,
            tool: &system.tool,
            document: &system.document,
        }
    }
}

/// Everything that can be registered or is: elements first, then what only files show, then what only the register knows.
#[must_use]
pub fn candidates(declared: Declared<'_>, assets: &[Asset], lock: &LockFact) -> Vec<Candidate> {
    let mut all = elements(declared);
    let elements = all.len();
    let entries = by_key(lock);
    let tools = declared_tools(declared, assets, (lock, &entries));
    for (at, asset) in assets.iter().enumerate() {
        let Some(mut candidate) = shown(asset) else { continue };
        if candidate.is_in_code() {
            if let Some((id, tool)) = tools.get(&at) {
                candidate.name = format!("tool.{id}");
                candidate.pinned = tool.digest;
            }
            all.push(candidate);
        } else if !cover(all.get_mut(..elements).unwrap_or_default(), &candidate) {
            all.push(candidate);
        }
    }
    apart(&mut all);
    all.extend(described(declared, &all));
    for one in &mut all {
        one.entry = entries.get(&(one.kind, one.location.as_str())).copied();
    }
    let known: BTreeSet<usize> = all.iter().filter_map(|one| one.entry).collect();
    for entry in &lock.entries {
        let at = entries.get(&entry.key()).copied();
        if at.is_none_or(|at| !known.contains(&at)) {
            all.push(registered(entry, at));
        }
    }
    all
}

/// The first entry of a register for each kind and place.
fn by_key(lock: &LockFact) -> BTreeMap<(AssetKind, &str), usize> {
    let mut entries = BTreeMap::new();
    for (at, entry) in lock.entries.iter().enumerate() {
        entries.entry(entry.key()).or_insert(at);
    }
    entries
}

/// Texts in code of one name in one file, that differ, are numbered in the order of their digests.
fn apart(all: &mut [Candidate]) {
    let mut at: BTreeMap<_, Vec<Digest>> = BTreeMap::new();
    let in_code = |one: &&mut Candidate| one.is_in_code();
    for one in all.iter_mut().filter(in_code) {
        at.entry((one.kind, one.location.clone())).or_default().extend(one.told);
    }
    for digests in at.values_mut() {
        digests.sort_unstable();
        digests.dedup();
    }
    for one in all.iter_mut().filter(in_code) {
        let digests = at.get(&(one.kind, one.location.clone())).map_or(&[][..], Vec::as_slice);
        match digests.partition_point(|digest| Some(*digest) < one.told) {
            0 => {}
            number => one.location.push_str(&format!("#{}", number.saturating_add(1))),
        }
    }
}

fn elements(declared: Declared<'_>) -> Vec<Candidate> {
    fn of<'a, T>(
        kind: AssetKind,
        table: &'a Table<T>,
        parts: impl Fn(&'a T) -> (&'a Location, Option<Digest>, bool),
    ) -> impl Iterator<Item = Candidate> {
        table.iter().filter_map(move |(id, element)| {
            let (location, pinned, retired) = parts(element);
            // An address or a command has no bytes that could be compared.
            location.has_bytes().then(|| Candidate {
                kind,
                name: format!("{}.{id}", kind.word()),
                location: normal(location),
                declared: true,
                pinned,
                told: None,
                untold: None,
                optional: false,
                retired,
                only_registered: false,
                entry: None,
            })
        })
    }
    let retired = |day: Option<_>| day.is_some();
    of(AssetKind::Model, declared.model, move |model| {
        (&model.location, model.digest, retired(model.retired))
    })
    .chain(of(AssetKind::Adapter, declared.adapter, |adapter| {
        (&adapter.location, adapter.digest, false)
    }))
    .chain(of(AssetKind::Dataset, declared.dataset, move |dataset| {
        (&dataset.location, dataset.digest, retired(dataset.retired))
    }))
    .chain(of(AssetKind::Prompt, declared.prompt, |prompt| {
        (&prompt.location, prompt.digest, false)
    }))
    .chain(of(AssetKind::Document, declared.document, |document| {
        (&document.location, document.digest, false)
    }))
    .collect()
}

/// Endings of files that describe; others hold code, of which a description is a part.
const DESCRIBE: [&str; 6] = ["json", "yaml", "yml", "toml", "md", "txt"];

/// Tools that no code shows: their description is the file that the system file names, if it describes or has a digest.
fn described(declared: Declared<'_>, shown: &[Candidate]) -> Vec<Candidate> {
    let tools = declared.tool.iter().filter_map(|(id, tool)| {
        let location = tool.location.as_ref().filter(|location| location.has_bytes())?;
        let ending = location.rest().rsplit_once('.').map(|(_, ending)| ending);
        let describes = ending.is_some_and(|ending| DESCRIBE.contains(&ending));
        (describes || tool.digest.is_some()).then(|| Candidate {
            kind: AssetKind::Tool,
            name: format!("tool.{id}"),
            location: normal(location),
            declared: true,
            pinned: tool.digest,
            told: None,
            untold: None,
            optional: false,
            retired: false,
            only_registered: false,
            entry: None,
        })
    });
    tools.filter(|tool| shown.iter().all(|other| other.name != tool.name)).collect()
}

/// A location as the register says it: a path as a walk names it.
fn normal(location: &Location) -> String {
    match location.path() {
        Some(path) => format!("path:{}", place(path)),
        None => location.to_string(),
    }
}

/// A path of the system file as a walk names it; `.` for the folder itself.
fn place(path: &str) -> &str {
    let path = path.trim_start_matches("./").trim_end_matches('/');
    if path.is_empty() { "." } else { path }
}

/// What a file shows, if it has bytes or a text of its own.
fn shown(asset: &Asset) -> Option<Candidate> {
    use AssetKind::{Adapter, Dataset, Mcp, Model, Prompt, Tool};
    let path = place(asset.location.as_ref()?.path()?);
    let has_text = asset.digest.is_some() || asset.details.contains_key(UNTOLD);
    let in_code = has_text && asset.name != path;
    let registers = match asset.kind {
        Model | Adapter | Dataset | Prompt => true,
        Tool | Mcp => in_code,
        _ => false,
    };
    let name = asset.name.strip_prefix(path).and_then(|rest| rest.strip_prefix('#'));
    let location = if in_code {
        format!("code:{path}#{}", name.unwrap_or(&asset.name))
    } else {
        format!("path:{path}")
    };
    registers.then(|| Candidate {
        kind: asset.kind,
        name: asset.name.clone(),
        location,
        declared: false,
        pinned: None,
        told: asset.digest,
        untold: asset.details.get(UNTOLD).cloned(),
        optional: asset.optional,
        retired: false,
        only_registered: false,
        entry: None,
    })
}

/// The elements of tools, by the place among the assets of the one tool in code that each declares: of its name and at its
/// location. Of several the registered one counts, then the first; the others go by their own names.
fn declared_tools<'a>(
    declared: Declared<'a>,
    assets: &[Asset],
    (lock, entries): (&LockFact, &BTreeMap<(AssetKind, &str), usize>),
) -> BTreeMap<usize, (&'a str, &'a Tool)> {
    let word = |name: &str| name.to_lowercase().replace('-', "_");
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, asset) in assets.iter().enumerate().filter(|(_, one)| one.kind == AssetKind::Tool) {
        by_name.entry(word(&asset.name)).or_default().push(at);
    }
    let mut chosen = BTreeMap::new();
    for (id, tool) in declared.tool {
        let named = by_name.get(&word(id)).map_or(&[][..], Vec::as_slice);
        let fits = |at: &&usize| {
            let asset = assets.get(**at).and_then(shown);
            let free = !chosen.contains_key(*at);
            free && asset.is_some_and(|one| one.is_in_code() && is_at(&one, tool.location.as_ref()))
        };
        let registered = |at: &&usize| {
            let tool = assets.get(**at).and_then(shown);
            let entry =
                tool.and_then(|one| entries.get(&(one.kind, one.location.as_str())).copied());
            let entry = entry.and_then(|entry| lock.entries.get(entry));
            entry.is_some_and(|entry| entry.name == format!("tool.{id}"))
        };
        let mut fitting = named.iter().filter(fits);
        let first = fitting.clone().next();
        if let Some(at) = fitting.find(registered).or(first) {
            chosen.insert(*at, (id.as_str(), tool));
        }
    }
    chosen
}

/// Whether a text in code stands in the file or folder that an element names; anywhere if it names none.
fn is_at(candidate: &Candidate, location: Option<&Location>) -> bool {
    let Some(around) = location.and_then(Location::path).map(place) else { return true };
    let file = candidate.location.strip_prefix("code:").and_then(|code| code.split_once('#'));
    let below = |file: &str| file.strip_prefix(around).is_some_and(|rest| rest.starts_with('/'));
    file.is_some_and(|(file, _)| around == "." || file == around || below(file))
}

/// Whether an element is the file that is shown, or a folder around it. What a pointer tells is noted there.
fn cover(elements: &mut [Candidate], shown: &Candidate) -> bool {
    let path = shown.path().unwrap_or_default();
    let mut covered = false;
    for element in elements.iter_mut().filter(|one| one.kind != AssetKind::Document) {
        let Some(around) = element.path() else { continue };
        if around == path {
            element.told = element.told.or(shown.told);
            covered = true;
        } else {
            // The whole folder (`.`) covers nothing: it would be everything that anybody adds.
            covered |= path.strip_prefix(around).is_some_and(|rest| rest.starts_with('/'));
        }
    }
    covered
}

fn registered(entry: &Locked, at: Option<usize>) -> Candidate {
    Candidate {
        kind: entry.kind,
        name: entry.name.clone(),
        location: entry.location.clone(),
        declared: false,
        pinned: None,
        told: None,
        untold: None,
        optional: false,
        retired: false,
        only_registered: true,
        entry: at,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Declared, candidates};
    use crate::{
        digest::Digest,
        fact::{Asset, AssetKind, LockFact, Locked, Pin},
        system,
    };

    fn asset(kind: AssetKind, name: &str, location: &str, digest: Option<u8>) -> Asset {
        Asset {
            kind,
            name: name.into(),
            location: location.parse().ok(),
            digest: digest.map(|byte| Digest::new([byte; 32])),
            pin: Pin::Unknown,
            optional: false,
            details: BTreeMap::new(),
            seen: Vec::new(),
        }
    }

    const SYSTEM: &str = r#"schema = 1
[system]
id = "x"
purpose = "y"
exposure = "staff"
impact = "low"
[model]
chat = { location = "api:openai/gpt-5.4" }
base = { location = "hf:acme/base@main" }
intent = { location = "path:./models/intent/" }
[tool]
order-lookup = { effect = "read", location = "path:app/tools.py" }
"#;

    #[test]
    fn elements_come_with_what_files_show_and_what_is_registered() {
        let system = system::read(SYSTEM).system.unwrap();
        let assets = [
            asset(AssetKind::Model, "models/intent/a.bin", "path:models/intent/a.bin", None),
            asset(AssetKind::Model, "models/intents.bin", "path:models/intents.bin", Some(1)),
            asset(AssetKind::Model, "gpt-5.4", "api:openai/gpt-5.4", None),
            asset(AssetKind::Prompt, "app/ask.py#SYSTEM", "path:app/ask.py", Some(2)),
            asset(AssetKind::Tool, "order_lookup", "path:app/tools.py", Some(3)),
            asset(AssetKind::Service, "x", "path:app/tools.py", None),
        ];
        let entry = |location: &str| Locked {
            kind: AssetKind::Model,
            name: "old".into(),
            location: location.into(),
            digest: Digest::new([9; 32]),
            size: None,
        };
        let entries = vec![entry("path:gone.bin"), entry("path:models/intent")];
        let lock = LockFact { present: true, problem: None, entries };
        let all = candidates(Declared::of(Some(&system)), &assets, &lock);
        let told: Vec<_> =
            all.iter().map(|one| format!("{} {}", one.measured_as(), one.location)).collect();
        assert_eq!(
            told,
            [
                "model.base hf:acme/base@main",
                "model.intent path:models/intent",
                "model:path:models/intents.bin path:models/intents.bin",
                "prompt:code:app/ask.py#SYSTEM code:app/ask.py#SYSTEM",
                "tool:code:app/tools.py#order_lookup code:app/tools.py#order_lookup",
                "model:path:gone.bin path:gone.bin",
            ]
        );
        assert_eq!(all[4].name, "tool.order-lookup");
        assert_eq!(all[1].entry(&lock).unwrap().name, "old");
    }

    #[test]
    fn a_tool_of_the_same_name_elsewhere_does_not_go_by_the_element() {
        let with = |location: &str, assets: &[Asset], lock: &LockFact| {
            let text = SYSTEM.replace(", location = \"path:app/tools.py\"", location);
            let system = system::read(&text).system.unwrap();
            let all = candidates(Declared::of(Some(&system)), assets, lock);
            let tools = all.into_iter().filter(|one| one.kind == AssetKind::Tool);
            tools.map(|one| format!("{} {}", one.name, one.location)).collect::<Vec<_>>()
        };
        let at = |path: &str| asset(AssetKind::Tool, "order_lookup", path, Some(3));
        let both = [at("path:a.py"), at("path:app/tools.py")];
        let (own, of_element) = (
            "order_lookup code:a.py#order_lookup",
            "tool.order-lookup code:app/tools.py#order_lookup",
        );
        for location in [", location = \"path:app/tools.py\"", ", location = \"path:app\""] {
            assert_eq!(with(location, &both, &LockFact::default()), [own, of_element]);
        }
        // An element that says no place has one tool: the registered one, or the first.
        let first = [
            "tool.order-lookup code:a.py#order_lookup",
            "order_lookup code:app/tools.py#order_lookup",
        ];
        assert_eq!(with("", &both, &LockFact::default()), first);
        let entry = Locked {
            kind: AssetKind::Tool,
            name: "tool.order-lookup".into(),
            location: "code:app/tools.py#order_lookup".into(),
            digest: Digest::new([3; 32]),
            size: None,
        };
        let lock = LockFact { present: true, problem: None, entries: vec![entry] };
        assert_eq!(with("", &both, &lock), [own, of_element]);
    }

    #[test]
    fn a_text_that_cannot_be_told_is_registered_as_one() {
        let mut untold = asset(AssetKind::Prompt, "a.py#P", "path:a.py", None);
        untold.details.insert(crate::fact::UNTOLD.into(), "why".into());
        let all = candidates(Declared::none(), &[untold], &LockFact::default());
        assert_eq!(all[0].location, "code:a.py#P");
        assert_eq!((all[0].told, all[0].untold.as_deref()), (None, Some("why")));
    }

    #[test]
    fn a_pointer_tells_the_digest_of_the_element_that_it_stands_for() {
        let system = system::read(&SYSTEM.replace("models/intent/", "m.bin")).system.unwrap();
        let pointer = [asset(AssetKind::Model, "m.bin", "path:m.bin", Some(7))];
        let all = candidates(Declared::of(Some(&system)), &pointer, &LockFact::default());
        assert_eq!(all.len(), 2);
        assert_eq!(all[1].told, Some(Digest::new([7; 32])));
    }

    #[test]
    fn what_has_one_name_is_registered_at_each_place_and_a_whole_folder_covers_nothing() {
        let system = system::read(&SYSTEM.replace("./models/intent/", ".")).system.unwrap();
        let assets = [
            asset(AssetKind::Model, "m.bin", "path:m.bin", None),
            asset(AssetKind::Tool, "look", "path:a.py", Some(1)),
            asset(AssetKind::Tool, "look", "path:a.py", Some(2)),
            asset(AssetKind::Tool, "look", "path:b.py", Some(3)),
        ];
        let all = candidates(Declared::of(Some(&system)), &assets, &LockFact::default());
        let at: Vec<_> = all.iter().map(|one| one.location.as_str()).collect();
        let own = ["path:m.bin", "code:a.py#look", "code:a.py#look#2", "code:b.py#look"];
        assert_eq!(at.get(2..), Some(own.as_slice()));
    }
}
