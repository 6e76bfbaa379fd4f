//! What ringback knows of languages: dates, numbers and alphabets.

pub mod formats;
pub mod leading;
pub mod reading;
