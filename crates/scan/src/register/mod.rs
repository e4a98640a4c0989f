//! The register and the assets: how each stands to what is registered of it, the inventory of all, and what a new register would hold.

mod inventory;
mod plan;
mod standing;

pub use inventory::{Row, inventory};
pub use plan::{Entry, Fate, Plan, plan};
pub use standing::{Now, Places, Standing, now, standing};
