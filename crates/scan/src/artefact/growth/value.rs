//! What is known of a value.

/// Numbers that are kept of one value: shapes and sizes have few.
pub(crate) const MAX_HELD: usize = 256;
/// Dimensions that are kept.
const MAX_RANK: usize = 64;

/// What is known of a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Value {
    /// Its dimensions, each if it is known; none if not even their number is.
    pub(crate) sizes: Option<Vec<Option<u64>>>,
    /// How many elements it has at least.
    pub(crate) least: u64,
    /// Elements of the largest value that is given, stored, or computed in ways that are not followed, and that it comes from.
    pub(crate) base: u64,
    /// Its numbers, one behind the other.
    pub(crate) held: Option<Vec<f64>>,
    /// Whether these are whole.
    pub(crate) whole: bool,
    /// Whether it changes from turn to turn of a loop.
    pub(crate) varies: bool,
    /// An argument of a loop and what is added to it, if that is what it is.
    pub(crate) counts: Option<(usize, f64)>,
    /// An argument of a loop, and the numbers between which it is as long as this holds true.
    pub(crate) until: Option<(usize, f64, f64)>,
    /// Its least and its largest number at most, if not all are held.
    pub(crate) range: Option<(f64, f64)>,
}

impl Value {
    /// Of these dimensions, as it is given or stored.
    pub(crate) fn given(sizes: Vec<Option<u64>>) -> Self {
        let value = Self::sized(sizes);
        Self { base: value.least, ..value }
    }

    /// Of these dimensions.
    pub(super) fn sized(sizes: Vec<Option<u64>>) -> Self {
        if sizes.len() > MAX_RANK {
            return Self { least: 1, ..Self::default() };
        }
        let least =
            sizes.iter().fold(1_u64, |product, size| product.saturating_mul(size.unwrap_or(1)));
        Self { sizes: Some(sizes), least, ..Self::default() }
    }

    /// Numbers that are stored, in a list or alone.
    pub(crate) fn numbers(numbers: Vec<f64>, list: bool, whole: bool) -> Self {
        let sizes = if list { vec![Some(numbers.len() as u64)] } else { Vec::new() };
        let held = (numbers.len() <= MAX_HELD).then_some(numbers);
        Self { held, whole, ..Self::given(sizes) }
    }

    /// Of which nothing is known but that it is there.
    pub(crate) fn unknown(varies: bool) -> Self {
        Self { least: 1, base: 1, varies, ..Self::default() }
    }

    /// Of which only the number of elements is known.
    pub(super) fn flat(least: u64) -> Self {
        Self { least, ..Self::default() }
    }

    /// How many elements it has at least.
    pub(crate) const fn elements(&self) -> u64 {
        self.least
    }

    /// One of its rows.
    pub(super) fn row(&self) -> Self {
        let rest = self.sizes.as_ref().and_then(|sizes| sizes.get(1..));
        let value = rest.map_or_else(|| Self::flat(1), |sizes| Self::sized(sizes.to_vec()));
        Self { base: self.base, varies: true, ..value }
    }

    /// Its only number.
    pub(crate) fn number(&self) -> Option<f64> {
        match self.held.as_deref() {
            Some([number]) => Some(*number),
            _ => None,
        }
    }

    /// A size of one of its dimensions; from the end if the number is negative.
    pub(super) fn size(&self, axis: i64) -> Option<u64> {
        let sizes = self.sizes.as_ref()?;
        let place = usize::try_from(axis).ok();
        let place = place
            .or_else(|| sizes.len().checked_sub(usize::try_from(axis.unsigned_abs()).ok()?))?;
        sizes.get(place).copied().flatten()
    }
}

/// A number as a size: none if it is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is not negative, and one too large becomes the largest"
)]
pub(super) fn size_of(number: f64) -> Option<u64> {
    (number >= 0.0).then_some(number as u64)
}
