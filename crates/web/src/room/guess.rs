//! Somebody guesses at passwords: it takes them longer each time, and whoever works here comes in all the same.

use super::tests::house;
use crate::app::{App, Clock, router};
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use desk::door::staff;
use desk::{Role, Visit};
use jiff::{SignedDuration, Timestamp};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

const RIGHT: &str = "a+long+password+for+a+test";
const DOROTHEA: &str = "dorothea%40example.org";
const HERE: [u8; 4] = [192, 0, 2, 1];

struct Hand(Mutex<Timestamp>);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

struct Door {
    app: App,
    hand: Arc<Hand>,
}

struct Came {
    status: StatusCode,
    /// How long to wait, where that is said.
    wait: Option<u64>,
    /// What the browser is to keep so that it is known.
    known: Option<String>,
    words: String,
}

impl Door {
    fn new() -> Self {
        let mut app = house(Role::Dpo).app;
        let hand = Arc::new(Hand(Mutex::new("2026-10-07T10:00:00Z".parse().unwrap())));
        app.clock = Arc::clone(&hand) as Arc<dyn Clock>;
        app.accounts = Arc::new(Vec::new());
        Self { app, hand }
    }

    fn later(&self, seconds: i64) {
        *self.hand.0.lock().unwrap() += SignedDuration::from_secs(seconds);
    }

    async fn knock(&self, name: &str, password: &str, from: [u8; 4], known: &str) -> Came {
        let mut request = Request::post("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, known)
            // Without encryption nobody stands in front of us, and what is said here counts for nothing.
            .header("x-forwarded-for", "203.0.113.77")
            .body(Body::from(format!("name={name}&password={password}")))
            .unwrap();
        let from = SocketAddr::new(IpAddr::from(from), 40_000);
        request.extensions_mut().insert(ConnectInfo(from));
        let said = router(self.app.clone()).oneshot(request).await.unwrap();
        let status = said.status();
        let head = said.headers().clone();
        let wait = head.get(header::RETRY_AFTER);
        let known = head
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|baked| baked.to_str().ok()?.split(';').next().map(str::to_owned))
            .find(|baked| baked.starts_with("abide-known="));
        let body = to_bytes(said.into_body(), usize::MAX).await.unwrap();
        Came {
            status,
            wait: wait.map(|said| said.to_str().unwrap().parse().unwrap()),
            known,
            words: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// So many wrong tries, none of which has to wait.
    async fn wrong(&self, times: usize, name: &str, known: &str) {
        for _ in 0..times {
            let came = self.knock(name, "not+this+one", HERE, known).await;
            assert_eq!(came.status, StatusCode::OK);
            assert!(came.words.contains("not right"));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_guesses_at_an_account_waits_longer_each_time() {
    let door = Door::new();
    door.wrong(5, DOROTHEA, "").await;
    // Even the right one is not looked at now, and nobody learns whether there is such an account.
    let came = door.knock(DOROTHEA, RIGHT, HERE, "").await;
    assert_eq!(
        (came.status, came.wait),
        (StatusCode::TOO_MANY_REQUESTS, Some(31))
    );
    assert!(
        came.words.contains("Try again in 30 seconds"),
        "{}",
        came.words
    );
    door.wrong(5, "nobody%40example.org", "").await;
    let nobody = door.knock("nobody%40example.org", RIGHT, HERE, "").await;
    assert_eq!(nobody.status, came.status);
    assert_eq!(
        nobody.words.replace("nobody@", ""),
        came.words.replace("dorothea@", "")
    );
    // Asking while it waits makes it no longer.
    door.later(31);
    for wait in [61, 121, 241, 481, 901, 901] {
        door.wrong(1, DOROTHEA, "").await;
        let came = door.knock(DOROTHEA, RIGHT, HERE, "").await;
        assert_eq!(
            (came.status, came.wait),
            (StatusCode::TOO_MANY_REQUESTS, Some(wait))
        );
        door.later(i64::try_from(wait).unwrap());
    }
    // A quarter of an hour is the longest; then the right one opens, and what was counted is forgotten.
    let came = door.knock(DOROTHEA, RIGHT, HERE, "").await;
    assert_eq!(came.status, StatusCode::SEE_OTHER);
    door.wrong(3, DOROTHEA, "").await;
    assert_eq!(
        door.knock(DOROTHEA, RIGHT, HERE, "").await.status,
        StatusCode::SEE_OTHER
    );
    door.app.desk.vault().integrate(door.app.now()).unwrap();
    assert!(door.app.desk.vault().verify(None).unwrap().verifies());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_who_guesses_keeps_nobody_out() {
    let door = Door::new();
    let known = door.knock(DOROTHEA, RIGHT, HERE, "").await.known.unwrap();
    door.wrong(5, DOROTHEA, "").await;
    let stranger = door.knock(DOROTHEA, RIGHT, HERE, "").await;
    assert_eq!(stranger.status, StatusCode::TOO_MANY_REQUESTS);
    let own = door.knock(DOROTHEA, RIGHT, HERE, &known).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER);
    // That does not open the door to the stranger, nor does a browser that nobody knows, or that is known for another account.
    let made_up = format!("abide-known={0}.{0}", "0".repeat(64));
    for kept in ["", made_up.as_str()] {
        let came = door.knock(DOROTHEA, RIGHT, HERE, kept).await;
        assert_eq!(came.status, StatusCode::TOO_MANY_REQUESTS);
    }
    door.wrong(5, "nobody%40example.org", &known).await;
    let other = door
        .knock("nobody%40example.org", RIGHT, HERE, &known)
        .await;
    assert_eq!(other.status, StatusCode::TOO_MANY_REQUESTS);
    // A sign-in link opens while everything else waits.
    let desk = &door.app.desk;
    let member = staff::all(desk).unwrap().remove(0).id;
    let visit = Visit::system(door.app.now(), "test");
    let code = staff::sign_in_link(desk, &visit, &member).unwrap();
    let request = Request::post("/enter")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("code={code}")))
        .unwrap();
    let came = router(door.app.clone()).oneshot(request).await.unwrap();
    assert_eq!(came.status(), StatusCode::SEE_OTHER);
    // A browser that was taken along guesses no longer than any other.
    door.wrong(5, DOROTHEA, &known).await;
    let taken = door.knock(DOROTHEA, RIGHT, HERE, &known).await;
    assert_eq!(taken.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_tries_many_accounts_waits_at_the_address() {
    let door = Door::new();
    for n in 0..20 {
        door.wrong(1, &format!("person-{n}%40example.org"), "")
            .await;
    }
    let came = door.knock(DOROTHEA, RIGHT, HERE, "").await;
    assert_eq!(came.status, StatusCode::TOO_MANY_REQUESTS);
    let elsewhere = door.knock(DOROTHEA, RIGHT, [192, 0, 2, 2], "").await;
    assert_eq!(elsewhere.status, StatusCode::SEE_OTHER);
    // Somebody with an account of their own does not begin anew by signing in; a day does.
    let came = door.knock(DOROTHEA, "not+this+one", HERE, "").await;
    assert_eq!(came.status, StatusCode::TOO_MANY_REQUESTS);
    door.later(24 * 3600);
    door.wrong(1, "person-1%40example.org", "").await;
    assert_eq!(
        door.knock(DOROTHEA, RIGHT, HERE, "").await.status,
        StatusCode::SEE_OTHER
    );
}
