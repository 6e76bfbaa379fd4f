//! Numbers, counts and durations as a terminal shows them.

use std::time::Instant;

/// `2 errors`, or nothing for none.
pub(super) fn counted(count: usize, what: &str) -> Vec<String> {
    match count {
        0 => Vec::new(),
        1 => vec![format!("1 {what}")],
        _ => vec![format!("{} {what}s", grouped(count))],
    }
}

/// A number with commas between thousands: `12,345`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How long it has been since `start`, in seconds: `1.23 s`.
pub(super) fn seconds(start: Instant) -> String {
    format!("{:.2} s", start.elapsed().as_secs_f64())
}
