//! Checks of the system file and of documents, one to a file.

coseal_core::checks! {
    contacts_current::ContactsCurrent,
    datasets_documented::DatasetsDocumented,
    disclosure_policy_live::DisclosurePolicyLive,
    environments_separated::EnvironmentsSeparated,
    limitations_documented::LimitationsDocumented,
    model_cards_match::ModelCardsMatch,
    model_not_end_of_life::ModelNotEndOfLife,
    no_stale_evidence::NoStaleEvidence,
    playbooks_cover_threats::PlaybooksCoverThreats,
    system_file_valid::SystemFileValid,
    user_guide_current::UserGuideCurrent,
}
