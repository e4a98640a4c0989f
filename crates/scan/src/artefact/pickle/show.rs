//! A readable reconstruction of a call. Strings never appear: they may hold secrets, paths and names.

use super::{machine::Machine, value::Value};

/// Arguments shown of one call or container.
const MAX_SHOWN: usize = 6;
/// Characters shown of a call.
const MAX_TEXT: usize = 600;

impl Machine<'_, '_, '_> {
    /// `module.name(arguments)`.
    pub(super) fn show_call(&self, callable: Value, arguments: Value) -> String {
        let text = format!("{}({})", self.show(callable), self.show_items(arguments, 2));
        if text.chars().count() <= MAX_TEXT {
            return text;
        }
        text.chars().take(MAX_TEXT).chain(['…']).collect()
    }

    /// A value.
    pub(super) fn show(&self, value: Value) -> String {
        self.show_within(value, 2)
    }

    fn show_within(&self, value: Value, depth: u8) -> String {
        match value {
            Value::None => "None".into(),
            Value::Bool(true) => "True".into(),
            Value::Bool(false) => "False".into(),
            Value::Int(number) => number.to_string(),
            Value::Large | Value::Float => "<number>".into(),
            Value::Str(_) | Value::Text(_) | Value::Line(_) => "\"…\"".into(),
            Value::Bytes(_)
            | Value::Encoded(_)
            | Value::Escaped(_)
            | Value::Octets(_)
            | Value::Blob => "b\"…\"".into(),
            Value::Tuple(_) => format!("({})", self.show_items(value, depth)),
            Value::List(_) => format!("[{}]", self.show_items(value, depth)),
            Value::Dict(_) | Value::Set(_) => "{…}".into(),
            Value::Global(import) => match self.session.names.get(import) {
                Some(import) => import.shown.clone(),
                None => "<import>".into(),
            },
            Value::Object { class, .. } => match self.session.names.get(class) {
                Some(import) => format!("{}(…)", import.shown),
                None => "<object>".into(),
            },
            Value::Storage(_) => "<storage>".into(),
            Value::Lazy => "<iterator>".into(),
            Value::Outside => "<persistent object>".into(),
            Value::Reported => "<result>".into(),
            Value::Forgotten => "<value>".into(),
        }
    }

    fn show_items(&self, value: Value, depth: u8) -> String {
        let Some(depth) = depth.checked_sub(1) else { return "…".into() };
        let (items, whole): (&[Value], bool) = match value {
            Value::Tuple(tuple) => (self.heap.items(tuple), tuple.whole),
            Value::List(index) => match self.heap.contents(index) {
                Some(list) => (&list.head, list.whole),
                None => return "…".into(),
            },
            _ => return "…".into(),
        };
        let mut shown: Vec<_> =
            items.iter().take(MAX_SHOWN).map(|item| self.show_within(*item, depth)).collect();
        if items.len() > MAX_SHOWN || !whole {
            shown.push("…".into());
        }
        shown.join(", ")
    }
}
