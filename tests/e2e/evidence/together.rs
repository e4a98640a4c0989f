//! Several processes at one store at one time.

use std::process::Stdio;

use super::people::{intact, record, runner, verify};
use crate::harness::copy_of;

const RUNS: u64 = 8;

/// Each run goes in whole, and who looks meanwhile takes no growth for tampering.
#[test]
fn who_reads_while_others_record_sees_an_intact_log() {
    let (folder, machine) = (copy_of("support-bot"), runner());
    let first = record(&machine, folder.path(), &[]);
    let run = first["evidence"]["recorded"]["count"].as_u64().unwrap();
    let start = || {
        let check = ["check", "--record", "--quiet", "--fail-on", "never"];
        let mut command = machine.command(folder.path(), &check);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut looks = 0;
    for _ in 0..RUNS / 2 {
        let mut both = [start(), start()];
        while both.iter_mut().any(|child| child.try_wait().unwrap().is_none()) {
            let ended = verify(&machine, folder.path());
            assert_eq!(ended.code, 0, "{}{}", ended.stdout, ended.stderr);
            looks += 1;
        }
        for child in &mut both {
            assert!(matches!(child.wait().unwrap().code(), Some(0 | 6)));
        }
    }
    assert!(looks > 4, "{looks}");
    assert_eq!(intact(&machine, folder.path()), (RUNS + 1) * run);
}
