use std::io::ErrorKind;

/// Why a key can't be used, or a signature isn't accepted. No message holds text of a key, a path or a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SshError {
    /// A text is not a public key, or one of a kind that is not accepted.
    #[error("the public key can't be used: {0}")]
    PublicKey(&'static str),
    /// A text is not a private key, or one that can't sign here.
    #[error("the private key can't be used: {0}")]
    PrivateKey(&'static str),
    /// The file of a private key asks for more work than anybody needs to protect one.
    #[error(
        "the private key can't be used: it wants {rounds} rounds of bcrypt, at most {most} are done"
    )]
    Rounds {
        /// The rounds that the file asks for.
        rounds: u32,
        /// The most that are done.
        most: u32,
    },
    /// The private key is encrypted, and nobody gave a passphrase.
    #[error("the private key is encrypted, and no passphrase was given")]
    NoPassphrase,
    /// The private key is encrypted, and not with this passphrase.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// A signature is not in the one form in which OpenSSH writes it.
    #[error("the signature is malformed: {0}")]
    Malformed(&'static str),
    /// A signature is of a kind that is not accepted.
    #[error("the signature is of a kind that isn't accepted: {0}")]
    Kind(&'static str),
    /// A signature was made for another purpose, or for none.
    #[error("the signature is for another namespace")]
    Namespace,
    /// A security key signed, and nobody touched it.
    #[error("the security key signed without being touched")]
    Untouched,
    /// The message, the key or the signature is another than when it was signed.
    #[error("the signature doesn't match the message")]
    Mismatch,
    /// There is no agent to ask.
    #[error("there is no ssh agent: start one, or name the file of the private key")]
    NoAgent,
    /// The agent's socket can't be used.
    #[error("the ssh agent can't be reached: {0}")]
    Unreachable(ErrorKind),
    /// The agent took too long, a touch of the security key included.
    #[error("the ssh agent didn't answer within {0} seconds")]
    Silent(u64),
    /// The agent does not hold the key.
    #[error("the ssh agent doesn't hold this key: ssh-add it")]
    NotHeld,
    /// The agent holds the key and did not sign.
    #[error("the ssh agent refused to sign")]
    Refused,
    /// The agent's answer makes no sense.
    #[error("the ssh agent's answer is malformed: {0}")]
    Answer(&'static str),
}
