// This file was generated with `clorinde`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct ChangesSinceParams {
    pub after: i64,
    pub most: i64,
}
#[derive(Debug)]
pub struct StillTrueParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub epoch: T1,
    pub snapshot: T2,
    pub until: Option<jiff::Timestamp>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct FeedPosition {
    pub epoch: String,
    pub horizon: i64,
    pub snapshot: String,
    pub pruned_below: i64,
    pub now: jiff::Timestamp,
}
pub struct FeedPositionBorrowed<'a> {
    pub epoch: &'a str,
    pub horizon: i64,
    pub snapshot: &'a str,
    pub pruned_below: i64,
    pub now: jiff::Timestamp,
}
impl<'a> From<FeedPositionBorrowed<'a>> for FeedPosition {
    fn from(
        FeedPositionBorrowed { epoch, horizon, snapshot, pruned_below, now }: FeedPositionBorrowed<'a>,
    ) -> Self {
        Self { epoch: epoch.into(), horizon, snapshot: snapshot.into(), pruned_below, now }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ChangesSince {
    pub entity: String,
    pub id: i64,
}
pub struct ChangesSinceBorrowed<'a> {
    pub entity: &'a str,
    pub id: i64,
}
impl<'a> From<ChangesSinceBorrowed<'a>> for ChangesSince {
    fn from(ChangesSinceBorrowed { entity, id }: ChangesSinceBorrowed<'a>) -> Self {
        Self { entity: entity.into(), id }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct ChangedSince {
    pub horizon: i64,
    pub changed: bool,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct FeedPositionQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FeedPositionBorrowed, tokio_postgres::Error>,
    mapper: fn(FeedPositionBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FeedPositionQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FeedPositionBorrowed) -> R) -> FeedPositionQuery<'c, 'a, 's, C, R, N> {
        FeedPositionQuery {
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
pub struct ChangesSinceQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ChangesSinceBorrowed, tokio_postgres::Error>,
    mapper: fn(ChangesSinceBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ChangesSinceQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ChangesSinceBorrowed) -> R) -> ChangesSinceQuery<'c, 'a, 's, C, R, N> {
        ChangesSinceQuery {
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
pub struct I64Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<i64, tokio_postgres::Error>,
    mapper: fn(i64) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> I64Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(i64) -> R) -> I64Query<'c, 'a, 's, C, R, N> {
        I64Query {
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
pub struct ChangedSinceQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ChangedSince, tokio_postgres::Error>,
    mapper: fn(ChangedSince) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ChangedSinceQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ChangedSince) -> R) -> ChangedSinceQuery<'c, 'a, 's, C, R, N> {
        ChangedSinceQuery {
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
pub struct FeedPositionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn feed_position() -> FeedPositionStmt {
    FeedPositionStmt(
        "select epoch::text as epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon, pg_current_snapshot()::text as snapshot, pruned_below::text::bigint as pruned_below, dispatch_now() as now from feed",
        None,
    )
}
impl FeedPositionStmt {
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
    ) -> FeedPositionQuery<'c, 'a, 's, C, FeedPosition, 0> {
        FeedPositionQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FeedPositionBorrowed, tokio_postgres::Error> {
                Ok(FeedPositionBorrowed {
                    epoch: row.try_get(0)?,
                    horizon: row.try_get(1)?,
                    snapshot: row.try_get(2)?,
                    pruned_below: row.try_get(3)?,
                    now: row.try_get(4)?,
                })
            },
            mapper: |it| FeedPosition::from(it),
        }
    }
}
pub struct ChangesSinceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn changes_since() -> ChangesSinceStmt {
    ChangesSinceStmt(
        "select distinct entity, id from change where xid >= $1::bigint::text::xid8 and xid < pg_snapshot_xmin(pg_current_snapshot()) limit $2",
        None,
    )
}
impl ChangesSinceStmt {
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
        after: &'a i64,
        most: &'a i64,
    ) -> ChangesSinceQuery<'c, 'a, 's, C, ChangesSince, 2> {
        ChangesSinceQuery {
            client,
            params: [after, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ChangesSinceBorrowed, tokio_postgres::Error> {
                Ok(ChangesSinceBorrowed { entity: row.try_get(0)?, id: row.try_get(1)? })
            },
            mapper: |it| ChangesSince::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ChangesSinceParams,
        ChangesSinceQuery<'c, 'a, 's, C, ChangesSince, 2>,
        C,
    > for ChangesSinceStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ChangesSinceParams,
    ) -> ChangesSinceQuery<'c, 'a, 's, C, ChangesSince, 2> {
        self.bind(client, &params.after, &params.most)
    }
}
pub struct StillTrueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn still_true() -> StillTrueStmt {
    StillTrueStmt(
        "select feed.epoch::text = $1 and feed.pruned_below <= pg_snapshot_xmin($2::text::pg_snapshot) and ($3::timestamptz is null or dispatch_now() < $3) and (select true from change where xid >= pg_snapshot_xmin($2::text::pg_snapshot) and not pg_visible_in_snapshot(xid, $2::text::pg_snapshot) order by xid desc limit 1) is null as holds from feed",
        None,
    )
}
impl StillTrueStmt {
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
        epoch: &'a T1,
        snapshot: &'a T2,
        until: &'a Option<jiff::Timestamp>,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 3> {
        BoolQuery {
            client,
            params: [epoch, snapshot, until],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, StillTrueParams<T1, T2>, BoolQuery<'c, 'a, 's, C, bool, 3>, C>
    for StillTrueStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a StillTrueParams<T1, T2>,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 3> {
        self.bind(client, &params.epoch, &params.snapshot, &params.until)
    }
}
pub struct PruneFeedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_feed() -> PruneFeedStmt {
    PruneFeedStmt(
        "with bound as ( update feed set pruned_below = greatest(pruned_below, greatest(0, pg_snapshot_xmin(pg_current_snapshot())::text::bigint - $1::bigint)::text::xid8) returning pruned_below ) delete from change using bound where change.xid < bound.pruned_below",
        None,
    )
}
impl PruneFeedStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        keep: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[keep]).await
    }
}
pub struct FeedLagStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn feed_lag() -> FeedLagStmt {
    FeedLagStmt(
        "select count(*) as waiting from change where xid >= pg_snapshot_xmin(pg_current_snapshot())",
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
    pub fn bind<'c, 'a, 's, C: GenericClient>(&'s self, client: &'c C) -> I64Query<'c, 'a, 's, C, i64, 0> {
        I64Query {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct ChangedSinceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn changed_since() -> ChangedSinceStmt {
    ChangedSinceStmt(
        "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon, (select true from change where xid >= $1::bigint::text::xid8 order by xid desc limit 1) is not null as changed",
        None,
    )
}
impl ChangedSinceStmt {
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
        since: &'a i64,
    ) -> ChangedSinceQuery<'c, 'a, 's, C, ChangedSince, 1> {
        ChangedSinceQuery {
            client,
            params: [since],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ChangedSince, tokio_postgres::Error> {
                Ok(ChangedSince { horizon: row.try_get(0)?, changed: row.try_get(1)? })
            },
            mapper: |it| ChangedSince::from(it),
        }
    }
}
