//! The ratios that the project promises, each against a peer or a physical limit, in one run.

pub(crate) fn run(_: &[&str]) -> Result<(), String> {
    Err("not written yet".to_owned())
}
