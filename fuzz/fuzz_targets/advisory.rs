//! Any bytes as a report of vulnerabilities: never a panic, the same twice, bounded, and every result has an id.
#![no_main]

use coseal_source::advisory::{Product, Statements, read};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let report = read("r.json", data);
    assert_eq!(report, read("r.json", data));
    let Some(report) = report else { return };
    let reports = [report];
    let statements = Statements::of(&reports, date(2026, 11, 22), "system");
    for found in &reports[0].results {
        assert!(!found.id.is_empty());
        let _ = statements.close(found);
        let product = Product::read(&found.subject);
        assert!(product.name().is_empty() || product.covers(&product));
    }
});
