//! Names where they are declared and where they are used, noted for `resolve`.

use super::cursor::{Cursor, Heard};
use crate::model::Span;

/// What a name names; `resolve` holds names that are used against names that are declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Naming {
    /// A data group.
    Group,
    /// A data item in a group.
    Item,
    /// A purpose.
    Purpose,
    /// A milestone.
    Event,
    /// A controller or partner.
    Party,
    /// A class that binds late: `any transcriber`.
    Class,
    /// A role in an `audience` sentence.
    Role,
    /// A door in a `contact` sentence.
    Door,
    /// The version of the notice.
    Version,
    /// A consent to take part.
    Consent,
    /// A say over one thing.
    Permission,
    /// A survey.
    Survey,
}

/// A name where it is declared or used; `or` lists what else it may be where it is used.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) name: String,
    pub(crate) span: Span,
    /// What it may name: one kind in a declaration, at least one in a use.
    pub(crate) kinds: &'static [Naming],
    /// Words that need no declaring here.
    pub(crate) free: &'static [&'static str],
}

const DATA: &[Naming] = &[Naming::Group, Naming::Item];

impl Cursor<'_> {
    /// Notes the name just read as a use of something declared elsewhere.
    fn note(&mut self, name: &str, kinds: &'static [Naming], free: &'static [&'static str]) {
        let span = self.since(self.at.saturating_sub(1));
        self.uses.push(Mention {
            name: name.to_owned(),
            span,
            kinds,
            free,
        });
    }

    /// Notes the name just read as declared here.
    pub(crate) fn declare(&mut self, name: &str, kinds: &'static [Naming]) {
        let span = self.since(self.at.saturating_sub(1));
        self.declares.push(Mention {
            name: name.to_owned(),
            span,
            kinds,
            free: &[],
        });
    }

    /// Data groups or items, or a word of `free`: `summary`, `all`.
    pub(crate) fn data(&mut self, free: &'static [&'static str]) -> Heard<Vec<String>> {
        self.list(|c| {
            let name = c.name("a data group or item")?;
            c.note(&name, DATA, free);
            Ok(name)
        })
    }

    /// Purposes.
    pub(crate) fn purposes(&mut self) -> Heard<Vec<String>> {
        self.list(|c| {
            let name = c.name("a purpose")?;
            c.note(&name, &[Naming::Purpose], &[]);
            Ok(name)
        })
    }

    /// A milestone that is declared elsewhere or needs no declaring.
    pub(crate) fn use_event(&mut self) -> Heard<String> {
        let name = self.event()?;
        self.note(&name, &[Naming::Event], crate::resolve::EVENTS);
        Ok(name)
    }

    /// A controller or partner.
    pub(crate) fn party(&mut self) -> Heard<String> {
        let name = self.name("a controller or partner")?;
        self.note(&name, &[Naming::Party], &[]);
        Ok(name)
    }

    /// A controller or partner, or a class that some `share` sentence lets in.
    pub(crate) fn place(&mut self) -> Heard<String> {
        let name = self.name("a partner or a class of recipient")?;
        self.note(&name, &[Naming::Class, Naming::Party], &[]);
        Ok(name)
    }

    /// Who is told: a data group, an audience, a door, a partner, or everybody.
    pub(crate) fn told(&mut self) -> Heard<String> {
        let kinds = &[Naming::Group, Naming::Role, Naming::Door, Naming::Party];
        let name = self.name("who is told")?;
        self.note(&name, kinds, &["affected", "everyone"]);
        Ok(name)
    }
}
