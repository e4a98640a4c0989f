//! The types of the system file. Their doc comments are the descriptions in the published JSON Schema.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{location::Location, words::*};
use crate::digest::Digest;

/// Elements of one kind, by their stable id.
pub type Table<T> = BTreeMap<String, T>;

macro_rules! tables {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty),+ }
    )+};
}

tables! {
    /// The system file of one AI system, `coseal.toml`. An element is named by its kind and id, as in `model.chat`.
    System {
        /// Version of this format; 1.
        #[schemars(extend("const" = 1))]
        schema: u32,
        /// The system as a whole.
        system: About,
        /// People and groups who answer for the system, by role.
        #[serde(default)] role: Table<Role>,
        /// Environments the system runs in.
        #[serde(default)] environment: Table<Environment>,
        /// Models: files of ours, or hosted ones behind an API.
        #[serde(default)] model: Table<Model>,
        /// Adapters (LoRA and the like) on top of a model.
        #[serde(default)] adapter: Table<Adapter>,
        /// Datasets for training, evaluation or retrieval.
        #[serde(default)] dataset: Table<Dataset>,
        /// Prompts and templates that reach a model.
        #[serde(default)] prompt: Table<Prompt>,
        /// Stores that content is read from while answering.
        #[serde(default)] store: Table<Store>,
        /// Tools and functions that a model may call.
        #[serde(default)] tool: Table<Tool>,
        /// MCP servers that provide tools.
        #[serde(default)] mcp: Table<Mcp>,
        /// Agents: a model that chooses its own next step.
        #[serde(default)] agent: Table<Agent>,
        /// What is remembered between requests.
        #[serde(default)] memory: Table<Memory>,
        /// Logs of requests, prompts and answers.
        #[serde(default)] log: Table<Log>,
        /// Services outside that the system calls.
        #[serde(default)] service: Table<Service>,
        /// Trust zones.
        #[serde(default)] zone: Table<Zone>,
        /// Places where the system can be reached.
        #[serde(default)] endpoint: Table<Endpoint>,
        /// Controls that screen content on flows.
        #[serde(default)] guard: Table<Guard>,
        /// Data flows between elements and actors.
        #[serde(default)] flow: Table<Flow>,
        /// Training and processing pipelines.
        #[serde(default)] pipeline: Table<Pipeline>,
        /// Ways in which use changes a model, dataset or store.
        #[serde(default)] feedback: Table<Feedback>,
        /// Documents: user guide, playbooks, disclosure policy and so on.
        #[serde(default)] document: Table<Document>,
        /// Tables of your own; coseal never reads them.
        #[serde(default)] x: BTreeMap<String, Own>,
    }
    /// The system as a whole.
    About {
        /// Stable id of the system, kept when it is renamed.
        id: String,
        /// What the system is for, in one sentence.
        purpose: String,
        /// Who can reach it.
        exposure: Exposure,
        /// What happens if it is wrong or hostile.
        impact: Impact,
        /// Version or release name now in use.
        version: Option<String>,
        /// Names of the environments it runs in.
        #[serde(default)] environments: BTreeSet<String>,
        /// Uses that are not allowed, in plain words.
        #[serde(default)] prohibited: BTreeSet<String>,
        /// What goes in and out of the models. Left out: not known.
        modalities: Option<BTreeSet<Modality>>,
        /// How users are told that they deal with AI.
        notice: Option<String>,
        /// Assets that others get from you (models, datasets), as references; an empty list says none.
        distributes: Option<BTreeSet<String>>,
        /// Rule, detector and advisory feeds the system takes; an empty list says none.
        feeds: Option<BTreeSet<String>>,
        /// Most waivers that may be in force at once.
        waiver_budget: Option<u32>,
    }
    /// Somebody who answers for something.
    Role {
        /// How to reach them: `mailto:`, `tel:` or `https:`. Better a group than a person.
        #[schemars(extend("pattern" = "^(mailto:|tel:|https:).+$"))]
        contact: String,
        /// The role to turn to next, by its id.
        escalates_to: Option<String>,
        /// Day on which the contact was last tried.
        #[schemars(with = "Option<String>", extend("format" = "date"))]
        checked: Option<Date>,
    }
    /// An environment. Its id is one of `system.environments`.
    Environment {
        /// What it is for.
        purpose: Purpose,
        /// Service accounts, roles or workload identities used in it, by name (never a secret).
        #[serde(default)] identities: BTreeSet<String>,
        /// Keys and secrets used in it, by the name of the vault entry (never the value).
        #[serde(default)] keys: BTreeSet<String>,
        /// Day on which the oldest of the keys was last changed.
        #[schemars(with = "Option<String>", extend("format" = "date"))]
        rotated: Option<Date>,
    }
    /// A model.
    Model {
        /// Where it is.
        location: Location,
        /// Digest of the file, or of the folder's listing.
        digest: Option<Digest>,
        /// Format of the file.
        format: Option<ModelFormat>,
        /// Licence, as an SPDX expression where there is one.
        licence: Option<String>,
        /// Whether it is known where it comes from.
        provenance: Option<Provenance>,
        /// Who made it, or where it was got.
        source: Option<String>,
        /// Models and datasets it was made from.
        #[serde(default)] made_from: BTreeSet<String>,
        /// Model to use when this one is not to be had.
        fallback: Option<String>,
        /// Where its model card is.
        card: Option<Location>,
        /// Day by which its choice is looked at again.
        #[schemars(with = "Option<String>", extend("format" = "date"))]
        reassess_by: Option<Date>,
        /// Day on which it was taken out of use.
        #[schemars(with = "Option<String>", extend("format" = "date"))]
        retired: Option<Date>,
        /// Whether it can no longer be updated.
        #[serde(default)] legacy: bool,
    }
    /// An adapter on top of a model.
    Adapter {
        /// Where it is.
        location: Location,
        /// The model it belongs to.
        base: String,
        /// Digest of the file.
        digest: Option<Digest>,
        /// Format of the file.
        format: Option<ModelFormat>,
        /// Licence, as an SPDX expression where there is one.
        licence: Option<String>,
        /// Whether it is known where it comes from.
        provenance: Option<Provenance>,
        /// Who made it, or where it was got.
        source: Option<String>,
        /// Datasets it was made from.
        #[serde(default)] made_from: BTreeSet<String>,
        /// Where its model card is.
        card: Option<Location>,
    }
    /// A dataset.
    Dataset {
        /// Where it is.
        location: Location,
        /// How sensitive it is.
        class: DataClass,
        /// Digest of the file, or of the folder's listing.
        digest: Option<Digest>,
        /// What it is used for.
        #[serde(default, rename = "use")] uses: BTreeSet<DatasetUse>,
        /// Who made it, or where it was got.
        source: Option<String>,
        /// Day on which it was got, or on which its collection ended.
        #[schemars(with = "Option<String>", extend("format" = "date"))]
        collected: Option<Date>,
        /// Licence or legal ground of its use.
        licence: Option<String>,
        /// Whether it is known where it comes from.
        provenance: Option<Provenance>,
        /// How long it is kept.
        retention: Option<String>,
        /// Who can put rows in.
        #[serde(default)] writers: BTreeSet<Writer>,
        /// Where its dataset card is.
        card: Option<Location>,
        /// Day on which it was taken out of use.
        #[schemars(with = "Option<String>", extend("format" = "date"))]
        retired: Option<Date>,
    }
    /// A prompt or template.
    Prompt {
        /// Where it is.
        location: Location,
        /// Digest of the file.
        digest: Option<Digest>,
        /// The role that wrote it, by its id.
        author: Option<String>,
        /// Why it is as it is, in one sentence.
        reason: Option<String>,
    }
    /// A store that content is read from while answering.
    Store {
        /// What kind of store.
        kind: StoreKind,
        /// Where it is.
        location: Option<Location>,
        /// How sensitive its content is.
        class: Option<DataClass>,
        /// Who can put content in.
        #[serde(default)] writers: BTreeSet<Writer>,
        /// Whether more than one customer's content is in it.
        #[serde(default)] shared_by_tenants: bool,
        /// Day on which it was taken out of use.
        #[schemars(with = "Option<String>", extend("format" = "date"))]
        retired: Option<Date>,
    }
    /// A tool or function that a model may call.
    Tool {
        /// What it can do to the world.
        effect: Effect,
        /// Who has to agree before each use.
        approval: Option<Approval>,
        /// The MCP server that provides it.
        mcp: Option<String>,
        /// Where its code or description is.
        location: Option<Location>,
        /// Digest of the description.
        digest: Option<Digest>,
        /// Rights it is given, by name.
        #[serde(default)] scopes: BTreeSet<String>,
        /// Whether it can no longer be updated.
        #[serde(default)] legacy: bool,
    }
    /// An MCP server.
    Mcp {
        /// How it is started or reached.
        location: Location,
        /// How we prove to it who we are.
        auth: Option<Auth>,
    }
    /// A model that chooses its own next step.
    Agent {
        /// The model that decides.
        model: String,
        /// The tools it may call.
        #[serde(default)] tools: BTreeSet<String>,
        /// What it remembers.
        memory: Option<String>,
        /// Most steps it may take for one request.
        max_steps: Option<u32>,
    }
    /// What is remembered between requests.
    Memory {
        /// Where it is.
        location: Option<Location>,
        /// How sensitive it is.
        class: DataClass,
        /// Who can put content in.
        #[serde(default)] writers: BTreeSet<Writer>,
        /// How long it is kept.
        retention: Option<String>,
        /// Whether one user's content can reach another.
        #[serde(default)] shared_by_users: bool,
    }
    /// A log of requests, prompts or answers.
    Log {
        /// Where it is.
        location: Option<Location>,
        /// How sensitive it is.
        class: DataClass,
        /// How long it is kept.
        retention: Option<String>,
    }
    /// A service outside that the system calls.
    Service {
        /// Where it is.
        location: Location,
        /// Most sensitive class of data that may go there.
        class: Option<DataClass>,
        /// Whether it can no longer be updated.
        #[serde(default)] legacy: bool,
    }
    /// A trust zone.
    Zone {
        /// How far it is trusted.
        trust: Trust,
        /// What is in it.
        #[serde(default)] holds: BTreeSet<String>,
    }
    /// A place where the system can be reached.
    Endpoint {
        /// Address or route.
        address: String,
        /// How callers prove who they are; left out: not known.
        auth: Option<Auth>,
        /// Whether the connection is encrypted.
        tls: Option<bool>,
        /// Who can reach it; left out: as the system.
        exposure: Option<Exposure>,
        /// Limit on use, such as `60/minute`.
        quota: Option<String>,
        /// Whether it answers with debugging detail.
        #[serde(default)] debug: bool,
        /// Whether it returns confidences or log-probabilities.
        #[serde(default)] confidences: bool,
        /// Origins that browsers may call it from; `*` is any.
        #[serde(default)] origins: BTreeSet<String>,
        /// Environments it exists in; left out: all.
        #[serde(default)] environments: BTreeSet<String>,
    }
    /// A control that screens content on flows.
    Guard {
        /// Flows it screens.
        on: BTreeSet<String>,
        /// What happens when it can't answer: true lets content through.
        #[serde(default)] fails_open: bool,
    }
    /// A data flow.
    Flow {
        /// An element or an actor: user, app, staff, operator, partner, supplier, public.
        from: String,
        /// An element or an actor.
        to: String,
        /// Most sensitive class of data on it.
        class: Option<DataClass>,
        /// Where the content ends up.
        sink: Option<Sink>,
        /// Who can put content on it; left out: as its source.
        #[serde(default)] writers: BTreeSet<Writer>,
        /// Whether it is encrypted; left out: not known.
        encrypted: Option<bool>,
        /// Environments it exists in; left out: all.
        #[serde(default)] environments: BTreeSet<String>,
    }
    /// A training or processing pipeline.
    Pipeline {
        /// What it makes.
        #[serde(default)] makes: BTreeSet<String>,
        /// The identity it runs as, by name.
        identity: Option<String>,
        /// The environment it runs in.
        environment: Option<String>,
    }
    /// A way in which use changes a model, dataset or store.
    Feedback {
        /// An element or an actor.
        from: String,
        /// What it changes.
        to: String,
        /// What screens it.
        screen: Screen,
    }
    /// A document.
    Document {
        /// What it is.
        kind: DocumentKind,
        /// Where it is.
        location: Location,
        /// Digest of the file.
        digest: Option<Digest>,
        /// Version of the system it is about.
        version: Option<String>,
        /// Incident classes, for a playbook.
        #[serde(default)] covers: BTreeSet<IncidentClass>,
        /// Who read it last, and which text.
        reviewed: Option<Review>,
    }
    /// That somebody read a document.
    Review {
        /// The role that read it, by its id.
        by: String,
        /// Day on which it was read.
        #[schemars(with = "String", extend("format" = "date"))]
        on: Date,
        /// Digest of the text that was read: a later text is not reviewed.
        digest: Digest,
    }
}

/// A table of your own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(with = "serde_json::Value")]
pub struct Own(pub serde_json::Value);
