//! A scenario is a promise acted out, in a Markdown file that a data protection officer can read.
//!
//! A second-level heading names it, and the promises it keeps (`## PR-61 PR-62 A vendor misses day 7`). Under it, prose for people and one or more
//! ```` ```scenario ```` fences. Each line is a day, a sentence, and perhaps what must come of it:
//!
//! ```text
//! 2023-02-10        lead interviews ada by telephone
//! 2023-02-22 09:30  expect clause how-long/keep/recording@transcriber broken
//! 2023-03-01        researcher reads ada.email for marketing -> refused: purpose   (section 4)
//! ```

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// A scenario as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The heading without the promises.
    pub title: String,
    /// The promises and negative expectations named in the heading: `PR-61`, `NEG-3`.
    pub promises: BTreeSet<String>,
    /// The line its heading stands on, from 1.
    pub line: usize,
    /// Its steps, in the order written.
    pub steps: Vec<Step>,
}

/// One line of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The line it stands on, from 1.
    pub line: usize,
    /// When it happens; nine in the morning in London unless the line says.
    pub at: Timestamp,
    /// The sentence, without date, expectation and remark.
    pub sentence: String,
    /// What must come of it.
    pub expect: Expect,
}

/// What must come of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// It succeeds; nothing was said.
    Done,
    /// It is allowed; the answer shows these words somewhere in its reasons, if any are given.
    Allowed(String),
    /// It is refused; the refusal shows these words, if any are given.
    Refused(String),
}

/// What is wrong with a scenario file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct Fault {
    /// From 1.
    pub line: usize,
    /// A sentence.
    pub message: String,
}

/// Reads every scenario of a Markdown file.
///
/// # Errors
/// The first line that is not a scenario line, with what one looks like.
pub fn read(markdown: &str) -> Result<Vec<Scenario>, Fault> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut inside = false;
    for (index, text) in markdown.lines().enumerate() {
        let line = index + 1;
        if let Some(heading) = text.strip_prefix("## ").filter(|_| !inside) {
            scenarios.push(headed(heading, line));
        } else if text.trim_end() == "```scenario" {
            inside = true;
        } else if inside && text.trim_end() == "```" {
            inside = false;
        } else if inside && !text.trim().is_empty() {
            let step = step(text, line)?;
            match scenarios.last_mut() {
                Some(scenario) => scenario.steps.push(step),
                None => return Err(fault(line, "a scenario needs a `## ` heading above it")),
            }
        }
    }
    scenarios.retain(|s| !s.steps.is_empty());
    Ok(scenarios)
}

fn headed(heading: &str, line: usize) -> Scenario {
    let is_promise = |w: &&str| w.starts_with("PR-") || w.starts_with("NEG-");
    let promises = heading
        .split([' ', ','])
        .filter(|w| !w.is_empty())
        .take_while(is_promise)
        .map(str::to_owned)
        .collect();
    let title: Vec<&str> = heading
        .split_whitespace()
        .skip_while(|w| is_promise(&w.trim_matches(',')))
        .collect();
    Scenario {
        title: title.join(" "),
        promises,
        line,
        steps: Vec::new(),
    }
}

fn step(text: &str, line: usize) -> Result<Step, Fault> {
    let (day, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let date: Date = day.parse().map_err(|_| {
        fault(
            line,
            &format!("`{day}` is not a day: begin the line with one, such as 2023-02-28"),
        )
    })?;
    let rest = rest.trim_start();
    let (time, rest) = match rest.split_once(' ') {
        Some((clock, after)) if clock.len() == 5 && clock.contains(':') => {
            let time: Time = clock
                .parse()
                .map_err(|_| fault(line, &format!("`{clock}` is not a time of day")))?;
            (time, after.trim_start())
        }
        _ => (Time::constant(9, 0, 0, 0), rest),
    };
    let rest = without_remark(rest);
    let (sentence, expect) = match rest.split_once("->") {
        None => (rest, Expect::Done),
        Some((sentence, said)) => (sentence, expectation(said.trim(), line)?),
    };
    let at = date
        .to_datetime(time)
        .to_zoned(TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC))
        .map_err(|_| fault(line, "that day is out of range"))?
        .timestamp();
    if sentence.trim().is_empty() {
        return Err(fault(line, "a day, then a sentence: what happened?"));
    }
    Ok(Step {
        line,
        at,
        sentence: sentence.trim().to_owned(),
        expect,
    })
}

/// A remark is what stands in round brackets at the end, after at least two spaces.
fn without_remark(text: &str) -> &str {
    let text = text.trim_end();
    match text.rsplit_once("  (") {
        Some((sentence, remark)) if remark.ends_with(')') => sentence.trim_end(),
        _ => text,
    }
}

fn expectation(said: &str, line: usize) -> Result<Expect, Fault> {
    let (word, rest) = said.split_once(':').unwrap_or((said, ""));
    let rest = rest.trim().to_owned();
    match word.trim() {
        "allowed" => Ok(Expect::Allowed(rest)),
        "refused" => Ok(Expect::Refused(rest)),
        other => Err(fault(
            line,
            &format!("`{other}`: write `-> allowed` or `-> refused`, perhaps with `: words`"),
        )),
    }
}

fn fault(line: usize, message: &str) -> Fault {
    Fault {
        line,
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_read_with_its_promises() {
        let text = "# Keeping\n\n## PR-61 PR-62 A vendor misses day 7\n\nWords.\n\n```scenario\n2023-02-10  lead interviews ada by telephone  (section 6)\n2023-02-22 09:30  researcher reads ada.email -> refused: purpose\n```\n";
        let read = read(text).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].title, "A vendor misses day 7");
        assert_eq!(
            read[0].promises,
            ["PR-61", "PR-62"].map(str::to_owned).into()
        );
        assert_eq!(
            read[0].steps[0].sentence,
            "lead interviews ada by telephone"
        );
        assert_eq!(read[0].steps[1].expect, Expect::Refused("purpose".into()));
        assert_eq!(read[0].steps[1].at.to_string(), "2023-02-22T09:30:00Z");
    }

    #[test]
    fn a_line_without_a_day_is_a_fault() {
        let text = "## PR-01 x\n```scenario\nada waits\n```\n";
        assert_eq!(read(text).unwrap_err().line, 3);
    }
}
