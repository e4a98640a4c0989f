//! Classes and functions that `conformance/policy` found harmless in the sources of real packages.

use super::{Arguments, CALLABLE, OBJECT, State, Use, VALUE};

/// Sorted lines of module, name, use, package with versions, and reason, set apart by tabs.
pub(super) const TABLE: &str = include_str!("classes.tsv");

/// What the words in the table mean: a kind, and after it what else its classes have.
const KINDS: &[(&str, &Use)] = &[
    // Made without arguments that matter, given its attributes.
    ("object", &OBJECT),
    ("object+slots", &Use { state: State::Slots, ..OBJECT }),
    ("object+number", &Use { state: State::Number, ..OBJECT }),
    // Its instances can be called.
    ("object+call", &CALLABLE),
    ("object+call+slots", &Use { state: State::Slots, ..CALLABLE }),
    // It looks up attributes in its own way: nothing that looks them up may be given one.
    ("object+lookup", &Use { bag: true, ..OBJECT }),
    ("object+call+lookup", &Use { bag: true, ..CALLABLE }),
    // A dict or a list with more to it.
    ("mapping", &Use { pairs: true, ..OBJECT }),
    ("mapping+lookup", &Use { pairs: true, bag: true, ..OBJECT }),
    ("sequence", &Use { items: true, ..OBJECT }),
    // A member of an enumeration, by its value.
    ("enumeration", &Use { call: Some(Arguments::Literal), plain: true, ..OBJECT }),
    // A function that is only held.
    ("value", &VALUE),
];

/// How `name` of `module` may be used; none if the table does not have it.
pub(super) fn allowed(module: &str, name: &str) -> Option<&'static Use> {
    used(TABLE, module, name).and_then(meaning)
}

/// What the word in the table means.
fn meaning(word: &str) -> Option<&'static Use> {
    KINDS.iter().find(|(kind, _)| *kind == word).map(|(_, meaning)| *meaning)
}

/// The third column of the line that begins with `module` and `name`: found by halving, without an index.
fn used<'t>(table: &'t str, module: &str, name: &str) -> Option<&'t str> {
    let (mut low, mut high) = (0_usize, table.len());
    while low < high {
        let middle = low.midpoint(high);
        let before = table.get(low..middle)?.rfind('\n');
        let start = before.map_or(low, |at| low.saturating_add(at).saturating_add(1));
        let line = table.get(start..high)?.lines().next()?;
        let mut columns = line.split('\t');
        match (columns.next()?, columns.next()?).cmp(&(module, name)) {
            std::cmp::Ordering::Less => low = start.saturating_add(line.len()).saturating_add(1),
            std::cmp::Ordering::Greater => high = start,
            std::cmp::Ordering::Equal => return columns.next(),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::{danger, names::is_dotted_identifier},
        TABLE, allowed, meaning, used,
    };

    #[test]
    fn lines_are_sorted_and_say_what_they_allow_and_why() {
        assert!(TABLE.is_ascii());
        let rows: Vec<Vec<&str>> = TABLE.lines().map(|line| line.split('\t').collect()).collect();
        assert!(rows.is_sorted_by(|a, b| (a[0], a[1]) < (b[0], b[1])));
        for row in rows {
            let [module, name, word, source, why] = *row else { panic!("{row:?}") };
            assert!(is_dotted_identifier(module) && is_dotted_identifier(name), "{module} {name}");
            assert!(
                meaning(word).is_some() && source.contains(' ') && why.len() > 3,
                "{module} {name}"
            );
            assert!(!danger::is_dangerous(module, name), "{module} {name}");
            assert!(allowed(module, name).is_some(), "{module} {name}");
        }
    }

    #[test]
    fn only_whole_names_are_found() {
        let table = "a\tb\tvalue\nab\tc\tobject\nb\ta\tmapping\n";
        assert_eq!(used(table, "a", "b"), Some("value"));
        assert_eq!(used(table, "ab", "c"), Some("object"));
        assert_eq!(used(table, "b", "a"), Some("mapping"));
        for (module, name) in
            [("a", ""), ("", ""), ("a", "c"), ("ab", ""), ("b", "a\tmapping"), ("z", "z")]
        {
            assert_eq!(used(table, module, name), None, "{module} {name}");
        }
    }
}
