//! When a check does not arise: facts of the system file, by name.

use serde::{Deserialize, Serialize};

use crate::{
    fact::{Kind, Read, View},
    system::{DataClass, Effect, Exposure, Modality, Provenance, Writer},
};

macro_rules! conditions {
    ($($variant:ident = $words:literal),+ $(,)?) => {
        /// A fact of the system file under which a check does not arise. Without a system file none holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Condition { $(#[doc = $words] $variant),+ }

        impl Condition {
            /// All conditions.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// In words, as the reason of `not-applicable`.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),+ }
            }
        }
    };
}

conditions! {
    NoTools = "the system file declares no tool",
    NoEndpoint = "the system is offline and declares no endpoint",
    NoExternalApi = "no hosted model and no outside service is declared",
    NoHighImpactAction = "no declared tool acts on the outside or can't be undone",
    NoThirdPartyModelFiles = "no model file of a third party is declared",
    NoFeedbackPath = "no feedback path is declared",
    NoModelFiles = "no model file is declared or found",
    NoOwnData = "no dataset and no store is declared",
    NoThirdPartyModel = "every declared model is the organisation's own",
    NothingRetired = "nothing declared is retired",
    NoClassAbovePublic = "no data above the class public is declared",
    NoDataset = "no dataset is declared",
    NoPrompt = "no prompt is declared",
    NothingDistributed = "system.distributes says that nothing is given to others",
    NoPipeline = "no pipeline is declared and no model is made here",
    NoWeightsHeld = "every declared model is behind an API",
    NoOwnTraining = "no declared model is made from a dataset of ours",
    NoUntrustedText = "system.modalities has no free text",
    NoCustomers = "the system serves only the organisation itself",
    TextOnlyWithNotice = "the system gives out text only, with a notice",
    NotUserFacing = "nothing flows to users, partners or the public",
    NoPersonalData = "no personal data is declared",
    NoFeed = "system.feeds says that no feed is taken",
    NoLegacy = "nothing declared is marked legacy",
    NoAssetBytes = "no model, dataset or prompt with bytes of its own is declared, and there is no register",
}

impl Condition {
    /// What it reads.
    #[must_use]
    pub fn reads(self) -> Vec<Read> {
        use Kind::*;
        match self {
            Self::NoTools => vec![Read::only(Tool, &["effect"])],
            Self::NoEndpoint => {
                vec![Read::only(System, &["exposure"]), Read::only(Endpoint, &["auth"])]
            }
            Self::NoExternalApi => {
                vec![Read::only(Model, &["location"]), Read::only(Service, &["location"])]
            }
            Self::NoHighImpactAction => vec![Read::only(Tool, &["effect"])],
            Self::NoThirdPartyModelFiles | Self::NoThirdPartyModel => vec![
                Read::only(Model, &["location", "provenance"]),
                Read::only(Adapter, &["location", "provenance"]),
            ],
            Self::NoFeedbackPath => vec![Read::only(Feedback, &["to"])],
            Self::NoModelFiles => vec![
                Read::only(Model, &["location"]),
                Read::only(Adapter, &["location"]),
                Read::only(Artefact, &["format"]),
                Read::all(Inspection),
            ],
            Self::NoOwnData => vec![Read::only(Dataset, &["class"]), Read::only(Store, &["kind"])],
            Self::NothingRetired => vec![
                Read::only(Model, &["retired"]),
                Read::only(Dataset, &["retired"]),
                Read::only(Store, &["retired"]),
            ],
            Self::NoClassAbovePublic => vec![
                Read::only(Dataset, &["class"]),
                Read::only(Store, &["class"]),
                Read::only(Flow, &["class"]),
                Read::only(Memory, &["class"]),
                Read::only(Log, &["class"]),
            ],
            Self::NoDataset => vec![Read::only(Dataset, &["class"])],
            Self::NoPrompt => vec![Read::only(Prompt, &["location"])],
            Self::NothingDistributed => vec![Read::only(System, &["distributes"])],
            Self::NoPipeline => vec![
                Read::only(Pipeline, &["makes"]),
                Read::only(Model, &["made-from", "provenance"]),
                Read::only(Adapter, &["made-from"]),
            ],
            Self::NoWeightsHeld => {
                vec![Read::only(Model, &["location"]), Read::only(Adapter, &["location"])]
            }
            Self::NoOwnTraining => vec![
                Read::only(Model, &["made-from", "provenance"]),
                Read::only(Adapter, &["made-from"]),
                Read::only(Pipeline, &["makes"]),
            ],
            Self::NoUntrustedText => vec![Read::only(System, &["modalities"])],
            Self::NoCustomers => vec![Read::only(System, &["exposure"])],
            Self::TextOnlyWithNotice => vec![Read::only(System, &["modalities", "notice"])],
            Self::NotUserFacing => {
                vec![Read::only(System, &["exposure"]), Read::only(Flow, &["to"])]
            }
            Self::NoPersonalData => vec![
                Read::only(Dataset, &["class"]),
                Read::only(Store, &["class"]),
                Read::only(Flow, &["class", "writers", "from"]),
                Read::only(Memory, &["class"]),
                Read::only(Log, &["class"]),
            ],
            Self::NoFeed => vec![Read::only(System, &["feeds"])],
            Self::NoAssetBytes => vec![
                Read::only(Model, &["location"]),
                Read::only(Adapter, &["location"]),
                Read::only(Dataset, &["location"]),
                Read::only(Prompt, &["location"]),
                Read::only(Document, &["digest"]),
                Read::all(Lock),
            ],
            Self::NoLegacy => vec![
                Read::only(Model, &["legacy"]),
                Read::only(Tool, &["legacy"]),
                Read::only(Service, &["legacy"]),
            ],
        }
    }

    /// Whether it holds. Never without a system file: not-applicable needs a fact.
    #[must_use]
    pub fn holds(self, facts: &View<'_>) -> bool {
        if !facts.has_system() {
            return false;
        }
        let ours = |provenance: Option<Provenance>| provenance == Some(Provenance::Own);
        let acts = |effect| matches!(effect, Effect::External | Effect::Irreversible);
        let exposure = || facts.about().map(|about| about.exposure);
        let modalities = || facts.about().and_then(|about| about.modalities.as_ref());
        match self {
            Self::NoTools => facts.tool().is_empty(),
            Self::NoEndpoint => {
                facts.endpoint().is_empty() && exposure() == Some(Exposure::Offline)
            }
            Self::NoExternalApi => {
                facts.service().is_empty()
                    && facts.model().values().all(|model| model.location.hosted().is_none())
            }
            Self::NoHighImpactAction => !facts.tool().values().any(|tool| acts(tool.effect)),
            Self::NoThirdPartyModelFiles => {
                facts
                    .model()
                    .values()
                    .all(|model| !model.location.has_bytes() || ours(model.provenance))
                    && facts.adapter().values().all(|adapter| ours(adapter.provenance))
            }
            Self::NoThirdPartyModel => {
                facts.model().values().all(|model| ours(model.provenance))
                    && facts.adapter().values().all(|adapter| ours(adapter.provenance))
            }
            Self::NoFeedbackPath => facts.feedback().is_empty(),
            Self::NoModelFiles => {
                facts.artefacts().is_empty()
                    && facts.inspection().gaps.is_empty()
                    && facts.adapter().is_empty()
                    && !facts.model().values().any(|model| model.location.has_bytes())
            }
            Self::NoOwnData => facts.dataset().is_empty() && facts.store().is_empty(),
            Self::NothingRetired => {
                facts.model().values().all(|model| model.retired.is_none())
                    && facts.dataset().values().all(|dataset| dataset.retired.is_none())
                    && facts.store().values().all(|store| store.retired.is_none())
            }
            Self::NoClassAbovePublic => {
                classes(facts).all(|class| class == Some(DataClass::Public))
            }
            Self::NoDataset => facts.dataset().is_empty(),
            Self::NoPrompt => facts.prompt().is_empty(),
            Self::NothingDistributed => facts
                .about()
                .and_then(|about| about.distributes.as_ref())
                .is_some_and(|list| list.is_empty()),
            Self::NoPipeline | Self::NoOwnTraining => {
                facts.pipeline().is_empty()
                    && facts.adapter().values().all(|adapter| adapter.made_from.is_empty())
                    && facts
                        .model()
                        .values()
                        .all(|model| model.made_from.is_empty() && !ours(model.provenance))
            }
            Self::NoWeightsHeld => {
                facts.adapter().is_empty()
                    && !facts.model().values().any(|model| model.location.has_bytes())
            }
            Self::NoUntrustedText => {
                modalities().is_some_and(|m| !m.is_empty() && !m.contains(&Modality::Text))
            }
            Self::NoCustomers => matches!(exposure(), Some(Exposure::Offline | Exposure::Staff)),
            Self::TextOnlyWithNotice => {
                modalities().is_some_and(|m| {
                    m.iter().all(|m| matches!(m, Modality::Text | Modality::Tabular))
                        && !m.is_empty()
                }) && facts.about().is_some_and(|about| about.notice.is_some())
            }
            Self::NotUserFacing => {
                let reaches = |to: &str| matches!(to, "user" | "partner" | "public");
                matches!(exposure(), Some(Exposure::Offline | Exposure::Staff))
                    && !facts.flow().values().any(|flow| reaches(&flow.to))
            }
            Self::NoPersonalData => {
                let from_people = |flow: &crate::system::Flow| {
                    matches!(flow.from.as_str(), "user" | "public")
                        || flow.writers.iter().any(|w| matches!(w, Writer::Users | Writer::Public))
                };
                classes(facts).all(|class| class.is_some_and(|class| !class.is_personal()))
                    && !facts.flow().values().any(|flow| flow.class.is_none() && from_people(flow))
            }
            Self::NoFeed => facts
                .about()
                .and_then(|about| about.feeds.as_ref())
                .is_some_and(|list| list.is_empty()),
            Self::NoAssetBytes => {
                !facts.lock().present
                    && facts.adapter().is_empty()
                    && facts.prompt().is_empty()
                    && !facts.model().values().any(|model| model.location.has_bytes())
                    && !facts.dataset().values().any(|dataset| dataset.location.has_bytes())
                    && facts.document().values().all(|document| document.digest.is_none())
            }
            Self::NoLegacy => {
                !facts.model().values().any(|model| model.legacy)
                    && !facts.tool().values().any(|tool| tool.legacy)
                    && !facts.service().values().any(|service| service.legacy)
            }
        }
    }
}

/// The class of everything that holds or carries data; none where the file does not say.
fn classes<'a>(facts: &'a View<'_>) -> impl Iterator<Item = Option<DataClass>> + 'a {
    (facts.dataset().values().map(|dataset| Some(dataset.class)))
        .chain(facts.store().values().map(|store| store.class))
        .chain(facts.flow().values().map(|flow| flow.class))
        .chain(facts.memory().values().map(|memory| Some(memory.class)))
        .chain(facts.log().values().map(|log| Some(log.class)))
}
