//! The Markdown suites: every heading in `good/` and `bad/` is a test.
//!
//! The first fence under a heading is a notice, or a few rule lines that are put into a small one.
//! In `good/` nothing may be wrong with it; a `says` fence holds parts of what its rules mean as JSON, one a
//! line in reading order, and an `ids` fence the ids of its rules. In `bad/` a `faults` fence lists every
//! fault: code, the underlined words in quotation marks, and pieces of the message or the help with `|` between.

#![expect(
    clippy::expect_used,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads its cases from files"
)]

use notice::model::{Notice, Rule};
use serde_json::Value;
use std::path::{Path, PathBuf};

const FRAME: &str = r##"# A notice

```abide
notice test version 1 dated 2027-01-01
project "Test" reference "#1"
controller hartwell "Hartwell Research Trust"
partner kestrel "Kestrel Co-op" as processor
event project.end
audience adult: teacher
contact dpo "dpo@hartwell.example"
data contact = name, work-email
data words = interview-answers; may-include health
purpose understand "to learn" uses words
purpose invite "to arrange an interview" uses contact
share words with any transcriber for understand
```

## Snippet

Words of promise.

```abide
"##;

struct Case {
    title: String,
    text: String,
    framed: bool,
    expected: Vec<String>,
    says: Vec<String>,
    ids: Vec<String>,
}

#[test]
fn good_notices_have_no_fault() {
    let mut wrong = Vec::new();
    let cases = cases("good");
    assert!(cases.len() >= 30, "only {} good cases", cases.len());
    for case in &cases {
        let parsed = notice::parse(&case.text);
        for fault in &parsed.faults {
            wrong.push(format!("{}: {}: {}", case.title, fault.code, fault.message));
        }
        let Some(read) = parsed.notice else {
            wrong.push(format!("{}: no notice", case.title));
            continue;
        };
        let rules = own_rules(&read, case);
        if !case.ids.is_empty() {
            let ids: Vec<&str> = rules.iter().map(|r| r.id.as_str()).collect();
            if ids != case.ids {
                wrong.push(format!("{}: ids are {ids:#?}", case.title));
            }
        }
        if case.ids.is_empty() && case.says.is_empty() {
            wrong.push(format!("{}: nothing is expected of it", case.title));
        }
        for (line, rule) in case.says.iter().zip(&rules) {
            let expected: Value = serde_json::from_str(line).expect("JSON in a says fence");
            let says = serde_json::to_value(&rule.says).expect("JSON of a rule");
            if !holds(&says, &expected) {
                wrong.push(format!("{}: `{}` says {says}", case.title, rule.text));
            }
        }
        if !case.says.is_empty() && case.says.len() != rules.len() {
            wrong.push(format!(
                "{}: {} rules, {} meanings",
                case.title,
                rules.len(),
                case.says.len()
            ));
        }
        same_after_format(case, &read, &mut wrong);
    }
    println!("{} good cases", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bad_notices_have_exactly_their_faults() {
    let mut wrong = Vec::new();
    let cases = cases("bad");
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/notice-language.md");
    let language = std::fs::read_to_string(docs).expect("the document");
    assert!(cases.len() >= 60, "only {} bad cases", cases.len());
    for case in &cases {
        let parsed = notice::parse(&case.text);
        let found: Vec<(String, String, String)> = parsed
            .faults
            .iter()
            .map(|f| {
                let words = case
                    .text
                    .get(f.span.start..f.span.end)
                    .expect("a span inside the text");
                let said = format!("{} | {}", f.message, f.help.as_deref().unwrap_or_default());
                (f.code.to_owned(), words.to_owned(), said)
            })
            .collect();
        let fits = |line: &String, found: &(String, String, String)| {
            let (code, rest) = line.split_once(' ').expect("a code");
            let mark = rest.chars().next().expect("underlined words");
            let (words, parts) = rest[1..].split_once(mark).expect("underlined words");
            let parts = parts.split(" | ").map(str::trim);
            found.0 == code && found.1 == words && parts.into_iter().all(|p| found.2.contains(p))
        };
        let all = case
            .expected
            .iter()
            .zip(&found)
            .all(|(line, found)| fits(line, found));
        if case.expected.is_empty() || case.expected.len() != found.len() || !all {
            let found: Vec<String> = found
                .iter()
                .map(|(code, words, said)| format!("{code} \"{words}\" {said}"))
                .collect();
            wrong.push(format!("## {}\n{}\n", case.title, found.join("\n")));
        }
        for fault in &parsed.faults {
            assert!(
                language.contains(&format!("`{}`", fault.code)),
                "{} is not in the docs",
                fault.code
            );
            let first = fault.message.chars().next().unwrap_or('A');
            let lower = !first.is_uppercase() && !fault.message.ends_with('.');
            if !lower || fault.help.is_none() {
                wrong.push(format!("{}: style of `{}`", case.title, fault.message));
            }
        }
        assert_eq!(
            notice::format(&notice::format(&case.text)),
            notice::format(&case.text)
        );
    }
    println!("{} bad cases", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_verb_has_a_good_case_and_every_good_notice_survives_json() {
    let mut seen: Vec<String> = Vec::new();
    for case in cases("good") {
        let read = notice::parse(&case.text).notice.expect("a notice");
        seen.extend(
            read.rules()
                .map(|r| r.text.split([' ', ';']).next().unwrap_or("").to_owned()),
        );
        let json = notice::json::write(&read).expect("JSON");
        assert_eq!(
            notice::json::read(&json).expect("a notice"),
            read,
            "{}",
            case.title
        );
        let value: Value = serde_json::from_str(&json).expect("JSON");
        let schema = notice::json::schema();
        let errors = against(&schema, &schema, &value, "");
        assert!(errors.is_empty(), "{}: {}", case.title, errors.join("\n"));
    }
    for verb in notice::verbs::VERBS {
        assert!(
            seen.iter().any(|s| s == verb.word),
            "no good case for `{}`",
            verb.word
        );
    }
}

/// The rules of the snippet alone, or of the whole notice.
fn own_rules<'n>(read: &'n Notice, case: &Case) -> Vec<&'n Rule> {
    read.rules()
        .filter(|r| !case.framed || r.span.start >= FRAME.len())
        .collect()
}

fn same_after_format(case: &Case, read: &Notice, wrong: &mut Vec<String>) {
    let formatted = notice::format(&case.text);
    if notice::format(&formatted) != formatted {
        wrong.push(format!(
            "{}: formatting twice changes it:\n{formatted}",
            case.title
        ));
    }
    let again = notice::parse(&formatted);
    let meaning = |n: &Notice| -> Vec<_> {
        n.rules()
            .map(|r| {
                (
                    r.id.clone(),
                    r.text.clone(),
                    r.remark.clone(),
                    r.says.clone(),
                )
            })
            .collect()
    };
    if !again.faults.is_empty() || again.notice.as_ref().map(meaning) != Some(meaning(read)) {
        wrong.push(format!(
            "{}: formatting changes its meaning:\n{formatted}",
            case.title
        ));
    }
}

/// Whether `value` holds everything `part` asks for.
fn holds(value: &Value, part: &Value) -> bool {
    match (value, part) {
        (Value::Object(all), Value::Object(some)) => some
            .iter()
            .all(|(k, v)| all.get(k).is_some_and(|found| holds(found, v))),
        _ => value == part,
    }
}

/// Where `value` is not of the shape of `schema`, in so much of JSON Schema as ours uses.
fn against(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"]
        .as_str()
        .and_then(|r| r.strip_prefix("#/$defs/"))
    {
        return against(root, &root["$defs"][name], value, at);
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(ways) = schema[key].as_array() {
            let fit = ways
                .iter()
                .filter(|w| against(root, w, value, at).is_empty())
                .count();
            return if fit == 1 {
                Vec::new()
            } else {
                vec![format!("{at}: {fit} ways fit {value}")]
            };
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        return if words.contains(value) {
            vec![]
        } else {
            vec![format!("{at}: {value}")]
        };
    }
    if !schema["const"].is_null() && schema["const"] != *value {
        return vec![format!("{at}: not {}", schema["const"])];
    }
    match (schema["type"].as_str(), value) {
        (Some("object"), Value::Object(fields)) => {
            let known = schema["properties"].as_object().expect("properties");
            let strange = fields.keys().filter(|k| !known.contains_key(*k));
            let mut errors: Vec<String> =
                strange.map(|k| format!("{at}/{k} is not listed")).collect();
            for (key, shape) in known {
                match fields.get(key) {
                    Some(found) => {
                        errors.extend(against(root, shape, found, &format!("{at}/{key}")))
                    }
                    None => errors.push(format!("{at}/{key} is missing")),
                }
            }
            errors
        }
        (Some("array"), Value::Array(items)) => items
            .iter()
            .flat_map(|i| against(root, &schema["items"], i, &format!("{at}[]")))
            .collect(),
        (Some("string"), Value::String(_))
        | (Some("boolean"), Value::Bool(_))
        | (Some("integer"), Value::Number(_))
        | (Some("null"), Value::Null)
        | (None, Value::String(_)) => Vec::new(),
        (wanted, _) => vec![format!("{at}: {value} is not {wanted:?}")],
    }
}

fn cases(suite: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(suite);
    let mut files: Vec<PathBuf> = Vec::new();
    for family in std::fs::read_dir(folder).expect("the suite") {
        let family = family.expect("a family").path();
        files.extend(
            std::fs::read_dir(family)
                .expect("a family")
                .map(|f| f.expect("a file").path()),
        );
    }
    files.sort();
    files.iter().flat_map(|f| in_file(f)).collect()
}

fn in_file(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("a file of cases");
    let mut out: Vec<Case> = Vec::new();
    let mut fence: Option<(String, String, Vec<&str>)> = None;
    for line in text.lines() {
        match &mut fence {
            Some((mark, kind, lines)) if line == mark => {
                let case = out.last_mut().expect("a heading before the fence");
                let list = || lines.iter().map(|l| (*l).to_owned()).collect();
                match kind.as_str() {
                    "faults" => case.expected = list(),
                    "says" => case.says = list(),
                    "ids" => case.ids = list(),
                    _ => {
                        let body = lines.join("\n") + "\n";
                        case.framed = !body.contains("```") && !body.contains("~~~");
                        case.text = if case.framed {
                            format!("{FRAME}{body}```\n")
                        } else {
                            body
                        };
                    }
                }
                fence = None;
            }
            Some((_, _, lines)) => lines.push(line),
            None => {
                if let Some(title) = line.strip_prefix("## ") {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    out.push(Case {
                        title: format!("{name}: {title}"),
                        text: String::new(),
                        framed: false,
                        expected: Vec::new(),
                        says: Vec::new(),
                        ids: Vec::new(),
                    });
                } else if line.starts_with("```") {
                    let kind = line.trim_start_matches('`');
                    let mark = line.strip_suffix(kind).unwrap_or(line).to_owned();
                    fence = Some((mark, kind.to_owned(), Vec::new()));
                }
            }
        }
    }
    assert!(
        out.iter().all(|c| !c.text.is_empty()),
        "{} has a case without a fence",
        path.display()
    );
    out
}
