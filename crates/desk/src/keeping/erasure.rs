//! Whoever leaves or is erased is gone from every place, and "complete" is said only after each place was asked again.
//!
//! UK GDPR Articles 17 and 19; for leaving a study, the notice's own `erase-limit`.

use crate::collect::group;
use crate::keeping::{certificate, clock, hold};
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, pseudonym, rights, sharing, standing};
use jiff::Timestamp;
use notice::model::{EraseLimit, Rule};
use policy::{Deed, statutory};
use publish::words::phrase;
use std::collections::BTreeSet;
use store::{Actor, Filter, Value, Verb};
use vault::{ChoiceKind, NewChoice, Tx};

store::statements! {
    /// The rest of a person goes when a milestone comes, or when what holds it is lifted.
    DEFER = "insert into duty (id, project, kind, clause, holding, about, mark, raised_at) values ($1, $2, 'deferred-erasure', $3, $4, $5, $6, $7) on conflict do nothing";
    /// Files of several people that a person is in.
    SHARED = "select count(*) as n from blob_person p join blob b on b.id = p.blob where p.holding = $1 and b.holding is null and b.erased_at is null";
    /// What was written to them, address and all; the key it was sealed under goes with the items.
    LETTERS = "update message set sealed = null where holding = $1";
    /// Whether everything of somebody has been erased.
    ERASED = "select id from holding where id = $1 and erased_at is not null";
    /// The kinds of files a person has alone.
    KINDS = "select distinct kind from blob where holding = $1 and erased_at is null";
}

/// What every place answers when it is asked now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedAgain {
    /// What staff called them.
    pub pseudonym: String,
    /// When it was asked.
    pub at: Timestamp,
    /// Each place that was asked again, and its answer.
    pub stores: Vec<(String, String)>,
    /// Nothing that is theirs alone is left anywhere.
    pub complete: bool,
    /// They are erased, and nothing opens whatever may be left: it is being taken away, and confirmed then.
    pub unreadable: bool,
    /// The evidence entry of the erasure.
    pub entry: Option<String>,
}

/// What happened when somebody left a study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The items that went at once; with a certificate: everything.
    pub erased: BTreeSet<String>,
    /// The items that stay without what says whose they are.
    pub unnamed: BTreeSet<String>,
    /// The milestone at which they go too.
    pub goes_at: Option<String>,
    /// What keeps the data for now, where something does.
    pub held: Option<String>,
    /// Recordings with other people in them, which cannot go with one of them.
    pub shared: u64,
    /// With everything erased: what each place answered when it was asked again.
    pub asked: Option<AskedAgain>,
    /// The code by which the certificate is found, now or once the data go. It is said once.
    pub code: String,
    /// What the person is told, in plain words.
    pub words: String,
}

/// Erases everything held about a person, because an article or a clause orders it; whoever had it from us is told.
///
/// # Errors
/// Refused for anybody but the officer and the lead, while a claim needs the data, and while the person waits to be shown them.
pub fn erase(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    why: &str,
    cites: &[&str],
) -> Outcome<AskedAgain> {
    let act = visit.act(Verb::Erase).about(holding).detail("why", why);
    desk.act(&act, |tx| {
        if !matches!(visit.who, Actor::System(_)) {
            visit.only(&[Role::Dpo, Role::Lead], "erasing a person")?;
        }
        erase_in(desk, tx, holding, cites)
    })?;
    ask_again(desk, holding, visit.at)
}

/// The same inside of an act: for whoever decided on a request a line before.
///
/// # Errors
/// As [`erase`], but for the role.
pub fn erase_in(desk: &Desk, tx: &mut Tx<'_, '_>, holding: &str, cites: &[&str]) -> Outcome<()> {
    let published = desk.judged_by(&tx.holding(holding)?)?;
    hold::stands_against(desk, tx, holding)?;
    let first = cites.first().copied().unwrap_or("UK GDPR Art 17(1)");
    let permit = statutory(Deed::Erase, first, &published.label(), Some(holding))?;
    cites.iter().for_each(|cite| tx.cite(cite));
    sharing::share::tell_recipients(tx, holding, "erasure")?;
    group::left(tx, holding, first, &published.label())?;
    tx.erase_holding(&permit, holding)?;
    Ok(())
}

/// Asks every place what it still has of a person, and says so.
///
/// # Errors
/// A fault of ours.
pub fn ask_again(desk: &Desk, holding: &str, at: Timestamp) -> Outcome<AskedAgain> {
    // In this order: one that is confirmed in between has nothing left when it is asked after.
    let unfinished = desk
        .vault()
        .unfinished()?
        .iter()
        .any(|u| u.thing == holding || u.thing.split('.').next() == Some(holding));
    let left = desk.vault().ask_again(holding)?;
    let erased = desk.vault().store().ask(ERASED, &[holding.into()])?;
    let unreadable = erased.is_some() && left.iter().all(|l| l.store != "keys");
    let stores = vault::stores().map(|name| {
        let here: Vec<_> = left.iter().filter(|l| l.store == name).collect();
        let own: u64 = here.iter().filter(|l| !l.shared).map(|l| l.count).sum();
        let shared: u64 = here.iter().filter(|l| l.shared).map(|l| l.count).sum();
        let said = match (own, shared) {
            (0, 0) => "nothing".to_owned(),
            (n, _) if n > 0 && unreadable && name == "values" => {
                format!("{n} that nothing opens any more, being taken away")
            }
            (0, n) => format!("{n} with other people in it"),
            (n, _) => format!("{n} left"),
        };
        (name.to_owned(), said)
    });
    let filter = Filter {
        about: holding.to_owned(),
        verb: Verb::Erase.word().to_owned(),
        limit: 1,
        ..Filter::default()
    };
    let entry = desk
        .vault()
        .store()
        .entries(&filter)?
        .into_iter()
        .next()
        .map(|kept| kept.entry.id);
    Ok(AskedAgain {
        pseudonym: pseudonym(holding),
        at,
        stores: stores.collect(),
        complete: !unfinished && left.iter().all(|l| l.shared),
        unreadable,
        entry,
    })
}

/// A person leaves the study. Before the notice's limit everything goes; from then on what the limit names stays without a
/// name until its milestone, and everything else goes at once. They are taken off every list in the same moment.
///
/// # Errors
/// Refused when somebody else's name is used, and when they are gone already.
pub fn leave(desk: &Desk, visit: &Visit, holding: &str, how: &str) -> Outcome<Left> {
    leave_by(desk, visit, holding, how, None)
}

/// The same because of a request, whose answer has to reach them although their address goes.
///
/// # Errors
/// As [`leave`].
pub(crate) fn leave_by(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    how: &str,
    request: Option<&str>,
) -> Outcome<Left> {
    let act = visit
        .act(Verb::Consent)
        .about(holding)
        .detail("how", how)
        .detail("choice", "left");
    let mut left = desk.act(&act, |tx| {
        own_or_staff(visit, holding)?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        let (notice, label) = (&published.notice, published.label());
        tx.project(&whose.project);
        tx.notice(&label);
        tx.cite("UK GDPR Art 17(1)");
        for (rule, _) in notice
            .rights()
            .filter(|(_, r)| r.not_offered.is_none() && r.rights.contains(&law::Right::Withdraw))
        {
            tx.cite(rule.id.as_str());
        }
        let events = standing::events(&**tx, &whose.project)?;
        let begun = |l: &EraseLimit| {
            standing::happened(notice, &events, &l.from).is_some_and(|day| day <= visit.today())
        };
        let over = |l: &EraseLimit| {
            l.until
                .as_ref()
                .is_some_and(|u| standing::happened(notice, &events, u).is_some())
        };
        let limits: Vec<(&Rule, &EraseLimit)> = notice.erase_limits().collect();
        limits
            .iter()
            .for_each(|(rule, _)| tx.cite(rule.id.as_str()));
        let standing_limits: Vec<_> = limits
            .iter()
            .filter(|(_, l)| begun(l) && !over(l))
            .collect();

        if let Some(request) = request {
            rights::last::keep_address(tx, visit, holding, &label, request)?;
        }
        tx.choose(
            holding,
            &NewChoice {
                kind: ChoiceKind::Withdrew,
                scope: "*",
                answer: true,
                about: None,
                how,
            },
        )?;
        for (_, consent) in notice.consents() {
            tx.take_back(holding, &consent.name, how)?;
        }
        tx.set_stage(holding, "withdrawn")?;
        // Somebody who left is not approached again when another sends in their name.
        tx.suppress_holding(holding, &whose.project)?;
        let mut left = Left {
            erased: held_items(tx, holding)?,
            unnamed: BTreeSet::new(),
            goes_at: None,
            held: None,
            shared: tx
                .one(SHARED, &[holding.into()])?
                .map_or(Ok(0), |row| row.count("n"))?,
            asked: None,
            code: certificate::code(tx, holding, &whose.project)?,
            words: String::new(),
        };
        let clause = limits
            .first()
            .map_or("UK GDPR Art 17(1)", |(rule, _)| rule.id.as_str());
        let held = clock::life(desk, &**tx, holding)?
            .held_by_law()
            .map(str::to_owned);
        if let Some(why) = held {
            defer(tx, &whose.project, clause, holding, "hold")?;
            left.erased.clear();
            left.held = Some(why);
            return Ok(left);
        }
        sharing::share::tell_recipients(tx, holding, "erasure")?;
        left.unnamed = left
            .erased
            .iter()
            .filter(|i| {
                standing_limits
                    .iter()
                    .any(|(_, l)| clock::among(notice, &l.data, i))
            })
            .cloned()
            .collect();
        if left.unnamed.is_empty() {
            left.shared = group::left(tx, holding, clause, &label)?;
            let permit = statutory(Deed::Erase, clause, &label, Some(holding))?;
            tx.erase_holding(&permit, holding)?;
            return Ok(left);
        }
        let stay = left.unnamed.clone();
        left.erased.retain(|i| !stay.contains(i));
        let going: Vec<&str> = left.erased.iter().map(String::as_str).collect();
        let permit = statutory(Deed::Erase, clause, &label, Some(holding))?;
        // The voice in a group's recording cannot be without a name: it stays only where the notice says that recordings do.
        if !left.unnamed.iter().any(|item| group::is_recording(item)) {
            left.shared = group::left(tx, holding, clause, &label)?;
        }
        tx.run(LETTERS, &[holding.into()])?;
        tx.erase_items(&permit, holding, &going)?;
        tx.unnamed(holding)?;
        for (rule, limit) in &standing_limits {
            if let Some(until) = &limit.until {
                defer(tx, &whose.project, rule.id.as_str(), holding, until)?;
                left.goes_at = Some(until.clone());
            }
        }
        Ok(left)
    })?;
    if left.unnamed.is_empty() && left.held.is_none() {
        left.asked = Some(ask_again(desk, holding, visit.at)?);
    }
    left.words = words(&left);
    Ok(left)
}

/// Everything of somebody who left, once the milestone has come that their data stayed for.
///
/// # Errors
/// As [`erase_in`].
pub(crate) fn finish_leaving(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    holding: &str,
    clause: &str,
) -> Outcome<()> {
    let published = desk.judged_by(&tx.holding(holding)?)?;
    let permit = statutory(Deed::Erase, clause, &published.label(), Some(holding))?;
    group::left(tx, holding, clause, &published.label())?;
    tx.erase_holding(&permit, holding)?;
    Ok(())
}

fn own_or_staff(visit: &Visit, holding: &str) -> Outcome<()> {
    match &visit.who {
        Actor::Person(id) if id == holding => Ok(()),
        Actor::Person(_) => Err(Refused::new("everybody leaves for themselves")
            .law(
                "UK GDPR Art 12(6)",
                "a choice is taken from the person it is about",
            )
            .into()),
        _ => visit.only_project_staff("recording that a person left"),
    }
}

fn defer(
    tx: &mut Tx<'_, '_>,
    project: &str,
    clause: &str,
    holding: &str,
    until: &str,
) -> Outcome<()> {
    let (id, at) = (tx.new_id("dut"), tx.at());
    let mark = format!("deferred-erasure {holding} {until}");
    tx.run(
        DEFER,
        &[
            id.into(),
            project.into(),
            clause.into(),
            holding.into(),
            until.into(),
            mark.into(),
            Value::from(at),
        ],
    )?;
    Ok(())
}

fn held_items(tx: &Tx<'_, '_>, holding: &str) -> Outcome<BTreeSet<String>> {
    let mut items: BTreeSet<String> = tx.items_held(holding)?.into_iter().collect();
    for row in tx.rows(KINDS, &[holding.into()])? {
        items.insert(row.text("kind")?);
    }
    Ok(items)
}

fn words(left: &Left) -> String {
    let mut said = match (&left.held, left.unnamed.is_empty()) {
        (Some(_), _) => "You have left the study. Your data have to be kept for now; they go as soon as nothing holds them any more.".to_owned(),
        (None, true) => "You have left the study. Everything we held about you has been erased.".to_owned(),
        (None, false) => {
            let items = |set: &BTreeSet<String>| {
                set.iter().map(|i| phrase::plain(i)).collect::<Vec<_>>().join(", ")
            };
            let gone = if left.erased.is_empty() {
                String::new()
            } else {
                format!(" Gone at once: {}.", items(&left.erased))
            };
            let until = left.goes_at.as_ref().map_or_else(String::new, |event| {
                format!(" until {}", phrase::event(event))
            });
            format!(
                "You have left the study.{gone} Kept without your name{until}, because the study of it has begun: {}.",
                items(&left.unnamed)
            )
        }
    };
    if left.shared > 0 {
        said.push_str(" The recording of your group has not been written down yet. Nobody may listen to it but to write down what the others said, without your words; then it goes.");
    }
    said
}
