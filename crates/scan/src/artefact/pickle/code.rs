//! Code that a stream holds, as cloudpickle and Numba write functions: what it is read from and what it names.
//!
//! Sources: `numba/core/serialize.py`; `subimport` and `_code_reduce` in `cloudpickle/cloudpickle.py`.

use super::{
    arguments::Fit,
    danger,
    machine::Machine,
    value::{Tuple, Value},
};

/// Arguments of a code object, from Python 3.6 on.
const LEAST: usize = 15;
/// Arguments before its bytecode, at most.
const NUMBERS: usize = 6;
/// Characters shown of a name.
const MAX_SHOWN: usize = 60;

impl Machine<'_, '_, '_> {
    /// A call of what the policy does not know: more is told of what reads code, or imports by a string.
    pub(super) fn code_call(&mut self, import: u32, arguments: Value, text: String) -> String {
        let known = self.named(Value::Global(import));
        let (module, name) = match known {
            Some((module, name)) => (module.to_owned(), name.to_owned()),
            None => return text,
        };
        let items = match arguments {
            Value::Tuple(tuple) if tuple.whole => self.heap.items(tuple).to_vec(),
            _ => Vec::new(),
        };
        if danger::imports(&module, &name) {
            let imported = match *items.as_slice() {
                [name] => self.text(name),
                _ => None,
            };
            let Some(imported) = imported.filter(|name| !danger::is_dangerous_module(name)) else {
                self.session.names.mark_dangerous(import, self.here, &text);
                return text;
            };
            let shown: String = imported.chars().take(MAX_SHOWN).collect();
            return format!("{text}, which imports {shown}");
        }
        if !danger::compiles(&module, &name) {
            return text;
        }
        if name == "_unpickle__CustomPickled" {
            match self.nested_call(&items) {
                Fit::Object | Fit::Value(_) => {}
                Fit::Unseen | Fit::No(_) => self.session.forgotten = true,
            }
        }
        format!("{text}: the file holds code, which is compiled when it is loaded")
    }

    /// Something of what was reported already is called: if its arguments are those of a code object, whether the
    /// names that it uses lead to the machine.
    pub(super) fn code_object(&mut self, arguments: Value) {
        let Value::Tuple(arguments) = arguments else { return };
        if self.session.probing {
            return;
        }
        let items = self.heap.items(arguments);
        if items.len() < LEAST {
            return;
        }
        let bytecode =
            items.iter().take(NUMBERS.saturating_add(1)).position(|item| item.is_bytes());
        let names = bytecode.and_then(|at| items.get(at.saturating_add(2))).copied();
        let Some(Value::Tuple(names)) = names else { return };
        if let Some(name) = self.reaching(names) {
            self.session.misused = true;
            let text = format!("makes a function whose code uses {name}");
            self.session.find(
                &super::rules::DANGEROUS_CALL,
                coseal_core::fact::ArtefactVerdict::Malicious,
                self.here,
                &text,
            );
        }
    }

    fn reaching(&self, names: Tuple) -> Option<String> {
        let mut names = self.heap.items(names).iter().filter_map(|name| self.text(*name));
        names.find(|name| danger::reaches(name))
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict::{self, Malicious, Unknown};

    use crate::{bytes::SliceBytes, inspect};

    fn text(text: &str) -> Vec<u8> {
        [&[0x8c, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()
    }

    fn global(module: &str, name: &str) -> Vec<u8> {
        [text(module), text(name), b"\x93".to_vec()].concat()
    }

    fn verdict(parts: &[&[u8]]) -> ArtefactVerdict {
        let bytes = [b"\x80\x04", parts.concat().as_slice(), b"."].concat();
        inspect("m.pkl", &SliceBytes(&bytes)).unwrap().verdict
    }

    /// A dispatcher of Numba's, as it pickles one, around a stream.
    fn dispatcher(inner: &[u8]) -> ArtefactVerdict {
        let of = "numba.core.serialize";
        let class = global("numba.core.registry", "CPUDispatcher");
        let inner = [b"\x80\x04", class.as_slice(), inner, b"\x86."].concat();
        let length = u32::try_from(inner.len()).unwrap().to_le_bytes();
        verdict(&[
            &global(of, "custom_rebuild"),
            &global(of, "_unpickle__CustomPickled"),
            b"B",
            &length,
            &inner,
            b"\x85R\x85R",
        ])
    }

    /// A code object that uses a name, made as `cloudpickle` does.
    fn code(cloudpickle: &str, name: &str) -> Vec<u8> {
        [
            global(cloudpickle, "_builtin_type"),
            text("CodeType"),
            b"\x85R(K\x01K\0K\0K\x01K\x03KCC\x04|\0S\0N\x85".to_vec(),
            text("np"),
            text(name),
            b"\x86".to_vec(),
            [text("x"), b"\x85".to_vec(), text("m.py"), text("f"), b"K\x01C\0))tR".to_vec()]
                .concat(),
        ]
        .concat()
    }

    #[test]
    fn code_that_numba_compiles_is_unknown_unless_it_reaches_something() {
        let copy = "numba.cloudpickle.cloudpickle";
        assert_eq!(dispatcher(&code(copy, "sum")), Unknown);
        assert_eq!(dispatcher(&code(copy, "system")), Malicious);
        assert_eq!(
            dispatcher(&[global(copy, "subimport"), text("numpy"), b"\x85R".to_vec()].concat()),
            Unknown
        );
        assert_eq!(
            dispatcher(&[global(copy, "subimport"), text("os"), b"\x85R".to_vec()].concat()),
            Malicious
        );
        assert_eq!(dispatcher(b"cposix\ngetpid\n)R"), Malicious);
        assert_eq!(dispatcher(b"N0N"), Unknown);
    }

    #[test]
    fn functions_of_cloudpickle_are_unknown_unless_they_reach_something() {
        let of = "cloudpickle.cloudpickle";
        assert_eq!(verdict(&[&code(of, "sum")]), Unknown);
        assert_eq!(verdict(&[&code(of, "popen")]), Malicious);
        assert_eq!(
            verdict(&[&global(of, "subimport"), &text("lime.lime_base"), b"\x85R"]),
            Unknown
        );
        assert_eq!(verdict(&[&global(of, "subimport"), &text("subprocess"), b"\x85R"]), Malicious);
        // A computed name may be any; so is one that comes after a harmless one.
        assert_eq!(verdict(&[&global(of, "subimport"), b"cmy\nname\n)R\x85R"]), Malicious);
        let second = [&global(of, "subimport"), text("math").as_slice(), b"\x85R0"].concat();
        assert_eq!(
            verdict(&[&second, &global(of, "subimport"), &text("os.path"), b"\x85R"]),
            Malicious
        );
    }
}
