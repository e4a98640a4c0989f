//! Documents, and what loaders disagree about.

use super::{Document, Yaml, read};
use crate::artefact::stop::Stop;

fn one(text: &str) -> Document {
    read(text).unwrap()
}

fn is_broken(text: &str) -> bool {
    matches!(read(text), Err(Stop::Broken(..)))
}

#[test]
fn values_keep_their_keys_quotes_and_tags() {
    let document = one("a: [1, 'x']\nb: !!python/name:os.system\nc: !x {d: off}\n");
    let [map] = document.values.as_slice() else { panic!("one value") };
    assert_eq!(
        map.at("a"),
        Some(&Yaml::List(vec![Yaml::Text("1".into()), Yaml::Quoted("x".into())]))
    );
    assert_eq!(document.tags, ["tag:yaml.org,2002:python/name:os.system", "!x"]);
    assert!(map.has_key("d") && !map.has_key("off") && !document.aliases);
    assert!(map.at("c").unwrap().is_truthy() && !map.at("c").unwrap().at("d").unwrap().is_truthy());
    let mut texts = Vec::new();
    map.texts("", &mut texts);
    assert_eq!(texts, [("a", "1"), ("a", "x"), ("b", ""), ("d", "off")]);
}

#[test]
fn aliases_show_and_stand_for_themselves() {
    assert!(one("a: &x 1\nb: *x\n").aliases);
    assert!(one("a: {<<: {b: 1}}\n").aliases);
    assert!(!one("a: '<<'\n").aliases);
}

#[test]
fn what_loaders_disagree_about_is_broken() {
    assert!(is_broken("a: 1\na: 2\n"));
    assert!(is_broken("a: [1\n"));
    assert!(is_broken("# x\u{85}a: 1\n"), "some end the comment there");
    assert!(!is_broken("a: 1\r\nb: 2\r\n"));
    assert!(is_broken(&"[".repeat(100)));
}

#[test]
fn many_values_are_a_limit() {
    assert!(matches!(read(&"- a\n".repeat(200_001)), Err(Stop::Limit(_))));
}
