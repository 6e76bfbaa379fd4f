// A formula, as `Expression::json` of `content/calculator/expression.rs` writes it: a number, a name, or what is done and its parts.

export type Formula = number | string | [string, ...Formula[]];
