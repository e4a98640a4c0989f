//! Archives written by hand.

use coseal_core::fact::{
    Artefact,
    ArtefactVerdict::{self, Clean, Malformed, Malicious, Undecided, Unknown},
};

use crate::{
    artefact::registry::torch::tests::{EVIL, OBJECT, STORAGE, archive as zip},
    bytes::SliceBytes,
    inspect, inspect_anyway,
};

/// An honest pickle.
const GOOD: &[u8] =
    b"\x80\x02}(X\x07\0\0\0weights](G?\xe0\0\0\0\0\0\0G\xbf\xd0\0\0\0\0\0\0eX\x04\0\0\0biasK\x01u.";
/// The beginning of a program.
const ELF: &[u8] = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\0\0\0\0";

/// A member of a tar archive: name, kind, target of a link, data.
type Part<'a> = (&'a str, u8, &'a str, &'a [u8]);

fn file<'a>(name: &'a str, data: &'a [u8]) -> Part<'a> {
    (name, b'0', "", data)
}

/// The header of a member, its checksum right.
fn header(name: &str, kind: u8, link: &str, size: usize) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..107].copy_from_slice(b"0000644");
    header[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
    header[156] = kind;
    header[157..157 + link.len()].copy_from_slice(link.as_bytes());
    header[257..265].copy_from_slice(b"ustar\x0000");
    summed(header)
}

fn summed(mut header: Vec<u8>) -> Vec<u8> {
    header[148..156].copy_from_slice(b"        ");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

fn padded(mut data: Vec<u8>) -> Vec<u8> {
    data.resize(data.len().div_ceil(512) * 512, 0);
    data
}

/// An archive without its end.
fn open_tar(parts: &[Part<'_>]) -> Vec<u8> {
    let member = |(name, kind, link, data): &Part<'_>| {
        [header(name, *kind, link, data.len()), padded(data.to_vec())].concat()
    };
    parts.iter().flat_map(member).collect()
}

fn tar(parts: &[Part<'_>]) -> Vec<u8> {
    [open_tar(parts), vec![0; 1024]].concat()
}

fn gzip(data: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn torch() -> Vec<u8> {
    zip(&[("m/data.pkl", OBJECT), ("m/data/0", STORAGE), ("m/version", b"3\n")]).0
}

fn bad_torch() -> Vec<u8> {
    zip(&[("m/data.pkl", EVIL), ("m/version", b"3\n")]).0
}

fn read(path: &str, bytes: &[u8]) -> Artefact {
    inspect_anyway(path, &SliceBytes(bytes))
}

fn verdict(path: &str, bytes: &[u8]) -> ArtefactVerdict {
    read(path, bytes).verdict
}

#[test]
fn honest_archives_are_clean() {
    let model = torch();
    let text = b"# A model\n";
    let bytes =
        tar(&[file("m/model.pt", &model), file("m/README.md", text), file("m/a.pkl", GOOD)]);
    let links = [file("s/blobs/1", GOOD), ("s/snapshots/m.pkl", b'2', "../blobs/1", b"")];
    for (path, bytes) in [
        ("model.tar", bytes.clone()),
        ("x.tar", bytes.clone()),
        ("model.tar.gz", gzip(&bytes)),
        ("model.zip", zip(&[("model.pt", &model), ("README.md", text)]).0),
        ("link.tar", tar(&[&links[..], &[file("s/a.pkl", GOOD)]].concat())),
    ] {
        let artefact = read(path, &bytes);
        assert_eq!(artefact.verdict, Clean, "{path}: {artefact:#?}");
        assert!(artefact.coverage.complete, "{path}");
    }
    assert_eq!(read("x.tar", &bytes).measures["models"], "2");
}

#[test]
fn hostile_members_are_found_at_any_depth() {
    let bad = bad_torch();
    let inner = tar(&[file("a/b.pkl", EVIL)]);
    let packed = gzip(&inner);
    let zipped = zip(&[("notes", EVIL)]).0;
    for (path, bytes) in [
        ("x.tar", tar(&[file("a.pkl", EVIL)])),
        ("x.tar", tar(&[file("notes.txt", EVIL)])),
        ("x.tar", tar(&[file("m.pt", &bad)])),
        ("x.tar", tar(&[file("m", &inner)])),
        ("x.tar", tar(&[file("m.tgz", &packed)])),
        ("x.zip", zip(&[("m.tar", &inner)]).0),
        ("x.zip", zip(&[("m.zip", &zipped)]).0),
        ("x.tgz", packed.clone()),
        ("x.tar", open_tar(&[file("a.pkl", EVIL)])),
        ("x.tar", [tar(&[file("a.pkl", GOOD)]), tar(&[file("b.pkl", EVIL)])].concat()),
        ("x.tar", [tar(&[file("a.pkl", GOOD)]), EVIL.to_vec()].concat()),
        ("x.tar", tar(&[file("a.pkl", GOOD), file("a.pkl", EVIL)])),
        ("x.tar", tar(&[("a.pkl", b'7', "", EVIL)])),
        ("x.tar", tar(&[("a.pkl", b'Z', "", EVIL)])),
        ("x.tar", tar(&[("a.pkl", b'S', "", EVIL)])),
        ("x.tar", tar(&[("././@LongLink", b'L', "", b"long/name.pkl\0"), file("x", EVIL)])),
        ("x.tar", tar(&[("p", b'x', "", b"21 path=pax/name.pkl\n"), file("x", EVIL)])),
        ("m.pt", tar(&[file("a", EVIL)])),
        ("m.safetensors.tar", tar(&[file("a", EVIL)])),
    ] {
        let artefact = read(path, &bytes);
        assert_eq!(artefact.verdict, Malicious, "{path}: {artefact:#?}");
        assert!(inspect(path, &SliceBytes(&bytes)).is_some(), "{path}");
    }
}

#[test]
fn names_and_links_that_lead_out_are_found() {
    for (bytes, expected) in [
        (tar(&[file("../x", b"x")]), Malicious),
        (tar(&[file("a/../../x", b"x")]), Malicious),
        (tar(&[file("..\\x", b"x")]), Malicious),
        (tar(&[file("/tmp/x", b"x")]), Unknown),
        (tar(&[file("C:\\x", b"x")]), Unknown),
        (tar(&[("a", b'2', "/etc", b""), file("a/x", b"x")]), Unknown),
        (tar(&[("a", b'2', "../..", b"")]), Malicious),
        (tar(&[("a", b'1', "../x", b"")]), Malicious),
        (tar(&[("a", b'1', "/etc/passwd", b"")]), Unknown),
        (tar(&[("a", b'3', "", b"")]), Unknown),
        (tar(&[("a", b'6', "", b"")]), Unknown),
        (tar(&[("l", b'K', "", b"../../etc/passwd\0"), ("a", b'2', "x", b"")]), Malicious),
        (tar(&[("p", b'x', "", b"16 path=../../x\n"), file("x", b"x")]), Malicious),
        (tar(&[("p", b'x', "", b"20 linkpath=../../x\n"), ("x", b'2', "y", b"")]), Malicious),
        (tar(&[("d", b'2', "e", b""), file("d/a.pkl", GOOD)]), Malformed),
    ] {
        let artefact = read("x.tar", &bytes);
        assert_eq!(artefact.verdict, expected, "{artefact:#?}");
        assert!(inspect("x.tar", &SliceBytes(&bytes)).is_some());
    }
    let climbs = zip(&[("../m.pkl", GOOD)]).0;
    assert_eq!(verdict("x.zip", &climbs), Malicious);
}

#[test]
fn what_readers_disagree_on_is_never_clean() {
    let good = tar(&[file("a.pkl", GOOD)]);
    let changed = |change: fn(&mut Vec<u8>)| {
        let mut start = good[..512].to_vec();
        change(&mut start);
        [start, good[512..].to_vec()].concat()
    };
    for bytes in [
        changed(|header| header[150] ^= 1),
        changed(|header| *header = self::header("a.pkl", b'0', "", 1 << 30)),
        changed(|header| {
            header[124..136].fill(0xff);
            *header = summed(header.clone());
        }),
        changed(|header| {
            header[257..265].copy_from_slice(b"ustar  \0");
            header[345..347].copy_from_slice(b"..");
            *header = summed(header.clone());
        }),
        tar(&[file("a.pkl", GOOD), file("A.pkl", GOOD)]),
        tar(&[("p", b'x', "", b"12 size=512\n"), file("a.pkl", GOOD)]),
        tar(&[("p", b'x', "", b"99 path=x\n"), file("a.pkl", GOOD)]),
        tar(&[("p", b'g', "", b"13 path=a.pt\n"), file("a.pkl", GOOD)]),
        tar(&[("a", b'5', "", GOOD), file("a.pkl", GOOD)]),
        tar(&[("a.pkl", b'S', "", GOOD)]),
        [good.clone(), tar(&[file("b.pkl", GOOD)])].concat(),
        [good.clone(), vec![7; 700]].concat(),
        tar(&[file("a.pkl", GOOD), ("p", b'x', "", &[b'9'; 40])]),
        good[..540].to_vec(),
    ] {
        assert_ne!(verdict("model.tar", &bytes), Clean, "{:#?}", read("model.tar", &bytes));
        assert_ne!(inspect("x.tar", &SliceBytes(&bytes)).map(|found| found.verdict), Some(Clean));
    }
}

#[test]
fn code_and_programs_beside_models_are_said() {
    for (name, data, expected) in [
        ("code/inference.py", b"import os\nos.system('x')\n".as_slice(), Malicious),
        ("handler.py", b"def handle(x): return x\n", Unknown),
        ("lib.so", ELF, Unknown),
        ("tool", ELF, Unknown),
        ("run", b"#!/bin/sh\nls\n", Unknown),
        ("weights.bin", ELF, Unknown),
        ("requirements.txt", b"--index-url http://127.0.0.1:9/\nx\n", Unknown),
        ("requirements.txt", b"x @ https://127.0.0.1/x.whl\n", Unknown),
        ("requirements.txt", b"numpy==1.26\n", Clean),
        ("config.yaml", b"a: 1\n", Clean),
    ] {
        let artefact = read("x.tar", &tar(&[file("m.pkl", GOOD), file(name, data)]));
        assert_eq!(artefact.verdict, expected, "{name} {artefact:#?}");
        let artefact = read("x.zip", &zip(&[("m.pkl", GOOD), (name, data)]).0);
        assert_eq!(artefact.verdict, expected, "{name} {artefact:#?}");
    }
}

#[test]
fn packages_of_servers_are_read() {
    let (good, bad) = (torch(), bad_torch());
    let package = |model: &str, weights: &[u8], more: (&str, &[u8])| {
        let name = r#""modelName": "m", "serializedFile": "model.pt""#;
        let manifest = format!(r#"{{"model": {{{name}, "handler": {model}}}}}"#);
        let parts = [("MAR-INF/MANIFEST.json", manifest.as_bytes()), ("model.pt", weights), more];
        let artefact = read("m.mar", &zip(&parts).0);
        assert_eq!(artefact.format, "torch-serve");
        artefact.verdict
    };
    let none = ("index_to_name.json", b"{}".as_slice());
    let own = r#""image_classifier""#;
    assert_eq!(package(own, &good, none), Clean);
    assert_eq!(package(own, &bad, none), Malicious);
    assert_eq!(package(r#""h.py""#, &good, ("h.py", b"x = 1\n")), Unknown);
    assert_eq!(
        package(r#""h.py""#, &good, ("h.py", b"import subprocess\nsubprocess.run(1)\n")),
        Malicious
    );
    assert_eq!(package(r#""/tmp/h.py:run""#, &good, none), Unknown);
    assert_eq!(package(r#""image_classifier", "envelope": "mine""#, &good, none), Unknown);
    assert_eq!(package(r#""image_classifier", "handler": "x.py""#, &good, none), Unknown);
    let needs = r#""image_classifier", "requirementsFile": "requirements.txt""#;
    let elsewhere = ("requirements.txt", b"-i http://127.0.0.1/\n".as_slice());
    assert_eq!(package(needs, &good, elsewhere), Unknown);
    assert_eq!(package(needs, &good, none), Malformed);
}

#[test]
fn packages_of_nemo_are_read_for_what_is_built() {
    let (good, bad) = (torch(), bad_torch());
    let package = |settings: &str, weights: &[u8]| {
        let settings = file("./model_config.yaml", settings.as_bytes());
        let bytes = tar(&[settings, file("./model_weights.ckpt", weights)]);
        let plain = verdict("m.nemo", &bytes);
        assert_eq!(verdict("m.nemo", &gzip(&bytes)), plain);
        plain
    };
    let known = "encoder:\n  _target_: nemo.collections.asr.modules.ConvASREncoder\n";
    assert_eq!(package(known, &good), Clean);
    assert_eq!(package(known, &bad), Malicious);
    for (settings, expected) in [
        ("_target_: os.system", Malicious),
        ("a: {_target_: subprocess.Popen, args: [x]}", Malicious),
        ("_target_: builtins.eval", Malicious),
        ("_target_: torch.load", Malicious),
        ("_target_: hydra.utils.instantiate", Malicious),
        ("target: torch.hub.load", Malicious),
        ("_target_: nemo.collections.asr.modules.os.system", Malicious),
        ("_target_: nemo.collections.asr.modules._evil.Thing", Unknown),
        ("_target_: nemo.utils.Thing", Unknown),
        ("_target_: mine.Thing", Unknown),
        ("_target_:\n  os.system", Malicious),
        ("_target_: &a os.system", Malicious),
        ("? _target_\n: os.system", Malicious),
        ("\"\\x5ftarget_\": os.system", Malicious),
        ("a: {? \"_tar\\\n  get_\" : os.system, x: 1}", Malicious),
        ("x: &a mine\n_target_: *a", Unknown),
        ("a: !!python/object/apply:os.system [x]", Malicious),
        ("a: [", Undecided),
        ("a: ${oc.env:HOME}", Unknown),
        ("a: ${eval:1+1}", Malicious),
    ] {
        assert_eq!(package(settings, &good), expected, "{settings}");
    }
}

#[test]
fn images_of_containers_are_read_layer_by_layer() {
    let root = |model: &[u8]| {
        tar(&[
            file("etc/os-release", b"ID=x\n"),
            file("usr/bin/ls", ELF),
            ("bin", b'2', "/usr/bin", b""),
            ("dev/null", b'3', "", b""),
            file("a/.wh.old", b""),
            file("srv/model.pkl", model),
        ])
    };
    let (good, bad) = (root(GOOD), root(EVIL));
    let (good_packed, bad_packed) = (gzip(&good), gzip(&bad));
    let oci = |layer: &[u8]| {
        let layout = file("oci-layout", b"{\"imageLayoutVersion\":\"1.0.0\"}");
        tar(&[layout, file("index.json", b"{}"), file("blobs/sha256/ab", layer)])
    };
    let saved = |layer: &[u8]| tar(&[file("manifest.json", b"[]"), file("ab/layer.tar", layer)]);
    for (image, expected) in [
        (oci(&good), Clean),
        (oci(&good_packed), Clean),
        (saved(&good), Clean),
        (oci(&bad), Malicious),
        (oci(&bad_packed), Malicious),
        (saved(&bad), Malicious),
        (saved(&bad_packed), Malicious),
        (oci(&tar(&[file("../../x", b"x")])), Malicious),
        (oci(&bad_packed[..bad_packed.len() - 9]), Malicious),
        (oci(&good_packed[..good_packed.len() - 9]), Malformed),
    ] {
        let artefact = read("image.tar", &image);
        assert_eq!(artefact.verdict, expected, "{artefact:#?}");
    }
    let blob = format!("image/blobs/sha256/{}", "0a".repeat(32));
    assert_eq!(verdict(&blob, &good_packed), Clean);
    assert_eq!(verdict(&blob, &bad_packed), Malicious);
}

#[test]
fn the_oldest_archives_of_torch_are_read_part_by_part() {
    let object = b"\x80\x02}(X\x06\0\0\0weightX\x01\0\0\x000Qu.".as_slice();
    let class = b"\x80\x02K\x01.\x80\x02K\0X\x03\0\0\0cpuctorch\nFloatStorage\n\x87.".to_vec();
    let numbers = [2_u64, 0].map(u64::to_le_bytes).concat();
    let storages = [&class[..], &numbers, b"\x80\x02](e."].concat();
    let class = b"\x80\x02K\x01.\x80\x02K\0K\0ctorch\nFloatTensor\n\x87.".to_vec();
    let tensors = [class, [1_u64, 2, 1, 0].map(u64::to_le_bytes).concat()].concat();
    let model = |pickle: &[u8], storages: &[u8], tensors: &[u8]| {
        let parts = [file("pickle", pickle), file("storages", storages), file("tensors", tensors)];
        let artefact = read("m.pt", &tar(&parts));
        assert_eq!(artefact.format, "torch-tar");
        artefact.verdict
    };
    assert_eq!(model(object, &storages, &tensors), Clean);
    assert_eq!(model(EVIL, &storages, &tensors), Malicious);
    assert_eq!(model(object, EVIL, &tensors), Malicious);
    assert_eq!(model(object, &storages, EVIL), Malicious);
    assert_eq!(model(object, &[&storages, EVIL].concat(), &tensors), Malicious);
    assert_eq!(model(object, &storages, &[&tensors, EVIL].concat()), Malicious);
    assert_eq!(model(object, &storages[..storages.len() - 9], &tensors), Malformed);
    assert_eq!(model(object, &storages, &tensors[..tensors.len() - 1]), Malformed);
    // The class is called, not only named.
    let call = b"\x80\x02ctorch\nFloatTensor\nX\x01\0\0\0x\x85R.";
    assert_ne!(model(call, &storages, &tensors), Clean);
    let link = tar(&[file("pickle", object), ("storages", b'2', "/etc/passwd", b"")]);
    assert_eq!(verdict("m.pt", &link), Unknown);
}

#[test]
fn programs_are_no_models() {
    let mut windows = vec![0; 256];
    windows[..2].copy_from_slice(b"MZ");
    windows[0x3c] = 0x80;
    windows[0x80..0x84].copy_from_slice(b"PE\0\0");
    let behind = [ELF, &zip(&[("m.gguf", b"GGUF")]).0].concat();
    for (path, bytes) in [
        ("m.bin", ELF),
        ("m.pt", ELF),
        ("m.gguf", ELF),
        ("m.onnx", ELF),
        ("m.h5", &windows),
        ("m.safetensors", ELF),
        ("m.llamafile", b"MZqFpD='\n\0"),
        ("llama", &behind),
        ("m.gguf", b"#!/bin/sh\nls\n"),
    ] {
        let artefact = inspect(path, &SliceBytes(bytes)).unwrap();
        assert!(artefact.verdict >= Unknown, "{path}: {artefact:#?}");
        let found = artefact.findings.iter().any(|finding| finding.rule == "program-in-model");
        assert!(found, "{path}");
    }
    // Two letters at the start of numbers are no program, and neither is a script a model.
    assert!(inspect("m.bin", &SliceBytes(b"MZ\x90\0\x03\0\0\0")).is_none());
    assert!(inspect("run.sh", &SliceBytes(b"#!/bin/sh\nls\n")).is_none());
    assert!(inspect("libx.so", &SliceBytes(ELF)).is_none());
}

#[test]
fn an_archive_without_models_is_answered_only_where_somebody_asks() {
    let texts = tar(&[file("a/README.md", b"# notes\n"), file("a/x.c", b"int x;\n")]);
    let zipped = zip(&[("a.txt", b"x")]).0;
    for (path, bytes) in [("x.tar", &texts), ("x.tar.gz", &gzip(&texts)), ("x.zip", &zipped)] {
        assert!(inspect(path, &SliceBytes(bytes)).is_none(), "{path}");
        assert_eq!(verdict(path, bytes), Undecided, "{path}");
    }
}

#[test]
fn an_archive_is_one_with_text_in_front_and_the_longest_comment_behind() {
    for text in ["", "Read me first.\n"] {
        let mut bytes = text.repeat(1000).into_bytes();
        bytes.extend(zip(&[("a.pkl", EVIL)]).0);
        let length = bytes.len() - 2;
        bytes.truncate(length);
        bytes.extend(65_535_u16.to_le_bytes());
        bytes.extend(vec![b'.'; 65_535]);
        for path in ["m.zip", "m.mar", "m.nemo", "m.pt", "m.skops", "m.keras"] {
            let artefact = inspect(path, &SliceBytes(&bytes));
            let verdict = artefact.map(|artefact| artefact.verdict);
            assert_eq!(verdict, Some(Malicious), "{path} behind {text:?}");
        }
    }
}

#[test]
fn settings_are_read_with_what_lies_beside_them() {
    let settings = b"flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    model_path: model.pkl\n  sklearn:\n    pickled_model: model.pkl\n";
    let honest: [(&str, &[u8]); 2] = [("m/MLmodel", settings), ("m/model.pkl", GOOD)];
    let listed = b"--extra-index-url http://192.0.2.1/simple\nscikit-learn\n";
    let elsewhere: [(&str, &[u8]); 3] =
        [honest[0], honest[1], ("m/requirements.txt", listed.as_slice())];
    let module: [(&str, &[u8]); 3] =
        [honest[0], honest[1], ("m/data/pickle_module_info.txt", b"helpers")];
    let tarred = |members: &[(&str, &[u8])]| {
        tar(&members.iter().map(|(name, data)| file(name, data)).collect::<Vec<_>>())
    };
    assert_eq!(verdict("m.tar", &tarred(&honest)), Clean);
    assert_eq!(verdict("m.tar.gz", &gzip(&tarred(&honest))), Clean);
    assert_eq!(verdict("m.zip", &zip(&honest).0), Clean);
    for bad in [elsewhere, module] {
        assert_ne!(verdict("m.tar", &tarred(&bad)), Clean);
        assert_ne!(verdict("m.zip", &zip(&bad).0), Clean);
    }
}
