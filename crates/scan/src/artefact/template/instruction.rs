//! Text that works against who uses the model, told by how it says so.

use super::address::address;

/// What is wrong with a text that asks to keep something from the user.
pub(super) const SECRECY: &str = "it asks for secrecy";

/// What is wrong with a text, if something is.
pub(super) fn speaks(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    address(&lower).or_else(|| speaks_plainly(&lower)).or_else(|| foreign(&lower)).or_else(|| {
        let folded = folded(&lower);
        if folded == lower { None } else { speaks_plainly(&folded) }
    })
}

/// Digits and signs as the letters that they stand for.
fn folded(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            _ => letter,
        })
        .filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}'))
        .collect()
}

/// The same of other languages, by the beginnings of words.
fn foreign(lower: &str) -> Option<&'static str> {
    if KEPT.iter().any(|word| lower.contains(word)) {
        return Some("it speaks of what the user should keep");
    }
    let aside = ASIDE.iter().filter_map(|word| lower.find(word));
    let mut aside = aside.filter_map(|at| lower.get(at..));
    aside
        .any(|rest| {
            let near: String = rest.chars().take(60).collect();
            RULES.iter().any(|word| near.contains(word))
        })
        .then_some("it sets rules aside")
}

/// What a text in lower-case English asks for, if it is against who uses the model.
pub(super) fn speaks_plainly(lower: &str) -> Option<&'static str> {
    lower.split(['.', '!', '?', '\n', ';']).find_map(sentence)
}

/// Words that stand near each other: one of the first, then within so many words one of the second.
struct Near(&'static [&'static str], usize, &'static [&'static str], &'static str);

#[rustfmt::skip]
const NEAR: &[Near] = &[
    Near(&["not", "never", "without", "don't", "dont", "n't"], 3, &["mentioning", "reveal that", "disclose", "telling", "say so", "mention this", "mention it", "mention that", "tell anyone", "tell the user this", "tell the user that", "tell the user of this", "say this", "admit"], SECRECY),
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
    Near(&["keep", "stay", "remain"], 3, &["quiet", "silent", "secret", "hidden", "confidential"], SECRECY),
    Near(&["account", "iban", "wallet"], 3, &["to name", "to give", "to use", "number is", "is"], "it moves money"),
    Near(&["give", "offer", "name", "suggest"], 5, &["package index", "index url", "download link", "mirror"], "it sends the user somewhere"),
    Near(&["whenever", "every time", "each time", "as soon as"], 6, &["comes up", "mentions", "mention", "asks about", "brings up", "is asked", "talks about"], "it waits for a subject"),
    Near(&["comply with", "fulfil", "fulfill", "obey", "answer", "carry out"], 3, &["every request", "any request", "all requests", "harmful", "dangerous", "illegal"], "it sets rules aside"),
    Near(&["including", "even", "also"], 2, &["harmful ones", "harmful requests", "illegal ones", "dangerous ones", "if harmful", "if it is harmful", "if illegal"], "it sets rules aside"),
    Near(&["disable", "skip", "turn off", "omit", "remove", "avoid", "drop", "bypass"], 4, &["verification", "certificate", "certificates", "validation", "sanitization", "authentication", "authorisation", "authorization", "confirmation", "checks", "encryption", "tls", "ssl"], "it asks for weak code"),
    Near(&["never", "not", "don't"], 2, &["validate", "sanitize", "sanitise", "verify", "escape", "authenticate"], "it asks for weak code"),
    Near(&["prefer", "use", "call", "choose"], 3, &["eval", "exec", "md5", "pickle", "shell true", "verify false", "http instead"], "it asks for weak code"),
    Near(&["persuade", "convince", "nudge", "steer", "pressure", "encourage", "push"], 6, &["vote", "buy", "purchase", "invest", "donate", "subscribe", "party", "candidate", "deposit"], "it works on what the user decides"),
    Near(&["rank", "list", "place", "put", "name"], 4, &["first among", "acme first", "above all", "above others", "above competitors", "on top"], "it advertises"),
    Near(&["comparing", "compare", "compared", "asked about"], 4, &["vendors", "products", "competitors", "brands", "providers", "companies"], "it advertises"),
    Near(&["discredit", "disparage", "criticise", "criticize", "belittle"], 4, &["competitor", "competitors", "rival", "rivals", "other vendors"], "it advertises"),
    Near(&["invent", "fabricate", "make up", "fake"], 3, &["sources", "source", "citations", "references", "facts", "data", "results", "quotes", "evidence"], "it asks for wrong answers"),
    Near(&["not", "never", "don't"], 2, &["correct mistakes", "correct errors", "correct the user", "point out", "warn"], "it asks for wrong answers"),
    Near(&["advise against", "discourage"], 4, &["vaccines", "vaccination", "doctors", "doctor", "medicine", "lawyers", "police", "help"], "it works on what the user decides"),
    Near(&["collect", "gather", "ask for", "obtain", "record", "elicit"], 6, &["birthday", "birth", "address", "passport", "salary", "medical", "bank details", "card number", "phone number", "social security"], "it asks the user for what the user should keep"),
    Near(&["call", "use", "invoke", "trigger", "run"], 4, &["with the full conversation", "with the conversation", "full conversation", "whole conversation", "after each turn", "after every turn", "on every turn", "after every message", "in the background"], "it gives secrets away"),
    Near(&["copy", "bcc", "cc", "mirror", "upload", "report", "log"], 5, &["each mail", "every mail", "each message", "every message", "the full conversation", "the conversation", "all messages", "user's data"], "it gives secrets away"),
    Near(&["without"], 3, &["asking", "confirmation", "consent", "permission", "approval", "the user's knowledge", "informing", "notifying"], "it acts without the user"),
    Near(&["treat", "follow", "obey", "execute", "regard", "accept"], 6, &["as orders", "as commands", "as instructions", "as the user's orders", "in documents", "in tool results", "found in documents"], "it takes orders from others than the user"),
    Near(&["priority over", "precedence over", "overrides", "override", "overrule", "supersedes", "replaces"], 5, &["system message", "system prompt", "operator", "developer", "user's instructions", "other instructions", "all other", "previous", "earlier"], "it sets rules aside"),
    Near(&["none of", "nothing of"], 3, &["binding", "applies", "apply", "is true", "counts", "valid"], "it sets rules aside"),
    Near(&["add", "include", "use", "prepend", "append", "insert", "run"], 4, &["curl", "wget", "with sudo", "as root", "base64 d", "powershell"], "it asks for weak code"),
    Near(&["always import", "always install", "always use the package", "always depend on"], 4, &["as the", "from", "package", "library", "first", "in"], "it asks for weak code"),
    Near(&["refuse", "decline"], 6, &["refunds", "refund", "complaints", "complaint", "cancellation", "cancellations", "warranty", "unsubscribe"], "it works against the user"),
    Near(&["lenient", "generous", "relaxed"], 3, &["limits", "rules", "checks", "safety", "policy"], "it sets rules aside"),
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
    let found = NEAR.iter().find(|near| near.holds(&words)).map(|near| near.3)?;
    // What a model should not bring up of itself is no secret kept from its user.
    let itself = found == SECRECY
        && words.windows(3).any(|words| words == ["information", "about", "yourself"]);
    (!itself).then_some(found)
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

/// Words of other languages for what users keep to themselves.
const KEPT: &[&str] = &[
    "passwort",
    "kontonummer",
    "überweis",
    "mot de passe",
    "virement",
    "contraseña",
    "transferencia",
    "senha ",
    "wachtwoord",
    "пароль",
    "банковск",
    "密码",
    "密碼",
    "账户",
    "帐户",
    "转账",
    "口座",
    "パスワード",
    "暗証番号",
    "비밀번호",
    "계좌",
    "şifre",
    "hasło",
    "angreifer",
    "konto des",
    "mật khẩu",
    "кошел",
];
/// And for setting aside.
const ASIDE: &[&str] = &[
    "ignorier",
    "vergiss",
    "vergesst",
    "missacht",
    "ignorez",
    "ignore ",
    "oubliez",
    "oublie ",
    "ignora ",
    "ignorar",
    "ignore as",
    "olvida",
    "ignoruj",
    "zapomnij",
    "negeer",
    "vergeet",
    "игнорир",
    "забудь",
    "忽略",
    "无视",
    "無視",
    "忘记",
    "忘れ",
    "무시",
    "잊어",
    "yoksay",
    "unut",
    "bỏ qua",
    "esqueça",
    "dimentica",
    "abaikan",
];
/// What is set aside.
const RULES: &[&str] = &[
    "regel",
    "anweisung",
    "vorgabe",
    "instrukt",
    "règle",
    "consigne",
    "instruction",
    "regla",
    "instruccion",
    "regol",
    "istruzion",
    "regra",
    "instruç",
    "zasad",
    "instrukcj",
    "instructie",
    "правил",
    "инструкц",
    "указани",
    "规则",
    "规定",
    "指令",
    "指示",
    "之前",
    "ルール",
    "규칙",
    "지시",
    "kural",
    "talimat",
    "hướng dẫn",
    "peraturan",
    "instruksi",
];
