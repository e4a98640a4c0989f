use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::tree::{Documents, MAX_DEPTH, MAX_NODES, Node, Pair};

const TOO_DEEP: &str = "it nests too deep";
const TOO_MANY: &str = "it holds too many values, its aliases followed";
const BROKEN: &str = "it is not valid YAML";
const REPEATS: &str = "a key in it stands twice; readers differ in which of them counts";

/// The documents of a YAML text, anchors, aliases and merge keys resolved. What stands before an error is kept.
#[must_use]
pub fn yaml(text: &str) -> Documents {
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(text);
    // Every event but the ends makes a node, so that this many are enough for a file within its bounds.
    for _ in 0..MAX_NODES.saturating_mul(3) {
        let problem = match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => return builder.finish(None),
            Some(Ok((event, span))) => builder.take(event, span).err(),
            Some(Err(_)) => Some(BROKEN),
        };
        if problem.is_some() {
            return builder.finish(problem);
        }
    }
    builder.finish(Some(TOO_MANY))
}

#[derive(Default)]
struct Builder {
    documents: Vec<Node>,
    open: Vec<Frame>,
    anchors: BTreeMap<usize, Node>,
    nodes: u32,
    /// Whether a mapping has a key twice.
    repeats: bool,
}

struct Frame {
    line: u32,
    anchor: usize,
    held: Held,
}

enum Held {
    List(Vec<Node>),
    Map(Vec<Pair>, Option<(Rc<str>, u32)>),
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), &'static str> {
        let line = u32::try_from(span.start.line()).unwrap_or(u32::MAX).max(1);
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let node = if style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null") {
                    Node::null(line)
                } else {
                    Node::of_text(line, &text)
                };
                self.add(node, anchor)
            }
            Event::Alias(id) => {
                let node = self.anchors.get(&id).cloned().unwrap_or_else(|| Node::null(line));
                self.add(node, 0)
            }
            Event::SequenceStart(anchor, _) => self.open(line, anchor, Held::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.open(line, anchor, Held::Map(Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            _ => Ok(()),
        }
    }

    fn open(&mut self, line: u32, anchor: usize, held: Held) -> Result<(), &'static str> {
        if self.open.len() >= MAX_DEPTH {
            return Err(TOO_DEEP);
        }
        self.open.push(Frame { line, anchor, held });
        Ok(())
    }

    fn close(&mut self) -> Result<(), &'static str> {
        let Some(frame) = self.open.pop() else { return Ok(()) };
        let (node, added) = frame.whole();
        self.repeats |= frame.repeats();
        self.count(added)?;
        self.nest(node, frame.anchor)
    }

    fn count(&mut self, nodes: u32) -> Result<(), &'static str> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > MAX_NODES { Err(TOO_MANY) } else { Ok(()) }
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), &'static str> {
        self.count(node.size)?;
        self.nest(node, anchor)
    }

    fn nest(&mut self, node: Node, anchor: usize) -> Result<(), &'static str> {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|frame| &mut frame.held) {
            None => self.documents.push(node),
            Some(Held::List(items)) => items.push(node),
            Some(Held::Map(pairs, key)) => match key.take() {
                Some((key, line)) => pairs.push(Pair { key, line, node }),
                None => *key = Some((node.text().unwrap_or_default().into(), node.line)),
            },
        }
        Ok(())
    }

    fn finish(mut self, problem: Option<&'static str>) -> Documents {
        // What is open where it breaks off is kept as far as it goes; what is too large is not.
        let kept = problem.is_none_or(|problem| problem == BROKEN);
        while kept && !self.open.is_empty() {
            if self.close().is_err() {
                break;
            }
        }
        Documents {
            documents: self.documents,
            problem: problem.or(self.repeats.then_some(REPEATS)),
        }
    }
}

impl Frame {
    /// Whether a key stands in it twice; a key that is no text has none to compare.
    fn repeats(&self) -> bool {
        let Held::Map(pairs, _) = &self.held else { return false };
        let own = || pairs.iter().map(|pair| &*pair.key).filter(|key| !matches!(*key, "" | "<<"));
        own().collect::<BTreeSet<_>>().len() < own().count()
    }

    /// Its node, and how many nodes merging added.
    fn whole(&self) -> (Node, u32) {
        match &self.held {
            Held::List(items) => (Node::of_list(self.line, items.clone()), 1),
            Held::Map(pairs, _) => {
                let (pairs, added) = merged(pairs);
                (Node::of_pairs(self.line, pairs), added.saturating_add(1))
            }
        }
    }
}

/// The pairs with what `<<` brings, behind those that stand here; and how many nodes that is more.
fn merged(pairs: &[Pair]) -> (Vec<Pair>, u32) {
    // Of a key that stands twice readers take the last, if they take any (YAML 1.2.2, section 3.2.1.1); here the first counts.
    let own = pairs.iter().filter(|pair| &*pair.key != "<<");
    let mut seen = BTreeSet::new();
    let (mut all, twice): (Vec<Pair>, Vec<Pair>) =
        own.rev().cloned().partition(|pair| seen.insert(Rc::clone(&pair.key)));
    all.reverse();
    all.extend(twice);
    let mut added = 0_u32;
    for merge in pairs.iter().filter(|pair| &*pair.key == "<<") {
        let single = std::slice::from_ref(&merge.node);
        let sources = if merge.node.items().is_empty() { single } else { merge.node.items() };
        for pair in sources.iter().flat_map(Node::pairs) {
            added = added.saturating_add(pair.node.size.max(1));
            if added > MAX_NODES {
                return (all, added);
            }
            all.push(pair.clone());
        }
    }
    (all, added)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::yaml;

    #[test]
    fn keeps_lines_and_follows_anchors_and_merges() {
        let text = "a: &x\n  k: 1\n  l: two\nb:\n  <<: *x\n  l: mine\nc: [*x, ~]\n---\nd: e\n";
        let read = yaml(text);
        assert!(read.problem.is_none());
        let [first, second] = read.documents.as_slice() else { panic!("{read:?}") };
        assert_eq!(first.text_at(&["b", "k"]), Some("1"));
        assert_eq!(first.text_at(&["b", "l"]), Some("mine"));
        assert_eq!(first.at(&["b", "l"]).unwrap().line, 6);
        assert_eq!(first.get("c").unwrap().items().len(), 2);
        assert_eq!(second.get("d").unwrap().line, 9);
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_counts_and_it_is_said() {
        let read = yaml("a: {b: 1}\nc: 2\na: {b: 3}\n");
        assert!(read.problem.is_some_and(|why| why.contains("twice")));
        assert_eq!(read.documents[0].text_at(&["a", "b"]), Some("3"));
        assert!(
            yaml("x: &x {a: 1}\ny: {<<: *x, a: 2}\n? [a]\n: 1\n? [b]\n: 2\n").problem.is_none()
        );
    }

    #[test]
    fn keeps_what_stands_before_an_error() {
        let read = yaml("services:\n  a:\n    image: x\n  b: [\n}\n");
        assert!(read.problem.is_some());
        assert_eq!(read.documents[0].text_at(&["services", "a", "image"]), Some("x"));
    }

    #[test]
    fn bombs_are_given_up_quickly() {
        let mut laughs = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..40 {
            let items = vec![format!("*a{}", level - 1); 10].join(",");
            laughs.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        let mut merges = String::from("m0: &m0 {k: v}\n");
        for level in 1..4000 {
            merges
                .push_str(&format!("m{level}: &m{level}\n  <<: *m{}\n  k{level}: v\n", level - 1));
        }
        let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(400_000), "*a,".repeat(200_000));
        for bomb in [
            laughs,
            merges,
            text,
            "[".repeat(1 << 20),
            "{a: ".repeat(1 << 18),
            "- ".repeat(1 << 19),
            "? ".repeat(1 << 19),
            "a: ".repeat(1 << 18),
            "&a ".repeat(1 << 18),
            "\"".repeat(1 << 20),
            "[a,".repeat(1 << 18),
            "- a\n".repeat(1 << 18),
            "!".repeat(1 << 20),
            "a\n".repeat(1 << 19),
            " ".repeat(1 << 20),
            "#".repeat(1 << 20),
            "---\n".repeat(1 << 18),
            (0..600).map(|n| format!("{}a:\n", " ".repeat(n))).collect(),
        ] {
            // Well below a second where the compiler optimises and nothing else runs; what is not bounded takes hours.
            let start = Instant::now();
            let read = yaml(&bomb);
            assert!(
                start.elapsed() < Duration::from_secs(30),
                "{:?} for {}",
                start.elapsed(),
                bomb.get(..20).unwrap_or_default()
            );
            drop(read);
        }
    }
}
