//! Checks of what code, prompts and configuration show, one to a file.

coseal_core::checks! {
    ai_debt_low::AiDebtLow,
    assets_registered::AssetsRegistered,
    description_matches_reality::DescriptionMatchesReality,
    no_secrets_in_assets::NoSecretsInAssets,
    secure_defaults_kept::SecureDefaultsKept,
    vulnerabilities_triaged::VulnerabilitiesTriaged,
}
