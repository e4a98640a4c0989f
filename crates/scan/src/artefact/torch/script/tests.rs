//! Sources and bytecode written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Unknown};

use crate::{
    artefact::{
        registry::torch::tests::{EVIL, archive},
        report::Report,
    },
    bytes::{SliceBytes, Tracked},
    inspect_anyway,
};

const NET: &[u8] = b"\x80\x02c__torch__\nNet\n)\x81}(X\x08\0\0\0training\x89ub.";
const NONE: &[u8] = b"\x80\x02).";

/// The verdict on a model of TorchScript whose `forward` has this line.
fn line(line: &str) -> ArtefactVerdict {
    let head = "class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";
    let method = "  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n    ";
    source(&format!("{head}{method}{line}\n    return x\n"))
}

fn source(source: &str) -> ArtefactVerdict {
    let members: [(&str, &[u8]); 4] = [
        ("m/data.pkl", NET),
        ("m/code/__torch__.py", source.as_bytes()),
        ("m/constants.pkl", NONE),
        ("m/version", b"3\n"),
    ];
    inspect_anyway("m.pt", &SliceBytes(&archive(&members).0)).verdict
}

#[test]
fn operators_that_compute_are_clean() {
    for text in [
        r#"y = torch.relu(torch.add(x, 1, alpha=1))"#,
        r#"y = ops.prim.NumToTensor(torch.size(x, 0))"#,
        r#"ops.prim.RaiseException(torch.format("{}", x), "builtins.ValueError")"#,
        r#"y = ops.quantized.linear(x, self.packed, 0.1, 0)"#,
        r#"y = ops.torchvision.nms(x, x, 0.5)"#,
        r#"_0 = __torch__.torch.nn.functional.relu; y = _0(x, False, )"#,
        r#"_0, _1, = torch.split(x, 2)"#,
        r#"y = (getattr(self, "0")).forward(x, )"#,
        r#"y = annotate(List[int], [])  # os.system"#,
        r#"y = unchecked_cast(Tensor, x)"#,
        r#"y = "eval(1) torch.save""#,
        r#"for i in range(3): y = torch.mul(x, float(i))"#,
        r#"y = CONSTANTS.c0"#,
        r#"if (torch.eq(torch.len(x), 1)): print(x)"#,
        r#"y = x.save_for_later"#,
    ] {
        assert_eq!(line(text), Clean, "{text}");
    }
}

#[test]
fn what_reaches_beyond_the_model_is_malicious() {
    for text in [
        r#"y = torch.from_file("/etc/passwd", False, 9)"#,
        r#"ops.aten.save(x, "out")"#,
        r#"ops.aten.from_file("f")"#,
        r#"ops.image.read_file("/etc/passwd")"#,
        r#"ops.image.write_file("f", x)"#,
        r#"ops.torchaudio.sox_io_load_audio_file("f")"#,
        r#"ops.prim.PythonOp(x)"#,
        r#"ops . aten . save (x, "out")"#,
        r#"y = eval("1")"#,
        r#"y = __import__("os")"#,
        r#"y = x.__class__.__subclasses__()"#,
        r#"rpc_async("w", f)"#,
        r#"y = ops.rpc.remote("w")"#,
        "y = torch.from_file  \\\n      (\"f\")",
        r#"_0 = torch.from_file"#,
    ] {
        assert_eq!(line(text), Malicious, "{text}");
    }
}

#[test]
fn operators_that_are_not_known_are_said() {
    for text in [
        r#"y = ops.mine.run(x)"#,
        r#"y = torch.frobnicate(x)"#,
        r#"y = ops.aten.frobnicate(x)"#,
        r#"y = torch"#,
        r#"y = getattr(torch, "from_" + "file")("f")"#,
        r#"y = ops.aten"#,
        r#"y = ops"#,
        r#"y = torch.ops.aten.relu(x)"#,
        r#"y = frobnicate(x)"#,
        r#"y = annotate(__torch__.torch.classes.mine.Runner, x)"#,
        r#"y = annotate(__torch__.torch.classes.dist_rpc.WorkerInfo, x)"#,
        r#"y = torch._nested_view_from_buffer(x, x, x, x)"#,
        r#"y = ops.tensorrt.execute_engine(x, x)"#,
        r#"y = torch.set_data(x, x)"#,
    ] {
        assert_eq!(line(text), Unknown, "{text}");
    }
}

#[test]
fn what_is_no_code_is_malformed() {
    for text in ["class \u{200b}Net: pass", "x = \"open", "x = '''open", "\u{1}"] {
        assert_eq!(source(text), Malformed, "{text}");
    }
    assert_eq!(line("y = \"\"\"torch.save\n\"\"\""), Clean);
}

#[test]
fn annotations_are_code_too() {
    let text = "class Net(Module):\n  def forward(self, x: eval(\"1\")) -> Tensor:\n    return x\n";
    assert_eq!(source(text), Malicious);
}

#[test]
fn every_pickle_of_an_archive_and_its_bytecode_are_read() {
    let text = b"class Net(Module):\n  pass\n";
    let code = |name: &str| {
        let mut code = b"\x80\x02X".to_vec();
        code.extend((name.len() as u32).to_le_bytes());
        code.extend(name.bytes());
        code.extend(b"q\0.");
        code
    };
    let verdict = |name: &str, bytes: &[u8]| {
        let mut members = vec![("m/data.pkl", NET), ("m/code/__torch__.py", text), (name, bytes)];
        if name != "m/constants.pkl" {
            members.push(("m/constants.pkl", b"\x80\x02)."));
        }
        inspect_anyway("m.ptl", &SliceBytes(&archive(&members).0)).verdict
    };
    for name in ["constants.pkl", "code/__torch__.py.debug_pkl", "bytecode.pkl", "attributes.pkl"] {
        assert_eq!(verdict(&format!("m/{name}"), EVIL), Malicious, "{name}");
    }
    assert_eq!(verdict("m/bytecode.pkl", &code("aten::linear")), Clean);
    assert_eq!(verdict("m/bytecode.pkl", &code("aten::from_file")), Malicious);
    assert_eq!(verdict("m/bytecode.pkl", &code("mine::run")), Unknown);
    assert_eq!(verdict("m/bytecode.pkl", &code("a b::run")), Unknown);
}

#[test]
fn exported_programs_are_read_for_their_operators() {
    let verdict = |program: &str| {
        let members: [(&str, &[u8]); 2] =
            [("m/serialized_exported_program.json", program.as_bytes()), ("m/version", b"0")];
        inspect_anyway("m.pt2", &SliceBytes(&archive(&members).0)).verdict
    };
    let node = |target: &str| format!(r#"{{"nodes": [{{"target": "{target}", "inputs": []}}]}}"#);
    let size = |text: &str| verdict(&format!(r#"{{"expr_str": "{text}"}}"#));
    assert_eq!(verdict(&node("torch.ops.aten.linear.default")), Clean);
    assert_eq!(verdict(&node("_operator.mul")), Clean);
    assert_eq!(verdict(&node("torch.ops.aten.from_file.default")), Malicious);
    assert_eq!(verdict(&node("torch.ops.mine.run.default")), Unknown);
    assert_eq!(verdict(&node("os.system")), Unknown);
    assert_eq!(size("FloorDiv(s0, 2) + 1"), Clean);
    assert_eq!(size("__import__('os').system('x')"), Unknown);
    assert_eq!(size("eval(s0)"), Unknown);
    assert_eq!(verdict(r#"{"o": {"class_fqn": "__torch__.torch.classes.a.B"}}"#), Unknown);
    assert_eq!(verdict("{"), Malformed);
}

#[test]
fn brackets_pair_and_do_not_nest_without_end() {
    for text in ["y = (x", "y = x)", "y = [x)", "y = {1: (2}"] {
        assert_eq!(line(text), Malformed, "{text}");
    }
    let deep = |depth: usize| line(&format!("y = {}x{}", "(".repeat(depth), ")".repeat(depth)));
    assert_eq!(deep(900), Clean);
    assert_eq!(deep(200_000), ArtefactVerdict::Undecided);
    assert_eq!(
        source(&format!("def f():\n  return {}", "(".repeat(200_000))),
        ArtefactVerdict::Undecided
    );
}

#[test]
fn very_many_words_are_a_limit_that_is_named() {
    let mut report = Report::new("m.pt");
    while report.budget.step(1000).is_ok() {}
    super::source(&SliceBytes(b"def f():\n  return 1\n"), &mut report);
    assert_eq!(report.verdict(), ArtefactVerdict::Undecided);
    let artefact = report.finish("torch-script", 0, &Tracked::new(&SliceBytes(b"")));
    assert!(artefact.coverage.gaps[0].why.contains("longer than is read"));
}
