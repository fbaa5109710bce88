//! A house knows its own store of recordings again, and says when it is missing.

use crate::{Error, Vault};
use jiff::Timestamp;
use std::sync::Arc;
use store::{Act, Actor, Blobs, Verb, blobs::Both};

store::statements! {
    MARK = "select mark from shelf order by mark";
    ADD = "insert into shelf (mark, made_at) values ($1, $2)";
    FOLDER = "select said from setting where name = 'recordings-folder'";
    ADD_FOLDER = "insert into setting (name, said) values ('recordings-folder', $1)";
}

/// The file by which servers that share a folder of recordings know that it is the same.
const FOLDER_MARK: &str = "recordings.mark";

impl Vault {
    /// Where recordings stand: in the folder, or outside of it from now on. The mark by which a store outside is known is made on
    /// first use, as an act of its own.
    pub(crate) fn take_up(
        &self,
        outside: Option<&Arc<dyn Blobs>>,
        at: Timestamp,
    ) -> Result<Arc<dyn Blobs>, Error> {
        let mark = self.store.look(|rd| {
            let row = rd.one(MARK, &[])?;
            Ok::<_, Error>(row.map(|row| row.text("mark")).transpose()?)
        })?;
        self.same_folder(outside.is_some(), at)?;
        let Some(outside) = outside else {
            return match mark {
                None => Ok(Arc::clone(&self.shelf)),
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
            let act = act(at).detail("recordings", "kept outside the folder");
            self.store.act(&act, |tx| {
                tx.run(ADD, &[mark.as_str().into(), at.into()])?;
                Ok::<_, Error>(())
            })?;
        }
        Ok(Arc::new(Both::new(
            Arc::clone(outside),
            Arc::clone(&self.shelf),
        )))
    }

    /// Servers of one house that keep recordings in a folder keep them in the same one: otherwise one would call a recording
    /// erased that stands with another.
    fn same_folder(&self, outside: bool, at: Timestamp) -> Result<(), Error> {
        let Some(folder) = self.store.folder().filter(|_| self.store.is_shared()) else {
            return Ok(());
        };
        if outside && self.shelf.list()?.is_empty() {
            return Ok(());
        }
        let known = self.store.ask(FOLDER, &[])?;
        let known = known.map(|row| row.text("said")).transpose()?;
        let own = folder.lines(FOLDER_MARK)?.into_iter().next();
        match (known, own) {
            (Some(known), Some(own)) if known == own => Ok(()),
            (None, own) => {
                let mark = match own {
                    Some(own) => own,
                    None => {
                        let mark = self.store.new_id("shelf");
                        folder.append(FOLDER_MARK, std::slice::from_ref(&mark))?;
                        mark
                    }
                };
                let act = act(at).detail("recordings", "kept in the folder");
                self.store.act(&act, |tx| {
                    tx.run(ADD_FOLDER, &[mark.as_str().into()])?;
                    Ok::<_, Error>(())
                })
            }
            _ => Err(store::Error::Shelf {
                doing: "opening it",
                why: "another server of this house keeps them in its own data folder: name a bucket under `[recordings]` from the beginning, or let `data` be a folder that all servers share",
            }
            .into()),
        }
    }
}

fn act(at: Timestamp) -> Act {
    Act::new(at, Actor::System("recordings".to_owned()), Verb::Restore).cite("UK GDPR Art 32(1)")
}
