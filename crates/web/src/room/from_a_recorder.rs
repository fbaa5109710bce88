//! A long recording comes in over a line that breaks, and is listened to part by part.

use super::tests::{House, house};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use desk::Role;
use tower::ServiceExt;

struct Got {
    status: StatusCode,
    head: HeaderMap,
    body: Vec<u8>,
}

impl Got {
    fn head(&self, name: &str) -> &str {
        self.head.get(name).map_or("", |it| it.to_str().unwrap())
    }
}

async fn call(house: &House, method: &str, to: &str, head: &[(&str, &str)], body: Body) -> Got {
    let mut request = Request::builder()
        .method(method)
        .uri(to)
        .header(header::COOKIE, &house.cookie);
    for (name, value) in head {
        request = request.header(*name, *value);
    }
    let router = crate::app::router(house.app.clone());
    let response = router.oneshot(request.body(body).unwrap()).await.unwrap();
    Got {
        status: response.status(),
        head: response.headers().clone(),
        body: to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap()
            .to_vec(),
    }
}

fn sound() -> Vec<u8> {
    (0..3_000_000_u32)
        .map(|n| (n / 7).wrapping_mul(n) as u8)
        .collect()
}

const PIECE: (&str, &str) = ("content-type", "application/offset+octet-stream");
const MP3: (&str, &str) = ("upload-metadata", "filename eA==,filetype YXVkaW8vbXBlZw==");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recording_comes_in_pieces_and_goes_on_where_it_was() {
    let house = house(Role::Dpo);
    let sound = sound();
    let begin = format!("/desk/interviews/{}/arrivals", house.person);
    let can = call(&house, "OPTIONS", &begin, &[], Body::empty()).await;
    assert_eq!(can.head("tus-extension"), "creation,termination");
    let size = ("upload-length", "3000000");
    for (head, status) in [
        (vec![MP3], StatusCode::BAD_REQUEST),
        (vec![size], StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (
            vec![size, ("upload-metadata", "filetype dGV4dC9odG1s")],
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            vec![("upload-length", "99999999999999"), MP3],
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            vec![size, MP3, ("tus-resumable", "0.2.0")],
            StatusCode::PRECONDITION_FAILED,
        ),
    ] {
        let got = call(&house, "POST", &begin, &head, Body::empty()).await;
        assert_eq!(got.status, status, "{head:?}");
    }
    let begun = call(&house, "POST", &begin, &[size, MP3], Body::empty()).await;
    assert_eq!(begun.status, StatusCode::CREATED);
    assert_eq!(begun.head("tus-resumable"), "1.0.0");
    let to = begun.head("location").to_owned();

    let mut at = 0;
    for next in [1_500_000, 1_500_001, 2_999_999] {
        let offset = at.to_string();
        let head = [PIECE, ("upload-offset", offset.as_str())];
        let body = Body::from(sound[at..next].to_vec());
        let got = call(&house, "PATCH", &to, &head, body).await;
        assert_eq!(got.status, StatusCode::NO_CONTENT);
        assert_eq!(got.head("upload-offset"), next.to_string());
        let got = call(&house, "HEAD", &to, &[], Body::empty()).await;
        assert_eq!(got.head("upload-offset"), next.to_string());
        assert_eq!(
            (got.head("upload-length"), got.head("cache-control")),
            ("3000000", "no-store")
        );
        at = next;
    }
    let page = call(
        &house,
        "GET",
        &begin.replace("/arrivals", ""),
        &[],
        Body::empty(),
    )
    .await;
    let page = String::from_utf8(page.body).unwrap();
    assert!(
        page.contains("3 of 3 MB have arrived") && page.contains("Give it up"),
        "{page}"
    );
    let wrong = [PIECE, ("upload-offset", "17")];
    let got = call(&house, "PATCH", &to, &wrong, Body::from("x")).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    let last = [PIECE, ("upload-offset", "2999999")];
    let got = call(&house, "PATCH", &to, &last, Body::from("xx")).await;
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE);
    let got = call(
        &house,
        "PATCH",
        &to,
        &last,
        Body::from(sound[at..].to_vec()),
    )
    .await;
    assert_eq!(
        (got.status, got.head("upload-offset")),
        (StatusCode::NO_CONTENT, "3000000")
    );
    // The answer may have got lost: asked again, it says the same.
    let got = call(&house, "HEAD", &to, &[], Body::empty()).await;
    assert_eq!(
        (got.status, got.head("upload-offset")),
        (StatusCode::OK, "3000000")
    );

    listen(&house, to.rsplit('/').next().unwrap(), &sound).await;

    let begun = call(&house, "POST", &begin, &[size, MP3], Body::empty()).await;
    let to = begun.head("location").to_owned();
    let first = [PIECE, ("upload-offset", "0")];
    call(&house, "PATCH", &to, &first, Body::from("half")).await;
    let got = call(&house, "DELETE", &to, &[], Body::empty()).await;
    assert_eq!(got.status, StatusCode::NO_CONTENT);
    let got = call(&house, "HEAD", &to, &[], Body::empty()).await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
}

async fn listen(house: &House, blob: &str, sound: &[u8]) {
    let listened = || {
        let filter = store::Filter {
            verb: "read".into(),
            ..store::Filter::default()
        };
        house
            .app
            .desk
            .vault()
            .store()
            .entries(&filter)
            .unwrap()
            .len()
    };
    let page = format!("/desk/interviews/{}/recordings/{blob}", house.person);
    let asks = call(house, "GET", &page, &[], Body::empty()).await;
    let asks = String::from_utf8(asks.body).unwrap();
    assert!(
        asks.contains("What do you need it for?") && asks.contains("understand"),
        "{asks}"
    );
    let open = format!("{page}/listenings");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let before = listened();
    let got = call(
        house,
        "POST",
        &open,
        &[form],
        Body::from("purpose=understand"),
    )
    .await;
    let html = String::from_utf8(got.body).unwrap();
    assert_eq!(got.status, StatusCode::OK, "{html}");
    let src = html
        .split('"')
        .find(|it| it.starts_with("/desk/recordings/"))
        .unwrap()
        .to_owned();
    let whole = call(house, "GET", &src, &[], Body::empty()).await;
    assert!(whole.status == StatusCode::OK && whole.body == sound);
    assert_eq!(
        (
            whole.head("content-type"),
            whole.head("accept-ranges"),
            whole.head("content-length")
        ),
        ("audio/mpeg", "bytes", "3000000")
    );
    for (range, from, to) in [
        ("bytes=0-9", 0, 10),
        ("bytes=1048570-2097160", 1_048_570, 2_097_161),
        ("bytes=-5", 2_999_995, 3_000_000),
    ] {
        let got = call(house, "GET", &src, &[("range", range)], Body::empty()).await;
        assert_eq!(got.status, StatusCode::PARTIAL_CONTENT);
        assert_eq!(
            got.head("content-range"),
            format!("bytes {from}-{}/3000000", to - 1)
        );
        assert!(got.body == sound[from..to], "{range}");
    }
    let past = call(
        house,
        "GET",
        &src,
        &[("range", "bytes=3000000-")],
        Body::empty(),
    )
    .await;
    assert_eq!(
        (past.status, past.head("content-range")),
        (StatusCode::RANGE_NOT_SATISFIABLE, "bytes */3000000")
    );
    let other = [("range", "bytes=0-9"), ("if-range", "\"another\"")];
    let got = call(house, "GET", &src, &other, Body::empty()).await;
    assert_eq!((got.status, got.body.len()), (StatusCode::OK, 3_000_000));
    assert_eq!(listened(), before + 1, "one entry for one opening");

    for wrong in [
        src.replace("/sound/", "/sound/9"),
        src.replace("understand", "invite"),
    ] {
        let got = call(house, "GET", &wrong, &[], Body::empty()).await;
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{wrong}");
    }
    let got = call(house, "POST", &open, &[form], Body::from("purpose=")).await;
    assert_eq!(got.status, StatusCode::FORBIDDEN, "not without a purpose");
}
