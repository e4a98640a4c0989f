//! `coseal check --watch`: judges again when something in the folder changes.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    thread::sleep,
    time::{Duration, Instant, SystemTime},
};

use coseal_core::{
    exit::ExitCode,
    plain::plain,
    tree::{ReadError, Tree},
};

use super::{complain, output::print};
use crate::clock;

/// Names of changed files that are shown.
const NAMES_SHOWN: usize = 3;
/// The folder is looked through this often at most, and a walk takes a twentieth of the time at most.
const SHORTEST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(60);
const SHARE: u32 = 20;

/// Size and time of change of each file, by name.
type Stamps = BTreeMap<String, (u64, Option<SystemTime>)>;

/// Judges once, and again after each change. Ends with the folder, or when the process is ended.
pub(super) fn run(root: &Path, judge: &mut dyn FnMut() -> ExitCode) -> ExitCode {
    let mut seen = match stamps(root) {
        Ok(stamps) => stamps,
        Err(error) => return gone(&error),
    };
    let mut shown = String::new();
    loop {
        print(&separator(&shown), ExitCode::Clean);
        let code = judge();
        if code == ExitCode::Usage || code == ExitCode::Environment {
            return code;
        }
        let now = match changed(root, &seen) {
            Ok(now) => now,
            Err(error) => return gone(&error),
        };
        shown = named(&seen, &now);
        seen = now;
    }
}

/// Waits until the folder is not as it was.
fn changed(root: &Path, seen: &Stamps) -> Result<Stamps, ReadError> {
    loop {
        let started = Instant::now();
        let now = stamps(root)?;
        if now != *seen {
            return Ok(now);
        }
        sleep(interval(started.elapsed()));
    }
}

/// How long to wait after a walk that took this long.
fn interval(walk: Duration) -> Duration {
    walk.saturating_mul(SHARE).clamp(SHORTEST, LONGEST)
}

fn stamps(root: &Path) -> Result<Stamps, ReadError> {
    let walk = Tree::open(root)?.walk();
    let stamp = |file: coseal_core::tree::FileEntry| {
        let changed = fs::symlink_metadata(&file.path).and_then(|metadata| metadata.modified());
        (file.name, (file.size, changed.ok()))
    };
    Ok(walk.files.into_iter().map(stamp).collect())
}

fn gone(error: &ReadError) -> ExitCode {
    complain(&format!("failed to look at PATH: {error}"));
    ExitCode::Environment
}

/// The names of files that are not as they were.
fn named(before: &Stamps, now: &Stamps) -> String {
    let other = |name: &&String| before.get(*name) != now.get(*name);
    let mut names: Vec<&String> = now.keys().filter(other).collect();
    names.extend(before.keys().filter(|name| !now.contains_key(*name)));
    let shown: Vec<_> = names.iter().take(NAMES_SHOWN).map(|name| plain(name, 60)).collect();
    let more = names.len().saturating_sub(NAMES_SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// The line between two runs.
fn separator(changed: &str) -> String {
    let now = clock::now().to_string();
    let time = now.split_once('T').map_or("", |(_, time)| time.trim_end_matches('Z'));
    if changed.is_empty() {
        format!("── {time} UTC · watching, Ctrl-C ends ──\n\n")
    } else {
        format!("\n── {time} UTC · changed: {changed} ──\n\n")
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, fs, time::Duration};

    use coseal_core::exit::ExitCode;

    use super::{interval, named, run, stamps};

    #[test]
    fn a_slow_walk_is_made_seldom() {
        assert_eq!(interval(Duration::from_millis(1)), Duration::from_millis(500));
        assert_eq!(interval(Duration::from_secs(1)), Duration::from_secs(20));
        assert_eq!(interval(Duration::from_secs(900)), Duration::from_secs(60));
    }

    #[test]
    fn changes_are_named_and_fit_to_show() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a", "1");
        write("b", "1");
        let before = stamps(folder.path()).unwrap();
        assert_eq!(before, stamps(folder.path()).unwrap());
        write("a", "22");
        fs::remove_file(folder.path().join("b")).unwrap();
        write("c\u{1b}", "1");
        assert_eq!(named(&before, &stamps(folder.path()).unwrap()), "a, c\\u{1b}, b");
    }

    #[test]
    fn judges_again_after_a_change_and_ends_with_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watched");
        fs::create_dir(&path).unwrap();
        let runs = Cell::new(0);
        let mut judge = || {
            runs.set(runs.get() + 1);
            match runs.get() {
                1 => fs::write(path.join("new"), "x").unwrap(),
                _ => fs::remove_dir_all(&path).unwrap(),
            }
            ExitCode::Clean
        };
        assert_eq!(run(&path, &mut judge), ExitCode::Environment);
        assert_eq!(runs.get(), 2);
    }
}
