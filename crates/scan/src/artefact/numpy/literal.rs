//! Python literals, as far as headers hold them: read, never evaluated.

/// Nested deeper than this is none that NumPy writes.
const MAX_DEPTH: usize = 16;
/// Values in one header.
const MAX_VALUES: usize = 4096;

/// A literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    None,
    Bool(bool),
    Int(u64),
    Text(String),
    /// A tuple or a list.
    Row(Vec<Self>),
    /// Keys and values, in order.
    Map(Vec<(Self, Self)>),
}

/// Reads one literal that fills `text`.
pub(super) fn parse(text: &str) -> Option<Literal> {
    let mut reader = Reader { rest: text, values: 0 };
    let literal = reader.value(0)?;
    reader.blank();
    reader.rest.is_empty().then_some(literal)
}

struct Reader<'t> {
    rest: &'t str,
    values: usize,
}

impl Reader<'_> {
    fn blank(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, token: &str) -> bool {
        self.blank();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: usize) -> Option<Literal> {
        self.values = self.values.saturating_add(1);
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            return None;
        }
        self.blank();
        let inner = depth.saturating_add(1);
        match self.rest.chars().next()? {
            '{' => self.map(inner),
            '(' => self.row("(", ")", inner),
            '[' => self.row("[", "]", inner),
            quote @ ('\'' | '"') => self.text(quote),
            '0'..='9' => self.number(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Option<Literal> {
        let words = [
            ("True", Literal::Bool(true)),
            ("False", Literal::Bool(false)),
            ("None", Literal::None),
        ];
        words.into_iter().find_map(|(word, literal)| self.take(word).then_some(literal))
    }

    /// Python 2 wrote `L` behind long numbers.
    fn number(&mut self) -> Option<Literal> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest.strip_prefix('L').unwrap_or(rest);
        digits.parse().ok().map(Literal::Int)
    }

    /// A string without escapes: NumPy escapes nothing in the names that it writes but what is not printable.
    fn text(&mut self, quote: char) -> Option<Literal> {
        let rest = self.rest.strip_prefix(quote)?;
        let (text, rest) = rest.split_once(quote)?;
        self.rest = rest;
        (!text.contains(['\\', '\n'])).then(|| Literal::Text(text.to_owned()))
    }

    fn row(&mut self, open: &str, close: &str, depth: usize) -> Option<Literal> {
        self.take(open);
        let mut values = Vec::new();
        while !self.take(close) {
            values.push(self.value(depth)?);
            if !self.take(",") {
                self.take(close).then_some(())?;
                break;
            }
        }
        Some(Literal::Row(values))
    }

    fn map(&mut self, depth: usize) -> Option<Literal> {
        self.take("{");
        let mut entries = Vec::new();
        while !self.take("}") {
            let key = self.value(depth)?;
            self.take(":").then_some(())?;
            entries.push((key, self.value(depth)?));
            if !self.take(",") {
                self.take("}").then_some(())?;
                break;
            }
        }
        Some(Literal::Map(entries))
    }
}
