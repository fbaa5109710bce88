//! `cargo xtask generate` writes the files that are made from others. `cargo test` says when one is stale.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "this is a door: it writes the project's own tree"
)]

use std::process::ExitCode;

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1);
    if wanted.as_deref() != Some("generate") {
        eprintln!("usage: cargo xtask generate");
        return ExitCode::from(2);
    }
    for (name, made) in xtask::generated() {
        let written = made.and_then(|text| {
            std::fs::write(xtask::root().join(name), text).map_err(|e| e.to_string())
        });
        if let Err(wrong) = written {
            eprintln!("{name}: {wrong}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
