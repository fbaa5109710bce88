//! Papers: swept on the day after their day, each on record, and shown to whoever they are about until then.

mod common;

use common::{STAKEHOLDERS, at, desk, dpo, machine, sign_up};
use desk::keeping::sweep;
use desk::rights::copy;
use desk::{Visit, data, paper};
use jiff::civil::date;
use store::{Filter, Verb};
use vault::NewPaper;

#[test]
fn a_paper_is_shown_to_whoever_it_is_about_and_goes_on_the_day_after_its_day() {
    let desk = desk();
    let ada = sign_up(
        &desk,
        "2026-10-01",
        STAKEHOLDERS,
        &[("name", "Ada"), ("email", "ada@example.org")],
    );
    let act = Visit::public(at("2026-10-01"))
        .act(Verb::Collect)
        .cite("UK GDPR Art 5(2)");
    for (kind, holding) in [("draft", Some(ada.as_str())), ("list", None)] {
        let new = NewPaper {
            kind,
            project: "#3036",
            holding,
            about: None,
            media: "text/plain",
            until: Some(date(2026, 10, 15)),
        };
        desk.act(&act, |tx| Ok(tx.lay(&new, b"so far")?)).unwrap();
    }
    let own = |day| data::own::look(&desk, &Visit::person(at(day), &ada), &ada).unwrap();
    let papers = own("2026-10-02").papers;
    assert_eq!(papers.len(), 1);
    assert_eq!(paper::goes(&papers[0]), "on 15 October 2026 at the latest");
    let copied = copy::prepare(&desk, &dpo("2026-10-03"), &ada)
        .unwrap()
        .text();
    assert!(
        copied.contains("Answers you began and have not sent, sealed apart since 1 October 2026")
    );

    sweep::sweep(&desk, &machine("2026-10-15")).unwrap();
    assert_eq!(own("2026-10-15").papers.len(), 1);
    sweep::sweep(&desk, &machine("2026-10-16")).unwrap();
    sweep::sweep(&desk, &machine("2026-10-17")).unwrap();
    assert_eq!(own("2026-10-17").papers.len(), 0);
    let swept = Filter {
        verb: Verb::Erase.word().to_owned(),
        ..Filter::default()
    };
    let entries = desk.vault().store().entries(&swept).unwrap();
    let mut kinds: Vec<&str> = entries
        .iter()
        .filter_map(|kept| kept.entry.detail.get("paper").map(String::as_str))
        .collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["draft", "list"], "each once");
    assert!(desk.vault().unfinished().unwrap().is_empty());
}
