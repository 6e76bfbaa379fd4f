//! What a language needs to show dates, numbers and alphabets: ICU's data for the locale of each language.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::{M, YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale::{Locale, LocaleDirectionality};
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use jiff::civil::Date;

/// Formats and sorts for one language.
pub struct LocaleFormats {
    date: DateTimeFormatter<YMD>,
    month: DateTimeFormatter<M>,
    month_of_year: DateTimeFormatter<YM>,
    number: DecimalFormatter,
    /// The numbers that pages are full of, formatted once.
    small_numbers: Vec<String>,
    plurals: PluralRules,
    collator: CollatorBorrowed<'static>,
    /// Letters that differ only in their marks or case are one.
    letters: CollatorBorrowed<'static>,
}

/// Is a locale (a BCP 47 tag) written from right to left, by the script that CLDR knows for its language?
#[must_use]
pub fn is_right_to_left(locale: &str) -> bool {
    let locale = Locale::try_from_str(locale).unwrap_or(Locale::UNKNOWN);
    LocaleDirectionality::new_common().is_right_to_left(&locale.id)
}

impl LocaleFormats {
    /// The tools for a locale (a BCP 47 tag); where it is unknown, those of the root locale.
    #[must_use]
    pub fn new(locale: &str) -> Self {
        let locale = Locale::try_from_str(locale).unwrap_or(Locale::UNKNOWN);
        const DATA: &str = "ICU's data is compiled in, with the root locale to fall back to";
        let mut letters = CollatorOptions::default();
        letters.strength = Some(Strength::Primary);
        let number =
            DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default()).expect(DATA);
        Self {
            small_numbers: (0..100).map(|n| number.format(&Decimal::from(n)).to_string()).collect(),
            date: DateTimeFormatter::try_new((&locale).into(), YMD::long()).expect(DATA),
            month: DateTimeFormatter::try_new((&locale).into(), M::long()).expect(DATA),
            month_of_year: DateTimeFormatter::try_new((&locale).into(), YM::long()).expect(DATA),
            number,
            plurals: PluralRules::try_new((&locale).into(), PluralRulesOptions::default()).expect(DATA),
            letters: Collator::try_new((&locale).into(), letters).expect(DATA),
            collator: Collator::try_new((&locale).into(), CollatorOptions::default()).expect(DATA),
        }
    }

    /// A day in words: `6 oktober 2026`.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        gregorian(date).map_or_else(|| date.to_string(), |day| self.date.format(&day).to_string())
    }

    /// The month of a day with its year: `oktober 2026`.
    #[must_use]
    pub fn month_of_year(&self, date: Date) -> String {
        gregorian(date).map_or_else(|| date.to_string(), |day| self.month_of_year.format(&day).to_string())
    }

    /// The name of a month, 1 to 12.
    #[must_use]
    pub fn month(&self, month: i8) -> String {
        let day = Date::new(2026, month, 1).ok().and_then(gregorian);
        day.map_or_else(|| month.to_string(), |day| self.month.format(&day).to_string())
    }

    /// A whole number with the language's separators.
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        let small = usize::try_from(number).ok().and_then(|index| self.small_numbers.get(index));
        small.cloned().unwrap_or_else(|| self.number.format(&Decimal::from(number)).to_string())
    }

    /// A number with at most so many digits after the point; half of the last one upwards.
    #[must_use]
    pub fn decimal(&self, number: f64, digits: usize) -> String {
        let places = i16::try_from(digits).unwrap_or_default();
        let scaled = (number * 10_f64.powi(i32::from(places))).round();
        let Ok(mut decimal) = Decimal::try_from_str(&format!("{scaled:.0}")) else {
            return number.to_string();
        };
        decimal.multiply_pow10(-places);
        decimal.trim_end();
        self.number.format(&decimal).to_string()
    }

    /// The size of a file, in thousands of bytes, or in millions with one digit behind the point.
    #[must_use]
    pub fn file_size(&self, bytes: u64) -> String {
        if bytes < 1_000_000 {
            return format!("{} kB", self.number(i64::try_from(bytes.div_ceil(1000)).unwrap_or(i64::MAX)));
        }
        let mut millions = Decimal::from((bytes + 50_000) / 100_000);
        millions.multiply_pow10(-1);
        format!("{} MB", self.number.format(&millions))
    }

    /// The plural category of a whole number by CLDR: `one`, `few`, `other` and so on.
    #[must_use]
    pub fn plural(&self, number: i64) -> &'static str {
        match self.plurals.category_for(number) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// The letter under which a title stands in the language's alphabet: `É` is `E`, and `Å` a letter of its own in
    /// Swedish; `#` for anything that doesn't begin with a letter.
    #[must_use]
    pub fn letter(&self, title: &str) -> String {
        let Some(first) = title.chars().find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic()) else {
            return "#".into();
        };
        let first = first.to_string();
        let plain = ('A'..='Z').map(String::from).find(|plain| self.letters.compare(plain, &first).is_eq());
        plain.unwrap_or_else(|| first.to_uppercase())
    }

    /// The order of the language's alphabet.
    #[must_use]
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b).then_with(|| a.cmp(b))
    }
}

impl std::fmt::Debug for LocaleFormats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tools")
    }
}

fn gregorian(date: Date) -> Option<icu_calendar::Date<icu_calendar::Gregorian>> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    icu_calendar::Date::try_new_gregorian(i32::from(date.year()), month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_in_the_languages_of_the_demo() {
        let day = jiff::civil::date(2026, 10, 6);
        assert_eq!(LocaleFormats::new("sv").date(day), "6 oktober 2026");
        assert_eq!(LocaleFormats::new("nb").date(day), "6. oktober 2026");
        assert_eq!(LocaleFormats::new("en-GB").date(day), "6 October 2026");
        assert_eq!(LocaleFormats::new("sv").month_of_year(day), "oktober 2026");
        assert_eq!(LocaleFormats::new("nb").month_of_year(day), "oktober 2026");
        assert_eq!(LocaleFormats::new("sv").number(12345), "12\u{a0}345");
        assert_eq!(LocaleFormats::new("sv").decimal(12345.675, 2), "12\u{a0}345,68");
        assert_eq!(LocaleFormats::new("en-GB").decimal(0.5, 6), "0.5");
        assert_eq!(LocaleFormats::new("en-GB").decimal(-1500.0, 0), "-1,500");
    }

    #[test]
    fn the_alphabet_is_the_languages_own() {
        let sort = |locale: &str| {
            let tools = LocaleFormats::new(locale);
            let mut words = ["ö", "z", "å", "a", "ä", "o"];
            words.sort_by(|a, b| tools.compare(a, b));
            words.concat()
        };
        assert_eq!(sort("sv"), "aozåäö");
        assert_eq!(sort("de"), "aåäoöz");
        assert_eq!(LocaleFormats::new("sv").letter("\"Ådalen\""), "Å");
        assert_eq!(LocaleFormats::new("en").letter("Ådalen"), "A");
        assert_eq!(LocaleFormats::new("sv").letter("éclair"), "E");
        assert_eq!(LocaleFormats::new("sv").letter("10 skäl"), "#");
    }
}
