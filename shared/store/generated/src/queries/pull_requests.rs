// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct UpsertPullRequestParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::StringSql,
    T9: crate::StringSql,
    T10: crate::ArraySql<Item = T9>,
    T11: crate::ArraySql<Item = i32>,
> {
    pub id: i64,
    pub repository_id: i64,
    pub number: i32,
    pub title: T1,
    pub body: T2,
    pub state: T3,
    pub draft: bool,
    pub url: T4,
    pub author: Option<T5>,
    pub head_ref: T6,
    pub head_sha: T7,
    pub base_ref: T8,
    pub mergeable: Option<bool>,
    pub labels: T10,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub merged_at: Option<jiff::Timestamp>,
    pub closes: T11,
}
#[derive(Clone, Copy, Debug)]
pub struct WantRereadByNumberParams {
    pub repository_id: i64,
    pub number: i32,
}
#[derive(Clone, Copy, Debug)]
pub struct SettlePullRequestRereadParams {
    pub up_to: i32,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct LinkPullRequestsParams {
    pub issue_id: i64,
    pub repository_id: i64,
    pub number: i32,
}
#[derive(Debug)]
pub struct LinkIssuesParams<T1: crate::ArraySql<Item = i32>> {
    pub pull_request_id: i64,
    pub repository_id: i64,
    pub numbers: T1,
}
#[derive(Debug)]
pub struct UnlinkIssuesParams<T1: crate::ArraySql<Item = i32>> {
    pub pull_request_id: i64,
    pub numbers: T1,
}
#[derive(Debug, Clone, PartialEq)]
pub struct LockPullRequest {
    pub id: i64,
    pub number: i32,
    pub title: String,
    pub body: String,
    pub state: String,
    pub draft: bool,
    pub url: String,
    pub author: Option<String>,
    pub head_ref: String,
    pub head_sha: String,
    pub base_ref: String,
    pub mergeable: Option<bool>,
    pub labels: Vec<String>,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub merged_at: Option<jiff::Timestamp>,
    pub reread_wanted: i32,
}
pub struct LockPullRequestBorrowed<'a> {
    pub id: i64,
    pub number: i32,
    pub title: &'a str,
    pub body: &'a str,
    pub state: &'a str,
    pub draft: bool,
    pub url: &'a str,
    pub author: Option<&'a str>,
    pub head_ref: &'a str,
    pub head_sha: &'a str,
    pub base_ref: &'a str,
    pub mergeable: Option<bool>,
    pub labels: crate::ArrayIterator<'a, &'a str>,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub merged_at: Option<jiff::Timestamp>,
    pub reread_wanted: i32,
}
impl<'a> From<LockPullRequestBorrowed<'a>> for LockPullRequest {
    fn from(
        LockPullRequestBorrowed {
            id,
            number,
            title,
            body,
            state,
            draft,
            url,
            author,
            head_ref,
            head_sha,
            base_ref,
            mergeable,
            labels,
            github_created_at,
            github_updated_at,
            merged_at,
            reread_wanted,
        }: LockPullRequestBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            number,
            title: title.into(),
            body: body.into(),
            state: state.into(),
            draft,
            url: url.into(),
            author: author.map(|v| v.into()),
            head_ref: head_ref.into(),
            head_sha: head_sha.into(),
            base_ref: base_ref.into(),
            mergeable,
            labels: labels.map(|v| v.into()).collect(),
            github_created_at,
            github_updated_at,
            merged_at,
            reread_wanted,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerToClaim {
    pub number: i32,
    pub url: String,
    pub head_sha: String,
}
pub struct AnswerToClaimBorrowed<'a> {
    pub number: i32,
    pub url: &'a str,
    pub head_sha: &'a str,
}
impl<'a> From<AnswerToClaimBorrowed<'a>> for AnswerToClaim {
    fn from(AnswerToClaimBorrowed { number, url, head_sha }: AnswerToClaimBorrowed<'a>) -> Self {
        Self { number, url: url.into(), head_sha: head_sha.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct PullRequestsOfIssues {
    pub issue_id: i64,
    pub id: i64,
    pub number: i32,
    pub title: String,
    pub state: String,
    pub draft: bool,
    pub url: String,
    pub author: Option<String>,
    pub head_ref: String,
    pub head_sha: String,
    pub mergeable: Option<bool>,
}
pub struct PullRequestsOfIssuesBorrowed<'a> {
    pub issue_id: i64,
    pub id: i64,
    pub number: i32,
    pub title: &'a str,
    pub state: &'a str,
    pub draft: bool,
    pub url: &'a str,
    pub author: Option<&'a str>,
    pub head_ref: &'a str,
    pub head_sha: &'a str,
    pub mergeable: Option<bool>,
}
impl<'a> From<PullRequestsOfIssuesBorrowed<'a>> for PullRequestsOfIssues {
    fn from(
        PullRequestsOfIssuesBorrowed {
            issue_id,
            id,
            number,
            title,
            state,
            draft,
            url,
            author,
            head_ref,
            head_sha,
            mergeable,
        }: PullRequestsOfIssuesBorrowed<'a>,
    ) -> Self {
        Self {
            issue_id,
            id,
            number,
            title: title.into(),
            state: state.into(),
            draft,
            url: url.into(),
            author: author.map(|v| v.into()),
            head_ref: head_ref.into(),
            head_sha: head_sha.into(),
            mergeable,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct LockPullRequestQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockPullRequestBorrowed, tokio_postgres::Error>,
    mapper: fn(LockPullRequestBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockPullRequestQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(LockPullRequestBorrowed) -> R,
    ) -> LockPullRequestQuery<'c, 'a, 's, C, R, N> {
        LockPullRequestQuery {
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
pub struct AnswerToClaimQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AnswerToClaimBorrowed, tokio_postgres::Error>,
    mapper: fn(AnswerToClaimBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AnswerToClaimQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AnswerToClaimBorrowed) -> R) -> AnswerToClaimQuery<'c, 'a, 's, C, R, N> {
        AnswerToClaimQuery {
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
pub struct PullRequestsOfIssuesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<PullRequestsOfIssuesBorrowed, tokio_postgres::Error>,
    mapper: fn(PullRequestsOfIssuesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> PullRequestsOfIssuesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(PullRequestsOfIssuesBorrowed) -> R,
    ) -> PullRequestsOfIssuesQuery<'c, 'a, 's, C, R, N> {
        PullRequestsOfIssuesQuery {
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
pub struct LockPullRequestStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_pull_request() -> LockPullRequestStmt {
    LockPullRequestStmt(
        "select id, number, title, body, state, draft, url, author, head_ref, head_sha, base_ref, mergeable, labels, github_created_at, github_updated_at, merged_at, reread_wanted from pull_request where id = $1 for update",
        None,
    )
}
impl LockPullRequestStmt {
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
    ) -> LockPullRequestQuery<'c, 'a, 's, C, LockPullRequest, 1> {
        LockPullRequestQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LockPullRequestBorrowed, tokio_postgres::Error> {
                Ok(LockPullRequestBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    title: row.try_get(2)?,
                    body: row.try_get(3)?,
                    state: row.try_get(4)?,
                    draft: row.try_get(5)?,
                    url: row.try_get(6)?,
                    author: row.try_get(7)?,
                    head_ref: row.try_get(8)?,
                    head_sha: row.try_get(9)?,
                    base_ref: row.try_get(10)?,
                    mergeable: row.try_get(11)?,
                    labels: row.try_get(12)?,
                    github_created_at: row.try_get(13)?,
                    github_updated_at: row.try_get(14)?,
                    merged_at: row.try_get(15)?,
                    reread_wanted: row.try_get(16)?,
                })
            },
            mapper: |it| LockPullRequest::from(it),
        }
    }
}
pub struct UpsertPullRequestStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn upsert_pull_request() -> UpsertPullRequestStmt {
    UpsertPullRequestStmt(
        "insert into pull_request (id, repository_id, number, title, body, state, draft, url, author, head_ref, head_sha, base_ref, mergeable, labels, github_created_at, github_updated_at, merged_at, closes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) on conflict (id) do update set title = excluded.title, body = excluded.body, state = excluded.state, draft = excluded.draft, url = excluded.url, author = excluded.author, head_ref = excluded.head_ref, head_sha = excluded.head_sha, base_ref = excluded.base_ref, mergeable = excluded.mergeable, labels = excluded.labels, github_updated_at = excluded.github_updated_at, merged_at = excluded.merged_at, closes = excluded.closes where pull_request.github_updated_at <= excluded.github_updated_at",
        None,
    )
}
impl UpsertPullRequestStmt {
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
        T8: crate::StringSql,
        T9: crate::StringSql,
        T10: crate::ArraySql<Item = T9>,
        T11: crate::ArraySql<Item = i32>,
    >(
        &'s self,
        client: &'c C,
        id: &'a i64,
        repository_id: &'a i64,
        number: &'a i32,
        title: &'a T1,
        body: &'a T2,
        state: &'a T3,
        draft: &'a bool,
        url: &'a T4,
        author: &'a Option<T5>,
        head_ref: &'a T6,
        head_sha: &'a T7,
        base_ref: &'a T8,
        mergeable: &'a Option<bool>,
        labels: &'a T10,
        github_created_at: &'a jiff::Timestamp,
        github_updated_at: &'a jiff::Timestamp,
        merged_at: &'a Option<jiff::Timestamp>,
        closes: &'a T11,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    id,
                    repository_id,
                    number,
                    title,
                    body,
                    state,
                    draft,
                    url,
                    author,
                    head_ref,
                    head_sha,
                    base_ref,
                    mergeable,
                    labels,
                    github_created_at,
                    github_updated_at,
                    merged_at,
                    closes,
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
    T8: crate::StringSql,
    T9: crate::StringSql,
    T10: crate::ArraySql<Item = T9>,
    T11: crate::ArraySql<Item = i32>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UpsertPullRequestParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for UpsertPullRequestStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UpsertPullRequestParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.repository_id,
            &params.number,
            &params.title,
            &params.body,
            &params.state,
            &params.draft,
            &params.url,
            &params.author,
            &params.head_ref,
            &params.head_sha,
            &params.base_ref,
            &params.mergeable,
            &params.labels,
            &params.github_created_at,
            &params.github_updated_at,
            &params.merged_at,
            &params.closes,
        ))
    }
}
pub struct WantPullRequestRereadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_pull_request_reread() -> WantPullRequestRereadStmt {
    WantPullRequestRereadStmt("update pull_request set reread_wanted = reread_wanted + 1 where id = $1", None)
}
impl WantPullRequestRereadStmt {
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
pub struct WantRereadByNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_reread_by_number() -> WantRereadByNumberStmt {
    WantRereadByNumberStmt(
        "update pull_request set reread_wanted = reread_wanted + 1 where repository_id = $1 and number = $2 and state = 'open'",
        None,
    )
}
impl WantRereadByNumberStmt {
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
        number: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[repository_id, number]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WantRereadByNumberParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WantRereadByNumberStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WantRereadByNumberParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.repository_id, &params.number))
    }
}
pub struct SettlePullRequestRereadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settle_pull_request_reread() -> SettlePullRequestRereadStmt {
    SettlePullRequestRereadStmt(
        "update pull_request set reread_settled = greatest(reread_settled, $1) where id = $2",
        None,
    )
}
impl SettlePullRequestRereadStmt {
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
        SettlePullRequestRereadParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for SettlePullRequestRereadStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SettlePullRequestRereadParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.up_to, &params.id))
    }
}
pub struct ForgetPullRequestRereadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn forget_pull_request_reread() -> ForgetPullRequestRereadStmt {
    ForgetPullRequestRereadStmt("update pull_request set reread_settled = reread_wanted where id = $1", None)
}
impl ForgetPullRequestRereadStmt {
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
pub struct LinkPullRequestsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn link_pull_requests() -> LinkPullRequestsStmt {
    LinkPullRequestsStmt(
        "insert into pull_request_issue (pull_request_id, issue_id) select p.id, $1 from pull_request p where p.repository_id = $2 and $3 = any (p.closes) on conflict do nothing",
        None,
    )
}
impl LinkPullRequestsStmt {
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
        issue_id: &'a i64,
        repository_id: &'a i64,
        number: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[issue_id, repository_id, number]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        LinkPullRequestsParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for LinkPullRequestsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a LinkPullRequestsParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.issue_id, &params.repository_id, &params.number))
    }
}
pub struct LinkIssuesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn link_issues() -> LinkIssuesStmt {
    LinkIssuesStmt(
        "insert into pull_request_issue (pull_request_id, issue_id) select $1, i.id from issue i where i.repository_id = $2 and not i.gone and i.number = any ($3::integer[]) on conflict do nothing",
        None,
    )
}
impl LinkIssuesStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i32>>(
        &'s self,
        client: &'c C,
        pull_request_id: &'a i64,
        repository_id: &'a i64,
        numbers: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[pull_request_id, repository_id, numbers]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = i32>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        LinkIssuesParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for LinkIssuesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a LinkIssuesParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.pull_request_id, &params.repository_id, &params.numbers))
    }
}
pub struct UnlinkIssuesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn unlink_issues() -> UnlinkIssuesStmt {
    UnlinkIssuesStmt(
        "delete from pull_request_issue l using issue i where l.pull_request_id = $1 and i.id = l.issue_id and not (i.number = any ($2::integer[]))",
        None,
    )
}
impl UnlinkIssuesStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i32>>(
        &'s self,
        client: &'c C,
        pull_request_id: &'a i64,
        numbers: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[pull_request_id, numbers]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = i32>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UnlinkIssuesParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for UnlinkIssuesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UnlinkIssuesParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.pull_request_id, &params.numbers))
    }
}
pub struct AnswerToClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn answer_to_claim() -> AnswerToClaimStmt {
    AnswerToClaimStmt(
        "select p.number, p.url, p.head_sha from claim c join pull_request_issue l on l.issue_id = c.issue_id join pull_request p on p.id = l.pull_request_id and p.head_ref = c.branch and p.state <> 'closed' where c.id = $1 and p.github_created_at >= c.acquired_at - interval '2 seconds' order by p.id desc limit 1",
        None,
    )
}
impl AnswerToClaimStmt {
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
        claim_id: &'a i64,
    ) -> AnswerToClaimQuery<'c, 'a, 's, C, AnswerToClaim, 1> {
        AnswerToClaimQuery {
            client,
            params: [claim_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<AnswerToClaimBorrowed, tokio_postgres::Error> {
                Ok(AnswerToClaimBorrowed {
                    number: row.try_get(0)?,
                    url: row.try_get(1)?,
                    head_sha: row.try_get(2)?,
                })
            },
            mapper: |it| AnswerToClaim::from(it),
        }
    }
}
pub struct PullRequestsOfIssuesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn pull_requests_of_issues() -> PullRequestsOfIssuesStmt {
    PullRequestsOfIssuesStmt(
        "select l.issue_id, p.id, p.number, p.title, p.state, p.draft, p.url, p.author, p.head_ref, p.head_sha, p.mergeable from pull_request_issue l join pull_request p on p.id = l.pull_request_id where l.issue_id = any ($1::bigint[]) order by l.issue_id, p.number",
        None,
    )
}
impl PullRequestsOfIssuesStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        issues: &'a T1,
    ) -> PullRequestsOfIssuesQuery<'c, 'a, 's, C, PullRequestsOfIssues, 1> {
        PullRequestsOfIssuesQuery {
            client,
            params: [issues],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<PullRequestsOfIssuesBorrowed, tokio_postgres::Error> {
                    Ok(PullRequestsOfIssuesBorrowed {
                        issue_id: row.try_get(0)?,
                        id: row.try_get(1)?,
                        number: row.try_get(2)?,
                        title: row.try_get(3)?,
                        state: row.try_get(4)?,
                        draft: row.try_get(5)?,
                        url: row.try_get(6)?,
                        author: row.try_get(7)?,
                        head_ref: row.try_get(8)?,
                        head_sha: row.try_get(9)?,
                        mergeable: row.try_get(10)?,
                    })
                },
            mapper: |it| PullRequestsOfIssues::from(it),
        }
    }
}
