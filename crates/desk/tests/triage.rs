//! PR-03 to PR-07, PR-86: whoever writes is heard, in any words. Measured on mail of our own invention; `untouched.txt`
//! was written before the phrases were adjusted and never looked at while adjusting them.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a fixture that cannot be made must fail"
)]

use desk::contact::triage::{Kind, triage};
use jiff::civil::date;
use notice::model::Notice;
use std::collections::{BTreeMap, BTreeSet};

fn notices() -> Vec<Notice> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../notices/");
    [
        "care-leavers-people",
        "care-leavers-stakeholders",
        "kinship-care-stakeholders",
    ]
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

/// A made-up mail and what a careful person would propose.
struct Case {
    line: usize,
    kinds: BTreeSet<Kind>,
    projects: BTreeSet<String>,
    identity: Option<bool>,
    raw: String,
}

fn cases(table: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    for (at, line) in table.lines().enumerate() {
        if let Some(head) = line.strip_prefix("===") {
            let mut parts = head.split(';').map(str::trim);
            let kinds = parts.next().unwrap_or_default();
            let kinds = kinds.split(',').map(str::trim).filter(|k| !k.is_empty());
            let projects = parts.next().unwrap_or_default().split_whitespace();
            out.push(Case {
                line: at + 1,
                kinds: kinds.map(|k| Kind::from_word(k).unwrap_or_else(|| panic!("line {}: no kind `{k}`", at + 1))).collect(),
                projects: projects.map(str::to_owned).collect(),
                identity: parts.next().filter(|p| !p.is_empty()).map(|p| p == "id"),
                raw: "From: A Person <a.person@example.org>\r\nTo: dpo@whatworks-csc.org.uk\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n".to_owned(),
            });
        } else if let Some(case) = out.last_mut() {
            if line.starts_with("Subject:") {
                case.raw += &format!("{line}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
            } else {
                case.raw += &format!("{line}\r\n");
            }
        }
    }
    out
}

/// Right, missed and too much, for each kind.
fn measure(table: &str, show: bool) -> (BTreeMap<Kind, [u32; 3]>, u32, u32) {
    let notices = notices();
    let notices: Vec<&Notice> = notices.iter().collect();
    let (mut tally, mut whole, mut projects): (BTreeMap<Kind, [u32; 3]>, u32, u32) =
        Default::default();
    for case in cases(table) {
        let proposal = triage(case.raw.as_bytes(), &notices, &[], None);
        let got: BTreeSet<Kind> = proposal.kinds.iter().copied().collect();
        for kind in got.union(&case.kinds) {
            let place = match (case.kinds.contains(kind), got.contains(kind)) {
                (true, true) => 0,
                (true, false) => 1,
                _ => 2,
            };
            tally.entry(*kind).or_default()[place] += 1;
        }
        whole += u32::from(got == case.kinds);
        let found: BTreeSet<String> = proposal.projects.iter().cloned().collect();
        projects += u32::from(found == case.projects);
        if show && (got != case.kinds || found != case.projects) {
            println!(
                "line {}: wanted {:?} {:?}, got {got:?} {found:?}",
                case.line, case.kinds, case.projects
            );
        }
        if let Some(identity) = case.identity.filter(|_| show) {
            assert_eq!(proposal.identity_check, identity, "line {}", case.line);
        }
        assert_eq!(proposal.complaint, got.contains(&Kind::Complaint));
        assert_eq!(
            proposal.due.is_some(),
            got.iter()
                .any(|k| k.right().is_some() || *k == Kind::Complaint),
            "line {}",
            case.line
        );
        assert_eq!(proposal.received, Some(date(2026, 11, 20)));
    }
    (tally, whole, projects)
}

fn report(name: &str, table: &str, show: bool) -> (f64, f64, f64) {
    let (tally, whole, projects) = measure(table, show);
    let share = |part: u32, of: u32| {
        if of == 0 {
            1.0
        } else {
            f64::from(part) / f64::from(of)
        }
    };
    let mut sum = [0; 3];
    for (kind, [right, missed, extra]) in &tally {
        println!(
            "{name} {:22} precision {:.2} recall {:.2} of {}",
            kind.word(),
            share(*right, right + extra),
            share(*right, right + missed),
            right + missed
        );
        sum = [sum[0] + right, sum[1] + missed, sum[2] + extra];
    }
    let mails = u32::try_from(cases(table).len()).unwrap();
    let (precision, recall) = (
        share(sum[0], sum[0] + sum[2]),
        share(sum[0], sum[0] + sum[1]),
    );
    println!(
        "{name}: {mails} mails, precision {precision:.3}, recall {recall:.3}, whole mails right {whole}, projects right {projects}"
    );
    (precision, recall, share(projects, mails))
}

#[test]
fn mail_the_phrases_were_adjusted_on() {
    let (precision, recall, projects) = report("tuned", include_str!("triage/tuned.txt"), true);
    assert!(
        precision >= 0.97 && recall >= 0.97 && projects >= 0.99,
        "{precision} {recall} {projects}"
    );
}

#[test]
fn mail_nobody_adjusted_anything_on() {
    let (precision, recall, projects) =
        report("untouched", include_str!("triage/untouched.txt"), false);
    assert!(
        precision >= 0.88 && recall >= 0.8 && projects >= 0.98,
        "{precision} {recall} {projects}"
    );
}
