// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct LockByHeadParams<T1: crate::StringSql> {
    pub repository_id: i64,
    pub sha: T1,
}
#[derive(Debug)]
pub struct UpsertReviewParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
> {
    pub id: i64,
    pub pull_request_id: i64,
    pub author: Option<T1>,
    pub author_association: Option<T2>,
    pub state: T3,
    pub body: T4,
    pub commit_sha: Option<T5>,
    pub url: Option<T6>,
    pub submitted_at: Option<jiff::Timestamp>,
}
#[derive(Debug)]
pub struct ReviewsGoneParams<T1: crate::ArraySql<Item = i64>> {
    pub pull_request_id: i64,
    pub shown: T1,
}
#[derive(Debug)]
pub struct UpsertCommentParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
> {
    pub id: i64,
    pub pull_request_id: i64,
    pub review_id: Option<i64>,
    pub in_reply_to: Option<i64>,
    pub author: Option<T1>,
    pub author_association: Option<T2>,
    pub path: T3,
    pub line: Option<i32>,
    pub body: T4,
    pub url: T5,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub gone: bool,
}
#[derive(Debug)]
pub struct CommentsGoneParams<T1: crate::ArraySql<Item = i64>> {
    pub pull_request_id: i64,
    pub shown: T1,
}
#[derive(Debug)]
pub struct ResolveCommentsParams<T1: crate::ArraySql<Item = i64>> {
    pub resolved: bool,
    pub at: jiff::Timestamp,
    pub pull_request_id: i64,
    pub ids: T1,
}
#[derive(Debug)]
pub struct WriteResolvedParams<T1: crate::ArraySql<Item = i64>> {
    pub ids: T1,
    pub pull_request_id: i64,
}
#[derive(Debug)]
pub struct RunsParams<T1: crate::StringSql> {
    pub repository_id: i64,
    pub sha: T1,
}
#[derive(Debug)]
pub struct UpsertRunParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::StringSql,
> {
    pub id: i64,
    pub repository_id: i64,
    pub head_sha: T1,
    pub suite_id: Option<i64>,
    pub app: T2,
    pub name: T3,
    pub status: T4,
    pub conclusion: Option<T5>,
    pub title: Option<T6>,
    pub summary: Option<T7>,
    pub url: Option<T8>,
    pub started_at: Option<jiff::Timestamp>,
    pub completed_at: Option<jiff::Timestamp>,
}
#[derive(Debug)]
pub struct RunsGoneParams<T1: crate::StringSql, T2: crate::ArraySql<Item = i64>> {
    pub repository_id: i64,
    pub sha: T1,
    pub shown: T2,
}
#[derive(Debug)]
pub struct StatusesParams<T1: crate::StringSql> {
    pub repository_id: i64,
    pub sha: T1,
}
#[derive(Debug)]
pub struct UpsertStatusParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
> {
    pub repository_id: i64,
    pub sha: T1,
    pub context: T2,
    pub id: i64,
    pub state: T3,
    pub description: Option<T4>,
    pub url: Option<T5>,
    pub github_updated_at: jiff::Timestamp,
}
#[derive(Debug)]
pub struct ChangedParams<T1: crate::StringSql, T2: crate::ArraySql<Item = i64>> {
    pub list: T1,
    pub ids: T2,
}
#[derive(Debug)]
pub struct SettleFollowUpParams<T1: crate::JsonSql> {
    pub up_to: i32,
    pub etags: T1,
    pub id: i64,
}
#[derive(Debug)]
pub struct WriteRollUpParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
> {
    pub review_decision: Option<T1>,
    pub checks: Option<T2>,
    pub failing_checks: T4,
    pub id: i64,
}
#[derive(Debug)]
pub struct WithdrawEvidenceParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub pull_request_id: i64,
    pub keys: T2,
}
#[derive(Debug)]
pub struct AddEvidenceParams<T1: crate::JsonSql> {
    pub pull_request_id: i64,
    pub wanted: T1,
}
#[derive(Debug)]
pub struct UpsertFixWorkParams<T1: crate::StringSql> {
    pub issue_id: i64,
    pub pull_request_id: i64,
    pub lane: T1,
    pub offered: bool,
    pub ready_since: Option<jiff::Timestamp>,
    pub rank_key: jiff::Timestamp,
}
#[derive(Debug)]
pub struct OfferFixesParams<T1: crate::StringSql> {
    pub lane: T1,
    pub weight: f64,
    pub open: bool,
    pub issue_id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct EvidenceOfIssueParams {
    pub issue_id: i64,
    pub most: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct PullRequestFacts {
    pub id: i64,
    pub repository_id: i64,
    pub state: String,
    pub draft: bool,
    pub author: Option<String>,
    pub head_sha: String,
    pub mergeable: Option<bool>,
    pub intake: String,
}
pub struct PullRequestFactsBorrowed<'a> {
    pub id: i64,
    pub repository_id: i64,
    pub state: &'a str,
    pub draft: bool,
    pub author: Option<&'a str>,
    pub head_sha: &'a str,
    pub mergeable: Option<bool>,
    pub intake: &'a str,
}
impl<'a> From<PullRequestFactsBorrowed<'a>> for PullRequestFacts {
    fn from(
        PullRequestFactsBorrowed {
            id,
            repository_id,
            state,
            draft,
            author,
            head_sha,
            mergeable,
            intake,
        }: PullRequestFactsBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            repository_id,
            state: state.into(),
            draft,
            author: author.map(|v| v.into()),
            head_sha: head_sha.into(),
            mergeable,
            intake: intake.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewById {
    pub id: i64,
    pub author: Option<String>,
    pub author_association: Option<String>,
    pub state: String,
    pub body: String,
    pub commit_sha: Option<String>,
    pub url: Option<String>,
    pub submitted_at: Option<jiff::Timestamp>,
    pub gone: bool,
}
pub struct ReviewByIdBorrowed<'a> {
    pub id: i64,
    pub author: Option<&'a str>,
    pub author_association: Option<&'a str>,
    pub state: &'a str,
    pub body: &'a str,
    pub commit_sha: Option<&'a str>,
    pub url: Option<&'a str>,
    pub submitted_at: Option<jiff::Timestamp>,
    pub gone: bool,
}
impl<'a> From<ReviewByIdBorrowed<'a>> for ReviewById {
    fn from(
        ReviewByIdBorrowed {
            id,
            author,
            author_association,
            state,
            body,
            commit_sha,
            url,
            submitted_at,
            gone,
        }: ReviewByIdBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            author: author.map(|v| v.into()),
            author_association: author_association.map(|v| v.into()),
            state: state.into(),
            body: body.into(),
            commit_sha: commit_sha.map(|v| v.into()),
            url: url.map(|v| v.into()),
            submitted_at,
            gone,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Reviews {
    pub id: i64,
    pub author: Option<String>,
    pub author_association: Option<String>,
    pub state: String,
    pub body: String,
    pub commit_sha: Option<String>,
    pub url: Option<String>,
    pub submitted_at: Option<jiff::Timestamp>,
}
pub struct ReviewsBorrowed<'a> {
    pub id: i64,
    pub author: Option<&'a str>,
    pub author_association: Option<&'a str>,
    pub state: &'a str,
    pub body: &'a str,
    pub commit_sha: Option<&'a str>,
    pub url: Option<&'a str>,
    pub submitted_at: Option<jiff::Timestamp>,
}
impl<'a> From<ReviewsBorrowed<'a>> for Reviews {
    fn from(
        ReviewsBorrowed {
            id,
            author,
            author_association,
            state,
            body,
            commit_sha,
            url,
            submitted_at,
        }: ReviewsBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            author: author.map(|v| v.into()),
            author_association: author_association.map(|v| v.into()),
            state: state.into(),
            body: body.into(),
            commit_sha: commit_sha.map(|v| v.into()),
            url: url.map(|v| v.into()),
            submitted_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct CommentById {
    pub id: i64,
    pub review_id: Option<i64>,
    pub in_reply_to: Option<i64>,
    pub author: Option<String>,
    pub author_association: Option<String>,
    pub path: String,
    pub line: Option<i32>,
    pub body: String,
    pub url: String,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub gone: bool,
}
pub struct CommentByIdBorrowed<'a> {
    pub id: i64,
    pub review_id: Option<i64>,
    pub in_reply_to: Option<i64>,
    pub author: Option<&'a str>,
    pub author_association: Option<&'a str>,
    pub path: &'a str,
    pub line: Option<i32>,
    pub body: &'a str,
    pub url: &'a str,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub gone: bool,
}
impl<'a> From<CommentByIdBorrowed<'a>> for CommentById {
    fn from(
        CommentByIdBorrowed {
            id,
            review_id,
            in_reply_to,
            author,
            author_association,
            path,
            line,
            body,
            url,
            github_created_at,
            github_updated_at,
            gone,
        }: CommentByIdBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            review_id,
            in_reply_to,
            author: author.map(|v| v.into()),
            author_association: author_association.map(|v| v.into()),
            path: path.into(),
            line,
            body: body.into(),
            url: url.into(),
            github_created_at,
            github_updated_at,
            gone,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Comments {
    pub id: i64,
    pub review_id: Option<i64>,
    pub in_reply_to: Option<i64>,
    pub author: Option<String>,
    pub author_association: Option<String>,
    pub path: String,
    pub line: Option<i32>,
    pub body: String,
    pub url: String,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
}
pub struct CommentsBorrowed<'a> {
    pub id: i64,
    pub review_id: Option<i64>,
    pub in_reply_to: Option<i64>,
    pub author: Option<&'a str>,
    pub author_association: Option<&'a str>,
    pub path: &'a str,
    pub line: Option<i32>,
    pub body: &'a str,
    pub url: &'a str,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
}
impl<'a> From<CommentsBorrowed<'a>> for Comments {
    fn from(
        CommentsBorrowed {
            id,
            review_id,
            in_reply_to,
            author,
            author_association,
            path,
            line,
            body,
            url,
            github_created_at,
            github_updated_at,
        }: CommentsBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            review_id,
            in_reply_to,
            author: author.map(|v| v.into()),
            author_association: author_association.map(|v| v.into()),
            path: path.into(),
            line,
            body: body.into(),
            url: url.into(),
            github_created_at,
            github_updated_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct RunRow {
    pub id: i64,
    pub head_sha: String,
    pub suite_id: Option<i64>,
    pub app: String,
    pub name: String,
    pub status: String,
    pub conclusion: Option<String>,
    pub title: Option<String>,
    pub summary: Option<String>,
    pub url: Option<String>,
    pub started_at: Option<jiff::Timestamp>,
    pub completed_at: Option<jiff::Timestamp>,
}
pub struct RunRowBorrowed<'a> {
    pub id: i64,
    pub head_sha: &'a str,
    pub suite_id: Option<i64>,
    pub app: &'a str,
    pub name: &'a str,
    pub status: &'a str,
    pub conclusion: Option<&'a str>,
    pub title: Option<&'a str>,
    pub summary: Option<&'a str>,
    pub url: Option<&'a str>,
    pub started_at: Option<jiff::Timestamp>,
    pub completed_at: Option<jiff::Timestamp>,
}
impl<'a> From<RunRowBorrowed<'a>> for RunRow {
    fn from(
        RunRowBorrowed {
            id,
            head_sha,
            suite_id,
            app,
            name,
            status,
            conclusion,
            title,
            summary,
            url,
            started_at,
            completed_at,
        }: RunRowBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            head_sha: head_sha.into(),
            suite_id,
            app: app.into(),
            name: name.into(),
            status: status.into(),
            conclusion: conclusion.map(|v| v.into()),
            title: title.map(|v| v.into()),
            summary: summary.map(|v| v.into()),
            url: url.map(|v| v.into()),
            started_at,
            completed_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Statuses {
    pub context: String,
    pub id: i64,
    pub sha: String,
    pub state: String,
    pub description: Option<String>,
    pub url: Option<String>,
    pub github_updated_at: jiff::Timestamp,
}
pub struct StatusesBorrowed<'a> {
    pub context: &'a str,
    pub id: i64,
    pub sha: &'a str,
    pub state: &'a str,
    pub description: Option<&'a str>,
    pub url: Option<&'a str>,
    pub github_updated_at: jiff::Timestamp,
}
impl<'a> From<StatusesBorrowed<'a>> for Statuses {
    fn from(
        StatusesBorrowed { context, id, sha, state, description, url, github_updated_at }: StatusesBorrowed<
            'a,
        >,
    ) -> Self {
        Self {
            context: context.into(),
            id,
            sha: sha.into(),
            state: state.into(),
            description: description.map(|v| v.into()),
            url: url.map(|v| v.into()),
            github_updated_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUpsWanted {
    pub id: i64,
    pub number: i32,
    pub head_sha: String,
    pub follow_up_wanted: i32,
    pub follow_up_version: i32,
    pub follow_up_etags: serde_json::Value,
    pub owner: String,
    pub name: String,
}
pub struct FollowUpsWantedBorrowed<'a> {
    pub id: i64,
    pub number: i32,
    pub head_sha: &'a str,
    pub follow_up_wanted: i32,
    pub follow_up_version: i32,
    pub follow_up_etags: postgres_types::Json<&'a serde_json::value::RawValue>,
    pub owner: &'a str,
    pub name: &'a str,
}
impl<'a> From<FollowUpsWantedBorrowed<'a>> for FollowUpsWanted {
    fn from(
        FollowUpsWantedBorrowed {
            id,
            number,
            head_sha,
            follow_up_wanted,
            follow_up_version,
            follow_up_etags,
            owner,
            name,
        }: FollowUpsWantedBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            number,
            head_sha: head_sha.into(),
            follow_up_wanted,
            follow_up_version,
            follow_up_etags: serde_json::from_str(follow_up_etags.0.get()).unwrap(),
            owner: owner.into(),
            name: name.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct LockFollowUp {
    pub repository_id: i64,
    pub head_sha: String,
    pub follow_up_version: i32,
}
pub struct LockFollowUpBorrowed<'a> {
    pub repository_id: i64,
    pub head_sha: &'a str,
    pub follow_up_version: i32,
}
impl<'a> From<LockFollowUpBorrowed<'a>> for LockFollowUp {
    fn from(
        LockFollowUpBorrowed { repository_id, head_sha, follow_up_version }: LockFollowUpBorrowed<'a>,
    ) -> Self {
        Self { repository_id, head_sha: head_sha.into(), follow_up_version }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct FixInputs {
    pub issue_id: i64,
    pub status: String,
    pub closed: bool,
    pub priority: Option<String>,
    pub lane: String,
    pub state: String,
    pub fork: bool,
    pub since: Option<jiff::Timestamp>,
}
pub struct FixInputsBorrowed<'a> {
    pub issue_id: i64,
    pub status: &'a str,
    pub closed: bool,
    pub priority: Option<&'a str>,
    pub lane: &'a str,
    pub state: &'a str,
    pub fork: bool,
    pub since: Option<jiff::Timestamp>,
}
impl<'a> From<FixInputsBorrowed<'a>> for FixInputs {
    fn from(
        FixInputsBorrowed { issue_id, status, closed, priority, lane, state, fork, since }: FixInputsBorrowed<
            'a,
        >,
    ) -> Self {
        Self {
            issue_id,
            status: status.into(),
            closed,
            priority: priority.map(|v| v.into()),
            lane: lane.into(),
            state: state.into(),
            fork,
            since,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct FixTarget {
    pub pull_request_id: Option<i64>,
    pub number: i32,
    pub head_ref: String,
    pub head_sha: String,
}
pub struct FixTargetBorrowed<'a> {
    pub pull_request_id: Option<i64>,
    pub number: i32,
    pub head_ref: &'a str,
    pub head_sha: &'a str,
}
impl<'a> From<FixTargetBorrowed<'a>> for FixTarget {
    fn from(
        FixTargetBorrowed { pull_request_id, number, head_ref, head_sha }: FixTargetBorrowed<'a>,
    ) -> Self {
        Self { pull_request_id, number, head_ref: head_ref.into(), head_sha: head_sha.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceOfIssue {
    pub id: i64,
    pub number: i32,
    pub kind: String,
    pub title: String,
    pub detail: Option<String>,
    pub url: Option<String>,
    pub author: Option<String>,
    pub occurred_at: Option<jiff::Timestamp>,
    pub seen_at: jiff::Timestamp,
}
pub struct EvidenceOfIssueBorrowed<'a> {
    pub id: i64,
    pub number: i32,
    pub kind: &'a str,
    pub title: &'a str,
    pub detail: Option<&'a str>,
    pub url: Option<&'a str>,
    pub author: Option<&'a str>,
    pub occurred_at: Option<jiff::Timestamp>,
    pub seen_at: jiff::Timestamp,
}
impl<'a> From<EvidenceOfIssueBorrowed<'a>> for EvidenceOfIssue {
    fn from(
        EvidenceOfIssueBorrowed {
            id,
            number,
            kind,
            title,
            detail,
            url,
            author,
            occurred_at,
            seen_at,
        }: EvidenceOfIssueBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            number,
            kind: kind.into(),
            title: title.into(),
            detail: detail.map(|v| v.into()),
            url: url.map(|v| v.into()),
            author: author.map(|v| v.into()),
            occurred_at,
            seen_at,
        }
    }
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
pub struct PullRequestFactsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<PullRequestFactsBorrowed, tokio_postgres::Error>,
    mapper: fn(PullRequestFactsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> PullRequestFactsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(PullRequestFactsBorrowed) -> R,
    ) -> PullRequestFactsQuery<'c, 'a, 's, C, R, N> {
        PullRequestFactsQuery {
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
pub struct ReviewByIdQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ReviewByIdBorrowed, tokio_postgres::Error>,
    mapper: fn(ReviewByIdBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ReviewByIdQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ReviewByIdBorrowed) -> R) -> ReviewByIdQuery<'c, 'a, 's, C, R, N> {
        ReviewByIdQuery {
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
pub struct ReviewsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ReviewsBorrowed, tokio_postgres::Error>,
    mapper: fn(ReviewsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ReviewsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ReviewsBorrowed) -> R) -> ReviewsQuery<'c, 'a, 's, C, R, N> {
        ReviewsQuery {
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
pub struct CommentByIdQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CommentByIdBorrowed, tokio_postgres::Error>,
    mapper: fn(CommentByIdBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CommentByIdQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CommentByIdBorrowed) -> R) -> CommentByIdQuery<'c, 'a, 's, C, R, N> {
        CommentByIdQuery {
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
pub struct CommentsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CommentsBorrowed, tokio_postgres::Error>,
    mapper: fn(CommentsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CommentsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CommentsBorrowed) -> R) -> CommentsQuery<'c, 'a, 's, C, R, N> {
        CommentsQuery {
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
pub struct I32Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<i32, tokio_postgres::Error>,
    mapper: fn(i32) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> I32Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(i32) -> R) -> I32Query<'c, 'a, 's, C, R, N> {
        I32Query {
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
pub struct StatusesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<StatusesBorrowed, tokio_postgres::Error>,
    mapper: fn(StatusesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> StatusesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(StatusesBorrowed) -> R) -> StatusesQuery<'c, 'a, 's, C, R, N> {
        StatusesQuery {
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
pub struct FollowUpsWantedQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FollowUpsWantedBorrowed, tokio_postgres::Error>,
    mapper: fn(FollowUpsWantedBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FollowUpsWantedQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(FollowUpsWantedBorrowed) -> R,
    ) -> FollowUpsWantedQuery<'c, 'a, 's, C, R, N> {
        FollowUpsWantedQuery {
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
pub struct LockFollowUpQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockFollowUpBorrowed, tokio_postgres::Error>,
    mapper: fn(LockFollowUpBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockFollowUpQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LockFollowUpBorrowed) -> R) -> LockFollowUpQuery<'c, 'a, 's, C, R, N> {
        LockFollowUpQuery {
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
pub struct FixInputsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FixInputsBorrowed, tokio_postgres::Error>,
    mapper: fn(FixInputsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FixInputsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FixInputsBorrowed) -> R) -> FixInputsQuery<'c, 'a, 's, C, R, N> {
        FixInputsQuery {
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
pub struct FixTargetQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FixTargetBorrowed, tokio_postgres::Error>,
    mapper: fn(FixTargetBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FixTargetQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FixTargetBorrowed) -> R) -> FixTargetQuery<'c, 'a, 's, C, R, N> {
        FixTargetQuery {
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
pub struct EvidenceOfIssueQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<EvidenceOfIssueBorrowed, tokio_postgres::Error>,
    mapper: fn(EvidenceOfIssueBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> EvidenceOfIssueQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(EvidenceOfIssueBorrowed) -> R,
    ) -> EvidenceOfIssueQuery<'c, 'a, 's, C, R, N> {
        EvidenceOfIssueQuery {
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
pub struct LockByHeadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_by_head() -> LockByHeadStmt {
    LockByHeadStmt(
        "select id from pull_request where repository_id = $1 and head_sha = $2 and state = 'open' order by id for no key update",
        None,
    )
}
impl LockByHeadStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        I64Query {
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
    crate::client::async_::Params<'c, 'a, 's, LockByHeadParams<T1>, I64Query<'c, 'a, 's, C, i64, 2>, C>
    for LockByHeadStmt
{
    fn params(&'s self, client: &'c C, params: &'a LockByHeadParams<T1>) -> I64Query<'c, 'a, 's, C, i64, 2> {
        self.bind(client, &params.repository_id, &params.sha)
    }
}
pub struct LockOpenStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_open() -> LockOpenStmt {
    LockOpenStmt(
        "select id from pull_request where state = 'open' and ($1::bigint = 0 or repository_id = $1) order by id for no key update",
        None,
    )
}
impl LockOpenStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [repository_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct LockLinkedIssuesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_linked_issues() -> LockLinkedIssuesStmt {
    LockLinkedIssuesStmt(
        "select id from issue where id in ( select issue_id from pull_request_issue where pull_request_id = any ($1::bigint[]) union select issue_id from work where kind = 'fix' and pull_request_id = any ($1::bigint[]) union select id from issue where pull_request_id = any ($1::bigint[]) ) order by id for no key update",
        None,
    )
}
impl LockLinkedIssuesStmt {
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
        pull_requests: &'a T1,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [pull_requests],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct PullRequestFactsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn pull_request_facts() -> PullRequestFactsStmt {
    PullRequestFactsStmt(
        "select p.id, p.repository_id, p.state, p.draft, p.author, p.head_sha, p.mergeable, coalesce(r.intake, (select policy from intake)) as intake from pull_request p join repository r on r.id = p.repository_id where p.id = $1",
        None,
    )
}
impl PullRequestFactsStmt {
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
    ) -> PullRequestFactsQuery<'c, 'a, 's, C, PullRequestFacts, 1> {
        PullRequestFactsQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<PullRequestFactsBorrowed, tokio_postgres::Error> {
                    Ok(PullRequestFactsBorrowed {
                        id: row.try_get(0)?,
                        repository_id: row.try_get(1)?,
                        state: row.try_get(2)?,
                        draft: row.try_get(3)?,
                        author: row.try_get(4)?,
                        head_sha: row.try_get(5)?,
                        mergeable: row.try_get(6)?,
                        intake: row.try_get(7)?,
                    })
                },
            mapper: |it| PullRequestFacts::from(it),
        }
    }
}
pub struct ReviewByIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn review_by_id() -> ReviewByIdStmt {
    ReviewByIdStmt(
        "select id, author, author_association, state, body, commit_sha, url, submitted_at, gone from review where id = $1",
        None,
    )
}
impl ReviewByIdStmt {
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
    ) -> ReviewByIdQuery<'c, 'a, 's, C, ReviewById, 1> {
        ReviewByIdQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ReviewByIdBorrowed, tokio_postgres::Error> {
                Ok(ReviewByIdBorrowed {
                    id: row.try_get(0)?,
                    author: row.try_get(1)?,
                    author_association: row.try_get(2)?,
                    state: row.try_get(3)?,
                    body: row.try_get(4)?,
                    commit_sha: row.try_get(5)?,
                    url: row.try_get(6)?,
                    submitted_at: row.try_get(7)?,
                    gone: row.try_get(8)?,
                })
            },
            mapper: |it| ReviewById::from(it),
        }
    }
}
pub struct ReviewsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn reviews() -> ReviewsStmt {
    ReviewsStmt(
        "select id, author, author_association, state, body, commit_sha, url, submitted_at from review where pull_request_id = $1 and not gone order by id",
        None,
    )
}
impl ReviewsStmt {
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
        pull_request_id: &'a i64,
    ) -> ReviewsQuery<'c, 'a, 's, C, Reviews, 1> {
        ReviewsQuery {
            client,
            params: [pull_request_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ReviewsBorrowed, tokio_postgres::Error> {
                Ok(ReviewsBorrowed {
                    id: row.try_get(0)?,
                    author: row.try_get(1)?,
                    author_association: row.try_get(2)?,
                    state: row.try_get(3)?,
                    body: row.try_get(4)?,
                    commit_sha: row.try_get(5)?,
                    url: row.try_get(6)?,
                    submitted_at: row.try_get(7)?,
                })
            },
            mapper: |it| Reviews::from(it),
        }
    }
}
pub struct UpsertReviewStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn upsert_review() -> UpsertReviewStmt {
    UpsertReviewStmt(
        "insert into review (id, pull_request_id, author, author_association, state, body, commit_sha, url, submitted_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do update set author = excluded.author, author_association = excluded.author_association, state = excluded.state, body = excluded.body, commit_sha = excluded.commit_sha, url = excluded.url, submitted_at = excluded.submitted_at, gone = false",
        None,
    )
}
impl UpsertReviewStmt {
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
    >(
        &'s self,
        client: &'c C,
        id: &'a i64,
        pull_request_id: &'a i64,
        author: &'a Option<T1>,
        author_association: &'a Option<T2>,
        state: &'a T3,
        body: &'a T4,
        commit_sha: &'a Option<T5>,
        url: &'a Option<T6>,
        submitted_at: &'a Option<jiff::Timestamp>,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    id,
                    pull_request_id,
                    author,
                    author_association,
                    state,
                    body,
                    commit_sha,
                    url,
                    submitted_at,
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
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UpsertReviewParams<T1, T2, T3, T4, T5, T6>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for UpsertReviewStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UpsertReviewParams<T1, T2, T3, T4, T5, T6>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.pull_request_id,
            &params.author,
            &params.author_association,
            &params.state,
            &params.body,
            &params.commit_sha,
            &params.url,
            &params.submitted_at,
        ))
    }
}
pub struct ReviewsGoneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn reviews_gone() -> ReviewsGoneStmt {
    ReviewsGoneStmt(
        "update review set gone = true where pull_request_id = $1 and not gone and not (id = any ($2::bigint[]))",
        None,
    )
}
impl ReviewsGoneStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        pull_request_id: &'a i64,
        shown: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[pull_request_id, shown]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ReviewsGoneParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ReviewsGoneStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ReviewsGoneParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.pull_request_id, &params.shown))
    }
}
pub struct CommentByIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn comment_by_id() -> CommentByIdStmt {
    CommentByIdStmt(
        "select id, review_id, in_reply_to, author, author_association, path, line, body, url, github_created_at, github_updated_at, gone from review_comment where id = $1",
        None,
    )
}
impl CommentByIdStmt {
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
    ) -> CommentByIdQuery<'c, 'a, 's, C, CommentById, 1> {
        CommentByIdQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CommentByIdBorrowed, tokio_postgres::Error> {
                Ok(CommentByIdBorrowed {
                    id: row.try_get(0)?,
                    review_id: row.try_get(1)?,
                    in_reply_to: row.try_get(2)?,
                    author: row.try_get(3)?,
                    author_association: row.try_get(4)?,
                    path: row.try_get(5)?,
                    line: row.try_get(6)?,
                    body: row.try_get(7)?,
                    url: row.try_get(8)?,
                    github_created_at: row.try_get(9)?,
                    github_updated_at: row.try_get(10)?,
                    gone: row.try_get(11)?,
                })
            },
            mapper: |it| CommentById::from(it),
        }
    }
}
pub struct CommentsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn comments() -> CommentsStmt {
    CommentsStmt(
        "select id, review_id, in_reply_to, author, author_association, path, line, body, url, github_created_at, github_updated_at from review_comment where pull_request_id = $1 and not gone and not resolved order by id",
        None,
    )
}
impl CommentsStmt {
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
        pull_request_id: &'a i64,
    ) -> CommentsQuery<'c, 'a, 's, C, Comments, 1> {
        CommentsQuery {
            client,
            params: [pull_request_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CommentsBorrowed, tokio_postgres::Error> {
                Ok(CommentsBorrowed {
                    id: row.try_get(0)?,
                    review_id: row.try_get(1)?,
                    in_reply_to: row.try_get(2)?,
                    author: row.try_get(3)?,
                    author_association: row.try_get(4)?,
                    path: row.try_get(5)?,
                    line: row.try_get(6)?,
                    body: row.try_get(7)?,
                    url: row.try_get(8)?,
                    github_created_at: row.try_get(9)?,
                    github_updated_at: row.try_get(10)?,
                })
            },
            mapper: |it| Comments::from(it),
        }
    }
}
pub struct UpsertCommentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn upsert_comment() -> UpsertCommentStmt {
    UpsertCommentStmt(
        "insert into review_comment (id, pull_request_id, review_id, in_reply_to, author, author_association, path, line, body, url, github_created_at, github_updated_at, gone) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do update set review_id = excluded.review_id, in_reply_to = excluded.in_reply_to, author = excluded.author, author_association = excluded.author_association, path = excluded.path, line = excluded.line, body = excluded.body, url = excluded.url, github_updated_at = excluded.github_updated_at, gone = excluded.gone",
        None,
    )
}
impl UpsertCommentStmt {
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
    >(
        &'s self,
        client: &'c C,
        id: &'a i64,
        pull_request_id: &'a i64,
        review_id: &'a Option<i64>,
        in_reply_to: &'a Option<i64>,
        author: &'a Option<T1>,
        author_association: &'a Option<T2>,
        path: &'a T3,
        line: &'a Option<i32>,
        body: &'a T4,
        url: &'a T5,
        github_created_at: &'a jiff::Timestamp,
        github_updated_at: &'a jiff::Timestamp,
        gone: &'a bool,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    id,
                    pull_request_id,
                    review_id,
                    in_reply_to,
                    author,
                    author_association,
                    path,
                    line,
                    body,
                    url,
                    github_created_at,
                    github_updated_at,
                    gone,
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
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UpsertCommentParams<T1, T2, T3, T4, T5>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for UpsertCommentStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UpsertCommentParams<T1, T2, T3, T4, T5>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.pull_request_id,
            &params.review_id,
            &params.in_reply_to,
            &params.author,
            &params.author_association,
            &params.path,
            &params.line,
            &params.body,
            &params.url,
            &params.github_created_at,
            &params.github_updated_at,
            &params.gone,
        ))
    }
}
pub struct CommentsGoneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn comments_gone() -> CommentsGoneStmt {
    CommentsGoneStmt(
        "update review_comment set gone = true where pull_request_id = $1 and not gone and not (id = any ($2::bigint[]))",
        None,
    )
}
impl CommentsGoneStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        pull_request_id: &'a i64,
        shown: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[pull_request_id, shown]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        CommentsGoneParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for CommentsGoneStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a CommentsGoneParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.pull_request_id, &params.shown))
    }
}
pub struct ResolveCommentsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn resolve_comments() -> ResolveCommentsStmt {
    ResolveCommentsStmt(
        "update review_comment set resolved = $1, resolved_at = $2 where pull_request_id = $3 and id = any ($4::bigint[]) and (resolved_at is null or resolved_at < $2)",
        None,
    )
}
impl ResolveCommentsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        resolved: &'a bool,
        at: &'a jiff::Timestamp,
        pull_request_id: &'a i64,
        ids: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[resolved, at, pull_request_id, ids]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ResolveCommentsParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ResolveCommentsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ResolveCommentsParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.resolved, &params.at, &params.pull_request_id, &params.ids))
    }
}
pub struct WriteResolvedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_resolved() -> WriteResolvedStmt {
    WriteResolvedStmt(
        "update review_comment set resolved = id = any ($1::bigint[]), resolved_at = dispatch_now() where pull_request_id = $2 and resolved <> (id = any ($1::bigint[]))",
        None,
    )
}
impl WriteResolvedStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        ids: &'a T1,
        pull_request_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids, pull_request_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteResolvedParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteResolvedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteResolvedParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.ids, &params.pull_request_id))
    }
}
pub struct RunByIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn run_by_id() -> RunByIdStmt {
    RunByIdStmt(
        "select id, head_sha, suite_id, app, name, status, conclusion, title, summary, url, started_at, completed_at from check_run where id = $1",
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
                    head_sha: row.try_get(1)?,
                    suite_id: row.try_get(2)?,
                    app: row.try_get(3)?,
                    name: row.try_get(4)?,
                    status: row.try_get(5)?,
                    conclusion: row.try_get(6)?,
                    title: row.try_get(7)?,
                    summary: row.try_get(8)?,
                    url: row.try_get(9)?,
                    started_at: row.try_get(10)?,
                    completed_at: row.try_get(11)?,
                })
            },
            mapper: |it| RunRow::from(it),
        }
    }
}
pub struct RunsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn runs() -> RunsStmt {
    RunsStmt(
        "select id, head_sha, suite_id, app, name, status, conclusion, title, summary, url, started_at, completed_at from check_run where repository_id = $1 and head_sha = $2 order by id",
        None,
    )
}
impl RunsStmt {
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
    ) -> RunRowQuery<'c, 'a, 's, C, RunRow, 2> {
        RunRowQuery {
            client,
            params: [repository_id, sha],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RunRowBorrowed, tokio_postgres::Error> {
                Ok(RunRowBorrowed {
                    id: row.try_get(0)?,
                    head_sha: row.try_get(1)?,
                    suite_id: row.try_get(2)?,
                    app: row.try_get(3)?,
                    name: row.try_get(4)?,
                    status: row.try_get(5)?,
                    conclusion: row.try_get(6)?,
                    title: row.try_get(7)?,
                    summary: row.try_get(8)?,
                    url: row.try_get(9)?,
                    started_at: row.try_get(10)?,
                    completed_at: row.try_get(11)?,
                })
            },
            mapper: |it| RunRow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, RunsParams<T1>, RunRowQuery<'c, 'a, 's, C, RunRow, 2>, C>
    for RunsStmt
{
    fn params(&'s self, client: &'c C, params: &'a RunsParams<T1>) -> RunRowQuery<'c, 'a, 's, C, RunRow, 2> {
        self.bind(client, &params.repository_id, &params.sha)
    }
}
pub struct UpsertRunStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn upsert_run() -> UpsertRunStmt {
    UpsertRunStmt(
        "insert into check_run (id, repository_id, head_sha, suite_id, app, name, status, conclusion, title, summary, url, started_at, completed_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, dispatch_now()) on conflict (id) do update set suite_id = excluded.suite_id, app = excluded.app, name = excluded.name, status = excluded.status, conclusion = excluded.conclusion, title = excluded.title, summary = excluded.summary, url = excluded.url, started_at = excluded.started_at, completed_at = excluded.completed_at, seen_at = excluded.seen_at",
        None,
    )
}
impl UpsertRunStmt {
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
    >(
        &'s self,
        client: &'c C,
        id: &'a i64,
        repository_id: &'a i64,
        head_sha: &'a T1,
        suite_id: &'a Option<i64>,
        app: &'a T2,
        name: &'a T3,
        status: &'a T4,
        conclusion: &'a Option<T5>,
        title: &'a Option<T6>,
        summary: &'a Option<T7>,
        url: &'a Option<T8>,
        started_at: &'a Option<jiff::Timestamp>,
        completed_at: &'a Option<jiff::Timestamp>,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    id,
                    repository_id,
                    head_sha,
                    suite_id,
                    app,
                    name,
                    status,
                    conclusion,
                    title,
                    summary,
                    url,
                    started_at,
                    completed_at,
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
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UpsertRunParams<T1, T2, T3, T4, T5, T6, T7, T8>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for UpsertRunStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UpsertRunParams<T1, T2, T3, T4, T5, T6, T7, T8>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.repository_id,
            &params.head_sha,
            &params.suite_id,
            &params.app,
            &params.name,
            &params.status,
            &params.conclusion,
            &params.title,
            &params.summary,
            &params.url,
            &params.started_at,
            &params.completed_at,
        ))
    }
}
pub struct RunsGoneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn runs_gone() -> RunsGoneStmt {
    RunsGoneStmt(
        "delete from check_run where repository_id = $1 and head_sha = $2 and not (id = any ($3::bigint[]))",
        None,
    )
}
impl RunsGoneStmt {
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
        repository_id: &'a i64,
        sha: &'a T1,
        shown: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[repository_id, sha, shown]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RunsGoneParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RunsGoneStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RunsGoneParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.repository_id, &params.sha, &params.shown))
    }
}
pub struct SuiteUntoldStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn suite_untold() -> SuiteUntoldStmt {
    SuiteUntoldStmt(
        "select 1 as untold where not exists (select from check_run where suite_id = $1) union all select 1 from check_run where suite_id = $1 and status <> 'completed' limit 1",
        None,
    )
}
impl SuiteUntoldStmt {
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
        suite: &'a i64,
    ) -> I32Query<'c, 'a, 's, C, i32, 1> {
        I32Query {
            client,
            params: [suite],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct StatusesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn statuses() -> StatusesStmt {
    StatusesStmt(
        "select context, id, sha, state, description, url, github_updated_at from commit_status where repository_id = $1 and sha = $2 order by context",
        None,
    )
}
impl StatusesStmt {
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
    ) -> StatusesQuery<'c, 'a, 's, C, Statuses, 2> {
        StatusesQuery {
            client,
            params: [repository_id, sha],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<StatusesBorrowed, tokio_postgres::Error> {
                Ok(StatusesBorrowed {
                    context: row.try_get(0)?,
                    id: row.try_get(1)?,
                    sha: row.try_get(2)?,
                    state: row.try_get(3)?,
                    description: row.try_get(4)?,
                    url: row.try_get(5)?,
                    github_updated_at: row.try_get(6)?,
                })
            },
            mapper: |it| Statuses::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        StatusesParams<T1>,
        StatusesQuery<'c, 'a, 's, C, Statuses, 2>,
        C,
    > for StatusesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a StatusesParams<T1>,
    ) -> StatusesQuery<'c, 'a, 's, C, Statuses, 2> {
        self.bind(client, &params.repository_id, &params.sha)
    }
}
pub struct UpsertStatusStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn upsert_status() -> UpsertStatusStmt {
    UpsertStatusStmt(
        "insert into commit_status as known (repository_id, sha, context, id, state, description, url, github_updated_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, dispatch_now()) on conflict (repository_id, sha, context) do update set id = excluded.id, state = excluded.state, description = excluded.description, url = excluded.url, github_updated_at = excluded.github_updated_at, seen_at = excluded.seen_at where known.id < excluded.id",
        None,
    )
}
impl UpsertStatusStmt {
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
    >(
        &'s self,
        client: &'c C,
        repository_id: &'a i64,
        sha: &'a T1,
        context: &'a T2,
        id: &'a i64,
        state: &'a T3,
        description: &'a Option<T4>,
        url: &'a Option<T5>,
        github_updated_at: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(self.0, &[repository_id, sha, context, id, state, description, url, github_updated_at])
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
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UpsertStatusParams<T1, T2, T3, T4, T5>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for UpsertStatusStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UpsertStatusParams<T1, T2, T3, T4, T5>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.repository_id,
            &params.sha,
            &params.context,
            &params.id,
            &params.state,
            &params.description,
            &params.url,
            &params.github_updated_at,
        ))
    }
}
pub struct WantFollowUpStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_follow_up() -> WantFollowUpStmt {
    WantFollowUpStmt(
        "update pull_request set follow_up_wanted = follow_up_wanted + 1 where id = any ($1::bigint[])",
        None,
    )
}
impl WantFollowUpStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        ids: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids]).await
    }
}
pub struct WantFollowUpOfOpenStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_follow_up_of_open() -> WantFollowUpOfOpenStmt {
    WantFollowUpOfOpenStmt(
        "update pull_request set follow_up_wanted = greatest(follow_up_wanted, follow_up_settled + 1), reread_wanted = greatest(reread_wanted, reread_settled + 1) where repository_id = $1 and state = 'open' and (follow_up_wanted = follow_up_settled or reread_wanted = reread_settled)",
        None,
    )
}
impl WantFollowUpOfOpenStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[repository_id]).await
    }
}
pub struct WantFollowUpOfPendingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_follow_up_of_pending() -> WantFollowUpOfPendingStmt {
    WantFollowUpOfPendingStmt(
        "update pull_request set follow_up_wanted = follow_up_wanted + 1 where repository_id = $1 and state = 'open' and checks = 'pending' and follow_up_wanted = follow_up_settled and coalesce(follow_up_read_at, github_updated_at) < dispatch_now() - interval '10 minutes'",
        None,
    )
}
impl WantFollowUpOfPendingStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[repository_id]).await
    }
}
pub struct ChangedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn changed() -> ChangedStmt {
    ChangedStmt(
        "update pull_request set follow_up_version = follow_up_version + 1, follow_up_etags = follow_up_etags - $1::text where id = any ($2::bigint[])",
        None,
    )
}
impl ChangedStmt {
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
        list: &'a T1,
        ids: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[list, ids]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ChangedParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ChangedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ChangedParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.list, &params.ids))
    }
}
pub struct FollowUpsWantedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn follow_ups_wanted() -> FollowUpsWantedStmt {
    FollowUpsWantedStmt(
        "select p.id, p.number, p.head_sha, p.follow_up_wanted, p.follow_up_version, p.follow_up_etags, r.owner, r.name from pull_request p join repository r on r.id = p.repository_id where p.follow_up_wanted > p.follow_up_settled and r.enabled and not r.gone order by p.follow_up_read_at nulls first, p.id limit $1",
        None,
    )
}
impl FollowUpsWantedStmt {
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
    ) -> FollowUpsWantedQuery<'c, 'a, 's, C, FollowUpsWanted, 1> {
        FollowUpsWantedQuery {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FollowUpsWantedBorrowed, tokio_postgres::Error> {
                Ok(FollowUpsWantedBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    head_sha: row.try_get(2)?,
                    follow_up_wanted: row.try_get(3)?,
                    follow_up_version: row.try_get(4)?,
                    follow_up_etags: row.try_get(5)?,
                    owner: row.try_get(6)?,
                    name: row.try_get(7)?,
                })
            },
            mapper: |it| FollowUpsWanted::from(it),
        }
    }
}
pub struct RepositoryOfStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn repository_of() -> RepositoryOfStmt {
    RepositoryOfStmt("select repository_id from pull_request where id = $1", None)
}
impl RepositoryOfStmt {
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
pub struct LockFollowUpStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_follow_up() -> LockFollowUpStmt {
    LockFollowUpStmt(
        "select repository_id, head_sha, follow_up_version from pull_request where id = $1 for no key update",
        None,
    )
}
impl LockFollowUpStmt {
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
    ) -> LockFollowUpQuery<'c, 'a, 's, C, LockFollowUp, 1> {
        LockFollowUpQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LockFollowUpBorrowed, tokio_postgres::Error> {
                Ok(LockFollowUpBorrowed {
                    repository_id: row.try_get(0)?,
                    head_sha: row.try_get(1)?,
                    follow_up_version: row.try_get(2)?,
                })
            },
            mapper: |it| LockFollowUp::from(it),
        }
    }
}
pub struct SettleFollowUpStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settle_follow_up() -> SettleFollowUpStmt {
    SettleFollowUpStmt(
        "update pull_request set follow_up_settled = greatest(follow_up_settled, $1), follow_up_etags = $2, follow_up_read_at = dispatch_now(), follow_up_version = follow_up_version + 1 where id = $3",
        None,
    )
}
impl SettleFollowUpStmt {
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
        up_to: &'a i32,
        etags: &'a T1,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[up_to, etags, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SettleFollowUpParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for SettleFollowUpStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SettleFollowUpParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.up_to, &params.etags, &params.id))
    }
}
pub struct WriteRollUpStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_roll_up() -> WriteRollUpStmt {
    WriteRollUpStmt(
        "update pull_request set review_decision = $1, checks = $2, failing_checks = $3 where id = $4 and (review_decision, checks, failing_checks) is distinct from ($1::text, $2::text, $3::text[])",
        None,
    )
}
impl WriteRollUpStmt {
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
        review_decision: &'a Option<T1>,
        checks: &'a Option<T2>,
        failing_checks: &'a T4,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[review_decision, checks, failing_checks, id]).await
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
        WriteRollUpParams<T1, T2, T3, T4>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteRollUpStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteRollUpParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.review_decision,
            &params.checks,
            &params.failing_checks,
            &params.id,
        ))
    }
}
pub struct WithdrawEvidenceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn withdraw_evidence() -> WithdrawEvidenceStmt {
    WithdrawEvidenceStmt(
        "update evidence set withdrawn_at = dispatch_now() where pull_request_id = $1 and withdrawn_at is null and consumed_at is null and not (key = any ($2::text[]))",
        None,
    )
}
impl WithdrawEvidenceStmt {
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
        pull_request_id: &'a i64,
        keys: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[pull_request_id, keys]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WithdrawEvidenceParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WithdrawEvidenceStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WithdrawEvidenceParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.pull_request_id, &params.keys))
    }
}
pub struct AddEvidenceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn add_evidence() -> AddEvidenceStmt {
    AddEvidenceStmt(
        "insert into evidence as known (pull_request_id, key, kind, title, detail, url, author, occurred_at, seen_at) select $1, w.key, w.kind, w.title, w.detail, w.url, w.author, w.occurred_at, dispatch_now() from jsonb_to_recordset($2::jsonb) as w (key text, kind text, title text, detail text, url text, author text, occurred_at timestamptz) on conflict (pull_request_id, key) do update set title = excluded.title, detail = excluded.detail, url = excluded.url, withdrawn_at = null, seen_at = case when known.withdrawn_at is null then known.seen_at else excluded.seen_at end where known.consumed_at is null and (known.withdrawn_at is not null or (known.title, known.detail) is distinct from (excluded.title, excluded.detail))",
        None,
    )
}
impl AddEvidenceStmt {
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
        pull_request_id: &'a i64,
        wanted: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[pull_request_id, wanted]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AddEvidenceParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for AddEvidenceStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AddEvidenceParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.pull_request_id, &params.wanted))
    }
}
pub struct ConsumeEvidenceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn consume_evidence() -> ConsumeEvidenceStmt {
    ConsumeEvidenceStmt(
        "update evidence e set consumed_by = c.id, consumed_at = dispatch_now() from claim c join work w on w.id = c.work_id where c.id = $1 and e.pull_request_id = w.pull_request_id and w.kind = 'fix' and e.consumed_at is null and e.withdrawn_at is null and e.seen_at <= c.acquired_at",
        None,
    )
}
impl ConsumeEvidenceStmt {
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
        claim_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[claim_id]).await
    }
}
pub struct FixInputsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fix_inputs() -> FixInputsStmt {
    FixInputsStmt(
        "select i.id as issue_id, i.status, i.closed, i.priority, i.lane, p.state, p.fork, (select min(seen_at) from evidence e where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null) as since from pull_request p join pull_request_issue l on l.pull_request_id = p.id join issue i on i.id = l.issue_id and not i.gone where p.id = $1 order by i.pull_request_id is not null, i.closed, i.id limit 1",
        None,
    )
}
impl FixInputsStmt {
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
        pull_request_id: &'a i64,
    ) -> FixInputsQuery<'c, 'a, 's, C, FixInputs, 1> {
        FixInputsQuery {
            client,
            params: [pull_request_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FixInputsBorrowed, tokio_postgres::Error> {
                Ok(FixInputsBorrowed {
                    issue_id: row.try_get(0)?,
                    status: row.try_get(1)?,
                    closed: row.try_get(2)?,
                    priority: row.try_get(3)?,
                    lane: row.try_get(4)?,
                    state: row.try_get(5)?,
                    fork: row.try_get(6)?,
                    since: row.try_get(7)?,
                })
            },
            mapper: |it| FixInputs::from(it),
        }
    }
}
pub struct UpsertFixWorkStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn upsert_fix_work() -> UpsertFixWorkStmt {
    UpsertFixWorkStmt(
        "insert into work as w (kind, issue_id, pull_request_id, exclusion_key, lane, offered, ready_since, rank_key) values ('fix', $1, $2, 'issue:' || $1::bigint, $3, $4, $5, $6) on conflict (pull_request_id) where kind = 'fix' do update set issue_id = excluded.issue_id, exclusion_key = excluded.exclusion_key, lane = excluded.lane, offered = excluded.offered, ready_since = excluded.ready_since, rank_key = excluded.rank_key where (w.issue_id, w.lane, w.offered, w.ready_since, w.rank_key) is distinct from (excluded.issue_id, excluded.lane, excluded.offered, excluded.ready_since, excluded.rank_key) and (w.issue_id = excluded.issue_id or not exists (select from claim c where c.work_id = w.id and c.state = 'active'))",
        None,
    )
}
impl UpsertFixWorkStmt {
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
        issue_id: &'a i64,
        pull_request_id: &'a i64,
        lane: &'a T1,
        offered: &'a bool,
        ready_since: &'a Option<jiff::Timestamp>,
        rank_key: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[issue_id, pull_request_id, lane, offered, ready_since, rank_key]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UpsertFixWorkParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for UpsertFixWorkStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UpsertFixWorkParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.issue_id,
            &params.pull_request_id,
            &params.lane,
            &params.offered,
            &params.ready_since,
            &params.rank_key,
        ))
    }
}
pub struct WithdrawFixWorkStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn withdraw_fix_work() -> WithdrawFixWorkStmt {
    WithdrawFixWorkStmt(
        "update work set offered = false where kind = 'fix' and pull_request_id = $1 and offered",
        None,
    )
}
impl WithdrawFixWorkStmt {
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
        pull_request_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[pull_request_id]).await
    }
}
pub struct OfferFixesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn offer_fixes() -> OfferFixesStmt {
    OfferFixesStmt(
        "update work w set lane = $1, rank_key = coalesce(w.ready_since, w.rank_key) - $2::double precision * interval '1 second', offered = $3::boolean and s.due from ( select o.id, p.state = 'open' and not p.fork and exists ( select from evidence e where e.pull_request_id = p.id and e.withdrawn_at is null and e.consumed_at is null) as due from work o join pull_request p on p.id = o.pull_request_id where o.issue_id = $4 and o.kind = 'fix' ) s where w.id = s.id and w.ready_since is not null and (w.lane, w.rank_key, w.offered) is distinct from ($1, w.ready_since - $2::double precision * interval '1 second', $3::boolean and s.due)",
        None,
    )
}
impl OfferFixesStmt {
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
        lane: &'a T1,
        weight: &'a f64,
        open: &'a bool,
        issue_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[lane, weight, open, issue_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OfferFixesParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for OfferFixesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OfferFixesParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.lane, &params.weight, &params.open, &params.issue_id))
    }
}
pub struct FixTargetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fix_target() -> FixTargetStmt {
    FixTargetStmt(
        "select w.pull_request_id, p.number, p.head_ref, p.head_sha from work w join pull_request p on p.id = w.pull_request_id where w.id = $1",
        None,
    )
}
impl FixTargetStmt {
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
        work_id: &'a i64,
    ) -> FixTargetQuery<'c, 'a, 's, C, FixTarget, 1> {
        FixTargetQuery {
            client,
            params: [work_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FixTargetBorrowed, tokio_postgres::Error> {
                Ok(FixTargetBorrowed {
                    pull_request_id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    head_ref: row.try_get(2)?,
                    head_sha: row.try_get(3)?,
                })
            },
            mapper: |it| FixTarget::from(it),
        }
    }
}
pub struct EvidenceOfIssueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn evidence_of_issue() -> EvidenceOfIssueStmt {
    EvidenceOfIssueStmt(
        "select e.id, p.number, e.kind, e.title, e.detail, e.url, e.author, e.occurred_at, e.seen_at from evidence e join pull_request_issue l on l.pull_request_id = e.pull_request_id and l.issue_id = $1 join pull_request p on p.id = e.pull_request_id where e.withdrawn_at is null and e.consumed_at is null order by p.number, e.id limit $2",
        None,
    )
}
impl EvidenceOfIssueStmt {
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
        most: &'a i64,
    ) -> EvidenceOfIssueQuery<'c, 'a, 's, C, EvidenceOfIssue, 2> {
        EvidenceOfIssueQuery {
            client,
            params: [issue_id, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<EvidenceOfIssueBorrowed, tokio_postgres::Error> {
                Ok(EvidenceOfIssueBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    kind: row.try_get(2)?,
                    title: row.try_get(3)?,
                    detail: row.try_get(4)?,
                    url: row.try_get(5)?,
                    author: row.try_get(6)?,
                    occurred_at: row.try_get(7)?,
                    seen_at: row.try_get(8)?,
                })
            },
            mapper: |it| EvidenceOfIssue::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        EvidenceOfIssueParams,
        EvidenceOfIssueQuery<'c, 'a, 's, C, EvidenceOfIssue, 2>,
        C,
    > for EvidenceOfIssueStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a EvidenceOfIssueParams,
    ) -> EvidenceOfIssueQuery<'c, 'a, 's, C, EvidenceOfIssue, 2> {
        self.bind(client, &params.issue_id, &params.most)
    }
}
pub struct PruneChecksStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_checks() -> PruneChecksStmt {
    PruneChecksStmt(
        "delete from check_run c where id in ( select o.id from check_run o where o.seen_at < dispatch_now() - $1::integer * interval '1 day' and not exists ( select from pull_request p where p.repository_id = o.repository_id and p.head_sha = o.head_sha and p.state = 'open') limit 5000 )",
        None,
    )
}
impl PruneChecksStmt {
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
pub struct PruneStatusesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_statuses() -> PruneStatusesStmt {
    PruneStatusesStmt(
        "delete from commit_status s where (repository_id, sha, context) in ( select o.repository_id, o.sha, o.context from commit_status o where o.seen_at < dispatch_now() - $1::integer * interval '1 day' and not exists ( select from pull_request p where p.repository_id = o.repository_id and p.head_sha = o.sha and p.state = 'open') limit 5000 )",
        None,
    )
}
impl PruneStatusesStmt {
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
