//! The tree that a template is parsed into. Chains are flat, so that no tree is deeper than the parser's own limit.

/// What went wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// Byte offset.
    pub(super) at: usize,
    /// What.
    pub(super) what: &'static str,
    /// Whether it is a limit of ours rather than a mistake.
    pub(super) limit: bool,
}

/// An expression and where it begins.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub(super) at: usize,
    pub(super) kind: Kind,
}

/// Kinds of expression.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Text(String),
    Int(i64),
    Float,
    Bool(bool),
    None,
    Name(String),
    /// List, tuple.
    List(Vec<Expression>),
    Map(Vec<(Expression, Expression)>),
    /// Operators of one rank, from the left.
    Chain(Box<Expression>, Vec<(Operator, Expression)>),
    Not(Box<Expression>),
    Negative(Box<Expression>),
    /// Value, condition, otherwise.
    Inline(Box<[Expression; 2]>, Option<Box<Expression>>),
    /// What follows a value: attributes, calls, filters, tests.
    Followed(Box<Expression>, Vec<Suffix>),
    /// Between brackets: start, stop, step.
    Slice(Box<[Option<Expression>; 3]>),
}

/// Operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    More,
    In,
    NotIn,
    Add,
    Subtract,
    Join,
    Multiply,
    Divide,
    Remainder,
    Power,
}

/// What follows a value.
#[derive(Clone, Debug)]
pub(super) enum Suffix {
    Attribute(usize, String),
    Item(Expression),
    Call(usize, Arguments),
    Filter(usize, String, Arguments),
    /// Name, arguments, whether `is not`.
    Test(usize, String, Arguments, bool),
}

/// Arguments of a call: by position, by name, and spread ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    pub(super) at: usize,
    pub(super) positional: Vec<Expression>,
    pub(super) named: Vec<(String, Expression)>,
    pub(super) spread: bool,
}

/// A statement.
#[derive(Clone, Debug)]
pub(super) enum Statement {
    Text(usize, String),
    Show(Expression),
    /// Conditions with their bodies, and the last body.
    If(Vec<(Expression, Vec<Self>)>, Vec<Self>),
    For(Box<For>),
    /// Targets and value.
    Set(Vec<Target>, Expression),
    /// Target, filters, body.
    Capture(Option<Target>, Vec<Suffix>, Vec<Self>),
    Macro(Box<Macro>),
    /// Parameters of the body, what is called, and the body.
    CallWith(Vec<(String, Option<Expression>)>, Expression, Vec<Self>),
    /// `break`, `continue`.
    Jump,
    /// A body as it is: generation, with, block, autoescape.
    Body(Vec<(String, Expression)>, Vec<Self>),
    /// Another file is read: the word, where.
    Reads(usize, &'static str),
    /// A statement of no known kind.
    Odd(usize, String),
    /// Evaluated for its effect.
    Do(Expression),
}

/// A loop.
#[derive(Clone, Debug)]
pub(super) struct For {
    pub(super) targets: Vec<String>,
    pub(super) over: Expression,
    pub(super) only: Option<Expression>,
    pub(super) body: Vec<Statement>,
    pub(super) otherwise: Vec<Statement>,
}

/// A macro.
#[derive(Clone, Debug)]
pub(super) struct Macro {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) parameters: Vec<(String, Option<Expression>)>,
    pub(super) body: Vec<Statement>,
}

/// What is set: a name, or an attribute of a namespace.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) attribute: Option<String>,
}
