//! Expressions as values; calls in them are kept as facts.

use ruff_python_ast::{
    Arguments, BoolOp, Comprehension, Expr, ExprCall, ExprFString, FStringPart,
    InterpolatedStringElement, InterpolatedStringElements, Number, Operator,
};
use ruff_text_size::Ranged as _;

use super::Reader;
use crate::code::ir::{Argument, Call, Cause, Text, Value};

impl Reader<'_> {
    pub(super) fn value(&mut self, expression: &Expr) -> Value {
        if !self.has_room() {
            return Value::Unknown;
        }
        match expression {
            Expr::StringLiteral(literal) => self.text(literal.value.to_str(), expression),
            Expr::FString(string) => self.f_string(string),
            Expr::BooleanLiteral(literal) => {
                Value::Word(if literal.value { "True" } else { "False" }.into())
            }
            Expr::NoneLiteral(_) => Value::Word("None".into()),
            Expr::NumberLiteral(literal) => match &literal.value {
                Number::Int(number) => Value::Word(number.to_string()),
                Number::Float(number) => Value::Word(number.to_string()),
                Number::Complex { .. } => Value::Unknown,
            },
            Expr::Name(name) => Value::Name(name.id.to_string()),
            Expr::Attribute(attribute) => match self.value(&attribute.value) {
                Value::Name(name) => Value::Name(format!("{name}.{}", attribute.attr)),
                Value::Unknown => Value::Unknown,
                base => Value::Attribute(Box::new(base), attribute.attr.to_string()),
            },
            Expr::Call(call) => self.call(call),
            Expr::List(list) => self.list(&list.elts),
            Expr::Tuple(tuple) => self.list(&tuple.elts),
            Expr::Set(set) => self.list(&set.elts),
            Expr::Dict(dict) => self.dict(&dict.items),
            Expr::Await(awaited) => self.value(&awaited.value),
            Expr::Starred(starred) => self.value(&starred.value),
            Expr::Yield(given) => {
                given.value.as_ref().map_or(Value::Unknown, |value| self.value(value))
            }
            Expr::YieldFrom(given) => self.value(&given.value),
            _ => self.composed(expression),
        }
    }

    fn composed(&mut self, expression: &Expr) -> Value {
        match expression {
            Expr::BoolOp(operation) => {
                let values = operation.values.iter().map(|value| self.value(value)).collect();
                if operation.op == BoolOp::Or { Value::Choice(values) } else { last(values) }
            }
            Expr::If(choice) => {
                drop(self.value(&choice.test));
                Value::Choice(vec![self.value(&choice.body), self.value(&choice.orelse)])
            }
            Expr::BinOp(operation) => {
                let (left, right) = (self.value(&operation.left), self.value(&operation.right));
                match operation.op {
                    Operator::Add => joined(left, right),
                    Operator::Div => {
                        let slash = Text { text: "/".into(), line: self.line(expression.start()) };
                        joined(joined(left, Value::Text(slash)), right)
                    }
                    // `"…" % values`, and `A | B` of annotations.
                    Operator::Mod | Operator::BitOr => left,
                    _ => Value::Unknown,
                }
            }
            Expr::Subscript(item) => {
                let (base, index) = (self.value(&item.value), self.value(&item.slice));
                Value::Item(Box::new(base), Box::new(index))
            }
            Expr::Named(named) => {
                let value = self.value(&named.value);
                self.bind(&named.target, &value, None, Cause::Assigned);
                value
            }
            Expr::Compare(compare) => {
                // What is compared with is a mention, not a use; calls in it are kept.
                drop(self.value(&compare.left));
                for value in &compare.comparators {
                    drop(self.value(value));
                }
                Value::Unknown
            }
            Expr::UnaryOp(operation) => {
                drop(self.value(&operation.operand));
                Value::Unknown
            }
            Expr::Lambda(lambda) => {
                drop(self.value(&lambda.body));
                Value::Unknown
            }
            Expr::ListComp(list) => self.comprehension(&list.generators, &list.elt),
            Expr::SetComp(set) => self.comprehension(&set.generators, &set.elt),
            Expr::Generator(generator) => self.comprehension(&generator.generators, &generator.elt),
            Expr::DictComp(dict) => self.comprehension(&dict.generators, &dict.value),
            _ => Value::Unknown,
        }
    }

    fn comprehension(&mut self, generators: &[Comprehension], element: &Expr) -> Value {
        for generator in generators {
            let value = self.value(&generator.iter);
            self.bind(&generator.target, &value, None, Cause::Loop);
            for test in &generator.ifs {
                drop(self.value(test));
            }
        }
        Value::List(vec![self.value(element)])
    }

    fn list(&mut self, elements: &[Expr]) -> Value {
        Value::List(elements.iter().map(|element| self.value(element)).collect())
    }

    fn dict(&mut self, items: &[ruff_python_ast::DictItem]) -> Value {
        let items = items.iter().map(|item| {
            let key = item.key.as_ref().map_or(Value::Name("**".into()), |key| self.value(key));
            (key, self.value(&item.value))
        });
        Value::Dict(items.collect())
    }

    fn call(&mut self, call: &ExprCall) -> Value {
        let callee = self.value(&call.func);
        let arguments = self.arguments(&call.arguments);
        let line = self.line(call.start());
        self.module.calls.push(Call { scope: self.scope, callee, arguments, line });
        Value::Call(self.module.calls.len() - 1)
    }

    pub(super) fn arguments(&mut self, arguments: &Arguments) -> Vec<Argument> {
        let mut all = Vec::with_capacity(arguments.args.len() + arguments.keywords.len());
        for argument in &arguments.args {
            let name = argument.is_starred_expr().then(|| "*".to_owned());
            all.push(Argument { name, value: self.value(argument) });
        }
        for keyword in &arguments.keywords {
            let name = keyword.arg.as_ref().map_or_else(|| "**".to_owned(), ToString::to_string);
            all.push(Argument { name: Some(name), value: self.value(&keyword.value) });
        }
        all
    }

    fn f_string(&mut self, string: &ExprFString) -> Value {
        let mut parts = Vec::new();
        for part in &string.value {
            match part {
                FStringPart::Literal(literal) => {
                    let line = self.line(literal.range.start());
                    parts.push(Value::Text(Text { text: literal.value.to_string(), line }));
                }
                FStringPart::FString(string) => self.elements(&string.elements, &mut parts),
            }
        }
        Value::Join(parts)
    }

    fn elements(&mut self, elements: &InterpolatedStringElements, parts: &mut Vec<Value>) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => {
                    let line = self.line(literal.range.start());
                    parts.push(Value::Text(Text { text: literal.value.to_string(), line }));
                }
                InterpolatedStringElement::Interpolation(inner) => {
                    parts.push(self.value(&inner.expression));
                }
            }
        }
    }

    fn text(&self, text: &str, expression: &Expr) -> Value {
        Value::Text(Text { text: text.to_owned(), line: self.line(expression.start()) })
    }
}

fn joined(left: Value, right: Value) -> Value {
    let mut parts = match left {
        Value::Join(parts) => parts,
        other => vec![other],
    };
    match right {
        Value::Join(more) => parts.extend(more),
        other => parts.push(other),
    }
    Value::Join(parts)
}

fn last(mut values: Vec<Value>) -> Value {
    values.pop().unwrap_or_default()
}
