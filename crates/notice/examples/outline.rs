//! Prints the shape that is heard in a notice: `cargo run -p notice --example outline -- notice.txt`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "an example is a door of its own: it reads a file and prints"
)]

use notice::model::Span;
use notice::reading::{self, Kind};

fn main() {
    for path in std::env::args().skip(1) {
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                for (from, notice) in reading::split(&text) {
                    println!("==== from byte {from}");
                    outline(notice);
                }
            }
            Err(error) => eprintln!("the file cannot be read: {error}"),
        }
    }
}

fn outline(text: &str) {
    let read = reading::read(text);
    let say = |span: Span| -> String {
        let raw = text.get(span.start..span.end).unwrap_or_default();
        let line: Vec<&str> = raw.split_whitespace().collect();
        line.join(" ").chars().take(110).collect()
    };
    let mut part = usize::MAX;
    for block in &read.blocks {
        if block.part != part {
            part = block.part;
            if let Some(p) = read.parts.get(part) {
                println!("\n[{:?}] {}", p.topic, say(p.span));
            }
        }
        let mark = match block.kind {
            Kind::Title => "T",
            Kind::Paragraph => "¶",
            Kind::Item => "•",
            Kind::Row => "|",
        };
        if block.kind == Kind::Row {
            let cells: Vec<String> = block
                .cells
                .iter()
                .map(|c| c.iter().map(|s| say(*s)).collect::<Vec<_>>().join(" ⏎ "))
                .collect();
            println!("  {mark} {}", cells.join(" | "));
        } else {
            println!("  {mark} {}", say(block.span));
        }
    }
    for table in &read.tables {
        println!("\ntable {:?}, {} rows", table.columns, table.rows.len());
        for (repair, span) in &table.repairs {
            println!("  {repair:?}: {}", say(*span));
        }
    }
}
