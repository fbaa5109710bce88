//! Nobody's words are quoted without their yes to those words, and nobody's name stands beside them without a second yes.

use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Asking, Desk, Published, protecting};
use notice::model::{Permission, Rule};
use policy::{Deed, Permit, State};
use store::{Value, Verb};
use vault::Tx;

store::statements! {
    /// What left.
    RELEASE = "insert into release (id, project, what, label, digest, clause, at, by_whom) values ($1, $2, 'quote', $3, $4, $5, $6, $7)";
}

/// Words that may be published now.
#[derive(Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The id of the release.
    pub release: String,
    /// The words.
    pub words: String,
    /// The name, only where the person allowed it.
    pub name: Option<String>,
}

impl std::fmt::Debug for Quoted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Quoted")
            .field("release", &self.release)
            .finish_non_exhaustive()
    }
}

/// Publishes a quote. `quote` is its id: that of the value, or the number it was given when the person was asked.
///
/// # Errors
/// Refused without the person's yes to this very quote, and with the name without their yes to being named beside it.
pub fn publish(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    quote: &str,
    with_name: bool,
) -> Outcome<Quoted> {
    let act = visit
        .act(Verb::Release)
        .about(holding)
        .detail("quote", quote)
        .detail("name", if with_name { "with" } else { "without" });
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "publishing a quote",
        )?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        protecting::access::open(tx, visit, holding, &published.notice)?;
        let (rule, asks) = asked(&published, false)?;
        given(tx, holding, rule, asks, quote)?;
        let items = quotable(&published);
        let mut asking = Asking::new(Deed::Publish)
            .items(items.iter().map(String::as_str))
            .state(State::PermissionGiven);
        let purpose = published
            .notice
            .purposes()
            .find(|(_, p)| notice::vocabulary::same(&p.name, "quote"));
        asking.purpose = purpose.map(|(_, p)| p.name.as_str());
        let permit = desk.ask(tx, visit, holding, &asking)?;
        let words = words(tx, &permit, holding, quote)?.ok_or_else(|| {
            Refused::new("no words of this person that could be quoted are held")
                .clause(rule)
                .help("log what they wrote first")
        })?;
        let name = if with_name {
            Some(name(desk, tx, visit, &published, holding, quote)?)
        } else {
            None
        };
        let release = tx.new_id("rel");
        let by = visit.who.to_string();
        tx.run(
            RELEASE,
            &[
                release.as_str().into(),
                whose.project.as_str().into(),
                quote.into(),
                store::hex(&store::sha256(words.as_bytes())).into(),
                rule.id.as_str().into(),
                Value::from(visit.at),
                by.into(),
            ],
        )?;
        Ok(Quoted {
            release,
            words,
            name,
        })
    })
}

/// The name that may stand beside a quote.
fn name(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    holding: &str,
    quote: &str,
) -> Outcome<String> {
    let (rule, asks) = asked(published, true)?;
    given(tx, holding, rule, asks, quote)?;
    let asking = Asking::new(Deed::Publish)
        .items(["name"])
        .state(State::PermissionGiven)
        .state(State::AttributionAllowed);
    let permit = desk.ask(tx, visit, holding, &asking)?;
    for item in permit.items().into_iter().flatten() {
        if let Some(held) = tx.get(&permit, holding, item)? {
            return Ok(held.plain.text().into_owned());
        }
    }
    Err(Refused::new("no name of this person is held")
        .clause(rule)
        .into())
}

/// The permission the notice asks for: to be quoted, or to be named.
pub(crate) fn asked(published: &Published, named: bool) -> Outcome<(&Rule, &Permission)> {
    let wanted = |p: &Permission| {
        let attribution = ["attribution", "name"].contains(&p.name.as_str());
        if named {
            attribution
        } else {
            notice::vocabulary::same(&p.name, "quote")
        }
    };
    published
        .notice
        .permissions()
        .find(|(_, p)| wanted(p))
        .ok_or_else(|| {
            let what = if named {
                "the name beside a quote"
            } else {
                "quoting anybody"
            };
            Refused::new(format!(
                "this notice asks nobody's permission for {what}, so it is not done"
            ))
            .law(
                "UK GDPR Art 5(1)(b)",
                "what people were not told of is not done with their words",
            )
            .help("say it in other words")
            .into()
        })
}

fn given(
    tx: &Tx<'_, '_>,
    holding: &str,
    rule: &Rule,
    asks: &Permission,
    quote: &str,
) -> Outcome<()> {
    let once_for_all =
        asks.ask != "every-time" && tx.permission(holding, &asks.name, None)? == Some(true);
    let answer = tx.permission(holding, &asks.name, Some(quote))?;
    if answer == Some(true) || (answer.is_none() && once_for_all) {
        return Ok(());
    }
    Err(Refused::new(format!(
        "the person has not given permission: `{}` for this quote is open or was answered with no",
        asks.name
    ))
    .clause(rule)
    .help("ask them about this very quote, and record the answer")
    .into())
}

/// The items that hold words people let us quote.
pub(crate) fn quotable(published: &Published) -> Vec<String> {
    let fields = crate::data::fields(published);
    let quotes = fields.iter().filter(|f| {
        [&f.item, &f.group]
            .iter()
            .any(|w| notice::vocabulary::same(w, "quote"))
    });
    let items: Vec<String> = quotes.map(|f| f.item.clone()).collect();
    // Without any such item the question is about the quote itself, which no value answers.
    if items.is_empty() {
        vec!["quote".to_owned()]
    } else {
        items
    }
}

/// The words with this id, or the newest where ids were given otherwise.
pub(crate) fn words(
    tx: &mut Tx<'_, '_>,
    permit: &Permit,
    holding: &str,
    quote: &str,
) -> Outcome<Option<String>> {
    let held = tx.get_all(permit, holding)?;
    let newest = held.iter().max_by_key(|h| h.collected_at);
    let this = held.iter().find(|h| h.id == quote).or(newest);
    Ok(this.map(|h| h.plain.text().into_owned()))
}
