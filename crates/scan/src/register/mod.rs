//! The register and the assets: how each stands to what is registered of it, the inventory of all, and what a new register would hold.

mod elements;
mod inventory;
mod places;
mod plan;
mod standing;

pub use inventory::{Row, inventory};
pub use places::Places;
pub use plan::{Entry, Fate, Plan, plan};
pub use standing::{Now, Standing, now, standing};
