//! Metadata that hold a configuration: libraries that keep one there build what it names.

use coseal_core::fact::ArtefactVerdict::Unknown;

use super::rules::HIDDEN;
use crate::{
    artefact::{hidden, registry::repository, report::Report},
    bytes::SliceBytes,
    encoding::{
        base::Base,
        json::Json,
        yaml::{self, Yaml},
    },
};

/// Keys whose values are called, or imported.
const CALLED: &[&str] =
    &["_target_", "class_path", "_recursive_target_", "__target__", "_callable_"];
/// What a configuration that names such has in it, if it hides nothing.
const MARKS: &[&str] = &["_target", "class_path", "_callable_", "builtins", "\\"];
/// Bytes of one value that are looked into.
const MAX_VALUE: usize = 4 << 20;

/// Judges one entry of the metadata.
pub(super) fn judge(key: &str, value: &str, report: &mut Report) {
    named(key, value, report);
    let text = value.trim_start();
    let marked = MARKS.iter().any(|mark| text.contains(mark));
    if text.starts_with(['{', '[', '(']) && marked {
        if text.len() > MAX_VALUE {
            return report.gap(key, "a configuration in the metadata is longer than is read");
        }
        configuration(key, text, report);
    } else if text.starts_with("gA") {
        // Base 64 of what a pickle begins with.
        let bytes = Base::SixtyFour.decoded(text).unwrap_or_default();
        let text = format!("the metadata {key} hold a pickle with effects");
        hidden::probe(&SliceBytes(&bytes), &HIDDEN, 8, &text, report);
    } else if text.contains("_target_:") || text.contains("class_path:") {
        configuration(key, text, report);
    }
}

/// JSON, a literal of Python's, or YAML.
fn configuration(key: &str, text: &str, report: &mut Report) {
    if let Ok(json) = Json::parse(text) {
        return walk(&json, report);
    }
    match yaml::read(text) {
        // A literal may spell letters as YAML does not.
        Ok(document) if !text.contains('\\') => {
            document.values.iter().for_each(|value| settings(value, report));
        }
        _ => {
            let raw = CALLED.iter().any(|called| text.contains(called));
            if raw {
                let text =
                    format!("the metadata {key} hold a configuration that names what is called");
                report.find(&HIDDEN, Unknown, 8, &text);
            }
            let text = format!("the configuration under {key} can't be read");
            report.gap("the metadata", &text);
        }
    }
}

fn walk(json: &Json, report: &mut Report) {
    json.items().iter().for_each(|item| walk(item, report));
    for (key, value) in json.entries() {
        match value {
            Json::Text(text) => named(key, text, report),
            _ => walk(value, report),
        }
    }
}

fn settings(value: &Yaml, report: &mut Report) {
    value.keyed(&mut |key, value| {
        if let Some(text) = value.text() {
            named(key, text, report);
        }
    });
}

fn named(key: &str, text: &str, report: &mut Report) {
    if CALLED.contains(&key) || text.starts_with("builtins.") {
        repository::imported(key, text, report);
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict::{self, Clean, Malicious, Undecided, Unknown};

    use super::judge;
    use crate::artefact::report::Report;

    fn of(key: &str, value: &str) -> ArtefactVerdict {
        let mut report = Report::new("m.safetensors");
        judge(key, value, &mut report);
        report.verdict()
    }

    #[test]
    fn configurations_in_metadata_are_judged_by_what_they_name() {
        for (value, wanted) in [
            (r#"{"_target_": "builtins.exec", "_args_": ["x"]}"#, Malicious),
            (r#"{"model": {"layers": [{"class_path": "subprocess.Popen"}]}}"#, Malicious),
            (r#"{"\u005ftarget_": "os.system"}"#, Malicious),
            ("{'_target_': 'builtins.exec', '_args_': [\"open('x','w')\"]}", Malicious),
            ("{'fn': 'builtins.eval'}", Malicious),
            ("_target_: os.system\n", Malicious),
            ("{'_target_': 'mine.Net'}", Unknown),
            ("{'_target_': 'torch.nn.Linear', 'bias': False}", Clean),
            (r#"{"ss_tags": {"a \\(b\\)": 1}}"#, Clean),
            ("{'\\x5ftarget_': 'os.system'}", Undecided),
            ("pt", Clean),
            ("gAJdLg==", Clean),
            ("gAJjcG9zaXgKc3lzdGVtClgEAAAAdHJ1ZYVSLg==", Malicious),
        ] {
            assert_eq!(of("config", value), wanted, "{value}");
        }
        assert_eq!(of("_target_", "os.system"), Malicious);
    }
}
