//! Reading of everybody at once is one act with one entry, and each of them is judged first.
//!
//! People who stand alike are asked about once. What is read is read beside the one who writes; the act that says so begins only
//! when nothing of it has changed meanwhile, and reads it anew if something has. The entry holds the root of a Merkle
//! tree over the ids of the values, so that it can be proved of each value that it was among them.

use crate::{
    Error, Holding, Plain, Standing, Tx, Vault, place,
    seal::Sealer,
    standing::{Facts, gate},
};
use evidence::{Frontier, tree};
use policy::{Deed, Permit};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::{Act, Look, State};

store::statements! {
    EVERYBODY = "select * from holding where notice = $1 and erased_at is null";
    FACTS = "select h.number as whose, 'choice' as fact, c.kind as a, c.scope as b, c.decided as c from holding h join choice c on c.holding = h.id
            where h.notice = $1 and h.erased_at is null and c.lifted_at is null
        union all select h.number, 'consent', t.kind, '', null from holding h
            join consent c on c.number between h.number * 1048576 and h.number * 1048576 + 1048575 join terms t on t.number = c.terms
            where h.notice = $1 and h.erased_at is null and c.withdrawn_at is null
        union all select h.number, 'hold', c.why, '', null from holding h join hold c on c.holding = h.id
            where h.notice = $1 and h.erased_at is null and c.lifted_at is null
        union all select h.number, 'request', c.kinds, '', null from holding h join request c on c.holding = h.id
            where h.notice = $1 and h.erased_at is null and c.answered_at is null";
    OF_ITEM = "select number, coalesce(id, '') as id, sealed from value where item = (select number from item where name = $1) order by number";
}

/// What is asked for of everybody.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    /// The notice's name.
    pub notice: &'a str,
    /// The items, by the notice's names.
    pub items: &'a [&'a str],
    /// The purpose, by the notice's name.
    pub purpose: &'a str,
}

/// One value of somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Whose.
    pub holding: Arc<str>,
    /// The notice's name for the item.
    pub item: Arc<str>,
    /// The value itself.
    pub plain: Plain,
}

/// What was read of everybody who may be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// The values: by item in the order asked for, and by person in the order they came.
    pub values: Vec<Opened>,
    /// How many people were left out, because of a choice of theirs or because the notice does not allow it.
    pub left_out: usize,
}

/// One person of many.
#[derive(Debug)]
struct One {
    id: Arc<str>,
    number: i64,
    sealing: Box<str>,
    kind: usize,
}

/// Everybody under a notice, and the kinds of people there are among them: those of one kind have one answer.
#[derive(Debug)]
pub(crate) struct Everybody {
    /// The state it is of; what changes how people stand changes its number.
    state: Option<State>,
    people: Vec<One>,
    kinds: Vec<(Holding, Facts)>,
}

/// The last one for each notice.
#[derive(Debug, Default)]
pub(crate) struct Known(Mutex<BTreeMap<String, Arc<Everybody>>>);

/// What was read, and what its entry will say.
struct Found {
    gathered: Gathered,
    permits: Vec<Permit>,
    people: usize,
    root: evidence::Hash,
}

/// How some people stand, and who they are.
pub type Alike = (Standing, Vec<Arc<str>>);

impl Vault {
    /// Reads what is held of some items of everybody under a notice. `ask` is asked once for all who stand alike, with nobody
    /// in particular in the question, and says whether they may be read: whoever may not is left out.
    ///
    /// # Errors
    /// What stands in the way of the act; [`Error::Refused`] when a permit is not for reading these items for this purpose.
    pub fn gather(
        &self,
        act: &Act,
        sought: &Sought<'_>,
        ask: impl Fn(&Standing) -> Option<Permit>,
    ) -> Result<Gathered, Error> {
        let read = self.store.look_at(|look, state| {
            Ok::<_, Error>(match state {
                Some(_) => Some((state, self.found(look, state, sought, &ask)?)),
                None => None,
            })
        });
        // A key that was destroyed while its values were being read: they are read anew, and are not there.
        let read = match read {
            Err(Error::Gone { .. }) => None,
            other => other?,
        };
        let read = Mutex::new(read);
        self.act(act, |tx| {
            let before = lock(&read).take();
            let found = match before {
                Some((Some(state), found)) if self.store.still(state) => found,
                _ => self.found(&tx.look(), None, sought, &ask)?,
            };
            tx.filed(sought, found)
        })
    }

    /// Who is held under a notice, by how they stand: people of one kind have one answer. For previews and lists: no value is
    /// opened, and nothing goes on record. A [`Standing`] here names nobody, and whoever asks the policy with it asks about
    /// nobody in particular.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn alike(&self, notice: &str, purpose: Option<&str>) -> Result<Vec<Alike>, Error> {
        let everybody = self
            .store
            .look_at(|look, state| self.everybody(look, state, notice))?;
        let mut kinds: Vec<Alike> = everybody
            .kinds
            .iter()
            .map(|(holding, facts)| {
                let (states, objected_to) = facts.states(purpose);
                let holding = holding.clone();
                let standing = Standing {
                    holding,
                    states,
                    objected_to,
                };
                (standing, Vec::new())
            })
            .collect();
        for one in &everybody.people {
            if let Some((_, people)) = kinds.get_mut(one.kind) {
                people.push(Arc::clone(&one.id));
            }
        }
        Ok(kinds)
    }

    fn found(
        &self,
        look: &Look<'_>,
        state: Option<State>,
        sought: &Sought<'_>,
        ask: &impl Fn(&Standing) -> Option<Permit>,
    ) -> Result<Found, Error> {
        self.keys.forget()?;
        let everybody = self.everybody(look, state, sought.notice)?;
        let mut permits = Vec::new();
        let mut allowed = Vec::with_capacity(everybody.kinds.len());
        for (holding, facts) in &everybody.kinds {
            let (states, objected_to) = facts.states(Some(sought.purpose));
            let permit = ask(&Standing {
                holding: holding.clone(),
                states: states.clone(),
                objected_to,
            });
            let permit = permit.filter(|permit| gate(permit, &states).is_ok());
            allowed.push(permit.is_some());
            permits.extend(permit);
        }
        let may = |one: &One| allowed.get(one.kind).copied().unwrap_or_default();
        let mut sealers: Vec<Option<Arc<Sealer>>> = vec![None; everybody.people.len()];
        let mut values = Vec::new();
        let mut set = Frontier::default();
        for item in sought.items {
            let name: Arc<str> = Arc::from(*item);
            let mut people = everybody.people.iter().enumerate().peekable();
            look.scan(OF_ITEM, &[(*item).into()], |row| {
                let number = row.int(0)?;
                let holding = place::holding_of(number);
                // Both come in the order of numbers.
                while people.next_if(|(_, one)| one.number < holding).is_some() {}
                let Some((nth, one)) = people
                    .peek()
                    .filter(|(_, one)| one.number == holding && may(one))
                else {
                    return Ok(());
                };
                let Some(ready) = sealers.get_mut(*nth) else {
                    return Ok(());
                };
                let named = Some(row.text(1)?).filter(|id| !id.is_empty());
                let id = place::id(&one.id, number, named);
                let sealed_in = place::sealed_in(&id, &one.id, item);
                let plain = self.unsealed(ready, one, &sealed_in, row.bytes(2)?);
                set.append(tree::leaf_hash(id.as_bytes()));
                values.push((Arc::clone(&one.id), Arc::clone(&name), plain));
                Ok(())
            })?;
        }
        let values = values.into_iter().map(|(holding, item, plain)| {
            let plain = plain?;
            Ok(Opened {
                holding,
                item,
                plain,
            })
        });
        Ok(Found {
            gathered: Gathered {
                values: values.collect::<Result<_, Error>>()?,
                left_out: everybody.people.iter().filter(|one| !may(one)).count(),
            },
            people: sealers.iter().flatten().count(),
            permits,
            root: set.root(),
        })
    }

    fn unsealed(
        &self,
        ready: &mut Option<Arc<Sealer>>,
        one: &One,
        place: &str,
        sealed: &[u8],
    ) -> Result<Plain, Error> {
        let sealer = match ready {
            Some(sealer) => sealer,
            None => ready.insert(self.keys.get(&one.sealing)?),
        };
        sealer.open(place, sealed)
    }

    /// Everybody under a notice, as they stand in this state.
    fn everybody(
        &self,
        look: &Look<'_>,
        state: Option<State>,
        notice: &str,
    ) -> Result<Arc<Everybody>, Error> {
        if let Some(known) = lock(&self.known.0).get(notice)
            && let (Some(of), Some(now)) = (known.state, state)
            && of.people() == now.people()
        {
            return Ok(Arc::clone(known));
        }
        let mut people: BTreeMap<i64, (Holding, Facts)> = BTreeMap::new();
        for row in look.rows(EVERYBODY, &[notice.into()])? {
            let whose = Holding::read(&row)?;
            let facts = Facts::of(&whose);
            people.insert(whose.number, (whose, facts));
        }
        for row in look.rows(FACTS, &[notice.into()])? {
            if let Some((_, facts)) = people.get_mut(&row.int("whose")?) {
                facts.add(&row)?;
            }
        }
        let mut all = Everybody {
            state,
            people: Vec::with_capacity(people.len()),
            kinds: Vec::new(),
        };
        let mut kinds = BTreeMap::new();
        for (number, (whose, facts)) in people {
            let like = (
                whose.version_told,
                whose.audience.clone(),
                whose.tags.clone(),
                whose.source_kind,
                facts.clone(),
            );
            let kind = *kinds.entry(like).or_insert_with(|| {
                // Nobody in particular.
                let id = String::new();
                all.kinds.push((
                    Holding {
                        id,
                        ..whose.clone()
                    },
                    facts,
                ));
                all.kinds.len() - 1
            });
            all.people.push(One {
                id: whose.id.into(),
                number,
                sealing: whose.sealing.into(),
                kind,
            });
        }
        let all = Arc::new(all);
        if state.is_some() {
            lock(&self.known.0).insert(notice.to_owned(), Arc::clone(&all));
        }
        Ok(all)
    }
}

impl Tx<'_, '_> {
    /// Files the act under what allowed it, and says what was read.
    fn filed(&mut self, sought: &Sought<'_>, found: Found) -> Result<Gathered, Error> {
        for permit in &found.permits {
            for item in sought.items {
                self.allow(permit, &[Deed::Read], None, Some(item))?;
            }
        }
        if found.permits.is_empty() {
            // Nobody may be read: an answer with nothing in it, filed under why.
            self.cite("UK GDPR Art 5(1)(b)");
        }
        self.purpose(sought.purpose);
        self.detail("values", found.gathered.values.len().to_string());
        self.detail("people", found.people.to_string());
        self.detail("left-out", found.gathered.left_out.to_string());
        self.detail("set", tree::hex(&found.root));
        Ok(found.gathered)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
