//! Sentences about data themselves: what we hold, where from, why, who sees it, and how long.

use super::phrase::{
    aim, capital, data, day, event, every, length, list, listed, names, number, officer, party,
    plain, purposes, when,
};
use law::transfer::Safeguard;
use notice::model::{
    Collect, DataGroup, Disclose, EraseLimit, Keep, Minimise, Never, Notice, Purpose, Receive,
    Release, Share, Transfer,
};

pub(super) fn group(g: &DataGroup) -> String {
    let mut said = format!(
        "Under “{}” we hold: {}.",
        plain(&g.name),
        names(&g.items, "and")
    );
    if !g.may_include.is_empty() {
        said += &format!(" It may also touch on {}.", names(&g.may_include, "or"));
    }
    if g.volunteered_only {
        said += " Only if you offer it: no question may demand it.";
    }
    if g.sensitive {
        said += " We take extra care of it.";
    }
    said
}

pub(super) fn collect(n: &Notice, c: &Collect) -> String {
    let mut said = format!("We collect {} from you", listed(n, &c.data));
    if !c.by.is_empty() {
        said += &format!(", by {}", names(&c.by, "or"));
    }
    said + "."
}

pub(super) fn receive(n: &Notice, r: &Receive) -> String {
    let mut said = format!(
        "We may receive {} from your {}.",
        listed(n, &r.data),
        names(&r.from, "or")
    );
    match (r.notify_within, r.at_first_contact) {
        (Some(within), true) => {
            said += &format!(
                " We tell you within {}, or when we first get in touch if that is sooner.",
                length(within)
            );
        }
        (Some(within), false) => said += &format!(" We tell you within {}.", length(within)),
        (None, true) => said += " We tell you when we first get in touch.",
        (None, false) => {}
    }
    said
}

pub(super) fn purpose(n: &Notice, p: &Purpose) -> String {
    let mut said = format!("We use {} {}.", data(n, &p.uses), aim(&p.words));
    if let Some(basis) = p.basis {
        said += &format!(
            " Our ground in law is {} (Article {}).",
            basis.name(),
            basis.point()
        );
    }
    if let Some(interest) = &p.interest {
        said += &format!(" The interest is {}.", interest.trim_end_matches('.'));
    }
    if let Some(law) = &p.law {
        said += &format!(" The law that says so is {}.", law.trim_end_matches('.'));
    }
    if let Some(condition) = p.condition {
        said += &format!(" For sensitive data the condition is {}.", condition.name());
    }
    if let Some(condition) = p.offence_condition {
        said += &format!(
            " For data about crimes the condition is {}.",
            condition.name()
        );
    }
    if let Some(assessment) = &p.assessment {
        said += &format!(" We weighed this up and keep the record as {assessment}.");
    }
    if !p.only.is_empty() {
        said += &format!(
            " This is only about people who are: {}.",
            names(&p.only, "or")
        );
    }
    if p.opt_out {
        said += " You can opt out at any time.";
    }
    if p.reason_required {
        said += " Each time we record the reason.";
    }
    said
}

pub(super) fn never(n: &Notice, never: &Never) -> String {
    let what = if never.of.is_empty() {
        "your data".to_owned()
    } else {
        data(n, &never.of)
    };
    let acts: Vec<String> = never
        .what
        .iter()
        .enumerate()
        .map(|(i, word)| {
            let it = if i == 0 { what.as_str() } else { "it" };
            match word.as_str() {
                "marketing" => format!("use {it} for marketing"),
                "sale" => format!("sell {it}"),
                "automated-decisions" if never.of.is_empty() => {
                    "let a machine alone decide about you".to_owned()
                }
                "automated-decisions" => format!("let a machine alone decide about you from {it}"),
                "secondary-collection" => format!("collect {it} from anybody but you"),
                "other-purposes" => format!("use {it} for any other purpose"),
                "other-use" => format!("use {it} in any other way"),
                other => format!("put {it} to this use: {}", plain(other)),
            }
        })
        .collect();
    format!("We never {}.", list(&acts, "or"))
}

pub(super) fn share(n: &Notice, s: &Share) -> String {
    let with = if s.any {
        format!("any {} we have reviewed", plain(&s.with))
    } else {
        party(n, &s.with)
    };
    let mut said = format!("We share {} with {with}", data(n, &s.data));
    match s.role.as_deref() {
        Some("processor") => said += ", who may use it only as we say",
        Some("independent-controller") => said += ", who then answers for it",
        Some("joint-controller") => said += ", who answers for it with us",
        _ => {}
    }
    if !s.purposes.is_empty() {
        said += &format!(", {}", purposes(n, &s.purposes));
    }
    said += ".";
    if s.after_remove_identity {
        said += " Before that we take out what identifies anybody.";
    }
    if let Some(least) = s.suppress_below {
        said += &format!(" We show no count below {}.", number(least));
    }
    if let Some(period) = s.review_every {
        said += &format!(" We review them {}.", every(period));
    }
    said
}

pub(super) fn transfer(t: &Transfer) -> String {
    let home = if t.outside == "GB" {
        "the United Kingdom".to_owned()
    } else {
        t.outside.clone()
    };
    if t.only.is_empty() {
        return format!("Your data never leaves {home}.");
    }
    let ways: Vec<String> = t
        .only
        .iter()
        .map(|w| Safeguard::from_word(w).map_or_else(|| plain(w), |s| s.name().to_owned()))
        .collect();
    let mut said = format!(
        "Your data leaves {home} only under one of these: {}.",
        list(&ways, "or")
    );
    if t.when_necessary {
        said += " We do it only where it is necessary, and record why.";
    }
    if t.contract_required {
        said += " It takes a signed contract.";
    }
    if let Some(copy) = &t.copy {
        said += &format!(
            " How to get a copy of the safeguards: {}.",
            copy.trim_end_matches('.')
        );
    }
    said
}

pub(super) fn disclose(n: &Notice, d: &Disclose) -> String {
    let to: Vec<String> =
        d.to.iter()
            .map(|name| match name.as_str() {
                "authority" | "public-authority" => "a public authority".to_owned(),
                "law-enforcement" => "the police or another law enforcement body".to_owned(),
                other => party(n, other),
            })
            .collect();
    let when = match d.when.as_str() {
        "required-by-law" => "the law requires it".to_owned(),
        "risk-of-serious-harm" => "somebody is at risk of serious harm".to_owned(),
        other => plain(other),
    };
    let mut said = format!("We pass data to {} only when {when}.", list(&to, "or"));
    if let Some(approval) = &d.approval {
        said += &format!(" {} decides on it each time.", capital(&officer(approval)));
    }
    if d.only_to_extent {
        said += " We pass on no more than is needed.";
    }
    said
}

pub(super) fn keep(n: &Notice, k: &Keep) -> String {
    let keeper = match &k.at {
        Some(at) => format!("{} may keep", capital(&party(n, at))),
        None => "We keep".to_owned(),
    };
    let mut said = format!("{keeper} {}", data(n, &k.data));
    if !k.purposes.is_empty() {
        said += &format!(" {}", purposes(n, &k.purposes));
    }
    said += &format!(" until {}.", when(&k.until));
    if k.confirm {
        said += if k.at.is_some() {
            " They must confirm that it is gone."
        } else {
            " We confirm that it is gone."
        };
    }
    if k.instruct {
        said += " That is part of their written instructions.";
    }
    if let Some(period) = k.review_every {
        said += &format!(" We look {} at whether we still need it.", every(period));
    }
    if let Some(after) = &k.after {
        said += &format!(
            " Once {}, we use it only {}.",
            event(&after.event),
            purposes(n, &after.purposes)
        );
    }
    said
}

pub(super) fn erase_limit(n: &Notice, e: &EraseLimit) -> String {
    let mut said = format!(
        "Once {}, we can no longer simply erase {}. {} instead.",
        event(&e.from),
        data(n, &e.data),
        match e.instead.as_str() {
            "remove-identity" => "We take out what identifies you".to_owned(),
            other => format!("We do this: {}", plain(other)),
        }
    );
    if let Some(until) = &e.until {
        said += &format!(
            " When {}, we delete what is left that could show who you are.",
            event(until)
        );
    }
    said
}

pub(super) fn minimise(n: &Notice, m: &Minimise) -> String {
    let what = data(n, &m.data);
    let act = match m.action.as_str() {
        "reduce" => format!("cut {what} down to what is needed"),
        "redact" => format!("black out whatever identifies people in {what}"),
        "remove-identity" => format!("take whatever identifies people out of {what}"),
        "delete" => format!("delete {what}"),
        "generalise" => format!("make {what} less exact"),
        other => format!("{} {what}", plain(other)),
    };
    let mut said = match &m.by {
        Some(by) => match by.plus {
            Some(_) => format!("No later than {}, we {act}", when(by)),
            None => format!("By the time {}, we {act}", when(by)),
        },
        None => format!("We {act}"),
    };
    if !m.with.is_empty() {
        said += &format!(" where it stands beside {}", data(n, &m.with));
    }
    if let Some(least) = m.below {
        said += &format!(", wherever fewer than {} people are alike", number(least));
    }
    said + "."
}

pub(super) fn release(r: &Release) -> String {
    let what = plain(&r.what);
    let mut said = if r.after_remove_identity {
        format!("Before the {what} goes out, we take out what identifies anybody.")
    } else {
        format!("We publish the {what}.")
    };
    if let Some(least) = r.suppress_below {
        said += &format!(" It shows no count below {}.", number(least));
    }
    said
}

pub(super) fn milestone(e: &notice::model::Event) -> String {
    let mut said = capital(&event(&e.name));
    if let Some(other) = &e.is {
        said += &format!(" when {}", event(other));
    }
    match (e.planned, e.was_planned) {
        (Some(now), Some(once)) => {
            said += &format!(", now planned for {} and once for {}", day(now), day(once));
        }
        (Some(now), None) => said += &format!(", planned for {}", day(now)),
        (None, Some(once)) => said += &format!(", once planned for {}", day(once)),
        (None, None) => {}
    }
    said += ".";
    if e.move_needs_reason {
        said += " The day moves only for a recorded reason.";
    }
    said
}
