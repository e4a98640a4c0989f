//! Positioned, bounded reads.

mod beside;
mod cursor;
mod pages;
pub(crate) mod room;
mod source;
mod track;

pub use beside::{Alone, Beside, Walked};
pub use cursor::Cursor;
pub(crate) use pages::Pages;
pub use source::{FileBytes, ReadAt, Section, SliceBytes, read_exact_at, read_up_to};
pub use track::Tracked;
