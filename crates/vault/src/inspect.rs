//! Everything that is held opens with its key, and nothing that was erased opens at all: looked at one by one.

use crate::{Error, Examined, Place, Vault, choice, keys, letter, paper};
use jiff::Timestamp;
use std::collections::BTreeSet;

store::statements! {
    HOLDINGS = "select id, sealing from holding where erased_at is null order by id";
    VALUES = "select number, id, holding, item, sealed from held where holding = $1";
    MESSAGES = "select id, sealed from message where holding = $1 and sealed is not null";
    REASONS = "select id, reasons as sealed from choice where holding = $1 and reasons is not null";
    MAILS = "select id, 'mail/' || id || '/sealed' as place, sealed from mail where sealed is not null order by id";
    REQUESTS = "select id, 'request/' || id || '/words' as place, words as sealed from request where words is not null
        union all select id, 'request/' || id || '/reply' as place, reply as sealed from request where reply is not null
        union all select id, 'request/' || id || '/reasons' as place, reasons as sealed from request where reasons is not null";
    COMPLAINTS = "select id, 'complaint/' || id || '/words' as place, words as sealed from complaint where words is not null
        union all select id, 'complaint/' || id || '/reply' as place, reply as sealed from complaint where reply is not null";
    /// Long ones, and so one at a time.
    PAPERS = "select id from paper where sealed is not null order by id";
    PAPER = "select sealed from paper where id = $1 and sealed is not null";
    ANSWERS = "select 'srv_' || replace(project, '#', '') || '_' || survey as id, 'answer/' || id || '/sealed' as place, sealed
        from answer order by place";
}

/// What a look at everything that is held found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// People whose data are held.
    pub people: u64,
    /// Values, messages and reasons that opened.
    pub values: u64,
    /// Mails, requests, complaints, answers and papers that opened, each under a key of its own.
    pub letters: u64,
    /// Recordings and other files that opened to their last byte.
    pub recordings: u64,
    /// The same file by file, with what was damaged, missing or given up.
    pub files: Examined,
    /// Keys that opened.
    pub keys: u64,
    /// Erasures the ledger lists, none of which can be read.
    pub erased: u64,
    /// Pages of the databases in the folder that are as they were written.
    pub pages: u64,
    /// Versions of notices that are word for word as they were published.
    pub notices: u64,
    /// Days by which something falls due.
    pub days: u64,
    /// What could not be looked at, in sentences.
    pub remarks: Vec<String>,
    /// What is wrong, in sentences with ids and nothing personal; at most a hundred.
    pub faults: Vec<String>,
}

impl Inspection {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn sound(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, sentence: impl Into<String>) {
        if self.faults.len() < 100 {
            self.faults.push(sentence.into());
        }
    }

    /// Counts what opened, and lists what did not.
    fn count(&mut self, opened: Result<(), Error>, what: impl FnOnce(&mut Self) -> &mut u64) {
        match opened {
            Ok(()) => *what(self) += 1,
            Err(error) => self.fault(error.to_string()),
        }
    }
}

impl Vault {
    /// Opens every value, message, reason, recording and key there is, and keeps none of it; and asks after everybody the ledger
    /// lists as erased. What is found wrong is in the answer.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn inspect(&self, at: Timestamp) -> Result<Inspection, Error> {
        let mut seen = Inspection::default();
        self.keys.forget()?;
        if let Err(error) = self.finish(at) {
            seen.fault(error.to_string());
        }
        self.inspect_disk(&mut seen)?;
        let holdings = self.store.look(|rd| {
            rd.rows(HOLDINGS, &[])?
                .iter()
                .map(|row| Ok((row.text("id")?, row.text("sealing")?)))
                .collect::<Result<Vec<_>, Error>>()
        })?;
        for (holding, sealing) in &holdings {
            seen.people += 1;
            self.inspect_person(holding, sealing, &mut seen)?;
        }
        let files = self.examine(at)?;
        seen.recordings = files.files;
        for id in &files.damaged {
            seen.fault(format!("the recording `{id}` was changed or cut"));
        }
        for id in &files.missing {
            seen.fault(format!("the recording `{id}` or its key is missing"));
        }
        seen.files = files;
        for sql in [MAILS, REQUESTS, COMPLAINTS, ANSWERS] {
            let rows = self.store.look(|rd| rd.rows(sql, &[]));
            for row in rows.map_err(Error::Store)? {
                let opened = self.keys.get(&row.text("id")?);
                let opened =
                    opened.and_then(|key| key.open(&row.text("place")?, &row.bytes("sealed")?));
                seen.count(opened.map(drop), |seen| &mut seen.letters);
            }
        }
        self.inspect_papers(&mut seen)?;
        let all = self.keys.all()?;
        for id in &all {
            seen.count(self.keys.opens(id), |seen| &mut seen.keys);
        }
        let strays = self.keys.strays()?;
        if strays > 0 {
            seen.fault(format!("`{strays}` wrapped keys belong to nothing"));
        }
        let all: BTreeSet<_> = all.into_iter().collect();
        let noted = self.ledger.noted();
        // Somebody may be erased just now, who is then still on their way.
        let open = self.unfinished()?;
        for (kind, said) in noted {
            let thing = said.split(' ').next().unwrap_or_default();
            if open.iter().any(|one| one.thing == thing) {
                continue;
            }
            let left = match kind.as_str() {
                "holding" => {
                    let left = self.ask_again(thing)?;
                    left.iter().any(|left| !left.shared)
                }
                "blob" => all.contains(thing) || self.shelf.length(thing)?.is_some(),
                "items" => !self.ask_keys_upto(thing)?.is_empty(),
                _ => all.contains(thing),
            };
            if left {
                seen.fault(format!("`{thing}` was erased and something of it is there"));
            } else {
                seen.erased += 1;
            }
        }
        Ok(seen)
    }

    /// The databases page by page, and what is in them in the clear.
    fn inspect_disk(&self, seen: &mut Inspection) -> Result<(), Error> {
        self.aside()?.into_iter().for_each(|said| seen.fault(said));
        for disk in [self.store.examine()?, self.keys.examine()?] {
            seen.pages += disk.pages;
            disk.faults.into_iter().for_each(|fault| seen.fault(fault));
            seen.remarks.extend(disk.remarks);
        }
        let clear = self.store.read_over()?;
        (seen.notices, seen.days) = (clear.notices, clear.days);
        clear.faults.into_iter().for_each(|fault| seen.fault(fault));
        Ok(())
    }

    fn inspect_papers(&self, seen: &mut Inspection) -> Result<(), Error> {
        let all = self.store.look(|rd| rd.rows(PAPERS, &[]));
        for row in all.map_err(Error::Store)? {
            let id = row.text("id")?;
            // One that was erased meanwhile is no fault.
            let Some(row) = self.store.ask(PAPER, &[id.as_str().into()])? else {
                continue;
            };
            let sealed = row.bytes("sealed")?;
            let opened = self.keys.get(&id);
            let opened = opened.and_then(|key| key.open(&paper::place(&id), &sealed));
            seen.count(opened.map(drop), |seen| &mut seen.letters);
        }
        Ok(())
    }

    fn inspect_person(
        &self,
        holding: &str,
        sealing: &str,
        seen: &mut Inspection,
    ) -> Result<(), Error> {
        let key = match self.keys.get(sealing) {
            Ok(key) => key,
            Err(error) => {
                seen.fault(error.to_string());
                return Ok(());
            }
        };
        let going = |key: &str| keys::person(key) == holding;
        if self
            .keys
            .generations(holding)?
            .iter()
            .any(|id| keys::generation(id) < keys::generation(sealing))
            && !self.unfinished()?.iter().any(|one| going(&one.thing))
        {
            seen.fault(format!("`{holding}` has an old key that should be gone"));
        }
        let mut places = Vec::new();
        self.store.look(|rd| {
            for row in rd.rows(VALUES, &[holding.into()])? {
                let place = Place::of(&row)?.sealed_in(&row.text("item")?);
                places.push((place, row.bytes("sealed")?));
            }
            for row in rd.rows(MESSAGES, &[holding.into()])? {
                places.push((letter::place(&row.text("id")?), row.bytes("sealed")?));
            }
            for row in rd.rows(REASONS, &[holding.into()])? {
                places.push((choice::place(&row.text("id")?), row.bytes("sealed")?));
            }
            Ok::<_, Error>(())
        })?;
        for (place, sealed) in places {
            seen.count(key.open(&place, &sealed).map(drop), |seen| &mut seen.values);
        }
        Ok(())
    }
}
