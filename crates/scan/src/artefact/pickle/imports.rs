//! What a stream imports: by lines, by strings from the stack, by number.

use super::{
    machine::{Ended, Machine, Step},
    names::is_dotted_identifier,
    rules,
    session::NO_NAME,
    value::{Span, Value},
};

/// Bytes of a module's or a class's name. Longer ones are no library's.
const MAX_NAME: usize = 200;

impl Machine<'_, '_, '_> {
    /// GLOBAL: module and name on two lines.
    pub(super) fn global(&mut self) -> Step {
        let (module, name) = self.two_lines()?;
        let import = self.import(module.as_deref(), name.as_deref());
        self.push(import)
    }

    pub(super) fn two_lines(&mut self) -> Step<(Option<String>, Option<String>)> {
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
            (module, name) if self.plain && (self.is_no_name(module) || self.is_no_name(name)) => {
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

    pub(super) fn import(&mut self, module: Option<&str>, name: Option<&str>) -> Value {
        let short = |text: &&str| text.len() <= MAX_NAME;
        let (Some(module), Some(name)) = (module.filter(short), name.filter(short)) else {
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
}
