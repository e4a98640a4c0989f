//! What the calls of a stream make, as far as tensors depend on it.

use super::{
    object::{Id, Object},
    stream::{Step, Stream},
};

impl Stream<'_, '_> {
    /// REDUCE, or with `new` NEWOBJ.
    pub(super) fn call(&mut self, callable: Id, arguments: Id, new: bool) -> Step<Id> {
        let objects = &self.session.objects;
        let name =
            objects.import(callable).ok_or("it calls something that is no import")?.to_owned();
        let items = objects.items(arguments).to_vec();
        let first = items.first().copied();
        match (name.as_str(), first) {
            ("torch.Size", Some(first)) => Ok(first),
            (
                "collections.OrderedDict"
                | "collections.defaultdict"
                | "builtins.dict"
                | "__builtin__.dict",
                _,
            ) => self.dict(&items),
            ("_codecs.encode" | "builtins.bytearray", Some(text)) => Ok(text),
            ("builtins.bytes" | "__builtin__.bytes" | "builtins.bytearray", None) => {
                self.session.objects.add(Object::Bytes(0, 0))
            }
            (
                "copyreg._reconstructor" | "copy_reg._reconstructor" | "copyreg.__newobj__",
                Some(class),
            ) => self.made(class, arguments),
            _ if new => self.made(callable, arguments),
            (
                "torch._utils._rebuild_parameter" | "torch._utils._rebuild_parameter_with_state",
                Some(data),
            ) => Ok(data),
            ("torch._tensor._rebuild_from_type_v2", Some(function)) => match items.get(2) {
                Some(inner) => self.call(function, *inner, false),
                None => self.made(callable, arguments),
            },
            ("torch._utils._rebuild_tensor" | "torch._utils._rebuild_tensor_v2", _) => {
                self.tensor(&items, None)
            }
            ("torch._utils._rebuild_tensor_v3", _) => self.tensor(&items, items.get(6).copied()),
            ("torch.storage._load_from_bytes", Some(bytes)) => self.storage_from(bytes),
            ("numpy.core.numeric._frombuffer" | "numpy._core.numeric._frombuffer", _) => {
                self.buffered(&items)
            }
            _ => self.made(callable, arguments),
        }
    }

    /// An object of the class, or of what the function gives.
    fn made(&mut self, callable: Id, arguments: Id) -> Step<Id> {
        let objects = &mut self.session.objects;
        let name: Box<str> = objects.import(callable).unwrap_or("an object").into();
        objects.add(Object::Made(name, arguments, None))
    }

    /// A dict, with the pairs that it was given, if any.
    fn dict(&mut self, items: &[Id]) -> Step<Id> {
        let mut pairs = Vec::new();
        for pair in items.iter().flat_map(|list| self.session.objects.items(*list)) {
            if let [key, value] = *self.session.objects.items(*pair) {
                pairs.extend([key, value]);
            }
        }
        let dict = self.session.objects.add(Object::Dict(Vec::new()))?;
        self.session.objects.insert(dict, &pairs)?;
        Ok(dict)
    }

    /// BUILD.
    pub(super) fn build(&mut self, object: Id, state: Id) -> Step {
        let Object::Made(name, arguments, _) = self.session.objects.of(object).clone() else {
            // Attributes of a dict or a tensor, such as the versions that a state dict carries.
            return Ok(());
        };
        self.session.objects.set(object, Object::Made(name.clone(), arguments, Some(state)));
        match &*name {
            "numpy.core.multiarray._reconstruct" | "numpy._core.multiarray._reconstruct" => {
                self.array_state(object, state)
            }
            "joblib.numpy_pickle.NumpyArrayWrapper" => self.inline_array(object, state),
            _ => Ok(()),
        }
    }
}
