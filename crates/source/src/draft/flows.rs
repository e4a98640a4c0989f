//! Who tells what to whom, as systems of a kind do.

use std::collections::BTreeMap;

use coseal_core::fact::{Asset, AssetKind};

use super::{
    ids::Ids,
    kind::SystemKind,
    models::{Task, task},
    part::{Part, Value},
    parts::Maker,
};
use crate::compare::takes_data_out;

/// Tools of which the way back is drawn, too: of more it would be too long a list.
const MOST_ANSWERS: usize = 5;

/// Flows that a draft has to models of one task: those of the surest. Of more, people keep few.
const MOST_MODELS: usize = 4;
/// Stores of which both ways are drawn; of more, what is taken out.
const MOST_STORES: usize = 2;

/// Makes flows.
pub(super) struct Flows<'a> {
    kind: SystemKind,
    class: &'static str,
    /// The actor that uses the system.
    user: &'static str,
    main: Option<&'a str>,
    tools: usize,
    /// The store that data is read into.
    store: Option<String>,
    ids: Ids,
    flows: Vec<Part>,
    /// Flows so far to models, by what they do, and the stores on flows.
    drawn: BTreeMap<&'static str, usize>,
}

impl<'a> Flows<'a> {
    /// For the parts of a maker. `taken` are flows that there are.
    pub(super) fn new(maker: &'a Maker<'_>, user: &'static str, taken: Ids) -> Self {
        let tools = maker.made.iter().filter(|(part, _)| part.table == "tool").count();
        let store = maker.made.iter().find(|(part, _)| part.text("kind") == Some("vector"));
        let store = store.map(|(part, _)| part.name());
        let main = maker.main();
        let (kind, class) = (maker.kind, maker.class);
        Self {
            kind,
            class,
            user,
            main,
            tools,
            store,
            ids: taken,
            flows: Vec::new(),
            drawn: BTreeMap::new(),
        }
    }

    /// The flows that every system of the kind has.
    pub(super) fn of_the_kind(mut self) -> Self {
        if self.kind == SystemKind::Classifier {
            if let Some(main) = self.main {
                self.add("cases", "app", main);
                self.add("results", main, "app");
            }
            return self;
        }
        self.add("question", self.user, "app");
        self.add("answer", self.main.unwrap_or("app"), self.user);
        self
    }

    /// The flows of these elements.
    pub(super) fn of_parts(mut self, made: &[(Part, Vec<&Asset>)], old: &[String]) -> Vec<Part> {
        for (part, assets) in made {
            if let Some(asset) = assets.first() {
                self.of_part(part, asset, old);
            }
        }
        self.flows
    }

    fn of_part(&mut self, part: &Part, asset: &Asset, old: &[String]) {
        let name = part.name();
        let main = self.main.unwrap_or("app");
        match asset.kind {
            AssetKind::Model => self.of_model(part, asset, &name),
            AssetKind::Dataset => self.of_dataset(part, &name, main, old),
            AssetKind::Store => {
                if self.is_drawn("store", MOST_STORES) {
                    self.add(&format!("fill-{}", part.id), self.user, &name);
                }
                self.add(&format!("context-{}", part.id), &name, main);
            }
            AssetKind::Tool => {
                self.sink(&format!("call-{}", part.id), main, &name, "tool-arguments");
                if self.tools <= MOST_ANSWERS {
                    self.add(&format!("result-{}", part.id), &name, main);
                }
            }
            AssetKind::Mcp if asset.details.get("defined").is_some_and(|it| it == "here") => {
                self.add(&format!("serve-{}", part.id), self.user, &name);
            }
            AssetKind::Mcp => {
                self.sink(&format!("call-{}", part.id), main, &name, "tool-arguments");
                self.add(&format!("result-{}", part.id), &name, main);
            }
            AssetKind::Service if takes_data_out(asset) => {
                self.add(&format!("send-{}", part.id), "app", &name);
            }
            AssetKind::Service => self.add(&format!("use-{}", part.id), "app", &name),
            AssetKind::Adapter
            | AssetKind::Prompt
            | AssetKind::Agent
            | AssetKind::Document
            | AssetKind::Library => {}
        }
    }

    fn of_model(&mut self, part: &Part, asset: &Asset, name: &str) {
        if self.kind == SystemKind::Classifier && self.main == Some(name) {
            return;
        }
        let does = match task(asset) {
            Task::Chat => "ask",
            Task::Score => "score",
            Task::Embed => "embed",
            Task::Other => "use",
        };
        let drawn = self.is_drawn(does, MOST_MODELS);
        if drawn || self.main == Some(name) {
            self.add(&format!("{does}-{}", part.id), "app", name);
        }
    }

    /// Counts one more; whether it is among the first.
    fn is_drawn(&mut self, what: &'static str, most: usize) -> bool {
        let count = self.drawn.entry(what).or_default();
        *count += 1;
        *count <= most
    }

    /// Data goes into a model when it is trained (`made-from` says that), into a store, or is answered by a model.
    fn of_dataset(&mut self, part: &Part, name: &str, main: &str, old: &[String]) {
        if old.iter().any(|made_from| made_from == name) {
            return;
        }
        let class = part.text("class").unwrap_or(self.class).to_owned();
        let retrieval = part.keys.contains(&("use", Value::List(vec!["retrieval".into()])));
        let store = self.store.clone().filter(|_| retrieval);
        let flow = self.flow(&format!("read-{}", part.id), name, store.as_deref().unwrap_or(main));
        self.flows.push(flow.key("class", class));
    }

    fn add(&mut self, id: &str, from: &str, to: &str) {
        let class = self.class;
        let flow = self.flow(id, from, to).key("class", class);
        self.flows.push(flow);
    }

    fn sink(&mut self, id: &str, from: &str, to: &str, sink: &str) {
        let class = self.class;
        let flow = self.flow(id, from, to).key("class", class).key("sink", sink);
        self.flows.push(flow);
    }

    fn flow(&mut self, id: &str, from: &str, to: &str) -> Part {
        let id = self.ids.of_name("flow", id);
        Part::new("flow", &id).key("from", Value::from(from)).key("to", Value::from(to))
    }
}
