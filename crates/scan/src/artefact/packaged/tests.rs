//! Folders written by hand.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Undecided, Unknown};

use crate::{
    bytes::{Beside, ReadAt, SliceBytes},
    inspect, inspect_in,
};

struct Folder(BTreeMap<&'static str, Vec<u8>>);

impl Beside for Folder {
    fn names(&self) -> Vec<String> {
        self.0.keys().map(|name| (*name).to_owned()).collect()
    }

    fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>> {
        self.0.get(name).map(|bytes| Box::new(SliceBytes(bytes)) as Box<dyn ReadAt>)
    }
}

/// The verdict on the first file, among all of them.
fn verdict(files: &[(&'static str, &str)]) -> ArtefactVerdict {
    let folder =
        Folder(files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect());
    let (name, text) = files[0];
    inspect_in(name, &SliceBytes(text.as_bytes()), &folder).unwrap().verdict
}

/// The same of a pipeline of spaCy.
fn pipeline(text: &str) -> ArtefactVerdict {
    verdict(&[("config.cfg", text), ("meta.json", "{}")])
}

fn mlmodel(lines: &str) -> String {
    format!("artifact_path: model\nflavors:\n  python_function:\n{lines}")
}

#[test]
fn models_of_mlflow_are_judged_by_what_loads_them() {
    let of = |lines: &str| verdict(&[("MLmodel", &mlmodel(lines)), ("model.pkl", "")]);
    assert_eq!(
        of("    loader_module: mlflow.sklearn\n    model_path: model.pkl\n    code: null\n"),
        Clean
    );
    assert_eq!(of("    loader_module: helpers\n"), Unknown);
    assert_eq!(of("    loader_module: subprocess\n"), Malicious);
    assert_eq!(of("    loader_module: mlflow.sklearn\n    code: code\n"), Unknown);
    assert_eq!(of("    loader_module: mlflow.sklearn\n    model_path: ../x.pkl\n"), Malicious);
    assert_eq!(of("    loader_module: mlflow.sklearn\n  mine:\n    a: 1\n"), Unknown);
    assert_eq!(of("    loader_module: !!python/name:os.system x\n"), Malicious);
    assert_eq!(of("    loader_module: mlflow.sklearn\n    loader_module: helpers\n"), Malformed);
    assert_eq!(of("    data: [\n"), Malformed);
    for more in [
        "trust_remote_code: yes",
        "trust_remote_code: \"no\"",
        "trust_remote_code: On",
        "trt_extra_plugin_lib_paths: x.so",
    ] {
        let text = format!("    loader_module: mlflow.sklearn\n  transformers: {{{more}}}\n");
        assert_eq!(of(&text), Unknown, "{more}");
    }
    assert_eq!(
        of("    loader_module: mlflow.sklearn\n  transformers: {trust_remote_code: no}\n"),
        Clean
    );
    for ends in ["\r", "\u{85}", "\u{2028}", "\u{2029}"] {
        let text = format!("    loader_module: mlflow.sklearn # x{ends}    code: code\n");
        assert!(matches!(of(&text), Malformed | Unknown), "{ends:?}");
        let quoted = format!("    loader_module: mlflow.sklearn\n    note: \"a{ends}        b\"\n");
        assert_eq!(of(&quoted), Clean, "{ends:?}");
    }
    let class = |name: &str| {
        format!("    loader_module: mlflow.xgboost\n  xgboost:\n    model_class: {name}\n")
    };
    assert_eq!(of(&class("xgboost.sklearn.XGBClassifier")), Clean);
    assert_eq!(of(&class("helpers.Net")), Unknown);
    assert_eq!(of(&class("subprocess.Popen")), Malicious);
    let plain = mlmodel("    loader_module: mlflow.sklearn\n");
    assert_eq!(inspect("MLmodel", &SliceBytes(plain.as_bytes())).unwrap().verdict, Undecided);
    let coded = mlmodel("    loader_module: mlflow.pyfunc.model\n    model_code_path: agent.py\n");
    assert_eq!(verdict(&[("MLmodel", &coded), ("agent.py", "x = 1")]), Unknown);
    assert_eq!(
        verdict(&[("MLmodel", &coded), ("agent.py", "import os\nos.system('x')")]),
        Malicious
    );
    let from = |place: &str| {
        let text = format!(
            "    loader_module: mlflow.pyfunc.loaders.code_model\n    model_code_path: {place}\n"
        );
        let text = mlmodel(&text);
        let code = [("MLmodel", text.as_str()), ("agent.py", "x = 1")];
        let acts = [("MLmodel", text.as_str()), ("agent.py", "import os\nos.system('x')")];
        (verdict(&code), verdict(&acts))
    };
    assert_eq!(from("/tmp/some/agent.py"), (Unknown, Malicious));
    assert_eq!(from("../agent.py"), (Unknown, Malicious));
    assert_eq!(from("'C:\\work\\agent.py'"), (Unknown, Malicious));
    assert_eq!(from("/tmp/.."), (Malicious, Malicious));
    let torch = mlmodel("    loader_module: mlflow.pytorch\n");
    let info = "data/pickle_module_info.txt";
    assert_eq!(verdict(&[("MLmodel", &torch), (info, "mlflow.pytorch.pickle_module")]), Clean);
    assert_eq!(verdict(&[("MLmodel", &torch), (info, "helpers")]), Unknown);
    let index = "--extra-index-url http://127.0.0.1/\nx";
    assert_eq!(verdict(&[("MLmodel", &plain), ("requirements.txt", index)]), Unknown);
    assert_eq!(verdict(&[("MLmodel", &plain), ("requirements.txt", "-r other.txt")]), Unknown);
    assert_eq!(verdict(&[("MLmodel", &plain), ("requirements.txt", "numpy==1.26.4")]), Clean);
    let project = "entry_points:\n  main:\n    command: \"true\"\n";
    assert_eq!(verdict(&[("MLproject", project)]), Unknown);
}

#[test]
fn models_and_services_of_bentoml_are() {
    let model = "name: net\nversion: a\nmodule: bentoml.sklearn\n";
    assert_eq!(verdict(&[("model.yaml", model)]), Clean);
    assert_eq!(
        verdict(&[("model.yaml", &model.replace("bentoml.s", "bentoml.helpers.s"))]),
        Unknown
    );
    assert_eq!(
        verdict(&[("model.yaml", model), ("more.py", "import socket\ns = socket.socket()")]),
        Malicious
    );
    let service = "service: service:svc\n";
    assert_eq!(verdict(&[("bento.yaml", service), ("src/service.py", "x = 1")]), Unknown);
    assert_eq!(verdict(&[("bento.yaml", service), ("src/service.py", "exec('1')")]), Malicious);
}

#[test]
fn pipelines_of_spacy_are_judged_by_the_functions_they_name() {
    let plain = "[nlp]\nlang = \"en\"\n\n[nlp.tokenizer]\n@tokenizers = \"spacy.Tokenizer.v1\"\n\n[components.ner]\nfactory = \"ner\"\n";
    assert_eq!(pipeline(plain), Clean);
    assert_eq!(pipeline(&plain.replace("spacy.T", "mine.T")), Unknown);
    assert_eq!(pipeline(&plain.replace("\"ner\"", "\"mine\"")), Unknown);
    assert_eq!(
        verdict(&[("config.cfg", plain), ("meta.json", "{}"), ("__init__.py", "x = 1")]),
        Unknown
    );
    let inline = format!("{plain}x = {{\"@misc\": \"mine.v1\"}}\n");
    assert_eq!(pipeline(&inline), Unknown);
    for more in [
        "x = {\"\\u0040misc\": \"mine.v1\"}",
        "x = {\n  \"a\": {\"@misc\": \"mine.v1\"}\n  }",
        "x = ${vars.a}misc\": \"mine.v1\"}",
        "@misc = ${vars.a}",
        "factory = \"evil\"",
        "y = \u{7f}\nfactory = \"evil\"",
    ] {
        assert_eq!(pipeline(&format!("{plain}\n[x]\n{more}\n")), Unknown, "{more}");
        let late = format!("# {}\n{plain}\n[x]\n{more}\n", "x".repeat(5000));
        assert_eq!(pipeline(&late), Unknown, "{more}");
    }
    let copied = plain.replace("spacy.Tokenizer.v1", "spacy.copy_from_base_model.v1");
    assert_eq!(pipeline(&copied), Unknown);
    let inner = format!("{plain}x = {{\"@misc\": \"spacy.x.v1\"}}\n");
    assert_eq!(pipeline(&inner), Unknown);
    let known = "x = {\"z\": \"@\", \"y\": [\n    1,\n    2\n  ]}\nz = ${paths.a}/b";
    assert_eq!(pipeline(&format!("{plain}\n[x]\n{known}\n")), Clean);
    for more in [
        "[components.a]\nsource = \"evil\"",
        "[nlp.x]\n@readers = \"spacy.read_labels.v1\"",
        "[DEFAULT]\nsource = \"evil\"",
        "[nlp.x]\n@misc = \"spacy.evil.v1\"",
        "# x\r[components.a]\rfactory = \"evil\"",
        "[components.a.model]\ntransformer_config = {\"trust_remote_code\": 1}",
    ] {
        assert_eq!(pipeline(&format!("{plain}\n{more}\n")), Unknown, "{more}");
    }
    assert_eq!(pipeline(&plain.replace("\"en\"", "\"evil\"")), Unknown);
    let labels = "[initialize.components.ner.labels]\n@readers = \"spacy.read_labels.v1\"\n";
    assert_eq!(pipeline(&format!("{plain}\n{labels}")), Clean);
    let held = Folder(BTreeMap::from([("default_config.cfg", Vec::new()), ("x.py", Vec::new())]));
    let bytes = plain.replace("spacy.T", "mine.T");
    assert!(inspect_in("config.cfg", &SliceBytes(bytes.as_bytes()), &held).is_none());
}

#[test]
fn models_of_triton_are_judged_by_their_backend() {
    let of = |text: &str| verdict(&[("config.pbtxt", text)]);
    assert_eq!(
        of("name: \"net\" # a\nbackend: \"onnxruntime\"\ninput [{ name: \"x\" dims: [1, 2] }]"),
        Clean
    );
    assert_eq!(of("name: \"net\"\nplatform: 'ensemble'"), Clean);
    assert_eq!(of("name: \"net\"\nbackend: \"python\""), Unknown);
    assert_eq!(of("name: \"n\" model_operations { op_library_filename: \"x.so\" }"), Malicious);
    assert_eq!(of("name: \"n\" default_model_filename: \"../x\""), Malicious);
    assert_eq!(of("name: \"n\" input {"), Malformed);
    for more in [
        "parameters { key: \"session_options.register_custom_ops_library\" value { string_value: \"x.so\" } }",
        "parameters: [ { key: \"EXECUTION_ENV_PA\" \"TH\" value: {string_value: \"/x\"} } ]",
        "optimization { execution_accelerators { gpu_execution_accelerator: [ { name: \"tensorrt\" parameters { key: \"trt_engine_cache_path\" value: \"/x\" } } ] } }",
        "17: \"python\"",
        "model_repository_agents { agents [ { name: \"x\" } ] }",
    ] {
        assert_eq!(of(&format!("name: \"n\" {more}")), Unknown, "{more}");
    }
    assert_eq!(
        of("name: \"n\" model_warmup { inputs { value { input_data_file: \"../x\" } } }"),
        Malicious
    );
    assert_eq!(
        of("parameters { key: \"intra_op_thread_count\" value { string_value: \"2\" } }"),
        Clean
    );
    assert_eq!(verdict(&[("a/1/model.py", "x = 1")]), Unknown);
    assert_eq!(verdict(&[("a/1/model.py", "exec('1')")]), Malicious);
    let code = ("1/model.py", "import os\nos.system('x')");
    assert_eq!(verdict(&[("config.pbtxt", "name: \"n\""), code]), Malicious);
}

#[test]
fn settings_that_build_objects_are_judged_by_what_they_name() {
    let of = |text: &str| verdict(&[("m.yaml", text)]);
    assert_eq!(of("optimizer:\n  _target_: torch.optim.AdamW\n"), Clean);
    assert_eq!(of("_target_: helpers.Net\n"), Unknown);
    assert_eq!(of("_target_: builtins.exec\n"), Malicious);
    assert_eq!(of("a: !!python/object/apply:os.system ['true']\n"), Malicious);
    assert!(inspect("m.yaml", &SliceBytes(b"model:\n  layers: 3\n")).is_none());
    for text in [
        "!!%70ython/object/apply:os.system ['id']\n",
        "!!python%2Fobject/apply:os.system ['id']\n",
        "%TAG !e! tag:yaml.org,2002:pyth\n---\n!e!on/object/apply:os.system ['id']\n",
        "m:\n  \"\\x5ftarget_\": os.system\n",
        "m: {_target_ : os.system}\n",
        "m:\n  ? _target_\n  : torch.hub.load\n",
    ] {
        assert_eq!(of(text), Malicious, "{text}");
    }
    assert_eq!(of("a: !!python/name:material.emoji.twemoji ''\n"), Unknown);
    assert_eq!(of("a: !!python/name:os.system ''\n"), Malicious);
    assert_eq!(of("a: !!python/module:os ''\n"), Malicious);
    assert_eq!(of("a: !!python/object/new:x.Y []\n"), Malicious);
    assert!(inspect("m.yaml", &SliceBytes(b"a: !!python/tuple [1]\n")).is_none());
    let late = format!("a: {}\nb: !!python/object/apply:os.system ['id']\n", "A".repeat(200_000));
    assert_eq!(of(&late), Malicious);
    assert_eq!(of(&late.replace(&"A".repeat(100), &"A".repeat(1000))), Undecided);
    assert!(inspect("m.yaml", &SliceBytes(b"a: \"\\x41 _target_\"\n")).is_none());
    let of = |text: &str| verdict(&[("m.json", text)]);
    for text in [
        r#"{"\u0070y/reduce": [{"py/function": "os.system"}]}"#,
        r#"{"py\/object": "pandas.io.common.os.system"}"#,
        "{\"py/object\": \"os.system\", \"a\": \"\u{7f}\"}",
    ] {
        assert_eq!(of(text), Malicious, "{text}");
        assert_eq!(verdict(&[("m.jsonpickle", text)]), Malicious, "{text}");
    }
    let late = format!(r#"{{"pad": "{}", "x": {{"py/repr": "os/os"}}}}"#, "A".repeat(200_000));
    assert_eq!(of(&late), Malicious);
    assert_eq!(of(&late.replace(&"A".repeat(100), &"A".repeat(1000))), Undecided);
    assert_eq!(of(r#"{"a": {"py/object": "numpy.ndarray", "x": 1}}"#), Clean);
    assert_eq!(of(r#"{"py/object": "subprocess.Popen"}"#), Malicious);
    assert_eq!(of(r#"{"py/reduce": [{"py/type": "os.system"}]}"#), Malicious);
    assert_eq!(of(r#"{"py/object": "mine.Net", "py/state": {}}"#), Unknown);
}
