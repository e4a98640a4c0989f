//! What lies around a file that somebody named: its folder, listed only if a parser asks.

use std::{path::Path, sync::OnceLock};

use coseal_core::tree::{FileEntry, Tree};
use coseal_scan::bytes::{Beside, FileBytes, ReadAt, Walked};

use super::source::folder_of;

/// The folder of a file: the same that is beside it where the folder is named.
pub(super) struct Around<'a> {
    folder: &'a Path,
    files: OnceLock<Vec<FileEntry>>,
}

impl<'a> Around<'a> {
    /// Around the file at `path`.
    pub(super) fn new(path: &'a Path) -> Self {
        Self { folder: folder_of(path), files: OnceLock::new() }
    }

    fn files(&self) -> &[FileEntry] {
        self.files.get_or_init(|| match Tree::open(self.folder) {
            Ok(tree) => tree.with_links_inside().walk().files,
            Err(_) => Vec::new(),
        })
    }
}

impl Beside for Around<'_> {
    fn names(&self) -> Vec<String> {
        Walked::new(self.files(), "").names()
    }

    fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>> {
        let files = self.files();
        let at = files.binary_search_by(|file| file.name.as_str().cmp(name)).ok()?;
        Some(Box::new(FileBytes::open(&files.get(at)?.path).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Around, Beside as _};

    #[test]
    fn a_named_file_has_its_folder_around_it_and_nothing_above() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("m");
        fs::create_dir_all(folder.join("sub")).unwrap();
        for name in ["m/config.json", "m/sub/code.py", "secret"] {
            fs::write(above.path().join(name), "x").unwrap();
        }
        let path = folder.join("config.json");
        let around = Around::new(&path);
        assert_eq!(around.names(), ["config.json", "sub/code.py"]);
        assert!(around.open("sub/code.py").is_some());
        assert!(around.open("../secret").is_none());
    }
}
