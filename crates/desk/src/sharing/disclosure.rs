//! What the law compels us to hand over goes to whom the notice names, after who has to sign has signed, and no more than was asked.
//!
//! UK GDPR Articles 6(1)(c) and 23; the notice's own `disclose`.

use crate::sharing::share::{Parcel, gave};
use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Asking, Desk};
use notice::model::{Disclose, Rule};
use policy::{Deed, State};
use serde_json::{Map, json};
use store::Verb;

/// What is demanded, by whom and under what.
#[derive(Clone, Copy, Debug)]
pub struct Demand<'a> {
    /// The kind of authority: `law-enforcement`.
    pub to: &'a str,
    /// Only the items asked for.
    pub items: &'a [&'a str],
    /// The order, warrant or statute, in words. It is sealed.
    pub instrument: Option<&'a str>,
    /// Somebody is at risk of serious harm.
    pub risk_of_harm: bool,
}

/// Hands over what an instrument compels, or what keeps somebody from serious harm, about one person.
///
/// # Errors
/// Refused for a kind of recipient the notice does not name, without an order, and before who has to sign has signed.
pub fn disclose(desk: &Desk, visit: &Visit, holding: &str, demand: &Demand<'_>) -> Outcome<Parcel> {
    let act = visit
        .act(Verb::Share)
        .about(holding)
        .detail("authority", demand.to);
    desk.act(&act, |tx| {
        visit.only_project_staff("disclosing data")?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        tx.project(&whose.project);
        tx.notice(&published.label());
        let instrument = demand.instrument.map(str::trim).filter(|i| !i.is_empty());
        let all: Vec<(&Rule, &Disclose)> = published.notice.discloses().collect();
        let named: Vec<_> = all
            .iter()
            .filter(|(_, d)| speaks_of(d, demand.to))
            .collect();
        if named.is_empty() {
            let refused = Refused::new(format!(
                "this notice lets nothing be disclosed to `{}`",
                demand.to
            ))
            .law(
                "UK GDPR Art 5(1)(b)",
                "data go to nobody whom people were not told of",
            )
            .help("nothing is handed over; the data protection officer answers");
            return Err(all
                .iter()
                .fold(refused, |refused, (rule, _)| refused.clause(rule))
                .into());
        }
        let ground = |d: &Disclose| {
            if d.when == "required-by-law" {
                instrument.is_some()
            } else {
                demand.risk_of_harm
            }
        };
        let Some((rule, clause)) = named.iter().find(|(_, d)| ground(d)) else {
            let refused = Refused::new(
                "no order, warrant or statute is on file that compels this disclosure",
            )
            .help("ask for the order in writing, and put its words on file");
            return Err(named
                .iter()
                .fold(refused, |refused, (rule, _)| refused.clause(rule))
                .into());
        };
        let role = visit.role.map_or("", |r| r.word());
        if let Some(approval) = clause.approval.as_ref().filter(|a| a.as_str() != role) {
            let title = crate::Role::from_word(approval).map_or(approval.as_str(), |r| r.title());
            return Err(
                Refused::new(format!("the {title} has to approve this disclosure"))
                    .clause(rule)
                    .into(),
            );
        }
        if demand.items.is_empty() {
            return Err(Refused::new("the order has to say which data it asks for")
                .clause(rule)
                .law(
                    "UK GDPR Art 5(1)(c)",
                    "no more is handed over than is asked for",
                )
                .into());
        }
        let mut asking = Asking::new(Deed::Share)
            .items(demand.items.iter().copied())
            .state(State::Approved);
        asking.class = Some(demand.to);
        if instrument.is_some() {
            asking = asking.state(State::InstrumentOnFile);
        }
        if demand.risk_of_harm {
            asking = asking.state(State::RiskOfHarm);
        }
        let permit = desk.ask(tx, visit, holding, &asking)?;
        tx.cite(rule.id.as_str());
        let (mut values, mut given) = (Map::new(), Vec::new());
        for item in permit.items().into_iter().flatten() {
            if let Some(held) = tx.get(&permit, holding, item)? {
                values.insert(item.clone(), json!(held.plain.text()));
                given.push(item.as_str());
            }
        }
        let id = gave(
            tx,
            holding,
            demand.to,
            &given,
            "",
            &permit,
            clause.approval.as_ref().map(|_| role),
        )?;
        if let Some(words) = instrument {
            // The order may name people: the log proves that it was on file, and only a key opens it.
            let sealed = tx.seal(&id, &format!("share/{id}/instrument"), words.as_bytes())?;
            tx.sealed(sealed);
        }
        Ok(Parcel {
            json: json!({ "parcel": id, "data": values }).to_string(),
            id,
        })
    })
}

/// Whether a clause speaks of this kind of authority; `authority` speaks of every public kind.
fn speaks_of(disclose: &Disclose, to: &str) -> bool {
    let every = ["law-enforcement", "regulator", "public-authority", "court"].contains(&to);
    disclose
        .to
        .iter()
        .any(|t| t == to || every && (t == "authority" || t == "authorities"))
}
