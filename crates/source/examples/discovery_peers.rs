//! What discovery is measured beside: `discovery_peers digest FOLDER` reads each file and takes its SHA-256, `discovery_peers parse
//! FOLDER` reads each file of Python and makes its syntax tree. Nothing else is done. `cargo xtask bench` runs both.
#![expect(clippy::print_stdout, reason = "it says what it did")]

use std::{error::Error, path::Path};

use coseal_core::tree::{FileEntry, Tree, read_bytes, read_text};
use sha2::{Digest as _, Sha256};

/// Bytes of the largest file that is read.
const LARGEST: u64 = 64 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, folder] = arguments.as_slice() else {
        return Err("usage: discovery_peers digest|parse FOLDER".into());
    };
    let files = Tree::open(Path::new(folder))?.walk().files;
    let done = match what.as_str() {
        "digest" => digests(&files)?,
        "parse" => statements(&files)?,
        _ => return Err("it does digest or parse".into()),
    };
    println!("{done}");
    Ok(())
}

/// A digest over the digests of all files.
fn digests(files: &[FileEntry]) -> Result<String, Box<dyn Error>> {
    let mut all = Sha256::new();
    for file in files {
        all.update(Sha256::digest(read_bytes(&file.path, LARGEST)?));
    }
    Ok(all.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// How many statements the modules have.
fn statements(files: &[FileEntry]) -> Result<String, Box<dyn Error>> {
    let mut count = 0;
    for file in files.iter().filter(|file| file.name.ends_with(".py")) {
        count += ruff_python_parser::parse_module(&read_text(&file.path)?)?.into_suite().len();
    }
    Ok(count.to_string())
}
