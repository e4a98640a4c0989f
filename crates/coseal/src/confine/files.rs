//! Landlock: files can be read beneath named paths, written beneath one if that is meant, and nothing else is done with any; no TCP, no signals to others.

use std::path::Path;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, BitFlags, RestrictionStatus, Ruleset, RulesetAttr as _,
    RulesetCreatedAttr as _, RulesetError, RulesetStatus, Scope, path_beneath_rules,
};

use super::Given;

/// The newest rules that are asked for; an older kernel enforces what it knows of them.
const NEWEST: ABI = ABI::V6;

/// What writing a file takes, under one name and then under another.
fn writing() -> BitFlags<AccessFs> {
    reading() | AccessFs::WriteFile | AccessFs::Truncate | AccessFs::MakeReg | AccessFs::RemoveFile
}

fn reading() -> BitFlags<AccessFs> {
    AccessFs::ReadFile | AccessFs::ReadDir
}

pub(super) fn confine<'a>(
    readable: impl Iterator<Item = &'a Path>,
    writable: Option<&'a Path>,
) -> Given {
    match restrict(readable, writable).map(|status| status.ruleset) {
        Ok(RulesetStatus::FullyEnforced) => Given::Up,
        Ok(RulesetStatus::PartiallyEnforced) => Given::Partly,
        Ok(RulesetStatus::NotEnforced) | Err(_) => Given::Not,
    }
}

fn restrict<'a>(
    readable: impl Iterator<Item = &'a Path>,
    writable: Option<&'a Path>,
) -> Result<RestrictionStatus, RulesetError> {
    Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))?
        .handle_access(AccessNet::from_all(NEWEST))?
        .scope(Scope::from_all(NEWEST))?
        .create()?
        .add_rules(path_beneath_rules(readable, reading()))?
        .add_rules(path_beneath_rules(writable, writing()))?
        .restrict_self()
}
