//! From an argument to a place.

use std::path::PathBuf;

use coseal_assure::evidence::remote::{Remote, RemoteError};
use jiff::Timestamp;

use super::{folder::Folder, git::Git, guarded::Guarded};

/// The ref that evidence is kept under if none is named.
const DEFAULT_REF: &str = "refs/coseal/evidence";

/// What an argument names.
#[derive(Debug, PartialEq, Eq)]
enum Location {
    Folder(PathBuf),
    Git { repository: PathBuf, reference: String },
    Bucket { bucket: String, prefix: String },
}

/// Opens a place: `PATH` or `folder:PATH` is a folder; `git:PATH` or `git:PATH#REF` a git repository, by its folder or
/// its store; `s3://BUCKET/PREFIX` a bucket, with the usual `AWS_…` variables. `now` is the time of what is published.
///
/// # Errors
/// If there is no such place, or it is of a kind that is not supported.
pub fn open(place: &str, now: Timestamp) -> Result<Box<dyn Remote>, RemoteError> {
    match location(place)? {
        Location::Folder(path) => Ok(Box::new(Guarded(Folder::open(&path)?))),
        Location::Git { repository, reference } => {
            Ok(Box::new(Guarded(Git::open(&repository, &reference, now)?)))
        }
        Location::Bucket { bucket, prefix } => open_bucket(&bucket, &prefix, now),
    }
}

#[cfg(feature = "bucket")]
fn open_bucket(bucket: &str, prefix: &str, now: Timestamp) -> Result<Box<dyn Remote>, RemoteError> {
    let settings = super::bucket::Settings::of_environment(bucket, prefix)?;
    Ok(Box::new(Guarded(super::bucket::Bucket::open(settings, now)?)))
}

#[cfg(not(feature = "bucket"))]
fn open_bucket(_: &str, _: &str, _: Timestamp) -> Result<Box<dyn Remote>, RemoteError> {
    Err(RemoteError::NotBuilt { feature: "bucket" })
}

fn location(place: &str) -> Result<Location, RemoteError> {
    if let Some(rest) = place.strip_prefix("s3://") {
        return bucket(rest);
    }
    if let Some(rest) = place.strip_prefix("git:") {
        let (path, reference) = rest.rsplit_once('#').unwrap_or((rest, DEFAULT_REF));
        let reference = reference.to_owned();
        return Ok(Location::Git { repository: existing(path)?, reference });
    }
    if let Some(path) = place.strip_prefix("folder:") {
        return Ok(Location::Folder(existing(path)?));
    }
    if place.contains("://") {
        let text = "a place is PATH, folder:PATH, git:PATH or s3://BUCKET/PREFIX".to_owned();
        return Err(RemoteError::Location(text));
    }
    Ok(Location::Folder(existing(place)?))
}

fn existing(path: &str) -> Result<PathBuf, RemoteError> {
    if path.is_empty() {
        return Err(RemoteError::Location("no path is given".into()));
    }
    // git takes such paths for other machines; a helper of git would be run for them.
    if path.starts_with("//") || path.contains("://") {
        return Err(RemoteError::Location("it has to be a path on this machine".into()));
    }
    Ok(PathBuf::from(path))
}

fn bucket(rest: &str) -> Result<Location, RemoteError> {
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let prefix = prefix.trim_end_matches('/');
    let good =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(letters);
    if !(3..=63).contains(&bucket.len()) || bucket.starts_with('.') || !bucket.bytes().all(good) {
        return Err(RemoteError::Location("it names no bucket: s3://BUCKET/PREFIX".into()));
    }
    if prefix.len() > 512 || !prefix.is_empty() && !prefix.split('/').all(part) {
        let text = "a prefix is of letters, digits, `.`, `_` and `-`, with `/` between its parts";
        return Err(RemoteError::Location(text.into()));
    }
    Ok(Location::Bucket { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::{Location, location};

    #[test]
    fn an_argument_names_a_place() {
        let folder = |path: &str| Location::Folder(path.into());
        let git = |path: &str, reference: &str| Location::Git {
            repository: path.into(),
            reference: reference.into(),
        };
        let bucket = |bucket: &str, prefix: &str| Location::Bucket {
            bucket: bucket.into(),
            prefix: prefix.into(),
        };
        for (text, place) in [
            ("evidence", folder("evidence")),
            ("folder:git:x", folder("git:x")),
            ("./s3", folder("./s3")),
            ("git:/srv/e.git", git("/srv/e.git", "refs/coseal/evidence")),
            ("git:../a#refs/coseal/other", git("../a", "refs/coseal/other")),
            ("s3://proofs", bucket("proofs", "")),
            ("s3://proofs/", bucket("proofs", "")),
            ("s3://proofs/team/A_1/", bucket("proofs", "team/A_1")),
        ] {
            assert_eq!(location(text), Ok(place), "{text}");
        }
    }

    #[test]
    fn other_arguments_are_refused() {
        for text in [
            "",
            "folder:",
            "git:",
            "git:#refs/coseal/x",
            "git:https://example.org/x.git",
            "git://example.org/x.git",
            "https://example.org/evidence",
            "s3://",
            "s3://A",
            "s3://Proofs",
            "s3://proofs?x=1",
            "s3://proofs/../x",
            "s3://proofs//x",
            "s3://proofs/a b",
        ] {
            assert!(location(text).is_err(), "{text}");
        }
    }

    #[cfg(not(feature = "bucket"))]
    #[test]
    fn a_build_without_buckets_says_how_to_have_them() {
        let now = jiff::Timestamp::UNIX_EPOCH;
        let error = super::open("s3://proofs/x", now).err().unwrap().to_string();
        assert_eq!(
            error,
            "this coseal was built without buckets: build it with `--features bucket`"
        );
    }
}
