//! Any text as an earlier report: never a panic, and what is read comes back the same from what would be written of it.
#![no_main]

use coseal_assure::report::{ReportState, TEMPLATE_END, TEMPLATE_START};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(state) = ReportState::find(text) else { return };
    let json = format!("{{\"state\":{}}}", state.text());
    assert_eq!(ReportState::find(&json).as_ref(), Ok(&state));
    if !state.text().contains(['&', '<', '>']) {
        let page = format!("{TEMPLATE_START}{}{TEMPLATE_END}", state.text().replace('"', "&#34;"));
        assert_eq!(ReportState::find(&page).as_ref(), Ok(&state));
    }
});
