//! The policy file that somebody names. Without it nothing but the built-in policy counts: none is looked for.

use std::{path::Path, sync::Arc};

use coseal_core::{
    digest::Digest,
    scan_policy::{self, ScanPolicy},
    tree::read_text,
};
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
    let text = read_text(path).map_err(|error| format!("failed to read the policy: {error}"))?;
    let policy =
        scan_policy::read(&text).map_err(|error| format!("the policy is not valid: {error}"))?;
    Ok(Own { policy: Arc::new(policy), digest: Some(sha256(text.as_bytes())) })
}
