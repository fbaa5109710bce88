//! One request on its page: its clock, what the notice and the law say to it, and what is to be done.

use super::requests::HERE;
use crate::answer::sentence;
use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{
    Answer, Clock, Fact, Facts, Link, Margin, Note, Stop as ClockStop, Verdict, When,
};
use crate::page::person::Step;
use crate::page::work::{Applies, CasePage};
use crate::room::person;
use crate::session::SignedIn;
use desk::keeping::certificate;
use desk::rights::{self, Asked, RequestLine, reply};
use desk::{Outcome, Published};
use jiff::civil::Date;
use law::Right;
use std::sync::Arc;

pub(super) fn state_words(state: &str) -> &'static str {
    match state {
        "open" => "To be answered",
        "identity" => "Waiting to know who asks",
        "fee" => "Waiting for a fee",
        _ => "Answered",
    }
}

pub(super) fn asks(request: &RequestLine) -> String {
    let said: Vec<String> = request
        .kinds
        .iter()
        .map(|k| match &k.about {
            Some(about) => format!("{} (“{}”)", reply::plain(k.right), about.replace('-', " ")),
            None => reply::plain(k.right).to_owned(),
        })
        .collect();
    said.join("; ")
}

/// The case; `extra` are steps that show what was just opened or found.
pub(super) fn case(
    app: &App,
    who: &SignedIn,
    id: &str,
    answer: Option<Answer>,
    extra: Vec<Step>,
) -> Outcome<CasePage> {
    who.visit().only_project_staff("looking at a request")?;
    let it = rights::one(&app.desk, id)?;
    let today = law::clock::day(who.at);
    let mut facts = vec![
        Fact::new("Asks", &sentence(&asks(&it))),
        Fact::new("Project", &it.project),
        match (&it.holding, &it.pseudonym) {
            (Some(holding), Some(name)) => {
                Fact::linked("Person", name, &format!("/desk/people/{holding}"))
            }
            _ => Fact::new("Person", "not known yet"),
        },
        Fact::new("Came by", &it.channel.replace('-', " ")),
        Fact::new(
            "Who asks",
            match it.identity.as_str() {
                "known" => "known",
                "asked" => "asked to show it",
                _ => "not known yet",
            },
        ),
        Fact::new("Stands", state_words(&it.state)),
    ];
    if let Some(decision) = &it.decision {
        facts.push(Fact::new("Decided", &decision.replace(':', " ")));
    }
    let mut steps = refused_step(answer);
    steps.extend(extra);
    steps.extend(to_do(&it, id));
    steps.extend(afterwards(app, &it, id)?);
    let published = notice_of(app, &it)?;
    Ok(CasePage {
        layout: who
            .layout(&cite::shown(id), HERE)
            .crumbs(&[(HERE, "Requests")]),
        facts: Facts::from(facts),
        clock: Some(clock(app, &it, today)?),
        rights: it
            .kinds
            .iter()
            .map(|asked| applies(app, published.as_deref(), asked))
            .collect(),
        steps,
        margin: Margin::from(vec![Note::citing(
            "",
            "UK GDPR Art 12(3)",
            "An answer within one month, with the reason whatever it is.",
        )]),
        trail: cite::about(app, it.holding.as_deref().unwrap_or(id), 40)?,
    })
}

/// A refusal as the first thing among the steps of a case.
pub(super) fn refused_step(answer: Option<Answer>) -> Vec<Step> {
    answer
        .map(|a| {
            let because: Vec<String> = a
                .because
                .iter()
                .map(|n| {
                    format!(
                        "{} ({})",
                        n.words.trim_end_matches('.'),
                        n.cite.as_ref().map_or("", |c| c.words.as_str())
                    )
                })
                .collect();
            Step {
                name: format!("Not done: {}", a.heading),
                state: "next",
                words: format!("{}. {}", because.join("; "), a.help),
                ..Step::default()
            }
        })
        .into_iter()
        .collect()
}

fn clock(app: &App, it: &RequestLine, today: Date) -> Outcome<Clock> {
    let days = rights::clock(&app.desk, &it.id)?;
    let mut stops = vec![
        (it.received, "Received"),
        (days.due, "Answer due"),
        (days.latest, "The law’s last day"),
    ];
    if let Some(answered) = it.answered_at {
        stops.push((law::clock::day(answered), "Answered"));
    } else {
        stops.push((today, "Today"));
    }
    stops.sort();
    let verdict = match (it.answered_at, days.due < today) {
        (Some(at), _) if law::clock::day(at) <= days.latest => Verdict::Kept,
        (Some(_), _) | (None, true) => Verdict::Broken,
        (None, false) => Verdict::Due,
    };
    let state = |day: Date, words: &str| match (words, day.cmp(&today)) {
        ("Today", _) => "now",
        (_, std::cmp::Ordering::Greater) => "next",
        _ => "past",
    };
    Ok(Clock {
        verdict,
        left: if it.answered_at.is_some() {
            "answered".to_owned()
        } else {
            cite::left(today, days.due)
        },
        stops: stops
            .into_iter()
            .map(|(day, words)| ClockStop {
                state: state(day, words),
                at: When::day(day),
                words: words.to_owned(),
            })
            .collect(),
        rule: if it.extended {
            "One month from receipt, and the two more that were taken with a reason.".to_owned()
        } else {
            "One month from receipt, or sooner where the notice promises it.".to_owned()
        },
        cite: Some(Link::new("", "UK GDPR Art 12(3), 12A")),
    })
}

fn notice_of(app: &App, it: &RequestLine) -> Outcome<Option<Arc<Published>>> {
    match &it.holding {
        Some(holding) => Ok(Some(person::whose(app, holding)?.published)),
        None => Ok(app.desk.shelf().of_project(&it.project).into_iter().next()),
    }
}

/// What the notice and the law say to one thing asked for; a person decides.
fn applies(app: &App, published: Option<&Published>, asked: &Asked) -> Applies {
    let right = asked.right;
    let offered = published.and_then(|p| {
        p.notice
            .rights()
            .find(|(_, r)| r.rights.contains(&right))
            .map(|(rule, r)| (p, rule, r))
    });
    let name = sentence(reply::plain(right))
        .trim_end_matches('.')
        .to_owned();
    match offered {
        Some((p, rule, r)) => Applies {
            right: name,
            answer: if r.not_offered.is_some() {
                "not offered".to_owned()
            } else {
                "applies".to_owned()
            },
            because: match &r.not_offered {
                Some(why) => sentence(why),
                None => publish::words::sentence(&p.notice, rule),
            },
            cite: cite::link(app, rule.id.as_str(), &p.notice.name),
        },
        None => Applies {
            right: name,
            answer: "by law".to_owned(),
            because: "The notice says nothing of its own; the law decides.".to_owned(),
            cite: Link::new("", right.article()),
        },
    }
}

/// What is left to do once somebody was erased: the last letter, and the certificate.
fn afterwards(app: &App, it: &RequestLine, id: &str) -> Outcome<Vec<Step>> {
    let mut steps = Vec::new();
    if let Some(until) = rights::last::waits(&app.desk, id)? {
        steps.push(Step {
            name: "Send the answer".to_owned(),
            state: "next",
            words: format!(
                "Everything else of theirs is gone. The address alone is kept for this, sealed apart, until it was sent and until {} at most. Open the reply: it says where it goes.",
                cite::day(until)
            ),
            form: Some(Form::quiet("sent", &format!("{HERE}/{id}/sent"), "It was sent; erase the address")),
            ..Step::default()
        });
    }
    let goes = [Right::Erase, Right::Withdraw];
    let asked = it.kinds.iter().any(|k| goes.contains(&k.right));
    let after = |one: &certificate::Certificate| law::clock::day(one.begun) >= it.received;
    if let Some(holding) = it.holding.as_ref().filter(|_| asked)
        && certificate::of(&app.desk, holding)?.iter().any(after)
    {
        let granted = it.decision.as_deref().unwrap_or_default();
        let granted = granted.split_whitespace().any(|done| {
            done.split_once(':').is_some_and(|(right, said)| {
                said == "granted" && goes.iter().any(|g| g.word() == right)
            })
        });
        let code = if granted {
            " The reply has its code."
        } else {
            ""
        };
        steps.push(Step {
            name: "The certificate of erasure".to_owned(),
            state: "done",
            words: format!("What went, what stays and why, with the proof.{code}"),
            link: Some(Link::new(
                &format!("/desk/people/{holding}/certificate"),
                "See it",
            )),
            ..Step::default()
        });
    }
    Ok(steps)
}

fn to_do(it: &RequestLine, id: &str) -> Vec<Step> {
    let at = |rest: &str| format!("{HERE}/{id}/{rest}");
    let mut steps = vec![Step {
        name: "Read what they wrote".to_owned(),
        state: "next",
        words: "It is sealed; opening it goes on record.".to_owned(),
        form: Some(Form::quiet("read", &at("readings"), "Open their words")),
        ..Step::default()
    }];
    if it.answered_at.is_some() {
        steps.push(Step {
            name: "The reply".to_owned(),
            state: "done",
            form: Some(
                Form::quiet("reply", &at("replies"), "Open the reply")
                    .field(Field::new("what", "", Kind::Hidden).value("read")),
            ),
            ..Step::default()
        });
        return steps;
    }
    if it.holding.is_none() {
        steps.push(Step {
            name: "Find whose data it is about".to_owned(),
            state: "next",
            words: "By an address, a number or a name they gave. What you look for is not kept."
                .to_owned(),
            form: Some(
                Form::quiet("find", &at("searches"), "Look").field(Field::new(
                    "text",
                    "Address, number or name",
                    Kind::Text,
                )),
            ),
            ..Step::default()
        });
    }
    let ways = vec![
        Choice::new("settle", "It is known who asks", ""),
        Choice::new(
            "ask",
            "Ask them to show who they are",
            "Only on reasonable doubt, with the reason.",
        ),
    ];
    steps.push(Step {
        name: "Who asks".to_owned(),
        state: if it.identity == "known" {
            "done"
        } else {
            "next"
        },
        form: Some(
            Form::quiet("identity", &at("identity"), "Put it on record")
                .field(Field::new("what", "Who is it?", Kind::One(ways)))
                .field(
                    Field::new("holding", "The person’s id", Kind::Text)
                        .value(it.holding.as_deref().unwrap_or_default())
                        .optional()
                        .hint("As found above."),
                )
                .field(Field::new("because", "Why you doubt it", Kind::Text).optional()),
        ),
        ..Step::default()
    });
    if !it.extended {
        steps.push(Step {
            name: "More time".to_owned(),
            state: "later",
            words: "Two months more, only where it is complex or one of many, and the person hears why within the first month.".to_owned(),
            form: Some(Form::quiet("extend", &at("extensions"), "Take two months more").field(Field::new("because", "Why", Kind::Text))),
            ..Step::default()
        });
    }
    let done = it.decision.clone().unwrap_or_default();
    for asked in &it.kinds {
        let word = asked.right.word();
        let name = sentence(reply::plain(asked.right))
            .trim_end_matches('.')
            .to_owned();
        if done
            .split_whitespace()
            .any(|d| d.split(':').next() == Some(word))
        {
            steps.push(Step {
                name: format!("Decided: {name}"),
                state: "done",
                ..Step::default()
            });
            continue;
        }
        if asked.right == Right::Access && it.holding.is_some() {
            steps.push(Step {
                name: "Prepare the copy".to_owned(),
                state: "next",
                words: "Everything held, where from, what for, who else, how long, and the regulator’s address.".to_owned(),
                form: Some(Form::quiet("copy", &at("replies"), "Prepare it and look").field(Field::new("what", "", Kind::Hidden).value("copy"))),
                ..Step::default()
            });
        }
        let answers = vec![
            Choice::new("granted", "Yes", "It is done in the same moment."),
            Choice::new("refused", "No", "They hear why, and where to complain."),
        ];
        steps.push(Step {
            name: format!("Decide: {name}"),
            state: "next",
            form: Some(
                Form::new(&format!("decide-{word}"), &at("decisions"), "Decide")
                    .field(Field::new("right", "", Kind::Hidden).value(word))
                    .field(Field::new("decision", "Your decision", Kind::One(answers)))
                    .field(Field::new(
                        "because",
                        "Why, in words the person will understand",
                        Kind::Long,
                    )),
            ),
            ..Step::default()
        });
    }
    steps
}
