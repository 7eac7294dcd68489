// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct WriteBudgetParams<T1: crate::StringSql> {
    pub credential: T1,
    pub limit: i32,
    pub remaining: i32,
    pub reset_at: jiff::Timestamp,
}
#[derive(Debug)]
pub struct PauseParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub until: jiff::Timestamp,
    pub by: T1,
    pub strike: i32,
    pub credential: T2,
}
#[derive(Debug)]
pub struct TakeTurnParams<T1: crate::StringSql> {
    pub credential: T1,
    pub interval: i32,
    pub patience: i32,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Budget {
    pub limit: i32,
    pub remaining: i32,
    pub reset_at: jiff::Timestamp,
    pub paused_until: Option<jiff::Timestamp>,
    pub paused_by: Option<String>,
    pub next_write_at: Option<jiff::Timestamp>,
    pub strikes: i32,
    pub now: jiff::Timestamp,
}
pub struct BudgetBorrowed<'a> {
    pub limit: i32,
    pub remaining: i32,
    pub reset_at: jiff::Timestamp,
    pub paused_until: Option<jiff::Timestamp>,
    pub paused_by: Option<&'a str>,
    pub next_write_at: Option<jiff::Timestamp>,
    pub strikes: i32,
    pub now: jiff::Timestamp,
}
impl<'a> From<BudgetBorrowed<'a>> for Budget {
    fn from(
        BudgetBorrowed {
            limit,
            remaining,
            reset_at,
            paused_until,
            paused_by,
            next_write_at,
            strikes,
            now,
        }: BudgetBorrowed<'a>,
    ) -> Self {
        Self {
            limit,
            remaining,
            reset_at,
            paused_until,
            paused_by: paused_by.map(|v| v.into()),
            next_write_at,
            strikes,
            now,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct LockBudget {
    pub strikes: i32,
    pub now: jiff::Timestamp,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct TakeTurn {
    pub turn: jiff::Timestamp,
    pub now: jiff::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Budgets {
    pub credential: String,
    pub limit: i32,
    pub remaining: i32,
    pub reset_at: jiff::Timestamp,
    pub paused_until: Option<jiff::Timestamp>,
    pub paused_by: Option<String>,
    pub seen_at: jiff::Timestamp,
    pub now: jiff::Timestamp,
}
pub struct BudgetsBorrowed<'a> {
    pub credential: &'a str,
    pub limit: i32,
    pub remaining: i32,
    pub reset_at: jiff::Timestamp,
    pub paused_until: Option<jiff::Timestamp>,
    pub paused_by: Option<&'a str>,
    pub seen_at: jiff::Timestamp,
    pub now: jiff::Timestamp,
}
impl<'a> From<BudgetsBorrowed<'a>> for Budgets {
    fn from(
        BudgetsBorrowed {
            credential,
            limit,
            remaining,
            reset_at,
            paused_until,
            paused_by,
            seen_at,
            now,
        }: BudgetsBorrowed<'a>,
    ) -> Self {
        Self {
            credential: credential.into(),
            limit,
            remaining,
            reset_at,
            paused_until,
            paused_by: paused_by.map(|v| v.into()),
            seen_at,
            now,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct BudgetQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BudgetBorrowed, tokio_postgres::Error>,
    mapper: fn(BudgetBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BudgetQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(BudgetBorrowed) -> R) -> BudgetQuery<'c, 'a, 's, C, R, N> {
        BudgetQuery {
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
pub struct LockBudgetQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockBudget, tokio_postgres::Error>,
    mapper: fn(LockBudget) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockBudgetQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LockBudget) -> R) -> LockBudgetQuery<'c, 'a, 's, C, R, N> {
        LockBudgetQuery {
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
pub struct JiffTimestampQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<jiff::Timestamp, tokio_postgres::Error>,
    mapper: fn(jiff::Timestamp) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> JiffTimestampQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(jiff::Timestamp) -> R) -> JiffTimestampQuery<'c, 'a, 's, C, R, N> {
        JiffTimestampQuery {
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
pub struct TakeTurnQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TakeTurn, tokio_postgres::Error>,
    mapper: fn(TakeTurn) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TakeTurnQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(TakeTurn) -> R) -> TakeTurnQuery<'c, 'a, 's, C, R, N> {
        TakeTurnQuery {
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
pub struct BudgetsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BudgetsBorrowed, tokio_postgres::Error>,
    mapper: fn(BudgetsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BudgetsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(BudgetsBorrowed) -> R) -> BudgetsQuery<'c, 'a, 's, C, R, N> {
        BudgetsQuery {
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
pub struct WriteBudgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_budget() -> WriteBudgetStmt {
    WriteBudgetStmt(
        "insert into github_budget as known (credential, \"limit\", remaining, reset_at, seen_at) values ($1, $2, $3, $4, dispatch_now()) on conflict (credential) do update set \"limit\" = excluded.\"limit\", remaining = case when abs(extract(epoch from excluded.reset_at - known.reset_at)) < 60 then least(excluded.remaining, known.remaining) when excluded.reset_at > known.reset_at then excluded.remaining else known.remaining end, reset_at = greatest(excluded.reset_at, known.reset_at), strikes = case when known.paused_until > dispatch_now() - interval '10 minutes' then known.strikes else 0 end, seen_at = excluded.seen_at",
        None,
    )
}
impl WriteBudgetStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        credential: &'a T1,
        limit: &'a i32,
        remaining: &'a i32,
        reset_at: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[credential, limit, remaining, reset_at]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteBudgetParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteBudgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteBudgetParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.credential, &params.limit, &params.remaining, &params.reset_at))
    }
}
pub struct BudgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn budget() -> BudgetStmt {
    BudgetStmt(
        "select \"limit\", remaining, reset_at, paused_until, paused_by, next_write_at, strikes, dispatch_now() as now from github_budget where credential = $1",
        None,
    )
}
impl BudgetStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        credential: &'a T1,
    ) -> BudgetQuery<'c, 'a, 's, C, Budget, 1> {
        BudgetQuery {
            client,
            params: [credential],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<BudgetBorrowed, tokio_postgres::Error> {
                Ok(BudgetBorrowed {
                    limit: row.try_get(0)?,
                    remaining: row.try_get(1)?,
                    reset_at: row.try_get(2)?,
                    paused_until: row.try_get(3)?,
                    paused_by: row.try_get(4)?,
                    next_write_at: row.try_get(5)?,
                    strikes: row.try_get(6)?,
                    now: row.try_get(7)?,
                })
            },
            mapper: |it| Budget::from(it),
        }
    }
}
pub struct LockBudgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_budget() -> LockBudgetStmt {
    LockBudgetStmt(
        "insert into github_budget (credential, \"limit\", remaining, reset_at, seen_at) values ($1, 0, 0, dispatch_now(), dispatch_now()) on conflict (credential) do update set credential = excluded.credential returning strikes, dispatch_now()::timestamptz as now",
        None,
    )
}
impl LockBudgetStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        credential: &'a T1,
    ) -> LockBudgetQuery<'c, 'a, 's, C, LockBudget, 1> {
        LockBudgetQuery {
            client,
            params: [credential],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LockBudget, tokio_postgres::Error> {
                Ok(LockBudget { strikes: row.try_get(0)?, now: row.try_get(1)? })
            },
            mapper: |it| LockBudget::from(it),
        }
    }
}
pub struct PauseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn pause() -> PauseStmt {
    PauseStmt(
        "update github_budget set paused_until = greatest(paused_until, $1), paused_by = $2, seen_at = dispatch_now(), strikes = strikes + $3::integer where credential = $4 returning paused_until::timestamptz as until",
        None,
    )
}
impl PauseStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        until: &'a jiff::Timestamp,
        by: &'a T1,
        strike: &'a i32,
        credential: &'a T2,
    ) -> JiffTimestampQuery<'c, 'a, 's, C, jiff::Timestamp, 4> {
        JiffTimestampQuery {
            client,
            params: [until, by, strike, credential],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        PauseParams<T1, T2>,
        JiffTimestampQuery<'c, 'a, 's, C, jiff::Timestamp, 4>,
        C,
    > for PauseStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a PauseParams<T1, T2>,
    ) -> JiffTimestampQuery<'c, 'a, 's, C, jiff::Timestamp, 4> {
        self.bind(client, &params.until, &params.by, &params.strike, &params.credential)
    }
}
pub struct TakeTurnStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn take_turn() -> TakeTurnStmt {
    TakeTurnStmt(
        "insert into github_budget as known (credential, \"limit\", remaining, reset_at, seen_at, next_write_at) values ($1, 0, 0, dispatch_now(), dispatch_now(), dispatch_now() + $2::integer * interval '1 millisecond') on conflict (credential) do update set next_write_at = greatest(known.next_write_at, dispatch_now()) + $2::integer * interval '1 millisecond' where known.next_write_at is null or known.next_write_at <= dispatch_now() + $3::integer * interval '1 millisecond' returning (next_write_at - $2::integer * interval '1 millisecond')::timestamptz as turn, dispatch_now()::timestamptz as now",
        None,
    )
}
impl TakeTurnStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        credential: &'a T1,
        interval: &'a i32,
        patience: &'a i32,
    ) -> TakeTurnQuery<'c, 'a, 's, C, TakeTurn, 3> {
        TakeTurnQuery {
            client,
            params: [credential, interval, patience],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<TakeTurn, tokio_postgres::Error> {
                Ok(TakeTurn { turn: row.try_get(0)?, now: row.try_get(1)? })
            },
            mapper: |it| TakeTurn::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TakeTurnParams<T1>,
        TakeTurnQuery<'c, 'a, 's, C, TakeTurn, 3>,
        C,
    > for TakeTurnStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TakeTurnParams<T1>,
    ) -> TakeTurnQuery<'c, 'a, 's, C, TakeTurn, 3> {
        self.bind(client, &params.credential, &params.interval, &params.patience)
    }
}
pub struct BudgetsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn budgets() -> BudgetsStmt {
    BudgetsStmt(
        "select credential, \"limit\", remaining, reset_at, paused_until, paused_by, seen_at, dispatch_now() as now from github_budget order by credential",
        None,
    )
}
impl BudgetsStmt {
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
    ) -> BudgetsQuery<'c, 'a, 's, C, Budgets, 0> {
        BudgetsQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<BudgetsBorrowed, tokio_postgres::Error> {
                Ok(BudgetsBorrowed {
                    credential: row.try_get(0)?,
                    limit: row.try_get(1)?,
                    remaining: row.try_get(2)?,
                    reset_at: row.try_get(3)?,
                    paused_until: row.try_get(4)?,
                    paused_by: row.try_get(5)?,
                    seen_at: row.try_get(6)?,
                    now: row.try_get(7)?,
                })
            },
            mapper: |it| Budgets::from(it),
        }
    }
}
