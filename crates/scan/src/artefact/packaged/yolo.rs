//! Settings of YOLO: descriptions of models, whose modules and arguments are evaluated as Python, and of data, whose download
//! is a command or a program (YOLOv5, YOLOv7, Ultralytics 8).

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::rules::{ACTS, CODE};
use crate::{
    artefact::{registry::repository::acts, report::Report},
    encoding::yaml::{Document, Yaml},
};

/// Keys whose texts are evaluated, in descriptions of models.
const EVALUATED: &[&str] = &["backbone", "head", "neck", "activation", "anchors"];
/// Keys of descriptions of data.
const DATA: &[&str] = &["train", "val", "names", "nc", "path"];
/// Texts that are longer are no names.
const MAX_NAME: usize = 128;

/// What is to be said of the settings; nothing of those whose texts name layers and numbers.
pub(super) fn odd(document: &Document) -> bool {
    let mut report = Report::new("");
    judge(document, &mut report);
    report.verdict() != coseal_core::fact::ArtefactVerdict::Clean
}

/// Judges what is evaluated or run.
pub(super) fn judge(document: &Document, report: &mut Report) {
    for value in &document.values {
        if value.at("backbone").or_else(|| value.at("head")).is_some() {
            for key in EVALUATED {
                let mut texts = Vec::new();
                if let Some(value) = value.at(key) {
                    value.texts(key, &mut texts);
                }
                texts.iter().for_each(|(_, text)| evaluated(key, text, report));
            }
        }
        let of_data = DATA.iter().any(|key| value.at(key).is_some());
        if let Some(text) = value.at("download").and_then(Yaml::text).filter(|_| of_data) {
            download(text.trim(), report);
        }
    }
}

/// A text that is given to `eval`: names, numbers, and layers made of these.
fn evaluated(key: &str, text: &str, report: &mut Report) {
    let text = text.trim();
    if let Some((at, mark, what)) = acts(text) {
        report.find(
            &ACTS,
            Malicious,
            at as u64,
            &format!("{key} is evaluated, and {what}: {mark}"),
        );
    } else if !is_plain(text) {
        let shown: String = text.chars().take(MAX_NAME).collect();
        report.find(&CODE, Unknown, 0, &format!("{key} is evaluated as code: {shown}"));
    }
}

/// Whether a text is a name, a number, or a layer with plain arguments.
fn is_plain(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_.,+-*/ ='\"[]".contains(&byte);
    let (name, inner) = text.split_once('(').map_or((text, ""), |(name, inner)| (name, inner));
    let inner = inner.strip_suffix(')').unwrap_or(inner);
    let layer = inner.is_empty() || ["nn.", "torch.nn."].iter().any(|of| name.starts_with(of));
    text.len() <= MAX_NAME
        && layer
        && !text.contains("__")
        && name.bytes().all(letter)
        && inner.bytes().all(letter)
}

/// A place, a command, or a program.
fn download(text: &str, report: &mut Report) {
    let nothing = matches!(text, "" | "null" | "~" | "false" | "no" | "False" | "None");
    let named = text.starts_with("http") && !text.contains(char::is_whitespace);
    if nothing {
        return;
    }
    if named {
        report.find(
            &CODE,
            Unknown,
            0,
            "the data are fetched from the place that download names, and unpacked",
        );
    } else if text.starts_with("bash ") && !text.contains(['|', ';', '&', '$', '`', '>', '<', '\n'])
    {
        report.find(
            &CODE,
            Unknown,
            0,
            "download is a script that is run when the data are not there",
        );
    } else if text.starts_with("bash ") {
        report.find(
            &ACTS,
            Malicious,
            0,
            "download is a command that is run when the data are not there",
        );
    } else if let Some((at, mark, what)) = acts(text) {
        report.find(
            &ACTS,
            Malicious,
            at as u64,
            &format!("download is a program, and {what}: {mark}"),
        );
    } else {
        report.find(
            &CODE,
            Unknown,
            0,
            "download is a program that is run when the data are not there",
        );
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict::{self, Clean, Malicious, Unknown};

    use super::judge;
    use crate::{artefact::report::Report, encoding::yaml};

    fn of(text: &str) -> ArtefactVerdict {
        let mut report = Report::new("");
        judge(&yaml::read(text).unwrap(), &mut report);
        report.verdict()
    }

    #[test]
    fn what_is_evaluated_or_run_is_judged() {
        let model = |module: &str| {
            format!(
                "nc: 80\ndepth_multiple: 0.33\nbackbone:\n  - [-1, 1, {module}, [64, 6, 2, 2]]\nhead:\n  - [-1, 1, nn.Upsample, [None, 2, 'nearest']]\n"
            )
        };
        assert_eq!(of(&model("Conv")), Clean);
        assert_eq!(of(&model("nn.BatchNorm2d")), Clean);
        assert_eq!(of(&model("\"__import__('os').system('x') or nn.Identity\"")), Malicious);
        assert_eq!(of(&model("\"(lambda: nn.Identity)()\"")), Unknown);
        let act = |text: &str| format!("{}activation: {text}\n", model("Conv"));
        assert_eq!(of(&act("nn.SiLU()")), Clean);
        assert_eq!(of(&act("nn.LeakyReLU(0.1, inplace=True)")), Clean);
        assert_eq!(of(&act("exec('x')")), Malicious);
        let data =
            |text: &str| format!("train: images\nval: images\nnames: [a]\ndownload: {text}\n");
        assert_eq!(of("train: images\nval: images\nnames: [a, b]\n"), Clean);
        assert_eq!(of(&data("\"import os; os.system('x')\"")), Malicious);
        assert_eq!(of(&data("bash data/scripts/get_coco.sh")), Unknown);
        assert_eq!(of(&data("bash -c 'curl x | sh'")), Malicious);
        assert_eq!(of(&data("https://example.org/coco8.zip")), Unknown);
        assert_eq!(of(&data("")), Clean);
        assert_eq!(of("download: https://example.org/x.zip\n"), Clean);
    }
}
