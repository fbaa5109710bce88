//! Every scenario of `scenarios/`, run through the real desk: one line each, and how many of the promises have one that passes.
//!
//! It speaks as the standard test harness does: a name narrows what is run, `--list` lists, the closing line is its own.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test runner reads files, takes the time and prints"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use testbed::run::{Ran, play};
use testbed::script::{self, Scenario};

/// The promises the notices make.
const PROMISES: u32 = 93;
/// At most so many scenarios run at once.
const THREADS: usize = 8;

fn main() -> ExitCode {
    let asked = Asked::read(std::env::args().skip(1));
    let scenarios = match scenarios() {
        Ok(scenarios) => scenarios,
        Err(sentence) => {
            println!("{sentence}");
            return ExitCode::FAILURE;
        }
    };
    let all = scenarios.len();
    let wanted: Vec<(String, Scenario)> = scenarios
        .into_iter()
        .filter(|(file, s)| asked.wants(&name(file, s)))
        .collect();
    if asked.list {
        for (file, scenario) in &wanted {
            println!("{}: test", name(file, scenario));
        }
        if !asked.terse {
            println!("\n{} tests, 0 benchmarks", wanted.len());
        }
        return ExitCode::SUCCESS;
    }
    println!("\nrunning {} tests", wanted.len());
    let began = Instant::now();
    let ran = play_all(&wanted);
    let failed = ran.iter().filter(|(_, r)| !r.passed).count();
    tell_failures(&ran);
    let result = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {result}. {} passed; {failed} failed; 0 ignored; 0 measured; {} filtered out; finished in {:.2}s",
        ran.len() - failed,
        all - wanted.len(),
        began.elapsed().as_secs_f64()
    );
    if ran.len() == all {
        tell_promises(&ran);
    }
    let stale = stale_page();
    if let Some(sentence) = &stale {
        println!("{sentence}");
    }
    if failed == 0 && stale.is_none() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What the command line asks for.
#[derive(Default)]
struct Asked {
    list: bool,
    exact: bool,
    terse: bool,
    ignored: bool,
    names: Vec<String>,
    skip: Vec<String>,
}

impl Asked {
    /// Options that change how results are shown or run are taken and have nothing to do here.
    fn read(mut args: impl Iterator<Item = String>) -> Asked {
        let mut asked = Asked::default();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--list" => asked.list = true,
                "--exact" => asked.exact = true,
                "--ignored" => asked.ignored = true,
                "--format" => asked.terse = args.next().is_some_and(|format| format == "terse"),
                "--format=terse" => asked.terse = true,
                "--skip" => asked.skip.extend(args.next()),
                "--color" | "--test-threads" | "--logfile" | "-Z" => drop(args.next()),
                option if option.starts_with('-') => {}
                _ => asked.names.push(arg),
            }
        }
        asked
    }

    fn wants(&self, name: &str) -> bool {
        let fits = |n: &String| {
            if self.exact {
                name == n
            } else {
                name.contains(n.as_str())
            }
        };
        // None of them is ever ignored.
        !self.ignored
            && (self.names.is_empty() || self.names.iter().any(fits))
            && !self.skip.iter().any(fits)
    }
}

fn name(file: &str, scenario: &Scenario) -> String {
    let promises: Vec<&str> = scenario.promises.iter().map(String::as_str).collect();
    format!("{file} {} {}", promises.join(" "), scenario.title)
}

/// Every scenario with its file's name, in the order of the sections.
fn scenarios() -> Result<Vec<(String, Scenario)>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|e| format!("the scenarios cannot be read: {e}"))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    let mut all = Vec::new();
    for path in files {
        let file = path
            .file_stem()
            .map(|s| s.to_string_lossy().into_owned())
            .unwrap_or_default();
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{file}: {e}"))?;
        let read = script::read(&text).map_err(|e| format!("{file}: {e}"))?;
        all.extend(read.into_iter().map(|s| (file.clone(), s)));
    }
    Ok(all)
}

/// Plays them on a few threads; each scenario has a world of its own. What comes back is in the order of the files.
fn play_all(wanted: &[(String, Scenario)]) -> Vec<(String, Ran)> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, String, Ran)>> = Mutex::default();
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get().min(THREADS));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((at, (file, scenario))) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    wanted.get(at).map(|w| (at, w))
                } {
                    let ran = play(scenario);
                    println!(
                        "{} {}",
                        if ran.passed { "ok    " } else { "FAILED" },
                        name(file, scenario)
                    );
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((
                        at,
                        file.clone(),
                        ran,
                    ));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _, _)| *at);
    done.into_iter().map(|(_, file, ran)| (file, ran)).collect()
}

fn tell_failures(ran: &[(String, Ran)]) {
    for (file, ran) in ran {
        if let Some(failed) = &ran.failed {
            println!(
                "\n---- {file}.md:{} {}\n  {}\n  happened: {}\n  expected: {}",
                failed.line, ran.title, failed.sentence, failed.happened, failed.expected
            );
        }
    }
}

fn tell_promises(ran: &[(String, Ran)]) {
    let kept: BTreeSet<&str> = ran
        .iter()
        .filter(|(_, r)| r.passed)
        .flat_map(|(_, r)| r.promises.iter().map(String::as_str))
        .collect();
    let (have, missing): (Vec<String>, Vec<String>) = (1..=PROMISES)
        .map(|n| format!("PR-{n:02}"))
        .partition(|p| kept.contains(p.as_str()));
    let missing = if missing.is_empty() {
        String::new()
    } else {
        format!(" (missing: {})", missing.join(" "))
    };
    println!(
        "{PROMISES} promises: {} have a scenario that passes{missing}",
        have.len()
    );
}

/// `docs/scenarios.md` lists the sentences there are. With `ABIDE_BLESS=1` it is written anew.
fn stale_page() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/scenarios.md");
    let page = testbed::steps::page();
    if std::env::var("ABIDE_BLESS").is_ok() && std::fs::write(&path, &page).is_ok() {
        return None;
    }
    let fresh = std::fs::read_to_string(&path).is_ok_and(|text| text == page);
    (!fresh).then(|| "docs/scenarios.md does not list the sentences there are: run this test with ABIDE_BLESS=1".to_owned())
}
