// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct LockCommitParams<T1: crate::StringSql> {
    pub repository_id: i64,
    pub sha: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct OtherOfNumberParams {
    pub repository_id: i64,
    pub number: i32,
    pub id: i64,
}
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
    pub fork: bool,
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
#[derive(Debug)]
pub struct WantRereadByBaseParams<T1: crate::StringSql> {
    pub repository_id: i64,
    pub branch: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct SettlePullRequestRereadParams {
    pub up_to: i32,
    pub id: i64,
}
#[derive(Debug)]
pub struct LinkPullRequestsParams<T1: crate::StringSql> {
    pub issue_id: i64,
    pub repository_id: i64,
    pub number: i32,
    pub reference: T1,
}
#[derive(Debug)]
pub struct LinkIssuesParams<
    T1: crate::ArraySql<Item = i32>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::StringSql,
> {
    pub repository_id: i64,
    pub numbers: T1,
    pub references: T3,
    pub branch: T4,
    pub fork: bool,
    pub number: i32,
    pub pull_request_id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct EnsureCardParams {
    pub id: i64,
    pub pull_request_id: i64,
}
#[derive(Debug)]
pub struct DoubtCardParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
> {
    pub pull_request_id: i64,
    pub title: T1,
    pub body: T2,
    pub closed: bool,
    pub labels: T4,
}
#[derive(Clone, Copy, Debug)]
pub struct LinkReportedParams {
    pub issue_id: i64,
    pub repository_id: i64,
    pub number: i32,
}
#[derive(Debug)]
pub struct WriteClosingReferencesParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub references: T2,
    pub id: i64,
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
    pub fork: bool,
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
    pub fork: bool,
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
            fork,
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
            fork,
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
pub struct CardsWanted {
    pub id: i64,
    pub number: i32,
    pub repository_id: i64,
    pub owner: String,
    pub name: String,
    pub reread: Option<i32>,
    pub version: Option<i32>,
}
pub struct CardsWantedBorrowed<'a> {
    pub id: i64,
    pub number: i32,
    pub repository_id: i64,
    pub owner: &'a str,
    pub name: &'a str,
    pub reread: Option<i32>,
    pub version: Option<i32>,
}
impl<'a> From<CardsWantedBorrowed<'a>> for CardsWanted {
    fn from(
        CardsWantedBorrowed { id, number, repository_id, owner, name, reread, version }: CardsWantedBorrowed<
            'a,
        >,
    ) -> Self {
        Self { id, number, repository_id, owner: owner.into(), name: name.into(), reread, version }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct CardsSuperseded {
    pub id: i64,
    pub pull_request_id: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedBy {
    pub closes: Vec<i32>,
    pub closing_references: Vec<String>,
    pub head_ref: String,
    pub fork: bool,
    pub number: i32,
}
pub struct LinkedByBorrowed<'a> {
    pub closes: crate::ArrayIterator<'a, i32>,
    pub closing_references: crate::ArrayIterator<'a, &'a str>,
    pub head_ref: &'a str,
    pub fork: bool,
    pub number: i32,
}
impl<'a> From<LinkedByBorrowed<'a>> for LinkedBy {
    fn from(
        LinkedByBorrowed { closes, closing_references, head_ref, fork, number }: LinkedByBorrowed<'a>,
    ) -> Self {
        Self {
            closes: closes.map(|v| v).collect(),
            closing_references: closing_references.map(|v| v.into()).collect(),
            head_ref: head_ref.into(),
            fork,
            number,
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
    pub base_ref: String,
    pub fork: bool,
    pub mergeable: Option<bool>,
    pub review_decision: Option<String>,
    pub checks: Option<String>,
    pub failing_checks: Vec<String>,
    pub evidence: i64,
    pub fix_offered: bool,
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
    pub base_ref: &'a str,
    pub fork: bool,
    pub mergeable: Option<bool>,
    pub review_decision: Option<&'a str>,
    pub checks: Option<&'a str>,
    pub failing_checks: crate::ArrayIterator<'a, &'a str>,
    pub evidence: i64,
    pub fix_offered: bool,
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
            base_ref,
            fork,
            mergeable,
            review_decision,
            checks,
            failing_checks,
            evidence,
            fix_offered,
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
            base_ref: base_ref.into(),
            fork,
            mergeable,
            review_decision: review_decision.map(|v| v.into()),
            checks: checks.map(|v| v.into()),
            failing_checks: failing_checks.map(|v| v.into()).collect(),
            evidence,
            fix_offered,
        }
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
pub struct CardsWantedQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CardsWantedBorrowed, tokio_postgres::Error>,
    mapper: fn(CardsWantedBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CardsWantedQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CardsWantedBorrowed) -> R) -> CardsWantedQuery<'c, 'a, 's, C, R, N> {
        CardsWantedQuery {
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
pub struct CardsSupersededQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CardsSuperseded, tokio_postgres::Error>,
    mapper: fn(CardsSuperseded) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CardsSupersededQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CardsSuperseded) -> R) -> CardsSupersededQuery<'c, 'a, 's, C, R, N> {
        CardsSupersededQuery {
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
pub struct LinkedByQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LinkedByBorrowed, tokio_postgres::Error>,
    mapper: fn(LinkedByBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LinkedByQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LinkedByBorrowed) -> R) -> LinkedByQuery<'c, 'a, 's, C, R, N> {
        LinkedByQuery {
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
pub struct LockCommitStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_commit() -> LockCommitStmt {
    LockCommitStmt(
        "select pg_advisory_xact_lock(hashtextextended($1::bigint || ':' || $2::text, 0)) is null as locked",
        None,
    )
}
impl LockCommitStmt {
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
        repository_id: &'a i64,
        sha: &'a T1,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        BoolQuery {
            client,
            params: [repository_id, sha],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, LockCommitParams<T1>, BoolQuery<'c, 'a, 's, C, bool, 2>, C>
    for LockCommitStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a LockCommitParams<T1>,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        self.bind(client, &params.repository_id, &params.sha)
    }
}
pub struct LockPullRequestStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_pull_request() -> LockPullRequestStmt {
    LockPullRequestStmt(
        "select id, number, title, body, state, draft, url, author, head_ref, head_sha, base_ref, fork, mergeable, labels, github_created_at, github_updated_at, merged_at, reread_wanted from pull_request where id = $1 for no key update",
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
                    fork: row.try_get(11)?,
                    mergeable: row.try_get(12)?,
                    labels: row.try_get(13)?,
                    github_created_at: row.try_get(14)?,
                    github_updated_at: row.try_get(15)?,
                    merged_at: row.try_get(16)?,
                    reread_wanted: row.try_get(17)?,
                })
            },
            mapper: |it| LockPullRequest::from(it),
        }
    }
}
pub struct OtherOfNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn other_of_number() -> OtherOfNumberStmt {
    OtherOfNumberStmt(
        "select id from pull_request where repository_id = $1 and number = $2 and id <> $3",
        None,
    )
}
impl OtherOfNumberStmt {
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
    crate::client::async_::Params<'c, 'a, 's, OtherOfNumberParams, I64Query<'c, 'a, 's, C, i64, 3>, C>
    for OtherOfNumberStmt
{
    fn params(&'s self, client: &'c C, params: &'a OtherOfNumberParams) -> I64Query<'c, 'a, 's, C, i64, 3> {
        self.bind(client, &params.repository_id, &params.number, &params.id)
    }
}
pub struct UpsertPullRequestStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn upsert_pull_request() -> UpsertPullRequestStmt {
    UpsertPullRequestStmt(
        "insert into pull_request as p (id, repository_id, number, title, body, state, draft, url, author, head_ref, head_sha, base_ref, fork, mergeable, labels, github_created_at, github_updated_at, merged_at, closes, reread_wanted) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, case when $6 = 'open' and $14::boolean is null then 1 else 0 end) on conflict (id) do update set title = excluded.title, body = excluded.body, state = excluded.state, draft = excluded.draft, url = excluded.url, author = excluded.author, head_ref = excluded.head_ref, head_sha = excluded.head_sha, base_ref = excluded.base_ref, fork = excluded.fork, labels = excluded.labels, github_updated_at = excluded.github_updated_at, merged_at = excluded.merged_at, closes = excluded.closes, mergeable = case when excluded.mergeable is null and (p.head_sha, p.base_ref) = (excluded.head_sha, excluded.base_ref) then p.mergeable else excluded.mergeable end, reread_wanted = p.reread_wanted + case when excluded.state = 'open' and excluded.mergeable is null and (p.mergeable is null or (p.head_sha, p.base_ref) <> (excluded.head_sha, excluded.base_ref)) then 1 else 0 end, follow_up_etags = case when p.head_sha = excluded.head_sha then p.follow_up_etags else '{}' end where p.github_updated_at <= excluded.github_updated_at",
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
        fork: &'a bool,
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
                    fork,
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
            &params.fork,
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
    WantPullRequestRereadStmt(
        "update pull_request set reread_wanted = reread_wanted + 1, reread_at = null where id = $1",
        None,
    )
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
        "update pull_request set reread_wanted = reread_wanted + 1, reread_at = null where repository_id = $1 and number = $2 and state = 'open'",
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
pub struct WantRereadByBaseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_reread_by_base() -> WantRereadByBaseStmt {
    WantRereadByBaseStmt(
        "update pull_request set reread_wanted = reread_wanted + 1, reread_at = null where repository_id = $1 and base_ref = $2 and state = 'open'",
        None,
    )
}
impl WantRereadByBaseStmt {
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
        branch: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[repository_id, branch]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WantRereadByBaseParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WantRereadByBaseStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WantRereadByBaseParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.repository_id, &params.branch))
    }
}
pub struct SettlePullRequestRereadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settle_pull_request_reread() -> SettlePullRequestRereadStmt {
    SettlePullRequestRereadStmt(
        "update pull_request set reread_settled = case when state = 'open' and mergeable is null then reread_settled else greatest(reread_settled, $1) end, reread_at = case when state = 'open' and mergeable is null then dispatch_now() + least(interval '1 hour', interval '15 seconds' * power(2, least(unknown_reads, 10))) end, unknown_reads = case when state = 'open' and mergeable is null then unknown_reads + 1 else 0 end where id = $2",
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
    ForgetPullRequestRereadStmt(
        "update pull_request set reread_settled = reread_wanted, follow_up_settled = follow_up_wanted where id = $1",
        None,
    )
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
        "insert into pull_request_issue (pull_request_id, issue_id) select p.id, $1::bigint from pull_request p where p.repository_id = $2 and $3 = any (p.closes) union select p.id, $1::bigint from pull_request p where $4 = any (p.closing_references) on conflict do nothing returning pull_request_id",
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
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        issue_id: &'a i64,
        repository_id: &'a i64,
        number: &'a i32,
        reference: &'a T1,
    ) -> I64Query<'c, 'a, 's, C, i64, 4> {
        I64Query {
            client,
            params: [issue_id, repository_id, number, reference],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, LinkPullRequestsParams<T1>, I64Query<'c, 'a, 's, C, i64, 4>, C>
    for LinkPullRequestsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a LinkPullRequestsParams<T1>,
    ) -> I64Query<'c, 'a, 's, C, i64, 4> {
        self.bind(client, &params.issue_id, &params.repository_id, &params.number, &params.reference)
    }
}
pub struct LinkIssuesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn link_issues() -> LinkIssuesStmt {
    LinkIssuesStmt(
        "with wanted as ( select i.id from issue i where i.repository_id = $1 and i.number = any ($2::integer[]) and not i.gone and i.pull_request_id is null union select i.id from unnest($3::text[]) as reference join repository r on lower(r.owner || '/' || r.name) = split_part(reference, '#', 1) and not r.gone join issue i on i.repository_id = r.id and i.number::text = split_part(reference, '#', 2) and not i.gone and i.pull_request_id is null union select i.id from claim c join issue i on i.id = c.issue_id and i.repository_id = $1 and not i.gone and i.pull_request_id is null where c.branch = $4::text and not $5::boolean union select i.id from claim c join issue i on i.id = c.issue_id and i.repository_id = $1 and not i.gone and i.pull_request_id is null where c.pull_request_number = $6::integer ), its as ( select id from wanted union all select i.id from issue i where i.pull_request_id = $7 and not i.gone and not exists (select from wanted) ), unlinked as ( delete from pull_request_issue where pull_request_id = $7 and issue_id not in (select id from its) ) insert into pull_request_issue (pull_request_id, issue_id) select $7, id from its on conflict do nothing",
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
    pub async fn bind<
        'c,
        'a,
        's,
        C: GenericClient,
        T1: crate::ArraySql<Item = i32>,
        T2: crate::StringSql,
        T3: crate::ArraySql<Item = T2>,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        repository_id: &'a i64,
        numbers: &'a T1,
        references: &'a T3,
        branch: &'a T4,
        fork: &'a bool,
        number: &'a i32,
        pull_request_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(self.0, &[repository_id, numbers, references, branch, fork, number, pull_request_id])
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = i32>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        LinkIssuesParams<T1, T2, T3, T4>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for LinkIssuesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a LinkIssuesParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.repository_id,
            &params.numbers,
            &params.references,
            &params.branch,
            &params.fork,
            &params.number,
            &params.pull_request_id,
        ))
    }
}
pub struct CardsWantedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn cards_wanted() -> CardsWantedStmt {
    CardsWantedStmt(
        "select p.id, p.number, p.repository_id, r.owner, r.name, c.reread_wanted as reread, c.version from pull_request p join repository r on r.id = p.repository_id and r.enabled and not r.gone left join issue c on c.pull_request_id = p.id where p.id in (select pull_request_id from evidence where withdrawn_at is null and consumed_at is null) and p.state = 'open' and not p.fork and not exists ( select from pull_request_issue l join issue i on i.id = l.issue_id and not i.gone where l.pull_request_id = p.id) order by p.id limit $1",
        None,
    )
}
impl CardsWantedStmt {
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
    ) -> CardsWantedQuery<'c, 'a, 's, C, CardsWanted, 1> {
        CardsWantedQuery {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CardsWantedBorrowed, tokio_postgres::Error> {
                Ok(CardsWantedBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    repository_id: row.try_get(2)?,
                    owner: row.try_get(3)?,
                    name: row.try_get(4)?,
                    reread: row.try_get(5)?,
                    version: row.try_get(6)?,
                })
            },
            mapper: |it| CardsWanted::from(it),
        }
    }
}
pub struct EnsureCardStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ensure_card() -> EnsureCardStmt {
    EnsureCardStmt(
        "insert into issue (id, repository_id, number, title, body, closed, url, assignees, comments, labels, github_created_at, github_updated_at, status, lane, pull_request_id) select $1, p.repository_id, p.number, '', '', false, '', '{}', 0, '{}', 'epoch', 'epoch', 'in-review', 'default', p.id from pull_request p where p.id = $2 on conflict do nothing",
        None,
    )
}
impl EnsureCardStmt {
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
        pull_request_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, pull_request_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        EnsureCardParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for EnsureCardStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a EnsureCardParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.id, &params.pull_request_id))
    }
}
pub struct DoubtCardStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doubt_card() -> DoubtCardStmt {
    DoubtCardStmt(
        "update issue set reread_wanted = reread_wanted + 1 where pull_request_id = $1 and not gone and ((title, body, closed) is distinct from ($2, $3, $4) or not (labels @> $5::text[] and labels <@ $5::text[]))",
        None,
    )
}
impl DoubtCardStmt {
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
        T4: crate::ArraySql<Item = T3>,
    >(
        &'s self,
        client: &'c C,
        pull_request_id: &'a i64,
        title: &'a T1,
        body: &'a T2,
        closed: &'a bool,
        labels: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[pull_request_id, title, body, closed, labels]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DoubtCardParams<T1, T2, T3, T4>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for DoubtCardStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DoubtCardParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.pull_request_id,
            &params.title,
            &params.body,
            &params.closed,
            &params.labels,
        ))
    }
}
pub struct CardsSupersededStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn cards_superseded() -> CardsSupersededStmt {
    CardsSupersededStmt(
        "select c.id, c.pull_request_id::bigint as pull_request_id from issue c where c.pull_request_id is not null and not c.gone and not c.closed and exists ( select from pull_request_issue l join issue i on i.id = l.issue_id and not i.gone and i.pull_request_id is null where l.pull_request_id = c.pull_request_id) and not exists (select from claim k where k.exclusion_key = 'issue:' || c.id and k.state = 'active') order by c.pull_request_id",
        None,
    )
}
impl CardsSupersededStmt {
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
    ) -> CardsSupersededQuery<'c, 'a, 's, C, CardsSuperseded, 0> {
        CardsSupersededQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CardsSuperseded, tokio_postgres::Error> {
                Ok(CardsSuperseded { id: row.try_get(0)?, pull_request_id: row.try_get(1)? })
            },
            mapper: |it| CardsSuperseded::from(it),
        }
    }
}
pub struct LinkReportedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn link_reported() -> LinkReportedStmt {
    LinkReportedStmt(
        "insert into pull_request_issue (pull_request_id, issue_id) select p.id, $1 from pull_request p where p.repository_id = $2 and p.number = $3 on conflict do nothing returning pull_request_id",
        None,
    )
}
impl LinkReportedStmt {
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
        issue_id: &'a i64,
        repository_id: &'a i64,
        number: &'a i32,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        I64Query {
            client,
            params: [issue_id, repository_id, number],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<'c, 'a, 's, LinkReportedParams, I64Query<'c, 'a, 's, C, i64, 3>, C>
    for LinkReportedStmt
{
    fn params(&'s self, client: &'c C, params: &'a LinkReportedParams) -> I64Query<'c, 'a, 's, C, i64, 3> {
        self.bind(client, &params.issue_id, &params.repository_id, &params.number)
    }
}
pub struct LinkedByStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn linked_by() -> LinkedByStmt {
    LinkedByStmt(
        "select closes, closing_references, head_ref, fork, number from pull_request where id = $1",
        None,
    )
}
impl LinkedByStmt {
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
    ) -> LinkedByQuery<'c, 'a, 's, C, LinkedBy, 1> {
        LinkedByQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LinkedByBorrowed, tokio_postgres::Error> {
                Ok(LinkedByBorrowed {
                    closes: row.try_get(0)?,
                    closing_references: row.try_get(1)?,
                    head_ref: row.try_get(2)?,
                    fork: row.try_get(3)?,
                    number: row.try_get(4)?,
                })
            },
            mapper: |it| LinkedBy::from(it),
        }
    }
}
pub struct WriteClosingReferencesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_closing_references() -> WriteClosingReferencesStmt {
    WriteClosingReferencesStmt(
        "update pull_request set closing_references = $1 where id = $2 and closing_references <> $1",
        None,
    )
}
impl WriteClosingReferencesStmt {
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
        references: &'a T2,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[references, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteClosingReferencesParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteClosingReferencesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteClosingReferencesParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.references, &params.id))
    }
}
pub struct AnswerToClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn answer_to_claim() -> AnswerToClaimStmt {
    AnswerToClaimStmt(
        "select p.number, p.url, p.head_sha from claim c join pull_request_issue l on l.issue_id = c.issue_id join pull_request p on p.id = l.pull_request_id and p.head_ref = c.branch and p.state <> 'closed' and not p.fork where c.id = $1 and p.github_created_at >= c.acquired_at - interval '2 seconds' order by p.id desc limit 1",
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
        "select l.issue_id, p.id, p.number, p.title, p.state, p.draft, p.url, p.author, p.head_ref, p.head_sha, p.base_ref, p.fork, p.mergeable, p.review_decision, p.checks, p.failing_checks, (select count(*) from evidence e where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null) as evidence, exists (select from work w where w.pull_request_id = p.id and w.kind = 'fix' and w.offered) as fix_offered from pull_request_issue l join pull_request p on p.id = l.pull_request_id where l.issue_id = any ($1::bigint[]) order by l.issue_id, p.number",
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
                        base_ref: row.try_get(10)?,
                        fork: row.try_get(11)?,
                        mergeable: row.try_get(12)?,
                        review_decision: row.try_get(13)?,
                        checks: row.try_get(14)?,
                        failing_checks: row.try_get(15)?,
                        evidence: row.try_get(16)?,
                        fix_offered: row.try_get(17)?,
                    })
                },
            mapper: |it| PullRequestsOfIssues::from(it),
        }
    }
}
