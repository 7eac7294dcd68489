//! What generated queries call: one helper for each shape of answer, over a client of ours.
//!
//! Clorinde's own client prepares anew inside every transaction. Ours decides by itself how a statement travels, so
//! the helpers hand it the text.

pub use generic_client::GenericClient;
mod generic_client;
use tokio_postgres::{
    Error, Row, RowStream, Statement,
    types::{BorrowToSql, ToSql},
};

/// Binds the parameters of a query from one struct.
pub trait Params<'c, 'a, 's, P, O, C> {
    /// Binds them.
    fn params(&'s self, client: &'c C, params: &'a P) -> O;
}

/// Exactly one row.
pub async fn one<C: GenericClient>(
    client: &C,
    query: &str,
    params: &[&(dyn ToSql + Sync)],
    _cached: Option<&Statement>,
) -> Result<Row, Error> {
    client.query_one(query, params).await
}

/// One row or none.
pub async fn opt<C: GenericClient>(
    client: &C,
    query: &str,
    params: &[&(dyn ToSql + Sync)],
    _cached: Option<&Statement>,
) -> Result<Option<Row>, Error> {
    client.query_opt(query, params).await
}

/// All rows, as they arrive.
pub async fn raw<C: GenericClient, P, I>(
    client: &C,
    query: &str,
    params: I,
    _cached: Option<&Statement>,
) -> Result<RowStream, Error>
where
    P: BorrowToSql,
    I: IntoIterator<Item = P> + Sync + Send,
    I::IntoIter: ExactSizeIterator + Send,
{
    client.query_raw(query, params).await
}
