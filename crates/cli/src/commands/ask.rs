//! Would this be allowed, and why? Whatever the notice does not say is not allowed.

use super::compile::rulebook;
use crate::country;
use crate::input::{Usage, usage};
use crate::moment;
use crate::out::{Ended, Out};
use crate::spelling;
use clap::Args;
use jiff::Timestamp;
use policy::{Answer, Deed, Question, Reason, Rulebook, State, Until};
use serde::Serialize;

pub const EXAMPLE: &str = "\
Example: abide ask notices/kinship-care-stakeholders.notice.md --do read --data work-email --for invite
Example: abide ask notices/kinship-care-stakeholders.notice.md --do share --data recording --to transcriber --country US

It is asked about a bare file, so good order is supposed (a recipient is reviewed, a contract is in date, …); what the answer hangs on is listed.";

/// `abide ask`
#[derive(Args, Debug)]
pub struct Ask {
    /// A notice with rules; `-` is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// What would be done: collect, read, contact, share, keep, publish, store, erase, answer, decide
    #[arg(long = "do", value_name = "DEED")]
    deed: String,
    /// With which data, by the notice's names or words that mean the same
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    data: Vec<String>,
    /// For which purpose of the notice
    #[arg(long = "for", value_name = "PURPOSE")]
    purpose: Option<String>,
    /// The role of whoever would do it: researcher, lead, dpo, staff, administrator, participant [default: staff]
    #[arg(long, value_name = "ROLE")]
    who: Option<String>,
    /// Where the data come from: person, or another source
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
    /// The way they come, such as interview or survey
    #[arg(long, value_name = "WAY")]
    by: Option<String>,
    /// Where it takes place, such as online
    #[arg(long, value_name = "CHANNEL")]
    channel: Option<String>,
    /// Who would get the data: a recipient's name, or a class such as transcriber
    #[arg(long, value_name = "RECIPIENT")]
    to: Option<String>,
    /// What kind of recipient that is, where it goes by a name of its own
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    /// The recipient's country, two letters [default: GB]
    #[arg(long, value_name = "CC")]
    country: Option<String>,
    /// What makes a transfer abroad lawful: IDTA, UK-addendum, BCR
    #[arg(long, value_name = "SAFEGUARD")]
    safeguard: Option<String>,
    /// How things stand, such as restricted, objected, opted-out
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    state: Vec<String>,
    /// A purpose the person objected to
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    objected_to: Vec<String>,
    /// A milestone that has happened, such as project.end=2027-09-30
    #[arg(long, value_name = "EVENT=DATE", value_delimiter = ',')]
    event: Vec<String>,
}

/// The contract: what `--json` prints, and what besides helps to understand it.
#[derive(Serialize)]
struct Answered<'a> {
    answer: &'static str,
    because: &'a [Reason],
    help: Option<&'a str>,
    /// Why not, in a sentence.
    why: Option<&'a str>,
    /// What was supposed and the answer hangs on.
    provided: &'a [String],
    /// Until when something may be kept.
    until: &'a [Until],
    notice: &'a str,
}

/// Runs the command.
///
/// # Errors
/// A notice that cannot be read or has errors; a deed, role, state, country, milestone or day nobody knows.
pub fn run(args: &Ask, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let deed = deed(&args.deed)?;
    let country = args.country.as_deref().map(country::code).transpose()?;
    let day = moment::day(at);
    let rules = rulebook(&args.file, day)?;
    let mut question = Question::new(deed, day).supposing();
    question.data = listed(&args.data);
    question.purpose.clone_from(&args.purpose);
    question.who = args.who.as_deref().map(role).transpose()?;
    question.source.clone_from(&args.source);
    question.way.clone_from(&args.by);
    question.channel.clone_from(&args.channel);
    question.to.clone_from(&args.to);
    question.to_class.clone_from(&args.class);
    question.country = country.map(str::to_owned);
    question.safeguard.clone_from(&args.safeguard);
    for word in listed(&args.state) {
        question = rules.hear(question, &word).map_err(|e| {
            let marks = rules
                .notice()
                .purposes()
                .flat_map(|(_, p)| p.only.iter().map(String::as_str))
                .collect::<Vec<_>>();
            let known = State::ALL.iter().map(|s| s.word()).chain(marks);
            usage(e.to_string(), spelling::help(&word, known))
        })?;
    }
    for purpose in listed(&args.objected_to) {
        let known: Vec<&str> = rules
            .notice()
            .purposes()
            .map(|(_, p)| p.name.as_str())
            .collect();
        if !known.contains(&purpose.as_str()) {
            let what = format!(
                "`{}` is no purpose of this notice",
                spelling::shown(&purpose)
            );
            return Err(usage(what, spelling::help(&purpose, known)));
        }
        question = question.state(State::Objected);
        question.objected_to.insert(purpose);
    }
    for said in listed(&args.event) {
        let (event, on) = milestone(&said, &rules)?;
        question = question.event(event, on);
    }
    Ok(answer(&rules, &rules.ask(&question), out))
}

/// Says the answer.
fn answer(rules: &Rulebook, answer: &Answer, out: Out) -> Ended {
    let answered = match answer {
        Answer::Permit(permit) => Answered {
            answer: "permit",
            because: permit.because(),
            help: None,
            why: None,
            provided: permit.provided(),
            until: permit.until(),
            notice: rules.id(),
        },
        Answer::Refuse(refusal) => Answered {
            answer: "refuse",
            because: &refusal.because,
            help: refusal.help.as_deref(),
            why: Some(&refusal.why),
            provided: &[],
            until: &[],
            notice: rules.id(),
        },
    };
    out.document(&answered);
    match answered.why {
        None => out.say("permitted"),
        Some(why) => out.say(format!("refused: {why}")),
    }
    for reason in answered.because {
        out.say(format!("because {}  {}", reason.cites(), reason.text()));
    }
    for end in answered.until {
        let day = match (end.date, end.planned) {
            (Some(day), _) => format!(", {day}"),
            (None, Some(day)) => format!(", planned for {day}"),
            (None, None) => String::new(),
        };
        out.say(format!("until {}{day}", end.when));
    }
    if let Some(help) = answered.help {
        out.say(format!("help: {help}"));
    }
    for one in answered.provided {
        out.say(format!("supposed: {one}"));
    }
    if answer.is_permit() {
        Ended::Well
    } else {
        Ended::No
    }
}

fn deed(word: &str) -> Result<Deed, Usage> {
    Deed::from_word(&word.trim().to_lowercase()).ok_or_else(|| {
        let known = Deed::ALL.iter().map(|d| d.word());
        usage(
            format!(
                "`{}` is nothing that is done with data",
                spelling::shown(word)
            ),
            spelling::help(word, known),
        )
    })
}

fn role(word: &str) -> Result<String, Usage> {
    policy::role(word).map(str::to_owned).ok_or_else(|| {
        usage(
            format!("`{}` is nobody's role", spelling::shown(word)),
            spelling::help(word, policy::ROLES),
        )
    })
}

fn milestone<'s>(said: &'s str, rules: &Rulebook) -> Result<(&'s str, jiff::civil::Date), Usage> {
    let (event, on) = said.split_once('=').ok_or_else(|| {
        usage(
            format!("`{}` names no day", spelling::shown(said)),
            "write it as EVENT=DATE, such as project.end=2027-09-30",
        )
    })?;
    let own = rules
        .notice()
        .events()
        .flat_map(|(_, e)| std::iter::once(e.name.as_str()).chain(e.is.as_deref()));
    let known: Vec<&str> = own.chain(notice::resolve::EVENTS.iter().copied()).collect();
    if !known.contains(&event) {
        let what = format!(
            "`{}` is no milestone of this notice",
            spelling::shown(event)
        );
        return Err(usage(what, spelling::help(event, known)));
    }
    Ok((event, super::deadline::date(on)?))
}

/// The words of a list, without empty ones.
fn listed(words: &[String]) -> Vec<String> {
    words
        .iter()
        .map(|w| w.trim().to_owned())
        .filter(|w| !w.is_empty())
        .collect()
}
