//! Forms that data is kept in.

use super::place::is_data;
use crate::encoding::json;

/// What kind of thing a form is, which says where it counts as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Rows: data wherever they lie.
    Rows,
    /// Numbers: data in a folder of data, else often part of a model.
    Numbers,
    /// Records in a format that settings have too: data in a folder of data only.
    Records,
    /// A database: what a program keeps, or data.
    Database,
    /// Pictures and sounds: data as many in a folder of data.
    Media,
    /// Texts: data in a folder of documents that answers are drawn from.
    Document,
}

/// A form that data is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    /// Its name.
    pub(super) id: &'static str,
    /// What it is.
    pub(super) class: Class,
}

const fn form(id: &'static str, class: Class) -> Option<Form> {
    Some(Form { id, class })
}

/// The form that a file has by its suffix.
pub(super) fn by_name(name: &str) -> Option<Form> {
    let lower = name.to_lowercase();
    let stem = [".gz", ".bz2", ".zst", ".xz"].iter().find_map(|packed| lower.strip_suffix(packed));
    let suffix = stem.unwrap_or(&lower).rsplit_once('.').map_or("", |(_, suffix)| suffix);
    let form = match suffix {
        "csv" => form("csv", Class::Rows),
        "tsv" => form("tsv", Class::Rows),
        "jsonl" | "ndjson" => form("jsonl", Class::Rows),
        "parquet" => form("parquet", Class::Rows),
        "arrow" | "feather" => form("arrow", Class::Rows),
        "avro" => form("avro", Class::Rows),
        "orc" => form("orc", Class::Rows),
        "tfrecord" | "tfrecords" => form("tfrecord", Class::Rows),
        "xlsx" => form("xlsx", Class::Rows),
        "npy" | "npz" => form("numpy", Class::Numbers),
        "h5" | "hdf5" => form("hdf5", Class::Numbers),
        "json" => form("json", Class::Records),
        "yaml" | "yml" => form("yaml", Class::Records),
        "sqlite" | "sqlite3" | "db" | "duckdb" => form("sqlite", Class::Database),
        "jpg" | "jpeg" | "png" | "tif" | "tiff" | "bmp" | "webp" => form("images", Class::Media),
        "wav" | "flac" | "mp3" | "ogg" | "m4a" => form("audio", Class::Media),
        "txt" | "md" | "pdf" | "docx" | "html" | "rst" | "pptx" | "epub" => {
            form("documents", Class::Document)
        }
        _ => None,
    }?;
    // What is packed is told by its name alone; that is done for rows only.
    (stem.is_none() || form.class == Class::Rows).then_some(form)
}

/// Whether the first bytes of a file are those of its form. `whole` says that they are all.
pub(super) fn fits(form: Form, name: &str, head: &[u8], whole: bool) -> bool {
    let packed =
        [".gz", ".bz2", ".zst", ".xz"].iter().any(|suffix| name.to_lowercase().ends_with(suffix));
    if packed {
        return [b"\x1f\x8b".as_slice(), b"BZh", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ"]
            .iter()
            .any(|magic| head.starts_with(magic));
    }
    let begins = |magic: &[u8]| head.starts_with(magic);
    match form.id {
        // In a folder of data a list with a heading is a table of one column.
        "csv" => {
            rows(head, whole, &[',', ';', '\t', '|']) || is_data(name) && rows(head, whole, &[])
        }
        "tsv" => rows(head, whole, &['\t']),
        "jsonl" => json_line(head, whole),
        "parquet" => begins(b"PAR1"),
        "arrow" => begins(b"ARROW1") || begins(b"FEA1") || begins(b"\xff\xff\xff\xff"),
        "avro" => begins(b"Obj\x01"),
        "orc" => begins(b"ORC"),
        "xlsx" => begins(b"PK\x03\x04"),
        "numpy" => begins(b"\x93NUMPY") || begins(b"PK\x03\x04"),
        "hdf5" => begins(b"\x89HDF\r\n\x1a\n"),
        "json" => text(head).is_some_and(json_records),
        "sqlite" => begins(b"SQLite format 3\0") || head.get(8..12) == Some(b"DUCK"),
        "tfrecord" => head.len() >= 16,
        _ => !head.is_empty() && !begins(b"version https://git-lfs"),
    }
}

/// The text of the first bytes; a character that the end cuts is left out.
fn text(head: &[u8]) -> Option<&str> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match std::str::from_utf8(head) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            head.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok())
        }
        Err(_) => None,
    }
}

/// A heading and at least one row with the same separator. Other encodings than UTF-8 are taken as they come.
fn rows(head: &[u8], whole: bool, separators: &[char]) -> bool {
    let text = String::from_utf8_lossy(head);
    if text.contains('\0') || text.starts_with("version https://git-lfs") {
        return false;
    }
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else { return false };
    let parted =
        separators.is_empty() || separators.iter().any(|separator| first.contains(*separator));
    // One line longer than what was looked at is a row of a wide table.
    parted && (lines.next().is_some() || !whole)
}

fn json_line(head: &[u8], whole: bool) -> bool {
    let Some(text) = text(head) else { return false };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else { return false };
    let cut = lines.next().is_none() && !whole;
    first.starts_with(['{', '[']) && (cut || json::is_one(first))
}

/// An array of objects, or an object whose first member is one.
fn json_records(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).take(512).collect();
    bare.starts_with("[{")
        || bare.starts_with('{')
            && bare.split_once("\":").is_some_and(|(_, value)| value.starts_with("[{"))
}

#[cfg(test)]
mod tests {
    use super::{by_name, fits};

    #[test]
    fn content_must_fit_the_suffix() {
        let fits = |name: &str, head: &[u8]| {
            by_name(name).is_some_and(|form| fits(form, name, head, true))
        };
        for (name, head) in [
            ("a.csv", b"a,b\n1,2\n".as_slice()),
            ("a.csv", b"a;b\n\xe9;2\n"),
            ("a.tsv", b"a\tb\n1\t2"),
            ("data/a.csv", b"name\nx\n"),
            ("a.jsonl", b"{\"a\":1}\n{\"a\":2}\n"),
            ("a.parquet", b"PAR1...."),
            ("a.json", b"[ { \"a\": 1 } ]"),
            ("a.json", b"{\"rows\": [{\"a\": 1}]}"),
            ("a.csv.gz", b"\x1f\x8b\x08"),
            ("a.db", b"SQLite format 3\0"),
        ] {
            assert!(fits(name, head), "{name}");
        }
        for (name, head) in [
            ("a.csv", b"".as_slice()),
            ("a.csv", b"just a line\nand more\n"),
            ("a.csv", b"version https://git-lfs.github.com/spec/v1\noid x,\n"),
            ("a.jsonl", b"{not json}\n"),
            ("a.parquet", b"PK"),
            ("a.json", b"{\"name\": \"x\"}"),
            ("a.py", b"x = 1"),
            ("a.db", b"text"),
        ] {
            assert!(!fits(name, head), "{name}");
        }
    }
}
