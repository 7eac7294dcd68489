use std::future::Future;
use tokio_postgres::{
    Error, Row, RowStream, Statement,
    types::{BorrowToSql, ToSql},
};

/// Carries statements to Postgres by their text.
pub trait GenericClient: Send + Sync {
    /// Prepares a statement ahead of its use.
    fn prepare(&self, query: &str) -> impl Future<Output = Result<Statement, Error>> + Send;

    /// Runs a statement and counts the rows it touched.
    fn execute(
        &self,
        query: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> impl Future<Output = Result<u64, Error>> + Send;

    /// Runs a statement that answers exactly one row.
    fn query_one(
        &self,
        query: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> impl Future<Output = Result<Row, Error>> + Send;

    /// Runs a statement that answers one row or none.
    fn query_opt(
        &self,
        query: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> impl Future<Output = Result<Option<Row>, Error>> + Send;

    /// Runs a statement and streams its rows.
    // Boxed: the compiler cannot show that a future generic over borrowed parameters is `Send` in every caller.
    fn query_raw<'a, P, I>(
        &'a self,
        query: &'a str,
        params: I,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<RowStream, Error>> + Send + 'a>>
    where
        P: BorrowToSql + 'a,
        I: IntoIterator<Item = P> + Sync + Send + 'a,
        I::IntoIter: ExactSizeIterator + Send + 'a;
}
