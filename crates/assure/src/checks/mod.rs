//! Checks of the system file and of documents, one to a file.

coseal_core::checks! {
    contacts_current::ContactsCurrent,
    datasets_documented::DatasetsDocumented,
    disclosure_policy_live::DisclosurePolicyLive,
    environments_separated::EnvironmentsSeparated,
    legacy_compensated::LegacyCompensated,
    limitations_documented::LimitationsDocumented,
    logging_lawful::LoggingLawful,
    model_cards_match::ModelCardsMatch,
    model_decision_recorded::ModelDecisionRecorded,
    model_not_end_of_life::ModelNotEndOfLife,
    no_stale_evidence::NoStaleEvidence,
    playbooks_cover_threats::PlaybooksCoverThreats,
    supplier_fallback_ready::SupplierFallbackReady,
    system_file_valid::SystemFileValid,
    training_completed::TrainingCompleted,
    user_guide_current::UserGuideCurrent,
    waiver_budget_kept::WaiverBudgetKept,
    waivers_in_date::WaiversInDate,
}
