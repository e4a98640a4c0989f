//! Evidence that anyone can verify: what is promised of it, through the binary.

mod as_of;
mod export;
mod killed;
mod merge;
mod people;
mod personal_data;
mod pull_request;
mod refusals;
mod replays;
mod rotation;
mod together;
mod waivers;
