//! Messages as they begin and end.

use super::{Attribute, MAIN, Node, Open, Tensor, Visit, judge};
use crate::artefact::registry::tensorflow::node::attribute as keep;

impl Visit<'_, '_> {
    /// The scope that nodes are in.
    fn scope(&self) -> u64 {
        let scope = self.open.iter().rev().find_map(|open| match open {
            Open::Function(scope) => Some(*scope),
            _ => None,
        });
        scope.unwrap_or(MAIN)
    }

    pub(super) fn begin(&mut self, message: &'static str, field: &'static str, at: u64) -> Open {
        let text = String::new;
        match (message, field) {
            ("NodeDef", _) => Open::Node(Node { at, scope: self.scope(), ..Node::default() }),
            ("NodeDef.AttrEntry", _) => Open::Attribute(Attribute::default()),
            ("TensorProto", _) => Open::Tensor(Tensor { at, ..Tensor::default() }),
            ("AssetFileDef", _) => Open::Asset { at, name: text(), tensor: text() },
            ("TensorInfo", "tensor_info") => Open::AssetTensor(text()),
            ("SavedObjectGraph", _) => {
                self.objects = 0;
                Open::Other
            }
            ("SavedObject", "nodes") if matches!(self.open.len(), 1) => {
                Open::Object { identifier: text(), metadata: text() }
            }
            ("SavedObject", "nodes") => {
                let number = self.objects;
                self.objects = number.saturating_add(1);
                Open::Saved { number, constant: None, asset: false }
            }
            ("SavedAsset", _) => {
                if let Some(Open::Saved { asset, .. }) = self.open.last_mut() {
                    *asset = true;
                }
                Open::Other
            }
            ("SavedUserObject", _) => Open::Object { identifier: text(), metadata: text() },
            ("SavedObjectGraph.ConcreteFunctionsEntry", _) => {
                Open::Concrete { name: text(), bound: Vec::new() }
            }
            ("FunctionDef", _) => {
                self.scopes = self.scopes.saturating_add(1);
                Open::Function(self.scopes)
            }
            ("OpDef", "signature") => Open::Signature { at, name: text() },
            ("OpDef.ArgDef", "input_arg") => Open::Argument(text(), false),
            ("FunctionDef.RetEntry", _) => Open::Result(text()),
            ("Any", _) => Open::Any { kind: text(), held: None },
            _ => Open::Other,
        }
    }

    pub(super) fn end(&mut self, open: Open) {
        let scope = self.scope();
        let flow = &mut self.graph.flow;
        match open {
            Open::Node(node) => judge(&node, &mut self.graph, self.report),
            Open::Attribute(attribute) => {
                let bytes = self.input.bytes;
                if let Some(Open::Node(node)) = self.open.last_mut() {
                    keep(node, attribute, bytes, self.report);
                }
            }
            Open::Tensor(tensor) => self.constant(tensor),
            Open::Asset { at, name, tensor } => self.asset(at, &name, &tensor),
            Open::AssetTensor(name) => {
                if let Some(Open::Asset { tensor, .. }) = self.open.last_mut() {
                    *tensor = name;
                }
            }
            Open::Object { identifier, metadata } => self.object(&identifier, &metadata),
            Open::Saved { number, constant, asset: false } => {
                flow.object(number, constant.as_deref());
            }
            Open::Saved { number, .. } => flow.file(number),
            Open::Concrete { name, bound } => flow.bind(&name, bound),
            Open::Signature { at, name } => self.graph.function(&name, scope, at),
            Open::Argument(name, many) if scope != MAIN => flow.argument(scope, &name, many),
            Open::Result(value) => flow.result(scope, &value),
            Open::Any { kind, held } => self.any(&kind, held),
            Open::Function(_) | Open::Argument(..) | Open::Other => {}
        }
    }
}
