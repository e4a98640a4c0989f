//! Which crate may depend on which.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::workspace::{command, output};

/// Each crate and the crates of ours that it may depend on, as ARCHITECTURE says.
const ALLOWED: &[(&str, &[&str])] = &[
    ("coseal-core", &[]),
    ("coseal-sign", &["coseal-core"]),
    ("coseal-assure", &["coseal-core", "coseal-sign"]),
    ("coseal-scan", &["coseal-core"]),
    ("coseal-design", &["coseal-core"]),
    ("coseal-source", &["coseal-core"]),
    (
        "coseal",
        &[
            "coseal-assure",
            "coseal-core",
            "coseal-design",
            "coseal-scan",
            "coseal-sign",
            "coseal-source",
        ],
    ),
    (
        "coseal-tests",
        &[
            "coseal",
            "coseal-core",
            "coseal-assure",
            "coseal-design",
            "coseal-scan",
            "coseal-source",
            "coseal-sign",
        ],
    ),
    ("xtask", &["coseal", "coseal-core"]),
];

/// Crates that read hostile bytes or judge have no network and no async.
const NEVER: &[&str] = &[
    "tokio",
    "reqwest",
    "hyper",
    "async-std",
    "smol",
    "openssl",
    "openssl-sys",
    "git2",
    "serde_yaml",
];

/// What speaks with a network: for the binary only, and only in a build that asks for it.
const NETWORK: &[&str] = &["ureq", "rustls", "ring"];

/// Most packages that the default build may have.
const MAX_PACKAGES: usize = 300;

pub(crate) fn run() -> Result<(), String> {
    let metadata = output(command("cargo").args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--no-deps",
    ]))?;
    let metadata: Value = serde_json::from_slice(&metadata.stdout)
        .map_err(|error| format!("failed to read cargo metadata: {error}"))?;
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(may) = allowed.get(name) else {
            wrong.push(format!("{name} is not in the table of layers (xtask/src/layers.rs)"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = dependency["name"].as_str().unwrap_or_default();
            let ours = allowed.contains_key(on);
            let for_tests = dependency["kind"].as_str() == Some("dev");
            if ours && !for_tests && !may.contains(&on) {
                wrong.push(format!("{name} may not depend on {on}"));
            }
            let asked_for = name == "coseal" && dependency["optional"] == true;
            if NETWORK.contains(&on) && !asked_for && !for_tests {
                wrong.push(format!("{name} may not depend on {on}: it has no network"));
            }
            if NEVER.contains(&on) && name != "xtask" && !for_tests {
                wrong
                    .push(format!("{name} may not depend on {on}: it has no network and no async"));
            }
        }
    }
    let tree = output(command("cargo").args([
        "tree",
        "--locked",
        "-p",
        "coseal",
        "-e",
        "normal,build",
        "--prefix",
        "none",
        "--no-dedupe",
    ]))?;
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    let mut packages: Vec<&str> = tree.lines().filter_map(|line| line.split(" (").next()).collect();
    packages.sort_unstable();
    packages.dedup();
    if packages.len() >= MAX_PACKAGES {
        wrong.push(format!(
            "the default build has {} packages; the budget is {MAX_PACKAGES}",
            packages.len()
        ));
    }
    for never in NEVER.iter().chain(NETWORK) {
        if packages.iter().any(|package| package.split(' ').next() == Some(never)) {
            wrong.push(format!("{never} is in the default build"));
        }
    }
    if wrong.is_empty() {
        println!("layers hold; {} packages in the default build", packages.len());
        Ok(())
    } else {
        Err(wrong.join("\n"))
    }
}
