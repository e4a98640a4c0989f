use toml_edit::{Document, Item, Table, TableLike};

use super::tree::{Documents, MAX_DEPTH, MAX_NODES, Node, Pair};

/// A TOML text as a tree.
#[must_use]
pub fn toml(text: &str) -> Documents {
    let Ok(document) = Document::parse(text) else {
        return Documents { documents: Vec::new(), problem: Some("it is not valid TOML") };
    };
    let mut starts = vec![0];
    starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1));
    let mut lines = Lines { starts, nodes: 0 };
    let root: &Table = document.as_table();
    let node = lines.table(root, 1, 0);
    let problem = (lines.nodes > MAX_NODES).then_some("it holds too many values");
    Documents { documents: vec![node], problem }
}

struct Lines {
    starts: Vec<usize>,
    nodes: u32,
}

impl Lines {
    fn line(&self, at: Option<usize>, above: u32) -> u32 {
        let Some(at) = at else { return above };
        u32::try_from(self.starts.partition_point(|start| *start <= at)).unwrap_or(u32::MAX)
    }

    fn table(&mut self, table: &dyn TableLike, line: u32, depth: usize) -> Node {
        let mut pairs = Vec::new();
        for (key, item) in table.iter() {
            let span = table.key(key).and_then(toml_edit::Key::span).map(|span| span.start);
            let key_line = self.line(span, line);
            let node = self.item(item, key_line, depth + 1);
            pairs.push(Pair { key: key.into(), line: key_line, node });
        }
        Node::of_pairs(line, pairs)
    }

    fn item(&mut self, item: &Item, above: u32, depth: usize) -> Node {
        let line = self.line(item.span().map(|span| span.start), above);
        self.nodes = self.nodes.saturating_add(1);
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            return Node::null(line);
        }
        if let Some(table) = item.as_table_like() {
            return self.table(table, line, depth);
        }
        if let Some(tables) = item.as_array_of_tables() {
            let items = tables.iter().map(|table| self.table(table, line, depth + 1)).collect();
            return Node::of_list(line, items);
        }
        item.as_value().map_or_else(|| Node::null(line), |value| self.value(value, line, depth))
    }

    fn value(&mut self, value: &toml_edit::Value, line: u32, depth: usize) -> Node {
        if let Some(text) = value.as_str() {
            return Node::of_text(line, text);
        }
        if let Some(items) = value.as_array() {
            let nodes = items.iter().map(|item| self.element(item, line, depth + 1)).collect();
            return Node::of_list(line, nodes);
        }
        let text = value.clone().decorated("", "").to_string();
        Node::of_text(line, &text)
    }

    fn element(&mut self, value: &toml_edit::Value, above: u32, depth: usize) -> Node {
        let line = self.line(value.span().map(|span| span.start), above);
        self.nodes = self.nodes.saturating_add(1);
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            return Node::null(line);
        }
        match value.as_inline_table() {
            Some(table) => self.table(table, line, depth),
            None => self.value(value, line, depth),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::toml;

    #[test]
    fn reads_tables_and_lists_with_lines() {
        let read = toml("a = 1\n[b.c]\nd = [\n  \"x\",\n  { e = true },\n]\n[[f]]\ng = \"h\"\n");
        let root = &read.documents[0];
        assert_eq!(root.text_at(&["a"]), Some("1"));
        let list = root.at(&["b", "c", "d"]).unwrap();
        assert_eq!(list.items()[0].line, 4);
        assert!(list.items()[1].get("e").unwrap().is_true());
        assert_eq!(root.get("f").unwrap().items()[0].pair("g").unwrap().line, 8);
    }

    #[test]
    fn what_is_broken_is_a_problem() {
        assert!(toml("a = ").problem.is_some());
        assert!(toml(&format!("a = {}", "[".repeat(1 << 19))).problem.is_some());
    }
}
