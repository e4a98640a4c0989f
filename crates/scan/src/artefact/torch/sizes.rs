//! Sizes of exported programs: expressions of symbols, which the loader evaluates as Python. Only what the exporter writes is one.
//!
//! Sources: `torch/_export/serde/serialize.py`, `torch/utils/_sympy/functions.py` and the printers `str` and `srepr` of SymPy.

/// Bytes of an expression.
const MAX_LENGTH: usize = 1 << 16;
/// Calls within calls.
const MAX_DEPTH: u8 = 64;
/// Powers that are written out.
const MAX_POWER: u32 = 64;
/// Functions that sizes are computed with.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "Abs", "Add", "And", "BitwiseFn_bitwise_and", "BitwiseFn_bitwise_or", "BitwiseFn_bitwise_xor", "BooleanFalse",
    "BooleanTrue", "CeilDiv", "CeilToInt", "CleanDiv", "Eq", "Equality", "FloatPow", "FloatTrueDiv", "FloorDiv",
    "FloorToInt", "Ge", "GreaterThan", "Gt", "Identity", "IntInfinity", "IntTrueDiv", "IsNonOverlappingAndDenseIndicator",
    "LShift", "Le", "LessThan", "Lt", "Max", "Min", "Mod", "ModularIndexing", "Mul", "Ne", "NegativeIntInfinity", "Not",
    "OpaqueUnaryFn_acos", "OpaqueUnaryFn_asin", "OpaqueUnaryFn_asinh", "OpaqueUnaryFn_atan", "OpaqueUnaryFn_cos",
    "OpaqueUnaryFn_cosh", "OpaqueUnaryFn_exp", "OpaqueUnaryFn_log", "OpaqueUnaryFn_log2", "OpaqueUnaryFn_sin",
    "OpaqueUnaryFn_sinh", "OpaqueUnaryFn_sqrt", "OpaqueUnaryFn_tan", "OpaqueUnaryFn_tanh", "Or", "PowByNatural",
    "PythonMod", "RShift", "RoundDecimal", "RoundToInt", "StrictGreaterThan", "StrictLessThan", "ToFloat",
    "TruncToFloat", "TruncToInt", "Unequality", "Where",
];
/// Numbers by name.
const CONSTANTS: &[&str] = &["True", "False", "true", "false", "oo", "int_oo"];
/// What is assumed of a symbol.
#[rustfmt::skip]
const ASSUMPTIONS: &[&str] = &[
    "commutative", "even", "finite", "infinite", "integer", "negative", "nonnegative", "nonpositive", "nonzero", "odd",
    "positive", "real", "zero",
];

/// Whether a text is an expression of symbols, numbers and known functions, in either spelling.
pub(super) fn is_size(expression: &str) -> bool {
    expression.len() <= MAX_LENGTH && (is_plain(expression) || is_written_out(expression))
}

/// As people write it: `2*s0 + FloorDiv(s1, 3)`.
fn is_plain(expression: &str) -> bool {
    let belongs = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let sign = |letter: char| " +-*/()<>=,&|~".contains(letter);
    let word = |word: &str| {
        let symbol = word.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
        let short = word.len().saturating_sub(symbol.len()) <= 4;
        word.bytes().all(|byte| byte.is_ascii_digit())
            || FUNCTIONS.contains(&word)
            || CONSTANTS.contains(&word)
            || short && !symbol.is_empty() && symbol.bytes().all(|byte| byte.is_ascii_digit())
    };
    let small = is_small(expression);
    small
        && expression.chars().all(|letter| belongs(letter) || sign(letter))
        && expression.split(|letter| !belongs(letter)).filter(|part| !part.is_empty()).all(word)
}

/// Whether powers are small numbers, and none is raised to another: such a tower has no end.
fn is_small(expression: &str) -> bool {
    let mut parts = expression.split("**").skip(1).peekable();
    while let Some(part) = parts.next() {
        let after = part.trim_start_matches([' ', '(', '-']);
        let rest = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let power = after.strip_suffix(rest).and_then(|power| power.parse::<u32>().ok());
        let apart = parts.peek().is_none() || rest.contains(|c: char| c.is_ascii_alphabetic());
        if !apart || power.is_none_or(|power| power > MAX_POWER) {
            return false;
        }
    }
    true
}

/// As SymPy writes it out: `Mul(Integer(2), Symbol('s0', integer=True))`.
fn is_written_out(expression: &str) -> bool {
    let mut rest = Rest(expression);
    rest.call(MAX_DEPTH) == Some(()) && rest.0.is_empty()
}

/// What is still to be read.
struct Rest<'t>(&'t str);

impl<'t> Rest<'t> {
    fn skip(&mut self, sign: &str) -> Option<()> {
        self.0 = self.0.trim_start_matches(' ').strip_prefix(sign)?.trim_start_matches(' ');
        Some(())
    }

    /// The longest run of some characters.
    fn run(&mut self, fits: fn(char) -> bool) -> &'t str {
        let length = self.0.find(|letter| !fits(letter)).unwrap_or(self.0.len());
        let (run, rest) = self.0.split_at_checked(length).unwrap_or((self.0, ""));
        self.0 = rest;
        run
    }

    fn name(&mut self) -> &'t str {
        self.run(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    }

    /// A function with what it is given, or a constant.
    fn call(&mut self, depth: u8) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let name = self.name();
        if CONSTANTS.contains(&name) {
            return Some(());
        }
        self.skip("(")?;
        match name {
            "Symbol" | "Dummy" => self.symbol()?,
            "Integer" => self.integer().map(drop)?,
            "Rational" => {
                self.integer()?;
                self.skip(",")?;
                self.integer()?;
            }
            "Float" => self.float()?,
            "Pow" => {
                self.call(depth)?;
                self.skip(",")?;
                self.skip("Integer(")?;
                self.integer().filter(|power| power.unsigned_abs() <= MAX_POWER.into())?;
                self.skip(")")?;
            }
            name if FUNCTIONS.contains(&name) => {
                if !self.0.starts_with(')') {
                    self.call(depth)?;
                }
                while self.0.starts_with(',') {
                    self.skip(",")?;
                    self.call(depth)?;
                }
            }
            _ => return None,
        }
        self.skip(")")
    }

    /// A name in quotes, and what is assumed of it.
    fn symbol(&mut self) -> Option<()> {
        self.skip("'")?;
        let name = self.name();
        self.skip("'")?;
        let plain = name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.len() <= 64;
        while self.0.starts_with(',') {
            self.skip(",")?;
            let assumed = self.name();
            self.skip("=")?;
            let fits = matches!(self.name(), "True" | "False") && ASSUMPTIONS.contains(&assumed);
            fits.then_some(())?;
        }
        plain.then_some(())
    }

    fn integer(&mut self) -> Option<i64> {
        self.run(|letter| letter.is_ascii_digit() || letter == '-').parse().ok()
    }

    /// A number in quotes, and how precise it is.
    fn float(&mut self) -> Option<()> {
        self.skip("'")?;
        let number = self.run(|letter| letter.is_ascii_digit() || "+-.e".contains(letter));
        self.skip("'")?;
        number.parse::<f64>().ok()?;
        if self.0.starts_with(',') {
            self.skip(",")?;
            self.skip("precision=")?;
            self.integer().filter(|bits| (1..=256).contains(bits))?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_size;

    #[test]
    fn sizes_are_what_the_exporter_writes() {
        for size in [
            "s0",
            "2*s77 + FloorDiv(s17, 3)",
            "s0**2",
            "s0**2 + s1**2",
            "Max(1, u0 - 1) >= 2",
            "Symbol('s77', positive=True, integer=True)",
            "Add(Mul(Integer(2), Symbol('s17', integer=True)), Integer(-1))",
            "Max(Integer(1), TruncToInt(Mul(Float('1.5', precision=53), ToFloat(Symbol('s27', positive=True)))))",
            "LessThan(Symbol('u0', integer=True), Integer(50))",
            "Pow(Symbol('s0'), Integer(2))",
            "Mul(Rational(1, 2), Symbol('s0'))",
            "Equality(Symbol('s0'), int_oo)",
        ] {
            assert!(is_size(size), "{size}");
        }
    }

    #[test]
    fn what_computes_something_else_is_none() {
        for text in [
            "__import__('os').system('id')",
            "Symbol('s0').__class__",
            "Symbol('s0', cls=True)",
            "Symbol('__class__')",
            "Symbol('s0'); Symbol('s1')",
            "Integer(open('x'))",
            "Function('f')(Symbol('s0'))",
            "Lambda(Symbol('s0'), Integer(1))",
            "Integer('1')",
            "Integer(1) + exec('x')",
            "Add(Symbol('s0'), 'exec(1)')",
            "Pow(Integer(9), Pow(Integer(9), Integer(9)))",
            "Pow(Integer(9), Integer(999999999))",
            "9**9**9**9",
            "9**(9**(9))",
            "2**999999999",
            "Float('1e5', precision=99999999)",
            "Symbol('s0'",
            "",
        ] {
            assert!(text.is_empty() || !is_size(text), "{text}");
        }
        let deep = format!("{}Integer(1){}", "Add(".repeat(99), ")".repeat(99));
        assert!(!is_size(&deep));
    }
}
