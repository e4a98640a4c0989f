//! Arrays of NumPy: in files of their own, in archives, within pickles, and as joblib writes them between opcodes.

use super::{
    array::{Array, Storage, column_major, row_major},
    dtype::Dtype,
    object::{Id, Object},
    place::Place,
    stream::{Session, Step, Stream, follow},
};
use crate::{
    artefact::npy_header,
    bytes::{ReadAt, Section, read_exact_at},
};

/// Bytes of arrays that are held because the stream has them as text.
const MAX_HELD: usize = 16 << 20;

/// An element type as NumPy says it.
struct Element {
    dtype: Result<Dtype, &'static str>,
    /// Bytes; none where elements are objects or it can't be told.
    size: Option<u64>,
    objects: bool,
    big: bool,
}

impl Element {
    /// Of a code such as `<f4`, with the byte order that a state says, if any.
    fn of(code: &str, order: Option<&str>) -> Self {
        let bare = code.trim_start_matches(['<', '>', '|', '=']);
        let (kind, digits) = bare.split_at_checked(1).unwrap_or((bare, ""));
        let number = digits.split('[').next().and_then(|digits| digits.parse().ok());
        let size = match kind {
            "?" => Some(1),
            "U" => number.and_then(|number: u64| number.checked_mul(4)),
            "V" | "O" => None,
            _ => number,
        };
        let big = order.map_or(code.starts_with('>'), |order| order == ">");
        Self { dtype: Dtype::of_numpy(bare), size, objects: kind == "O", big }
    }
}

impl Stream<'_, '_> {
    fn element(&self, dtype: Id) -> Step<Element> {
        let objects = &self.session.objects;
        let broken = "it has an array without a type";
        let Object::Made(name, arguments, state) = objects.of(dtype) else {
            // A scalar type, such as numpy.float32, stands for its code.
            return Err(broken);
        };
        let code = objects.items(*arguments).first().and_then(|code| objects.text(*code));
        let code = code.filter(|_| &**name == "numpy.dtype").ok_or(broken)?;
        let order = state.and_then(|state| objects.items(state).get(1).copied());
        Ok(Element::of(code, order.and_then(|order| objects.text(order))))
    }

    /// `(version, shape, type, whether in the order of Fortran, bytes)`.
    pub(super) fn array_state(&mut self, object: Id, state: Id) -> Step {
        let objects = &self.session.objects;
        let [_, shape, dtype, fortran, data] = *objects.items(state) else { return Ok(()) };
        let Some(shape) = objects.integers(shape) else { return Ok(()) };
        let fortran = matches!(objects.of(fortran), Object::Bool(true) | Object::Int(1));
        let element = self.element(dtype)?;
        self.put(object, &element, shape, fortran, data)
    }

    /// `(buffer, type, shape, order)`.
    pub(super) fn buffered(&mut self, items: &[Id]) -> Step<Id> {
        let objects = &mut self.session.objects;
        let made = objects.add(Object::None)?;
        let [buffer, dtype, shape, order] = *items else {
            return Err("it has an array without a type");
        };
        let shape = objects.integers(shape).ok_or("it has an array without a shape")?;
        let fortran = objects.text(order) == Some("F");
        let element = self.element(dtype)?;
        self.put(made, &element, shape, fortran, buffer)?;
        Ok(made)
    }

    /// Makes `object` the array whose bytes `data` are; it stays what it is if they are no bytes.
    fn put(
        &mut self,
        object: Id,
        element: &Element,
        shape: Vec<u64>,
        fortran: bool,
        data: Id,
    ) -> Step {
        if element.objects {
            return Ok(());
        }
        let at = match self.session.objects.of(data).clone() {
            Object::Bytes(start, length) => (self.spot.place, start, length),
            Object::Text(text) => self.hold(&text)?,
            Object::Latin(start, length) => {
                if length > MAX_HELD as u64 {
                    return Err("it has a large array as text, as protocol 2 writes them");
                }
                let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
                let start = start.saturating_sub(self.spot.base);
                read_exact_at(self.spot.bytes, start, &mut bytes)
                    .map_err(|_| "it can't be read")?;
                let text = String::from_utf8(bytes).map_err(|_| "it has a text that is none")?;
                self.hold(&text)?
            }
            _ => return Ok(()),
        };
        self.keep(object, element, shape, fortran, at)
    }

    fn keep(
        &mut self,
        object: Id,
        element: &Element,
        shape: Vec<u64>,
        fortran: bool,
        (place, start, length): (usize, u64, u64),
    ) -> Step {
        let array = array_over(self.session, element, shape, fortran, (place, start, length));
        let needed =
            array.count().zip(element.size).and_then(|(count, size)| count.checked_mul(size));
        if needed.is_some_and(|needed| needed != length) {
            return Err("it has an array with more or fewer bytes than its shape says");
        }
        self.session.objects.set(object, Object::Array(Box::new(array)));
        Ok(())
    }

    /// Bytes that stand in the stream as text.
    fn hold(&mut self, text: &str) -> Step<(usize, u64, u64)> {
        let bytes: Option<Vec<u8>> =
            text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        let bytes = bytes.ok_or("it has an array as text that is no bytes")?;
        self.session.held = self.session.held.saturating_add(bytes.len());
        if self.session.held > MAX_HELD {
            return Err("it has large arrays as text, as protocol 2 writes them");
        }
        let length = bytes.len() as u64;
        self.session.places.push(Place::Held(bytes));
        Ok((self.session.places.len().saturating_sub(1), 0, length))
    }

    /// joblib's wrapper: the array's bytes follow in the file, or a stream of objects.
    pub(super) fn inline_array(&mut self, object: Id, state: Id) -> Step {
        let broken = "it has an array without a type";
        let objects = &self.session.objects;
        let field = |name| objects.field(state, name);
        let dtype = field("dtype").ok_or(broken)?;
        let shape = field("shape").and_then(|shape| objects.integers(shape)).ok_or(broken)?;
        let fortran = field("order").and_then(|order| objects.text(order)) == Some("F");
        let aligned = field("numpy_array_alignment_bytes");
        let aligned = aligned.is_some_and(|aligned| !matches!(objects.of(aligned), Object::None));
        let element = self.element(dtype)?;
        if element.objects {
            let nesting = self.nesting.saturating_add(1);
            let (_, end) = follow(self.spot, self.cursor.offset(), nesting, self.session)?;
            self.cursor.jump(end);
            return Ok(());
        }
        if aligned {
            let padding = self.byte()?;
            self.skip(padding.into())?;
        }
        let count = shape.iter().try_fold(1_u64, |product, side| product.checked_mul(*side));
        let length = count.zip(element.size).and_then(|(count, size)| count.checked_mul(size));
        let length = length.ok_or("it has an array of records, which is not followed")?;
        let start = self.spot.base.saturating_add(self.cursor.offset());
        self.skip(length)?;
        self.keep(object, &element, shape, fortran, (self.spot.place, start, length))
    }
}

/// An array over new bytes.
fn array_over(
    session: &mut Session,
    element: &Element,
    shape: Vec<u64>,
    fortran: bool,
    (place, start, length): (usize, u64, u64),
) -> Array {
    let strides = if fortran { column_major(&shape) } else { row_major(&shape) };
    let at = Some((place, start));
    session.storages.push(Storage { key: None, at, length, big: element.big, dtype: None });
    let storage = session.storages.len().saturating_sub(1);
    Array { storage, offset: 0, shape, strides, dtype: element.dtype }
}

/// The array of a file of its own, which is at `place`.
pub(super) fn file(bytes: &dyn ReadAt, place: usize, session: &mut Session) -> Step<Id> {
    let header = npy_header(bytes)?;
    let element = Element::of(&header.dtype, None);
    if header.item.is_none() {
        let rest = Section::from(bytes, header.data);
        let spot = super::stream::Spot { bytes: &rest, place, base: header.data };
        follow(spot, 0, 0, session)?;
        return session.objects.add(Object::Made("an array of objects".into(), u32::MAX, None));
    }
    let length = bytes.size().saturating_sub(header.data);
    let array =
        array_over(session, &element, header.shape, header.fortran, (place, header.data, length));
    session.objects.add(Object::Array(Box::new(array)))
}
