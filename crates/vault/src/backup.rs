//! What is backed up comes back; who was erased meanwhile does not.
//!
//! Data and keys go into two streams, which the door encrypts to recovery keys and puts in two places. The erasure ledger stands
//! outside of both. Bringing back is: unpack, put the ledger beside, open; and opening replays the ledger before anything is served.

use crate::{
    Error, Vault, frame, ledger,
    pack::{Packer, Unpacker},
    vouch::{self, SIGNED, Vouch},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    io::{Read, Write},
    path::Path,
};
use store::{Act, Actor, Folder, Opened, Verb};

store::statements! {
    BLOBS = "select id, size from blob where erased_at is null order by id";
    HELD = "select id from blob where id = $1 and erased_at is null";
}

const ABOUT: &str = "about.json";
const CONFIG: &str = "abide.toml";
const DATA: &str = "data.db";
const KEYS: &str = "keys.db";
const BLOBS_FOLDER: &str = "blobs/";

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Both streams of one backup have the same.
    pub id: String,
    /// When it was taken.
    pub at: Timestamp,
    /// How many entries the evidence log had, all of them numbered and signed.
    pub entries: u64,
    /// The log's signed word on itself.
    pub checkpoint: String,
    /// How many lines the erasure ledger had: one with fewer is an older one.
    pub erased: u64,
    /// The name of the root key that wraps the keys.
    pub root: String,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// What the backup says of itself.
    pub about: About,
    /// Bytes of the database.
    pub data: u64,
    /// How many recordings and other files.
    pub recordings: u64,
    /// Bytes of them.
    pub recorded: u64,
    /// Bytes of the key file.
    pub keys: u64,
    /// Recordings that are on record and could not be had whole, by id: this backup does not have them either.
    pub missing: Vec<String>,
}

impl Vault {
    /// Writes data and keys as they stand into two streams, while others go on; the entry about it is in the backup too.
    /// `config` goes with the data, for a house that is built anew. Recordings are copied from wherever they stand, a piece at a
    /// time; one erased while this runs is left out, and one that is not there whole is named in what is returned.
    ///
    /// # Errors
    /// [`Error::Backup`] when a stream cannot be written, [`store::Error::Shelf`] when recordings cannot be reached: then neither is
    /// a backup. [`Error::NotHere`] for rows in memory.
    pub fn back_up(
        &self,
        at: Timestamp,
        who: &Actor,
        config: &str,
        data: &mut dyn Write,
        keys: &mut dyn Write,
    ) -> Result<BackedUp, Error> {
        if let Some(side) = self.keys.others() {
            self.ledger.unite(side)?;
        }
        // No key is changed meanwhile, so that both streams fit each other.
        self.turned(|| self.pack(at, who, config, data, keys))
    }

    fn pack(
        &self,
        at: Timestamp,
        who: &Actor,
        config: &str,
        data: &mut dyn Write,
        keys: &mut dyn Write,
    ) -> Result<BackedUp, Error> {
        let id = self.store.new_id("bak");
        let act = act(at, who).about(&id).detail("backup", "taken");
        self.store.record(&act)?;
        self.integrate(at)?;
        let signed = self.store.checkpoint()?;
        let about = About {
            id,
            at,
            entries: signed.as_ref().map_or(0, |signed| signed.size),
            checkpoint: signed.map(|signed| signed.note).unwrap_or_default(),
            erased: self.ledger.noted().len() as u64,
            root: self.keys.names().0,
        };
        // Data first: each key the copied rows need is in the key file by then. What is erased meanwhile waits with its key, so that
        // nobody who only lost an item is copied without the key of the rest.
        let both = self.no_shredding();
        let missing = || Error::NotHere {
            what: "rows in memory",
        };
        let copied = self.store.snapshot()?.ok_or_else(missing)?;
        let folder = self.store.folder().ok_or_else(missing)?;
        let keys_copied = self.keys.side().snapshot(folder, KEYS, store::KEYS)?;
        drop(both);
        let said = serde_json::to_vec(&about).unwrap_or_default();

        let mut pack = Packer::begin(data).map_err(wrote)?;
        pack.add(ABOUT, &mut said.as_slice()).map_err(wrote)?;
        pack.add(CONFIG, &mut config.as_bytes()).map_err(wrote)?;
        let data_bytes = pack.add(DATA, &mut copied.open()?).map_err(wrote)?;
        drop(copied);
        let files = self.pack_recordings(&mut pack)?;
        self.sign(&mut pack, DATA, &about.id)?;
        pack.end().map_err(wrote)?;

        let mut pack = Packer::begin(keys).map_err(wrote)?;
        pack.add(ABOUT, &mut said.as_slice()).map_err(wrote)?;
        let key_bytes = pack.add(KEYS, &mut keys_copied.open()?).map_err(wrote)?;
        self.sign(&mut pack, KEYS, &about.id)?;
        pack.end().map_err(wrote)?;
        Ok(BackedUp {
            about,
            data: data_bytes,
            recordings: files.count,
            recorded: files.bytes,
            keys: key_bytes,
            missing: files.missing,
        })
    }

    /// Adds each recording that is on record, and says which could not be had whole.
    fn pack_recordings(&self, pack: &mut Packer<'_>) -> Result<Files, Error> {
        let on_record: Vec<(String, u64)> = self.store.look(|rd| {
            rd.rows(BLOBS, &[])?
                .iter()
                .map(|row| Ok((row.text("id")?, row.count("size")?)))
                .collect::<Result<_, Error>>()
        })?;
        let mut files = Files::default();
        for (id, size) in on_record {
            let file = match self.shelf.open(&id) {
                Ok(file) => file,
                Err(store::Error::OffShelf { .. }) => {
                    if self.held(&id)? {
                        files.missing.push(id);
                    }
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let mut file = Sealed::new(file);
            let bytes = pack
                .add(&format!("{BLOBS_FOLDER}{id}"), &mut file)
                .map_err(wrote)?;
            let broke = file.broke;
            if bytes == frame::sealed_size(size) {
                files.count += 1;
                files.bytes += bytes;
            } else if self.held(&id)? {
                // It was not erased meanwhile, so it is the shelf that fails.
                match broke {
                    Some(error) => return Err(error.into()),
                    None => files.missing.push(id),
                }
            }
        }
        Ok(files)
    }

    /// Whether a recording is on record at this moment.
    fn held(&self, id: &str) -> Result<bool, Error> {
        self.store
            .look(|rd| Ok(rd.one(HELD, &[id.into()])?.is_some()))
    }

    fn sign(&self, pack: &mut Packer<'_>, of: &str, id: &str) -> Result<(), Error> {
        let note = vouch::sign(of, id, &pack.sum(), &self.signer)?;
        pack.add(SIGNED, &mut note.as_bytes())
            .map(drop)
            .map_err(wrote)
    }

    /// The erasure ledger, line by line: ids and moments, nobody's name. A copy of it belongs somewhere else, and beside each backup.
    #[must_use]
    pub fn ledger(&self) -> Vec<String> {
        self.ledger.lines()
    }

    /// Files an entry about a backup: that one was brought back, or that bringing it back was rehearsed.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn note_backup(
        &self,
        at: Timestamp,
        who: &Actor,
        about: &About,
        what: &str,
        facts: &[(&str, String)],
    ) -> Result<(), Error> {
        let act = act(at, who)
            .about(&about.id)
            .detail("backup", what)
            .detail("taken", about.at.to_string());
        let act = facts
            .iter()
            .fold(act, |act, (key, value)| act.detail(*key, value.clone()));
        self.record(&act)
    }
}

/// The recordings of a backup.
#[derive(Default)]
struct Files {
    count: u64,
    bytes: u64,
    missing: Vec<String>,
}

/// How much of a file is fetched at once: a store outside is asked seldom, and memory stays small.
const FETCHED: usize = 4 << 20;

/// A sealed file as a stream. It ends where the shelf cannot give more of it, and keeps why.
struct Sealed {
    file: Box<dyn Opened>,
    at: u64,
    fetched: std::io::Cursor<Vec<u8>>,
    broke: Option<store::Error>,
}

impl Sealed {
    fn new(file: Box<dyn Opened>) -> Self {
        Self {
            file,
            at: 0,
            fetched: std::io::Cursor::default(),
            broke: None,
        }
    }
}

impl Read for Sealed {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = self.fetched.read(out)?;
        if count > 0 || out.is_empty() || self.broke.is_some() {
            return Ok(count);
        }
        // What was fetched before is let go first.
        self.fetched = std::io::Cursor::default();
        match self.file.read_at(self.at, FETCHED) {
            Ok(bytes) => {
                self.at += bytes.len() as u64;
                self.fetched = std::io::Cursor::new(bytes);
                self.fetched.read(out)
            }
            Err(error) => {
                self.broke = Some(error);
                Ok(0)
            }
        }
    }
}

/// What came out of the streams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// What the data say of themselves.
    pub about: About,
    /// What the keys say of themselves: the same unless they were backed up at another time.
    pub keys: About,
    /// The configuration of the house it was taken from.
    pub config: String,
    /// How many recordings and other files.
    pub recordings: u64,
    /// Whose word there is that it is a house's backup.
    pub vouch: Vouch,
}

/// Unpacks a backup into a folder that is absent or empty, with the erasure ledger put together from several copies of it.
/// What stands there then is opened with [`Vault::open`], which replays the ledger before it returns.
///
/// # Errors
/// [`Error::LedgerBehind`] when the ledger is older than the backup; [`Error::Stream`] when a stream is cut, changed, or of
/// another kind; [`store::FolderFault`] for a folder with something in it. What was unpacked until then is the caller's to remove.
pub fn unpack(
    folder: &Path,
    data: &mut dyn Read,
    keys: &mut dyn Read,
    ledgers: &[Vec<String>],
) -> Result<Unpacked, Error> {
    let folder = Folder::open(folder)?;
    let noted = ledger::unite(ledgers)?;
    let (mut about, mut config, mut recordings, mut database) = (None, String::new(), 0, false);
    let mut signed = Signed::default();
    let mut from = Unpacker::begin(data).map_err(read)?;
    while let Some(name) = from.next_file().map_err(read)? {
        signed.unsigned();
        match name.as_str() {
            ABOUT => {
                let said = self::about(&mut from)?;
                let lacks = said.erased.saturating_sub(noted.len() as u64);
                if lacks > 0 {
                    return Err(Error::LedgerBehind { missing: lacks });
                }
                about = Some(said);
            }
            CONFIG => {
                from.read_to_string(&mut config).map_err(read)?;
            }
            DATA => {
                folder.put(DATA, &mut from).map_err(cut)?;
                database = true;
            }
            other if other.starts_with(BLOBS_FOLDER) => {
                folder.put(other, &mut from).map_err(cut)?;
                recordings += 1;
            }
            SIGNED => signed.read(&mut from)?,
            // A later abide may add more.
            _ => {}
        }
    }
    let mut keys_about = None;
    let mut keys_signed = Signed::default();
    let mut from = Unpacker::begin(keys).map_err(read)?;
    let mut keyed = false;
    while let Some(name) = from.next_file().map_err(read)? {
        keys_signed.unsigned();
        match name.as_str() {
            ABOUT => keys_about = Some(self::about(&mut from)?),
            KEYS => {
                folder.put(KEYS, &mut from).map_err(cut)?;
                keyed = true;
            }
            SIGNED => keys_signed.read(&mut from)?,
            _ => {}
        }
    }
    let (Some(about), Some(keys_about), true, true) = (about, keys_about, database, keyed) else {
        return Err(read(std::io::Error::other(
            "one of the two files is not what it should be",
        )));
    };
    if !noted.is_empty() {
        folder.append(ledger::LEDGER, &noted)?;
    }
    let mut vouch = Vouch::default();
    vouch.add(signed.note, DATA, &about.id, &signed.sum);
    vouch.add(keys_signed.note, KEYS, &keys_about.id, &keys_signed.sum);
    Ok(Unpacked {
        about,
        keys: keys_about,
        config,
        recordings,
        vouch,
    })
}

/// The note at a stream's end, and the sum of what stands before it.
#[derive(Default)]
struct Signed {
    note: Option<String>,
    sum: String,
}

impl Signed {
    /// Only one counts, and nothing of use may stand behind it.
    fn read(&mut self, from: &mut Unpacker<'_>) -> Result<(), Error> {
        let mut note = String::new();
        self.sum = from.sum_before().to_owned();
        from.take(NOTE).read_to_string(&mut note).map_err(read)?;
        self.note = self.note.is_none().then_some(note);
        Ok(())
    }

    /// A file that stands behind the note is not signed.
    fn unsigned(&mut self) {
        if self.note.is_some() {
            self.note = Some(String::new());
        }
    }
}

/// The longest note that is read.
const NOTE: u64 = 64 * 1024;

fn about(from: &mut Unpacker<'_>) -> Result<About, Error> {
    let mut text = String::new();
    from.read_to_string(&mut text).map_err(read)?;
    serde_json::from_str(&text).map_err(|e| read(std::io::Error::other(e)))
}

/// A stream that ended too soon, or that the cipher refused, is the backup's fault and not the folder's.
fn cut(error: store::Error) -> Error {
    use std::io::ErrorKind::{InvalidData, UnexpectedEof};
    match error {
        store::Error::File { source, .. }
            if matches!(source.kind(), InvalidData | UnexpectedEof) =>
        {
            read(source)
        }
        other => other.into(),
    }
}

fn act(at: Timestamp, who: &Actor) -> Act {
    Act::new(at, who.clone(), Verb::Restore).cite("UK GDPR Art 32(1)(c)")
}

fn wrote(source: std::io::Error) -> Error {
    Error::Backup {
        doing: "written",
        source,
    }
}

fn read(source: std::io::Error) -> Error {
    // What the cipher says of a changed byte is no help to anybody.
    let source = match source.kind() {
        std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof => {
            std::io::Error::new(source.kind(), "it is not as it was written")
        }
        _ => source,
    };
    Error::Backup {
        doing: "read",
        source,
    }
}
