//! Descriptions written by hand.

use coseal_core::fact::ArtefactVerdict;

use super::config::{Part, text};
use crate::{artefact::Report, bytes::SliceBytes, inspect};

fn verdict(json: &str) -> ArtefactVerdict {
    let mut report = Report::new("");
    text(json.as_bytes(), Part::Model, "config.json", Some(20_000), &mut report);
    report.verdict()
}

fn layer(layer: &str) -> ArtefactVerdict {
    verdict(&format!(
        r#"{{"module": "keras", "class_name": "Sequential", "registered_name": null,
            "config": {{"name": "s", "layers": [{layer}]}}}}"#
    ))
}

fn dense(argument: &str) -> ArtefactVerdict {
    layer(&format!(
        r#"{{"module": "keras.layers", "class_name": "Dense", "config": {{"units": 4, {argument}}}}}"#
    ))
}

#[test]
fn what_keras_writes_is_clean() {
    for argument in [
        r#""activation": "relu""#,
        r#""dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": null}"#,
        r#""kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}}"#,
        r#""max": Infinity"#,
        r#""activation": {"module": "builtins", "class_name": "function", "config": "gelu", "registered_name": "function"}"#,
    ] {
        assert_eq!(dense(argument), ArtefactVerdict::Clean, "{argument}");
    }
    let operation = r#"{"class_name": "TFOpLambda", "config": {"function": "math.multiply"}}"#;
    assert_eq!(layer(operation), ArtefactVerdict::Clean);
    let words = r#"{"module": "keras.layers", "class_name": "StringLookup", "config": {"vocabulary": ["/etc"]}}"#;
    assert_eq!(layer(words), ArtefactVerdict::Clean);
}

#[test]
fn what_nobody_knows_is_unknown() {
    for argument in [
        r#""activation": "mine""#,
        r#""kernel_regularizer": {"class_name": "Mine", "config": {}}"#,
        r#""activation": {"module": "mine", "class_name": "function", "config": "relu"}"#,
        r#""activation": {"module": "builtins", "class_name": "function", "config": "mine"}"#,
        r#""bias_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {}, "registered_name": "Mine>Zeros"}"#,
    ] {
        assert_eq!(dense(argument), ArtefactVerdict::Unknown, "{argument}");
    }
    let named = r#"{"class_name": "Lambda", "config": {"function": "relu", "function_type": "function", "module": "keras"}}"#;
    assert_eq!(layer(named), ArtefactVerdict::Unknown);
    let merged = r#"{"class_name": "Merge", "config": {"mode": "mine", "mode_type": "function"}}"#;
    assert_eq!(layer(merged), ArtefactVerdict::Unknown);
    let beside = r#"{"class_name": "IntegerLookup", "config": {"vocabulary": "words.txt"}}"#;
    assert_eq!(layer(beside), ArtefactVerdict::Unknown);
}

#[test]
fn what_runs_code_is_malicious() {
    for argument in [
        r#""activation": {"class_name": "__lambda__", "config": {"code": "4wE="}}"#,
        r#""activation": {"module": "os", "class_name": "function", "config": "system"}"#,
        r#""activation": {"module": "builtins", "class_name": "function", "config": "exec"}"#,
        r#""activation": {"module": "keras.utils", "class_name": "get_file", "config": {}}"#,
        r#""\u0061ctivation": {"module": "subprocess", "class_name": "P\u006fpen", "config": {}}"#,
        r#""x": [{"y": {"module": "keras.config", "class_name": "function", "config": "enable_unsafe_deserialization"}}]"#,
    ] {
        assert_eq!(dense(argument), ArtefactVerdict::Malicious, "{argument}");
    }
    for config in [
        r#"{"class_name": "Lambda", "config": {"function": ["4wE=", null, null]}}"#,
        r#"{"class_name": "Lambda", "config": {"function": "x", "function_type": "lambda"}}"#,
        r#"{"class_name": "Lambda", "config": {"function": "system", "function_type": "function", "module": "os"}}"#,
        r#"{"class_name": "TFOpLambda", "config": {"function": "io.write_file"}}"#,
        r#"{"class_name": "Merge", "config": {"mode": ["4wE=", null, null], "mode_type": "lambda"}}"#,
        r#"{"class_name": "Merge", "config": {"mode": "4wE=", "output_shape_type": "lambda"}}"#,
        r#"{"name": "Lambda", "function": ["4wE=", null, null]}"#,
        r#"{"class_name": "Dense", "config": {"output_shape_module": "os"}}"#,
        r#"{"class_name": "TextVectorization", "config": {"vocabulary": "https://x.example/y"}}"#,
        r#"{"class_name": "TFSMLayer", "config": {"filepath": "x"}}"#,
    ] {
        assert_eq!(layer(config), ArtefactVerdict::Malicious, "{config}");
    }
}

#[test]
fn a_key_that_stands_twice_is_read_twice() {
    let twice = r#""activation": "relu", "activation": {"class_name": "__lambda__", "config": {}}"#;
    assert_eq!(dense(twice), ArtefactVerdict::Malicious);
    assert_eq!(dense(r#""units": 4"#), ArtefactVerdict::Malformed);
    assert_eq!(verdict(r#"{"config": {}}"#), ArtefactVerdict::Malformed);
    assert_eq!(verdict("\u{feff}{}"), ArtefactVerdict::Malformed);
}

#[test]
fn a_description_of_its_own_is_recognised() {
    let json =
        br#"{"class_name": "Sequential", "config": {"layers": []}, "keras_version": "2.9.0"}"#;
    let artefact = inspect("model.json", &SliceBytes(json)).unwrap();
    assert_eq!(
        (artefact.format.as_str(), artefact.verdict),
        ("keras-json", ArtefactVerdict::Clean)
    );
    assert!(inspect("package.json", &SliceBytes(br#"{"name": "x", "config": {}}"#)).is_none());
    let other = inspect("m.keras", &SliceBytes(b"\0\x01\x02")).unwrap();
    assert_eq!(other.verdict, ArtefactVerdict::Malformed);
}

#[test]
fn sizes_are_in_proportion_to_the_weights() {
    for (argument, expected) in [
        (r#""output_dim": 300000"#, ArtefactVerdict::Clean),
        (r#""output_dim": 35184372088832"#, ArtefactVerdict::Malformed),
        (r#""input_dim": 1e13"#, ArtefactVerdict::Malformed),
        (r#""filters": 268435456"#, ArtefactVerdict::Malformed),
        (r#""kernel_size": [3, 1099511627776]"#, ArtefactVerdict::Malformed),
        (r#""batch_input_shape": [null, 1099511627776]"#, ArtefactVerdict::Malformed),
        (r#""batch_input_shape": [null, 268435456, 3]"#, ArtefactVerdict::Clean),
        (r#""seed": 1099511627776"#, ArtefactVerdict::Clean),
        (r#""max_value": 1e300"#, ArtefactVerdict::Clean),
    ] {
        assert_eq!(dense(argument), expected, "{argument}");
    }
}
