//! Cedar is the meaning: the notice's policies and the law's, one schema, one authoriser.
//!
//! For speed the policies are cut by action and by the law in force, permissions apart from prohibitions, so that an
//! answer knows both what would allow and what forbids. A test holds every such answer equal to the whole set asked at once.

use crate::Deed;
use crate::compile::text::quote;
use crate::facts::Facts;
use crate::request;
use crate::shape::Shape;
use cedar_policy::{
    ActionConstraint, Authorizer, Context, Effect, Entities, EntityId, EntityTypeName, EntityUid,
    Policy, PolicyId, PolicySet, Request, Response, Schema, ValidationMode, Validator,
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::str::FromStr;

/// The Cedar schema, in Cedar's own words.
pub const SCHEMA: &str = include_str!("policy.cedarschema");

/// The law's policies, in Cedar.
pub const GUARDRAILS: &str = include_str!("guardrails.cedar");

/// Why a notice could not be compiled. With a sound notice each of these is a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// Cedar could not read its schema.
    #[error("the policy schema cannot be read: {0}")]
    Schema(String),
    /// Cedar could not read a policy.
    #[error("policy `{id}` cannot be read: {detail}")]
    Policy {
        /// The clause, or the name of the guardrail.
        id: String,
        /// What Cedar says.
        detail: String,
    },
    /// A policy does not fit the schema.
    #[error("a policy does not fit the schema: {0}")]
    Unsound(String),
    /// The lists of the notice do not fit the schema.
    #[error("the notice's lists do not fit the schema: {0}")]
    Lists(String),
}

/// What a policy says about itself.
#[derive(Debug)]
pub(crate) struct Note {
    /// The clause, for the notice's own.
    pub(crate) clause: Option<String>,
    /// The article, for the law's.
    pub(crate) law: Option<String>,
    pub(crate) text: String,
    pub(crate) why: Option<String>,
    pub(crate) help: Option<String>,
    from: Option<Date>,
    until: Option<Date>,
    order: usize,
}

impl Note {
    fn in_force(&self, at: Date) -> bool {
        self.from.is_none_or(|f| f <= at) && self.until.is_none_or(|u| at <= u)
    }
}

/// The policies that could matter for one action under one state of the law.
#[derive(Debug, Default)]
struct Slice {
    permits: PolicySet,
    forbids: PolicySet,
}

/// What Cedar said: the ids of the policies that allow, and of those that forbid, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ruling {
    pub(crate) permits: Vec<String>,
    pub(crate) forbids: Vec<String>,
    /// A policy could not be evaluated; then the answer is no.
    pub(crate) broken: bool,
}

impl Ruling {
    pub(crate) fn allows(&self) -> bool {
        !self.broken && !self.permits.is_empty() && self.forbids.is_empty()
    }
}

/// A compiled notice.
#[derive(Debug)]
pub(crate) struct Engine {
    entities: Entities,
    whole: PolicySet,
    notes: BTreeMap<String, Note>,
    slices: BTreeMap<(Deed, usize), Slice>,
    /// First days of each state of the law that a guardrail knows.
    turns: Vec<Date>,
    role: EntityTypeName,
    item: EntityTypeName,
    action: EntityTypeName,
}

impl Engine {
    pub(crate) fn compile(policies: &[String], facts: &Facts) -> Result<Engine, CompileError> {
        let (schema, _) = Schema::from_cedarschema_str(SCHEMA)
            .map_err(|e| CompileError::Schema(e.to_string()))?;
        let mut whole = PolicySet::new();
        let mut notes = BTreeMap::new();
        let law = PolicySet::from_str(GUARDRAILS).map_err(|e| CompileError::Policy {
            id: "guardrails".into(),
            detail: e.to_string(),
        })?;
        let mut law: Vec<&Policy> = law.policies().collect();
        law.sort_by_key(|p| p.annotation("id").map(place_of));
        let own: Vec<Policy> = policies
            .iter()
            .map(|text| read(text))
            .collect::<Result<_, _>>()?;
        for (order, policy) in own.iter().chain(law).enumerate() {
            let id = policy.annotation("id").unwrap_or_default().to_owned();
            let fault = |detail: String| CompileError::Policy {
                id: id.clone(),
                detail,
            };
            notes.insert(id.clone(), note(policy, order).map_err(fault)?);
            whole
                .add(policy.new_id(PolicyId::new(&id)))
                .map_err(|e| CompileError::Policy {
                    id: id.clone(),
                    detail: e.to_string(),
                })?;
        }
        let checked = Validator::new(schema.clone()).validate(&whole, ValidationMode::Strict);
        if let Some(fault) = checked.validation_errors().next() {
            return Err(CompileError::Unsound(fault.to_string()));
        }
        let entities = Entities::from_json_value(request::entities(facts), Some(&schema))
            .map_err(|e| CompileError::Lists(e.to_string()))?;
        let name =
            |n: &str| EntityTypeName::from_str(n).map_err(|e| CompileError::Schema(e.to_string()));
        let mut turns: Vec<Date> = notes
            .values()
            .flat_map(|n| {
                n.from
                    .into_iter()
                    .chain(n.until.and_then(|u| u.tomorrow().ok()))
            })
            .collect();
        turns.sort_unstable();
        turns.dedup();
        let mut engine = Engine {
            entities,
            whole,
            notes,
            slices: BTreeMap::new(),
            turns,
            role: name("Role")?,
            item: name("Item")?,
            action: name("Action")?,
        };
        engine.cut()?;
        Ok(engine)
    }

    /// Cuts the whole by action and by the law in force.
    fn cut(&mut self) -> Result<(), CompileError> {
        for regime in 0..=self.turns.len() {
            let day = self.day(regime);
            for act in Deed::ALL {
                let mut slice = Slice::default();
                let uid = self.uid(&self.action, act.word());
                for policy in self.whole.policies() {
                    let id: &str = policy.id().as_ref();
                    let standing = self.notes.get(id).is_some_and(|n| n.in_force(day));
                    let speaks = match policy.action_constraint() {
                        ActionConstraint::Any => true,
                        ActionConstraint::Eq(one) => one == uid,
                        ActionConstraint::In(many) => many.contains(&uid),
                    };
                    if standing && speaks {
                        let set = match policy.effect() {
                            Effect::Permit => &mut slice.permits,
                            Effect::Forbid => &mut slice.forbids,
                        };
                        set.add(policy.clone()).map_err(|e| CompileError::Policy {
                            id: id.to_owned(),
                            detail: e.to_string(),
                        })?;
                    }
                }
                self.slices.insert((act, regime), slice);
            }
        }
        Ok(())
    }

    /// Which state of the law holds on a day.
    pub(crate) fn regime(&self, at: Date) -> usize {
        self.turns.iter().filter(|turn| **turn <= at).count()
    }

    /// A day on which a state of the law holds.
    fn day(&self, regime: usize) -> Date {
        let before_all = || self.turns.first().and_then(|t| t.yesterday().ok());
        regime
            .checked_sub(1)
            .and_then(|i| self.turns.get(i).copied())
            .or_else(before_all)
            .unwrap_or(Date::MAX)
    }

    /// What a policy says about itself.
    pub(crate) fn note(&self, id: &str) -> Option<&Note> {
        self.notes.get(id)
    }

    /// Asks the slice that could matter.
    pub(crate) fn rule(&self, shape: &Shape) -> Ruling {
        let (Some(slice), Some(request)) = (
            self.slices.get(&(shape.act, shape.regime)),
            self.request(shape),
        ) else {
            return Ruling {
                broken: true,
                ..Ruling::default()
            };
        };
        let authorizer = Authorizer::new();
        let yes = authorizer.is_authorized(&request, &slice.permits, &self.entities);
        let no = authorizer.is_authorized(&request, &slice.forbids, &self.entities);
        let broken = [&yes, &no]
            .iter()
            .any(|r| r.diagnostics().errors().next().is_some());
        Ruling {
            permits: self.reasons(&yes),
            forbids: self.reasons(&no),
            broken,
        }
    }

    /// Asks everything at once, uncut: what the cut answers are held against.
    #[cfg(test)]
    pub(crate) fn rule_whole(&self, shape: &Shape) -> (bool, Vec<String>) {
        let Some(request) = self.request(shape) else {
            return (false, Vec::new());
        };
        let day = self.day(shape.regime);
        let standing = self.whole.policies().filter(|p| {
            let id: &str = p.id().as_ref();
            self.notes.get(id).is_some_and(|n| n.in_force(day))
        });
        let Ok(set) = PolicySet::from_policies(standing.cloned()) else {
            return (false, Vec::new());
        };
        let said = Authorizer::new().is_authorized(&request, &set, &self.entities);
        (
            said.decision() == cedar_policy::Decision::Allow,
            self.reasons(&said),
        )
    }

    fn reasons(&self, response: &Response) -> Vec<String> {
        let mut ids: Vec<String> = response
            .diagnostics()
            .reason()
            .map(|id| AsRef::<str>::as_ref(id).to_owned())
            .collect();
        ids.sort_by_key(|id| self.notes.get(id).map(|n| n.order));
        ids
    }

    fn uid(&self, of: &EntityTypeName, id: &str) -> EntityUid {
        EntityUid::from_type_name_and_id(of.clone(), EntityId::new(id))
    }

    fn request(&self, shape: &Shape) -> Option<Request> {
        let context = Context::from_pairs(request::pairs(shape)).ok()?;
        let role = if shape.role.is_empty() {
            "staff"
        } else {
            &shape.role
        };
        Request::new(
            self.uid(&self.role, role),
            self.uid(&self.action, shape.act.word()),
            self.uid(&self.item, &shape.item),
            context,
            None,
        )
        .ok()
    }
}

fn read(text: &str) -> Result<Policy, CompileError> {
    Policy::parse(None, text).map_err(|e| CompileError::Policy {
        id: first_line(text),
        detail: e.to_string(),
    })
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// Where a guardrail stands in its file, so that reasons come in the order a person would read them.
fn place_of(id: &str) -> usize {
    GUARDRAILS
        .find(&format!("@id({})", quote(id)))
        .unwrap_or(usize::MAX)
}

fn note(policy: &Policy, order: usize) -> Result<Note, String> {
    let said = |key: &str| policy.annotation(key).map(str::to_owned);
    let day = |key: &str| {
        policy
            .annotation(key)
            .map(|d| {
                d.parse::<Date>()
                    .map_err(|e| format!("`{d}` is no date: {e}"))
            })
            .transpose()
    };
    Ok(Note {
        clause: said("clause"),
        law: said("law"),
        text: said("text").unwrap_or_default(),
        why: said("why"),
        help: said("help").filter(|h| !h.is_empty()),
        from: day("from")?,
        until: day("until")?,
        order,
    })
}
