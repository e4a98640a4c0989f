//! The base score of a CVSS 3 vector (FIRST, CVSS v3.1 specification, section 7.1).

/// The base score of `CVSS:3.x/AV:…`; none for another version or an incomplete vector.
pub(super) fn score(vector: &str) -> Option<f64> {
    let rest = vector.strip_prefix("CVSS:3.0/").or_else(|| vector.strip_prefix("CVSS:3.1/"))?;
    let metric = |name: &str| {
        rest.split('/')
            .take(32)
            .find_map(|part| part.split_once(':').filter(|(key, _)| *key == name))
            .map(|(_, v)| v)
    };
    let changed = match metric("S")? {
        "C" => true,
        "U" => false,
        _ => return None,
    };
    let weight = |name: &str| weight(name, metric(name)?, changed);
    let impact = 1.0 - (1.0 - weight("C")?) * (1.0 - weight("I")?) * (1.0 - weight("A")?);
    let impact = if changed {
        7.52 * (impact - 0.029) - 3.25 * (impact - 0.02).powi(15)
    } else {
        6.42 * impact
    };
    if impact <= 0.0 {
        return Some(0.0);
    }
    let ease = 8.22 * weight("AV")? * weight("AC")? * weight("PR")? * weight("UI")?;
    let sum = if changed { 1.08 * (impact + ease) } else { impact + ease };
    Some(up(sum.min(10.0)))
}

fn weight(name: &str, value: &str, changed: bool) -> Option<f64> {
    Some(match (name, value) {
        ("AV", "N") | ("UI", "N") | ("PR", "N") => 0.85,
        ("AV", "A") | ("UI", "R") => 0.62,
        ("AV", "L") => 0.55,
        ("AV", "P") => 0.2,
        ("AC", "L") => 0.77,
        ("AC", "H") => 0.44,
        ("PR", "L") if changed => 0.68,
        ("PR", "L") => 0.62,
        ("PR", "H") if changed => 0.5,
        ("PR", "H") => 0.27,
        ("C" | "I" | "A", "H") => 0.56,
        ("C" | "I" | "A", "L") => 0.22,
        ("C" | "I" | "A", "N") => 0.0,
        _ => return None,
    })
}

/// To one decimal, upwards, as the specification's `Roundup` does.
fn up(score: f64) -> f64 {
    let whole = (score * 100_000.0).round();
    if whole % 10_000.0 == 0.0 {
        whole / 100_000.0
    } else {
        ((whole / 10_000.0).floor() + 1.0) / 10.0
    }
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn agrees_with_published_scores() {
        for (vector, expected) in [
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5),
            ("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1),
            ("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0),
        ] {
            assert_eq!(score(vector), Some(expected), "{vector}");
        }
        for vector in
            ["", "CVSS:4.0/AV:N", "CVSS:3.1/AV:N", "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"]
        {
            assert_eq!(score(vector), None, "{vector}");
        }
    }
}
