//! OSCAL assessment results (NIST, 1.2): observations, findings and risks.

mod finding;
mod names;
mod observation;
mod results;
mod risk;

pub use results::oscal;
