//! PR-05 and the shapes mail comes in: encoded, in old alphabets, quoted, forwarded, from machines, from strangers.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a fixture that cannot be made must fail"
)]

use desk::contact::triage::{Kind, Known, Proposal, triage};
use jiff::civil::date;
use notice::model::Notice;

fn notices() -> Vec<Notice> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../notices/");
    ["care-leavers-people", "kinship-care-stakeholders"]
        .iter()
        .map(|name| {
            #[expect(
                clippy::disallowed_methods,
                reason = "a test reads the notices that come with the project"
            )]
            let text = std::fs::read_to_string(format!("{folder}{name}.notice.md")).unwrap();
            notice::parse(&text)
                .notice
                .expect("our own notices can be read")
        })
        .collect()
}

fn hear(raw: &str) -> Proposal {
    hear_bytes(raw.replace('\n', "\r\n").as_bytes(), &[])
}

fn hear_bytes(raw: &[u8], people: &[Known]) -> Proposal {
    let notices = notices();
    let notices: Vec<&Notice> = notices.iter().collect();
    triage(raw, &notices, people, None)
}

fn plain(subject: &str, body: &str) -> String {
    format!(
        "From: Ada <ada@example.org>\nDate: Fri, 20 Nov 2026 10:00:00 +0000\nSubject: {subject}\n\n{body}\n"
    )
}

#[test]
fn a_project_is_found_however_it_is_quoted_and_only_then() {
    let cases = [
        ("#3032", "hello", "#3032"),
        ("hello", "This is about #3032.", "#3032"),
        ("hello", "(#3032)", "#3032"),
        ("hello", "about # 3032 please", "#3032"),
        ("hello", "about ＃３０３２ please", "#3032"),
        ("hello", "ref 3032", "#3032"),
        ("hello", "Ref: 3032", "#3032"),
        ("hello", "project 3032", "#3032"),
        ("hello", "study no. 3032", "#3032"),
        ("hello", "reference number 3032, thanks", "#3032"),
        ("hello", "the 3032 study", "#3032"),
        ("3032", "hello", "#3032"),
        ("hello", "projects 3032 and 3035", "#3032 #3035"),
        ("hello", "#3032/#3035", "#3032 #3035"),
        ("hello", "#3032, #3035", "#3032 #3035"),
        (
            "hello",
            "#3032\n\nKind regards\nAda\n0161 496 0000",
            "#3032",
        ),
        ("hello", "Kind regards\nAda\nRef #3035", "#3035"),
        ("Care Leaver Emotional Wellbeing", "hello", "#3032"),
        (
            "hello",
            "about EMOTIONAL WELLBEING OF CARE LEAVERS",
            "#3032",
        ),
        (
            "hello",
            "the *care leavers* emotional well-being thing",
            "#3032",
        ),
        ("hello", "care leaver's emotional well being", "#3032"),
        ("hello", "Care Leaver Emotinal Welbeing", "#3032"),
        (
            "hello",
            "\"Kinship Care & Special Guardianship Orders\"",
            "#3035",
        ),
        (
            "hello",
            "kinship care and special guardianship order",
            "#3035",
        ),
        (
            "hello",
            "Kinship Care\nand Special  Guardianship Orders",
            "#3035",
        ),
        (
            "hello",
            "kinship-care + special-guardianship-orders",
            "#3035",
        ),
        ("hello", "your kinship care study", "#3035"),
        (
            "#3032 and kinship care & special guardianship orders",
            "hello",
            "#3032 #3035",
        ),
        ("hello", "#30325", ""),
        ("hello", "#3032ff", ""),
        ("hello", "#13032", ""),
        ("hello", "it cost £3032", ""),
        ("hello", "it cost 3032 pounds", ""),
        ("hello", "it cost #3032.50", ""),
        ("hello", "ring 0161 496 3032", ""),
        ("hello", "ring 3032 496 1000", ""),
        ("hello", "order number 3032", ""),
        ("hello", "invoice ref 3032", ""),
        ("hello", "I live at VIC 3032", ""),
        ("hello", "kinship care is hard, and so is guardianship", ""),
        ("hello", "I care about wellbeing", ""),
    ];
    for (subject, body, wanted) in cases {
        let got = hear(&plain(subject, body)).projects.join(" ");
        assert_eq!(got, wanted, "{subject} / {body}");
    }
}

#[test]
fn a_mail_is_read_in_whatever_shape_it_comes() {
    let head =
        "From: Ada <ada@example.org>\nDate: Fri, 20 Nov 2026 23:30:00 -0500\nMIME-Version: 1.0\n";
    let cases = [
        format!("{head}Subject: =?utf-8?B?UGxlYXNlIGRlbGV0ZSBteSBkYXRh?=\n\n(see above)"),
        format!("{head}Subject: =?iso-8859-1?Q?Please_delete_my_data=2C_Zo=EB?=\n\n."),
        format!(
            "{head}Subject: hi\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nUGxlYXNlIGRlbGV0ZSBteSBkYXRh\n"
        ),
        format!(
            "{head}Subject: hi\nContent-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\nI=92d like you to dele=\nte my data\n"
        ),
        format!(
            "{head}Subject: hi\nContent-Type: text/html; charset=utf-8\n\n<html><head><style>p{{color:#3032ff}}</style></head><body><div>Hello</div><p>Please <b>delete</b>&nbsp;my data</p></body></html>"
        ),
        format!(
            "{head}Subject: hi\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease delete my data\n--b\nContent-Type: text/html\n\n<p>Please delete my data</p>\n--b--\n"
        ),
        format!(
            "{head}Subject: hi\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nsee below\n--b\nContent-Type: message/rfc822\n\nFrom: x@example.org\nSubject: for you\n\nPlease delete my data\n--b--\n"
        ),
        format!(
            "{head}Subject: Fwd: message\n\nOne for you.\n\n---------- Forwarded message ---------\nFrom: Ben <ben@example.org>\nDate: Thu\nSubject: hi\nTo: Ada\n\nPlease delete my data\n"
        ),
    ];
    for raw in cases {
        let proposal = hear(&raw);
        assert_eq!(proposal.kinds, [Kind::Erasure], "{raw}");
        // Half past eleven at night in New York is the next day in London.
        assert_eq!(proposal.received, Some(date(2026, 11, 21)));
        assert_eq!(proposal.due, Some(date(2026, 12, 21)));
        assert!(!proposal.automatic);
    }
}

#[test]
fn what_is_quoted_back_signed_or_printed_small_is_not_what_they_say() {
    let cases = [
        "Thanks, will do.\n\nOn Mon, 2 Nov 2026 at 10:00, DPO <dpo@whatworks-csc.org.uk> wrote:\n> Would you like us to delete your data? #3035\n",
        "Thanks, will do.\n\nOn Mon, 2 Nov 2026 at 10:00, Data Protection\n<dpo@whatworks-csc.org.uk> wrote:\n\nPlease delete my data\n",
        "Thanks, will do.\n\n-----Original Message-----\nFrom: DPO\nPlease delete my data\n",
        "Thanks, will do.\n\nFrom: DPO <dpo@whatworks-csc.org.uk>\nSent: 2 November 2026\nTo: Ada\nSubject: data\n\nPlease delete my data\n",
        "Thanks, will do.\n\n---------- Forwarded message ---------\nFrom: DPO <dpo@whatworks-csc.org.uk>\nSubject: data\n\nPlease delete my data\n",
        "Thanks, will do.\n\nKind regards\nAda\n\nIf you are not the intended recipient please delete this email and tell us. It may contain personal data.\n",
    ];
    for body in cases {
        let proposal = hear(&plain("Re: your data", body));
        assert!(
            proposal.kinds.is_empty() && proposal.projects.is_empty(),
            "{body}: {:?} {:?}",
            proposal.kinds,
            proposal.projects
        );
    }
    let below = "> Would you like a copy?\n\nNo thank you. But please delete my data.\n";
    assert_eq!(hear(&plain("Re: your data", below)).kinds, [Kind::Erasure]);
    let postscript = "Lovely to meet you.\n\nBest wishes\nAda\n\nPS please delete my data\n";
    assert_eq!(hear(&plain("hello", postscript)).kinds, [Kind::Erasure]);
}

#[test]
fn machines_are_known_by_what_they_say_of_themselves() {
    let automatic = [
        "From: x@example.org\nAuto-Submitted: auto-replied\nSubject: Re: your request\n\nPlease delete my data\n",
        "From: MAILER-DAEMON@example.org\nReturn-Path: <>\nSubject: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease delete my data\n--b--\n",
        "From: x@example.org\nSubject: Out of office: #3032\n\nBack soon.\n",
        "From: x@example.org\nSubject: Accepted: Interview\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n--b--\n",
        "From: news@example.org\nList-Id: <news.example.org>\nSubject: This month\n\nAll our stories.\n",
    ];
    for raw in automatic {
        let proposal = hear(raw);
        assert!(proposal.automatic, "{raw}");
        assert_eq!(proposal.kinds, [Kind::Automatic], "{raw}");
        assert_eq!(proposal.due, None);
    }
    let form = hear(
        "From: forms@example.org\nAuto-Submitted: auto-generated\nDate: Fri, 20 Nov 2026 10:00:00 +0000\nSubject: Contact form\n\nPlease delete my data\n",
    );
    assert!(form.automatic);
    assert_eq!(form.kinds, [Kind::Erasure]);
}

#[test]
fn identity_is_asked_for_only_where_it_is_in_doubt() {
    let ada = Known {
        emails: vec!["Ada@Example.org".to_owned()],
        projects: vec!["#3032".to_owned()],
        ..Known::default()
    };
    let cases = [
        ("Please send me a copy of my data", true, false),
        ("Please send me a copy of my data", false, true),
        ("Please send me a copy of my son's data", true, true),
        ("Please stop emailing me", false, false),
        ("How long do you keep recordings?", false, false),
    ];
    for (body, known, wanted) in cases {
        let people: &[Known] = if known {
            std::slice::from_ref(&ada)
        } else {
            &[]
        };
        let proposal = hear_bytes(plain("hello", body).as_bytes(), people);
        assert_eq!(proposal.identity_check, wanted, "{body}, known: {known}");
        assert_eq!(proposal.sender_known, known);
    }
    let elsewhere = plain("hello", "Please send me a copy of my data")
        .replace("Date:", "Reply-To: other@example.net\nDate:");
    assert!(hear_bytes(elsewhere.as_bytes(), &[ada]).identity_check);
}

#[test]
fn the_reasons_quote_nobody() {
    let raw = plain(
        "Zebra",
        "Please send Xanthippe a copy of my data about quagga asthma, #3032. I want to complain.",
    );
    let proposal = hear(&raw);
    assert!(proposal.complaint && !proposal.why.is_empty());
    for word in ["Zebra", "Xanthippe", "quagga", "asthma", "ada@", "Ada"] {
        assert!(!proposal.why.join(" ").contains(word), "{word}");
    }
}

#[test]
fn no_bytes_are_too_odd_to_read() {
    for raw in [
        &b""[..],
        b"\xff\xfe\x00",
        b"Subject:",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x",
        b"<<<<>>>&#xffffffff;",
    ] {
        assert_eq!(hear_bytes(raw, &[]).due, None);
    }
    let long = plain("hi", &"delete my data. ".repeat(200_000));
    assert_eq!(hear(&long).kinds, [Kind::Erasure]);
}
