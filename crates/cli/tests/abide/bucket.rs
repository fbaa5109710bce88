//! A house whose recordings lie in a bucket: backed up, rehearsed and brought back, the bucket whole or not.

use super::Said;
use super::backup::prepared;
use super::house::name_bucket;
use policy::{Deed, SourceKind, statutory};
use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use store::{Act, Actor, Blobs, Options, Verb};
use vault::{NewBlob, NewHolding, Provenance, RootKey, Vault};

const NOTICE: &str = "kinship-carers@1";

/// The program with the key of the store in its environment.
fn keyed(args: &[&str]) -> Said {
    let done = Command::new(env!("CARGO_BIN_EXE_abide"))
        .args(args)
        .env("AWS_ACCESS_KEY_ID", "the-id")
        .env("AWS_SECRET_ACCESS_KEY", "the-secret")
        .output()
        .unwrap();
    let (out, err) = (
        String::from_utf8(done.stdout),
        String::from_utf8(done.stderr),
    );
    let (out, err) = (out.unwrap(), err.unwrap());
    assert!(!out.contains("the-secret") && !err.contains("the-secret"));
    let code = done.status.code().unwrap();
    Said { out, err, code }
}

fn act(verb: Verb) -> Act {
    let who = Actor::Staff("stf_1".into());
    Act::new(jiff::Timestamp::now(), who, verb).cite("UK GDPR Art 5(2)")
}

fn open(house: &str, shelf: &Arc<dyn Blobs>) -> Vault {
    let house = Path::new(house);
    let root = RootKey::read(&std::fs::read(house.join("root.key")).unwrap()).unwrap();
    let options = Options::new(Arc::new(vault::seal::System));
    let (shelf, now) = (Some(Arc::clone(shelf)), jiff::Timestamp::now());
    Vault::open_with(&house.join("data"), &root, options, shelf, now).unwrap()
}

/// A person with a recording of five frames.
fn recorded(vault: &Vault) -> (String, String) {
    let at = jiff::Timestamp::now();
    let store = statutory(Deed::Store, "UK GDPR Art 14", NOTICE, None).unwrap();
    let sound: Vec<u8> = (0..5 * vault::FRAME).map(|n| (n / 7) as u8).collect();
    let staged = vault.stage(at, &mut sound.as_slice()).unwrap();
    let work = |tx: &mut vault::Tx<'_, '_>| -> Result<_, vault::Error> {
        let person = tx.open_holding(
            &store,
            &NewHolding {
                project: "#3035",
                notice: "kinship-carers",
                version: 1,
                audience: "adult",
                tags: &[],
                stage: "signed-up",
                source_kind: SourceKind::Primary,
                source: "person",
                told_due: None,
                told: Some((at, "form")),
            },
        )?;
        let new = NewBlob {
            project: "#3035",
            people: &[&person],
            kind: "recording",
            media: "audio/mpeg",
            of_blob: None,
            made_on: None,
        };
        let from = Provenance {
            kind: SourceKind::Primary,
            source: "person",
            told_by: "person",
            at,
            notice: NOTICE,
            volunteered: false,
            keep_until: None,
        };
        let blob = tx.put_blob(&store, &staged, &new, &from)?;
        Ok((person, blob))
    };
    vault.act(&act(Verb::Collect), work).unwrap()
}

/// Run where `ABIDE_TEST_S3=http://127.0.0.1:PORT/bucket` names a real server; `./test` starts one.
#[test]
fn a_house_with_a_bucket_is_backed_up_and_comes_back() {
    let Ok(place) = std::env::var("ABIDE_TEST_S3") else {
        println!("skipped: ABIDE_TEST_S3 names no S3 server");
        return;
    };
    let (endpoint, name) = place.rsplit_once('/').unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (house, key) = prepared(folder.path());
    let toml = Path::new(&house).join("abide.toml");
    let without = std::fs::read_to_string(&toml).unwrap();
    let named = |prefix: &str| {
        let prefix = format!("back-{}-{prefix}", std::process::id());
        std::fs::write(&toml, &without).unwrap();
        name_bucket(&house, endpoint, name);
        let text = std::fs::read_to_string(&toml).unwrap();
        let ours = format!("prefix = \"cli-{}\"", std::process::id());
        let text = text.replace(&ours, &format!("prefix = \"{prefix}\""));
        std::fs::write(&toml, text).unwrap();
        let bucket = store::blobs::Bucket {
            name: name.to_owned(),
            prefix,
            endpoint: Some(endpoint.to_owned()),
            region: "eu-west-2".to_owned(),
            key: Some(("the-id".to_owned(), "the-secret".to_owned())),
            token: None,
        };
        Arc::new(store::blobs::S3::new(&bucket).unwrap()) as Arc<dyn Blobs>
    };
    let bucket = named("first");
    let vault = open(&house, &bucket);
    let people: Vec<_> = (0..3).map(|_| recorded(&vault)).collect();
    vault.integrate(jiff::Timestamp::now()).unwrap();
    drop(vault);
    let to = folder.path().join("away").display().to_string();
    let taken = keyed(&["backup", "-o", &to, "--house", &house, "--json"]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert_eq!(taken.json()["recordings"], 3);
    // One person goes afterwards; of the others, one recording is lost from the bucket, and the next backup says so.
    let vault = open(&house, &bucket);
    let erase = statutory(
        Deed::Erase,
        "UK GDPR Art 17(1)(b)",
        NOTICE,
        Some(&people[2].0),
    )
    .unwrap();
    let done: Result<(), vault::Error> = vault.act(&act(Verb::Erase), |tx| {
        tx.erase_holding(&erase, &people[2].0)
    });
    done.unwrap();
    assert_eq!(vault.ask_again(&people[2].0).unwrap(), []);
    drop(vault);
    bucket.remove(&people[1].1).unwrap();
    let worse = folder.path().join("worse").display().to_string();
    let said = keyed(&["backup", "-o", &worse, "--house", &house]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(
        said.out
            .contains(&format!("the recording `{}` is not there", people[1].1)),
        "{}",
        said.out
    );

    let mut bring = vec![
        "rehearse",
        to.as_str(),
        "--identity",
        &key,
        "--house",
        &house,
        "--json",
    ];
    let rehearsed = keyed(&bring);
    assert_eq!(rehearsed.code, 0, "{}{}", rehearsed.out, rehearsed.err);
    let seen = rehearsed.json();
    assert_eq!(seen["recordings"], 2, "{seen}");
    assert!(seen["replayed"].as_u64().unwrap() >= 1, "{seen}");
    // The rehearsal is on record; nothing of it reached the bucket.
    assert!(!bucket.list().unwrap().contains(&people[1].1));
    bring[0] = "restore";
    bring.push("--replace");
    std::fs::write(&toml, &without).unwrap();
    keyed(&bring).misused("does not say where");
    let bucket = named("first");
    let restored = keyed(&bring);
    assert_eq!(restored.code, 0, "{}", restored.err);
    let filled = restored.json()["bucket"].clone();
    assert_eq!(
        (&filled["there"], &filled["written"]),
        (&1.into(), &1.into()),
        "{filled}"
    );
    let verified = keyed(&["verify", "--house", &house, "--json"]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    assert_eq!(verified.json()["recordings"]["files"], 2);
    assert_eq!(
        bucket.list().unwrap().len(),
        2,
        "whoever was erased is not there again"
    );

    // The bucket is lost: a new one is named, and filled from the backup.
    let second = named("second");
    let restored = keyed(&bring);
    assert_eq!(restored.code, 0, "{}", restored.err);
    assert_eq!(restored.json()["bucket"]["written"], 2);
    let vault = open(&house, &second);
    let find = statutory(Deed::Read, "UK GDPR Art 15", NOTICE, Some(&people[1].0)).unwrap();
    let mut heard = Vec::new();
    let opened: Result<_, vault::Error> =
        vault.act(&act(Verb::Read), |tx| tx.open_blob(&find, &people[1].1));
    opened.unwrap().read_to_end(&mut heard).unwrap();
    assert_eq!(heard.len(), 5 * vault::FRAME);
    assert!(
        std::fs::read_dir(Path::new(&house).join("data/blobs")).map_or(0, Iterator::count) == 0
    );
}
