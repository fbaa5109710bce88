//! A new house: an empty vault, its key, and one administrator who comes in by a link that works once.

use crate::house::{self, Config};
use crate::input::{Usage, usage};
use crate::out::{Ended, Out};
use clap::Args;
use desk::door::staff;
use desk::{Role, Visit};
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;
use vault::Roots;

/// What the help shows.
pub const EXAMPLE: &str = "Example: abide init our-house --organisation \"Hartwell Research Trust\" --administrator sam@hartwell.example";

/// `abide init`
#[derive(Args, Debug)]
pub struct Init {
    /// The folder to make
    folder: PathBuf,
    /// The organisation's name, as pages show it
    #[arg(long, value_name = "NAME")]
    organisation: String,
    /// The first administrator's email address
    #[arg(long, value_name = "EMAIL")]
    administrator: String,
    /// The first administrator's name
    #[arg(long, value_name = "NAME", default_value = "Administrator")]
    name: String,
    /// Where rows are kept, if not in the folder: postgres://name@host/database. The same
    /// address with its password may stand in ABIDE_DATABASE
    #[arg(long, value_name = "ADDRESS")]
    database: Option<String>,
    /// Where keys are kept then, so that several servers may serve the house: another database,
    /// backed up apart. The same address with its password may stand in ABIDE_KEYS_DATABASE
    #[arg(long, value_name = "ADDRESS", requires = "database")]
    keys_database: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// A folder with something in it, an address that is none.
pub fn run(args: &Init, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    if !args.administrator.contains('@') {
        return Err(usage(
            "the administrator needs an email address",
            "write it as name@organisation.example",
        ));
    }
    let config = Config {
        organisation: args.organisation.clone(),
        listen: "127.0.0.1:8300".to_owned(),
        public: None,
        root_key: PathBuf::from("root.key"),
        data: PathBuf::from("data"),
        recordings: None,
        database: args.database.clone(),
        keys_database: args.keys_database.clone(),
        lease: None,
        key_service: None,
        recovery: Vec::new(),
    };
    let now = house::build(&args.folder, &config)?;
    let roots = Roots { now, next: None };
    let data = args.folder.join(&config.data);
    let desk = house::open_desk(&data, &config, &roots, at).inspect_err(|_| {
        // A database that cannot be reached leaves no half of a house.
        house::unbuild(&args.folder, &config);
    })?;
    let visit = Visit::system(at, "init");
    let link = staff::add(
        &desk,
        &visit,
        &args.name,
        &args.administrator,
        Role::Administrator,
        None,
    )
    .and_then(|member| staff::sign_in_link(&desk, &visit, &member.id))
    .map_err(|stop| usage(stop.to_string(), "remove the folder and try again"))?;
    desk.vault()
        .integrate(at)
        .map_err(|e| usage(e.to_string(), "run `abide verify`"))?;
    let address = format!("http://{}/enter?code={link}", config.listen);
    out.say(format!("A house stands in `{}`.", args.folder.display()));
    out.say(
        "Keep a copy of its root.key somewhere else: without it nothing can be read, by anybody.",
    );
    out.say(format!("Start it:  abide serve {}", args.folder.display()));
    out.say(format!("Sign in:   {address}   (works once, for a day)"));
    out.document(&json!({ "folder": args.folder.display().to_string(), "sign_in": address }));
    Ok(Ended::Well)
}
