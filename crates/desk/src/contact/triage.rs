//! Whoever writes to us is heard, whatever words they use and whichever address they use: a mail that quotes a project
//! finds it, every right in it is noticed, and the clock runs from the day it came.
//!
//! What comes out is a proposal for a person. Nothing is answered, decided or refused here, and nothing of the mail's
//! words is repeated: the reasons say what was noticed, never who wrote it or what they said.

pub mod cues;
pub mod kind;
pub mod mail;
pub mod project;
pub mod words;

pub use kind::Kind;
pub use mail::Machine;
pub use project::Found;

use cues::{Cues, Scores, cues};
use jiff::civil::Date;
use law::clock::{complaint, request};
use mail::Letter;
use notice::model::Notice;
use serde::Serialize;
use std::collections::BTreeSet;
use words::plain;

/// Somebody known, by what they may write from or be named by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Their name, where it is at hand.
    pub name: String,
    /// Their addresses.
    pub emails: Vec<String>,
    /// Their telephone numbers.
    pub phones: Vec<String>,
    /// Other names they go by.
    pub also_known_as: Vec<String>,
    /// The references of the projects they are in: `#3032`.
    pub projects: Vec<String>,
}

/// What a mail seems to be about, for a person to confirm.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The references of the projects it quotes. Empty where it quotes none: a person decides.
    pub projects: Vec<String>,
    /// What it asks, tells or is, each once, in the order of [`Kind::ALL`]. Empty for a friendly word that asks nothing.
    pub kinds: Vec<Kind>,
    /// Among the kinds is a complaint.
    pub complaint: bool,
    /// A machine wrote it.
    pub automatic: bool,
    /// Before anything is handed over or erased, somebody has to make sure who asks, UK GDPR Article 12(6).
    pub identity_check: bool,
    /// It seems to speak for, or about, somebody else.
    pub on_behalf: bool,
    /// The address belongs to somebody known.
    pub sender_known: bool,
    /// The projects that the sender is in; a hint only, where the mail quotes none.
    pub known_in: Vec<String>,
    /// The day it came, in London.
    pub received: Option<Date>,
    /// The first day by which the law wants an answer or an acknowledgement; none where nothing runs.
    pub due: Option<Date>,
    /// Why, in whole sentences that quote nobody.
    pub why: Vec<String>,
}

/// Reads a mail and proposes what it is about. `received` is the day it reached us where the door knows it; otherwise the
/// mail's own last hand-over counts. Never fails: bytes that are no mail are read as words.
#[must_use]
pub fn triage(
    mail: &[u8],
    notices: &[&Notice],
    people: &[Known],
    received: Option<Date>,
) -> Proposal {
    let letter = mail::read(mail, &our_addresses(notices));
    let mut proposal = Proposal {
        received: received.or(letter.day),
        ..Proposal::default()
    };
    route(&letter, notices, &mut proposal);
    listen(&letter, &mut proposal);
    recognise(&letter, people, &mut proposal);
    proposal.due = proposal.received.and_then(|day| due(&proposal.kinds, day));
    proposal
}

/// The addresses the notices give as ours.
fn our_addresses(notices: &[&Notice]) -> Vec<String> {
    let parties = notices
        .iter()
        .flat_map(|n| n.controllers().chain(n.partners()))
        .filter_map(|(_, p)| p.email.as_ref());
    let doors = notices
        .iter()
        .flat_map(|n| n.contacts())
        .flat_map(|(_, c)| &c.addresses);
    let all: BTreeSet<String> = parties
        .chain(doors)
        .filter(|a| a.contains('@'))
        .map(|a| plain(a))
        .collect();
    all.into_iter().collect()
}

fn route(letter: &Letter, notices: &[&Notice], proposal: &mut Proposal) {
    let found = project::projects(
        &[&letter.subject, &letter.words, &letter.signature],
        notices,
    );
    for (reference, how) in found {
        proposal.why.push(match how {
            Found::Reference => format!("it quotes the reference {reference}"),
            Found::Name => format!("it names the project {reference}"),
            Found::Nickname => format!("it seems to mean the project {reference}"),
        });
        proposal.projects.push(reference);
    }
    if proposal.projects.is_empty() {
        proposal
            .why
            .push("it quotes no project, so a person decides where it belongs".to_owned());
    }
}

/// Hears what is asked.
fn listen(letter: &Letter, proposal: &mut Proposal) {
    let cues = cues();
    let scores = weigh(letter, cues);
    let mut kinds: BTreeSet<Kind> = Kind::ALL
        .iter()
        .copied()
        .filter(|k| scores.has(k.word()))
        .collect();
    settle(letter, &scores, &mut kinds);
    proposal.automatic = letter.machine.is_some() || kinds.contains(&Kind::Automatic);
    proposal.on_behalf = scores.has("on-behalf");
    proposal.complaint = kinds.contains(&Kind::Complaint);
    for kind in &kinds {
        proposal.why.push(format!("it {}", kind.why()));
    }
    if kinds.is_empty() {
        proposal
            .why
            .push("nothing was heard in it that asks for an act".to_owned());
    }
    if letter.unread_files > 0 {
        proposal.why.push(format!(
            "{} files hang on it that were not read",
            letter.unread_files
        ));
    }
    proposal.kinds = kinds.into_iter().collect();
}

fn weigh(letter: &Letter, cues: &Cues) -> Scores {
    let mut scores = Scores::default();
    // In a reply the subject may be ours, and says little about what is asked now.
    let share = if letter.reply { 4 } else { 10 };
    for (text, share) in [(&letter.subject, share), (&letter.words, 10)] {
        for sentence in words::sentences(text, cues.known()) {
            cues.weigh(&sentence, share, &mut scores);
        }
    }
    for sentence in words::sentences(&letter.signature, cues.known()) {
        // A name card asks for nothing; it only says who they are.
        cues.weigh(&sentence, 3, &mut scores);
    }
    scores
}

/// Where several things were heard, what follows from one for another.
fn settle(letter: &Letter, scores: &Scores, kinds: &mut BTreeSet<Kind>) {
    let asks = |kinds: &BTreeSet<Kind>| {
        kinds.iter().any(|k| k.right().is_some()) || kinds.contains(&Kind::Complaint)
    };
    if letter.machine.is_some_and(Machine::says_nothing) {
        *kinds = BTreeSet::from([Kind::Automatic]);
        return;
    }
    if kinds.contains(&Kind::Spam)
        && (!asks(kinds) || letter.machine == Some(Machine::Bulk) || scores.of("spam") >= 20)
    {
        *kinds = BTreeSet::from([Kind::Spam]);
        return;
    }
    kinds.remove(&Kind::Spam);
    if kinds.contains(&Kind::Automatic)
        && !kinds.contains(&Kind::VendorConfirmation)
        && !kinds.contains(&Kind::VendorNotice)
        && letter.machine.is_none()
        && !asks(kinds)
    {
        *kinds = BTreeSet::from([Kind::Automatic]);
        return;
    }
    if kinds.len() > 1 {
        kinds.remove(&Kind::Automatic);
    }
    if kinds.contains(&Kind::Foi)
        || kinds.contains(&Kind::MediaEnquiry)
        || kinds.contains(&Kind::DataSharingRequest)
    {
        // What these ask about is not the writer's own.
        kinds.remove(&Kind::Information);
    }
    if kinds.contains(&Kind::LegalDisclosure) {
        kinds.remove(&Kind::DataSharingRequest);
        kinds.remove(&Kind::Information);
        if scores.of("access") <= scores.of("legal_disclosure") {
            // What they want to see is not their own, unless they say so louder.
            kinds.remove(&Kind::Access);
        }
        if scores.of("deceased_notice") <= cues::THRESHOLD {
            // A coroner's letter speaks of the dead without telling of a death.
            kinds.remove(&Kind::DeceasedNotice);
        }
    }
    let vendor = scores
        .of("vendor_confirmation")
        .max(scores.of("vendor_notice"));
    let loudest = kinds
        .iter()
        .filter(|k| k.right().is_some())
        .map(|k| scores.of(k.word()))
        .max()
        .unwrap_or(0);
    if vendor >= cues::THRESHOLD && vendor < loudest {
        kinds.retain(|k| !matches!(k, Kind::VendorConfirmation | Kind::VendorNotice));
    } else if vendor >= cues::THRESHOLD {
        kinds.retain(|k| {
            k.right().is_none() && *k != Kind::Information && *k != Kind::DataSharingRequest
        });
    }
    if kinds.contains(&Kind::Restriction) {
        kinds.remove(&Kind::Objection);
    }
    if kinds.contains(&Kind::WithdrawConsent) && scores.of("objection") < 30 {
        kinds.remove(&Kind::Objection);
    }
    if kinds.contains(&Kind::Portability) && scores.of("access") < 30 {
        kinds.remove(&Kind::Access);
    }
    if kinds.len() > 1 && !scores.was_asked("information") {
        // "Stop until you have found out whether it is right" tells, it does not ask.
        kinds.remove(&Kind::Information);
    }
    let wonders = scores.was_asked("matter") && !scores.has("logistics");
    if kinds.is_empty() && (wonders || scores.of("information") >= cues::THRESHOLD / 2) {
        kinds.insert(Kind::Information);
    }
    if kinds.contains(&Kind::MarketingObjection) && scores.of("opt_out_contact") < 30 {
        kinds.remove(&Kind::OptOutContact);
    }
    if kinds.is_empty() && letter.machine.is_some() {
        kinds.insert(Kind::Automatic);
    }
}

/// Whether the sender is who they say they are, as far as a mail can tell.
fn recognise(letter: &Letter, people: &[Known], proposal: &mut Proposal) {
    if let Some(from) = &letter.from {
        let same = |k: &&Known| k.emails.iter().any(|e| plain(e.trim()) == *from);
        let whose: Vec<&Known> = people.iter().filter(same).collect();
        proposal.sender_known = !whose.is_empty();
        let known_in: BTreeSet<String> = whose
            .iter()
            .flat_map(|k| k.projects.iter().cloned())
            .collect();
        proposal.known_in = known_in.into_iter().collect();
    }
    let rights = proposal.kinds.iter().any(|k| k.right().is_some());
    let proof = proposal
        .kinds
        .iter()
        .any(|k| k.right().is_some() && !k.needs_no_identity());
    let trusted = proposal.sender_known && !letter.reply_elsewhere;
    proposal.identity_check = (proof && !trusted) || (rights && proposal.on_behalf);
    if proposal.identity_check {
        proposal.why.push(if proposal.on_behalf {
            "it seems to speak for somebody else, so their authority is to be checked".to_owned()
        } else if proposal.sender_known {
            "answers would go to another address than the one on file".to_owned()
        } else {
            "the address is nobody's on file, so who asks is to be checked in proportion".to_owned()
        });
    }
}

/// The first day by which the law wants an answer or an acknowledgement to what came on a day; none where no clock runs.
#[must_use]
pub fn due(kinds: &[Kind], received: Date) -> Option<Date> {
    let rights = kinds
        .iter()
        .filter_map(|kind| kind.right())
        .map(|right| request::deadline(&request::Request::new(right, received)).due);
    let complains = kinds.contains(&Kind::Complaint);
    let complaint = complains
        .then(|| complaint::acknowledge_by(received))
        .flatten();
    rights.chain(complaint.map(|a| a.due)).min()
}
