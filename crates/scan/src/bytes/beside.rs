//! Files around a file: some models are folders.

use coseal_core::tree::FileEntry;

use super::{FileBytes, ReadAt};

/// Files in the folder of a file, and below it.
pub trait Beside: Send + Sync {
    /// Their paths below that folder, `/` between parts, ascending.
    fn names(&self) -> Vec<String>;

    /// Opens one of them; none where there is no such file or it can't be opened.
    fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>>;
}

/// Nothing is known of what is around.
pub struct Alone;

impl Beside for Alone {
    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    fn open(&self, _: &str) -> Option<Box<dyn ReadAt + '_>> {
        None
    }
}

/// Around a file of a walk.
pub struct Walked<'a> {
    files: &'a [FileEntry],
    /// What the names of files there begin with: the folder with its slash.
    folder: &'a str,
}

impl<'a> Walked<'a> {
    /// Around `name`, one of `files`, which ascend by name.
    #[must_use]
    pub fn new(files: &'a [FileEntry], name: &'a str) -> Self {
        let folder = name.rfind('/').and_then(|at| name.get(..=at)).unwrap_or_default();
        let start = files.partition_point(|file| file.name.as_str() < folder);
        let files = files.get(start..).unwrap_or_default();
        let end = files.partition_point(|file| file.name.starts_with(folder));
        Self { files: files.get(..end).unwrap_or_default(), folder }
    }
}

impl Beside for Walked<'_> {
    fn names(&self) -> Vec<String> {
        let below = |file: &FileEntry| file.name.strip_prefix(self.folder).map(str::to_owned);
        self.files.iter().filter_map(below).collect()
    }

    fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>> {
        let below =
            |file: &FileEntry| file.name.strip_prefix(self.folder).unwrap_or_default().to_owned();
        let at = self.files.binary_search_by(|file| below(file).as_str().cmp(name)).ok()?;
        let bytes = FileBytes::open(&self.files.get(at)?.path).ok()?;
        Some(Box::new(bytes))
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::tree::FileEntry;

    use super::{Beside as _, Walked};

    #[test]
    fn only_what_lies_in_the_folder_is_beside() {
        let names = ["a.bin", "m/config.json", "m/sub/x.py", "m-2/y.py", "z"];
        let mut files: Vec<_> = names
            .iter()
            .map(|name| FileEntry { name: (*name).into(), path: (*name).into(), size: 0 })
            .collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        assert_eq!(Walked::new(&files, "m/config.json").names(), ["config.json", "sub/x.py"]);
        assert_eq!(Walked::new(&files, "z").names().len(), 5);
        assert!(Walked::new(&files, "m/config.json").open("y.py").is_none());
    }
}
