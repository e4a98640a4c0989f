//! A git repository: one ref, one commit for each change.
//!
//! No git is run, and so no hook, filter or helper of the repository; of its configuration nothing is read but the format.

mod objects;
mod place;
mod reference;
mod repository;
#[cfg(test)]
mod tests;

pub(super) use place::Git;
