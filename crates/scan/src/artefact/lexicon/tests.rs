//! Files written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Undecided, Unknown};

use crate::{bytes::SliceBytes, inspect};

fn verdict(path: &str, bytes: &[u8], format: &str) -> ArtefactVerdict {
    let artefact = inspect(path, &SliceBytes(bytes)).unwrap();
    assert_eq!(artefact.format, format, "{artefact:?}");
    artefact.verdict
}

fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    [&[number << 3 | 2, bytes.len() as u8], bytes].concat()
}

fn pieces() -> Vec<u8> {
    let piece = [field(1, b"<unk>"), vec![0x15, 0, 0, 0, 0, 0x18, 2]].concat();
    let trainer = [field(1, b"corpus.txt"), vec![0x18, 1]].concat();
    let normalizer = [field(1, b"nmt_nfkc"), field(2, &[0; 9])].concat();
    [field(1, &piece), field(1, &piece), field(2, &trainer), field(3, &normalizer)].concat()
}

#[test]
fn pieces_are_clean_and_other_fields_are_not() {
    let honest = pieces();
    assert_eq!(verdict("tokenizer.model", &honest, "sentencepiece"), Clean);
    let more = [honest.clone(), field(9, b"x")].concat();
    assert_eq!(verdict("tokenizer.model", &more, "sentencepiece"), Unknown);
    let cut = honest.get(..honest.len() - 3).unwrap();
    assert_eq!(verdict("tokenizer.model", cut, "sentencepiece"), Malformed);
}

#[test]
fn vectors_fit_their_first_line() {
    let binary = [b"2 2\ncat ".as_slice(), &[0; 8], b"\ndog ", &[1; 8], b"\n"].concat();
    assert_eq!(verdict("v.bin", &binary, "word2vec"), Clean);
    let more = [binary.as_slice(), b"more"].concat();
    assert_eq!(verdict("v.bin", &more, "word2vec"), Malformed);
    let text = "2 2\ncat 0.5 1e-3\ndog -1 2\n";
    assert_eq!(verdict("v.vec", text.as_bytes(), "word2vec"), Clean);
    for broken in ["2 2\ncat 0.5 1\ndog x 2\n", "2 2\ncat 0.5 1\n", "1 2\na 1 2\nb 1 2\n"] {
        assert_eq!(verdict("v.vec", broken.as_bytes(), "word2vec"), Malformed, "{broken}");
    }
}

fn fasttext(words: i32, rows: i64) -> Vec<u8> {
    let mut out = vec![0xba, 0x16, 0x4f, 0x2f, 12, 0, 0, 0];
    out.extend([0; 56]);
    out.extend([words, words, 0].into_iter().flat_map(i32::to_le_bytes));
    out.extend([9_i64, -1].into_iter().flat_map(i64::to_le_bytes));
    out.extend(b"cat\0");
    out.extend([0; 9]);
    for _ in 0..2 {
        out.push(0);
        out.extend([rows, 2].into_iter().flat_map(i64::to_le_bytes));
        out.extend([0; 8]);
    }
    out
}

#[test]
fn matrices_of_fasttext_end_with_the_file() {
    assert_eq!(verdict("m.bin", &fasttext(1, 1), "fasttext"), Clean);
    assert_eq!(verdict("m.bin", &fasttext(1, 3), "fasttext"), Malformed);
    assert_eq!(verdict("m.bin", &fasttext(-1, 1), "fasttext"), Malformed);
    assert_eq!(verdict("m.bin", &fasttext(1, i64::MAX), "fasttext"), Malformed);
    let more = [fasttext(1, 1), vec![0]].concat();
    assert_eq!(verdict("m.bin", &more, "fasttext"), Malformed);
}

#[test]
fn models_of_crfsuite_are_known_and_not_read() {
    let mut model = [b"lCRF".as_slice(), &60_u32.to_le_bytes(), b"FOMC", &[0; 48]].concat();
    assert_eq!(verdict("m.crfsuite", &model, "crfsuite"), Undecided);
    model.push(0);
    assert_eq!(verdict("m.crfsuite", &model, "crfsuite"), Malformed);
}
