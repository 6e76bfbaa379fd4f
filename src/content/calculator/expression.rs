//! Formulas: numbers, names, `+ - * / ^`, comparisons, `min max round if`. [`parse`] makes a tree of a text;
//! [`Expression::value`] is what `calculator-value.js` computes, too.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeSeq as _, Serializer};

/// What two parts are joined by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// The sum: `a + b`.
    Add,
    /// The difference: `a - b`.
    Subtract,
    /// The product: `a * b`.
    Multiply,
    /// The quotient: `a / b`.
    Divide,
    /// A power: `a ^ b`.
    Power,
    /// 1 where `a < b`, otherwise 0.
    Less,
    /// 1 where `a <= b`, otherwise 0.
    AtMost,
    /// 1 where `a > b`, otherwise 0.
    More,
    /// 1 where `a >= b`, otherwise 0.
    AtLeast,
    /// 1 where `a == b`, otherwise 0.
    Equal,
}

impl Operator {
    /// Their signs; longer ones come before those that they begin with.
    pub const ALL: [(&'static str, Self); 10] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("==", Self::Equal),
        ("<", Self::Less),
        (">", Self::More),
        ("+", Self::Add),
        ("-", Self::Subtract),
        ("*", Self::Multiply),
        ("/", Self::Divide),
        ("^", Self::Power),
    ];
    /// The sign as formulas have it, such as `<=`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, one)| *one == self).map_or("", |(name, _)| name)
    }
    /// How tightly it binds: an operator with a larger number takes its sides first.
    fn rank(self) -> u8 {
        match self {
            Self::Less | Self::AtMost | Self::More | Self::AtLeast | Self::Equal => 1,
            Self::Add | Self::Subtract => 2,
            Self::Multiply | Self::Divide => 3,
            Self::Power => 5,
        }
    }
}

/// A function that formulas can call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The least of its parts.
    Min,
    /// The largest of its parts.
    Max,
    /// The nearest whole number, or with so many decimals; half upwards.
    Round,
    /// The second where the first isn't 0, otherwise the third.
    If,
}

impl Function {
    /// Their names, in the order of the variants.
    pub const ALL: [(&'static str, Self); 4] =
        [("min", Self::Min), ("max", Self::Max), ("round", Self::Round), ("if", Self::If)];
    /// The name as formulas have it: `min`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// A formula as a tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number that is written in the formula.
    Number(f64),
    /// Something that is called so.
    Name(String),
    /// An expression with a minus sign before it.
    Negative(Box<Expression>),
    /// Two expressions, joined by an operator.
    Binary(Operator, Box<(Expression, Expression)>),
    /// A function of some parts.
    Call(Function, Vec<Expression>),
}

/// What is wrong with a formula, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, as a message.
    pub message: String,
    /// The bytes of the formula.
    pub at: std::ops::Range<usize>,
}

/// Formulas are written by people: none is nested deeper.
const DEEPEST: usize = 40;

/// Reads a formula.
///
/// # Errors
///
/// It can't be read: where, and why.
pub fn parse(text: &str) -> Result<Expression, Fault> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let found = parser.binary(1)?;
    parser.space();
    if parser.at < text.len() {
        return Err(
            parser.fault("what follows here can't be read; an operator is missing, or a bracket is too many")
        );
    }
    Ok(found)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn remaining(&self) -> &str {
        &self.text[self.at..]
    }
    fn space(&mut self) {
        self.at += self.remaining().len() - self.remaining().trim_start().len();
    }
    fn fault(&self, message: &str) -> Fault {
        let length = self.remaining().chars().next().map_or(0, char::len_utf8);
        Fault { message: message.to_string(), at: self.at..self.at + length }
    }
    fn take(&mut self, sign: &str) -> bool {
        self.space();
        let is = self.remaining().starts_with(sign);
        if is {
            self.at += sign.len();
        }
        is
    }
    fn operator(&mut self, least: u8) -> Option<Operator> {
        self.space();
        let (name, found) = Operator::ALL.into_iter().find(|(name, _)| self.remaining().starts_with(name))?;
        (found.rank() >= least).then(|| {
            self.at += name.len();
            found
        })
    }
    fn binary(&mut self, least: u8) -> Result<Expression, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault("the formula is nested too deeply"));
        }
        let mut left = self.unary()?;
        while let Some(operator) = self.operator(least) {
            // A power binds to the right, and a comparison has no other beside it.
            let rank = operator.rank();
            let right = self.binary(if operator == Operator::Power { rank } else { rank + 1 })?;
            left = Expression::Binary(operator, Box::new((left, right)));
        }
        self.depth -= 1;
        Ok(left)
    }
    fn unary(&mut self) -> Result<Expression, Fault> {
        if self.take("-") {
            // `-2 ^ 2` is the negative of the power, as in mathematics.
            return Ok(Expression::Negative(Box::new(self.binary(4)?)));
        }
        if self.take("(") {
            let inside = self.binary(1)?;
            if !self.take(")") {
                return Err(self.fault("a bracket isn't closed"));
            }
            return Ok(inside);
        }
        self.space();
        let start = self.at;
        let length =
            |is: fn(char) -> bool| self.remaining().find(|c: char| !is(c)).unwrap_or(self.remaining().len());
        let digits = length(|c| c.is_ascii_digit() || c == '.');
        if digits > 0 {
            self.at += digits;
            return self.text[start..self.at].parse().map(Expression::Number).map_err(|_| Fault {
                message: format!("`{}` isn't a number", &self.text[start..self.at]),
                at: start..self.at,
            });
        }
        let letters = length(|c| c.is_ascii_alphanumeric() || c == '_');
        if letters == 0 {
            return Err(self.fault("a number or a name is missing here"));
        }
        self.at += letters;
        let name = self.text[start..self.at].to_string();
        if !self.take("(") {
            return Ok(Expression::Name(name));
        }
        self.call(&name, start)
    }
    fn call(&mut self, name: &str, start: usize) -> Result<Expression, Fault> {
        let end = start + name.len();
        let Some((_, function)) = Function::ALL.into_iter().find(|(known, _)| *known == name) else {
            return Err(Fault { message: format!("there is no function `{name}`"), at: start..end });
        };
        let mut arguments = vec![self.binary(1)?];
        while self.take(",") {
            arguments.push(self.binary(1)?);
        }
        if !self.take(")") {
            return Err(self.fault("a bracket isn't closed"));
        }
        let fits = match function {
            Function::Min | Function::Max => arguments.len() > 1,
            Function::Round => arguments.len() < 3,
            Function::If => arguments.len() == 3,
        };
        if !fits {
            let message = match function {
                Function::If => "`if` has three parts: `if(condition, then, otherwise)`",
                Function::Round => "`round` has a number, and perhaps how many decimals",
                _ => "`min` and `max` compare two or more",
            };
            return Err(Fault { message: message.into(), at: start..end });
        }
        Ok(Expression::Call(function, arguments))
    }
}

impl Expression {
    /// The names in it, each as often as it is there.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Number(_) => Vec::new(),
            Self::Name(name) => vec![name],
            Self::Negative(inside) => inside.names(),
            Self::Binary(_, sides) => [sides.0.names(), sides.1.names()].concat(),
            Self::Call(_, arguments) => arguments.iter().flat_map(Self::names).collect(),
        }
    }

    /// Its value; not a number where something isn't known or a division is by nothing.
    #[must_use]
    pub fn value(&self, known: &BTreeMap<String, f64>) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Name(name) => known.get(name).copied().unwrap_or(f64::NAN),
            Self::Negative(inside) => -inside.value(known),
            Self::Binary(operator, sides) => binary(*operator, sides.0.value(known), sides.1.value(known)),
            Self::Call(function, arguments) => {
                let values: Vec<f64> = arguments.iter().map(|one| one.value(known)).collect();
                call(*function, &values)
            }
        }
    }
}

/// As browsers read it: a number, a name, or a list of what is done and its parts.
impl Serialize for Expression {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Name(name) => serializer.serialize_str(name),
            Self::Negative(inside) => ("neg", inside).serialize(serializer),
            Self::Binary(operator, sides) => (operator.name(), &sides.0, &sides.1).serialize(serializer),
            Self::Call(function, arguments) => {
                let mut parts = serializer.serialize_seq(Some(arguments.len() + 1))?;
                parts.serialize_element(function.name())?;
                arguments.iter().try_for_each(|argument| parts.serialize_element(argument))?;
                parts.end()
            }
        }
    }
}

#[allow(clippy::float_cmp, reason = "a formula asks for it")]
fn binary(operator: Operator, left: f64, right: f64) -> f64 {
    let truth = |is: bool| if left.is_nan() || right.is_nan() { f64::NAN } else { f64::from(u8::from(is)) };
    match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => {
            if right == 0.0 {
                f64::NAN
            } else {
                left / right
            }
        }
        Operator::Power => power(left, right),
        Operator::Less => truth(left < right),
        Operator::AtMost => truth(left <= right),
        Operator::More => truth(left > right),
        Operator::AtLeast => truth(left >= right),
        Operator::Equal => truth(left == right),
    }
}

/// By multiplication, so that every browser has the same last digit: the exponent is a whole number up to 100, or has no value.
fn power(base: f64, exponent: f64) -> f64 {
    if exponent.fract() != 0.0 || exponent.abs() > 100.0 || exponent.is_nan() {
        return f64::NAN;
    }
    let mut product = 1.0;
    let mut times = 0.0;
    while times < exponent.abs() {
        product *= base;
        times += 1.0;
    }
    if exponent >= 0.0 {
        product
    } else if product == 0.0 {
        f64::NAN
    } else {
        1.0 / product
    }
}

fn call(function: Function, values: &[f64]) -> f64 {
    if values.iter().any(|value| value.is_nan()) && function != Function::If {
        return f64::NAN;
    }
    match function {
        Function::Min => values.iter().copied().fold(f64::INFINITY, |a, b| if b < a { b } else { a }),
        Function::Max => values.iter().copied().fold(f64::NEG_INFINITY, |a, b| if b > a { b } else { a }),
        Function::Round => {
            let by = power(10.0, values.get(1).copied().unwrap_or(0.0));
            (values[0] * by + 0.5).floor() / by
        }
        Function::If => {
            if values[0].is_nan() {
                f64::NAN
            } else if values[0] != 0.0 {
                values[1]
            } else {
                values[2]
            }
        }
    }
}
