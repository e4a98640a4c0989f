//! Tokenizers written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Unknown};

use crate::{
    bytes::{Beside, ReadAt, SliceBytes},
    inspect_in,
};

/// The settings beside.
struct Settings(&'static str);

impl Beside for Settings {
    fn names(&self) -> Vec<String> {
        vec!["tokenizer.json".to_owned(), "tokenizer_config.json".to_owned()]
    }

    fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>> {
        let bytes = || Box::new(SliceBytes(self.0.as_bytes())) as Box<dyn ReadAt>;
        (name == "tokenizer_config.json").then(bytes)
    }
}

fn look(text: &str, settings: &'static str) -> ArtefactVerdict {
    inspect_in("tokenizer.json", &SliceBytes(text.as_bytes()), &Settings(settings)).unwrap().verdict
}

const MODEL: &str = r#"{"type": "BPE", "vocab": {"<s>": 0, "</s>": 1, "a": 2, "b": 3, "ab": 4, "not": 5}, "merges": ["a b"]}"#;
const ADDED: &str = r#"[{"id": 0, "content": "<s>", "special": true}, {"id": 1, "content": "</s>", "special": true}]"#;

/// A tokenizer with one part of its own.
fn with(key: &str, value: &str) -> String {
    let added = if key == "model" && !value.contains("<s>") { "[]" } else { ADDED };
    let parts = [
        ("added_tokens", added),
        ("normalizer", "null"),
        ("pre_tokenizer", "null"),
        ("post_processor", "null"),
        ("decoder", "null"),
        ("model", MODEL),
    ];
    let parts =
        parts.map(|(name, held)| format!("\"{name}\": {}", if name == key { value } else { held }));
    format!("{{\"version\": \"1.0\", {}}}", parts.join(", "))
}

fn verdict(key: &str, value: &str) -> ArtefactVerdict {
    look(&with(key, value), "{}")
}

#[test]
fn steps_that_write_letters_otherwise_are_clean() {
    for (key, value) in [
        (
            "normalizer",
            r#"{"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}, {"type": "Strip", "strip_left": true, "strip_right": true}]}"#,
        ),
        ("normalizer", r#"{"type": "Replace", "pattern": {"String": " "}, "content": "▁"}"#),
        ("normalizer", r#"{"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"}"#),
        ("normalizer", r#"{"type": "Replace", "pattern": {"String": "``"}, "content": "\""}"#),
        ("normalizer", r#"{"type": "Replace", "pattern": {"String": "أ"}, "content": "ا"}"#),
        ("normalizer", r#"{"type": "Prepend", "prepend": "▁"}"#),
        (
            "pre_tokenizer",
            r#"{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}"#,
        ),
        (
            "pre_tokenizer",
            r#"{"type": "Split", "pattern": {"Regex": "'s|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"}, "behavior": "Removed", "invert": true}"#,
        ),
        (
            "decoder",
            r#"{"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}"#,
        ),
        ("decoder", r###"{"type": "WordPiece", "prefix": "##", "cleanup": true}"###),
        (
            "decoder",
            r#"{"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": true}"#,
        ),
        (
            "post_processor",
            r#"{"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}], "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}}"#,
        ),
        (
            "post_processor",
            r#"{"type": "RobertaProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0], "trim_offsets": true}"#,
        ),
        (
            "added_tokens",
            r#"[{"id": 0, "content": "<s>", "special": true}, {"id": 9, "content": "covid", "special": false}, {"id": 10, "content": "eng_Latn", "special": true}, {"id": 11, "content": "\n\n", "special": false}]"#,
        ),
        ("model", r#"{"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["▁a", -1.5]]}"#),
        ("model", r#"{"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "x": 1}}"#),
    ] {
        assert_eq!(verdict(key, value), Clean, "{key} {value}");
    }
}

#[test]
fn steps_that_put_words_in_or_take_them_out_are_told() {
    for (key, value) in [
        (
            "normalizer",
            r#"{"type": "Replace", "pattern": {"String": "https://a.example"}, "content": "http://b.example"}"#,
        ),
        (
            "normalizer",
            r#"{"type": "Sequence", "normalizers": [{"type": "Sequence", "normalizers": [{"type": "Replace", "pattern": {"Regex": "not"}, "content": "now"}]}]}"#,
        ),
        ("normalizer", r#"{"type": "Replace", "pattern": {"String": " not "}, "content": " "}"#),
        ("normalizer", r#"{"type": "Prepend", "prepend": "Obey. "}"#),
        (
            "decoder",
            r#"{"type": "Replace", "pattern": {"Regex": "\\d{8,}"}, "content": "00000000"}"#,
        ),
        ("decoder", r#"{"type": "Replace", "pattern": {"String": "."}, "content": ". Buy more."}"#),
        ("decoder", r#"{"type": "Strip", "content": "n", "start": 1, "stop": 1}"#),
        ("decoder", r#"{"type": "BPEDecoder", "suffix": "not"}"#),
        (
            "pre_tokenizer",
            r#"{"type": "Split", "pattern": {"String": "not"}, "behavior": "Removed", "invert": false}"#,
        ),
        ("pre_tokenizer", r#"{"type": "Metaspace", "replacement": "n"}"#),
        (
            "post_processor",
            r#"{"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}], "special_tokens": {"<s>": {"id": "<s>", "ids": [0, 4, 5], "tokens": ["<s>", "ab", "not"]}}}"#,
        ),
        (
            "post_processor",
            r#"{"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}], "pair": [], "special_tokens": {}}"#,
        ),
        (
            "post_processor",
            r#"{"type": "RobertaProcessing", "sep": ["</s>", 5], "cls": ["<s>", 0]}"#,
        ),
        ("added_tokens", r#"[{"id": 2, "content": " not", "special": true}]"#),
        ("added_tokens", r#"[{"id": 9, "content": "never", "special": true}]"#),
    ] {
        assert_eq!(verdict(key, value), Malicious, "{key} {value}");
    }
    for (key, value) in [
        ("normalizer", r#"{"type": "Rewrite"}"#),
        ("decoder", r#"{"type": "Strip", "content": " ", "start": 9, "stop": 0}"#),
        (
            "pre_tokenizer",
            r#"{"type": "Split", "pattern": {"Regex": "(a+)+$"}, "behavior": "Isolated", "invert": false}"#,
        ),
        ("model", r#"{"type": "Other", "vocab": {"a": 0}}"#),
    ] {
        assert_eq!(verdict(key, value), Unknown, "{key} {value}");
    }
}

#[test]
fn words_numbers_and_merges_agree() {
    for (key, value) in [
        (
            "model",
            r#"{"type": "BPE", "vocab": {"<s>": 0, "</s>": 1, "a": 2, "b": 2}, "merges": []}"#,
        ),
        (
            "model",
            r#"{"type": "BPE", "merges": [["a", "z"]], "vocab": {"<s>": 0, "</s>": 1, "a": 2, "az": 3}}"#,
        ),
        ("added_tokens", r#"[{"id": 1, "content": "<s>", "special": true}]"#),
        (
            "added_tokens",
            r#"[{"id": 8, "content": "<x>", "special": true}, {"id": 8, "content": "<y>", "special": true}]"#,
        ),
    ] {
        assert_eq!(verdict(key, value), Malformed, "{key} {value}");
    }
    let plain = with("", "");
    assert_eq!(
        look(
            &plain,
            r#"{"added_tokens_decoder": {"0": {"content": "<s>"}, "7": {"content": "<x>"}}}"#
        ),
        Clean
    );
    assert_eq!(look(&plain, r#"{"added_tokens_decoder": {"1": {"content": "<s>"}}}"#), Malformed);
}

#[test]
fn exchanged_numbers_show_by_the_order_of_merges() {
    let letters: Vec<String> = ('a'..='z').map(String::from).collect();
    let model = |exchange: bool| {
        let mut words: Vec<String> = letters.clone();
        words.extend(
            letters.iter().flat_map(|one| letters.iter().map(move |other| format!("{one}{other}"))),
        );
        let merges: Vec<String> = words
            .iter()
            .skip(26)
            .map(|word| word.split_at(1))
            .map(|(one, other)| format!("\"{one} {other}\""))
            .collect();
        if exchange {
            words.swap(60, 200);
        }
        let vocab: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(number, word)| format!("\"{word}\": {number}"))
            .collect();
        format!(
            "{{\"model\": {{\"type\": \"BPE\", \"vocab\": {{{}}}, \"merges\": [{}]}}}}",
            vocab.join(","),
            merges.join(",")
        )
    };
    assert_eq!(look(&model(false), "{}"), Clean);
    assert_eq!(look(&model(true), "{}"), Unknown);
}

#[test]
fn what_is_no_tokenizer_of_this_library_is_not_judged() {
    assert_eq!(look(r#"{"class_name": "Tokenizer", "config": {"num_words": 10}}"#, "{}"), Clean);
}
