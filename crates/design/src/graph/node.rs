//! Elements and actors.

use std::collections::BTreeSet;

use coseal_core::system::{
    Adapter, Agent, DataClass, Dataset, Endpoint, Environment, Exposure, Location, Log, Mcp,
    Memory, Model, Pipeline, Prompt, Scheme, Service, Store, Tool, Writer,
};

/// One node: an element of the system file, or an actor.
#[derive(Clone, Debug)]
pub struct Node<'s> {
    /// `kind.id`, or the name of an actor; stable over renames.
    pub id: String,
    /// What it is.
    pub element: Element<'s>,
    pub(super) index: usize,
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
pub enum Element<'s> {
    /// Somebody, or the application itself.
    Actor(Actor),
    /// `[model.…]`, and what it is made to do.
    Model(&'s Model, ModelRole),
    /// `[adapter.…]`.
    Adapter(&'s Adapter),
    /// `[dataset.…]`.
    Dataset(&'s Dataset),
    /// `[prompt.…]`.
    Prompt(&'s Prompt),
    /// `[store.…]`.
    Store(&'s Store),
    /// `[tool.…]`.
    Tool(&'s Tool),
    /// `[mcp.…]`.
    Mcp(&'s Mcp),
    /// `[agent.…]`.
    Agent(&'s Agent),
    /// `[memory.…]`.
    Memory(&'s Memory),
    /// `[log.…]`.
    Log(&'s Log),
    /// `[service.…]`.
    Service(&'s Service),
    /// `[endpoint.…]`.
    Endpoint(&'s Endpoint),
    /// `[pipeline.…]`.
    Pipeline(&'s Pipeline),
    /// `[environment.…]`.
    Environment(&'s Environment),
    /// An element of another kind that a flow names.
    Other,
}

/// Who may stand at the end of a flow without being declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// The system's users.
    User,
    /// The code of the application around the models.
    App,
    /// Others in the organisation.
    Staff,
    /// The people who run it.
    Operator,
    /// Named other organisations.
    Partner,
    /// Suppliers of models, data or tools.
    Supplier,
    /// Anybody.
    Public,
}

/// What a model is made to do, as far as the system file shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelRole {
    /// It follows instructions in text.
    Language,
    /// It turns content into vectors.
    Embedding,
    /// It predicts, classifies, scores or recognises.
    Predictor,
}

impl Actor {
    /// All, with their names in flows.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::User, "user"),
        (Self::App, "app"),
        (Self::Staff, "staff"),
        (Self::Operator, "operator"),
        (Self::Partner, "partner"),
        (Self::Supplier, "supplier"),
        (Self::Public, "public"),
    ];

    /// The actor who writes as this writer; none for the system itself and those who build it.
    #[must_use]
    pub const fn of(writer: Writer) -> Option<Self> {
        match writer {
            Writer::System | Writer::Developers => None,
            Writer::Operators => Some(Self::Operator),
            Writer::Staff => Some(Self::Staff),
            Writer::Suppliers => Some(Self::Supplier),
            Writer::Partners => Some(Self::Partner),
            Writer::Users => Some(Self::User),
            Writer::Public => Some(Self::Public),
        }
    }

    /// As which writer this actor writes.
    #[must_use]
    pub const fn writes_as(self) -> Writer {
        match self {
            Self::User => Writer::Users,
            Self::App => Writer::System,
            Self::Staff => Writer::Staff,
            Self::Operator => Writer::Operators,
            Self::Partner => Writer::Partners,
            Self::Supplier => Writer::Suppliers,
            Self::Public => Writer::Public,
        }
    }

    /// Whether it is a person or an organisation: content ends there.
    #[must_use]
    pub const fn is_outside_code(self) -> bool {
        !matches!(self, Self::App)
    }
}

impl Node<'_> {
    /// The actor, if it is one.
    #[must_use]
    pub const fn actor(&self) -> Option<Actor> {
        if let Element::Actor(actor) = self.element { Some(actor) } else { None }
    }

    /// Whether it is somebody whose text may carry instructions of a stranger.
    #[must_use]
    pub fn is_stranger(&self) -> bool {
        self.actor().is_some_and(|actor| actor.writes_as().is_untrusted())
    }

    /// Whether it is a model of any kind.
    #[must_use]
    pub const fn is_model(&self) -> bool {
        matches!(self.element, Element::Model(..))
    }

    /// Whether text that it reads can change what it does: a language model, or an agent.
    #[must_use]
    pub const fn follows_instructions(&self) -> bool {
        matches!(self.element, Element::Model(_, ModelRole::Language) | Element::Agent(_))
    }

    /// Where it is, as the system file says.
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        match self.element {
            Element::Model(model, _) => Some(&model.location),
            Element::Adapter(adapter) => Some(&adapter.location),
            Element::Dataset(dataset) => Some(&dataset.location),
            Element::Prompt(prompt) => Some(&prompt.location),
            Element::Store(store) => store.location.as_ref(),
            Element::Tool(tool) => tool.location.as_ref(),
            Element::Mcp(mcp) => Some(&mcp.location),
            Element::Memory(memory) => memory.location.as_ref(),
            Element::Log(log) => log.location.as_ref(),
            Element::Service(service) => Some(&service.location),
            _ => None,
        }
    }

    /// Whether somebody else runs it, and gets what is sent to it.
    #[must_use]
    pub fn is_hosted_elsewhere(&self) -> bool {
        self.location().is_some_and(|location| location.scheme() == Scheme::Api)
    }

    /// How sensitive what it holds is; none where that is not said, or where it holds nothing.
    #[must_use]
    pub fn class(&self) -> Option<DataClass> {
        match self.element {
            Element::Dataset(dataset) => Some(dataset.class),
            Element::Store(store) => store.class,
            Element::Memory(memory) => Some(memory.class),
            Element::Log(log) => Some(log.class),
            Element::Service(service) => service.class,
            _ => None,
        }
    }

    /// Who can put content in, as far as the element itself says.
    pub fn writers(&self) -> impl Iterator<Item = Writer> {
        self.said_writers().into_iter().flatten().copied()
    }

    /// The list of who can put content in; none for an element that has no such list.
    #[must_use]
    pub const fn said_writers(&self) -> Option<&BTreeSet<Writer>> {
        match self.element {
            Element::Dataset(dataset) => Some(&dataset.writers),
            Element::Store(store) => Some(&store.writers),
            Element::Memory(memory) => Some(&memory.writers),
            _ => None,
        }
    }

    /// Who can reach it, where it is an endpoint that says so.
    #[must_use]
    pub const fn exposure(&self) -> Option<Exposure> {
        if let Element::Endpoint(endpoint) = self.element { endpoint.exposure } else { None }
    }
}
