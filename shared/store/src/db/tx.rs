//! A transaction on one connection, and how its requests travel.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use deadpool_postgres::Object;
use dispatch_failpoint::failpoint;
use dispatch_queries::client::GenericClient;
use dispatch_queries::parameter_types::parameter_types;
use futures::future::BoxFuture;
use futures::poll;
use postgres_types::{BorrowToSql, ToSql, Type};
use tokio::sync::{Mutex, MutexGuard};
use tokio_postgres::{Row, RowStream, Statement};

use super::PATIENCE;
use crate::error::Error;

/// Begins a transaction that can change nothing.
pub(super) const READING: &str = "begin isolation level repeatable read read only";

/// Begins nothing: each statement is a transaction of its own.
pub(super) const ALONE: &str = "";

/// A transaction lets go of its connection at its end only.
const HELD: &str = "a transaction has its connection until it is dropped";

/// A transaction, and the client that generated queries run on. What begins it travels with its first statement.
///
/// Dropped without [`Tx::commit`] it is rolled back.
pub struct Tx {
    /// There until the transaction is dropped.
    client: Option<Object>,
    begin: &'static str,
    /// What begins it is under way.
    sent: AtomicBool,
    /// The connection has answered that.
    begun: AtomicBool,
    /// Whose turn it is to send.
    next: Mutex<()>,
    /// Its commit is under way: nothing can be added.
    finished: AtomicBool,
    unnamed: bool,
    under_way: AtomicU64,
    round_trips: Arc<AtomicU64>,
}

impl Tx {
    pub(super) fn new(
        client: Object,
        begin: &'static str,
        unnamed: bool,
        round_trips: Arc<AtomicU64>,
    ) -> Self {
        Self {
            client: Some(client),
            begin,
            sent: AtomicBool::new(false),
            begun: AtomicBool::new(false),
            next: Mutex::default(),
            finished: AtomicBool::new(false),
            unnamed,
            under_way: AtomicU64::new(0),
            round_trips,
        }
    }

    /// Makes everything since the beginning durable.
    ///
    /// # Errors
    /// As Postgres says; nothing is changed then, unless the connection broke while it answered.
    pub async fn commit(self) -> Result<(), Error> {
        self.commit_after(async { Ok(()) }).await
    }

    /// Makes everything since the beginning durable, with last statements that travel ahead of the commit: none of them
    /// may wait for another's answer, and nothing comes after it.
    ///
    /// # Errors
    /// As for [`Tx::commit`]; when one of the statements fails, nothing is changed.
    ///
    /// # Panics
    /// When a statement comes after the commit.
    pub(crate) async fn commit_after<T>(
        &self,
        last: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        // Reading makes nothing durable: to die at its end is to die between what is before and after it.
        let changes = self.begin != READING;
        if changes {
            failpoint("commit.before");
        }
        let commit = async {
            let turn = self.turn().await?;
            self.finished.store(true, Ordering::Relaxed);
            Ok(turn.send(self.client().batch_execute("commit")).await?)
        };
        // A join polls in order.
        let (last, ()) = futures::try_join!(last, commit)?;
        if changes {
            failpoint("commit.after");
        }
        Ok(last)
    }

    /// Marks a point that [`Tx::roll_back_to`] can return to.
    ///
    /// # Errors
    /// As Postgres says.
    pub async fn savepoint(&self, name: &'static str) -> Result<(), Error> {
        self.batch(&format!("savepoint {name}")).await
    }

    /// Undoes everything since the savepoint; the transaction goes on.
    ///
    /// # Errors
    /// As Postgres says.
    pub async fn roll_back_to(&self, name: &'static str) -> Result<(), Error> {
        self.batch(&format!("rollback to savepoint {name}")).await
    }

    /// Whether the connection broke: nothing more can be done on it.
    pub fn is_closed(&self) -> bool {
        self.client().is_closed()
    }

    /// The connection itself, for what is no statement of ours.
    pub(super) fn client_mut(&mut self) -> &mut Object {
        self.client.as_mut().expect(HELD)
    }

    fn client(&self) -> &Object {
        self.client.as_ref().expect(HELD)
    }

    /// Runs the first statements. `None`: its connection, which had been used before, did not even begin it; a sandbox
    /// may have been frozen for longer than the server keeps idle connections. Nothing has happened (or, where nothing
    /// begins a transaction, what may happen twice), and all of it can be tried on another connection.
    ///
    /// # Errors
    /// As the statements; [`Error::Unavailable`] when a new connection does not answer.
    pub(crate) async fn first<T>(
        &self,
        statements: impl Future<Output = Result<T, Error>>,
    ) -> Result<Option<T>, Error> {
        let silence = async {
            tokio::time::sleep(PATIENCE).await;
            if self.begun.load(Ordering::Relaxed) {
                std::future::pending::<()>().await;
            }
        };
        let outcome = tokio::select! {
            biased;
            outcome = statements => outcome,
            () = silence => Err(Error::Unavailable(format!("no answer within {PATIENCE:?}"))),
        };
        let stale = !self.begun.load(Ordering::Relaxed) && Object::metrics(self.client()).recycle_count > 0;
        if outcome.is_err() && stale { Ok(None) } else { outcome.map(Some) }
    }

    /// Begins it without a statement.
    ///
    /// # Errors
    /// As Postgres says.
    pub(super) async fn begin(&self) -> Result<(), Error> {
        Ok(self.turn().await?.send(async { Ok(()) }).await?)
    }

    async fn batch(&self, sql: &str) -> Result<(), Error> {
        let turn = self.turn().await?;
        Ok(turn.send(self.client().batch_execute(sql)).await?)
    }

    /// The right to send the next request. It goes to the callers in the order in which they asked for it, so that
    /// requests that travel together are run in the order in which they were first polled, also when one has to be
    /// prepared before.
    async fn turn(&self) -> Result<Turn<'_>, tokio_postgres::Error> {
        let under_way = UnderWay::new(self);
        let next = self.next.lock().await;
        assert!(!self.finished.load(Ordering::Relaxed), "a statement after its transaction's commit");
        let mut begin = None;
        if !self.sent.swap(true, Ordering::Relaxed) {
            let mut beginning: BoxFuture<'_, _> = Box::pin(self.answered());
            match poll!(&mut beginning) {
                Poll::Ready(begun) => begun?,
                Poll::Pending => begin = Some(beginning),
            }
        }
        Ok(Turn { begin, next, _under_way: under_way })
    }

    async fn answered(&self) -> Result<(), tokio_postgres::Error> {
        self.client().batch_execute(self.begin).await?;
        self.begun.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// The statement as the connection knows it, or `None` where it has to travel unnamed.
    async fn named(&self, query: &str) -> Result<Option<Statement>, tokio_postgres::Error> {
        match self.unnamed {
            true => Ok(None),
            false => Ok(Some(self.client().prepare_cached(query).await?)),
        }
    }

    fn types(sql: &str) -> &'static [Type] {
        // A statement without recorded types would travel without its parameters: better to stop here.
        parameter_types(sql).expect("every generated statement has its parameter types recorded")
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if self.finished.load(Ordering::Relaxed) || !self.sent.load(Ordering::Relaxed) {
            return;
        }
        if !self.begun.load(Ordering::Relaxed) {
            // It may never answer: the pool does without it.
            drop(self.client.take().map(Object::take));
        } else if self.begin != ALONE {
            // One poll queues the request; its answer is read by the connection whether or not anybody waits.
            let rollback = pin!(self.client().batch_execute("rollback"));
            let _ = rollback.poll(&mut Context::from_waker(Waker::noop()));
        }
    }
}

/// The right to send the next request of a transaction.
struct Turn<'a> {
    /// What begins it, sent ahead of its first request.
    begin: Option<BoxFuture<'a, Result<(), tokio_postgres::Error>>>,
    next: MutexGuard<'a, ()>,
    _under_way: UnderWay<'a>,
}

impl Turn<'_> {
    /// Sends a request, lets the next one follow, and waits for the answer.
    async fn send<T>(
        self,
        request: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, tokio_postgres::Error> {
        let mut request = pin!(request);
        // The first poll queues it.
        let polled = poll!(request.as_mut());
        drop(self.next);
        if let Some(begin) = self.begin {
            begin.await?;
        }
        match polled {
            Poll::Ready(answer) => answer,
            Poll::Pending => request.await,
        }
    }
}

/// One request of a transaction, until it is answered. Those that are under way together are one round trip.
struct UnderWay<'a>(&'a Tx);

impl<'a> UnderWay<'a> {
    fn new(tx: &'a Tx) -> Self {
        if tx.under_way.fetch_add(1, Ordering::Relaxed) == 0 {
            tx.round_trips.fetch_add(1, Ordering::Relaxed);
        }
        Self(tx)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

fn typed<'a>(
    params: &[&'a (dyn ToSql + Sync)],
    types: &'static [Type],
) -> Vec<(&'a (dyn ToSql + Sync), Type)> {
    params.iter().copied().zip(types.iter().cloned()).collect()
}

impl GenericClient for Tx {
    async fn prepare(&self, query: &str) -> Result<Statement, tokio_postgres::Error> {
        self.client().prepare_cached(query).await
    }

    async fn execute(
        &self,
        query: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, tokio_postgres::Error> {
        let turn = self.turn().await?;
        match self.named(query).await? {
            Some(statement) => turn.send(self.client().execute(&statement, params)).await,
            None => turn.send(self.client().execute_typed(query, &typed(params, Self::types(query)))).await,
        }
    }

    async fn query_one(
        &self,
        query: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Row, tokio_postgres::Error> {
        let turn = self.turn().await?;
        match self.named(query).await? {
            Some(statement) => turn.send(self.client().query_one(&statement, params)).await,
            None => turn.send(self.client().query_typed_one(query, &typed(params, Self::types(query)))).await,
        }
    }

    async fn query_opt(
        &self,
        query: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, tokio_postgres::Error> {
        let turn = self.turn().await?;
        match self.named(query).await? {
            Some(statement) => turn.send(self.client().query_opt(&statement, params)).await,
            None => turn.send(self.client().query_typed_opt(query, &typed(params, Self::types(query)))).await,
        }
    }

    fn query_raw<'a, P, I>(
        &'a self,
        query: &'a str,
        params: I,
    ) -> Pin<Box<dyn Future<Output = Result<RowStream, tokio_postgres::Error>> + Send + 'a>>
    where
        P: BorrowToSql + 'a,
        I: IntoIterator<Item = P> + Sync + Send + 'a,
        I::IntoIter: ExactSizeIterator + Send + 'a,
    {
        let params = params.into_iter();
        Box::pin(async move {
            let turn = self.turn().await?;
            match self.named(query).await? {
                Some(statement) => turn.send(self.client().query_raw(&statement, params)).await,
                None => {
                    let params = params.zip(Self::types(query).iter().cloned());
                    turn.send(self.client().query_typed_raw(query, params)).await
                }
            }
        })
    }
}
