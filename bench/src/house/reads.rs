//! What a house answers without changing anything: what is known of values, what is read of everybody, what is gone.

use super::{House, Stop, TODAY, VALUE, day, number, sourced};
use crate::{
    notice::{self, PROJECT, item, milestone, purpose, purpose_of},
    world::{Answer, Fate, mark},
};
use policy::{Deed, Question, statutory};
use store::{Actor, Filter, Verb};
use vault::{ChoiceKind, Sought};

const PLANNED: &str =
    "select planned_on from plan where project = $1 and event = $2 order by at desc limit 1";
const VALUES: &str = "select item, source, keep_until from held where holding = $1 order by item";
const COUNT: &str = "select count(*) as n from held where holding = $1 and item = $2";

impl House {
    pub(super) fn fates(&self, who: Actor, whose: &str, one: Option<u8>) -> Result<Answer, Stop> {
        let act = self
            .act(Verb::Read, who)
            .about(whose)
            .cite("UK GDPR Art 15(1)");
        self.vault.read(&act, whose, |tx| {
            if let Some(nth) = one {
                let event = milestone(purpose_of(nth));
                tx.ahead(&[
                    (VALUE, &[whose.into(), item(nth).into()]),
                    (PLANNED, &[PROJECT.into(), event.into()]),
                ])?;
            }
            let choices = tx.choices(whose)?;
            let rows = match one {
                Some(nth) => tx.rows(VALUE, &[whose.into(), item(nth).into()])?,
                None => tx.rows(VALUES, &[whose.into()])?,
            };
            let mut fates = Vec::new();
            for row in rows {
                let nth = match one {
                    Some(nth) => nth,
                    None => number(&row.text("item")?),
                };
                let why = purpose(purpose_of(nth));
                let until = match row.maybe_text("keep_until")? {
                    Some(own) => own,
                    None => {
                        let event = milestone(purpose_of(nth));
                        let row = tx.one(PLANNED, &[PROJECT.into(), event.into()])?;
                        row.map(|row| row.text("planned_on"))
                            .transpose()?
                            .unwrap_or_default()
                    }
                };
                fates.push(Fate {
                    item: nth,
                    source: sourced(&row.text("source")?),
                    day: day(&until),
                    objected: choices.iter().any(|c| {
                        c.kind == ChoiceKind::Objected
                            && c.lifted_at.is_none()
                            && (c.scope == "*" || c.scope == why)
                    }),
                });
            }
            if one.is_some() && fates.is_empty() {
                return Err(Stop::Refused);
            }
            Ok(Answer::Fates(fates))
        })
    }

    pub(super) fn many(&self, nth: u8, items: &[String]) -> Result<Answer, Stop> {
        let why = purpose(nth);
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        let sought = Sought {
            notice: "workload",
            items: &items,
            purpose: &why,
        };
        let act = self.act(Verb::Read, Actor::Staff("stf_1".into()));
        let found = self.vault.gather(&act, &sought, |standing| {
            let mut question = Question::new(Deed::Read, TODAY).purpose(&why);
            question.data = items.iter().map(|&item| item.to_owned()).collect();
            let mut question = standing.question(question);
            question.about = None;
            self.book.ask(&question).permit().ok()
        })?;
        let (mut count, mut sum) = (0, 0u64);
        for one in &found.values {
            let user = self.ids_sorted(&one.holding);
            count += 1;
            sum = sum.wrapping_add(mark(user, number(&one.item), one.plain.bytes()));
        }
        Ok(Answer::Many(count, sum))
    }

    /// Which person of the world a holding is.
    fn ids_sorted(&self, holding: &str) -> usize {
        self.index().get(holding).copied().unwrap_or(usize::MAX)
    }

    fn index(&self) -> &std::collections::HashMap<String, usize> {
        static INDEX: std::sync::OnceLock<std::collections::HashMap<String, usize>> =
            std::sync::OnceLock::new();
        INDEX.get_or_init(|| {
            self.ids
                .iter()
                .cloned()
                .enumerate()
                .map(|(n, id)| (id, n))
                .collect()
        })
    }

    pub(super) fn gone(&self, whose: &str, nth: u8) -> Result<Answer, Stop> {
        let act = self
            .act(Verb::Review, Actor::Staff("stf_9".into()))
            .about(whose)
            .cite("UK GDPR Art 58(1)(e)");
        let held = self.vault.read(&act, whose, |tx| {
            let row = tx.one(COUNT, &[whose.into(), item(nth).into()])?;
            Ok::<_, Stop>(
                row.map(|row| row.count("n"))
                    .transpose()?
                    .unwrap_or_default(),
            )
        })?;
        if held > 0 {
            return Ok(Answer::Gone(false));
        }
        // Gone is said only where the log says that it was confirmed.
        let filter = Filter {
            about: whose.to_owned(),
            verb: "confirm".into(),
            ..Filter::default()
        };
        let name = item(nth);
        let said = self.vault.store().entries(&filter)?;
        let confirmed = said.iter().any(|kept| {
            kept.entry
                .detail
                .get("items")
                .is_some_and(|items| items.split(' ').any(|item| item == name))
        });
        Ok(Answer::Gone(confirmed))
    }

    /// Everything that is held, opened in one act: how many values, and the sum of their digests.
    pub fn sum(&self) -> (usize, u64) {
        let act = self
            .act(Verb::Read, Actor::Staff("stf_9".into()))
            .cite("UK GDPR Art 15");
        let all = self.vault.act(&act, |tx| {
            let mut total = (0, 0u64);
            for (user, id) in self.ids.iter().enumerate() {
                let permit = statutory(Deed::Answer, "UK GDPR Art 15", notice::ID, Some(id))
                    .unwrap_or_else(|error| panic!("{error}"));
                for one in tx.get_all(&permit, id)? {
                    let one = mark(user, number(&one.item), one.plain.bytes());
                    total = (total.0 + 1, total.1.wrapping_add(one));
                }
            }
            Ok::<_, Stop>(total)
        });
        all.unwrap_or_else(|stop| panic!("void: {stop:?}"))
    }
}
