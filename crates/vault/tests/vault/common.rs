//! What the tests share: a vault in a folder, permits the law gives, a person with a few values.

use jiff::Timestamp;
use policy::{Deed, Permit, SourceKind, statutory};
use std::{path::Path, sync::Arc};
use store::{Act, Actor, Filter, Options, Verb};
use vault::{Error, Kind, NewHolding, Provenance, RootKey, Tx, Vault};

pub const NOTICE: &str = "kinship-carers@1";
pub const EMAIL: &str = "ada.okafor@example.org";
pub const PHONE: &str = "0113 496 0123";
pub const NAME: &str = "Adaeze Okafor";

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub fn root() -> RootKey {
    RootKey::from_bytes([9; 32])
}

pub fn options() -> Options {
    Options::new(Arc::new(vault::seal::System))
}

pub fn open(folder: &Path) -> Vault {
    Vault::open(folder, &root(), options(), at(0)).unwrap()
}

pub fn act(second: i64, verb: Verb) -> Act {
    Act::new(at(second), Actor::Staff("stf_1".into()), verb)
        .project("#3035")
        .cite("#3035/what/data/contact")
}

pub fn record() -> Permit {
    statutory(Deed::Store, "UK GDPR Art 14", NOTICE, None).unwrap()
}

pub fn find(holding: &str) -> Permit {
    statutory(Deed::Read, "UK GDPR Art 15", NOTICE, Some(holding)).unwrap()
}

pub fn erase(holding: &str) -> Permit {
    statutory(Deed::Erase, "UK GDPR Art 17(1)(b)", NOTICE, Some(holding)).unwrap()
}

pub fn from(second: i64) -> Provenance<'static> {
    Provenance {
        kind: SourceKind::Primary,
        source: "person",
        told_by: "form",
        at: at(second),
        notice: NOTICE,
        volunteered: false,
        keep_until: None,
    }
}

pub fn new_holding() -> NewHolding<'static> {
    NewHolding {
        project: "#3035",
        notice: "kinship-carers",
        version: 1,
        audience: "adult",
        tags: &["stakeholder"],
        stage: "signed-up",
        source_kind: SourceKind::Primary,
        source: "person",
        told_due: None,
        told: Some((at(0), "form")),
    }
}

pub fn open_ada(tx: &mut Tx<'_, '_>) -> Result<String, Error> {
    let id = tx.open_holding(&record(), &new_holding())?;
    for (item, value) in [("email", EMAIL), ("phone", PHONE), ("name", NAME)] {
        tx.put(&record(), &id, item, value.as_bytes(), &from(1))?;
    }
    Ok(id)
}

/// Opens a holding with a name, an address and a number.
pub fn ada(vault: &Vault) -> String {
    vault.act(&act(1, Verb::Collect), open_ada).unwrap()
}

pub fn email(vault: &Vault, holding: &str) -> Result<Option<String>, Error> {
    vault.act(&act(2, Verb::Read), |tx| {
        let held = tx.get(&find(holding), holding, "email")?;
        Ok(held.map(|held| held.plain.text().into_owned()))
    })
}

pub fn entries(vault: &Vault) -> Vec<store::Kept> {
    vault.store().entries(&Filter::default()).unwrap()
}

pub fn is_known(vault: &Vault, kind: Kind, value: &str, id: &str) -> bool {
    matches!(known(vault, kind, value).as_slice(), [one] if one == id)
}

pub fn known(vault: &Vault, kind: Kind, value: &str) -> Vec<String> {
    vault
        .act(&act(3, Verb::Route), |tx| tx.known(kind, value))
        .unwrap()
}

/// Every file below a folder, with its bytes.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

/// The files that hold these bytes anywhere.
pub fn files_with(folder: &Path, needle: &[u8]) -> Vec<String> {
    files(folder)
        .into_iter()
        .filter(|(_, bytes)| bytes.windows(needle.len()).any(|window| window == needle))
        .map(|(name, _)| name)
        .collect()
}
