//! What passes between two nodes.

use std::collections::BTreeSet;

use coseal_core::system::{DataClass, Sink, Writer};

/// Something that passes from one node to another, and the fact of the system file that says so.
#[derive(Clone, Debug)]
pub struct Edge<'s> {
    /// Index of the node it leaves.
    pub from: usize,
    /// Index of the node it reaches.
    pub to: usize,
    /// In which way.
    pub via: Via,
    /// Dotted path of the fact in the system file: `flow.question`, `agent.assistant.tools`.
    pub fact: String,
    /// Most sensitive class of data on it; none where that is not said.
    pub class: Option<DataClass>,
    /// Where the content ends up.
    pub sink: Option<Sink>,
    /// Who can put content on it; none where whoever reaches its source can.
    pub writers: Option<&'s BTreeSet<Writer>>,
    /// Whether it is encrypted; none where that is not said.
    pub encrypted: Option<bool>,
    /// Guards that screen it.
    pub guards: Vec<&'s str>,
}

/// In which way something passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// `[flow.…]`.
    Flow,
    /// Who is named as a writer puts content in.
    Writes,
    /// A model decides what an agent does.
    Decides,
    /// An agent gives its model what it has gathered.
    Asks,
    /// An agent calls a tool.
    Calls,
    /// A tool answers its agent.
    Returns,
    /// An agent remembers.
    Remembers,
    /// An agent recalls.
    Recalls,
    /// A model or adapter is made from it.
    Makes,
    /// An adapter changes its base.
    Adapts,
    /// An MCP server provides a tool.
    Provides,
    /// Use changes a model, dataset or store.
    Feeds,
    /// A supplier delivers it.
    Supplies,
    /// A pipeline makes it.
    Builds,
}

impl Via {
    /// Whether content passes as it is, so that instructions in it arrive.
    #[must_use]
    pub const fn carries_content(self) -> bool {
        !matches!(self, Self::Makes | Self::Adapts | Self::Supplies | Self::Provides | Self::Builds)
    }

    /// Whether what arrives becomes part of what a model is or knows.
    #[must_use]
    pub const fn shapes(self) -> bool {
        matches!(self, Self::Makes | Self::Adapts | Self::Feeds | Self::Builds)
    }
}
