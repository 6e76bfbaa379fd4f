//! Builds the program again when the theme that is embedded in it changes.

fn main() {
    println!("cargo::rerun-if-changed=themes/ringback");
}
