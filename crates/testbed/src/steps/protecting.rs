//! Assessments, reviews, and how data are looked after.

use super::{Said, Sentence, reasons, so};
use desk::Asking;
use desk::protecting::assessments;
use policy::{Deed, State};
use store::Verb;

pub(super) const SENTENCES: &[Sentence] = &[
    ("{staff} assesses project {project}", |w, h| {
        assessments::assess(
            &w.desk,
            &w.staff(h.get("staff"))?,
            h.get("project"),
            "risks are low and looked after",
        )?;
        Ok(Said::new())
    }),
    ("{staff} reviews the measures of {project}", |w, h| {
        assessments::review(
            &w.desk,
            &w.staff(h.get("staff"))?,
            h.get("project"),
            "the measures work",
        )?;
        Ok(Said::new())
    }),
    ("the machine screens {person} out", |w, h| {
        let (visit, holding) = (w.machine("screening"), w.holding(h.get("person"))?);
        let act = visit.act(Verb::Decide).about(&holding);
        let asking = Asking::new(Deed::Decide).state(State::Automated);
        let permit = w
            .desk
            .act(&act, |tx| w.desk.ask(tx, &visit, &holding, &asking))?;
        Ok(reasons(permit.because()))
    }),
    (
        "expect {one} and {other} to be sealed under different keys",
        |w, h| {
            let (one, other) = (w.sealing(h.get("one"))?, w.sealing(h.get("other"))?);
            so(
                one != other && !one.is_empty() && !other.is_empty(),
                "one key opens both",
                "a key for each, in the store of their own project",
            )
        },
    ),
];
