//! Attributes, items and slices of values.

use super::{
    danger::{INNER, INSIDES},
    judge::Judge,
    policy::{STRUCTURAL, WRITTEN},
    syntax::{Expression, Kind},
    text::{HOLE, sliced},
    value::{
        CHANGED, CONTENT, COUNT, DATE, Data, LETTERS, MACROS, MADE, MESSAGE, MESSAGES, NAME,
        PIECES, SAID, STEPPED, TOOLS, TRIGGER, Value,
    },
};

/// What an element has of what it is an element of.
const OF_ALL: u16 = CONTENT | TRIGGER | DATE | MACROS | MADE | MESSAGE | TOOLS | CHANGED | LETTERS;

impl<'t> Judge<'t, '_> {
    /// Whether an attribute may be read by name.
    pub(super) fn readable(&mut self, at: usize, name: &str) {
        let inner = name.starts_with("__") || INSIDES.contains(&name);
        if inner || (name.starts_with('_') && INNER.contains(&name.trim_matches('_'))) {
            self.escape(at, &format!("it reads the attribute {name}, which leads inside Python"));
        } else if name.starts_with('_') && name.contains("__") {
            self.outside(at, &format!("it reads the private attribute {name}"));
        } else if !name.is_ascii()
            && name.chars().any(|letter| letter == '＿' || letter.is_alphanumeric())
        {
            self.outside(at, "it reads an attribute whose name is not ASCII");
        }
    }

    pub(super) fn attribute(
        &mut self,
        at: usize,
        base: &Value,
        name: &str,
        of_loop: bool,
    ) -> Value {
        self.readable(at, name);
        if let Some(supposed) = self.supposed_attribute(base, name) {
            return supposed;
        }
        let found = match &base.data {
            Data::Space(space) => {
                let found = self.names.find(&format!("{space}.{name}")).cloned();
                Some(found.unwrap_or_else(|| Value::other(MADE)))
            }
            Data::Map(entries) => entries
                .iter()
                .rev()
                .find(|(key, _)| key.known() == Some(name))
                .map(|(_, value)| value.clone()),
            Data::Macro(_) | Data::Function(_) => {
                self.outside(at, "it reads what a function is made of");
                None
            }
            _ => None,
        };
        found.unwrap_or_else(|| Value::other(self.kind_of(base, name, of_loop)).made_of(&[base]))
    }

    /// What an attribute is, by its name.
    fn kind_of(&self, base: &Value, name: &str, of_loop: bool) -> u16 {
        let kept = base.taint & (TRIGGER | DATE | MADE);
        let more = match name {
            "index" | "index0" | "length" | "revindex" | "revindex0" if of_loop => COUNT,
            "previtem" | "nextitem" if of_loop => MESSAGE,
            "role" | "type" => 0,
            "name" => NAME,
            "description" | "title" if base.taint & TOOLS != 0 => CONTENT,
            "content" | "text" if self.supposed.is_some() => CONTENT | (base.taint & SAID),
            "content" | "text" => CONTENT | SAID | (base.taint & CHANGED),
            _ if WRITTEN.contains(&name) => CONTENT | (base.taint & CHANGED),
            _ if STRUCTURAL.contains(&name) => base.taint & (TOOLS | MESSAGE),
            _ => match base.taint & (CONTENT | MESSAGE | TOOLS) {
                0 => 0,
                TOOLS => TOOLS,
                _ => CONTENT,
            },
        };
        kept | more
    }

    pub(super) fn item(&mut self, base: &Value, index: &'t Expression) -> Value {
        if let Kind::Slice(parts) = &index.kind {
            return self.slice(index.at, base, parts);
        }
        let at = index.at;
        let key = self.value(index);
        if let Some(name) = key.known() {
            let mut found = self.attribute(at, base, name, false);
            found.taint |= key.taint & TRIGGER;
            return found;
        }
        if !matches!(key.data, Data::Int(_)) {
            self.odd_index(at, base, &key);
            self.chosen(at, base, key.taint);
        }
        let by = if key.taint & (TRIGGER | DATE) == 0 { 0 } else { TRIGGER };
        match (&base.data, &key.data) {
            (Data::List(items), Data::Int(place)) => sliced(items, Some(*place), None, 1)
                .into_iter()
                .next()
                .unwrap_or_else(|| Value::other(base.taint | MADE)),
            (Data::Text(text), Data::Int(place)) if !text.contains(HOLE) => {
                let letters: Vec<char> = text.chars().collect();
                let letter = sliced(&letters, Some(*place), None, 1).into_iter().next();
                Value::text(letter.map(String::from).unwrap_or_default(), base.taint)
            }
            (Data::Map(entries), data) if matches!(data, Data::Int(_) | Data::Bool(_)) => {
                let found = entries.iter().find(|(held, _)| held.data == *data);
                found.map_or_else(|| Value::other(base.taint | MADE), |(_, value)| value.clone())
            }
            (Data::Text(_), _) => Value::text(HOLE.to_string(), base.taint | by).made_of(&[base]),
            (_, Data::Int(place)) => Value::other(nth(base.taint, *place)).made_of(&[base]),
            _ => {
                let of_messages = if base.taint & MESSAGES == 0 { 0 } else { MESSAGE };
                Value::other((base.taint & OF_ALL) | of_messages | by).made_of(&[base])
            }
        }
    }

    /// An index that is known only when rendering. Jinja2 reads attributes by it where there is no such item.
    fn odd_index(&mut self, at: usize, base: &Value, key: &Value) {
        let put_together = key.holds_text() || key.taint & DATE != 0;
        let constant = matches!(
            base.data,
            Data::Text(_) | Data::Macro(_) | Data::Function(_) | Data::Space(_)
        ) && base.known().is_none_or(|text| !text.is_empty());
        if key.taint & CONTENT != 0 && key.taint & COUNT == 0 && base.taint & CONTENT == 0 {
            self.outside(at, "what is read depends on what somebody wrote");
        } else if put_together {
            self.outside(at, "the name of what is read is put together");
        } else if constant && key.taint & COUNT == 0 {
            self.outside(at, "the name of what is read of a constant is not known");
        }
    }

    fn slice(&mut self, at: usize, base: &Value, parts: &'t [Option<Expression>; 3]) -> Value {
        let mut known = true;
        let (mut by, mut at_mark) = (0, false);
        let places: Vec<Option<i64>> = parts
            .iter()
            .map(|part| {
                let value = self.value(part.as_ref()?);
                at_mark |= value.taint & PIECES != 0;
                by |= value.taint & (CONTENT | TRIGGER | DATE | COUNT);
                match value.data {
                    Data::Int(int) => Some(int),
                    Data::None => None,
                    _ => {
                        known = false;
                        None
                    }
                }
            })
            .collect();
        let [start, stop, step] = places.as_slice() else { return Value::other(base.taint | MADE) };
        let step = step.unwrap_or(1);
        if by != 0 {
            self.chosen(at, base, by);
        }
        if step != 1 && base.taint & CONTENT != 0 {
            return Value::other(base.taint | CHANGED | TRIGGER).made_of(&[base]);
        }
        if at_mark && base.taint & CONTENT != 0 {
            return Value::other(base.taint | PIECES).made_of(&[base]);
        }
        match &base.data {
            Data::Text(text) if known && !text.contains(HOLE) => {
                let letters: Vec<char> = text.chars().collect();
                self.spend(letters.len());
                let text: String = sliced(&letters, *start, *stop, step).into_iter().collect();
                self.heard(at, &text);
                Value::text(text, base.taint)
            }
            Data::List(items) if known => {
                self.spend(items.len());
                let supposed = base.taint & MESSAGES != 0 && self.supposed.is_some();
                let taint =
                    if supposed { cut(base.taint, &[*start, *stop], true) } else { base.taint };
                Value { data: Data::List(sliced(items, *start, *stop, step)), taint }
            }
            Data::Text(_) => {
                let taint = cut(base.taint, &[*start, *stop], known);
                Value::text(HOLE.to_string(), taint | (by & TRIGGER)).made_of(&[base])
            }
            _ => Value::other(cut(base.taint, &[*start, *stop], known) | (by & TRIGGER))
                .made_of(&[base]),
        }
    }
}

/// The element at a place: one of many messages, or a part of what was written.
fn nth(taint: u16, place: i64) -> u16 {
    let far = !(-2..=1).contains(&place);
    if taint & MESSAGES != 0 {
        return (taint & OF_ALL) | MESSAGE | if far { TRIGGER } else { 0 };
    }
    let kept = taint & !COUNT;
    if taint & CONTENT != 0 && far { kept | TRIGGER } else { kept }
}

/// A part of messages, or of what somebody wrote.
fn cut(taint: u16, places: &[Option<i64>], known: bool) -> u16 {
    let far = places.iter().flatten().any(|place| !(-1..=1).contains(place));
    let cut = places.iter().flatten().next().is_some() || !known;
    if taint & MESSAGES != 0 {
        let again = taint & STEPPED != 0;
        return taint
            | if cut { STEPPED } else { 0 }
            | if far || (again && cut) { TRIGGER } else { 0 };
    }
    if taint & CONTENT == 0 || !cut || taint & PIECES != 0 {
        return taint;
    }
    // One sign at an end, as a bracket, once.
    let ends = known && matches!(places, [None | Some(0 | 1), None | Some(-1)]);
    if ends && taint & STEPPED == 0 { taint | STEPPED } else { taint | TRIGGER | CHANGED }
}
