//! What is sealed for a while and is nobody's value yet lies under a key of its own, until its day: a list before it is taken in,
//! answers that were begun, an order, an authority that was shown.
//!
//! A paper of a person goes with them (`beside.rs`); any goes when its day has passed, and its key with it.

use crate::{Error, Plain, Refused, Tx, Vault};
use jiff::{Timestamp, civil::Date};
use policy::Permit;
use store::Row;

store::statements! {
    LAY = "insert into paper (id, kind, project, holding, about, media, size, sealed, made_at, by_whom, until)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    SEALED = "select sealed, erased_at, project, holding from paper where id = $1";
    LINE = "select id, kind, project, holding, about, media, size, made_at, by_whom, until, erased_at from paper where id = $1";
    OF_PERSON = "select id, kind, project, holding, about, media, size, made_at, by_whom, until, erased_at from paper
        where holding = $1 and erased_at is null order by made_at, id";
    ABOUT = "select id, kind, project, holding, about, media, size, made_at, by_whom, until, erased_at from paper
        where about = $1 and erased_at is null order by made_at, id";
    /// Those whose day has passed, but for people of whom a hold keeps everything.
    OVER = "select p.id, p.kind, p.project, p.holding, p.about, p.media, p.size, p.made_at, p.by_whom, p.until, p.erased_at from paper p
        where p.erased_at is null and p.until < $1
        and not exists (select 1 from hold h where h.holding = p.holding and h.lifted_at is null and h.items = '*')
        order by p.until, p.id";
}

/// The longest a paper may be, in bytes.
pub const LONGEST_PAPER: usize = 32 * 1024 * 1024;

/// Something to be sealed for a while.
#[derive(Clone, Copy, Debug)]
pub struct NewPaper<'a> {
    /// What it is, in a word of ours: `draft`, `list`, `order`, `authority`.
    pub kind: &'a str,
    /// The project's reference.
    pub project: &'a str,
    /// Whose it is, if one person's: it goes with them.
    pub holding: Option<&'a str>,
    /// The id of what it belongs to.
    pub about: Option<&'a str>,
    /// Its media type.
    pub media: &'a str,
    /// The last day it is kept; none where whatever it belongs to says when it goes.
    pub until: Option<Date>,
}

/// What is known of a paper without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperLine {
    /// `pap_` and 32 digits; also the key it is sealed under.
    pub id: String,
    /// What it is, in a word of ours.
    pub kind: String,
    /// The project's reference.
    pub project: String,
    /// Whose it is, if one person's.
    pub holding: Option<String>,
    /// The id of what it belongs to.
    pub about: Option<String>,
    /// Its media type.
    pub media: String,
    /// Its length in bytes, unsealed.
    pub size: u64,
    /// When it was laid down.
    pub made_at: Timestamp,
    /// Who laid it down.
    pub by_whom: String,
    /// The last day it is kept.
    pub until: Option<Date>,
    /// When it was erased.
    pub erased_at: Option<Timestamp>,
}

impl PaperLine {
    fn read(row: &Row) -> Result<Self, store::Error> {
        Ok(Self {
            id: row.text("id")?,
            kind: row.text("kind")?,
            project: row.text("project")?,
            holding: row.maybe_text("holding")?,
            about: row.maybe_text("about")?,
            media: row.text("media")?,
            size: row.count("size")?,
            made_at: row.time("made_at")?,
            by_whom: row.text("by_whom")?,
            until: row.maybe_date("until")?,
            erased_at: row.maybe_time("erased_at")?,
        })
    }
}

impl Tx<'_, '_> {
    /// Seals bytes as a paper and returns its id.
    ///
    /// # Errors
    /// [`Error::Refused`] for what is longer than [`LONGEST_PAPER`], and for somebody who was erased; [`Error::NoChance`].
    pub fn lay(&mut self, new: &NewPaper<'_>, bytes: &[u8]) -> Result<String, Error> {
        if bytes.len() > LONGEST_PAPER {
            return Err(Refused::new(
                "UK GDPR Art 5(1)(c)",
                format!("this is longer than {} MB", LONGEST_PAPER / (1024 * 1024)),
                "split it, or leave out what is not needed",
            )
            .into());
        }
        if let Some(holding) = new.holding {
            self.living(holding)?;
        }
        let id = self.new_id("pap");
        let sealed = self.seal(&id, &place(&id), bytes)?;
        self.adopt(&id);
        self.project(new.project);
        let (at, who) = (self.at(), self.who().to_string());
        self.run(
            LAY,
            &[
                id.as_str().into(),
                new.kind.into(),
                new.project.into(),
                new.holding.into(),
                new.about.into(),
                new.media.into(),
                i64::try_from(bytes.len()).unwrap_or(i64::MAX).into(),
                sealed.into(),
                at.into(),
                who.into(),
                new.until.into(),
            ],
        )?;
        Ok(id)
    }

    /// Opens a paper. The permit is to answer or to read, about whoever's it is.
    ///
    /// # Errors
    /// [`Error::Refused`], also where a choice of theirs stands in the way; [`store::Error::Missing`] once erased, [`Error::Gone`], [`Error::Damaged`].
    pub fn paper(&mut self, permit: &Permit, id: &str) -> Result<Plain, Error> {
        let row = self.paper_row(id)?;
        let sealed = row.maybe_bytes("sealed")?.ok_or_else(|| missing(id))?;
        let holding = row.maybe_text("holding")?;
        self.paper_of(permit, holding.as_deref())?;
        if let Some(holding) = &holding {
            self.usable(permit, holding)?;
        }
        self.project(&row.text("project")?);
        self.unseal(permit, id, &place(id), &sealed)
    }

    /// Erases a paper: its words go with the act, its key before the act is answered. Whether it was still there.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to erase, about whoever's it is; while a hold keeps everything of theirs.
    pub fn drop_paper(&mut self, permit: &Permit, id: &str) -> Result<bool, Error> {
        let row = self.paper_row(id)?;
        if row.maybe_time("erased_at")?.is_some() {
            return Ok(false);
        }
        let holding = row.maybe_text("holding")?;
        self.paper_of(permit, holding.as_deref())?;
        if let Some(holding) = &holding {
            self.not_held(holding, Some(&[]))?;
        }
        self.project(&row.text("project")?);
        self.erase_sealed(permit, id)?;
        Ok(true)
    }

    /// What is known of a paper; none where there never was one.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn paper_line(&self, id: &str) -> Result<Option<PaperLine>, Error> {
        let row = self.one(LINE, &[id.into()])?;
        Ok(row.map(|row| PaperLine::read(&row)).transpose()?)
    }

    /// A person's papers that are still there, in the order in which they were laid down.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn papers(&self, holding: &str) -> Result<Vec<PaperLine>, Error> {
        self.paper_lines(OF_PERSON, holding)
    }

    /// The papers that belong to something, by its id.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn papers_about(&self, about: &str) -> Result<Vec<PaperLine>, Error> {
        self.paper_lines(ABOUT, about)
    }

    fn paper_lines(&self, sql: &'static str, by: &str) -> Result<Vec<PaperLine>, Error> {
        let rows = self.rows(sql, &[by.into()])?;
        let lines = rows.iter().map(PaperLine::read);
        Ok(lines.collect::<Result<_, store::Error>>()?)
    }

    fn paper_row(&self, id: &str) -> Result<Row, Error> {
        Ok(self.one(SEALED, &[id.into()])?.ok_or_else(|| missing(id))?)
    }

    /// A paper of one person's opens and goes only by a permit that is not about somebody else.
    fn paper_of(&mut self, permit: &Permit, holding: Option<&str>) -> Result<(), Error> {
        let deed = permit.act();
        self.allow(permit, &[deed], holding.or(permit.about()), None)
    }
}

impl Vault {
    /// The papers whose day has passed, those first that have waited longest. What a hold keeps is not among them.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn papers_over(&self, on: Date) -> Result<Vec<PaperLine>, Error> {
        self.store.look(|rd| {
            let rows = rd.rows(OVER, &[on.into()])?;
            let lines = rows.iter().map(PaperLine::read);
            Ok(lines.collect::<Result<_, store::Error>>()?)
        })
    }
}

/// The row's identity, without which the words do not open.
pub(crate) fn place(id: &str) -> String {
    format!("paper/{id}/sealed")
}

fn missing(id: &str) -> store::Error {
    store::Error::Missing {
        what: id.to_owned(),
    }
}
