//! Why findings of a family of rules matter: those of the parsers of model files, and those that several checks share.

/// A family: how the ids of its rules begin, and why it matters.
pub(super) struct Family {
    pub(super) prefix: &'static str,
    pub(super) why: &'static str,
}

pub(super) const FAMILIES: &[Family] = &[
    Family {
        prefix: "pickle-",
        why: "A pickle is a program for a small machine, and loading it runs the program: it can import any module and call anything in it. Whoever \
              can change the file can run code as whoever loads it. coseal follows that program without running it, and says what it would reach.",
    },
    Family {
        prefix: "torch-",
        why: "A file of `torch.save` is an archive with a pickle that builds the model and members that hold its numbers. The pickle is a program; the \
              members are read as bare memory. Where the two do not fit each other, loaders read what nobody meant, or code rides along.",
    },
    Family {
        prefix: "safetensors-",
        why: "safetensors is safe because it has no room for code: a header, and numbers. A file that breaks the rules of the format has room again, for \
              what one loader sees and another does not.",
    },
    Family {
        prefix: "zip-",
        why: "An archive says twice what is in it: in its directory and before each member. Loaders differ in which they believe. An archive that disagrees \
              with itself shows a scanner one thing and a loader another.",
    },
    Family {
        prefix: "compressed-",
        why: "What is compressed is unpacked before it is looked at, by coseal as by a loader. A stream that can't be unpacked to its end hides what follows; one \
              that unpacks to far more than its size stops the machine that loads it.",
    },
    Family {
        prefix: "artefact-",
        why: "A verdict is about every byte that a loader interprets. Where a file can't be read to its end, there is no verdict, and that is never \
              the same as clean.",
    },
    Family {
        prefix: "policy-",
        why: "An organisation may want less than what is harmless: no pickles at all, nothing from a place that nobody answers for, nothing larger than its machines \
              hold. `coseal scan --policy FILE` holds every model file against that.",
    },
    Family {
        prefix: "decision-",
        why: "What no machine can see is decided by people, signed, and taken as evidence. Then it has to be certain that the right role said it, about this \
              system, that it still holds, and that nobody changed it since. A decision that fails in one of these does not count.",
    },
    Family {
        prefix: "endpoint-",
        why: "An endpoint is where the model meets whoever calls it. What it lets through, and what it tells, decides how much a stranger can ask, copy or \
              break.",
    },
    Family {
        prefix: "waiver",
        why: "A waiver is a risk that somebody carries for a while. It is worth something only while it is in date, and while there are few enough to be \
              looked at.",
    },
];

/// The family of a rule.
pub(super) fn family(rule: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| rule.starts_with(family.prefix))
}

#[cfg(test)]
mod tests {
    use super::{FAMILIES, family};
    use crate::registry;

    #[test]
    fn every_rule_of_a_parser_has_a_family_and_every_family_a_rule() {
        for rule in coseal_scan::artefact::RULES.iter().flat_map(|rules| rules.iter()) {
            assert!(family(rule.id).is_some(), "{} needs a family", rule.id);
        }
        for family in FAMILIES {
            assert!(registry::rules().iter().any(|rule| rule.id.starts_with(family.prefix)));
        }
    }
}
