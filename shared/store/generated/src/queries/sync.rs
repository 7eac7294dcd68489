// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct RequestRunParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub kind: T1,
    pub repository_id: Option<i64>,
    pub requested_by: T2,
}
#[derive(Debug)]
pub struct UnfinishedRunParams<T1: crate::StringSql> {
    pub kind: T1,
    pub repository_id: Option<i64>,
}
#[derive(Debug)]
pub struct ProgressRunParams<T1: crate::JsonSql> {
    pub total: i32,
    pub done: i32,
    pub issues: i32,
    pub results: T1,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct ProgressIssuesParams {
    pub issues: i32,
    pub id: i64,
}
#[derive(Debug)]
pub struct FinishJobParams<T1: crate::StringSql, T2: crate::JsonSql, T3: crate::StringSql> {
    pub error: Option<T1>,
    pub counts: T2,
    pub job: T3,
}
#[derive(Debug)]
pub struct RecordDriftParams<T1: crate::StringSql, T2: crate::JsonSql, T3: crate::JsonSql> {
    pub repository_id: i64,
    pub issue_id: i64,
    pub what: T1,
    pub before: Option<T2>,
    pub after: Option<T3>,
    pub changed_at: jiff::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct UnseenIssuesParams {
    pub repository_id: i64,
    pub closed: bool,
    pub started: jiff::Timestamp,
    pub since: Option<jiff::Timestamp>,
    pub most: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct StillListedParams {
    pub repository_id: i64,
    pub closed: bool,
}
#[derive(Debug, Clone, PartialEq)]
pub struct StartRun {
    pub id: i64,
    pub kind: String,
    pub repository_id: Option<i64>,
}
pub struct StartRunBorrowed<'a> {
    pub id: i64,
    pub kind: &'a str,
    pub repository_id: Option<i64>,
}
impl<'a> From<StartRunBorrowed<'a>> for StartRun {
    fn from(StartRunBorrowed { id, kind, repository_id }: StartRunBorrowed<'a>) -> Self {
        Self { id, kind: kind.into(), repository_id }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct RunRow {
    pub id: i64,
    pub kind: String,
    pub owner: Option<String>,
    pub name: Option<String>,
    pub state: String,
    pub requested_by: String,
    pub requested_at: jiff::Timestamp,
    pub started_at: Option<jiff::Timestamp>,
    pub finished_at: Option<jiff::Timestamp>,
    pub repositories_total: i32,
    pub repositories_done: i32,
    pub issues_synced: i32,
    pub results: serde_json::Value,
}
pub struct RunRowBorrowed<'a> {
    pub id: i64,
    pub kind: &'a str,
    pub owner: Option<&'a str>,
    pub name: Option<&'a str>,
    pub state: &'a str,
    pub requested_by: &'a str,
    pub requested_at: jiff::Timestamp,
    pub started_at: Option<jiff::Timestamp>,
    pub finished_at: Option<jiff::Timestamp>,
    pub repositories_total: i32,
    pub repositories_done: i32,
    pub issues_synced: i32,
    pub results: postgres_types::Json<&'a serde_json::value::RawValue>,
}
impl<'a> From<RunRowBorrowed<'a>> for RunRow {
    fn from(
        RunRowBorrowed {
            id,
            kind,
            owner,
            name,
            state,
            requested_by,
            requested_at,
            started_at,
            finished_at,
            repositories_total,
            repositories_done,
            issues_synced,
            results,
        }: RunRowBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            kind: kind.into(),
            owner: owner.map(|v| v.into()),
            name: name.map(|v| v.into()),
            state: state.into(),
            requested_by: requested_by.into(),
            requested_at,
            started_at,
            finished_at,
            repositories_total,
            repositories_done,
            issues_synced,
            results: serde_json::from_str(results.0.get()).unwrap(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Jobs {
    pub job: String,
    pub started_at: jiff::Timestamp,
    pub finished_at: Option<jiff::Timestamp>,
    pub succeeded_at: Option<jiff::Timestamp>,
    pub error: Option<String>,
    pub counts: serde_json::Value,
}
pub struct JobsBorrowed<'a> {
    pub job: &'a str,
    pub started_at: jiff::Timestamp,
    pub finished_at: Option<jiff::Timestamp>,
    pub succeeded_at: Option<jiff::Timestamp>,
    pub error: Option<&'a str>,
    pub counts: postgres_types::Json<&'a serde_json::value::RawValue>,
}
impl<'a> From<JobsBorrowed<'a>> for Jobs {
    fn from(
        JobsBorrowed { job, started_at, finished_at, succeeded_at, error, counts }: JobsBorrowed<'a>,
    ) -> Self {
        Self {
            job: job.into(),
            started_at,
            finished_at,
            succeeded_at,
            error: error.map(|v| v.into()),
            counts: serde_json::from_str(counts.0.get()).unwrap(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct IssuesToReread {
    pub id: i64,
    pub number: i32,
    pub reread_wanted: i32,
    pub version: i32,
    pub owner: String,
    pub name: String,
    pub repository_id: i64,
}
pub struct IssuesToRereadBorrowed<'a> {
    pub id: i64,
    pub number: i32,
    pub reread_wanted: i32,
    pub version: i32,
    pub owner: &'a str,
    pub name: &'a str,
    pub repository_id: i64,
}
impl<'a> From<IssuesToRereadBorrowed<'a>> for IssuesToReread {
    fn from(
        IssuesToRereadBorrowed {
            id,
            number,
            reread_wanted,
            version,
            owner,
            name,
            repository_id,
        }: IssuesToRereadBorrowed<'a>,
    ) -> Self {
        Self { id, number, reread_wanted, version, owner: owner.into(), name: name.into(), repository_id }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct PullRequestsToReread {
    pub id: i64,
    pub number: i32,
    pub reread_wanted: i32,
    pub owner: String,
    pub name: String,
    pub repository_id: i64,
}
pub struct PullRequestsToRereadBorrowed<'a> {
    pub id: i64,
    pub number: i32,
    pub reread_wanted: i32,
    pub owner: &'a str,
    pub name: &'a str,
    pub repository_id: i64,
}
impl<'a> From<PullRequestsToRereadBorrowed<'a>> for PullRequestsToReread {
    fn from(
        PullRequestsToRereadBorrowed {
            id,
            number,
            reread_wanted,
            owner,
            name,
            repository_id,
        }: PullRequestsToRereadBorrowed<'a>,
    ) -> Self {
        Self { id, number, reread_wanted, owner: owner.into(), name: name.into(), repository_id }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct UnseenIssues {
    pub id: i64,
    pub number: i32,
    pub reread_wanted: i32,
    pub version: i32,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct StartRunQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<StartRunBorrowed, tokio_postgres::Error>,
    mapper: fn(StartRunBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> StartRunQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(StartRunBorrowed) -> R) -> StartRunQuery<'c, 'a, 's, C, R, N> {
        StartRunQuery {
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
pub struct RunRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RunRowBorrowed, tokio_postgres::Error>,
    mapper: fn(RunRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RunRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(RunRowBorrowed) -> R) -> RunRowQuery<'c, 'a, 's, C, R, N> {
        RunRowQuery {
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
pub struct JobsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<JobsBorrowed, tokio_postgres::Error>,
    mapper: fn(JobsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> JobsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(JobsBorrowed) -> R) -> JobsQuery<'c, 'a, 's, C, R, N> {
        JobsQuery {
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
pub struct IssuesToRereadQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<IssuesToRereadBorrowed, tokio_postgres::Error>,
    mapper: fn(IssuesToRereadBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> IssuesToRereadQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(IssuesToRereadBorrowed) -> R) -> IssuesToRereadQuery<'c, 'a, 's, C, R, N> {
        IssuesToRereadQuery {
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
pub struct PullRequestsToRereadQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<PullRequestsToRereadBorrowed, tokio_postgres::Error>,
    mapper: fn(PullRequestsToRereadBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> PullRequestsToRereadQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(PullRequestsToRereadBorrowed) -> R,
    ) -> PullRequestsToRereadQuery<'c, 'a, 's, C, R, N> {
        PullRequestsToRereadQuery {
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
pub struct UnseenIssuesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<UnseenIssues, tokio_postgres::Error>,
    mapper: fn(UnseenIssues) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UnseenIssuesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(UnseenIssues) -> R) -> UnseenIssuesQuery<'c, 'a, 's, C, R, N> {
        UnseenIssuesQuery {
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
pub struct RequestRunStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn request_run() -> RequestRunStmt {
    RequestRunStmt(
        "insert into sync_run (kind, repository_id, requested_by, requested_at) values ($1, $2, $3, dispatch_now()) on conflict (kind, coalesce(repository_id, 0)) where state <> 'finished' do nothing returning id",
        None,
    )
}
impl RequestRunStmt {
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
        kind: &'a T1,
        repository_id: &'a Option<i64>,
        requested_by: &'a T2,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        I64Query {
            client,
            params: [kind, repository_id, requested_by],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, RequestRunParams<T1, T2>, I64Query<'c, 'a, 's, C, i64, 3>, C>
    for RequestRunStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RequestRunParams<T1, T2>,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        self.bind(client, &params.kind, &params.repository_id, &params.requested_by)
    }
}
pub struct UnfinishedRunStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn unfinished_run() -> UnfinishedRunStmt {
    UnfinishedRunStmt(
        "select id from sync_run where kind = $1 and coalesce(repository_id, 0) = coalesce($2::bigint, 0) and state <> 'finished'",
        None,
    )
}
impl UnfinishedRunStmt {
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
        kind: &'a T1,
        repository_id: &'a Option<i64>,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        I64Query {
            client,
            params: [kind, repository_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, UnfinishedRunParams<T1>, I64Query<'c, 'a, 's, C, i64, 2>, C>
    for UnfinishedRunStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a UnfinishedRunParams<T1>,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        self.bind(client, &params.kind, &params.repository_id)
    }
}
pub struct StartRunStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn start_run() -> StartRunStmt {
    StartRunStmt(
        "update sync_run set state = 'running', started_at = dispatch_now() where id = $1 and (state = 'requested' or (state = 'running' and started_at < dispatch_now() - interval '15 minutes')) returning id, kind, repository_id",
        None,
    )
}
impl StartRunStmt {
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
        id: &'a i64,
    ) -> StartRunQuery<'c, 'a, 's, C, StartRun, 1> {
        StartRunQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<StartRunBorrowed, tokio_postgres::Error> {
                Ok(StartRunBorrowed {
                    id: row.try_get(0)?,
                    kind: row.try_get(1)?,
                    repository_id: row.try_get(2)?,
                })
            },
            mapper: |it| StartRun::from(it),
        }
    }
}
pub struct ProgressRunStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn progress_run() -> ProgressRunStmt {
    ProgressRunStmt(
        "update sync_run set repositories_total = $1, repositories_done = $2, issues_synced = $3, results = $4 where id = $5",
        None,
    )
}
impl ProgressRunStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql>(
        &'s self,
        client: &'c C,
        total: &'a i32,
        done: &'a i32,
        issues: &'a i32,
        results: &'a T1,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[total, done, issues, results, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ProgressRunParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ProgressRunStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ProgressRunParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.total, &params.done, &params.issues, &params.results, &params.id))
    }
}
pub struct ProgressIssuesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn progress_issues() -> ProgressIssuesStmt {
    ProgressIssuesStmt("update sync_run set issues_synced = $1 where id = $2", None)
}
impl ProgressIssuesStmt {
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
        issues: &'a i32,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[issues, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ProgressIssuesParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ProgressIssuesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ProgressIssuesParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.issues, &params.id))
    }
}
pub struct FinishRunStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn finish_run() -> FinishRunStmt {
    FinishRunStmt("update sync_run set state = 'finished', finished_at = dispatch_now() where id = $1", None)
}
impl FinishRunStmt {
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
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id]).await
    }
}
pub struct RunByIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn run_by_id() -> RunByIdStmt {
    RunByIdStmt(
        "select s.id, s.kind, r.owner, r.name, s.state, s.requested_by, s.requested_at, s.started_at, s.finished_at, s.repositories_total, s.repositories_done, s.issues_synced, s.results from sync_run s left join repository r on r.id = s.repository_id where s.id = $1",
        None,
    )
}
impl RunByIdStmt {
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
        id: &'a i64,
    ) -> RunRowQuery<'c, 'a, 's, C, RunRow, 1> {
        RunRowQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RunRowBorrowed, tokio_postgres::Error> {
                Ok(RunRowBorrowed {
                    id: row.try_get(0)?,
                    kind: row.try_get(1)?,
                    owner: row.try_get(2)?,
                    name: row.try_get(3)?,
                    state: row.try_get(4)?,
                    requested_by: row.try_get(5)?,
                    requested_at: row.try_get(6)?,
                    started_at: row.try_get(7)?,
                    finished_at: row.try_get(8)?,
                    repositories_total: row.try_get(9)?,
                    repositories_done: row.try_get(10)?,
                    issues_synced: row.try_get(11)?,
                    results: row.try_get(12)?,
                })
            },
            mapper: |it| RunRow::from(it),
        }
    }
}
pub struct RecentRunsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recent_runs() -> RecentRunsStmt {
    RecentRunsStmt(
        "select s.id, s.kind, r.owner, r.name, s.state, s.requested_by, s.requested_at, s.started_at, s.finished_at, s.repositories_total, s.repositories_done, s.issues_synced, s.results from sync_run s left join repository r on r.id = s.repository_id order by s.id desc limit $1",
        None,
    )
}
impl RecentRunsStmt {
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
        most: &'a i64,
    ) -> RunRowQuery<'c, 'a, 's, C, RunRow, 1> {
        RunRowQuery {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RunRowBorrowed, tokio_postgres::Error> {
                Ok(RunRowBorrowed {
                    id: row.try_get(0)?,
                    kind: row.try_get(1)?,
                    owner: row.try_get(2)?,
                    name: row.try_get(3)?,
                    state: row.try_get(4)?,
                    requested_by: row.try_get(5)?,
                    requested_at: row.try_get(6)?,
                    started_at: row.try_get(7)?,
                    finished_at: row.try_get(8)?,
                    repositories_total: row.try_get(9)?,
                    repositories_done: row.try_get(10)?,
                    issues_synced: row.try_get(11)?,
                    results: row.try_get(12)?,
                })
            },
            mapper: |it| RunRow::from(it),
        }
    }
}
pub struct StrandedRunsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn stranded_runs() -> StrandedRunsStmt {
    StrandedRunsStmt(
        "select id from sync_run where (state = 'requested' and requested_at < dispatch_now() - interval '1 minute') or (state = 'running' and started_at < dispatch_now() - interval '15 minutes') order by id limit $1",
        None,
    )
}
impl StrandedRunsStmt {
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
        most: &'a i64,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct StartJobStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn start_job() -> StartJobStmt {
    StartJobStmt(
        "insert into job_run (job, started_at) values ($1, dispatch_now()) on conflict (job) do update set started_at = excluded.started_at, finished_at = null",
        None,
    )
}
impl StartJobStmt {
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
        job: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[job]).await
    }
}
pub struct FinishJobStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn finish_job() -> FinishJobStmt {
    FinishJobStmt(
        "update job_run set finished_at = dispatch_now(), error = $1, counts = $2, succeeded_at = case when $1::text is null then dispatch_now() else succeeded_at end where job = $3",
        None,
    )
}
impl FinishJobStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<
        'c,
        'a,
        's,
        C: GenericClient,
        T1: crate::StringSql,
        T2: crate::JsonSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        error: &'a Option<T1>,
        counts: &'a T2,
        job: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[error, counts, job]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::JsonSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        FinishJobParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for FinishJobStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a FinishJobParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.error, &params.counts, &params.job))
    }
}
pub struct JobsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn jobs() -> JobsStmt {
    JobsStmt(
        "select job, started_at, finished_at, succeeded_at, error, counts from job_run order by job",
        None,
    )
}
impl JobsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(&'s self, client: &'c C) -> JobsQuery<'c, 'a, 's, C, Jobs, 0> {
        JobsQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<JobsBorrowed, tokio_postgres::Error> {
                Ok(JobsBorrowed {
                    job: row.try_get(0)?,
                    started_at: row.try_get(1)?,
                    finished_at: row.try_get(2)?,
                    succeeded_at: row.try_get(3)?,
                    error: row.try_get(4)?,
                    counts: row.try_get(5)?,
                })
            },
            mapper: |it| Jobs::from(it),
        }
    }
}
pub struct RecordDriftStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn record_drift() -> RecordDriftStmt {
    RecordDriftStmt(
        "insert into drift (at, repository_id, issue_id, what, before, after, cause) values (dispatch_now(), $1, $2, $3, $4, $5, case when exists ( select from mutation m where m.issue_id = $2 and m.created_at <= $6::timestamptz + interval '2 seconds' and coalesce(m.settled_at, 'infinity') >= $6::timestamptz - interval '2 seconds' and m.writes > 0 ) then 'edit_during_write' when exists ( select from delivery d where d.issue_id = $2 and d.received_at >= $6::timestamptz - interval '1 second' and d.outcome <> 'ignored' ) then 'own_bug' else 'missed_event' end)",
        None,
    )
}
impl RecordDriftStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<
        'c,
        'a,
        's,
        C: GenericClient,
        T1: crate::StringSql,
        T2: crate::JsonSql,
        T3: crate::JsonSql,
    >(
        &'s self,
        client: &'c C,
        repository_id: &'a i64,
        issue_id: &'a i64,
        what: &'a T1,
        before: &'a Option<T2>,
        after: &'a Option<T3>,
        changed_at: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[repository_id, issue_id, what, before, after, changed_at]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::JsonSql, T3: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RecordDriftParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RecordDriftStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RecordDriftParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.repository_id,
            &params.issue_id,
            &params.what,
            &params.before,
            &params.after,
            &params.changed_at,
        ))
    }
}
pub struct IssuesToRereadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn issues_to_reread() -> IssuesToRereadStmt {
    IssuesToRereadStmt(
        "select i.id, i.number, i.reread_wanted, i.version, r.owner, r.name, r.id as repository_id from issue i join repository r on r.id = i.repository_id where i.reread_wanted > i.reread_settled and r.enabled and not r.gone order by i.seen_at limit $1",
        None,
    )
}
impl IssuesToRereadStmt {
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
        most: &'a i64,
    ) -> IssuesToRereadQuery<'c, 'a, 's, C, IssuesToReread, 1> {
        IssuesToRereadQuery {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<IssuesToRereadBorrowed, tokio_postgres::Error> {
                Ok(IssuesToRereadBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    reread_wanted: row.try_get(2)?,
                    version: row.try_get(3)?,
                    owner: row.try_get(4)?,
                    name: row.try_get(5)?,
                    repository_id: row.try_get(6)?,
                })
            },
            mapper: |it| IssuesToReread::from(it),
        }
    }
}
pub struct PullRequestsToRereadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn pull_requests_to_reread() -> PullRequestsToRereadStmt {
    PullRequestsToRereadStmt(
        "select p.id, p.number, p.reread_wanted, r.owner, r.name, r.id as repository_id from pull_request p join repository r on r.id = p.repository_id where p.reread_wanted > p.reread_settled and r.enabled and not r.gone and (p.reread_at is null or p.reread_at <= dispatch_now()) order by p.reread_at nulls first, p.id limit $1",
        None,
    )
}
impl PullRequestsToRereadStmt {
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
        most: &'a i64,
    ) -> PullRequestsToRereadQuery<'c, 'a, 's, C, PullRequestsToReread, 1> {
        PullRequestsToRereadQuery {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<PullRequestsToRereadBorrowed, tokio_postgres::Error> {
                    Ok(PullRequestsToRereadBorrowed {
                        id: row.try_get(0)?,
                        number: row.try_get(1)?,
                        reread_wanted: row.try_get(2)?,
                        owner: row.try_get(3)?,
                        name: row.try_get(4)?,
                        repository_id: row.try_get(5)?,
                    })
                },
            mapper: |it| PullRequestsToReread::from(it),
        }
    }
}
pub struct UnseenIssuesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn unseen_issues() -> UnseenIssuesStmt {
    UnseenIssuesStmt(
        "select id, number, reread_wanted, version from issue where repository_id = $1 and closed = $2 and not gone and pull_request_id is null and seen_at < $3 and ($4::timestamptz is null or github_updated_at >= $4) order by id limit $5",
        None,
    )
}
impl UnseenIssuesStmt {
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
        repository_id: &'a i64,
        closed: &'a bool,
        started: &'a jiff::Timestamp,
        since: &'a Option<jiff::Timestamp>,
        most: &'a i64,
    ) -> UnseenIssuesQuery<'c, 'a, 's, C, UnseenIssues, 5> {
        UnseenIssuesQuery {
            client,
            params: [repository_id, closed, started, since, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<UnseenIssues, tokio_postgres::Error> {
                Ok(UnseenIssues {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    reread_wanted: row.try_get(2)?,
                    version: row.try_get(3)?,
                })
            },
            mapper: |it| UnseenIssues::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        UnseenIssuesParams,
        UnseenIssuesQuery<'c, 'a, 's, C, UnseenIssues, 5>,
        C,
    > for UnseenIssuesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a UnseenIssuesParams,
    ) -> UnseenIssuesQuery<'c, 'a, 's, C, UnseenIssues, 5> {
        self.bind(client, &params.repository_id, &params.closed, &params.started, &params.since, &params.most)
    }
}
pub struct StillListedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn still_listed() -> StillListedStmt {
    StillListedStmt(
        "update issue i set seen_at = dispatch_now() from repository r where r.id = $1 and i.repository_id = r.id and i.id = any (case when $2 then r.closed_listed else r.open_listed end)",
        None,
    )
}
impl StillListedStmt {
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
        repository_id: &'a i64,
        closed: &'a bool,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[repository_id, closed]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        StillListedParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for StillListedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a StillListedParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.repository_id, &params.closed))
    }
}
pub struct PruneAuditStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_audit() -> PruneAuditStmt {
    PruneAuditStmt(
        "delete from audit_event where id in ( select id from audit_event where at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        None,
    )
}
impl PruneAuditStmt {
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
        days: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[days]).await
    }
}
pub struct PruneDriftStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_drift() -> PruneDriftStmt {
    PruneDriftStmt(
        "delete from drift where id in ( select id from drift where at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        None,
    )
}
impl PruneDriftStmt {
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
        days: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[days]).await
    }
}
pub struct PruneMutationsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_mutations() -> PruneMutationsStmt {
    PruneMutationsStmt(
        "delete from mutation where id in ( select id from mutation where state in ('applied', 'superseded') and created_at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        None,
    )
}
impl PruneMutationsStmt {
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
        days: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[days]).await
    }
}
pub struct PruneRunsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_runs() -> PruneRunsStmt {
    PruneRunsStmt(
        "delete from sync_run where id in ( select id from sync_run where state = 'finished' and finished_at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        None,
    )
}
impl PruneRunsStmt {
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
        days: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[days]).await
    }
}
pub struct PruneCheckpointsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_checkpoints() -> PruneCheckpointsStmt {
    PruneCheckpointsStmt(
        "delete from checkpoint where id in ( select id from checkpoint where at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        None,
    )
}
impl PruneCheckpointsStmt {
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
        days: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[days]).await
    }
}
pub struct PruneStaleReportsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_stale_reports() -> PruneStaleReportsStmt {
    PruneStaleReportsStmt(
        "delete from stale_report where id in ( select id from stale_report where received_at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        None,
    )
}
impl PruneStaleReportsStmt {
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
        days: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[days]).await
    }
}
