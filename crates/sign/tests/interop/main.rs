//! Keys and signatures between this crate and OpenSSH itself. Without OpenSSH these tests say so and pass, unless
//! `COSEAL_CI_STRICT` is set.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests run OpenSSH, and read what it wrote")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

mod agent;
mod files;
mod forged;
mod openssh;
mod security_key;
