//! Words a machine can mend are mended, after a person has said yes to each.

use crate::diagnostic::{self, Places};
use crate::input::{self, Usage, usage};
use crate::out::{self, Out};
use check::{Finding, Fix};
use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

/// What came of asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// Fixes made.
    pub made: usize,
    /// Fixes that are there and were not made.
    pub left: usize,
}

/// Asks about each fix and writes the file; all that are sure are made where `yes` says so beforehand.
///
/// # Errors
/// Nobody is there to ask; the file cannot be written.
pub fn mend(
    file: &str,
    text: &str,
    findings: &[Finding],
    yes: bool,
    out: Out,
) -> Result<Mended, Usage> {
    let offered = offered(findings);
    if offered.is_empty() {
        return Ok(Mended::default());
    }
    if file == "-" {
        return Err(usage(
            "standard input cannot be mended in place",
            "name the file",
        ));
    }
    if input::bytes(file, input::NOTICE_LIMIT)? != text.as_bytes() {
        return Err(usage(
            format!(
                "{} is no plain UTF-8 text, so it is not mended",
                input::shown(file)
            ),
            "save it as UTF-8 without a byte order mark first",
        ));
    }
    if !yes && !std::io::stdin().is_terminal() {
        return Err(usage(
            format!(
                "{} has {} that could be mended, and nobody is there to ask",
                input::shown(file),
                fixes(offered.len())
            ),
            "run it in a terminal, or add `--yes` to make those that change no meaning",
        ));
    }
    let places = Places::new(text);
    let mut chosen: Vec<&Fix> = Vec::new();
    let mut all = false;
    for (finding, fix) in &offered {
        let wanted = if yes {
            fix.sure
        } else if all {
            true
        } else {
            let shown = diagnostic::render(
                &input::plain(file),
                &places,
                finding,
                out::width(),
                out.colour(),
            );
            match ask(&shown, text, fix) {
                Answer::Yes => true,
                Answer::No => false,
                Answer::All => {
                    all = true;
                    true
                }
                Answer::Quit => break,
            }
        };
        if wanted {
            chosen.push(fix);
        }
    }
    let (mended, made) = check::mended(text, &chosen);
    if made > 0 {
        out::write(Path::new(file), &mended)?;
    }
    out.progress(format!(
        "{}: {} made, {} left",
        input::shown(file),
        fixes(made),
        offered.len() - made
    ));
    Ok(Mended {
        made,
        left: offered.len() - made,
    })
}

/// Each fix once, in reading order.
fn offered(findings: &[Finding]) -> Vec<(&Finding, &Fix)> {
    let mut all: Vec<(&Finding, &Fix)> = findings
        .iter()
        .filter_map(|f| Some((f, f.fix.as_ref()?)))
        .collect();
    all.sort_by_key(|(_, fix)| (fix.span.start, fix.span.end));
    all.dedup_by(|(_, a), (_, b)| a == b);
    all
}

fn fixes(count: usize) -> String {
    format!("{count} {}", if count == 1 { "fix" } else { "fixes" })
}

enum Answer {
    Yes,
    No,
    All,
    Quit,
}

/// Shows a fix and hears an answer on the terminal; what is no answer counts as no.
fn ask(finding: &str, text: &str, fix: &Fix) -> Answer {
    let was = text.get(fix.span.start..fix.span.end).unwrap_or_default();
    let mut err = std::io::stderr();
    let _ = writeln!(err, "{finding}\n  - {was}\n  + {}", fix.replacement);
    let _ = write!(err, "mend this? [y]es, [n]o, [a]ll that follow, [q]uit: ");
    let _ = err.flush();
    let mut said = String::new();
    if std::io::stdin().lock().read_line(&mut said).unwrap_or(0) == 0 {
        return Answer::Quit;
    }
    match said.trim().to_lowercase().as_str() {
        "y" | "yes" => Answer::Yes,
        "a" | "all" => Answer::All,
        "q" | "quit" => Answer::Quit,
        _ => Answer::No,
    }
}
