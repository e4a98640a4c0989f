//! Patterns on which Python's matching may take time without end: a group that repeats, of parts that repeat, with nothing between
//! them that ends a part.

/// Bytes of a pattern, beyond which no library writes one.
const MAX_PATTERN: usize = 1 << 16;
/// Repeats of anything in a row that are too many: each multiplies the time by the length of a name.
const MAX_ANY: usize = 24;
/// Groups in each other.
const MAX_DEPTH: usize = 64;

/// Letters of ASCII, one bit each.
type Letters = u128;
const ANY: Letters = u128::MAX;

/// What is known of an open group.
#[derive(Clone, Default)]
struct Group {
    /// What repeats without bound in it, if something does.
    repeats: Option<Letters>,
    /// What stands in it at least once.
    needed: Vec<Letters>,
    /// What its alternatives begin with, and whether two begin alike.
    starts: Letters,
    alike: bool,
    /// Whether an alternative has begun.
    begun: bool,
}

impl Group {
    /// Whether to repeat it may be done in many ways.
    fn is_loose(&self) -> bool {
        let parted = |repeats| self.needed.iter().any(|letters| letters & repeats == 0);
        self.alike || self.repeats.is_some_and(|repeats| !parted(repeats))
    }

    fn begin(&mut self, letters: Letters) {
        if !self.begun {
            self.alike |= self.starts & letters != 0;
            self.starts |= letters;
            self.begun = true;
        }
    }
}

/// Whether matching the pattern may take time without end.
pub(super) fn read(pattern: &str) -> bool {
    if pattern.len() > MAX_PATTERN || pattern.matches(".*").count() > MAX_ANY {
        return true;
    }
    let mut rest = pattern.as_bytes();
    let mut open = vec![Group::default()];
    while let Some((atom, after)) = rest.split_first() {
        rest = after;
        let (mut letters, mut inner) = (ANY, Group::default());
        match atom {
            b'(' => {
                if open.len() > MAX_DEPTH {
                    return true;
                }
                open.push(Group::default());
                rest = kind(rest);
                continue;
            }
            b')' if open.len() > 1 => {
                inner = open.pop().unwrap_or_default();
                letters = if inner.starts == 0 { ANY } else { inner.starts };
            }
            b'[' => (letters, rest) = class(rest),
            b'\\' => {
                let (byte, after) = rest.split_first().unwrap_or((&b'\\', rest));
                rest = after;
                if b"bBAZ".contains(byte) {
                    continue;
                }
                letters = escaped(*byte);
            }
            b'|' => {
                if let Some(group) = open.last_mut() {
                    group.begun = false;
                }
                continue;
            }
            b'^' | b'$' => continue,
            b'.' => {}
            byte => letters = bit(*byte),
        }
        let (many, needed, after) = quantifier(rest);
        rest = after;
        if many && inner.is_loose() {
            return true;
        }
        let Some(group) = open.last_mut() else { return true };
        group.begin(letters);
        let repeats = if many { letters } else { 0 } | inner.repeats.unwrap_or(0);
        if many || inner.repeats.is_some() {
            group.repeats = Some(group.repeats.unwrap_or(0) | repeats);
        }
        if needed && !many && *atom == b')' {
            group.needed.append(&mut inner.needed);
        } else if needed && !many {
            group.needed.push(letters);
        }
    }
    false
}

const fn bit(byte: u8) -> Letters {
    if byte < 128 { 1 << byte } else { ANY }
}

/// All letters for which that holds.
fn such(holds: impl Fn(u8) -> bool) -> Letters {
    (0..128_u8).filter(|byte| holds(*byte)).fold(0, |letters, byte| letters | bit(byte))
}

fn escaped(byte: u8) -> Letters {
    match byte {
        b'd' => such(|byte| byte.is_ascii_digit()),
        b'w' => such(|byte| byte.is_ascii_alphanumeric() || byte == b'_'),
        b's' => such(|byte| byte.is_ascii_whitespace()),
        b'D' => !escaped(b'd'),
        b'W' => !escaped(b'w'),
        b'S' => !escaped(b's'),
        byte if byte.is_ascii_alphanumeric() => ANY,
        byte => bit(byte),
    }
}

/// Behind what says of which kind a group is.
fn kind(rest: &[u8]) -> &[u8] {
    let Some(after) = rest.strip_prefix(b"?") else { return rest };
    let length = match after {
        [b':' | b'=' | b'!' | b'>', ..] => 1,
        [b'<', b'=' | b'!', ..] => 2,
        _ => after
            .iter()
            .position(|byte| matches!(byte, b'>' | b':' | b')'))
            .map_or(0, |at| at.saturating_add(1)),
    };
    after.get(length..).unwrap_or_default()
}

/// The letters of a class, and what is behind it.
fn class(mut rest: &[u8]) -> (Letters, &[u8]) {
    let not = rest.first() == Some(&b'^');
    rest = rest.strip_prefix(b"^").unwrap_or(rest);
    let (mut letters, mut first) = (0, true);
    while let Some((byte, after)) = rest.split_first() {
        rest = match (byte, after) {
            (b']', _) if !first => {
                rest = after;
                break;
            }
            (b'\\', [byte, after @ ..]) => {
                letters |= escaped(*byte);
                after
            }
            (from, [b'-', to, after @ ..]) if *to != b']' => {
                letters |= such(|byte| (*from..=*to).contains(&byte));
                after
            }
            (byte, after) => {
                letters |= bit(*byte);
                after
            }
        };
        first = false;
    }
    (if not { !letters } else { letters }, rest)
}

/// Whether what stands before repeats without bound, whether it has to stand there, and what is behind that.
fn quantifier(rest: &[u8]) -> (bool, bool, &[u8]) {
    let (many, needed, after) = match rest {
        [b'*', after @ ..] => (true, false, after),
        [b'+', after @ ..] => (true, true, after),
        [b'?', after @ ..] => (false, false, after),
        [b'{', after @ ..] => {
            let end = after.iter().position(|byte| *byte == b'}').unwrap_or(after.len());
            let (count, after) = after.split_at_checked(end).unwrap_or_default();
            let needed = !count.starts_with(b"0") && !count.starts_with(b",");
            (count.ends_with(b","), needed, after.get(1..).unwrap_or_default())
        }
        _ => return (false, true, rest),
    };
    // Lazy ones go back all the same; possessive ones do not.
    match after {
        [b'+', after @ ..] => (false, needed, after),
        [b'?', after @ ..] => (many, needed, after),
        _ => (many, needed, after),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn repeats_of_repeats_take_time_without_end() {
        for bad in [
            r"^(([a-z_0-9.])+)+\$$",
            "(a+)+b",
            "(?:x*)*y",
            "(.*)*z",
            "([a-z]+){2,}!",
            "((a+)+|b)$",
            r"(?P<n>\w+)*\.q",
            r"(\w+\s?)*!",
            r"([a-z.]+\.)+!",
            "(a|aa)+$",
            r"(\w|\d)*x",
        ] {
            assert!(read(bad), "{bad}");
        }
        for good in [
            r".*\.(q_proj|v_proj)",
            r"^(?!.*patch_embed).*(?:language_model|audio).*\.(?:q_proj|k_proj)$",
            r"(?:.*?(?:vision|image).*?(?:attn|mlp).*?(?:qkv|proj).*?)|(?:\bmodel\.layers\.[\d]{1,}\.(?:self_attn)\.(?:(?:q_proj)))",
            r"model\.layers\.(\d+\.)+mlp",
            "q_proj",
            r"(layers\.[0-9]+)+\.x",
            "a{1,3}",
            "(q_proj|v_proj)*",
            r"([a-z_]+\.)*q_proj",
        ] {
            assert!(!read(good), "{good}");
        }
    }
}
