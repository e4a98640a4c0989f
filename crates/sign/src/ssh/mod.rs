//! People's keys and signatures: the keys, the agent and the signatures of OpenSSH (PROTOCOL.sshsig, PROTOCOL.u2f,
//! draft-miller-ssh-agent), so that people sign with what they have, a security key included.

mod agent;
mod armour;
mod error;
mod public_key;
mod signature;
mod signer;

pub use error::SshError;
pub use public_key::PublicKey;
pub use signature::verify;
pub use signer::Signer;
