//! What only people can tell: at most five questions.

use coseal_core::system::{Exposure, Impact};

/// An answer, or the safest assumption in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<T> {
    /// What holds.
    pub value: T,
    /// Whether somebody said so.
    pub given: bool,
}

impl<T> Answer<T> {
    /// What somebody said.
    pub const fn given(value: T) -> Self {
        Self { value, given: true }
    }

    /// What is assumed until somebody says otherwise.
    pub const fn assumed(value: T) -> Self {
        Self { value, given: false }
    }
}

/// The answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// What the system is for, in one sentence; none for a sentence by its kind.
    pub purpose: Answer<Option<String>>,
    /// Who can reach it.
    pub exposure: Answer<Exposure>,
    /// What happens if it is wrong or hostile.
    pub impact: Answer<Impact>,
    /// Whether data about people goes in.
    pub personal: Answer<bool>,
    /// How to reach who carries the risk: `mailto:`, `tel:` or `https:`.
    pub contact: Answer<Option<String>>,
}

impl Answers {
    /// The safest assumptions.
    #[must_use]
    pub const fn assumed() -> Self {
        Self {
            purpose: Answer::assumed(None),
            exposure: Answer::assumed(Exposure::Public),
            impact: Answer::assumed(Impact::High),
            personal: Answer::assumed(true),
            contact: Answer::assumed(None),
        }
    }

    /// How many are still open.
    #[must_use]
    pub fn open(&self) -> usize {
        let given = [
            self.purpose.given,
            self.exposure.given,
            self.impact.given,
            self.personal.given,
            self.contact.given,
        ];
        given.iter().filter(|given| !**given).count()
    }

    /// A contact as the system file wants it, from what people write.
    #[must_use]
    pub fn contact(text: &str) -> Option<String> {
        let text = text.trim();
        let schemes = ["mailto:", "tel:", "https:"];
        let rest =
            |scheme: &&str| text.strip_prefix(scheme).is_some_and(|rest| !rest.trim().is_empty());
        if text.is_empty() || text.chars().count() > 300 || text.contains(char::is_control) {
            None
        } else if schemes.iter().any(|scheme| rest(&scheme)) {
            Some(text.to_owned())
        } else if text.contains('@') && !text.contains(char::is_whitespace) && !text.contains(':') {
            Some(format!("mailto:{text}"))
        } else if text.starts_with('+') && text.len() > 4 {
            let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            Some(format!("tel:{digits}"))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Answers;

    #[test]
    fn a_contact_may_be_written_short() {
        let as_written = |text| Answers::contact(text);
        assert_eq!(as_written("risk@example.org").unwrap(), "mailto:risk@example.org");
        assert_eq!(as_written("+44 1632 960001").unwrap(), "tel:+441632960001");
        assert_eq!(as_written(" https://example.org/x ").unwrap(), "https://example.org/x");
        for text in ["", "Bob", "mailto:", "mailto:a\nb", "javascript:x@y"] {
            assert_eq!(as_written(text), None, "{text}");
        }
    }
}
