//! A person from outside: signs up, follows their own link, sees everything, opts out, leaves; complains; writes to us.

use crate::app::{Account, App, Clock, router};
use crate::page::audit;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use desk::{Desk, Role, Visit, changes, collect, uses};
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt;
use vault::{RootKey, Vault};

const STAKEHOLDERS: &str = "care-leavers-stakeholders";
pub(super) const KINSHIP: &str = "kinship-care-stakeholders";

struct Fixed(Timestamp);

impl Clock for Fixed {
    fn now(&self) -> Timestamp {
        self.0
    }
}

fn at(day: &str) -> Timestamp {
    format!("{day}T10:00:00Z").parse().unwrap()
}

pub(super) fn staff(day: &str, role: Role) -> Visit {
    Visit::staff(at(day), "stf_one", role)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test reads its input from the project"
)]
fn notice(name: &str) -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../notices/{name}.notice.md"));
    std::fs::read_to_string(path).unwrap()
}

pub(super) fn house() -> (Router, Arc<Desk>) {
    house_with(Vec::new())
}

fn house_with(accounts: Vec<Account>) -> (Router, Arc<Desk>) {
    let options = store::Options::new(Arc::new(store::Seeded::new(7)));
    let vault = Vault::in_memory(&RootKey::from_bytes([7; 32]), options).unwrap();
    let desk = Arc::new(Desk::open(vault).unwrap());
    for name in [STAKEHOLDERS, KINSHIP] {
        changes::publish(&desk, &staff("2026-09-01", Role::Dpo), &notice(name)).unwrap();
    }
    let app = App {
        desk: Arc::clone(&desk),
        clock: Arc::new(Fixed(at("2026-10-02"))),
        organisation: "Hartwell".to_owned(),
        accounts: Arc::new(accounts),
        secure: false,
    };
    (router(app), desk)
}

pub(super) struct Got {
    pub(super) status: StatusCode,
    pub(super) to: String,
    pub(super) cookie: String,
    pub(super) body: String,
}

pub(super) async fn ask(house: &Router, method: &str, to: &str, cookie: &str, form: &str) -> Got {
    send(
        house,
        method,
        to,
        cookie,
        "application/x-www-form-urlencoded",
        form,
    )
    .await
}

pub(super) async fn send(
    house: &Router,
    method: &str,
    to: &str,
    cookie: &str,
    media: &str,
    form: &str,
) -> Got {
    let request = Request::builder()
        .method(method)
        .uri(to)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, media)
        .body(Body::from(form.to_owned()))
        .unwrap();
    let response = house.clone().oneshot(request).await.unwrap();
    let head = |name: header::HeaderName| {
        response
            .headers()
            .get(name)
            .map(|v| v.to_str().unwrap().to_owned())
            .unwrap_or_default()
    };
    let (to, cookie) = (head(header::LOCATION), head(header::SET_COOKIE));
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    if body.starts_with(b"<!doctype") {
        assert_eq!(
            audit::faults(&String::from_utf8_lossy(&body)),
            Vec::<String>::new(),
            "{method} {to}"
        );
    }
    Got {
        status,
        to,
        cookie,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

async fn signed_up(house: &Router) -> String {
    let form = "name=Ada+Lark&email=ada%40lark.example&take-part%3F=yes";
    let page = ask(
        house,
        "POST",
        &format!("/notices/{STAKEHOLDERS}/sign-up"),
        "",
        form,
    )
    .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let code = page
        .body
        .split("/enter?code=")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let asked = ask(house, "GET", &format!("/enter?code={code}"), "", "").await;
    assert!(
        asked.body.contains("Come in") && asked.cookie.is_empty(),
        "a link that is only looked at lets nobody in"
    );
    let entered = ask(house, "POST", "/enter", "", &format!("code={code}")).await;
    assert_eq!(
        (entered.status, entered.to.as_str()),
        (StatusCode::SEE_OTHER, "/your-data")
    );
    entered.cookie
}

#[tokio::test]
async fn a_person_sees_everything_opts_out_and_leaves() {
    let (house, desk) = house();
    let me = signed_up(&house).await;

    let yours = ask(&house, "GET", "/your-data", &me, "").await;
    assert_eq!(yours.status, StatusCode::OK);
    for said in [
        "Ada Lark",
        "ada@lark.example",
        "you, on 2 October 2026",
        "You agreed to take part.",
        "two years after",
        "You gave us facts about you.",
    ] {
        assert!(yours.body.contains(said), "{said}: {}", yours.body);
    }
    let title = yours
        .body
        .split("<title>")
        .nth(1)
        .unwrap()
        .split("</title>")
        .next()
        .unwrap();
    assert!(!title.contains("Ada"), "{title}");

    let copy = ask(&house, "POST", "/your-data/copy", &me, "form=text").await;
    assert!(
        copy.body.contains("Ada Lark") && copy.body.contains("0303 123 1113"),
        "{}",
        copy.body
    );
    let json = ask(&house, "POST", "/your-data/copy", &me, "form=json").await;
    assert!(json.body.contains("\"ada@lark.example\""), "{}", json.body);

    let asked = ask(&house, "GET", "/your-data/opt-out", &me, "").await;
    assert!(
        asked.body.contains("Opt out") && !asked.body.contains("checked"),
        "{}",
        asked.body
    );
    let out = ask(
        &house,
        "POST",
        "/your-data/opt-out",
        &me,
        "purpose=recontact",
    )
    .await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.body);
    let yours = ask(&house, "GET", &out.to, &me, "").await;
    assert!(
        yours.body.contains("You opted out on 2 October 2026")
            && yours.body.contains("You are off that list"),
        "{}",
        yours.body
    );

    let nothing = ask(&house, "POST", "/your-data/objection", &me, "words=").await;
    assert!(
        nothing.body.contains("Choose at least one"),
        "{}",
        nothing.body
    );
    let objected = ask(
        &house,
        "POST",
        "/your-data/objection",
        &me,
        "purpose=understand&words=Too+much",
    )
    .await;
    assert_eq!(objected.status, StatusCode::SEE_OTHER, "{}", objected.body);
    let yours = ask(&house, "GET", &objected.to, &me, "").await;
    assert!(
        yours.body.contains("You objected on 2 October 2026"),
        "{}",
        yours.body
    );

    let wrong = ask(
        &house,
        "POST",
        "/your-data/corrections/new",
        &me,
        "item=email&words=It+has+changed",
    )
    .await;
    assert_eq!(wrong.to, "/your-data?said=3", "{}", wrong.body);

    let leaving = ask(&house, "GET", "/your-data/leaving", &me, "").await;
    assert!(
        leaving
            .body
            .contains("we erase everything we hold about you, at once"),
        "{}",
        leaving.body
    );
    let left = ask(&house, "POST", "/your-data/leaving", &me, "").await;
    assert!(
        left.body
            .contains("Everything we held about you has been erased"),
        "{}",
        left.body
    );
    let yours = ask(&house, "GET", "/your-data", &me, "").await;
    assert!(
        yours.body.contains("was erased on 2 October 2026") && !yours.body.contains("Ada Lark"),
        "{}",
        yours.body
    );
    assert!(yours.body.contains("You left the study."), "{}", yours.body);
    certificate_is_kept(&house, &me, &left.body).await;
    assert_eq!(
        desk::rights::list(&desk).unwrap().len(),
        2,
        "the objection and the correction each wait for an answer"
    );
}

/// By their own page, and by the code on the page that said it was done; typed by hand, too.
async fn certificate_is_kept(house: &Router, me: &str, left: &str) {
    let own = ask(house, "GET", "/your-data/certificate", me, "").await;
    let rest = left.split("/certificate?code=").nth(1).unwrap();
    let code = rest.split('"').next().unwrap();
    let address = format!("/certificate?code={code}");
    let by_code = ask(house, "GET", &address, "", "").await;
    let typed = format!("code={}", code.replace('-', "+"));
    let typed = ask(house, "POST", "/certificate", "", &typed).await;
    for page in [&own, &by_code, &typed] {
        assert_eq!(page.status, StatusCode::OK);
        for said in [
            "Everything was erased on 2 October 2026",
            "Email",
            "UK GDPR Art 21(3)",
            "audit --receipt",
        ] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        assert!(!page.body.contains("Ada") && !page.body.contains("lark.example"));
    }
    for (page, head) in [
        (&own, "/your-data/certificate/evt_"),
        (&by_code, "/certificate/receipt?"),
    ] {
        let link = page
            .body
            .split('"')
            .find(|it| it.starts_with(head))
            .unwrap()
            .replace("&amp;", "&")
            .replace("&#38;", "&");
        let kept = ask(
            house,
            "GET",
            &link,
            if head.starts_with("/your") { me } else { "" },
            "",
        )
        .await;
        assert!(
            kept.body.starts_with("c2sp.org/tlog-proof@v1\nextra "),
            "{link}: {}",
            kept.body
        );
    }
    let wrong = ask(
        house,
        "GET",
        "/certificate?code=0000-0000-0000-0000-0000",
        "",
        "",
    )
    .await;
    assert!(
        wrong
            .body
            .to_lowercase()
            .contains("we do not know this code"),
        "{}",
        wrong.body
    );
    let none = ask(house, "GET", "/certificate", "", "").await;
    assert!(
        none.body.contains("The code from our letter"),
        "{}",
        none.body
    );
}

#[tokio::test]
async fn the_page_of_a_person_opens_for_nobody_else() {
    let (house, _) = house();
    for page in [
        "/your-data",
        "/your-data/copy",
        "/your-data/leaving",
        "/vendor",
    ] {
        let got = ask(&house, "GET", page, "abide-you=0123; abide-job=job_1", "").await;
        assert_eq!(
            (got.status, got.to.as_str()),
            (StatusCode::SEE_OTHER, "/enter"),
            "{page}"
        );
    }
    assert_eq!(
        ask(&house, "GET", "/demo/person", "", "").await.status,
        StatusCode::NOT_FOUND,
        "only a demo hands out other people's links"
    );
}

#[tokio::test]
async fn one_click_takes_somebody_off_the_list() {
    let (house, desk) = house();
    let answers = [("name", "Ben Holm"), ("email", "ben@holm.example")]
        .map(|(i, t)| (i.to_owned(), t.to_owned()))
        .into();
    let ben = collect::signup::sign_up(
        &desk,
        &Visit::public(at("2026-10-01")),
        STAKEHOLDERS,
        &answers,
        "sign-up",
        None,
    )
    .unwrap();
    let token = uses::contact::opt_out_link(&desk, &staff("2026-10-01", Role::Lead), &ben).unwrap();
    let choices = || {
        desk::data::people(&desk, STAKEHOLDERS)
            .unwrap()
            .first()
            .unwrap()
            .choices
            .len()
    };

    let asked = ask(&house, "GET", &format!("/stop?code={token}"), "", "").await;
    assert!(asked.body.contains("Stop the messages"), "{}", asked.body);
    assert_eq!(choices(), 0, "to look at a link changes nothing");
    let done = ask(&house, "POST", "/stop", "", &format!("code={token}")).await;
    assert!(done.body.contains("You are off the list"), "{}", done.body);
    assert!(choices() > 0);
    let wrong = ask(&house, "POST", "/stop", "", "code=nonsense").await;
    assert!(
        wrong
            .body
            .to_lowercase()
            .contains("we do not know this code"),
        "{}",
        wrong.body
    );
}

#[tokio::test]
async fn a_complaint_and_a_question_are_taken_by_anybody() {
    let (house, desk) = house();
    let form = ask(&house, "GET", "/complain", "", "").await;
    assert!(
        form.body.contains("0303 123 1113"),
        "the regulator stands on the page before anything is sent"
    );
    let empty = ask(&house, "POST", "/complain", "", "words=").await;
    assert!(empty.body.contains("There is a problem"), "{}", empty.body);
    let done = ask(
        &house,
        "POST",
        "/complain",
        "",
        "words=Nobody+rang+me+back.&reply=ben%40holm.example&project=%233032",
    )
    .await;
    assert!(
        done.body.contains("We have your complaint") && done.body.contains("ico.org.uk"),
        "{}",
        done.body
    );
    let complaint = desk::complaints::list(&desk).unwrap().remove(0);
    assert_eq!(
        (complaint.project.as_str(), complaint.channel.as_str()),
        ("#3032", "page")
    );

    let form = "words=Please+send+me+a+copy+of+everything+you+hold+about+me.&reply=ben%40holm.example&project=%233032";
    let sent = ask(&house, "POST", "/contact", "", form).await;
    assert!(
        sent.body.contains("We have your message") && sent.body.contains("2 November 2026"),
        "{}",
        sent.body
    );
    let mail = desk::contact::inbox::list(&desk).unwrap().remove(0);
    assert_eq!(mail.projects, ["#3032"]);
    assert_eq!(mail.kinds, [desk::contact::triage::Kind::Access]);
}

#[tokio::test]
async fn in_a_demo_a_visitor_becomes_somebody_who_took_part() {
    let account = Account {
        name: "Dana Okoro".to_owned(),
        email: "dpo@demo.example".to_owned(),
        password: "made up".to_owned(),
        role: "data protection officer".to_owned(),
    };
    let (house, _) = house_with(vec![account]);
    signed_up(&house).await;
    let front = ask(&house, "GET", "/", "", "").await;
    assert!(front.body.contains("/demo/person"), "{}", front.body);
    let people = ask(&house, "GET", "/demo/person", "", "").await;
    assert!(!people.body.contains("Ada"), "{}", people.body);
    let who = people
        .body
        .split("name=\"who\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let come = ask(&house, "POST", "/demo/person", "", &format!("who={who}")).await;
    assert_eq!(come.to, "/your-data");
    let yours = ask(&house, "GET", "/your-data", &come.cookie, "").await;
    assert!(yours.body.contains("Ada Lark"), "{}", yours.body);
    let out = ask(&house, "POST", "/sign-out", &come.cookie, "").await;
    assert_eq!(out.to, "/", "whoever came by their own link can go again");
}
