//! Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a change.

use crate::diagnostic::Places;
use check::rules::RULES;
use check::{Finding, Severity};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The findings of one file.
pub struct File<'f> {
    /// Its name as it was given.
    pub name: &'f str,
    /// Its text.
    pub text: &'f str,
    /// In reading order.
    pub findings: &'f [Finding],
}

/// One run over all files. Lines and columns count from 1 in code points; an end column is the one behind the last.
#[must_use]
pub fn document(files: &[File<'_>]) -> Value {
    let mut order: BTreeMap<&str, usize> = BTreeMap::new();
    for code in files.iter().flat_map(|f| f.findings).map(|f| f.code) {
        order.insert(code, 0);
    }
    for (place, at) in order.values_mut().enumerate() {
        *at = place;
    }
    let rules: Vec<Value> = order.keys().map(|code| rule(code)).collect();
    let results: Vec<Value> = files
        .iter()
        .flat_map(|file| {
            let places = Places::new(file.text);
            let order = &order;
            file.findings
                .iter()
                .map(move |f| result(file, &places, f, order.get(f.code).copied()))
                .collect::<Vec<_>>()
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "abide",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A rule with its page; a fault of the language has its code alone.
fn rule(code: &str) -> Value {
    let Some(rule) = RULES.iter().find(|r| r.code == code) else {
        return json!({ "id": code });
    };
    let first = rule
        .doc
        .lines()
        .find(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .unwrap_or_default();
    json!({
        "id": code,
        "shortDescription": { "text": first },
        "help": { "text": rule.doc, "markdown": rule.doc },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": rule.law },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn result(file: &File<'_>, places: &Places<'_>, finding: &Finding, rule: Option<usize>) -> Value {
    let mut text = finding.message.clone();
    if !finding.help.is_empty() {
        text = format!("{text}. Help: {}", finding.help);
    }
    if !finding.law.is_empty() {
        text = format!("{text}. Law: {}", finding.law.join("; "));
    }
    let mut result = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(file.name) },
                "region": region(places, finding.span.start, finding.span.end),
            },
        }],
    });
    let Some(map) = result.as_object_mut() else {
        return result;
    };
    if let Some(at) = rule {
        map.insert("ruleIndex".to_owned(), json!(at));
    }
    if let Some(fix) = &finding.fix {
        let change = json!([{
            "description": { "text": finding.help },
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(file.name) },
                "replacements": [{
                    "deletedRegion": region(places, fix.span.start, fix.span.end),
                    "insertedContent": { "text": fix.replacement },
                }],
            }],
        }]);
        map.insert("fixes".to_owned(), change);
    }
    result
}

fn region(places: &Places<'_>, start: usize, end: usize) -> Value {
    let (from, to) = places.between(start, end);
    json!({
        "startLine": from.line,
        "startColumn": from.column,
        "endLine": to.line,
        "endColumn": to.column,
    })
}

/// A file's name as a URI reference: what is no plain character is written in per cent.
fn uri(name: &str) -> String {
    let mut out = String::new();
    for byte in name.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_reference() {
        assert_eq!(uri("notices/a b.md"), "notices/a%20b.md");
        assert_eq!(uri("é.md"), "%C3%A9.md");
    }
}
