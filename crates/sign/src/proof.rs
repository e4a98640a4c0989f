//! A proof that an entry is in a log, in one text that needs nothing else but the log's key: c2sp.org/tlog-proof.

use std::fmt;

use crate::{
    base64,
    checkpoint::{Checkpoint, CheckpointError},
    decimal,
    note::{MAX_NOTE, Note, VerifierKey},
    tlog::{Hash, MAX_PROOF, NotProven, verify_inclusion},
};

/// The first line.
const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// The most extra bytes.
pub const MAX_EXTRA: usize = 16 * 1024;

/// The longest text of a proof, in bytes: the note, 64 hashes, the extra bytes and the rest.
pub const MAX_TEXT: usize = MAX_NOTE + MAX_PROOF * 45 + MAX_EXTRA.div_ceil(3) * 4 + 128;

/// Why a text is no proof, or proves nothing.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum ProofError {
    /// Not header, index, hashes and checkpoint, each as they are written.
    #[error("not a proof as tlog-proof has them")]
    Malformed,
    /// Extra bytes that are empty or more than 16 KiB, more than 64 hashes, or a note that is too large.
    #[error("a part of the proof is too large or empty")]
    Size,
    /// The checkpoint is none, or not of the log.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The hashes don't lead from the entry to the root of the checkpoint.
    #[error(transparent)]
    NotProven(#[from] NotProven),
}

/// Index, inclusion proof and checkpoint of an entry. One that was parsed prints as exactly the text that it was
/// parsed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    index: u64,
    hashes: Vec<Hash>,
    checkpoint: Note,
    extra: Option<Vec<u8>>,
}

impl TlogProof {
    /// A proof of its parts. Whether it proves anything, [`TlogProof::verify`] says.
    ///
    /// # Errors
    ///
    /// When there are more hashes or extra bytes than a proof has, no extra bytes where there should be
    /// some, or the note is not a checkpoint.
    pub fn new(
        index: u64,
        hashes: Vec<Hash>,
        checkpoint: Note,
        extra: Option<Vec<u8>>,
    ) -> Result<Self, ProofError> {
        let fits = extra.as_ref().is_none_or(|extra| (1..=MAX_EXTRA).contains(&extra.len()));
        if !fits || hashes.len() > MAX_PROOF {
            return Err(ProofError::Size);
        }
        Checkpoint::parse(checkpoint.text())?;
        Ok(Self { index, hashes, checkpoint, extra })
    }

    /// Reads the text of a proof.
    ///
    /// # Errors
    ///
    /// When the text is not a proof in its one spelling, or too large.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofError> {
        if bytes.len() > MAX_TEXT {
            return Err(ProofError::Size);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| ProofError::Malformed)?;
        let (head, note) = text.split_once("\n\n").ok_or(ProofError::Malformed)?;
        let note = Note::parse(note.as_bytes()).map_err(CheckpointError::from)?;
        parse_head(head, note)
    }

    /// Where in the log the entry is, from 0.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// The inclusion proof, from the leaf's sibling upwards.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The note with the checkpoint, for the signatures of witnesses. They are not verified.
    #[must_use]
    pub const fn checkpoint(&self) -> &Note {
        &self.checkpoint
    }

    /// What else was put in. Nothing vouches for it.
    #[must_use]
    pub fn extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// Verifies that the log has signed a checkpoint whose tree has this leaf at this index, and gives the
    /// checkpoint. Whether enough witnesses have cosigned it is for the caller to verify.
    ///
    /// # Errors
    ///
    /// When the checkpoint is not the log's or the hashes don't lead to its root.
    pub fn verify(&self, leaf: &Hash, log: &VerifierKey) -> Result<Checkpoint, ProofError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, log)?;
        verify_inclusion(leaf, self.index, checkpoint.size(), &self.hashes, checkpoint.root())?;
        Ok(checkpoint)
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(formatter, "extra {}", base64::encode(extra))?;
        }
        writeln!(formatter, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(formatter, "{}", base64::encode(hash))?;
        }
        write!(formatter, "\n{}", self.checkpoint)
    }
}

/// Reads the lines before the blank one, and puts the proof together.
fn parse_head(head: &str, note: Note) -> Result<TlogProof, ProofError> {
    let mut lines = head.split('\n');
    let mut line = lines.next().filter(|line| *line == HEADER).and_then(|_| lines.next());
    let mut extra = None;
    if let Some(encoded) = line.and_then(|line| line.strip_prefix("extra ")) {
        extra = Some(base64::decode(encoded).ok_or(ProofError::Malformed)?);
        line = lines.next();
    }
    let index = line.and_then(|line| decimal::parse(line.strip_prefix("index ")?));
    let index = index.ok_or(ProofError::Malformed)?;
    // One more than may be, for `new` to refuse.
    let hashes: Option<_> = lines.take(MAX_PROOF + 1).map(base64::decode_hash).collect();
    let hashes = hashes.ok_or(ProofError::Malformed)?;
    TlogProof::new(index, hashes, note, extra)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MAX_EXTRA, ProofError, TlogProof};
    use crate::{
        checkpoint::Checkpoint,
        key::Ed25519Key,
        note::{Note, VerifierKey},
        tlog::{Hash, leaf_hash, node_hash},
    };

    const LEAVES: [&[u8]; 3] = [b"a", b"b", b"c"];

    fn log() -> (Ed25519Key, VerifierKey) {
        let key = Ed25519Key::from_seed(&[1; 32]);
        let verifier = VerifierKey::new_ed25519("shop/1", &key.public()).unwrap();
        (key, verifier)
    }

    /// The second of three entries.
    fn proof(extra: Option<Vec<u8>>) -> TlogProof {
        let [a, b, c] = LEAVES.map(leaf_hash);
        let root = node_hash(&node_hash(&a, &b), &c);
        let (key, verifier) = log();
        let text = Checkpoint::new("shop/1", 3, root).unwrap().to_string();
        let note = Note::sign(&text, &verifier, |text| key.sign(text)).unwrap();
        TlogProof::new(1, vec![a, c], note, extra).unwrap()
    }

    #[test]
    fn reads_as_the_specification_shows() {
        let text = proof(Some(b"age".to_vec())).to_string();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[..3], ["c2sp.org/tlog-proof@v1", "extra YWdl", "index 1"]);
        assert_eq!((lines[5], lines[6], lines[7], lines[9]), ("", "shop/1", "3", ""));
        let again = TlogProof::parse(text.as_bytes()).unwrap();
        assert_eq!(again, proof(Some(b"age".to_vec())));
        assert_eq!(again.verify(&leaf_hash(b"b"), &log().1).unwrap().size(), 3);
    }

    #[test]
    fn refuses_every_flipped_bit() {
        let text = proof(None).to_string();
        let (leaf, key) = (leaf_hash(b"b"), log().1);
        assert!(TlogProof::parse(text.as_bytes()).unwrap().verify(&leaf, &key).is_ok());
        for (at, bit) in (0..text.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let verified = TlogProof::parse(&bytes).and_then(|proof| proof.verify(&leaf, &key));
            assert!(verified.is_err(), "{at}.{bit}");
        }
    }

    #[test]
    fn refuses_another_entry_and_another_log() {
        let (key, verifier) = log();
        let other = VerifierKey::new_ed25519("shop/2", &key.public()).unwrap();
        let refused = proof(None).verify(&leaf_hash(b"a"), &verifier).unwrap_err();
        assert!(matches!(refused, ProofError::NotProven(_)));
        let refused = proof(None).verify(&leaf_hash(b"b"), &other).unwrap_err();
        assert!(matches!(refused, ProofError::Checkpoint(_)));
    }

    #[test]
    fn refuses_other_spellings() {
        let text = proof(Some(b"age".to_vec())).to_string();
        for text in [
            text.replace("@v1", "@v2"),
            text.replace("index 1", "index 01"),
            text.replace("index 1", "index  1"),
            text.replace("index 1", "index 1\n"),
            text.replace("index 1", "index 18446744073709551616"),
            text.replace("extra YWdl", "extra YWd"),
            text.replace("extra YWdl", "extra "),
            text.replace("extra YWdl", "extra YWdl\nextra YWdl"),
            text.replace("extra YWdl\nindex 1", "index 1\nextra YWdl"),
            text.replace("index 1\n", ""),
            text.replace('\n', "\r\n"),
            format!("{text}\n"),
            format!("\n{text}"),
        ] {
            assert!(TlogProof::parse(text.as_bytes()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn ends_where_the_limits_are() {
        let note = proof(None).checkpoint;
        let new = |hashes: Vec<Hash>, extra| TlogProof::new(0, hashes, note.clone(), extra);
        assert_eq!(new(vec![[0; 32]; 65], None).unwrap_err(), ProofError::Size);
        assert_eq!(new(vec![], Some(vec![])).unwrap_err(), ProofError::Size);
        assert_eq!(new(vec![], Some(vec![0; MAX_EXTRA + 1])).unwrap_err(), ProofError::Size);
        let most = new(vec![[0; 32]; 64], Some(vec![0; MAX_EXTRA])).unwrap();
        let text = most.to_string();
        assert_eq!(TlogProof::parse(text.as_bytes()).unwrap(), most);
        let line = format!("{}=\n", "A".repeat(43));
        let more = text.replacen(&line, &line.repeat(2), 1);
        assert_eq!(TlogProof::parse(more.as_bytes()), Err(ProofError::Size));
    }

    proptest! {
        #[test]
        fn any_proof_reads_back(index: u64, hashes in prop::collection::vec(any::<Hash>(), 0..5)) {
            let proof = TlogProof::new(index, hashes, proof(None).checkpoint, None).unwrap();
            prop_assert_eq!(TlogProof::parse(proof.to_string().as_bytes()).unwrap(), proof);
        }
    }
}
