//! What stands in each column, from the rules.
//!
//! The reader is an inspector and not the person the notice speaks to, so data and people go by their own names here.

use law::transfer::Safeguard;
use law::{Condition, Right};
use notice::Notice;
use notice::model::{DataGroup, Party, Purpose, Share};

use super::Row;
use super::keeping::{clauses, keeps, moment, policy, schedule, security};
use super::proof::{Upheld, verdict};
use crate::reach;
use crate::words::phrase::{self, capital, plain};

/// The rows of one purpose: one for each group of recipients, or one where nobody else sees anything for it.
pub(super) fn rows(notice: &Notice, purpose: &Purpose, evidence: Option<&[Upheld]>) -> Vec<Row> {
    let groups = reach::groups(notice, &purpose.uses);
    let mut recipients: Vec<Recipient> = Vec::new();
    for (_, share) in reach::shares(notice, purpose, &groups) {
        match recipients.iter_mut().find(|r| r.is(share)) {
            Some(known) => known.data.extend(share.data.iter().cloned()),
            None => recipients.push(Recipient::of(share)),
        }
    }
    if recipients.is_empty() {
        return vec![row(notice, purpose, &groups, None, evidence)];
    }
    recipients
        .iter()
        .map(|r| row(notice, purpose, &groups, Some(r), evidence))
        .collect()
}

/// Who sees something for a purpose, and what.
pub(super) struct Recipient {
    pub(super) with: String,
    any: bool,
    role: Option<String>,
    nameless: bool,
    data: Vec<String>,
}

impl Recipient {
    fn of(share: &Share) -> Recipient {
        Recipient {
            with: share.with.clone(),
            any: share.any,
            role: share.role.clone(),
            nameless: share.after_remove_identity,
            data: share.data.clone(),
        }
    }

    fn is(&self, share: &Share) -> bool {
        (&self.with, self.any, &self.role, self.nameless)
            == (
                &share.with,
                share.any,
                &share.role,
                share.after_remove_identity,
            )
    }

    fn words(&self, notice: &Notice, groups: &[&DataGroup]) -> String {
        let who = if self.any {
            capital(&format!("any reviewed {}", plain(&self.with)))
        } else {
            capital(&phrase::party(notice, &self.with))
        };
        let role = self
            .role
            .as_ref()
            .map(|r| format!(" ({})", plain(r)))
            .unwrap_or_default();
        let data = used(&self.data, groups);
        let how = if self.nameless {
            ", after removing identity"
        } else {
            ""
        };
        format!("{who}{role}: {}{how}", phrase::names(&data, "and"))
    }
}

fn row(
    notice: &Notice,
    purpose: &Purpose,
    groups: &[&DataGroup],
    recipient: Option<&Recipient>,
    evidence: Option<&[Upheld]>,
) -> Row {
    let clauses = clauses(notice, purpose, groups, recipient);
    let (adhered, reasons) = verdict(&clauses, evidence);
    let basis = purpose
        .basis
        .map(|b| format!("Article {}: {}", b.point(), b.name()))
        .unwrap_or_default();
    let (countries, safeguards) = transfers(notice);
    let empty = String::new;
    let cells = [
        format!("{} ({})", notice.project, notice.reference),
        capital(purpose.words.trim().trim_end_matches('.')),
        lines(
            notice
                .partners()
                .map(|(_, p)| p)
                .filter(|p| p.role == "joint-controller")
                .chain(notice.controllers().skip(1).map(|(_, p)| p))
                .map(party),
        ),
        individuals(notice, purpose),
        lines(groups.iter().map(|g| data(g))),
        recipients(notice, groups, recipient),
        empty(),
        countries,
        safeguards,
        lines(keeps(notice, purpose, groups, recipient).map(|(_, k)| schedule(notice, k, groups))),
        security(notice),
        basis.clone(),
        condition(purpose),
        purpose.interest.as_deref().map(capital).unwrap_or_default(),
        purpose.assessment.clone().unwrap_or_default(),
        rights(notice, purpose),
        automated(notice),
        sources(notice, groups),
        empty(),
        empty(),
        assessed(notice),
        empty(),
        empty(),
        empty(),
        empty(),
        schedule_one(purpose),
        basis,
        policy(notice, &clauses),
        adhered,
        reasons,
    ];
    Row { cells, clauses }
}

/// Of some data, those that belong to some groups, each once; all of them where none does, as with a summary.
pub(super) fn used(data: &[String], groups: &[&DataGroup]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let here = |d: &&String| reach::touches(std::slice::from_ref(d), groups);
    let any = data.iter().any(|d| here(&d));
    for one in data.iter().filter(|d| !any || here(d)) {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
    all
}

pub(super) fn lines(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.filter(|l| !l.is_empty()).collect();
    all.join("\n")
}

pub(super) fn party(party: &Party) -> String {
    let mut said = party.full_name.clone();
    for part in [&party.address, &party.email].into_iter().flatten() {
        said += ", ";
        said += part;
    }
    said
}

fn individuals(notice: &Notice, purpose: &Purpose) -> String {
    let whom = |a: &notice::model::Audience| {
        let age = match a.age.as_str() {
            "adult" => "adults",
            "young-person" => "young people",
            "child" => "children",
            _ => "people of any age",
        };
        if a.roles.is_empty() {
            return capital(age);
        }
        let roles: Vec<String> = a.roles.iter().map(|r| phrase::people(r)).collect();
        capital(&format!("{} ({age})", phrase::list(&roles, "and")))
    };
    let mut said = lines(notice.audiences().map(|(_, a)| whom(a)));
    if !purpose.only.is_empty() {
        said += &format!("\nOnly: {}", phrase::names(&purpose.only, "or"));
    }
    said
}

fn data(group: &DataGroup) -> String {
    let mut said = format!(
        "{}: {}",
        capital(&plain(&group.name)),
        phrase::names(&group.items, "and")
    );
    if !group.may_include.is_empty() {
        said += &format!("; may include {}", phrase::names(&group.may_include, "or"));
    }
    if group.volunteered_only {
        said += " (only what is offered)";
    }
    said
}

fn recipients(notice: &Notice, groups: &[&DataGroup], recipient: Option<&Recipient>) -> String {
    let shared = recipient.map_or_else(
        || "No recipient for this purpose".to_owned(),
        |r| r.words(notice, groups),
    );
    let compelled = notice
        .discloses()
        .map(|(_, d)| format!("When {}: {}", plain(&d.when), phrase::names(&d.to, "or")));
    lines(std::iter::once(shared).chain(compelled))
}

/// Columns 8 and 9. A notice says on what footing data may leave, and names no country.
fn transfers(notice: &Notice) -> (String, String) {
    let all: Vec<_> = notice.transfers().map(|(_, t)| t).collect();
    if all.is_empty() {
        return (String::new(), String::new());
    }
    let ways: Vec<String> = all
        .iter()
        .flat_map(|t| &t.only)
        .map(|w| {
            let name = Safeguard::from_word(w).map_or_else(|| plain(w), |s| s.name().to_owned());
            capital(&name)
        })
        .collect();
    if ways.is_empty() {
        return ("None".to_owned(), String::new());
    }
    ("None named in the notice".to_owned(), ways.join("\n"))
}

fn condition(purpose: &Purpose) -> String {
    let said = |c: Condition| {
        let article = c.article().split(';').next().unwrap_or_default();
        format!(
            "{}: {}",
            article.trim(),
            c.name()
                .replace("your ", "")
                .replace("you have", "the person has")
                .replace("yourself", "themselves")
        )
    };
    purpose.condition.map(said).unwrap_or_default()
}

/// Column 26: the paragraph of Schedule 1 for special category data, and the one for offences.
fn schedule_one(purpose: &Purpose) -> String {
    let special = purpose
        .condition
        .and_then(|c| Some(c.article().split_once(';')?.1.trim().to_owned()));
    let offences = purpose
        .offence_condition
        .and_then(|c| Some(format!("{} (offences)", c.for_offences()?)));
    lines([special, offences].into_iter().flatten())
}

fn rights(notice: &Notice, purpose: &Purpose) -> String {
    let names: Vec<&str> = reach::rights(notice, purpose)
        .into_iter()
        .map(right)
        .collect();
    capital(&names.join(", "))
}

fn right(right: Right) -> &'static str {
    match right {
        Right::Access => "access",
        Right::Rectify => "rectification",
        Right::Erase => "erasure",
        Right::Restrict => "restriction",
        Right::Portability => "portability",
        Right::Object => "objection",
        Right::ObjectMarketing => "objection to marketing",
        Right::WithdrawConsent => "withdrawal of consent",
        Right::HumanReview => "review of automated decisions by a person",
        Right::Withdraw => "leaving the study",
        Right::OptOut => "coming off the contact list",
    }
}

/// Column 17. No rule can promise such decisions; where one rules them out, that is said.
fn automated(notice: &Notice) -> String {
    let never = notice
        .nevers()
        .any(|(_, n)| n.of.is_empty() && n.what.iter().any(|w| w == "automated-decisions"));
    if never {
        "None: the notice rules it out".to_owned()
    } else {
        String::new()
    }
}

fn sources(notice: &Notice, groups: &[&DataGroup]) -> String {
    let direct = notice
        .collects()
        .filter(|(_, c)| reach::touches(&c.data, groups))
        .map(|(_, c)| {
            let by = if c.by.is_empty() {
                String::new()
            } else {
                format!(" (by {})", phrase::names(&c.by, "or"))
            };
            format!("The person{by}: {}", phrase::names(&c.data, "and"))
        });
    let others = notice
        .receives()
        .filter(|(_, r)| reach::touches(&r.data, groups))
        .map(|(_, r)| {
            format!(
                "{}: {}",
                capital(&phrase::names(&r.from, "or")),
                phrase::names(&r.data, "and")
            )
        });
    lines(direct.chain(others))
}

/// Column 21: yes where a rule promises an assessment of the project; else nobody has said.
fn assessed(notice: &Notice) -> String {
    let promised = notice.protects().find(|(_, p)| {
        p.what == "assessment" && (p.of.is_empty() || p.of.iter().any(|o| o == "project"))
    });
    promised
        .map(|(_, p)| {
            let before = p
                .before
                .as_ref()
                .map(|b| format!(", before {}", moment(b)))
                .unwrap_or_default();
            format!("Yes: the notice promises one{before}")
        })
        .unwrap_or_default()
}
