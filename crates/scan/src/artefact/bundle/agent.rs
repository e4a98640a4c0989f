//! The record of a model of Stable Baselines: JSON, in which each value that is none of JSON's is a pickle in base 64.

use crate::{
    artefact::{
        registry::pickle::{self, Persistent, Session},
        report::Report,
        stop::Stop,
    },
    bytes::{ReadAt, SliceBytes, read_up_to},
    encoding::json::{self, Json, Limits},
};

/// Bytes of a record that are read; a last observation of images is long.
const LIMITS: Limits = Limits { size: 256 << 20, text: 24 << 20, depth: 64, infinite: true };
/// The key under which a pickle stands.
const KEY: &str = ":serialized:";
/// Pickles that are read.
const MAX_PICKLES: usize = 4096;

/// Whether a member is such a record.
pub(super) fn is_record(bytes: &dyn ReadAt) -> bool {
    let mut head = [0; 64];
    let read = read_up_to(bytes, 0, &mut head).unwrap_or(0);
    let head = head.get(..read).unwrap_or_default().trim_ascii_start();
    matches!(head, [] | [b'{' | b'[', ..]) && json::keys::hold(bytes, LIMITS.size, &[KEY])
}

/// Reads a record.
pub(super) fn read(name: &str, bytes: &dyn ReadAt, report: &mut Report) {
    report.within(name, |report| match report.json(bytes, LIMITS) {
        Ok(json) => {
            let mut left = MAX_PICKLES;
            walk("", &json, &mut left, report);
        }
        Err(Stop::Limit(what)) => report.gap("the record", what),
        Err(_) => report.gap("the record", "it is no JSON that all loaders read alike"),
    });
}

fn walk(key: &str, json: &Json, left: &mut usize, report: &mut Report) {
    for (name, value) in json.entries() {
        match value {
            Json::Text(text) if name == KEY => held(key, text, left, report),
            _ => walk(name, value, left, report),
        }
    }
    json.items().iter().for_each(|item| walk(key, item, left, report));
}

fn held(key: &str, text: &str, left: &mut usize, report: &mut Report) {
    let Some(fewer) = left.checked_sub(1) else {
        return report.gap("the pickles of the record", "there are more than are read");
    };
    *left = fewer;
    let bytes = decoded(text);
    report.within(key, |report| {
        let mut session = Session::new(report, Persistent::Unknown);
        session.names.agent = true;
        pickle::member(&SliceBytes(&bytes), &mut session);
        session.finish();
    });
}

/// As Python decodes by default: what is no digit is passed over, and full padding ends it.
fn decoded(text: &str) -> Vec<u8> {
    let (mut held, mut digits, mut pads, mut out) = (0_u32, 0_u32, 0_u32, Vec::new());
    for byte in text.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte.wrapping_sub(b'A'),
            b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(52),
            b'+' => 62,
            b'/' => 63,
            b'=' if digits >= 2 => {
                pads = pads.wrapping_add(1);
                if digits.wrapping_add(pads) >= 4 {
                    break;
                }
                continue;
            }
            _ => continue,
        };
        (held, pads) = ((held << 6) | u32::from(digit), 0);
        digits = digits.wrapping_add(1) % 4;
        // Of four digits the last three end a byte each.
        let bits = match digits {
            2 => 4,
            3 => 2,
            0 => 0,
            _ => continue,
        };
        out.push(((held >> bits) & 0xff) as u8);
        held &= (1_u32 << bits).wrapping_sub(1);
    }
    out
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict::{self, Clean, Malicious, Unknown};

    use super::{decoded, is_record, read};
    use crate::{artefact::report::Report, bytes::SliceBytes};

    fn of(text: &str) -> ArtefactVerdict {
        let json = format!(r#"{{"policy": {{":type:": "x", ":serialized:": "{text}"}}, "n": 1}}"#);
        assert!(is_record(&SliceBytes(json.as_bytes())));
        let mut report = Report::new("");
        read("data", &SliceBytes(json.as_bytes()), &mut report);
        report.verdict()
    }

    #[test]
    fn pickles_of_a_record_are_judged_as_pickles() {
        // An empty list, `os.system`, a class of nobody's, and a policy of the library's own.
        assert_eq!(of("gAJdLg=="), Clean);
        let evil = "Y3Bvc2l4CnN5c3RlbQpYBAAAAHRydWWFUi4=";
        assert_eq!(of(evil), Malicious);
        assert_eq!(of(&format!("!{}", evil.replacen('j', "j-", 1))), Malicious);
        assert_eq!(of("gAJjbWluZQpOZXQKKVIu"), Unknown);
        assert_eq!(of("gAJjc3RhYmxlX2Jhc2VsaW5lczMuZHFuLnBvbGljaWVzCkRRTlBvbGljeQou"), Clean);
    }

    #[test]
    fn base_64_is_read_as_python_reads_it() {
        assert_eq!(decoded("Zm9vYg=="), b"foob");
        assert_eq!(decoded("Zm 9v\nYm E="), b"fooba");
        assert_eq!(decoded("=Zm9v"), b"foo");
        assert_eq!(decoded("Zg==Zg=="), b"f");
    }
}
