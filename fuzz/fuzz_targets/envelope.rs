//! Any bytes as an envelope and as a statement: what is parsed strictly is written back byte for byte, what is read
//! leniently parses strictly once it is written.
#![no_main]

use coseal_sign::{dsse::Envelope, statement::Statement};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    statement(data);
    if let Ok(envelope) = Envelope::parse(data) {
        assert_eq!(envelope.to_bytes(), data);
    }
    let Ok(envelope) = Envelope::read(data) else { return };
    assert_eq!(Envelope::parse(&envelope.to_bytes()).as_ref(), Ok(&envelope));
    assert!(envelope.verify_ed25519(&[9; 32]).is_err());
    statement(envelope.payload());
});

fn statement(data: &[u8]) {
    if let Ok(statement) = Statement::parse(data) {
        assert_eq!(statement.to_bytes().as_deref(), Ok(data));
    }
    let Ok(statement) = Statement::read(data) else { return };
    let Ok(bytes) = statement.to_bytes() else { return };
    assert_eq!(Statement::parse(&bytes), Ok(statement));
}
