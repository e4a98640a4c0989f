//! What a report tells a risk owner: may the system run, why, what changed, what ends soon, and what it all rests on.
//!
//! Pure: from facts, the assessment and the state of an earlier report; nothing is read and nothing is printed. Every text of an
//! inspected file in it is fit to show.

mod answer;
mod cards;
mod causes;
mod changes;
mod expiring;
mod limits;
mod owner;
mod reasons;
mod state;
mod waivers;
mod words;
mod written;

pub use answer::{MayRun, RULES, Tally, may_run};
pub use cards::{Card, Provision, provisions};
pub use causes::{By, Cause};
pub use changes::{Change, Changes, Since};
pub use expiring::{Expiring, WINDOW_DAYS};
pub use limits::NotJudged;
pub use owner::Who;
pub use reasons::Reason;
pub use state::{CheckState, DecidedState, NotAState, ReportState, TEMPLATE_END, TEMPLATE_START};
pub use waivers::Waived;
pub use words::{Words, plain_rules};
pub use written::{Report, Sources, Subject, write};
