//! Whatever stands in an address where an id belongs: what leads nowhere is said to, and never taken for a fault of ours.

use super::tests::{House, house};
use crate::app::router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use desk::Role;
use std::collections::BTreeSet;
use std::path::Path;
use tower::ServiceExt;

/// What the rooms say of themselves: addresses with an id in them, and every name that a form has.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the rooms it walks through"
)]
fn rooms() -> (BTreeSet<String>, BTreeSet<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/room");
    let (mut addresses, mut names) = (BTreeSet::new(), BTreeSet::new());
    let (mut folders, mut files) = (vec![folder], Vec::new());
    while let Some(folder) = folders.pop() {
        for room in std::fs::read_dir(folder).unwrap() {
            let path = room.unwrap().path();
            let to = if path.is_dir() {
                &mut folders
            } else {
                &mut files
            };
            to.push(path);
        }
    }
    for room in files {
        let text = std::fs::read_to_string(room).unwrap();
        let routes = text.split(".route(").skip(1);
        let quoted =
            routes.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
        let own = quoted.filter(|said| said.starts_with("/desk/") && said.contains('{'));
        addresses.extend(own.map(str::to_owned));
        for (before, behind) in [
            ("Field::new(", ','),
            (".get(", ')'),
            (".remove(", ')'),
            ("all(&sent, ", ')'),
        ] {
            for rest in text.split(before).skip(1) {
                let name = rest.trim_start().split(behind).next().unwrap_or_default();
                let name = name
                    .trim()
                    .strip_prefix('"')
                    .and_then(|n| n.strip_suffix('"'));
                let name =
                    name.filter(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
                names.extend(name.map(str::to_owned));
            }
        }
    }
    (addresses, names)
}

/// An address with something in the place of each id.
fn filled(address: &str, id: impl Fn(&str) -> String) -> String {
    let parts = address.split('/').map(|part| match part.strip_prefix('{') {
        Some(named) => id(named.trim_end_matches('}').trim_start_matches('*')),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn ask(house: &House, method: Method, path: &str, form: &str) -> (StatusCode, String) {
    let patch = method == Method::PATCH;
    let sent = if patch {
        "application/offset+octet-stream"
    } else {
        "application/x-www-form-urlencoded"
    };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::COOKIE, &house.cookie)
        .header(header::CONTENT_TYPE, sent)
        // A recording in pieces says these.
        .header("upload-length", "9000")
        .header("upload-offset", "0")
        .header("upload-metadata", "filetype YXVkaW8vbXBlZw==")
        .body(Body::from(form.to_owned()))
        .unwrap();
    let response = router(house.app.clone()).oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_that_nobody_has_is_said_to_lead_nowhere() {
    let (addresses, names) = rooms();
    assert!(addresses.len() > 50, "{addresses:#?}");
    assert!(names.len() > 40, "{names:#?}");
    let nobody = format!("per_{}", "0".repeat(32));
    let ids = ["x", "0", "99999999999999999999", "%00%27", &nobody];
    let every = |said: &str| {
        let pairs: Vec<_> = names.iter().map(|name| format!("{name}={said}")).collect();
        pairs.join("&")
    };
    let forms = [every("x"), every("2026-10-07")];
    let mut faults = Vec::new();
    for role in [Role::Dpo, Role::Lead] {
        let house = house(role);
        // What is there, with something in it or beside it that is not.
        let known = |named: &str| match named {
            "number" => "3035".to_owned(),
            "name" | "notice" => "kinship-care-stakeholders".to_owned(),
            "id" | "holding" => house.person.clone(),
            _ => "x".to_owned(),
        };
        let mut paths: BTreeSet<String> = addresses.iter().map(|a| filled(a, known)).collect();
        // Who may do little is asked for less.
        for id in ids
            .iter()
            .take(if role == Role::Dpo { ids.len() } else { 1 })
        {
            paths.extend(addresses.iter().map(|a| filled(a, |_| (*id).to_owned())));
        }
        for path in &paths {
            let mut asked = vec![(Method::GET, "")];
            if path.starts_with("/desk/arrivals/") {
                let more = [Method::HEAD, Method::DELETE, Method::PATCH];
                asked.extend(more.map(|method| (method, "sound")));
            }
            asked.extend(forms.iter().map(|form| (Method::POST, form.as_str())));
            for (method, form) in asked {
                let (status, said) = ask(&house, method.clone(), path, form).await;
                if status.is_server_error() || said.contains("could not be made") {
                    let form = form.get(..12).unwrap_or(form);
                    faults.push(format!("{status} at {method} {path} ({form})"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_leads_nowhere_is_a_404_with_a_sentence() {
    let house = house(Role::Dpo);
    let (status, said) = ask(&house, Method::POST, "/desk/interviews/x/arrivals", "").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{said}");
    assert!(said.contains("nothing here by this id"), "{said}");
    for path in ["/desk/interviews/x", "/desk/people/x"] {
        let (status, said) = ask(&house, Method::GET, path, "").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path} {said}");
        assert!(said.contains("There is nothing here"), "{path} {said}");
    }
    // A character that no text has, at the doors that stand open.
    let sent = [
        ("/sign-in", "name=%00&password=%00"),
        ("/enter", "code=%00"),
        ("/certificate", "code=%00"),
        ("/contact", "words=%00&email=%00&name=%00"),
        ("/complain", "words=%00&email=%00&name=%00"),
    ];
    for (path, form) in sent {
        let (status, said) = ask(&house, Method::POST, path, form).await;
        assert!(!status.is_server_error(), "{path} {status} {said}");
    }
    for path in [
        "/notices/%00",
        "/certificate?code=%00",
        "/enter?code=%00",
        "/stop?code=%00",
    ] {
        let (status, said) = ask(&house, Method::GET, path, "").await;
        assert!(!status.is_server_error(), "{path} {status} {said}");
    }
}
