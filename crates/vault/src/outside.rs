//! A house knows its own store of recordings again, and says when it is missing.

use crate::{Error, Vault};
use jiff::Timestamp;
use std::sync::Arc;
use store::{Act, Actor, Blobs, Verb, blobs::Both};

store::statements! {
    MARK = "select mark from shelf order by mark";
    ADD = "insert into shelf (mark, made_at) values ($1, $2)";
}

impl Vault {
    /// Puts new recordings outside the folder from now on. The mark by which that store is known is made on first use, as an
    /// act of its own.
    pub(crate) fn take_up(
        &mut self,
        outside: Option<Arc<dyn Blobs>>,
        at: Timestamp,
    ) -> Result<(), Error> {
        let mark = self.store.look(|rd| {
            let row = rd.one(MARK, &[])?;
            Ok::<_, Error>(row.map(|row| row.text("mark")).transpose()?)
        })?;
        let Some(outside) = outside else {
            return match mark {
                None => Ok(()),
                Some(_) => Err(store::Error::Shelf {
                    doing: "opening it",
                    why: "this house keeps recordings outside its folder, and abide.toml does not say where: put `[recordings]` back",
                }
                .into()),
            };
        };
        let known = mark.is_some();
        let mark = mark.unwrap_or_else(|| self.store.new_id("shelf"));
        outside.claim(&mark)?;
        if !known {
            let act = Act::new(at, Actor::System("recordings".to_owned()), Verb::Restore)
                .cite("UK GDPR Art 32(1)")
                .detail("recordings", "kept outside the folder");
            self.store.act(&act, |tx| {
                tx.run(ADD, &[mark.as_str().into(), at.into()])?;
                Ok::<_, Error>(())
            })?;
        }
        self.shelf = Arc::new(Both::new(outside, Arc::clone(&self.shelf)));
        Ok(())
    }
}
