//! States, items and keys that objects are given, and what must be said of them.

use coseal_core::fact::ArtefactVerdict;

use crate::{bytes::SliceBytes, inspect};

fn verdict(parts: &[&[u8]]) -> ArtefactVerdict {
    let bytes = [b"\x80\x04" as &[u8], &parts.concat(), b"."].concat();
    inspect("m.pkl", &SliceBytes(&bytes)).unwrap().verdict
}

const NORM: &[u8] = b"cscipy.stats._continuous_distns\nnorm_gen\n)\x81";
const SLOTS: &[u8] = b"cnltk.tokenize.punkt\nPunktToken\n)\x81";
const BUNCH: &[u8] = b"cstatsmodels.tools.tools\nBunch\n)\x81";
const RESULT: &[u8] = b"cscipy.optimize._optimize\nOptimizeResult\n)\x81";
const SETSTATE: &[u8] = b"\x8c\x0c__setstate__";
const PATH: &[u8] = b"cpathlib\nPath\n";

#[test]
fn a_state_is_a_dict_or_two_but_for_classes_that_take_another() {
    let dict: &[u8] = b"}\x8c\x01aK\x01s";
    for state in [b"N" as &[u8], dict] {
        assert_eq!(verdict(&[NORM, state, b"b"]), ArtefactVerdict::Clean, "{state:?}");
    }
    for state in [b"}N\x86" as &[u8], b"N}\x86", b"}}\x86"] {
        assert_eq!(verdict(&[SLOTS, state, b"b"]), ArtefactVerdict::Clean, "{state:?}");
        assert_eq!(verdict(&[NORM, state, b"b"]), ArtefactVerdict::Unknown, "{state:?}");
    }
    let tuple: &[u8] = b"(K\x03(K\x01K\x02tNt";
    assert_eq!(verdict(&[b"crandom\nRandom\n)\x81", tuple, b"b"]), ArtefactVerdict::Clean);
    let object: &[u8] = b"ccollections\nOrderedDict\n)R";
    let pairs: &[u8] = b"(\x8c\x01aK\x01\x86";
    let (list, row): (&[u8], &[u8]) = (&[pairs, b"l"].concat(), &[pairs, b"t"].concat());
    for state in [list, row, tuple, object, b"}\x85", b"}}}\x87", b"\x8c\x01a", b"\x8f", b"K\x01"] {
        assert_eq!(verdict(&[NORM, state, b"b"]), ArtefactVerdict::Unknown, "{state:?}");
    }
}

#[test]
fn items_that_may_be_attributes_have_no_special_names() {
    for class in [BUNCH, RESULT] {
        assert_eq!(verdict(&[class, b"\x8c\x01aK\x01s"]), ArtefactVerdict::Clean);
        assert_eq!(verdict(&[class, SETSTATE, PATH, b"s"]), ArtefactVerdict::Unknown);
        assert_eq!(verdict(&[class, b"(", SETSTATE, PATH, b"u"]), ArtefactVerdict::Unknown);
    }
    let counter: &[u8] = b"ccollections\nCounter\n)R";
    assert_eq!(verdict(&[counter, b"\x8c\x03addK\x01s"]), ArtefactVerdict::Clean);
    let own: &[u8] = b"\x94\x8c\x01aK\x01sh\x00b";
    assert_eq!(verdict(&[BUNCH, own]), ArtefactVerdict::Clean);
    let filled: &[u8] = b"cstatsmodels.tools.tools\nBunch\n]\x85R";
    assert_eq!(verdict(&[filled]), ArtefactVerdict::Unknown);
}

#[test]
fn what_hands_items_on_is_given_none() {
    for class in ["UserList", "UserDict", "ChainMap"] {
        let class = [b"ccollections\n", class.as_bytes(), b"\n)\x81"].concat();
        assert_eq!(verdict(&[&class]), ArtefactVerdict::Clean);
        assert_eq!(verdict(&[&class, b"(K\x01K\x02u"]), ArtefactVerdict::Unknown);
        assert_eq!(verdict(&[&class, b"(K\x01K\x02e"]), ArtefactVerdict::Unknown);
    }
}

#[test]
fn a_dict_is_not_changed_once_it_is_a_state() {
    let before = verdict(&[b"}\x94\x8c\x01aK\x01s0", NORM, b"h\x00b"]);
    assert_eq!(before, ArtefactVerdict::Clean);
    let after = verdict(&[NORM, b"}\x94bh\x00\x8c\x01aK\x01s0"]);
    assert_eq!(after, ArtefactVerdict::Unknown);
}

#[test]
fn a_plain_dict_that_is_filled_by_its_base_is_looked_at() {
    let made = |class: &str, key: &[u8]| {
        let class = format!("ccopyreg\n_reconstructor\nc{class}\ncbuiltins\ndict\n}}");
        verdict(&[class.as_bytes(), key, b"K\x01s\x87R"])
    };
    let result = "scipy.optimize._optimize\nOptimizeResult";
    assert_eq!(made(result, b"\x8c\x01a"), ArtefactVerdict::Clean);
    assert_eq!(made(result, SETSTATE), ArtefactVerdict::Unknown);
}

#[test]
fn states_given_to_functions_are_looked_at() {
    let parameter = |key: &[u8]| {
        let head: &[u8] = b"ctorch._utils\n_rebuild_parameter_with_state\n(N\x89N}";
        verdict(&[head, key, b"K\x01stR"])
    };
    assert_eq!(parameter(b"\x8c\x01a"), ArtefactVerdict::Clean);
    assert_eq!(parameter(SETSTATE), ArtefactVerdict::Unknown);
    let array = |function: &[u8], key: &[u8]| {
        let arguments: &[u8] = b"cnumpy\nndarray\nK\x00\x85C\x01b\x87N}";
        verdict(&[b"cdill._dill\n_create_array\n(", function, arguments, key, b"K\x01stR"])
    };
    let reconstruct: &[u8] = b"cnumpy.core.multiarray\n_reconstruct\n";
    assert_eq!(array(reconstruct, b"\x8c\x01a"), ArtefactVerdict::Clean);
    assert_eq!(array(reconstruct, SETSTATE), ArtefactVerdict::Unknown);
    assert_eq!(array(b"crandom\nRandom\n", b"\x8c\x01a"), ArtefactVerdict::Unknown);
}

#[test]
fn a_state_that_is_not_kept_is_never_clean() {
    let fill = [b"(" as &[u8], &[b'N'; 128], b"t0"].concat().repeat(4096);
    let state = [b"}" as &[u8], SETSTATE, PATH, b"sN\x86b"].concat();
    assert_eq!(verdict(&[NORM, &state]), ArtefactVerdict::Unknown);
    assert_eq!(verdict(&[&fill, NORM, &state]), ArtefactVerdict::Undecided);
}

#[test]
fn a_cache_is_switched_off_and_a_stem_is_that_of_a_stemmer() {
    const MEMORY: &[u8] = b"cjoblib.memory\nMemory\n)\x81";
    let off: &[u8] = b"}\x8c\x0dstore_backendNs";
    let on: &[u8] = b"}\x8c\x0dstore_backend\x8c\x01xs";
    assert_eq!(verdict(&[MEMORY, off, b"b"]), ArtefactVerdict::Clean);
    for state in [on, b"}"] {
        assert_eq!(verdict(&[MEMORY, state, b"b"]), ArtefactVerdict::Unknown, "{state:?}");
    }
    const GETATTR: &[u8] = b"cbuiltins\ngetattr\n";
    const STEMMER: &[u8] = b"cnltk.stem.snowball\nEnglishStemmer\n)\x81";
    const TOKENIZER: &[u8] = b"cnltk.tokenize.regexp\nRegexpTokenizer\n)\x81";
    let holds = |of: &[u8], name: &[u8]| {
        let snowball: &[u8] = b"cnltk.stem.snowball\nSnowballStemmer\n)\x81}\x8c\x04stem";
        verdict(&[snowball, GETATTR, of, name, b"\x86Rsb"])
    };
    assert_eq!(holds(STEMMER, b"\x8c\x04stem"), ArtefactVerdict::Clean);
    assert_eq!(holds(STEMMER, b"\x8c\x08__init__"), ArtefactVerdict::Unknown);
    assert_eq!(holds(TOKENIZER, b"\x8c\x04stem"), ArtefactVerdict::Unknown);
    let called: &[u8] = b"\x8c\x04stem\x86R\x8c\x01a\x85R";
    assert_eq!(verdict(&[GETATTR, STEMMER, called]), ArtefactVerdict::Unknown);
}

#[test]
fn types_that_cloudpickle_names_are_those_of_values() {
    let named = |name: &str| {
        let length = [u8::try_from(name.len()).unwrap()];
        let of: &[u8] = b"ccloudpickle.cloudpickle\n_builtin_type\n\x8c";
        verdict(&[of, &length, name.as_bytes(), b"\x85R"])
    };
    assert_eq!(named("SimpleNamespace"), ArtefactVerdict::Clean);
    for name in ["FunctionType", "CodeType", "MethodType", "ModuleType", "x"] {
        assert_eq!(named(name), ArtefactVerdict::Unknown, "{name}");
    }
}
