//! A failure of ringback itself at one file ends as a problem that names the file.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::diag::{Code, Diagnostic, Diagnostics};

/// Does something with one file; should ringback itself fail at it, that becomes a problem that names the file.
pub(super) fn catch_panic_in_file<T>(
    file: &str,
    problems: &mut Diagnostics,
    work: impl FnOnce(&mut Diagnostics) -> T,
) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(|| work(problems))) {
        Ok(done) => Some(done),
        Err(panic) => {
            let said = panic_message(&*panic);
            problems.push(
                Diagnostic::new(Code::Internal, format!("ringback failed on this file: {said}"))
                    .in_file(file)
                    .help("this is a bug in ringback, not in your file; please report it, with the file"),
            );
            None
        }
    }
}

/// What was said when ringback itself failed.
#[must_use]
pub fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given")
}

/// Renders something; should ringback itself fail at it, that becomes a problem that names the file.
///
/// # Errors
///
/// Those of `work`, and its failure.
pub fn catch_panic<T>(
    file: &str,
    work: impl FnOnce() -> Result<T, Box<Diagnostic>>,
) -> Result<T, Box<Diagnostic>> {
    let mut problems = Diagnostics::new();
    let done = catch_panic_in_file(file, &mut problems, |_| work());
    done.unwrap_or_else(|| Err(Box::new(problems.into_iter().next().expect("it has said why"))))
}
