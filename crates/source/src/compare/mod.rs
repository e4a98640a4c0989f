//! What the system file declares, against what files show.

mod address;
mod element;
#[cfg(test)]
pub(crate) mod made;
mod matching;
mod observed;
mod sides;
mod weight;

pub(crate) use address::address;
pub(crate) use element::of_view;
pub use element::{Element, declared};
pub use matching::is_declared_by;
pub(crate) use matching::provides;
pub use observed::observed;
pub use sides::{Compared, compare};
pub(crate) use weight::takes_data_out;
pub use weight::{Weight, weight};
