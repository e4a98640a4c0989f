//! Evidence: where its logs are kept, and how copies of them travel.

pub mod remote;
