//! A constant: whether its shape and type fit the bytes that it takes.

/// Why `length` bytes are none of a constant of this type and shape.
pub(super) fn problem(kind: &str, shape: Option<&str>, length: u64) -> Option<String> {
    let kind = kind.to_ascii_lowercase();
    let shape = shape?;
    let sizes = shape.split(',').map(str::trim).filter(|size| !size.is_empty());
    let elements = sizes
        .map(|size| size.parse::<u64>().ok())
        .try_fold(1_u64, |product, size| product.checked_mul(size?));
    let Some(elements) = elements else {
        return Some("the shape of a constant is negative or impossibly large".into());
    };
    // Texts are as long as they are.
    if kind == "string" {
        return None;
    }
    let Some((group, bytes)) = group(&kind) else {
        return Some(format!("a constant is of the type {kind}, which there is not"));
    };
    let wanted = elements.div_ceil(group).checked_mul(bytes);
    // What is packed may be filled up.
    let filled =
        group > 1 && wanted.is_some_and(|wanted| (0..8).contains(&length.wrapping_sub(wanted)));
    (wanted != Some(length) && !filled)
        .then(|| format!("a constant of {elements} elements takes {length} bytes"))
}

/// How many elements lie together, and in how many bytes.
fn group(kind: &str) -> Option<(u64, u64)> {
    Some(match kind {
        "f64" | "i64" | "u64" => (1, 8),
        "f32" | "i32" | "u32" => (1, 4),
        "f16" | "bf16" | "i16" | "u16" => (1, 2),
        "i8" | "u8" | "boolean" | "bool" | "f8e4m3" | "f8e5m2" | "f8e8m0" => (1, 1),
        "i4" | "u4" | "nf4" | "f4e2m1" => (2, 1),
        "i2" | "u2" => (4, 1),
        "u1" => (8, 1),
        "u3" => (8, 3),
        "u6" => (4, 3),
        _ => return None,
    })
}
