//! Where recordings stand, if not in the data folder: a bucket of any S3-compatible store, named in `abide.toml`.
//!
//! ```toml
//! [recordings]
//! bucket = "recordings"
//! endpoint = "https://s3.example.org"   # left out for Amazon's own
//! region = "eu-west-2"
//! prefix = "abide"
//! ```
//!
//! The key comes in by the environment, under the names that every tool for such stores knows, and is written nowhere.

use crate::input::{Usage, usage};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::Blobs;

/// What `[recordings]` says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recordings {
    /// The bucket; it must be there already.
    pub bucket: String,
    /// What the name of every object in it begins with.
    #[serde(default)]
    pub prefix: String,
    /// The store's address; none for Amazon's own.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// Its region; most stores take any.
    #[serde(default = "region")]
    pub region: String,
}

fn region() -> String {
    "eu-west-2".to_owned()
}

/// Opens the store of recordings.
///
/// # Errors
/// A place that is not understood; a program that was built without such stores.
#[cfg(feature = "s3")]
pub fn open(place: &Recordings) -> Result<Arc<dyn Blobs>, Usage> {
    let said = |name: &str| {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is a door: the key comes in here"
        )]
        let found = std::env::var(name).ok();
        found.filter(|said| !said.is_empty())
    };
    let bucket = store::blobs::Bucket {
        name: place.bucket.clone(),
        prefix: place.prefix.clone(),
        endpoint: place.endpoint.clone(),
        region: place.region.clone(),
        key: said("AWS_ACCESS_KEY_ID").zip(said("AWS_SECRET_ACCESS_KEY")),
        token: said("AWS_SESSION_TOKEN"),
    };
    match store::blobs::S3::new(&bucket) {
        Ok(opened) => Ok(Arc::new(opened)),
        Err(error) => Err(usage(
            error.to_string(),
            "it may say: bucket, prefix, endpoint, region",
        )),
    }
}

/// Opens the store of recordings.
///
/// # Errors
/// Always: this program was built without such stores.
#[cfg(not(feature = "s3"))]
pub fn open(_place: &Recordings) -> Result<Arc<dyn Blobs>, Usage> {
    Err(without())
}

/// What a program says that was built without such stores.
#[cfg(any(test, not(feature = "s3")))]
fn without() -> Usage {
    usage(
        "this abide was built without stores outside the data folder",
        "build it with `--features s3`, or take `[recordings]` out of abide.toml",
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_program_without_buckets_says_how_to_get_one_with_them() {
        let said = super::without();
        assert!(said.what.contains("built without"), "{}", said.what);
        assert!(said.help.contains("--features s3"), "{}", said.help);
    }
}
