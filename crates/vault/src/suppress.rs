//! An opt-out outlives the erasure: a re-import does not undo it, although we no longer know who it was.

use crate::{Error, Kind, Tx};
use zeroize::Zeroizing;

store::statements! {
    SUPPRESS = "insert into suppression (token, kind, scope, since) values ($1, $2, $3, $4) on conflict do nothing";
    SUPPRESSED = "select since from suppression where token = $1 and kind = $2 and (scope = '*' or scope = $3)";
    UNSUPPRESS = "delete from suppression where token = $1 and kind = $2 and scope = $3";
}

impl Tx<'_, '_> {
    /// Remembers, beyond any erasure, not to approach whoever has this address, number or name again.
    /// `scope` is the project's reference, or `*`.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn suppress(&mut self, kind: Kind, value: &str, scope: &str) -> Result<(), Error> {
        let at = self.at();
        if let Some(token) = self.suppression_token(kind, value) {
            self.run(
                SUPPRESS,
                &[token.into(), kind.word().into(), scope.into(), at.into()],
            )?;
        }
        Ok(())
    }

    /// The same for every address and number held about a person. Names are left out: others bear them too.
    ///
    /// # Errors
    /// [`store::Error::Missing`] when there is no such holding, [`Error::Gone`] once erased.
    pub fn suppress_holding(&mut self, holding: &str, scope: &str) -> Result<(), Error> {
        for (kind, plain) in self.marked_values(holding)? {
            if kind != Kind::Name {
                self.suppress(kind, &plain.text(), scope)?;
            }
        }
        Ok(())
    }

    /// Whether whoever has this address, number or name must not be approached in this project.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn is_suppressed(&self, kind: Kind, value: &str, project: &str) -> Result<bool, Error> {
        let Some(token) = self.suppression_token(kind, value) else {
            return Ok(false);
        };
        let values = [token.into(), kind.word().into(), project.into()];
        Ok(self.one(SUPPRESSED, &values)?.is_some())
    }

    /// Forgets a suppression because the person came back of their own will. Whether there was one.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn unsuppress(&mut self, kind: Kind, value: &str, scope: &str) -> Result<bool, Error> {
        let Some(token) = self.suppression_token(kind, value) else {
            return Ok(false);
        };
        Ok(self.run(
            UNSUPPRESS,
            &[token.into(), kind.word().into(), scope.into()],
        )? > 0)
    }

    /// One token for the whole value, under a key of its own: it cannot be joined with the look-up marks.
    fn suppression_token(&self, kind: Kind, value: &str) -> Option<String> {
        let forms = Zeroizing::new(kind.normal(value));
        (!forms.is_empty()).then(|| {
            let whole = Zeroizing::new(forms.join(" "));
            self.vault.suppression.mark(kind.word(), &whole)
        })
    }
}
