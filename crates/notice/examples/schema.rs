//! Prints the JSON Schema of a notice: `cargo run -p notice --example schema > docs/notice.schema.json`.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

fn main() {
    println!("{:#}", notice::json::schema());
}
