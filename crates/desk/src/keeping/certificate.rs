//! Whoever is erased keeps something to show: what went, by which promise, when, what stays and why, and the proof that it is on record.
//!
//! UK GDPR Articles 5(2), 12(3), 17 and 19. Everything a certificate says stands in one entry of the log, which closes the erasure
//! after every store was asked again; the receipt proves that entry to anybody, long after, without us. Nothing in it is personal,
//! so a code for it may travel in a letter and be looked at by whoever has it.

use crate::door::link::{self, Opens};
use crate::keeping::clock;
use crate::stop::{Outcome, Refused};
use crate::{Desk, Published, data, pseudonym};
use jiff::Timestamp;
use publish::words::phrase;
use store::{Filter, Kept, Verb};

/// What an entry's facts call what went, and what stays.
const GONE: &str = "gone.";
const KEPT: &str = "kept.";

/// One erasure that was brought to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// What staff called the person, which stays: it is made of the random id.
    pub reference: String,
    /// The project's reference.
    pub project: String,
    /// The notice version they were judged by, `name@version`; empty in entries from before.
    pub notice: String,
    /// When the data went.
    pub begun: Timestamp,
    /// When every store had been asked again and had nothing.
    pub complete: Timestamp,
    /// Everything held about them; otherwise some items.
    pub whole: bool,
    /// What went: kinds and counts.
    pub gone: Vec<Line>,
    /// What stays, and by which article.
    pub kept: Vec<Line>,
    /// The clauses and articles by which it went.
    pub cites: Vec<String>,
    /// The stores that were asked again; all had nothing.
    pub asked: Vec<String>,
    /// The entry that says all this.
    pub entry: String,
}

/// A kind of thing, how many, and for what stays, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// In plain words: `email`, `marks by which you could be found`.
    pub what: String,
    /// How many; 0 where a number says nothing.
    pub count: u64,
    /// Why it stays.
    pub why: String,
    /// The article or the clause it stays by.
    pub law: String,
}

/// Every erasure of a person that was brought to its end, the newest first.
///
/// # Errors
/// A fault of ours.
pub fn of(desk: &Desk, holding: &str) -> Outcome<Vec<Certificate>> {
    let filter = Filter {
        about: holding.to_owned(),
        verb: Verb::Confirm.word().to_owned(),
        outcome: "done".to_owned(),
        ..Filter::default()
    };
    let entries = desk.vault().store().entries(&filter)?;
    Ok(entries
        .iter()
        .filter_map(|kept| read(desk, holding, kept))
        .collect())
}

/// The certificates a code opens; none while the erasure has not come to its end. The link to a person's own page opens them too,
/// once everything about them is erased: whoever kept it from the day they signed up needs no other code.
///
/// # Errors
/// Refused for a code that is unknown, or for something else.
pub fn by_code(desk: &Desk, code: &str, at: Timestamp) -> Outcome<Vec<Certificate>> {
    let led = link::follow(desk, code, at)?;
    let found = of(desk, &led.about)?;
    let gone = led.opens == Opens::Person && found.iter().any(|one| one.whole);
    if led.opens != Opens::Certificate && !gone {
        return Err(Refused::new("this code is for something else")
            .law(
                "UK GDPR Art 32(1)",
                "a key opens the one thing it was made for",
            )
            .help("use the code that came with our answer")
            .into());
    }
    Ok(found)
}

/// What a person keeps in a file of their own, ending in `.receipt`: the entry with the proof that it is in the log.
///
/// # Errors
/// A fault of ours.
pub fn receipt(desk: &Desk, certificate: &Certificate, at: Timestamp) -> Outcome<String> {
    let vault = desk.vault();
    let mut found = vault.store().receipt(&certificate.entry)?;
    if found.is_none() {
        // It has no number yet: the log is signed every second, and now.
        vault.integrate(at)?;
        found = vault.store().receipt(&certificate.entry)?;
    }
    let Some((entry, mut receipt)) = found else {
        return Err(
            crate::Fault("the log does not hold the entry of an erasure".to_owned()).into(),
        );
    };
    receipt.extra = Some(entry);
    Ok(receipt.text())
}

/// The key by which a receipt is checked.
#[must_use]
pub fn verifier(desk: &Desk) -> String {
    desk.vault().verifier().to_string()
}

/// Makes the code by which whoever is erased finds their certificate, when no key and no address of theirs is left.
pub(crate) fn code(tx: &mut vault::Tx<'_, '_>, holding: &str, project: &str) -> Outcome<String> {
    link::make(tx, Opens::Certificate, holding, Some(project))
}

/// What the answer to somebody says of it.
pub(crate) fn words(code: &str) -> String {
    format!(
        "What was erased, what stays and why, and the proof of it are in a certificate. It is on our pages under /certificate; its code is {code}. Nothing personal is in it. Keep it, if you like: nobody can send it to you later, because nobody knows your address any more."
    )
}

/// What a letter says of it while there is an address to write to: when time alone erases, nobody can be written to afterwards.
pub(crate) fn promised(code: &str) -> String {
    format!(
        "\nWhen the time is up your data are erased, without your asking. From then on a certificate of it is on our pages under /certificate; its code is {code}. Keep it, if you like: nobody can write to you afterwards.\n"
    )
}

/// Values that were made less exact, or lost a name in the middle, are still here: no certificate says that they went.
fn only_made_less(cites: &[String]) -> bool {
    cites
        .iter()
        .any(|cite| cite.contains("/minimise/") && !cite.contains("/minimise/delete"))
}

fn read(desk: &Desk, holding: &str, kept: &Kept) -> Option<Certificate> {
    let entry = &kept.entry;
    if only_made_less(&entry.cites) {
        return None;
    }
    let label = entry.notice.clone().unwrap_or_default();
    let published = label
        .split_once('@')
        .and_then(|(name, version)| desk.shelf().version(name, version.parse().ok()?));
    let published = published.as_deref();
    let whole = match entry.detail.get("erased").map(String::as_str) {
        Some("holding") => true,
        Some("items") => false,
        _ => return None,
    };
    let counted = |(key, said): (&String, &String), head: &str| {
        Some((key.strip_prefix(head)?.to_owned(), said.parse().ok()?))
    };
    let gone = entry
        .detail
        .iter()
        .filter_map(|fact| counted(fact, GONE))
        .map(|(kind, count)| went(&kind, count));
    let mut stays: Vec<Line> = entry
        .detail
        .iter()
        .filter_map(|fact| counted(fact, KEPT))
        .map(|(kind, count)| match kind.strip_prefix("value.") {
            Some(item) => rest(published, &entry.cites, item, count),
            None => stays(&kind, count),
        })
        .collect();
    // What they told us first, and then what is kept about that.
    stays.sort_by_key(|line| line.law.starts_with("UK GDPR"));
    if let Some(count) = entry
        .detail
        .get("shared-recordings")
        .and_then(|n| n.parse().ok())
    {
        stays.push(Line {
            what: "Recordings with others in them".to_owned(),
            count,
            why: "not written down yet: they open for nothing but the others’ words, and then go"
                .to_owned(),
            law: "UK GDPR Art 18(2)".to_owned(),
        });
    }
    if whole {
        stays.push(Line {
            what: "A random number, with days and clauses".to_owned(),
            count: 0,
            why: "so that this can be proved, and a restored backup does not bring the data back"
                .to_owned(),
            law: "UK GDPR Art 5(2)".to_owned(),
        });
    }
    let asked = entry.detail.get("asked-again");
    Some(Certificate {
        reference: pseudonym(holding),
        project: entry.project.clone().unwrap_or_default(),
        notice: label,
        begun: entry
            .detail
            .get("begun")
            .and_then(|said| said.parse().ok())
            .unwrap_or_else(|| kept.at()),
        complete: kept.at(),
        whole,
        gone: gone.collect(),
        kept: stays,
        cites: entry.cites.clone(),
        asked: asked
            .map(|said| said.split(", ").map(str::to_owned).collect())
            .unwrap_or_default(),
        entry: entry.id.clone(),
    })
}

/// What went, in plain words.
fn went(kind: &str, count: u64) -> Line {
    let what = match kind.split_once('.') {
        Some(("value", item)) => data::label(item),
        Some(("file", item)) => format!("{} (file)", data::label(item)),
        _ => match kind {
            "look-up-mark" => "Marks by which you could be found again",
            "attendance" => "That you were at a meeting",
            "message" => "Letters to you, also those that waited to be sent",
            "mail" => "Your mails to us",
            "survey-answer" => "Which of your answers was to which question of a survey",
            "paper" => "Papers kept with your data, such as answers you had begun",
            "reason" => "What was written about your choices",
            "notification" => "News of the notice that waited to be sent",
            "job" => "Tasks about you that waited",
            "unfinished-upload" => "A recording that was still arriving",
            "turn" => "Which turns of a group’s transcript were yours",
            other => other,
        }
        .to_owned(),
    };
    Line {
        what,
        count,
        why: String::new(),
        law: String::new(),
    }
}

/// What somebody told us that did not go with the rest: because the notice's limit has passed, until its milestone; otherwise as
/// the notice says.
fn rest(published: Option<&Published>, cites: &[String], item: &str, count: u64) -> Line {
    let limit = published.and_then(|it| {
        it.notice.erase_limits().find(|(rule, limit)| {
            cites.iter().any(|cite| cite == rule.id.as_str())
                && clock::among(&it.notice, &limit.data, item)
        })
    });
    let (why, law) = match limit {
        Some((rule, limit)) => {
            let until = limit.until.as_ref().map_or_else(String::new, |until| {
                format!(" until {}", phrase::event(until))
            });
            (
                format!("stays without your name{until}"),
                rule.id.to_string(),
            )
        }
        None => ("stays as our notice says".to_owned(), String::new()),
    };
    Line {
        what: data::label(item),
        count,
        why,
        law,
    }
}

/// What stays, why, and by which article.
fn stays(kind: &str, count: u64) -> Line {
    let (what, why, law) = match kind {
        "suppression-mark" => (
            "A mark made of your address or number, which nobody can read",
            "so that nobody here approaches you again",
            "UK GDPR Art 21(3)",
        ),
        "choice" => (
            "What you chose, without your words",
            "so that it can be shown that we kept to it",
            "UK GDPR Art 5(2)",
        ),
        "agreement" => (
            "That you agreed to something, and when",
            "so that it can be shown that you did",
            "UK GDPR Art 7(1)",
        ),
        "share" => (
            "To whom your data were given",
            "so that it can be shown that they were told",
            "UK GDPR Art 19",
        ),
        "request" => (
            "What you asked us and what we answered, sealed apart",
            "until its own time is up: to show that you had your answer",
            "UK GDPR Art 17(3)(e)",
        ),
        "complaint" => (
            "Your complaint and our answer, sealed apart",
            "until its own time is up: to show what came of it",
            "UK GDPR Art 17(3)(e)",
        ),
        "address-of-the-answer" => (
            "The address our answer goes to, sealed apart",
            "until it was sent, and not longer than 30 days",
            "UK GDPR Art 12(3)",
        ),
        other => (other, "", ""),
    };
    Line {
        what: what.to_owned(),
        count,
        why: why.to_owned(),
        law: law.to_owned(),
    }
}
