//! Sealed files in a bucket: each as a row of objects named by where they begin, every one of which a listing shows.
//!
//! S3's own upload in parts is not used: parts of an upload that was never ended are in no listing, and what cannot be
//! listed cannot be erased for certain. An object here is written whole or not at all; one that begins later replaces
//! the end of the one before. Keys: `PREFIX/ID/` and the place in sixteen hexadecimal digits; `PREFIX/ABIDE` says whose.

use super::{Blobs, Opened, missing, plain};
use crate::Error;
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::{
    ClientOptions, ObjectStore, ObjectStoreExt, PutMode, PutPayload, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use tokio::runtime::{Builder, Runtime};

const MARKER: &str = "ABIDE";
/// How long a request is tried again before it is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where the bucket is and how it is opened. Printing it shows neither key.
#[derive(Clone, Default)]
pub struct Bucket {
    /// The bucket's name.
    pub name: String,
    /// What the keys of all objects begin with; may be empty.
    pub prefix: String,
    /// `https://s3.example.org`; none for Amazon's own.
    pub endpoint: Option<String>,
    /// `eu-west-2`; most stores take any.
    pub region: String,
    /// The key's id and the key; none where the machine itself is let in.
    pub key: Option<(String, String)>,
    /// The token that comes with a key for a short while.
    pub token: Option<String>,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A bucket of an S3-compatible store.
pub struct S3 {
    store: AmazonS3,
    prefix: Path,
    /// Always there until it is dropped.
    runtime: Option<Runtime>,
}

impl std::fmt::Debug for S3 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("S3").finish_non_exhaustive()
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        // A runtime may not be waited for on a thread that serves; nothing is under way here.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl S3 {
    /// Makes ready; nothing is asked of the store yet.
    ///
    /// # Errors
    /// [`Error::Shelf`] when the bucket is not described in full.
    pub fn new(bucket: &Bucket) -> Result<Self, Error> {
        let wrong = || Error::Shelf {
            doing: "making it ready",
            why: "its bucket, endpoint, region or keys are not understood: look at `[recordings]` in abide.toml",
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&bucket.name)
            .with_region(&bucket.region)
            .with_retry(RetryConfig {
                retry_timeout: PATIENCE,
                max_retries: 5,
                ..RetryConfig::default()
            })
            .with_client_options(
                ClientOptions::new()
                    .with_timeout(Duration::from_secs(120))
                    .with_connect_timeout(Duration::from_secs(5))
                    // Written to a machine of one's own without TLS, only if the address says so.
                    .with_allow_http(
                        bucket
                            .endpoint
                            .as_ref()
                            .is_some_and(|at| at.starts_with("http://")),
                    ),
            );
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        if let Some((id, key)) = &bucket.key {
            builder = builder.with_access_key_id(id).with_secret_access_key(key);
        }
        if let Some(token) = &bucket.token {
            builder = builder.with_token(token);
        }
        Ok(Self {
            store: builder.build().map_err(|_| wrong())?,
            prefix: Path::parse(&bucket.prefix).map_err(|_| wrong())?,
            runtime: Some(
                Builder::new_multi_thread()
                    .worker_threads(1)
                    .enable_all()
                    .build()
                    .map_err(|_| wrong())?,
            ),
        })
    }

    /// Waits for an answer, on a thread that may wait.
    fn wait<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        match &self.runtime {
            Some(runtime) => runtime.block_on(work),
            None => Err(Error::Shelf {
                doing: "asking it",
                why: "it has been closed",
            }),
        }
    }

    fn folder(&self, id: &str) -> Result<Path, Error> {
        Ok(self.prefix.clone().join(plain(id)?))
    }

    /// A file's objects: where each begins, and how long it is.
    async fn objects(&self, id: &str) -> Result<BTreeMap<u64, u64>, Error> {
        let folder = self.folder(id)?;
        let mut found = self.store.list(Some(&folder));
        let mut objects = BTreeMap::new();
        while let Some(object) = found.try_next().await.map_err(fault("listing"))? {
            let at = object
                .location
                .filename()
                .and_then(|name| u64::from_str_radix(name, 16).ok());
            if let Some(at) = at {
                objects.insert(at, object.size);
            }
        }
        Ok(objects)
    }
}

impl Blobs for S3 {
    fn claim(&self, mark: &str) -> Result<(), Error> {
        let marker = self.prefix.clone().join(MARKER);
        let other = Error::Shelf {
            doing: "opening it",
            why: "another house keeps its recordings there: name a bucket or a prefix of this house's own",
        };
        self.wait(async {
            match self.store.get(&marker).await {
                Ok(found) => {
                    let said = found.bytes().await.map_err(fault("opening it"))?;
                    return if said.as_ref() == mark.as_bytes() {
                        Ok(())
                    } else {
                        Err(other)
                    };
                }
                Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(fault("opening it")(error)),
            }
            let there = self.store.list(Some(&self.prefix)).next().await;
            if there.transpose().map_err(fault("opening it"))?.is_some() {
                return Err(Error::Shelf {
                    doing: "opening it",
                    why: "other things lie there: name an empty bucket or a prefix of this house's own",
                });
            }
            let payload = PutPayload::from(mark.as_bytes().to_vec());
            let mode = PutMode::Create.into();
            match self.store.put_opts(&marker, payload, mode).await {
                Ok(_) => Ok(()),
                Err(object_store::Error::AlreadyExists { .. }) => Err(other),
                Err(error) => Err(fault("opening it")(error)),
            }
        })
    }

    fn shared(&self) -> bool {
        true
    }

    fn extend(&self, id: &str, at: u64, bytes: Vec<u8>) -> Result<(), Error> {
        let object = self.folder(id)?.join(format!("{at:016x}"));
        self.wait(async {
            let put = self.store.put(&object, PutPayload::from(bytes)).await;
            put.map(drop).map_err(fault("writing"))
        })
    }

    fn finish(&self, id: &str, length: u64) -> Result<(), Error> {
        match self.length(id)? {
            Some(there) if there == length => Ok(()),
            _ => Err(missing("the end of a recording")),
        }
    }

    fn length(&self, id: &str) -> Result<Option<u64>, Error> {
        let objects = self.wait(self.objects(id))?;
        Ok((!objects.is_empty()).then(|| end(&objects)))
    }

    fn open(&self, id: &str) -> Result<Box<dyn Opened>, Error> {
        let objects = self.wait(self.objects(id))?;
        if objects.is_empty() {
            return Err(missing(id));
        }
        let handle = self.runtime.as_ref().map(|it| it.handle().clone());
        Ok(Box::new(OpenObjects {
            store: self.store.clone(),
            folder: self.folder(id)?,
            length: end(&objects),
            objects,
            handle,
        }))
    }

    fn remove(&self, id: &str) -> Result<(), Error> {
        let folder = self.folder(id)?;
        self.wait(async {
            // Listed before the first is removed, since a listing may miss what moves under it.
            let all: Vec<Path> = self
                .store
                .list(Some(&folder))
                .map_ok(|object| object.location)
                .try_collect()
                .await
                .map_err(fault("listing"))?;
            let mut gone = self
                .store
                .delete_stream(stream::iter(all.into_iter().map(Ok)).boxed());
            while let Some(one) = gone.next().await {
                match one {
                    Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                    Err(error) => return Err(fault("removing")(error)),
                }
            }
            Ok(())
        })
    }

    fn list(&self) -> Result<Vec<String>, Error> {
        self.wait(async {
            let found = self.store.list_with_delimiter(Some(&self.prefix)).await;
            let ids: BTreeSet<String> = found
                .map_err(fault("listing"))?
                .common_prefixes
                .iter()
                .filter_map(|folder| folder.filename().map(str::to_owned))
                .collect();
            Ok(ids.into_iter().collect())
        })
    }
}

/// Where the row of objects ends, or its first gap begins.
fn end(objects: &BTreeMap<u64, u64>) -> u64 {
    let mut end = 0;
    for (at, size) in objects {
        if *at > end {
            break;
        }
        end = at + size;
    }
    end
}

struct OpenObjects {
    store: AmazonS3,
    folder: Path,
    objects: BTreeMap<u64, u64>,
    length: u64,
    handle: Option<tokio::runtime::Handle>,
}

impl Opened for OpenObjects {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&mut self, at: u64, length: usize) -> Result<Vec<u8>, Error> {
        let end = at.saturating_add(length as u64).min(self.length);
        let Some(handle) = &self.handle else {
            return Err(missing("the store of recordings"));
        };
        let mut bytes = Vec::with_capacity(usize::try_from(end.saturating_sub(at)).unwrap_or(0));
        let mut now = at;
        while now < end {
            let Some((from, _)) = self.objects.range(..=now).next_back() else {
                break;
            };
            // The next object, wherever it begins, replaces what this one has from there on.
            let until = self
                .objects
                .range(now + 1..)
                .next()
                .map_or(end, |next| *next.0);
            let until = until.min(end);
            let object = self.folder.clone().join(format!("{from:016x}"));
            let range = now - from..until - from;
            let piece = handle
                .block_on(self.store.get_range(&object, range))
                .map_err(fault("reading"))?;
            if piece.len() as u64 != until - now {
                break;
            }
            bytes.extend_from_slice(&piece);
            now = until;
        }
        Ok(bytes)
    }
}

/// What the store said, in our words: its own may hold addresses and names of keys.
fn fault(doing: &'static str) -> impl Fn(object_store::Error) -> Error {
    use object_store::Error as Said;
    move |said| Error::Shelf {
        doing,
        why: match said {
            Said::NotFound { .. } => "what was asked for is not there; is the bucket's name right?",
            Said::PermissionDenied { .. } => {
                "it does not let us do this: look at the rights of the key"
            }
            Said::Unauthenticated { .. } => {
                "it does not know our key: look at the key's id and secret"
            }
            Said::AlreadyExists { .. } | Said::Precondition { .. } => {
                "somebody else wrote there meanwhile"
            }
            _ => {
                "it did not answer as it should: are its address and the bucket's name right, and is it up?"
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(endpoint: &str, name: &str, prefix: &str) -> S3 {
        S3::new(&Bucket {
            name: name.to_owned(),
            prefix: prefix.to_owned(),
            endpoint: Some(endpoint.to_owned()),
            region: "eu-west-2".to_owned(),
            key: Some(("the-id".to_owned(), "the-secret".to_owned())),
            token: Some("the-token".to_owned()),
        })
        .unwrap()
    }

    /// Run where `ABIDE_TEST_S3=http://127.0.0.1:PORT/bucket` names a real server; `./test` starts one.
    #[test]
    fn a_bucket_keeps_the_promises_of_every_shelf() {
        #[expect(clippy::disallowed_methods, reason = "a test asks where its server is")]
        let Ok(place) = std::env::var("ABIDE_TEST_S3") else {
            println!("skipped: ABIDE_TEST_S3 names no S3 server");
            return;
        };
        let (endpoint, name) = place.rsplit_once('/').unwrap();
        let prefix = format!("store-{}", std::process::id());
        let ours = bucket(endpoint, name, &format!("{prefix}/ours"));
        ours.claim("shelf_1").unwrap();
        ours.claim("shelf_1").unwrap();
        super::super::tests::keeps_its_promises(&ours, "blb_1", "blb_2");
        let theirs = bucket(endpoint, name, &format!("{prefix}/ours"));
        assert!(theirs.claim("shelf_2").is_err(), "it is another house's");
        let above = bucket(endpoint, name, &prefix);
        assert!(above.claim("shelf_2").is_err(), "other things lie there");

        // Pieces that lie over each other, as after going on; and a gap, as after losing one.
        ours.extend("blb_3", 0, b"abcdefgh".to_vec()).unwrap();
        ours.extend("blb_3", 6, b"GHIJ".to_vec()).unwrap();
        ours.extend("blb_3", 10, b"KL".to_vec()).unwrap();
        let mut open = ours.open("blb_3").unwrap();
        assert_eq!(open.read_at(0, 99).unwrap(), b"abcdefGHIJKL");
        assert_eq!(open.read_at(5, 6).unwrap(), b"fGHIJK");
        let gap = ours.folder("blb_3").unwrap().join(format!("{:016x}", 6));
        ours.wait(async { ours.store.delete(&gap).await.map_err(fault("removing")) })
            .unwrap();
        assert_eq!(ours.length("blb_3").unwrap(), Some(8));
        assert!(ours.finish("blb_3", 12).is_err());
        // More than one page of a listing, and more than one batch of removals.
        for n in 0..1003 {
            ours.extend("blb_4", n, vec![b'x']).unwrap();
        }
        assert_eq!(ours.length("blb_4").unwrap(), Some(1003));
        ours.remove("blb_3").unwrap();
        ours.remove("blb_4").unwrap();
        assert_eq!(ours.list().unwrap(), Vec::<String>::new());
        let nobody = bucket(endpoint, "no-such-bucket-here", "");
        let said = nobody.list().unwrap_err().to_string();
        assert!(said.contains("bucket's name"), "{said}");
    }

    #[test]
    fn neither_key_nor_address_is_ever_said() {
        // Port 1 of this machine: nobody listens there.
        let mut away = bucket("http://127.0.0.1:1", "hush", "");
        let said = format!(
            "{away:?} {:?}",
            Bucket {
                key: Some(("the-id".to_owned(), "the-secret".to_owned())),
                token: Some("the-token".to_owned()),
                endpoint: Some("http://127.0.0.1:1".to_owned()),
                ..Bucket::default()
            }
        );
        away.store = AmazonS3Builder::new()
            .with_bucket_name("hush")
            .with_region("x")
            .with_endpoint("http://127.0.0.1:1")
            .with_allow_http(true)
            .with_access_key_id("the-id")
            .with_secret_access_key("the-secret")
            .with_retry(RetryConfig {
                max_retries: 0,
                ..RetryConfig::default()
            })
            .build()
            .unwrap();
        let error = away.list().unwrap_err();
        let said = format!("{said} {error} {error:?}");
        assert!(said.contains("is it up"), "{said}");
        for secret in ["the-id", "the-secret", "the-token", "127.0.0.1"] {
            assert!(!said.contains(secret), "{said}");
        }
    }
}
