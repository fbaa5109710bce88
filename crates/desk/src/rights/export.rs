//! What a person gave us, in a form a computer can read, to take with them.
//!
//! UK GDPR Article 20, where the law gives it, and the notice's own promise where it does not.

use super::cite;
use crate::stop::{Fault, Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Published, keeping};
use law::{Basis, Right};
use notice::model::{RightRule, Rule};
use policy::{Deed, SourceKind, statutory};
use serde_json::json;
use store::{Actor, Verb};
use vault::Held;

/// The file.
#[derive(Clone, PartialEq, Eq)]
pub struct Export {
    /// `json` or `csv`
    pub format: String,
    /// Its content, UTF-8.
    pub text: String,
    /// The items in it.
    pub items: Vec<String>,
    /// Whether Article 20 itself gives it; otherwise the notice alone does.
    pub by_law: bool,
}

impl std::fmt::Debug for Export {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export")
            .field("format", &self.format)
            .field("items", &self.items)
            .finish_non_exhaustive()
    }
}

/// Writes what the person themself gave, and nothing that others said or that we made of it.
///
/// # Errors
/// Refused for a format the notice does not offer, where neither the law nor the notice gives the right, and for anybody but
/// the person, the officer and the lead.
pub fn export(desk: &Desk, visit: &Visit, holding: &str, format: &str) -> Outcome<Export> {
    let act = visit
        .act(Verb::Request)
        .about(holding)
        .detail("export", format);
    desk.act(&act, |tx| {
        if visit.who != Actor::Person(holding.to_owned()) {
            visit.only(&[Role::Dpo, Role::Lead], "exporting a person's data")?;
        }
        let published = desk.judged_by(&tx.holding(holding)?)?;
        let offered = published
            .notice
            .rights()
            .find(|(_, r)| r.rights.contains(&Right::Portability) && r.not_offered.is_none());
        let permit = statutory(
            Deed::Answer,
            "UK GDPR Art 20(1)",
            &published.label(),
            Some(holding),
        )?;
        let own: Vec<Held> = tx
            .get_all(&permit, holding)?
            .into_iter()
            .filter(|h| h.source_kind == SourceKind::Primary.word())
            .collect();
        let by_law = own
            .iter()
            .any(|h| on_consent_or_contract(&published, &h.item));
        fits(offered, format, by_law)?;
        cite(tx, Some(&published), Right::Portability);
        let text = match format {
            "json" => as_json(&published, &own)?,
            _ => as_csv(&own)?,
        };
        tx.detail("by-law", if by_law { "yes" } else { "no" });
        Ok(Export {
            format: format.to_owned(),
            text,
            items: own.into_iter().map(|h| h.item).collect(),
            by_law,
        })
    })
}

fn fits(offered: Option<(&Rule, &RightRule)>, format: &str, by_law: bool) -> Outcome<()> {
    let Some((rule, right)) = offered else {
        if by_law && matches!(format, "json" | "csv") {
            return Ok(());
        }
        return Err(Refused::new(
            "neither the law nor this notice gives a right to take these data along",
        )
        .law(
            "UK GDPR Art 20(1)",
            "the right is for data used on consent or for a contract",
        )
        .help("a copy to read is always there: access")
        .into());
    };
    let formats = if right.formats.is_empty() {
        vec!["json".to_owned(), "csv".to_owned()]
    } else {
        right.formats.clone()
    };
    if !matches!(format, "json" | "csv") || !formats.iter().any(|f| f == format) {
        return Err(Refused::new(format!("there is no export as `{format}`"))
            .clause(rule)
            .help(format!("choose {}", formats.join(" or ")))
            .into());
    }
    Ok(())
}

/// Whether a use of this item rests on consent or a contract, on which Article 20(1) builds.
fn on_consent_or_contract(published: &Published, item: &str) -> bool {
    published
        .notice
        .purposes()
        .filter(|(_, p)| matches!(p.basis, Some(Basis::Consent | Basis::Contract)))
        .any(|(_, p)| keeping::clock::among(&published.notice, &p.uses, item))
}

fn as_json(published: &Published, own: &[Held]) -> Outcome<String> {
    let data: Vec<_> = own
        .iter()
        .map(|h| json!({ "item": h.item, "value": h.plain.text(), "given": law::clock::day(h.collected_at).to_string(), "notice": h.notice }))
        .collect();
    let file = json!({ "project": published.notice.reference, "name": published.notice.project, "notice": published.label(), "data": data });
    serde_json::to_string_pretty(&file)
        .map_err(|_| Fault("the export could not be written".to_owned()).into())
}

fn as_csv(own: &[Held]) -> Outcome<String> {
    let broken = || Fault("the export could not be written".to_owned());
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["item", "value", "given", "notice"])
        .map_err(|_| broken())?;
    for held in own {
        let text = held.plain.text();
        // A spreadsheet would run what begins like a formula.
        let safe = if text.starts_with(['=', '+', '-', '@']) {
            format!("'{text}")
        } else {
            text.into_owned()
        };
        out.write_record([
            held.item.as_str(),
            &safe,
            &law::clock::day(held.collected_at).to_string(),
            &held.notice,
        ])
        .map_err(|_| broken())?;
    }
    let bytes = out.into_inner().map_err(|_| broken())?;
    String::from_utf8(bytes).map_err(|_| broken().into())
}
