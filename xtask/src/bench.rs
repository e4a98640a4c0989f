//! The figures that the project promises, each beside a peer or a physical limit, measured in one run: absolute times
//! say little on a shared machine.
//!
//! Needs the release binary (built here), about 3 GB of disk, and `openssl` for the peer. `bench evidence` measures the evidence
//! store alone, `bench discovery` discovery alone, `bench scan` the scan of model files.

use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use crate::{
    bench_discovery, bench_evidence, bench_scan,
    workspace::{command, output, root, run as run_command},
};

/// Counted runs of each command; the least of them is told.
const RUNS: usize = 5;

pub(crate) fn run(only: &[&str]) -> Result<(), String> {
    run_command(command("cargo").args([
        "build",
        "--release",
        "--locked",
        "--quiet",
        "-p",
        "coseal",
    ]))?;
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let coseal = target.join("release/coseal").to_string_lossy().into_owned();
    let folder = target.join("bench");
    match only {
        [] => files(&coseal, &folder)?,
        ["evidence"] => return bench_evidence::run(&coseal, &target),
        ["discovery"] => return bench_discovery::run(&coseal, &target),
        ["scan"] => return bench_scan::run(&coseal, &target),
        _ => {
            return Err(
                "there are only `bench evidence`, `bench discovery` and `bench scan`".into()
            );
        }
    }
    bench_scan::run(&coseal, &target)?;
    bench_discovery::run(&coseal, &target)?;
    bench_evidence::run(&coseal, &target)
}

fn files(coseal: &str, folder: &Path) -> Result<(), String> {
    make(folder)?;
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (torch, safetensors, tree) = (at("model.pt"), at("model.safetensors"), at("tree"));

    println!("user + system seconds, least of {RUNS}; wall seconds; peak memory");
    let openssl =
        measure("openssl dgst -sha256, 1 GB", "openssl", &["dgst", "-sha256", &safetensors])?;
    let structure = measure("coseal scan, 1 GB safetensors", coseal, &["scan", &safetensors])?;
    measure("coseal scan, 1 GB PyTorch zip", coseal, &["scan", &torch])?;
    let full =
        measure("coseal scan --full, 1 GB safetensors", coseal, &["scan", "--full", &safetensors])?;
    measure("coseal check, 50,000 files", coseal, &["check", &tree])?;
    measure("find -type f, 50,000 files", "find", &[&tree, "-type", "f"])?;
    println!("scan --full : openssl = {:.2} (promised: at most 1.05)", full / openssl);
    println!("scan : openssl = {:.3}", structure / openssl);
    Ok(())
}

/// Runs a command and prints what it took; gives its processor seconds.
fn measure(what: &str, program: &str, arguments: &[&str]) -> Result<f64, String> {
    Ok(measured(what, program, arguments)?.0)
}

/// Runs a command and prints what it took; gives its processor seconds, and wall seconds.
pub(crate) fn measured(
    what: &str,
    program: &str,
    arguments: &[&str],
) -> Result<(f64, f64), String> {
    let mut least: Option<(f64, f64, f64)> = None;
    for _ in 0..=RUNS {
        let mut timed = command("/usr/bin/time");
        timed.args(["-f", "%U %S %e %M", program]).args(arguments);
        let ended = output(&mut timed)
            .map_err(|error| format!("{error} (the Debian package is called time)"))?;
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        let numbers: Vec<f64> = told
            .lines()
            .last()
            .unwrap_or_default()
            .split(' ')
            .filter_map(|n| n.parse().ok())
            .collect();
        let [user, system, wall, memory] = numbers.as_slice() else {
            return Err(format!("{what}: {told}"));
        };
        let taken = (user + system, *wall, *memory);
        if least.is_none_or(|least| taken.0 < least.0) {
            least = Some(taken);
        }
    }
    let (cpu, wall, memory) = least.unwrap_or_default();
    println!("{what:<38} {cpu:>6.2} s  {wall:>6.2} s  {:>6.1} MB", memory / 1024.0);
    // The clock ticks in hundredths: less than one is counted as one half.
    Ok((cpu.max(0.005), wall.max(0.005)))
}

fn make(folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("failed to write the inputs: {error}");
    models(folder).map_err(failed)?;
    if !folder.join("tree/done").exists() {
        tree(&folder.join("tree")).map_err(failed)?;
    }
    Ok(())
}

/// The models of 1 GiB, unless they are there.
pub(crate) fn models(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    if !folder.join("model.safetensors").exists() {
        safetensors(&folder.join("model.safetensors"))?;
    }
    if !folder.join("model.pt").exists() {
        torch(&folder.join("model.pt"))?;
    }
    Ok(())
}

const TENSORS: u32 = 16;
/// Bytes of one tensor: 64 MiB, so that all together are 1 GiB.
const TENSOR: u32 = 64 << 20;

fn safetensors(path: &Path) -> std::io::Result<()> {
    let tensor = |index: u32| {
        let (start, end) =
            (u64::from(index) * u64::from(TENSOR), u64::from(index + 1) * u64::from(TENSOR));
        format!(
            "\"layer.{index}.weight\":{{\"dtype\":\"F32\",\"shape\":[{},4096],\"data_offsets\":[{start},{end}]}}",
            TENSOR / 4 / 4096
        )
    };
    let mut header = format!("{{{}}}", (0..TENSORS).map(tensor).collect::<Vec<_>>().join(","));
    while header.len() % 8 != 0 {
        header.push(' ');
    }
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(&(header.len() as u64).to_le_bytes())?;
    file.write_all(header.as_bytes())?;
    for _ in 0..TENSORS {
        payload(&mut file)?;
    }
    file.flush()
}

/// 64 MiB of one tensor.
pub(crate) fn payload(file: &mut impl std::io::Write) -> std::io::Result<()> {
    let block = block();
    for _ in 0..TENSOR as usize / block.len() {
        file.write_all(&block)?;
    }
    Ok(())
}

fn block() -> Vec<u8> {
    (0..1_u32 << 20).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

/// A PyTorch archive as `torch.save` lays it out: stored members, `data.pkl` first.
fn torch(path: &Path) -> std::io::Result<()> {
    let mut zip =
        Zip { file: BufWriter::new(File::create(path)?), at: 0, directory: Vec::new(), members: 0 };
    let pickle = state_dict();
    zip.member(
        "model/data.pkl",
        pickle.len() as u32,
        crc(&mut std::iter::once(pickle.as_slice())),
        |file| file.write_all(&pickle),
    )?;
    let block = block();
    let sum = crc(&mut std::iter::repeat_n(block.as_slice(), TENSOR as usize / block.len()));
    for index in 0..TENSORS {
        zip.member(&format!("model/data/{index}"), TENSOR, sum, payload)?;
    }
    zip.member("model/version", 2, crc(&mut std::iter::once(b"3\n".as_slice())), |file| {
        file.write_all(b"3\n")
    })?;
    zip.finish()
}

/// The pickle of a dictionary of float tensors, one a storage.
fn state_dict() -> Vec<u8> {
    let mut out = b"\x80\x02}(".to_vec();
    let text = |text: &str, out: &mut Vec<u8>| {
        out.push(b'X');
        out.extend((text.len() as u32).to_le_bytes());
        out.extend(text.as_bytes());
    };
    let number = |n: u32, out: &mut Vec<u8>| {
        out.push(b'J');
        out.extend(n.to_le_bytes());
    };
    let count = TENSOR / 4;
    for index in 0..TENSORS {
        text(&format!("layer.{index}.weight"), &mut out);
        out.extend(b"ctorch._utils\n_rebuild_tensor_v2\n((");
        text("storage", &mut out);
        out.extend(b"ctorch\nFloatStorage\n");
        text(&index.to_string(), &mut out);
        text("cpu", &mut out);
        number(count, &mut out);
        out.extend(b"tQK\0");
        number(count / 4096, &mut out);
        number(4096, &mut out);
        out.push(0x86);
        number(4096, &mut out);
        out.extend(b"K\x01\x86\x89ccollections\nOrderedDict\n)RtR");
    }
    out.extend(b"u.");
    out
}

struct Zip {
    file: BufWriter<File>,
    at: u32,
    directory: Vec<u8>,
    members: u16,
}

impl Zip {
    fn member(
        &mut self,
        name: &str,
        size: u32,
        crc: u32,
        write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let mut common = Vec::new();
        // version 0, no flags, stored, no time, 1980-01-01
        common.extend([0, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
        for number in [crc, size, size] {
            common.extend(number.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        let mut local = b"PK\x03\x04".to_vec();
        local.extend(&common);
        local.extend([0, 0]);
        local.extend(name.as_bytes());
        self.directory.extend(b"PK\x01\x02\0\0");
        self.directory.extend(&common);
        self.directory.extend([0; 12]);
        self.directory.extend(self.at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.file.write_all(&local)?;
        write(&mut self.file)?;
        self.at += local.len() as u32 + size;
        self.members += 1;
        Ok(())
    }

    fn finish(mut self) -> std::io::Result<()> {
        self.file.write_all(&self.directory)?;
        let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
        end.extend(self.members.to_le_bytes());
        end.extend(self.members.to_le_bytes());
        end.extend((self.directory.len() as u32).to_le_bytes());
        end.extend(self.at.to_le_bytes());
        end.extend([0, 0]);
        self.file.write_all(&end)?;
        self.file.flush()
    }
}

/// CRC-32 (ISO 3309), as in zip.
fn crc(blocks: &mut dyn Iterator<Item = &[u8]>) -> u32 {
    let table: Vec<u32> = (0..256_u32)
        .map(|n| (0..8).fold(n, |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 }))
        .collect();
    !blocks
        .flatten()
        .fold(!0, |crc, byte| table[((crc ^ u32::from(*byte)) & 0xff) as usize] ^ (crc >> 8))
}

/// 50,000 files: mostly code and text, some pictures, a model here and there.
fn tree(folder: &Path) -> std::io::Result<()> {
    for index in 0..50_000_u32 {
        let inner = folder.join(format!("part-{}/module-{}", index / 2500, index / 50 % 50));
        if index % 50 == 0 {
            fs::create_dir_all(&inner)?;
        }
        let (suffix, text) = match index % 10 {
            0..=5 => (
                "py",
                format!("import os\n\n\ndef function_{index}(x):\n    return x + {index}\n")
                    .repeat(20),
            ),
            6 => ("md", format!("# Page {index}\n\nSome words about it.\n").repeat(10)),
            7 => ("json", format!("{{\"id\": {index}, \"values\": [1, 2, 3]}}\n")),
            8 => ("yaml", format!("name: item-{index}\nvalue: {index}\n")),
            _ => ("csv", "a,b,c\n1,2,3\n".repeat(100)),
        };
        fs::write(inner.join(format!("file_{index}.{suffix}")), text)?;
    }
    fs::write(folder.join("done"), "")
}
