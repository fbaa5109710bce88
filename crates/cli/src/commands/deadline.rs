//! Any clock, worked out with its rule.

use crate::input::{Usage, usage};
use crate::out::{Ended, Out};
use clap::Args;
use desk::contact::triage::Kind;
use jiff::Timestamp;
use jiff::civil::Date;
use law::Right;
use law::clock::{self, Request, Unit, breach, complaint, keep_until, request, told};
use serde::Serialize;

/// `abide deadline`
#[derive(Args, Debug)]
pub struct Deadline {
    /// A rights request: access, rectify, erase, restrict, object, portability, … or the longer word `triage` prints
    #[arg(long, value_name = "RIGHT")]
    right: Option<String>,
    /// A complaint to us.
    #[arg(long)]
    complaint: bool,
    /// By when a person is told that their data came from somebody else.
    #[arg(long)]
    told_by: bool,
    /// A personal data breach: when we became aware of it (RFC 3339 time).
    #[arg(long, value_name = "TIME")]
    breach: Option<String>,
    /// How long something may be kept, such as `2 years`, `24 months`, `7 days` or `P2Y`.
    #[arg(long, value_name = "LENGTH")]
    keep: Option<String>,
    /// The day a request or complaint reached us.
    #[arg(long, value_name = "DATE")]
    received: Option<String>,
    /// The day proof of identity came, where it was reasonably asked for.
    #[arg(long, value_name = "DATE")]
    identity: Option<String>,
    /// The day a lawful fee was paid.
    #[arg(long, value_name = "DATE")]
    fee: Option<String>,
    /// A day we asked which data are meant; give it once for each question, in order.
    #[arg(long, value_name = "DATE")]
    asked: Vec<String>,
    /// The day of the answer; in the same order.
    #[arg(long, value_name = "DATE")]
    answered: Vec<String>,
    /// Two further months were taken.
    #[arg(long)]
    extended: bool,
    /// The day the data came.
    #[arg(long, value_name = "DATE")]
    collected: Option<String>,
    /// The day of the first contact.
    #[arg(long, value_name = "DATE")]
    first_contact: Option<String>,
    /// The day of the first disclosure to somebody else.
    #[arg(long, value_name = "DATE")]
    first_disclosure: Option<String>,
    /// The day the keeping is counted from.
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
}

/// The contract: what `--json` prints.
#[derive(Serialize)]
struct Days {
    due: Option<String>,
    latest: Option<String>,
    target: Option<String>,
    extension_notice_by: Option<String>,
    rules: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// A date that is none, or no clock named.
pub fn run(args: &Deadline, out: Out) -> Result<Ended, Usage> {
    let days = if let Some(right) = &args.right {
        of_request(args, right)?
    } else if args.complaint {
        of_complaint(needed(args.received.as_deref(), "--received")?)
    } else if args.told_by {
        of_telling(args)?
    } else if let Some(aware) = &args.breach {
        of_breach(aware)?
    } else if let Some(length) = &args.keep {
        let (count, unit) = length_of(length)?;
        let due = keep_until(needed(args.from.as_deref(), "--from")?, count, unit);
        Days {
            due: Some(due.to_string()),
            latest: Some(due.to_string()),
            target: Some(due.to_string()),
            extension_notice_by: None,
            rules: vec!["R-RET".into()],
        }
    } else {
        return Err(usage(
            "no clock is named",
            "say which: --right access --received DATE, --complaint --received DATE, --told-by --collected DATE, --breach TIME, or --keep LENGTH --from DATE",
        ));
    };
    if let Some(due) = &days.due {
        out.say(format!("due        {due}"));
        for (name, day) in [
            ("latest", &days.latest),
            ("target", &days.target),
            ("tell by", &days.extension_notice_by),
        ] {
            if let Some(day) = day {
                out.say(format!("{name:<10} {day}"));
            }
        }
    } else {
        out.say("no duty: the law did not ask for this on that day");
    }
    for id in &days.rules {
        match clock::rule::rule(id) {
            Some(rule) => out.say(format!("{id:<10} {} ({})", rule.words, rule.law)),
            None => out.say(id),
        }
    }
    out.document(&days);
    Ok(Ended::Well)
}

fn of_request(args: &Deadline, right: &str) -> Result<Days, Usage> {
    let Some(right) = heard(right) else {
        let known: Vec<&str> = Right::ALL.iter().map(|r| r.word()).collect();
        return Err(usage(
            format!("`{right}` is no right"),
            format!("one of: {}", known.join(", ")),
        ));
    };
    if args.asked.len() != args.answered.len() {
        return Err(usage(
            "each --asked needs its --answered",
            "while an answer is still outstanding, give the day for which the deadline is worked out",
        ));
    }
    let pauses: Result<Vec<(Date, Date)>, Usage> = args
        .asked
        .iter()
        .zip(&args.answered)
        .map(|(a, b)| Ok((date(a)?, date(b)?)))
        .collect();
    let asked = Request {
        right,
        received: needed(args.received.as_deref(), "--received")?,
        identity: args.identity.as_deref().map(date).transpose()?,
        fee: args.fee.as_deref().map(date).transpose()?,
        pauses: pauses?,
        extended: args.extended,
    };
    let days = request::deadline(&asked);
    Ok(Days {
        due: Some(days.due.to_string()),
        latest: Some(days.latest.to_string()),
        target: Some(days.target.to_string()),
        extension_notice_by: days.extension_notice_by.map(|d| d.to_string()),
        rules: owned(&days.rules),
    })
}

/// A right by its short word, by its long one, or as `triage` prints it: `erase`, `erasure`, `withdraw_consent`.
fn heard(word: &str) -> Option<Right> {
    let word = word.trim().to_lowercase().replace(['_', ' '], "-");
    let short = match word.as_str() {
        "subject-access" | "copy" => "access",
        "rectify" | "correct" | "correction" => "rectify",
        "delete" | "deletion" => "erase",
        "data-portability" => "portability",
        "marketing" => "object-marketing",
        "withdrawal" => "withdraw",
        other => other,
    };
    Right::from_word(short).or_else(|| Kind::from_word(&word.replace('-', "_"))?.right())
}

fn of_complaint(received: Date) -> Days {
    match complaint::acknowledge_by(received) {
        Some(days) => Days {
            due: Some(days.due.to_string()),
            latest: Some(days.due.to_string()),
            target: Some(days.alert.to_string()),
            extension_notice_by: None,
            rules: owned(&days.rules),
        },
        None => Days {
            due: None,
            latest: None,
            target: None,
            extension_notice_by: None,
            rules: vec!["R-COMP".into()],
        },
    }
}

fn of_telling(args: &Deadline) -> Result<Days, Usage> {
    let days = told::tell_by(
        needed(args.collected.as_deref(), "--collected")?,
        args.first_contact.as_deref().map(date).transpose()?,
        args.first_disclosure.as_deref().map(date).transpose()?,
    );
    let due = Some(days.due.to_string());
    Ok(Days {
        due: due.clone(),
        latest: due.clone(),
        target: due,
        extension_notice_by: None,
        rules: owned(&days.rules),
    })
}

fn of_breach(aware: &str) -> Result<Days, Usage> {
    let aware: Timestamp = aware.parse().map_err(|_| {
        usage(
            format!("`{aware}` is no moment"),
            "give day, time and zone, such as 2026-11-20T16:30:00Z: hours count here",
        )
    })?;
    let due = Some(breach::tell_regulator_by(aware).to_string());
    Ok(Days {
        due: due.clone(),
        latest: due.clone(),
        target: due,
        extension_notice_by: None,
        rules: vec!["R-33".into()],
    })
}

fn owned(rules: &[&str]) -> Vec<String> {
    rules.iter().map(|r| (*r).to_owned()).collect()
}

fn needed(day: Option<&str>, flag: &str) -> Result<Date, Usage> {
    match day {
        Some(day) => date(day),
        None => Err(usage(
            format!("{flag} is missing"),
            format!("add {flag} with a date such as 2026-11-25"),
        )),
    }
}

/// Reads a day.
///
/// # Errors
/// Text that is no day of the calendar.
pub fn date(text: &str) -> Result<Date, Usage> {
    text.parse().map_err(|_| {
        usage(
            format!("`{text}` is no day of the calendar"),
            "write it as year-month-day, such as 2026-11-25",
        )
    })
}

fn length_of(text: &str) -> Result<(u32, Unit), Usage> {
    let wrong = || {
        usage(
            format!("`{text}` is no length"),
            "such as `2 years`, `24 months`, `7 days` or `P2Y`",
        )
    };
    let iso = text.strip_prefix('P');
    let spaced = iso.unwrap_or(text).trim();
    let digits = spaced.chars().take_while(char::is_ascii_digit).count();
    let (count, unit) = spaced.split_at_checked(digits).ok_or_else(wrong)?;
    let count: u32 = count.parse().map_err(|_| wrong())?;
    let unit = match unit
        .trim()
        .trim_end_matches('s')
        .to_ascii_lowercase()
        .as_str()
    {
        "day" | "d" => Unit::Day,
        "week" | "w" => Unit::Week,
        "month" | "m" => Unit::Month,
        "year" | "y" => Unit::Year,
        _ => return Err(wrong()),
    };
    Ok((count, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_is_heard_by_its_short_and_its_long_word() {
        for right in Right::ALL {
            assert_eq!(heard(right.word()), Some(right));
        }
        for kind in Kind::ALL {
            if let Some(right) = kind.right() {
                assert_eq!(heard(kind.word()), Some(right), "{}", kind.word());
                assert_eq!(heard(&kind.word().replace('_', "-")), Some(right));
            }
        }
        assert_eq!(heard("Erasure"), Some(Right::Erase));
        assert_eq!(heard("banana"), None);
    }
}
