//! Statements: imports, assignments, functions and classes.

use ruff_python_ast::{
    ExceptHandler, Expr, Operator, Parameters, Stmt, StmtClassDef, StmtFunctionDef, StmtImport,
    StmtImportFrom,
};
use ruff_text_size::Ranged as _;

use super::Reader;
use crate::code::ir::{Binding, Cause, Class, Command, Function, Import, Text, Value, path_of};

impl Reader<'_> {
    pub(super) fn body(&mut self, body: &[Stmt]) {
        for statement in body {
            if !self.has_room() {
                return;
            }
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::Assign(assign) => {
                let value = self.value(&assign.value);
                for target in &assign.targets {
                    self.bind(target, &value, None, Cause::Assigned);
                }
            }
            Stmt::AnnAssign(assign) => {
                let annotation = Some(self.value(&assign.annotation));
                let value = assign.value.as_ref().map_or(Value::Unknown, |value| self.value(value));
                self.bind(&assign.target, &value, annotation, Cause::Assigned);
            }
            Stmt::AugAssign(assign) => {
                let value = self.value(&assign.value);
                let value = if assign.op == Operator::Add { value } else { Value::Unknown };
                self.bind(&assign.target, &value, None, Cause::Added);
            }
            Stmt::Global(global) => {
                for name in &global.names {
                    self.globals.insert((self.scope, name.id.to_string()));
                }
            }
            Stmt::Return(given) => {
                let value = given.value.as_ref().map_or(Value::Unknown, |value| self.value(value));
                let function = self.function.and_then(|at| self.module.functions.get_mut(at));
                if let Some(function) = function {
                    function.returns.push(value);
                }
            }
            Stmt::Expr(expression) => {
                let value = self.value(&expression.value);
                if !matches!(value, Value::Text(_) | Value::Call(_) | Value::Unknown) {
                    self.module.loose.push((self.scope, value));
                }
            }
            Stmt::IpyEscapeCommand(command) => {
                let line = self.line(command.start());
                self.module.commands.push(Command { line, text: command.value.to_string() });
            }
            _ => self.block(statement),
        }
    }

    fn block(&mut self, statement: &Stmt) {
        match statement {
            Stmt::For(each) => {
                let value = self.value(&each.iter);
                self.bind(&each.target, &value, None, Cause::Loop);
                self.body(&each.body);
                self.body(&each.orelse);
            }
            Stmt::While(each) => {
                drop(self.value(&each.test));
                self.body(&each.body);
                self.body(&each.orelse);
            }
            Stmt::If(choice) => {
                drop(self.value(&choice.test));
                self.body(&choice.body);
                for clause in &choice.elif_else_clauses {
                    if let Some(test) = &clause.test {
                        drop(self.value(test));
                    }
                    self.body(&clause.body);
                }
            }
            Stmt::With(with) => {
                for item in &with.items {
                    let value = self.value(&item.context_expr);
                    if let Some(target) = &item.optional_vars {
                        self.bind(target, &value, None, Cause::Assigned);
                    }
                }
                self.body(&with.body);
            }
            Stmt::Try(attempt) => {
                self.body(&attempt.body);
                for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    self.body(&handler.body);
                }
                self.body(&attempt.orelse);
                self.body(&attempt.finalbody);
            }
            Stmt::Match(choice) => {
                drop(self.value(&choice.subject));
                for case in &choice.cases {
                    self.body(&case.body);
                }
            }
            Stmt::Raise(raise) => {
                if let Some(raised) = &raise.exc {
                    drop(self.value(raised));
                }
            }
            _ => {}
        }
    }

    /// Binds a target; a tuple takes a tuple apart.
    pub(super) fn bind(
        &mut self,
        target: &Expr,
        value: &Value,
        annotation: Option<Value>,
        cause: Cause,
    ) {
        let line = self.line(target.start());
        let (scope, name) = match target {
            Expr::Name(name) => {
                let key = (self.scope, name.id.to_string());
                let scope = if self.globals.contains(&key) { 0 } else { self.scope };
                (scope, key.1)
            }
            Expr::Attribute(_) => {
                let Value::Name(name) = self.value(target) else { return };
                let scope = match name.split_once('.') {
                    Some(("self" | "cls", _)) => self.module.class_around(self.scope),
                    _ => None,
                };
                (scope.unwrap_or(self.scope), name.replacen("cls.", "self.", 1))
            }
            Expr::Subscript(item) => {
                let (base, key) = (self.value(&item.value), self.value(&item.slice));
                let Some(name) = path_of(&Value::Item(Box::new(base), Box::new(key))) else {
                    return;
                };
                (self.scope, name)
            }
            Expr::Tuple(tuple) => return self.take_apart(&tuple.elts, value, cause),
            Expr::List(list) => return self.take_apart(&list.elts, value, cause),
            _ => return,
        };
        let (value, read_in) = (value.clone(), self.scope);
        self.module.bindings.push(Binding { scope, name, value, read_in, annotation, line, cause });
    }

    fn take_apart(&mut self, targets: &[Expr], value: &Value, cause: Cause) {
        let parts = match value {
            Value::List(parts) if cause == Cause::Assigned && parts.len() == targets.len() => {
                parts.clone()
            }
            _ => vec![Value::Unknown; targets.len()],
        };
        for (target, part) in targets.iter().zip(&parts) {
            self.bind(target, part, None, cause);
        }
    }

    fn import(&mut self, import: &StmtImport) {
        let line = self.line(import.start());
        for name in &import.names {
            let full = name.name.to_string();
            // `import a.b` binds `a`; the name `a.b.c` is then already dotted as in the module.
            let (bound, module) = match &name.asname {
                Some(alias) => (alias.to_string(), full),
                None => {
                    let root = full.split('.').next().unwrap_or_default().to_owned();
                    if root != full {
                        let item = None;
                        let bound = full.clone();
                        self.module.imports.push(Import { bound, module: full, item, line });
                    }
                    (root.clone(), root)
                }
            };
            self.module.imports.push(Import { bound, module, item: None, line });
        }
    }

    fn import_from(&mut self, import: &StmtImportFrom) {
        let line = self.line(import.start());
        let dots = ".".repeat(usize::try_from(import.level).unwrap_or_default().min(20));
        let module = format!("{dots}{}", import.module.as_ref().map_or("", |name| name.as_str()));
        for name in &import.names {
            let bound = name.asname.as_ref().unwrap_or(&name.name).to_string();
            let item = Some(name.name.to_string());
            self.module.imports.push(Import { bound, module: module.clone(), item, line });
        }
    }

    fn function(&mut self, function: &StmtFunctionDef) {
        let decorators: Vec<_> =
            function.decorator_list.iter().map(|by| self.value(&by.expression)).collect();
        let at = self.module.functions.len();
        let (around, around_function) = (self.scope, self.function);
        let body = self.module.open(around, &function.name, false);
        self.module.functions.push(Function {
            name: function.name.to_string(),
            scope: around,
            body,
            decorators,
            doc: self.doc(&function.body),
            parameters: Vec::new(),
            returns: Vec::new(),
            line: self.line(function.name.start()),
        });
        self.scope = body;
        self.function = Some(at);
        self.parameters(at, &function.parameters, around);
        self.body(&function.body);
        self.scope = around;
        self.function = around_function;
    }

    fn parameters(&mut self, function: usize, parameters: &Parameters, around: usize) {
        for (place, parameter) in parameters.iter_non_variadic_params().enumerate() {
            let annotation = parameter.parameter.annotation.as_ref().map(|text| self.value(text));
            let default = parameter.default.as_ref();
            let value = default.map_or(Value::Unknown, |default| self.value(default));
            let name = parameter.parameter.name.to_string();
            let shown = match &annotation {
                Some(Value::Name(name)) => name.clone(),
                _ => String::new(),
            };
            if let Some(function) = self.module.functions.get_mut(function) {
                function.parameters.push((name.clone(), shown));
            }
            let line = self.line(parameter.start());
            let (scope, cause) = (self.scope, Cause::Parameter(function, place));
            let read_in = around;
            self.module.bindings.push(Binding {
                scope,
                name,
                value,
                read_in,
                annotation,
                line,
                cause,
            });
        }
    }

    fn class(&mut self, class: &StmtClassDef) {
        let decorators: Vec<_> =
            class.decorator_list.iter().map(|by| self.value(&by.expression)).collect();
        let arguments = class.arguments.as_ref().map(|all| self.arguments(all)).unwrap_or_default();
        let bases = arguments.into_iter().map(|argument| argument.value).collect();
        let (around, around_function) = (self.scope, self.function);
        let body = self.module.open(around, &class.name, true);
        self.module.classes.push(Class {
            name: class.name.to_string(),
            body,
            decorators,
            bases,
            doc: self.doc(&class.body),
            line: self.line(class.name.start()),
        });
        self.scope = body;
        self.function = None;
        self.body(&class.body);
        self.scope = around;
        self.function = around_function;
    }

    fn doc(&self, body: &[Stmt]) -> Option<Text> {
        let Some(Stmt::Expr(first)) = body.first() else { return None };
        let literal = first.value.as_string_literal_expr()?;
        let line = self.line(literal.start());
        Some(Text { text: literal.value.to_str().to_owned(), line })
    }
}
