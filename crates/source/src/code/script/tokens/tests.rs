//! What is a regular expression, a comment or a text, and what only looks like one.

use super::{Kind, tokens};

/// The texts in quotes and the words of a text.
fn read(text: &str) -> Vec<&str> {
    let found = tokens(text).unwrap();
    let kept = |kind| matches!(kind, Kind::Text | Kind::Word);
    found.iter().filter(|token| kept(token.kind)).map(|token| token.text).collect()
}

#[test]
fn a_regular_expression_hides_nothing_behind_it() {
    for before in [
        "if (a) /'/.test(b);",
        "if (a) /`/.test(b);",
        "if (f(a)[0]) /\\/*/.test(b);",
        "while (a) /\"/.test(b);",
        "for await (const a of b) /'/.test(a);",
        "for (;;) /[/']/.test(a);",
        "else /'/.test(a);",
        "do /'/.test(a); while (b)",
        "function f() {} /'/.test(b);",
        "function f(): string { return a } /'/.test(b);",
        "class A { m() {} } /'/\n",
        "x => { } \n /`/.exec(a)",
        "break\n/'/.test(a);",
        "continue a\n/'/.test(a);",
        "b = 1 > /'/.lastIndex;",
        "(/[[a]/]'/v).test(b);",
        "(/[[a]/)/2;",
        "(a) / b; x = `'` / c;",
        "a.if(b) / c; d = e / \"f\".length;",
        "x = {a: 1} / 2; y = [1] / 2; z = y++ / 2;",
        "#!/usr/bin/env node `",
    ] {
        let text = format!("{before}\nhere('seen') // ` ' \"");
        assert!(read(&text).ends_with(&["here", "seen"]), "{before}\n{:?}", tokens(&text));
    }
}

#[test]
fn a_comment_ends_where_a_line_ends() {
    for end in ["\n", "\r", "\r\n", "\u{2028}", "\u{2029}"] {
        for start in ["//", "#! `", "<!-- ` "] {
            let text = format!("{start} x{end}here('seen')");
            assert_eq!(read(&text), ["here", "seen"], "{text:?}");
            assert!(tokens(&text).unwrap()[0].fresh);
        }
    }
    assert_eq!(read("a<!--b; here('seen')"), ["a", "b", "here", "seen"]);
    assert_eq!(read("a = 'b\\\r\nc' + 'd'"), ["a", "b\\\r\nc", "d"]);
}

#[test]
fn slashes_in_markup_and_divisions_are_none() {
    for text in [
        "<b>{a} / {f('seen')}</b>",
        "<b>{a}</b> / <i title='seen'/>",
        "a = (b) / c('seen') / d",
        "a = b[0] / c('seen') / d",
        "<p>1/2 {f('seen')}</p>",
    ] {
        assert!(read(text).contains(&"seen"), "{text}\n{:?}", tokens(text));
    }
}

#[test]
fn what_nests_too_deep_is_not_read_in_part() {
    assert!(tokens(&"`${".repeat(200)).is_none());
    assert!(tokens(&"(".repeat(20_000)).is_none());
    assert!(tokens(&"/".repeat(500_000)).is_some() && tokens(&"(/[".repeat(100_000)).is_none());
}
