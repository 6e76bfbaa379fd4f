//! The program: everything is in the library, see [`ringback::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    ringback::cli::run()
}
