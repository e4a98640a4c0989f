use std::collections::BTreeSet;

use super::tree::{Documents, MAX_DEPTH, MAX_NODES, Node, Pair};

const BROKEN: &str = "it is not valid JSON";
const TOO_DEEP: &str = "it nests too deep";
const TOO_MANY: &str = "it holds too many values";
const REPEATS: &str = "a key in it stands twice; readers differ in which of them counts";

/// A JSON text as a tree. Comments and commas at the end, as editors allow in their settings, are read over.
#[must_use]
pub fn json(text: &str) -> Documents {
    let mut reader =
        Reader { bytes: text.as_bytes(), text, at: 0, line: 1, nodes: 0, repeats: false };
    match reader.value(0) {
        Ok(node) => {
            reader.space();
            let repeats = reader.repeats.then_some(REPEATS);
            let problem = (reader.at < text.len()).then_some(BROKEN).or(repeats);
            Documents { documents: vec![node], problem }
        }
        Err(problem) => Documents { documents: Vec::new(), problem: Some(problem) },
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    line: u32,
    nodes: u32,
    /// Whether an object has a key twice.
    repeats: bool,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Node, &'static str> {
        self.space();
        self.nodes = self.nodes.saturating_add(1);
        if depth > MAX_DEPTH {
            return Err(TOO_DEEP);
        }
        if self.nodes > MAX_NODES {
            return Err(TOO_MANY);
        }
        let line = self.line;
        match self.peek() {
            Some(b'{') => self.map(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Node::of_text(line, &self.string()?)),
            Some(_) => self.word(),
            None => Err(BROKEN),
        }
    }

    fn map(&mut self, depth: usize) -> Result<Node, &'static str> {
        let line = self.line;
        let mut pairs = Vec::new();
        self.step();
        while !self.ends(b'}')? {
            let key_line = self.line;
            let key = self.string()?;
            self.space();
            self.expect(b':')?;
            let node = self.value(depth + 1)?;
            pairs.push(Pair { key: key.into(), line: key_line, node });
            self.comma(b'}')?;
        }
        // Most readers take the last (RFC 8259, section 4); here the first counts.
        let keys: BTreeSet<&str> = pairs.iter().map(|pair| &*pair.key).collect();
        if keys.len() < pairs.len() {
            self.repeats = true;
            pairs.reverse();
        }
        Ok(Node::of_pairs(line, pairs))
    }

    fn list(&mut self, depth: usize) -> Result<Node, &'static str> {
        let line = self.line;
        let mut items = Vec::new();
        self.step();
        while !self.ends(b']')? {
            items.push(self.value(depth + 1)?);
            self.comma(b']')?;
        }
        Ok(Node::of_list(line, items))
    }

    /// Whether the closing byte is next; it is read.
    fn ends(&mut self, close: u8) -> Result<bool, &'static str> {
        self.space();
        match self.peek() {
            Some(byte) if byte == close => {
                self.step();
                Ok(true)
            }
            Some(_) => Ok(false),
            None => Err(BROKEN),
        }
    }

    fn comma(&mut self, close: u8) -> Result<(), &'static str> {
        self.space();
        match self.peek() {
            Some(b',') => {
                self.step();
                Ok(())
            }
            Some(byte) if byte == close => Ok(()),
            _ => Err(BROKEN),
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), &'static str> {
        if self.peek() == Some(byte) {
            self.step();
            return Ok(());
        }
        Err(BROKEN)
    }

    /// A string with its quotes, its escapes resolved.
    fn string(&mut self) -> Result<String, &'static str> {
        let start = self.at;
        self.expect(b'"')?;
        loop {
            match self.peek().ok_or(BROKEN)? {
                b'"' => break,
                b'\\' => {
                    self.step();
                    self.step();
                }
                _ => self.step(),
            }
        }
        self.step();
        let written = self.text.get(start..self.at).ok_or(BROKEN)?;
        serde_json::from_str(written).map_err(|_| BROKEN)
    }

    fn word(&mut self) -> Result<Node, &'static str> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.'))
        {
            self.step();
        }
        match self.text.get(start..self.at) {
            None | Some("") => Err(BROKEN),
            Some("null") => Ok(Node::null(self.line)),
            Some(word) => Ok(Node::of_text(self.line, word)),
        }
    }

    fn space(&mut self) {
        while let Some(byte) = self.peek() {
            let next = self.bytes.get(self.at + 1).copied();
            match (byte, next) {
                (b' ' | b'\t' | b'\n' | b'\r', _) => self.step(),
                (b'/', Some(b'/')) => {
                    while self.peek().is_some_and(|b| b != b'\n') {
                        self.step();
                    }
                }
                (b'/', Some(b'*')) => {
                    while self.peek().is_some() && !self.ends_comment() {
                        self.step();
                    }
                    self.step();
                    self.step();
                }
                // A byte-order mark.
                (0xEF, Some(0xBB)) if self.at == 0 => self.at = 3,
                _ => return,
            }
        }
    }

    fn ends_comment(&self) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(b"*/"))
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn step(&mut self) {
        if self.peek() == Some(b'\n') {
            self.line = self.line.saturating_add(1);
        }
        self.at = self.at.saturating_add(1).min(self.bytes.len());
    }
}

#[cfg(test)]
mod tests {
    use super::json;

    #[test]
    fn reads_settings_of_editors_with_lines() {
        let read = json(
            "{\n  // servers\n  \"a\": {\"b\\n\": [1, true, null,]}, /* x\n */\n \"c\": \"d\",\n}\n",
        );
        assert!(read.problem.is_none(), "{read:?}");
        let root = &read.documents[0];
        assert_eq!(root.at(&["a", "b\n"]).unwrap().items().len(), 3);
        assert_eq!(root.pair("c").unwrap().line, 5);
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_counts_and_it_is_said() {
        let read = json("{\"a\": {\"b\": 1}, \"c\": 2, \"\\u0061\": {\"b\": 3}}");
        assert!(read.problem.is_some_and(|why| why.contains("twice")));
        assert_eq!(read.documents[0].text_at(&["a", "b"]), Some("3"));
        assert_eq!(read.documents[0].pairs().len(), 3);
        assert!(json("[{\"a\": 1}, {\"a\": 2}]").problem.is_none());
    }

    #[test]
    fn what_is_broken_or_too_deep_is_a_problem() {
        for text in
            ["", "{", "{\"a\"}", "[1 2]", "\"", "\"\\", "/*", "{} x", "{\"a\":,}", "nul\u{e9}"]
        {
            assert!(json(text).problem.is_some(), "{text}");
        }
        assert!(json(&"[".repeat(1 << 20)).problem.is_some());
        assert!(json(&format!("[{}]", "1,".repeat(1 << 19))).problem.is_some());
    }
}
