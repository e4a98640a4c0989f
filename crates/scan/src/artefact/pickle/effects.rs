//! What a stream calls and makes.

use coseal_core::fact::ArtefactVerdict;

use super::{
    arguments::Fit,
    machine::{Ended, Machine, Step},
    policy::{Arguments, Use},
    rules,
    value::{Level, Value},
};

impl Machine<'_, '_, '_> {
    /// INST: import and call in one.
    pub(super) fn inst(&mut self) -> Step {
        let (module, name) = self.two_lines()?;
        let class = self.import(module.as_deref(), name.as_deref());
        let items = self.take_to_mark()?;
        self.instance(class, &items)
    }

    /// OBJ: call what stands on the mark.
    pub(super) fn obj(&mut self) -> Step {
        let items = self.take_to_mark()?;
        let Some((&class, items)) = items.split_first() else {
            return Err(Ended::Broken("it makes an instance of nothing"));
        };
        self.instance(class, items)
    }

    fn instance(&mut self, class: Value, items: &[Value]) -> Step {
        self.hand_over(items);
        let arguments = self.heap.tuple(items);
        let made = match (class, self.allows(class)) {
            // Without arguments the class is made by `__new__`.
            (Value::Global(import), Some(allows)) if items.is_empty() && allows.new => {
                self.object(import, allows, arguments)
            }
            _ => self.call(class, arguments)?,
        };
        self.push(made)
    }

    /// REDUCE.
    pub(super) fn reduce(&mut self, callable: Value, arguments: Value) -> Step {
        let shaped = matches!(arguments, Value::Tuple(_) | Value::List(_)) || !arguments.is_data();
        if !shaped {
            return Err(Ended::Broken("it calls with something that is no tuple"));
        }
        let result = self.call(callable, arguments)?;
        self.push(result)
    }

    /// Calls.
    pub(super) fn call(&mut self, callable: Value, arguments: Value) -> Step<Value> {
        self.session.effects = self.session.effects.saturating_add(1);
        match callable {
            Value::Global(import) => Ok(self.call_import(import, arguments)),
            Value::Reported => {
                self.code_object(arguments);
                Ok(Value::Reported)
            }
            Value::Forgotten => {
                self.session.forgotten = true;
                Ok(Value::Forgotten)
            }
            Value::Outside => {
                let text = format!("calls {}", self.show_call(callable, arguments));
                self.unresolved(&rules::COMPUTED_CALL, &text);
                Ok(Value::Reported)
            }
            Value::Object { .. } if self.plain && self.is_inert(callable) => {
                Err(Ended::Broken("it calls something that is no function"))
            }
            Value::Object { .. } | Value::Lazy => {
                let text = format!("calls {}", self.show_call(callable, arguments));
                self.unknown(&rules::COMPUTED_CALL, &text);
                Ok(Value::Reported)
            }
            _ => Err(Ended::Broken("it calls something that is no function")),
        }
    }

    fn call_import(&mut self, import: u32, arguments: Value) -> Value {
        self.hash_given(import, arguments);
        let Some(allows) = self.allows(Value::Global(import)) else {
            return self.unknown_call(import, arguments);
        };
        let Some(shape) = allows.call else {
            let text = self.show_call(Value::Global(import), arguments);
            self.session.forbid(import, self.here, "no library calls it", &text);
            return Value::Reported;
        };
        self.called(import, allows, shape, arguments)
    }

    fn called(
        &mut self,
        import: u32,
        allows: &'static Use,
        shape: Arguments,
        arguments: Value,
    ) -> Value {
        match self.fit(Some(import), shape, arguments) {
            Fit::Object => self.object(import, allows, arguments),
            Fit::Value(value) => value,
            Fit::Unseen => {
                self.session.forgotten = true;
                Value::Forgotten
            }
            Fit::No(why) => {
                let text = self.show_call(Value::Global(import), arguments);
                self.session.forbid(import, self.here, why, &text);
                Value::Reported
            }
        }
    }

    fn unknown_call(&mut self, import: u32, arguments: Value) -> Value {
        let text = self.show_call(Value::Global(import), arguments);
        let text = self.code_call(import, arguments, text);
        self.session.names.called(import, self.here, || text);
        Value::Reported
    }

    /// NEWOBJ: `class.__new__(class, *arguments)`.
    pub(super) fn new_object(&mut self, class: Value, arguments: Value) -> Step {
        self.session.effects = self.session.effects.saturating_add(1);
        let made = self.made(class, arguments)?;
        self.push(made)
    }

    /// Arguments by name of `__new__`.
    pub(super) fn named_arguments(&mut self, class: Value, named: Value) {
        let Value::Global(import) = class else { return };
        let empty = match named {
            Value::Dict(index) => {
                self.heap.contents(index).is_some_and(|dict| dict.whole && dict.head.is_empty())
            }
            _ => false,
        };
        let shape = self.allows(class).and_then(|allows| allows.call);
        let open = matches!(shape, None | Some(Arguments::Values | Arguments::Known));
        let fit = match open || empty {
            true => self.at_most(Level::Object, &[named]),
            false => Fit::No("it is given arguments by name"),
        };
        match fit {
            Fit::Object | Fit::Value(_) => {}
            Fit::Unseen => self.session.forgotten = true,
            Fit::No(why) => {
                let text = self.show(class);
                self.session.forbid(import, self.here, why, &text);
            }
        }
    }

    /// What `class.__new__` gives.
    pub(super) fn made(&mut self, class: Value, arguments: Value) -> Step<Value> {
        let Value::Global(import) = class else { return self.call(class, arguments) };
        match self.allows(class) {
            None => Ok(self.unknown_call(import, arguments)),
            Some(allows) if allows.new => {
                // `__new__` does with its arguments what a call does.
                let shape = allows.call.unwrap_or(Arguments::Known);
                Ok(self.called(import, allows, shape, arguments))
            }
            Some(_) => {
                let text = self.show_call(class, arguments);
                self.session.forbid(import, self.here, "no library makes one like that", &text);
                Ok(Value::Reported)
            }
        }
    }

    fn object(&mut self, class: u32, allows: &Use, arguments: Value) -> Value {
        let note = match allows.noted {
            true => self.heap.note(arguments),
            false => self.watch(class, arguments),
        };
        Value::Object { class, note, bag: allows.bag }
    }

    /// Values are put where the loading program or an object may call them: nothing that may only be
    /// called by the stream itself belongs there.
    pub(super) fn hand_over(&mut self, values: &[Value]) {
        for value in values {
            if let Value::Object { note, .. } = *value {
                self.heap.mark_used(note);
            }
            if *value == Value::Forgotten && self.memo.lost() {
                self.session.forgotten = true;
            }
            if *value == Value::Lazy {
                self.unknown(
                    &rules::COMPUTED_CALL,
                    "hands over an iterator that may call or never end",
                );
            }
            if let Value::Global(import) = *value
                && self.allows(*value).is_some_and(|allows| !allows.value)
            {
                let text = self.show(*value);
                self.session.forbid(import, self.here, "no library hands it over", &text);
            }
        }
    }

    /// How the policy lets an import, or the class of an object, be used.
    pub(super) fn allows(&self, value: Value) -> Option<&'static Use> {
        match value {
            Value::Global(import) | Value::Object { class: import, .. } => {
                self.session.names.get(import)?.allows
            }
            _ => None,
        }
    }

    /// Whether it is certain that a value is neither a string nor can be called: data of other kinds, and what a known
    /// class makes that has no `__call__`. Every unpickler ends where it takes one for a name or a function.
    pub(super) fn is_inert(&self, value: Value) -> bool {
        let made = matches!(value, Value::Object { bag: false, .. });
        let (Value::Object { class, .. } | Value::Global(class)) = value else {
            return value.is_data() && !value.is_string();
        };
        let import = self.session.names.get(class).filter(|import| !import.is_granted());
        let Some((import, allows)) = import.and_then(|import| Some((import, import.allows?)))
        else {
            return false;
        };
        let array = Some(Arguments::ArrayReconstruct) == allows.call;
        made && (allows.new || array) && !allows.calls && !allows.bag && import.module != "builtins"
    }

    /// The same of what is only asked to be no string: no class and no function is one.
    pub(super) fn is_no_name(&self, value: Value) -> bool {
        let function = |allows: &Use| allows.new || allows.call.is_some();
        self.is_inert(value)
            || matches!(value, Value::Global(_)) && self.allows(value).is_some_and(function)
    }

    /// Module and name of an import, or of the class of an object.
    pub(super) fn named(&self, value: Value) -> Option<(&str, &str)> {
        match value {
            Value::Global(import) | Value::Object { class: import, .. } => {
                let import = self.session.names.get(import)?;
                Some((&import.module, &import.name))
            }
            _ => None,
        }
    }

    pub(super) fn unknown(&mut self, rule: &coseal_core::finding::Rule, text: &str) {
        self.session.misused = true;
        self.session.misused_closed = true;
        self.unresolved(rule, text);
    }

    /// An import of what nobody can name, or a use of what the loading program gives: of numbers and texts taken as
    /// opcodes, many do that.
    pub(super) fn unresolved(&mut self, rule: &coseal_core::finding::Rule, text: &str) {
        self.session.effects = self.session.effects.saturating_add(1);
        self.session.find(rule, ArtefactVerdict::Unknown, self.here, text);
    }
}
