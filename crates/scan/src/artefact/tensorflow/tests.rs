//! Graphs written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Undecided, Unknown};

use crate::{bytes::SliceBytes, inspect};

fn varint(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while number > 127 {
        out.push((number & 127 | 128) as u8);
        number >>= 7;
    }
    out.push(number as u8);
    out
}

pub(super) fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

pub(super) fn bytes(field: u64, value: impl AsRef<[u8]>) -> Vec<u8> {
    let value = value.as_ref();
    [varint(field << 3 | 2), varint(value.len() as u64), value.to_vec()].concat()
}

pub(super) fn node(name: &str, operation: &str, more: &[u8]) -> Vec<u8> {
    [bytes(1, name), bytes(2, operation), more.to_vec()].concat()
}

pub(super) fn attribute(key: &str, value: &[u8]) -> Vec<u8> {
    bytes(5, [bytes(1, key), bytes(2, value)].concat())
}

fn constant(name: &str, text: &str) -> Vec<u8> {
    let tensor = [number(1, 7), bytes(2, []), bytes(8, text)].concat();
    node(name, "Const", &attribute("value", &bytes(8, tensor)))
}

pub(super) fn graph(nodes: &[Vec<u8>]) -> Vec<u8> {
    let nodes: Vec<u8> = nodes.iter().flat_map(|node| bytes(1, node)).collect();
    [nodes, bytes(4, number(1, 1087))].concat()
}

fn saved(graph: &[u8], more: &[u8]) -> Vec<u8> {
    let meta = [bytes(1, bytes(4, "serve")), bytes(2, graph), more.to_vec()].concat();
    [number(1, 1), bytes(2, meta)].concat()
}

pub(super) fn verdict(path: &str, content: &[u8]) -> ArtefactVerdict {
    inspect(path, &SliceBytes(content)).unwrap().verdict
}

#[test]
fn every_kind_of_graph_is_told_by_its_content() {
    let plain = graph(&[node("x", "Placeholder", &[]), node("y", "Relu", &bytes(3, "x"))]);
    let meta =
        [bytes(1, [bytes(4, "serve"), bytes(5, "2.15.0")].concat()), bytes(2, &plain)].concat();
    for (path, content, format) in [
        ("m.pb", plain.clone(), "tensorflow-graph"),
        ("m", plain.clone(), "tensorflow-graph"),
        (
            "m.pb",
            [bytes(2, bytes(1, bytes(1, bytes(1, "f")))), plain.clone()].concat(),
            "tensorflow-graph",
        ),
        ("m.meta", meta, "tensorflow-meta-graph"),
        ("a/saved_model.pb", saved(&plain, &[]), "tensorflow-saved-model"),
        ("m.bin", saved(&plain, &[]), "tensorflow-saved-model"),
        ("a/fingerprint.pb", number(1, 7), "tensorflow-fingerprint"),
        ("a/tfhub_module.pb", number(1, 3), "tensorflow-hub-module"),
    ] {
        let artefact = inspect(path, &SliceBytes(&content)).unwrap();
        assert_eq!((artefact.format.as_str(), artefact.verdict), (format, Clean), "{path}");
    }
}

#[test]
fn operations_are_known_or_not() {
    for (operation, expected) in [
        ("MatMul", Clean),
        ("AssignVariableOp", Clean),
        ("PyFunc", Malicious),
        ("WriteFile", Malicious),
        ("TFRecordDatasetV2", Malicious),
        ("DebugIdentityV2", Malicious),
        ("MyOwn>Operation", Unknown),
        ("LookupTableFindV2", Clean),
        ("InitializeTableFromTextFileV2", Unknown),
        ("MergeV2Checkpoints", Unknown),
        ("", Malformed),
    ] {
        let graph = graph(&[node("x", "NoOp", &[]), node("y", operation, &[])]);
        assert_eq!(verdict("m.pb", &graph), expected, "{operation}");
        assert_eq!(verdict("saved_model.pb", &saved(&graph, &[])), verdict("m.pb", &graph));
    }
}

#[test]
fn saving_is_allowed_where_the_caller_says_the_place() {
    let save = |text| graph(&[constant("c", text), node("s", "SaveV2", &bytes(3, "c"))]);
    assert_eq!(verdict("m.pb", &save("weights")), Unknown);
    assert_eq!(verdict("m.pb", &save("model")), Clean);
    let given = graph(&[
        constant("c", "_temp/part"),
        node("p", "PlaceholderWithDefault", &bytes(3, "c")),
        node("s", "SaveV2", &bytes(3, "p")),
    ]);
    assert_eq!(verdict("m.pb", &given), Clean);
    assert_eq!(verdict("m.pb", &save("/.")), Malicious);
    for path in ["/home/x/.profile", "s3://x/y", "~/y", "a/../../b"] {
        assert_eq!(verdict("m.pb", &save(path)), Malicious, "{path}");
    }
    let asset = |name: &str| bytes(6, [bytes(1, bytes(1, "c:0")), bytes(2, name)].concat());
    let table = |name: &str, path: &str| {
        let inputs = [bytes(3, "h"), bytes(3, name)].concat();
        let fill = node("t", "InitializeTableFromTextFileV2", &inputs);
        graph(&[constant("c", path), node("p", "Placeholder", &[]), fill])
    };
    let read = table("c", "/tmp/made/words.txt");
    assert_eq!(verdict("saved_model.pb", &saved(&read, &[])), Malicious);
    assert_eq!(verdict("saved_model.pb", &saved(&read, &asset("words.txt"))), Clean);
    assert_eq!(verdict("saved_model.pb", &saved(&read, &asset("../words.txt"))), Malicious);
    assert_eq!(verdict("saved_model.pb", &saved(&read, &asset("others.txt"))), Malicious);
    let system = table("c", "/etc/passwd");
    assert_eq!(verdict("saved_model.pb", &saved(&system, &asset("passwd"))), Malicious);
    let made = table("c", "/home/x/out/.temp/words.txt");
    assert_eq!(verdict("saved_model.pb", &saved(&made, &asset("words.txt"))), Clean);
    for path in ["/home/x/.ssh/words.txt", "http://host/words.txt"] {
        let read = table("c", path);
        assert_eq!(verdict("saved_model.pb", &saved(&read, &asset("words.txt"))), Malicious);
    }
    assert_eq!(verdict("m.pb", &table("p", "/etc/passwd")), Clean);
    // Through a variable comes what was assigned to it, unless its handle goes elsewhere.
    let variable = |more: &[u8]| {
        let both = |a, b| [bytes(3, a), bytes(3, b)].concat();
        let nodes = [
            node("p", "Placeholder", &[]),
            constant("c", "other.txt"),
            node("v", "VarHandleOp", &[]),
            node("a", "AssignVariableOp", &both("v", "p")),
            node("r", "ReadVariableOp", &bytes(3, "v")),
            node("t", "InitializeTableFromTextFileV2", &both("h", "r")),
        ];
        [graph(&nodes), more.to_vec()].concat()
    };
    let more = |name, operation, inputs: &[&str]| {
        let inputs: Vec<u8> = inputs.iter().flat_map(|input| bytes(3, input)).collect();
        verdict("m.pb", &variable(&bytes(1, node(name, operation, &inputs))))
    };
    assert_eq!(verdict("m.pb", &variable(&[])), Clean);
    assert_eq!(more("i", "VarIsInitializedOp", &["v"]), Clean);
    assert_eq!(more("b", "AssignVariableOp", &["v", "c"]), Unknown);
    assert_eq!(more("i", "Identity", &["v"]), Unknown);
    assert_eq!(verdict("m.pb", &table("c", "words.txt")), Unknown);
    // What another operation is given is none of the places of files.
    let other = table("c", "/tmp/words.txt");
    let saves = [other, bytes(1, node("s", "SaveV2", &bytes(3, "p")))].concat();
    assert_eq!(verdict("saved_model.pb", &saved(&saves, &asset("words.txt"))), Clean);
}

#[test]
fn functions_attributes_and_constants_are_looked_at() {
    let function = |name: &str, node: &[u8]| {
        bytes(2, bytes(1, [bytes(1, bytes(1, name)), bytes(3, node)].concat()))
    };
    let call = graph(&[node("c", "helper", &[])]);
    let with =
        |name, inner: &[u8]| verdict("m.pb", &[call.clone(), function(name, inner)].concat());
    assert_eq!(with("helper", &node("n", "Relu", &[])), Clean);
    assert_eq!(with("helper", &node("n", "ReadFile", &[])), Malicious);
    assert_eq!(with("Relu", &node("n", "Neg", &[])), Unknown);
    let gradient = bytes(2, bytes(2, [bytes(1, "helper"), bytes(2, "WriteFile")].concat()));
    assert_eq!(verdict("m.pb", &[graph(&[node("n", "NoOp", &[])]), gradient].concat()), Malicious);
    let by_name =
        graph(&[node("n", "PartitionedCall", &attribute("f", &bytes(10, bytes(1, "ReadFile"))))]);
    assert_eq!(verdict("m.pb", &by_name), Malicious);
    let print =
        |place: &str| graph(&[node("p", "PrintV2", &attribute("output_stream", &bytes(2, place)))]);
    assert_eq!(verdict("m.pb", &print("stderr")), Clean);
    assert_eq!(verdict("m.pb", &print("file:///tmp/x")), Malicious);
    let shape = |size: u64| bytes(2, bytes(2, number(1, size)));
    let holds = |size, content: &[u8]| {
        let tensor = [number(1, 1), shape(size), bytes(4, content)].concat();
        verdict("m.pb", &graph(&[node("c", "Const", &attribute("value", &bytes(8, tensor)))]))
    };
    assert_eq!((holds(2, &[0; 8]), holds(2, &[0; 4])), (Clean, Malformed));
    assert_eq!((holds(1 << 50, &[]), holds(u64::MAX, &[])), (Malformed, Malformed));
    let evil = "\u{7f}ELF";
    assert_eq!(verdict("m.pb", &graph(&[constant("c", evil)])), Malicious);
}

#[test]
fn descriptions_of_keras_are_read() {
    let object = |text: &str| {
        let node = [number(2, 1), bytes(3, "root"), bytes(4, "_tf_keras_layer"), bytes(5, text)];
        bytes(1, node.concat())
    };
    let dense = r#"{"class_name": "Dense", "config": {"activation": "relu"}}"#;
    let code = r#"{"class_name": "Lambda", "config": {"function": ["4wE=", null, null], "function_type": "lambda"}}"#;
    assert_eq!(verdict("keras_metadata.pb", &object(dense)), Clean);
    assert_eq!(verdict("keras_metadata.pb", &object(code)), Malicious);
}

#[test]
fn text_is_never_clean() {
    let text =
        |name| format!("meta_graphs {{ graph_def {{ node {{ name: \"x\" op: \"{name}\" }} }} }}");
    assert_eq!(verdict("saved_model.pbtxt", text("Relu").as_bytes()), Undecided);
    assert_eq!(verdict("saved_model.pbtxt", text("ReadFile").as_bytes()), Malicious);
    assert_eq!(verdict("g.pbtxt", text("Own").as_bytes()), Unknown);
}

#[test]
fn places_of_files_are_followed_through_joins_and_functions() {
    let join = |separator: &str| {
        let more = [bytes(3, "p"), bytes(3, "c"), attribute("separator", &bytes(2, separator))];
        let join = node("j", "StringJoin", &more.concat());
        let save = node("s", "SaveV2", &bytes(3, "j:0"));
        graph(&[constant("c", "_temp/part"), node("p", "Placeholder", &[]), join, save])
    };
    assert_eq!(verdict("m.pb", &join("")), Clean);
    assert_eq!(verdict("m.pb", &join("/x/")), Unknown);
    let text = |held: &str| {
        let body =
            [node("i", "Identity", &bytes(3, "a")), node("s", "SaveV2", &bytes(3, "i:output:0"))];
        let body: Vec<u8> = body.iter().flat_map(|node| bytes(3, node)).collect();
        let signature = [bytes(1, "f"), bytes(2, bytes(1, "a"))].concat();
        let function = bytes(2, bytes(1, [bytes(1, signature), body].concat()));
        let name = attribute("f", &bytes(10, bytes(1, "f")));
        let call = node("n", "PartitionedCall", &[bytes(3, "c"), name].concat());
        [graph(&[constant("c", held), call]), function].concat()
    };
    assert_eq!(verdict("m.pb", &text("model")), Clean);
    assert_eq!(verdict("m.pb", &text("weights")), Unknown);
    assert_eq!(verdict("m.pb", &text("/home/x/.profile")), Malicious);
    let made = graph(&[
        node("c", "Const", &[]),
        node("u", "UnicodeEncode", &bytes(3, "c")),
        node("s", "SaveV2", &bytes(3, "u")),
    ]);
    assert_eq!(verdict("m.pb", &made), Unknown);
}

#[test]
fn what_reaches_beyond_the_graph_is_not_clean() {
    let with = |operation: &str, key: &str, value: &str| {
        verdict("m.pb", &graph(&[node("x", operation, &attribute(key, &bytes(2, value)))]))
    };
    assert_eq!(with("RecordInput", "file_pattern", "/home/*/.ssh/id_rsa"), Malicious);
    assert_eq!(with("FixedUnigramCandidateSampler", "vocab_file", "words.txt"), Unknown);
    assert_eq!(with("ImmutableConst", "memory_region_name", "/etc/passwd"), Malicious);
    assert_eq!(with("EncodeProto", "descriptor_source", "local://"), Clean);
    assert_eq!(with("DecodeProtoV2", "descriptor_source", "words.pb"), Unknown);
    assert_eq!(with("DecodeProtoV2", "descriptor_source", "/etc/passwd"), Malicious);
    assert_eq!(with("Abort", "error_msg", "x"), Unknown);
    assert_eq!(with("Relu", "anything", "s3://bucket/x"), Unknown);
    assert_eq!(with("VarHandleOp", "shared_name", "table_/a/../b"), Clean);
    let call = |key: &str, value: &[u8]| {
        let node = node("x", "PartitionedCall", &attribute(key, &bytes(2, value)));
        verdict("m.pb", &graph(&[node]))
    };
    assert_eq!(call("config_proto", &[0x0a, 7, 0x0a, 3, b'C', b'P', b'U', 0x10, 1]), Clean);
    assert_eq!(call("config_proto", b"grpc://host:1"), Malformed);
    assert_eq!(call("config_proto", &bytes(14, bytes(1, bytes(1, "worker")))), Unknown);
    assert_eq!(call("executor_type", b"MINE"), Unknown);
    let device = |device: &str| verdict("m.pb", &graph(&[node("x", "Relu", &bytes(4, device))]));
    assert_eq!(device("/device:GPU:0"), Clean);
    assert_eq!(device("/job:localhost/replica:0/task:0/device:CPU:0"), Clean);
    assert_eq!(device("/job:worker/task:0"), Unknown);
}

#[test]
fn graphs_of_other_libraries_are_none() {
    let other = b"node {\n  calculator: \"PassThroughCalculator\"\n  options: 1\n}";
    let artefact = inspect("m.pbtxt", &SliceBytes(other));
    assert!(artefact.is_none_or(|artefact| artefact.format != "tensorflow-text"));
}
