//! The classes of threats that every AI system has to have an answer to.

use coseal_core::system::{DataClass, StoreKind, word};
use serde::Serialize;

use crate::graph::{Element, Graph, ModelRole, Via};

macro_rules! classes {
    ($($(#[$meta:meta])* $variant:ident = $name:literal, $title:literal;)+) => {
        /// A class of threats. A class in which no rule fires says which fact excludes it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Class { $($(#[$meta])* $variant),+ }

        impl Class {
            /// All classes, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its id, in kebab-case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What it is about, in a few plain words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }
        }
    };
}

classes! {
    /// A user's text takes over a model.
    DirectInjection = "direct-injection", "a user's words take over a model";
    /// Text that a model reads on the way takes it over.
    IndirectInjection = "indirect-injection", "content from elsewhere takes over a model";
    /// A model does more than its user may, or than anybody wanted.
    ExcessiveAgency = "excessive-agency", "a model acts beyond what was meant";
    /// An answer is dangerous where it ends up.
    UnsafeOutput = "unsafe-output", "an answer is dangerous where it ends up";
    /// Data reaches those who must not have it.
    Disclosure = "disclosure", "data reaches those who must not have it";
    /// What a model learns from is tampered with.
    TrainingPoisoning = "training-poisoning", "what a model learns from is tampered with";
    /// What a model looks up or remembers is tampered with.
    ContextPoisoning = "context-poisoning", "what a model looks up or remembers is tampered with";
    /// Something that was delivered is hostile.
    SupplyChain = "supply-chain", "something that was delivered is hostile";
    /// A file runs code when it is loaded.
    UnsafeArtefact = "unsafe-artefact", "a model file acts when it is loaded";
    /// A model, its weights or its instructions are copied.
    Extraction = "extraction", "a model or its instructions are copied";
    /// Data about people is worked out from a model or from vectors.
    Inversion = "inversion", "training data is worked out from a model or its vectors";
    /// Inputs are made so that a model is wrong.
    Evasion = "evasion", "inputs are made so that a model is wrong";
    /// The system is made slow, dear or silent.
    Exhaustion = "exhaustion", "the system is made slow, dear or silent";
    /// One customer's or user's content reaches another.
    Isolation = "isolation", "one customer's content reaches another";
    /// What is kept of use is more than is allowed, or reaches too many.
    Retention = "retention", "what is kept of use outlives its reason";
    /// Training and use are not kept apart, or the way in is open.
    Separation = "separation", "training, trying and use are not kept apart";
    /// People rely on what is wrong.
    Reliance = "reliance", "people rely on an answer that is wrong";
}

impl Class {
    /// The fact that excludes this class from a system, in one sentence; none where nothing does.
    #[must_use]
    pub fn excluded(self, graph: &Graph<'_>) -> Option<String> {
        let any =
            |test: &dyn Fn(Element<'_>) -> bool| graph.nodes.iter().any(|node| test(node.element));
        let language = any(&|element| {
            matches!(element, Element::Model(_, ModelRole::Language))
                || matches!(element, Element::Agent(_))
        });
        let predicts = any(&|element| matches!(element, Element::Model(_, ModelRole::Predictor)));
        let models = any(&|element| matches!(element, Element::Model(..)));
        let own_bytes = graph.nodes.iter().any(|node| {
            matches!(node.element, Element::Model(..) | Element::Adapter(_))
                && !node.is_hosted_elsewhere()
        });
        let strangers = graph.nodes.iter().any(|node| {
            node.is_stranger() && graph.leaving(node).any(|edge| edge.via.carries_content())
        });
        let sensitive = graph
            .nodes
            .iter()
            .any(|node| node.class().is_some_and(|class| class > DataClass::Internal))
            || graph
                .edges
                .iter()
                .any(|edge| edge.class.is_some_and(|class| class > DataClass::Internal));
        let acts = any(&|element| matches!(element, Element::Tool(_)));
        let kept = any(&|element| matches!(element, Element::Memory(_) | Element::Log(_)));
        let looked_up = any(&|element| matches!(element, Element::Store(_) | Element::Memory(_)));
        let learns = graph.edges.iter().any(|edge| edge.via.shapes());
        let trained_on_private = graph.edges.iter().any(|edge| {
            edge.via == Via::Makes
                && graph.from(edge).class().is_some_and(|class| class > DataClass::Internal)
        });
        let delivered = |id: &str| {
            graph.edges.iter().any(|edge| edge.via == Via::Supplies && graph.to(edge).id == id)
        };
        let trains = graph.edges.iter().any(|edge| {
            matches!(edge.via, Via::Makes | Via::Builds) && !delivered(&graph.to(edge).id)
        });
        let none = |what: &str| Some(format!("the system file names no {what}"));
        match self {
            Self::DirectInjection | Self::IndirectInjection if !language => none("model that follows instructions"),
            Self::DirectInjection | Self::IndirectInjection | Self::Evasion if !strangers => Some("nobody outside of the organisation puts content in, as far as the system file says".to_owned()),
            Self::ExcessiveAgency if !acts => none("tool that a model may call"),
            Self::UnsafeOutput if !models => none("model"),
            Self::Disclosure if !sensitive => none("data above `internal`"),
            Self::TrainingPoisoning if !learns => none("data that a model is made from, and no feedback"),
            Self::ContextPoisoning if !looked_up => none("store or memory"),
            Self::SupplyChain if !graph.edges.iter().any(|edge| edge.via == Via::Supplies) && !any(&|e| matches!(e, Element::Mcp(_))) => none("model, adapter, dataset or tool of somebody else"),
            Self::UnsafeArtefact | Self::Extraction if !own_bytes => none("model file: all models are behind somebody else's API"),
            Self::Inversion if !sensitive => none("data above `internal`"),
            Self::Inversion if !any(&|element| is_shared_vectors(element)) && !trained_on_private => Some("nothing is made from data above `internal`, and no vectors above `public` are kept".to_owned()),
            Self::Exhaustion | Self::Reliance if !models => none("model"),
            Self::Isolation if !looked_up => none("store or memory"),
            Self::Isolation if !any(&is_shared) => Some("no store is said to be shared by tenants, and no memory by users".to_owned()),
            Self::Retention if !kept && !sensitive => none("log or memory"),
            Self::Evasion if !predicts => none("model that predicts or recognises"),
            Self::Separation if !trains => Some("nothing is trained here: what is made from data was delivered".to_owned()),
            Self::Separation if !learns => none("training: no data that a model is made from, and no pipeline"),
            _ => None,
        }
    }
}

const fn is_shared(element: Element<'_>) -> bool {
    match element {
        Element::Store(store) => store.shared_by_tenants,
        Element::Memory(memory) => memory.shared_by_users,
        _ => false,
    }
}

fn is_shared_vectors(element: Element<'_>) -> bool {
    matches!(element, Element::Store(store) if store.kind == StoreKind::Vector && store.class != Some(DataClass::Public))
}

impl std::fmt::Display for Class {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&word(self))
    }
}
