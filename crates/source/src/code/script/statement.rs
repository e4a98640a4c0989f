//! Statements: imports, declarations, functions and classes.

use super::{Kind, MAX_DEPTH, Reader};
use crate::code::ir::{Argument, Binding, Cause, Class, Function, Import, Value};

/// A parameter: its name, default and line.
type Parameter = (String, Value, u32);

impl Reader<'_> {
    pub(super) fn statement(&mut self) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.at += 1;
        } else {
            self.statement_of(self.word(0));
        }
        self.depth -= 1;
    }

    fn statement_of(&mut self, word: Option<&str>) {
        match word {
            Some("import") if !self.peek(1).is_some_and(|next| next.is("(") || next.is(".")) => {
                self.import();
            }
            Some("export") => self.export(),
            Some(
                "default" | "async" | "abstract" | "declare" | "public" | "else" | "do" | "try"
                | "finally",
            ) => self.at += 1,
            Some("const" | "let" | "var") => self.declaration(),
            Some("function") => drop(self.function_value()),
            Some("class") => self.class(),
            Some("interface" | "type") if self.word(1).is_some() => self.type_declaration(),
            Some("enum") => self.at += 2,
            Some("return" | "throw") => {
                self.at += 1;
                if !self.is(";") && !self.is("}") {
                    let value = self.expression();
                    let function = self.function.and_then(|at| self.module.functions.get_mut(at));
                    if let Some(function) = function {
                        function.returns.push(value);
                    }
                }
            }
            Some("case") => {
                // What is compared with is a mention, not a use.
                while self.peek(0).is_some() && !self.is(":") && !self.is("}") {
                    self.at += 1;
                }
                self.at += 1;
            }
            Some("if" | "while" | "for" | "switch" | "catch" | "with") => self.head(),
            _ if self.is("{") => self.block(),
            _ if self.is(";") || self.is("}") || self.is(")") || self.is(",") => self.at += 1,
            _ => self.loose(),
        }
    }

    /// An expression that stands by itself, or an assignment.
    fn loose(&mut self) {
        let line = self.line();
        let start = self.at;
        let name = self.target();
        if let Some((name, cause)) = name {
            let value = self.expression();
            return self.bind(name, value, line, cause);
        }
        self.at = start;
        drop(self.expression());
    }

    /// Whether an assignment is next; its mark is read.
    pub(super) fn sets(&mut self) -> Option<Cause> {
        if self.take("+=") {
            return Some(Cause::Added);
        }
        let sets = self.take("=") || self.take("??=") || self.take("||=") || self.take("&&=");
        sets.then_some(Cause::Set)
    }

    /// The name of `a.b = …`, if this is an assignment.
    fn target(&mut self) -> Option<(String, Cause)> {
        let mut name = self.take_word()?.to_owned();
        while self.take(".") {
            name.push('.');
            name.push_str(self.take_word()?);
        }
        self.sets().map(|cause| (name, cause))
    }

    pub(super) fn bind(&mut self, name: String, value: Value, line: u32, cause: Cause) {
        self.facts += 1;
        let own = name.strip_prefix("this.").map(|rest| format!("self.{rest}"));
        let class = own.as_ref().and_then(|_| self.module.class_around(self.scope));
        let scope = class.unwrap_or(self.scope);
        let name = own.unwrap_or(name);
        let read_in = self.scope;
        self.module.bindings.push(Binding {
            scope,
            name,
            value,
            read_in,
            annotation: None,
            line,
            cause,
        });
    }

    /// `if ( … )` and the like: calls in the head are kept, what is compared is not.
    fn head(&mut self) {
        let is_for = self.word(0) == Some("for");
        self.at += 1;
        self.take("await");
        if !self.is("(") {
            return;
        }
        self.at += 1;
        if is_for
            && matches!(self.word(0), Some("const" | "let" | "var"))
            && self.peek(2).is_some_and(|token| token.is("of"))
        {
            let (line, name) = (self.line(), self.word(1).unwrap_or_default().to_owned());
            self.at += 3;
            let value = self.expression();
            self.bind(name, value, line, Cause::Loop);
        }
        for _ in 0..10_000 {
            if self.peek(0).is_none() || self.take(")") {
                break;
            }
            let before = self.at;
            if matches!(self.word(0), Some("const" | "let" | "var")) {
                self.declaration();
            } else {
                drop(self.expression());
            }
            if self.at == before {
                self.at += 1;
            }
        }
    }

    fn block(&mut self) {
        self.at += 1;
        while self.peek(0).is_some() && !self.is("}") {
            let before = self.at;
            self.statement();
            if self.at == before {
                self.at += 1;
            }
        }
        self.at += 1;
    }

    fn export(&mut self) {
        self.at += 1;
        self.take("default");
        if self.is("{") || self.is("*") {
            return self.exported_again();
        }
        if !matches!(
            self.word(0),
            Some(
                "const"
                    | "let"
                    | "var"
                    | "function"
                    | "class"
                    | "async"
                    | "interface"
                    | "type"
                    | "enum"
                    | "abstract"
                    | "declare"
            )
        ) {
            let value = self.expression();
            self.module.loose.push((self.scope, value));
        }
    }

    /// `export { a } from "…"`, `export * from "…"`: as if it were imported under that name.
    fn exported_again(&mut self) {
        let line = self.line();
        let mut names: Vec<(String, Option<String>)> = Vec::new();
        if self.take("*") {
            let alias = if self.take("as") { self.take_word() } else { None };
            names.push((alias.unwrap_or("*").to_owned(), None));
        } else {
            self.named_imports(&mut names);
        }
        if !self.take("from") {
            return;
        }
        let Some(token) = self.peek(0).copied().filter(|token| token.kind == Kind::Text) else {
            return;
        };
        self.at += 1;
        for (bound, item) in names {
            self.module.imports.push(Import { bound, module: token.text.to_owned(), item, line });
        }
    }

    fn import(&mut self) {
        let line = self.line();
        self.at += 1;
        let mut names: Vec<(String, Option<String>)> = Vec::new();
        if self.word(0) == Some("type") && !self.peek(1).is_some_and(|next| next.is("from")) {
            self.at += 1;
        }
        for _ in 0..2_000 {
            let Some(token) = self.peek(0).copied() else { return };
            match token.kind {
                Kind::Text => break,
                Kind::Word if token.text == "from" => self.at += 1,
                Kind::Word => {
                    self.at += 1;
                    names.push((token.text.to_owned(), Some("default".into())));
                }
                Kind::Mark if token.text == "{" => self.named_imports(&mut names),
                Kind::Mark if token.text == "*" => {
                    self.at += 2;
                    names.extend(self.take_word().map(|name| (name.to_owned(), None)));
                }
                Kind::Mark if token.text == ";" => return,
                _ => self.at += 1,
            }
        }
        let Some(token) = self.peek(0).copied() else { return };
        self.at += 1;
        if names.is_empty() {
            names.push((String::new(), None));
        }
        for (bound, item) in names {
            self.module.imports.push(Import { bound, module: token.text.to_owned(), item, line });
        }
    }

    fn named_imports(&mut self, names: &mut Vec<(String, Option<String>)>) {
        self.at += 1;
        while self.peek(0).is_some() && !self.take("}") {
            let is_type = self.word(0) == Some("type");
            if is_type && self.word(1).is_some_and(|next| next != "as") {
                // Types bind no value.
                self.at += 2;
                if self.take("as") {
                    self.at += 1;
                }
                continue;
            }
            let Some(name) = self.take_word() else {
                self.at += 1;
                continue;
            };
            let bound = if self.take("as") { self.take_word().unwrap_or(name) } else { name };
            names.push((bound.to_owned(), Some(name.to_owned())));
        }
    }

    fn declaration(&mut self) {
        self.at += 1;
        for _ in 0..1_000 {
            let line = self.line();
            if self.is("{") || self.is("[") {
                self.taken_apart(line);
            } else if let Some(name) = self.take_word() {
                if self.take(":") {
                    self.skip_type();
                }
                if name == "enum" {
                    return;
                }
                let before = self.module.functions.len();
                let value = if self.take("=") { self.expression() } else { Value::Unknown };
                self.name_function(before, &value, name, line);
                self.bind_or_require(name, value, line);
            }
            if !self.take(",") {
                break;
            }
        }
    }

    /// A function without a name that a constant holds has that name.
    fn name_function(&mut self, before: usize, value: &Value, name: &str, line: u32) {
        let _ = before;
        let Value::Function(index) = value else { return };
        let Some(function) = self.module.functions.get_mut(*index) else { return };
        name.clone_into(&mut function.name);
        function.line = line;
        let body = function.body;
        let parent = self.module.scope_name(self.scope).to_owned();
        if let Some(scope) = self.module.scopes.get_mut(body) {
            scope.name =
                if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") };
        }
    }

    fn bind_or_require(&mut self, name: &str, value: Value, line: u32) {
        match required(&self.module.calls, &value) {
            Some(module) => {
                let bound = name.to_owned();
                self.module.imports.push(Import { bound, module, item: None, line });
            }
            None if matches!(value, Value::Function(_)) => {}
            None => self.bind(name.to_owned(), value, line, Cause::Assigned),
        }
    }

    /// `const { a, b: c } = …`
    fn taken_apart(&mut self, line: u32) {
        let Some(end) = self.closing(self.at) else {
            self.at += 1;
            return;
        };
        let mut names = Vec::new();
        self.at += 1;
        while self.at < end {
            let name = self.word(0).map(str::to_owned);
            self.at += 1;
            let Some(name) = name else { continue };
            let bound = if self.take(":") {
                self.take_word().map_or(name.clone(), str::to_owned)
            } else {
                name.clone()
            };
            let default = if self.take("=") { self.expression() } else { Value::Unknown };
            names.push((name, bound, default));
        }
        self.at = end + 1;
        if self.take(":") {
            self.skip_type();
        }
        let value = if self.take("=") { self.expression() } else { Value::Unknown };
        if let Some(module) = required(&self.module.calls, &value) {
            for (item, bound, _) in names {
                self.module.imports.push(Import {
                    bound,
                    module: module.clone(),
                    item: Some(item),
                    line,
                });
            }
            return;
        }
        for (name, bound, default) in names {
            let member = match &value {
                Value::Name(base) => Value::Name(format!("{base}.{name}")),
                Value::Unknown => Value::Unknown,
                base => Value::Attribute(Box::new(base.clone()), name),
            };
            let value = match default {
                Value::Unknown => member,
                default => Value::Choice(vec![member, default]),
            };
            self.bind(bound, value, line, Cause::Assigned);
        }
    }

    pub(super) fn function_value(&mut self) -> Value {
        self.at += 1;
        self.take("*");
        let (line, name) = (self.line(), self.take_word().unwrap_or_default().to_owned());
        self.method(&name, line)
    }

    /// Parameters and body of a function.
    pub(super) fn method(&mut self, name: &str, line: u32) -> Value {
        if self.is("<") {
            self.skip_angles();
        }
        if !self.is("(") {
            return Value::Unknown;
        }
        let parameters = self.parameters();
        if self.take(":") {
            self.skip_type();
        }
        let (at, around, above) = self.open(name, line, &parameters);
        if self.is("{") {
            self.block();
        }
        (self.scope, self.function) = (around, above);
        Value::Function(at)
    }

    pub(super) fn arrow_body(&mut self, parameters: &[Parameter]) -> Value {
        let line = self.line();
        let (at, around, above) = self.open("", line, parameters);
        if self.is("{") {
            self.block();
        } else {
            let value = self.expression();
            if let Some(function) = self.module.functions.get_mut(at) {
                function.returns.push(value);
            }
        }
        (self.scope, self.function) = (around, above);
        Value::Function(at)
    }

    fn open(
        &mut self,
        name: &str,
        line: u32,
        parameters: &[Parameter],
    ) -> (usize, usize, Option<usize>) {
        let (around, above) = (self.scope, self.function);
        let at = self.module.functions.len();
        // A function without a name counts as part of what is around it.
        let scope_name = if name.is_empty() { "" } else { name };
        let body = self.module.open(around, scope_name, false);
        if name.is_empty() {
            let parent = self.module.scope_name(around).to_owned();
            if let Some(scope) = self.module.scopes.get_mut(body) {
                scope.name = parent;
            }
        }
        self.module.functions.push(Function {
            name: name.to_owned(),
            scope: around,
            body,
            decorators: Vec::new(),
            doc: None,
            parameters: parameters
                .iter()
                .map(|(name, _, _)| (name.clone(), String::new()))
                .collect(),
            returns: Vec::new(),
            line,
        });
        (self.scope, self.function) = (body, Some(at));
        for (place, (name, value, line)) in parameters.iter().enumerate() {
            self.bind(name.clone(), value.clone(), *line, Cause::Parameter(at, place));
        }
        (at, around, above)
    }

    pub(super) fn parameters(&mut self) -> Vec<Parameter> {
        let Some(end) = self.closing(self.at) else {
            self.at += 1;
            return Vec::new();
        };
        self.at += 1;
        let mut all = Vec::new();
        while self.at < end && self.facts <= super::MAX_FACTS {
            self.facts += 1;
            let line = self.line();
            if self.is("{") || self.is("[") {
                // Parts of an object: known by their own names.
                self.at += 1;
            } else if let Some(name) = self.take_word() {
                self.take("?");
                if self.take(":")
                    && self.word(0).is_none_or(|word| self.at < end && !word.is_empty())
                {
                    self.skip_type();
                }
                let value = if self.take("=") { self.expression() } else { Value::Unknown };
                all.push((name.to_owned(), value, line));
            } else {
                self.at += 1;
            }
        }
        self.at = end + 1;
        all
    }

    pub(super) fn class(&mut self) {
        self.at += 1;
        let line = self.line();
        let name = match self.word(0) {
            Some("extends") | None => String::new(),
            Some(name) => {
                self.at += 1;
                name.to_owned()
            }
        };
        if self.is("<") {
            self.skip_angles();
        }
        let mut bases = Vec::new();
        if self.take("extends") {
            let base = self.take_word().unwrap_or_default().to_owned();
            bases.push(Value::Name(base));
        }
        while self.peek(0).is_some() && !self.is("{") {
            self.at += 1;
        }
        let around = self.scope;
        let body = self.module.open(around, &name, true);
        self.module.classes.push(Class {
            name,
            body,
            decorators: Vec::new(),
            bases,
            doc: None,
            line,
        });
        self.scope = body;
        self.at += 1;
        while self.peek(0).is_some() && !self.is("}") {
            let before = self.at;
            self.member();
            if self.at == before {
                self.at += 1;
            }
        }
        self.at += 1;
        self.scope = around;
    }

    fn member(&mut self) {
        const WORDS: [&str; 10] = [
            "public",
            "private",
            "protected",
            "static",
            "readonly",
            "async",
            "override",
            "abstract",
            "get",
            "set",
        ];
        while self.word(0).is_some_and(|word| WORDS.contains(&word))
            && self.peek(1).is_some_and(|next| next.kind == Kind::Word || next.is("*"))
        {
            self.at += 1;
        }
        let line = self.line();
        let Some(name) = self.take_word() else {
            self.at += 1;
            return;
        };
        self.take("?");
        self.take("!");
        if self.is("(") || self.is("<") {
            drop(self.method(name, line));
            return;
        }
        if self.take(":") {
            self.skip_type();
        }
        if self.take("=") {
            let value = self.expression();
            self.bind(name.to_owned(), value, line, Cause::Assigned);
        }
    }

    fn type_declaration(&mut self) {
        let alias = self.word(0) == Some("type");
        self.at += 2;
        if self.is("<") {
            self.skip_angles();
        }
        if alias {
            self.take("=");
            self.skip_type();
            return;
        }
        while self.peek(0).is_some() && !self.is("{") {
            self.at += 1;
        }
        self.at = self.closing(self.at).map_or(self.at, |end| end) + 1;
    }

    /// A type: up to what can't be of it.
    pub(super) fn skip_type(&mut self) {
        for _ in 0..5_000 {
            let Some(token) = self.peek(0).copied() else { return };
            let ends = ["=", ",", ";", ")", "]", "}", "=>"];
            if token.is("(") || token.is("[") || token.is("{") {
                let object = token.is("{");
                // The body of a function follows its type.
                if object && self.at > 0 && !self.expects_type() {
                    return;
                }
                self.at = self.closing(self.at).unwrap_or(self.at) + 1;
                if self.is("=>") && token.is("(") {
                    self.at += 1;
                }
                continue;
            }
            if token.is("<") {
                self.skip_angles();
                continue;
            }
            let stops = ends.iter().any(|mark| token.is(mark));
            if stops || self.breaks() && token.kind == Kind::Word && !self.expects_type() {
                return;
            }
            self.at += 1;
        }
    }

    fn expects_type(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let marks = [
            "|",
            "&",
            ":",
            "=>",
            "=",
            "keyof",
            "typeof",
            "is",
            "as",
            "satisfies",
            "<",
            ",",
            "extends",
            "?",
        ];
        before.is_some_and(|token| marks.iter().any(|mark| token.is(mark)))
    }

    /// The place of the bracket that closes the one at `start`.
    pub(super) fn closing(&self, start: usize) -> Option<usize> {
        self.closers.get(start).copied().flatten()
    }

    /// `<A, B>` of types.
    pub(super) fn skip_angles(&mut self) {
        let mut depth = 0_i32;
        for _ in 0..2_000 {
            let Some(token) = self.peek(0).copied() else { return };
            if token.is("<") {
                depth += 1;
            } else if token.is(">") {
                depth -= 1;
            } else if token.is(";") {
                return;
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// Whether `<` here starts arguments of types: a short run of type words and then `>(`.
    pub(super) fn is_type_argument(&self) -> bool {
        let mut depth = 0_i32;
        for ahead in 0..60 {
            let Some(token) = self.peek(ahead) else { return false };
            match token.text {
                "<" => depth += 1,
                ">" => {
                    depth -= 1;
                    if depth == 0 {
                        return self.peek(ahead + 1).is_some_and(|next| next.is("("));
                    }
                }
                "," | "." | "[" | "]" | "|" | "&" | "{" | "}" | ":" | ";" | "?" => {}
                _ if matches!(token.kind, Kind::Word | Kind::Text) => {}
                _ => return false,
            }
        }
        false
    }

    /// Goes on behind the next comma, or stops at `close`; what lies between is not understood.
    pub(super) fn past_comma_or(&mut self, close: &str, before: usize) {
        if self.at == before {
            self.at += 1;
        }
        for _ in 0..20_000 {
            if self.peek(0).is_none() || self.is(close) || self.take(",") {
                return;
            }
            if self.is("(") || self.is("[") || self.is("{") {
                let start = self.at;
                drop(self.expression());
                if self.at == start {
                    self.at += 1;
                }
                continue;
            }
            if self.is(")") || self.is("]") || self.is("}") {
                return;
            }
            self.at += 1;
        }
    }

    pub(super) fn skip_to_close(&mut self, close: &str) {
        for _ in 0..20_000 {
            if self.peek(0).is_none() || self.take(close) {
                return;
            }
            if self.is(";") {
                return;
            }
            self.at += 1;
        }
    }
}

/// The module of `require("…")` or `await import("…")`.
fn required(calls: &[crate::code::ir::Call], value: &Value) -> Option<String> {
    let Value::Call(index) = value else { return None };
    let call = calls.get(*index)?;
    let Value::Name(name) = &call.callee else { return None };
    let wanted = matches!(name.as_str(), "require" | "import");
    let first: Option<&Argument> = call.arguments.first();
    first.filter(|_| wanted)?.value.text().map(str::to_owned)
}
