//! Buffers for tests.

/// What a field holds.
pub(crate) enum Value {
    Default,
    /// The bytes of a number.
    Number(Vec<u8>),
    /// How many elements, and their bytes.
    List(u32, Vec<u8>),
    /// A list of tables or texts.
    Offsets(Vec<Self>),
    Table(Vec<Self>),
}

impl Value {
    pub(crate) fn text(text: &str) -> Self {
        Self::List(text.len() as u32, text.as_bytes().to_vec())
    }
}

/// A buffer with this table at its root.
pub(crate) fn written(fields: &[Value]) -> Vec<u8> {
    let mut out = 4_u32.to_le_bytes().to_vec();
    // The list of fields of the root stands behind its table, as that of every table here.
    table(&mut out, fields);
    out
}

fn table(out: &mut Vec<u8>, fields: &[Value]) {
    let start = out.len();
    out.extend([0; 4]);
    let mut places = Vec::new();
    for field in fields {
        places.push(out.len());
        match field {
            Value::Default => {}
            Value::Number(bytes) => out.extend(bytes),
            _ => out.extend([0; 4]),
        }
    }
    let size = out.len() - start;
    let listed = out.len();
    out.extend((4 + 2 * fields.len() as u16).to_le_bytes());
    out.extend((size as u16).to_le_bytes());
    for (field, place) in fields.iter().zip(&places) {
        let absent = matches!(field, Value::Default);
        let offset = if absent { 0 } else { (place - start) as u16 };
        out.extend(offset.to_le_bytes());
    }
    let back = start as i32 - listed as i32;
    out[start..start + 4].copy_from_slice(&back.to_le_bytes());
    for (field, place) in fields.iter().zip(places) {
        match field {
            Value::Default | Value::Number(_) => {}
            held => point(out, place, held),
        }
    }
}

/// Writes what `place` leads to.
fn point(out: &mut Vec<u8>, place: usize, value: &Value) {
    let offset = (out.len() - place) as u32;
    out[place..place + 4].copy_from_slice(&offset.to_le_bytes());
    match value {
        Value::List(count, bytes) => {
            out.extend(count.to_le_bytes());
            out.extend(bytes);
        }
        Value::Offsets(values) => {
            out.extend((values.len() as u32).to_le_bytes());
            let first = out.len();
            out.extend(vec![0; values.len() * 4]);
            for (index, value) in values.iter().enumerate() {
                point(out, first + index * 4, value);
            }
        }
        Value::Table(fields) => table(out, fields),
        Value::Default | Value::Number(_) => {}
    }
}
