//! Python files and the code cells of notebooks, as facts.

mod notebook;
mod tree;

use super::ir::Module;

/// What a file shows: `text` is Python, or the JSON of a notebook where `path` says so.
///
/// # Errors
/// A lower-case fragment that says why it is not read.
pub(crate) fn read(path: &str, text: &str) -> Result<Module, &'static str> {
    if is_notebook(path) {
        let cells = notebook::code(text)?;
        tree::read(path, &cells.text, Some(&cells.lines))
    } else {
        tree::read(path, text, None)
    }
}

/// Whether a file is a notebook by its name.
pub(crate) fn is_notebook(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".ipynb")
}

#[cfg(test)]
mod tests {
    use super::{
        super::ir::{Cause, Value},
        read,
    };

    #[test]
    fn reads_imports_calls_and_what_names_are_bound_to() {
        let text = "from transformers import AutoModel as A\nNAME = 'a/b'\n\
                    class C:\n    size: int = 3\n    def m(self, x='d'):\n        self.y = x\n        \
                    return A.from_pretrained(NAME, revision=f'v{self.size}')\n";
        let module = read("a.py", text).unwrap();
        let [import] = module.imports.as_slice() else { panic!() };
        assert_eq!((import.bound.as_str(), import.item.as_deref()), ("A", Some("AutoModel")));
        let [call] = module.calls.as_slice() else { panic!() };
        assert!(matches!(&call.callee, Value::Name(name) if name == "A.from_pretrained"));
        assert_eq!(call.line, 7);
        assert!(matches!(call.keyword("revision"), Some(Value::Join(parts)) if parts.len() == 2));
        let names: Vec<_> = module.bindings.iter().map(|b| (b.name.as_str(), b.line)).collect();
        assert_eq!(names, [("NAME", 2), ("size", 4), ("self", 5), ("x", 5), ("self.y", 6)]);
        assert_eq!(module.bindings[3].cause, Cause::Parameter(0, 1));
    }

    #[test]
    fn nesting_is_refused_and_never_ends_the_process() {
        let bombs = [
            "(".repeat(200_000),
            format!("x = {}1", "-".repeat(500_000)),
            format!("x = {}1", "a.".repeat(300_000)),
            format!("x = {}", "1+".repeat(300_000)),
            format!("x = {}", "not ".repeat(200_000)),
            format!("x = {}", "lambda: ".repeat(100_000)),
            format!("f{}", "()".repeat(300_000)),
            format!("f{}", "[0]".repeat(300_000)),
            format!("x = {}1", "1 if 2 else ".repeat(60_000)),
            format!("x = {}", "a := ".repeat(60_000)),
            format!("match x:\n case {}", "[".repeat(90_000)),
            (0..1_000).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect(),
            "f'{".repeat(90_000),
            format!("x: {}int", "a[".repeat(100_000)),
            format!("x = {}", "await ".repeat(100_000)),
            format!("x{}", " = y".repeat(200_000)),
        ];
        for bomb in bombs {
            drop(read("a.py", &bomb));
        }
    }

    #[test]
    fn code_cells_keep_the_lines_of_the_file() {
        let text = "{\n \"cells\": [\n  {\"cell_type\": \"markdown\", \"source\": [\"no = 1\"]},\n  {\n   \"source\": [\n    \
                    \"%pip install x\\n\",\n    \"a = \\\"\\u00e9\\\"\\n\",\n    \"b = 2\"\n   ],\n   \"cell_type\": \"code\"\n  }\n ]\n}";
        let module = read("a.ipynb", text).unwrap();
        let names: Vec<_> = module.bindings.iter().map(|b| (b.name.as_str(), b.line)).collect();
        assert_eq!(names, [("a", 7), ("b", 8)]);
        assert_eq!(module.bindings[0].value.text(), Some("é"));
        assert_eq!(module.commands.len(), 1);
    }
}
