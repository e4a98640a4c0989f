//! Gives up rights before hostile bytes are parsed: what parses them can read what was named, and do nothing else.
//!
//! It is a second wall behind the parsers. It never changes a verdict: where the kernel has it not, that is said.

#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod files;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;

use std::path::Path;

/// How far one kind of rights was given up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Given {
    /// As far as is meant.
    Up,
    /// As far as this kernel can.
    Partly,
    /// Not at all: the system has no means for it.
    #[default]
    Not,
}

impl Given {
    /// The word used in results.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Up => "yes",
            Self::Partly => "partly",
            Self::Not => "no",
        }
    }
}

/// Which rights were given up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Confined {
    /// Files: nothing is read but what lies beneath the named paths, nothing is written or executed (Landlock).
    pub(crate) files: Given,
    /// System calls: no network, no program, no look into another process (seccomp).
    pub(crate) calls: Given,
}

impl Confined {
    /// In words.
    pub(crate) fn sentence(self) -> String {
        let part = |given, yes: &str, no: &str| match given {
            Given::Up => yes.to_owned(),
            Given::Partly => format!("{yes} (as far as this kernel can)"),
            Given::Not => no.to_owned(),
        };
        let files =
            part(self.files, "only the named paths can be read", "this system has no Landlock");
        let calls =
            part(self.calls, "no network and no program can be reached", "it has no seccomp");
        format!("while parsing: {files}; {calls}")
    }
}

/// Gives up rights, for this thread and those it starts from now on. Files beneath `readable` can still be opened to read.
pub(crate) fn confine<'a>(readable: impl Iterator<Item = &'a Path>) -> Confined {
    #[cfg(target_os = "linux")]
    {
        Confined { files: files::confine(readable, None), calls: calls::confine(false) }
    }
    #[cfg(not(target_os = "linux"))]
    {
        drop(readable);
        Confined::default()
    }
}

/// The same, and files beneath `folder` can still be read, written, named and removed.
pub(crate) fn confine_to_write<'a>(
    readable: impl Iterator<Item = &'a Path>,
    folder: &'a Path,
) -> Confined {
    #[cfg(target_os = "linux")]
    {
        Confined { files: files::confine(readable, Some(folder)), calls: calls::confine(true) }
    }
    #[cfg(not(target_os = "linux"))]
    {
        drop((readable, folder));
        Confined::default()
    }
}
