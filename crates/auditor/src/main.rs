//! For somebody outside: is this log the one that was signed? Needs the log, a checkpoint and the key, and nothing of abide's.
//!
//! It reads what `abide evidence` wrote, or whatever else keeps to `crates/evidence/SPEC.md`.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a door: files and words come in here, a verdict goes out"
)]

use std::borrow::Cow;
use std::io::{BufRead, BufReader};
use std::process::ExitCode;

use evidence::verify::{Row, Verdict, verify};
use evidence::{Receipt, Verifier};

const USAGE: &str = "\
Is this log the one that was signed?

  audit LOG --key KEY --checkpoint FILE [--checkpoint FILE …]
  audit --receipt FILE [--entry FILE] --key KEY

LOG         one entry a line, as `abide evidence` writes it
KEY         the verifier key, `name+id+key`, or a file that holds it
checkpoint  a signed checkpoint; bring those you took away earlier
receipt     the proof that one entry is in the log; a `.receipt` has the entry inside and needs no --entry

Exit codes: 0 it holds; 1 it does not; 2 wrong usage or unreadable input.";

/// What was asked for.
#[derive(Default)]
struct Asked {
    log: Option<String>,
    key: Option<String>,
    checkpoints: Vec<String>,
    receipt: Option<String>,
    entry: Option<String>,
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(sentence) => {
            eprintln!("error: {sentence}\nhelp: `audit --help` shows what it needs");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, String> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.is_empty() || words.iter().any(|w| w == "--help" || w == "-h") {
        println!("{USAGE}");
        return Ok(!words.is_empty());
    }
    let asked = asked(words)?;
    let key = key(asked.key.as_deref().ok_or("no `--key` is given")?)?;
    match (&asked.log, &asked.receipt) {
        (Some(log), None) => {
            let verdict = whole(log, &asked.checkpoints, &key)?;
            Ok(tell(&verdict))
        }
        (None, Some(receipt)) => one(receipt, asked.entry.as_deref(), &key),
        _ => Err("give either a log or a receipt".to_owned()),
    }
}

fn asked(words: Vec<String>) -> Result<Asked, String> {
    let mut asked = Asked::default();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("`{word}` needs a value"));
        match word.as_str() {
            "--key" => asked.key = Some(value()?),
            "--checkpoint" => asked.checkpoints.push(value()?),
            "--receipt" => asked.receipt = Some(value()?),
            "--entry" => asked.entry = Some(value()?),
            option if option.starts_with('-') => return Err(format!("`{option}` is not known")),
            _ if asked.log.is_none() => asked.log = Some(word),
            _ => return Err(format!("`{word}` is one log too many")),
        }
    }
    Ok(asked)
}

fn text(file: &str) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|why| format!("`{file}` cannot be read: {why}"))
}

fn key(given: &str) -> Result<Verifier, String> {
    let read = |text: &str| Verifier::read(text.trim()).map_err(|why| why.to_string());
    read(given).or_else(|_| read(&text(given)?))
}

/// The log as a whole, read line by line.
fn whole(log: &str, checkpoints: &[String], key: &Verifier) -> Result<Verdict, String> {
    let file = std::fs::File::open(log).map_err(|why| format!("`{log}` cannot be read: {why}"))?;
    let checkpoints: Vec<String> = checkpoints
        .iter()
        .map(|file| text(file))
        .collect::<Result<_, _>>()?;
    let mut broken = None;
    let lines = BufReader::new(file).split(b'\n').map_while(|line| {
        line.map_err(|why| broken = Some(format!("`{log}` cannot be read to its end: {why}")))
            .ok()
    });
    let rows = (0..).zip(lines).map(|(seq, line)| Row {
        seq,
        leaf: None,
        bytes: Some(Cow::Owned(line)),
    });
    let verdict = verify(rows, &checkpoints, key, key.name());
    broken.map_or(Ok(verdict), Err)
}

fn tell(verdict: &Verdict) -> bool {
    println!(
        "{} entries, {} of them proved by {} checkpoints",
        verdict.entries, verdict.proved, verdict.checkpoints
    );
    for fault in &verdict.faults {
        println!("fault: {fault}");
    }
    if verdict.holds() {
        println!("the log is the one that was signed");
    }
    verdict.holds()
}

/// One entry and its receipt.
fn one(receipt: &str, entry: Option<&str>, key: &Verifier) -> Result<bool, String> {
    let receipt = Receipt::read(&text(receipt)?).map_err(|why| why.to_string())?;
    let mut bytes = match (entry, &receipt.extra) {
        (Some(entry), _) => {
            std::fs::read(entry).map_err(|why| format!("`{entry}` cannot be read: {why}"))?
        }
        (None, Some(carried)) => carried.clone(),
        (None, None) => {
            return Err("the receipt does not have the entry inside: give `--entry`".to_owned());
        }
    };
    // A file of one line ends with a newline that is no part of the entry.
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    match receipt.verify(&bytes, key, key.name()) {
        Ok(checkpoint) => {
            println!(
                "entry {} is in the log of {} entries that was signed",
                receipt.index, checkpoint.size
            );
            // Only now is it known to be what was signed.
            if entry.is_none() {
                println!("{}", String::from_utf8_lossy(&bytes));
            }
            Ok(true)
        }
        Err(why) => {
            println!("fault: {why}");
            Ok(false)
        }
    }
}
