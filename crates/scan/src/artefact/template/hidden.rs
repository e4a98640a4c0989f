//! Characters that are not seen, or are not what they look like.

/// Characters that nobody sees, those that turn the direction of what is seen, and those that look like others.
pub(super) fn hidden(text: &str) -> Option<&'static str> {
    let mut before = ' ';
    for letter in text.chars() {
        if let Some(what) = unseen(before, letter) {
            return Some(what);
        }
        before = letter;
    }
    mixed(text).then_some("letters of other scripts among Latin ones")
}

fn unseen(before: char, letter: char) -> Option<&'static str> {
    Some(match letter {
        '\u{e0000}'..='\u{e007f}' => "characters of tags, which nobody sees",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            "characters that turn the direction of text"
        }
        '\u{200b}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{180e}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{206a}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}' => "characters without width",
        '\u{200c}' | '\u{200d}' if before.is_ascii() => "characters without width",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
            if before.is_ascii_alphabetic() || is_selector(before) =>
        {
            "selectors behind letters or each other, which can hold text"
        }
        // These choose among the shapes of one ideograph.
        '\u{e0100}'..='\u{e01ef}' if !matches!(before, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}') => {
            "selectors where no ideograph stands, which can hold text"
        }
        '\u{8}' | '\u{1b}' | '\u{7f}' => "characters that move over text",
        '\u{ff21}'..='\u{ff3a}'
        | '\u{ff41}'..='\u{ff5a}'
        | '\u{1d400}'..='\u{1d7ff}'
        | '\u{24b6}'..='\u{24e9}'
        | '\u{249c}'..='\u{24b5}'
        | '\u{1f130}'..='\u{1f189}'
        | '\u{1d00}'..='\u{1d6a}'
        | '\u{1f1e6}'..='\u{1f1ff}' => "letters that are written as other characters",
        _ => return None,
    })
}

/// Whether a character chooses the shape of the one before it.
const fn is_selector(letter: char) -> bool {
    matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a word has letters of Latin and of another alphabet that has the same shapes.
fn mixed(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphabetic()).any(|word| {
        let latin = word.chars().any(|letter| letter.is_ascii_alphabetic());
        let other = word.chars().filter(|letter| {
            matches!(letter, '\u{370}'..='\u{52f}' | '\u{13a0}'..='\u{13ff}' | '\u{531}'..='\u{58f}' | '\u{250}'..='\u{2af}')
        });
        // One letter alone may be a sign of mathematics.
        latin && other.count() > 0 && word.chars().count() > 2
    })
}
