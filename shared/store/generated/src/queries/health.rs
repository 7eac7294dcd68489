// This file was generated with `clorinde`. Do not modify.

#[derive(Debug, Clone, PartialEq, Copy)]
pub struct Backlog {
    pub now: jiff::Timestamp,
    pub writes_waiting: i64,
    pub writes_due: i64,
    pub writes_parked: i64,
    pub oldest_write_at: Option<jiff::Timestamp>,
    pub next_write_at: Option<jiff::Timestamp>,
    pub deliveries_failed: i64,
    pub deliveries_unreadable: i64,
    pub deliveries_missing: i64,
    pub oldest_missing_at: Option<jiff::Timestamp>,
    pub compared_until: Option<jiff::Timestamp>,
    pub hooks_in_trouble: i64,
    pub rereads_wanted: i64,
    pub claims_active: i64,
    pub claims_expired: i64,
    pub repositories: i64,
    pub repositories_in_trouble: i64,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct FeedLag {
    pub seconds: f64,
    pub changes: i64,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct Convergence {
    pub settled: i64,
    pub median_seconds: Option<f64>,
    pub slowest_seconds: Option<f64>,
    pub writes_each: Option<f64>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct DriftByCause {
    pub cause: String,
    pub drifts: i64,
}
pub struct DriftByCauseBorrowed<'a> {
    pub cause: &'a str,
    pub drifts: i64,
}
impl<'a> From<DriftByCauseBorrowed<'a>> for DriftByCause {
    fn from(DriftByCauseBorrowed { cause, drifts }: DriftByCauseBorrowed<'a>) -> Self {
        Self { cause: cause.into(), drifts }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct BoolQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<bool, tokio_postgres::Error>,
    mapper: fn(bool) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BoolQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(bool) -> R) -> BoolQuery<'c, 'a, 's, C, R, N> {
        BoolQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row = crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row = crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c, tokio_postgres::Error>
    {
        let stream =
            crate::client::async_::raw(self.client, self.query, crate::slice_iter(&self.params), self.cached)
                .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct BacklogQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Backlog, tokio_postgres::Error>,
    mapper: fn(Backlog) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BacklogQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Backlog) -> R) -> BacklogQuery<'c, 'a, 's, C, R, N> {
        BacklogQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row = crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row = crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c, tokio_postgres::Error>
    {
        let stream =
            crate::client::async_::raw(self.client, self.query, crate::slice_iter(&self.params), self.cached)
                .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct FeedLagQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FeedLag, tokio_postgres::Error>,
    mapper: fn(FeedLag) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FeedLagQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FeedLag) -> R) -> FeedLagQuery<'c, 'a, 's, C, R, N> {
        FeedLagQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row = crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row = crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c, tokio_postgres::Error>
    {
        let stream =
            crate::client::async_::raw(self.client, self.query, crate::slice_iter(&self.params), self.cached)
                .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct ConvergenceQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Convergence, tokio_postgres::Error>,
    mapper: fn(Convergence) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ConvergenceQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Convergence) -> R) -> ConvergenceQuery<'c, 'a, 's, C, R, N> {
        ConvergenceQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row = crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row = crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c, tokio_postgres::Error>
    {
        let stream =
            crate::client::async_::raw(self.client, self.query, crate::slice_iter(&self.params), self.cached)
                .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct DriftByCauseQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DriftByCauseBorrowed, tokio_postgres::Error>,
    mapper: fn(DriftByCauseBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DriftByCauseQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(DriftByCauseBorrowed) -> R) -> DriftByCauseQuery<'c, 'a, 's, C, R, N> {
        DriftByCauseQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row = crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row = crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c, tokio_postgres::Error>
    {
        let stream =
            crate::client::async_::raw(self.client, self.query, crate::slice_iter(&self.params), self.cached)
                .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct AliveStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn alive() -> AliveStmt {
    AliveStmt("select true as alive", None)
}
impl AliveStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(&'s self, client: &'c C) -> BoolQuery<'c, 'a, 's, C, bool, 0> {
        BoolQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct BacklogStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backlog() -> BacklogStmt {
    BacklogStmt(
        "select dispatch_now() as now, (select count(*) from mutation where state in ('pending', 'leased')) as writes_waiting, (select count(*) from mutation where state = 'pending' and retry_at <= dispatch_now()) as writes_due, (select count(*) from mutation where state = 'parked') as writes_parked, (select min(created_at) from mutation where state in ('pending', 'leased')) as oldest_write_at, (select min(retry_at) from mutation where state = 'pending') as next_write_at, (select count(*) from delivery where outcome = 'failed') as deliveries_failed, (select count(*) from delivery where outcome = 'unreadable') as deliveries_unreadable, (select count(*) from missing_delivery m where state = 'missing' and not exists (select from delivery d where d.guid = m.guid)) as deliveries_missing, (select min(delivered_at) from missing_delivery where state = 'missing') as oldest_missing_at, (select min(compared_until) from hook where compared_until is not null) as compared_until, (select count(*) from hook where state <> 'ok') as hooks_in_trouble, (select count(*) from issue where reread_wanted > reread_settled) as rereads_wanted, (select count(*) from claim where state = 'active') as claims_active, (select count(*) from claim where state = 'active' and expires_at <= dispatch_now()) as claims_expired, (select count(*) from repository where enabled and not gone) as repositories, (select count(*) from repository where enabled and not gone and last_error is not null) as repositories_in_trouble",
        None,
    )
}
impl BacklogStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
    ) -> BacklogQuery<'c, 'a, 's, C, Backlog, 0> {
        BacklogQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<Backlog, tokio_postgres::Error> {
                Ok(Backlog {
                    now: row.try_get(0)?,
                    writes_waiting: row.try_get(1)?,
                    writes_due: row.try_get(2)?,
                    writes_parked: row.try_get(3)?,
                    oldest_write_at: row.try_get(4)?,
                    next_write_at: row.try_get(5)?,
                    deliveries_failed: row.try_get(6)?,
                    deliveries_unreadable: row.try_get(7)?,
                    deliveries_missing: row.try_get(8)?,
                    oldest_missing_at: row.try_get(9)?,
                    compared_until: row.try_get(10)?,
                    hooks_in_trouble: row.try_get(11)?,
                    rereads_wanted: row.try_get(12)?,
                    claims_active: row.try_get(13)?,
                    claims_expired: row.try_get(14)?,
                    repositories: row.try_get(15)?,
                    repositories_in_trouble: row.try_get(16)?,
                })
            },
            mapper: |it| Backlog::from(it),
        }
    }
}
pub struct FeedLagStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn feed_lag() -> FeedLagStmt {
    FeedLagStmt(
        "select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 as seconds, (select count(*) from change) as changes from pg_stat_activity where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()",
        None,
    )
}
impl FeedLagStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
    ) -> FeedLagQuery<'c, 'a, 's, C, FeedLag, 0> {
        FeedLagQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FeedLag, tokio_postgres::Error> {
                Ok(FeedLag { seconds: row.try_get(0)?, changes: row.try_get(1)? })
            },
            mapper: |it| FeedLag::from(it),
        }
    }
}
pub struct ConvergenceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn convergence() -> ConvergenceStmt {
    ConvergenceStmt(
        "select count(*) as settled, percentile_cont(0.5) within group (order by extract(epoch from settled_at - created_at))::float8 as median_seconds, percentile_cont(0.99) within group (order by extract(epoch from settled_at - created_at))::float8 as slowest_seconds, avg(writes)::float8 as writes_each from mutation where state = 'applied' and settled_at > dispatch_now() - interval '1 day'",
        None,
    )
}
impl ConvergenceStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
    ) -> ConvergenceQuery<'c, 'a, 's, C, Convergence, 0> {
        ConvergenceQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<Convergence, tokio_postgres::Error> {
                Ok(Convergence {
                    settled: row.try_get(0)?,
                    median_seconds: row.try_get(1)?,
                    slowest_seconds: row.try_get(2)?,
                    writes_each: row.try_get(3)?,
                })
            },
            mapper: |it| Convergence::from(it),
        }
    }
}
pub struct DriftByCauseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drift_by_cause() -> DriftByCauseStmt {
    DriftByCauseStmt(
        "select coalesce(cause, 'missed_event') as cause, count(*) as drifts from drift where at > dispatch_now() - interval '1 day' group by 1 order by 1",
        None,
    )
}
impl DriftByCauseStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
    ) -> DriftByCauseQuery<'c, 'a, 's, C, DriftByCause, 0> {
        DriftByCauseQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<DriftByCauseBorrowed, tokio_postgres::Error> {
                Ok(DriftByCauseBorrowed { cause: row.try_get(0)?, drifts: row.try_get(1)? })
            },
            mapper: |it| DriftByCause::from(it),
        }
    }
}
