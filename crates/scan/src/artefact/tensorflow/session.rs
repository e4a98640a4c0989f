//! How functions are run: the settings of a session that come with a call of one.

use coseal_core::fact::ArtefactVerdict::{Malformed, Unknown};

use super::{
    rules::{BROKEN, MACHINE},
    schema::CONFIG_PROTO,
};
use crate::{
    artefact::report::Report,
    bytes::ReadAt,
    container::protobuf::{Field, Schema, Trouble, Value, Visitor, walk},
};

/// Settings that name other machines, or whom a session listens to.
const ELSEWHERE: &[&str] = &[
    "cluster_def",
    "rpc_options",
    "device_filters",
    "coordination_config",
    "collective_group_leader",
];

/// Reads the settings, which stand at `at` of the model.
pub(super) fn read(bytes: &dyn ReadAt, at: u64, report: &mut Report) {
    walk(bytes, &CONFIG_PROTO, &mut Settings { at, report });
}

struct Settings<'r> {
    at: u64,
    report: &'r mut Report,
}

impl Settings<'_> {
    fn field(&mut self, field: &'static str) {
        if ELSEWHERE.contains(&field) {
            let text = format!("a function is run with settings of {field}");
            self.report.find(&MACHINE, Unknown, self.at, &text);
        }
    }
}

impl Visitor for Settings<'_> {
    fn enter(&mut self, _: &'static Schema, field: &'static str, _: u64) {
        self.field(field);
    }

    fn value(&mut self, _: &'static Schema, field: &'static Field, value: Value<'_>, _: u64) {
        if !matches!(value, Value::Text("")) {
            self.field(field.name);
        }
    }

    fn leave(&mut self, _: &'static Schema) {}

    fn trouble(&mut self, trouble: Trouble, _: u64) {
        let (verdict, rule) = match trouble {
            Trouble::Unknown(..) => (Unknown, &MACHINE),
            _ => (Malformed, &BROKEN),
        };
        let text = "settings of a call are none that a session has";
        self.report.find(rule, verdict, self.at, text);
    }
}
