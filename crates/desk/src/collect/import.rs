//! A spreadsheet brings in what the notice lists and nothing else, person by person, and nobody who asked to be left alone.

use super::{Answers, From, audience, leave, put, referral, rehearse};
use crate::stop::{Outcome, Refused, Stop};
use crate::uses::contact;
use crate::visit::{Role, Visit};
use crate::{Desk, Published};
use policy::SourceKind;
use std::cell::Cell;
use store::{Act, Verb};
use vault::{Kind, NewHolding, Tx};

/// What became of a spreadsheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The people taken in, by holding.
    pub people: Vec<String>,
    /// The columns that were left out, each with why.
    pub refused_columns: Vec<(String, Refused)>,
    /// How many were left out because they opted out or objected.
    pub suppressed: usize,
    /// How many were here already.
    pub known: usize,
    /// The lines left out for another reason, counted with the headings as line 1.
    pub left_out: Vec<(usize, Refused)>,
}

/// A column that comes in: its place and the notice's name for it.
type Column = (usize, String);

/// What is decided about one line.
#[derive(Clone, Copy)]
enum Line {
    In,
    Suppressed,
    Known,
}

/// Takes a CSV file in, from a kind of source the notice lists. Each column it does not list is refused and on record, each
/// person is an act of their own.
///
/// # Errors
/// Refused where the file cannot be read, or where nothing in it may come from this source.
pub fn import(
    desk: &Desk,
    visit: &Visit,
    notice: &str,
    source: &str,
    csv: &str,
) -> Outcome<Imported> {
    let published = desk.notice(notice)?;
    let primary = notice::vocabulary::same(source, "person");
    let kind = if primary {
        SourceKind::Primary
    } else {
        SourceKind::Secondary
    };
    let from = From {
        source,
        kind,
        way: None,
        told_by: "import",
    };
    let act = visit
        .act(Verb::Collect)
        .project(&published.notice.reference)
        .notice(published.label())
        .detail("from", source);
    let (headings, rows) = match read(visit, csv) {
        Ok(read) => read,
        Err(stop) => return desk.act(&act, |_| Err(stop.clone())),
    };
    let mut done = Imported::default();
    let columns = columns(desk, visit, &published, from, &act, &headings, &mut done)?;
    for (number, row) in rows.iter().enumerate() {
        let answers = answers(&columns, row);
        if answers.is_empty() {
            continue;
        }
        let line = Cell::new(Line::In);
        let outcome = desk.act(&act, |tx| {
            line.set(Line::In);
            one(desk, tx, visit, &published, from, &answers, &line)
        });
        match (outcome, line.get()) {
            (Ok(holding), _) => done.people.push(holding),
            (Err(Stop::Refused(_)), Line::Suppressed) => done.suppressed += 1,
            (Err(Stop::Refused(_)), Line::Known) => done.known += 1,
            (Err(Stop::Refused(refused)), Line::In) => done.left_out.push((number + 2, refused)),
            (Err(fault), _) => return Err(fault),
        }
    }
    Ok(done)
}

/// The headings and the rows; nothing of a file that is broken anywhere.
fn read(visit: &Visit, text: &str) -> Outcome<(Vec<String>, Vec<Vec<String>>)> {
    visit.only(
        &[Role::Researcher, Role::Lead, Role::Dpo],
        "importing a list",
    )?;
    let broken = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        Refused::new(format!("line {line} of the file is not like the others"))
            .law(
                "UK GDPR Art 5(1)(d)",
                "a cell in the wrong column is a wrong fact about somebody",
            )
            .help("give each line as many cells as the first one has headings")
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiter = match text.lines().next() {
        Some(first) if !first.contains(',') && first.contains(';') => b';',
        Some(first) if !first.contains(',') && first.contains('\t') => b'\t',
        _ => b',',
    };
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let headings: Vec<String> = reader
        .headers()
        .map_err(|e| broken(&e))?
        .iter()
        .map(str::to_owned)
        .collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        rows.push(
            record
                .map_err(|e| broken(&e))?
                .iter()
                .map(str::to_owned)
                .collect(),
        );
    }
    Ok((headings, rows))
}

/// Asks about each column by itself; what the notice says no to stays out, and the no is on record.
fn columns(
    desk: &Desk,
    visit: &Visit,
    published: &Published,
    from: From<'_>,
    act: &Act,
    headings: &[String],
    done: &mut Imported,
) -> Outcome<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut refused: Vec<(String, Refused)> = Vec::new();
    for (place, heading) in headings.iter().enumerate() {
        let item = listed(published, heading);
        let asked = Answers::from([(
            item.clone().unwrap_or_else(|| heading.clone()),
            String::new(),
        )]);
        let allowed = rehearse(desk, act, |tx| {
            leave(desk, tx, visit, published, from, &asked)
        });
        match (allowed, item) {
            (Ok(_), Some(item)) => columns.push((place, item)),
            (Ok(_), None) => refused.push((heading.clone(), ambiguous(published, heading))),
            (Err(Stop::Refused(why)), _) => refused.push((heading.clone(), why)),
            (Err(fault), _) => return Err(fault),
        }
    }
    if columns.is_empty() {
        // A file without headings has a person in its first line, so what stands there is not repeated.
        let source = refused
            .iter()
            .find(|(heading, _)| listed(published, heading).is_some())
            .map(|(_, why)| why.clone());
        let why = source.unwrap_or_else(|| {
            let none =
                Refused::new("the first line of the file has no heading that this notice lists");
            published
                .notice
                .data()
                .fold(none, |r, (rule, _)| r.clause(rule))
                .help("give each column the notice's name for it")
        });
        return desk.act(act, |_| Err(why.clone().into()));
    }
    for (place, (heading, why)) in refused.into_iter().enumerate() {
        let shown = if tells(&heading) {
            format!("column {}", place + 1)
        } else {
            heading
        };
        let act = act.clone().detail("column", shown.clone());
        let kept: Outcome<()> = desk.act(&act, |_| Err(why.clone().into()));
        if let Err(Stop::Fault(fault)) = kept {
            return Err(fault.into());
        }
        done.refused_columns.push((shown, why));
    }
    Ok(columns)
}

/// The one item of the notice's list that a heading means.
fn listed(published: &Published, heading: &str) -> Option<String> {
    let fields = crate::data::fields(published);
    let own = fields.iter().find(|f| f.item == *heading);
    let mut same = fields
        .iter()
        .filter(|f| notice::vocabulary::same(&f.item, heading));
    match (own, same.next(), same.next()) {
        (Some(own), ..) => Some(own.item.clone()),
        (None, Some(one), None) => Some(one.item.clone()),
        _ => None,
    }
}

fn ambiguous(published: &Published, heading: &str) -> Refused {
    let refused = Refused::new(format!(
        "`{heading}` could mean more than one of the data this notice lists"
    ));
    published
        .notice
        .data()
        .fold(refused, |r, (rule, _)| r.clause(rule))
        .help("give the column the notice's own name for it")
}

/// Whether a heading itself says something about somebody: an address or a number instead of a name for a column.
fn tells(heading: &str) -> bool {
    let found = deid::find(heading, &deid::Known::default());
    found.iter().any(|f| f.class == deid::Class::Direct)
}

/// The cells of a line that come in. Two columns for one item, such as first and last name, are joined.
fn answers(columns: &[Column], row: &[String]) -> Answers {
    let mut answers = Answers::new();
    for (place, item) in columns {
        let Some(cell) = row.get(*place).map(|c| c.trim()).filter(|c| !c.is_empty()) else {
            continue;
        };
        let answer: &mut String = answers.entry(item.clone()).or_default();
        if !answer.is_empty() {
            answer.push(' ');
        }
        answer.push_str(cell);
    }
    answers
}

/// One person. `line` says afterwards why they were left out.
fn one(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    published: &Published,
    from: From<'_>,
    answers: &Answers,
    line: &Cell<Line>,
) -> Outcome<String> {
    let project = &published.notice.reference;
    let permit = leave(desk, tx, visit, published, from, answers)?;
    if referral::suppressed(desk, tx, project, answers)? {
        line.set(Line::Suppressed);
        return Err(referral::left_alone().into());
    }
    if here(tx, project, answers)? {
        line.set(Line::Known);
        return Err(Refused::new("this person is here already")
            .law("UK GDPR Art 5(1)(c)", "nobody is held twice in one project")
            .help("open their entry, and put right there what has changed")
            .into());
    }
    if from.kind == SourceKind::Secondary {
        return referral::enter(
            desk,
            tx,
            visit,
            published,
            from.source,
            from.told_by,
            answers,
        );
    }
    let holding = tx.open_holding(
        &permit,
        &NewHolding {
            project,
            notice: &published.notice.name,
            version: published.notice.version,
            audience: &audience(published),
            tags: &[],
            stage: "signed-up",
            source_kind: SourceKind::Primary,
            source: "person",
            told_due: None,
            // What a person gave on a form, they gave with the notice before them, UK GDPR Article 13(1).
            told: Some((visit.at, "form")),
        },
    )?;
    put(tx, visit, published, &permit, &holding, from, answers)?;
    contact::remember(tx, published, &holding, answers)?;
    Ok(holding)
}

/// Whether somebody with one of these addresses or numbers is in the project.
fn here(tx: &Tx<'_, '_>, project: &str, answers: &Answers) -> Outcome<bool> {
    for (item, text) in answers {
        let Some(kind) = Kind::of_item(item).filter(|kind| *kind != Kind::Name) else {
            continue;
        };
        for holding in tx.known(kind, text)? {
            if tx.holding(&holding)?.project == project {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
