//! Verdicts on how data are looked after.

use super::facts::{Facts, Given};
use super::people::overdue;
use super::{Judged, Verdict, record, some};
use crate::protecting::assessments::Standing;
use jiff::SignedDuration;
use notice::model::{Protect, Rule};
use publish::words::phrase::day;

/// How long an entry may wait for the log to be signed.
const UNSIGNED: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn protect(facts: &Facts, rule: &Rule, it: &Protect) -> Judged {
    let of_recipients = it.of.iter().any(|of| of.starts_with("recipient"));
    match it.what.as_str() {
        "recipients" => recipients(facts),
        "assessment" if of_recipients => assessed(facts),
        "assessment" | "review" => measure(facts, rule, &it.what),
        "minimum" => Judged::kept(format!(
            "{} given to somebody, each time only what a sentence of the notice names for the task; {} refused",
            some(
                facts.given.len(),
                "person's data were",
                "people's data were"
            ),
            facts.filed(rule).refused
        )),
        "sealed" => sealed(facts),
        "dedicated-store" => match facts.one_key {
            0 => Judged::kept(format!(
                "{} held here, each sealed under a key of their own",
                some(facts.living().count(), "person is", "people are")
            )),
            n => Judged::broken(format!(
                "{} shared by several people",
                some(n, "key is", "keys are")
            )),
        },
        "access" => access(facts, it),
        "not-anonymous" => Judged::kept(format!(
            "nothing with these data left under the word anonymous; {}",
            record(facts, rule)
        )),
        // The roll-up comes when everything else has its verdict.
        "overall" => Judged::cannot(""),
        other => Judged::cannot(format!(
            "nothing here measures `{other}`; somebody has to attest it"
        )),
    }
}

/// As good as the worst of what is promised beside it.
pub(super) fn overall(others: &[Judged]) -> Judged {
    let count = |verdict: Verdict| others.iter().filter(|j| j.verdict == verdict).count();
    let (kept, due, broken, cannot) = (
        count(Verdict::Kept),
        count(Verdict::Due),
        count(Verdict::Broken),
        count(Verdict::CannotTell),
    );
    let mut said = format!(
        "{kept} of {} kept",
        some(others.len(), "protection is", "protections are")
    );
    for (n, words) in [
        (due, "due"),
        (broken, "broken"),
        (cannot, "beyond what the record can say"),
    ] {
        if n > 0 {
            said.push_str(&format!(", {n} {words}"));
        }
    }
    match (kept, due, broken) {
        (_, _, 1..) => Judged::broken(said),
        (_, 1.., _) => Judged::due(said, others.iter().filter_map(|j| j.due).min()),
        (1.., ..) => Judged::kept(said),
        _ => Judged::cannot(said),
    }
}

fn recipients(facts: &Facts) -> Judged {
    let given: Vec<&Given> = facts.given.iter().collect();
    let unchecked = given.iter().filter(|g| g.reviewed.is_none()).count();
    let late = overdue(&given, facts);
    let all = some(given.len(), "person's data were", "people's data were");
    if unchecked > 0 || late > 0 {
        return Judged::broken(format!(
            "{all} given to somebody, {unchecked} of them before a review; {late} recipients in use are past their review"
        ));
    }
    Judged::kept(format!(
        "{all} given to somebody, always after a review that was in date"
    ))
    .by(given.iter().filter_map(|g| g.review_until).min())
}

fn assessed(facts: &Facts) -> Judged {
    let before = facts.given.iter().filter(|g| !g.assessed).count();
    let all = some(
        facts.given.len(),
        "person's data were",
        "people's data were",
    );
    if before > 0 {
        return Judged::broken(format!(
            "{all} given to somebody, {before} of them before anybody had assessed the recipient"
        ));
    }
    Judged::kept(format!(
        "{all} given to somebody, always after an assessment of the recipient"
    ))
}

fn measure(facts: &Facts, rule: &Rule, what: &str) -> Judged {
    let Some(measure) = facts.measures.iter().find(|m| m.clause == rule.id.as_str()) else {
        return Judged::cannot(format!(
            "nothing here measures this {what}; somebody has to attest it"
        ));
    };
    let last = measure.last.map(|at| day(law::clock::day(at)));
    match (measure.standing, last) {
        (Standing::Done, Some(last)) => {
            Judged::kept(format!("the last one was on {last}")).by(measure.due)
        }
        (Standing::Overdue, Some(last)) => Judged::broken(format!(
            "the last one was on {last}, and the next is overdue"
        ))
        .by(measure.due),
        _ => Judged::cannot(format!(
            "no {what} is on record; if there was one, the data protection officer has to enter it"
        )),
    }
}

/// No value can be stored otherwise than sealed; what can fail is the log, so that is what is looked at.
fn sealed(facts: &Facts) -> Judged {
    let held = facts.fates.len();
    let found = facts.found.as_deref().and_then(|said| said.split_once(' '));
    if let Some((at, "broken")) = found {
        return Judged::broken(format!(
            "the log was found changed when it was looked through at {at}"
        ));
    }
    let (unsigned, since) = facts.unsigned;
    let waiting = since.is_some_and(|since| facts.at.duration_since(since) > UNSIGNED);
    let looked = found.map_or_else(
        || "the log has not been looked through yet".to_owned(),
        |(at, _)| format!("the log was found whole at {at}"),
    );
    let sealed = some(
        held,
        "value or file is held, sealed under the person's key",
        "values and files are held, each sealed under its person's key",
    );
    if let Some(signed) = facts.signed.filter(|_| waiting) {
        return Judged::due(
            format!(
                "{sealed}; {unsigned} entries wait for a signature, the last of which was on {}",
                day(law::clock::day(signed))
            ),
            None,
        );
    }
    Judged::kept(format!("{sealed}; {looked}"))
}

fn access(facts: &Facts, it: &Protect) -> Judged {
    let ended = it
        .until
        .as_ref()
        .and_then(|until| facts.happened(&until.event));
    if facts.overdue_access > 0 {
        return Judged::broken(format!(
            "{} open past its last day",
            some(facts.overdue_access, "access is", "accesses are")
        ));
    }
    match ended {
        Some(on) if on < facts.on => Judged::kept(format!(
            "the study ended on {}; researchers are refused since, and no access is open past its day",
            day(on)
        )),
        _ => Judged::kept("the study has not ended, and no access is open past its day")
            .by(it.until.as_ref().and_then(|u| facts.planned(&u.event))),
    }
}
