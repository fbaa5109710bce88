//! The staff's rooms, walked through as a browser would: every page stands, every link leads somewhere, nobody is named unasked.

use crate::app::{Account, App, Clock, router};
use crate::page::audit;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use desk::collect::{interview, referral, signup};
use desk::contact::inbox;
use desk::door::{knock::Whence, staff};
use desk::rights::{self, Asked, NewRequest};
use desk::sharing::recipients::{self, NewRecipient};
use desk::uses::consent;
use desk::{Desk, Role, Visit, changes};
use jiff::Timestamp;
use law::Right;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use vault::{RootKey, Vault};

mod surveys;

const PASSWORD: &str = "a long password for a test";
const NAME: &str = "Zebedee Quillfeather";
const EMAIL: &str = "zebedee@quillfeather.example";
const NOTICES: [&str; 3] = [
    include_str!("../../../../notices/care-leavers-people.notice.md"),
    include_str!("../../../../notices/care-leavers-stakeholders.notice.md"),
    include_str!("../../../../notices/kinship-care-stakeholders.notice.md"),
];

/// The house's clock, which the demo moves, and the one on the wall, which goes on as it does.
struct Hands(Mutex<Timestamp>, Timestamp);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn wall(&self) -> Timestamp {
        self.1
    }

    fn move_to(&self, at: Timestamp) -> bool {
        *self.0.lock().unwrap() = at;
        true
    }
}

pub(super) struct House {
    pub(super) app: App,
    pub(super) cookie: String,
    pub(super) person: String,
}

fn at(day: &str) -> Timestamp {
    format!("{day}T10:00:00Z").parse().unwrap()
}

/// Three notices, somebody who signed up, somebody others told us of, a recipient, a recording, a request and a mail.
pub(super) fn house(role: Role) -> House {
    let options = store::Options::new(Arc::new(store::Seeded::new(11)));
    let desk =
        Desk::open(Vault::in_memory(&RootKey::from_bytes([5; 32]), options).unwrap()).unwrap();
    let boot = Visit::system(at("2026-09-01"), "test");
    let dpo = staff::add(
        &desk,
        &boot,
        "Dorothea Pell",
        "dorothea@example.org",
        role,
        Some(PASSWORD),
    )
    .unwrap();
    let officer = Visit::staff(at("2026-09-01"), &dpo.id, Role::Dpo);
    for text in NOTICES {
        changes::publish(&desk, &officer, text).unwrap();
    }
    let answers = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect::<BTreeMap<_, _>>()
    };
    let given = answers(&[
        ("name", NAME),
        ("email", EMAIL),
        ("job-title", "social worker"),
        ("council-borough", "Lambeth"),
    ]);
    let person = signup::sign_up(
        &desk,
        &Visit::public(at("2026-10-01")),
        "kinship-care-stakeholders",
        &given,
        "sign-up",
        None,
    )
    .unwrap();
    let told = answers(&[("name", NAME), ("email", EMAIL)]);
    referral::refer(
        &desk,
        &Visit {
            at: at("2026-10-02"),
            ..officer.clone()
        },
        "care-leavers-stakeholders",
        "council",
        "team leader",
        &told,
    )
    .unwrap();
    surveys::drafted(&desk, &officer);
    let vendor = NewRecipient {
        name: "Quill and Ear",
        class: "transcriber",
        role: "processor",
        country: "GB",
        safeguard: None,
        contract_until: Some("2028-01-01".parse().unwrap()),
    };
    let vendor = recipients::add(&desk, &officer, &vendor).unwrap();
    recipients::review(&desk, &officer, &vendor, None).unwrap();
    recipients::assess(&desk, &officer, &vendor, "fine").unwrap();
    let _ = consent::give(
        &desk,
        &Visit {
            at: at("2026-10-03"),
            ..officer.clone()
        },
        &person,
        "email",
    );
    interview::record(
        &desk,
        &Visit {
            at: at("2026-10-04"),
            ..officer.clone()
        },
        &person,
        &mut [7_u8; 9000].as_slice(),
        "audio/mpeg",
    )
    .unwrap();
    let new = NewRequest {
        project: "#3035",
        holding: Some(&person),
        kinds: vec![Asked::to(Right::Access)],
        received: "2026-10-05".parse().unwrap(),
        channel: "email",
        words: Some("what do you hold?"),
    };
    rights::open(
        &desk,
        &Visit {
            at: at("2026-10-05"),
            ..officer.clone()
        },
        &new,
    )
    .unwrap();
    let mail = format!(
        "From: {EMAIL}\r\nTo: dpo@example.org\r\nSubject: #3035\r\n\r\nPlease delete everything you hold about me.\r\n"
    );
    inbox::take(&desk, &Visit::public(at("2026-10-06")), mail.as_bytes()).unwrap();
    desk.vault().integrate(at("2026-10-06")).unwrap();
    let now = at("2026-10-07");
    let (_, token) = staff::sign_in(
        &desk,
        now,
        now,
        "dorothea@example.org",
        PASSWORD,
        &Whence::default(),
    )
    .unwrap();
    let account = Account {
        name: "Dorothea Pell".into(),
        email: "dorothea@example.org".into(),
        password: PASSWORD.into(),
        role: "officer".into(),
    };
    let app = App {
        desk: Arc::new(desk),
        clock: Arc::new(Hands(Mutex::new(now), now)),
        organisation: "The House".into(),
        accounts: Arc::new(vec![account]),
        secure: false,
    };
    House {
        app,
        cookie: format!("abide={token}"),
        person,
    }
}

impl House {
    async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path)
            .header(header::COOKIE, &self.cookie)
            .body(Body::empty())
            .unwrap();
        self.send(request).await
    }

    async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> (StatusCode, String) {
        let form = serde_json::to_value(pairs).unwrap();
        let body = form
            .as_array()
            .unwrap()
            .iter()
            .map(|p| {
                format!(
                    "{}={}",
                    encoded(p[0].as_str().unwrap()),
                    encoded(p[1].as_str().unwrap())
                )
            })
            .collect::<Vec<_>>()
            .join("&");
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, String) {
        let response = router(self.app.clone()).oneshot(request).await.unwrap();
        let status = response.status();
        let to = response
            .headers()
            .get(header::LOCATION)
            .map(|l| l.to_str().unwrap().to_owned());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (
            status,
            to.unwrap_or_else(|| String::from_utf8_lossy(&body).into_owned()),
        )
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_the_staff_can_reach_stands_and_names_nobody() {
    let house = house(Role::Dpo);
    let mut seen = BTreeSet::new();
    let mut waiting: VecDeque<(String, String)> = VecDeque::from([
        ("/desk".to_owned(), "the beginning".to_owned()),
        ("/demo/clock".to_owned(), "the beginning".to_owned()),
    ]);
    let mut faults = Vec::new();
    while let Some((path, from)) = waiting.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let (status, html) = house.get(&path).await;
        if !status.is_success() {
            faults.push(format!("{status} at {path}, linked from {from}"));
            continue;
        }
        if path.starts_with("/assets") || [".txt", ".jsonld"].iter().any(|e| path.ends_with(e)) {
            continue;
        }
        // A notice may name the regulator's own page; nothing else leaves the house.
        let found = audit::faults(&html)
            .into_iter()
            .filter(|f| !f.starts_with("leaves the house: https://ico.org.uk"));
        faults.extend(found.map(|fault| format!("{path}: {fault}")));
        for word in [NAME, EMAIL, "quillfeather"] {
            if html.contains(word) {
                faults.push(format!("{path} names somebody"));
            }
        }
        let (tags, _) = audit::read(&html);
        for to in tags.iter().filter_map(|t| t.attrs.get("href")) {
            let to = to.split('#').next().unwrap();
            // One of many entries of the log stands for all.
            let entry = to
                .strip_prefix("/desk/evidence/")
                .is_some_and(|n| n.parse::<u64>().is_ok_and(|n| n > 3));
            let inside =
                to.starts_with("/desk") || to.starts_with("/demo") || to.starts_with("/notices");
            if inside && !entry && !seen.contains(to) {
                waiting.push_back((to.replace("&amp;", "&"), path.clone()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for wanted in [
        "/desk/notices/kinship-care-stakeholders",
        "/desk/clauses/kinship-care-stakeholders/how-long/keep/recording",
        "/desk/inbox",
        "/desk/evidence/1",
    ] {
        assert!(seen.contains(wanted), "{wanted} was not reached: {seen:?}");
    }
    assert!(seen.len() > 120, "{} pages", seen.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_is_a_page_for_people_and_data_for_programs() {
    let house = house(Role::Dpo);
    let path = "/notices/kinship-care-stakeholders";
    let asked = |accept: &'static str| {
        Request::get(path)
            .header(header::ACCEPT, accept)
            .body(Body::empty())
            .unwrap()
    };
    let (status, page) = house.get(path).await;
    assert_eq!(status, StatusCode::OK);
    let block = page.split_once("<script type=\"application/ld+json\">");
    let block = block.unwrap().1.split_once("</script>").unwrap().0;
    let (_, data) = house.send(asked("application/ld+json")).await;
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(block).unwrap(),
        data
    );
    let (_, file) = house.get(&format!("{path}/2.jsonld")).await;
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&file).unwrap(),
        data
    );
    let (_, browser) = house
        .send(asked("text/html,application/xhtml+xml,*/*;q=0.8"))
        .await;
    assert!(browser.starts_with("<!doctype html>"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_is_shown_for_a_purpose_and_refused_with_its_clause() {
    let house = house(Role::Dpo);
    let to = format!("/desk/people/{}/readings", house.person);
    let (status, html) = house
        .post(&to, &[("purpose", "invite"), ("items", "email")])
        .await;
    assert_eq!(status, StatusCode::OK, "{html}");
    assert!(html.contains(EMAIL));
    assert!(html.contains("/desk/clauses/kinship-care-stakeholders/why/purpose/invite"));
    let (status, html) = house
        .post(&to, &[("purpose", "understand"), ("items", "email")])
        .await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(!html.contains(EMAIL));
    assert!(html.contains("class=\"answer no\""), "{html}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_milestone_the_clock_and_the_sweep() {
    let house = house(Role::Dpo);
    let (status, to) = house
        .post(
            "/desk/projects/3035/milestones",
            &[
                ("event", "final-report.delivered"),
                ("what", "happened"),
                ("on", "2026-10-07"),
            ],
        )
        .await;
    assert_eq!(
        (status, to.as_str()),
        (StatusCode::SEE_OTHER, "/desk/projects/3035")
    );
    let (status, _) = house.post("/demo/clock", &[("to", "2026-01-01")]).await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "time goes forwards only"
    );
    let (status, to) = house.post("/demo/clock", &[("to", "2028-10-08")]).await;
    assert_eq!(
        (status, to.as_str()),
        (StatusCode::SEE_OTHER, "/demo/clock?moved")
    );
    let (status, html) = house.get("/demo/clock?moved").await;
    assert!(
        status.is_success() && html.contains("The clock has moved"),
        "two years later they are still signed in"
    );
    let (status, html) = house.post("/desk/sweep/rehearsals", &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        html.contains("Nothing was erased") && html.contains("held back"),
        "an open request holds it: {html}"
    );
    let request = rights::list(&house.app.desk).unwrap().remove(0).id;
    let yes = [
        ("right", "access"),
        ("decision", "granted"),
        ("because", "it is your right"),
    ];
    let (status, to) = house
        .post(&format!("/desk/requests/{request}/decisions"), &yes)
        .await;
    assert_eq!(
        (status, to),
        (StatusCode::SEE_OTHER, format!("/desk/requests/{request}"))
    );
    let (status, html) = house.post("/desk/sweep", &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        html.contains("Certificates") && html.contains("email"),
        "{html}"
    );
    assert!(
        desk::data::held(&house.app.desk, &house.person)
            .unwrap()
            .is_empty()
    );
    let (_, html) = house.get(&format!("/desk/people/{}", house.person)).await;
    assert!(
        !html.contains("Read for a purpose") && html.contains("<b>erased</b>"),
        "{html}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recording_is_uploaded_and_sent_with_a_code_that_is_shown_once() {
    let house = house(Role::Dpo);
    let body = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"audio\"; filename=\"x.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\n{}\r\n--cut--\r\n",
        "sound ".repeat(100_000)
    );
    let path = format!("/desk/interviews/{}/recordings", house.person);
    let request = Request::post(&path)
        .header(header::COOKIE, &house.cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
        .body(Body::from(body))
        .unwrap();
    let (status, to) = house.send(request).await;
    assert_eq!(
        (status, to),
        (
            StatusCode::SEE_OTHER,
            format!("/desk/interviews/{}", house.person)
        )
    );
    let files = interview::recordings(&house.app.desk, "kinship-care-stakeholders").unwrap();
    let file = files
        .iter()
        .find(|f| f.size == 600_000)
        .expect("the whole upload is kept");
    let vendor = recipients::list(&house.app.desk, "2026-10-07".parse().unwrap())
        .unwrap()
        .remove(0);
    let send = format!("/desk/interviews/{}/sendings", house.person);
    let (status, html) = house
        .post(&send, &[("blob", &file.id), ("vendor", &vendor.id)])
        .await;
    assert_eq!(status, StatusCode::OK, "{html}");
    assert!(html.contains("Their code"));
    let (status, html) = house
        .get(&format!("/desk/interviews/{}", house.person))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(!html.contains("Their code") && html.contains("Sent to Quill and Ear"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_sees_nobodys_data_and_nobody_comes_in_without_signing_in() {
    let house = house(Role::Administrator);
    let (status, html) = house
        .post(
            &format!("/desk/people/{}/readings", house.person),
            &[("purpose", "invite"), ("items", "email")],
        )
        .await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(!html.contains(EMAIL));
    for page in ["people", "interviews"] {
        let (status, html) = house.get(&format!("/desk/{page}/{}", house.person)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{page}");
        assert!(!html.contains(&desk::pseudonym(&house.person)), "{page}");
    }
    let stranger = House {
        cookie: String::new(),
        ..house
    };
    let (status, to) = stranger.get("/desk/inbox").await;
    assert_eq!(
        (status, to.as_str()),
        (StatusCode::SEE_OTHER, "/sign-in?to=/desk/inbox")
    );
}
