//! Decisions by people: what was stated, waived, chosen, answered to a threat or put out of scope, by a role, with a reason.
//!
//! A decision is a TOML file under `decisions/` that reads well in a pull request, with a detached signature beside it.
//! Text goes in, a [`Decision`] that is whole comes out, or every problem at once, each with its line.

mod claims;
mod read;
mod schema;
mod types;
mod validate;
mod words;

pub use claims::{
    Claim, HoldsClaim, LegacyClaim, LoggingClaim, SupplierClaim, TrainingClaim, claim_example,
    takes_statements,
};
pub use read::{DecisionFile, MAX_DECISION, read};
pub use schema::schema;
pub use types::{
    Attest, Choose, Cited, Content, Covered, Decision, Evidence, Exempt, Offer, Threat, Waive,
};
pub use words::{Basis, DecisionKind, Disposition, Risk};

/// Folder of the decisions, in the judged folder.
pub const FOLDER: &str = "decisions";
/// Namespace of the signature of a decision (OpenSSH PROTOCOL.sshsig).
pub const NAMESPACE: &str = "coseal-decision";
