//! Closed shapes of what looks attributes and items up: by which names, and on what.

use super::{
    arguments::Fit,
    machine::Machine,
    value::{Level, Value},
};

/// Characters of a dotted name that a getter may look up.
const MAX_PATH: usize = 256;
/// Methods of texts and bytes that make texts, lists of them, numbers or truth values. Not `format`, which looks attributes up.
#[rustfmt::skip]
const OF_TEXTS: &[&str] = &[
    "capitalize", "casefold", "center", "count", "decode", "encode", "endswith", "find", "index", "isalnum", "isalpha", "isascii", "isdecimal",
    "isdigit", "isidentifier", "islower", "isnumeric", "isspace", "istitle", "isupper", "join", "ljust", "lower", "lstrip", "partition",
    "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split", "splitlines",
    "startswith", "strip", "swapcase", "title", "translate", "upper", "zfill",
];
/// Methods that objects keep of themselves under an attribute: they work on numbers, and on the object's own arrays.
#[rustfmt::skip]
const OF_OBJECTS: &[(&str, &str, &[&str])] = &[
    ("minisom", "MiniSom", &[
        "_asymptotic_decay", "_bubble", "_chebyshev_distance", "_cosine_distance", "_euclidean_distance", "_gaussian", "_inverse_decay_to_one",
        "_inverse_decay_to_zero", "_linear_decay_to_one", "_linear_decay_to_zero", "_manhattan_distance", "_mexican_hat", "_triangle",
    ]),
    ("torch.optim.lr_scheduler", "CyclicLR", &["_exp_range_scale_fn", "_triangular2_scale_fn", "_triangular_scale_fn"]),
    ("torch.optim.lr_scheduler", "OneCycleLR", &["_annealing_cos", "_annealing_linear"]),
];

impl Machine<'_, '_, '_> {
    /// `attrgetter('name', …)` of public names, or `itemgetter(key, …)` of literals: what it makes gives whoever calls it
    /// a part of what it is given, and calls nothing itself.
    pub(super) fn getter(&self, import: Option<u32>, items: &[Value]) -> Fit {
        let attributes = import
            .and_then(|import| self.named(Value::Global(import)))
            .is_none_or(|(_, name)| name != "itemgetter");
        if items.is_empty() {
            return Fit::No("it looks nothing up");
        }
        match self.at_most(Level::Literal, items) {
            Fit::Object => {}
            other => return other,
        }
        if attributes && !items.iter().all(|item| self.is_public_path(*item)) {
            return Fit::No("it looks up names that are not public");
        }
        Fit::Object
    }

    /// Whether it is names joined by dots, none of which begins with an underscore.
    fn is_public_path(&self, path: Value) -> bool {
        self.text(path).is_some_and(|path| {
            path.len() <= MAX_PATH
                && path.split('.').all(|name| {
                    name.starts_with(|first: char| first.is_ascii_alphabetic())
                        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                })
        })
    }

    /// Whether it is a method of a text, the look-up of a dict, or one of those that objects of a known class keep of themselves: only held.
    pub(super) fn is_held_method(&self, of: Value, name: Value) -> bool {
        let Some(name) = self.text(name) else { return false };
        let name = name.as_str();
        if of.is_string() || of.is_bytes() {
            return OF_TEXTS.contains(&name);
        }
        // What it gives back is only what it holds.
        if matches!(of, Value::Dict(_)) {
            return name == "get";
        }
        matches!(of, Value::Object { .. })
            && self.named(of).is_some_and(|(module, class)| {
                OF_OBJECTS.iter().any(|(package, whose, methods)| {
                    (*package, *whose) == (module, class) && methods.contains(&name)
                })
            })
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict::{self, Clean, Malicious, Unknown};

    use crate::{bytes::SliceBytes, inspect};

    fn verdict(parts: &[&[u8]]) -> ArtefactVerdict {
        let bytes = [b"\x80\x04" as &[u8], &parts.concat(), b"."].concat();
        inspect("m.pkl", &SliceBytes(&bytes)).unwrap().verdict
    }

    #[test]
    fn getters_look_up_public_names_and_literals_and_are_not_called() {
        let attribute =
            |name: &str| verdict(&[format!("coperator\nattrgetter\n(V{name}\ntR").as_bytes()]);
        assert_eq!(attribute("x.y"), Clean);
        for name in ["_x", "x.__class__", "x._y", "x..y", "", "x y"] {
            assert_eq!(attribute(name), Unknown, "{name:?}");
        }
        let item = |key: &[u8]| verdict(&[b"coperator\nitemgetter\n(", key, b"tR"]);
        assert_eq!(item(b"K\x01V_private\n"), Clean);
        assert_eq!(item(b"cbuiltins\nsorted\n"), Unknown);
        assert_eq!(item(b""), Unknown);
        let called = b"coperator\nitemgetter\n(K\x01tR(VNo\ntR";
        assert_eq!(verdict(&[called]), Unknown);
        let given = b"coperator\nitemgetter\n(K\x01tR}b";
        assert_eq!(verdict(&[given]), Unknown);
    }

    #[test]
    fn methods_of_texts_are_held_and_none_that_formats() {
        let method = |of: &str, name: &str| {
            verdict(&[format!("cbuiltins\ngetattr\n({of}V{name}\ntR").as_bytes()])
        };
        assert_eq!(method("V-\n", "join"), Clean);
        assert_eq!(method("}", "get"), Clean);
        assert_eq!(method("cbuiltins\nstr\n", "lower"), Clean);
        for (of, name) in [
            ("V{0.__class__}\n", "format"),
            ("V-\n", "__class__"),
            ("}", "setdefault"),
            ("cbuiltins\nstr\n", "format"),
            ("cbuiltins\nstr\n", "__subclasses__"),
            ("]", "append"),
        ] {
            assert_eq!(method(of, name), Unknown, "{name}");
        }
        assert_eq!(verdict(&[b"cbuiltins\ngetattr\n(V-\nVjoin\ntR(]tR"]), Unknown);
        assert_eq!(method("cos\nsystem\n", "join"), Malicious);
    }

    #[test]
    fn objects_keep_their_own_methods_only() {
        let kept = |class: &str, key: &str, name: &str| {
            let object =
                format!("c{class}\n)\u{1}}}V{key}\ncbuiltins\ngetattr\n(h\u{0}V{name}\ntRsb");
            let bytes: Vec<u8> = object
                .replace(")\u{1}", ")\u{81}q\u{0}")
                .chars()
                .map(|c| u32::from(c) as u8)
                .collect();
            verdict(&[&bytes])
        };
        assert_eq!(kept("minisom\nMiniSom", "neighborhood", "_gaussian"), Clean);
        assert_eq!(kept("minisom\nMiniSom", "winner", "_gaussian"), Unknown);
        assert_eq!(kept("minisom\nMiniSom", "neighborhood", "train"), Unknown);
        assert_eq!(kept("gymnasium.spaces.box\nBox", "dtype", "_gaussian"), Unknown);
    }
}
