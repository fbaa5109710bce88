//! Sentences about how long data are kept, what becomes of them meanwhile, and how they are looked after.

use super::{Heard, Line};
use crate::model::{AfterOnly, EraseLimit, Keep, Minimise, Protect, Sentence};

pub(crate) fn keep(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let data = head.data(&[])?;
    let at = if head.take("at") {
        Some(head.place()?)
    } else {
        None
    };
    let purposes = if head.take("for") {
        head.purposes()?
    } else {
        Vec::new()
    };
    head.expect("until")?;
    let until = head.when()?;
    let mut keep = Keep {
        data,
        at,
        purposes,
        until,
        confirm: false,
        instruct: false,
        review_every: None,
        after: None,
    };
    line.clauses(|clause, c| {
        match clause {
            "confirm" => keep.confirm = true,
            "instruct" => keep.instruct = true,
            "review" => {
                c.expect("every")?;
                keep.review_every = Some(c.length()?);
            }
            _ => {
                let event = c.use_event()?;
                c.expect("only")?;
                keep.after = Some(AfterOnly {
                    event,
                    purposes: c.purposes()?,
                });
            }
        }
        Ok(())
    });
    Ok(Sentence::Keep(keep))
}

pub(crate) fn erase_limit(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let data = head.data(&[])?;
    head.expect("from")?;
    let from = head.use_event()?;
    line.needs(
        "instead",
        "write what happens instead: `; instead remove-identity`",
    );
    let mut limit = EraseLimit {
        data,
        from,
        instead: String::new(),
        until: None,
    };
    line.clauses(|_, c| {
        c.choice("what can happen instead", &["remove-identity"])?
            .clone_into(&mut limit.instead);
        if c.take("until") {
            limit.until = Some(c.use_event()?);
        }
        Ok(())
    });
    Ok(Sentence::EraseLimit(limit))
}

/// The stages of making less of what is held.
const STAGES: [&str; 5] = [
    "reduce",
    "redact",
    "remove-identity",
    "delete",
    "generalise",
];

pub(crate) fn minimise(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let action = head.choice("a stage of minimisation", &STAGES)?.to_owned();
    let data = head.data(&[])?;
    let with = if head.take("with") {
        head.data(&[])?
    } else {
        Vec::new()
    };
    let by = if head.take("by") {
        Some(head.when()?)
    } else {
        None
    };
    let mut minimise = Minimise {
        action,
        data,
        with,
        by,
        below: None,
    };
    line.clauses(|_, c| {
        minimise.below = Some(c.int("the smallest crowd")?);
        Ok(())
    });
    Ok(Sentence::Minimise(minimise))
}

/// What can be promised about looking after data.
const PROTECTIONS: [&str; 9] = [
    "sealed",
    "dedicated-store",
    "access",
    "assessment",
    "recipients",
    "review",
    "minimum",
    "not-anonymous",
    "overall",
];

pub(crate) fn protect(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let what = head.choice("a protection", &PROTECTIONS)?.to_owned();
    let mut protect = Protect {
        what,
        of: Vec::new(),
        until: None,
        every: None,
        before: None,
    };
    if head.take("of") {
        protect.of = head.names("what is protected")?;
    }
    if head.take("until") {
        protect.until = Some(head.when()?);
    }
    if head.take("every") {
        protect.every = Some(head.length()?);
    }
    line.clauses(|clause, c| {
        match clause {
            "every" => protect.every = Some(c.length()?),
            _ => protect.before = Some(c.name("what waits for it")?),
        }
        Ok(())
    });
    Ok(Sentence::Protect(protect))
}
