//! The text around a signature (PROTOCOL.sshsig, "Armored format"), in exactly the form that ssh-keygen writes: a
//! signature has one text, but for the line ends.

use base64ct::{Base64, Encoding};

use crate::ssh::SshError;

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----\n";
const END: &str = "-----END SSH SIGNATURE-----\n";
/// Characters of base64 in a line, as OpenSSH wraps it.
const WIDTH: usize = 70;
/// Bytes of a text. A signature by the longest RSA key that is accepted has about 3,000.
const MAX: usize = 16 * 1024;

/// The text of a signature, with LF.
pub(super) fn close(blob: &[u8]) -> String {
    let mut text = BEGIN.to_owned();
    for (index, character) in Base64::encode_string(blob).chars().enumerate() {
        if index > 0 && index.is_multiple_of(WIDTH) {
            text.push('\n');
        }
        text.push(character);
    }
    text.push('\n');
    text.push_str(END);
    text
}

/// The bytes of a signature, from its text with LF or CRLF. Whatever [`close`] would not write is refused.
pub(super) fn open(text: &str) -> Result<Vec<u8>, SshError> {
    const FORM: SshError = SshError::Malformed("it isn't in the form that ssh-keygen writes");
    if text.len() > MAX {
        return Err(SshError::Malformed("it is longer than 16 KiB"));
    }
    let unix = text.replace("\r\n", "\n");
    let inner = unix.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
    let base64 = inner.ok_or(FORM)?.replace('\n', "");
    let blob = Base64::decode_vec(&base64).map_err(|_| FORM)?;
    let canonical = close(&blob);
    if text == canonical || text == canonical.replace('\n', "\r\n") { Ok(blob) } else { Err(FORM) }
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, close, open};

    #[test]
    fn opens_what_it_closes() {
        for length in [0_u8, 1, 2, 3, 51, 52, 53, 54, 104, 105, 106, 255] {
            let blob: Vec<u8> = (0..length).collect();
            let text = close(&blob);
            let empty = length == 0;
            assert_eq!(open(&text).ok(), Some(blob.clone()), "{length}");
            assert_eq!(open(&text.replace('\n', "\r\n")).ok(), Some(blob), "{length}");
            assert!(empty || text.lines().rev().skip(1).all(|line| line.len() <= 70));
        }
    }

    #[test]
    fn refuses_another_form() {
        let text = close(&[7; 100]);
        let base64 = text.strip_prefix(BEGIN).unwrap().strip_suffix(END).unwrap();
        let mixed = text.replacen('\n', "\r\n", 1);
        let rewrapped = format!("{BEGIN}{}\n{END}", base64.replace('\n', ""));
        let padded = text.replace("==\n", "=\n");
        let loose = text.replace("Bw==\n", "Bx==\n");
        assert!(padded != text && loose != text);
        for other in [
            format!(" {text}"),
            format!("{text}\n"),
            text.trim_end().to_owned(),
            text.replace(BEGIN, &format!("{BEGIN}\n")),
            text.replace('\n', "\r"),
            text.replace("SSH SIGNATURE", "SIGNATURE"),
            text.repeat(2),
            String::new(),
            format!("{BEGIN}{END}"),
            format!("{BEGIN}{}{END}", "A".repeat(20_000)),
            mixed,
            rewrapped,
            padded,
            loose,
        ] {
            assert!(open(&other).is_err(), "{other}");
        }
    }
}
