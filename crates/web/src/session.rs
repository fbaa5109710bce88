//! Who is looking: a member of staff or a person with a link of their own, known by a cookie that says nothing by itself.

use crate::app::App;
use crate::page::layout::{Layout, StaffBar};
use crate::page::parts::When;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use desk::Visit;
use desk::door::knock::Whence;
use desk::door::link::{self, Opens};
use desk::door::staff::{self, Member};
use desk::sharing::vendor::{self, JobLine};
use jiff::Timestamp;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

/// The cookie of staff.
const STAFF: &str = "abide";
/// The cookie of a person who came by their own link.
const PERSON: &str = "abide-you";

/// The cookie by which a browser is known from which somebody signed in before; it opens nothing.
const KNOWN: &str = "abide-known";
/// The cookie of a vendor at work on one job.
const JOB: &str = "abide-job";

/// A member of staff who has signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub member: Member,
    /// What their browser holds.
    pub token: String,
    /// When this page was asked for.
    pub at: Timestamp,
    demo: bool,
}

impl SignedIn {
    /// Their visit to the desk.
    #[must_use]
    pub fn visit(&self) -> Visit {
        self.member.visit(self.at)
    }

    /// A page for them: `here` is the door it belongs to, such as `/desk/inbox`.
    #[must_use]
    pub fn layout(&self, title: &str, here: &str) -> Layout {
        let bar = StaffBar {
            name: self.member.name.clone(),
            role: self.member.role.title().to_owned(),
            here: here.to_owned(),
            waiting: Vec::new(),
        };
        Layout {
            demo: self.demo.then(|| When::day(law::clock::day(self.at))),
            on: Some(law::clock::day(self.at)),
            ..Layout::staff(title, bar)
        }
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let at = app.now();
        let token = cookie(&parts.headers, &named(app.secure, STAFF));
        if let Some(token) = token {
            let (asked, wall) = (token.clone(), app.clock.wall());
            let found = app
                .at_desk(move |app| staff::by_session(&app.desk, &asked, wall))
                .await;
            if let Ok(Some(member)) = found {
                return Ok(SignedIn {
                    member,
                    token,
                    at,
                    demo: app.is_demo(),
                });
            }
        }
        // Where they wanted to go is kept; a form they wanted to send is not.
        let to = if parts.method == axum::http::Method::GET {
            parts.uri.path()
        } else {
            "/desk"
        };
        Err(Redirect::to(&format!("/sign-in?to={to}")).into_response())
    }
}

/// A person who came by a link of their own.
#[derive(Clone, Debug)]
pub struct Guest {
    /// Their holding.
    pub holding: String,
    /// When this page was asked for.
    pub at: Timestamp,
    demo: bool,
}

impl Guest {
    /// Their visit to the desk.
    #[must_use]
    pub fn visit(&self) -> Visit {
        Visit::person(self.at, &self.holding)
    }

    /// A page for them.
    #[must_use]
    pub fn layout(&self, title: &str) -> Layout {
        Layout {
            demo: self.demo.then(|| When::day(law::clock::day(self.at))),
            on: Some(law::clock::day(self.at)),
            ..Layout::public(title)
        }
    }
}

impl FromRequestParts<App> for Guest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let at = app.now();
        if let Some(token) = cookie(&parts.headers, &named(app.secure, PERSON)) {
            let led = app
                .at_desk(move |app| link::follow(&app.desk, &token, at))
                .await;
            if let Ok(led) = led
                && led.opens == Opens::Person
            {
                return Ok(Guest {
                    holding: led.about,
                    at,
                    demo: app.is_demo(),
                });
            }
        }
        Err(Redirect::to("/enter").into_response())
    }
}

/// Somebody at a vendor who came by the link of one job.
#[derive(Clone, Debug)]
pub struct Worker {
    /// The job.
    pub job: JobLine,
    /// When this page was asked for.
    pub at: Timestamp,
    demo: bool,
}

impl Worker {
    /// Their visit to the desk.
    #[must_use]
    pub fn visit(&self) -> Visit {
        Visit::vendor(self.at, &self.job.recipient)
    }

    /// A page for them.
    #[must_use]
    pub fn layout(&self, title: &str) -> Layout {
        Layout {
            demo: self.demo.then(|| When::day(law::clock::day(self.at))),
            on: Some(law::clock::day(self.at)),
            guest: Some(self.job.name.clone()),
            ..Layout::public(title)
        }
    }
}

impl FromRequestParts<App> for Worker {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let at = app.now();
        if let Some(token) = cookie(&parts.headers, &named(app.secure, JOB)) {
            let job = app
                .at_desk(move |app| {
                    let led = link::follow(&app.desk, &token, at)?;
                    if led.opens == Opens::Job {
                        Ok(Some(vendor::job(&app.desk, &led.about, at)?))
                    } else {
                        Ok(None)
                    }
                })
                .await;
            if let Ok(Some(job)) = job {
                return Ok(Worker {
                    job,
                    at,
                    demo: app.is_demo(),
                });
            }
        }
        Err(Redirect::to("/enter").into_response())
    }
}

/// Where somebody who wants to sign in comes from.
#[derive(Clone, Debug)]
pub struct Caller(pub Whence);

impl FromRequestParts<App> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let own = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let address = if app.secure {
            // Somebody stands in front of us for the encryption, and adds last who came to them. What stands before, anybody can say.
            before_the_proxy(&parts.headers)
        } else {
            own.map(|ConnectInfo(address)| address.ip())
        };
        let known = cookie(&parts.headers, &named(app.secure, KNOWN));
        Ok(Self(Whence { address, known }))
    }
}

fn before_the_proxy(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    let address = last.to_str().ok()?.rsplit(',').next()?.trim();
    address.parse().ok()
}

/// A page for whoever comes by.
#[must_use]
pub fn open_layout(app: &App, title: &str) -> Layout {
    let today = law::clock::day(app.now());
    Layout {
        demo: app.is_demo().then(|| When::day(today)),
        on: Some(today),
        ..Layout::public(title)
    }
}

/// Lets a member of staff's browser in.
pub fn let_staff_in(app: &App, token: &str, to: &str) -> Response {
    with_cookie(app, STAFF, token, Redirect::to(to))
}

/// Lets it in, and has it kept for a year that it was here, so that a stranger's wrong tries do not hold it up.
pub fn let_known_staff_in(app: &App, token: &str, known: &str, to: &str) -> Response {
    let mut response = let_staff_in(app, token, to);
    let secure = if app.secure { "; Secure" } else { "" };
    let baked = format!(
        "{}={known}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000{secure}",
        named(app.secure, KNOWN)
    );
    if let Ok(value) = HeaderValue::from_str(&baked) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Lets a person's browser in.
pub fn let_person_in(app: &App, token: &str, to: &str) -> Response {
    with_cookie(app, PERSON, token, Redirect::to(to))
}

/// Lets a vendor's browser in to one job.
pub fn let_vendor_in(app: &App, token: &str, to: &str) -> Response {
    with_cookie(app, JOB, token, Redirect::to(to))
}

/// Takes every key back from a browser.
pub fn let_out(app: &App, to: &str) -> Response {
    let mut response = with_cookie(app, STAFF, "", Redirect::to(to));
    for name in [PERSON, JOB] {
        if let Ok(value) = HeaderValue::from_str(&baked(app, name, "")) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

fn with_cookie(app: &App, name: &str, token: &str, to: Redirect) -> Response {
    let mut response = to.into_response();
    if let Ok(value) = HeaderValue::from_str(&baked(app, name, token)) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// `__Host-` binds a cookie to this very host over TLS; without TLS, on loopback, browsers would refuse it.
fn named(secure: bool, name: &str) -> String {
    if secure {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

fn baked(app: &App, name: &str, token: &str) -> String {
    let age = if token.is_empty() {
        "; Max-Age=0"
    } else {
        "; Max-Age=43200"
    };
    let secure = if app.secure { "; Secure" } else { "" };
    format!(
        "{}={token}; Path=/; HttpOnly; SameSite=Lax{age}{secure}",
        named(app.secure, name)
    )
}

/// The cookie of this very name: beside one that is bound to the host, one that a neighbouring host could have set counts for nothing.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, token)| token.to_owned())
        .filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{STAFF, before_the_proxy, cookie, named};
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn of_what_a_proxy_passes_on_only_its_own_word_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(before_the_proxy(&headers), None);
        for said in ["198.51.100.7", "203.0.113.9, 192.0.2.1"] {
            headers.append("x-forwarded-for", HeaderValue::from_static(said));
        }
        assert_eq!(before_the_proxy(&headers), "192.0.2.1".parse().ok());
    }

    #[test]
    fn a_cookie_of_a_neighbouring_host_is_not_taken_for_ours() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("abide=planted; __Host-abide=ours"),
        );
        assert_eq!(
            cookie(&headers, &named(true, STAFF)).as_deref(),
            Some("ours")
        );
        assert_eq!(
            cookie(&headers, &named(false, STAFF)).as_deref(),
            Some("planted")
        );
        headers.insert(header::COOKIE, HeaderValue::from_static("abide=planted"));
        assert_eq!(cookie(&headers, &named(true, STAFF)), None);
    }
}
