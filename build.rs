//! Builds the program again when the theme that is embedded in it changes, and tells it which version it is.

fn main() {
    println!("cargo::rerun-if-changed=themes/ringback");
    // A release says from which commit it was made; what is built at home is whatever was there.
    println!("cargo::rerun-if-env-changed=RINGBACK_COMMIT");
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let commit = std::env::var("RINGBACK_COMMIT").unwrap_or_default();
    let version = match commit.get(..12) {
        Some(short) => format!("{version} ({short})"),
        None => version,
    };
    println!("cargo::rustc-env=RINGBACK_VERSION={version}");
}
