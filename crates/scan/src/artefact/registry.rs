//! The list of formats. A new one is its file and its line here; the first that recognises a file reads it.

use coseal_core::finding::Rule;

use super::format::Format;

/// Declares the parsers' modules and the lists of formats and rules, one line a format.
macro_rules! formats {
    ($($(#[path = $path:literal])? $module:ident::{$($name:ident),+}),+ $(,)?) => {
        $($(#[path = $path])? pub(super) mod $module;)+

        /// All formats, in the order in which they are asked.
        pub const FORMATS: &[&dyn Format] = &[$($(&$module::$name),+),+];

        /// All findings that the parsers can make, parser by parser.
        pub const RULES: &[&[Rule]] = &[super::report::RULES, super::archive::RULES, $($module::RULES),+];
    };
}

formats! {
    #[path = "safetensors.rs"] safetensors::{Safetensors},
    #[path = "skops/mod.rs"] skops::{Skops},
    #[path = "torch/mod.rs"] torch::{Torch},
    #[path = "numpy/mod.rs"] numpy::{Npy, Npz},
    #[path = "gguf/mod.rs"] gguf::{Gguf},
    #[path = "template/mod.rs"] template::{Template},
    #[path = "repository/mod.rs"] repository::{Repository},
    #[path = "compressed.rs"] compressed::{Compressed},
    #[path = "keras/mod.rs"] keras::{KerasZip, KerasJson},
    #[path = "hdf5/mod.rs"] hdf5::{Hdf5},
    #[path = "opaque.rs"] opaque::{Opaque},
    #[path = "pickle/mod.rs"] pickle::{Pickle},
    #[path = "unrecognised.rs"] unrecognised::{Unrecognised},
}
