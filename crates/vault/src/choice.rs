//! Whoever opted out, objected or withdrew is left alone from the moment the choice is saved.
//!
//! A choice is one row about a person and a purpose, never a rewrite of their values, so it holds at once for all of them.

use crate::{Error, Refused, Tx};
use jiff::Timestamp;
use store::Row;

store::statements! {
    CHOOSE = "insert into choice (id, holding, project, kind, scope, answer, about, at, by_whom, how)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LIFT = "update choice set lifted_at = $2, lifted_by = $3 where id = $1 and lifted_at is null";
    DECIDE = "update choice set decided = $2, decided_at = $3, decided_by = $4, reasons = $5 where id = $1 and kind = 'objected'";
    GET = "select * from choice where id = $1";
    ALL = "select * from choice where holding = $1 order by at, id";
    AGREE = "insert into consent (number, terms, at, by_whom) values ($1, $2, $3, $4)";
    AGREED = "select number from agreement where holding = $1 and kind = $2 and withdrawn_at is null";
    TAKE_BACK = "update consent set withdrawn_at = $3, withdrawn_how = $4 where terms in (select number from terms where kind = $2)
        and withdrawn_at is null and number between (select number * 1048576 from holding where id = $1)
        and (select number * 1048576 + 1048575 from holding where id = $1)";
}

/// What a person can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChoiceKind {
    /// Objects to a purpose, Article 21.
    Objected,
    /// Does not want to be contacted for a purpose the notice lets them opt out of.
    OptedOut,
    /// Restricts, Article 18.
    Restricted,
    /// Leaves the study.
    Withdrew,
    /// Takes consent as the lawful basis back, Article 7(3).
    ConsentWithdrawn,
    /// Says yes or no to one thing the notice promises to ask about.
    Permission,
}

impl ChoiceKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Objected,
        Self::OptedOut,
        Self::Restricted,
        Self::Withdrew,
        Self::ConsentWithdrawn,
        Self::Permission,
    ];

    /// Its word in the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Objected => "objected",
            Self::OptedOut => "opted-out",
            Self::Restricted => "restricted",
            Self::Withdrew => "withdrew",
            Self::ConsentWithdrawn => "consent-withdrawn",
            Self::Permission => "permission",
        }
    }

    /// Reads its word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A choice to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NewChoice<'a> {
    /// What.
    pub kind: ChoiceKind,
    /// The purpose, or the permission's name; `*` for everything.
    pub scope: &'a str,
    /// Yes or no, for a permission; otherwise yes.
    pub answer: bool,
    /// The id of the one thing a permission is about, such as a quote.
    pub about: Option<&'a str>,
    /// By which way it came: `link`, `email`, `telephone`.
    pub how: &'a str,
}

/// A choice as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// `cho_` and 32 digits.
    pub id: String,
    /// What.
    pub kind: ChoiceKind,
    /// The purpose, or `*`.
    pub scope: String,
    /// Yes or no, for a permission.
    pub answer: bool,
    /// The thing a permission is about.
    pub about: Option<String>,
    /// From when it holds.
    pub at: Timestamp,
    /// By which way it came.
    pub how: String,
    /// When it was lifted.
    pub lifted_at: Option<Timestamp>,
    /// For an objection: upheld or not, once a human decided.
    pub upheld: Option<bool>,
}

impl Tx<'_, '_> {
    /// Writes a choice down; it holds from now on. Returns its id.
    /// No permit is asked for: a person's own choice is always recorded.
    ///
    /// # Errors
    /// [`Error::Refused`] once erased.
    pub fn choose(&mut self, holding: &str, new: &NewChoice<'_>) -> Result<String, Error> {
        let whose = self.living(holding)?;
        self.project(&whose.project);
        let id = self.new_id("cho");
        let (at, who) = (self.at(), self.who().to_string());
        self.run_for(
            holding,
            CHOOSE,
            &[
                id.as_str().into(),
                holding.into(),
                whose.project.into(),
                new.kind.word().into(),
                new.scope.into(),
                if new.answer { "yes" } else { "no" }.into(),
                new.about.into(),
                at.into(),
                who.into(),
                new.how.into(),
            ],
        )?;
        Ok(id)
    }

    /// Lifts a choice: the person changed their mind, or a restriction ended. Whether it still stood.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn lift(&mut self, choice: &str) -> Result<bool, Error> {
        let (at, who) = (self.at(), self.who().to_string());
        Ok(self.run(LIFT, &[choice.into(), at.into(), who.into()])? > 0)
    }

    /// Writes down a human's decision on an objection; `reasons` are sealed under the person's key.
    ///
    /// # Errors
    /// [`store::Error::Missing`] when there is no such objection; [`Error::Refused`] once erased, or when a machine decides.
    pub fn decide_objection(
        &mut self,
        choice: &str,
        upheld: bool,
        reasons: &[u8],
    ) -> Result<(), Error> {
        let missing = || store::Error::Missing {
            what: choice.to_owned(),
        };
        let who = self.who();
        if !matches!(who, store::Actor::Staff(_)) {
            return Err(Refused::new(
                "UK GDPR Art 22A",
                "a machine does not decide on an objection",
                "let a member of staff decide",
            )
            .into());
        }
        let row = self.one(GET, &[choice.into()])?.ok_or_else(missing)?;
        let whose = self.living(&row.text("holding")?)?;
        let sealed = self
            .vault
            .keys
            .get(&whose.sealing)?
            .seal(&place(choice), reasons)?;
        let at = self.at();
        let values = [
            choice.into(),
            if upheld { "upheld" } else { "overridden" }.into(),
            at.into(),
            who.to_string().into(),
            sealed.into(),
        ];
        if self.run(DECIDE, &values)? == 0 {
            return Err(missing().into());
        }
        Ok(())
    }

    /// Every choice a person made, oldest first, lifted ones too.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn choices(&self, holding: &str) -> Result<Vec<Choice>, Error> {
        self.rows(ALL, &[holding.into()])?
            .iter()
            .map(read)
            .collect()
    }

    /// The latest answer to a permission, about one thing or in general; `None` when it was never asked or was lifted.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn permission(
        &self,
        holding: &str,
        name: &str,
        about: Option<&str>,
    ) -> Result<Option<bool>, Error> {
        let mut answer = None;
        for choice in self.choices(holding)? {
            let same = choice.kind == ChoiceKind::Permission
                && choice.scope == name
                && choice.about.as_deref() == about;
            if same && choice.lifted_at.is_none() {
                answer = Some(choice.answer);
            }
        }
        Ok(answer)
    }

    /// Writes down that a person agreed: to take part, or to another thing the notice names. `words` is the clause shown.
    ///
    /// # Errors
    /// [`Error::Refused`] once erased.
    pub fn agree(
        &mut self,
        holding: &str,
        kind: &str,
        words: &str,
        notice: &str,
        how: &str,
    ) -> Result<(), Error> {
        let whose = self.living(holding)?;
        self.project(&whose.project);
        let terms = [kind, words, notice, how].map(store::Value::from);
        let terms = self.terms_number(&terms)?;
        let number = self.next_agreement(holding)?;
        let at = self.at();
        let by = self.by_whom(holding);
        self.run_for(
            holding,
            AGREE,
            &[number.into(), terms.into(), at.into(), by.into()],
        )?;
        Ok(())
    }

    /// Whether an agreement stands.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn agreed(&self, holding: &str, kind: &str) -> Result<bool, Error> {
        Ok(self.one(AGREED, &[holding.into(), kind.into()])?.is_some())
    }

    /// Takes an agreement back. Whether one stood.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn take_back(&mut self, holding: &str, kind: &str, how: &str) -> Result<bool, Error> {
        let at = self.at();
        Ok(self.run_for(
            holding,
            TAKE_BACK,
            &[holding.into(), kind.into(), at.into(), how.into()],
        )? > 0)
    }
}

/// Reads a row.
pub(crate) fn read(row: &Row) -> Result<Choice, Error> {
    Ok(Choice {
        id: row.text("id")?,
        kind: kind(&row.text("kind")?)?,
        scope: row.text("scope")?,
        answer: row.text("answer")? == "yes",
        about: row.maybe_text("about")?,
        at: row.time("at")?,
        how: row.text("how")?,
        lifted_at: row.maybe_time("lifted_at")?,
        upheld: row
            .maybe_text("decided")?
            .map(|decided| decided == "upheld"),
    })
}

/// Reads a kind's word.
pub(crate) fn kind(word: &str) -> Result<ChoiceKind, store::Error> {
    ChoiceKind::from_word(word).ok_or(store::Error::Shape {
        column: "kind".to_owned(),
        wanted: "a kind of choice",
    })
}

/// The row's identity, without which the reasons do not open.
pub(crate) fn place(id: &str) -> String {
    format!("choice/{id}")
}
