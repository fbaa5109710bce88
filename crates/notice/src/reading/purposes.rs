//! Purposes, row by row or point by point, each with the lawful basis told for it.

use law::{Basis, Condition};

use super::citations;
use super::general;
use super::grounds::{self, Ground};
use super::labelled;
use super::phrase;
use super::points::{self, Heard};
use super::roles::Entry;
use super::structure::{Block, Part, Sentence};
use super::table::{Column, Row, Table};
use super::topic::Topic;
use super::words::{self, Word, says_any};
use crate::model::Span;

/// What the place for the lawful basis holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A basis that we know.
    Filled,
    /// Words, but no basis that we know.
    Unclear,
    /// Nothing.
    Empty,
    /// There is no such place: the notice tells its bases elsewhere.
    Absent,
}

/// Why data are used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// The whole purpose in the source's own words, joined over split rows, without marks.
    pub words: String,
    /// For an empty place: a basis that probably was meant, such as that of the row above in a merged
    /// block. It is for a person to confirm, and never assumed.
    pub offer: Option<Basis>,
    /// The basis is told for several purposes in a sentence of its own.
    pub common: bool,
    /// The words that say why.
    pub span: Span,
    /// The part it stands in.
    pub part: usize,
    /// The whole row or point.
    pub whole: Span,
    /// The bases told for it.
    pub grounds: Vec<Ground>,
    /// What stands where the basis should.
    pub place: Place,
    /// The condition told for it, Article 9(2).
    pub condition: Option<Condition>,
    /// How long, where the row has a place for it: whether it is filled.
    pub retention: Option<bool>,
    /// It puts people on a standing list: a database, a mailing list.
    pub listing: bool,
    /// It is about writing to people again later.
    pub future_contact: bool,
}

/// The purposes of a notice.
pub(crate) fn read(
    text: &str,
    parts: &[Part],
    blocks: &[Block],
    tables: &[Table],
    entries: &[Entry],
    all: &[Sentence],
) -> Vec<Purpose> {
    let mut purposes: Vec<Purpose> = Vec::new();
    for table in tables {
        let topic = parts.get(table.part).map_or(Topic::Other, |p| p.topic);
        let mut why = table.column(Column::Purpose);
        let mut basis = table.column(Column::Basis);
        if why.is_none() && basis.is_none() && topic == Topic::Purposes && table.columns.len() == 2
        {
            (why, basis) = (Some(0), Some(1));
        }
        if basis.is_some() && why.is_none() {
            why = (0..table.columns.len()).find(|c| Some(*c) != basis);
        }
        let Some(why) = why else { continue };
        // Beside a table of purposes with their bases, one of recipients tells why each of them gets data.
        let based = |t: &Table| t.column(Column::Basis).is_some();
        if basis.is_none()
            && (topic == Topic::Sharing || table.column(Column::Recipient).is_some())
            && tables.iter().any(based)
        {
            continue;
        }
        let mut above: Vec<Ground> = Vec::new();
        let first = purposes.len();
        for row in &table.rows {
            let other = basis
                .and_then(|b| row_named(&cell_words(text, row, b)))
                .and_then(|n| purposes.get(first + n - 1))
                .map(|p| p.grounds.clone());
            let purpose = from_row(
                text,
                table,
                row,
                why,
                basis,
                other.as_ref().unwrap_or(&above),
            );
            above.clone_from(&purpose.grounds);
            // A row may have lost its purpose; the table tells of the empty cell.
            if !purpose.words.is_empty() {
                purposes.push(purpose);
            }
        }
    }
    let it = Heard {
        text,
        parts,
        blocks,
        all,
    };
    let in_table = |block: usize| {
        tables
            .iter()
            .any(|t| (t.blocks.0..t.blocks.1).contains(&block))
    };
    if purposes.is_empty() {
        purposes = points::read(it, in_table, false);
    }
    if purposes.is_empty() {
        purposes = labelled::read(it, entries);
    }
    offer(&mut purposes);
    general::share_bases(it, &mut purposes, in_table);
    purposes
}

/// An empty place may be what is left of a merged cell: the basis above fills it down, or else the one below.
fn offer(purposes: &mut [Purpose]) {
    let one = |p: &Purpose| match p.grounds.as_slice() {
        [ground] => Some(ground.basis),
        _ => None,
    };
    let mut above: Option<(usize, Basis)> = None;
    for p in purposes.iter_mut() {
        if p.place == Place::Empty {
            p.offer = above.filter(|(part, _)| *part == p.part).map(|(_, b)| b);
        } else {
            above = one(p).map(|b| (p.part, b));
        }
    }
    let mut below: Option<(usize, Basis)> = None;
    for p in purposes.iter_mut().rev() {
        if p.place == Place::Empty && p.offer.is_none() {
            p.offer = below.filter(|(part, _)| *part == p.part).map(|(_, b)| b);
        } else if p.place == Place::Filled {
            below = one(p).map(|b| (p.part, b));
        }
    }
}

/// `as for 1`, `see purpose 2`: the row whose basis is meant.
fn row_named(told: &[Word]) -> Option<usize> {
    let points = told.len() <= 5 && says_any(told, &["as|see|like|same|row|purpose ~3"]);
    let last = told.last()?;
    let number = last
        .text
        .parse::<usize>()
        .ok()
        .filter(|n| (1..=40).contains(n));
    number.filter(|_| points)
}

fn cell_words(text: &str, row: &Row, column: usize) -> Vec<Word> {
    row.cells
        .get(column)
        .into_iter()
        .flatten()
        .flat_map(|c| words::sentences(text, *c))
        .flatten()
        .collect()
}

fn from_row(
    text: &str,
    table: &Table,
    row: &Row,
    why: usize,
    basis: Option<usize>,
    above: &[Ground],
) -> Purpose {
    let said = cell_words(text, row, why);
    let told = basis.map(|b| cell_words(text, row, b)).unwrap_or_default();
    let same = told.len() <= 5
        && (says_any(&told, &["same|ditto|above|before|idem"]) || row_named(&told).is_some());
    let mut grounds = if same {
        above.to_vec()
    } else {
        grounds_of(text, &told, true)
    };
    // `legitimate interests (as above)` leans on the words of the row above.
    if says_any(&told, &["above", "same"]) {
        for ground in &mut grounds {
            let told_above = above.iter().find(|a| a.basis == ground.basis);
            ground.interest |= told_above.is_some_and(|a| a.interest);
            ground.law |= told_above.is_some_and(|a| a.law);
        }
    }
    // The interest and the law may stand in another cell of the row.
    let lacks = |g: &Ground| match g.basis {
        Basis::LegitimateInterests => !g.interest,
        Basis::PublicTask => !g.law,
        _ => false,
    };
    if grounds.iter().any(lacks) {
        let others = (0..row.cells.len()).filter(|c| *c != why && Some(*c) != basis);
        for cell in others.map(|c| cell_words(text, row, c)) {
            let (interest, law) = (
                grounds::states_interest(&cell),
                citations::cites_task(text, &cell),
            );
            for g in &mut grounds {
                g.interest |= interest && g.basis == Basis::LegitimateInterests;
                g.law |= law;
            }
        }
    }
    let whole_row: Vec<Word> = (0..row.cells.len())
        .flat_map(|c| cell_words(text, row, c))
        .collect();
    let place = match basis {
        None => Place::Absent,
        Some(_) if !grounds.is_empty() => Place::Filled,
        Some(_) if told.is_empty() || says_any(&told, &["tbc|tbd|n/a|todo"]) => Place::Empty,
        Some(_) => Place::Unclear,
    };
    Purpose {
        words: phrase::plain(text, row.cells.get(why).map_or(&[], Vec::as_slice)),
        offer: None,
        common: false,
        span: row
            .cells
            .get(why)
            .and_then(|c| c.first())
            .copied()
            .unwrap_or(row.span),
        part: table.part,
        whole: row.span,
        grounds,
        place,
        condition: citations::condition(&whole_row).and_then(|(c, _)| c),
        retention: table
            .column(Column::Retention)
            .map(|c| !cell_words(text, row, c).is_empty()),
        listing: is_listing(&said),
        future_contact: is_future_contact(&said),
    }
}

pub(crate) fn grounds_of(text: &str, told: &[Word], bare: bool) -> Vec<Ground> {
    let stated = grounds::states_interest(told);
    let law = citations::cites_task(text, told);
    grounds::bases(told, bare)
        .into_iter()
        .map(|(basis, _)| Ground {
            basis,
            interest: stated && basis == Basis::LegitimateInterests,
            law,
        })
        .collect()
}

/// Putting people on a standing list.
pub(crate) fn is_listing(said: &[Word]) -> bool {
    says_any(
        said,
        &[
            "add|keep|store|place|put|include|join|hold|enter ~16 database|directory|register|panel|bank",
            "add|keep|put|include|place|join ~12 mailing|contact|distribution|stakeholder ~1 list",
            "mailing list",
            "stakeholder database",
            "participant ~1 panel",
        ],
    )
}

/// Writing to people again about something else.
pub(crate) fn is_future_contact(said: &[Word]) -> bool {
    says_any(
        said,
        &[
            "contact|invite|tell|approach|reach|inform|ask ~14 future|new|later|other|another|further ~3 project*|stud*|research|evaluation*|survey*",
            "future ~3 contact|stakeholder*|participant*",
            "contact ~8 in the future",
            "further research",
        ],
    )
}
