//! Schemas written by hand.

use coseal_core::fact::ArtefactVerdict;

use super::nodes::walk;
use crate::{artefact::Report, encoding::json::Json};

fn verdict(json: &str) -> ArtefactVerdict {
    let mut report = Report::new("");
    walk(&Json::parse(json).unwrap(), &mut report);
    report.verdict()
}

fn node(loader: &str, module: &str, class: &str) -> String {
    format!(
        r#"{{"__class__": "{class}", "__module__": "{module}", "__loader__": "{loader}", "__id__": 1}}"#
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
    let twice = r#"{"__loader__": "JsonNode", "__loader__": "JsonNode"}"#;
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
