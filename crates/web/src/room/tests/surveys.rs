//! A survey from its first question to an answer that was taken back, as browsers without a script would do it.

use super::{House, house};
use axum::http::StatusCode;
use desk::collect::survey::draft;
use desk::collect::survey::form::build::Change;
use desk::collect::survey::form::{Kind, Question};
use desk::{Desk, Role, Visit};

const VIEWS: &str = "/survey/kinship-care-stakeholders/views";

/// A survey that is being built, for whoever walks through the rooms.
pub(super) fn drafted(desk: &Desk, visit: &Visit) {
    let (notice, name) = ("care-leavers-stakeholders", "stakeholder-survey");
    let built = draft::begin(desk, visit, notice, name, "How it goes").unwrap();
    let question = Question {
        id: String::new(),
        words: "Where do you work?".to_owned(),
        hint: String::new(),
        item: "council".to_owned(),
        kind: Kind::Line,
        required: false,
        only_if: None,
    };
    draft::change(desk, visit, &built, &Change::Add(0, question)).unwrap();
}

/// The text behind a name in a page's facts.
fn code(html: &str) -> String {
    let (_, rest) = html.split_once("Your code").unwrap();
    let words = rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let code = words
        .into_iter()
        .find(|it| it.len() == 24 && it.contains('-'));
    code.unwrap().to_owned()
}

async fn done(house: &House, path: &str, pairs: &[(&str, &str)]) -> String {
    let (status, to) = house.post(path, pairs).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {to}");
    to
}

async fn shown(house: &House, path: &str, pairs: &[(&str, &str)]) -> String {
    let (status, html) = house.post(path, pairs).await;
    assert_eq!(status, StatusCode::OK, "{path}: {html}");
    html
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_survey_is_built_put_out_answered_broken_off_and_taken_back() {
    let house = house(Role::Dpo);
    let list = "/desk/projects/3035/surveys";
    let which = ("which", "kinship-care-stakeholders views");
    let own = done(&house, list, &[which, ("title", "What would help")]).await;
    let add = format!("{own}/parts/0/questions/new");
    let question = |words, item, kind| vec![("words", words), ("item", item), ("kind", kind)];
    let (status, html) = house
        .post(&add, &question("Who are you?", "email", "line"))
        .await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(html.contains("could say who answers"), "{html}");
    assert!(html.contains("Who are you?"), "what was typed is lost");
    let mut first = question("Do you care for somebody?", "views", "one");
    first.extend([("choices", "Yes\nNo"), ("required", "yes")]);
    done(&house, &add, &first).await;
    let mut second = question("What would help most?", "views", "long");
    second.push(("only", "q1 is 0"));
    done(&house, &add, &second).await;
    done(
        &house,
        &format!("{own}/parts/new"),
        &[("title", "And more")],
    )
    .await;
    let (_, html) = house.get(&own).await;
    for words in [
        "Nothing is asked in the part",
        "Only for those who answered “Yes” to “Do you care for somebody?”",
        "may name somebody in this open box",
    ] {
        assert!(html.contains(words), "{words} in {html}");
    }
    assert!(!html.contains("Put it out"));
    let more = format!("{own}/parts/1/questions/new");
    done(&house, &more, &question("Anything else?", "views", "line")).await;
    let steps = format!("{own}/steps");
    done(&house, &steps, &[("step", "up"), ("question", "q2")]).await;
    done(&house, &steps, &[("step", "down"), ("question", "q2")]).await;
    let (_, html) = house.get(&format!("{own}/preview")).await;
    assert!(html.contains("Do you care") && !html.contains("What would help most?"));
    let html = shown(&house, &format!("{own}/preview"), &[("q1", "0")]).await;
    assert!(html.contains("What would help most?"));
    let (status, _) = house.get(VIEWS).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "it is not out");
    done(&house, &steps, &[("step", "out")]).await;

    // Somebody answers.
    let (status, html) = house.get(VIEWS).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("nobody can tell who answered"));
    assert!(!html.contains("Anything else?"), "one part a page");
    let html = shown(&house, VIEWS, &[("at", "0"), ("seen", "q1")]).await;
    assert!(html.contains("Answer this question."));
    let html = shown(&house, VIEWS, &[("at", "0"), ("seen", "q1"), ("q1", "0")]).await;
    assert!(
        html.contains("What would help most?"),
        "it concerns them now"
    );
    assert!(!html.contains("There is a problem"));
    let both = [
        ("at", "0"),
        ("seen", "q1"),
        ("seen", "q2"),
        ("q1", "0"),
        ("q2", "A place to talk"),
    ];
    let html = shown(&house, VIEWS, &both).await;
    assert!(html.contains("Anything else?") && html.contains("Part 2 of 2"));
    // They stop, and go on elsewhere.
    let mut kept = vec![("at", "1"), ("seen", "q3"), ("q1", "0")];
    kept.extend([("q2", "A place to talk"), ("do", "save")]);
    let html = shown(&house, VIEWS, &kept).await;
    let back = code(&html);
    let html = shown(&house, "/survey/back", &[("code", &back)]).await;
    assert!(
        html.contains("Anything else?"),
        "where they stopped: {html}"
    );
    assert!(html.contains("A place to talk"), "what they said is lost");
    let html = shown(
        &house,
        "/survey/back",
        &[("code", &back), ("at", "1"), ("do", "back")],
    )
    .await;
    assert!(html.contains("Do you care"));
    // They say otherwise: what hung on it is not kept.
    let html = shown(
        &house,
        "/survey/back",
        &[
            ("code", &back),
            ("at", "0"),
            ("seen", "q1"),
            ("seen", "q2"),
            ("q1", "1"),
            ("q2", "A place to talk"),
        ],
    )
    .await;
    assert!(html.contains("Anything else?") && !html.contains("What would help most?"));
    let html = shown(
        &house,
        "/survey/back",
        &[
            ("code", &back),
            ("at", "1"),
            ("seen", "q3"),
            ("q1", "1"),
            ("q3", "No"),
        ],
    )
    .await;
    assert!(html.contains("Your answers have been sent"), "{html}");
    assert!(html.contains("was not kept"), "{html}");
    let undo = code(&html);
    let (status, _) = house.post("/survey/back", &[("code", &back)]).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "it has been sent");
    let (_, html) = house.get(&own).await;
    assert!(html.contains("The one link for everybody"));
    let (_, html) = house.get(&format!("{own}/checks")).await;
    assert!(html.contains("There is one link for everybody") && !html.contains("Broken"));
    let html = shown(&house, &format!("{own}/results"), &[]).await;
    assert!(html.contains("Nothing is shown before"));
    let html = shown(&house, "/survey/undo", &[("code", &undo)]).await;
    assert!(html.contains("Your answers are erased"));
    let html = shown(&house, "/survey/undo", &[("code", &undo)]).await;
    assert!(html.contains("taken back already"));
    done(&house, &steps, &[("step", "close")]).await;
    let (status, _) = house.get(VIEWS).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let next = done(&house, &steps, &[("step", "again")]).await;
    assert_ne!(next, own);
    let list = done(&house, &format!("{next}/steps"), &[("step", "discard")]).await;
    assert_eq!(list, "/desk/projects/3035/surveys");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_named_survey_is_answered_by_ones_own_link_after_saying_yes() {
    let house = house(Role::Dpo);
    let published = house.app.desk.notice("care-leavers-stakeholders").unwrap();
    let number = published
        .notice
        .reference
        .trim_start_matches('#')
        .to_owned();
    let all = draft::list(&house.app.desk, &published.notice.reference).unwrap();
    let own = format!("/desk/surveys/{}", all[0].id);
    let (_, html) = house.get(&format!("/desk/projects/{number}/surveys")).await;
    assert!(html.contains("How it goes"));
    done(
        &house,
        &format!("{own}/steps"),
        &[("step", "remove"), ("question", "q1")],
    )
    .await;
    let add = format!("{own}/parts/0/questions/new");
    let (status, html) = house
        .post(
            &add,
            &[
                ("words", "Your faith?"),
                ("item", "religion"),
                ("kind", "line"),
            ],
        )
        .await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(
        html.contains("The notice does not say you collect"),
        "{html}"
    );
    done(
        &house,
        &add,
        &[
            ("words", "Where do you work?"),
            ("item", "council"),
            ("kind", "line"),
        ],
    )
    .await;
    done(&house, &format!("{own}/steps"), &[("step", "out")]).await;
    let person = desk::data::people(&house.app.desk, "care-leavers-stakeholders").unwrap();
    let html = shown(
        &house,
        &format!("{own}/links"),
        &[("person", &person[0].holding)],
    )
    .await;
    let (_, rest) = html.split_once("/survey/own?code=").unwrap();
    let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    let (status, html) = house.get(&format!("/survey/own?code={token}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("I agree to take part"));
    let mut said = vec![
        ("code", token.as_str()),
        ("at", "0"),
        ("seen", "q2"),
        ("q2", "Leeds"),
    ];
    let html = shown(&house, "/survey/own", &said).await;
    assert!(html.contains("Tick this if you agree"), "{html}");
    assert!(html.contains("Leeds"), "what they said is lost");
    said.push(("agree?", "yes"));
    let html = shown(&house, "/survey/own", &said).await;
    assert!(html.contains("Your answers have been sent"), "{html}");
    assert!(!html.contains("Your code"));
    let (status, html) = house.post("/survey/own", &said).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "twice: {html}");
    let (status, to) = house.post("/enter", &[("code", &token)]).await;
    assert_eq!(
        (status, to.starts_with("/survey/own?code=")),
        (StatusCode::SEE_OTHER, true)
    );
}
