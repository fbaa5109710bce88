//! A connection answers in the order in which it was asked, and nobody has to wait for one answer before asking the next.
//!
//! What is only sent is answered for at the next wait: if it failed, that is what the wait says, since nothing after it counts.

use super::{postgres::number, tls::Address};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Waker},
};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{AsyncMessage, Client, Connection, Error, NoTls};

/// A question that has been sent or is about to be. What it may answer that anybody wants to know is a number.
pub(super) type Sent = Pin<Box<dyn Future<Output = Result<Option<i64>, Error>> + Send>>;

/// The far end: takes what was asked to the server and brings answers back.
type Far = Box<dyn FnMut(&mut Context<'_>) -> Poll<Option<Result<AsyncMessage, Error>>> + Send>;

/// One connection.
pub(super) struct Line {
    // Let go first: without anybody to ask, the far end says goodbye.
    client: Arc<Client>,
    wire: Wire,
}

/// What a connection is without whom to ask.
struct Wire {
    runtime: Runtime,
    ends: RefCell<Ends>,
    /// The last number that something sent was answered with.
    number: Cell<Option<i64>>,
}

struct Ends {
    /// Let go once it is over, so that whoever waits for an answer learns that none will come.
    far: Option<Far>,
    /// In the order in which the answers will come.
    sent: VecDeque<Sent>,
    /// The first of them that failed.
    fault: Option<Error>,
    /// Why the connection ended.
    broken: Option<Error>,
}

/// Why there is no connection.
#[derive(Debug)]
pub(super) enum Unconnected {
    /// The machine gave nothing to wait with.
    Here(std::io::Error),
    /// The server, or the way to it.
    There(Error),
}

impl Line {
    pub(super) fn connect(to: &Address) -> Result<Self, Unconnected> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Unconnected::Here)?;
        let (client, far) = runtime
            .block_on(async {
                match &to.tls {
                    Some(tls) => to.config.connect(tls.clone()).await.map(apart),
                    None => to.config.connect(NoTls).await.map(apart),
                }
            })
            .map_err(Unconnected::There)?;
        Ok(Self {
            client: Arc::new(client),
            wire: Wire {
                runtime,
                ends: RefCell::new(Ends {
                    far: Some(far),
                    sent: VecDeque::new(),
                    fault: None,
                    broken: None,
                }),
                number: Cell::new(None),
            },
        })
    }

    /// Whom questions are put to; their futures are given to [`Line::wait`] or [`Line::send`].
    pub(super) fn client(&self) -> &Arc<Client> {
        &self.client
    }

    /// Whether the other end has left us, as far as is known.
    pub(super) fn closed(&self) -> bool {
        self.wire.ends.borrow().far.is_none() || self.client.is_closed()
    }

    /// Asks, and waits for the answer and for everything that was sent before.
    pub(super) fn wait<T>(
        &self,
        question: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let mut question = pin!(question);
        let mut ends = self.wire.ends.borrow_mut();
        let said = self.wire.runtime.block_on(poll_fn(|cx| {
            // Asked first, so that it goes out with all that was sent before.
            if let Poll::Ready(said) = question.as_mut().poll(cx) {
                return Poll::Ready(said);
            }
            ends.turn(cx, &self.wire.number);
            question.as_mut().poll(cx)
        }));
        ends.judge(said)
    }

    /// Waits for everything that was sent.
    pub(super) fn settle(&self) -> Result<(), Error> {
        let mut ends = self.wire.ends.borrow_mut();
        if !ends.sent.is_empty() {
            self.wire.runtime.block_on(poll_fn(|cx| {
                ends.turn(cx, &self.wire.number);
                match ends.sent.is_empty() {
                    true => Poll::Ready(()),
                    false => Poll::Pending,
                }
            }));
        }
        ends.judge(Ok(()))
    }

    /// Asks without waiting.
    pub(super) fn send(&self, question: Sent) {
        let mut question = question;
        let mut ends = self.wire.ends.borrow_mut();
        let mut cx = Context::from_waker(Waker::noop());
        match question.as_mut().poll(&mut cx) {
            Poll::Ready(said) => ends.note(said, &self.wire.number),
            Poll::Pending => ends.sent.push_back(question),
        }
    }

    /// Lets the server begin with what was sent.
    pub(super) fn push(&self) {
        let mut ends = self.wire.ends.borrow_mut();
        self.wire.runtime.block_on(poll_fn(|cx| {
            ends.turn(cx, &self.wire.number);
            Poll::Ready(())
        }));
    }

    /// Asks something without parameters, without waiting.
    pub(super) fn send_simple(&self, sql: String) {
        let client = Arc::clone(&self.client);
        self.send(Box::pin(async move {
            let said = client.simple_query(&sql).await?;
            Ok(number(&said))
        }));
    }

    /// The number that something sent was answered with; once.
    pub(super) fn number(&self) -> Option<i64> {
        self.wire.number.take()
    }

    /// Forgets that something sent has failed, because all of it has been undone.
    pub(super) fn forget(&self) {
        self.wire.ends.borrow_mut().fault = None;
        self.wire.number.set(None);
    }
}

impl Ends {
    /// Takes and brings what there is, without waiting.
    fn turn(&mut self, cx: &mut Context<'_>, number: &Cell<Option<i64>>) {
        while let Some(far) = &mut self.far {
            match far(cx) {
                Poll::Ready(Some(Ok(_))) => {}
                Poll::Ready(Some(Err(error))) => {
                    self.broken = Some(error);
                    self.far = None;
                }
                Poll::Ready(None) => self.far = None,
                Poll::Pending => break,
            }
        }
        while let Some(first) = self.sent.front_mut() {
            let Poll::Ready(said) = first.as_mut().poll(cx) else {
                break;
            };
            self.sent.pop_front();
            self.note(said, number);
        }
    }

    fn note(&mut self, said: Result<Option<i64>, Error>, number: &Cell<Option<i64>>) {
        match said {
            Ok(Some(n)) => number.set(Some(n)),
            Ok(None) => {}
            Err(error) => {
                self.fault.get_or_insert(error);
            }
        }
    }

    /// What was sent before comes first, and why the connection ended before that it has.
    fn judge<T>(&mut self, said: Result<T, Error>) -> Result<T, Error> {
        if let Some(fault) = self.fault.take() {
            return Err(match self.broken.take() {
                Some(broken) if fault.is_closed() => broken,
                _ => fault,
            });
        }
        said.map_err(|error| match self.broken.take() {
            Some(broken) if error.is_closed() => broken,
            _ => error,
        })
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let mut ends = self.ends.borrow_mut();
        ends.sent.clear();
        if ends.far.is_some() {
            self.runtime.block_on(poll_fn(|cx| {
                ends.turn(cx, &self.number);
                match ends.far.is_none() {
                    true => Poll::Ready(()),
                    false => Poll::Pending,
                }
            }));
        }
    }
}

fn apart<S, T>((client, mut far): (Client, Connection<S, T>)) -> (Client, Far)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    (client, Box::new(move |cx| far.poll_message(cx)))
}
