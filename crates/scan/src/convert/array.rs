//! An array or tensor: where its elements are, and in which order.

use super::dtype::Dtype;

/// Elements within a storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Array {
    /// Index of its storage.
    pub(super) storage: usize,
    /// First element, counted in elements.
    pub(super) offset: u64,
    /// Length of each dimension.
    pub(super) shape: Vec<u64>,
    /// Elements between neighbours, for each dimension.
    pub(super) strides: Vec<u64>,
    /// Element type; a reason where it can't be written.
    pub(super) dtype: Result<Dtype, &'static str>,
}

/// The bytes of tensors that share them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Storage {
    /// PyTorch's name of it; none of NumPy's.
    pub(super) key: Option<String>,
    /// Where it is, once that is known: index of the place, and the first byte there.
    pub(super) at: Option<(usize, u64)>,
    /// Bytes.
    pub(super) length: u64,
    /// Its numbers stand most significant byte first.
    pub(super) big: bool,
    /// The element type that its class says; none of untyped ones.
    pub(super) dtype: Option<Result<Dtype, &'static str>>,
}

impl Array {
    /// How many elements.
    pub(super) fn count(&self) -> Option<u64> {
        self.shape.iter().try_fold(1_u64, |product, side| product.checked_mul(*side))
    }

    /// Whether its elements stand one after another, in the order in which they are written.
    pub(super) fn is_contiguous(&self) -> bool {
        self.count() == Some(0) || self.strides == row_major(&self.shape) || {
            // The stride of a dimension of one element does not matter.
            let matters = |(side, _): &(&u64, &u64)| **side != 1;
            let plain = row_major(&self.shape);
            let said =
                self.shape.iter().zip(&self.strides).filter(matters).map(|(_, stride)| stride);
            said.eq(self.shape.iter().zip(&plain).filter(matters).map(|(_, stride)| stride))
        }
    }

    /// The element one past the last that it reaches; none beyond all bounds.
    pub(super) fn reach(&self) -> Option<u64> {
        if self.count()? == 0 {
            return Some(self.offset);
        }
        let steps = self.shape.iter().zip(&self.strides);
        let last = steps.clone().try_fold(self.offset, |last, (side, stride)| {
            last.checked_add(side.checked_sub(1)?.checked_mul(*stride)?)
        });
        last?.checked_add(1)
    }
}

/// Strides of elements in the order of C.
pub(super) fn row_major(shape: &[u64]) -> Vec<u64> {
    let mut strides = vec![1; shape.len()];
    let mut step = 1_u64;
    for (stride, side) in strides.iter_mut().zip(shape).rev() {
        *stride = step;
        step = step.saturating_mul(*side);
    }
    strides
}

/// Strides of elements in the order of Fortran.
pub(super) fn column_major(shape: &[u64]) -> Vec<u64> {
    let mut step = 1_u64;
    let mut strides = Vec::with_capacity(shape.len());
    for side in shape {
        strides.push(step);
        step = step.saturating_mul(*side);
    }
    strides
}
