//! A made-up organisation with three notices and sixty made-up people, moved through four years, served in the browser.

#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: it makes the demo's folder"
)]

use crate::house::{self, Config};
use crate::input::{Usage, usage};
use crate::orders::Orders;
use crate::out::{self, Ended, Out};
use crate::scratch::{self, Scratch};
use crate::server::{self, Moved};
use clap::Args;
use desk::Visit;
use desk::door::staff;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use testbed::demo;
use web::app::{Account, App};

/// What the help shows.
pub const EXAMPLE: &str =
    "Example: abide demo\nExample: abide demo --port 8400 --data somewhere/else";

/// `abide demo`
#[derive(Args, Debug)]
pub struct Demo {
    /// The port to serve on; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8300)]
    port: u16,
    /// Where the made-up organisation is kept between visits
    #[arg(long, value_name = "DIR", default_value = ".abide/demo")]
    data: PathBuf,
}

/// What a demo's folder remembers of itself.
#[derive(Serialize, Deserialize)]
struct Made {
    /// The moment its story ends.
    ends: Timestamp,
    /// The program that made it: another version makes it anew.
    version: String,
}

const MADE: &str = "demo.json";

/// Whether a house is a demo.
#[must_use]
pub fn is_one(folder: &Path) -> bool {
    folder.join(MADE).is_file()
}

/// Runs the command, until it is told to stop.
///
/// # Errors
/// A port in use, a folder that holds something else.
pub fn run(args: &Demo, out: Out) -> Result<Ended, Usage> {
    let listener = server::bind(&format!("127.0.0.1:{}", args.port))?;
    let address = listener.local_addr().map_err(|e| {
        usage(
            format!("the port cannot be used: {e}"),
            "choose another with --port",
        )
    })?;
    let url = format!("http://{address}");
    let made = match made(&args.data)? {
        Some(made) => made,
        None => make(&args.data, out)?,
    };
    let house = house::open(&args.data, made.ends)?;
    // Whoever moved the demo's clock on before finds it where they left it.
    let store = house.desk.vault().store();
    let last = store
        .checkpoint()
        .ok()
        .flatten()
        .map_or(made.ends, |c| c.at.max(made.ends));
    let clock = Arc::new(Moved::starting(last));
    let accounts: Vec<Account> = demo::ACCOUNTS
        .iter()
        .map(|a| Account {
            name: a.name.to_owned(),
            email: a.email.to_owned(),
            password: demo::PASSWORD.to_owned(),
            role: a.role.title().to_owned(),
        })
        .collect();
    let links = links(&house.desk, &url, last)?;
    out.say(format!("{}: {url}", house.config.organisation));
    out.say(format!(
        "Everybody in it is made up. It is {} there.",
        law::clock::day(last).strftime("%-d %B %Y")
    ));
    out.say("");
    out.say("Come in as (each link works once):");
    for (account, link) in accounts.iter().zip(&links) {
        out.say(format!("  {:<26} {link}", account.role));
    }
    out.say(format!(
        "or at {url}/sign-in with the address shown there and the password “{}”.",
        demo::PASSWORD
    ));
    out.say("");
    out.say("Ctrl-C ends it.");
    out.document(&json!({
        "url": url,
        "today": law::clock::day(last),
        "accounts": accounts.iter().zip(&links).map(|(a, link)| json!({
            "name": a.name, "role": a.role, "email": a.email, "password": a.password, "sign_in": link,
        })).collect::<Vec<_>>(),
    }));
    let orders = Orders::of(&args.data, &house.config, &house.desk);
    let app = App {
        desk: house.desk,
        clock,
        organisation: house.config.organisation,
        accounts: Arc::new(accounts),
        secure: false,
    };
    server::serve(listener, app, orders, false, out)?;
    Ok(Ended::Well)
}

/// What the folder says of itself, where it is a demo of this very version. Another version's is not removed unasked.
fn made(folder: &Path) -> Result<Option<Made>, Usage> {
    let Ok(mut entries) = std::fs::read_dir(folder) else {
        return Ok(None);
    };
    if entries.next().is_none() {
        return Ok(None);
    }
    let foreign = || {
        usage(
            format!("`{}` holds something else", folder.display()),
            "name another folder with --data: a demo is never built over anything",
        )
    };
    let text = std::fs::read_to_string(folder.join(MADE)).map_err(|_| foreign())?;
    let made: Made = serde_json::from_str(&text).map_err(|_| foreign())?;
    if made.version == version() {
        return Ok(Some(made));
    }
    Err(usage(
        format!(
            "`{}` holds the demo of another version of abide ({})",
            folder.display(),
            made.version
        ),
        "remove that folder if nothing in it is yours, or name another with --data",
    ))
}

/// Builds beside the folder and moves it there once whole, so that an interruption leaves nothing half made.
fn make(folder: &Path, out: Out) -> Result<Made, Usage> {
    out.progress("making up four years of history; this happens once");
    let mut making = folder.components().collect::<PathBuf>().into_os_string();
    making.push(".making");
    let making = PathBuf::from(making);
    if let Some(above) = making
        .parent()
        .filter(|above| !above.as_os_str().is_empty())
    {
        out::folder(above)?;
    }
    // A half-made one that is ours, by its mark, is left behind by an interruption alone.
    scratch::clear(&making);
    let scratch = Scratch::named(&making)?;
    let beside = scratch.inside("demo");
    let config = Config {
        organisation: demo::ORGANISATION.to_owned(),
        ..Config::plain()
    };
    let key = house::build(&beside, &config)?;
    let built = demo::build(&beside.join(&config.data), &key, demo::SEED, &mut |year| {
        out.progress(format!("  {year}"))
    })
    .map_err(|halt| {
        usage(
            format!("the demo's story broke off: {halt}"),
            "this is a fault of ours; nothing was kept",
        )
    })?;
    let made = Made {
        ends: built.ends,
        version: version(),
    };
    let unwritable = |e: std::io::Error| {
        usage(
            format!("`{}` cannot be written: {e}", folder.display()),
            "choose another folder with --data",
        )
    };
    let text = serde_json::to_string(&made)
        .map_err(|e| usage(e.to_string(), "this is a fault of ours"))?;
    std::fs::write(beside.join(MADE), text).map_err(unwritable)?;
    // An empty folder may stand where the demo goes.
    let _ = std::fs::remove_dir(folder);
    std::fs::rename(&beside, folder).map_err(unwritable)?;
    out.progress(format!(
        "  {} people, {} sentences, {} entries of evidence",
        built.people, built.steps, built.entries
    ));
    Ok(made)
}

fn links(desk: &desk::Desk, url: &str, at: Timestamp) -> Result<Vec<String>, Usage> {
    let broken =
        |stop: desk::Stop| usage(stop.to_string(), "remove the demo’s folder and start again");
    let visit = Visit::system(at, "demo");
    let everybody = staff::all(desk).map_err(broken)?;
    demo::ACCOUNTS
        .iter()
        .map(|account| {
            let member = everybody.iter().find(|m| m.email == account.email);
            let Some(member) = member else {
                return Ok(format!("{url}/sign-in"));
            };
            let code = staff::sign_in_link(desk, &visit, &member.id).map_err(broken)?;
            Ok(format!("{url}/enter?code={code}"))
        })
        .collect()
}

fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
