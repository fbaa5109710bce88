//! The server: listens, answers, numbers the evidence every second, and stops in order.

#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the clock on the wall hangs here"
)]

use crate::input::{Usage, usage};
use crate::orders::Orders;
use crate::out::Out;
use desk::Desk;
use jiff::{SignedDuration, Timestamp};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use web::app::{App, Clock};

/// A demo's clock: it runs as fast as the wall's, from a day of its own, and can be moved forward.
#[derive(Debug)]
pub struct Moved {
    /// How far ahead of the wall, in microseconds.
    ahead: AtomicI64,
}

impl Moved {
    /// A clock that says `now` now.
    #[must_use]
    pub fn starting(now: Timestamp) -> Moved {
        Moved {
            ahead: AtomicI64::new(now.as_microsecond() - Timestamp::now().as_microsecond()),
        }
    }
}

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        Timestamp::now()
            .checked_add(SignedDuration::from_micros(
                self.ahead.load(Ordering::Relaxed),
            ))
            .unwrap_or(Timestamp::MAX)
    }

    fn wall(&self) -> Timestamp {
        Timestamp::now()
    }

    fn move_to(&self, at: Timestamp) -> bool {
        let now = self.now();
        if at <= now {
            return false;
        }
        self.ahead.fetch_add(
            at.as_microsecond() - now.as_microsecond(),
            Ordering::Relaxed,
        );
        true
    }
}

/// Binds an address before anything else is begun.
///
/// # Errors
/// A port in use, or an address that is none of this machine's.
pub fn bind(listen: &str) -> Result<std::net::TcpListener, Usage> {
    let address: SocketAddr = listen.parse().map_err(|_| {
        usage(
            format!("`{listen}` is no address to listen on"),
            "write it as 127.0.0.1:8300",
        )
    })?;
    let listener = std::net::TcpListener::bind(address).map_err(|e| match e.kind() {
        std::io::ErrorKind::AddrInUse => usage(
            format!("port {} is in use by another program", address.port()),
            "stop that program, or choose another port with --port",
        ),
        std::io::ErrorKind::PermissionDenied => usage(
            format!(
                "port {} needs more rights than this program has",
                address.port()
            ),
            "choose a port above 1023 with --port",
        ),
        _ => usage(
            format!("`{address}` cannot be listened on: {e}"),
            "use 127.0.0.1 for this machine alone",
        ),
    })?;
    listener
        .set_nonblocking(true)
        .map_err(|e| usage(format!("the port cannot be used: {e}"), "try again"))?;
    Ok(listener)
}

/// Serves until it is told to stop (Ctrl-C, or a stop signal), then finishes what has begun. What is asked at
/// the prompt is done by this program, which has the house open. Where it is the real thing, what falls due is erased within the hour,
/// without anybody asking; a demo leaves that to its visitor.
///
/// # Errors
/// A server that cannot start.
pub fn serve(
    listener: std::net::TcpListener,
    app: App,
    orders: Orders,
    real: bool,
    out: Out,
) -> Result<(), Usage> {
    let broken = |e: std::io::Error| {
        usage(
            format!("the server stopped: {e}"),
            "start it again; nothing was lost",
        )
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        .build()
        .map_err(broken)?;
    runtime.block_on(async {
        let (desk, clock) = (Arc::clone(&app.desk), Arc::clone(&app.clock));
        let numbering = tokio::spawn(number(Arc::clone(&desk), Arc::clone(&clock)));
        let mut works = Vec::new();
        let orders = Arc::new(orders);
        if real {
            works.push(tokio::spawn(sweep(Arc::clone(&desk), Arc::clone(&clock))));
        }
        works.push(tokio::spawn(obey(Arc::clone(&orders), Arc::clone(&clock))));
        let listener = tokio::net::TcpListener::from_std(listener).map_err(broken)?;
        let router = web::app::router(app);
        let (told, mut stopping) = tokio::sync::watch::channel(false);
        let serving = axum::serve(
            listener,
            router.into_make_service_with_connect_info::<SocketAddr>(),
        )
        .with_graceful_shutdown(async move {
            told_to_stop().await;
            let _ = told.send(true);
        });
        // Whoever is slow, or never finishes a request, does not keep the house from being closed.
        let patience = async {
            let _ = stopping.wait_for(|told| *told).await;
            tokio::select! {
                () = tokio::time::sleep(PATIENCE) => {}
                () = told_to_stop() => {}
            }
        };
        let done = tokio::select! {
            done = serving.into_future() => done.map_err(broken),
            () = patience => Ok(()),
        };
        numbering.abort();
        orders.stop();
        works.iter().for_each(tokio::task::JoinHandle::abort);
        // What came in since the last second is numbered too, so that a clean stop leaves nothing unproved.
        let last = tokio::task::spawn_blocking(move || desk.vault().tend(clock.now())).await;
        if !matches!(last, Ok(Ok(()))) {
            out.progress(
                "the last evidence entries are not numbered yet; they will be at the next start",
            );
        }
        done
    })
}

/// How long requests that have begun may take once the server was told to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// Every second brings erasures to their end, and numbers and signs new evidence.
async fn number(desk: Arc<Desk>, clock: Arc<dyn Clock>) {
    desk.vault().be_tended();
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let (desk, at) = (Arc::clone(&desk), clock.now());
        // A failure is tried again a second later; `abide verify` counts what is still pending.
        let _ = tokio::task::spawn_blocking(move || desk.vault().tend(at)).await;
    }
}

/// Does what has fallen due: at the start, and every hour from then on. Where several servers share the house, each looks
/// whether it is time and whether anybody is at it, so that one takes over when another stops.
async fn sweep(desk: Arc<Desk>, clock: Arc<dyn Clock>) {
    let store = desk.vault().store();
    let pause = if store.is_shared() {
        store.lease().unsigned_abs() / 2
    } else {
        HOUR.unsigned_abs()
    };
    let mut every = tokio::time::interval(pause);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let (desk, at) = (Arc::clone(&desk), clock.now());
        // What could not be done now is still due in an hour, and its clause says so meanwhile.
        let _ = tokio::task::spawn_blocking(move || {
            if is_time(&desk, at) {
                let _ = desk::keeping::sweep::sweep(&desk, &desk::Visit::system(at, "retention"));
            }
        })
        .await;
    }
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// How far a server's clock may be from the database's.
const APART: SignedDuration = SignedDuration::from_mins(1);

fn is_time(desk: &Desk, at: Timestamp) -> bool {
    let vault = desk.vault();
    if !vault.store().is_shared() {
        return true;
    }
    // A server that stopped may have left something to be finished, however long ago the sweep was.
    let _ = vault.keep_up(at);
    let last = vault.store().last_done(desk::keeping::sweep::DUTY);
    let due = last.is_ok_and(|last| last.is_none_or(|last| at.duration_since(last) >= HOUR));
    due && apart(desk, at).is_none()
}

/// How far this server's clock is from the one all servers of a house go by, if that is too far to judge what is due.
fn apart(desk: &Desk, at: Timestamp) -> Option<SignedDuration> {
    let theirs = desk.vault().store().clock().ok()?;
    Some(at.duration_since(theirs)).filter(|apart| apart.abs() > APART)
}

/// A server whose clock is wrong would erase too early or too late: it does not begin.
///
/// # Errors
/// How far it is.
pub fn same_clock(desk: &Desk, at: Timestamp) -> Result<(), Usage> {
    if !desk.vault().store().is_shared() {
        return Ok(());
    }
    apart(desk, at).map_or(Ok(()), |apart| {
        Err(usage(
            format!(
                "this server's clock and the database's are {} seconds apart",
                apart.as_secs()
            ),
            "set both by the network's time, and start again",
        ))
    })
}

/// Does what is asked at the prompt while the house is served: looks every second, after going on with what a stop broke off.
async fn obey(orders: Arc<Orders>, clock: Arc<dyn Clock>) {
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (first, at) = (Arc::clone(&orders), clock.now());
    let _ = tokio::task::spawn_blocking(move || first.resume(at)).await;
    loop {
        every.tick().await;
        let (orders, at) = (Arc::clone(&orders), clock.now());
        let _ = tokio::task::spawn_blocking(move || orders.obey(at)).await;
    }
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut ended) =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! { _ = interrupted => {}, _ = ended.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}
