// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct WindowParams<T1: crate::StringSql> {
    pub unit: T1,
    pub days: i32,
}
#[derive(Debug)]
pub struct SeriesParams<T1: crate::StringSql> {
    pub since: jiff::Timestamp,
    pub unit: T1,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct Window {
    pub now: jiff::Timestamp,
    pub since: jiff::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct OpenByStatus {
    pub status: String,
    pub issues: i64,
    pub unheld: i64,
}
pub struct OpenByStatusBorrowed<'a> {
    pub status: &'a str,
    pub issues: i64,
    pub unheld: i64,
}
impl<'a> From<OpenByStatusBorrowed<'a>> for OpenByStatus {
    fn from(OpenByStatusBorrowed { status, issues, unheld }: OpenByStatusBorrowed<'a>) -> Self {
        Self { status: status.into(), issues, unheld }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Agents {
    pub agent: String,
    pub active: i64,
    pub claims: i64,
    pub ended: i64,
    pub delivered: i64,
    pub done: i64,
    pub first_pass: i64,
    pub merged: i64,
    pub failed: i64,
    pub expired: i64,
    pub blocked: i64,
    pub last_seen: Option<jiff::Timestamp>,
    pub claim_to_pr_seconds: Option<f64>,
    pub pr_to_merge_seconds: Option<f64>,
    pub tokens: i64,
    pub cost_usd: Option<f64>,
}
pub struct AgentsBorrowed<'a> {
    pub agent: &'a str,
    pub active: i64,
    pub claims: i64,
    pub ended: i64,
    pub delivered: i64,
    pub done: i64,
    pub first_pass: i64,
    pub merged: i64,
    pub failed: i64,
    pub expired: i64,
    pub blocked: i64,
    pub last_seen: Option<jiff::Timestamp>,
    pub claim_to_pr_seconds: Option<f64>,
    pub pr_to_merge_seconds: Option<f64>,
    pub tokens: i64,
    pub cost_usd: Option<f64>,
}
impl<'a> From<AgentsBorrowed<'a>> for Agents {
    fn from(
        AgentsBorrowed {
            agent,
            active,
            claims,
            ended,
            delivered,
            done,
            first_pass,
            merged,
            failed,
            expired,
            blocked,
            last_seen,
            claim_to_pr_seconds,
            pr_to_merge_seconds,
            tokens,
            cost_usd,
        }: AgentsBorrowed<'a>,
    ) -> Self {
        Self {
            agent: agent.into(),
            active,
            claims,
            ended,
            delivered,
            done,
            first_pass,
            merged,
            failed,
            expired,
            blocked,
            last_seen,
            claim_to_pr_seconds,
            pr_to_merge_seconds,
            tokens,
            cost_usd,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct OpenByAgent {
    pub agent: String,
    pub issues: i64,
}
pub struct OpenByAgentBorrowed<'a> {
    pub agent: &'a str,
    pub issues: i64,
}
impl<'a> From<OpenByAgentBorrowed<'a>> for OpenByAgent {
    fn from(OpenByAgentBorrowed { agent, issues }: OpenByAgentBorrowed<'a>) -> Self {
        Self { agent: agent.into(), issues }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct Series {
    pub at: jiff::Timestamp,
    pub done: i64,
    pub done_by_agents: i64,
    pub first_pass: i64,
    pub expired: i64,
    pub delivered: i64,
    pub claim_to_pr_seconds: Option<f64>,
    pub merged: i64,
    pub pr_to_merge_seconds: Option<f64>,
    pub writes: i64,
    pub converge_seconds: Option<f64>,
    pub ready: Option<i32>,
    pub in_progress: Option<i32>,
    pub writes_waiting: Option<i32>,
    pub budget_remaining: Option<i32>,
    pub budget_limit: Option<i32>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Projects {
    pub owner: String,
    pub name: String,
    pub enabled: bool,
    pub archived: bool,
    pub last_synced_at: Option<jiff::Timestamp>,
    pub last_error: Option<String>,
    pub open_pr_count: i32,
    pub backlog: i64,
    pub ready: i64,
    pub in_progress: i64,
    pub in_review: i64,
    pub blocked: i64,
    pub done: i64,
    pub claims: i64,
    pub stale: i64,
    pub attention: i64,
    pub oldest_ready: Option<jiff::Timestamp>,
}
pub struct ProjectsBorrowed<'a> {
    pub owner: &'a str,
    pub name: &'a str,
    pub enabled: bool,
    pub archived: bool,
    pub last_synced_at: Option<jiff::Timestamp>,
    pub last_error: Option<&'a str>,
    pub open_pr_count: i32,
    pub backlog: i64,
    pub ready: i64,
    pub in_progress: i64,
    pub in_review: i64,
    pub blocked: i64,
    pub done: i64,
    pub claims: i64,
    pub stale: i64,
    pub attention: i64,
    pub oldest_ready: Option<jiff::Timestamp>,
}
impl<'a> From<ProjectsBorrowed<'a>> for Projects {
    fn from(
        ProjectsBorrowed {
            owner,
            name,
            enabled,
            archived,
            last_synced_at,
            last_error,
            open_pr_count,
            backlog,
            ready,
            in_progress,
            in_review,
            blocked,
            done,
            claims,
            stale,
            attention,
            oldest_ready,
        }: ProjectsBorrowed<'a>,
    ) -> Self {
        Self {
            owner: owner.into(),
            name: name.into(),
            enabled,
            archived,
            last_synced_at,
            last_error: last_error.map(|v| v.into()),
            open_pr_count,
            backlog,
            ready,
            in_progress,
            in_review,
            blocked,
            done,
            claims,
            stale,
            attention,
            oldest_ready,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct WindowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Window, tokio_postgres::Error>,
    mapper: fn(Window) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WindowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Window) -> R) -> WindowQuery<'c, 'a, 's, C, R, N> {
        WindowQuery {
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
pub struct OpenByStatusQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<OpenByStatusBorrowed, tokio_postgres::Error>,
    mapper: fn(OpenByStatusBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OpenByStatusQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(OpenByStatusBorrowed) -> R) -> OpenByStatusQuery<'c, 'a, 's, C, R, N> {
        OpenByStatusQuery {
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
pub struct AgentsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AgentsBorrowed, tokio_postgres::Error>,
    mapper: fn(AgentsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AgentsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AgentsBorrowed) -> R) -> AgentsQuery<'c, 'a, 's, C, R, N> {
        AgentsQuery {
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
pub struct OpenByAgentQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<OpenByAgentBorrowed, tokio_postgres::Error>,
    mapper: fn(OpenByAgentBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OpenByAgentQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(OpenByAgentBorrowed) -> R) -> OpenByAgentQuery<'c, 'a, 's, C, R, N> {
        OpenByAgentQuery {
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
pub struct SeriesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Series, tokio_postgres::Error>,
    mapper: fn(Series) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SeriesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Series) -> R) -> SeriesQuery<'c, 'a, 's, C, R, N> {
        SeriesQuery {
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
pub struct ProjectsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ProjectsBorrowed, tokio_postgres::Error>,
    mapper: fn(ProjectsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ProjectsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ProjectsBorrowed) -> R) -> ProjectsQuery<'c, 'a, 's, C, R, N> {
        ProjectsQuery {
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
pub struct TakeSampleStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn take_sample() -> TakeSampleStmt {
    TakeSampleStmt(
        "insert into sample (at, ready, in_progress, in_review, blocked, writes_waiting, writes_parked, rereads_wanted, claims_active, budget_remaining, budget_limit) select dispatch_now(), s.ready, s.in_progress, s.in_review, s.blocked, (select count(*) from mutation where state in ('pending', 'leased')), (select count(*) from mutation where state = 'parked'), s.rereads, (select count(*) from claim where state = 'active'), b.remaining, b.\"limit\" from ( select count(*) filter (where i.status = 'ready') as ready, count(*) filter (where i.status = 'in-progress') as in_progress, count(*) filter (where i.status = 'in-review') as in_review, count(*) filter (where i.status = 'blocked') as blocked, count(*) filter (where i.reread_wanted > i.reread_settled) as rereads from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where not i.closed and not i.gone ) s left join ( select remaining, \"limit\" from github_budget where seen_at > dispatch_now() - interval '1 hour' and \"limit\" > 0 order by remaining limit 1 ) b on true where not exists (select from sample where at > dispatch_now() - interval '5 minutes') on conflict do nothing",
        None,
    )
}
impl TakeSampleStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[]).await
    }
}
pub struct PruneSamplesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_samples() -> PruneSamplesStmt {
    PruneSamplesStmt(
        "delete from sample where at in ( select at from sample where at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        None,
    )
}
impl PruneSamplesStmt {
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
pub struct WindowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn window() -> WindowStmt {
    WindowStmt(
        "select dispatch_now() as now, date_trunc($1::text, dispatch_now() - $2::integer * interval '1 day', 'UTC') as since",
        None,
    )
}
impl WindowStmt {
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
        unit: &'a T1,
        days: &'a i32,
    ) -> WindowQuery<'c, 'a, 's, C, Window, 2> {
        WindowQuery {
            client,
            params: [unit, days],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<Window, tokio_postgres::Error> {
                Ok(Window { now: row.try_get(0)?, since: row.try_get(1)? })
            },
            mapper: |it| Window::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, WindowParams<T1>, WindowQuery<'c, 'a, 's, C, Window, 2>, C>
    for WindowStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a WindowParams<T1>,
    ) -> WindowQuery<'c, 'a, 's, C, Window, 2> {
        self.bind(client, &params.unit, &params.days)
    }
}
pub struct OpenByStatusStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn open_by_status() -> OpenByStatusStmt {
    OpenByStatusStmt(
        "select i.status, count(*) as issues, count(*) filter (where i.status = 'in-progress' and not exists ( select from claim c where c.issue_id = i.id and c.state = 'active' and c.expires_at > dispatch_now())) as unheld from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where not i.gone and (i.status <> 'done' or coalesce(i.closed_at, i.github_updated_at) > dispatch_now() - interval '14 days') group by i.status",
        None,
    )
}
impl OpenByStatusStmt {
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
    ) -> OpenByStatusQuery<'c, 'a, 's, C, OpenByStatus, 0> {
        OpenByStatusQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<OpenByStatusBorrowed, tokio_postgres::Error> {
                Ok(OpenByStatusBorrowed {
                    status: row.try_get(0)?,
                    issues: row.try_get(1)?,
                    unheld: row.try_get(2)?,
                })
            },
            mapper: |it| OpenByStatus::from(it),
        }
    }
}
pub struct StaleInProgressStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn stale_in_progress() -> StaleInProgressStmt {
    StaleInProgressStmt(
        "select i.id from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.status = 'in-progress' and not i.closed and not i.gone and not exists ( select from claim c where c.issue_id = i.id and c.state = 'active' and c.expires_at > dispatch_now()) order by i.status_since limit $1",
        None,
    )
}
impl StaleInProgressStmt {
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
pub struct AgentsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn agents() -> AgentsStmt {
    AgentsStmt(
        "with attempt as ( select c.*, c.outcome in ('pr_opened', 'pr_updated') as delivered from claim c where c.acquired_at >= $1 or c.ended_at >= $1 or c.state = 'active' ), done as ( select c.agent, count(distinct d.id) as done, count(distinct d.id) filter (where d.first_pass) as first_pass from done_issue d join claim c on c.issue_id = d.id where d.closed_at >= $1 group by c.agent ), merged as ( select m.agent, count(*) as merged, percentile_cont(0.5) within group (order by extract(epoch from m.merged_at - m.github_created_at)::double precision) as pr_to_merge_seconds from ( select distinct c.agent, p.id, p.merged_at, p.github_created_at from pull_request p join issue i on i.repository_id = p.repository_id join claim c on c.issue_id = i.id and c.pull_request_number = p.number where p.merged_at >= $1 ) m group by m.agent ), figures as ( select a.agent, count(*) filter (where a.state = 'active') as active, count(*) filter (where a.acquired_at >= $1) as claims, count(*) filter (where a.state = 'ended' and a.ended_at >= $1) as ended, count(*) filter (where a.delivered and a.ended_at >= $1) as delivered, count(*) filter (where a.outcome = 'failed' and a.ended_at >= $1) as failed, count(*) filter (where a.end_reason = 'expired' and a.ended_at >= $1) as expired, count(*) filter (where a.end_reason = 'blocked' and a.ended_at >= $1) as blocked, max(a.renewed_at) as last_seen, percentile_cont(0.5) within group (order by extract(epoch from a.ended_at - a.acquired_at)::double precision) filter (where a.outcome = 'pr_opened' and a.ended_at >= $1) as claim_to_pr_seconds, coalesce(sum(coalesce(a.tokens_in, 0) + coalesce(a.tokens_out, 0)) filter (where a.ended_at >= $1), 0)::bigint as tokens, sum(a.cost_usd) filter (where a.ended_at >= $1) as cost_usd from attempt a group by a.agent ) select agent, coalesce(active, 0) as active, coalesce(claims, 0) as claims, coalesce(ended, 0) as ended, coalesce(delivered, 0) as delivered, coalesce(done, 0) as done, coalesce(first_pass, 0) as first_pass, coalesce(merged, 0) as merged, coalesce(failed, 0) as failed, coalesce(expired, 0) as expired, coalesce(blocked, 0) as blocked, last_seen, claim_to_pr_seconds, pr_to_merge_seconds, coalesce(tokens, 0) as tokens, cost_usd from figures full join done using (agent) full join merged using (agent) order by agent",
        None,
    )
}
impl AgentsStmt {
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
        since: &'a jiff::Timestamp,
    ) -> AgentsQuery<'c, 'a, 's, C, Agents, 1> {
        AgentsQuery {
            client,
            params: [since],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<AgentsBorrowed, tokio_postgres::Error> {
                Ok(AgentsBorrowed {
                    agent: row.try_get(0)?,
                    active: row.try_get(1)?,
                    claims: row.try_get(2)?,
                    ended: row.try_get(3)?,
                    delivered: row.try_get(4)?,
                    done: row.try_get(5)?,
                    first_pass: row.try_get(6)?,
                    merged: row.try_get(7)?,
                    failed: row.try_get(8)?,
                    expired: row.try_get(9)?,
                    blocked: row.try_get(10)?,
                    last_seen: row.try_get(11)?,
                    claim_to_pr_seconds: row.try_get(12)?,
                    pr_to_merge_seconds: row.try_get(13)?,
                    tokens: row.try_get(14)?,
                    cost_usd: row.try_get(15)?,
                })
            },
            mapper: |it| Agents::from(it),
        }
    }
}
pub struct OpenByAgentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn open_by_agent() -> OpenByAgentStmt {
    OpenByAgentStmt(
        "select lower(i.agent) as agent, count(*) as issues from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.agent is not null and not i.closed and not i.gone group by lower(i.agent)",
        None,
    )
}
impl OpenByAgentStmt {
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
    ) -> OpenByAgentQuery<'c, 'a, 's, C, OpenByAgent, 0> {
        OpenByAgentQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<OpenByAgentBorrowed, tokio_postgres::Error> {
                Ok(OpenByAgentBorrowed { agent: row.try_get(0)?, issues: row.try_get(1)? })
            },
            mapper: |it| OpenByAgent::from(it),
        }
    }
}
pub struct SeriesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn series() -> SeriesStmt {
    SeriesStmt(
        "with slot as ( select at from generate_series($1::timestamptz, dispatch_now(), ('1 ' || $2::text)::interval) at ), done as ( select date_trunc($2, d.closed_at, 'UTC') as at, count(*) as done, count(*) filter (where d.by_agents) as done_by_agents, count(*) filter (where d.first_pass) as first_pass from done_issue d where d.closed_at >= $1 group by 1 ), ended as ( select date_trunc($2, c.ended_at, 'UTC') as at, count(*) filter (where c.end_reason = 'expired') as expired, count(*) filter (where c.outcome in ('pr_opened', 'pr_updated')) as delivered, percentile_cont(0.5) within group (order by extract(epoch from c.ended_at - c.acquired_at)::double precision) filter (where c.outcome = 'pr_opened') as claim_to_pr_seconds from claim c where c.ended_at >= $1 group by 1 ), merged as ( select date_trunc($2, p.merged_at, 'UTC') as at, count(*) as merged, percentile_cont(0.5) within group (order by extract(epoch from p.merged_at - p.github_created_at)::double precision) as pr_to_merge_seconds from pull_request p where p.merged_at >= $1 and exists (select from pull_request_issue l where l.pull_request_id = p.id) group by 1 ), written as ( select date_trunc($2, m.settled_at, 'UTC') as at, count(*) as writes, percentile_cont(0.95) within group (order by extract(epoch from m.settled_at - m.created_at)::double precision) as converge_seconds from mutation m where m.state = 'applied' and m.settled_at >= $1 group by 1 ), sampled as ( select date_trunc($2, s.at, 'UTC') as at, max(s.ready) as ready, max(s.in_progress) as in_progress, max(s.writes_waiting) as writes_waiting, min(s.budget_remaining) as budget_remaining, max(s.budget_limit) as budget_limit from sample s where s.at >= $1 group by 1 ) select slot.at, coalesce(done, 0) as done, coalesce(done_by_agents, 0) as done_by_agents, coalesce(first_pass, 0) as first_pass, coalesce(expired, 0) as expired, coalesce(delivered, 0) as delivered, claim_to_pr_seconds, coalesce(merged, 0) as merged, pr_to_merge_seconds, coalesce(writes, 0) as writes, converge_seconds, ready, in_progress, writes_waiting, budget_remaining, budget_limit from slot left join done on done.at = slot.at left join ended on ended.at = slot.at left join merged on merged.at = slot.at left join written on written.at = slot.at left join sampled on sampled.at = slot.at order by slot.at",
        None,
    )
}
impl SeriesStmt {
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
        since: &'a jiff::Timestamp,
        unit: &'a T1,
    ) -> SeriesQuery<'c, 'a, 's, C, Series, 2> {
        SeriesQuery {
            client,
            params: [since, unit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<Series, tokio_postgres::Error> {
                Ok(Series {
                    at: row.try_get(0)?,
                    done: row.try_get(1)?,
                    done_by_agents: row.try_get(2)?,
                    first_pass: row.try_get(3)?,
                    expired: row.try_get(4)?,
                    delivered: row.try_get(5)?,
                    claim_to_pr_seconds: row.try_get(6)?,
                    merged: row.try_get(7)?,
                    pr_to_merge_seconds: row.try_get(8)?,
                    writes: row.try_get(9)?,
                    converge_seconds: row.try_get(10)?,
                    ready: row.try_get(11)?,
                    in_progress: row.try_get(12)?,
                    writes_waiting: row.try_get(13)?,
                    budget_remaining: row.try_get(14)?,
                    budget_limit: row.try_get(15)?,
                })
            },
            mapper: |it| Series::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, SeriesParams<T1>, SeriesQuery<'c, 'a, 's, C, Series, 2>, C>
    for SeriesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SeriesParams<T1>,
    ) -> SeriesQuery<'c, 'a, 's, C, Series, 2> {
        self.bind(client, &params.since, &params.unit)
    }
}
pub struct ProjectsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn projects() -> ProjectsStmt {
    ProjectsStmt(
        "select r.owner, r.name, r.enabled, r.archived, r.last_synced_at, r.last_error, r.open_pr_count, count(i.id) filter (where i.status = 'backlog') as backlog, count(i.id) filter (where i.status = 'ready') as ready, count(i.id) filter (where i.status = 'in-progress') as in_progress, count(i.id) filter (where i.status = 'in-review') as in_review, count(i.id) filter (where i.status = 'blocked') as blocked, count(i.id) filter (where i.status = 'done') as done, count(c.id) as claims, count(i.id) filter (where i.status = 'in-progress' and (c.id is null or c.expires_at <= dispatch_now())) as stale, count(i.id) filter (where not i.closed and ( i.block_kind = 'needs_input' or i.attention is not null or w.quarantined_at is not null or m.state = 'parked')) as attention, min(w.ready_since) filter (where i.status = 'ready') as oldest_ready from repository r left join issue i on i.repository_id = r.id and not i.gone and (i.status <> 'done' or coalesce(i.closed_at, i.github_updated_at) > dispatch_now() - interval '14 days') left join work w on w.issue_id = i.id and w.kind = 'implement' left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active' left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state = 'parked' where not r.gone and r.enabled group by r.id order by lower(r.owner || '/' || r.name)",
        None,
    )
}
impl ProjectsStmt {
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
    ) -> ProjectsQuery<'c, 'a, 's, C, Projects, 0> {
        ProjectsQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ProjectsBorrowed, tokio_postgres::Error> {
                Ok(ProjectsBorrowed {
                    owner: row.try_get(0)?,
                    name: row.try_get(1)?,
                    enabled: row.try_get(2)?,
                    archived: row.try_get(3)?,
                    last_synced_at: row.try_get(4)?,
                    last_error: row.try_get(5)?,
                    open_pr_count: row.try_get(6)?,
                    backlog: row.try_get(7)?,
                    ready: row.try_get(8)?,
                    in_progress: row.try_get(9)?,
                    in_review: row.try_get(10)?,
                    blocked: row.try_get(11)?,
                    done: row.try_get(12)?,
                    claims: row.try_get(13)?,
                    stale: row.try_get(14)?,
                    attention: row.try_get(15)?,
                    oldest_ready: row.try_get(16)?,
                })
            },
            mapper: |it| Projects::from(it),
        }
    }
}
