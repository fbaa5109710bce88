//! Told to stop, a command that has something half done clears it away first, and says so.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: files that were begun are removed when the program is told to stop"
)]

use crate::input::usage;
use crate::out;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What is begun and not done.
static BEGUN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
static STOPPING: AtomicBool = AtomicBool::new(false);
/// Whether the step that counts is taken: from then on the command goes on to its end.
static LATE: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C and a stop signal clear away what was made with [`begin`], and end the program with exit code 2.
pub fn watch() {
    let (ready, begun) = std::sync::mpsc::channel();
    let watching = std::thread::Builder::new().spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let Ok(runtime) = runtime else {
            return;
        };
        if !runtime.block_on(told(&ready)) {
            return;
        }
        // Whatever may not be broken off is brought to its end first.
        let left = held();
        if LATE.load(Ordering::SeqCst) {
            return;
        }
        STOPPING.store(true, Ordering::SeqCst);
        left.iter().for_each(|place| clear(place));
        out::complain(&usage(
            "stopped before it was done: what was half done is cleared away, and nothing else was changed",
            "run it again; where the house is being served, a backup that was asked for goes on there",
        ));
        std::process::exit(2);
    });
    // Where the system has no such thing, what is left goes when the house is next opened.
    if watching.is_ok() {
        let _ = begun.recv();
    }
}

/// Whether the program was told to stop; says when it listens.
#[cfg(unix)]
async fn told(ready: &Sender<()>) -> bool {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut ended), Ok(mut interrupted)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        return false;
    };
    let _ = ready.send(());
    tokio::select! { _ = ended.recv() => {}, _ = interrupted.recv() => {} }
    true
}

/// The same where there is only Ctrl-C.
#[cfg(not(unix))]
async fn told(ready: &Sender<()>) -> bool {
    let _ = ready.send(());
    tokio::signal::ctrl_c().await.is_ok()
}

/// Makes something that must not outlive the program: whoever says stop meanwhile finds it made, or nothing is made any more.
///
/// # Errors
/// What the disk says; then there is nothing to clear away.
pub fn begin<T>(place: &Path, make: impl FnOnce() -> std::io::Result<T>) -> std::io::Result<T> {
    let mut begun = held();
    let made = make()?;
    begun.insert(place.to_path_buf());
    Ok(made)
}

/// It was brought to its end, or is gone.
pub fn done(place: &Path) {
    held().remove(place);
}

/// Does what is done whole or not at all, whoever says stop meanwhile; once it is done, a stop comes too late.
///
/// # Errors
/// What the work says: then a stop is heard again.
pub fn whole<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let _held = held();
    let done = work()?;
    LATE.store(true, Ordering::SeqCst);
    Ok(done)
}

/// Where the program was told to stop, whoever calls this waits for its end: what went wrong meanwhile went wrong because of that.
pub fn rest() {
    while STOPPING.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn held() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    BEGUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes a file or a folder, in which somebody may still be writing: until it has not come back for a while.
fn clear(place: &Path) {
    let mut gone = 0;
    for _ in 0..100 {
        let _ = if place.is_dir() {
            std::fs::remove_dir_all(place)
        } else {
            std::fs::remove_file(place)
        };
        gone = if out::is_taken(place) { 0 } else { gone + 1 };
        if gone > 3 {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
