//! The house behind the doors: the desk, the clock, and what every answer is sent with.

use crate::assets;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::Desk;
use jiff::Timestamp;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// The largest body that is taken, in bytes: the longest recording and what stands around it. Only recordings come near it,
/// and they are sealed as they arrive; every other door takes two megabytes, or says how many.
#[expect(
    clippy::cast_possible_truncation,
    reason = "on a machine that cannot count so far, nothing longer arrives either"
)]
const BODY_LIMIT: usize = vault::LONGEST as usize + 64 * 1024;

/// What time it is: the one thing a door knows that the desk does not.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Now by the clock on the wall, which sessions live by; the same, unless a demo's clock runs ahead of it.
    fn wall(&self) -> Timestamp {
        self.now()
    }

    /// Moves the clock forward, where it is a demo's. Whether it moved.
    fn move_to(&self, _at: Timestamp) -> bool {
        false
    }
}

/// An account the demo offers openly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The made-up name.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// Their password, said openly because everything here is made up.
    pub password: String,
    /// Their role, as people say it.
    pub role: String,
}

/// What all handlers share.
#[derive(Clone)]
pub struct App {
    /// The desk.
    pub desk: Arc<Desk>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The organisation's name.
    pub organisation: String,
    /// The accounts of a demo; empty for a real house.
    pub accounts: Arc<Vec<Account>>,
    /// Whether cookies are for encrypted connections only. Off on a loopback address without TLS.
    pub secure: bool,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("organisation", &self.organisation)
            .finish_non_exhaustive()
    }
}

impl App {
    /// Now, by the house's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whether this is a demo.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        !self.accounts.is_empty()
    }

    /// A page's whole address as whoever asks reached this house, for people outside of it.
    #[must_use]
    pub fn address(&self, headers: &HeaderMap, path: &str) -> String {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or_default();
        match (host, self.secure) {
            ("", _) => path.to_owned(),
            (host, true) => format!("https://{host}{path}"),
            (host, false) => format!("http://{host}{path}"),
        }
    }

    /// Does work that waits for the disk on a thread of its own, so that nobody else waits for it.
    ///
    /// # Errors
    /// A fault, where the work panicked; it then left nothing half done.
    pub async fn at_desk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> desk::Outcome<T> + Send + 'static,
    ) -> desk::Outcome<T> {
        let app = self.clone();
        // What another server has published is here before this one answers.
        let work = move || {
            app.desk.refresh()?;
            work(&app)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => done,
            Err(_) => Err(desk::Fault(
                "something broke while this was being done; nothing of it was saved".to_owned(),
            )
            .into()),
        }
    }
}

/// Every page, with what each is sent with: no frames, no scripts from elsewhere, no address passed on, nothing stored by others.
pub fn router(app: App) -> Router {
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    crate::room::routes()
        .route("/assets/{fingerprint}/{file}", get(asset))
        .route("/healthz", get(healthy))
        .fallback(crate::answer::not_found)
        .with_state(app)
        .layer(header(
            header::CONTENT_SECURITY_POLICY,
            assets::CONTENT_SECURITY_POLICY,
        ))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ))
        .layer(header(header::CACHE_CONTROL, "no-store"))
        .layer(CsrfLayer::new())
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(CatchPanicLayer::new())
}

async fn asset(Path((fingerprint, file)): Path<(String, String)>) -> Response {
    match assets::find(&fingerprint, &file) {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.media_type),
                (header::CACHE_CONTROL, assets::CACHE),
            ],
            Body::from(asset.bytes),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// For whoever watches over the server: says that the desk answers, and nothing else.
async fn healthy(State(app): State<App>) -> Response {
    let answers = app
        .at_desk(|app| Ok(app.desk.vault().store().pending()?))
        .await;
    match answers {
        Ok(_) => "ok\n".into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
