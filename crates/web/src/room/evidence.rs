//! The log: everything that was done or refused, in order; anybody on the staff can have it checked again.

use crate::app::App;
use crate::cite;
use crate::page::form::Form;
use crate::page::notice::Proof;
use crate::page::parts::{Fact, Facts, Link, Margin, Note, Table, Verdict, When};
use crate::page::proof::EvidencePage;
use crate::page::shape::DonePage;
use crate::serve;
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{Outcome, Refused};
use evidence::Checkpoint;
use serde::Deserialize;
use store::{Filter, Kept};

/// How many entries stand on a page.
const PAGE: u32 = 50;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/evidence", get(look))
        .route("/desk/evidence/{number}", get(one))
        .route("/desk/evidence/checkpoint.txt", get(checkpoint))
        .route("/desk/evidence/checks", post(check))
}

#[derive(Debug, Default, Deserialize)]
struct From {
    /// How many of the newest entries are left out.
    #[serde(default)]
    from: u32,
}

async fn look(State(app): State<App>, who: SignedIn, Query(from): Query<From>) -> Response {
    serve::show(&app, &who, move |app, who| {
        let proof = unchecked(app)?;
        log(app, who, from.from, proof)
    })
    .await
}

/// Numbers and signs what came since, then hashes the whole log anew.
async fn check(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, |app, who| {
        app.desk.vault().integrate(who.at)?;
        let audit = desk::promises::verify(&app.desk, &who.visit())?;
        let whole = audit.verifies();
        let words = if whole {
            format!(
                "All {} entries are as they were written, and {} signatures fit.",
                audit.entries, audit.checkpoints
            )
        } else {
            format!(
                "The log is not as it was written: {}.",
                audit
                    .faults
                    .first()
                    .map_or("something was changed", String::as_str)
            )
        };
        let mut facts = signed_facts(app)?;
        facts.extend(
            audit
                .faults
                .iter()
                .skip(1)
                .take(20)
                .map(|fault| Fact::judged("Found", fault, Verdict::Broken)),
        );
        let proof = Proof {
            verdict: if whole {
                Verdict::Kept
            } else {
                Verdict::Broken
            },
            words,
            facts: Facts::from(facts),
            download: download(app)?,
        };
        log(app, who, 0, proof)
    })
    .await
}

fn log(app: &App, who: &SignedIn, from: u32, proof: Proof) -> Outcome<EvidencePage> {
    let store = app.desk.vault().store();
    let entries = store.entries(&Filter {
        limit: PAGE,
        skip: from,
        ..Filter::default()
    })?;
    let rows = store
        .checkpoint()?
        .map(|signed| {
            vec![
                signed.size.to_string().as_str().into(),
                When::moment(signed.at).words.as_str().into(),
                hex(&signed.root).as_str().into(),
            ]
        })
        .into_iter()
        .collect();
    let mut layout = who.layout("Evidence", "/desk/evidence");
    let (newer, older) = (from.saturating_sub(PAGE), from.saturating_add(PAGE));
    if from > 0 {
        layout.local.push(Link::new(
            &format!("/desk/evidence?from={newer}"),
            "Newer entries",
        ));
    }
    if entries.len() == PAGE as usize {
        layout.local.push(Link::new(
            &format!("/desk/evidence?from={older}"),
            "Older entries",
        ));
    }
    layout.local_name = "The log".to_owned();
    Ok(EvidencePage {
        layout,
        intro: vec!["Everything done with a person’s data, and every refusal, in the order it happened. Nobody can change an entry afterwards without its being found.".to_owned()],
        proof,
        verify: Form::new("verify", "/desk/evidence/checks", "Check the whole log now").beside("Numbers and signs what is new, then hashes every entry again."),
        trail: cite::trail(app, &entries)?,
        checkpoints: Table::new("The latest signed checkpoint", &["Entries", "Signed", "Root"], "None yet.", rows),
        margin: Margin::from(vec![Note::plain("Entries carry ids, never names. When a person’s key is destroyed the log still checks.")]),
    })
}

async fn one(State(app): State<App>, who: SignedIn, Path(number): Path<u64>) -> Response {
    serve::show(&app, &who, move |app, who| entry(app, who, number)).await
}

fn entry(app: &App, who: &SignedIn, number: u64) -> Outcome<DonePage> {
    let store = app.desk.vault().store();
    let total = store.checkpoint()?.map_or(0, |signed| signed.size);
    let pending = u32::try_from(store.pending()?).unwrap_or(u32::MAX);
    let beyond = Refused::new("the log has no entry with this number")
        .law(
            "UK GDPR Art 5(2)",
            "what was done is shown as it is on record",
        )
        .help("the address may be mistyped");
    if number >= total {
        return Err(beyond.into());
    }
    // Entries are listed by time and numbered by arrival, which seldom differ by more than a few.
    let near = u32::try_from(total - number - 1)
        .unwrap_or(u32::MAX)
        .saturating_add(pending)
        .saturating_sub(200);
    let found = store.entries(&Filter {
        limit: 400,
        skip: near,
        ..Filter::default()
    })?;
    let Some(kept) = found.into_iter().find(|k| k.number == Some(number)) else {
        return Err(beyond.into());
    };
    let proof = proof_of(app, std::slice::from_ref(&kept))?;
    let it = &kept.entry;
    let mut facts = vec![
        Fact::new("Entry", &number.to_string()),
        Fact::new("Id", &it.id),
        Fact::new(
            "Leaf hash",
            &kept.entry.leaf().map(|l| hex(&l)).unwrap_or_default(),
        ),
    ];
    facts.push(Fact::judged(
        "In the signed log",
        &proof.words,
        proof.verdict,
    ));
    for (name, value) in [
        ("Project", &it.project),
        ("Judged by", &it.notice),
        ("Purpose", &it.purpose),
    ] {
        if let Some(value) = value {
            facts.push(Fact::new(name, value));
        }
    }
    facts.extend(
        it.detail
            .iter()
            .map(|(name, value)| Fact::new(&desk::data::label(name), value)),
    );
    let trail = cite::trail(app, std::slice::from_ref(&kept))?;
    let done = trail
        .entries
        .first()
        .map(|e| {
            format!(
                "{} by {}.",
                crate::answer::sentence(&e.verb).trim_end_matches('.'),
                e.who
            )
        })
        .unwrap_or_default();
    let mut layout = who
        .layout(&format!("Entry {number}"), "/desk/evidence")
        .crumbs(&[("/desk/evidence", "Evidence")]);
    if number > 0 {
        layout.local.push(Link::new(
            &format!("/desk/evidence/{}", number - 1),
            "The entry before",
        ));
    }
    if number + 1 < total {
        layout.local.push(Link::new(
            &format!("/desk/evidence/{}", number + 1),
            "The entry after",
        ));
    }
    layout.local_name = "The log".to_owned();
    let mut links = Vec::new();
    if let Some(about) = it
        .about
        .as_deref()
        .filter(|a| a.starts_with("per_") || a.starts_with("hld_"))
    {
        links.push(Link::new(
            &format!("/desk/people/{about}"),
            &desk::pseudonym(about),
        ));
    }
    Ok(DonePage {
        layout,
        done,
        facts: Facts::from(facts),
        trail,
        links,
        ..DonePage::default()
    })
}

/// The signed note, for whoever keeps a copy elsewhere.
async fn checkpoint(State(app): State<App>, who: SignedIn) -> Response {
    let note = app
        .at_desk(|app| Ok(app.desk.vault().store().checkpoint()?))
        .await;
    match note {
        Ok(Some(signed)) => (
            [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
            signed.note,
        )
            .into_response(),
        Ok(None) => serve::nothing(&who, "the log has not been signed yet"),
        Err(stop) => serve::stop_page(&app, &who, &stop),
    }
}

/// The proof on a page that has not checked the whole log.
fn unchecked(app: &App) -> Outcome<Proof> {
    let (verdict, words) = (
        Verdict::CannotTell,
        "Press the button to have every entry hashed again.".to_owned(),
    );
    Ok(Proof {
        verdict,
        words,
        facts: Facts::from(signed_facts(app)?),
        download: download(app)?,
    })
}

/// Checks the entries of a page against the signed log: each one's hash is the leaf under the signed root.
pub(super) fn proof_of(app: &App, entries: &[Kept]) -> Outcome<Proof> {
    let vault = app.desk.vault();
    let Some(signed) = vault.store().checkpoint()? else {
        let words = "The log has not been signed yet.".to_owned();
        return Ok(Proof {
            verdict: Verdict::CannotTell,
            words,
            facts: Facts::default(),
            download: None,
        });
    };
    let key = vault.verifier();
    let tree = vault.store().leaves()?;
    let said = Checkpoint::open(&signed.note, &key, key.name()).ok();
    let root = said.is_some_and(|said| {
        said.size == signed.size && tree.root_at(said.size).is_ok_and(|root| root == said.root)
    });
    let leaf = |kept: &Kept| match kept.number {
        None => true,
        Some(number) => kept
            .entry
            .leaf()
            .ok()
            .is_some_and(|leaf| tree.node(0, number) == Some(leaf)),
    };
    let whole = root && entries.iter().all(leaf);
    let waiting = entries
        .iter()
        .filter(|k| k.number.is_none_or(|n| n >= signed.size))
        .count();
    let words = if !whole {
        "What stands here is not what was signed.".to_owned()
    } else if entries.is_empty() {
        format!(
            "Nothing is filed here. The log was signed {}.",
            When::moment(signed.at).words
        )
    } else if waiting == entries.len() {
        "These entries are newer than the last signature.".to_owned()
    } else if waiting > 0 {
        format!(
            "The entries shown are in the log as signed {}, but for the newest {waiting}, which wait for the next signature.",
            When::moment(signed.at).words
        )
    } else {
        format!(
            "The entries shown are in the log as signed {}.",
            When::moment(signed.at).words
        )
    };
    let verdict = match (whole, waiting == entries.len()) {
        (false, _) => Verdict::Broken,
        (true, true) => Verdict::CannotTell,
        (true, false) => Verdict::Kept,
    };
    Ok(Proof {
        verdict,
        words,
        facts: Facts::from(signed_facts(app)?),
        download: download(app)?,
    })
}

fn signed_facts(app: &App) -> Outcome<Vec<Fact>> {
    let vault = app.desk.vault();
    let Some(signed) = vault.store().checkpoint()? else {
        return Ok(Vec::new());
    };
    Ok(vec![
        Fact::new("Entries signed", &signed.size.to_string()),
        Fact::new(
            "Waiting for the next signature",
            &vault.store().pending()?.to_string(),
        ),
        Fact::new("Root", &hex(&signed.root)),
        Fact::new("Signed by", vault.verifier().name()),
    ])
}

fn download(app: &App) -> Outcome<Option<Link>> {
    Ok(app.desk.vault().store().checkpoint()?.map(|_| {
        Link::new(
            "/desk/evidence/checkpoint.txt",
            "The signed checkpoint as a file",
        )
    }))
}

fn hex(hash: &evidence::Hash) -> String {
    evidence::tree::hex(hash)
}
