//! Results of tools that look for vulnerabilities, and statements about them, as they lie in the folder.
//!
//! A file is one by what it holds, not by its name.

mod csaf;
mod cvss;
mod cyclonedx;
mod form;
mod found;
mod native;
mod openvex;
mod osv;
mod product;
mod sarif;
mod told;
mod triage;

pub use found::{found, read, searched};
pub use osv::RECORD;
pub use product::Product;
pub use triage::{Statements, Told};
