//! Pickles as libraries write them, for the figures.

/// Tokens of the large pickle: two opcodes each.
const TOKENS: u32 = 600_000;
/// Entries that a pickler adds at a time.
const BATCH: u32 = 1000;
/// Numbers in the array of a small one: 8 bytes each.
const NUMBERS: u32 = 400;
/// Settings of a small one.
const SETTINGS: u32 = 12;

/// About 4 KB: some settings and an array of weights, as a small estimator.
pub(crate) fn weights(seed: u32) -> Vec<u8> {
    let mut out = b"\x80\x03}(".to_vec();
    for index in 0..SETTINGS {
        text(&format!("setting_{index}"), &mut out);
        out.push(b'G');
        out.extend(f64::from(seed + index).to_be_bytes());
    }
    text("coef", &mut out);
    out.extend(b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85C\x01b\x87R(K\x01");
    number(NUMBERS, &mut out);
    out.extend(b"\x85cnumpy\ndtype\n");
    text("f8", &mut out);
    out.extend(b"\x89\x88\x87R(K\x03");
    text("<", &mut out);
    out.extend(b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb\x89B");
    out.extend((NUMBERS * 8).to_le_bytes());
    out.extend((0..NUMBERS).flat_map(|at| (f64::from(at ^ seed) / 7.0).to_le_bytes()));
    out.extend(b"tbu.");
    out
}

/// 1.2 million opcodes: a dictionary from tokens to numbers, as a tokenizer's vocabulary.
pub(crate) fn vocabulary() -> Vec<u8> {
    let mut out = b"\x80\x02}".to_vec();
    for token in 0..TOKENS {
        if token % BATCH == 0 {
            out.push(b'(');
        }
        text(&format!("token_{token}"), &mut out);
        number(token, &mut out);
        if token % BATCH == BATCH - 1 {
            out.push(b'u');
        }
    }
    out.push(b'.');
    out
}

fn text(text: &str, out: &mut Vec<u8>) {
    out.push(b'X');
    out.extend((text.len() as u32).to_le_bytes());
    out.extend(text.as_bytes());
}

fn number(number: u32, out: &mut Vec<u8>) {
    out.push(b'J');
    out.extend(number.to_le_bytes());
}
