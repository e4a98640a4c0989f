//! The policy file that somebody names. Without it nothing but the built-in policy counts: none is looked for.

use std::{path::Path, sync::Arc};

use coseal_core::{
    digest::Digest,
    nearest::nearest,
    plain::plain,
    scan_policy::{self, ScanPolicy},
    tree::read_text,
};
use coseal_scan::FORMAT_IDS;
use coseal_sign::sha256;

/// A policy, and the digest of its file.
#[derive(Debug, Default)]
pub(in crate::cli) struct Own {
    pub(in crate::cli) policy: Arc<ScanPolicy>,
    pub(in crate::cli) digest: Option<Digest>,
}

/// The policy at `path`, if one is named.
pub(in crate::cli) fn read(path: Option<&Path>) -> Result<Own, String> {
    let Some(path) = path else { return Ok(Own::default()) };
    let text = read_text(path).map_err(|error| {
        let path = plain(&path.to_string_lossy(), 300);
        format!("failed to read the policy {path}: {error}")
    })?;
    let policy =
        scan_policy::read(&text).map_err(|error| format!("the policy is not valid: {error}"))?;
    known_formats(&policy)?;
    Ok(Own { policy: Arc::new(policy), digest: Some(sha256(text.as_bytes())) })
}

/// A name that no format has would allow nothing, or forbid nothing.
fn known_formats(policy: &ScanPolicy) -> Result<(), String> {
    let mut named = policy.formats.allowed.iter().chain(&policy.formats.forbidden);
    let Some(name) = named.find(|name| !FORMAT_IDS.contains(&name.as_str())) else {
        return Ok(());
    };
    let hint = nearest(name, FORMAT_IDS.iter().copied()).map_or_else(
        || format!("formats are {}", FORMAT_IDS.join(", ")),
        |near| format!("did you mean {near}?"),
    );
    let name = plain(name, 100);
    Err(format!("the policy is not valid: there is no format called {name}; {hint}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::read;

    #[test]
    fn formats_are_those_that_results_show() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.toml");
        let of = |formats: &str| {
            fs::write(&path, format!("schema = 1\n[formats]\n{formats}\n")).unwrap();
            read(Some(&path))
        };
        assert!(of("allowed = [\"safetensors\", \"torch-zip\"]").is_ok());
        let why = of("forbidden = [\"pickel\"]").unwrap_err();
        assert!(why.ends_with("no format called pickel; did you mean pickle?"), "{why}");
        assert!(of("allowed = [\"what is that\"]").unwrap_err().contains("formats are "));
    }
}
