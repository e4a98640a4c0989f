//! What a file of code says, in a form of our own that does not depend on its language or on the parser: imports, calls,
//! what names are bound to, functions and classes. Rules over code stand on this and on nothing else.

/// A file of code, or the code cells of a notebook.
#[derive(Clone, Debug, Default)]
pub(crate) struct Module {
    /// Path relative to the inspected folder.
    pub(crate) path: String,
    /// Whether it is JavaScript or TypeScript.
    pub(crate) script: bool,
    /// Scopes; the first is the module itself.
    pub(crate) scopes: Vec<Scope>,
    /// Imports, in order.
    pub(crate) imports: Vec<Import>,
    /// What names are bound to, in order.
    pub(crate) bindings: Vec<Binding>,
    /// Calls, inner before outer.
    pub(crate) calls: Vec<Call>,
    /// Functions and methods.
    pub(crate) functions: Vec<Function>,
    /// Classes.
    pub(crate) classes: Vec<Class>,
    /// Literals that stand by themselves, and what a module exports: values that no name is bound to.
    pub(crate) loose: Vec<(usize, Value)>,
    /// Commands of a notebook (`!pip install …`, `%run …`), kept aside and never run.
    pub(crate) commands: Vec<Command>,
}

/// A region in which names are bound.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// The scope around it; its own index for the module.
    pub(crate) parent: usize,
    /// Its dotted name below the module: `Class.method`; empty for the module.
    pub(crate) name: String,
    /// Whether it is the body of a class.
    pub(crate) class: bool,
}

/// A name that comes from another module.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    /// The name bound here; `*` for all names of the module.
    pub(crate) bound: String,
    /// The module, as written: `openai`, `.config`, `@ai-sdk/openai`, `./prompts`.
    pub(crate) module: String,
    /// The name in that module; none for the module itself.
    pub(crate) item: Option<String>,
    /// Line, counted from 1.
    pub(crate) line: u32,
}

/// A name and what it is bound to.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// The scope it is bound in.
    pub(crate) scope: usize,
    /// Its name; `self.x` for an attribute of the object, kept in the scope of the class.
    pub(crate) name: String,
    /// What it is bound to.
    pub(crate) value: Value,
    /// The scope in which the value is to be read.
    pub(crate) read_in: usize,
    /// Its annotation, where it has one.
    pub(crate) annotation: Option<Value>,
    /// Line, counted from 1.
    pub(crate) line: u32,
    /// Why it is bound.
    pub(crate) cause: Cause,
}

/// Why a name is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// By an assignment, or as `x` of `with … as x`.
    Assigned,
    /// By an assignment of a script that declares nothing: the name may be of a scope around.
    Set,
    /// By adding to what it had: `x += …`.
    Added,
    /// As a parameter; the index of its function, and its place among the parameters.
    Parameter(usize, usize),
    /// By a loop over its value.
    Loop,
}

/// A call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// The scope it stands in.
    pub(crate) scope: usize,
    /// What is called: a name, or an attribute of what another call gives.
    pub(crate) callee: Value,
    /// Its arguments in order.
    pub(crate) arguments: Vec<Argument>,
    /// Line, counted from 1.
    pub(crate) line: u32,
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    /// Its keyword; `*` and `**` for what is spread; none for a place.
    pub(crate) name: Option<String>,
    /// Its value.
    pub(crate) value: Value,
}

/// A function or method.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// The scope it stands in.
    pub(crate) scope: usize,
    /// The scope of its body.
    pub(crate) body: usize,
    /// Its decorators, outer first.
    pub(crate) decorators: Vec<Value>,
    /// Its documentation.
    pub(crate) doc: Option<Text>,
    /// Its parameters, by name, with their annotation as far as it is a name.
    pub(crate) parameters: Vec<(String, String)>,
    /// What it returns.
    pub(crate) returns: Vec<Value>,
    /// Line of its name, counted from 1.
    pub(crate) line: u32,
}

/// A class.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    /// Its name.
    pub(crate) name: String,
    /// The scope of its body.
    pub(crate) body: usize,
    /// Its decorators, outer first.
    pub(crate) decorators: Vec<Value>,
    /// What it derives from.
    pub(crate) bases: Vec<Value>,
    /// Its documentation.
    pub(crate) doc: Option<Text>,
    /// Line of its name, counted from 1.
    pub(crate) line: u32,
}

/// A command of a notebook.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    /// Line, counted from 1.
    pub(crate) line: u32,
    /// What follows `!` or `%`.
    pub(crate) text: String,
}

/// A text in code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// What it says, escapes resolved.
    pub(crate) text: String,
    /// Line on which it starts, counted from 1.
    pub(crate) line: u32,
}

/// A value, as far as code shows it.
#[derive(Clone, Debug, Default)]
pub(crate) enum Value {
    /// A text.
    Text(Text),
    /// A number, `True`, `None`.
    Word(String),
    /// A name, dotted as written.
    Name(String),
    /// What a call of this module gives, by its index.
    Call(usize),
    /// A list, tuple or set.
    List(Vec<Self>),
    /// A dictionary or object; a key that is `Name("**")` spreads its value.
    Dict(Vec<(Self, Self)>),
    /// One of several: `a or b`, `a if c else b`.
    Choice(Vec<Self>),
    /// Texts one behind the other: an f-string, a template, a sum.
    Join(Vec<Self>),
    /// An item of something: `a[b]`.
    Item(Box<Self>, Box<Self>),
    /// An attribute of something that is no name: `f().b`.
    Attribute(Box<Self>, String),
    /// A function without a name that stands in place; its index.
    Function(usize),
    /// Anything else.
    #[default]
    Unknown,
}

impl Value {
    /// The text, if it is one literal.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(&text.text) } else { None }
    }

    /// The value of a key, if it is a dictionary that has it.
    pub(crate) fn key(&self, wanted: &str) -> Option<&Self> {
        let Self::Dict(items) = self else { return None };
        items.iter().find(|(key, _)| key.text() == Some(wanted)).map(|(_, value)| value)
    }
}

/// What an item or member of a name is called when it is set: `a[0]["content"]` is `a.0.content`; `*` is an item that is not told.
pub(crate) fn path_of(value: &Value) -> Option<String> {
    let mut parts = Vec::new();
    let mut at = value;
    for _ in 0..16 {
        match at {
            Value::Name(name) => {
                parts.push(name.clone());
                parts.reverse();
                return Some(parts.join("."));
            }
            Value::Attribute(base, name) => {
                parts.push(name.clone());
                at = base;
            }
            Value::Item(base, index) => {
                parts.push(match &**index {
                    Value::Text(text) => text.text.clone(),
                    Value::Word(word) => word.clone(),
                    _ => "*".to_owned(),
                });
                at = base;
            }
            _ => return None,
        }
    }
    None
}

impl Call {
    /// The argument with this keyword.
    pub(crate) fn keyword(&self, wanted: &str) -> Option<&Value> {
        let found = self.arguments.iter().find(|argument| argument.name.as_deref() == Some(wanted));
        found.map(|argument| &argument.value)
    }

    /// The argument at this place, counted from 0.
    pub(crate) fn place(&self, wanted: usize) -> Option<&Value> {
        let mut places = self.arguments.iter().filter(|argument| argument.name.is_none());
        places.nth(wanted).map(|argument| &argument.value)
    }
}

impl Module {
    /// An empty module.
    pub(crate) fn new(path: &str) -> Self {
        let scope = Scope { parent: 0, name: String::new(), class: false };
        Self { path: path.to_owned(), scopes: vec![scope], ..Self::default() }
    }

    /// A new scope below `parent`; its index.
    pub(crate) fn open(&mut self, parent: usize, name: &str, class: bool) -> usize {
        let above = self.scopes.get(parent).map_or("", |scope| scope.name.as_str());
        let name = if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
        self.scopes.push(Scope { parent, name, class });
        self.scopes.len() - 1
    }

    /// The dotted name of a scope below the module.
    pub(crate) fn scope_name(&self, scope: usize) -> &str {
        self.scopes.get(scope).map_or("", |scope| scope.name.as_str())
    }

    /// The innermost class scope around a scope, itself included.
    pub(crate) fn class_around(&self, scope: usize) -> Option<usize> {
        let mut at = scope;
        for _ in 0..self.scopes.len() {
            let here = self.scopes.get(at)?;
            if here.class {
                return Some(at);
            }
            if here.parent == at {
                return None;
            }
            at = here.parent;
        }
        None
    }
}
