//! The closed vocabularies of decision files.

use crate::{finding::Severity, system::words};

words! {
    /// What a decision does.
    DecisionKind {
        /// It states something that no machine sees.
        Attest,
        /// It accepts for a while that a check fails.
        Waive,
        /// It chooses a model.
        Choose,
        /// It answers a threat.
        Threat,
        /// It says that a check does not arise.
        Exempt,
    }
    /// How bad what is accepted can be.
    Risk {
        /// It weakens the system a little.
        Low,
        /// To be put right in the ordinary course of work.
        Medium,
        /// To be put right before the next release.
        High,
        /// The system should not run like this.
        Critical,
    }
    /// What is done about a threat.
    Disposition {
        /// Controls stand against it.
        Mitigated,
        /// The risk is carried, for a while.
        Accepted,
        /// Somebody else carries the risk, for a while.
        Transferred,
        /// What made it possible is gone.
        Avoided,
    }
    /// The ground in law on which personal data is processed.
    Basis {
        /// The people agreed.
        Consent,
        /// A contract with them needs it.
        Contract,
        /// A law demands it.
        LegalObligation,
        /// A life depends on it.
        VitalInterests,
        /// A public task needs it.
        PublicTask,
        /// An interest that outweighs theirs.
        LegitimateInterests,
    }
}

impl Risk {
    /// The risk of a finding of this severity; a note is a low one.
    #[must_use]
    pub const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Note | Severity::Low => Self::Low,
            Severity::Medium => Self::Medium,
            Severity::High => Self::High,
            Severity::Critical => Self::Critical,
        }
    }
}
