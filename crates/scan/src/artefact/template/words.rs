//! Text that works against who uses the model, told by how it says so.

/// What is wrong with a text, if something is.
pub(super) fn speaks(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    if let Some(found) = address(&lower) {
        return Some(found);
    }
    lower.split(['.', '!', '?', '\n', ';']).find_map(sentence)
}

/// Addresses that the model or its user would be sent to. Those of schemas are names.
fn address(text: &str) -> Option<&'static str> {
    let schemas = ["json-schema.org", "www.w3.org", "schema.org"];
    for mark in ["http://", "https://", "ftp://", "file://", "data:text", "javascript:"] {
        for (at, _) in text.match_indices(mark) {
            let host = text.get(at.saturating_add(mark.len())..).unwrap_or_default();
            if !schemas.iter().any(|schema| host.starts_with(schema)) {
                return Some("it holds an address");
            }
        }
    }
    text.contains("![").then_some("it makes an image of an address").filter(|_| text.contains("]("))
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

/// Whether a text says something, marks of formats aside: three words or more.
pub(super) fn says_something(text: &str) -> bool {
    let mut within = 0_usize;
    let outside: String = text
        .chars()
        .map(|letter| {
            match letter {
                '<' | '[' => within = within.saturating_add(1),
                '>' | ']' => within = within.saturating_sub(1),
                _ if within == 0 => return letter,
                _ => {}
            }
            ' '
        })
        .collect();
    let words = outside
        .split_whitespace()
        .filter(|word| {
            let word = word.trim_matches(|letter: char| letter.is_ascii_punctuation());
            word.chars().count() >= 2
                && word
                    .chars()
                    .all(|letter| letter.is_alphabetic() || letter == '\'' || letter == '-')
        })
        .count();
    words >= 3
}

/// Characters that nobody sees, and those that turn the direction of what is seen.
pub(super) fn hidden(text: &str) -> Option<&'static str> {
    let mut before = ' ';
    for letter in text.chars() {
        match letter {
            '\u{e0000}'..='\u{e007f}' => return Some("characters of tags, which nobody sees"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                return Some("characters that turn the direction of text");
            }
            '\u{200b}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{180e}'
            | '\u{115f}'
            | '\u{3164}' => {
                return Some("characters without width");
            }
            '\u{200c}' | '\u{200d}' if before.is_ascii() => {
                return Some("characters without width");
            }
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' if before.is_ascii_alphabetic() => {
                return Some("selectors behind letters, which can hold text");
            }
            _ => {}
        }
        before = letter;
    }
    None
}

/// Whether a text holds another one in Base64.
pub(super) fn encoded(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_')))
        .filter(|word| word.len() >= 16 && word.len() <= 65_536)
        .any(|word| decoded(word).is_some_and(|bytes| reads(&bytes)))
}

fn decoded(word: &str) -> Option<Vec<u8>> {
    let (mut bits, mut held, mut out) = (0_u32, 0_u32, Vec::new());
    for byte in word.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte.wrapping_sub(b'A'),
            b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(52),
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(six);
        bits = bits.wrapping_add(6);
        if bits >= 8 {
            bits = bits.wrapping_sub(8);
            out.push((held >> bits) as u8);
            held &= (1_u32 << bits).wrapping_sub(1);
        }
    }
    Some(out)
}

fn reads(bytes: &[u8]) -> bool {
    bytes.len() >= 12
        && bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r'))
        && bytes
            .iter()
            .filter(|byte| byte.is_ascii_alphabetic() || **byte == b' ')
            .count()
            .saturating_mul(10)
            >= bytes.len().saturating_mul(8)
        && bytes.contains(&b' ')
}
