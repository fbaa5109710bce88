//! What a finding means: the page of its rule, or of the part of the notice language it comes from.

use crate::input::{Usage, usage};
use crate::out::{Ended, Out};
use crate::spelling;
use check::Severity;
use check::rules::RULES;
use clap::Args;
use serde::Serialize;

pub const EXAMPLE: &str = "Example: abide explain basis-missing\nExample: abide explain";

/// The pages of the notice language's own faults; those of the law stand with their rules.
const LANGUAGE: &str = include_str!("explain/language.md");

/// `abide explain`
#[derive(Args, Debug)]
pub struct Explain {
    /// The code in the brackets of a finding; without one, all codes are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

#[derive(Serialize)]
struct Page {
    code: &'static str,
    severity: Severity,
    law: &'static [&'static str],
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'static str>,
}

#[derive(Serialize)]
struct Pages {
    codes: Vec<Page>,
}

/// Runs the command.
///
/// # Errors
/// A code nobody knows.
pub fn run(args: &Explain, out: Out) -> Result<Ended, Usage> {
    let mut pages = pages();
    let Some(code) = &args.code else {
        let width = pages.iter().map(|p| p.code.len()).max().unwrap_or_default();
        for page in &mut pages {
            out.say(format!(
                "{:<width$}  {:<7}  {}",
                page.code,
                word(page.severity),
                page.summary
            ));
            page.page = None;
        }
        out.document(&Pages { codes: pages });
        return Ok(Ended::Well);
    };
    // A code is copied with its brackets now and then: `error[basis-missing]`.
    let wanted = code
        .rsplit('[')
        .next()
        .unwrap_or(code)
        .trim_end_matches(']')
        .trim()
        .to_lowercase();
    let known: Vec<&str> = pages.iter().map(|p| p.code).collect();
    let Some(page) = pages.iter().find(|p| p.code == wanted) else {
        return Err(usage(
            format!("`{}` is no code of a finding", spelling::shown(code)),
            match notice::fault::nearest(&wanted, known) {
                Some(near) => format!("did you mean `{near}`? `abide explain` lists all codes"),
                None => "`abide explain` lists all codes".to_owned(),
            },
        ));
    };
    out.say(format!(
        "{} ({})\n\n{}",
        page.code,
        word(page.severity),
        page.page.unwrap_or_default().trim()
    ));
    out.document(page);
    Ok(Ended::Well)
}

/// Every page: the law's in the order of a notice, then the language's.
fn pages() -> Vec<Page> {
    let law = RULES.iter().map(|r| Page {
        code: r.code,
        severity: r.severity,
        law: r.law,
        summary: summary(r.doc),
        page: Some(r.doc),
    });
    let language = LANGUAGE.split("\n## ").skip(1).filter_map(|part| {
        let (code, page) = part.split_once('\n')?;
        let advice = notice::fault::ADVICE.contains(&code);
        let severity = if advice {
            Severity::Advice
        } else {
            Severity::Error
        };
        Some(Page {
            code,
            severity,
            law: &[],
            summary: summary(page),
            page: Some(page),
        })
    });
    law.chain(language).collect()
}

/// The first sentence of a page, as far as its colon.
fn summary(page: &str) -> String {
    let words = |l: &&str| !l.is_empty() && !l.starts_with('#');
    let first: Vec<&str> = page
        .lines()
        .map(str::trim)
        .skip_while(|l| !words(l))
        .take_while(words)
        .collect();
    let first = first.join(" ");
    let end = [". ", ": ", "; "]
        .iter()
        .filter_map(|mark| first.find(mark))
        .min()
        .unwrap_or(first.len());
    format!(
        "{}.",
        first.get(..end).unwrap_or(&first).trim_end_matches('.')
    )
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The document an example stands for: whole, or put into a frame.
    fn document(page: &str, heading: &str) -> Option<String> {
        let part = page.split(&format!("# {heading}\n")).nth(1)?;
        if let Some(whole) = part.trim_start().strip_prefix("````markdown\n") {
            return whole.split("\n````").next().map(str::to_owned);
        }
        let rules = part
            .trim_start()
            .strip_prefix("```abide\n")?
            .split("\n```")
            .next()?;
        let frame = if rules.contains("notice ") || rules.contains("project ") {
            ""
        } else {
            "notice x version 1 dated 2027-02-01\nproject \"X\" reference \"#1\"\n"
        };
        Some(format!("# T\n\nWords.\n\n```abide\n{frame}{rules}\n```\n"))
    }

    #[test]
    fn the_examples_of_the_language_have_and_have_not_their_fault() {
        let mut shown = 0;
        for page in pages()
            .into_iter()
            .filter(|p| RULES.iter().all(|r| r.code != p.code))
        {
            let text = page.page.unwrap();
            for (heading, expected) in [("Example", true), ("Use instead", false)] {
                let Some(document) = document(text, heading) else {
                    continue;
                };
                let faults = notice::parse(&document).faults;
                let found = faults.iter().any(|f| f.code == page.code);
                assert_eq!(
                    found, expected,
                    "{} {heading}\n{document}\n{faults:?}",
                    page.code
                );
                shown += 1;
            }
        }
        assert_eq!(shown, 28, "every page but two has both examples");
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "a test reads the code it speaks of"
    )]
    fn every_fault_of_the_language_has_its_page() {
        let known: BTreeSet<&str> = pages().iter().map(|p| p.code).collect();
        assert_eq!(known.len(), pages().len(), "a code stands twice");
        let mut folders = vec![std::path::PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../notice/src"
        ))];
        let mut codes = BTreeSet::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(path).unwrap();
                let tests = text.find("#[cfg(test)]").unwrap_or(text.len());
                for made in text.get(..tests).unwrap().split("Fault::new(").skip(1) {
                    if let Some(code) = made
                        .trim_start()
                        .strip_prefix('"')
                        .and_then(|m| m.split('"').next())
                    {
                        codes.insert(code.to_owned());
                    }
                }
            }
        }
        assert!(codes.len() > 10, "{codes:?}");
        let missing: Vec<_> = codes
            .iter()
            .filter(|c| !known.contains(c.as_str()))
            .collect();
        assert!(missing.is_empty(), "no page for {missing:?}");
    }

    #[test]
    fn each_page_has_one_line() {
        for page in pages() {
            assert!(
                page.summary.len() > 20
                    && page.summary.ends_with('.')
                    && !page.summary.contains('\n'),
                "{}",
                page.summary
            );
        }
    }
}
