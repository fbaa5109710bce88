//! What an order is answered with: a document for programs and lines for people.

use crate::house::Config;
use crate::root;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::PathBuf;
use vault::{BackedUp, Vault};

/// The answer: what is printed as JSON, and lines for people.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Done {
    /// The JSON document.
    pub document: Value,
    /// The same for people.
    pub lines: Vec<String>,
}

/// Keys that were changed.
pub(super) fn rotated(what: &str, of: &str, done: u64, all: bool, advice: String) -> Done {
    let mut lines = vec![if all {
        format!("{what}: {done} {of} done, and that was all")
    } else {
        format!("{what}: {done} {of} done; it goes on when abide is started again")
    }];
    if !advice.is_empty() {
        lines.push(advice);
    }
    Done {
        document: json!({ "rotated": what, "done": done, "finished": all }),
        lines,
    }
}

/// A backup that was taken, what is missing in it by name.
pub(super) fn backed_up(done: &BackedUp, files: &[PathBuf]) -> Done {
    let mut lines: Vec<_> = files
        .iter()
        .map(|file| format!("written: {}", file.display()))
        .collect();
    lines.push(format!(
        "{} entries, {} recordings; the two files belong in two places, and a copy of erased.ledger in a third",
        done.about.entries, done.recordings
    ));
    for id in &done.missing {
        lines.push(format!(
            "fault: the recording `{id}` is not there whole, so it is not in this backup: `abide verify` says more"
        ));
    }
    Done {
        document: json!({
            "files": files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>(),
            "taken": done.about.at,
            "entries": done.about.entries,
            "recordings": done.recordings,
            "bytes": { "data": done.data, "recordings": done.recorded, "keys": done.keys },
            "ledger": done.about.erased,
            "missing": done.missing,
        }),
        lines,
    }
}

/// Which keys there are, and which change goes on.
pub(super) fn keys(vault: &Vault, config: &Config) -> Result<Done, vault::Error> {
    let held = vault.keys_held()?;
    let rotations = vault.rotations()?;
    let mut lines = vec![
        format!("root key {} (from: {})", held.root, root::whence(config)),
        format!(
            "{} of people, {} of recordings, {} of letters",
            held.people, held.recordings, held.letters
        ),
    ];
    if let Some(next) = &held.next {
        lines.push(format!(
            "changing the root key to {next}: {} keys wait; `abide keys rotate --root` goes on",
            held.waiting
        ));
    }
    for one in &rotations {
        let ended = match one.finished_at {
            Some(at) => format!("finished {at}"),
            None => "not finished".to_owned(),
        };
        lines.push(format!(
            "{:<8} {} done, begun {}, {ended} {}",
            one.kind, one.done, one.begun_at, one.project
        ));
    }
    let rotations: Vec<Value> = rotations
        .iter()
        .map(|one| {
            json!({
                "kind": one.kind,
                "project": one.project,
                "done": one.done,
                "begun_at": one.begun_at,
                "finished_at": one.finished_at,
            })
        })
        .collect();
    let document = json!({
        "root": { "name": held.root, "from": root::whence(config), "next": held.next, "waiting": held.waiting },
        "keys": { "people": held.people, "recordings": held.recordings, "letters": held.letters },
        "rotations": rotations,
    });
    Ok(Done { document, lines })
}
