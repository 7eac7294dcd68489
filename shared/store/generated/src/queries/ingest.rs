// This file was generated with `clorinde`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct EnsureIssueParams {
    pub id: i64,
    pub number: i32,
    pub repository_id: i64,
}
#[derive(Debug)]
pub struct WriteIssueFactsParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::ArraySql<Item = T7>,
    T9: crate::StringSql,
    T10: crate::ArraySql<Item = T9>,
> {
    pub repository_id: i64,
    pub number: i32,
    pub title: T1,
    pub body: T2,
    pub closed: bool,
    pub state_reason: Option<T3>,
    pub url: T4,
    pub author: Option<T5>,
    pub author_association: Option<T6>,
    pub assignees: T8,
    pub comments: i32,
    pub labels: T10,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub closed_at: Option<jiff::Timestamp>,
    pub gone: bool,
    pub id: i64,
}
#[derive(Debug)]
pub struct WriteReadingParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::ArraySql<Item = T7>,
    T9: crate::StringSql,
    T10: crate::StringSql,
    T11: crate::StringSql,
> {
    pub id: i64,
    pub lane: T1,
    pub offered: bool,
    pub ready_since: Option<jiff::Timestamp>,
    pub rank_key: jiff::Timestamp,
    pub works: bool,
    pub status: T2,
    pub priority: Option<T3>,
    pub kind: Option<T4>,
    pub owner: Option<T5>,
    pub agent: Option<T6>,
    pub problems: T8,
    pub block_kind: Option<T9>,
    pub block_reason: Option<T10>,
    pub block_until: Option<jiff::Timestamp>,
    pub attention: Option<T11>,
}
#[derive(Clone, Copy, Debug)]
pub struct SettleRereadParams {
    pub up_to: i32,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct IssueByNumberParams {
    pub repository_id: i64,
    pub number: i32,
}
#[derive(Debug)]
pub struct WantRereadOfLabelParams<T1: crate::StringSql> {
    pub repository_id: i64,
    pub label: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct WantRereadOfNumberParams {
    pub number: i32,
    pub id: i64,
    pub github_id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct IssueOfNumberParams {
    pub repository_id: i64,
    pub number: i32,
    pub id: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct IssueRow {
    pub now: jiff::Timestamp,
    pub id: i64,
    pub repository_id: i64,
    pub repo_owner: String,
    pub repo_name: String,
    pub enabled: bool,
    pub archived: bool,
    pub labels_gone: Vec<String>,
    pub number: i32,
    pub title: String,
    pub body: String,
    pub closed: bool,
    pub state_reason: Option<String>,
    pub url: String,
    pub author: Option<String>,
    pub author_association: Option<String>,
    pub assignees: Vec<String>,
    pub comments: i32,
    pub labels: Vec<String>,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub closed_at: Option<jiff::Timestamp>,
    pub gone: bool,
    pub status: String,
    pub priority: Option<String>,
    pub kind: Option<String>,
    pub owner: Option<String>,
    pub agent: Option<String>,
    pub lane: String,
    pub problems: Vec<String>,
    pub block_kind: Option<String>,
    pub block_reason: Option<String>,
    pub block_until: Option<jiff::Timestamp>,
    pub attention: Option<String>,
    pub reread_wanted: i32,
    pub reread_settled: i32,
    pub version: i32,
    pub pull_request_id: Option<i64>,
    pub claim_id: Option<i64>,
    pub claim_fence: Option<i64>,
    pub claim_agent: Option<String>,
    pub claim_expires_at: Option<jiff::Timestamp>,
    pub claim_resting: Option<String>,
    pub claim_projected_agent: Option<String>,
    pub claim_acquired_at: Option<jiff::Timestamp>,
    pub mutation_id: Option<i64>,
    pub mutation_state: Option<String>,
    pub mutation_origin: Option<String>,
    pub mutation_intent: Option<serde_json::Value>,
    pub mutation_version: Option<i32>,
    pub mutation_leased: Option<bool>,
    pub work_id: Option<i64>,
    pub work_ready_since: Option<jiff::Timestamp>,
    pub work_attempts: Option<i32>,
    pub work_rank_key: Option<jiff::Timestamp>,
    pub default_lane: String,
    pub has_fixes: bool,
    pub has_pull_requests: bool,
    pub has_claims: bool,
    pub late_intent: Option<serde_json::Value>,
}
pub struct IssueRowBorrowed<'a> {
    pub now: jiff::Timestamp,
    pub id: i64,
    pub repository_id: i64,
    pub repo_owner: &'a str,
    pub repo_name: &'a str,
    pub enabled: bool,
    pub archived: bool,
    pub labels_gone: crate::ArrayIterator<'a, &'a str>,
    pub number: i32,
    pub title: &'a str,
    pub body: &'a str,
    pub closed: bool,
    pub state_reason: Option<&'a str>,
    pub url: &'a str,
    pub author: Option<&'a str>,
    pub author_association: Option<&'a str>,
    pub assignees: crate::ArrayIterator<'a, &'a str>,
    pub comments: i32,
    pub labels: crate::ArrayIterator<'a, &'a str>,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub closed_at: Option<jiff::Timestamp>,
    pub gone: bool,
    pub status: &'a str,
    pub priority: Option<&'a str>,
    pub kind: Option<&'a str>,
    pub owner: Option<&'a str>,
    pub agent: Option<&'a str>,
    pub lane: &'a str,
    pub problems: crate::ArrayIterator<'a, &'a str>,
    pub block_kind: Option<&'a str>,
    pub block_reason: Option<&'a str>,
    pub block_until: Option<jiff::Timestamp>,
    pub attention: Option<&'a str>,
    pub reread_wanted: i32,
    pub reread_settled: i32,
    pub version: i32,
    pub pull_request_id: Option<i64>,
    pub claim_id: Option<i64>,
    pub claim_fence: Option<i64>,
    pub claim_agent: Option<&'a str>,
    pub claim_expires_at: Option<jiff::Timestamp>,
    pub claim_resting: Option<&'a str>,
    pub claim_projected_agent: Option<&'a str>,
    pub claim_acquired_at: Option<jiff::Timestamp>,
    pub mutation_id: Option<i64>,
    pub mutation_state: Option<&'a str>,
    pub mutation_origin: Option<&'a str>,
    pub mutation_intent: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub mutation_version: Option<i32>,
    pub mutation_leased: Option<bool>,
    pub work_id: Option<i64>,
    pub work_ready_since: Option<jiff::Timestamp>,
    pub work_attempts: Option<i32>,
    pub work_rank_key: Option<jiff::Timestamp>,
    pub default_lane: &'a str,
    pub has_fixes: bool,
    pub has_pull_requests: bool,
    pub has_claims: bool,
    pub late_intent: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
}
impl<'a> From<IssueRowBorrowed<'a>> for IssueRow {
    fn from(
        IssueRowBorrowed {
            now,
            id,
            repository_id,
            repo_owner,
            repo_name,
            enabled,
            archived,
            labels_gone,
            number,
            title,
            body,
            closed,
            state_reason,
            url,
            author,
            author_association,
            assignees,
            comments,
            labels,
            github_created_at,
            github_updated_at,
            closed_at,
            gone,
            status,
            priority,
            kind,
            owner,
            agent,
            lane,
            problems,
            block_kind,
            block_reason,
            block_until,
            attention,
            reread_wanted,
            reread_settled,
            version,
            pull_request_id,
            claim_id,
            claim_fence,
            claim_agent,
            claim_expires_at,
            claim_resting,
            claim_projected_agent,
            claim_acquired_at,
            mutation_id,
            mutation_state,
            mutation_origin,
            mutation_intent,
            mutation_version,
            mutation_leased,
            work_id,
            work_ready_since,
            work_attempts,
            work_rank_key,
            default_lane,
            has_fixes,
            has_pull_requests,
            has_claims,
            late_intent,
        }: IssueRowBorrowed<'a>,
    ) -> Self {
        Self {
            now,
            id,
            repository_id,
            repo_owner: repo_owner.into(),
            repo_name: repo_name.into(),
            enabled,
            archived,
            labels_gone: labels_gone.map(|v| v.into()).collect(),
            number,
            title: title.into(),
            body: body.into(),
            closed,
            state_reason: state_reason.map(|v| v.into()),
            url: url.into(),
            author: author.map(|v| v.into()),
            author_association: author_association.map(|v| v.into()),
            assignees: assignees.map(|v| v.into()).collect(),
            comments,
            labels: labels.map(|v| v.into()).collect(),
            github_created_at,
            github_updated_at,
            closed_at,
            gone,
            status: status.into(),
            priority: priority.map(|v| v.into()),
            kind: kind.map(|v| v.into()),
            owner: owner.map(|v| v.into()),
            agent: agent.map(|v| v.into()),
            lane: lane.into(),
            problems: problems.map(|v| v.into()).collect(),
            block_kind: block_kind.map(|v| v.into()),
            block_reason: block_reason.map(|v| v.into()),
            block_until,
            attention: attention.map(|v| v.into()),
            reread_wanted,
            reread_settled,
            version,
            pull_request_id,
            claim_id,
            claim_fence,
            claim_agent: claim_agent.map(|v| v.into()),
            claim_expires_at,
            claim_resting: claim_resting.map(|v| v.into()),
            claim_projected_agent: claim_projected_agent.map(|v| v.into()),
            claim_acquired_at,
            mutation_id,
            mutation_state: mutation_state.map(|v| v.into()),
            mutation_origin: mutation_origin.map(|v| v.into()),
            mutation_intent: mutation_intent.map(|v| serde_json::from_str(v.0.get()).unwrap()),
            mutation_version,
            mutation_leased,
            work_id,
            work_ready_since,
            work_attempts,
            work_rank_key,
            default_lane: default_lane.into(),
            has_fixes,
            has_pull_requests,
            has_claims,
            late_intent: late_intent.map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct IssueByNumber {
    pub id: i64,
    pub reread_wanted: i32,
    pub version: i32,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct KnownOfIssue {
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
pub struct IssueRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<IssueRowBorrowed, tokio_postgres::Error>,
    mapper: fn(IssueRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> IssueRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(IssueRowBorrowed) -> R) -> IssueRowQuery<'c, 'a, 's, C, R, N> {
        IssueRowQuery {
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
pub struct OptionStringQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Option<&str>, tokio_postgres::Error>,
    mapper: fn(Option<&str>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OptionStringQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Option<&str>) -> R) -> OptionStringQuery<'c, 'a, 's, C, R, N> {
        OptionStringQuery {
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
pub struct IssueByNumberQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<IssueByNumber, tokio_postgres::Error>,
    mapper: fn(IssueByNumber) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> IssueByNumberQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(IssueByNumber) -> R) -> IssueByNumberQuery<'c, 'a, 's, C, R, N> {
        IssueByNumberQuery {
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
pub struct KnownOfIssueQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<KnownOfIssue, tokio_postgres::Error>,
    mapper: fn(KnownOfIssue) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> KnownOfIssueQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(KnownOfIssue) -> R) -> KnownOfIssueQuery<'c, 'a, 's, C, R, N> {
        KnownOfIssueQuery {
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
pub struct EnsureIssueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ensure_issue() -> EnsureIssueStmt {
    EnsureIssueStmt(
        "insert into issue (id, repository_id, number, title, body, closed, url, assignees, comments, labels, github_created_at, github_updated_at, status, status_since, lane) select $1, r.id, $2, '', '', false, '', '{}', 0, '{}', 'epoch', 'epoch', 'backlog', 'epoch', 'default' from repository r where r.id = $3 on conflict do nothing",
        None,
    )
}
impl EnsureIssueStmt {
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
        number: &'a i32,
        repository_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, number, repository_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        EnsureIssueParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for EnsureIssueStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a EnsureIssueParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.id, &params.number, &params.repository_id))
    }
}
pub struct LockIssueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_issue() -> LockIssueStmt {
    LockIssueStmt("select id from issue where id = $1 for update", None)
}
impl LockIssueStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct LoadIssueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn load_issue() -> LoadIssueStmt {
    LoadIssueStmt(
        "select dispatch_now() as now, i.id, i.repository_id, r.owner as repo_owner, r.name as repo_name, r.enabled, r.archived, r.labels_gone, i.number, i.title, i.body, i.closed, i.state_reason, i.url, i.author, i.author_association, i.assignees, i.comments, i.labels, i.github_created_at, i.github_updated_at, i.closed_at, i.gone, i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.problems, i.block_kind, i.block_reason, i.block_until, i.attention, i.reread_wanted, i.reread_settled, i.version, i.pull_request_id, c.id as claim_id, c.fence as claim_fence, c.agent as claim_agent, c.expires_at as claim_expires_at, c.resting_status as claim_resting, c.projected_agent as claim_projected_agent, c.acquired_at as claim_acquired_at, m.id as mutation_id, m.state as mutation_state, m.origin as mutation_origin, m.intent as mutation_intent, m.desired_version as mutation_version, m.state = 'leased' and m.lease_until > dispatch_now() as mutation_leased, w.id as work_id, w.ready_since as work_ready_since, w.attempts_without_progress as work_attempts, w.rank_key as work_rank_key, coalesce((select name from lane where role = 'default'), 'default') as default_lane, exists (select from work f where f.issue_id = i.id and f.kind = 'fix') as has_fixes, exists (select from pull_request_issue l where l.issue_id = i.id) as has_pull_requests, exists (select from claim p where p.issue_id = i.id) as has_claims, (select l.intent from mutation l where m.id is null and l.issue_id = i.id and l.kind = 'labels' and l.state = 'superseded' and l.settled_at > dispatch_now() - interval '2 minutes' order by l.id desc limit 1) as late_intent from issue i join repository r on r.id = i.repository_id left join lateral ( select * from claim held where held.issue_id = i.id and held.exclusion_key = 'issue:' || i.id and case held.state when 'active' then true else false end limit 1 ) c on true left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked') left join work w on w.issue_id = i.id and w.kind = 'implement' where i.id = $1",
        None,
    )
}
impl LoadIssueStmt {
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
    ) -> IssueRowQuery<'c, 'a, 's, C, IssueRow, 1> {
        IssueRowQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<IssueRowBorrowed, tokio_postgres::Error> {
                Ok(IssueRowBorrowed {
                    now: row.try_get(0)?,
                    id: row.try_get(1)?,
                    repository_id: row.try_get(2)?,
                    repo_owner: row.try_get(3)?,
                    repo_name: row.try_get(4)?,
                    enabled: row.try_get(5)?,
                    archived: row.try_get(6)?,
                    labels_gone: row.try_get(7)?,
                    number: row.try_get(8)?,
                    title: row.try_get(9)?,
                    body: row.try_get(10)?,
                    closed: row.try_get(11)?,
                    state_reason: row.try_get(12)?,
                    url: row.try_get(13)?,
                    author: row.try_get(14)?,
                    author_association: row.try_get(15)?,
                    assignees: row.try_get(16)?,
                    comments: row.try_get(17)?,
                    labels: row.try_get(18)?,
                    github_created_at: row.try_get(19)?,
                    github_updated_at: row.try_get(20)?,
                    closed_at: row.try_get(21)?,
                    gone: row.try_get(22)?,
                    status: row.try_get(23)?,
                    priority: row.try_get(24)?,
                    kind: row.try_get(25)?,
                    owner: row.try_get(26)?,
                    agent: row.try_get(27)?,
                    lane: row.try_get(28)?,
                    problems: row.try_get(29)?,
                    block_kind: row.try_get(30)?,
                    block_reason: row.try_get(31)?,
                    block_until: row.try_get(32)?,
                    attention: row.try_get(33)?,
                    reread_wanted: row.try_get(34)?,
                    reread_settled: row.try_get(35)?,
                    version: row.try_get(36)?,
                    pull_request_id: row.try_get(37)?,
                    claim_id: row.try_get(38)?,
                    claim_fence: row.try_get(39)?,
                    claim_agent: row.try_get(40)?,
                    claim_expires_at: row.try_get(41)?,
                    claim_resting: row.try_get(42)?,
                    claim_projected_agent: row.try_get(43)?,
                    claim_acquired_at: row.try_get(44)?,
                    mutation_id: row.try_get(45)?,
                    mutation_state: row.try_get(46)?,
                    mutation_origin: row.try_get(47)?,
                    mutation_intent: row.try_get(48)?,
                    mutation_version: row.try_get(49)?,
                    mutation_leased: row.try_get(50)?,
                    work_id: row.try_get(51)?,
                    work_ready_since: row.try_get(52)?,
                    work_attempts: row.try_get(53)?,
                    work_rank_key: row.try_get(54)?,
                    default_lane: row.try_get(55)?,
                    has_fixes: row.try_get(56)?,
                    has_pull_requests: row.try_get(57)?,
                    has_claims: row.try_get(58)?,
                    late_intent: row.try_get(59)?,
                })
            },
            mapper: |it| IssueRow::from(it),
        }
    }
}
pub struct WriteIssueFactsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_issue_facts() -> WriteIssueFactsStmt {
    WriteIssueFactsStmt(
        "update issue set repository_id = $1, number = $2, title = $3, body = $4, closed = $5, state_reason = $6, url = $7, author = $8, author_association = $9, assignees = $10, comments = $11, labels = $12, github_created_at = $13, github_updated_at = $14, closed_at = $15, gone = $16, seen_at = dispatch_now(), version = version + 1 where id = $17",
        None,
    )
}
impl WriteIssueFactsStmt {
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
        T4: crate::StringSql,
        T5: crate::StringSql,
        T6: crate::StringSql,
        T7: crate::StringSql,
        T8: crate::ArraySql<Item = T7>,
        T9: crate::StringSql,
        T10: crate::ArraySql<Item = T9>,
    >(
        &'s self,
        client: &'c C,
        repository_id: &'a i64,
        number: &'a i32,
        title: &'a T1,
        body: &'a T2,
        closed: &'a bool,
        state_reason: &'a Option<T3>,
        url: &'a T4,
        author: &'a Option<T5>,
        author_association: &'a Option<T6>,
        assignees: &'a T8,
        comments: &'a i32,
        labels: &'a T10,
        github_created_at: &'a jiff::Timestamp,
        github_updated_at: &'a jiff::Timestamp,
        closed_at: &'a Option<jiff::Timestamp>,
        gone: &'a bool,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    repository_id,
                    number,
                    title,
                    body,
                    closed,
                    state_reason,
                    url,
                    author,
                    author_association,
                    assignees,
                    comments,
                    labels,
                    github_created_at,
                    github_updated_at,
                    closed_at,
                    gone,
                    id,
                ],
            )
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::ArraySql<Item = T7>,
    T9: crate::StringSql,
    T10: crate::ArraySql<Item = T9>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteIssueFactsParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteIssueFactsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteIssueFactsParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.repository_id,
            &params.number,
            &params.title,
            &params.body,
            &params.closed,
            &params.state_reason,
            &params.url,
            &params.author,
            &params.author_association,
            &params.assignees,
            &params.comments,
            &params.labels,
            &params.github_created_at,
            &params.github_updated_at,
            &params.closed_at,
            &params.gone,
            &params.id,
        ))
    }
}
pub struct WriteReadingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_reading() -> WriteReadingStmt {
    WriteReadingStmt(
        "with own_work as ( insert into work (kind, issue_id, exclusion_key, lane, offered, ready_since, rank_key) select 'implement', $1::bigint, 'issue:' || $1::bigint, $2, $3, $4, $5 where $6::boolean on conflict (issue_id) where kind = 'implement' do update set lane = excluded.lane, offered = excluded.offered, ready_since = excluded.ready_since, rank_key = excluded.rank_key - make_interval(secs => work.bonus_seconds) where (work.lane, work.offered, work.ready_since, work.rank_key) is distinct from (excluded.lane, excluded.offered, excluded.ready_since, excluded.rank_key - make_interval(secs => work.bonus_seconds)) ) update issue set status_since = case when status_since = 'epoch' then github_updated_at when status <> $7 then dispatch_now() else status_since end, status = $7, priority = $8, kind = $9, owner = $10, agent = $11, lane = $2, problems = $12, block_kind = $13, block_reason = $14, block_until = $15, attention = $16 where id = $1",
        None,
    )
}
impl WriteReadingStmt {
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
        T4: crate::StringSql,
        T5: crate::StringSql,
        T6: crate::StringSql,
        T7: crate::StringSql,
        T8: crate::ArraySql<Item = T7>,
        T9: crate::StringSql,
        T10: crate::StringSql,
        T11: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        id: &'a i64,
        lane: &'a T1,
        offered: &'a bool,
        ready_since: &'a Option<jiff::Timestamp>,
        rank_key: &'a jiff::Timestamp,
        works: &'a bool,
        status: &'a T2,
        priority: &'a Option<T3>,
        kind: &'a Option<T4>,
        owner: &'a Option<T5>,
        agent: &'a Option<T6>,
        problems: &'a T8,
        block_kind: &'a Option<T9>,
        block_reason: &'a Option<T10>,
        block_until: &'a Option<jiff::Timestamp>,
        attention: &'a Option<T11>,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    id,
                    lane,
                    offered,
                    ready_since,
                    rank_key,
                    works,
                    status,
                    priority,
                    kind,
                    owner,
                    agent,
                    problems,
                    block_kind,
                    block_reason,
                    block_until,
                    attention,
                ],
            )
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::ArraySql<Item = T7>,
    T9: crate::StringSql,
    T10: crate::StringSql,
    T11: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteReadingParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteReadingStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteReadingParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.lane,
            &params.offered,
            &params.ready_since,
            &params.rank_key,
            &params.works,
            &params.status,
            &params.priority,
            &params.kind,
            &params.owner,
            &params.agent,
            &params.problems,
            &params.block_kind,
            &params.block_reason,
            &params.block_until,
            &params.attention,
        ))
    }
}
pub struct WantRereadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_reread() -> WantRereadStmt {
    WantRereadStmt("update issue set reread_wanted = reread_wanted + 1 where id = $1", None)
}
impl WantRereadStmt {
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
pub struct SettleRereadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settle_reread() -> SettleRereadStmt {
    SettleRereadStmt(
        "update issue set reread_settled = greatest(reread_settled, $1) where id = $2 and reread_settled < $1",
        None,
    )
}
impl SettleRereadStmt {
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
        up_to: &'a i32,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[up_to, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SettleRereadParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for SettleRereadStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SettleRereadParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.up_to, &params.id))
    }
}
pub struct IssueGoneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn issue_gone() -> IssueGoneStmt {
    IssueGoneStmt(
        "update issue set gone = true, reread_settled = reread_wanted, version = version + 1 where id = $1",
        None,
    )
}
impl IssueGoneStmt {
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
pub struct LastProjectedAgentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn last_projected_agent() -> LastProjectedAgentStmt {
    LastProjectedAgentStmt(
        "select projected_agent from claim where issue_id = $1 order by id desc limit 1",
        None,
    )
}
impl LastProjectedAgentStmt {
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
    ) -> OptionStringQuery<'c, 'a, 's, C, Option<String>, 1> {
        OptionStringQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.map(|v| v.into()),
        }
    }
}
pub struct TouchIssueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn touch_issue() -> TouchIssueStmt {
    TouchIssueStmt("update issue set seen_at = dispatch_now() where id = $1", None)
}
impl TouchIssueStmt {
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
pub struct IssueByNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn issue_by_number() -> IssueByNumberStmt {
    IssueByNumberStmt(
        "select id, reread_wanted, version from issue where repository_id = $1 and number = $2 and not gone",
        None,
    )
}
impl IssueByNumberStmt {
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
        number: &'a i32,
    ) -> IssueByNumberQuery<'c, 'a, 's, C, IssueByNumber, 2> {
        IssueByNumberQuery {
            client,
            params: [repository_id, number],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<IssueByNumber, tokio_postgres::Error> {
                Ok(IssueByNumber {
                    id: row.try_get(0)?,
                    reread_wanted: row.try_get(1)?,
                    version: row.try_get(2)?,
                })
            },
            mapper: |it| IssueByNumber::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        IssueByNumberParams,
        IssueByNumberQuery<'c, 'a, 's, C, IssueByNumber, 2>,
        C,
    > for IssueByNumberStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a IssueByNumberParams,
    ) -> IssueByNumberQuery<'c, 'a, 's, C, IssueByNumber, 2> {
        self.bind(client, &params.repository_id, &params.number)
    }
}
pub struct WantRereadOfLabelStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_reread_of_label() -> WantRereadOfLabelStmt {
    WantRereadOfLabelStmt(
        "update issue set reread_wanted = reread_wanted + 1 where repository_id = $1 and not gone and not closed and exists (select from unnest(labels) l where lower(l) = lower($2))",
        None,
    )
}
impl WantRereadOfLabelStmt {
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
        repository_id: &'a i64,
        label: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[repository_id, label]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WantRereadOfLabelParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WantRereadOfLabelStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WantRereadOfLabelParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.repository_id, &params.label))
    }
}
pub struct WantRereadOfNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_reread_of_number() -> WantRereadOfNumberStmt {
    WantRereadOfNumberStmt(
        "update issue i set reread_wanted = reread_wanted + 1 from repository r where i.number = $1 and i.id <> $2 and not i.gone and r.id = i.repository_id and r.github_id = $3",
        None,
    )
}
impl WantRereadOfNumberStmt {
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
        number: &'a i32,
        id: &'a i64,
        github_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[number, id, github_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WantRereadOfNumberParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WantRereadOfNumberStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WantRereadOfNumberParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.number, &params.id, &params.github_id))
    }
}
pub struct IssueOfNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn issue_of_number() -> IssueOfNumberStmt {
    IssueOfNumberStmt(
        "select id from issue where repository_id = $1 and number = $2 and id <> $3 and not gone",
        None,
    )
}
impl IssueOfNumberStmt {
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
        number: &'a i32,
        id: &'a i64,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        I64Query {
            client,
            params: [repository_id, number, id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<'c, 'a, 's, IssueOfNumberParams, I64Query<'c, 'a, 's, C, i64, 3>, C>
    for IssueOfNumberStmt
{
    fn params(&'s self, client: &'c C, params: &'a IssueOfNumberParams) -> I64Query<'c, 'a, 's, C, i64, 3> {
        self.bind(client, &params.repository_id, &params.number, &params.id)
    }
}
pub struct KnownOfIssueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn known_of_issue() -> KnownOfIssueStmt {
    KnownOfIssueStmt("select reread_wanted, version from issue where id = $1", None)
}
impl KnownOfIssueStmt {
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
    ) -> KnownOfIssueQuery<'c, 'a, 's, C, KnownOfIssue, 1> {
        KnownOfIssueQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<KnownOfIssue, tokio_postgres::Error> {
                Ok(KnownOfIssue { reread_wanted: row.try_get(0)?, version: row.try_get(1)? })
            },
            mapper: |it| KnownOfIssue::from(it),
        }
    }
}
pub struct BlocksOverStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn blocks_over() -> BlocksOverStmt {
    BlocksOverStmt(
        "select id from issue where status = 'blocked' and block_until <= dispatch_now() and not closed and not gone order by block_until limit $1",
        None,
    )
}
impl BlocksOverStmt {
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
