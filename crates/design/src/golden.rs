//! Whole systems and the threats that follow from them, read by people and held.

use coseal_core::system::read;

use crate::threat::ThreatModel;

fn listed(text: &str) -> String {
    let system = read(text).system.expect("a system without errors");
    let model = ThreatModel::of(&system);
    let threats = model
        .threats
        .iter()
        .map(|threat| format!("{:?} {}\n    {}\n", threat.rating.severity, threat.id, threat.says));
    let quiet = model
        .quiet
        .iter()
        .map(|(class, why)| format!("quiet {}: {}\n", class.name(), why.as_deref().unwrap_or("?")));
    threats.chain(quiet).collect()
}

#[test]
fn a_chatbot_over_help_pages() {
    let text = include_str!("../fixtures/rag-chatbot.toml");
    insta::with_settings!({ snapshot_path => "../fixtures", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("rag-chatbot", listed(text));
    });
}
