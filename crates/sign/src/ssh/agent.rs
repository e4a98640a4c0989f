//! Asking an ssh agent over its Unix socket (draft-ietf-sshm-ssh-agent): which keys it holds, and to sign.

use std::path::Path;

use ssh_key::{
    encoding::{Decode, Encode},
    public::KeyData,
};

use crate::ssh::{PublicKey, SshError};

const FAILURE: u8 = 5;
const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;
/// Without it, an agent signs with an RSA key over SHA-1.
const RSA_SHA2_512: u32 = 4;

/// Does the agent hold the key?
pub(super) fn holds(socket: &Path, key: &PublicKey) -> Result<bool, SshError> {
    let answer = connection::ask(socket, &[REQUEST_IDENTITIES])?;
    let mut rest = content(&answer, IDENTITIES_ANSWER)?;
    let count = u32::decode(&mut rest).map_err(|_| CUT)?;
    let mut held = false;
    // Each takes eight bytes at least, and the answer is bounded.
    for _ in 0..count {
        let blob = Vec::<u8>::decode(&mut rest).map_err(|_| CUT)?;
        Vec::<u8>::decode(&mut rest).map_err(|_| CUT)?;
        held |= blob == key.blob();
    }
    if rest.is_empty() { Ok(held) } else { Err(LONG) }
}

/// The signature that the agent makes over `data`, as OpenSSH writes it: its kind, and its bytes.
pub(super) fn sign(socket: &Path, key: &PublicKey, data: &[u8]) -> Result<Vec<u8>, SshError> {
    let flags = if matches!(key.data(), KeyData::Rsa(_)) { RSA_SHA2_512 } else { 0 };
    let mut request = vec![SIGN_REQUEST];
    for part in [key.blob(), data] {
        part.encode(&mut request).map_err(|_| SshError::Mismatch)?;
    }
    request.extend(flags.to_be_bytes());
    let answer = connection::ask(socket, &request)?;
    let mut rest = content(&answer, SIGN_RESPONSE)?;
    let signature = Vec::decode(&mut rest).map_err(|_| CUT)?;
    if rest.is_empty() { Ok(signature) } else { Err(LONG) }
}

const CUT: SshError = SshError::Answer("it is cut short");
const LONG: SshError = SshError::Answer("bytes follow it");

fn content(answer: &[u8], wanted: u8) -> Result<&[u8], SshError> {
    match answer.split_first() {
        Some((kind, rest)) if *kind == wanted => Ok(rest),
        Some((&FAILURE, _)) => Err(SshError::Refused),
        _ => Err(SshError::Answer("it answers something else")),
    }
}

#[cfg(not(unix))]
mod connection {
    use std::path::Path;

    use crate::ssh::SshError;

    pub(super) fn ask(_: &Path, _: &[u8]) -> Result<Vec<u8>, SshError> {
        Err(SshError::NoAgent)
    }
}

#[cfg(unix)]
mod connection {
    use std::{
        io::{ErrorKind, Read, Write},
        os::unix::net::UnixStream,
        path::Path,
        time::{Duration, Instant},
    };

    use crate::ssh::SshError;

    /// Seconds for a question and its answer. Somebody may have to find the security key, and touch it.
    const PATIENCE: u64 = 60;
    /// Bytes of an answer, as much as OpenSSH's own agent takes.
    const MAX: usize = 256 * 1024;

    pub(super) fn ask(socket: &Path, request: &[u8]) -> Result<Vec<u8>, SshError> {
        ask_for(socket, request, PATIENCE)
    }

    fn ask_for(socket: &Path, request: &[u8], patience: u64) -> Result<Vec<u8>, SshError> {
        let failed = |kind: ErrorKind| match kind {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => SshError::Silent(patience),
            ErrorKind::UnexpectedEof => SshError::Answer("it is cut short"),
            kind => SshError::Unreachable(kind),
        };
        let whole = Duration::from_secs(patience);
        let mut stream = Stream {
            socket: UnixStream::connect(socket).map_err(|error| failed(error.kind()))?,
            until: Instant::now().checked_add(whole).ok_or(SshError::Silent(patience))?,
        };
        stream.send(request, whole).map_err(failed)?;
        let mut length = [0; 4];
        stream.fill(&mut length).map_err(failed)?;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if length > MAX {
            return Err(SshError::Answer("it is longer than 256 KiB"));
        }
        let mut answer = vec![0; length];
        stream.fill(&mut answer).map_err(failed)?;
        Ok(answer)
    }

    struct Stream {
        socket: UnixStream,
        until: Instant,
    }

    impl Stream {
        fn send(&mut self, request: &[u8], patience: Duration) -> Result<(), ErrorKind> {
            let length = u32::try_from(request.len()).map_err(|_| ErrorKind::InvalidInput)?;
            self.socket.set_write_timeout(Some(patience)).map_err(|error| error.kind())?;
            self.socket.write_all(&length.to_be_bytes()).map_err(|error| error.kind())?;
            self.socket.write_all(request).map_err(|error| error.kind())
        }

        /// A time-out of the socket is for one read: the time left is set before each, so that drops don't add up.
        fn fill(&mut self, mut buffer: &mut [u8]) -> Result<(), ErrorKind> {
            while !buffer.is_empty() {
                let left = self.until.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Err(ErrorKind::TimedOut);
                }
                self.socket.set_read_timeout(Some(left)).map_err(|error| error.kind())?;
                match self.socket.read(buffer).map_err(|error| error.kind()) {
                    Ok(0) => return Err(ErrorKind::UnexpectedEof),
                    Ok(read) => buffer = buffer.split_at_mut_checked(read).unwrap_or_default().1,
                    Err(ErrorKind::Interrupted) => {}
                    Err(kind) => return Err(kind),
                }
            }
            Ok(())
        }
    }

    #[cfg(test)]
    mod tests;
}
