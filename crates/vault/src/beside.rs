//! What stands beside a person's values goes with them: each kind of it stands in one list, with how it is taken and asked after.
//!
//! Erasing takes what is listed here, the confirmation counts it and names the stores, and asking again asks each of them. A table
//! about people is one more entry, and one more word in the desk's certificate.

use crate::{Error, Tx, gone::Gone};

store::statements! {
    LOOK_UPS = "delete from look_up where holding = $1";
    ATTENDANCE = "delete from attendance where holding = $1";
    MESSAGES = "update message set sealed = null where holding = $1 and sealed is not null";
    REASONS = "update choice set reasons = null where holding = $1 and reasons is not null";
    MAILS = "select id from mail where holding = $1 and sealed is not null";
    PAPERS = "select id from paper where holding = $1 and sealed is not null";
    JOBS = "update duty set done_at = $2, outcome = 'erased', by_whom = $3 where holding = $1 and done_at is null
        and kind not in ('answer-request', 'remind-vendor', 'vendor-overdue', 'deferred-erasure')";
    NOTIFICATIONS = "delete from notification where holding = $1 and told_at is null";
    TURNS = "update turn set holding = null, place = null where holding = $1";
    SURVEY_ANSWERS = "delete from survey_answer where holding = $1";
    LEFT_LOOK_UPS = "select count(*) as n from look_up where holding = $1";
    LEFT_ATTENDANCE = "select count(*) as n from attendance where holding = $1";
    LEFT_MESSAGES = "select count(*) as n from message where holding = $1 and sealed is not null";
    LEFT_REASONS = "select count(*) as n from choice where holding = $1 and reasons is not null";
    LEFT_MAILS = "select count(*) as n from mail where holding = $1 and sealed is not null";
    LEFT_PAPERS = "select count(*) as n from paper where holding = $1 and sealed is not null";
    LEFT_JOBS = "select count(*) as n from duty where holding = $1 and done_at is null
        and kind not in ('answer-request', 'remind-vendor', 'vendor-overdue', 'deferred-erasure')";
    LEFT_NOTIFICATIONS = "select count(*) as n from notification where holding = $1 and told_at is null";
    LEFT_TURNS = "select count(*) as n from turn where holding = $1";
    LEFT_SURVEY_ANSWERS = "select count(*) as n from survey_answer where holding = $1";
    SURVEY_ANSWERS_OF_ITEM = "delete from survey_answer where holding = $1 and item = $2";
}

/// One kind of thing that goes with a person. In each statement `$1` is the holding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside {
    /// What the store is called when it is asked again.
    pub(crate) store: &'static str,
    /// What the confirmation counts it as.
    kind: &'static str,
    take: Take,
    /// How many are left.
    pub(crate) left: &'static str,
    /// What of it goes with an item, `$2`, when only that is erased.
    of_item: Option<&'static str>,
}

/// How a kind of thing is taken.
#[derive(Clone, Copy, Debug)]
enum Take {
    /// Its rows go, or what in them says something.
    Rows(&'static str),
    /// Its rows are closed: `$2` is the moment, `$3` by whom.
    Closed(&'static str),
    /// Each lies under a key of its own, which goes: the ids of those that are left.
    Keys(&'static str),
}

/// Everything that goes with a person but values, files and their own key, in the order in which it is asked after.
pub(crate) const BESIDE: &[Beside] = &[
    Beside {
        store: "look-up marks",
        kind: "look-up-mark",
        take: Take::Rows(LOOK_UPS),
        left: LEFT_LOOK_UPS,
        of_item: None,
    },
    Beside {
        store: "attendance",
        kind: "attendance",
        take: Take::Rows(ATTENDANCE),
        left: LEFT_ATTENDANCE,
        of_item: None,
    },
    Beside {
        store: "messages",
        kind: "message",
        take: Take::Rows(MESSAGES),
        left: LEFT_MESSAGES,
        of_item: None,
    },
    Beside {
        store: "reasons",
        kind: "reason",
        take: Take::Rows(REASONS),
        left: LEFT_REASONS,
        of_item: None,
    },
    Beside {
        store: "mail",
        kind: "mail",
        take: Take::Keys(MAILS),
        left: LEFT_MAILS,
        of_item: None,
    },
    Beside {
        store: "papers",
        kind: "paper",
        take: Take::Keys(PAPERS),
        left: LEFT_PAPERS,
        of_item: None,
    },
    Beside {
        store: "jobs",
        kind: "job",
        take: Take::Closed(JOBS),
        left: LEFT_JOBS,
        of_item: None,
    },
    Beside {
        store: "notifications",
        kind: "notification",
        take: Take::Rows(NOTIFICATIONS),
        left: LEFT_NOTIFICATIONS,
        of_item: None,
    },
    Beside {
        store: "turns",
        kind: "turn",
        take: Take::Rows(TURNS),
        left: LEFT_TURNS,
        of_item: None,
    },
    Beside {
        store: "survey answers",
        kind: "survey-answer",
        take: Take::Rows(SURVEY_ANSWERS),
        left: LEFT_SURVEY_ANSWERS,
        of_item: Some(SURVEY_ANSWERS_OF_ITEM),
    },
];

/// Every place that is asked what it still holds of somebody.
pub fn stores() -> impl Iterator<Item = &'static str> {
    let beside = BESIDE.iter().map(|one| one.store);
    ["values"]
        .into_iter()
        .chain(beside)
        .chain(["recordings", "keys"])
}

impl Tx<'_, '_> {
    /// Takes what stands beside a person's values, and counts it.
    pub(crate) fn take_beside(&mut self, holding: &str, gone: &mut Gone) -> Result<(), Error> {
        for one in BESIDE {
            let count = match one.take {
                Take::Rows(sql) => self.run_for(holding, sql, &[holding.into()])?,
                Take::Closed(sql) => {
                    let (at, who) = (self.at(), self.who().to_string());
                    self.run_for(holding, sql, &[holding.into(), at.into(), who.into()])?
                }
                Take::Keys(sql) => {
                    let rows = self.rows(sql, &[holding.into()])?;
                    for row in &rows {
                        self.drop_key(&row.text("id")?)?;
                    }
                    rows.len() as u64
                }
            };
            gone.add(one.kind, count);
        }
        Ok(())
    }

    /// Takes what stands beside the values of one item of a person.
    pub(crate) fn take_of_item(&mut self, holding: &str, item: &str) -> Result<(), Error> {
        for sql in BESIDE.iter().filter_map(|one| one.of_item) {
            self.run_for(holding, sql, &[holding.into(), item.into()])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NewHolding, Remains, RootKey, Vault, seal};
    use jiff::Timestamp;
    use policy::{Deed, SourceKind, statutory};
    use std::sync::Arc;
    use store::{Act, Actor, Filter, Options, Verb};

    /// A row of each kind, as its table has it; a new entry needs one here.
    fn row_of(kind: &str) -> &'static str {
        match kind {
            "look-up-mark" => "insert into look_up (token, kind, holding) values ('t', 'email', $1)",
            "attendance" => "insert into attendance (meeting, holding, state) values ('met_1', $1, 'came')",
            "message" => {
                "insert into message (id, project, holding, kind, purpose, clause, sealed, made_at, by_whom)
                values ('msg_1', '#1', $1, 'reply', '', 'c', x'00', 0, 'public')"
            }
            "reason" => {
                "insert into choice (id, holding, project, kind, scope, answer, at, by_whom, how, reasons)
                values ('cho_1', $1, '#1', 'objected', '*', 'yes', 0, 'public', 'link', x'00')"
            }
            "mail" => {
                "insert into mail (id, received_at, sealed, state, holding) values ('mai_1', 0, x'00', 'new', $1)"
            }
            "paper" => {
                "insert into paper (id, kind, project, holding, media, size, sealed, made_at, by_whom)
                values ('pap_1', 'draft', '#1', $1, 'text/plain', 1, x'00', 0, 'public')"
            }
            "job" => {
                "insert into duty (id, project, kind, clause, holding, mark, raised_at)
                values ('dut_1', '#1', 'tell-person', 'c', $1, 'm', 0)"
            }
            "notification" => {
                "insert into notification (id, notice, version, holding, why, due) values ('not_1', 'n', 2, $1, 'new', '2026-01-01')"
            }
            "turn" => "insert into turn (id, transcript, number, holding, place) values ('tur_1', 'trn_1', 0, $1, 1)",
            "survey-answer" => {
                "insert into survey_answer (id, survey, response, holding, question, item, value, answered_on)
                values ('sva_1', 'sur_1', 'rsp_1', $1, 'q1', 'words', 'val_1', '2026-01-01')"
            }
            other => panic!("say how a row of `{other}` is made"),
        }
    }

    #[test]
    fn each_of_them_is_taken_counted_and_asked_after() {
        let root = RootKey::from_bytes([7; 32]);
        let vault = Vault::in_memory(&root, Options::new(Arc::new(seal::System))).unwrap();
        let at = Timestamp::UNIX_EPOCH;
        let act =
            |verb| Act::new(at, Actor::System("test".to_owned()), verb).cite("UK GDPR Art 5(1)(e)");
        let store = statutory(Deed::Store, "UK GDPR Art 14", "n@1", None).unwrap();
        let holding = vault
            .act(&act(Verb::Collect), |tx| {
                let id = tx.open_holding(
                    &store,
                    &NewHolding {
                        project: "#1",
                        notice: "n",
                        version: 1,
                        audience: "adult",
                        tags: &[],
                        stage: "signed-up",
                        source_kind: SourceKind::Primary,
                        source: "person",
                        told_due: None,
                        told: None,
                    },
                )?;
                for around in [
                    "insert into meeting (id, project, kind, channel, held_on, state, by_whom) values ('met_1', '#1', 'interview', 'phone', '2026-01-01', 'held', 'public')",
                    "insert into transcript (id, project, meeting, item, made_at, by_whom) values ('trn_1', '#1', 'met_1', 'words', 0, 'public')",
                ] {
                    tx.run(around, &[])?;
                }
                for one in BESIDE {
                    tx.run(row_of(one.kind), &[id.as_str().into()])?;
                }
                Ok::<_, Error>(id)
            })
            .unwrap();
        let left = vault.ask_again(&holding).unwrap();
        let asked: Vec<&str> = left.iter().map(|left| left.store).collect();
        let mut all: Vec<&str> = BESIDE.iter().map(|one| one.store).collect();
        all.push("keys");
        assert_eq!(asked, all);
        assert!(left.iter().all(|left| left.count == 1 && !left.shared));

        let permit = statutory(Deed::Erase, "UK GDPR Art 17(1)(b)", "n@1", Some(&holding)).unwrap();
        vault
            .act(&act(Verb::Erase), |tx| tx.erase_holding(&permit, &holding))
            .unwrap();
        assert_eq!(vault.ask_again(&holding).unwrap(), Vec::<Remains>::new());
        let confirmed = Filter {
            about: holding,
            verb: Verb::Confirm.word().to_owned(),
            ..Filter::default()
        };
        let said = vault.store().entries(&confirmed).unwrap();
        let detail = &said[0].entry.detail;
        for one in BESIDE {
            assert_eq!(detail[&format!("gone.{}", one.kind)], "1");
        }
        let stores: Vec<&str> = stores().collect();
        assert_eq!(detail["asked-again"], stores.join(", "));
    }
}
