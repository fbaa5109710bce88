//! A transaction with people in it: it knows what was touched, and tells the evidence entry.

use crate::{Error, Refused, Unfinished, Vault, place::Counted, seal::Sealer, standing::Stands};
use policy::{Deed, Permit};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    ops::{Deref, DerefMut},
    rc::Rc,
    sync::Arc,
};

/// What a closure given to [`Vault::act`] works with; it is a [`store::Tx`] too.
pub struct Tx<'t, 's> {
    pub(crate) vault: &'t Vault,
    inner: &'t mut store::Tx<'s>,
    made: Vec<String>,
    erased: Vec<Unfinished>,
    people: BTreeSet<String>,
    items: BTreeSet<String>,
    /// How the person asked about last stands, and after how many changes of this act.
    pub(crate) stands: RefCell<Option<(u64, Rc<Stands>)>>,
    pub(crate) counted: Counted,
    /// Whether keys remembered from before this transaction are known to be there still.
    asked: Cell<bool>,
}

/// What the vault must know once the closure is done.
pub(crate) struct Left {
    /// Keys and files made, to be destroyed if nothing comes of it.
    pub(crate) made: Vec<String>,
    /// The erasures that were begun.
    pub(crate) erased: Vec<Unfinished>,
}

impl std::fmt::Debug for Tx<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").finish_non_exhaustive()
    }
}

impl<'s> Deref for Tx<'_, 's> {
    type Target = store::Tx<'s>;
    fn deref(&self) -> &Self::Target {
        self.inner
    }
}

impl DerefMut for Tx<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.inner
    }
}

impl<'t, 's> Tx<'t, 's> {
    pub(crate) fn new(vault: &'t Vault, inner: &'t mut store::Tx<'s>) -> Self {
        Self {
            vault,
            inner,
            made: Vec::new(),
            erased: Vec::new(),
            people: BTreeSet::new(),
            items: BTreeSet::new(),
            stands: RefCell::default(),
            counted: Counted::default(),
            asked: Cell::new(false),
        }
    }

    /// Tells the entry what was touched: whose data when it was one person's, how many people otherwise, and which items.
    pub(crate) fn close(self) -> Left {
        let unnamed = self.inner.act().is_some_and(|act| act.about.is_empty());
        match self.people.iter().next() {
            Some(one) if self.people.len() == 1 && unnamed => self.inner.about(one),
            Some(_) if self.people.len() > 1 => {
                self.inner.detail("people", self.people.len().to_string());
            }
            _ => {}
        }
        if !self.items.is_empty() {
            let items: Vec<_> = self.items.iter().map(String::as_str).collect();
            self.inner.detail("items", items.join(" "));
        }
        Left {
            made: self.made,
            erased: self.erased,
        }
    }

    /// Checks that a permit reaches this deed, person and item, and that the act names the same purpose;
    /// then files the act under what the permit cites.
    pub(crate) fn allow(
        &mut self,
        permit: &Permit,
        deeds: &[Deed],
        holding: Option<&str>,
        item: Option<&str>,
    ) -> Result<(), Error> {
        let first = permit.cites().first().map_or("", String::as_str);
        if !deeds.contains(&permit.act()) {
            return Err(Refused::new(
                first,
                format!("the permit is for `{}`, not for this", permit.act()),
                "ask the notice about what is to be done",
            )
            .into());
        }
        if permit.about().is_some() && permit.about() != holding {
            return Err(Refused::new(
                first,
                "the permit is about somebody else",
                "ask the notice about this person",
            )
            .into());
        }
        if let Some(item) = item
            && !permit.covers(item)
        {
            return Err(Refused::new(
                first,
                format!("the permit does not cover `{item}`"),
                "ask for the items that are needed, and only for those",
            )
            .into());
        }
        let named = self.inner.act().map_or("", |act| act.purpose.as_str());
        if let Some(purpose) = permit.purpose()
            && !named.is_empty()
            && named != purpose
        {
            return Err(Refused::new(
                "UK GDPR Art 5(1)(b)",
                format!("the act names the purpose `{named}` and the permit is for `{purpose}`"),
                "name the purpose that the permit was given for",
            )
            .into());
        }
        for cite in permit.cites() {
            self.inner.cite(cite);
        }
        self.inner.notice(permit.notice());
        self.inner.purpose(permit.purpose().unwrap_or_default());
        if let Some(holding) = holding {
            self.people.insert(holding.to_owned());
        }
        if let Some(item) = item {
            self.items.insert(item.to_owned());
        }
        Ok(())
    }

    /// Says that an item was touched.
    pub(crate) fn touched(&mut self, item: &str) {
        self.items.insert(item.to_owned());
    }

    /// The key of this id, made on first use. It stays when nothing comes of the act: another act may have found it and sealed
    /// with it meanwhile, and a key that opens nothing does no harm.
    pub(crate) fn make_key(&mut self, id: &str) -> Result<Arc<Sealer>, Error> {
        self.ask_for_keys()?;
        let at = self.inner.at();
        Ok(self.vault.keys.get_or_make(id, at)?.0)
    }

    /// The key of this id. None is used that another server had destroyed before this transaction began to use keys.
    pub(crate) fn key(&self, id: &str) -> Result<Arc<Sealer>, Error> {
        self.ask_for_keys()?;
        self.vault.keys.get(id)
    }

    fn ask_for_keys(&self) -> Result<(), Error> {
        if !self.asked.get() {
            self.vault.keys.forget()?;
            self.asked.set(true);
        }
        Ok(())
    }

    /// Takes over a key, and a file if there is one, that nobody else can know of yet: destroyed if nothing comes of the act.
    pub(crate) fn adopt(&mut self, id: &str) {
        self.made.push(id.to_owned());
    }

    /// Says that an erasure was begun and is to be gone on with after the commit.
    pub(crate) fn erasing(&mut self, one: Unfinished) {
        self.erased.push(one);
    }
}
