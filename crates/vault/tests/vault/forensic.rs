//! What a thief finds who takes the disk away after somebody was erased: every byte is looked at, for their values in every form
//! they might lie there, and for their keys.
//!
//! On SQLite that is the whole folder; with rows on a server, the folder and the server's own data directory, where
//! `ABIDE_TEST_PG_DATA` names it and it can be read. What was looked for, where, and in how many bytes is printed.

use crate::common::*;
use aho_corasick::AhoCorasick;
use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf,
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use store::{Verb, trial};
use vault::{ChoiceKind, Error, NewBlob, NewChoice, NewMessage, NewPaper, NewUpload, Vault};

/// What a person told us that must not be found anywhere: item or kind, and value. No other test uses these words.
const SAID: [(&str, &str); 11] = [
    ("name", "Thandiwe Marchetti-Osborne"),
    ("email", "thandiwe.marchetti@letterbox.example"),
    ("phone", "07700 900867"),
    ("nickname", "Zuzupetal the Brave"),
    ("letter", "Dear Thandiwe, about the bursary at Quillfeather"),
    ("mail", "Please stop ringing my aunt in Ballyvourney"),
    (
        "recording",
        "and then the placement in Umberleigh broke down ",
    ),
    ("upload", "the half of a tape from Wigglesworth hall "),
    (
        "draft",
        "so far I would say that Auntie Philomena in Kirkcudbright",
    ),
    (
        "list",
        "Thandiwe M.;head of the Grizzlehurst Trust;grizzlehurst.example",
    ),
    (
        "reasons",
        "because the grandmother in Ystradgynlais fell ill",
    ),
];

/// One person with everything a person can leave. Their id and those of the keys that are theirs.
fn everything(vault: &Vault) -> (String, Vec<String>) {
    let value = |kind: &str| SAID.iter().find(|(said, _)| *said == kind).unwrap().1;
    let id = vault
        .act(&act(1, Verb::Collect), |tx| {
            let id = tx.open_holding(&record(), &new_holding())?;
            for item in ["name", "email", "phone", "nickname"] {
                tx.put(&record(), &id, item, value(item).as_bytes(), &from(1))?;
            }
            Ok::<_, Error>(id)
        })
        .unwrap();
    let permit =
        policy::statutory(policy::Deed::Answer, "UK GDPR Art 12(3)", NOTICE, Some(&id)).unwrap();
    vault
        .act(&act(2, Verb::Contact), |tx| {
            let words = value("letter").as_bytes();
            tx.write(
                &permit,
                &NewMessage {
                    holding: &id,
                    kind: "reply",
                    words,
                },
            )
        })
        .unwrap();
    vault
        .act(&act(2, Verb::Choose), |tx| {
            let new = NewChoice {
                kind: ChoiceKind::Objected,
                scope: "analysis",
                answer: true,
                about: None,
                how: "email",
            };
            let choice = tx.choose(&id, &new)?;
            tx.decide_objection(&choice, true, value("reasons").as_bytes())
        })
        .unwrap();
    const MAIL: &str =
        "insert into mail (id, received_at, sealed, state, holding) values ($1, 0, $2, 'new', $3)";
    let mail = vault.store().new_id("mai");
    vault
        .act(&act(2, Verb::Route), |tx| {
            let sealed = tx.seal(
                &mail,
                &format!("mail/{mail}/sealed"),
                value("mail").as_bytes(),
            )?;
            tx.run(
                MAIL,
                &[mail.as_str().into(), sealed.into(), id.as_str().into()],
            )?;
            Ok::<_, Error>(())
        })
        .unwrap();
    let spoken = value("recording").repeat(40_000);
    let staged = vault.stage(at(2), &mut spoken.as_bytes()).unwrap();
    let blob = vault
        .act(&act(2, Verb::Collect), |tx| {
            let new = NewBlob {
                project: "#3035",
                people: &[&id],
                kind: "recording",
                media: "audio/mpeg",
                of_blob: None,
                made_on: None,
            };
            tx.put_blob(&record(), &staged, &new, &from(2))
        })
        .unwrap();
    let half = value("upload").repeat(3000);
    let upload = vault
        .act(&act(2, Verb::Collect), |tx| {
            let new = NewUpload {
                project: "#3035",
                holding: &id,
                kind: "recording",
                media: "audio/mpeg",
                size: 2 * half.len() as u64,
                notice: NOTICE,
            };
            tx.begin_upload(&record(), &new)
        })
        .unwrap();
    let arriving = vault.upload(&upload).unwrap().unwrap();
    vault.arrive(&arriving, 0, &mut half.as_bytes()).unwrap();
    let papers = [("draft", Some(id.as_str())), ("list", None)].map(|(kind, holding)| {
        let new = NewPaper {
            kind,
            project: "#3035",
            holding,
            about: None,
            media: "text/plain",
            until: None,
        };
        vault
            .act(&act(2, Verb::Collect), |tx| {
                tx.lay(&new, value(kind).as_bytes())
            })
            .unwrap()
    });
    // Read as it is read in use, so that whatever reading leaves is there too.
    assert!(known(vault, vault::Kind::Email, value("email")).contains(&id));
    let [draft, list] = papers;
    (id.clone(), vec![id, mail, blob, upload, draft, list])
}

/// A person's key in the clear, from how it lies wrapped: what nobody may find.
fn unwrapped(id: &str, wrapped: &[u8]) -> Vec<u8> {
    let mut key = [0; 32];
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"abide 1")
        .extract(root().bytes())
        .expand(&[b"wrap keys"], hkdf::HKDF_SHA256)
        .unwrap()
        .fill(&mut key)
        .unwrap();
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).unwrap());
    let (nonce, body) = wrapped.split_at(12);
    let nonce = Nonce::try_assume_unique_for_key(nonce).unwrap();
    let mut body = body.to_vec();
    let place = format!("key/{id}");
    cipher
        .open_in_place(nonce, Aad::from(place.as_bytes()), &mut body)
        .unwrap()
        .to_vec()
}

/// Bytes in the forms they may lie on a disk, each with its name.
fn forms(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let hex = store::hex(bytes);
    let mut forms = vec![
        ("as it is", bytes.to_vec()),
        ("hexadecimal", hex.clone().into_bytes()),
        ("hexadecimal", hex.to_uppercase().into_bytes()),
        ("backwards", bytes.iter().rev().copied().collect()),
    ];
    if let Ok(text) = std::str::from_utf8(bytes) {
        forms.extend([
            ("lower case", text.to_lowercase().into_bytes()),
            ("upper case", text.to_uppercase().into_bytes()),
            (
                "UTF-16",
                text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            ),
            (
                "UTF-16, big end first",
                text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            ),
        ]);
    }
    // Whatever stands before it in what was encoded, one of three alignments fits; its ends depend on what stands beside.
    for begin in 0..3 {
        let whole = bytes.get(begin..).unwrap_or_default();
        let whole = &whole[..whole.len() / 3 * 3];
        for url in [false, true] {
            forms.push(("base64", base64(whole, url)));
        }
    }
    forms.retain(|(_, form)| form.len() >= 8);
    forms.sort();
    forms.dedup_by(|a, b| a.1 == b.1);
    forms
}

fn base64(bytes: &[u8], url: bool) -> Vec<u8> {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    for three in bytes.chunks_exact(3) {
        let n = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        for shift in [18, 12, 6, 0] {
            let digit = digits[usize::try_from(n >> shift & 63).unwrap()];
            out.push(match digit {
                b'+' if url => b'-',
                b'/' if url => b'_',
                other => other,
            });
        }
    }
    out
}

/// What is looked for: each form of each thing, with the thing's name.
#[derive(Default)]
struct Sought {
    names: Vec<String>,
    needles: Vec<Vec<u8>>,
}

impl Sought {
    fn add(&mut self, name: &str, bytes: &[u8]) {
        for (form, needle) in forms(bytes) {
            self.names.push(format!("{name}, {form}"));
            self.needles.push(needle);
        }
    }

    /// Looks through files; what was found where, how often, and how many files and bytes were looked at.
    fn found(&self, files: &[PathBuf]) -> (BTreeMap<(String, String), u64>, usize, u64) {
        let search = AhoCorasick::builder().build(&self.needles).unwrap();
        let (mut found, mut bytes, mut read) = (BTreeMap::new(), 0, 0);
        for file in files {
            // A server may take a file away while it is looked through.
            let Ok(whole) = std::fs::read(file) else {
                continue;
            };
            read += 1;
            bytes += whole.len() as u64;
            for hit in search.find_overlapping_iter(&whole) {
                let name = self.names[hit.pattern().as_usize()].clone();
                let file = file.file_name().unwrap().to_string_lossy().into_owned();
                *found.entry((name, file)).or_default() += 1;
            }
        }
        (found, read, bytes)
    }
}

fn all_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && !path.is_symlink() {
            all_files(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

fn search(server: Option<(&str, &Path)>, tended: bool) {
    let folder = tempfile::tempdir().unwrap();
    let options = options().database(server.map(|(address, _)| address.to_owned()));
    let vault = Vault::open(folder.path(), &root(), options, at(0)).unwrap();
    if tended {
        vault.be_tended();
    }
    let other = ada(&vault);
    let (id, keys) = everything(&vault);
    let (second, more) = everything(&vault);
    let (mut words, mut secrets) = (Sought::default(), Sought::default());
    for (kind, value) in SAID {
        words.add(kind, value.as_bytes());
        // Parts of it too: names of people and places, an address's ends. Other words stand in a server's own tables.
        let telling = |part: &&str| {
            part.len() >= 8 && (part.contains('.') || part.starts_with(char::is_uppercase))
        };
        for part in value.split([' ', '@', '-', ',']).filter(telling) {
            words.add(&format!("part of {kind}"), part.as_bytes());
        }
    }
    words.add("phone", b"07700900867");
    words.add("phone", b"447700900867");
    let mut wraps = Sought::default();
    for key in keys.iter().chain(&more) {
        let wrapped = crate::erase::wrapped(folder.path(), key);
        secrets.add("key", &unwrapped(key, &wrapped));
        wraps.names.push("wrapped key".to_owned());
        wraps.needles.push(wrapped);
    }
    let mut disk = Vec::new();
    all_files(folder.path(), &mut disk);
    let own = disk.len();
    if let Some((_, data)) = server {
        all_files(data, &mut disk);
        assert!(
            disk.len() > own + 100,
            "the server's data directory cannot be read"
        );
    }
    // The search finds what is there: a project's number, and keys as they are wrapped while nobody is erased.
    let mut control = Sought::default();
    control.add("clause", b"#3035/what/data/contact");
    assert!(
        !control.found(&disk).0.is_empty(),
        "the search itself finds nothing"
    );
    assert!(
        wraps.found(&disk).0.values().sum::<u64>() >= wraps.needles.len() as u64,
        "no key lies wrapped"
    );
    assert_eq!(
        words.found(&disk).0,
        BTreeMap::new(),
        "in the clear before any erasure"
    );
    assert_eq!(
        secrets.found(&disk).0,
        BTreeMap::new(),
        "a key in the clear"
    );

    // One leaves; of the other everything goes because the project is over.
    vault
        .act(&act(9, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&id), &id)
        })
        .unwrap();
    let over = policy::statutory(
        policy::Deed::Erase,
        "UK GDPR Art 5(1)(e)",
        NOTICE,
        Some(&second),
    )
    .unwrap();
    vault
        .act(&act(10, Verb::Erase), |tx| tx.erase_holding(&over, &second))
        .unwrap();
    // A paper of nobody's goes by itself; theirs have gone with them.
    let done = policy::statutory(policy::Deed::Erase, "UK GDPR Art 5(1)(e)", "", None).unwrap();
    let papers = keys.iter().chain(&more);
    let gone: Vec<bool> = papers
        .filter(|key| key.starts_with("pap_"))
        .map(|key| {
            vault
                .act(&act(10, Verb::Erase), |tx| {
                    tx.cite("UK GDPR Art 5(1)(e)");
                    tx.drop_paper(&done, key)
                })
                .unwrap()
        })
        .collect();
    assert_eq!(gone, [false, true, false, true]);
    if tended {
        vault.tend(at(11)).unwrap();
    }
    assert!(vault.unfinished().unwrap().is_empty());
    assert_eq!(
        (
            vault.ask_again(&id).unwrap(),
            vault.ask_again(&second).unwrap()
        ),
        (vec![], vec![])
    );
    if let Ok(server) = std::env::var("ABIDE_TEST_PG") {
        // What the server still has in memory goes to its disk first, so that it is looked at as well.
        let mut link = postgres::Client::connect(&server, postgres::NoTls).unwrap();
        link.batch_execute("checkpoint").unwrap();
    }
    for open in [true, false] {
        disk.clear();
        all_files(folder.path(), &mut disk);
        if let Some((_, data)) = server {
            all_files(data, &mut disk);
        }
        let needles = words.needles.len() + secrets.needles.len() + wraps.needles.len();
        let (found, files, bytes) = words.found(&disk);
        assert_eq!(found, BTreeMap::new(), "values in the clear");
        assert_eq!(secrets.found(&disk).0, BTreeMap::new(), "keys in the clear");
        assert_eq!(wraps.found(&disk).0, BTreeMap::new(), "wrapped keys");
        println!(
            "{}, {}: {} values and {} keys of two people in {needles} forms, looked for in {files} files, {bytes} bytes: found none",
            if server.is_some() {
                "PostgreSQL"
            } else {
                "SQLite"
            },
            if open { "in use" } else { "looked at again" },
            SAID.len(),
            keys.len() + more.len(),
        );
    }
    assert_eq!(email(&vault, &other).unwrap().as_deref(), Some(EMAIL));
}

#[test]
fn nothing_of_somebody_erased_is_left_in_any_byte_of_the_folder() {
    search(None, false);
}

#[test]
fn nor_where_a_server_removes_it_a_moment_later() {
    search(None, true);
}

#[test]
fn nothing_of_somebody_erased_is_left_in_any_byte_of_the_servers_data() {
    let Some(place) = trial::place() else { return };
    let Ok(data) = std::env::var("ABIDE_TEST_PG_DATA") else {
        println!("skipped: the server's data directory (ABIDE_TEST_PG_DATA is not set)");
        return;
    };
    search(Some((&place.address(), Path::new(&data))), true);
}
