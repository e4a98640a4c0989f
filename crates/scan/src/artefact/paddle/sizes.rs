//! Operations whose settings make a value out of proportion, and loops that nothing ends.

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::fact::ArtefactVerdict::Malformed;

use super::rules::EXHAUSTING;
use crate::{
    artefact::{
        growth::{Key, MAX_ELEMENTS, key},
        report::Report,
    },
    container::protobuf::{Field, Schema, Trouble, Value, Visitor},
};

/// Values and loops that are kept.
const MAX_KEPT: usize = 1_000_000;
/// Operations, and the settings that are the sizes of what they make.
#[rustfmt::skip]
const SIZED: &[(&str, &[&str])] = &[
    ("fill_constant", &["shape"]), ("fill", &["shape"]), ("empty", &["shape"]), ("assign_value", &["shape"]), ("gaussian_random", &["shape"]),
    ("uniform_random", &["shape"]), ("truncated_gaussian_random", &["shape"]), ("randint", &["shape"]), ("expand_v2", &["shape"]),
    ("expand", &["expand_times"]), ("tile", &["repeat_times"]), ("one_hot_v2", &["depth"]), ("one_hot", &["depth"]), ("eye", &["num_rows", "num_columns"]),
    ("bilinear_interp_v2", &["out_h", "out_w"]), ("nearest_interp_v2", &["out_h", "out_w"]), ("bicubic_interp_v2", &["out_h", "out_w"]),
    ("trilinear_interp_v2", &["out_d", "out_h", "out_w"]),
];

/// A walk that only asks for that.
pub(super) struct Sizes<'r> {
    report: &'r mut Report,
    /// The numbers of the blocks that are open, and the values that each block's operations make.
    block: u64,
    made: BTreeMap<u64, BTreeSet<Key>>,
    /// Loops: where, the condition, and the block that turns.
    loops: Vec<(u64, Key, u64)>,
    operation: Operation,
    setting: Setting,
    kept: usize,
}

#[derive(Default)]
struct Operation {
    at: u64,
    name: String,
    condition: Key,
    /// Which of its inputs is open.
    parameter: String,
    inner: Option<u64>,
    makes: Vec<Key>,
    /// Settings that are sizes, and the product of each.
    sizes: Vec<(String, u64)>,
}

#[derive(Default)]
struct Setting {
    name: String,
    product: Option<u64>,
    inner: Option<u64>,
}

impl<'r> Sizes<'r> {
    pub(super) fn new(report: &'r mut Report) -> Self {
        Self {
            report,
            block: 0,
            made: BTreeMap::new(),
            loops: Vec::new(),
            operation: Operation::default(),
            setting: Setting::default(),
            kept: 0,
        }
    }

    /// Judges loops, when all blocks are known.
    pub(super) fn finish(self) {
        if self.kept > MAX_KEPT {
            self.report.gap(
                "the sizes of what the program computes",
                "it has more values than are followed",
            );
            return;
        }
        for (at, condition, inner) in self.loops {
            // Blocks within others stand behind them.
            let changed = self.made.range(inner..).any(|(_, made)| made.contains(&condition));
            if !changed {
                let text = "a loop never changes its condition";
                self.report.find(&EXHAUSTING, Malformed, at, text);
            }
        }
    }

    fn operation(&mut self) {
        let held = std::mem::take(&mut self.operation);
        self.kept = self.kept.saturating_add(held.makes.len()).saturating_add(1);
        if self.kept > MAX_KEPT {
            return;
        }
        self.made.entry(self.block).or_default().extend(held.makes);
        if let ("while", Some(inner)) = (held.name.as_str(), held.inner) {
            self.loops.push((held.at, held.condition, inner));
        }
        let Some((_, settings)) = SIZED.iter().find(|(name, _)| *name == held.name) else { return };
        let sizes = held.sizes.iter().filter(|(name, _)| settings.contains(&name.as_str()));
        let product = sizes.fold(1_u64, |product, (_, size)| product.saturating_mul(*size));
        if product > MAX_ELEMENTS {
            let text = format!("{} makes a value of {product} elements", held.name);
            self.report.find(&EXHAUSTING, Malformed, held.at, &text);
        }
    }
}

impl Visitor for Sizes<'_> {
    fn enter(&mut self, message: &'static Schema, field: &'static str, at: u64) {
        match message.name {
            "OpDesc" => self.operation = Operation { at, ..Operation::default() },
            "OpDesc.Attr" => self.setting = Setting::default(),
            "OpDesc.Var" if field == "outputs" => {
                "outputs".clone_into(&mut self.operation.parameter);
            }
            "OpDesc.Var" => self.operation.parameter.clear(),
            _ => {}
        }
    }

    fn value(&mut self, message: &'static Schema, field: &'static Field, value: Value<'_>, _: u64) {
        match (message.name, field.name, value) {
            ("BlockDesc", "idx", Value::Number(number)) => self.block = number,
            ("OpDesc", "type", Value::Text(name)) => name.clone_into(&mut self.operation.name),
            ("OpDesc.Var", "parameter", Value::Text(name))
                if self.operation.parameter != "outputs" =>
            {
                name.clone_into(&mut self.operation.parameter);
            }
            ("OpDesc.Var", "arguments", Value::Text(name)) => {
                match self.operation.parameter.as_str() {
                    "outputs" if self.operation.makes.len() <= MAX_KEPT => {
                        self.operation.makes.push(key(name));
                    }
                    "Condition" => self.operation.condition = key(name),
                    _ => {}
                }
            }
            ("OpDesc.Attr", "name", Value::Text(name)) => name.clone_into(&mut self.setting.name),
            ("OpDesc.Attr", "block_idx", Value::Number(number)) => {
                self.setting.inner = Some(number);
            }
            ("OpDesc.Attr", "i" | "l" | "ints" | "longs", Value::Number(number)) => {
                // What is negative is only known when it runs.
                let size = i64::try_from(number).map_or(1, |_| number.max(1));
                let product = self.setting.product.unwrap_or(1).saturating_mul(size);
                self.setting.product = Some(product);
            }
            _ => {}
        }
    }

    fn leave(&mut self, message: &'static Schema) {
        match message.name {
            "OpDesc" => self.operation(),
            "OpDesc.Attr" => {
                let Setting { name, product, inner } = std::mem::take(&mut self.setting);
                if name == "sub_block" {
                    self.operation.inner = inner;
                }
                if let Some(product) = product.filter(|_| self.operation.sizes.len() < 64) {
                    self.operation.sizes.push((name, product));
                }
            }
            _ => {}
        }
    }

    fn trouble(&mut self, _: Trouble, _: u64) {}
}
