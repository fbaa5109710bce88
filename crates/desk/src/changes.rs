//! §11: each version is dated and stays; whoever is affected is told before it applies to them.
//!
//! Until a person has been told of a new version, their data are judged by the one they know. UK GDPR Articles 5(1)(a) and 13(3).

mod telling;

pub use notice::compare::Kind;
pub use publish::changes::Told as Difference;
pub use telling::{Affected, affected, tell, tell_all};

use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Published, shelf::Unsound};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use notice::model::{Notice, Rule};
use store::{Value, Verb};

store::statements! {
    /// Puts a version on record, word for word.
    PUT = "insert into notice (id, name, version, project, title, dated, content, digest, published_at, published_by, in_force_from)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Everybody who has not been told of a version.
    BEHIND = "select id from holding where notice = $1 and version_told < $2 and erased_at is null order by id";
    /// Somebody has to be told.
    NOTIFY = "insert into notification (id, notice, version, holding, why, due) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing";
    /// The published versions of a notice.
    VERSIONS = "select version, dated, title, digest, published_at, published_by, in_force_from from notice
        where name = $1 and published_at is not null order by version desc";
}

/// A version that has just been put into force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedNow {
    /// The notice's name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// Whether it changes what may be done with anybody's data; false for a first version.
    pub material: bool,
    /// How many people are to be told of it.
    pub affected: usize,
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLine {
    /// Its number.
    pub version: u32,
    /// The day it is dated.
    pub dated: Date,
    /// The document's first heading.
    pub title: String,
    /// SHA-256 of the words, in hexadecimal.
    pub digest: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// Who published it: an id.
    pub published_by: String,
    /// The first day it applies.
    pub in_force_from: Date,
    /// What changed, in the notice's own words.
    pub what: String,
}

/// Everything a check finds in a document, for the page on which it is proposed.
#[must_use]
pub fn findings(text: &str, as_at: Date) -> Vec<check::Finding> {
    check::check(&check::Source::literate(text), as_at).findings
}

/// The differences between two versions of a notice, in the new one's order; what is gone comes last.
#[must_use]
pub fn differences(old: &Notice, new: &Notice) -> Vec<Difference> {
    publish::changes::news(old, new).changes
}

/// Puts a version of a notice into force, and lists everybody who has to hear of it.
///
/// # Errors
/// Refused for anybody but the lead and the officer, for a document that is not sound, for a version that has been published
/// already (with these words or with others), and for one that is not newer than the current one.
pub fn publish(desk: &Desk, visit: &Visit, text: &str) -> Outcome<PublishedNow> {
    let read = Published::from_text(text, visit.today()).map_err(unsound);
    let mut act = visit.act(Verb::Publish);
    if let Ok(new) = &read {
        act = act.project(&new.notice.reference).notice(new.label());
    }
    let now = desk.act(&act, |tx| {
        visit.only(&[Role::Lead, Role::Dpo], "publishing a notice")?;
        let new = read.as_ref().map_err(Clone::clone)?;
        let notice = &new.notice;
        let older = desk.shelf().current(&notice.name);
        if let Some(older) = &older {
            newer(older, new)?;
        }
        let own = notice.versions().find(|(_, v)| v.number == notice.version);
        if let Some((rule, _)) = own {
            tx.cite(rule.id.as_str());
        }
        for (rule, _) in notice.changes() {
            tx.cite(rule.id.as_str());
        }
        tx.cite(if older.is_some() {
            "UK GDPR Art 13(3)"
        } else {
            "UK GDPR Art 13(1)"
        });

        let id = tx.new_id("not");
        tx.run(
            PUT,
            &[
                id.into(),
                notice.name.as_str().into(),
                notice.version.into(),
                notice.reference.as_str().into(),
                notice.title.as_str().into(),
                notice.dated.into(),
                text.into(),
                store::hex(&store::sha256(text.as_bytes())).into(),
                visit.at.into(),
                visit.who.to_string().into(),
                Value::from(visit.today()),
            ],
        )?;

        let found = older
            .as_ref()
            .map(|old| differences(&old.notice, notice))
            .unwrap_or_default();
        let material = found.iter().any(|d| d.material);
        let mut affected = 0;
        if older.is_some()
            && let Some(clause) = whom_to_tell(notice, material)
        {
            let due = tell_by(notice.dated, visit.today());
            for row in tx.rows(
                BEHIND,
                &[notice.name.as_str().into(), notice.version.into()],
            )? {
                let id = tx.new_id("ntf");
                let values = [
                    id.into(),
                    notice.name.as_str().into(),
                    notice.version.into(),
                    row.text("id")?.into(),
                    clause.id.as_str().into(),
                    due.into(),
                ];
                affected += usize::from(tx.run(NOTIFY, &values)? > 0);
            }
        }
        tx.detail("material", if material { "yes" } else { "no" });
        tx.detail("to-tell", affected.to_string());
        Ok(PublishedNow {
            name: notice.name.clone(),
            version: notice.version,
            material,
            affected,
        })
    })?;
    // Only what has been committed goes on the shelf, where the next question finds it.
    desk.shelf().put(read?);
    Ok(now)
}

/// Every published version of a notice, newest first.
///
/// # Errors
/// A fault of ours.
pub fn versions(desk: &Desk, name: &str) -> Outcome<Vec<VersionLine>> {
    let current = desk.notice(name)?;
    desk.vault().store().look(|rd| {
        let mut lines = Vec::new();
        for row in rd.rows(VERSIONS, &[name.into()])? {
            let version = u32::try_from(row.int("version")?).unwrap_or_default();
            let what = current
                .notice
                .versions()
                .find(|(_, v)| v.number == version)
                .map(|(_, v)| v.what.clone());
            lines.push(VersionLine {
                version,
                dated: row.date("dated")?,
                title: row.text("title")?,
                digest: row.text("digest")?,
                published_at: row.time("published_at")?,
                published_by: row.maybe_text("published_by")?.unwrap_or_default(),
                in_force_from: row.date("in_force_from")?,
                what: what.unwrap_or_default(),
            });
        }
        Ok(lines)
    })
}

/// The rule by which people are told of this version, if they are.
fn whom_to_tell(notice: &Notice, material: bool) -> Option<&Rule> {
    let own = notice.versions().find(|(_, v)| v.number == notice.version);
    let asks = |notify: &Option<String>| notify.as_deref().is_some_and(|n| n != "none");
    // What the law calls material is told even where the version line forgot to say so.
    own.filter(|(_, v)| asks(&v.notify))
        .map(|(r, _)| r)
        .or_else(|| {
            material
                .then(|| {
                    notice
                        .changes()
                        .find(|(_, c)| asks(&c.notify))
                        .map(|(r, _)| r)
                        .or(own.map(|(r, _)| r))
                })
                .flatten()
        })
}

/// The last day to tell people: the eve of the version's own day, or a month from now where that day is here. Until they are
/// told, it does not apply to them in either case.
fn tell_by(dated: Date, today: Date) -> Date {
    match dated.yesterday() {
        Ok(eve) if eve > today => eve,
        _ => today.saturating_add(Span::new().months(1)),
    }
}

fn newer(older: &Published, new: &Published) -> Result<(), Refused> {
    let (was, is) = (older.notice.version, new.notice.version);
    let refuse = |why: String, help: String| {
        let mut refused = Refused::new(why);
        for (rule, _) in older.notice.changes().filter(|(_, c)| c.dated) {
            refused = refused.clause(rule);
        }
        Err(refused
            .law(
                "UK GDPR Art 5(2)",
                "what people were told stays as it was, so that it can be shown",
            )
            .help(help))
    };
    if older.notice.reference != new.notice.reference {
        return refuse(
            format!(
                "`{}` is the notice of {}; a version of it cannot be moved to another project",
                new.notice.name, older.notice.reference
            ),
            "give the new notice a name of its own".to_owned(),
        );
    }
    if is == was && older.text == new.text {
        return refuse(
            format!("version {is} has been published already"),
            "nothing is to be done".to_owned(),
        );
    }
    if is <= was {
        return refuse(
            format!(
                "version {is} is not newer than version {was}, and a published version never changes"
            ),
            format!(
                "write version {} with a line that says what changed",
                was + 1
            ),
        );
    }
    Ok(())
}

fn unsound(fault: Unsound) -> crate::Stop {
    match fault {
        Unsound::Fault(fault) => fault.into(),
        Unsound::Findings(findings) => {
            let errors: Vec<_> = findings
                .iter()
                .filter(|f| f.severity == check::Severity::Error)
                .collect();
            let first: Vec<String> = errors.iter().take(3).map(|f| f.message.clone()).collect();
            let things = if errors.len() == 1 {
                "one error".to_owned()
            } else {
                format!("{} errors", errors.len())
            };
            let mut refused = Refused::new(format!(
                "the notice cannot be published; the check finds {things}: {}",
                first.join("; ")
            ));
            for law in errors.iter().take(3).flat_map(|f| &f.law) {
                refused = refused.law(law, "the check names it");
            }
            refused
                .law("UK GDPR Art 5(1)(a)", "a notice has to be lawful, whole and clear before anybody is asked to rely on it")
                .help("mend what the check finds, and publish again")
                .into()
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_prepares() {
        store::columns::prepare_all(&[super::STATEMENTS, super::telling::STATEMENTS]).unwrap();
    }
}
