//! `coseal scan` as whole processes: many small pickles, one large one, large models, and how it scales with cores. Beside
//! them picklescan, if `COSEAL_PICKLESCAN` or `PATH` has it, and `openssl` hashing the same bytes as the physical limit.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    path::Path,
};

use crate::{
    bench::{self, measured, payload},
    bench_pickles::{vocabulary, weights},
    workspace::command,
};

/// Small pickles, as one folder.
const SMALL: u32 = 2000;
/// Files by which scaling is told.
const MANY: u32 = 10_000;
/// Starts measured together: the clock ticks in hundredths of a second.
const STARTS: f64 = 200.0;

pub(crate) fn run(coseal: &str, target: &Path) -> Result<(), String> {
    let folder = target.join("bench");
    make(&folder).map_err(|error| format!("failed to write the inputs: {error}"))?;
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    println!("user + system seconds, least of several; wall seconds; peak memory");
    start(coseal, &at("small/0.pkl"))?;
    pickles(coseal, &at("small"), &at("vocabulary.pkl"))?;
    for model in ["model.pt", "model.safetensors", "model.gguf"] {
        let path = at(model);
        measured(&format!("coseal scan, 1 GiB {model}"), coseal, &["scan", &path])?;
        let what = format!("coseal scan --full, 1 GiB {model}");
        let (full, _) = measured(&what, coseal, &["scan", "--full", &path])?;
        let (openssl, _) =
            measured("openssl dgst -sha256", "openssl", &["dgst", "-sha256", &path])?;
        println!("scan --full : openssl = {:.2}", full / openssl);
    }
    scaling(coseal, &at("many"))
}

/// What one start costs, less what starting anything costs.
fn start(coseal: &str, file: &str) -> Result<(), String> {
    let times = |program: &str| {
        format!("i=0; while [ $i -lt {STARTS} ]; do {program} >/dev/null; i=$((i+1)); done")
    };
    let scan = times(&format!("'{coseal}' scan --quiet '{file}'"));
    let (_, started) = measured("200 starts of coseal scan", "sh", &["-c", &scan])?;
    let (_, floor) = measured("200 starts of /bin/true", "sh", &["-c", &times("/bin/true")])?;
    println!(
        "one start: {:.1} ms, of which {:.1} ms any program takes",
        started / STARTS * 1000.0,
        floor / STARTS * 1000.0
    );
    Ok(())
}

fn pickles(coseal: &str, small: &str, vocabulary: &str) -> Result<(), String> {
    let picklescan = std::env::var("COSEAL_PICKLESCAN").unwrap_or_else(|_| "picklescan".into());
    let there = command(&picklescan).arg("--help").output().is_ok();
    for (what, path) in [("2,000 pickles of 4 kB", small), ("1.2 M opcodes", vocabulary)] {
        let (ours, _) = measured(&format!("coseal scan, {what}"), coseal, &["scan", path])?;
        if there {
            let what = format!("picklescan, {what}");
            let (peer, _) = measured(&what, &picklescan, &["-p", path])?;
            println!("picklescan : scan = {:.1}", peer / ours);
        }
    }
    if !there {
        println!("picklescan is not here: COSEAL_PICKLESCAN may name it");
    }
    Ok(())
}

fn scaling(coseal: &str, many: &str) -> Result<(), String> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (_, one) =
        measured("coseal scan --jobs 1, 10,000 files", coseal, &["scan", "--jobs", "1", many])?;
    let (_, all) = measured("coseal scan, 10,000 files", coseal, &["scan", many])?;
    println!("wall time of one worker : of one for each of {cores} cores = {:.2}", one / all);
    Ok(())
}

fn make(folder: &Path) -> io::Result<()> {
    bench::models(folder)?;
    for (name, count) in [("small", SMALL), ("many", MANY)] {
        let inner = folder.join(name);
        fs::create_dir_all(&inner)?;
        for index in 0..count {
            fs::write(inner.join(format!("{index}.pkl")), weights(index))?;
        }
    }
    fs::write(folder.join("vocabulary.pkl"), vocabulary())?;
    if !folder.join("model.gguf").exists() {
        gguf(&folder.join("model.gguf"))?;
    }
    Ok(())
}

/// A GGUF file of version 3 with 16 tensors of 64 MiB.
fn gguf(path: &Path) -> io::Result<()> {
    const COUNT: u64 = 16;
    const SIZE: u64 = 64 << 20;
    let mut head = b"GGUF\x03\0\0\0".to_vec();
    let text = |text: &str, out: &mut Vec<u8>| {
        out.extend((text.len() as u64).to_le_bytes());
        out.extend(text.as_bytes());
    };
    head.extend(COUNT.to_le_bytes());
    head.extend(1_u64.to_le_bytes());
    text("general.architecture", &mut head);
    head.extend(8_u32.to_le_bytes());
    text("llama", &mut head);
    for index in 0..COUNT {
        text(&format!("blk.{index}.attn_q.weight"), &mut head);
        head.extend(2_u32.to_le_bytes());
        head.extend(4096_u64.to_le_bytes());
        head.extend((SIZE / 4 / 4096).to_le_bytes());
        head.extend(0_u32.to_le_bytes());
        head.extend((index * SIZE).to_le_bytes());
    }
    head.resize(head.len().next_multiple_of(32), 0);
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(&head)?;
    for _ in 0..COUNT {
        payload(&mut file)?;
    }
    file.flush()
}
