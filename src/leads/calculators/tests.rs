//! What formulas come to, in the program and in browsers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::*;
use crate::content::calculator::CalculatorId;
use crate::content::calculator::expression::{Expression, Function, Operator, parse};
use crate::testing;

/// The same numbers on every computer (splitmix64: <https://prng.di.unimi.it/splitmix64.c>).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn index(&mut self, end: usize) -> usize {
        usize::try_from(self.below(end as u64)).expect("a few")
    }

    fn eighths(&mut self) -> f64 {
        f64::from(u16::try_from(self.below(2000)).expect("few")) / 8.0
    }

    fn formula(&mut self, depth: u8) -> Expression {
        match self.below(if depth == 0 { 2 } else { 8 }) {
            0 => Expression::Number(self.eighths()),
            1 => Expression::Name(["a", "b", "c"][self.index(3)].into()),
            2 => Expression::Negative(Box::new(self.formula(depth - 1))),
            3 => {
                let function = Function::ALL[self.index(4)].1;
                let count = match function {
                    Function::If => 3,
                    Function::Round => 1 + self.index(2),
                    Function::Min | Function::Max => 2 + self.index(2),
                };
                let part = |place: usize, numbers: &mut Self| match (function, place) {
                    (Function::Round, 1) => {
                        Expression::Number(f64::from(u8::try_from(numbers.below(5)).expect("few")))
                    }
                    _ => numbers.formula(depth - 1),
                };
                Expression::Call(function, (0..count).map(|place| part(place, self)).collect())
            }
            _ => {
                let operator = Operator::ALL[self.index(10)].1;
                let left = self.formula(depth - 1);
                let is_small = operator == Operator::Power && self.below(3) > 0;
                let right = if is_small {
                    Expression::Number(f64::from(u8::try_from(self.below(6)).expect("few")))
                } else {
                    self.formula(depth - 1)
                };
                Expression::Binary(operator, Box::new((left, right)))
            }
        }
    }
}

/// A formula as people could write it.
fn written(formula: &Expression) -> String {
    match formula {
        Expression::Number(number) => number.to_string(),
        Expression::Name(name) => name.clone(),
        Expression::Negative(inside) => format!("(-{})", written(inside)),
        Expression::Binary(operator, sides) => {
            format!("({} {} {})", written(&sides.0), operator.name(), written(&sides.1))
        }
        Expression::Call(function, parts) => {
            let parts: Vec<String> = parts.iter().map(written).collect();
            format!("{}({})", function.name(), parts.join(", "))
        }
    }
}

/// All digits of a value; nothing where it has none. Zero has no sign.
fn digits(value: f64) -> Option<String> {
    value.is_finite().then(|| format!("{:x}", (value + 0.0).to_bits()))
}

#[test]
#[allow(clippy::disallowed_methods, reason = "it runs the browser's code")]
fn browsers_come_to_the_same_digits() {
    let mut numbers = Numbers(1);
    let (mut cases, mut expected) = (String::new(), Vec::new());
    for _ in 0..100_000 {
        let formula = numbers.formula(4);
        let known: BTreeMap<String, f64> =
            ["a", "b", "c"].map(|name| (name.to_string(), numbers.eighths() - 100.0)).into();
        assert_eq!(parse(&written(&formula)).as_ref(), Ok(&formula), "{}", written(&formula));
        expected.push(digits(formula.value(&known)));
        let _ = writeln!(cases, "{},", serde_json::json!([formula, known]));
    }
    let client = concat!(env!("CARGO_MANIFEST_DIR"), "/src/leads/calculators/client");
    let program = format!(
        "import {{ value }} from '{client}/calculator-value.js';\n\
         const bits = new DataView(new ArrayBuffer(8));\n\
         const digits = (one) => {{ bits.setFloat64(0, one + 0); return Number.isFinite(one) ? bits.getBigUint64(0).toString(16) : null; }};\n\
         const cases = [\n{cases}];\n\
         console.log(JSON.stringify(cases.map(([formula, known]) => digits(value(formula, known)))));"
    );
    let node = Command::new("node")
        .args(["--input-type=module", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn();
    // Whoever has no node can build and test all else.
    let Ok(mut node) = node else { return };
    let mut input = node.stdin.take().expect("it is piped");
    input.write_all(program.as_bytes()).expect("it reads");
    drop(input);
    let output = node.wait_with_output().expect("it ends");
    let found: Vec<Option<String>> = serde_json::from_slice(&output.stdout).expect("it answers");
    assert_eq!(found.len(), expected.len());
    let wrong: Vec<usize> = (0..found.len()).filter(|index| found[*index] != expected[*index]).collect();
    assert!(wrong.is_empty(), "{} differ, the first is that at {:?}", wrong.len(), wrong.first());
}

#[test]
fn formulas_are_read_as_mathematics_is() {
    let known = BTreeMap::from([("a".to_string(), 2.0)]);
    for (text, value) in [
        ("1 + 2 * 3", 7.0),
        ("-2 ^ 2", -4.0),
        ("2 ^ 3 ^ 2", 512.0),
        ("10 - 2 - 3", 5.0),
        ("8 / 2 / 2", 2.0),
        ("if(a > 1, 2, 3) + min(1, a)", 3.0),
        ("round(2.346, 2)", 2.35),
        ("a*a+a", 6.0),
    ] {
        assert_eq!(parse(text).expect(text).value(&known).to_string(), value.to_string(), "{text}");
    }
    for (text, at) in [
        ("1 +", 3..3),
        ("(1", 2..2),
        ("1)", 1..2),
        ("foo(1)", 0..3),
        ("1..2", 0..4),
        ("å", 0..2),
        ("min(1)", 0..3),
    ] {
        assert_eq!(parse(text).map_err(|fault| fault.at), Err(at), "{text}");
    }
    assert!(parse(&"(".repeat(500)).is_err());
    assert!(parse("1 / (a - 2)").expect("fine").value(&known).is_nan());
}

#[test]
fn results_have_the_range_of_their_assumptions() {
    let file = "title: T\ninputs: [{id: calls, label: C, measure: call, default: 6, min: 1, max: 9}]\n\
        assumptions: [{id: low_high, label: L, measure: min/call, low: 2, high: 4}, {id: fall, label: F, low: 1, high: 2}]\n\
        results:\n  - {id: whole, label: W, words: W, measure: min, formula: part * year}\n  - {id: part, step: true, label: P, words: P, measure: min, formula: calls * low_high / fall}\n";
    let project = testing::project(str::to_string)
        .with("content/_index.md", "---\ntitle: Home\n---\n")
        .with("content/calculators/costs.yaml", file);
    let mut diagnostics = Diagnostics::new();
    let loaded = crate::build::load(&project, &mut diagnostics).expect("it has a configuration");
    let found: Vec<_> = diagnostics.sorted().into_iter().map(|found| found.message).collect();
    assert!(found.is_empty(), "{found:?}");
    let calculator = &loaded.content.asked.calculators[CalculatorId::new(0)];
    let results = compute(calculator, 2);
    assert_eq!(results["part"], (6.0, 24.0));
    assert_eq!(results["whole"], (12.0, 48.0));
}
