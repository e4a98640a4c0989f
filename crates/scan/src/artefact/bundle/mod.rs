//! Archives around models: tar, 7z and zip, packages of servers, and images of containers. Each member is read as if it were a
//! file of its own; what unpacking itself does counts too.

mod agent;
mod among;
mod code;
mod format;
mod holding;
mod image;
mod nemo;
mod place;
mod rules;
mod served;
mod seven;
mod tar;
#[cfg(test)]
mod tests;
mod zip;

pub(crate) use rules::RULES;
pub(crate) use seven::SevenZip;
pub(crate) use tar::Tar;
pub(crate) use zip::Zip;
