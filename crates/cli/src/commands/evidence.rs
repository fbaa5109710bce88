//! The evidence is taken away by whoever wants to check it without us: an auditor the whole log, a person one receipt.

use crate::house;
use crate::input::{Usage, usage};
use crate::out::{self, Ended, Out};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;

/// What the help shows.
pub const EXAMPLE: &str = "Example: abide evidence -o for-the-auditor\nExample: abide evidence --prove evt_0123456789abcdef0123456789abcdef -o receipt";

/// `abide evidence`
#[derive(Args, Debug)]
pub struct Evidence {
    /// The house's folder
    #[arg(long, value_name = "FOLDER")]
    house: Option<PathBuf>,
    /// One entry: its bytes, and the proof that it is in the log
    #[arg(long, value_name = "ENTRY")]
    prove: Option<String>,
    /// The folder the files are put in
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// A house that cannot be opened, an entry that is not there, a folder that cannot be written to.
pub fn run(args: &Evidence, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let house = house::open(&house::find(args.house.as_deref())?, at)?;
    let vault = house.desk.vault();
    let broken = |e: String| usage(e, "run `abide verify`: it names what is wrong");
    vault
        .integrate(house.now(at))
        .map_err(|e| broken(e.to_string()))?;
    let store = vault.store();
    let signed = store.checkpoint().map_err(|e| broken(e.to_string()))?;
    let Some(signed) = signed else {
        return Err(usage(
            "the log is still empty",
            "come back when something was done",
        ));
    };
    out::folder(&args.output)?;
    let key = vault.verifier().to_string();
    let mut files = vec![("verifier.txt", format!("{key}\n").into_bytes())];
    let entries = if let Some(id) = &args.prove {
        let found = store.receipt(id).map_err(|e| broken(e.to_string()))?;
        let Some((mut entry, mut receipt)) = found else {
            return Err(usage(
                format!("there is no entry `{id}` in the log"),
                "`abide promises --json` shows the ids of entries",
            ));
        };
        files.push(("receipt.tlog-proof", receipt.text().into_bytes()));
        receipt.extra = Some(entry.clone());
        files.push(("entry.receipt", receipt.text().into_bytes()));
        entry.push(b'\n');
        files.push(("entry.json", entry));
        1
    } else {
        let mut log = Vec::new();
        let entries = store
            .logged(|entry| {
                log.extend_from_slice(entry);
                log.push(b'\n');
                Ok::<_, store::Error>(())
            })
            .map_err(|e| broken(e.to_string()))?;
        files.push(("log.jsonl", log));
        files.push(("checkpoint.txt", signed.note.into_bytes()));
        entries
    };
    for (name, contents) in &files {
        out::write(&args.output.join(name), contents)?;
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    out.say(format!(
        "{entries} {} and what proves {} are in `{}`: {}",
        if entries == 1 { "entry" } else { "entries" },
        if entries == 1 { "it" } else { "them" },
        args.output.display(),
        names.join(", ")
    ));
    out.say("check them with `audit`, or with any program that keeps to crates/evidence/SPEC.md");
    out.document(
        &json!({ "entries": entries, "files": names, "size": signed.size, "verifier": key }),
    );
    Ok(Ended::Well)
}
