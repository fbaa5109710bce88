//! The desk: what a project does with people's data, one module for each section of a notice, in the notice's order.
//!
//! Whoever has read a notice can find any behaviour here. Each verb takes the desk, a [`Visit`] (who, when) and what it is
//! about; it answers, or refuses because of clauses and articles, and leaves exactly one entry of evidence either way.

pub mod asking;
pub mod changes;
pub mod collect;
pub mod complaints;
pub mod contact;
pub mod data;
pub mod door;
pub mod keeping;
pub mod paper;
pub mod promises;
pub mod protecting;
pub mod rights;
mod rows;
pub mod sharing;
pub mod shelf;
mod standing;
pub mod stop;
pub mod uses;
pub mod visit;

pub use asking::Asking;
pub use rows::Rows;
pub use shelf::{Published, Shelf};
pub use stop::{Fault, Outcome, Refused, Stop};
pub use visit::{Role, Visit};

use std::{cell::Cell, sync::Arc};
use store::{Act, Lease};
use vault::Vault;

/// The notices in force and the vault they rule over.
#[derive(Debug)]
pub struct Desk {
    vault: Vault,
    shelf: Shelf,
}

impl Desk {
    /// Opens the desk over a vault, with every notice that was published in it.
    ///
    /// # Errors
    /// A stored notice that is not what was published.
    pub fn open(vault: Vault) -> Result<Desk, Fault> {
        let shelf = Shelf::load(vault.store())?;
        Ok(Desk { vault, shelf })
    }

    /// The vault below.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The notices.
    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Takes in what other servers of the house have published since; the first thing a door does before it answers. Where there is
    /// one server, it costs nothing.
    ///
    /// # Errors
    /// A fault of ours.
    pub fn refresh(&self) -> Result<(), Fault> {
        let store = self.vault.store();
        if store.is_shared() {
            self.shelf.refresh(store)?;
        }
        Ok(())
    }

    /// The newest version of a notice by name.
    ///
    /// # Errors
    /// A refusal that names the notices there are.
    pub fn notice(&self, name: &str) -> Outcome<Arc<Published>> {
        self.shelf.current(name).ok_or_else(|| {
            let names: Vec<String> = self
                .shelf
                .all()
                .iter()
                .map(|p| format!("`{}`", p.notice.name))
                .collect();
            let help = if names.is_empty() {
                "no notice is in force yet: a project lead or the data protection officer adds the first one".to_owned()
            } else {
                format!("the notices here are {}", names.join(", "))
            };
            Refused::new(format!("there is no notice `{name}` here"))
                .law(
                    "UK GDPR Art 5(1)(b)",
                    "data are used for the purposes a notice names",
                )
                .help(help)
                .into()
        })
    }

    /// Does one act. When it is refused, nothing of it is left but the refusal, which is kept as evidence.
    ///
    /// # Errors
    /// What `work` says.
    pub fn act<T>(
        &self,
        act: &Act,
        work: impl Fn(&mut vault::Tx<'_, '_>) -> Outcome<T>,
    ) -> Outcome<T> {
        self.on_record(act, self.vault.act(act, work))
    }

    /// Does an act that reads of one person and changes nothing: beside whoever writes, see [`Vault::read`].
    ///
    /// # Errors
    /// As [`Desk::act`].
    pub fn read<T>(
        &self,
        act: &Act,
        person: &str,
        work: impl Fn(&mut vault::Tx<'_, '_>) -> Outcome<T>,
    ) -> Outcome<T> {
        self.on_record(act, self.vault.read(act, person, work))
    }

    /// A refusal is kept as evidence.
    fn on_record<T>(&self, act: &Act, done: Outcome<T>) -> Outcome<T> {
        match done {
            Err(Stop::Refused(refused)) => {
                let mut entry = act.clone().refused().detail("why", on_record(&refused.why));
                entry.cites = refused.cites();
                self.vault.record(&entry)?;
                Err(Stop::Refused(refused))
            }
            other => other,
        }
    }
}

impl Desk {
    /// Does one act of a duty, while this server has it. `work` looks in its own transaction whether there is anything to do still;
    /// where it answers nothing, nothing is left, not even an entry: somebody else has done it.
    ///
    /// # Errors
    /// What `work` says; that another server has taken the duty over.
    pub(crate) fn duty<T>(
        &self,
        lease: &Lease,
        act: &Act,
        work: impl Fn(&mut vault::Tx<'_, '_>) -> Outcome<Option<T>>,
    ) -> Outcome<Option<T>> {
        let over = Cell::new(false);
        let done = self.act(act, |tx| {
            over.set(false);
            tx.held(lease)?;
            let done = work(tx)?;
            over.set(done.is_none());
            done.ok_or_else(|| Fault("this has been done already".to_owned()).into())
        });
        match done {
            Err(_) if over.get() => Ok(None),
            other => other.map(Some),
        }
    }
}

/// A refusal's sentence as evidence keeps it. What stands in backticks may be what somebody typed where a name was expected,
/// and evidence is kept when everything else is erased: only what can be a name of the notice's stays.
fn on_record(why: &str) -> String {
    const LONGEST: usize = 64;
    let name = |word: &str| {
        word.len() <= LONGEST && !word.contains(char::is_whitespace) && !word.contains('@')
    };
    let mut said = String::new();
    for (n, piece) in why.split('`').enumerate() {
        if n > 0 {
            said.push('`');
        }
        said.push_str(if n % 2 == 0 || name(piece) {
            piece
        } else {
            "…"
        });
    }
    said
}

/// What staff call a person whose name they have not read: letters and digits made from the random id.
#[must_use]
pub fn pseudonym(holding: &str) -> String {
    let tail: String = holding
        .chars()
        .rev()
        .take(4)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    format!("P-{}", tail.to_uppercase())
}

impl Desk {
    /// Whether the milestone on which a notice's keeping is anchored has happened: the study takes nobody new.
    ///
    /// # Errors
    /// A fault of ours.
    pub fn has_ended(&self, published: &Published) -> Result<bool, Fault> {
        let notice = &published.notice;
        let events = self
            .vault
            .store()
            .look(|rd| standing::events(rd, &notice.reference))?;
        Ok(notice
            .events()
            .any(|(_, e)| standing::happened(notice, &events, &e.name).is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::on_record;

    #[test]
    fn what_somebody_typed_does_not_come_into_evidence() {
        assert_eq!(
            on_record("this notice has no purpose `marketing`"),
            "this notice has no purpose `marketing`"
        );
        assert_eq!(on_record("no `My name is Ada` is held"), "no `…` is held");
        assert_eq!(on_record("no `ada@example.org` is held"), "no `…` is held");
        assert_eq!(on_record(&format!("no `{}", "x".repeat(65))), "no `…");
        assert_eq!(on_record("no"), "no");
    }
}
