//! Whoever is erased can be told what went: how much of each kind, counted in the act that took it, and no word of what it said.

use crate::{Error, Kind, Tx, beside::stores, finish::Unfinished};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::{Act, Actor, Verb};

store::statements! {
    MARKED = "select distinct kind from look_up where holding = $1 and kind <> 'name'";
    ITEMS = "select distinct item from held where holding = $1 order by item";
    OF_ITEM = "select * from held where holding = $1 and item = $2";
    FILES = "select kind, count(*) as n from blob where holding = $1 and erased_at is null group by kind order by kind";
    CHOICES = "select count(*) as n from choice where holding = $1";
    AGREEMENTS = "select count(*) as n from agreement where holding = $1";
    SHARES = "select count(*) as n from share where holding = $1";
    REQUESTS = "select count(*) as n from request where holding = $1 and (words is not null or reply is not null or reasons is not null)";
    COMPLAINTS = "select count(*) as n from complaint where holding = $1 and (words is not null or reply is not null)";
    NOTICE = "select notice, version_told from holding where id = $1";
    LETTERS = "select count(*) as n from last_letter l join request r on r.id = l.request where r.holding = $1 and l.sealed is not null";
    /// What else is held of somebody of whom only some went.
    REST = "select v.item, count(*) as n from held v join holding h on h.id = v.holding where v.holding = $1 and h.erased_at is null group by v.item order by v.item";
}

/// How much of each kind: `value.email`, `file.recording`, `look-up-mark`. Kinds are the notice's words or ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gone(BTreeMap<String, u64>);

impl Gone {
    /// Counts some more of a kind; none of it is not listed.
    pub(crate) fn add(&mut self, kind: &str, count: u64) {
        if count > 0 {
            *self.0.entry(sayable(kind)).or_default() += count;
        }
    }

    /// As a row keeps it: one kind a line.
    pub(crate) fn text(&self) -> String {
        let lines: Vec<_> = self
            .0
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        lines.join("\n")
    }

    /// Reads it back; what is no count is passed over.
    pub(crate) fn read(text: &str) -> Self {
        let mut gone = Self::default();
        for line in text.lines() {
            if let Some((kind, count)) = line.split_once(' ')
                && let Ok(count) = count.parse()
            {
                gone.add(kind, count);
            }
        }
        gone
    }

    /// Each kind with its count.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(kind, count)| (kind.as_str(), *count))
    }
}

/// As a key of an evidence entry's facts may be written.
fn sayable(kind: &str) -> String {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    kind.chars()
        .map(|c| if fits(c) { c } else { '-' })
        .collect()
}

impl Tx<'_, '_> {
    /// Files by kind, before they go; and whether a mark stays that keeps us from approaching them again. Values are counted when
    /// their rows go.
    pub(crate) fn count_before(&self, holding: &str, project: &str) -> Result<Gone, Error> {
        let mut gone = Gone::default();
        let marked = self.rows(MARKED, &[holding.into()])?;
        let marked: Vec<_> = marked
            .iter()
            .map(|row| row.text("kind"))
            .collect::<Result<_, _>>()?;
        let items = match marked.is_empty() {
            true => Vec::new(),
            false => self.rows(ITEMS, &[holding.into()])?,
        };
        for row in items {
            let item = row.text("item")?;
            let kind = Kind::of_item(&item);
            if let Some(kind) = kind.filter(|kind| marked.iter().any(|word| word == kind.word())) {
                gone.add(
                    KEPT_MARK,
                    self.suppressed_among(holding, &item, kind, project)?,
                );
            }
        }
        for row in self.rows(FILES, &[holding.into()])? {
            gone.add(&format!("file.{}", row.text("kind")?), row.count("n")?);
        }
        Ok(gone)
    }

    /// How many of an item's values must not be approached again. After a restore the key may be gone before the rows; then nobody
    /// can say any more.
    fn suppressed_among(
        &self,
        holding: &str,
        item: &str,
        kind: Kind,
        project: &str,
    ) -> Result<u64, Error> {
        let sealing = self.holding(holding)?.sealing;
        match self.key(&sealing) {
            Err(Error::Gone { .. }) => return Ok(0),
            other => drop(other?),
        }
        let mut marks = 0;
        for row in self.rows(OF_ITEM, &[holding.into(), item.into()])? {
            let value = self.opened(&row, &sealing)?.plain;
            marks += u64::from(self.is_suppressed(kind, &value.text(), project)?);
        }
        Ok(marks)
    }
}

/// What stays although it was counted with what went.
const KEPT_MARK: &str = "kept.suppression-mark";

impl crate::Vault {
    /// What stays of somebody of whom something was erased, and why it may is for the desk to say: kinds and counts.
    pub(crate) fn kept(&self, holding: &str) -> Result<Gone, Error> {
        let mut kept = Gone::default();
        self.store.look(|rd| {
            for (kind, sql) in [
                ("kept.choice", CHOICES),
                ("kept.agreement", AGREEMENTS),
                ("kept.share", SHARES),
                ("kept.request", REQUESTS),
                ("kept.complaint", COMPLAINTS),
                ("kept.address-of-the-answer", LETTERS),
            ] {
                let row = rd.one(sql, &[holding.into()])?;
                kept.add(kind, row.map_or(Ok(0), |row| row.count("n"))?);
            }
            for row in rd.rows(REST, &[holding.into()])? {
                let item = row.text("item")?;
                kept.add(&format!("kept.value.{item}"), row.count("n")?);
            }
            Ok(kept)
        })
    }

    /// The entry that says nothing is left, filed under what the erasure was done by. It says what went and what stays, in kinds
    /// and counts, so that it is a certificate by itself.
    pub(crate) fn confirmation(
        &self,
        one: &Unfinished,
        shared: u64,
        at: Timestamp,
    ) -> Result<Act, Error> {
        let about = match one.kind.as_str() {
            "items" => one.thing.split('.').next().unwrap_or_default(),
            _ => &one.thing,
        };
        let mut act = Act::new(at, Actor::System("erasure".to_owned()), Verb::Confirm)
            .cites(one.why.split('\n'))
            .project(one.project.as_str())
            .about(about)
            .detail("erased", one.kind.as_str());
        for (kind, count) in one.gone.iter() {
            act = act.detail(said(kind), count.to_string());
        }
        if ["holding", "items"].contains(&one.kind.as_str()) {
            act = act
                .notice(self.judged_by(about)?)
                .detail("begun", one.begun_at.to_string());
            for (kind, count) in self.kept(about)?.iter() {
                act = act.detail(kind, count.to_string());
            }
        }
        if one.kind == "holding" {
            let asked: Vec<&str> = stores().collect();
            act = act.detail("asked-again", asked.join(", "));
        }
        Ok(match (one.what.as_str(), shared) {
            ("", 0) => act,
            ("", shared) => act.detail("shared-recordings", shared.to_string()),
            (items, _) => act.detail("items", items),
        })
    }

    /// The notice version whose clauses a person's erasure cites.
    fn judged_by(&self, holding: &str) -> Result<String, Error> {
        self.store.look(|rd| {
            let Some(row) = rd.one(NOTICE, &[holding.into()])? else {
                return Ok(String::new());
            };
            let (name, version) = (row.text("notice")?, row.int("version_told")?);
            Ok(format!("{name}@{version}"))
        })
    }
}

/// How an entry's facts name what went, and what stays.
fn said(kind: &str) -> String {
    if kind.starts_with("kept.") {
        kind.to_owned()
    } else {
        format!("gone.{kind}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_read_back_and_can_be_said() {
        let mut gone = Gone::default();
        gone.add("value.email", 2);
        gone.add("value.Job title+", 1);
        gone.add("file.recording", 0);
        assert_eq!(gone.text(), "value.-ob-title- 1\nvalue.email 2");
        assert_eq!(Gone::read(&gone.text()), gone);
        assert_eq!(Gone::read("x\ny z\n"), Gone::default());
    }
}
