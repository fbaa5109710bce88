//! Sentences about what people can ask for, what it costs, and how they hear of changes.

use super::{Cursor, Heard, Line, Naming};
use crate::model::{Change, Fee, RightRule, Sentence, Version};
use law::Right;

/// Grounds for restriction, UK GDPR Article 18(1)(a) to (d).
const GROUNDS: [&str; 4] = [
    "inaccurate",
    "unlawful",
    "legal-claims",
    "objection-pending",
];

pub(crate) fn right(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let rights = head.list(a_right)?;
    let mut rule = RightRule {
        rights,
        to: Vec::new(),
        when: Vec::new(),
        answer_within: None,
        beyond_law: false,
        formats: Vec::new(),
        not_offered: None,
        how: Vec::new(),
    };
    if head.take("not-offered") {
        head.expect("because")?;
        rule.not_offered = Some(head.text("the reason")?);
    } else {
        if head.take("to") {
            rule.to = head.purposes()?;
        }
        if head.take("when") {
            rule.when = head.choices("a ground for restriction", &GROUNDS)?;
        }
    }
    line.clauses(|clause, c| {
        match clause {
            "answer" => {
                c.expect("within")?;
                rule.answer_within = Some(c.length()?);
            }
            "beyond-law" => rule.beyond_law = true,
            "formats" => rule.formats = c.names("a format such as `json`")?,
            _ => rule.how = c.names("how, such as `one-click`")?,
        }
        Ok(())
    });
    Ok(Sentence::Right(rule))
}

fn a_right(c: &mut Cursor<'_>) -> Heard<Right> {
    c.choose(
        "a right",
        Right::ALL.into_iter().map(Right::word),
        Right::from_word,
    )
}

pub(crate) fn fee(line: &mut Line<'_>) -> Heard<Sentence> {
    line.head
        .choice("a fee (only `none` can be promised)", &["none"])?;
    let mut fee = Fee {
        none: true,
        except: Vec::new(),
        only_for: Vec::new(),
        or_refuse: false,
        approval: None,
    };
    line.clauses(|clause, c| {
        match clause {
            "except" => {
                fee.except = c.choices("a ground for a fee", &["unfounded", "excessive"])?;
                if c.take("for") {
                    fee.only_for = c.list(a_right)?;
                }
            }
            "for" => fee.only_for = c.list(a_right)?,
            "or-refuse" => fee.or_refuse = true,
            _ => fee.approval = Some(c.name("who signs")?),
        }
        Ok(())
    });
    Ok(Sentence::Fee(fee))
}

pub(crate) fn change(line: &mut Line<'_>) -> Heard<Sentence> {
    let what = line
        .head
        .choice("a kind of change", &["material", "any"])?
        .to_owned();
    let mut change = Change {
        what,
        notify: None,
        before_applies: false,
        dated: false,
    };
    line.clauses(|clause, c| {
        match clause {
            "notify" => change.notify = Some(c.told()?),
            "before" => {
                c.expect("applies")?;
                change.before_applies = true;
            }
            _ => change.dated = true,
        }
        Ok(())
    });
    Ok(Sentence::Change(change))
}

pub(crate) fn version(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let number = head.int("a version number")?;
    head.declare(&number.to_string(), &[Naming::Version]);
    head.take("dated");
    let dated = head.date()?;
    let what = head.text("what changed")?;
    let mut version = Version {
        number,
        dated,
        what,
        notify: None,
        by: None,
        because: None,
    };
    line.clauses(|_, c| {
        if c.take("none") {
            version.notify = Some("none".to_owned());
            c.expect("because")?;
            version.because = Some(c.text("the reason")?);
            return Ok(());
        }
        version.notify = Some(c.told()?);
        if c.take("by") {
            version.by = Some(c.name("a way such as `email`")?);
        }
        Ok(())
    });
    Ok(Sentence::Version(version))
}
