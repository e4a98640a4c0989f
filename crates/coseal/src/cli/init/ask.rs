//! Five questions on a terminal, and whether the kind is right.

use std::io::{self, BufRead, Write};

use coseal_core::{
    plain::plain,
    system::{Exposure, Impact, word},
};
use coseal_source::draft::{Answer, Answers, Guess, SystemKind};

/// An answer may be this long, in bytes.
const MAX_ANSWER: u64 = 2_000;
/// A question is asked this often before its answer is left open.
const MAX_ASKED: usize = 3;

const KIND: &str = "It decides which flows the file begins with: rag answers from documents, agent calls tools, classifier sorts or scores with a model of \
    your own, api is anything else in front of a model.";
const PURPOSE: &str = "Everything is judged against what it is for; the report begins with it. One sentence that a stranger understands.";
const EXPOSURE: &str = "offline: nobody over a network. staff: your own organisation. partners: named others. public: anybody. The more can reach it, the \
    more has to hold.";
const IMPACT: &str = "low: an annoyance. medium: work or money lost, and put right. high: people harmed in rights, money or reputation. critical: lives, \
    livelihoods or the organisation itself.";
const PERSONAL: &str = "Names, addresses, what people write or say, decisions about them. If yes, it needs a class, a retention and a playbook for leaks.";
const CONTACT: &str = "Who decides whether the system may run. A mail address, tel: or https:; empty leaves it open, and the report says that nobody is named.";

/// A reader of answers and a writer of questions: a terminal, or a test.
pub(super) struct Asker<'a> {
    pub(super) from: &'a mut dyn BufRead,
    pub(super) to: &'a mut dyn Write,
}

impl Asker<'_> {
    /// Asks whether the guess is right, unless a kind was named.
    pub(super) fn kind(&mut self, guess: Guess, named: bool) -> io::Result<Guess> {
        if named {
            return Ok(guess);
        }
        writeln!(
            self.to,
            "This looks like a system of kind {}: {}.",
            guess.kind.word(),
            guess.why
        )?;
        let kinds = SystemKind::ALL.map(SystemKind::word);
        let question = format!("Kind ({})", kinds.join(", "));
        let read = |text: &str| SystemKind::ALL.into_iter().find(|kind| kind.word() == text);
        let kind = self.ask(&question, KIND, guess.kind.word(), read)?;
        Ok(match kind {
            Some(kind) if kind != guess.kind => Guess { kind, why: "you said so".to_owned() },
            _ => guess,
        })
    }

    /// Asks what is not answered yet. An empty answer takes what stands in brackets.
    pub(super) fn answers(
        &mut self,
        mut answers: Answers,
        kind: SystemKind,
    ) -> io::Result<Answers> {
        if !answers.purpose.given {
            let read = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let purpose =
                self.ask("What is it for, in one sentence?", PURPOSE, kind.purpose(), read)?;
            answers.purpose = told(purpose.map(Some), answers.purpose);
        }
        if !answers.exposure.given {
            let all = [Exposure::Offline, Exposure::Staff, Exposure::Partners, Exposure::Public];
            let exposure =
                self.word("Who can reach it?", EXPOSURE, &all, answers.exposure.value)?;
            answers.exposure = told(exposure, answers.exposure);
        }
        if !answers.impact.given {
            let all = [Impact::Low, Impact::Medium, Impact::High, Impact::Critical];
            let question = "How bad is it if it is wrong or hostile?";
            let impact = self.word(question, IMPACT, &all, answers.impact.value)?;
            answers.impact = told(impact, answers.impact);
        }
        if !answers.personal.given {
            let read = |text: &str| match text {
                "yes" | "y" => Some(true),
                "no" | "n" => Some(false),
                _ => None,
            };
            let personal =
                self.ask("Does data about people go in? (yes, no)", PERSONAL, "yes", read)?;
            answers.personal = told(personal, answers.personal);
        }
        if !answers.contact.given {
            let question =
                "Who answers for the risk? An address, better of a group than of a person";
            let contact = self.ask(question, CONTACT, "", Answers::contact)?;
            answers.contact = told(contact.map(Some), answers.contact);
        }
        Ok(answers)
    }

    fn word<T: Copy + serde::Serialize>(
        &mut self,
        question: &str,
        why: &str,
        all: &[T],
        safest: T,
    ) -> io::Result<Option<T>> {
        let words: Vec<_> = all.iter().map(word).collect();
        let question = format!("{question} ({})", words.join(", "));
        let read = |text: &str| all.iter().copied().find(|value| word(value) == text);
        self.ask(&question, why, &word(&safest), read)
    }

    /// An answer that `read` understands; `?` is told why it is asked. None if there is none, which leaves the question open.
    fn ask<T>(
        &mut self,
        question: &str,
        why: &str,
        otherwise: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> io::Result<Option<T>> {
        let shown = if otherwise.is_empty() { "leave open" } else { otherwise };
        for _ in 0..MAX_ASKED {
            write!(self.to, "{question} [{shown}] ")?;
            self.to.flush()?;
            let Some(line) = self.line()? else { return Ok(None) };
            let text = if line.is_empty() { otherwise } else { &line };
            if text.is_empty() {
                return Ok(None);
            }
            if text == "?" {
                writeln!(self.to, "  {why}")?;
                continue;
            }
            if let Some(answer) = read(text) {
                return Ok(Some(answer));
            }
            writeln!(self.to, "  {} is none of these.", plain(text, 60))?;
        }
        Ok(None)
    }

    /// A line without blanks at its ends; none at the end of input, and for what is too long or no text.
    fn line(&mut self) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        let read = io::Read::take(&mut *self.from, MAX_ANSWER).read_until(b'\n', &mut bytes)?;
        if read == 0 || read as u64 == MAX_ANSWER {
            return Ok(None);
        }
        Ok(String::from_utf8(bytes).ok().map(|line| line.trim().to_owned()))
    }
}

/// What was said, or what is assumed.
fn told<T>(said: Option<T>, assumed: Answer<T>) -> Answer<T> {
    said.map_or(assumed, Answer::given)
}

#[cfg(test)]
mod tests {
    use coseal_core::system::{Exposure, Impact};
    use coseal_source::draft::{Answer, Answers, Guess, SystemKind};

    use super::Asker;

    fn asked(input: &[u8], answers: Answers) -> (Answers, String) {
        let (mut from, mut to) = (input, Vec::new());
        let mut asker = Asker { from: &mut from, to: &mut to };
        let answers = asker.answers(answers, SystemKind::Rag).unwrap();
        (answers, String::from_utf8(to).unwrap())
    }

    #[test]
    fn each_question_is_asked_once_and_what_is_said_holds() {
        let input = b"answers questions\nstaff\nlow\nno\nrisk@example.org\n";
        let (answers, shown) = asked(input, Answers::assumed());
        assert_eq!(answers.open(), 0);
        assert_eq!(answers.purpose.value.as_deref(), Some("answers questions"));
        assert_eq!(answers.exposure.value, Exposure::Staff);
        assert_eq!(answers.impact.value, Impact::Low);
        assert!(!answers.personal.value);
        assert_eq!(answers.contact.value.as_deref(), Some("mailto:risk@example.org"));
        assert_eq!(shown.matches('?').count(), 5, "{shown}");
        assert!(shown.contains("Who can reach it? (offline, staff, partners, public) [public] "));
    }

    #[test]
    fn a_question_mark_is_told_why_it_is_asked() {
        let (answers, shown) = asked(b"x\n?\nstaff\n?\nlow\nno\n\n", Answers::assumed());
        assert_eq!(answers.exposure.value, Exposure::Staff);
        assert!(answers.impact.given, "{shown}");
        assert!(shown.contains("staff: your own organisation"), "{shown}");
        assert!(!shown.contains("is none of these"), "{shown}");
        // Nobody is asked for ever.
        let (answers, _) = asked(b"?\n?\n?\n?\n?\n", Answers::assumed());
        assert!(!answers.purpose.given);
    }

    #[test]
    fn an_empty_answer_takes_what_is_shown_and_no_contact_stays_open() {
        let (answers, _) = asked(b"\n\n\n\n\n", Answers::assumed());
        assert_eq!(answers.open(), 1);
        assert!(answers.personal.value && answers.personal.given);
        assert!(!answers.contact.given);
    }

    #[test]
    fn the_end_of_input_leaves_the_rest_open() {
        let (answers, _) = asked(b"x\nstaff\n", Answers::assumed());
        assert_eq!(answers.open(), 3);
        assert_eq!(answers.impact, Answer::assumed(Impact::High));
        assert_eq!(asked(b"", Answers::assumed()).0, Answers::assumed());
    }

    #[test]
    fn what_is_no_answer_is_asked_again_and_then_left_open() {
        let (answers, shown) =
            asked(b"x\n\x1b[31m\nnobody\nstaff\nlow\nno\n\n", Answers::assumed());
        assert_eq!(answers.exposure.value, Exposure::Staff);
        assert!(!shown.contains('\u{1b}'), "{shown}");
        let (answers, _) = asked(b"x\n1\n2\n3\nlow\nno\n\n", Answers::assumed());
        assert!(!answers.exposure.given && answers.impact.given);
        let long = [b"x".repeat(5_000), b"\n".to_vec()].concat();
        assert!(!asked(&long, Answers::assumed()).0.purpose.given);
    }

    #[test]
    fn what_is_given_is_not_asked() {
        let given = Answers { purpose: Answer::given(Some("x".into())), ..Answers::assumed() };
        let (_, shown) = asked(b"", given);
        assert!(!shown.contains("one sentence"), "{shown}");
    }

    #[test]
    fn the_kind_is_confirmed_or_put_right() {
        let kind = |input: &[u8], named| {
            let (mut from, mut to) = (input, Vec::new());
            let guess = Guess { kind: SystemKind::Rag, why: "it has 1 store of vectors".into() };
            Asker { from: &mut from, to: &mut to }.kind(guess, named).unwrap().kind
        };
        assert_eq!(kind(b"\n", false), SystemKind::Rag);
        assert_eq!(kind(b"agent\n", false), SystemKind::Agent);
        assert_eq!(kind(b"agent\n", true), SystemKind::Rag);
    }
}
