//! For each clause of a notice: kept, due, broken or cannot tell, and the evidence behind it.
//!
//! No verdict without something that was looked at: each says in a sentence what was counted. Where the machine holds no
//! record of a thing, it says so, and what somebody would have to attest. UK GDPR Article 5(2).

mod facts;
mod keeping;
mod opening;
mod people;
mod protecting;
mod queries;
mod rights;
mod what;
mod why;

use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Published, Role};
use facts::Facts;
use jiff::Timestamp;
use jiff::civil::Date;
use notice::model::{Rule, Sentence};
use store::{Audit, Verb};

store::statements! {
    /// How the log was found when it was last looked through.
    FOUND = "insert into setting (name, said) values ('log-verified', $1) on conflict (name) do update set said = excluded.said";
}

/// How a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is kept, as far as what is on record shows.
    Kept,
    /// Something is to be done, and its day has not passed.
    Due,
    /// Something was not done by its day, or was done that should not have been.
    Broken,
    /// The record cannot say.
    CannotTell,
}

impl Verdict {
    /// `kept`, `due`, `broken`, `cannot tell`
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Kept => "kept",
            Verdict::Due => "due",
            Verdict::Broken => "broken",
            Verdict::CannotTell => "cannot tell",
        }
    }
}

/// One entry of evidence under a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceLine {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub verb: String,
    /// By whom: an id.
    pub who: String,
    /// `done` or `refused`
    pub outcome: String,
    /// The entry's id.
    pub entry: String,
    /// Its number in the log; none until the next signature.
    pub number: Option<u64>,
}

/// A promise and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The clause.
    pub clause: String,
    /// The heading it stands under.
    pub section: String,
    /// The rule sentence.
    pub sentence: String,
    /// The sentence in plain words.
    pub words: String,
    /// What people were told.
    pub promise: String,
    /// How it stands.
    pub verdict: Verdict,
    /// What was looked at, and what was found, in one sentence.
    pub why: String,
    /// The next day that counts.
    pub due: Option<Date>,
    /// How many acts were done under it.
    pub done: u64,
    /// How many were refused because of it.
    pub refused: u64,
    /// The newest of both, at most five.
    pub evidence: Vec<EvidenceLine>,
    /// What the author noted: `PR-61`
    pub remark: String,
}

/// A verdict with what it rests on.
#[derive(Clone, Debug)]
struct Judged {
    verdict: Verdict,
    why: String,
    due: Option<Date>,
}

impl Judged {
    fn new(verdict: Verdict, why: impl Into<String>) -> Judged {
        Judged {
            verdict,
            why: why.into(),
            due: None,
        }
    }

    fn kept(why: impl Into<String>) -> Judged {
        Judged::new(Verdict::Kept, why)
    }

    fn due(why: impl Into<String>, due: Option<Date>) -> Judged {
        Judged {
            due,
            ..Judged::new(Verdict::Due, why)
        }
    }

    fn broken(why: impl Into<String>) -> Judged {
        Judged::new(Verdict::Broken, why)
    }

    fn cannot(why: impl Into<String>) -> Judged {
        Judged::new(Verdict::CannotTell, why)
    }

    fn by(mut self, due: Option<Date>) -> Judged {
        self.due = due.or(self.due);
        self
    }
}

/// How each promise of the newest version of a notice stands at a moment, in reading order.
///
/// # Errors
/// A notice that is not here; a fault of ours.
pub fn verdicts(desk: &Desk, notice: &str, at: Timestamp) -> Outcome<Vec<Kept>> {
    let published = desk.notice(notice)?;
    let facts = desk
        .vault()
        .store()
        .look(|rd| Facts::gather(desk, rd, &published, at))?;
    let mut judged: Vec<(&str, &Rule, Judged)> = Vec::new();
    for section in &published.notice.sections {
        for block in &section.blocks {
            if let notice::model::Block::Rule(rule) = block {
                judged.push((&section.heading, rule, judge(&facts, rule)));
            }
        }
    }
    // "We keep your data safe" is as true as everything that is promised about it.
    let others: Vec<Judged> = judged
        .iter()
        .filter(|(_, rule, _)| matches!(&rule.says, Sentence::Protect(p) if p.what != "overall"))
        .map(|(_, _, judged)| judged.clone())
        .collect();
    for (_, rule, verdict) in &mut judged {
        if matches!(&rule.says, Sentence::Protect(p) if p.what == "overall") {
            *verdict = protecting::overall(&others);
        }
    }
    Ok(judged
        .into_iter()
        .map(|(section, rule, judged)| line(&published, &facts, section, rule, judged))
        .collect())
}

/// How one promise stands. The clause may be named without its project: `how-long/keep/contact`.
///
/// # Errors
/// As [`verdicts`]; refused for a clause the notice does not have.
pub fn clause(desk: &Desk, notice: &str, clause: &str, at: Timestamp) -> Outcome<Kept> {
    let tail = format!("/{clause}");
    let all = verdicts(desk, notice, at)?;
    all.into_iter()
        .find(|k| k.clause == clause || k.clause.ends_with(&tail))
        .ok_or_else(|| {
            Refused::new(format!("the notice has no clause `{clause}`"))
                .law("UK GDPR Art 5(2)", "each promise has an address of its own")
                .help("look it up in the list of promises")
                .into()
        })
}

/// Hashes the whole log anew, and remembers how it was found: the promise that nothing is changed unseen rests on it.
///
/// # Errors
/// Refused for anybody but staff and the machine.
pub fn verify(desk: &Desk, visit: &Visit) -> Outcome<Audit> {
    let audit = desk.vault().verify(None)?;
    let said = if audit.verifies() { "whole" } else { "broken" };
    let act = visit
        .act(Verb::Confirm)
        .cite("UK GDPR Art 32(1)(d)")
        .detail("log", said)
        .detail("entries", audit.entries.to_string());
    desk.act(&act, |tx| {
        if !matches!(visit.who, store::Actor::System(_)) {
            visit.only(&Role::ALL, "looking through the log")?;
        }
        for published in desk.shelf().all() {
            for (rule, _) in published
                .notice
                .protects()
                .filter(|(_, p)| p.what == "sealed")
            {
                tx.cite(rule.id.as_str());
            }
        }
        tx.run(FOUND, &[format!("{} {said}", visit.at).into()])?;
        Ok(())
    })?;
    Ok(audit)
}

fn judge(facts: &Facts, rule: &Rule) -> Judged {
    match &rule.says {
        Sentence::Notice | Sentence::Project => opening::stated(facts),
        Sentence::Event(it) => opening::event(facts, it),
        Sentence::Audience(_) => opening::audience(facts),
        Sentence::Controller(_) | Sentence::Partner(_) => opening::stated(facts),
        Sentence::Contact(it) => opening::contact(facts, it),
        Sentence::Data(it) => what::data(facts, it),
        Sentence::Collect(it) => what::collect(facts, rule, it),
        Sentence::Receive(it) => what::receive(facts, it),
        Sentence::Channel(it) => what::channel(facts, it),
        Sentence::Survey(it) => what::survey(facts, rule, it),
        Sentence::Invite(it) => what::invite(facts, it),
        Sentence::Purpose(it) => why::purpose(facts, rule, it),
        Sentence::Never(it) => why::never(facts, rule, it),
        Sentence::Consent(it) => why::consent(facts, it),
        Sentence::Permission(_) => why::permission(facts, rule),
        Sentence::Share(it) => people::share(facts, rule, it),
        Sentence::Transfer(_) => people::transfer(facts, rule),
        Sentence::Disclose(it) => people::disclose(facts, rule, it),
        Sentence::Release(it) => people::release(facts, rule, it),
        Sentence::Succession(_) => people::succession(facts, rule),
        Sentence::Keep(it) => keeping::keep(facts, rule, it),
        Sentence::EraseLimit(it) => keeping::erase_limit(facts, rule, it),
        Sentence::Minimise(_) => keeping::minimise(facts, rule),
        Sentence::Protect(it) => protecting::protect(facts, rule, it),
        Sentence::Right(it) => rights::right(facts, rule, it),
        Sentence::Complaint(it) => rights::complaint(facts, it),
        Sentence::Fee(it) => rights::fee(facts, it),
        Sentence::Version(it) => rights::version(facts, it),
        Sentence::Change(it) => rights::change(facts, it),
    }
}

fn line(published: &Published, facts: &Facts, section: &str, rule: &Rule, judged: Judged) -> Kept {
    let filed = facts.filed(rule);
    Kept {
        clause: rule.id.to_string(),
        section: section.to_owned(),
        sentence: rule.text.clone(),
        words: publish::words::sentence(&published.notice, rule),
        promise: rule.promise.clone(),
        verdict: judged.verdict,
        why: judged.why,
        due: judged.due,
        done: filed.done,
        refused: filed.refused,
        evidence: filed.latest.clone(),
        remark: rule.remark.clone(),
    }
}

/// `1 request`, `3 requests`, `no requests`
fn some(n: usize, one: &str, many: &str) -> String {
    match n {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}

/// What is on record under a clause, to end a sentence with.
fn record(facts: &Facts, rule: &Rule) -> String {
    let filed = facts.filed(rule);
    let done = usize::try_from(filed.done).unwrap_or(usize::MAX);
    let refused = usize::try_from(filed.refused).unwrap_or(usize::MAX);
    format!(
        "{} on record under it, {} refused",
        some(done, "act", "acts"),
        if refused == 0 {
            "none".to_owned()
        } else {
            refused.to_string()
        }
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_prepares() {
        store::columns::prepare_all(&[super::STATEMENTS, super::queries::STATEMENTS]).unwrap();
    }
}
