//! ZIP archives (APPNOTE 6.3), read as every loader might: the central directory *and* every local header,
//! with all that they disagree on, and every byte that neither claims.

mod directory;
mod local;
mod member;
mod problem;
mod walk;

pub use directory::END_SEARCH;
pub use member::{Content, Member};
pub use problem::Problem;
pub use walk::{Archive, has_end_record, open};
