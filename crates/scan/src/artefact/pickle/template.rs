//! Code that distributions of SciPy keep as a text and run when they are given their state.
//!
//! Source: `parse_arg_template` in `scipy/stats/_distn_infrastructure.py`.

/// The attribute that it stands in.
pub(crate) const ATTRIBUTE: &[u8] = b"_parse_arg_template";

/// Whether a text is what SciPy makes of the names of parameters: three functions that return their arguments.
pub(crate) fn is_scipys(text: &str) -> bool {
    text.lines().all(|line| is_line(line.trim_end()))
}

fn is_line(line: &str) -> bool {
    if line.is_empty() {
        return true;
    }
    let names = ["def _parse_args(", "def _parse_args_rvs(", "def _parse_args_stats("];
    let head = names.iter().find_map(|start| line.strip_prefix(start));
    if let Some(parameters) = head.and_then(|rest| rest.strip_suffix("):")) {
        return parameters.split(',').all(is_parameter);
    }
    if let Some(checked) = line.strip_prefix("    return self._argcheck_rvs(") {
        return checked.strip_suffix(')').is_some_and(|rest| rest.split(',').all(is_parameter));
    }
    let Some((tuple, rest)) =
        line.strip_prefix("    return (").and_then(|rest| rest.split_once(')'))
    else {
        return false;
    };
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    tuple.split(',').all(is_parameter) && rest.split(',').all(is_parameter)
}

/// A name, a number, or a name with one of these or a short text; or nothing.
fn is_parameter(part: &str) -> bool {
    let word = |text: &str| text.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
    let quoted = |text: &str| {
        text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).is_some_and(word)
    };
    match part.trim().split_once('=') {
        Some((name, value)) => word(name.trim()) && (word(value.trim()) || quoted(value.trim())),
        None => word(part.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_scipys;

    #[test]
    fn only_functions_that_return_their_arguments_are_scipys() {
        let text = "\ndef _parse_args(self, a, b,  loc=0, scale=1):\n    return (a, b, ), loc, scale\n\ndef _parse_args_rvs(self, a, b,  loc=0, scale=1, size=None):\n    return self._argcheck_rvs(a, b,  loc, scale, size=size)\n\ndef _parse_args_stats(self, a, b,  loc=0, scale=1, moments='mv'):\n    return (a, b, ), loc, scale, moments\n";
        assert!(is_scipys(text));
        assert!(is_scipys("\ndef _parse_args(self,  loc=0):\n    return (), loc, 1\n"));
        for evil in [
            "import os",
            "def _parse_args(self, a=__import__('os').getpid()):",
            "def _parse_args(self, a=f'{x()}'):",
            "    return (a, ), loc, f(scale)",
            "    return (f(a), ), loc",
            "    return self._argcheck_rvs(f(a))",
            "    return (a)(b), c",
            "def _parse_args(self): x()",
            "@f",
            "    x()",
            "    return (a), b; c",
            "def _parse_args(self, a=b.c):",
        ] {
            assert!(!is_scipys(&format!("{text}{evil}\n")), "{evil}");
        }
    }
}
