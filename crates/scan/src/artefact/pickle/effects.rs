//! What a stream does: imports, calls, state and items given to objects.

use coseal_core::fact::ArtefactVerdict;

use super::{
    arguments::Fit,
    machine::{Ended, Machine, Step},
    names::is_dotted_identifier,
    policy::{Arguments, Use},
    rules,
    session::NO_NAME,
    value::{Level, Span, Value},
};

impl Machine<'_, '_, '_> {
    /// GLOBAL: module and name on two lines.
    pub(super) fn global(&mut self) -> Step {
        let (module, name) = self.two_lines()?;
        let import = self.import(module.as_deref(), name.as_deref());
        self.push(import)
    }

    fn two_lines(&mut self) -> Step<(Option<String>, Option<String>)> {
        let start = self.cursor.offset();
        let length = self.line()?;
        let module = Span::new(start, length);
        let start = self.cursor.offset();
        let length = self.line()?;
        Ok((self.read(module), self.read(Span::new(start, length))))
    }

    /// STACK_GLOBAL: module and name from the stack.
    pub(super) fn stack_global(&mut self) -> Step {
        let (name, module) = (self.pop()?, self.pop()?);
        let import = match (module, name) {
            (Value::Forgotten, _) | (_, Value::Forgotten) => {
                self.session.forgotten = true;
                Value::Forgotten
            }
            (module, name) if module.is_string() && name.is_string() => {
                let (module, name) = (self.text(module), self.text(name));
                self.import(module.as_deref(), name.as_deref())
            }
            (module, name) if module.is_data() && name.is_data() => {
                return Err(Ended::Broken("it imports by something that is no name"));
            }
            _ => {
                let text = "imports a name that is computed while loading";
                self.unknown(&rules::UNKNOWN_IMPORT, text);
                Value::Reported
            }
        };
        self.push(import)
    }

    fn import(&mut self, module: Option<&str>, name: Option<&str>) -> Value {
        let (Some(module), Some(name)) = (module, name) else {
            let text = "imports a name that is too long or no text";
            self.unresolved(&rules::UNKNOWN_IMPORT, text);
            return Value::Reported;
        };
        if !is_dotted_identifier(module) || !is_dotted_identifier(name) {
            self.session.oddity(self.here, NO_NAME);
        }
        match self.session.names.import(module, name, self.here) {
            u32::MAX => Value::Reported,
            import => Value::Global(import),
        }
    }

    /// EXT1, EXT2, EXT4: an import by number.
    pub(super) fn extension(&mut self, code: i64) -> Step {
        if code <= 0 {
            return Err(Ended::Broken("an extension code that is not positive"));
        }
        let text = format!("imports what the loader registered as {code}");
        self.unresolved(&rules::EXTENSION, &text);
        self.push(Value::Reported)
    }

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
            Value::Reported => Ok(Value::Reported),
            Value::Forgotten => {
                self.session.forgotten = true;
                Ok(Value::Forgotten)
            }
            Value::Object { .. } | Value::Lazy | Value::Outside => {
                let text = format!("calls {}", self.show_call(callable, arguments));
                self.unknown(&rules::COMPUTED_CALL, &text);
                Ok(Value::Reported)
            }
            _ => Err(Ended::Broken("it calls something that is no function")),
        }
    }

    fn call_import(&mut self, import: u32, arguments: Value) -> Value {
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
        match self.fit(shape, arguments) {
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
        match self.at_most(Level::Object, &[named]) {
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
        let note = if allows.noted { self.heap.note(arguments) } else { u32::MAX };
        Value::Object { class, note, bag: allows.bag }
    }

    /// BUILD: gives the object on the stack its state.
    pub(super) fn build(&mut self, state: Value) -> Step {
        self.hand_over(&[state]);
        let target = self.top()?;
        match target {
            Value::Object { class, note, .. } => {
                self.check_state(class, state);
                if self.allows(target).is_some_and(|allows| allows.build) {
                    self.heap.set_state(note, state);
                    return self.after_build(target, note);
                }
                let text = self.show(target);
                self.session.forbid(class, self.here, "no library gives it state", &text);
            }
            Value::Reported => {}
            Value::Forgotten => self.session.forgotten = true,
            // How far an iterator is.
            Value::Lazy if matches!(state, Value::Int(_)) => {}
            // What `partial` binds to a function by name: literals.
            Value::Global(_) if self.is_partial(target, state) => {}
            Value::Global(_) | Value::Lazy | Value::Outside => {
                let text = format!("sets attributes of {}", self.show(target));
                self.unknown(&rules::ALTERS_CODE, &text);
            }
            Value::Storage(_) => {}
            _ => self.session.oddity(self.here, "it gives state to a plain value"),
        }
        Ok(())
    }

    fn is_partial(&self, function: Value, state: Value) -> bool {
        let block = |allows: &Use| allows.call == Some(Arguments::Block);
        self.allows(function).is_some_and(block) && self.is_partial_state(function, state)
    }

    /// APPEND, APPENDS, ADDITEMS: a method of the object on the stack is called.
    pub(super) fn add_items(&mut self, items: &[Value]) -> Step {
        self.hand_over(items);
        let target = self.top()?;
        match target {
            Value::List(index) | Value::Set(index) => self.heap.extend(index, items),
            _ => self.add(target, |allows| allows.items),
        }
        Ok(())
    }

    /// SETITEM, SETITEMS.
    pub(super) fn add_pairs(&mut self, items: &[Value]) -> Step {
        if !items.len().is_multiple_of(2) {
            return Err(Ended::Broken("a key without a value"));
        }
        self.hand_over(items);
        let target = self.top()?;
        match target {
            Value::Dict(index) => {
                self.mark_keys(index, items);
                self.heap.extend(index, items);
            }
            _ => {
                self.check_pairs(target, items);
                self.add(target, |allows| allows.pairs);
            }
        }
        Ok(())
    }

    fn add(&mut self, target: Value, takes: fn(&Use) -> bool) {
        match target {
            Value::Object { class, .. } => {
                if !self.allows(target).is_some_and(takes) {
                    let text = self.show(target);
                    self.session.forbid(class, self.here, "no library gives it items", &text);
                }
            }
            Value::Reported => {}
            Value::Forgotten => self.session.forgotten = true,
            Value::Global(_) | Value::Lazy | Value::Outside => {
                let text = format!("calls a method of {}", self.show(target));
                self.unknown(&rules::COMPUTED_CALL, &text);
            }
            _ => self.session.oddity(self.here, "it gives items to a value that takes none"),
        }
    }

    /// Values are put where the loading program or an object may call them: nothing that may only be
    /// called by the stream itself belongs there.
    pub(super) fn hand_over(&mut self, values: &[Value]) {
        for value in values {
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

    fn unknown(&mut self, rule: &coseal_core::finding::Rule, text: &str) {
        self.session.misused = true;
        self.unresolved(rule, text);
    }

    /// An import of what nobody can name: of numbers taken as opcodes, many do that.
    fn unresolved(&mut self, rule: &coseal_core::finding::Rule, text: &str) {
        self.session.effects = self.session.effects.saturating_add(1);
        self.session.find(rule, ArtefactVerdict::Unknown, self.here, text);
    }
}
