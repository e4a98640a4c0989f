//! What was observed of a system. Facts are gathered once, by the crates that can read them, and judged
//! by checks that can read nothing else.

mod artefact;
mod decided;
mod facts;
mod found;
mod kind;
mod observed;
mod recorded;
mod view;

pub use artefact::{Artefact, ArtefactCoverage, ArtefactVerdict, ByteRange};
pub use decided::{BrokenDecision, CitedFact, DecisionFact, Signer};
pub use facts::Facts;
pub use found::{
    Advisory, AdvisoryReport, Asset, AssetKind, Dependency, DependencySource, LockFact, Locked,
    Method, Setting, Sighting, UNTOLD, Workload,
};
pub use kind::{Kind, Read};
pub use observed::{
    DigestFact, HostedModel, HostedUse, Inspection, Measured, OutcomeFact, Pin, Secret,
    SystemFileFact, Text,
};
pub use recorded::Recorded;
pub use view::View;
