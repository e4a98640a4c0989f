//! A table of TOML with the lines of what stands in it, and how tables of packages are written in it.

use coseal_core::fact::DependencySource;
use toml_edit::{Document, Item, TableLike};

use super::named::{Lines, Package, is_commit};

/// A text of TOML that can say on which line something stands.
pub(super) struct Toml<'a> {
    lines: Lines,
    document: Document<&'a str>,
}

impl<'a> Toml<'a> {
    /// Parses a text.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let document = Document::parse(text).map_err(|_| "it is not valid TOML".to_owned())?;
        Ok(Self { lines: Lines::of(text), document })
    }

    /// What stands at a path of keys.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Item> {
        path.iter().try_fold(self.document.as_item(), |item, key| item.as_table_like()?.get(key))
    }

    /// The table at a path of keys.
    pub(super) fn table(&self, path: &[&str]) -> Option<&dyn TableLike> {
        self.at(path)?.as_table_like()
    }

    /// The keys and items of the table at a path, none if there is none.
    pub(super) fn entries(&self, path: &[&str]) -> Vec<(&str, &Item)> {
        self.table(path).map(|table| table.iter().collect()).unwrap_or_default()
    }

    /// The string at a path of keys.
    pub(super) fn string(&self, path: &[&str]) -> Option<String> {
        self.at(path)?.as_str().map(str::to_owned)
    }

    /// The line on which an item stands.
    pub(super) fn line(&self, item: &Item) -> u32 {
        item.span().map_or(0, |span| self.lines.at(span.start))
    }

    /// The strings of an array, each with its line.
    pub(super) fn strings(&self, item: &Item) -> Vec<(u32, String)> {
        let values = item.as_array().into_iter().flatten();
        let line =
            |span: Option<std::ops::Range<usize>>| span.map_or(0, |span| self.lines.at(span.start));
        values.filter_map(|value| Some((line(value.span()), value.as_str()?.to_owned()))).collect()
    }

    /// Packages of a table: `name = "wants"` or `name = { version, git, rev, path, … }`.
    pub(super) fn packages(&self, path: &[&str], exact: fn(&str) -> bool) -> Vec<Package> {
        self.entries(path)
            .into_iter()
            .filter_map(|(name, item)| self.package(name, item, exact))
            .collect()
    }

    fn package(&self, name: &str, item: &Item, exact: fn(&str) -> bool) -> Option<Package> {
        let line = self.line(item);
        if let Some(wants) = item.as_str() {
            return Some(Package::new(line, name, wants, exact(wants)));
        }
        // Several ways to get it, by platform: as the first says.
        if let Some(first) =
            item.as_array().and_then(|array| array.get(0)).and_then(|v| v.as_inline_table())
        {
            return Some(of_table(line, name, first, exact));
        }
        Some(of_table(line, name, item.as_table_like()?, exact))
    }
}

fn of_table(line: u32, name: &str, table: &dyn TableLike, exact: fn(&str) -> bool) -> Package {
    let string = |key: &str| table.get(key).and_then(Item::as_str);
    let name = string("package").unwrap_or(name);
    let wants = string("version").unwrap_or_default();
    let mut package = Package::new(line, name, wants, exact(wants));
    if let Some((wants, from)) = elsewhere(table) {
        package.wants = wants;
        package = package.from(from);
    }
    package.optional = table.get("optional").and_then(Item::as_bool).unwrap_or_default();
    package
}

/// Where a table says that a package comes from, if not from the registry, and what it asks for there.
pub(super) fn elsewhere(table: &dyn TableLike) -> Option<(String, (DependencySource, bool))> {
    let string = |key: &str| table.get(key).and_then(Item::as_str);
    if let Some(git) = string("git") {
        let revision =
            ["rev", "ref", "tag", "branch"].iter().find_map(|key| string(key)).unwrap_or_default();
        let wants = if revision.is_empty() { git.to_owned() } else { format!("{git}@{revision}") };
        let source =
            if is_commit(revision) { DependencySource::Commit } else { DependencySource::Branch };
        return Some((wants, (source, is_commit(revision))));
    }
    let flag = |key: &str| table.get(key).and_then(Item::as_bool).unwrap_or_default();
    if let Some(path) = string("path") {
        return Some((path.to_owned(), (DependencySource::Path, false)));
    }
    if flag("workspace") && !table.contains_key("version") {
        return Some((String::new(), (DependencySource::Path, false)));
    }
    let address = string("url").or_else(|| string("file"))?;
    let digest = address.split_once("#sha256=").is_some_and(|(_, digest)| is_commit(digest));
    Some((address.to_owned(), (DependencySource::Address, digest)))
}
