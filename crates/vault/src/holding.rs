//! One person in one project: what all their data have in common is kept once, here.

use crate::{Error, Refused, Tx};
use jiff::{Timestamp, civil::Date};
use policy::{Deed, Permit, SourceKind};
use store::Row;

store::statements! {
    OPEN = "insert into holding (id, project, notice, version_given, version_told, audience, tags, stage, source_kind, source,
        opened_at, opened_by, told_due, told_at, told_how, sealing, number)
        values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    NEXT_NUMBER = "select coalesce(max(number), 0) + 1 as n from holding";
    GET = "select * from holding where id = $1";
    TAGS = "update holding set tags = $2 where id = $1";
    STAGE = "update holding set stage = $2 where id = $1";
    TOLD = "update holding set told_at = $2, told_how = $3 where id = $1 and told_at is null";
    TOLD_OF = "update holding set version_told = $2 where id = $1 and version_told < $2";
    UNNAMED = "update holding set unnamed_at = $2 where id = $1 and unnamed_at is null";
}

/// A holding to be opened.
#[derive(Clone, Debug)]
pub struct NewHolding<'a> {
    /// The project's reference, `#3035`.
    pub project: &'a str,
    /// The notice's name.
    pub notice: &'a str,
    /// The version the person gives data under.
    pub version: u32,
    /// Which of the notice's audiences.
    pub audience: &'a str,
    /// What the person is marked as: `stakeholder`.
    pub tags: &'a [&'a str],
    /// How far their part has come: `referred`, `signed-up`.
    pub stage: &'a str,
    /// From the person, or from somebody else.
    pub source_kind: SourceKind,
    /// The kind of source: `person`, `council`. Never a name.
    pub source: &'a str,
    /// By when they must be told (Article 14(3)), where the data came from somebody else.
    pub told_due: Option<Date>,
    /// When and how they were told, where they have been: with the form (Article 13).
    pub told: Option<(Timestamp, &'a str)>,
}

/// One person in one project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// `per_` and 32 digits.
    pub id: String,
    /// The project's reference.
    pub project: String,
    /// The notice's name.
    pub notice: String,
    /// The version the person gave data under.
    pub version_given: u32,
    /// The newest version they have been told of: their data are judged under it.
    pub version_told: u32,
    /// Which of the notice's audiences.
    pub audience: String,
    /// What the person is marked as.
    pub tags: Vec<String>,
    /// How far their part has come.
    pub stage: String,
    /// From the person, or from somebody else.
    pub source_kind: SourceKind,
    /// The kind of source.
    pub source: String,
    /// When the holding was opened.
    pub opened_at: Timestamp,
    /// By when they must be told.
    pub told_due: Option<Date>,
    /// When they were told.
    pub told_at: Option<Timestamp>,
    /// When what identifies them was taken out.
    pub unnamed_at: Option<Timestamp>,
    /// When everything was erased.
    pub erased_at: Option<Timestamp>,
    pub(crate) sealing: String,
    pub(crate) number: i64,
}

impl Holding {
    /// Reads a row of `select * from holding`: for lists, in a look or a transaction.
    ///
    /// # Errors
    /// [`store::Error::Shape`] when the row is not a whole one.
    pub fn read(row: &Row) -> Result<Self, store::Error> {
        let version = |column| {
            u32::try_from(row.int(column)?).map_err(|_| store::Error::Shape {
                column: String::from(column),
                wanted: "a version",
            })
        };
        Ok(Self {
            id: row.text("id")?,
            project: row.text("project")?,
            notice: row.text("notice")?,
            version_given: version("version_given")?,
            version_told: version("version_told")?,
            audience: row.text("audience")?,
            tags: row
                .text("tags")?
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            stage: row.text("stage")?,
            source_kind: if row.text("source_kind")? == SourceKind::Primary.word() {
                SourceKind::Primary
            } else {
                SourceKind::Secondary
            },
            source: row.text("source")?,
            opened_at: row.time("opened_at")?,
            told_due: row.maybe_date("told_due")?,
            told_at: row.maybe_time("told_at")?,
            unnamed_at: row.maybe_time("unnamed_at")?,
            erased_at: row.maybe_time("erased_at")?,
            sealing: row.text("sealing")?,
            number: row.int("number")?,
        })
    }

    /// The notice version their data are judged under: `name@version`.
    #[must_use]
    pub fn judged_under(&self) -> String {
        format!("{}@{}", self.notice, self.version_told)
    }
}

impl Tx<'_, '_> {
    /// Opens a holding with a key of its own and returns its id.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to collect or to store.
    pub fn open_holding(&mut self, permit: &Permit, new: &NewHolding<'_>) -> Result<String, Error> {
        let id = self.new_id("per");
        // A permit about nobody in particular: the person has no id before this.
        self.allow(permit, &[Deed::Collect, Deed::Store], permit.about(), None)?;
        self.make_key(&id)?;
        self.adopt(&id);
        self.about(&id);
        self.project(new.project);
        let (at, who) = (self.at(), self.who().to_string());
        let number = match self.one(NEXT_NUMBER, &[])? {
            Some(row) => row.int("n")?,
            None => 1,
        };
        self.run_for(
            &id,
            OPEN,
            &[
                id.as_str().into(),
                new.project.into(),
                new.notice.into(),
                new.version.into(),
                new.audience.into(),
                new.tags.join(" ").into(),
                new.stage.into(),
                new.source_kind.word().into(),
                new.source.into(),
                at.into(),
                who.into(),
                new.told_due.into(),
                new.told.map(|(at, _)| at).into(),
                new.told.map(|(_, how)| how).into(),
                id.as_str().into(),
                number.into(),
            ],
        )?;
        Ok(id)
    }

    /// A holding, erased or not.
    ///
    /// # Errors
    /// [`store::Error::Missing`].
    pub fn holding(&self, id: &str) -> Result<Holding, Error> {
        self.may_read_of(id)?;
        let row = self
            .one(GET, &[id.into()])?
            .ok_or_else(|| store::Error::Missing {
                what: id.to_owned(),
            })?;
        Ok(Holding::read(&row)?)
    }

    /// A holding that has not been erased.
    pub(crate) fn living(&self, id: &str) -> Result<Holding, Error> {
        let known = self.stands.borrow();
        if let Some((changes, stands)) = &*known
            && (*changes, stands.whose.id.as_str()) == (self.changes(), id)
        {
            alive(&stands.whose)?;
            return Ok(stands.whose.clone());
        }
        let holding = self.holding(id)?;
        alive(&holding)?;
        Ok(holding)
    }

    /// Marks a person as one a purpose is for; `tags` replaces what was there.
    ///
    /// # Errors
    /// [`Error::Refused`] once erased.
    pub fn set_tags(&mut self, holding: &str, tags: &[&str]) -> Result<(), Error> {
        self.living(holding)?;
        self.run_for(holding, TAGS, &[holding.into(), tags.join(" ").into()])?;
        Ok(())
    }

    /// Moves a person's part on: `referred`, `signed-up`, `interviewed`.
    ///
    /// # Errors
    /// [`Error::Refused`] once erased.
    pub fn set_stage(&mut self, holding: &str, stage: &str) -> Result<(), Error> {
        self.living(holding)?;
        self.run_for(holding, STAGE, &[holding.into(), stage.into()])?;
        Ok(())
    }

    /// Writes down that the person has been told who has their data and why (Articles 13 and 14); the first time counts.
    ///
    /// # Errors
    /// [`Error::Refused`] once erased.
    pub fn told(&mut self, holding: &str, how: &str) -> Result<(), Error> {
        self.living(holding)?;
        let at = self.at();
        self.run_for(holding, TOLD, &[holding.into(), at.into(), how.into()])?;
        Ok(())
    }

    /// Writes down that the person has been told of a version; from now on their data are judged under it.
    ///
    /// # Errors
    /// [`Error::Refused`] once erased.
    pub fn told_of_version(&mut self, holding: &str, version: u32) -> Result<(), Error> {
        self.living(holding)?;
        self.run_for(holding, TOLD_OF, &[holding.into(), version.into()])?;
        Ok(())
    }

    /// Writes down that what identifies the person has been taken out; the first time counts.
    ///
    /// # Errors
    /// [`Error::Refused`] once erased.
    pub fn unnamed(&mut self, holding: &str) -> Result<(), Error> {
        self.living(holding)?;
        let at = self.at();
        self.run_for(holding, UNNAMED, &[holding.into(), at.into()])?;
        Ok(())
    }
}

/// Whether somebody's data have not been erased.
pub(crate) fn alive(holding: &Holding) -> Result<(), Error> {
    if holding.erased_at.is_some() {
        return Err(Refused::new(
            "UK GDPR Art 5(1)(e)",
            "the data have been erased",
            "nothing is held any more; open a new holding if the person comes again",
        )
        .into());
    }
    Ok(())
}
