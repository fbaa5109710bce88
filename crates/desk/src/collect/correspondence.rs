//! What a person writes to us of their own will is kept with where it came from, and only if the notice lists it.

use super::{Answers, From, add};
use crate::stop::Outcome;
use crate::visit::Visit;
use crate::{Desk, protecting, uses};
use store::{Actor, Verb};

/// Logs what a person wrote, item by item: `quotation` with their words.
///
/// # Errors
/// Refused for an item that the notice does not take by correspondence.
pub fn log(desk: &Desk, visit: &Visit, holding: &str, answers: &Answers) -> Outcome<()> {
    let act = visit
        .act(Verb::Collect)
        .about(holding)
        .detail("way", "correspondence");
    desk.act(&act, |tx| {
        uses::theirs(visit, holding, "logging what a person wrote")?;
        let published = desk.judged_by(&tx.holding(holding)?)?;
        if matches!(visit.who, Actor::Staff(_)) {
            protecting::access::open(tx, visit, holding, &published.notice)?;
        }
        add(
            desk,
            tx,
            visit,
            holding,
            From::person("correspondence"),
            answers,
        )
    })
}
