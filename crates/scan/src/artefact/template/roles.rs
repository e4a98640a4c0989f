//! Who speaks: what somebody wrote stays with the role that wrote it.

use super::syntax::{Expression, Kind, Operator, Suffix};

/// The role that a message has where `condition` holds, if it says so in one comparison.
pub(super) fn role_where(condition: &Expression) -> Option<&str> {
    let Kind::Chain(left, rest) = &condition.kind else { return None };
    let [(Operator::Equal, right)] = rest.as_slice() else { return None };
    let Kind::Text(role) = &right.kind else { return None };
    let Kind::Followed(_, suffixes) = &left.kind else { return None };
    let of_role = match suffixes.last()? {
        Suffix::Attribute(_, name) => name == "role",
        Suffix::Item(Expression { kind: Kind::Text(name), .. }) => name == "role",
        _ => false,
    };
    of_role.then_some(role.as_str())
}
