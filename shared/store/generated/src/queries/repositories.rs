// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct RepositoryByNameParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub owner: T1,
    pub name: T2,
}
#[derive(Debug)]
pub struct AdoptIdParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub github_id: i64,
    pub owner: T1,
    pub name: T2,
}
#[derive(Debug)]
pub struct AbsorbNameParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub owner: T1,
    pub name: T2,
}
#[derive(Debug)]
pub struct ReleaseNameParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub github_id: i64,
    pub owner: T1,
    pub name: T2,
}
#[derive(Debug)]
pub struct WriteIdentityParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub owner: T1,
    pub name: T2,
    pub archived: bool,
    pub enable: bool,
    pub default_branch: Option<T3>,
    pub github_updated_at: Option<jiff::Timestamp>,
    pub id: i64,
}
#[derive(Debug)]
pub struct TrackRepositoryParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub owner: T1,
    pub name: T2,
    pub source: T3,
}
#[derive(Debug)]
pub struct EnableRepositoryParams<T1: crate::StringSql> {
    pub source: T1,
    pub id: i64,
}
#[derive(Debug)]
pub struct RepositoryGoneParams<T1: crate::StringSql> {
    pub reason: T1,
    pub id: i64,
}
#[derive(Debug)]
pub struct WriteRepositoryFactsParams<T1: crate::StringSql> {
    pub latest_commit_sha: Option<T1>,
    pub open_pr_count: i32,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct WriteInstallationParams {
    pub installation_id: Option<i64>,
    pub github_id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct MoveCursorParams {
    pub cursor: jiff::Timestamp,
    pub id: i64,
}
#[derive(Debug)]
pub struct SyncedRepositoryParams<T1: crate::StringSql> {
    pub cursor: Option<jiff::Timestamp>,
    pub issues_etag: Option<T1>,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct WantPullsParams {
    pub since: jiff::Timestamp,
    pub id: i64,
}
#[derive(Debug)]
pub struct MovePullsParams<T1: crate::StringSql> {
    pub next: Option<T1>,
    pub since: Option<jiff::Timestamp>,
    pub id: i64,
}
#[derive(Debug)]
pub struct ShownRepositoryParams<T1: crate::StringSql> {
    pub etag: Option<T1>,
    pub id: i64,
}
#[derive(Debug)]
pub struct DefineLabelsParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub labels: T2,
    pub id: i64,
}
#[derive(Debug)]
pub struct ForgetLabelParams<T1: crate::StringSql> {
    pub label: T1,
    pub id: i64,
}
#[derive(Debug)]
pub struct LabelsAreBackParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub labels: T2,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct MoveFullCursorParams {
    pub cursor: jiff::Timestamp,
    pub id: i64,
}
#[derive(Debug)]
pub struct WriteOpenListParams<T1: crate::StringSql, T2: crate::ArraySql<Item = i64>> {
    pub etag: Option<T1>,
    pub issues: T2,
    pub id: i64,
}
#[derive(Debug)]
pub struct WriteClosedListParams<T1: crate::StringSql, T2: crate::ArraySql<Item = i64>> {
    pub etag: Option<T1>,
    pub issues: T2,
    pub id: i64,
}
#[derive(Debug)]
pub struct FailedRepositoryParams<T1: crate::StringSql> {
    pub error: T1,
    pub id: i64,
}
#[derive(Debug)]
pub struct RenameOwnerParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub to: T1,
    pub from: T2,
}
#[derive(Debug)]
pub struct RecreateRepositoryParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub github_id: i64,
    pub owner: T1,
    pub name: T2,
}
#[derive(Debug)]
pub struct DoubtNameParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub github_id: i64,
    pub owner: T1,
    pub name: T2,
}
#[derive(Debug)]
pub struct LockLimitsParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub owner: T1,
    pub name: T2,
}
#[derive(Debug)]
pub struct WriteLimitsParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub wip_limit: Option<i32>,
    pub review_limit: Option<i32>,
    pub excluded_labels: T2,
    pub id: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct RepositoryRow {
    pub id: i64,
    pub github_id: Option<i64>,
    pub owner: String,
    pub name: String,
    pub default_branch: Option<String>,
    pub latest_commit_sha: Option<String>,
    pub open_pr_count: i32,
    pub enabled: bool,
    pub archived: bool,
    pub gone: bool,
    pub source: String,
    pub sync_cursor: Option<jiff::Timestamp>,
    pub full_synced_at: Option<jiff::Timestamp>,
    pub full_started_at: Option<jiff::Timestamp>,
    pub full_set: String,
    pub full_cursor: Option<jiff::Timestamp>,
    pub issues_etag: Option<String>,
    pub github_updated_at: Option<jiff::Timestamp>,
    pub last_synced_at: Option<jiff::Timestamp>,
    pub last_error: Option<String>,
    pub etag: Option<String>,
    pub open_etag: Option<String>,
    pub closed_etag: Option<String>,
    pub pulls_next: Option<String>,
    pub pulls_since: Option<jiff::Timestamp>,
    pub missing_since: Option<jiff::Timestamp>,
}
pub struct RepositoryRowBorrowed<'a> {
    pub id: i64,
    pub github_id: Option<i64>,
    pub owner: &'a str,
    pub name: &'a str,
    pub default_branch: Option<&'a str>,
    pub latest_commit_sha: Option<&'a str>,
    pub open_pr_count: i32,
    pub enabled: bool,
    pub archived: bool,
    pub gone: bool,
    pub source: &'a str,
    pub sync_cursor: Option<jiff::Timestamp>,
    pub full_synced_at: Option<jiff::Timestamp>,
    pub full_started_at: Option<jiff::Timestamp>,
    pub full_set: &'a str,
    pub full_cursor: Option<jiff::Timestamp>,
    pub issues_etag: Option<&'a str>,
    pub github_updated_at: Option<jiff::Timestamp>,
    pub last_synced_at: Option<jiff::Timestamp>,
    pub last_error: Option<&'a str>,
    pub etag: Option<&'a str>,
    pub open_etag: Option<&'a str>,
    pub closed_etag: Option<&'a str>,
    pub pulls_next: Option<&'a str>,
    pub pulls_since: Option<jiff::Timestamp>,
    pub missing_since: Option<jiff::Timestamp>,
}
impl<'a> From<RepositoryRowBorrowed<'a>> for RepositoryRow {
    fn from(
        RepositoryRowBorrowed {
            id,
            github_id,
            owner,
            name,
            default_branch,
            latest_commit_sha,
            open_pr_count,
            enabled,
            archived,
            gone,
            source,
            sync_cursor,
            full_synced_at,
            full_started_at,
            full_set,
            full_cursor,
            issues_etag,
            github_updated_at,
            last_synced_at,
            last_error,
            etag,
            open_etag,
            closed_etag,
            pulls_next,
            pulls_since,
            missing_since,
        }: RepositoryRowBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            github_id,
            owner: owner.into(),
            name: name.into(),
            default_branch: default_branch.map(|v| v.into()),
            latest_commit_sha: latest_commit_sha.map(|v| v.into()),
            open_pr_count,
            enabled,
            archived,
            gone,
            source: source.into(),
            sync_cursor,
            full_synced_at,
            full_started_at,
            full_set: full_set.into(),
            full_cursor,
            issues_etag: issues_etag.map(|v| v.into()),
            github_updated_at,
            last_synced_at,
            last_error: last_error.map(|v| v.into()),
            etag: etag.map(|v| v.into()),
            open_etag: open_etag.map(|v| v.into()),
            closed_etag: closed_etag.map(|v| v.into()),
            pulls_next: pulls_next.map(|v| v.into()),
            pulls_since,
            missing_since,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TrackedRow {
    pub owner: String,
    pub name: String,
    pub default_branch: Option<String>,
    pub latest_commit_sha: Option<String>,
    pub open_pr_count: i32,
    pub last_synced_at: Option<jiff::Timestamp>,
    pub last_error: Option<String>,
    pub source: String,
    pub wip_limit: Option<i32>,
    pub review_limit: Option<i32>,
    pub excluded_labels: Vec<String>,
    pub intake: Option<String>,
    pub claimed: i64,
    pub in_review: i64,
}
pub struct TrackedRowBorrowed<'a> {
    pub owner: &'a str,
    pub name: &'a str,
    pub default_branch: Option<&'a str>,
    pub latest_commit_sha: Option<&'a str>,
    pub open_pr_count: i32,
    pub last_synced_at: Option<jiff::Timestamp>,
    pub last_error: Option<&'a str>,
    pub source: &'a str,
    pub wip_limit: Option<i32>,
    pub review_limit: Option<i32>,
    pub excluded_labels: crate::ArrayIterator<'a, &'a str>,
    pub intake: Option<&'a str>,
    pub claimed: i64,
    pub in_review: i64,
}
impl<'a> From<TrackedRowBorrowed<'a>> for TrackedRow {
    fn from(
        TrackedRowBorrowed {
            owner,
            name,
            default_branch,
            latest_commit_sha,
            open_pr_count,
            last_synced_at,
            last_error,
            source,
            wip_limit,
            review_limit,
            excluded_labels,
            intake,
            claimed,
            in_review,
        }: TrackedRowBorrowed<'a>,
    ) -> Self {
        Self {
            owner: owner.into(),
            name: name.into(),
            default_branch: default_branch.map(|v| v.into()),
            latest_commit_sha: latest_commit_sha.map(|v| v.into()),
            open_pr_count,
            last_synced_at,
            last_error: last_error.map(|v| v.into()),
            source: source.into(),
            wip_limit,
            review_limit,
            excluded_labels: excluded_labels.map(|v| v.into()).collect(),
            intake: intake.map(|v| v.into()),
            claimed,
            in_review,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct MissingRepository {
    pub since: jiff::Timestamp,
    pub gone: bool,
}
#[derive(Debug, Clone, PartialEq)]
pub struct LockLimits {
    pub id: i64,
    pub wip_limit: Option<i32>,
    pub review_limit: Option<i32>,
    pub excluded_labels: Vec<String>,
}
pub struct LockLimitsBorrowed<'a> {
    pub id: i64,
    pub wip_limit: Option<i32>,
    pub review_limit: Option<i32>,
    pub excluded_labels: crate::ArrayIterator<'a, &'a str>,
}
impl<'a> From<LockLimitsBorrowed<'a>> for LockLimits {
    fn from(
        LockLimitsBorrowed { id, wip_limit, review_limit, excluded_labels }: LockLimitsBorrowed<'a>,
    ) -> Self {
        Self { id, wip_limit, review_limit, excluded_labels: excluded_labels.map(|v| v.into()).collect() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct RepositoryRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RepositoryRowBorrowed, tokio_postgres::Error>,
    mapper: fn(RepositoryRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RepositoryRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(RepositoryRowBorrowed) -> R) -> RepositoryRowQuery<'c, 'a, 's, C, R, N> {
        RepositoryRowQuery {
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
pub struct TrackedRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TrackedRowBorrowed, tokio_postgres::Error>,
    mapper: fn(TrackedRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TrackedRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(TrackedRowBorrowed) -> R) -> TrackedRowQuery<'c, 'a, 's, C, R, N> {
        TrackedRowQuery {
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
pub struct MissingRepositoryQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<MissingRepository, tokio_postgres::Error>,
    mapper: fn(MissingRepository) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> MissingRepositoryQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(MissingRepository) -> R) -> MissingRepositoryQuery<'c, 'a, 's, C, R, N> {
        MissingRepositoryQuery {
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
pub struct LockLimitsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockLimitsBorrowed, tokio_postgres::Error>,
    mapper: fn(LockLimitsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockLimitsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LockLimitsBorrowed) -> R) -> LockLimitsQuery<'c, 'a, 's, C, R, N> {
        LockLimitsQuery {
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
pub struct RepositoryByGithubIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn repository_by_github_id() -> RepositoryByGithubIdStmt {
    RepositoryByGithubIdStmt(
        "select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source, sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error, etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since from repository where github_id = $1",
        None,
    )
}
impl RepositoryByGithubIdStmt {
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
        github_id: &'a i64,
    ) -> RepositoryRowQuery<'c, 'a, 's, C, RepositoryRow, 1> {
        RepositoryRowQuery {
            client,
            params: [github_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RepositoryRowBorrowed, tokio_postgres::Error> {
                Ok(RepositoryRowBorrowed {
                    id: row.try_get(0)?,
                    github_id: row.try_get(1)?,
                    owner: row.try_get(2)?,
                    name: row.try_get(3)?,
                    default_branch: row.try_get(4)?,
                    latest_commit_sha: row.try_get(5)?,
                    open_pr_count: row.try_get(6)?,
                    enabled: row.try_get(7)?,
                    archived: row.try_get(8)?,
                    gone: row.try_get(9)?,
                    source: row.try_get(10)?,
                    sync_cursor: row.try_get(11)?,
                    full_synced_at: row.try_get(12)?,
                    full_started_at: row.try_get(13)?,
                    full_set: row.try_get(14)?,
                    full_cursor: row.try_get(15)?,
                    issues_etag: row.try_get(16)?,
                    github_updated_at: row.try_get(17)?,
                    last_synced_at: row.try_get(18)?,
                    last_error: row.try_get(19)?,
                    etag: row.try_get(20)?,
                    open_etag: row.try_get(21)?,
                    closed_etag: row.try_get(22)?,
                    pulls_next: row.try_get(23)?,
                    pulls_since: row.try_get(24)?,
                    missing_since: row.try_get(25)?,
                })
            },
            mapper: |it| RepositoryRow::from(it),
        }
    }
}
pub struct RepositoryByNameStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn repository_by_name() -> RepositoryByNameStmt {
    RepositoryByNameStmt(
        "select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source, sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error, etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since from repository where lower(owner || '/' || name) = lower($1::text || '/' || $2::text) and not gone",
        None,
    )
}
impl RepositoryByNameStmt {
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
        owner: &'a T1,
        name: &'a T2,
    ) -> RepositoryRowQuery<'c, 'a, 's, C, RepositoryRow, 2> {
        RepositoryRowQuery {
            client,
            params: [owner, name],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RepositoryRowBorrowed, tokio_postgres::Error> {
                Ok(RepositoryRowBorrowed {
                    id: row.try_get(0)?,
                    github_id: row.try_get(1)?,
                    owner: row.try_get(2)?,
                    name: row.try_get(3)?,
                    default_branch: row.try_get(4)?,
                    latest_commit_sha: row.try_get(5)?,
                    open_pr_count: row.try_get(6)?,
                    enabled: row.try_get(7)?,
                    archived: row.try_get(8)?,
                    gone: row.try_get(9)?,
                    source: row.try_get(10)?,
                    sync_cursor: row.try_get(11)?,
                    full_synced_at: row.try_get(12)?,
                    full_started_at: row.try_get(13)?,
                    full_set: row.try_get(14)?,
                    full_cursor: row.try_get(15)?,
                    issues_etag: row.try_get(16)?,
                    github_updated_at: row.try_get(17)?,
                    last_synced_at: row.try_get(18)?,
                    last_error: row.try_get(19)?,
                    etag: row.try_get(20)?,
                    open_etag: row.try_get(21)?,
                    closed_etag: row.try_get(22)?,
                    pulls_next: row.try_get(23)?,
                    pulls_since: row.try_get(24)?,
                    missing_since: row.try_get(25)?,
                })
            },
            mapper: |it| RepositoryRow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RepositoryByNameParams<T1, T2>,
        RepositoryRowQuery<'c, 'a, 's, C, RepositoryRow, 2>,
        C,
    > for RepositoryByNameStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RepositoryByNameParams<T1, T2>,
    ) -> RepositoryRowQuery<'c, 'a, 's, C, RepositoryRow, 2> {
        self.bind(client, &params.owner, &params.name)
    }
}
pub struct AllRepositoriesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn all_repositories() -> AllRepositoriesStmt {
    AllRepositoriesStmt(
        "select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source, sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error, etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since from repository where not gone order by lower(owner || '/' || name)",
        None,
    )
}
impl AllRepositoriesStmt {
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
    ) -> RepositoryRowQuery<'c, 'a, 's, C, RepositoryRow, 0> {
        RepositoryRowQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RepositoryRowBorrowed, tokio_postgres::Error> {
                Ok(RepositoryRowBorrowed {
                    id: row.try_get(0)?,
                    github_id: row.try_get(1)?,
                    owner: row.try_get(2)?,
                    name: row.try_get(3)?,
                    default_branch: row.try_get(4)?,
                    latest_commit_sha: row.try_get(5)?,
                    open_pr_count: row.try_get(6)?,
                    enabled: row.try_get(7)?,
                    archived: row.try_get(8)?,
                    gone: row.try_get(9)?,
                    source: row.try_get(10)?,
                    sync_cursor: row.try_get(11)?,
                    full_synced_at: row.try_get(12)?,
                    full_started_at: row.try_get(13)?,
                    full_set: row.try_get(14)?,
                    full_cursor: row.try_get(15)?,
                    issues_etag: row.try_get(16)?,
                    github_updated_at: row.try_get(17)?,
                    last_synced_at: row.try_get(18)?,
                    last_error: row.try_get(19)?,
                    etag: row.try_get(20)?,
                    open_etag: row.try_get(21)?,
                    closed_etag: row.try_get(22)?,
                    pulls_next: row.try_get(23)?,
                    pulls_since: row.try_get(24)?,
                    missing_since: row.try_get(25)?,
                })
            },
            mapper: |it| RepositoryRow::from(it),
        }
    }
}
pub struct TrackedRepositoriesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tracked_repositories() -> TrackedRepositoriesStmt {
    TrackedRepositoriesStmt(
        "select r.owner, r.name, r.default_branch, r.latest_commit_sha, r.open_pr_count, r.last_synced_at, r.last_error, r.source, r.wip_limit, r.review_limit, r.excluded_labels, r.intake, (select count(*) from claim c where c.repository_id = r.id and c.state = 'active') as claimed, (select count(*) from issue i where i.repository_id = r.id and i.status = 'in-review' and not i.gone) as in_review from repository r where not r.gone and case $1::bigint when 0 then r.enabled else r.id = $1 end order by lower(r.owner || '/' || r.name)",
        None,
    )
}
impl TrackedRepositoriesStmt {
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
        only: &'a i64,
    ) -> TrackedRowQuery<'c, 'a, 's, C, TrackedRow, 1> {
        TrackedRowQuery {
            client,
            params: [only],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<TrackedRowBorrowed, tokio_postgres::Error> {
                Ok(TrackedRowBorrowed {
                    owner: row.try_get(0)?,
                    name: row.try_get(1)?,
                    default_branch: row.try_get(2)?,
                    latest_commit_sha: row.try_get(3)?,
                    open_pr_count: row.try_get(4)?,
                    last_synced_at: row.try_get(5)?,
                    last_error: row.try_get(6)?,
                    source: row.try_get(7)?,
                    wip_limit: row.try_get(8)?,
                    review_limit: row.try_get(9)?,
                    excluded_labels: row.try_get(10)?,
                    intake: row.try_get(11)?,
                    claimed: row.try_get(12)?,
                    in_review: row.try_get(13)?,
                })
            },
            mapper: |it| TrackedRow::from(it),
        }
    }
}
pub struct RepositoriesToSyncStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn repositories_to_sync() -> RepositoriesToSyncStmt {
    RepositoriesToSyncStmt(
        "select id, github_id, owner, name, default_branch, latest_commit_sha, open_pr_count, enabled, archived, gone, source, sync_cursor, full_synced_at, full_started_at, full_set, full_cursor, issues_etag, github_updated_at, last_synced_at, last_error, etag, open_etag, closed_etag, pulls_next, pulls_since, missing_since from repository where enabled and not gone and ($1::bigint = 0 or id = $1::bigint) order by attempted_at nulls first, id",
        None,
    )
}
impl RepositoriesToSyncStmt {
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
        only: &'a i64,
    ) -> RepositoryRowQuery<'c, 'a, 's, C, RepositoryRow, 1> {
        RepositoryRowQuery {
            client,
            params: [only],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RepositoryRowBorrowed, tokio_postgres::Error> {
                Ok(RepositoryRowBorrowed {
                    id: row.try_get(0)?,
                    github_id: row.try_get(1)?,
                    owner: row.try_get(2)?,
                    name: row.try_get(3)?,
                    default_branch: row.try_get(4)?,
                    latest_commit_sha: row.try_get(5)?,
                    open_pr_count: row.try_get(6)?,
                    enabled: row.try_get(7)?,
                    archived: row.try_get(8)?,
                    gone: row.try_get(9)?,
                    source: row.try_get(10)?,
                    sync_cursor: row.try_get(11)?,
                    full_synced_at: row.try_get(12)?,
                    full_started_at: row.try_get(13)?,
                    full_set: row.try_get(14)?,
                    full_cursor: row.try_get(15)?,
                    issues_etag: row.try_get(16)?,
                    github_updated_at: row.try_get(17)?,
                    last_synced_at: row.try_get(18)?,
                    last_error: row.try_get(19)?,
                    etag: row.try_get(20)?,
                    open_etag: row.try_get(21)?,
                    closed_etag: row.try_get(22)?,
                    pulls_next: row.try_get(23)?,
                    pulls_since: row.try_get(24)?,
                    missing_since: row.try_get(25)?,
                })
            },
            mapper: |it| RepositoryRow::from(it),
        }
    }
}
pub struct AdoptIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn adopt_id() -> AdoptIdStmt {
    AdoptIdStmt(
        "update repository set github_id = $1 where github_id is null and not gone and lower(owner || '/' || name) = lower($2::text || '/' || $3::text)",
        None,
    )
}
impl AdoptIdStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        github_id: &'a i64,
        owner: &'a T1,
        name: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[github_id, owner, name]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AdoptIdParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for AdoptIdStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AdoptIdParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.github_id, &params.owner, &params.name))
    }
}
pub struct AbsorbNameStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn absorb_name() -> AbsorbNameStmt {
    AbsorbNameStmt(
        "update repository set gone = true, enabled = false, last_error = 'Merged: this repository was known already.' where github_id is null and not gone and lower(owner || '/' || name) = lower($1::text || '/' || $2::text) returning id",
        None,
    )
}
impl AbsorbNameStmt {
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
        owner: &'a T1,
        name: &'a T2,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        I64Query {
            client,
            params: [owner, name],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, AbsorbNameParams<T1, T2>, I64Query<'c, 'a, 's, C, i64, 2>, C>
    for AbsorbNameStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AbsorbNameParams<T1, T2>,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        self.bind(client, &params.owner, &params.name)
    }
}
pub struct ReleaseNameStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn release_name() -> ReleaseNameStmt {
    ReleaseNameStmt(
        "update repository set gone = true, last_error = 'Another repository has this name now.' where github_id <> $1 and not gone and lower(owner || '/' || name) = lower($2::text || '/' || $3::text)",
        None,
    )
}
impl ReleaseNameStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        github_id: &'a i64,
        owner: &'a T1,
        name: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[github_id, owner, name]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ReleaseNameParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ReleaseNameStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ReleaseNameParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.github_id, &params.owner, &params.name))
    }
}
pub struct WriteIdentityStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_identity() -> WriteIdentityStmt {
    WriteIdentityStmt(
        "update repository set owner = $1, name = $2, archived = $3, gone = false, enabled = enabled or $4, default_branch = coalesce($5, default_branch), github_updated_at = coalesce($6, github_updated_at) where id = $7",
        None,
    )
}
impl WriteIdentityStmt {
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
        T2: crate::StringSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        owner: &'a T1,
        name: &'a T2,
        archived: &'a bool,
        enable: &'a bool,
        default_branch: &'a Option<T3>,
        github_updated_at: &'a Option<jiff::Timestamp>,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[owner, name, archived, enable, default_branch, github_updated_at, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteIdentityParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteIdentityStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteIdentityParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.owner,
            &params.name,
            &params.archived,
            &params.enable,
            &params.default_branch,
            &params.github_updated_at,
            &params.id,
        ))
    }
}
pub struct TrackRepositoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn track_repository() -> TrackRepositoryStmt {
    TrackRepositoryStmt(
        "insert into repository (owner, name, source) values ($1, $2, $3) on conflict (lower(owner || '/' || name)) where not gone do nothing returning id",
        None,
    )
}
impl TrackRepositoryStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<
        'c,
        'a,
        's,
        C: GenericClient,
        T1: crate::StringSql,
        T2: crate::StringSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        owner: &'a T1,
        name: &'a T2,
        source: &'a T3,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        I64Query {
            client,
            params: [owner, name, source],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TrackRepositoryParams<T1, T2, T3>,
        I64Query<'c, 'a, 's, C, i64, 3>,
        C,
    > for TrackRepositoryStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TrackRepositoryParams<T1, T2, T3>,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        self.bind(client, &params.owner, &params.name, &params.source)
    }
}
pub struct EnableRepositoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn enable_repository() -> EnableRepositoryStmt {
    EnableRepositoryStmt(
        "update repository set enabled = true, source = $1 where id = $2 and not enabled",
        None,
    )
}
impl EnableRepositoryStmt {
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
        source: &'a T1,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[source, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        EnableRepositoryParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for EnableRepositoryStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a EnableRepositoryParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.source, &params.id))
    }
}
pub struct DisableRepositoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn disable_repository() -> DisableRepositoryStmt {
    DisableRepositoryStmt("update repository set enabled = false where id = $1 and enabled", None)
}
impl DisableRepositoryStmt {
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
pub struct RepositoryGoneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn repository_gone() -> RepositoryGoneStmt {
    RepositoryGoneStmt("update repository set gone = true, last_error = $1 where id = $2 and not gone", None)
}
impl RepositoryGoneStmt {
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
        reason: &'a T1,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[reason, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RepositoryGoneParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RepositoryGoneStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RepositoryGoneParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.reason, &params.id))
    }
}
pub struct LockSeedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_seed() -> LockSeedStmt {
    LockSeedStmt("select pg_advisory_xact_lock(1145329763) is null as locked", None)
}
impl LockSeedStmt {
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
pub struct SeedMarkerStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn seed_marker() -> SeedMarkerStmt {
    SeedMarkerStmt("select count(*) as repositories from repository", None)
}
impl SeedMarkerStmt {
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
pub struct WriteRepositoryFactsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_repository_facts() -> WriteRepositoryFactsStmt {
    WriteRepositoryFactsStmt(
        "update repository set latest_commit_sha = $1, open_pr_count = $2 where id = $3",
        None,
    )
}
impl WriteRepositoryFactsStmt {
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
        latest_commit_sha: &'a Option<T1>,
        open_pr_count: &'a i32,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[latest_commit_sha, open_pr_count, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteRepositoryFactsParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteRepositoryFactsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteRepositoryFactsParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.latest_commit_sha, &params.open_pr_count, &params.id))
    }
}
pub struct WriteInstallationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_installation() -> WriteInstallationStmt {
    WriteInstallationStmt(
        "update repository set installation_id = $1 where github_id = $2 and installation_id is distinct from $1",
        None,
    )
}
impl WriteInstallationStmt {
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
        installation_id: &'a Option<i64>,
        github_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[installation_id, github_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteInstallationParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteInstallationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteInstallationParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.installation_id, &params.github_id))
    }
}
pub struct AttemptRepositoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn attempt_repository() -> AttemptRepositoryStmt {
    AttemptRepositoryStmt("update repository set attempted_at = dispatch_now() where id = $1", None)
}
impl AttemptRepositoryStmt {
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
pub struct MoveCursorStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn move_cursor() -> MoveCursorStmt {
    MoveCursorStmt(
        "update repository set sync_cursor = greatest(sync_cursor, $1), issues_etag = null where id = $2",
        None,
    )
}
impl MoveCursorStmt {
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
        cursor: &'a jiff::Timestamp,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[cursor, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MoveCursorParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for MoveCursorStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MoveCursorParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.cursor, &params.id))
    }
}
pub struct SyncedRepositoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn synced_repository() -> SyncedRepositoryStmt {
    SyncedRepositoryStmt(
        "update repository set last_synced_at = dispatch_now(), last_error = null, sync_cursor = greatest(sync_cursor, $1), issues_etag = $2 where id = $3",
        None,
    )
}
impl SyncedRepositoryStmt {
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
        cursor: &'a Option<jiff::Timestamp>,
        issues_etag: &'a Option<T1>,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[cursor, issues_etag, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SyncedRepositoryParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for SyncedRepositoryStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SyncedRepositoryParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.cursor, &params.issues_etag, &params.id))
    }
}
pub struct WantPullsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_pulls() -> WantPullsStmt {
    WantPullsStmt("update repository set pulls_since = $1, pulls_next = null where id = $2", None)
}
impl WantPullsStmt {
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
        since: &'a jiff::Timestamp,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[since, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WantPullsParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WantPullsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WantPullsParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.since, &params.id))
    }
}
pub struct MovePullsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn move_pulls() -> MovePullsStmt {
    MovePullsStmt("update repository set pulls_next = $1, pulls_since = $2 where id = $3", None)
}
impl MovePullsStmt {
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
        next: &'a Option<T1>,
        since: &'a Option<jiff::Timestamp>,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[next, since, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MovePullsParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for MovePullsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MovePullsParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.next, &params.since, &params.id))
    }
}
pub struct ShownRepositoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn shown_repository() -> ShownRepositoryStmt {
    ShownRepositoryStmt("update repository set etag = $1, missing_since = null where id = $2", None)
}
impl ShownRepositoryStmt {
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
        etag: &'a Option<T1>,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[etag, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ShownRepositoryParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ShownRepositoryStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ShownRepositoryParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.etag, &params.id))
    }
}
pub struct MissingRepositoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn missing_repository() -> MissingRepositoryStmt {
    MissingRepositoryStmt(
        "update repository set missing_since = coalesce(missing_since, dispatch_now()), gone = coalesce(missing_since < dispatch_now() - interval '1 day', false), last_error = 'GitHub does not show it any more: deleted, or our credential may not see it.' where id = $1 returning missing_since::timestamptz as since, gone",
        None,
    )
}
impl MissingRepositoryStmt {
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
    ) -> MissingRepositoryQuery<'c, 'a, 's, C, MissingRepository, 1> {
        MissingRepositoryQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<MissingRepository, tokio_postgres::Error> {
                Ok(MissingRepository { since: row.try_get(0)?, gone: row.try_get(1)? })
            },
            mapper: |it| MissingRepository::from(it),
        }
    }
}
pub struct DefineLabelsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn define_labels() -> DefineLabelsStmt {
    DefineLabelsStmt(
        "update repository set labels_defined = array( select distinct lower(label) from unnest(labels_defined || $1::text[]) label order by 1 ) where id = $2",
        None,
    )
}
impl DefineLabelsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>(
        &'s self,
        client: &'c C,
        labels: &'a T2,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[labels, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DefineLabelsParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for DefineLabelsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DefineLabelsParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.labels, &params.id))
    }
}
pub struct ForgetLabelStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn forget_label() -> ForgetLabelStmt {
    ForgetLabelStmt(
        "update repository set labels_defined = array_remove(labels_defined, lower($1)), labels_gone = (array_remove(labels_gone, lower($1)) || lower($1))[greatest(1, cardinality(labels_gone) - 48):] where id = $2",
        None,
    )
}
impl ForgetLabelStmt {
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
        label: &'a T1,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[label, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ForgetLabelParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ForgetLabelStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ForgetLabelParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.label, &params.id))
    }
}
pub struct LabelsAreBackStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn labels_are_back() -> LabelsAreBackStmt {
    LabelsAreBackStmt(
        "update repository set labels_gone = array( select gone from unnest(labels_gone) with ordinality as listed (gone, place) where gone <> all (array(select lower(label) from unnest($1::text[]) label)) order by place ) where id = $2",
        None,
    )
}
impl LabelsAreBackStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>(
        &'s self,
        client: &'c C,
        labels: &'a T2,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[labels, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        LabelsAreBackParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for LabelsAreBackStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a LabelsAreBackParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.labels, &params.id))
    }
}
pub struct StartFullStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn start_full() -> StartFullStmt {
    StartFullStmt(
        "update repository set full_started_at = dispatch_now(), full_set = 'open', full_cursor = null where id = $1 returning full_started_at::timestamptz as started",
        None,
    )
}
impl StartFullStmt {
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
    ) -> JiffTimestampQuery<'c, 'a, 's, C, jiff::Timestamp, 1> {
        JiffTimestampQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct MoveFullCursorStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn move_full_cursor() -> MoveFullCursorStmt {
    MoveFullCursorStmt("update repository set full_cursor = $1 where id = $2", None)
}
impl MoveFullCursorStmt {
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
        cursor: &'a jiff::Timestamp,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[cursor, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MoveFullCursorParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for MoveFullCursorStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MoveFullCursorParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.cursor, &params.id))
    }
}
pub struct FullAtClosedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn full_at_closed() -> FullAtClosedStmt {
    FullAtClosedStmt("update repository set full_set = 'closed', full_cursor = null where id = $1", None)
}
impl FullAtClosedStmt {
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
pub struct FinishFullStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn finish_full() -> FinishFullStmt {
    FinishFullStmt(
        "update repository set full_synced_at = coalesce(full_started_at, dispatch_now()), full_started_at = null, full_set = 'open', full_cursor = null where id = $1",
        None,
    )
}
impl FinishFullStmt {
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
pub struct WriteOpenListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_open_list() -> WriteOpenListStmt {
    WriteOpenListStmt("update repository set open_etag = $1, open_listed = $2 where id = $3", None)
}
impl WriteOpenListStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        etag: &'a Option<T1>,
        issues: &'a T2,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[etag, issues, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteOpenListParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteOpenListStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteOpenListParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.etag, &params.issues, &params.id))
    }
}
pub struct WriteClosedListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_closed_list() -> WriteClosedListStmt {
    WriteClosedListStmt("update repository set closed_etag = $1, closed_listed = $2 where id = $3", None)
}
impl WriteClosedListStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        etag: &'a Option<T1>,
        issues: &'a T2,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[etag, issues, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteClosedListParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteClosedListStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteClosedListParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.etag, &params.issues, &params.id))
    }
}
pub struct FailedRepositoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn failed_repository() -> FailedRepositoryStmt {
    FailedRepositoryStmt("update repository set last_error = $1 where id = $2", None)
}
impl FailedRepositoryStmt {
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
        error: &'a T1,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[error, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        FailedRepositoryParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for FailedRepositoryStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a FailedRepositoryParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.error, &params.id))
    }
}
pub struct RenameOwnerStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rename_owner() -> RenameOwnerStmt {
    RenameOwnerStmt(
        "update repository r set owner = $1 where lower(owner) = lower($2::text) and not gone and not exists (select from repository o where not o.gone and lower(o.owner || '/' || o.name) = lower($1 || '/' || r.name))",
        None,
    )
}
impl RenameOwnerStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        to: &'a T1,
        from: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[to, from]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RenameOwnerParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RenameOwnerStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RenameOwnerParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.to, &params.from))
    }
}
pub struct RecreateRepositoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recreate_repository() -> RecreateRepositoryStmt {
    RecreateRepositoryStmt(
        "with old as ( update repository set gone = true, last_error = 'It was deleted on GitHub, and another one has its name now.' where github_id <> $1 and not gone and lower(owner || '/' || name) = lower($2::text || '/' || $3::text) returning source, enabled ) insert into repository (github_id, owner, name, source, enabled) select $1, $2, $3, source, enabled from old returning id",
        None,
    )
}
impl RecreateRepositoryStmt {
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
        github_id: &'a i64,
        owner: &'a T1,
        name: &'a T2,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        I64Query {
            client,
            params: [github_id, owner, name],
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
        RecreateRepositoryParams<T1, T2>,
        I64Query<'c, 'a, 's, C, i64, 3>,
        C,
    > for RecreateRepositoryStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RecreateRepositoryParams<T1, T2>,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        self.bind(client, &params.github_id, &params.owner, &params.name)
    }
}
pub struct DoubtNameStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doubt_name() -> DoubtNameStmt {
    DoubtNameStmt(
        "update repository set full_synced_at = null where github_id <> $1 and not gone and lower(owner || '/' || name) = lower($2::text || '/' || $3::text)",
        None,
    )
}
impl DoubtNameStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        github_id: &'a i64,
        owner: &'a T1,
        name: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[github_id, owner, name]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DoubtNameParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for DoubtNameStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DoubtNameParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.github_id, &params.owner, &params.name))
    }
}
pub struct LockLimitsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_limits() -> LockLimitsStmt {
    LockLimitsStmt(
        "select id, wip_limit, review_limit, excluded_labels from repository where lower(owner || '/' || name) = lower($1::text || '/' || $2::text) and not gone for no key update",
        None,
    )
}
impl LockLimitsStmt {
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
        owner: &'a T1,
        name: &'a T2,
    ) -> LockLimitsQuery<'c, 'a, 's, C, LockLimits, 2> {
        LockLimitsQuery {
            client,
            params: [owner, name],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LockLimitsBorrowed, tokio_postgres::Error> {
                Ok(LockLimitsBorrowed {
                    id: row.try_get(0)?,
                    wip_limit: row.try_get(1)?,
                    review_limit: row.try_get(2)?,
                    excluded_labels: row.try_get(3)?,
                })
            },
            mapper: |it| LockLimits::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        LockLimitsParams<T1, T2>,
        LockLimitsQuery<'c, 'a, 's, C, LockLimits, 2>,
        C,
    > for LockLimitsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a LockLimitsParams<T1, T2>,
    ) -> LockLimitsQuery<'c, 'a, 's, C, LockLimits, 2> {
        self.bind(client, &params.owner, &params.name)
    }
}
pub struct WriteLimitsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_limits() -> WriteLimitsStmt {
    WriteLimitsStmt(
        "update repository set wip_limit = $1, review_limit = $2, excluded_labels = $3 where id = $4",
        None,
    )
}
impl WriteLimitsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>(
        &'s self,
        client: &'c C,
        wip_limit: &'a Option<i32>,
        review_limit: &'a Option<i32>,
        excluded_labels: &'a T2,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[wip_limit, review_limit, excluded_labels, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteLimitsParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteLimitsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteLimitsParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.wip_limit,
            &params.review_limit,
            &params.excluded_labels,
            &params.id,
        ))
    }
}
