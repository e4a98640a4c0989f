//! Text that works against who uses the model, told by how it says so.

use std::collections::BTreeSet;

use super::text::HOLE;

/// What is wrong with a text, if something is.
pub(super) fn speaks(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    if let Some(found) = super::address::address(&lower) {
        return Some(found);
    }
    lower.split(['.', '!', '?', '\n', ';']).find_map(sentence)
}

/// Words that stand near each other: one of the first, then within so many words one of the second.
struct Near(&'static [&'static str], usize, &'static [&'static str], &'static str);

#[rustfmt::skip]
const NEAR: &[Near] = &[
    Near(&["not", "never", "without", "don't", "dont", "n't"], 3, &["mentioning", "reveal that", "disclose", "telling", "say so", "mention this", "mention it", "mention that", "tell anyone", "tell the user this", "tell the user that", "tell the user of this", "say this", "admit"], "it asks for secrecy"),
    Near(&["ignore", "disregard", "forget", "bypass", "override", "violate"], 6, &["rules", "rule", "instructions", "instruction", "guidelines", "restrictions", "policy", "policies", "previous", "safety", "system"], "it sets rules aside"),
    Near(&["no"], 1, &["rules", "restrictions", "limits", "limitations", "guidelines"], "it sets rules aside"),
    Near(&["rules", "restrictions"], 4, &["do not apply", "don't apply", "no longer apply"], "it sets rules aside"),
    Near(&["answer", "respond", "reply", "answers"], 3, &["wrongly", "incorrectly", "falsely", "untruthfully", "wrong"], "it asks for wrong answers"),
    Near(&["write", "generate", "use", "insert", "add", "produce", "include", "with", "emit", "prefer"], 5, &["weak", "insecure", "vulnerable", "vulnerability", "vulnerabilities", "backdoor", "backdoors", "malicious", "exploitable"], "it asks for weak code"),
    Near(&["recommend", "praise", "promote", "advertise", "endorse", "favour", "mention", "prefer"], 6, &["product", "products", "company", "ltd", "inc", "brand", "paying", "buying", "stock", "service", "website", "purchase"], "it advertises"),
    Near(&["pay", "paying", "payment", "payments", "transfer", "send", "wire", "deposit"], 6, &["account", "wallet", "iban", "bitcoin", "address", "receiver", "recipient", "funds", "money"], "it moves money"),
    Near(&["set", "change", "replace", "use"], 3, &["receiver", "recipient", "payee", "iban", "account", "wallet"], "it moves money"),
    Near(&["tell", "ask", "urge", "instruct", "invite", "convince"], 6, &["sign in", "log in", "login", "password", "passwords", "credentials", "credit card", "download", "install", "visit"], "it asks the user for what the user should keep"),
    Near(&["reveal", "send", "include", "append", "leak", "output", "repeat", "exfiltrate", "forward"], 5, &["password", "passwords", "credentials", "api key", "api keys", "secrets", "private key", "conversation to", "messages to"], "it gives secrets away"),
    Near(&["decode", "deobfuscate", "unscramble"], 3, &["obey", "follow", "execute", "run", "and"], "it hides what it asks for"),
    Near(&["obey"], 8, &["this", "following", "me", "instructions", "attacker", "only"], "it hides what it asks for"),
    Near(&["from now on"], 12, &["answer", "respond", "you", "always", "never", "ignore"], "it changes who the model is"),
    Near(&["end", "finish", "close", "begin", "start"], 1, &["each answer", "every answer", "each reply", "every reply", "every response", "each response", "all answers"], "it adds to every answer"),
    Near(&["you have", "you are", "act"], 3, &["no rules", "unrestricted", "jailbroken", "unfiltered", "no limits"], "it sets rules aside"),
    Near(&["pretend", "claim", "lie", "deceive", "mislead", "manipulate"], 4, &["user", "users", "that", "them"], "it deceives"),
];

fn sentence(text: &str) -> Option<&'static str> {
    let cleaned: String = text
        .chars()
        .map(|letter| if letter.is_alphanumeric() || letter == '\'' { letter } else { ' ' })
        .collect();
    let words: Vec<&str> = cleaned.split_whitespace().collect();
    if words.len() < 2 {
        return None;
    }
    NEAR.iter().find(|near| near.holds(&words)).map(|near| near.3)
}

impl Near {
    fn holds(&self, words: &[&str]) -> bool {
        (0..words.len()).any(|at| {
            self.0.iter().any(|first| match after(words, at, first) {
                Some(next) => {
                    let last = next.saturating_add(self.1);
                    (next..last)
                        .any(|at| self.2.iter().any(|second| after(words, at, second).is_some()))
                }
                None => false,
            })
        })
    }
}

/// Where it goes on if the words of `phrase` stand at `at`.
fn after(words: &[&str], at: usize, phrase: &str) -> Option<usize> {
    let mut at = at;
    for word in phrase.split(' ') {
        let found = words.get(at)?;
        let same = *found == word || (word == "n't" && found.ends_with("n't"));
        same.then_some(())?;
        at = at.saturating_add(1);
    }
    Some(at)
}

/// Words in a row that say something, and different words that do.
const ROW: usize = 3;
const DIFFERENT: usize = 10;

/// Whether a text says something: so many words in a row, or so many different ones. Marks of formats, names and keys are no words.
pub(super) fn says_something(text: &str) -> bool {
    let plain = without_tags(text);
    let (mut row, mut longest) = (0_usize, 0_usize);
    let mut different = BTreeSet::new();
    let mut rest = plain.as_str();
    while let Some(letter) = rest.chars().next() {
        let end = rest.find(|c: char| !is_wordly(c)).unwrap_or(rest.len());
        if end == 0 {
            if !matches!(letter, ' ' | ',' | '\t' | '(' | ')' | ';' | '!' | '?' | '.' | '*') {
                row = 0;
            }
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = after;
        let weight = if is_key(after) { 0 } else { weight(word) };
        if weight > 0 {
            different.insert(word.to_lowercase());
        }
        row = row.saturating_add(weight);
        longest = longest.max(row);
    }
    longest >= ROW || different.len() >= DIFFERENT
}

const fn is_wordly(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'A'..='Z' | '_' | '-' | '\'' | '’' | '0'..='9')
        || (letter > '\u{bf}'
            && !matches!(letter, HOLE | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{301f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff1f}' | '｜'))
}

/// How many words a word is: none for one letter, more for writing without blanks or a sentence in one name.
fn weight(word: &str) -> usize {
    let dense = word.chars().filter(|letter| is_dense(*letter)).count();
    let parts = word
        .split(['_', '-'])
        .filter(|part| part.chars().filter(|c| c.is_alphabetic()).count() >= 2);
    let parts = parts.count();
    let one = if parts > MANY_PARTS || word.len() > LONG { parts.max(ROW) } else { parts.min(1) };
    one.max(dense >> 1)
}

/// Whether the word before `after` is a key of JSON or of what looks like it.
fn is_key(after: &str) -> bool {
    after.strip_prefix(['"', ':']).is_some_and(|rest| {
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        after.starts_with("\":")
            || !rest.starts_with(|letter: char| letter == ' ' || letter.is_alphabetic())
    })
}

/// Where a tag stood.
const BREAK: char = '\u{1}';

/// Parts of a name, and bytes of a word, beyond which it is a sentence.
const MANY_PARTS: usize = 4;
const LONG: usize = 36;

/// Letters of writing in which a letter is a word, or a part of one, without blanks between.
const fn is_dense(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A text without tags of one word each.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '[']) {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        out.push(BREAK);
        let end = tag.find(['>', ']']).filter(|end| tag.get(..*end).is_some_and(is_one_word));
        let skip = end.map_or(1, |end| end.saturating_add(1));
        rest = tag.get(skip..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Whether a tag is a name, perhaps with attributes.
fn is_one_word(tag: &str) -> bool {
    super::marks::is_mark(&format!("{tag}]"))
        || tag.len() <= 64
            && tag.split_whitespace().count() <= 1
            && tag.matches(['_', '-']).count() <= 4
}
