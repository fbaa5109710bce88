//! How fast the house is beside what a team would use instead: every peer in the same run, on the same seeded requests, every
//! answer held against the truth in memory.

mod chance;
mod drive;
mod gates;
mod house;
mod notice;
mod paper;
mod postgres_peer;
mod report;
mod roles;
mod server;
mod single;
mod soak;
mod sqlite_peer;
mod trace;
mod whole;
mod world;

use roles::Size;
use std::time::Duration;
use trace::Role;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("--child", rest)) = args
        .split_first()
        .map(|(first, rest)| (first.as_str(), rest))
    {
        return roles::child(rest);
    }
    if let Some(("--stretch", rest)) = args
        .split_first()
        .map(|(first, rest)| (first.as_str(), rest))
    {
        return soak::stretch(rest);
    }
    let begun = std::time::Instant::now();
    let quick = args.iter().any(|arg| arg == "--quick");
    let names: Vec<&str> = args
        .iter()
        .map(String::as_str)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    let wanted = |name: &str| names.is_empty() || names.contains(&name);
    // `--rounds=5`: more of them where the machine is noisy.
    let rounds = args
        .iter()
        .find_map(|arg| arg.strip_prefix("--rounds=")?.parse().ok());
    let size = if quick {
        Size {
            people: 1000,
            ops: 2000,
            rounds: rounds.unwrap_or(1),
            cap: Duration::from_millis(600),
        }
    } else {
        Size {
            people: 10_000,
            ops: 10_000,
            rounds: rounds.unwrap_or(3),
            cap: Duration::from_millis(600),
        }
    };
    let alone = ["tax", "withdraw", "acts", "recording", "soak"];
    let server = if names.is_empty() || names.iter().any(|name| !alone.contains(name)) {
        let server = server::Server::start();
        if server.is_none() {
            println!("skipped: PostgreSQL is not installed");
        }
        server
    } else {
        None
    };
    let mut report = report::Report::default();
    report.note("run", if quick { "quick" } else { "full" });
    report.note(
        "cores",
        std::thread::available_parallelism().map_or(0, usize::from),
    );
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    report.note(
        "load before",
        load.split_whitespace().next().unwrap_or("unknown"),
    );
    report.note(
        "server",
        server
            .as_ref()
            .map_or_else(|| "none".to_owned(), |server| server.version()),
    );
    let roles: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| wanted(role.word()))
        .collect();
    if !roles.is_empty() {
        roles::run(&mut report, size, &roles, server.as_ref());
    }
    let server = server.as_ref();
    if wanted("tax") {
        whole::tax(&mut report, size);
    }
    if wanted("erase") {
        single::erase(&mut report, quick, server);
    }
    if wanted("withdraw") {
        single::withdraw(&mut report, quick);
    }
    if wanted("export") {
        single::export(&mut report, quick, server);
    }
    if wanted("acts") {
        whole::acts(&mut report, quick);
    }
    if wanted("log") {
        whole::log(&mut report, quick, server);
    }
    if wanted("space") {
        whole::space(&mut report, size, server);
    }
    if let Some(server) = server.filter(|_| wanted("server")) {
        whole::server_house(&mut report, size, server);
    }
    if wanted("retention") {
        soak::retention(&mut report, size, server);
    }
    if wanted("recording") {
        soak::recordings(&mut report, quick);
    }
    if wanted("soak") {
        soak::soak(&mut report, quick);
    }
    report.note("seconds", begun.elapsed().as_secs());
    let written = paper::write(&report, args.iter().any(|arg| arg == "--write"));
    written.unwrap_or_else(|error| panic!("the figures could not be written: {error}"));
    if args.iter().any(|arg| arg == "--gates") {
        std::process::exit(gates::held(&report));
    }
}
