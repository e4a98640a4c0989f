//! Schemas written by hand.

use coseal_core::fact::ArtefactVerdict;

use super::nodes::{ID, walk};
use crate::{
    artefact::Report,
    bytes::SliceBytes,
    encoding::json::{Json, Limits},
};

fn verdict(json: &str) -> ArtefactVerdict {
    let mut report = Report::new("");
    let bytes = SliceBytes(json.as_bytes());
    walk(&Json::read_spelling(&bytes, Limits::default(), Some(ID)).unwrap(), &mut report);
    report.verdict()
}

fn node(loader: &str, module: &str, class: &str) -> String {
    let content = match loader {
        "DictNode" => {
            r#", "content": {}, "key_types": {"__class__": "list", "__module__": "builtins", "__loader__": "ListNode", "content": []}"#
        }
        "ListNode" => r#", "content": []"#,
        _ => "",
    };
    format!(
        r#"{{"__class__": "{class}", "__module__": "{module}", "__loader__": "{loader}", "__id__": 1{content}}}"#
    )
}

#[test]
fn what_skops_writes_is_clean() {
    for (loader, module, class) in [
        ("ObjectNode", "sklearn.linear_model._logistic", "LogisticRegression"),
        ("DictNode", "builtins", "dict"),
        ("ListNode", "builtins", "list"),
        ("JsonNode", "builtins", "str"),
        ("TypeNode", "builtins", "str"),
        ("TypeNode", "numpy", "float64"),
        ("NdArrayNode", "numpy", "ndarray"),
        ("FunctionNode", "sklearn.feature_selection._univariate_selection", "f_classif"),
        ("TreeNode", "sklearn.tree._tree", "Tree"),
        ("SparseMatrixNode", "scipy.sparse._csr", "csr_matrix"),
        ("SGDNode", "sklearn.linear_model._sgd_fast", "Hinge"),
        ("DictNode", "collections", "defaultdict"),
    ] {
        assert_eq!(
            verdict(&node(loader, module, class)),
            ArtefactVerdict::Clean,
            "{loader} {class}"
        );
    }
}

#[test]
fn what_calls_or_nobody_knows_is_not() {
    for (loader, module, class) in [
        ("ObjectNode", "my.models", "Net"),
        ("ObjectNode", "builtins", "getattr"),
        ("TypeNode", "my.models", "Net"),
        ("FunctionNode", "builtins", "getattr"),
        ("MethodNode", "sklearn.linear_model._logistic", "LogisticRegression"),
        ("ConstructorFromReduceNode", "collections", "OrderedDict"),
        ("NobodysNode", "builtins", "dict"),
        ("TreeNode", "my.models", "Tree"),
        ("RandomStateNode", "numpy", "int64"),
        ("JsonNode", "numpy", "ndarray"),
        ("ListNode", "collections", "UserList"),
        ("CachedNode", "builtins", "str"),
    ] {
        assert_eq!(
            verdict(&node(loader, module, class)),
            ArtefactVerdict::Unknown,
            "{loader} {class}"
        );
    }
    for (loader, module, class) in [
        ("FunctionNode", "os", "system"),
        ("TypeNode", "subprocess", "Popen"),
        ("OperatorFuncNode", "operator", "attrgetter"),
        ("OperatorFuncNode", "operator", "methodcaller"),
        ("PartialNode", "functools", "partial"),
        ("ObjectNode", "subprocess", "Popen"),
        ("RandomStateNode", "builtins", "exit"),
        ("RandomStateNode", "builtins", "breakpoint"),
    ] {
        assert_eq!(verdict(&node(loader, module, class)), ArtefactVerdict::Malicious, "{class}");
    }
}

#[test]
fn it_is_found_wherever_it_stands_and_may_not_be_said_twice() {
    let inner = node("FunctionNode", "os", "system");
    assert_eq!(
        verdict(&format!(r#"{{"content": [{{"a": [{inner}]}}]}}"#)),
        ArtefactVerdict::Malicious
    );
    let twice = r#"{"__loader__": "JsonNode", "__loader__": "JsonNode", "__class__": "str", "__module__": "builtins"}"#;
    assert_eq!(verdict(twice), ArtefactVerdict::Malformed);
    let old =
        r#"{"__loader__": "JsonNode", "content": {"module_path": "os", "function": "system"}}"#;
    assert_eq!(verdict(old), ArtefactVerdict::Malicious);
    assert_eq!(
        verdict(r#"{"__class__": "Popen", "__module__": "subprocess"}"#),
        ArtefactVerdict::Unknown
    );
    let method = r#"{"content": {"__setstate__": {}}, "__loader__": "JsonNode"}"#;
    assert_eq!(verdict(method), ArtefactVerdict::Unknown);
}

const LIST: &str = r#""__class__": "list", "__module__": "builtins", "__loader__": "ListNode""#;

/// A dict of one entry, whose key's type is what `types` says.
fn dict(key: &str, value: &str, types: &str) -> String {
    format!(
        r#"{{"__class__": "dict", "__module__": "builtins", "__loader__": "DictNode", "content": {{"{key}": {value}}}, "key_types": {{{LIST}, "content": [{types}]}}}}"#
    )
}

fn object(module: &str, class: &str, content: &str) -> String {
    format!(
        r#"{{"__class__": "{class}", "__module__": "{module}", "__loader__": "ObjectNode", "content": {content}}}"#
    )
}

const TEXT: &str =
    r#"{"__class__": "str", "__module__": "builtins", "__loader__": "JsonNode", "content": "1"}"#;

#[test]
fn keys_get_plain_types_only() {
    let text = r#"{"__class__": "str", "__module__": "builtins", "__loader__": "TypeNode", "content": null}"#;
    assert_eq!(verdict(&dict("x", TEXT, text)), ArtefactVerdict::Clean);
    let other = object("scipy.interpolate._bsplines", "BSpline", "null");
    assert_eq!(verdict(&dict("x", TEXT, &other)), ArtefactVerdict::Unknown);
    let none = r#"{"__class__": "dict", "__module__": "builtins", "__loader__": "DictNode", "content": {}}"#;
    assert_eq!(verdict(none), ArtefactVerdict::Unknown);
}

#[test]
fn attributes_are_a_dict_and_hide_no_method() {
    let text = r#"{"__class__": "str", "__module__": "builtins", "__loader__": "TypeNode"}"#;
    let held = r#"{"__class__": "f_classif", "__module__": "sklearn.feature_selection._univariate_selection", "__loader__": "FunctionNode"}"#;
    let of = ("sklearn.feature_selection._univariate_selection", "SelectKBest");
    let good = object(of.0, of.1, &dict("score_func", held, text));
    assert_eq!(verdict(&good), ArtefactVerdict::Clean);
    let bad = object(of.0, of.1, &dict("transform", held, text));
    assert_eq!(verdict(&bad), ArtefactVerdict::Unknown);
    let pairs = format!(r#"{{{LIST}, "content": []}}"#);
    let listed = object("scipy.stats._continuous_distns", "norm_gen", &pairs);
    assert_eq!(verdict(&listed), ArtefactVerdict::Unknown);
}

#[test]
fn nodes_of_one_id_are_one() {
    let one = node("ObjectNode", "sklearn.linear_model._logistic", "LogisticRegression");
    let other = node("JsonNode", "builtins", "str");
    assert_eq!(verdict(&format!("[{one}, {one}]")), ArtefactVerdict::Clean);
    assert_eq!(verdict(&format!("[{one}, {other}]")), ArtefactVerdict::Unknown);
    assert_eq!(verdict(r#"{"__id__": 1.0}"#), ArtefactVerdict::Unknown);
}

#[test]
fn keys_of_dicts_are_anybodys_words_and_attributes_are_not() {
    let text = r#"{"__class__": "str", "__module__": "builtins", "__loader__": "TypeNode"}"#;
    for word in ["__import__", "__class__", "__reduce__", "__setstate__"] {
        assert_eq!(verdict(&dict(word, TEXT, text)), ArtefactVerdict::Clean, "{word}");
        let of = ("sklearn.linear_model._logistic", "LogisticRegression");
        let object = object(of.0, of.1, &dict(word, TEXT, text));
        assert_eq!(verdict(&object), ArtefactVerdict::Unknown, "{word}");
    }
    let evil = object("os", "system", "null");
    assert_eq!(verdict(&dict("x", &evil, text)), ArtefactVerdict::Malicious);
}

#[test]
fn attributes_of_an_object_in_two_places_have_ids_of_their_own() {
    let text = r#"{"__class__": "str", "__module__": "builtins", "__loader__": "TypeNode"}"#;
    let of = |value: &str, id| {
        let value = TEXT.replace("\"1\"", value);
        let state = dict("a", &value, text).replacen('{', &format!("{{\"__id__\": {id}, "), 1);
        object("sklearn.linear_model._logistic", "LogisticRegression", &state).replacen(
            '{',
            "{\"__id__\": 7, ",
            1,
        )
    };
    let both = |a: String, b: String| verdict(&format!("[{a}, {b}]"));
    assert_eq!(both(of("\"1\"", 1), of("\"1\"", 2)), ArtefactVerdict::Clean);
    assert_eq!(both(of("\"1\"", 1), of("\"2\"", 1)), ArtefactVerdict::Unknown);
}

#[test]
fn search_trees_have_numbers_and_arrays_for_their_state() {
    let tree = |items: &str| {
        format!(
            r#"{{"__class__": "KDTree", "__module__": "sklearn.neighbors._kd_tree", "__loader__": "ObjectNode", "__id__": 2,
            "content": {{"__class__": "tuple", "__module__": "builtins", "__loader__": "TupleNode", "content": [{items}]}}}}"#
        )
    };
    let function =
        node("FunctionNode", "sklearn.feature_selection._univariate_selection", "f_classif");
    assert_eq!(verdict(&tree(&node("NdArrayNode", "numpy", "ndarray"))), ArtefactVerdict::Clean);
    assert_eq!(verdict(&tree(&node("JsonNode", "builtins", "str"))), ArtefactVerdict::Clean);
    assert_eq!(verdict(&tree(&function)), ArtefactVerdict::Unknown);
    let other = tree("").replace("KDTree", "NeighborsHeap");
    assert_eq!(verdict(&other), ArtefactVerdict::Unknown);
}

#[test]
fn functions_are_bound_to_plain_values() {
    let bound = |function: &str, argument: &str| {
        format!(
            r#"{{"__class__": "partial", "__module__": "functools", "__loader__": "PartialNode", "__id__": 3, "content": {{
            "func": {function},
            "args": {{"__class__": "tuple", "__module__": "builtins", "__loader__": "TupleNode", "content": []}},
            "kwds": {{"__class__": "dict", "__module__": "builtins", "__loader__": "DictNode", "content": {{"dtype": {argument}}},
                "key_types": {{"__class__": "list", "__module__": "builtins", "__loader__": "ListNode", "content": []}}}},
            "namespace": {{"__class__": "str", "__module__": "builtins", "__loader__": "JsonNode", "content": "null"}}}}}}"#
        )
    };
    let held = node("FunctionNode", "sklearn.feature_selection._univariate_selection", "f_classif");
    let kind = node("TypeNode", "numpy", "float64").replace(": 1", ": 7");
    assert_eq!(verdict(&bound(&held, &kind)), ArtefactVerdict::Clean);
    assert_eq!(verdict(&bound(&held, &held)), ArtefactVerdict::Malicious);
    let evil = node("FunctionNode", "posix", "system");
    assert_eq!(verdict(&bound(&evil, &kind)), ArtefactVerdict::Malicious);
    assert_eq!(verdict(&bound(&kind, &kind)), ArtefactVerdict::Malicious);
}

#[test]
fn missing_values_are_made_by_plain_types() {
    let of = |module: &str, class: &str| {
        let factory = node("TypeNode", module, class).replace(": 1", ": 9");
        let main = node("DictNode", "builtins", "dict");
        format!(
            r#"{{"__class__": "defaultdict", "__module__": "collections", "__loader__": "DefaultDictNode", "__id__": 4,
            "content": {{"main": {main}, "default_factory": {factory}}}}}"#
        )
    };
    assert_eq!(verdict(&of("collections", "OrderedDict")), ArtefactVerdict::Clean);
    assert_eq!(verdict(&of("my.models", "Net")), ArtefactVerdict::Unknown);
}
