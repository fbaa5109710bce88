//! Who and what a sentence means by a short name.

use super::{NOTICES, Person, World, values};
use crate::halt::{Halt, wrong};
use desk::data::PersonLine;
use desk::{Published, Role, Visit};
use std::collections::BTreeMap;
use std::sync::Arc;

store::statements! {
    /// One person in one project.
    HOLDING = "select * from holding where id = $1";
}

impl World {
    /// A notice by its short name in the scenarios, or by its own.
    ///
    /// # Errors
    /// There is none.
    pub fn notice(&self, short: &str) -> Result<Arc<Published>, Halt> {
        let own = NOTICES
            .iter()
            .find(|n| n.short == short)
            .map_or(short, |n| n.name);
        Ok(self.desk.notice(own)?)
    }

    /// A visit of a member of staff, named by the role.
    ///
    /// # Errors
    /// No such role.
    pub fn staff(&self, word: &str) -> Result<Visit, Halt> {
        let role = Role::from_word(word).ok_or_else(|| {
            wrong(
                format!("nobody here is called `{word}`"),
                "researcher, lead, dpo or administrator",
            )
        })?;
        Ok(Visit::staff(self.now, self.staff_id(word), role))
    }

    /// A visit of the machine, for a duty.
    #[must_use]
    pub fn machine(&self, duty: &str) -> Visit {
        Visit::system(self.now, duty)
    }

    /// A visit of a person, by the holding the sentence means.
    ///
    /// # Errors
    /// They are in no project yet.
    pub fn visit_of(&self, first: &str) -> Result<Visit, Halt> {
        Ok(Visit::person(self.now, &self.holding(first)?))
    }

    /// A person, made on their first mention.
    pub fn person(&mut self, first: &str) -> &mut Person {
        let place = self.people.len();
        self.people
            .entry(first.to_owned())
            .or_insert_with(|| Person {
                first: first.to_owned(),
                place,
                ..Person::default()
            })
    }

    /// The holding a sentence means: the newest that was opened for this person.
    ///
    /// # Errors
    /// They are in no project yet.
    pub fn holding(&self, first: &str) -> Result<String, Halt> {
        self.people
            .get(first)
            .and_then(|p| p.holdings.last())
            .map(|(_, holding)| holding.clone())
            .ok_or_else(|| {
                wrong(
                    format!("`{first}` is in no project yet"),
                    "somebody who signed up or was referred",
                )
            })
    }

    /// The holding a sentence means, or the person's entry in a contact list where everything else of them is gone.
    ///
    /// # Errors
    /// They are in no project yet.
    pub fn living(&self, first: &str) -> Result<String, Halt> {
        let holding = self.holding(first)?;
        let erased = self
            .person_line(&holding)?
            .is_some_and(|p| p.erased_at.is_some());
        if erased {
            Ok(self.card(first).unwrap_or(holding))
        } else {
            Ok(holding)
        }
    }

    /// The name of the notice that the holding a sentence means stands under.
    ///
    /// # Errors
    /// They are in no project yet.
    pub fn notice_of(&self, first: &str) -> Result<String, Halt> {
        self.holding(first)?;
        Ok(self
            .people
            .get(first)
            .and_then(|p| p.holdings.last())
            .map(|(notice, _)| notice.clone())
            .unwrap_or_default())
    }

    /// The reference of the project that the holding a sentence means is in.
    ///
    /// # Errors
    /// They are in no project yet.
    pub fn project_of(&self, first: &str) -> Result<String, Halt> {
        Ok(self
            .desk
            .notice(&self.notice_of(first)?)?
            .notice
            .reference
            .clone())
    }

    /// The entry of a person in a contact list of its own.
    ///
    /// # Errors
    /// There is none.
    pub fn card(&self, first: &str) -> Result<String, Halt> {
        self.people
            .get(first)
            .and_then(|p| p.card.clone())
            .ok_or_else(|| {
                wrong(
                    format!("`{first}` has no entry in the directory"),
                    "somebody who was added to it",
                )
            })
    }

    /// An id that an earlier sentence left with a person.
    ///
    /// # Errors
    /// There is none of this kind.
    pub fn id(&self, first: &str, kind: &str) -> Result<String, Halt> {
        self.people
            .get(first)
            .and_then(|p| p.ids.get(kind).cloned())
            .ok_or_else(|| {
                wrong(
                    format!("there is no {kind} of `{first}`"),
                    format!("a {kind} that an earlier line made"),
                )
            })
    }

    /// Leaves an id with a person.
    pub fn keep_id(&mut self, first: &str, kind: &str, id: impl Into<String>) {
        self.person(first).ids.insert(kind.to_owned(), id.into());
    }

    /// A visit of a recipient that works for us.
    ///
    /// # Errors
    /// It was never added.
    pub fn vendor(&self, short: &str) -> Result<Visit, Halt> {
        Ok(Visit::vendor(self.now, &self.recipient(short)?))
    }

    /// A recipient's id by its short name.
    ///
    /// # Errors
    /// It was never added.
    pub fn recipient(&self, short: &str) -> Result<String, Halt> {
        self.recipients.get(short).cloned().ok_or_else(|| {
            wrong(
                format!("there is no recipient `{short}`"),
                "one that an earlier line added",
            )
        })
    }

    /// What a person fills in for these items; `job-title "Head of Care"` gives the words themselves.
    pub fn fills(&mut self, first: &str, items: &[String]) -> BTreeMap<String, String> {
        let seed = self.seed;
        let person = self.person(first);
        let mut answers = BTreeMap::new();
        for item in items {
            let (item, said) = match item.split_once(" \"") {
                Some((item, rest)) => (item.trim(), Some(rest.trim_end_matches('"').to_owned())),
                None => (item.as_str(), None),
            };
            let text = said
                .or_else(|| person.filled.get(item).cloned())
                .unwrap_or_else(|| values::value(seed, &person.first, person.place, item));
            person.filled.insert(item.to_owned(), text.clone());
            answers.insert(item.to_owned(), text);
        }
        answers
    }

    /// How far a person has come, by holding.
    ///
    /// # Errors
    /// A fault of the desk.
    pub fn person_line(&self, holding: &str) -> Result<Option<PersonLine>, Halt> {
        for notice in self.desk.shelf().all() {
            let people = desk::data::people(&self.desk, &notice.notice.name)?;
            if let Some(line) = people.into_iter().find(|p| p.holding == holding) {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// The words of a published edition of one of our notices: version 1 or 2.
    ///
    /// # Errors
    /// There is no such edition.
    pub(crate) fn edition(short: &str, version: &str) -> Result<&'static str, Halt> {
        let shelved = NOTICES.iter().find(|n| n.short == short);
        shelved
            .and_then(|n| match version {
                "1" => Some(n.first),
                "2" => Some(n.now),
                _ => None,
            })
            .ok_or_else(|| {
                wrong(
                    format!("there is no version {version} of `{short}`"),
                    "version 1 or 2 of people, stakeholders or kinship",
                )
            })
    }

    /// The version of the notice a person's data are judged by: `kinship-care-stakeholders@2`.
    ///
    /// # Errors
    /// A fault of the desk.
    pub fn judged_by(&self, holding: &str) -> Result<String, Halt> {
        let whose = self.desk.vault().store().look(|rd| {
            let row = rd.one(HOLDING, &[holding.into()])?;
            row.map(|row| Ok::<_, Halt>(vault::Holding::read(&row)?))
                .transpose()
        })?;
        let whose = whose
            .ok_or_else(|| wrong("there is no such holding", "somebody who is in a project"))?;
        Ok(self.desk.judged_by(&whose)?.label())
    }

    /// What a person says in a talk: a made-up tale in which their own name and address come up, as they do.
    pub fn tale(&mut self, first: &str) -> String {
        let filled = self.fills(first, &["interview-answers".to_owned(), "name".to_owned()]);
        let of = |item: &str| filled.get(item).cloned().unwrap_or_default();
        format!(
            "Thank you for having me. I am {}. {} It took a long time, and then it got better.",
            of("name"),
            of("interview-answers")
        )
    }

    /// The id of the key that a person's values are sealed under, with the project whose store it belongs to.
    ///
    /// # Errors
    /// They are in no project yet.
    pub fn sealing(&self, first: &str) -> Result<String, Halt> {
        let holding = self.holding(first)?;
        self.desk.vault().store().look(|rd| {
            let row = rd
                .one(HOLDING, &[holding.as_str().into()])?
                .ok_or_else(|| wrong("there is no such holding", "somebody who is in a project"))?;
            Ok(format!("{} {}", row.text("project")?, row.text("sealing")?))
        })
    }

    /// What a person filled in and nobody has changed since.
    #[must_use]
    pub fn as_given(&self, first: &str) -> BTreeMap<String, String> {
        let Some(person) = self.people.get(first) else {
            return BTreeMap::new();
        };
        person
            .filled
            .iter()
            .filter(|(item, _)| !person.changed.contains(*item))
            .map(|(item, text)| (item.clone(), text.clone()))
            .collect()
    }
}
