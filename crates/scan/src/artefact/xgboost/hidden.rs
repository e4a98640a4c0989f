//! A pickle in an attribute, plain, in hexadecimal digits or in base 64.

use crate::{artefact::registry::pickle, bytes::SliceBytes, encoding::base::Base};

/// Whether `text` holds one.
pub(super) fn is_pickle(text: &str) -> bool {
    let acts = |bytes: &[u8]| bytes.len() >= 4 && pickle::has_effect(&SliceBytes(bytes));
    acts(text.as_bytes())
        || Base::Sixteen.decoded(text).is_some_and(|bytes| acts(&bytes))
        || Base::SixtyFour.decoded(text).is_some_and(|bytes| acts(&bytes))
}
