//! The promise as work: who has to do what, counted from which milestone, by which day.

use crate::facts::Milestones;
use crate::shape::after;
use crate::words;
use jiff::civil::Date;
use notice::model::{
    Change, Complaint, Keep, Length, Minimise, Notice, Protect, Receive, RightRule, Rule, Sentence,
    Share, Version,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a duty is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DutyKind {
    /// Make data unreadable.
    Erase,
    /// Let whoever holds a copy confirm that it is gone.
    ConfirmDeletion,
    /// Look at a recipient again.
    ReviewRecipient,
    /// Look again at what is kept without an end.
    ReviewKeep,
    /// Tell a person what came from somebody else, Article 14.
    TellPerson,
    /// Answer somebody who uses a right, Article 12(3).
    AnswerRequest,
    /// Acknowledge a complaint, DPA 2018 s 164A.
    AcknowledgeComplaint,
    /// Make less of what is held.
    Minimise,
    /// Take out what identifies people.
    RemoveIdentity,
    /// Bring the notice up to date: a planned day has passed.
    UpdateNotice,
    /// Tell people of a change.
    NotifyChange,
    /// Look at the protections again.
    ReviewProtection,
    /// Assess a project or a recipient first.
    Assess,
}

/// Whose duty it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DutyOf {
    /// Ours.
    Us,
    /// The recipient's, by class or name; ours to see that it is done.
    Recipient(String),
}

/// A duty as the notice states it, before anything has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DutyRule {
    /// The clause it keeps.
    pub clause: String,
    /// What has to be done.
    pub kind: DutyKind,
    /// The milestone it counts from: `project.end`, `request.received`, `review.done`.
    pub anchor: String,
    /// How long after it; `None`: at once, on that day.
    pub within: Option<Length>,
    /// Whether it comes round again each time it was done.
    pub again: bool,
    /// Who has to do it.
    pub who: DutyOf,
    /// The data it is about, by the notice's words; empty for none in particular.
    pub data: Vec<String>,
    /// The purposes it is narrowed to; empty for all.
    pub purposes: Vec<String>,
    /// In plain words: what, and by when.
    pub words: String,
    /// Other names for the anchor and the day planned for it.
    #[serde(skip)]
    milestones: Milestones,
}

impl DutyRule {
    /// The day planned for the anchor, with the length added: what can be shown before it happens.
    #[must_use]
    pub fn planned(&self) -> Option<Date> {
        self.milestones
            .planned(&self.anchor)
            .map(|day| after(day, self.within))
    }
}

/// The last day to do it, Europe/London, or `None` while its milestone has not happened.
///
/// Months and years clamp to the end of a shorter month, and nothing rolls over a weekend: for what is promised that
/// is the meaning of the notice. Where the law has a clock of its own (answering a request, acknowledging a complaint, Article 14)
/// `law::clock` says the statutory day; this day is never later than the promise.
#[must_use]
pub fn due(rule: &DutyRule, happened: &BTreeMap<String, Date>) -> Option<Date> {
    let on = rule.milestones.happened(&rule.anchor, happened)?;
    let day = after(on, rule.within);
    // Telling a person: at the first contact, if that comes sooner. UK GDPR Art 14(3)(b).
    match happened.get("first-contact") {
        Some(first) if rule.kind == DutyKind::TellPerson => Some(day.min((*first).max(on))),
        _ => Some(day),
    }
}

/// Every duty of a notice, in reading order.
pub(crate) fn duties(notice: &Notice) -> Vec<DutyRule> {
    let milestones = Milestones::of(notice);
    let mut out = Vec::new();
    for rule in notice.rules() {
        let mut push = |duty: DutyRule| {
            out.push(DutyRule {
                milestones: milestones.clone(),
                ..duty
            })
        };
        match &rule.says {
            Sentence::Keep(it) => keep(rule, it).into_iter().for_each(&mut push),
            Sentence::Share(it) => share(rule, it).into_iter().for_each(&mut push),
            Sentence::Receive(it) => receive(rule, it).into_iter().for_each(&mut push),
            Sentence::Right(it) => right(rule, it).into_iter().for_each(&mut push),
            Sentence::Complaint(it) => complaint(rule, it).into_iter().for_each(&mut push),
            Sentence::Minimise(it) => minimise(rule, it).into_iter().for_each(&mut push),
            Sentence::Protect(it) => protect(rule, it).into_iter().for_each(&mut push),
            Sentence::Version(it) => version(rule, it).into_iter().for_each(&mut push),
            Sentence::Change(it) => change(rule, it).into_iter().for_each(&mut push),
            Sentence::EraseLimit(it) => {
                let kind = DutyKind::RemoveIdentity;
                let said = format!(
                    "take out of {} what identifies people who left",
                    it.data.join(", ")
                );
                push(duty(rule, kind, &it.from, None, &said).of(&it.data));
                if let Some(until) = &it.until {
                    let said = format!("erase what was held back of {}", it.data.join(", "));
                    push(duty(rule, DutyKind::Erase, until, None, &said).of(&it.data));
                }
            }
            Sentence::Event(it) if it.planned.is_some() => {
                let said = format!(
                    "`{}` was planned for a day that has passed: say in the notice what is planned now",
                    it.name
                );
                push(duty(
                    rule,
                    DutyKind::UpdateNotice,
                    &format!("{}.planned", it.name),
                    None,
                    &said,
                ));
            }
            _ => {}
        }
    }
    out
}

fn duty(rule: &Rule, kind: DutyKind, anchor: &str, within: Option<Length>, said: &str) -> DutyRule {
    DutyRule {
        clause: rule.id.0.clone(),
        kind,
        anchor: anchor.to_owned(),
        within,
        again: false,
        who: DutyOf::Us,
        data: Vec::new(),
        purposes: Vec::new(),
        words: said.to_owned(),
        milestones: Milestones::default(),
    }
}

impl DutyRule {
    fn of(mut self, data: &[String]) -> DutyRule {
        self.data = data.to_vec();
        self
    }

    fn by(mut self, who: DutyOf) -> DutyRule {
        self.who = who;
        self
    }

    fn again(mut self) -> DutyRule {
        self.again = true;
        self
    }
}

fn keep(rule: &Rule, it: &Keep) -> Vec<DutyRule> {
    let what = it.data.join(", ");
    let who = it.at.clone().map_or(DutyOf::Us, DutyOf::Recipient);
    let end = words::say(&it.until);
    let said = match &it.at {
        Some(at) => format!("{at} erases {what} by {end}"),
        None => format!("erase {what} by {end}"),
    };
    let mut out = vec![
        DutyRule {
            purposes: it.purposes.clone(),
            ..duty(rule, DutyKind::Erase, &it.until.event, it.until.plus, &said)
        }
        .of(&it.data)
        .by(who.clone()),
    ];
    if it.confirm {
        let said = format!("confirm that {what} is gone by {end}");
        let confirm = duty(
            rule,
            DutyKind::ConfirmDeletion,
            &it.until.event,
            it.until.plus,
            &said,
        );
        out.push(confirm.of(&it.data).by(who));
    }
    if let Some(every) = it.review_every {
        let said = format!(
            "look again at whether {what} is still needed, every {}",
            every
        );
        out.push(
            duty(
                rule,
                DutyKind::ReviewKeep,
                "review.done",
                Some(every),
                &said,
            )
            .of(&it.data)
            .again(),
        );
    }
    out
}

fn share(rule: &Rule, it: &Share) -> Option<DutyRule> {
    let every = it.review_every?;
    let said = format!("review {} every {}", it.with, every);
    Some(
        duty(
            rule,
            DutyKind::ReviewRecipient,
            "review.done",
            Some(every),
            &said,
        )
        .of(&it.data)
        .again(),
    )
}

fn receive(rule: &Rule, it: &Receive) -> Option<DutyRule> {
    if it.notify_within.is_none() && !it.at_first_contact {
        return None;
    }
    let by = it
        .notify_within
        .map(|length| length.to_string())
        .unwrap_or_else(|| "the first contact".to_owned());
    let said = format!(
        "tell the person what came from {} within {by}",
        it.from.join(", ")
    );
    Some(
        duty(
            rule,
            DutyKind::TellPerson,
            "data.received",
            it.notify_within,
            &said,
        )
        .of(&it.data),
    )
}

fn right(rule: &Rule, it: &RightRule) -> Option<DutyRule> {
    let within = it.answer_within.filter(|_| it.not_offered.is_none())?;
    let said = format!("answer within {}", within);
    Some(duty(
        rule,
        DutyKind::AnswerRequest,
        "request.received",
        Some(within),
        &said,
    ))
}

fn complaint(rule: &Rule, it: &Complaint) -> Option<DutyRule> {
    let within = it.acknowledge?;
    let said = format!("acknowledge a complaint within {}", within);
    Some(duty(
        rule,
        DutyKind::AcknowledgeComplaint,
        "complaint.received",
        Some(within),
        &said,
    ))
}

fn minimise(rule: &Rule, it: &Minimise) -> Option<DutyRule> {
    let by = it.by.as_ref()?;
    let kind = match it.action.as_str() {
        "remove-identity" => DutyKind::RemoveIdentity,
        "delete" => DutyKind::Erase,
        _ => DutyKind::Minimise,
    };
    let said = format!("{} {} by {}", it.action, it.data.join(", "), words::say(by));
    Some(duty(rule, kind, &by.event, by.plus, &said).of(&it.data))
}

fn protect(rule: &Rule, it: &Protect) -> Vec<DutyRule> {
    let what = if it.of.is_empty() {
        it.what.clone()
    } else {
        format!("{} of {}", it.what, it.of.join(", "))
    };
    let mut out = Vec::new();
    if it.what == "assessment" {
        let before = it.before.clone().unwrap_or_else(|| "start".to_owned());
        let said = format!("have the {what} approved before {before}");
        out.push(duty(rule, DutyKind::Assess, &before, None, &said));
    }
    if let Some(every) = it.every {
        let said = format!("look again at {what}, every {}", every);
        let kind = match it.what.as_str() {
            "recipients" => DutyKind::ReviewRecipient,
            _ => DutyKind::ReviewProtection,
        };
        out.push(duty(rule, kind, "review.done", Some(every), &said).again());
    }
    out
}

fn version(rule: &Rule, it: &Version) -> Option<DutyRule> {
    let whom = it.notify.as_deref().filter(|n| *n != "none")?;
    let by = it
        .by
        .as_deref()
        .map(|b| format!(" by {b}"))
        .unwrap_or_default();
    let said = format!("tell {whom} of version {}{by}", it.number);
    Some(duty(
        rule,
        DutyKind::NotifyChange,
        &format!("version.{}.published", it.number),
        None,
        &said,
    ))
}

fn change(rule: &Rule, it: &Change) -> Option<DutyRule> {
    let whom = it.notify.as_deref()?;
    let said = format!(
        "tell {whom} of {} changes{}",
        it.what,
        if it.before_applies {
            " before they apply"
        } else {
            ""
        }
    );
    Some(duty(
        rule,
        DutyKind::NotifyChange,
        "version.published",
        None,
        &said,
    ))
}
