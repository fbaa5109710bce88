//! The real thing: a house, served.

use crate::house;
use crate::input::Usage;
use crate::orders::Orders;
use crate::out::{Ended, Out};
use crate::server;
use crate::wall::Wall;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use web::app::App;

/// What the help shows.
pub const EXAMPLE: &str = "Example: abide serve our-house";

/// `abide serve`
#[derive(Args, Debug)]
pub struct Serve {
    /// The house's folder [default: the one stood in]
    folder: Option<PathBuf>,
    /// The port, instead of the one in abide.toml
    #[arg(long, value_name = "N")]
    port: Option<u16>,
}

/// Runs the command, until it is told to stop.
///
/// # Errors
/// A house that cannot be opened, a port in use.
pub fn run(args: &Serve, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let folder = house::find(args.folder.as_deref())?;
    let config = house::config(&folder)?;
    let listen = match args.port {
        Some(port) => format!(
            "{}:{port}",
            config
                .listen
                .rsplit_once(':')
                .map_or("127.0.0.1", |(host, _)| host)
        ),
        None => config.listen.clone(),
    };
    let listener = server::bind(&listen)?;
    // With port 0 the system chooses one.
    let listen = listener
        .local_addr()
        .map_or(listen, |address| address.to_string());
    let house = house::open(&folder, at)?;
    server::same_clock(&house.desk, at)?;
    let address = house
        .config
        .public
        .clone()
        .unwrap_or_else(|| format!("http://{listen}"));
    out.say(format!(
        "{} is served at {address}",
        house.config.organisation
    ));
    out.document(&json!({ "url": address }));
    let latest = house.desk.vault().store().latest();
    let app = App {
        desk: house.desk,
        clock: Arc::new(Wall::since(latest, out)),
        organisation: house.config.organisation.clone(),
        accounts: Arc::new(Vec::new()),
        secure: address.starts_with("https://"),
    };
    let orders = Orders::of(&folder, &house.config, &app.desk);
    server::serve(listener, app, orders, true, out)?;
    Ok(Ended::Well)
}
