//! Files written by hand.
