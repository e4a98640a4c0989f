//! Element types, and what safetensors calls them.

/// An element type of safetensors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dtype {
    /// Its name there.
    pub(super) name: &'static str,
    /// Bytes of an element.
    pub(super) item: u64,
}

/// Why a type can't be written.
const NO_PLACE: &str = "elements that safetensors has no type for";

/// Element types by the names of PyTorch, of its storage classes and of NumPy's codes.
const TYPES: &[(&str, &str, &str, &str, u64)] = &[
    ("bool", "BoolStorage", "b1", "BOOL", 1),
    ("uint8", "ByteStorage", "u1", "U8", 1),
    ("int8", "CharStorage", "i1", "I8", 1),
    ("float8_e4m3fn", "", "", "F8_E4M3", 1),
    ("float8_e5m2", "", "", "F8_E5M2", 1),
    ("int16", "ShortStorage", "i2", "I16", 2),
    ("uint16", "", "u2", "U16", 2),
    ("float16", "HalfStorage", "f2", "F16", 2),
    ("bfloat16", "BFloat16Storage", "", "BF16", 2),
    ("int32", "IntStorage", "i4", "I32", 4),
    ("uint32", "", "u4", "U32", 4),
    ("float32", "FloatStorage", "f4", "F32", 4),
    ("float64", "DoubleStorage", "f8", "F64", 8),
    ("int64", "LongStorage", "i8", "I64", 8),
    ("uint64", "", "u8", "U64", 8),
    ("complex64", "ComplexFloatStorage", "c8", "C64", 8),
];
/// Other names of the same.
const ALIASES: &[(&str, &str)] = &[
    ("half", "float16"),
    ("float", "float32"),
    ("double", "float64"),
    ("short", "int16"),
    ("int", "int32"),
    ("long", "int64"),
];

impl Dtype {
    /// Of `torch.NAME`.
    pub(super) fn of_torch(name: &str) -> Result<Self, &'static str> {
        let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| name);
        find(|(torch, ..)| *torch == name)
    }

    /// Of a typed storage class.
    pub(super) fn of_storage(class: &str) -> Result<Self, &'static str> {
        find(|(_, storage, ..)| !class.is_empty() && *storage == class)
    }

    /// Of NumPy's code without its byte order, such as `f4`.
    pub(super) fn of_numpy(code: &str) -> Result<Self, &'static str> {
        let code = if code == "?" { "b1" } else { code };
        find(|(_, _, numpy, ..)| !code.is_empty() && *numpy == code)
    }

    /// Bytes that change places where the byte order is another.
    pub(super) const fn swapped(self) -> u64 {
        match self.name.as_bytes() {
            b"C64" => 4,
            _ => self.item,
        }
    }
}

fn find(
    is: impl Fn(&&(&str, &str, &str, &'static str, u64)) -> bool,
) -> Result<Dtype, &'static str> {
    let found = TYPES.iter().find(is);
    found.map(|(.., name, item)| Dtype { name, item: *item }).ok_or(NO_PLACE)
}
