//! Against what loaders accept.

use serde_json::Value;

use super::{Json, Limits, Token, Tokens, check};
use crate::{
    artefact::stop::{Step, Stop},
    bytes::SliceBytes,
};

pub(super) const STRICT: Limits =
    Limits { size: 1 << 20, text: 1 << 16, depth: 100, infinite: false };

pub(super) fn strict(text: &[u8]) -> Step<Json> {
    Json::read(&SliceBytes(text), STRICT)
}

fn map(entries: &[(&str, Json)]) -> Json {
    Json::Map(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

#[test]
fn what_every_loader_accepts_is_read() {
    for text in [
        "0",
        "-0",
        "1.0e+10",
        "1E-2",
        "0.5",
        "\"\"",
        "[]",
        "{}",
        " [ ] ",
        "{\"\":{}}",
        "null\n",
        "\t\"\\u0000\"",
        "[[[]],[{}]]",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\u{7f}\u{2028}\u{10ffff}\"",
        "123456789012345678901234567890",
    ] {
        assert!(strict(text.as_bytes()).is_ok(), "{text}");
        assert!(serde_json::from_str::<Value>(text).is_ok(), "{text}");
    }
}

#[test]
fn what_some_loader_refuses_is_broken() {
    for text in [
        "",
        " ",
        "[",
        "{",
        "]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "[1}",
        "{\"a\":1]",
        "[] x",
        "[]]",
        "\"a",
        "\"\\\"",
        "'a'",
        "nul",
        "nulll",
        "True",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "-",
        "--1",
        "0x1",
        "1_0",
        "-01",
        "\"\\x41\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83dx\"",
        "\"\\ud83d\\ud83d\"",
        "\"\t\"",
        "\"\n\"",
        "\u{feff}{}",
        "// x\n1",
        "[1/**/]",
        "\u{a0}1",
        "\u{c}1",
        "[\"a\",\u{0}]",
        "inf",
        "nan",
        "-NaN",
    ] {
        assert!(matches!(strict(text.as_bytes()), Err(Stop::Broken(..))), "{text}");
        assert!(matches!(Json::parse(text), Err(Stop::Broken(..))), "{text}");
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
    }
    for bytes in [
        &b"\"\xff\""[..],
        b"\"\xed\xa0\x80\"",
        b"\"\xc0\xaf\"",
        b"{\0\"\0a\0\"\0",
        b"\xff\xfe{\0}\0",
    ] {
        assert!(matches!(strict(bytes), Err(Stop::Broken(..))), "{bytes:?}");
    }
}

#[test]
fn python_writes_numbers_without_end() {
    for text in ["NaN", "[Infinity, -Infinity]", "{\"a\": [0.0, Infinity], \"b\\\"\": \"NaN\"}"] {
        assert!(Json::parse(text).is_ok(), "{text}");
        assert!(strict(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn texts_and_keys_are_decoded_and_both_of_two_equal_keys_kept() {
    let read =
        Json::parse(r#" {"\u0061\"": "\ud83d\ude00\u00E9", "b": [{"x": 0, "x": 1}], "b": null} "#)
            .unwrap();
    let inner = map(&[("x", Json::Plain), ("x", Json::True)]);
    let text = Json::Text("\u{1f600}\u{e9}".into());
    let entries = [("a\"", text), ("b", Json::List(vec![inner])), ("b", Json::Plain)];
    assert_eq!(read, map(&entries));
    assert_eq!(read.twice(), Some("b"));
    assert_eq!(read.items().len() + read.all("b").count(), 2);
    assert_eq!(read.at("b"), Some(&Json::Plain));
    assert_eq!(Json::parse(r#"[{"a": {"x": 1, "\u0078": 2}}]"#).unwrap().twice(), Some("x"));
}

#[test]
fn what_python_takes_for_true_is_true() {
    for (text, truth) in [
        ("0", false),
        ("-0.0e7", false),
        ("1", true),
        ("0.01", true),
        ("NaN", true),
        ("false", false),
    ] {
        assert_eq!(Json::parse(text).unwrap() == Json::True, truth, "{text}");
    }
}

#[test]
fn every_limit_is_told() {
    let limits = Limits { size: 1 << 20, text: 10, depth: 3, infinite: true };
    let stop = |text: &str| Json::read(&SliceBytes(text.as_bytes()), limits).unwrap_err();
    assert!(matches!(stop("[[[[]]]]"), Stop::Broken(3, _)));
    assert_eq!(stop("\"12345678901\""), Stop::Limit("a text is longer than is read"));
    assert_eq!(stop(&" ".repeat(1 << 21)), Stop::Limit("the text is longer than is read"));
    assert!(matches!(stop(&"1".repeat(5000)), Stop::Broken(..)));
    let many = |item: &str, count| format!("[{}0]", item.repeat(count));
    assert_eq!(Json::parse(&many("0,", 2_000_000)).unwrap().items().len(), 8);
    for item in ["[],", "{},", "{\"\":0},", "\"\",", "\"abc\",", "[0,[],0],"] {
        let stopped = Json::parse(&many(item, 900_000));
        assert_eq!(stopped, Err(Stop::Limit("its values take more memory than is kept")), "{item}");
        assert!(Json::parse(&many(item, 90_000)).is_ok(), "{item}");
    }
    assert_eq!(check(&SliceBytes(b"[1, {\"a\": NaN}]"), Limits::default()), Ok(()));
    assert!(check(&SliceBytes(b"[1, {\"a\": NaN]"), Limits::default()).is_err());
}

#[test]
fn tokens_say_where_they_begin() {
    let bytes = SliceBytes(br#"{"a": [1, {"b": 2}], "c" :"d"}"#);
    let mut tokens = Tokens::new(&bytes, STRICT);
    let mut found = Vec::new();
    while let Some(token) = tokens.next().unwrap() {
        found.push((token, tokens.offset()));
        if tokens.text() == "a" && token == Token::List {
            tokens.pass(token).unwrap();
        }
    }
    let expected = [
        (Token::Map, 0),
        (Token::Key, 1),
        (Token::List, 6),
        (Token::Key, 21),
        (Token::Text, 26),
        (Token::End, 29),
    ];
    assert_eq!(found, expected);
}

#[test]
fn it_reads_on_where_a_window_ends() {
    // Longer than what is held at a time, so that texts, numbers and escapes fall across the seam.
    for shift in (0..40).step_by(7) {
        let item = r#"{"k\u00e9y": "\ud83d\ude00", "n": -12.5e+10},"#;
        let text = format!("{}[{}null]", " ".repeat(shift), item.repeat(7000));
        let read = Json::parse(&text).unwrap();
        assert_eq!(read.items().len(), 7001);
        let text = Json::Text("\u{1f600}".into());
        let same = map(&[("k\u{e9}y", text), ("n", Json::True)]);
        assert!(read.items().iter().take(7000).all(|item| *item == same), "{shift}");
    }
}
