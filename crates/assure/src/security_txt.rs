//! `security.txt` (RFC 9116).

use jiff::{Timestamp, civil::Date};

/// What a `security.txt` says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SecurityTxt {
    /// Whether it has a `Contact` with a URI (section 2.5.3; at least one is required).
    pub(crate) has_contact: bool,
    /// Day on which it expires (section 2.5.5; required, once).
    pub(crate) expires: Option<Date>,
    /// What breaks the RFC.
    pub(crate) errors: Vec<&'static str>,
}

/// Reads a `security.txt`; signed ones (section 2.3) count by the text between their armour lines.
pub(crate) fn read(text: &str) -> SecurityTxt {
    let mut read = SecurityTxt::default();
    let mut expires = 0;
    for line in
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if line.starts_with("-----BEGIN PGP SIGNATURE") {
            break;
        }
        if line.starts_with("-----") || line.starts_with("Hash:") {
            continue;
        }
        let Some((name, value)) = line.split_once(':') else {
            read.errors.push("a line is not `Name: value`");
            continue;
        };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "contact"
                if ["mailto:", "tel:", "https://"]
                    .iter()
                    .any(|scheme| value.starts_with(scheme)) =>
            {
                read.has_contact = true;
            }
            "contact" => read.errors.push("a Contact is not a mailto:, tel: or https:// URI"),
            "expires" => {
                expires += 1;
                match value.parse::<Timestamp>() {
                    Ok(time) => read.expires = Some(time.to_zoned(jiff::tz::TimeZone::UTC).date()),
                    Err(_) => {
                        read.errors.push("Expires is not a date and time with zone (RFC 3339)");
                    }
                }
            }
            _ => {}
        }
    }
    if !read.has_contact {
        read.errors.push("there is no Contact");
    }
    match expires {
        0 => read.errors.push("there is no Expires"),
        1 => {}
        _ => read.errors.push("Expires stands more than once"),
    }
    read.errors.sort_unstable();
    read.errors.dedup();
    read
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_a_good_one() {
        let text = "# comment\nContact: mailto:security@example.org\nExpires: 2027-01-31T00:00:00z\nPreferred-Languages: en\n";
        let read = read(text);
        assert!(read.errors.is_empty(), "{read:?}");
        assert_eq!(read.expires, Some(jiff::civil::date(2027, 1, 31)));
    }

    #[test]
    fn names_what_is_missing() {
        assert_eq!(read("").errors, ["there is no Contact", "there is no Expires"]);
        assert_eq!(read("Contact: security@example.org\nExpires: soon").errors.len(), 3);
    }
}
