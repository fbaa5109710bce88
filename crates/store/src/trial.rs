//! For tests: a place on the PostgreSQL server that `ABIDE_TEST_PG` names, gone again afterwards. `./test` starts such a server.

mod server;

pub use server::Server;

use crate::engine;
use std::sync::atomic::{AtomicU64, Ordering};

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A schema of its own on the server for tests; dropped with this.
#[derive(Debug)]
pub struct Place {
    server: String,
    schema: String,
}

/// A fresh place, or none where no server is named; then the test says that it was skipped in part.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "only tests call this: which server, and that there is none, is said here once for all of them"
)]
pub fn place() -> Option<Place> {
    let Ok(server) = std::env::var("ABIDE_TEST_PG") else {
        println!("skipped: PostgreSQL (ABIDE_TEST_PG is not set)");
        return None;
    };
    Some(on(server))
}

/// A fresh place on the same server, reached over an encrypted connection: `ABIDE_TEST_PG_TLS` names `localhost`, a port, and the
/// file with the root that signed its certificate.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "as above: only tests call this"
)]
pub fn encrypted() -> Option<Place> {
    let Ok(server) = std::env::var("ABIDE_TEST_PG_TLS") else {
        println!("skipped: PostgreSQL over TLS (ABIDE_TEST_PG_TLS is not set)");
        return None;
    };
    Some(on(server))
}

fn on(server: String) -> Place {
    let nth = NEXT.fetch_add(1, Ordering::SeqCst);
    let schema = format!("trial_{}_{nth}", std::process::id());
    Place { server, schema }
}

/// A database of its own on the server for a house's keys; dropped with this.
#[derive(Debug)]
pub struct KeysPlace {
    server: String,
    name: String,
}

impl KeysPlace {
    /// Its address.
    #[must_use]
    pub fn address(&self) -> String {
        let (path, query) = match self.server.split_once('?') {
            Some((path, query)) => (path, format!("?{query}")),
            None => (self.server.as_str(), String::new()),
        };
        let host = path.rsplit_once('/').map_or(path, |(host, _)| host);
        format!("{host}/{}{query}", self.name)
    }
}

impl Drop for KeysPlace {
    fn drop(&mut self) {
        // A database that stays behind costs the next test nothing.
        let _ = engine::at_server(
            &self.server,
            &format!("drop database if exists {} with (force)", self.name),
        );
    }
}

impl Place {
    /// A database for the keys of the house whose rows are here.
    ///
    /// # Errors
    /// [`crate::Error::Server`].
    pub fn keys(&self) -> Result<KeysPlace, crate::Error> {
        let name = format!("keys_{}", self.schema);
        engine::at_server(&self.server, &format!("create database {name}"))?;
        Ok(KeysPlace {
            server: self.server.clone(),
            name,
        })
    }

    /// The address of the place.
    #[must_use]
    pub fn address(&self) -> String {
        let joint = if self.server.contains('?') { '&' } else { '?' };
        format!(
            "{}{joint}options=-csearch_path%3D{}",
            self.server, self.schema
        )
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // A schema that stays behind costs the next test nothing.
        let _ = engine::at_server(
            &self.server,
            &format!("drop schema if exists {} cascade", self.schema),
        );
    }
}
