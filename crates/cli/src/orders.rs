//! What is asked at the prompt of a house that is being served is done by the server, which alone has the house open.
//!
//! An order is a file in the house's `orders/`, which only its owner may enter: `ID.order`, while it is being done `ID.taken`,
//! then `ID.answer`. Nobody serves: the prompt does it itself. Nothing in an order is secret or personal.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: the prompt and the server meet in a folder of the house, and one waits for the other"
)]

mod told;

use crate::commands::{promises, sweep};
use crate::house::{self, Config, House, Opened};
use crate::input::{Usage, usage};
use crate::out::Out;
use crate::recovery;
use crate::root;
use desk::Desk;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::Actor;
pub use told::Done;
use told::{backed_up, keys, rotated};
use vault::About;

/// Something that may be asked of a house, served or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Order {
    /// Which keys there are.
    Keys,
    /// Change the root key.
    RotateRoot,
    /// Change people's keys.
    RotateData {
        /// Of one project, by its reference.
        project: Option<String>,
    },
    /// Change the key of the look-up marks.
    RotateLookUp,
    /// Take a backup.
    Backup {
        /// Into this folder.
        to: PathBuf,
    },
    /// What became of every clause.
    Promises {
        /// Of one project, by its reference.
        project: Option<String>,
        /// As it will be then; never before what has happened.
        at: Timestamp,
    },
    /// What is due, without doing any of it.
    Due {
        /// As it will be then; never before what has happened.
        at: Timestamp,
    },
    /// Put on record that bringing a backup back was rehearsed.
    Rehearsed {
        /// Which backup.
        about: About,
        /// How many faults were found.
        faults: u64,
        /// How many values opened.
        values: u64,
    },
}

impl Order {
    /// Whether it only looks: then it may look ahead, and nothing of the house is dated by it.
    const fn looks(&self) -> bool {
        matches!(self, Order::Promises { .. } | Order::Due { .. })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Done(Done),
    Wrong { what: String, help: String },
}

/// A house that takes orders.
pub struct Orders {
    folder: PathBuf,
    config: Config,
    desk: Arc<Desk>,
    stopping: AtomicBool,
}

/// How long the prompt waits for its order to be taken before it says that nobody does.
const TAKEN_WITHIN: u32 = 150;
const PAUSE: Duration = Duration::from_millis(100);
/// An order that lies longer was left by a prompt that ended: nobody waits for it, and nobody may want it any more.
const LEFT: Duration = Duration::from_secs(30);
/// An answer that lies longer was not fetched.
const UNREAD: Duration = Duration::from_secs(600);

/// Has an order carried out: by us where the house is free, by the server where it is served.
///
/// # Errors
/// A house that cannot be opened; what stood in the way of the order.
pub fn give(folder: &Path, order: &Order, at: Timestamp, out: Out) -> Result<Done, Usage> {
    let (mut asked, mut waited) = (None, 0);
    loop {
        // Whoever had it open may have stopped meanwhile.
        if waited % 20 == 0 {
            let opened = house::try_open(folder, at)?;
            if !matches!(opened, Opened::InUse(_))
                && let Some(asked) = asked.take()
            {
                withdraw(asked);
            }
            match opened {
                Opened::Ours(house) => return ours(folder, *house, order, at, out),
                Opened::Damaged(wrong) => return Err(wrong),
                Opened::InUse(_) => {}
            }
        }
        let file = match &asked {
            Some(file) => file,
            None => asked.insert(ask(folder, order)?),
        };
        if let Some(answer) = answered(file)? {
            return answer;
        }
        if waited >= TAKEN_WITHIN && file.exists() {
            withdraw(file.clone());
            return Err(usage(
                format!(
                    "another abide has `{}` open and takes no orders",
                    folder.display()
                ),
                "stop it, or wait until it is done, and try again",
            ));
        }
        waited += 1;
        std::thread::sleep(PAUSE);
    }
}

fn ours(
    folder: &Path,
    house: House,
    order: &Order,
    at: Timestamp,
    out: Out,
) -> Result<Done, Usage> {
    let at = if order.looks() {
        house.now(at)
    } else {
        house.acting(at)?
    };
    let orders = Orders::of(folder, &house.config, &house.desk);
    let done = orders.carry_out(order, at, &mut |n| {
        if n % 1024 == 0 {
            out.progress(format!("  {n}"));
        }
        true
    });
    let numbered = if order.looks() {
        Ok(None)
    } else {
        house.desk.vault().integrate(at)
    };
    let done = done?;
    numbered.map_err(|e| root::said(&e))?;
    Ok(done)
}

fn unwritable(e: &std::io::Error) -> Usage {
    usage(
        format!("the house's `orders` folder cannot be used: {e}"),
        "run this as the account that owns the house",
    )
}

/// Puts an order where the server looks.
fn ask(folder: &Path, order: &Order) -> Result<PathBuf, Usage> {
    let orders = folder.join("orders");
    if !orders.is_dir() {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&orders).map_err(|e| unwritable(&e))?;
    }
    let id = store::new_id(&vault::seal::System, "ord");
    let (part, file) = (
        orders.join(format!("{id}.part")),
        orders.join(format!("{id}.order")),
    );
    let text = serde_json::to_string(order).unwrap_or_default();
    std::fs::write(&part, text)
        .and_then(|()| std::fs::rename(&part, &file))
        .map_err(|e| unwritable(&e))?;
    Ok(file)
}

fn withdraw(file: PathBuf) {
    // Taken or answered meanwhile: then there is nothing to withdraw.
    let _ = std::fs::remove_file(file);
}

fn answered(order: &Path) -> Result<Option<Result<Done, Usage>>, Usage> {
    let file = order.with_extension("answer");
    let text = match std::fs::read_to_string(&file) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(|e| unwritable(&e))?,
    };
    let _ = std::fs::remove_file(&file);
    Ok(Some(match serde_json::from_str(&text) {
        Ok(Answer::Done(done)) => Ok(done),
        Ok(Answer::Wrong { what, help }) => Err(usage(what, help)),
        Err(_) => Err(usage(
            "the server's answer is not understood",
            "use the same version of abide for both",
        )),
    }))
}

impl Orders {
    /// The orders of an open house.
    #[must_use]
    pub fn of(folder: &Path, config: &Config, desk: &Arc<Desk>) -> Orders {
        Orders {
            folder: folder.to_path_buf(),
            config: config.clone(),
            desk: Arc::clone(desk),
            stopping: AtomicBool::new(false),
        }
    }

    /// From now on long work stops at the next step; it goes on at the next start.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Goes on with changes of keys that a stop broke off.
    pub fn resume(&self, at: Timestamp) {
        // A server that fell while doing an order owes no answer any more, and what nobody fetched is of no use.
        for ending in ["taken", "answer", "part"] {
            for (file, _) in self.files(ending) {
                if ending == "taken" || lies_for(&file) > UNREAD {
                    withdraw(file);
                }
            }
        }
        let vault = self.desk.vault();
        let open = vault.rotations().unwrap_or_default();
        let open = open.iter().filter(|one| one.finished_at.is_none());
        let mut orders: Vec<_> = open
            .map(|one| match one.kind.as_str() {
                "root" => Order::RotateRoot,
                "look-up" => Order::RotateLookUp,
                _ => Order::RotateData {
                    project: Some(one.project.clone()).filter(|project| !project.is_empty()),
                },
            })
            .collect();
        let follows = vault.keys_held().is_ok_and(|keys| keys.next.is_some());
        if follows && !orders.contains(&Order::RotateRoot) {
            orders.push(Order::RotateRoot);
        }
        for order in orders {
            // What cannot be gone on with now shows in `abide keys`, and is tried at the next start.
            let _ = self.carry_out(&order, at, &mut |_| !self.stopping.load(Ordering::Relaxed));
        }
    }

    /// Does the orders that lie there.
    pub fn obey(&self, at: Timestamp) {
        for (file, text) in self.files("order") {
            if lies_for(&file) > LEFT {
                withdraw(file);
                continue;
            }
            let taken = file.with_extension("taken");
            if std::fs::rename(&file, &taken).is_err() {
                continue;
            }
            let answer = match serde_json::from_str::<Order>(&text) {
                Ok(order) => {
                    let go_on = &mut |_| !self.stopping.load(Ordering::Relaxed);
                    match self.carry_out(&order, at, go_on) {
                        Ok(done) => Answer::Done(done),
                        Err(Usage { what, help }) => Answer::Wrong { what, help },
                    }
                }
                Err(_) => Answer::Wrong {
                    what: "the server does not know this order".to_owned(),
                    help: "use the same version of abide for both".to_owned(),
                },
            };
            let text = serde_json::to_string(&answer).unwrap_or_default();
            let part = file.with_extension("part");
            let _ = std::fs::write(&part, text)
                .and_then(|()| std::fs::rename(&part, file.with_extension("answer")));
            withdraw(taken);
        }
    }

    fn files(&self, ending: &str) -> Vec<(PathBuf, String)> {
        let Ok(entries) = std::fs::read_dir(self.folder.join("orders")) else {
            return Vec::new();
        };
        let mut files: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|found| found == ending))
            .filter_map(|path| {
                let text = std::fs::read_to_string(&path).ok()?;
                Some((path, text))
            })
            .collect();
        files.sort();
        files
    }

    /// The moment somebody looks at: as asked, but never before what is on record.
    fn seen(&self, asked: Timestamp) -> Timestamp {
        asked.max(self.desk.vault().store().latest())
    }

    /// The reference of a project by which its rows are kept; refused where no notice has it.
    fn project(&self, named: &str) -> Result<String, Usage> {
        let bare = |reference: &str| reference.trim().trim_start_matches('#').to_owned();
        let here: BTreeSet<String> = self
            .desk
            .shelf()
            .all()
            .into_iter()
            .map(|published| published.notice.reference.clone())
            .collect();
        let found = here.iter().find(|one| bare(one) == bare(named)).cloned();
        found.ok_or_else(|| {
            usage(
                format!("there is no project `{named}` here"),
                if here.is_empty() {
                    "no notice is in force here yet".to_owned()
                } else {
                    format!("it is one of: {}", Vec::from_iter(here).join(", "))
                },
            )
        })
    }

    /// Does one order.
    ///
    /// # Errors
    /// What stood in the way.
    pub fn carry_out(
        &self,
        order: &Order,
        at: Timestamp,
        pace: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Done, Usage> {
        let (vault, who) = (self.desk.vault(), Actor::System("keys".to_owned()));
        let wrong = |e: vault::Error| root::said(&e);
        match order {
            Order::Keys => keys(vault, &self.config).map_err(wrong),
            Order::RotateRoot => {
                let first = vault.store().is_shared() && !root::follows(&self.folder, &self.config);
                let next = root::follower(&self.folder, &self.config)?;
                if first {
                    // A server that does not know it could seal nothing new from the first key on.
                    let advice = "a new root key is made: put a copy of the `.next` file beside the root key of each server of this house, then run this again";
                    return Ok(rotated("root", "keys", 0, false, advice.to_owned()));
                }
                let (done, all) = vault.rotate_root(&next, &who, at, pace).map_err(wrong)?;
                let advice = if all {
                    root::settle(&self.folder, &self.config, at)?
                } else {
                    String::new()
                };
                Ok(rotated("root", "keys", done, all, advice))
            }
            Order::RotateData { project } => {
                let project = project.as_deref().map(|named| self.project(named));
                let project = project.transpose()?;
                let (done, all) = vault
                    .rotate_data(project.as_deref(), &who, at, pace)
                    .map_err(wrong)?;
                let advice = "data backed up before now open only with the keys backed up before now: make a backup of both";
                Ok(rotated("data", "people", done, all, advice.to_owned()))
            }
            Order::Backup { to } => {
                // As it says now: a recovery key may have been added since the server started.
                let config = house::config(&self.folder)?;
                let text = std::fs::read_to_string(self.folder.join("abide.toml"))
                    .map_err(|e| usage(format!("abide.toml cannot be read: {e}"), "put it back"))?;
                let (done, files) = recovery::take(vault, to, &config.recovery, &text, at)?;
                Ok(backed_up(&done, &files))
            }
            Order::Rehearsed {
                about,
                faults,
                values,
            } => {
                let facts = [
                    ("faults", faults.to_string()),
                    ("values", values.to_string()),
                ];
                let who = Actor::System("backup".to_owned());
                vault
                    .note_backup(at, &who, about, "rehearsed", &facts)
                    .map_err(wrong)?;
                Ok(Done {
                    document: Value::Null,
                    lines: Vec::new(),
                })
            }
            Order::Promises { project, at } => {
                let project = project.as_deref().map(|named| self.project(named));
                let project = project.transpose()?;
                promises::told(&self.desk, project.as_deref(), self.seen(*at))
            }
            Order::Due { at } => sweep::due(&self.desk, self.seen(*at)),
            Order::RotateLookUp => {
                let (done, all) = vault.rotate_look_up(&who, at, pace).map_err(wrong)?;
                Ok(rotated("look-up", "people", done, all, String::new()))
            }
        }
    }
}

/// How long a file has lain as it is.
fn lies_for(file: &Path) -> Duration {
    let since = std::fs::metadata(file).and_then(|about| about.modified());
    since
        .ok()
        .and_then(|since| since.elapsed().ok())
        .unwrap_or_default()
}
