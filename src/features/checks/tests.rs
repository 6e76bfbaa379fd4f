//! Tests of the checks on small sites; what each says is in `tests/diagnostics/`.
