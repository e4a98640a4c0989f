//! Suppositions: a template is followed once more for each role, as if all messages had that role, and as if there were neither tools nor
//! documents nor thoughts. Conditions on the role are then known, so that it can be seen under whose name a role's words are shown.

use std::borrow::Cow;

use super::{
    decide::same,
    judge::Judge,
    policy::GIVEN,
    role_marks::{Who, marks},
    syntax::{Expression, Statement},
    text::{ALTERNATIVES, HOLE, OTHERWISE, SPOKEN, TOGETHER},
    value::{CONTENT, Data, MESSAGE, MESSAGES, OPERATOR, SAID, TRIGGER, Value},
};

/// Keys of a message that are supposed not to be there.
pub(super) const ABSENT: &[&str] = &[
    "tool_calls",
    "tool_call",
    "function_call",
    "reasoning_content",
    "reasoning",
    "thinking",
    "citations",
    "tool_responses",
];

/// What is supposed, and where a walk under it stands.
#[derive(Clone, Debug)]
pub(super) struct Supposed {
    /// The role whose words are looked for.
    role: &'static str,
    /// The roles of the messages.
    conversation: &'static [&'static str],
    /// Whether what is followed is not under a condition that isn't known.
    certain: bool,
    /// Whether the rest of this round is left out.
    stopped: bool,
    /// Whether what was said, or when, decides whether the words that are looked for are shown.
    pub(super) chance: bool,
    /// Roles of which something else than the role of the message chooses one.
    pub(super) roles: Option<[Who; 2]>,
}

impl Supposed {
    pub(super) const fn of(role: &'static str, conversation: &'static [&'static str]) -> Self {
        Self { role, conversation, certain: true, stopped: false, chance: false, roles: None }
    }

    fn messages(&self) -> Value {
        let messages = self
            .conversation
            .iter()
            .map(|role| Value { data: Data::Message(role, *role == self.role), taint: MESSAGE });
        Value { data: Data::List(messages.collect()), taint: MESSAGES }
    }
}

/// Whether a method or filter leaves the order of what it is given, near enough to see who speaks.
pub(super) fn leaves(name: &str) -> bool {
    matches!(
        name,
        "trim"
            | "strip"
            | "lstrip"
            | "rstrip"
            | "indent"
            | "replace"
            | "removeprefix"
            | "removesuffix"
            | "upper"
            | "lower"
            | "title"
            | "capitalize"
            | "truncate"
    )
}

impl<'t> Judge<'t, '_> {
    pub(super) fn supposed_attribute(&self, base: &Value, name: &str) -> Option<Value> {
        self.supposed.as_ref()?;
        if !matches!(base.data, Data::Other | Data::Message(..)) {
            return None;
        }
        if ABSENT.contains(&name) {
            return Some(Value::of(Data::None));
        }
        let Data::Message(role, looked_for) = base.data else { return None };
        let said = if looked_for { SAID } else { 0 } | if role == "system" { OPERATOR } else { 0 };
        match name {
            "role" => Some(Value::text(role, 0)),
            "content" | "text" => Some(Value::other(CONTENT | said)),
            _ => None,
        }
    }

    pub(super) fn supposed_name(&self, name: &str) -> Option<Value> {
        let supposed = self.supposed.as_ref()?;
        Some(match name {
            "messages" => supposed.messages(),
            "add_generation_prompt" => Value::of(Data::Bool(true)),
            "eos_token" => Value::text("</s>", 0),
            "builtin_tools" | "xml_tools" | "python_tools" => Value::of(Data::None),
            _ if GIVEN.contains(&name) => Value::of(Data::None),
            _ if name.ends_with("_token") => Value::text("", 0),
            _ => return None,
        })
    }

    /// Messages of a role are chosen.
    pub(super) fn supposed_choice(
        &self,
        base: &Value,
        name: &str,
        values: &[Value],
    ) -> Option<Value> {
        self.supposed.as_ref()?;
        let [attribute, test, role] = values else { return None };
        let role = (attribute.known() == Some("role")).then_some(role)?;
        let Data::List(items) = &base.data else { return None };
        let mut chosen = Vec::new();
        for item in items {
            let Data::Message(own, _) = item.data else { return None };
            let own = Value::text(own, 0);
            let holds = match test.known()? {
                "equalto" | "eq" | "==" | "sameas" => same(&own, role)?,
                "ne" | "!=" => !same(&own, role)?,
                "in" => self.within(&own, role)?,
                _ => return None,
            };
            if holds == (name == "selectattr") {
                chosen.push(item.clone());
            }
        }
        Some(Value { data: Data::List(chosen), taint: base.taint })
    }

    /// One of two values of which it is not known which: what says something, where the other is nothing.
    pub(super) fn supposed_either(&self, one: &Value, other: &Value) -> Option<Value> {
        self.supposed.as_ref()?;
        let nothing = |value: &Value| match &value.data {
            Data::None => true,
            Data::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        match (nothing(one), nothing(other)) {
            (_, true) => Some(one.clone()),
            (true, false) => Some(other.clone()),
            _ => None,
        }
    }

    /// Notes that it is not the role of a message that decides under which role it is shown.
    pub(super) fn other_role(&mut self, one: &Value, other: &Value) {
        let Some(held) = &mut self.supposed else { return };
        let role = |value: &Value| {
            let text = value.known()?;
            Who::of(text.trim()).or_else(|| marks(text).last()?.who)
        };
        if let (Some(one), Some(other)) = (role(one), role(other))
            && one != other
        {
            held.roles = Some([one, other]);
        }
    }

    /// The numbers of a range that goes over the messages.
    pub(super) fn supposed_range(&self, numbers: &[i64]) -> Option<Value> {
        self.supposed.as_ref()?;
        let (start, stop) = match numbers {
            [stop] => (0, *stop),
            [start, stop] | [start, stop, 1] => (*start, *stop),
            _ => return None,
        };
        let count = stop.checked_sub(start).filter(|count| *count <= 16)?;
        let all = (0..count).map(|at| Value::of(Data::Int(start.saturating_add(at))));
        Some(Value::of(Data::List(all.collect())))
    }

    /// A text, with somebody's words marked in it.
    pub(super) fn marked(&self, value: &Value, text: String) -> String {
        if self.supposed.is_none() || value.taint & SAID == 0 || text.contains(SPOKEN) {
            return text;
        }
        text.replace(HOLE, &format!("{HOLE}{SPOKEN}"))
    }

    /// A text of the template, without the mark that only we write.
    pub(super) fn literal<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let ours = [HOLE, SPOKEN, ALTERNATIVES, OTHERWISE, TOGETHER];
        if self.supposed.is_some() && text.contains(ours) {
            return Cow::Owned(text.replace(ours, ""));
        }
        Cow::Borrowed(text)
    }

    /// Branches of which some are known to be taken, or not.
    pub(super) fn supposed_branches(
        &mut self,
        branches: &'t [(Expression, Vec<Statement>)],
        otherwise: &'t [Statement],
    ) {
        let mut sets = Vec::new();
        let (mut last, mut conditions) = (otherwise, 0);
        let mut shows = [false; 2];
        for (condition, body) in branches {
            let value = self.value(condition);
            match self.holds(&value) {
                Some(false) => {}
                Some(true) => {
                    last = body;
                    break;
                }
                None => {
                    conditions |= value.taint & TRIGGER;
                    self.shown.doubt();
                    let mark = if sets.is_empty() { ALTERNATIVES } else { OTHERWISE };
                    self.shown.push(mark.encode_utf8(&mut [0; 4]), 0);
                    sets.push(self.uncertain(body, conditions, &mut shows));
                }
            }
        }
        if sets.is_empty() {
            return self.body(last);
        }
        self.shown.push(OTHERWISE.encode_utf8(&mut [0; 4]), 0);
        sets.push(self.uncertain(last, conditions, &mut shows));
        self.shown.push(TOGETHER.encode_utf8(&mut [0; 4]), 0);
        if conditions != 0 && shows == [true, true] {
            self.chance();
        }
        self.join(sets, 0);
    }

    /// Whether the words that are looked for are shown depends on what was said, or when.
    pub(super) const fn chance(&mut self) {
        if let Some(held) = &mut self.supposed {
            held.chance = true;
        }
    }

    /// Follows one of several alternatives, and notes whether it leaves the words out, or shows them.
    fn uncertain(
        &mut self,
        body: &'t [Statement],
        conditions: u16,
        shows: &mut [bool; 2],
    ) -> std::collections::BTreeMap<String, Value> {
        let was = self.supposed.as_mut().map(|held| std::mem::replace(&mut held.certain, false));
        let (words, errors) = (self.words, self.errors);
        let set = self.branch(conditions, None, body);
        let [silent, told] = shows;
        if self.words > words {
            *told = true;
        } else if self.errors == errors {
            *silent = true;
        }
        if let (Some(held), Some(was)) = (&mut self.supposed, was) {
            held.certain = was;
        }
        set
    }

    /// `break` or `continue`.
    pub(super) const fn stop(&mut self) {
        if let Some(held) = &mut self.supposed
            && held.certain
        {
            held.stopped = true;
        }
    }

    pub(super) fn stopped(&self) -> bool {
        self.supposed.as_ref().is_some_and(|held| held.stopped)
    }

    pub(super) fn enter_loop(&mut self) -> bool {
        self.supposed.as_mut().is_some_and(|held| std::mem::replace(&mut held.certain, true))
    }

    pub(super) const fn leave_loop(&mut self, certain: bool) {
        if let Some(held) = &mut self.supposed {
            held.certain = certain;
        }
    }

    pub(super) const fn next_round(&mut self) {
        if let Some(held) = &mut self.supposed {
            held.stopped = false;
        }
    }
}
