//! Streams written by hand, and what must be said of them.

use coseal_core::fact::{Artefact, ArtefactVerdict};
use proptest::prelude::*;

use super::opcode as op;
use crate::{bytes::SliceBytes, inspect, inspect_anyway};

/// A stream being written.
#[derive(Clone, Default)]
struct Stream(Vec<u8>);

impl Stream {
    /// Begins with PROTO.
    fn proto(version: u8) -> Self {
        Self(vec![op::PROTO, version])
    }

    fn op(mut self, code: u8) -> Self {
        self.0.push(code);
        self
    }

    fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }

    fn text(self, text: &str) -> Self {
        self.op(op::SHORT_BINUNICODE).op(text.len() as u8).raw(text.as_bytes())
    }

    fn int(self, number: u8) -> Self {
        self.op(op::BININT1).op(number)
    }

    fn global(self, module: &str, name: &str) -> Self {
        self.op(op::GLOBAL).raw(format!("{module}\n{name}\n").as_bytes())
    }

    fn stack_global(self, module: &str, name: &str) -> Self {
        self.text(module).text(name).op(op::STACK_GLOBAL)
    }

    /// Calls with one string.
    fn call(self, module: &str, name: &str) -> Self {
        self.global(module, name).text("true").op(op::TUPLE1).op(op::REDUCE)
    }

    fn stop(self) -> Vec<u8> {
        self.op(op::STOP).0
    }
}

fn read(bytes: &[u8]) -> Artefact {
    inspect("m.pkl", &SliceBytes(bytes)).unwrap()
}

fn verdict(bytes: &[u8]) -> ArtefactVerdict {
    read(bytes).verdict
}

#[test]
fn plain_values_are_clean_and_wholly_looked_at() {
    let bytes = Stream::proto(4).op(op::EMPTY_DICT).text("a").int(1).op(op::SETITEM).stop();
    let artefact = read(&bytes);
    assert_eq!(artefact.verdict, ArtefactVerdict::Clean, "{artefact:?}");
    assert!(artefact.coverage.complete);
    assert_eq!(artefact.coverage.looked_at, bytes.len() as u64);
}

#[test]
fn a_call_is_reconstructed_without_its_strings() {
    let artefact = read(&Stream::proto(2).call("posix", "system").stop());
    assert_eq!(artefact.verdict, ArtefactVerdict::Malicious);
    assert_eq!(artefact.findings[0].message, "calls posix.system(\"…\")");
    assert_eq!(artefact.findings[0].rule, "pickle-dangerous-call");
}

#[test]
fn nothing_after_an_effect_hides_it() {
    let evil = Stream::proto(2).call("posix", "system");
    for tail in [&[0xff_u8] as &[u8], b"", b"\x8d\xff", b"0.", b"s", b"h\x63"] {
        let bytes = evil.clone().raw(tail).0;
        assert_eq!(verdict(&bytes), ArtefactVerdict::Malicious, "{tail:?}");
    }
}

#[test]
fn names_are_found_however_they_are_spelled() {
    let spellings = [
        Stream::proto(4).stack_global("os", "system"),
        Stream::proto(4).stack_global("random", "_os.system"),
        Stream::default().raw(b"S'o\\x73'\nS'system'\n").op(op::STACK_GLOBAL),
        Stream::default().raw(b"V\\u006fs\nVsystem\n").op(op::STACK_GLOBAL),
        Stream::proto(2)
            .text("os")
            .op(op::BINPUT)
            .op(7)
            .op(op::POP)
            .op(op::BINGET)
            .op(7)
            .text("system")
            .op(op::STACK_GLOBAL),
    ];
    for stream in spellings {
        let bytes = stream.text("true").op(op::TUPLE1).op(op::REDUCE).stop();
        assert_eq!(verdict(&bytes), ArtefactVerdict::Malicious, "{bytes:?}");
    }
}

#[test]
fn memo_semantics_are_those_of_the_unpickler() {
    // PUT 1 holds a decoy; MEMOIZE, with one entry there, writes index 1 over it.
    let bytes = Stream::proto(4)
        .text("decoy")
        .op(op::BINPUT)
        .op(1)
        .op(op::POP)
        .text("system")
        .op(op::MEMOIZE)
        .op(op::POP)
        .text("posix")
        .op(op::BINGET)
        .op(1)
        .op(op::STACK_GLOBAL)
        .text("true")
        .op(op::TUPLE1)
        .op(op::REDUCE)
        .stop();
    assert_eq!(verdict(&bytes), ArtefactVerdict::Malicious);
}

#[test]
fn known_classes_are_clean_and_unknown_ones_are_not() {
    let with = |module: &str, name: &str| {
        Stream::proto(2)
            .global(module, name)
            .op(op::EMPTY_TUPLE)
            .op(op::NEWOBJ)
            .op(op::EMPTY_DICT)
            .op(op::BUILD)
            .stop()
    };
    assert_eq!(
        verdict(&with("sklearn.linear_model._base", "LinearRegression")),
        ArtefactVerdict::Clean
    );
    assert_eq!(verdict(&with("my.models", "Net")), ArtefactVerdict::Unknown);
    assert_eq!(verdict(&with("subprocess", "Popen")), ArtefactVerdict::Malicious);
    assert_eq!(verdict(&with("numpy", "load")), ArtefactVerdict::Malicious);
}

#[test]
fn known_names_have_known_uses() {
    let getattr = |name: &str| {
        Stream::proto(2)
            .global("builtins", "getattr")
            .global("datetime", "datetime")
            .text(name)
            .op(op::TUPLE2)
            .op(op::REDUCE)
    };
    assert_eq!(verdict(&getattr("now").stop()), ArtefactVerdict::Unknown);
    assert_eq!(verdict(&getattr("__class__").stop()), ArtefactVerdict::Unknown);
    let called = getattr("now").op(op::EMPTY_TUPLE).op(op::REDUCE).stop();
    assert_eq!(verdict(&called), ArtefactVerdict::Unknown);
    let handed_over =
        Stream::proto(2).op(op::EMPTY_LIST).global("builtins", "getattr").op(op::APPEND).stop();
    assert_eq!(verdict(&handed_over), ArtefactVerdict::Unknown);
    let reserved = Stream::proto(2)
        .global("builtins", "bytearray")
        .int(9)
        .op(op::TUPLE1)
        .op(op::REDUCE)
        .stop();
    assert_eq!(verdict(&reserved), ArtefactVerdict::Unknown);
}

#[test]
fn several_pickles_are_one_file_and_junk_between_them_is_not() {
    let one = Stream::proto(2).op(op::EMPTY_LIST).stop();
    let evil = Stream::proto(2).call("posix", "system").stop();
    assert_eq!(verdict(&[one.clone(), one.clone()].concat()), ArtefactVerdict::Clean);
    assert_eq!(verdict(&[one.clone(), evil.clone()].concat()), ArtefactVerdict::Malicious);
    let apart = [one.clone(), vec![0; 4096], evil].concat();
    assert_eq!(verdict(&apart), ArtefactVerdict::Malicious);
    assert_eq!(verdict(&[one, vec![0; 9]].concat()), ArtefactVerdict::Malformed);
}

#[test]
fn text_is_no_model() {
    for (name, text) in [
        ("version.txt", "0.4.0\n"),
        ("version.dat", "0.4.0\n"),
        ("a.py", "class X:\n    pass\n"),
        ("a.bin", "class X:\n    pass\n"),
        ("a.py", "(lambda: 0)()\n"),
        ("a.json", "{\"a\": 1}\n"),
        ("a.csv", "id,name\n1,x\n"),
        ("README.md", "# Title\n"),
        ("words.txt", "cat\ndog\nemu\n"),
        ("Procfile", "collections\nOrderedDict\n."),
        ("a.pth", "import os; exec('x')\n"),
        ("a.p", "I am a text.\n"),
    ] {
        assert!(inspect(name, &SliceBytes(text.as_bytes())).is_none(), "{name}: {text}");
    }
}

#[test]
fn a_text_pickle_is_found_without_its_suffix() {
    let artefact = inspect("notes.txt", &SliceBytes(b"cos\nsystem\n(S'true'\ntR.")).unwrap();
    assert_eq!(artefact.verdict, ArtefactVerdict::Malicious);
}

#[test]
fn numbers_that_loaders_spell_differently_are_told() {
    for number in ["I010", "I0x1f", "I 1", "L1_0L", "I+1", "L5LL", "I1\r", "I01\r"] {
        let bytes = Stream::default().raw(number.as_bytes()).raw(b"\n").stop();
        assert_eq!(verdict(&bytes), ArtefactVerdict::Malformed, "{number}");
    }
    for number in ["I10", "I-3", "I00", "I01", "L7L", "L7"] {
        let bytes = Stream::proto(0).raw(number.as_bytes()).raw(b"\n\x85").stop();
        assert_eq!(verdict(&bytes), ArtefactVerdict::Clean, "{number}");
    }
}

#[test]
fn memo_entries_that_can_not_be_kept_end_the_reading() {
    let mut stream = Stream::proto(4).op(op::NONE);
    for index in (3_u32..65_539).chain([70_000, 69_000]) {
        stream = stream.op(op::LONG_BINPUT).raw(&index.to_le_bytes());
    }
    assert_eq!(verdict(&stream.stop()), ArtefactVerdict::Undecided);
    let reserving = Stream::proto(4).op(op::NONE).op(op::LONG_BINPUT);
    let reserving = reserving.raw(&20_000_000_u32.to_le_bytes()).stop();
    assert_eq!(verdict(&reserving), ArtefactVerdict::Malformed);
}

#[test]
fn a_line_feed_behind_the_last_pickle_is_nothing() {
    let one = Stream::proto(2).op(op::EMPTY_LIST).stop();
    assert_eq!(verdict(&[one.clone(), b"\n".to_vec()].concat()), ArtefactVerdict::Clean);
    assert_eq!(verdict(&[one, b"\n\n".to_vec()].concat()), ArtefactVerdict::Malformed);
}

#[test]
fn texts_that_begin_like_a_persistent_id_are_no_pickles() {
    let readme = "Please read the manual.\nPlease refer to it\nfor more, in general\nand so on.\n";
    for name in ["README", "a.txt", "a.pt"] {
        let read = inspect(name, &SliceBytes(readme.as_bytes()));
        assert!(read.is_none_or(|read| read.format != "pickle"), "{name}");
    }
}

#[test]
fn exhaustion_is_never_clean() {
    let mut laughs = Stream::proto(2).op(op::EMPTY_LIST).op(op::EMPTY_LIST).op(op::TUPLE2);
    for _ in 0..64 {
        laughs = laughs.op(op::DUP).op(op::TUPLE2);
    }
    assert_eq!(verdict(&laughs.stop()), ArtefactVerdict::Malformed);
    let flood = Stream::proto(2).op(op::NONE).raw(&vec![op::DUP; 600_000]).stop();
    let artefact = read(&flood);
    assert_eq!(artefact.verdict, ArtefactVerdict::Undecided);
    assert!(!artefact.coverage.complete);
}

#[test]
fn what_calls_or_looks_into_its_arguments_is_not_clean() {
    let call = |module: &str, name: &str, first: &[u8]| {
        Stream::proto(2).global(module, name).raw(first).op(op::TUPLE1).op(op::REDUCE).stop()
    };
    for (module, name) in [
        ("itertools", "cycle"),
        ("itertools", "count"),
        ("builtins", "map"),
        ("operator", "attrgetter"),
        ("functools", "partial"),
        ("numpy.random._pickle", "__generator_ctor"),
        ("sklearn.neighbors._kd_tree", "newObj"),
        ("time", "struct_time"),
    ] {
        let bytes = call(module, name, b"cpathlib\nPath\n");
        assert_eq!(verdict(&bytes), ArtefactVerdict::Unknown, "{module}.{name}");
    }
    // An element type asks what it is given for `.dtype`, in whatever way that looks attributes up.
    let object = b"cstatsmodels.base.wrapper\nResultsWrapper\n)\x81";
    for (first, expected) in [
        (b"Vf8\n" as &[u8], ArtefactVerdict::Clean),
        (b"cnumpy\nfloat64\n", ArtefactVerdict::Clean),
        (object, ArtefactVerdict::Unknown),
        (b"csklearn.linear_model._base\nLinearRegression\n)\x81", ArtefactVerdict::Unknown),
        (b"cstatsmodels.base.wrapper\nResultsWrapper\n", ArtefactVerdict::Unknown),
        (b"Vf8\nctypes\nSimpleNamespace\n)R\x86", ArtefactVerdict::Unknown),
    ] {
        assert_eq!(verdict(&call("numpy", "dtype", first)), expected, "{first:?}");
        let made = Stream::proto(2).global("numpy", "dtype").raw(first).op(op::TUPLE1);
        assert_eq!(verdict(&made.op(op::NEWOBJ).stop()), expected, "{first:?}");
    }
    let octal = Stream::proto(2)
        .global("builtins", "getattr")
        .global("builtins", "object")
        .raw(b"S'\\537\\537x\\537\\537'\n")
        .op(op::TUPLE2)
        .op(op::REDUCE)
        .stop();
    assert_eq!(verdict(&octal), ArtefactVerdict::Unknown);
}

#[test]
fn only_what_makes_missing_values_is_filled_with_an_import() {
    let of = |module, name| {
        let filled = Stream::proto(2).global(module, name).global("builtins", "len");
        verdict(&filled.op(op::TUPLE1).op(op::REDUCE).stop())
    };
    assert_eq!(of("collections", "defaultdict"), ArtefactVerdict::Clean);
    for (module, name) in [("scipy.sparse._dok", "dok_matrix"), ("collections", "Counter")] {
        assert_eq!(of(module, name), ArtefactVerdict::Unknown, "{name}");
    }
}

#[test]
fn objects_of_the_table_hold_functions_and_are_never_called() {
    let with = |module: &str, class: &str, key: &str, held: &[u8]| {
        let made = Stream::proto(4).global(module, class).op(op::EMPTY_TUPLE).op(op::NEWOBJ);
        let state = made.op(op::EMPTY_DICT).text(key).raw(held).op(op::SETITEM);
        verdict(&state.op(op::BUILD).stop())
    };
    let (memory, function) = ("joblib.memory", b"cnumpy\nlog1p\n");
    assert_eq!(with(memory, "NotMemorizedFunc", "func", function), ArtefactVerdict::Clean);
    assert_eq!(with(memory, "NotMemorizedFunc", "call", function), ArtefactVerdict::Unknown);
    assert_eq!(with(memory, "MemorizedFunc", "func", function), ArtefactVerdict::Unknown);
    let lazy = b"coperator\nattrgetter\n";
    assert_eq!(with(memory, "NotMemorizedFunc", "func", lazy), ArtefactVerdict::Unknown);
    for (module, class) in [
        ("imblearn.over_sampling._smote.base", "SMOTE"),
        ("tables.filters", "Filters"),
        ("sklego.preprocessing.pandastransformers", "ColumnSelector"),
    ] {
        assert_eq!(with(module, class, "k", b"K\x05"), ArtefactVerdict::Clean, "{class}");
        let called = Stream::proto(2).call(module, class).stop();
        assert_eq!(verdict(&called), ArtefactVerdict::Unknown, "{class}");
    }
}

#[test]
fn state_sets_no_method() {
    for key in ["__setstate__", "append", "extend", "add"] {
        let bytes = Stream::proto(2)
            .global("types", "SimpleNamespace")
            .op(op::EMPTY_TUPLE)
            .op(op::REDUCE)
            .op(op::EMPTY_DICT)
            .text(key)
            .global("pathlib", "Path")
            .op(op::SETITEM)
            .op(op::BUILD)
            .stop();
        assert_eq!(verdict(&bytes), ArtefactVerdict::Unknown, "{key}");
    }
}

#[test]
fn a_text_that_a_distribution_runs_is_its_own() {
    let with = |module: &str, class: &str, key: &str, text: &str| {
        let length = u32::try_from(text.len()).unwrap().to_le_bytes();
        let stream = Stream::proto(4).global(module, class).op(op::EMPTY_TUPLE).op(op::NEWOBJ);
        let stream = stream.op(op::EMPTY_DICT).text(key).op(op::BINUNICODE).raw(&length);
        verdict(&stream.raw(text.as_bytes()).op(op::SETITEM).op(op::BUILD).stop())
    };
    let own = "\ndef _parse_args(self,  loc=0, scale=1):\n    return (), loc, scale\n";
    let norm =
        |text| with("scipy.stats._continuous_distns", "norm_gen", "_parse_arg_template", text);
    assert_eq!(norm(own), ArtefactVerdict::Clean);
    assert_eq!(norm("import os"), ArtefactVerdict::Unknown);
    assert_eq!(norm(&own.repeat(40)), ArtefactVerdict::Unknown);
    // A model made by a formula evaluates it anew.
    for key in ["restore_design_info", "restore_model_spec"] {
        let model = with("sklearn.linear_model._base", "LinearRegression", key, "1");
        assert_eq!(model, ArtefactVerdict::Unknown, "{key}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_panic_and_alike(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let first = inspect_anyway("m.pkl", &SliceBytes(&bytes));
        prop_assert_eq!(&first, &inspect_anyway("m.pkl", &SliceBytes(&bytes)));
        prop_assert!(first.verdict != ArtefactVerdict::Clean || first.coverage.complete);
    }

    #[test]
    fn no_prefix_of_a_hostile_file_is_clean(cut in 0_usize..80, lead in 0_u8..4) {
        let mut stream = Stream::proto(2);
        for _ in 0..lead {
            stream = stream.op(op::EMPTY_LIST).op(op::POP);
        }
        let bytes = stream.call("posix", "system").op(op::POP).op(op::NONE).stop();
        let prefix = &bytes[..cut.min(bytes.len())];
        prop_assert_ne!(inspect_anyway("m.pkl", &SliceBytes(prefix)).verdict, ArtefactVerdict::Clean);
    }

    #[test]
    fn opcodes_in_any_order_never_panic(codes in proptest::collection::vec(
        proptest::sample::select(b"(.012FIJKLMNPQRSTUVXabcd}eghijl]opqrst)uG\x80\x81\x82\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8f\x90\x91\x92\x93\x94\x95\x97\x98".to_vec()), 0..200)) {
        let _artefact = inspect_anyway("m.pkl", &SliceBytes(&codes));
    }
}

#[test]
fn keys_that_stand_for_more_values_than_a_loader_hashes_are_malformed() {
    // Each tuple holds the one before twice, or three times, or the two before.
    let doubled = |turns: usize| [b")".to_vec(), b"2\x86".repeat(turns)].concat();
    let trebled = |turns: usize| [b")".to_vec(), b"22\x87".repeat(turns)].concat();
    let last_two = |turns: usize| {
        let start = b")q\x000)q\x01".to_vec();
        [start, b"h\x00\x86q\x020h\x01q\x000h\x02q\x01".repeat(turns)].concat()
    };
    let key = |tuple: &[u8]| [b"\x80\x04}", tuple, b"Ns."].concat();
    let member = |tuple: &[u8]| [b"\x80\x04\x8f(", tuple, b"\x90."].concat();
    let frozen = |tuple: &[u8]| [b"\x80\x04(", tuple, b"\x91."].concat();
    let called = |tuple: &[u8]| [b"\x80\x02cbuiltins\nset\n]", tuple, b"a\x85R."].concat();
    let memoised = |tuple: &[u8]| [b"\x80\x04", tuple, b"q\x070}h\x07Ns."].concat();
    let pairs = |tuple: &[u8]| [b"\x80\x04", tuple, b"q\x070(h\x07Nd."].concat();
    for wrap in [&key as &dyn Fn(&[u8]) -> Vec<u8>, &member, &frozen, &called, &memoised, &pairs] {
        for (few, many) in
            [(doubled(12), doubled(34)), (trebled(8), trebled(21)), (last_two(12), last_two(56))]
        {
            assert_eq!(verdict(&wrap(&few)), ArtefactVerdict::Clean);
            assert_eq!(verdict(&wrap(&many)), ArtefactVerdict::Malformed);
        }
    }
    // As a value nobody hashes it; many keys add up.
    let value = [b"\x80\x04}N".to_vec(), doubled(34), b"s.".to_vec()].concat();
    assert_eq!(verdict(&value), ArtefactVerdict::Clean);
    let many = [
        b"\x80\x04".to_vec(),
        doubled(22),
        b"q\x000".to_vec(),
        b"}h\x00Ns0".repeat(600),
        b"N.".to_vec(),
    ];
    assert_eq!(verdict(&many.concat()), ArtefactVerdict::Malformed);
}
