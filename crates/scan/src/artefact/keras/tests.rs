//! Descriptions written by hand.
