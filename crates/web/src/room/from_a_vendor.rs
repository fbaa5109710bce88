//! A vendor comes by the link of one job, fetches the sound, hands in the words, and confirms that everything is gone.

use super::from_outside::{KINSHIP, ask, house, send, staff};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use desk::sharing::recipients::{self, NewRecipient};
use desk::sharing::vendor;
use desk::{Role, Visit, collect, uses};
use tower::ServiceExt;

#[tokio::test]
async fn a_vendor_fetches_hands_in_and_confirms() {
    let (house, desk) = house();
    let (lead, dpo) = (
        staff("2026-10-01", Role::Lead),
        staff("2026-10-01", Role::Dpo),
    );
    let answers = [("name", "Eli Stone"), ("email", "eli@stone.example")]
        .map(|(i, t)| (i.to_owned(), t.to_owned()))
        .into();
    let eli = collect::signup::sign_up(
        &desk,
        &Visit::public(lead.at),
        KINSHIP,
        &answers,
        "sign-up",
        None,
    )
    .unwrap();
    uses::consent::give(&desk, &Visit::person(lead.at, &eli), &eli, "form").unwrap();
    collect::interview::hold(&desk, &lead, &eli, "telephone").unwrap();
    let sound = [b"ID3".as_slice(), &vec![7; 700_000]].concat();
    let blob = collect::interview::record(&desk, &lead, &eli, &mut sound.as_slice(), "audio/mpeg")
        .unwrap();
    let new = NewRecipient {
        name: "Quill & Ear",
        class: "transcriber",
        role: "processor",
        country: "GB",
        safeguard: None,
        contract_until: None,
    };
    let quill = recipients::add(&desk, &dpo, &new).unwrap();
    recipients::review(&desk, &dpo, &quill, None).unwrap();
    recipients::assess(&desk, &dpo, &quill, "fine").unwrap();
    let sent = vendor::send(&desk, &lead, &blob, &quill, None).unwrap();

    let door = format!("/enter?code={}", sent.token);
    let led = ask(
        &house,
        "GET",
        &format!("/vendor?code={}", sent.token),
        "",
        "",
    )
    .await;
    assert_eq!(led.to, door, "a link opens the door and does not walk in");
    assert_eq!(led.cookie, "");
    let code = format!("code={}", sent.token);
    let come = ask(&house, "POST", "/enter", "", &code).await;
    assert_eq!(come.to, "/vendor", "the code leaves the address");
    let me = come.cookie;
    let job = ask(&house, "GET", "/vendor", &me, "").await.to;
    let page = ask(&house, "GET", &job, &me, "").await;
    assert!(
        page.body.contains("Delete the recording") && !page.body.contains("Eli"),
        "{}",
        page.body
    );
    let other = ask(
        &house,
        "GET",
        "/vendor/jobs/job_00000000000000000000000000000000",
        &me,
        "",
    )
    .await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);

    let request = Request::builder()
        .method("POST")
        .uri(format!("{job}/audio"))
        .header(header::COOKIE, &me)
        .body(Body::empty())
        .unwrap();
    let response = house.clone().oneshot(request).await.unwrap();
    let name = response.headers()[header::CONTENT_DISPOSITION]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        name.ends_with(".mp3\"") && !name.to_lowercase().contains("eli"),
        "{name}"
    );
    assert_eq!(
        to_bytes(response.into_body(), usize::MAX).await.unwrap(),
        sound
    );

    let early = ask(&house, "POST", &format!("{job}/deletion"), &me, "").await;
    assert_eq!(
        early.status,
        StatusCode::OK,
        "nothing is confirmed without the box"
    );
    let vtt = "WEBVTT\n\n00:00.000 --> 00:02.000\nI was nine.\n";
    let form = format!(
        "--x\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.vtt\"\r\n\r\n{vtt}\r\n--x--\r\n"
    );
    let handed = send(
        &house,
        "POST",
        &format!("{job}/transcript"),
        &me,
        "multipart/form-data; boundary=x",
        &form,
    )
    .await;
    assert_eq!(handed.to, job, "{}", handed.body);
    let text = desk::sharing::transcript::read(&desk, &staff("2026-10-02", Role::Lead), &sent.job)
        .unwrap();
    assert_eq!(text, "I was nine.");
    let page = ask(&house, "GET", &job, &me, "").await;
    assert!(
        page.body.contains("9 October 2026") && page.body.contains("7 days left"),
        "{}",
        page.body
    );

    let gone = ask(&house, "POST", &format!("{job}/deletion"), &me, "gone=yes").await;
    assert_eq!(gone.to, job, "{}", gone.body);
    let page = ask(&house, "GET", &job, &me, "").await;
    assert!(
        page.body.contains("You confirmed on 2 October 2026"),
        "{}",
        page.body
    );
    let again = ask(&house, "POST", &format!("{job}/audio"), &me, "").await;
    assert_eq!(
        again.status,
        StatusCode::FORBIDDEN,
        "once it is gone it is not handed out again"
    );
}
