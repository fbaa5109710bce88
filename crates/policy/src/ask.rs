//! Asking: a question in, yes or no out, and always why.

use crate::answer::{Answer, Reason, Refusal, Until};
use crate::cedar::{CompileError, Engine, GUARDRAILS, Ruling};
use crate::facts::Facts;
use crate::nearest::nearest;
use crate::permit::{Grant, Permit};
use crate::shape::{self, Shape, UNKNOWN};
use crate::suppose::{Supposition, suppose, without};
use crate::{Deed, Question, State, compile, words};
use notice::model::Notice;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

/// One version of one notice, ready to be asked.
#[derive(Debug)]
pub struct Rulebook {
    notice: Notice,
    facts: Facts,
    engine: Engine,
    policies: Vec<String>,
    duties: Vec<crate::DutyRule>,
    memo: RwLock<BTreeMap<Shape, Arc<Ruling>>>,
}

/// So many shapes are remembered before the memory starts afresh; a notice in use meets a few hundred.
const REMEMBERED: usize = 8192;

/// A word about how things stand that neither the policies nor this notice know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no state of a person, of data or of a recipient")]
pub struct UnknownState {
    /// The word.
    pub word: String,
    /// What is known.
    pub help: String,
}

/// An item as the question named it, and by the notice's name; empty where the notice lists no such thing.
type Asked = (String, String);

impl Rulebook {
    /// Compiles a notice that has no errors: only a sound one goes on.
    ///
    /// # Errors
    /// [`CompileError`] where Cedar cannot take the policies; with a sound notice that is a fault of ours.
    pub fn compile(sound: &check::Sound) -> Result<Rulebook, CompileError> {
        Rulebook::of(sound)
    }

    pub(crate) fn of(notice: &Notice) -> Result<Rulebook, CompileError> {
        let facts = Facts::of(notice);
        let policies = compile::policies(notice, &facts);
        let engine = Engine::compile(&policies, &facts)?;
        Ok(Rulebook {
            notice: notice.clone(),
            duties: crate::duties::duties(notice),
            facts,
            engine,
            policies,
            memo: RwLock::default(),
        })
    }

    /// The notice and its version: `yc-staff@3`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.facts.id
    }

    /// The notice it was compiled from.
    #[must_use]
    pub fn notice(&self) -> &Notice {
        &self.notice
    }

    /// The notice's policies as Cedar text; [`crate::GUARDRAILS`] stand beside them.
    #[must_use]
    pub fn cedar(&self) -> String {
        self.policies.join("\n")
    }

    /// The notice's policies and the law's, as one Cedar text.
    #[must_use]
    pub fn cedar_with_law(&self) -> String {
        format!("{}\n{GUARDRAILS}", self.cedar())
    }

    /// What has to be done, by whom and when.
    #[must_use]
    pub fn duties(&self) -> &[crate::DutyRule] {
        &self.duties
    }

    /// The items a word for data means here, by the notice's names: `contact` is `name`, `work-email`, `phone`.
    /// Empty where the notice lists nothing of the kind.
    #[must_use]
    pub fn items(&self, word: &str) -> Vec<String> {
        self.facts.hear_data(word)
    }

    /// Adds a word about how things stand: a state such as `restricted`, or a mark that a purpose of this notice asks for.
    ///
    /// # Errors
    /// [`UnknownState`]: a word nobody knows is never passed over, for it may have been meant to close a door.
    pub fn hear(&self, question: Question, word: &str) -> Result<Question, UnknownState> {
        let folded = words::fold(word);
        if let Some(state) = State::from_word(&folded) {
            return Ok(question.state(state));
        }
        if self.facts.tags.contains(&folded) {
            return Ok(question.tag(&folded));
        }
        let known: Vec<&str> = State::ALL.iter().map(|s| s.word()).collect();
        Err(UnknownState {
            word: word.to_owned(),
            help: format!("known are {}", known.join(", ")),
        })
    }

    /// May this be done? Whatever no clause allows is refused, and a prohibition wins.
    #[must_use]
    pub fn ask(&self, question: &Question) -> Answer {
        let asked = self.asked(question);
        let finished = !asked.is_empty()
            && asked
                .iter()
                .all(|(_, item)| item == "summary" || self.facts.releases.contains(item));
        let (full, made) = suppose(question, finished, &self.facts);
        match self.decide(&full, &asked) {
            Ok(rulings) => Answer::Permit(self.grant(&full, &asked, &rulings, &made)),
            Err(refusal) => Answer::Refuse(refusal),
        }
    }

    /// The data a question speaks of; where it names none, what the act itself implies.
    fn asked(&self, q: &Question) -> Vec<Asked> {
        let mut out = Vec::new();
        for word in &q.data {
            let heard = self.facts.hear_data(word);
            if heard.is_empty() {
                out.push((word.clone(), String::new()));
            } else if let [one] = heard.as_slice() {
                out.push((word.clone(), one.clone()));
            } else {
                out.extend(heard.into_iter().map(|item| (item.clone(), item)));
            }
        }
        if !q.data.is_empty() {
            return out;
        }
        let purpose = q
            .purpose
            .as_deref()
            .and_then(|p| self.facts.purposes.get(&words::fold(p)));
        let used = |item: &&String| purpose.is_none_or(|p| p.uses.contains(*item));
        let all = || self.facts.items.keys();
        let implied: Vec<&String> = match q.act {
            Deed::Contact => {
                let reaching = || all().filter(|item| words::reaches(item));
                let wanted: Vec<&String> = reaching().filter(used).collect();
                // With nothing to reach people by, the answer says that the purpose does not use it.
                if wanted.is_empty() {
                    reaching().collect()
                } else {
                    wanted
                }
            }
            Deed::Answer | Deed::Erase => all().collect(),
            Deed::Decide => all().filter(used).collect(),
            Deed::Publish => self.facts.releases.iter().collect(),
            _ => Vec::new(),
        };
        implied
            .into_iter()
            .map(|item| (item.clone(), item.clone()))
            .collect()
    }

    /// One ruling an item, or why not.
    fn decide(&self, q: &Question, asked: &[Asked]) -> Result<Vec<Arc<Ruling>>, Refusal> {
        let regime = self.engine.regime(q.at);
        let base = shape::shape(q, q.states.clone(), regime, &self.facts);
        if asked.is_empty() {
            let shape = shape::with_item(&base, "", q, &self.facts);
            return Err(self.refusal(q, &shape, "no data", &Ruling::default()));
        }
        let mut rulings = Vec::with_capacity(asked.len());
        for (word, item) in asked {
            let shape = shape::with_item(&base, item, q, &self.facts);
            let ruling = self.ruling(&shape);
            if !ruling.allows() {
                return Err(self.refusal(q, &shape, word, &ruling));
            }
            rulings.push(ruling);
        }
        Ok(rulings)
    }

    /// Cedar's ruling, remembered by shape.
    fn ruling(&self, shape: &Shape) -> Arc<Ruling> {
        let known = self
            .memo
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(shape)
            .cloned();
        if let Some(ruling) = known {
            return ruling;
        }
        let ruling = Arc::new(self.engine.rule(shape));
        let mut memo = self.memo.write().unwrap_or_else(PoisonError::into_inner);
        if memo.len() >= REMEMBERED {
            memo.clear();
        }
        memo.insert(shape.clone(), Arc::clone(&ruling));
        ruling
    }

    fn grant(
        &self,
        q: &Question,
        asked: &[Asked],
        rulings: &[Arc<Ruling>],
        made: &[Supposition],
    ) -> Permit {
        let mut because = Vec::new();
        let mut clauses = BTreeSet::new();
        for id in rulings.iter().flat_map(|r| &r.permits) {
            if let Some(reason) = self.reason(id)
                && clauses.insert(reason.cites().to_owned())
            {
                because.push(reason);
            }
        }
        let abroad = q
            .country
            .as_deref()
            .is_some_and(|c| !["", "GB", "UK", "gb", "uk"].contains(&c));
        if q.act == Deed::Share && abroad {
            because.extend(self.notice.transfers().map(|(rule, _)| Reason::Clause {
                clause: rule.id.0.clone(),
                text: rule.text.clone(),
            }));
        }
        let until = match q.act {
            Deed::Keep => self.until(q, &clauses),
            _ => Vec::new(),
        };
        let hangs_on = |one: &&Supposition| self.decide(&without(q, one), asked).is_err();
        let purpose = q
            .purpose
            .as_deref()
            .map(words::fold)
            .filter(|p| self.facts.purposes.contains_key(p));
        Permit::granted(Grant {
            act: q.act,
            items: asked.iter().map(|(_, item)| item.clone()).collect(),
            purpose,
            to: q
                .to
                .as_deref()
                .and_then(|to| self.facts.hear_recipient(to))
                .map(str::to_owned),
            about: q.about.clone(),
            because,
            notice: self.facts.id.clone(),
            until,
            provided: made
                .iter()
                .filter(hangs_on)
                .map(Supposition::words)
                .collect(),
        })
    }

    fn until(&self, q: &Question, clauses: &BTreeSet<String>) -> Vec<Until> {
        let mut out: Vec<Until> = Vec::new();
        for keep in self
            .facts
            .keeps
            .iter()
            .filter(|k| clauses.contains(&k.clause))
        {
            let planned = self.facts.milestones.planned(&keep.until.event);
            out.push(Until {
                clause: keep.clause.clone(),
                when: words::say(&keep.until),
                date: shape::last_day(&keep.until, q, &self.facts),
                planned: planned.map(|day| shape::after(day, keep.until.plus)),
            });
        }
        out
    }

    fn refusal(&self, q: &Question, shape: &Shape, word: &str, ruling: &Ruling) -> Refusal {
        let notes = || ruling.forbids.iter().filter_map(|id| self.engine.note(id));
        let mut because: Vec<Reason> = Vec::new();
        let mut push = |reason: Reason| {
            if !because.iter().any(|r| r.cites() == reason.cites()) {
                because.push(reason);
            }
        };
        let own = || {
            ruling
                .forbids
                .iter()
                .filter(|id| self.engine.note(id).is_some_and(|n| n.clause.is_some()))
        };
        let near = ruling
            .permits
            .is_empty()
            .then(|| nearest(q, shape, word, &self.notice, &self.facts));
        // What the notice says about this very thing comes first, then what it comes nearest to, then the law.
        own().filter_map(|id| self.reason(id)).for_each(&mut push);
        let mut why = own()
            .find_map(|id| self.engine.note(id))
            .and_then(|n| n.why.clone());
        let mut help = None;
        if let Some(near) = near {
            near.clauses.into_iter().for_each(&mut push);
            let unheard = shape.item.is_empty() || shape.purpose == UNKNOWN && why.is_none();
            why = if unheard {
                Some(near.why)
            } else {
                why.or(Some(near.why))
            };
            help = near.help;
        }
        let law = ruling
            .forbids
            .iter()
            .filter(|id| self.engine.note(id).is_some_and(|n| n.law.is_some()));
        law.filter_map(|id| self.reason(id)).for_each(&mut push);
        if because.is_empty() {
            because.push(Reason::Law {
                law: "UK GDPR Art 5(1)(a)".to_owned(),
                text: "nothing is done with personal data that people were not told of".to_owned(),
            });
        }
        Refusal {
            act: q.act,
            item: (word != "no data").then(|| word.to_owned()),
            why: why
                .or_else(|| notes().next().map(|n| n.text.clone()))
                .unwrap_or_else(|| "nothing in this notice allows it".to_owned()),
            because,
            help: help.or_else(|| notes().find_map(|n| n.help.clone())),
        }
    }

    fn reason(&self, id: &str) -> Option<Reason> {
        let note = self.engine.note(id)?;
        let text = note.text.clone();
        match (&note.clause, &note.law) {
            (Some(clause), _) => Some(Reason::Clause {
                clause: clause.clone(),
                text,
            }),
            (None, Some(law)) => Some(Reason::Law {
                law: law.clone(),
                text,
            }),
            (None, None) => None,
        }
    }

    /// The same decision by the uncut set, without memory: what tests hold `ask` against.
    #[cfg(test)]
    pub(crate) fn ask_whole(&self, question: &Question) -> bool {
        let asked = self.asked(question);
        let finished = !asked.is_empty()
            && asked
                .iter()
                .all(|(_, item)| item == "summary" || self.facts.releases.contains(item));
        let (full, _) = suppose(question, finished, &self.facts);
        let base = shape::shape(
            &full,
            full.states.clone(),
            self.engine.regime(full.at),
            &self.facts,
        );
        !asked.is_empty()
            && asked.iter().all(|(_, item)| {
                self.engine
                    .rule_whole(&shape::with_item(&base, item, &full, &self.facts))
                    .0
            })
    }
}
