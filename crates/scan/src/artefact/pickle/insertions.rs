//! Calls put into real pickles, at every opcode: whatever a loader runs is never clean.

use coseal_core::fact::ArtefactVerdict;

use super::opcode as op;
use crate::{bytes::SliceBytes, inspect};

/// Small files that scikit-learn, NumPy, SciPy, pandas and Python wrote, of every protocol.
const REAL: &[(&str, &[u8])] = &[
    ("ridge, 0", include_bytes!("real/Ridge-plain.p0.pkl")),
    ("times, 0", include_bytes!("real/times.p0.pkl")),
    ("sparse array, 1", include_bytes!("real/sparse-array-csr.p1.pkl")),
    ("containers, 1", include_bytes!("real/std.p1.pkl")),
    ("series, 2", include_bytes!("real/series-bool.p2.pkl")),
    ("selection, 2", include_bytes!("real/SelectKBest-plain.p2.pkl")),
    ("series, 3", include_bytes!("real/series-int8.p3.pkl")),
    ("record, 3", include_bytes!("real/array-record.p3.pkl")),
    ("scaler, 4", include_bytes!("real/StandardScaler-plain.p4.pkl")),
    ("sparse array, 4", include_bytes!("real/sparse-array-csc.p4.pkl")),
    ("lasso, 5", include_bytes!("real/Lasso-plain.p5.pkl")),
    ("structured, 5", include_bytes!("real/array-structured.p5.pkl")),
];

/// Calls that leave the stack as it was.
const CALLS: &[(&str, &[u8])] = &[
    ("GLOBAL and REDUCE", b"cposix\ngetpid\n)R0"),
    ("of an unknown name", b"cmy.models\nbuild\nK\x01\x85R0"),
    ("STACK_GLOBAL", b"\x8c\x02os\x8c\x06getpid\x93)R0"),
    ("STACK_GLOBAL by lines", b"Vmy\nS'build'\n\x93(tR0"),
    ("INST", b"(imy\nbuild\n0"),
    ("OBJ", b"(cmy\nbuild\no0"),
    ("NEWOBJ", b"cmy\nNet\n)\x810"),
    ("NEWOBJ_EX", b"cmy\nNet\n)}\x920"),
    ("BUILD of an object", b"cmy\nNet\n)\x81}b0"),
    ("BUILD of a class", b"ccollections\nOrderedDict\n}\x8c\x01aNsb0"),
    ("EXT1", b"\x82\x07)R0"),
    ("EXT2", b"\x83\x07\x00)R0"),
    ("EXT4", b"\x84\x07\x00\x00\x00)R0"),
    ("through the memo", b"cmy\nbuild\nr\xf0\xf0\x00\x000j\xf0\xf0\x00\x00)R0"),
    ("through the memo by lines", b"cmy\nbuild\np61680\n0g61680\n)R0"),
    ("dropped with its mark", b"(cmy\nbuild\n)R1"),
    ("its result in a list", b"]cmy\nbuild\n)Ra0"),
    ("its result as a key", b"}cmy\nbuild\n)RNs0"),
    ("an attribute", b"cbuiltins\ngetattr\ncbuiltins\nobject\n\x8c\x09__class__\x86R0"),
    ("a method by a dotted name", b"\x8c\x08builtins\x8c\x0aobject.mro\x93)R0"),
    ("a known function, misused", b"cnumpy.core.multiarray\nscalar\ncbuiltins\nlen\n\x85R0"),
    ("bound arguments", b"cfunctools\npartial\ncbuiltins\nlen\n\x85R0"),
    ("a method of a known class", b"cdatetime\ndatetime.now\n)R0"),
    ("a lazy call", b"cbuiltins\nmap\ncbuiltins\nlen\n]\x86R0"),
    (
        "a function of NumPy's by its name",
        b"cnumpy.core\n_ufunc_reconstruct\nVposix\nVgetpid\n\x86R)R0",
    ),
];

/// Where each opcode stands, and where the frames that hold them have their lengths.
fn places(bytes: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        places.push(at);
        at += 1 + length(&bytes[at..]);
    }
    places
}

/// How long an opcode's argument is.
fn length(bytes: &[u8]) -> usize {
    let rest = &bytes[1..];
    let line = |from: usize| rest[from..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
    match bytes[0] {
        op::BININT1 | op::BINPUT | op::BINGET | op::PROTO | op::EXT1 => 1,
        op::BININT2 | op::EXT2 => 2,
        op::BININT | op::LONG_BINPUT | op::LONG_BINGET | op::EXT4 => 4,
        op::BINFLOAT | op::FRAME => 8,
        op::SHORT_BINUNICODE | op::SHORT_BINBYTES | op::SHORT_BINSTRING | op::LONG1 => {
            1 + usize::from(rest[0])
        }
        op::BINUNICODE | op::BINBYTES | op::BINSTRING | op::LONG4 => {
            4 + u32::from_le_bytes(rest[..4].try_into().unwrap()) as usize
        }
        op::BINUNICODE8 | op::BINBYTES8 | op::BYTEARRAY8 => {
            8 + usize::try_from(u64::from_le_bytes(rest[..8].try_into().unwrap())).unwrap()
        }
        op::GLOBAL | op::INST => line(0) + line(line(0)),
        op::INT
        | op::LONG
        | op::FLOAT
        | op::STRING
        | op::UNICODE
        | op::PUT
        | op::GET
        | op::PERSID => line(0),
        _ => 0,
    }
}

/// `bytes` with `call` at a place, and the frame around it made longer if `framed`.
fn with(bytes: &[u8], call: &[u8], at: usize, framed: bool) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for place in places(bytes) {
        if framed && bytes[place] == op::FRAME && place + 9 <= at {
            let said = u64::from_le_bytes(bytes[place + 1..place + 9].try_into().unwrap());
            let longer = said + call.len() as u64;
            out[place + 1..place + 9].copy_from_slice(&longer.to_le_bytes());
        }
    }
    out.splice(at..at, call.iter().copied());
    out
}

fn verdict(bytes: &[u8]) -> ArtefactVerdict {
    inspect("m.pkl", &SliceBytes(bytes)).unwrap().verdict
}

#[test]
fn the_files_themselves_are_clean() {
    for (name, bytes) in REAL {
        assert_eq!(verdict(bytes), ArtefactVerdict::Clean, "{name}");
        assert_eq!(places(bytes).last(), Some(&(bytes.len() - 1)), "{name}");
    }
}

#[test]
fn a_call_at_any_opcode_is_never_clean() {
    let mut mutants = 0;
    for (name, bytes) in REAL {
        for (index, at) in places(bytes).into_iter().enumerate() {
            // Each place has a third of the calls, and each call a third of the places.
            for (turn, (kind, call)) in CALLS.iter().enumerate().skip(index % 3).step_by(3) {
                let mutant = with(bytes, call, at, turn % 2 == 0);
                assert_ne!(verdict(&mutant), ArtefactVerdict::Clean, "{name} at {at}: {kind}");
                mutants += 1;
            }
        }
    }
    assert!(mutants > 5_000, "{mutants}");
}

#[test]
fn a_call_behind_the_last_opcode_is_never_clean() {
    for (name, bytes) in REAL {
        for (kind, call) in CALLS {
            for (head, tail) in
                [(&b""[..], &b""[..]), (b"", b"N."), (b"\x80\x02", b"N."), (b"\x80\x04", b"")]
            {
                let mutant = [bytes, head, call, tail].concat();
                assert_ne!(verdict(&mutant), ArtefactVerdict::Clean, "{name}: {kind}");
            }
        }
    }
}

#[test]
fn a_break_after_the_call_hides_nothing() {
    for (name, bytes) in REAL {
        for at in places(bytes).into_iter().step_by(23) {
            for (kind, call) in CALLS {
                for end in [&b""[..], b"\xff", b"0000000000", b"h\xfe", b"\x8d\xff"] {
                    let mutant = [&bytes[..at], call, end].concat();
                    assert_ne!(verdict(&mutant), ArtefactVerdict::Clean, "{name} at {at}: {kind}");
                }
            }
        }
    }
}

#[test]
fn overwritten_memo_entries_are_followed() {
    // Each index is set anew to a function just before it is asked for: what was there is called.
    for (name, bytes) in REAL {
        for at in places(bytes) {
            let [op::BINGET, index, ..] = bytes[at..] else { continue };
            let call = [&b"cmy\nbuild\n"[..], &[op::BINPUT, index, op::POP]].concat();
            let mutant = with(bytes, &call, at, true);
            assert_ne!(verdict(&mutant), ArtefactVerdict::Clean, "{name} at {at}");
        }
    }
}
