//! What somebody's own policy says of a file as a whole: its format, its size and where it is.

use coseal_core::{
    counted::counted,
    fact::{Artefact, ArtefactVerdict},
    finding::{Confidence, Finding, Location, Rule, Severity},
    scan_policy::{ScanPolicy, matches},
};

/// The format is not one that the policy allows.
const FORMAT: Rule = Rule {
    id: "policy-format",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the file is of a format that the policy file does not allow",
    tip: "convert it, as with coseal convert, or have the policy reviewed",
};
/// The file is larger than the policy allows.
const SIZE: Rule = Rule {
    id: "policy-size",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the file is larger than the policy file allows",
    tip: "find out why it is so large, or have the policy reviewed",
};
/// The file is where the policy allows none.
const ORIGIN: Rule = Rule {
    id: "policy-origin",
    severity: Severity::High,
    confidence: Confidence::High,
    summary: "the file is at a place, or comes from one, that the policy file does not allow",
    tip: "get it from a place that the policy names, or have the policy reviewed",
};

/// The findings that a policy can make.
pub(super) const RULES: &[Rule] = &[FORMAT, SIZE, ORIGIN];

/// Adds what the policy says against the file at `path`, which results may show otherwise.
pub(super) fn judge(artefact: &mut Artefact, path: &str, policy: &ScanPolicy) {
    let (format, size) = (&artefact.format, artefact.size);
    let mut found = Vec::new();
    let formats = &policy.formats;
    let listed = formats.allowed.is_empty() || formats.allowed.contains(format);
    if !listed || formats.forbidden.contains(format) {
        found.push((FORMAT, format!("the policy file does not allow {format}")));
    }
    if let Some(most) = policy.limits.file_bytes.filter(|most| size > *most) {
        found.push((SIZE, format!("{}, and the policy file allows {most}", counted(size, "byte"))));
    }
    let origins = &policy.origins;
    let any = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, path));
    if !origins.allowed.is_empty() && !any(&origins.allowed) || any(&origins.forbidden) {
        found.push((ORIGIN, "the policy file does not allow files from here".to_owned()));
    }
    let location = || Location::file(&artefact.path);
    let found: Vec<_> =
        found.iter().map(|(rule, text)| Finding::new(rule, location(), text)).collect();
    if found.is_empty() {
        return;
    }
    artefact.verdict = artefact.verdict.max(ArtefactVerdict::Unknown);
    artefact.findings.extend(found);
    artefact.findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use coseal_core::{
        fact::{Artefact, ArtefactVerdict},
        scan_policy::{ScanPolicy, read},
    };

    use crate::{
        artefact::Called,
        bytes::{Alone, SliceBytes},
        inspect_anyway_under,
    };

    fn under(policy: &str, path: &str, bytes: &[u8]) -> Artefact {
        let policy: Arc<ScanPolicy> = Arc::new(read(&format!("schema = 1\n{policy}")).unwrap());
        inspect_anyway_under(path, &SliceBytes(bytes), &Alone, &policy)
    }

    fn allow(module: &str, name: &str, uses: &str) -> String {
        format!(
            "[[allow]]\nmodule = \"{module}\"\nname = \"{name}\"\nuse = {uses}\nreason = \"r\"\n"
        )
    }

    const OWN: &[u8] = b"\x80\x02cshop.models\nEncoder\n)\x81}X\x01\0\0\0wK\x01sb.";

    #[test]
    fn an_allowance_makes_the_unknown_clean_for_its_use_and_name_alone() {
        assert_eq!(under("", "m.pkl", OWN).verdict, ArtefactVerdict::Unknown);
        let own = allow("shop.models", "Encoder", "[\"construct\"]");
        assert_eq!(under(&own, "m.pkl", OWN).verdict, ArtefactVerdict::Clean);
        for other in [
            allow("shop.models", "Encoder", "[\"import\"]"),
            allow("shop.models", "Encode", "[\"construct\"]"),
            allow("shop", "models.Encoder", "[\"construct\"]"),
        ] {
            assert_eq!(under(&other, "m.pkl", OWN).verdict, ArtefactVerdict::Unknown, "{other}");
        }
    }

    #[test]
    fn nothing_makes_the_dangerous_allowed() {
        let evil = b"cposix\nsystem\nX\x04\0\0\0true\x85R.";
        let uses = "[\"import\", \"call\", \"construct\"]";
        for (module, name) in [("posix", "system"), ("os", "system")] {
            let artefact = under(&allow(module, name, uses), "m.pkl", evil);
            assert_eq!(artefact.verdict, ArtefactVerdict::Malicious);
        }
        let artefact = under(&allow("posix", "system", uses), "m.pkl", evil);
        assert!(artefact.findings[0].message.contains("counts for nothing"), "{artefact:?}");
    }

    #[test]
    fn what_is_shown_decides_nothing() {
        let policy = read("schema = 1\n[origins]\nallowed = [\"models/*\"]").unwrap();
        let policy = Arc::new(policy);
        let bytes = b"\x80\x02]q\0.";
        for (path, shown, wanted) in [
            ("models/m.pkl", "m.pkl (2)", ArtefactVerdict::Clean),
            ("other/m.pkl", "models/m.pkl", ArtefactVerdict::Unknown),
        ] {
            let called = Called { path, shown };
            let artefact = inspect_anyway_under(called, &SliceBytes(bytes), &Alone, &policy);
            assert_eq!((artefact.verdict, artefact.path.as_str()), (wanted, shown));
        }
        let called = Called { path: "m.npy", shown: "m.npy (2)" };
        let of_suffix = inspect_anyway_under(called, &SliceBytes(bytes), &Alone, &Arc::default());
        let alike = inspect_anyway_under("m.npy", &SliceBytes(bytes), &Alone, &Arc::default());
        assert_eq!((of_suffix.verdict, of_suffix.format), (alike.verdict, alike.format));
    }

    #[test]
    fn formats_sizes_and_origins_are_those_that_it_names() {
        let plain = b"\x80\x02]q\0.";
        let verdict = |policy: &str| under(policy, "models/m.pkl", plain).verdict;
        for good in [
            "",
            "[formats]\nallowed = [\"pickle\"]",
            "[limits]\nfile-bytes = 6",
            "[origins]\nallowed = [\"models/*\"]\nforbidden = [\"models/x*\"]",
        ] {
            assert_eq!(verdict(good), ArtefactVerdict::Clean, "{good}");
        }
        for bad in [
            "[formats]\nallowed = [\"safetensors\"]",
            "[formats]\nforbidden = [\"pickle\"]",
            "[limits]\nfile-bytes = 5",
            "[origins]\nallowed = [\"other/*\"]",
            "[origins]\nforbidden = [\"**.pkl\"]",
        ] {
            assert_eq!(verdict(bad), ArtefactVerdict::Unknown, "{bad}");
        }
    }
}
