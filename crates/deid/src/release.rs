//! Nothing leaves that has not passed.
//!
//! [`Released`] can be made here only, by a check that found nothing wrong; whatever sends something out
//! asks for one. It is never called anonymous: a title with a council may still point at somebody (PR-73).

mod counts;
mod problem;
mod quotes;

pub use problem::{At, Problem};
pub use quotes::Permission;

use crate::cells::{Grid, GridError, List, SafeList, SafeTable, Table, TableError};
use crate::find::{Class, Found, Kind, Known, find};
use crate::text::words;
use crate::title::Unique;

/// What a released thing may be called. Not `anonymous`.
pub const LABEL: &str = "de-identified";

/// Something that passed the checks, and may leave.
///
/// There is no way to make one but a check that passes:
///
/// ```compile_fail
/// let unchecked = deid::Released { inner: "Ada Lindqvist said so".to_owned(), passed: vec![] };
/// ```
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Released<T> {
    inner: T,
    passed: Vec<String>,
}

impl<T> Released<T> {
    /// The thing.
    pub const fn get(&self) -> &T {
        &self.inner
    }

    /// The thing, to send.
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// What was checked, in words fit for the evidence of the release; nothing personal.
    pub fn passed(&self) -> &[String] {
        &self.passed
    }
}

/// What a report is held against besides the people and places known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The permissions to quote that were given.
    pub permissions: Vec<Permission>,
    /// The titles too few people in their council have, from [`crate::title::unique_titles`]: title and council may not stand in
    /// one paragraph.
    pub unique: Vec<Unique>,
    /// Also stop at what identifies only together with other things: dates, ages, places.
    pub quasi: bool,
    /// No number below this one may stand beside a word for people.
    pub below: Option<usize>,
}

/// Checks a report: no person of the roster and nothing else that identifies, no quoted words without the permission
/// that names them (PR-27), no name at a quote unless the permission says so (PR-28), no unique title with
/// its council (PR-23).
///
/// A quote is what stands between double or curly quotation marks, four words or longer, or in a Markdown block quote; its
/// permission is named behind it as `[quote:ID]`.
///
/// # Errors
/// Every problem found, in the order of the text. Problems say where, never whom.
pub fn check_report(
    text: &str,
    known: &Known,
    options: &Options,
) -> Result<Released<String>, Vec<Problem>> {
    let quotes = quotes::quotes(text);
    let mut problems = Vec::new();
    let mut named = 0;
    for found in find(text, known) {
        if found.class == Class::Quasi && !options.quasi {
            continue;
        }
        if found.kind == Kind::Name && quotes::may_name(text, &found, &quotes, &options.permissions)
        {
            named += 1;
            continue;
        }
        problems.push(Problem::identifies(text, &found));
    }
    problems.extend(quotes::problems(text, &quotes, &options.permissions));
    problems.extend(unique_posts(text, &options.unique));
    if let Some(below) = options.below {
        let few = counts::few(text, below).into_iter();
        problems.extend(few.map(|few| Problem::Few {
            below,
            at: At::new(text, few.start, few.end),
        }));
    }
    if !problems.is_empty() {
        problems.sort_by_key(Problem::place);
        return Err(problems);
    }
    let mut passed = vec![
        "nobody on the roster is named and no identifier is in the text".to_owned(),
        format!("{} quotes stand under a permission", quotes.len()),
        format!("{named} names are there because their permission says so"),
        format!(
            "{} unique titles do not meet their council",
            options.unique.len()
        ),
    ];
    if let Some(below) = options.below {
        passed.push(format!(
            "no number below {below} was found beside a word for people"
        ));
    }
    Ok(Released {
        inner: text.to_owned(),
        passed,
    })
}

/// Checks a table of rows about people: at least `k` rows alike in the `quasi` columns, no group with one and the same value in
/// a `sensitive` column, nothing that identifies in any cell, and no place, date or age in a column not given as `quasi`.
///
/// # Errors
/// Every problem found. Problems say which row and column, never what stands there.
pub fn check_table(
    csv: &str,
    quasi: &[&str],
    sensitive: &[&str],
    k: usize,
    known: &Known,
) -> Result<Released<String>, Vec<Problem>> {
    let unread = |error: GridError| {
        vec![Problem::Grid {
            why: error.to_string(),
        }]
    };
    let grid = Grid::read(csv).map_err(unread)?;
    let anonymity = grid.anonymity(quasi, sensitive, k).map_err(unread)?;
    let mut problems: Vec<Problem> = Vec::new();
    for group in &anonymity.below {
        problems.push(Problem::Group {
            size: group.rows.len(),
            k,
            rows: lines(&group.rows),
        });
    }
    for (column, group) in &anonymity.alike {
        problems.push(Problem::Alike {
            column: column.clone(),
            rows: lines(&group.rows),
        });
    }
    for (column, heading) in grid.columns.iter().enumerate() {
        let cells = grid.rows.iter().filter_map(|row| row.get(column)).zip(2..);
        for (cell, row) in cells {
            for found in find(cell, known) {
                match found.class {
                    Class::Direct => problems.push(Problem::Cell {
                        row,
                        column: heading.clone(),
                        kind: found.kind,
                    }),
                    Class::Quasi if !quasi.contains(&heading.as_str()) => {
                        let problem = Problem::Undeclared {
                            column: heading.clone(),
                            kind: found.kind,
                        };
                        if !problems.contains(&problem) {
                            problems.push(problem);
                        }
                    }
                    Class::Quasi => {}
                }
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let passed = vec![
        format!(
            "the smallest group has {} rows, at least {k} are asked for",
            anonymity.smallest
        ),
        format!(
            "no group has one value only in {} sensitive columns",
            sensitive.len()
        ),
        "no cell has a name or an identifier".to_owned(),
    ];
    Ok(Released {
        inner: csv.to_owned(),
        passed,
    })
}

/// Makes a table of counts safe, and lets it out.
///
/// # Errors
/// As [`Table::safe`].
pub fn release_table(
    table: &Table,
    below: u64,
    zeros: bool,
) -> Result<Released<SafeTable>, TableError> {
    Ok(Released {
        inner: table.safe(below, zeros)?,
        passed: counted(below),
    })
}

/// Makes a list of counts safe, and lets it out.
///
/// # Errors
/// As [`List::safe`].
pub fn release_list(
    list: &List,
    below: u64,
    zeros: bool,
) -> Result<Released<SafeList>, TableError> {
    Ok(Released {
        inner: list.safe(below, zeros)?,
        passed: counted(below),
    })
}

fn counted(below: u64) -> Vec<String> {
    vec![
        format!("counts below {below} are withheld"),
        "no withheld count follows from what is shown".to_owned(),
    ]
}

/// Lines of the file: the headings are line 1.
fn lines(rows: &[usize]) -> Vec<usize> {
    rows.iter().map(|row| row + 2).collect()
}

/// Places where a unique title stands in one paragraph with its council.
fn unique_posts(text: &str, unique: &[Unique]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (start, paragraph) in paragraphs(text) {
        let there = words(paragraph);
        let run = |name: &str| {
            let wanted = words(name);
            if wanted.is_empty() {
                return None;
            }
            there.windows(wanted.len()).find_map(|run| {
                let same = run
                    .iter()
                    .zip(&wanted)
                    .all(|(word, wanted)| word.folded == wanted.folded);
                let (first, last) = (run.first()?, run.last()?);
                same.then_some((start + first.start, start + last.end))
            })
        };
        for unique in unique {
            if let (Some((from, to)), Some(_)) = (run(&unique.title), run(&unique.council)) {
                problems.push(Problem::Unique {
                    at: At::new(text, from, to),
                });
            }
        }
    }
    problems
}

/// The paragraphs with the byte each begins at.
fn paragraphs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive("\n\n").map(move |paragraph| {
        let from = start;
        start += paragraph.len();
        (from, paragraph)
    })
}

/// Whether two places of a text stand in one paragraph.
fn same_paragraph(text: &str, one: usize, other: usize) -> bool {
    let (from, to) = (one.min(other), one.max(other));
    !crate::text::between(text, from, to).contains("\n\n")
}

/// The words of what was found, folded.
fn folded(text: &str, found: &Found) -> Vec<String> {
    let found = crate::text::between(text, found.start, found.end);
    words(found).into_iter().map(|word| word.folded).collect()
}
