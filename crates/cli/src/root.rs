//! The root key comes in at this door: from a file only its owner can read, from the environment, or from a key service.
//!
//! ```text
//! root.key                  64 hexadecimal digits, or what the key service wrapped
//! root.key.next             the same of the key that follows, while the root key is being changed
//! root.key.until-DATE       the one before, needed for backups made until then and for nothing else
//! ```

#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the root key comes in here"
)]

use crate::house::Config;
use crate::input::{Usage, usage};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use vault::{KeyService, RootKey, Roots};
use zeroize::Zeroizing;

/// The environment variable that may hold the root key instead of its file.
pub const VARIABLE: &str = "ABIDE_ROOT_KEY";
/// The one that holds the key that follows, while the root key is being changed.
pub const NEXT_VARIABLE: &str = "ABIDE_ROOT_KEY_NEXT";

/// A key service, reached through its own command: any tool of a cloud's key service or of a hardware module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// Program and arguments: 64 hexadecimal digits on standard input, what it makes of them on standard output.
    pub wrap: Vec<String>,
    /// The way back.
    pub unwrap: Vec<String>,
}

impl Tool {
    fn run(doing: &'static str, words: &[String], given: &[u8]) -> Result<Answer, vault::Error> {
        let fault = |why: String| vault::Error::KeyService { doing, why };
        let (program, arguments) = words
            .split_first()
            .ok_or_else(|| fault("no program is named in `key_service`".to_owned()))?;
        let broke = |e: std::io::Error| fault(format!("`{program}`: {}", e.kind()));
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(broke)?;
        if let Some(mut stdin) = child.stdin.take() {
            // One that does not listen says why by how it ends.
            let _ = stdin.write_all(given);
        }
        // As large as any answer may be from the start, so that no copy of it is left where it outgrew its place.
        let mut said = Zeroizing::new(Vec::with_capacity(ANSWER + 1));
        let read = child
            .stdout
            .take()
            .map(|stdout| stdout.take(ANSWER as u64 + 1).read_to_end(&mut said));
        let ended = child.wait().map_err(broke)?;
        read.transpose().map_err(broke)?;
        if !ended.success() {
            return Err(fault(format!("`{program}` ended with {ended}")));
        }
        if said.is_empty() || said.len() > ANSWER {
            return Err(fault(format!("`{program}` answered {} bytes", said.len())));
        }
        Ok(said)
    }
}

type Answer = Zeroizing<Vec<u8>>;
/// The longest answer of a key service's tool.
const ANSWER: usize = 64 * 1024;

impl KeyService for Tool {
    fn wrap(&self, key: &RootKey) -> Result<Vec<u8>, vault::Error> {
        Ok(Self::run("wrap", &self.wrap, key.text().as_bytes())?.to_vec())
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<RootKey, vault::Error> {
        RootKey::read(&Self::run("unwrap", &self.unwrap, wrapped)?)
    }
}

/// Where the root key of a house comes from, in a word.
#[must_use]
pub fn whence(config: &Config) -> &'static str {
    if std::env::var_os(VARIABLE).is_some() {
        "environment"
    } else if config.key_service.is_some() {
        "key service"
    } else {
        "file"
    }
}

/// The root key in force, and the one that follows where one does.
///
/// # Errors
/// No key, one that others can read, one that is none, a key service that does not answer.
pub fn roots(folder: &Path, config: &Config) -> Result<Roots, Usage> {
    let file = folder.join(&config.root_key);
    let now = match from_environment(VARIABLE)? {
        Some(key) => key,
        None => read(&file, config)?.ok_or_else(|| {
            usage(
                format!("the root key `{}` is not there", file.display()),
                format!("put it back from where you keep it, or set {VARIABLE}; without it nothing can be read"),
            )
        })?,
    };
    let next = match from_environment(NEXT_VARIABLE)? {
        Some(key) => Some(key),
        None => read(&next_file(&file), config)?,
    };
    Ok(Roots { now, next })
}

/// Whether there is a root key at all: the one in force, or one kept aside.
///
/// # Errors
/// As [`roots`].
pub fn any(folder: &Path, config: &Config) -> Result<(), Usage> {
    match roots(folder, config) {
        Err(_) if !retired(folder, config).is_empty() => Ok(()),
        other => other.map(drop),
    }
}

/// The root keys that open what was wrapped by the one of this name: those in force; or one kept aside from before it was changed,
/// with the one in force to follow it, and then its file.
///
/// # Errors
/// As [`roots`].
pub fn fitting(
    folder: &Path,
    config: &Config,
    name: &str,
) -> Result<(Roots, Option<PathBuf>), Usage> {
    let called = |key: &RootKey| key.name().map_err(|e| said(&e));
    let own = roots(folder, config);
    if let Ok(own) = &own
        && called(&own.now)? == name
    {
        let (now, next) = (&own.now, own.next.as_ref());
        return Ok((copied(now, next), None));
    }
    for file in retired(folder, config) {
        if let Some(now) = read(&file, config)?
            && called(&now)? == name
        {
            let next = own.ok().map(|own| own.now);
            return Ok((Roots { now, next }, Some(file)));
        }
    }
    own.map(|own| (own, None))
}

fn copied(now: &RootKey, next: Option<&RootKey>) -> Roots {
    let copy = |key: &RootKey| RootKey::from_bytes(*key.bytes());
    Roots {
        now: copy(now),
        next: next.map(copy),
    }
}

/// The files of root keys that were in force before.
fn retired(folder: &Path, config: &Config) -> Vec<PathBuf> {
    let file = folder.join(&config.root_key);
    let (Some(above), Some(name)) = (file.parent(), file.file_name()) else {
        return Vec::new();
    };
    let beginning = format!("{}.until-", name.to_string_lossy());
    let entries = std::fs::read_dir(above).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&beginning))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

/// The key that is to follow: the one a rotation was begun with, or a fresh one, kept before it is used.
///
/// # Errors
/// As [`roots`]; a file that cannot be written.
pub fn follower(folder: &Path, config: &Config) -> Result<RootKey, Usage> {
    if let Some(key) = from_environment(NEXT_VARIABLE)? {
        return Ok(key);
    }
    if std::env::var_os(VARIABLE).is_some() {
        return Err(usage(
            format!("the root key comes from {VARIABLE}, and none is there to follow it"),
            format!(
                "set {NEXT_VARIABLE} to a fresh key beside it, start abide with both, and rotate"
            ),
        ));
    }
    let file = next_file(&folder.join(&config.root_key));
    if let Some(key) = read(&file, config)? {
        return Ok(key);
    }
    let key = RootKey::fresh().map_err(|e| said(&e))?;
    write(&file, &key, config)?;
    Ok(key)
}

/// Whether a key that is to follow is there already, where this server finds it.
#[must_use]
pub fn follows(folder: &Path, config: &Config) -> bool {
    std::env::var_os(NEXT_VARIABLE).is_some() || next_file(&folder.join(&config.root_key)).exists()
}

/// Puts the new root key in the old one's place once nothing needs the old one any more. Where the keys come from the
/// environment there is nothing to put; the answer says what the keeper has to do.
///
/// # Errors
/// A folder that cannot be written to: it can be tried again.
pub fn settle(folder: &Path, config: &Config, at: Timestamp) -> Result<String, Usage> {
    if std::env::var_os(VARIABLE).is_some() {
        return Ok(format!(
            "set {VARIABLE} to what {NEXT_VARIABLE} says and take that away; keep the old key for as long as backups made with it"
        ));
    }
    let file = folder.join(&config.root_key);
    let next = next_file(&file);
    let unwritable = |e: std::io::Error| {
        usage(
            format!("the new root key could not be put in its place: {e}"),
            "make room, and run `abide keys rotate --root` again",
        )
    };
    if !next.try_exists().map_err(unwritable)? {
        return Ok(String::new());
    }
    // Copied first and replaced in one step, so that at no moment there is none.
    let kept = Zeroizing::new(std::fs::read(&file).map_err(unwritable)?);
    let old = keep(&file, &kept, &format!("until-{}", law::clock::day(at))).map_err(unwritable)?;
    std::fs::rename(&next, &file).map_err(unwritable)?;
    #[cfg(unix)]
    if let Some(folder) = file.parent() {
        std::fs::File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(unwritable)?;
    }
    Ok(format!(
        "keep a copy of the new `{}` somewhere else; `{}` is needed for backups made until now, and for nothing else",
        file.display(),
        old.display()
    ))
}

/// Keeps what a key's file said in a file beside it. A key that was kept earlier the same day has that name already and keeps
/// it: no backup may lose the key it needs.
fn keep(file: &Path, bytes: &[u8], name: &str) -> std::io::Result<PathBuf> {
    let mut nth = 1;
    loop {
        let old = match nth {
            1 => beside(file, name),
            nth => beside(file, &format!("{name}-{nth}")),
        };
        match secret(&old, bytes) {
            Err(e) if e.kind() == ErrorKind::AlreadyExists => {
                if *Zeroizing::new(std::fs::read(&old)?) == bytes {
                    return Ok(old);
                }
                nth += 1;
            }
            other => return other.map(|()| old),
        }
    }
}

/// Keeps a root key in a file that only its owner can read, wrapped where there is a key service.
///
/// # Errors
/// A file that is there already, a folder that cannot be written.
pub fn write(file: &Path, key: &RootKey, config: &Config) -> Result<(), Usage> {
    let bytes = match &config.key_service {
        Some(tool) => Zeroizing::new(tool.wrap(key).map_err(|e| said(&e))?),
        None => Zeroizing::new(format!("{}\n", *key.text()).into_bytes()),
    };
    secret(file, &bytes).map_err(|e| {
        usage(
            format!("`{}` cannot be written: {e}", file.display()),
            "choose another folder, or change its rights",
        )
    })
}

fn from_environment(variable: &str) -> Result<Option<RootKey>, Usage> {
    match std::env::var(variable) {
        Ok(text) => {
            let text = Zeroizing::new(text);
            RootKey::read(text.as_bytes()).map(Some).map_err(|_| {
                usage(
                    format!("{variable} is not 64 hexadecimal digits"),
                    "put back the key this house was made with",
                )
            })
        }
        Err(_) => Ok(None),
    }
}

/// A key's file, if it is there. What is in the clear must be its owner's alone.
fn read(file: &Path, config: &Config) -> Result<Option<RootKey>, Usage> {
    let unreadable = |e: std::io::Error| {
        usage(
            format!("the root key `{}` cannot be read: {e}", file.display()),
            "check that abide runs as its owner",
        )
    };
    let mut opened = match std::fs::File::open(file) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        other => other.map_err(unreadable)?,
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(ANSWER + 1));
    let mut limited = (&mut opened).take(ANSWER as u64 + 1);
    limited.read_to_end(&mut bytes).map_err(unreadable)?;
    let key = match (RootKey::read(&bytes), &config.key_service) {
        (Ok(key), _) => key,
        (Err(_), Some(tool)) => return tool.unwrap(&bytes).map(Some).map_err(|e| said(&e)),
        (Err(_), None) => {
            return Err(usage(
                format!(
                    "the root key `{}` is not 64 hexadecimal digits",
                    file.display()
                ),
                "put back the key this house was made with",
            ));
        }
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = opened.metadata().map_err(unreadable)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(usage(
                format!(
                    "the root key `{}` can be read by others than its owner (mode {mode:o})",
                    file.display()
                ),
                "run `chmod 600` on it; if others may have read it, change it with `abide keys rotate --root`",
            ));
        }
    }
    Ok(Some(key))
}

fn next_file(file: &Path) -> PathBuf {
    beside(file, "next")
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Writes a new file that only its owner can read.
///
/// # Errors
/// A file that is there already, a disk that refuses.
pub fn secret(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    opened.write_all(bytes)?;
    opened.sync_all()
}

/// A vault's sentence at the prompt: what is wrong, and behind the colon what to do.
#[must_use]
pub fn said(error: &vault::Error) -> Usage {
    use store::Error::{Conflict, Database, File, Log};
    let words = error.to_string();
    if let vault::Error::Store(Database(_) | Log(_) | Conflict(_) | File { .. }) = error {
        // What the engine or the system said last is no advice.
        return usage(
            words,
            "nothing of this was done; see whether the data folder is whole and may be written to, and run `abide verify`",
        );
    }
    match words.rsplit_once(": ") {
        Some((what, help)) if help.len() > 12 => usage(what, help),
        _ => usage(words, "nothing was changed; check the folder and its key"),
    }
}
