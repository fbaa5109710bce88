//! A recording that takes hours to send may be interrupted as often as the line likes; half of one is never on the shelf.
//!
//! What arrives is sealed and on the disk before it is acknowledged. Beginning and ending are acts; what lies between
//! belongs to the first. What is given up, or is not whole after [`PATIENCE`], is erased like anything else.

use crate::{Error, Refused, Tx, Vault, blob::Staged, gone::Gone};
use jiff::{SignedDuration, Timestamp};
use policy::{Deed, Permit};
use std::{cell::Cell, io::Read};
use store::{Act, Actor, Row, Verb};

store::statements! {
    BEGIN = "insert into upload (id, project, holding, kind, media, size, notice, begun_at, by_whom, meeting)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    WITH = "insert into upload_person (upload, holding) values ($1, $2) on conflict do nothing";
    ALONE = "delete from upload_person where upload = $1";
    GET = "select * from upload where id = $1";
    OF_PERSON = "select * from upload where holding = $1 or id in (select upload from upload_person where holding = $1)
        order by begun_at, id";
    OF_MEETING = "select * from upload where meeting = $1 order by begun_at, id";
    OLD = "select * from upload where begun_at < $1 order by begun_at, id";
    END = "delete from upload where id = $1";
    STORED = "select size from blob where id = $1 and by_whom = $2 and erased_at is null";
    IDS = "select id from upload";
}

/// How long a recording may take to arrive.
pub const PATIENCE: SignedDuration = SignedDuration::from_hours(48);
/// The largest file that is taken, in bytes: 16 GiB.
pub const LONGEST: u64 = 16 << 30;

/// A recording that is to arrive piece by piece.
#[derive(Clone, Debug)]
pub struct NewUpload<'a> {
    /// The project's reference.
    pub project: &'a str,
    /// Whose it is.
    pub holding: &'a str,
    /// The notice's name for the item.
    pub kind: &'a str,
    /// `audio/mpeg`
    pub media: &'a str,
    /// Bytes it will have.
    pub size: u64,
    /// The notice version it is given under.
    pub notice: &'a str,
}

/// A recording that is arriving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// `blb_` and 32 digits: the file's id, once it is one.
    pub id: String,
    /// The project's reference.
    pub project: String,
    /// Whose it is.
    pub holding: String,
    /// The notice's name for the item.
    pub kind: String,
    /// Its media type.
    pub media: String,
    /// Bytes it will have.
    pub size: u64,
    /// The notice version it is given under.
    pub notice: String,
    /// Since when.
    pub begun_at: Timestamp,
    /// Who sends it.
    pub by_whom: String,
    /// The meeting it was recorded at, where others are in it too.
    pub meeting: Option<String>,
}

impl Upload {
    fn read(row: &Row) -> Result<Self, store::Error> {
        Ok(Self {
            id: row.text("id")?,
            project: row.text("project")?,
            holding: row.text("holding")?,
            kind: row.text("kind")?,
            media: row.text("media")?,
            size: row.count("size")?,
            notice: row.text("notice")?,
            begun_at: row.time("begun_at")?,
            by_whom: row.text("by_whom")?,
            meeting: row.maybe_text("meeting")?,
        })
    }
}

impl Tx<'_, '_> {
    /// Begins a recording that will arrive piece by piece, and returns its id.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to collect or store this kind of item of this person; [`Error::TooLong`].
    pub fn begin_upload(&mut self, permit: &Permit, new: &NewUpload<'_>) -> Result<String, Error> {
        self.begin_upload_of(&[(new.holding, permit)], new, None)
    }

    /// The same with several people in it, each by their own permit, at a meeting; the first is the one named in `new`.
    ///
    /// # Errors
    /// As [`Tx::begin_upload`], for each of them.
    pub fn begin_upload_of(
        &mut self,
        people: &[(&str, &Permit)],
        new: &NewUpload<'_>,
        meeting: Option<&str>,
    ) -> Result<String, Error> {
        for (person, permit) in people {
            self.allow(
                permit,
                &[Deed::Collect, Deed::Store],
                Some(person),
                Some(new.kind),
            )?;
            self.living(person)?;
        }
        if new.size > LONGEST {
            return Err(Error::TooLong);
        }
        self.project(new.project);
        let (id, at, who) = (self.new_id("blb"), self.at(), self.who().to_string());
        self.make_key(&id)?;
        self.run(
            BEGIN,
            &[
                id.as_str().into(),
                new.project.into(),
                new.holding.into(),
                new.kind.into(),
                new.media.into(),
                new.size.into(),
                new.notice.into(),
                at.into(),
                who.into(),
                meeting.into(),
            ],
        )?;
        for (person, _) in people.iter().skip(1) {
            self.run(WITH, &[id.as_str().into(), (*person).into()])?;
        }
        self.detail("recording", id.clone());
        self.detail("arriving", "begun");
        Ok(id)
    }

    /// Gives up a recording that has not arrived whole: what there is of it is erased. Whether there was one.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to erase this kind of item of this person.
    pub fn drop_upload(&mut self, permit: &Permit, id: &str) -> Result<bool, Error> {
        let Some(upload) = self.upload(id)? else {
            return Ok(false);
        };
        self.allow(
            permit,
            &[Deed::Erase],
            Some(&upload.holding),
            Some(&upload.kind),
        )?;
        self.end_upload(&upload)?;
        Ok(true)
    }

    /// Everything of a person's that is arriving.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn uploads(&self, holding: &str) -> Result<Vec<Upload>, Error> {
        let rows = self.rows(OF_PERSON, &[holding.into()])?;
        Ok(rows.iter().map(Upload::read).collect::<Result<_, _>>()?)
    }

    fn upload(&self, id: &str) -> Result<Option<Upload>, Error> {
        let row = self.one(GET, &[id.into()])?;
        Ok(row.as_ref().map(Upload::read).transpose()?)
    }

    /// It has arrived, and is a file from now on.
    pub(crate) fn arrived(&mut self, id: &str) -> Result<(), Error> {
        self.run(ALONE, &[id.into()])?;
        self.run(END, &[id.into()])?;
        Ok(())
    }

    /// Takes the row away and lists the erasure of what has come as begun.
    pub(crate) fn end_upload(&mut self, upload: &Upload) -> Result<(), Error> {
        self.run(ALONE, &[upload.id.as_str().into()])?;
        self.run(END, &[upload.id.as_str().into()])?;
        self.detail("arriving", "given-up");
        self.begin(&upload.project, "blob", &upload.id, Gone::default())
    }

    /// The same for an id alone, if it is one.
    pub(crate) fn end_upload_of(&mut self, id: &str) -> Result<bool, Error> {
        let Some(upload) = self.upload(id)? else {
            return Ok(false);
        };
        self.end_upload(&upload)?;
        Ok(true)
    }
}

impl Vault {
    /// A recording that is arriving; nothing once it has arrived or was given up.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn upload(&self, id: &str) -> Result<Option<Upload>, Error> {
        self.store.look(|rd| {
            let row = rd.one(GET, &[id.into()])?;
            Ok(row.as_ref().map(Upload::read).transpose()?)
        })
    }

    /// Everything of a person's that is arriving.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn uploads(&self, holding: &str) -> Result<Vec<Upload>, Error> {
        self.store.look(|rd| {
            let rows = rd.rows(OF_PERSON, &[holding.into()])?;
            Ok(rows.iter().map(Upload::read).collect::<Result<_, _>>()?)
        })
    }

    /// Everything of a meeting's that is arriving.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn uploads_of(&self, meeting: &str) -> Result<Vec<Upload>, Error> {
        self.store.look(|rd| {
            let rows = rd.rows(OF_MEETING, &[meeting.into()])?;
            Ok(rows.iter().map(Upload::read).collect::<Result<_, _>>()?)
        })
    }

    /// How many bytes of it have arrived for good: where its sender goes on.
    ///
    /// # Errors
    /// [`Error::Busy`] while some of it is arriving, [`Error::Gone`] once it was given up.
    pub fn arrived(&self, upload: &Upload) -> Result<u64, Error> {
        self.filling(&upload.id, |filling| Ok(filling.size()))
    }

    /// Takes in more of it, which begins at byte `from`; returns where the next begins. When the stream breaks off, what came
    /// before is kept, and the answer says how much that is. No transaction is open meanwhile, however long it takes.
    ///
    /// # Errors
    /// [`Error::Elsewhere`] when `from` is not where it goes on, [`Error::TooLong`] past the size it was begun with,
    /// [`Error::Busy`], [`Error::Gone`].
    pub fn arrive(&self, upload: &Upload, from: u64, stream: &mut dyn Read) -> Result<u64, Error> {
        self.filling(&upload.id, |mut filling| {
            if filling.size() != from {
                return Err(Error::Elsewhere { at: filling.size() });
            }
            match filling.take(stream, upload.size) {
                Ok(()) | Err(Error::Stream { .. }) => filling.pause(),
                Err(error) => Err(error),
            }
        })
    }

    /// Ends a recording that has arrived whole, ready to be put on the shelf by [`Tx::put_blob`].
    ///
    /// # Errors
    /// [`Error::Elsewhere`] when it has not, [`Error::Busy`], [`Error::Gone`].
    pub fn whole(&self, upload: &Upload) -> Result<Staged, Error> {
        self.filling(&upload.id, |filling| {
            if filling.size() != upload.size {
                return Err(Error::Elsewhere { at: filling.size() });
            }
            Ok(filling.finish()?.arrived())
        })
    }

    /// Gives up what has not arrived whole within [`PATIENCE`], and removes what a crash left of files that nobody put on the
    /// shelf. Returns how many there were of each.
    ///
    /// # Errors
    /// What stands in the way; it can be tried again.
    pub fn sweep_uploads(&self, at: Timestamp) -> Result<(u64, u64), Error> {
        let before = at.checked_sub(PATIENCE).unwrap_or(Timestamp::MIN);
        let old: Vec<Upload> = self.store.look(|rd| {
            let rows = rd.rows(OLD, &[before.into()])?;
            rows.iter()
                .map(Upload::read)
                .collect::<Result<_, store::Error>>()
        })?;
        let mut given_up = 0;
        for upload in &old {
            let act = Act::new(at, Actor::System("uploads".to_owned()), Verb::Erase)
                .cite("UK GDPR Art 5(1)(c)")
                .cite("UK GDPR Art 5(1)(e)")
                .project(upload.project.as_str())
                .about(&upload.holding)
                .detail("recording", upload.id.clone());
            let over = Cell::new(false);
            let ended = self.act(&act, |tx| {
                over.set(!tx.end_upload_of(&upload.id)?);
                // Given up or brought to its end by somebody else meanwhile: nothing was done here, and nothing is said.
                if over.get() { Err(Error::Busy) } else { Ok(()) }
            });
            match ended {
                Ok(()) => given_up += 1,
                Err(_) if over.get() => {}
                Err(error) => return Err(error),
            }
        }
        Ok((given_up, self.sweep_orphans(Some(before))?))
    }

    /// Removes files and keys that were made for an act that never was: all of them, or those whose key was made before a moment,
    /// where others may be about to put theirs.
    pub(crate) fn sweep_orphans(&self, before: Option<Timestamp>) -> Result<u64, Error> {
        // In this order: whatever is put on the shelf meanwhile is either not listed here or known below.
        let mut found: std::collections::BTreeSet<String> =
            self.shelf.list()?.into_iter().collect();
        let keys = self.keys.all()?;
        found.extend(keys.into_iter().filter(|id| id.starts_with("blb_")));
        let known = self.store.look(|rd| {
            let mut known = std::collections::BTreeSet::new();
            for sql in [IDS, crate::blob::IDS] {
                for row in rd.rows(sql, &[])? {
                    known.insert(row.text("id")?);
                }
            }
            Ok::<_, Error>(known)
        })?;
        let mut gone = 0;
        for id in found.difference(&known) {
            // A key comes before its file: a file without one can be read by nobody and belongs to nothing.
            let young = match (before, self.keys.made_at(id)?) {
                (Some(before), Some(made)) => made >= before,
                _ => false,
            };
            if !young {
                self.keys.destroy(std::slice::from_ref(id))?;
                self.shelf.remove(id)?;
                gone += 1;
            }
        }
        Ok(gone)
    }
}

/// What a permit to erase half a recording cites: it serves no purpose.
pub const HALF: &str = "UK GDPR Art 5(1)(c)";

impl Vault {
    /// A recording that is arriving.
    ///
    /// # Errors
    /// [`Error::Refused`] for one that nobody sends any more, or never began.
    pub fn arriving(&self, id: &str) -> Result<Upload, Error> {
        self.upload(id)?.ok_or_else(|| {
            Refused::new(
                HALF,
                "no recording is arriving under this number",
                "begin again with the file",
            )
            .into()
        })
    }

    /// How long a file is that somebody put on the shelf, in bytes; nothing when they did not, or it was erased.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn stored(&self, id: &str, by: &str) -> Result<Option<u64>, Error> {
        self.store.look(|rd| {
            let row = rd.one(STORED, &[id.into(), by.into()])?;
            Ok(row.map(|row| row.count("size")).transpose()?)
        })
    }

    /// A mark that only this house can make, for what a browser is to bring back unchanged: 64 hexadecimal digits.
    #[must_use]
    pub fn ticket(&self, what: &str) -> String {
        self.tickets.mark("ticket", what)
    }
}
