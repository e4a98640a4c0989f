//! Builds the fuzz targets with coverage feedback and runs each on its seeds: with the stable toolchain and a C++
//! compiler, without cargo-fuzz. `cargo fuzz run TARGET` works too, where it is installed.

use std::{fs, path::PathBuf};

use crate::workspace::{command, root, run as run_command};

/// What cargo-fuzz passes too, but for the sanitizer, which needs a nightly toolchain.
const RUSTFLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Cdebug-assertions -Ccodegen-units=1";

pub(crate) fn run(arguments: &[&str]) -> Result<(), String> {
    let (seconds, wanted) = match arguments {
        ["--seconds", seconds, rest @ ..] => {
            (seconds.parse::<u32>().map_err(|_| "--seconds wants a number".to_owned())?, rest)
        }
        rest => (10, rest),
    };
    let fuzz = root().join("fuzz");
    let target_dir = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| fuzz.join("target"), |dir| PathBuf::from(dir).join("fuzz"));
    let host = host()?;
    run_command(
        command("cargo")
            .args([
                "build",
                "--release",
                "--locked",
                "--manifest-path",
                "fuzz/Cargo.toml",
                "--target",
                &host,
            ])
            .env("CARGO_TARGET_DIR", &target_dir)
            .env("RUSTFLAGS", RUSTFLAGS),
    )?;
    for target in targets(&fuzz)? {
        if !wanted.is_empty() && !wanted.contains(&target.as_str()) {
            continue;
        }
        println!("fuzz {target}: {seconds} s");
        let corpus = fuzz.join("corpus").join(&target);
        let artifacts = fuzz.join("artifacts").join(&target);
        for folder in [&corpus, &artifacts] {
            fs::create_dir_all(folder)
                .map_err(|error| format!("failed to make {}: {error}", folder.display()))?;
        }
        let binary = target_dir.join(&host).join("release").join(&target);
        run_command(
            command(&binary.to_string_lossy())
                .arg(&corpus)
                .arg(fuzz.join("seeds").join(&target))
                .arg(format!("-artifact_prefix={}/", artifacts.display()))
                .args([
                    &format!("-max_total_time={seconds}"),
                    "-timeout=5",
                    "-rss_limit_mb=512",
                    "-max_len=65536",
                    "-print_final_stats=1",
                    "-verbosity=0",
                ]),
        )?;
    }
    Ok(())
}

fn targets(fuzz: &std::path::Path) -> Result<Vec<String>, String> {
    #[expect(clippy::disallowed_methods, reason = "the project's own folder")]
    let entries = fs::read_dir(fuzz.join("fuzz_targets"))
        .map_err(|error| format!("failed to list the fuzz targets: {error}"))?;
    let mut names: Vec<_> = entries
        .filter_map(|entry| {
            entry.ok()?.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned)
        })
        .collect();
    names.sort();
    Ok(names)
}

fn host() -> Result<String, String> {
    let version = crate::workspace::output(command("rustc").arg("-vV"))?;
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "rustc names no host".to_owned())
}
