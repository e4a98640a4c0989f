//! What `convert` wrote, or would drop, for people.

use std::fmt::Write as _;

use coseal_core::digest::Digest;
use coseal_scan::convert::Plan;

use super::{
    scan_text::size,
    style::{BOLD, YELLOW, styled, wrap},
};

/// What is named of what is dropped.
const MAX_NAMED: usize = 20;

/// The result.
pub(crate) fn written(
    plan: &Plan<'_>,
    name: &str,
    bytes: u64,
    digest: Digest,
    width: usize,
) -> String {
    let mut out = String::new();
    let tensors = plan.tensors();
    let plural = if tensors == 1 { "tensor" } else { "tensors" };
    let _ = writeln!(out, "wrote {}: {tensors} {plural}, {}", styled(BOLD, name), size(bytes));
    let _ = writeln!(out, "  {digest}");
    if plan.shared > 0 {
        let text = format!(
            "{} shared bytes with another tensor; each has bytes of its own now",
            plan.shared
        );
        out.push_str(&wrap(&text, width, "  ", "    "));
    }
    if !plan.dropped.is_empty() {
        let _ = writeln!(out, "  {} what has no place in safetensors:", styled(YELLOW, "dropped"));
        out.push_str(&named(plan, width));
    }
    out
}

/// What would be dropped.
pub(crate) fn dropped(plan: &Plan<'_>, width: usize) -> String {
    format!("{} in safetensors:\n{}", styled(YELLOW, "no place"), named(plan, width))
}

fn named(plan: &Plan<'_>, width: usize) -> String {
    let all = (plan.dropped.len() as u64).saturating_add(plan.more);
    let mut out = String::new();
    for dropped in plan.dropped.iter().take(MAX_NAMED) {
        out.push_str(&wrap(
            &format!("{}: {}", dropped.name, dropped.what),
            width,
            "    ",
            "      ",
        ));
    }
    if all > MAX_NAMED as u64 {
        let _ = writeln!(out, "    and {} more", all.saturating_sub(MAX_NAMED as u64));
    }
    out
}
