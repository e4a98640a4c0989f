//! JavaScript and TypeScript as facts: a tolerant reader of our own, that knows tokens and the shape of expressions, and skips
//! what it does not know.

mod expression;
mod statement;
mod tokens;

use super::ir::{Call, Module, Value};
use tokens::{Kind, Token};

/// Facts beyond this many in one file are not kept.
const MAX_FACTS: usize = 200_000;
/// Levels of brackets and operators that are followed.
const MAX_DEPTH: u32 = 60;

/// What a file shows.
///
/// # Errors
/// A lower-case fragment that says why it is not read.
pub(crate) fn read(path: &str, text: &str) -> Result<Module, &'static str> {
    let tokens = tokens::tokens(text).ok_or("it holds too much")?;
    let mut reader = Reader {
        module: Module { script: true, ..Module::new(path) },
        closers: tokens::closers(&tokens),
        tokens,
        at: 0,
        scope: 0,
        function: None,
        depth: 0,
        facts: 0,
    };
    while reader.at < reader.tokens.len() {
        let before = reader.at;
        reader.statement();
        if reader.at == before {
            reader.at += 1;
        }
        if reader.facts > MAX_FACTS {
            return Err("it holds too much");
        }
    }
    Ok(reader.module)
}

/// What is read so far, and where.
struct Reader<'a> {
    module: Module,
    tokens: Vec<Token<'a>>,
    /// For each opening bracket, the place of the one that closes it.
    closers: Vec<Option<usize>>,
    at: usize,
    scope: usize,
    function: Option<usize>,
    depth: u32,
    facts: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> Option<&Token<'a>> {
        self.tokens.get(self.at + ahead)
    }

    fn is(&self, mark: &str) -> bool {
        self.peek(0).is_some_and(|token| token.is(mark))
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = self.is(mark);
        self.at += usize::from(found);
        found
    }

    fn word(&self, ahead: usize) -> Option<&'a str> {
        self.peek(ahead)
            .and_then(|token| if token.kind == Kind::Word { Some(token.text) } else { None })
    }

    fn take_word(&mut self) -> Option<&'a str> {
        let word = self.word(0)?;
        self.at += 1;
        Some(word)
    }

    fn line(&self) -> u32 {
        let token = self.peek(0).or_else(|| self.tokens.last());
        token.map_or(1, |token| token.line)
    }

    /// Whether a new line starts before this token.
    fn breaks(&self) -> bool {
        self.at == 0 || self.peek(0).is_none_or(|token| token.fresh)
    }

    fn call(&mut self, callee: Value, arguments: Vec<super::ir::Argument>, line: u32) -> Value {
        self.facts += 1;
        self.module.calls.push(Call { scope: self.scope, callee, arguments, line });
        Value::Call(self.module.calls.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::ir::Value, read};

    #[test]
    fn reads_imports_calls_objects_and_templates() {
        let text = "import OpenAI, { type A, B as C } from 'openai'\n\
                    const MODEL: string = process.env.M ?? \"gpt-4o\" // no = 'x'\n\
                    export const SYSTEM = `You are ${name}.`\n\
                    async function ask(q = 'd') {\n  return await new OpenAI().chat.completions.create({\n    model: MODEL, \
                    messages: [{ role: 'system', content: SYSTEM }], ...rest })\n}\n";
        let module = read("a.ts", text).unwrap();
        let imports: Vec<_> =
            module.imports.iter().map(|i| (i.bound.as_str(), i.item.as_deref())).collect();
        assert_eq!(imports, [("OpenAI", Some("default")), ("C", Some("B"))]);
        let names: Vec<_> = module.bindings.iter().map(|b| (b.name.as_str(), b.line)).collect();
        assert_eq!(names, [("MODEL", 2), ("SYSTEM", 3), ("q", 4)]);
        assert!(
            matches!(&module.bindings[0].value, Value::Choice(all) if all[1].text() == Some("gpt-4o"))
        );
        assert!(matches!(&module.bindings[1].value, Value::Join(parts) if parts.len() == 3));
        let [made, asked] = module.calls.as_slice() else { panic!("{:?}", module.calls) };
        assert!(matches!(&made.callee, Value::Name(name) if name == "OpenAI"));
        assert_eq!(asked.line, 5);
        let given = &asked.arguments[0].value;
        assert!(matches!(given.key("model"), Some(Value::Name(name)) if name == "MODEL"));
        assert!(matches!(given.key("messages"), Some(Value::List(all)) if all.len() == 1));
        assert_eq!(module.functions[0].returns.len(), 1);
    }

    #[test]
    fn markup_regular_expressions_and_types_are_no_strings() {
        let text = "const a = /['\"`]/g.test(x) ? f('one') : 2\n\
                    export default function Page() { return <div className=\"b\">don't {g('two')} <br/></div> }\n\
                    const h = <T,>(x: Array<string>) => { k('three') }\n\
                    class D extends E<F> { name = 'n'; private m(): void { this.h('four') } }\n";
        let module = read("a.tsx", text).unwrap();
        let texts: Vec<_> = module.calls.iter().filter_map(|call| call.place(0)?.text()).collect();
        assert_eq!(texts, ["one", "two", "three", "four"]);
        assert_eq!(module.classes[0].name, "D");
    }

    #[test]
    fn escapes_in_texts_are_resolved() {
        let module = read(
            "a.ts",
            r"f('gpt-4o-\x68ex\u0061\u{1F600}\u{zz}\
b\'')",
        )
        .unwrap();
        assert_eq!(module.calls[0].place(0).unwrap().text(), Some("gpt-4o-hexa\u{1F600}b'"));
    }

    #[test]
    fn nesting_and_rubbish_end() {
        for bomb in [
            "(",
            "[",
            "{",
            "a=>",
            "`${",
            "<a>",
            "f(",
            "!",
            "a?b:",
            "x={",
            "function f(){",
            "new ",
            "class A{m(){",
        ] {
            drop(read("a.tsx", &bomb.repeat(60_000)));
        }
    }
}
