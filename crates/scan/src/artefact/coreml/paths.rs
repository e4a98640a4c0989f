//! Paths that a model names.

/// Why a path leads out of the package; none if it stays.
pub(super) fn leaves(path: &str) -> Option<&'static str> {
    if path.starts_with(['/', '~']) {
        return Some("an absolute path");
    }
    if path.contains(['\\', ':', '\0', '%', '$']) {
        return Some("a path that means something else elsewhere");
    }
    path.split('/').any(|part| part == "..").then_some("a path that climbs out")
}
