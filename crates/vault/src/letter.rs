//! What people write to us and we to them is sealed like everything else of theirs.

use crate::{Error, Plain, Refused, Tx};
use policy::{Deed, Permit};

store::statements! {
    WRITE = "insert into message (id, project, holding, kind, purpose, clause, sealed, made_at, by_whom)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    MESSAGE = "select holding, sealed from message where id = $1";
    SENT = "update message set sent_at = $2 where id = $1 and sent_at is null";
}

/// A letter or message to be sent.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// To whom.
    pub holding: &'a str,
    /// `invitation`, `notification`, `reply`.
    pub kind: &'a str,
    /// The words, address and all.
    pub words: &'a [u8],
}

impl Tx<'_, '_> {
    /// Seals bytes under a key of their own, made on first use: for a mail, a request, a complaint, a survey's answers.
    /// `key` is the row's id (or the survey's name); `place` is `table/id/column` and must be said again to open it.
    ///
    /// # Errors
    /// [`Error::NoChance`]; [`Error::Refused`] for the key of a person or a recording, which have verbs of their own.
    pub fn seal(&mut self, key: &str, place: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        own_key(key)?;
        self.make_key(key)?.seal(place, plain)
    }

    /// Opens what [`Tx::seal`] sealed. The permit is to answer or to read.
    ///
    /// # Errors
    /// [`Error::Refused`], [`Error::Gone`], [`Error::Damaged`].
    pub fn unseal(
        &mut self,
        permit: &Permit,
        key: &str,
        place: &str,
        sealed: &[u8],
    ) -> Result<Plain, Error> {
        own_key(key)?;
        self.allow(permit, &[Deed::Answer, Deed::Read], permit.about(), None)?;
        self.key(key)?.open(place, sealed)
    }

    /// Writes a message to a person, sealed under their key, to be sent. Returns its id.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to contact or to answer this person, and they may be contacted.
    pub fn write(&mut self, permit: &Permit, new: &NewMessage<'_>) -> Result<String, Error> {
        self.allow(
            permit,
            &[Deed::Contact, Deed::Answer],
            Some(new.holding),
            None,
        )?;
        let whose = self.usable(permit, new.holding)?;
        let id = self.new_id("msg");
        let sealed = self.key(&whose.sealing)?.seal(&place(&id), new.words)?;
        let (at, who) = (self.at(), self.who().to_string());
        let clause = permit.cites().first().map_or("", String::as_str);
        self.run(
            WRITE,
            &[
                id.as_str().into(),
                whose.project.into(),
                new.holding.into(),
                new.kind.into(),
                permit.purpose().unwrap_or_default().into(),
                clause.into(),
                sealed.into(),
                at.into(),
                who.into(),
            ],
        )?;
        Ok(id)
    }

    /// Opens a message, to send it or to show what was sent.
    ///
    /// # Errors
    /// [`Error::Refused`] unless the permit is to contact, answer or read about this person; once erased.
    pub fn message(&mut self, permit: &Permit, id: &str) -> Result<Plain, Error> {
        let missing = || store::Error::Missing {
            what: id.to_owned(),
        };
        let row = self.one(MESSAGE, &[id.into()])?.ok_or_else(missing)?;
        let holding = row.text("holding")?;
        self.allow(
            permit,
            &[Deed::Contact, Deed::Answer, Deed::Read],
            Some(&holding),
            None,
        )?;
        let whose = self.usable(permit, &holding)?;
        let sealed = row.maybe_bytes("sealed")?.ok_or_else(missing)?;
        self.vault
            .keys
            .get(&whose.sealing)?
            .open(&place(id), &sealed)
    }

    /// Writes down that a message left. Whether it had not before.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn sent(&mut self, message: &str) -> Result<bool, Error> {
        let at = self.at();
        Ok(self.run(SENT, &[message.into(), at.into()])? > 0)
    }
}

/// The row's identity, without which the words do not open.
pub(crate) fn place(id: &str) -> String {
    format!("message/{id}")
}

/// The keys of people and recordings open only to the verbs that look at the person's choices.
pub(crate) fn own_key(key: &str) -> Result<(), Error> {
    let ours = key == "root" || key.starts_with(crate::keys::HOUSE);
    if key.starts_with("per_") || key.starts_with("blb_") || ours || key.is_empty() {
        return Err(Refused::new(
            "UK GDPR Art 32",
            "this key opens only through the person or the recording it belongs to",
            "use the verbs for values, messages and recordings",
        )
        .into());
    }
    Ok(())
}
