//! The three notices received: everything in them is found, and nothing that is not.

use notice::import::{Draft, Summary};

use crate::{is_well_made, only, shared};

fn read(name: &str) -> Option<Draft> {
    let text = shared(&format!("source-notices/{name}.txt"))?;
    let draft = only(&text);
    is_well_made(&draft);
    Some(draft)
}

#[track_caller]
fn has(list: &[String], wanted: &[&str]) {
    let lower: Vec<String> = list.iter().map(|w| w.to_lowercase()).collect();
    for word in wanted {
        assert!(
            lower.iter().any(|w| w.contains(word)),
            "no `{word}` in {list:#?}"
        );
    }
}

fn bases(summary: &Summary) -> Vec<Option<&str>> {
    summary
        .purposes
        .iter()
        .map(|p| p.basis.as_deref())
        .collect()
}

fn offered(summary: &Summary) -> usize {
    summary
        .unsure
        .iter()
        .filter(|d| d.field == "purposes" && d.offer.is_some())
        .count()
}

fn common(summary: &Summary, dated: &str) {
    assert_eq!(
        summary.emails,
        ["dpo@theevidencequarter.com", "dpo@whatworks-csc.org.uk"]
    );
    assert_eq!(
        summary.regulator.as_deref(),
        Some("Information Commissioner's Office (ICO)")
    );
    assert_eq!(summary.last_modified.as_deref(), Some(dated));
    let rights = [
        "access",
        "rectify",
        "erase",
        "restrict",
        "object",
        "portability",
        "withdraw-consent",
        "automated-decisions",
        "complain",
    ];
    assert_eq!(summary.rights, rights);
    assert!(summary.transfers.stated);
    has(&summary.controllers, &["what works for children"]);
}

#[test]
fn stakeholders() {
    let Some(draft) = read("care-leaver-wellbeing_stakeholders") else {
        return;
    };
    let s = &draft.summary;
    common(s, "2023-08-23");
    assert_eq!(s.reference.as_deref(), Some("#3032"));
    has(&s.controllers, &["mcpin"]);
    assert_eq!(s.controllers.len(), 2, "{:?}", s.controllers);
    has(
        &s.data,
        &[
            "name",
            "email",
            "job title",
            "employer",
            "council",
            "personal information",
        ],
    );
    assert_eq!(s.data.len(), 6);
    let f = Some("6(1)(f)");
    assert_eq!(
        bases(s),
        [
            Some("6(1)(e)"),
            f,
            None,
            f,
            None,
            None,
            None,
            None,
            Some("6(1)(c)")
        ]
    );
    assert_eq!(offered(s), 5);
    has(
        &s.recipients,
        &[
            "research partners",
            "storage and communications",
            "survey platform",
        ],
    );
    assert_eq!(s.retention.len(), 1, "{:?}", s.retention);
    let kept = s.retention.first().unwrap();
    assert_eq!(
        (kept.anchor.as_deref(), kept.period.as_deref()),
        (Some("project_end"), Some("P2Y"))
    );
    let safe = s.transfers.safeguards.join(" ").to_lowercase();
    assert!(
        safe.contains("adequacy") && safe.contains("clauses"),
        "{safe}"
    );
    assert!(
        s.sources.iter().any(|o| o.kind == "secondary")
            && s.sources.iter().any(|o| o.kind == "primary")
    );
}

#[test]
fn service_users() {
    let Some(draft) = read("care-leaver-wellbeing_service-users") else {
        return;
    };
    let s = &draft.summary;
    common(s, "2023-08-23");
    has(
        &s.data,
        &[
            "age",
            "gender",
            "phone",
            "job title",
            "health",
            "ethnic",
            "sexual orientation",
            "disability",
            "interview",
        ],
    );
    has(
        &s.special,
        &["health", "race", "ethnicity", "sexual-orientation"],
    );
    let f = Some("6(1)(f)");
    assert_eq!(
        bases(s),
        [Some("6(1)(e)"), None, f, None, None, f, f, Some("6(1)(c)")]
    );
    assert_eq!(offered(s), 3);
    has(
        &s.recipients,
        &["research partners", "storage and communications"],
    );
}

#[test]
fn kinship() {
    let Some(draft) = read("kinship-care_stakeholders") else {
        return;
    };
    let s = &draft.summary;
    common(s, "2023-01-17");
    assert_eq!(s.reference.as_deref(), Some("#3035"));
    assert_eq!(s.controllers.len(), 1, "{:?}", s.controllers);
    has(
        &s.data,
        &[
            "name",
            "email",
            "telephone",
            "place of work",
            "job title",
            "council borough",
            "interview answers",
        ],
    );
    let f = Some("6(1)(f)");
    assert_eq!(bases(s), [f, None, Some("6(1)(c)"), f]);
    assert_eq!(offered(s), 1);
    assert!(s.sources.iter().all(|o| o.kind == "primary"));
    has(&s.recipients, &["cloud storage", "transcription vendors"]);
    for (anchor, period) in [
        (Some("project_end"), Some("P24M")),
        (Some("opt_out"), Some("indefinite")),
        (Some("transcript_delivery"), Some("P7D")),
    ] {
        let found = s
            .retention
            .iter()
            .any(|r| r.anchor.as_deref() == anchor && r.period.as_deref() == period);
        assert!(found, "{anchor:?} {period:?} in {:?}", s.retention);
    }
    let safe = s.transfers.safeguards.join(" ").to_lowercase();
    assert!(
        safe.contains("international data transfer") && safe.contains("addendum"),
        "{safe}"
    );
}
