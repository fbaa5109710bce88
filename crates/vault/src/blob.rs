//! A recording is never on the disk in the clear: it is sealed piece by piece as it comes in.
//!
//! The form of the file is told in `frame.rs`, how it arrives in `fill.rs` and `upload.rs`.

use crate::{Error, Provenance, Refused, Tx, Vault, fill::Filling, frame::BlobReader, upload};
use jiff::{Timestamp, civil::Date};
use policy::{Deed, Permit};
use std::io::Read;
use store::Row;

store::statements! {
    ADD = "insert into blob (id, project, holding, kind, media, state, size, frames, of_blob, notice, source_kind, source,
        made_on, added_at, by_whom, keep_until, meeting)
        values ($1, $2, $3, $4, $5, 'stored', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    GONE = "select id from holding where id = $1 and (erased_at is not null or stage = 'withdrawn')";
    ADD_PERSON = "insert into blob_person (blob, holding) values ($1, $2) on conflict do nothing";
    GET = "select * from blob where id = $1";
    PEOPLE = "select holding from blob_person where blob = $1 order by holding";
    OF_PERSON = "select b.* from blob_person p join blob b on b.id = p.blob where p.holding = $1 order by b.added_at, b.id";
    STATE = "update blob set state = $2 where id = $1 and erased_at is null";
    IDS = "select id from blob where erased_at is null";
}

/// A file sealed and on the disk, but not anybody's yet.
#[derive(Debug)]
pub struct Staged {
    id: String,
    size: u64,
    frames: u64,
    /// Whether it arrived by pieces, and is known to the database already.
    known: bool,
}

impl Staged {
    pub(crate) fn new(id: &str, size: u64, frames: u64) -> Self {
        Self {
            id: id.to_owned(),
            size,
            frames,
            known: false,
        }
    }

    /// It is known to the database as arriving: an act that fails leaves it so.
    pub(crate) fn arrived(mut self) -> Self {
        self.known = true;
        self
    }

    /// `blb_` and 32 digits.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Bytes before sealing.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }
}

/// What a staged file is.
#[derive(Clone, Debug)]
pub struct NewBlob<'a> {
    /// The project's reference.
    pub project: &'a str,
    /// Whose it is. One person: theirs alone, erased with them. Several: a focus group's.
    pub people: &'a [&'a str],
    /// The notice's name for the item: `recording`, `transcript`.
    pub kind: &'a str,
    /// `audio/mpeg`, `text/plain`
    pub media: &'a str,
    /// The recording a transcript was made from.
    pub of_blob: Option<&'a str>,
    /// The day it was made.
    pub made_on: Option<Date>,
}

/// A file as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBlob {
    /// Its id.
    pub id: String,
    /// The project's reference.
    pub project: String,
    /// Whose alone it is; `None` when several people are in it.
    pub holding: Option<String>,
    /// The notice's name for the item.
    pub kind: String,
    /// Its media type.
    pub media: String,
    /// `stored`, or what the desk made of it: `sent`, `delivered`; `erased`.
    pub state: String,
    /// Bytes before sealing.
    pub size: u64,
    /// The recording it was made from.
    pub of_blob: Option<String>,
    /// The notice version it was given under.
    pub notice: String,
    /// The day it was made.
    pub made_on: Option<Date>,
    /// When it was stored.
    pub added_at: Timestamp,
    /// When it was erased.
    pub erased_at: Option<Timestamp>,
    /// The meeting of several people it was recorded at.
    pub meeting: Option<String>,
}

/// The state of a file of several people after one of them has left: it opens for nothing but to write down what the others said.
pub const RESTRICTED: &str = "restricted";

impl StoredBlob {
    /// Reads a row of `select * from blob`.
    ///
    /// # Errors
    /// [`store::Error::Shape`] when the row is not a whole one.
    pub fn read(row: &Row) -> Result<Self, store::Error> {
        Ok(Self {
            id: row.text("id")?,
            project: row.text("project")?,
            holding: row.maybe_text("holding")?,
            kind: row.text("kind")?,
            media: row.text("media")?,
            state: row.text("state")?,
            size: row.count("size")?,
            of_blob: row.maybe_text("of_blob")?,
            notice: row.text("notice")?,
            made_on: row.maybe_date("made_on")?,
            added_at: row.time("added_at")?,
            erased_at: row.maybe_time("erased_at")?,
            meeting: row.maybe_text("meeting")?,
        })
    }
}

impl Vault {
    /// Seals a stream into a file under a key of its own. No transaction is open meanwhile, however long it takes.
    /// What is staged and never put is swept away later.
    ///
    /// # Errors
    /// [`Error::Stream`] when the stream breaks off: nothing is left then.
    pub fn stage(&self, at: Timestamp, from: &mut dyn Read) -> Result<Staged, Error> {
        let id = self.store.new_id("blb");
        self.keys.make(&id, at)?;
        let staged = Filling::new(self, &id).and_then(|mut filling| {
            filling.take(from, upload::LONGEST)?;
            filling.finish()
        });
        if staged.is_err() {
            self.keys.destroy(std::slice::from_ref(&id))?;
            self.shelf.remove(&id)?;
        }
        staged
    }
}

impl Tx<'_, '_> {
    /// Makes a staged file somebody's and returns its id.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to collect or store this kind of item.
    pub fn put_blob(
        &mut self,
        permit: &Permit,
        staged: &Staged,
        new: &NewBlob<'_>,
        from: &Provenance<'_>,
    ) -> Result<String, Error> {
        let people: Vec<_> = new.people.iter().map(|person| (*person, permit)).collect();
        self.put_blob_of(&people, staged, new, from, None)
    }

    /// The same with each person's own permit, for a file of several, perhaps of a meeting.
    ///
    /// # Errors
    /// As [`Tx::put_blob`], for each of them.
    pub fn put_blob_of(
        &mut self,
        people: &[(&str, &Permit)],
        staged: &Staged,
        new: &NewBlob<'_>,
        from: &Provenance<'_>,
        meeting: Option<&str>,
    ) -> Result<String, Error> {
        if !staged.known {
            self.adopt(&staged.id);
        }
        let only = match people {
            [] => {
                return Err(Refused::new(
                    "UK GDPR Art 5(2)",
                    "nobody is said to be in the file",
                    "say who is in it",
                )
                .into());
            }
            [(one, _)] => Some(*one),
            _ => None,
        };
        for (person, permit) in people {
            self.allow(
                permit,
                &[Deed::Collect, Deed::Store],
                Some(person),
                Some(new.kind),
            )?;
            self.living(person)?;
        }
        self.project(new.project);
        let (at, who) = (self.at(), self.who().to_string());
        self.run(
            ADD,
            &[
                staged.id.as_str().into(),
                new.project.into(),
                only.into(),
                new.kind.into(),
                new.media.into(),
                staged.size.into(),
                staged.frames.into(),
                new.of_blob.into(),
                from.notice.into(),
                from.kind.word().into(),
                from.source.into(),
                new.made_on.into(),
                at.into(),
                who.into(),
                from.keep_until.into(),
                meeting.into(),
            ],
        )?;
        for (person, _) in people {
            self.run(ADD_PERSON, &[staged.id.as_str().into(), (*person).into()])?;
        }
        if staged.known {
            self.arrived(&staged.id)?;
        }
        Ok(staged.id.clone())
    }

    /// A file's row, erased or not.
    ///
    /// # Errors
    /// [`store::Error::Missing`].
    pub fn blob(&self, id: &str) -> Result<StoredBlob, Error> {
        let row = self
            .one(GET, &[id.into()])?
            .ok_or_else(|| store::Error::Missing {
                what: id.to_owned(),
            })?;
        Ok(StoredBlob::read(&row)?)
    }

    /// Every file a person is in, erased ones too.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn blobs(&self, holding: &str) -> Result<Vec<StoredBlob>, Error> {
        let rows = self.rows(OF_PERSON, &[holding.into()])?;
        Ok(rows
            .iter()
            .map(StoredBlob::read)
            .collect::<Result<_, _>>()?)
    }

    /// Who is in a file.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn blob_people(&self, blob: &str) -> Result<Vec<String>, Error> {
        let rows = self.rows(PEOPLE, &[blob.into()])?;
        Ok(rows
            .iter()
            .map(|row| row.text("holding"))
            .collect::<Result<_, _>>()?)
    }

    /// Moves a file on: `sent`, `delivered`. Whether it is still there.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn set_blob_state(&mut self, blob: &str, state: &str) -> Result<bool, Error> {
        Ok(self.run(STATE, &[blob.into(), state.into()])? > 0)
    }

    /// Opens a file for reading. The reader lives on after the act, whose entry is on the disk before the first byte is read.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit covers this kind of item, and for everybody in it; once erased.
    pub fn open_blob(&mut self, permit: &Permit, id: &str) -> Result<BlobReader, Error> {
        let blob = self.blob(id)?;
        if blob.erased_at.is_some() {
            return Err(Refused::new(
                "UK GDPR Art 5(1)(e)",
                "the file has been erased",
                "nothing of it is held any more",
            )
            .into());
        }
        let deeds = [Deed::Read, Deed::Share, Deed::Answer, Deed::Publish];
        // A permit about one of several people in it reaches the file through that person.
        for person in self.blob_people(id)? {
            // Nobody can ask whoever has left; what it may be opened for then, the desk says.
            if blob.state == RESTRICTED && self.one(GONE, &[person.as_str().into()])?.is_some() {
                continue;
            }
            let about = permit.about().unwrap_or(&person).to_owned();
            self.allow(permit, &deeds, Some(&about), Some(&blob.kind))?;
            self.usable(permit, &person)?;
        }
        self.detail("blob", id);
        let key = self.key(id)?;
        let file = self.vault.shelf.open(id)?;
        Ok(BlobReader::new(id, key, file, blob.size))
    }
}
