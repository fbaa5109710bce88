//! Whoever is affected by a new version hears of it, and from then on it is the one that counts for them.

use super::{Difference, differences};
use crate::keeping::certificate;
use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Published};
use jiff::Timestamp;
use jiff::civil::Date;
use policy::Deed;
use store::Verb;
use vault::NewMessage;

store::statements! {
    /// Who is to be told of a version, and who has been.
    AFFECTED = "select n.holding, n.why, n.due, n.told_at, n.told_how from notification n join holding h on h.id = n.holding
        where n.notice = $1 and n.version = $2 and h.erased_at is null order by n.due, n.holding";
    /// Somebody was told; what they hear of a version covers the ones before it.
    TOLD = "update notification set told_at = $4, told_how = $5 where notice = $1 and version <= $2 and holding = $3 and told_at is null";
}

/// Somebody who is to be told of a version, or has been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// The holding.
    pub holding: String,
    /// What staff call them.
    pub pseudonym: String,
    /// Why they are told: the clause.
    pub why: String,
    /// The last day to tell them.
    pub due: Date,
    /// When they were told.
    pub told_at: Option<Timestamp>,
    /// How they were told.
    pub told_how: Option<String>,
}

/// Who is to be told of a version, and who has been, the earliest day first.
///
/// # Errors
/// A fault of ours.
pub fn affected(desk: &Desk, name: &str, version: u32) -> Outcome<Vec<Affected>> {
    desk.vault().store().look(|rd| {
        let rows = rd.rows(AFFECTED, &[name.into(), version.into()])?;
        rows.iter()
            .map(|row| {
                let holding = row.text("holding")?;
                Ok(Affected {
                    pseudonym: crate::pseudonym(&holding),
                    holding,
                    why: row.text("why")?,
                    due: row.date("due")?,
                    told_at: row.maybe_time("told_at")?,
                    told_how: row.maybe_text("told_how")?,
                })
            })
            .collect()
    })
}

/// A person has been told of a version; from now on their data are judged by it. Where it goes by `email` or `post`, a letter
/// that says what changed is written for them.
///
/// # Errors
/// Refused for a version that is not published, or of which they know already.
pub fn tell(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    name: &str,
    version: u32,
    how: &str,
) -> Outcome<()> {
    let act = visit
        .act(Verb::Notify)
        .about(holding)
        .notice(format!("{name}@{version}"))
        .detail("how", how);
    desk.act(&act, |tx| {
        visit.only_project_staff("telling a person of a change")?;
        let whose = tx.holding(holding)?;
        let Some(new) = desk
            .shelf()
            .version(name, version)
            .filter(|_| whose.notice == name)
        else {
            return Err(
                Refused::new(format!("this person's notice has no version {version}"))
                    .law(
                        "UK GDPR Art 13(3)",
                        "people are told of changes to the notice that is theirs",
                    )
                    .help("publish the version first")
                    .into(),
            );
        };
        if whose.version_told >= version {
            return Err(Refused::new(format!(
                "this person knows version {} already",
                whose.version_told
            ))
            .law("UK GDPR Art 13(4)", "nobody is told what they know")
            .into());
        }
        let own = new.notice.versions().find(|(_, v)| v.number == version);
        let mut clause = None;
        for rule in own.iter().map(|(r, _)| *r).chain(
            new.notice
                .changes()
                .filter(|(_, c)| c.notify.is_some())
                .map(|(r, _)| r),
        ) {
            tx.cite(rule.id.as_str());
            clause = clause.or(Some(rule.id.to_string()));
        }
        tx.cite("UK GDPR Art 13(3)");
        if matches!(how, "email" | "post") {
            let law = clause.as_deref().unwrap_or("UK GDPR Art 13(3)");
            let deed = policy::statutory(Deed::Answer, law, &new.label(), Some(holding)).or_else(
                |_| policy::statutory(Deed::Answer, "UK GDPR Art 12", &new.label(), Some(holding)),
            )?;
            let code = certificate::code(tx, holding, &whose.project)?;
            let words = letter(desk, &new, whose.version_told) + &certificate::promised(&code);
            tx.write(
                &deed,
                &NewMessage {
                    holding,
                    kind: "notification",
                    words: words.as_bytes(),
                },
            )?;
        }
        tx.told_of_version(holding, version)?;
        tx.run(
            TOLD,
            &[
                name.into(),
                version.into(),
                holding.into(),
                visit.at.into(),
                how.into(),
            ],
        )?;
        Ok(())
    })
}

/// Tells everybody who is still to be told of a version, one act each; how many were told.
///
/// # Errors
/// As [`tell`]; whoever was told before it stopped stays told.
pub fn tell_all(desk: &Desk, visit: &Visit, name: &str, version: u32, how: &str) -> Outcome<usize> {
    let waiting: Vec<Affected> = affected(desk, name, version)?
        .into_iter()
        .filter(|a| a.told_at.is_none())
        .collect();
    for one in &waiting {
        tell(desk, visit, &one.holding, name, version, how)?;
    }
    Ok(waiting.len())
}

/// The letter by which a person hears of a version: what changed since the one they know.
fn letter(desk: &Desk, new: &Published, knows: u32) -> String {
    let mut said = format!(
        "The privacy notice for {} ({}) has changed.\n",
        new.notice.project, new.notice.reference
    );
    for (_, version) in new
        .notice
        .versions()
        .filter(|(_, v)| v.number > knows && v.number <= new.notice.version)
    {
        said.push_str(&format!(
            "\nVersion {}, {}: {}.\n",
            version.number,
            version.dated,
            version.what.trim_end_matches('.')
        ));
    }
    if let Some(old) = desk.shelf().version(&new.notice.name, knows) {
        let found: Vec<Difference> = differences(&old.notice, &new.notice)
            .into_iter()
            .filter(|d| d.material)
            .collect();
        if !found.is_empty() {
            said.push_str("\nWhat this means for your data:\n");
            for difference in found {
                said.push_str(&format!("- {}: {}\n", difference.why, difference.what));
            }
        }
    }
    said.push_str("\nYou can read every version, old and new, and use any of your rights, as the notice says.\n");
    said
}
