//! Files written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious};

use crate::{bytes::SliceBytes, inspect};

/// Writes in either byte order.
struct Writer {
    big: bool,
    out: Vec<u8>,
}

impl Writer {
    fn u32(&mut self, number: u32) -> &mut Self {
        self.out.extend(if self.big { number.to_be_bytes() } else { number.to_le_bytes() });
        self
    }
    fn u64(&mut self, number: u64) -> &mut Self {
        self.out.extend(if self.big { number.to_be_bytes() } else { number.to_le_bytes() });
        self
    }
    fn text(&mut self, text: &[u8]) -> &mut Self {
        self.u64(text.len() as u64).out.extend(text);
        self
    }
    fn tensor(&mut self, name: &str, shape: &[u64], kind: u32, offset: u64) -> &mut Self {
        self.text(name.as_bytes()).u32(shape.len() as u32);
        shape.iter().for_each(|length| {
            self.u64(*length);
        });
        self.u32(kind).u64(offset)
    }
    fn end(&mut self, data: usize) -> Vec<u8> {
        let length = self.out.len().next_multiple_of(32) + data;
        self.out.resize(length, 0);
        std::mem::take(&mut self.out)
    }
}

fn begin(big: bool, tensors: u64, more: u64) -> Writer {
    let mut writer = Writer { big, out: b"GGUF".to_vec() };
    writer.u32(3).u64(tensors).u64(1 + more).text(b"general.architecture").u32(8).text(b"llama");
    writer
}

fn verdict(bytes: &[u8]) -> ArtefactVerdict {
    let artefact = inspect("m.gguf", &SliceBytes(bytes)).unwrap();
    assert_eq!(artefact.format, "gguf");
    artefact.verdict
}

#[test]
fn honest_files_are_clean_in_either_byte_order() {
    for big in [false, true] {
        let two =
            begin(big, 2, 0).tensor("a", &[32, 2], 0, 0).tensor("b", &[64], 8, 256).end(256 + 96);
        assert_eq!(verdict(&two), Clean);
        assert_eq!(verdict(&begin(big, 0, 0).end(0)), Clean);
        let template = begin(big, 0, 1)
            .text(b"tokenizer.chat_template")
            .u32(8)
            .text(b"{{ messages[0].content }}")
            .end(0);
        assert_eq!(verdict(&template), Clean);
    }
}

#[test]
fn sizes_that_do_not_fit_are_malformed() {
    let broken: [Vec<u8>; 9] = [
        begin(false, 1, 0).tensor("a", &[32, 2], 0, 0).end(128),
        begin(false, 1, 0).tensor("a", &[33], 8, 0).end(128),
        begin(false, 1, 0).tensor("a", &[32, 0], 0, 0).end(128),
        begin(false, 1, 0).tensor("a", &[1 << 40, 1 << 40], 0, 0).end(128),
        begin(false, 1, 0).tensor("a", &[32], 99, 0).end(128),
        begin(false, 2, 0).tensor("a", &[32], 0, 0).tensor("b", &[32], 0, 64).end(256),
        begin(false, 2, 0).tensor("a", &[32], 0, 0).tensor("a", &[32], 0, 128).end(256),
        begin(false, 1, 0).tensor("a", &[32], 0, 128).end(256),
        begin(false, u64::MAX, 0).end(0),
    ];
    for bytes in broken {
        assert_eq!(verdict(&bytes), Malformed);
    }
    let mut whole = begin(false, 1, 0).tensor("a", &[32], 0, 0).end(128);
    assert_eq!(verdict(&whole), Clean);
    for length in 4..whole.len() {
        assert_ne!(verdict(&whole[..length]), Clean, "{length}");
    }
    whole.extend([0; 40]);
    assert_eq!(verdict(&whole), Malformed);
}

#[test]
fn what_hides_in_it_is_malicious() {
    let evil = b"\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.";
    let mut behind = begin(false, 1, 0).tensor("a", &[32], 0, 0).end(128);
    behind.extend(evil);
    behind.extend([0; 64]);
    assert_eq!(verdict(&behind), Malicious);
    let template = begin(false, 0, 1)
        .text(b"tokenizer.chat_template.tool_use")
        .u32(8)
        .text(b"{{ ''.__class__ }}")
        .end(0);
    assert_eq!(verdict(&template), Malicious);
    let value = begin(false, 0, 1).text(b"converter.state").u32(8).text(evil).end(0);
    assert_eq!(verdict(&value), Malicious);
}
