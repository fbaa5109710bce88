//! What was found goes into the document by machine: no figure in it is written by hand.

use crate::report::Report;
use serde_json::Value;
use std::{fmt::Write as _, path::Path};

/// Name, what it must reach, and where that is found.
pub const RATIOS: &[(&str, f64)] = &[
    ("controller", 150.0),
    ("customer", 3.0),
    ("processor", 1.5),
    ("regulator", 3.0),
];

/// Writes what was found as JSON, and into the document where `write` says so.
pub fn write(report: &Report, write: bool) -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = root.join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let all = serde_json::json!({ "notes": report.notes, "parts": report.parts });
    std::fs::write(
        folder.join("results.json"),
        serde_json::to_string_pretty(&all)?,
    )?;
    if !write {
        return Ok(());
    }
    let document = root.join("docs/performance.md");
    let mut text = std::fs::read_to_string(&document)?;
    for (name, part) in &report.parts {
        if let Some(table) = table(name, part) {
            text = between(&text, name, &table);
        }
    }
    let notes: Vec<String> = report
        .notes
        .iter()
        .map(|(name, value)| format!("{name}: {}", plain(value)))
        .collect();
    text = between(&text, "notes", &notes.join(" · "));
    std::fs::write(document, text)?;
    std::fs::write(root.join("docs/performance-roles.svg"), roles(report))
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The text with what stands between two marks replaced; as it was where there are none.
fn between(text: &str, name: &str, fresh: &str) -> String {
    let (open, close) = (
        format!("<!-- bench:{name} -->"),
        format!("<!-- /bench:{name} -->"),
    );
    let (Some(from), Some(to)) = (text.find(&open), text.find(&close)) else {
        return text.to_owned();
    };
    format!(
        "{}{open}\n{}\n{}",
        &text[..from],
        fresh.trim_end(),
        &text[to..]
    )
}

fn number(value: &Value) -> String {
    match value.as_f64() {
        None => "–".to_owned(),
        Some(n) if n >= 10_000.0 => grouped(n.round() as u64),
        Some(n) if n >= 100.0 => format!("{n:.0}"),
        Some(n) if n >= 10.0 => format!("{n:.1}"),
        Some(n) => format!("{n:.2}"),
    }
}

/// Groups of three digits, from the right.
fn grouped(whole: u64) -> String {
    match whole / 1000 {
        0 => whole.to_string(),
        rest => format!("{},{:03}", grouped(rest), whole % 1000),
    }
}

fn table(name: &str, part: &Value) -> Option<String> {
    let mut out = String::new();
    let row = |out: &mut String, cells: &[String]| {
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    };
    match name {
        "controller" | "customer" | "processor" | "regulator" => {
            out += "| | requests/s (median) | best | p50 ms | p99 ms | p99.9 ms |\n|---|---|---|---|---|---|\n";
            for (peer, found) in part["peers"].as_object()? {
                let cells = ["median", "best", "p50", "p99", "p999"].map(|key| number(&found[key]));
                row(&mut out, &[vec![said(peer)], cells.to_vec()].concat());
            }
            if let Some(ratio) = part["ratio"].as_f64() {
                let aim = RATIOS
                    .iter()
                    .find(|(role, _)| *role == name)
                    .map(|(_, aim)| *aim)?;
                let verdict = if ratio >= aim { "reached" } else { "missed" };
                let _ = write!(
                    out,
                    "\nMedian of ratios to the best PostgreSQL ({}): **{ratio:.2}**; the aim is {aim}: {verdict}.",
                    said(part["against"].as_str()?)
                );
            }
        }
        "tax" => {
            out += "| YCSB | abide/s | plain SQLite/s | kept |\n|---|---|---|---|\n";
            for (mix, found) in part.as_object()? {
                let kept = found["kept"].as_f64()? * 100.0;
                row(
                    &mut out,
                    &[
                        mix.clone(),
                        number(&found["abide"]),
                        number(&found["plain"]),
                        format!("{kept:.1}%"),
                    ],
                );
            }
        }
        "erase" => {
            out += "| values | abide ms, until nothing opens it and the act is answered | until the rows are gone and it is confirmed | PostgreSQL ms | its vacuum ms | SQLite, wiping, ms |\n|---|---|---|---|---|---|\n";
            for found in part.as_array()? {
                row(
                    &mut out,
                    &[
                        "values",
                        "abide",
                        "confirmed",
                        "postgres",
                        "vacuum",
                        "sqlite",
                    ]
                    .map(|key| number(&found[key])),
                );
            }
        }
        "export" => {
            out += "| values | abide ms | PostgreSQL ms |\n|---|---|---|\n";
            for found in part.as_array()? {
                row(
                    &mut out,
                    &["values", "abide", "postgres"].map(|key| number(&found[key])),
                );
            }
        }
        "space" => {
            out += "| | bytes on disk for each byte of personal data |\n|---|---|\n";
            for (name, key) in [
                ("abide, filled", "filled"),
                ("abide, after the customers' requests", "after"),
                ("SQLite d2", "sqlite"),
                ("PostgreSQL", "postgres"),
            ] {
                row(&mut out, &[name.to_owned(), number(&part[key])]);
            }
        }
        "server" => {
            out += "| | abide on PostgreSQL/s | the retrofit/s | ratio |\n|---|---|---|---|\n";
            for (role, found) in part.as_object()? {
                row(
                    &mut out,
                    &[
                        role.clone(),
                        number(&found["abide"]),
                        number(&found["retrofit"]),
                        number(&found["ratio"]),
                    ],
                );
            }
        }
        "log" | "acts" | "withdraw" | "recording" | "retention" | "soak" => {
            out += "| | |\n|---|---|\n";
            let words = [
                (
                    "append",
                    "entries appended a second, 64 writers, each on the disk",
                ),
                ("integrate", "entries numbered and signed a second"),
                ("verify", "entries verified a second, with the database"),
                ("hash", "leaves hashed a second, the tree alone"),
                ("proof_us", "µs to make and check an inclusion proof"),
                (
                    "postgres",
                    "lines a second that 32 PostgreSQL connections insert",
                ),
                ("mib", "MiB of a recording"),
                ("sealed", "MiB a second, sealed and on the disk"),
                ("erase_ms", "ms to erase the person with it"),
                ("acts_1", "acts a second, one writer, each on the disk"),
                ("acts_32", "acts a second, 32 writers"),
                ("rate", "values a second that went when their time was up"),
                ("person_ms", "ms until a person's ten were gone, the median"),
                ("customers", "customers' requests a second meanwhile"),
                ("p99", "ms, their p99 meanwhile"),
                ("p99_without", "ms, their p99 without"),
                ("kills", "times killed without a goodbye"),
                ("requests", "requests acknowledged"),
                ("lost", "of them lost"),
                ("entries", "entries that verify at the end"),
                (
                    "growth",
                    "memory at the end, as a multiple of the first stretch's",
                ),
                ("object", "ms until an objection is saved and holds"),
                ("lift", "ms until it is lifted"),
            ];
            for (key, words) in words {
                // Another system's answer to the same is a table of its own.
                if !part[key].is_null() && !part[key].is_object() {
                    row(&mut out, &[words.to_owned(), number(&part[key])]);
                }
            }
            if let Some(theirs) = part["postgres"].as_object() {
                for (key, words) in [
                    (
                        "rate",
                        "PostgreSQL: values a second, one person a statement",
                    ),
                    (
                        "customers",
                        "PostgreSQL: customers' requests a second meanwhile",
                    ),
                    ("p99", "PostgreSQL: ms, their p99 meanwhile"),
                    ("p99_without", "PostgreSQL: ms, their p99 without"),
                ] {
                    row(&mut out, &[words.to_owned(), number(&theirs[key])]);
                }
            }
        }
        _ => return None,
    }
    Some(out)
}

fn said(peer: &str) -> String {
    match peer {
        "abide" => "abide".to_owned(),
        "d2" => "SQLite retrofit, 64 to a commit".to_owned(),
        "plain" => "SQLite, plain".to_owned(),
        other => format!("PostgreSQL {}", other.replace('/', ", connections: ")),
    }
}

/// The four roles as bars beside their aims. Readable in grey, by the words beside each bar, and on light and dark.
fn roles(report: &Report) -> String {
    let found: Vec<(&str, f64, f64)> = RATIOS
        .iter()
        .filter_map(|(role, aim)| Some((*role, report.parts.get(*role)?["ratio"].as_f64()?, *aim)))
        .collect();
    let height = 40 + found.len() * 56;
    let said: Vec<String> = found
        .iter()
        .map(|(role, ratio, aim)| format!("{role}: {ratio:.2} times, aim {aim}"))
        .collect();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 {height}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">abide beside the best PostgreSQL retrofit, by role</title>\n<desc id=\"d\">{}</desc>\n\
         <style>text{{font:14px system-ui,sans-serif;fill:#1b1b1b}}.bar{{fill:#4a4a4a}}.aim{{stroke:#1b1b1b;stroke-width:2;stroke-dasharray:4 3}}\
         @media (prefers-color-scheme:dark){{text{{fill:#eee}}.bar{{fill:#bbb}}.aim{{stroke:#eee}}}}</style>\n\
         <text x=\"0\" y=\"18\">share of the aim reached (dashed line: all of it)</text>\n",
        said.join("; ")
    );
    for (nth, (role, ratio, aim)) in found.iter().enumerate() {
        let y = 40 + nth * 56;
        let wide = (ratio / aim).min(1.25) * 400.0;
        let _ = writeln!(
            out,
            "<text x=\"0\" y=\"{}\">{role}: {ratio:.2} times (aim {aim})</text><rect class=\"bar\" x=\"0\" y=\"{}\" width=\"{wide:.0}\" height=\"16\"/><line class=\"aim\" x1=\"400\" x2=\"400\" y1=\"{}\" y2=\"{}\"/>",
            y + 12,
            y + 20,
            y + 16,
            y + 40
        );
    }
    out + "</svg>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_reads_with_commas_from_ten_thousand_on() {
        for (n, said) in [
            (0.034, "0.03"),
            (9999.0, "9999"),
            (10_276.4, "10,276"),
            (1_005_072.0, "1,005,072"),
            (3_422_836.0, "3,422,836"),
        ] {
            assert_eq!(number(&serde_json::json!(n)), said);
        }
    }
}
