//! Where names and links of an archive lead.

/// How far out something leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// It stays within the folder.
    Inside,
    /// It names a place of the whole machine.
    Absolute,
    /// It climbs out of the folder.
    Outside,
}

/// Where a name leads, seen from the folder that the archive is unpacked in.
pub(super) fn of(name: &str) -> Place {
    from("", name)
}

/// Where a symbolic link called `name` leads.
pub(super) fn of_link(name: &str, target: &str) -> Place {
    let folder = name.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
    from(folder, target)
}

fn from(folder: &str, path: &str) -> Place {
    let path = path.replace('\\', "/");
    let drive = matches!(path.as_bytes(), [b'A'..=b'Z' | b'a'..=b'z', b':', ..]);
    let path = path.get(if drive { 2 } else { 0 }..).unwrap_or_default();
    let depth = |depth: i64, part: &str| match part {
        "" | "." => depth,
        ".." => depth.saturating_sub(1),
        _ => depth.saturating_add(1),
    };
    let mut here = folder.split('/').fold(0, depth);
    let absolute = path.starts_with('/') || drive;
    for part in path.split('/') {
        here = depth(here, part);
        if here < 0 {
            return Place::Outside;
        }
    }
    if absolute { Place::Absolute } else { Place::Inside }
}

#[cfg(test)]
mod tests {
    use super::{Place, of, of_link};

    #[test]
    fn names_and_links_are_followed_part_by_part() {
        for (name, place) in [
            ("a/b", Place::Inside),
            ("a/../b", Place::Inside),
            ("./a", Place::Inside),
            ("a/../../b", Place::Outside),
            ("..\\b", Place::Outside),
            ("/etc/x", Place::Absolute),
            ("/../x", Place::Outside),
            ("C:\\x", Place::Absolute),
            ("C:..\\..\\x", Place::Outside),
        ] {
            assert_eq!(of(name), place, "{name}");
        }
        assert_eq!(of_link("snapshots/1/model", "../../blobs/a"), Place::Inside);
        assert_eq!(of_link("snapshots/model", "../../blobs/a"), Place::Outside);
        assert_eq!(of_link("a", "/etc"), Place::Absolute);
    }
}
