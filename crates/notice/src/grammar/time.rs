//! Days, lengths and moments, in figures or spelled out.

use super::cursor::{Cursor, Heard};
use crate::fault::{Fault, nearest, shown};
use crate::lexis::{Kind, Token, slice};
use crate::model::{Length, Unit, When};
use jiff::civil::Date;

impl Cursor<'_> {
    /// A day of the calendar.
    pub(crate) fn date(&mut self) -> Heard<Date> {
        match self.peek() {
            Some(Token {
                kind: Kind::Date(Some(date)),
                ..
            }) => {
                self.at += 1;
                Ok(*date)
            }
            Some(Token {
                kind: Kind::Date(None),
                span,
            }) => {
                let found = shown(slice(self.source, *span));
                let message = format!("`{found}` is not a day of the calendar");
                Err(Fault::new("date-invalid", message, *span)
                    .help("write year, month and day: `2027-02-28`"))
            }
            _ => Err(self.wanted("a date such as `2027-02-28`")),
        }
    }

    /// A length of time: `7 days`, `one month`, `a year`; `every year` counts one.
    pub(crate) fn length(&mut self) -> Heard<Length> {
        let start = self.at;
        let wanted = "a length such as `2 years`";
        let count = match self.peek().map(|t| &t.kind) {
            Some(Kind::Int(number)) => *number,
            Some(Kind::Word(word)) if unit(word).is_some() => {
                self.at = self.at.saturating_sub(1);
                1
            }
            Some(Kind::Word(word)) => spelled(word).ok_or_else(|| self.wanted(wanted))?,
            _ => return Err(self.wanted(wanted)),
        };
        self.at += 1;
        let unit = match self.peek().map(|t| &t.kind) {
            Some(Kind::Word(word)) => unit(word).ok_or_else(|| {
                let fault = self.wanted("`days`, `weeks`, `months` or `years`");
                match nearest(word, ["days", "weeks", "months", "years"]) {
                    Some(near) => fault.help(format!("did you mean `{near}`?")),
                    None => fault,
                }
            })?,
            _ => return Err(self.wanted("`days`, `weeks`, `months` or `years`")),
        };
        self.at += 1;
        let most = match unit {
            Unit::Day => 73_000,
            Unit::Week => 10_400,
            Unit::Month => 2_400,
            Unit::Year => 200,
        };
        if count == 0 || count > most {
            let span = self.since(start);
            let found = shown(slice(self.source, span));
            let fault = Fault::new(
                "length-invalid",
                format!("`{found}` is no length that can be kept"),
                span,
            );
            return Err(fault.help("a length is at least one day and at most 200 years"));
        }
        Ok(Length { count, unit })
    }

    /// `project.end + 2 years`, `2 years after project.end`, or an event alone.
    pub(crate) fn when(&mut self) -> Heard<When> {
        let starts_with_length = match self.peek().map(|t| &t.kind) {
            Some(Kind::Int(_)) => true,
            Some(Kind::Word(word)) => spelled(word).is_some(),
            _ => false,
        };
        if starts_with_length {
            let length = self.length()?;
            self.expect("after")?;
            return Ok(When {
                event: self.use_event()?,
                plus: Some(length),
            });
        }
        let event = self.use_event()?;
        let plus = if self.mark(&Kind::Plus) {
            Some(self.length()?)
        } else {
            None
        };
        Ok(When { event, plus })
    }
}

fn unit(word: &str) -> Option<Unit> {
    match word {
        "day" | "days" => Some(Unit::Day),
        "week" | "weeks" => Some(Unit::Week),
        "month" | "months" => Some(Unit::Month),
        "year" | "years" => Some(Unit::Year),
        _ => None,
    }
}

fn spelled(word: &str) -> Option<u32> {
    const WORDS: [&str; 13] = [
        "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    match word {
        "an" => Some(1),
        _ => WORDS
            .iter()
            .position(|w| *w == word)
            .map(|n| n.max(1))
            .and_then(|n| u32::try_from(n).ok()),
    }
}
