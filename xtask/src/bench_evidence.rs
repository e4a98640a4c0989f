//! The evidence store with 100,000 records: verify all, prove one, append. Made by the example `evidence_figures` of
//! coseal-assure, which has the peers: Ed25519 and nothing else, write and fsync and nothing else.

use std::{fs, path::Path};

use crate::{
    bench::measured,
    workspace::{command, output, root, run as run_command},
};

const SYSTEM: &str = "support-bot";

pub(crate) fn run(coseal: &str, target: &Path) -> Result<(), String> {
    run_command(command("cargo").args([
        "build",
        "--release",
        "--locked",
        "--quiet",
        "-p",
        "coseal-assure",
        "--example",
        "evidence_figures",
    ]))?;
    let folder = target.join("bench/evidence");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).map_err(|error| format!("failed to make a folder: {error}"))?;
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();

    seed(coseal, &at)?;
    let figures = target.join("release/examples/evidence_figures");
    let told = output(command(&figures.to_string_lossy()).args([&at("seed"), SYSTEM, &at("big")]))?;
    if !told.status.success() {
        return Err(format!("evidence_figures: {}", String::from_utf8_lossy(&told.stderr)));
    }
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let value = |name: &str| told.lines().find_map(|line| line.strip_prefix(name));
    let id = value("id ").ok_or("no record was named")?;
    let peer = value("ed25519 alone, ").and_then(|rest| rest.split(' ').nth(2)?.parse().ok());
    let peer: f64 = peer.ok_or("the peer was not measured")?;
    told.lines().filter(|line| !line.starts_with("id ")).for_each(|line| println!("{line}"));

    println!("user + system seconds; wall seconds; peak memory");
    let (store, seen, trust) = (at("big/store"), at("seen"), at("big/trust.toml"));
    let example = root().join("examples").join(SYSTEM).to_string_lossy().into_owned();
    let places = ["--store", &store, "--seen", &seen, "--trust", &trust];
    let of = |what: &[&'static str]| -> Vec<String> {
        what.iter().chain(&places).map(|word| (*word).to_owned()).collect()
    };
    let verify = of(&["evidence", "verify", "--system", SYSTEM]);
    let (_, wall) = timed("coseal evidence verify", coseal, &verify)?;
    let mut prove = of(&["evidence", "prove", "--system", SYSTEM]);
    prove.push(id.to_owned());
    timed("coseal evidence prove", coseal, &prove)?;
    let mut check = of(&["check", "--fail-on", "never"]);
    check.push(example);
    timed("coseal check beside them", coseal, &check)?;
    println!("verify : ed25519 alone = {:.2} (promised: all in less than 10 s)", wall / peer);
    Ok(())
}

/// A store with one run of an example, by the program itself: what the 100,000 are made after.
fn seed(coseal: &str, at: &dyn Fn(&str) -> String) -> Result<(), String> {
    let key = at("key");
    run_command(
        command(coseal).args(["evidence", "key", "new", &key]).stdout(std::process::Stdio::null()),
    )?;
    let example = root().join("examples").join(SYSTEM);
    let places = ["--store", &at("seed"), "--seen", &at("seed-seen"), "--key", &key];
    run_command(
        command(coseal)
            .args(["check", "--record", "--fail-on", "never"])
            .arg(example)
            .args(places)
            .env("COSEAL_TRUST", "")
            .stdout(std::process::Stdio::null()),
    )
}

fn timed(what: &str, program: &str, arguments: &[String]) -> Result<(f64, f64), String> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    measured(what, program, &arguments)
}
