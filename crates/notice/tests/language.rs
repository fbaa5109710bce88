//! The documents about the language say what the language does.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads documents from files"
)]

use std::path::PathBuf;

fn docs(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name)
}

#[test]
fn the_table_of_verbs_is_the_list_of_verbs() {
    let text = std::fs::read_to_string(docs("notice-language.md")).expect("the document");
    let verbs = text
        .split("\n## ")
        .find(|s| s.starts_with("Verbs"))
        .expect("a part about verbs");
    let found: Vec<&str> = verbs.lines().filter(|l| l.starts_with("| `")).collect();
    let expected: Vec<String> = notice::verbs::VERBS
        .iter()
        .map(|verb| {
            let second = format!("` or `{} ", verb.word);
            let form = verb
                .form
                .replace(&format!(" or {} ", verb.word), &second)
                .replace('|', "\\|");
            format!("| `{form}` | {} |", verb.means)
        })
        .collect();
    assert!(
        found == expected,
        "the table should be:\n{}",
        expected.join("\n")
    );
}

#[test]
fn every_clause_stands_in_its_verbs_form() {
    for verb in notice::verbs::VERBS {
        for clause in verb.clauses {
            assert!(
                verb.form.contains(clause),
                "`{}` of `{}`",
                clause,
                verb.word
            );
        }
    }
}

#[test]
fn the_events_that_need_no_declaring_are_named() {
    let text = std::fs::read_to_string(docs("notice-language.md")).expect("the document");
    for event in notice::resolve::EVENTS {
        assert!(text.contains(&format!("`{event}`")), "{event}");
    }
    for slug in notice::clause::SLUGS {
        assert!(text.contains(&format!("`{slug}`")), "{slug}");
    }
}

#[test]
fn the_published_schema_is_the_schema() {
    let text = std::fs::read_to_string(docs("notice.schema.json")).expect("the schema");
    let mut published: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let mut expected = notice::json::schema();
    // Compared without order: whether keys are sorted depends on what else is built with serde_json.
    sort(&mut published);
    sort(&mut expected);
    assert!(
        published == expected,
        "docs/notice.schema.json is stale: run `cargo run -p notice --example schema > docs/notice.schema.json`"
    );
}

fn sort(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Array(list) => {
            list.iter_mut().for_each(sort);
            list.sort_by_key(ToString::to_string);
        }
        serde_json::Value::Object(map) => {
            map.values_mut().for_each(sort);
            let mut entries: Vec<_> = std::mem::take(map).into_iter().collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            map.extend(entries);
        }
        _ => {}
    }
}
