//! For tests: a place on the PostgreSQL server that `ABIDE_TEST_PG` names, gone again afterwards. `./test` starts such a server.

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
    let nth = NEXT.fetch_add(1, Ordering::SeqCst);
    let schema = format!("trial_{}_{nth}", std::process::id());
    Some(Place { server, schema })
}

impl Place {
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
        let _ = engine::drop_schema(&self.server, &self.schema);
    }
}
