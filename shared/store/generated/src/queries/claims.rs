// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct CandidatesParams<
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::ArraySql<Item = i64>,
> {
    pub after_rank: jiff::Timestamp,
    pub after_id: i64,
    pub shut_lanes: T2,
    pub shut_repositories: T3,
    pub most: i64,
}
#[derive(Debug)]
pub struct CandidatesOfLaneParams<T1: crate::StringSql, T2: crate::ArraySql<Item = i64>> {
    pub lane: T1,
    pub after_rank: jiff::Timestamp,
    pub after_id: i64,
    pub shut_repositories: T2,
    pub most: i64,
}
#[derive(Debug)]
pub struct LockFirstFreeParams<
    T1: crate::ArraySql<Item = i64>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
> {
    pub issues: T1,
    pub statuses: T3,
}
#[derive(Debug)]
pub struct QueueParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub lanes: T2,
    pub most: i64,
}
#[derive(Debug)]
pub struct QueueAheadParams<T1: crate::StringSql> {
    pub lane: T1,
    pub rank: jiff::Timestamp,
    pub id: i64,
    pub most: i64,
}
#[derive(Debug)]
pub struct CandidatesHeldBackParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub most: i64,
    pub lanes: T2,
}
#[derive(Debug)]
pub struct TakeWaitParams<T1: crate::StringSql> {
    pub agent: T1,
    pub seconds: f64,
    pub most: i64,
}
#[derive(Debug)]
pub struct InsertClaimParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::StringSql,
    T9: crate::StringSql,
    T10: crate::StringSql,
> {
    pub work_id: i64,
    pub issue_id: i64,
    pub repository_id: Option<i64>,
    pub exclusion_key: T1,
    pub kind: T2,
    pub agent: T3,
    pub lane: T4,
    pub expires_at: jiff::Timestamp,
    pub resting_status: T5,
    pub projected_agent: Option<T6>,
    pub branch: Option<T7>,
    pub start_head_sha: Option<T8>,
    pub correlation_id: T9,
    pub url: T10,
}
#[derive(Debug)]
pub struct ResumeClaimParams<T1: crate::StringSql> {
    pub expires_at: jiff::Timestamp,
    pub id: i64,
    pub agent: T1,
}
#[derive(Debug)]
pub struct ClaimsOfAgentParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub agent: T1,
    pub state: T2,
    pub before: i64,
    pub most: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct AttemptsOfIssueParams {
    pub issue_id: i64,
    pub except: i64,
    pub most: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct RenewClaimParams {
    pub expires_at: jiff::Timestamp,
    pub id: i64,
    pub fence: i64,
}
#[derive(Debug)]
pub struct CheckpointClaimParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::JsonSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
> {
    pub expires_at: jiff::Timestamp,
    pub phase: Option<T1>,
    pub note: Option<T2>,
    pub checkpoint: Option<T3>,
    pub branch: Option<T4>,
    pub head_sha: Option<T5>,
    pub id: i64,
    pub fence: i64,
}
#[derive(Debug)]
pub struct ExpireClaimParams<T1: crate::StringSql> {
    pub reason: T1,
    pub id: i64,
}
#[derive(Debug)]
pub struct StopClaimParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub reason: T1,
    pub ended_by: T2,
    pub end_note: Option<T3>,
    pub id: i64,
}
#[derive(Debug)]
pub struct EndClaimParams<T1: crate::StringSql> {
    pub reason: T1,
    pub id: i64,
    pub fence: i64,
}
#[derive(Debug)]
pub struct WriteOutcomeParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
> {
    pub outcome: Option<T1>,
    pub pull_request_number: Option<i32>,
    pub pull_request_url: Option<T2>,
    pub head_sha: Option<T3>,
    pub summary: Option<T4>,
    pub evidence: Option<T5>,
    pub model: Option<T6>,
    pub tokens_in: Option<i64>,
    pub tokens_out: Option<i64>,
    pub cost_usd: Option<f64>,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct ReviveClaimParams {
    pub expires_at: jiff::Timestamp,
    pub id: i64,
    pub fence: i64,
}
#[derive(Debug)]
pub struct SetAsideWorkParams<T1: crate::StringSql> {
    pub attempts: i32,
    pub snoozed_until: Option<jiff::Timestamp>,
    pub hidden_agent: Option<T1>,
    pub hidden_until: Option<jiff::Timestamp>,
    pub quarantine: bool,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct SnoozeWorkParams {
    pub until: Option<jiff::Timestamp>,
    pub issue_id: i64,
}
#[derive(Debug)]
pub struct HideWorkParams<T1: crate::StringSql> {
    pub agent: T1,
    pub until: jiff::Timestamp,
    pub id: i64,
}
#[derive(Debug)]
pub struct FileStaleReportParams<T1: crate::StringSql, T2: crate::JsonSql> {
    pub claim_id: i64,
    pub fence: i64,
    pub verb: T1,
    pub body: T2,
}
#[derive(Debug)]
pub struct RememberKeyParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::BytesSql,
> {
    pub principal: T1,
    pub route: T2,
    pub key: T3,
    pub body_sha256: T4,
}
#[derive(Debug)]
pub struct RecallKeyParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub principal: T1,
    pub route: T2,
    pub key: T3,
}
#[derive(Debug)]
pub struct ReferKeyParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub reference: T1,
    pub principal: T2,
    pub route: T3,
    pub key: T4,
}
#[derive(Debug)]
pub struct AnswerKeyParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub claim_id: i64,
    pub principal: T1,
    pub route: T2,
    pub key: T3,
}
#[derive(Debug)]
pub struct RecordRunParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub status: T1,
    pub finished_at: Option<jiff::Timestamp>,
    pub summary: Option<T2>,
    pub claim_id: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateRow {
    pub open_dependencies: Vec<String>,
    pub now: jiff::Timestamp,
    pub work_id: i64,
    pub kind: String,
    pub issue_id: i64,
    pub pull_request_id: Option<i64>,
    pub exclusion_key: String,
    pub lane: String,
    pub offered: bool,
    pub ready_since: Option<jiff::Timestamp>,
    pub rank_key: jiff::Timestamp,
    pub waits_for: i32,
    pub unblocks: i32,
    pub snoozed_until: Option<jiff::Timestamp>,
    pub quarantined_at: Option<jiff::Timestamp>,
    pub hidden_agent: Option<String>,
    pub hidden_until: Option<jiff::Timestamp>,
    pub fix_offered: bool,
    pub number: i32,
    pub title: String,
    pub status: String,
    pub priority: Option<String>,
    pub agent: Option<String>,
    pub closed: bool,
    pub gone: bool,
    pub labels: Vec<String>,
    pub repository_id: i64,
    pub owner: String,
    pub name: String,
    pub enabled: bool,
    pub archived: bool,
    pub intake: String,
    pub author_association: Option<String>,
    pub approved: bool,
    pub claim_id: Option<i64>,
    pub claim_agent: Option<String>,
    pub claim_expires_at: Option<jiff::Timestamp>,
    pub claim_resting: Option<String>,
    pub claim_projected_agent: Option<String>,
    pub searched: bool,
}
pub struct CandidateRowBorrowed<'a> {
    pub open_dependencies: crate::ArrayIterator<'a, &'a str>,
    pub now: jiff::Timestamp,
    pub work_id: i64,
    pub kind: &'a str,
    pub issue_id: i64,
    pub pull_request_id: Option<i64>,
    pub exclusion_key: &'a str,
    pub lane: &'a str,
    pub offered: bool,
    pub ready_since: Option<jiff::Timestamp>,
    pub rank_key: jiff::Timestamp,
    pub waits_for: i32,
    pub unblocks: i32,
    pub snoozed_until: Option<jiff::Timestamp>,
    pub quarantined_at: Option<jiff::Timestamp>,
    pub hidden_agent: Option<&'a str>,
    pub hidden_until: Option<jiff::Timestamp>,
    pub fix_offered: bool,
    pub number: i32,
    pub title: &'a str,
    pub status: &'a str,
    pub priority: Option<&'a str>,
    pub agent: Option<&'a str>,
    pub closed: bool,
    pub gone: bool,
    pub labels: crate::ArrayIterator<'a, &'a str>,
    pub repository_id: i64,
    pub owner: &'a str,
    pub name: &'a str,
    pub enabled: bool,
    pub archived: bool,
    pub intake: &'a str,
    pub author_association: Option<&'a str>,
    pub approved: bool,
    pub claim_id: Option<i64>,
    pub claim_agent: Option<&'a str>,
    pub claim_expires_at: Option<jiff::Timestamp>,
    pub claim_resting: Option<&'a str>,
    pub claim_projected_agent: Option<&'a str>,
    pub searched: bool,
}
impl<'a> From<CandidateRowBorrowed<'a>> for CandidateRow {
    fn from(
        CandidateRowBorrowed {
            open_dependencies,
            now,
            work_id,
            kind,
            issue_id,
            pull_request_id,
            exclusion_key,
            lane,
            offered,
            ready_since,
            rank_key,
            waits_for,
            unblocks,
            snoozed_until,
            quarantined_at,
            hidden_agent,
            hidden_until,
            fix_offered,
            number,
            title,
            status,
            priority,
            agent,
            closed,
            gone,
            labels,
            repository_id,
            owner,
            name,
            enabled,
            archived,
            intake,
            author_association,
            approved,
            claim_id,
            claim_agent,
            claim_expires_at,
            claim_resting,
            claim_projected_agent,
            searched,
        }: CandidateRowBorrowed<'a>,
    ) -> Self {
        Self {
            open_dependencies: open_dependencies.map(|v| v.into()).collect(),
            now,
            work_id,
            kind: kind.into(),
            issue_id,
            pull_request_id,
            exclusion_key: exclusion_key.into(),
            lane: lane.into(),
            offered,
            ready_since,
            rank_key,
            waits_for,
            unblocks,
            snoozed_until,
            quarantined_at,
            hidden_agent: hidden_agent.map(|v| v.into()),
            hidden_until,
            fix_offered,
            number,
            title: title.into(),
            status: status.into(),
            priority: priority.map(|v| v.into()),
            agent: agent.map(|v| v.into()),
            closed,
            gone,
            labels: labels.map(|v| v.into()).collect(),
            repository_id,
            owner: owner.into(),
            name: name.into(),
            enabled,
            archived,
            intake: intake.into(),
            author_association: author_association.map(|v| v.into()),
            approved,
            claim_id,
            claim_agent: claim_agent.map(|v| v.into()),
            claim_expires_at,
            claim_resting: claim_resting.map(|v| v.into()),
            claim_projected_agent: claim_projected_agent.map(|v| v.into()),
            searched,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct RuleRow {
    pub scope: String,
    pub name: String,
    pub id: i64,
    pub claimable: bool,
    pub paused: bool,
    pub wip_limit: Option<i32>,
    pub review_limit: Option<i32>,
    pub excluded_labels: Vec<String>,
    pub lanes: Vec<String>,
    pub held: i64,
    pub in_review: i64,
}
pub struct RuleRowBorrowed<'a> {
    pub scope: &'a str,
    pub name: &'a str,
    pub id: i64,
    pub claimable: bool,
    pub paused: bool,
    pub wip_limit: Option<i32>,
    pub review_limit: Option<i32>,
    pub excluded_labels: crate::ArrayIterator<'a, &'a str>,
    pub lanes: crate::ArrayIterator<'a, &'a str>,
    pub held: i64,
    pub in_review: i64,
}
impl<'a> From<RuleRowBorrowed<'a>> for RuleRow {
    fn from(
        RuleRowBorrowed {
            scope,
            name,
            id,
            claimable,
            paused,
            wip_limit,
            review_limit,
            excluded_labels,
            lanes,
            held,
            in_review,
        }: RuleRowBorrowed<'a>,
    ) -> Self {
        Self {
            scope: scope.into(),
            name: name.into(),
            id,
            claimable,
            paused,
            wip_limit,
            review_limit,
            excluded_labels: excluded_labels.map(|v| v.into()).collect(),
            lanes: lanes.map(|v| v.into()).collect(),
            held,
            in_review,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeSearch {
    pub now: jiff::Timestamp,
    pub expired: bool,
    pub unsettled: bool,
    pub own_claims: Vec<i64>,
    pub own_issues: Vec<i64>,
}
pub struct BeforeSearchBorrowed<'a> {
    pub now: jiff::Timestamp,
    pub expired: bool,
    pub unsettled: bool,
    pub own_claims: crate::ArrayIterator<'a, i64>,
    pub own_issues: crate::ArrayIterator<'a, i64>,
}
impl<'a> From<BeforeSearchBorrowed<'a>> for BeforeSearch {
    fn from(
        BeforeSearchBorrowed { now, expired, unsettled, own_claims, own_issues }: BeforeSearchBorrowed<'a>,
    ) -> Self {
        Self {
            now,
            expired,
            unsettled,
            own_claims: own_claims.map(|v| v).collect(),
            own_issues: own_issues.map(|v| v).collect(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    pub now: jiff::Timestamp,
    pub id: i64,
    pub fence: i64,
    pub work_id: i64,
    pub issue_id: i64,
    pub exclusion_key: String,
    pub kind: String,
    pub agent: String,
    pub lane: String,
    pub state: String,
    pub attempt: i32,
    pub acquired_at: jiff::Timestamp,
    pub renewed_at: jiff::Timestamp,
    pub expires_at: jiff::Timestamp,
    pub resting_status: String,
    pub projected_agent: Option<String>,
    pub phase: String,
    pub note: Option<String>,
    pub checkpoint: Option<serde_json::Value>,
    pub checkpoint_at: Option<jiff::Timestamp>,
    pub branch: Option<String>,
    pub start_head_sha: Option<String>,
    pub head_sha: Option<String>,
    pub outcome: Option<String>,
    pub end_reason: Option<String>,
    pub ended_at: Option<jiff::Timestamp>,
    pub pull_request_number: Option<i32>,
    pub pull_request_url: Option<String>,
    pub summary: Option<String>,
    pub evidence: Option<String>,
    pub model: Option<String>,
    pub tokens_in: Option<i64>,
    pub tokens_out: Option<i64>,
    pub cost_usd: Option<f64>,
    pub ended_by: Option<String>,
    pub end_note: Option<String>,
    pub issue_status: String,
    pub owner: String,
    pub name: String,
    pub number: i32,
}
pub struct ClaimRowBorrowed<'a> {
    pub now: jiff::Timestamp,
    pub id: i64,
    pub fence: i64,
    pub work_id: i64,
    pub issue_id: i64,
    pub exclusion_key: &'a str,
    pub kind: &'a str,
    pub agent: &'a str,
    pub lane: &'a str,
    pub state: &'a str,
    pub attempt: i32,
    pub acquired_at: jiff::Timestamp,
    pub renewed_at: jiff::Timestamp,
    pub expires_at: jiff::Timestamp,
    pub resting_status: &'a str,
    pub projected_agent: Option<&'a str>,
    pub phase: &'a str,
    pub note: Option<&'a str>,
    pub checkpoint: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub checkpoint_at: Option<jiff::Timestamp>,
    pub branch: Option<&'a str>,
    pub start_head_sha: Option<&'a str>,
    pub head_sha: Option<&'a str>,
    pub outcome: Option<&'a str>,
    pub end_reason: Option<&'a str>,
    pub ended_at: Option<jiff::Timestamp>,
    pub pull_request_number: Option<i32>,
    pub pull_request_url: Option<&'a str>,
    pub summary: Option<&'a str>,
    pub evidence: Option<&'a str>,
    pub model: Option<&'a str>,
    pub tokens_in: Option<i64>,
    pub tokens_out: Option<i64>,
    pub cost_usd: Option<f64>,
    pub ended_by: Option<&'a str>,
    pub end_note: Option<&'a str>,
    pub issue_status: &'a str,
    pub owner: &'a str,
    pub name: &'a str,
    pub number: i32,
}
impl<'a> From<ClaimRowBorrowed<'a>> for ClaimRow {
    fn from(
        ClaimRowBorrowed {
            now,
            id,
            fence,
            work_id,
            issue_id,
            exclusion_key,
            kind,
            agent,
            lane,
            state,
            attempt,
            acquired_at,
            renewed_at,
            expires_at,
            resting_status,
            projected_agent,
            phase,
            note,
            checkpoint,
            checkpoint_at,
            branch,
            start_head_sha,
            head_sha,
            outcome,
            end_reason,
            ended_at,
            pull_request_number,
            pull_request_url,
            summary,
            evidence,
            model,
            tokens_in,
            tokens_out,
            cost_usd,
            ended_by,
            end_note,
            issue_status,
            owner,
            name,
            number,
        }: ClaimRowBorrowed<'a>,
    ) -> Self {
        Self {
            now,
            id,
            fence,
            work_id,
            issue_id,
            exclusion_key: exclusion_key.into(),
            kind: kind.into(),
            agent: agent.into(),
            lane: lane.into(),
            state: state.into(),
            attempt,
            acquired_at,
            renewed_at,
            expires_at,
            resting_status: resting_status.into(),
            projected_agent: projected_agent.map(|v| v.into()),
            phase: phase.into(),
            note: note.map(|v| v.into()),
            checkpoint: checkpoint.map(|v| serde_json::from_str(v.0.get()).unwrap()),
            checkpoint_at,
            branch: branch.map(|v| v.into()),
            start_head_sha: start_head_sha.map(|v| v.into()),
            head_sha: head_sha.map(|v| v.into()),
            outcome: outcome.map(|v| v.into()),
            end_reason: end_reason.map(|v| v.into()),
            ended_at,
            pull_request_number,
            pull_request_url: pull_request_url.map(|v| v.into()),
            summary: summary.map(|v| v.into()),
            evidence: evidence.map(|v| v.into()),
            model: model.map(|v| v.into()),
            tokens_in,
            tokens_out,
            cost_usd,
            ended_by: ended_by.map(|v| v.into()),
            end_note: end_note.map(|v| v.into()),
            issue_status: issue_status.into(),
            owner: owner.into(),
            name: name.into(),
            number,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct ExpiredClaims {
    pub id: i64,
    pub issue_id: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct RecallKey {
    pub body_sha256: Vec<u8>,
    pub claim_id: Option<i64>,
    pub fence: Option<i64>,
    pub reference: Option<String>,
}
pub struct RecallKeyBorrowed<'a> {
    pub body_sha256: &'a [u8],
    pub claim_id: Option<i64>,
    pub fence: Option<i64>,
    pub reference: Option<&'a str>,
}
impl<'a> From<RecallKeyBorrowed<'a>> for RecallKey {
    fn from(RecallKeyBorrowed { body_sha256, claim_id, fence, reference }: RecallKeyBorrowed<'a>) -> Self {
        Self { body_sha256: body_sha256.into(), claim_id, fence, reference: reference.map(|v| v.into()) }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct CandidateRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CandidateRowBorrowed, tokio_postgres::Error>,
    mapper: fn(CandidateRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CandidateRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CandidateRowBorrowed) -> R) -> CandidateRowQuery<'c, 'a, 's, C, R, N> {
        CandidateRowQuery {
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
pub struct RuleRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RuleRowBorrowed, tokio_postgres::Error>,
    mapper: fn(RuleRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RuleRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(RuleRowBorrowed) -> R) -> RuleRowQuery<'c, 'a, 's, C, R, N> {
        RuleRowQuery {
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
pub struct BeforeSearchQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BeforeSearchBorrowed, tokio_postgres::Error>,
    mapper: fn(BeforeSearchBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BeforeSearchQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(BeforeSearchBorrowed) -> R) -> BeforeSearchQuery<'c, 'a, 's, C, R, N> {
        BeforeSearchQuery {
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
pub struct StringQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<&str, tokio_postgres::Error>,
    mapper: fn(&str) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> StringQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(&str) -> R) -> StringQuery<'c, 'a, 's, C, R, N> {
        StringQuery {
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
pub struct ClaimRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ClaimRowBorrowed, tokio_postgres::Error>,
    mapper: fn(ClaimRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ClaimRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ClaimRowBorrowed) -> R) -> ClaimRowQuery<'c, 'a, 's, C, R, N> {
        ClaimRowQuery {
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
pub struct ExpiredClaimsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ExpiredClaims, tokio_postgres::Error>,
    mapper: fn(ExpiredClaims) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ExpiredClaimsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ExpiredClaims) -> R) -> ExpiredClaimsQuery<'c, 'a, 's, C, R, N> {
        ExpiredClaimsQuery {
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
pub struct RecallKeyQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RecallKeyBorrowed, tokio_postgres::Error>,
    mapper: fn(RecallKeyBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RecallKeyQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(RecallKeyBorrowed) -> R) -> RecallKeyQuery<'c, 'a, 's, C, R, N> {
        RecallKeyQuery {
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
pub struct CandidatesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn candidates() -> CandidatesStmt {
    CandidatesStmt(
        "select '{}'::text[] as open_dependencies, c.* from candidate c where c.searched and (c.rank_key, c.work_id) > ($1, $2) and case when c.lane = any ($3::text[]) or c.repository_id = any ($4::bigint[]) then false else true end order by c.rank_key, c.work_id limit $5",
        None,
    )
}
impl CandidatesStmt {
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
        T2: crate::ArraySql<Item = T1>,
        T3: crate::ArraySql<Item = i64>,
    >(
        &'s self,
        client: &'c C,
        after_rank: &'a jiff::Timestamp,
        after_id: &'a i64,
        shut_lanes: &'a T2,
        shut_repositories: &'a T3,
        most: &'a i64,
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 5> {
        CandidateRowQuery {
            client,
            params: [after_rank, after_id, shut_lanes, shut_repositories, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CandidateRowBorrowed, tokio_postgres::Error> {
                Ok(CandidateRowBorrowed {
                    open_dependencies: row.try_get(0)?,
                    now: row.try_get(1)?,
                    work_id: row.try_get(2)?,
                    kind: row.try_get(3)?,
                    issue_id: row.try_get(4)?,
                    pull_request_id: row.try_get(5)?,
                    exclusion_key: row.try_get(6)?,
                    lane: row.try_get(7)?,
                    offered: row.try_get(8)?,
                    ready_since: row.try_get(9)?,
                    rank_key: row.try_get(10)?,
                    waits_for: row.try_get(11)?,
                    unblocks: row.try_get(12)?,
                    snoozed_until: row.try_get(13)?,
                    quarantined_at: row.try_get(14)?,
                    hidden_agent: row.try_get(15)?,
                    hidden_until: row.try_get(16)?,
                    fix_offered: row.try_get(17)?,
                    number: row.try_get(18)?,
                    title: row.try_get(19)?,
                    status: row.try_get(20)?,
                    priority: row.try_get(21)?,
                    agent: row.try_get(22)?,
                    closed: row.try_get(23)?,
                    gone: row.try_get(24)?,
                    labels: row.try_get(25)?,
                    repository_id: row.try_get(26)?,
                    owner: row.try_get(27)?,
                    name: row.try_get(28)?,
                    enabled: row.try_get(29)?,
                    archived: row.try_get(30)?,
                    intake: row.try_get(31)?,
                    author_association: row.try_get(32)?,
                    approved: row.try_get(33)?,
                    claim_id: row.try_get(34)?,
                    claim_agent: row.try_get(35)?,
                    claim_expires_at: row.try_get(36)?,
                    claim_resting: row.try_get(37)?,
                    claim_projected_agent: row.try_get(38)?,
                    searched: row.try_get(39)?,
                })
            },
            mapper: |it| CandidateRow::from(it),
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::ArraySql<Item = i64>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CandidatesParams<T1, T2, T3>,
        CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 5>,
        C,
    > for CandidatesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CandidatesParams<T1, T2, T3>,
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 5> {
        self.bind(
            client,
            &params.after_rank,
            &params.after_id,
            &params.shut_lanes,
            &params.shut_repositories,
            &params.most,
        )
    }
}
pub struct CandidatesOfLaneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn candidates_of_lane() -> CandidatesOfLaneStmt {
    CandidatesOfLaneStmt(
        "select '{}'::text[] as open_dependencies, c.* from candidate c where c.searched and c.lane = $1 and (c.rank_key, c.work_id) > ($2, $3) and case when c.repository_id = any ($4::bigint[]) then false else true end order by c.rank_key, c.work_id limit $5",
        None,
    )
}
impl CandidatesOfLaneStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        lane: &'a T1,
        after_rank: &'a jiff::Timestamp,
        after_id: &'a i64,
        shut_repositories: &'a T2,
        most: &'a i64,
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 5> {
        CandidateRowQuery {
            client,
            params: [lane, after_rank, after_id, shut_repositories, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CandidateRowBorrowed, tokio_postgres::Error> {
                Ok(CandidateRowBorrowed {
                    open_dependencies: row.try_get(0)?,
                    now: row.try_get(1)?,
                    work_id: row.try_get(2)?,
                    kind: row.try_get(3)?,
                    issue_id: row.try_get(4)?,
                    pull_request_id: row.try_get(5)?,
                    exclusion_key: row.try_get(6)?,
                    lane: row.try_get(7)?,
                    offered: row.try_get(8)?,
                    ready_since: row.try_get(9)?,
                    rank_key: row.try_get(10)?,
                    waits_for: row.try_get(11)?,
                    unblocks: row.try_get(12)?,
                    snoozed_until: row.try_get(13)?,
                    quarantined_at: row.try_get(14)?,
                    hidden_agent: row.try_get(15)?,
                    hidden_until: row.try_get(16)?,
                    fix_offered: row.try_get(17)?,
                    number: row.try_get(18)?,
                    title: row.try_get(19)?,
                    status: row.try_get(20)?,
                    priority: row.try_get(21)?,
                    agent: row.try_get(22)?,
                    closed: row.try_get(23)?,
                    gone: row.try_get(24)?,
                    labels: row.try_get(25)?,
                    repository_id: row.try_get(26)?,
                    owner: row.try_get(27)?,
                    name: row.try_get(28)?,
                    enabled: row.try_get(29)?,
                    archived: row.try_get(30)?,
                    intake: row.try_get(31)?,
                    author_association: row.try_get(32)?,
                    approved: row.try_get(33)?,
                    claim_id: row.try_get(34)?,
                    claim_agent: row.try_get(35)?,
                    claim_expires_at: row.try_get(36)?,
                    claim_resting: row.try_get(37)?,
                    claim_projected_agent: row.try_get(38)?,
                    searched: row.try_get(39)?,
                })
            },
            mapper: |it| CandidateRow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CandidatesOfLaneParams<T1, T2>,
        CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 5>,
        C,
    > for CandidatesOfLaneStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CandidatesOfLaneParams<T1, T2>,
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 5> {
        self.bind(
            client,
            &params.lane,
            &params.after_rank,
            &params.after_id,
            &params.shut_repositories,
            &params.most,
        )
    }
}
pub struct CandidatesOfIssuesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn candidates_of_issues() -> CandidatesOfIssuesStmt {
    CandidatesOfIssuesStmt(
        "select array( select distinct o.target_owner || '/' || o.target_name || '#' || o.target_number from open_dependency o where o.issue_id = c.issue_id order by 1 ) as open_dependencies, c.* from candidate c where c.issue_id = any ($1::bigint[]) order by c.issue_id, c.kind, c.work_id",
        None,
    )
}
impl CandidatesOfIssuesStmt {
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
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 1> {
        CandidateRowQuery {
            client,
            params: [issues],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CandidateRowBorrowed, tokio_postgres::Error> {
                Ok(CandidateRowBorrowed {
                    open_dependencies: row.try_get(0)?,
                    now: row.try_get(1)?,
                    work_id: row.try_get(2)?,
                    kind: row.try_get(3)?,
                    issue_id: row.try_get(4)?,
                    pull_request_id: row.try_get(5)?,
                    exclusion_key: row.try_get(6)?,
                    lane: row.try_get(7)?,
                    offered: row.try_get(8)?,
                    ready_since: row.try_get(9)?,
                    rank_key: row.try_get(10)?,
                    waits_for: row.try_get(11)?,
                    unblocks: row.try_get(12)?,
                    snoozed_until: row.try_get(13)?,
                    quarantined_at: row.try_get(14)?,
                    hidden_agent: row.try_get(15)?,
                    hidden_until: row.try_get(16)?,
                    fix_offered: row.try_get(17)?,
                    number: row.try_get(18)?,
                    title: row.try_get(19)?,
                    status: row.try_get(20)?,
                    priority: row.try_get(21)?,
                    agent: row.try_get(22)?,
                    closed: row.try_get(23)?,
                    gone: row.try_get(24)?,
                    labels: row.try_get(25)?,
                    repository_id: row.try_get(26)?,
                    owner: row.try_get(27)?,
                    name: row.try_get(28)?,
                    enabled: row.try_get(29)?,
                    archived: row.try_get(30)?,
                    intake: row.try_get(31)?,
                    author_association: row.try_get(32)?,
                    approved: row.try_get(33)?,
                    claim_id: row.try_get(34)?,
                    claim_agent: row.try_get(35)?,
                    claim_expires_at: row.try_get(36)?,
                    claim_resting: row.try_get(37)?,
                    claim_projected_agent: row.try_get(38)?,
                    searched: row.try_get(39)?,
                })
            },
            mapper: |it| CandidateRow::from(it),
        }
    }
}
pub struct LockFirstFreeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_first_free() -> LockFirstFreeStmt {
    LockFirstFreeStmt(
        "select i.id from unnest($1::bigint[], $2::text[]) with ordinality as listed (id, status, place) join issue i on i.id = listed.id and i.status = listed.status order by listed.place limit 1 for update of i skip locked",
        None,
    )
}
impl LockFirstFreeStmt {
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
        T1: crate::ArraySql<Item = i64>,
        T2: crate::StringSql,
        T3: crate::ArraySql<Item = T2>,
    >(
        &'s self,
        client: &'c C,
        issues: &'a T1,
        statuses: &'a T3,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        I64Query {
            client,
            params: [issues, statuses],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::ArraySql<Item = i64>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        LockFirstFreeParams<T1, T2, T3>,
        I64Query<'c, 'a, 's, C, i64, 2>,
        C,
    > for LockFirstFreeStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a LockFirstFreeParams<T1, T2, T3>,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        self.bind(client, &params.issues, &params.statuses)
    }
}
pub struct QueueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn queue() -> QueueStmt {
    QueueStmt(
        "select array( select distinct o.target_owner || '/' || o.target_name || '#' || o.target_number from open_dependency o where o.issue_id = c.issue_id order by 1 ) as open_dependencies, c.* from candidate c where c.offered and (cardinality($1::text[]) = 0 or c.lane = any ($1::text[])) order by c.rank_key, c.work_id limit $2",
        None,
    )
}
impl QueueStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>(
        &'s self,
        client: &'c C,
        lanes: &'a T2,
        most: &'a i64,
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 2> {
        CandidateRowQuery {
            client,
            params: [lanes, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CandidateRowBorrowed, tokio_postgres::Error> {
                Ok(CandidateRowBorrowed {
                    open_dependencies: row.try_get(0)?,
                    now: row.try_get(1)?,
                    work_id: row.try_get(2)?,
                    kind: row.try_get(3)?,
                    issue_id: row.try_get(4)?,
                    pull_request_id: row.try_get(5)?,
                    exclusion_key: row.try_get(6)?,
                    lane: row.try_get(7)?,
                    offered: row.try_get(8)?,
                    ready_since: row.try_get(9)?,
                    rank_key: row.try_get(10)?,
                    waits_for: row.try_get(11)?,
                    unblocks: row.try_get(12)?,
                    snoozed_until: row.try_get(13)?,
                    quarantined_at: row.try_get(14)?,
                    hidden_agent: row.try_get(15)?,
                    hidden_until: row.try_get(16)?,
                    fix_offered: row.try_get(17)?,
                    number: row.try_get(18)?,
                    title: row.try_get(19)?,
                    status: row.try_get(20)?,
                    priority: row.try_get(21)?,
                    agent: row.try_get(22)?,
                    closed: row.try_get(23)?,
                    gone: row.try_get(24)?,
                    labels: row.try_get(25)?,
                    repository_id: row.try_get(26)?,
                    owner: row.try_get(27)?,
                    name: row.try_get(28)?,
                    enabled: row.try_get(29)?,
                    archived: row.try_get(30)?,
                    intake: row.try_get(31)?,
                    author_association: row.try_get(32)?,
                    approved: row.try_get(33)?,
                    claim_id: row.try_get(34)?,
                    claim_agent: row.try_get(35)?,
                    claim_expires_at: row.try_get(36)?,
                    claim_resting: row.try_get(37)?,
                    claim_projected_agent: row.try_get(38)?,
                    searched: row.try_get(39)?,
                })
            },
            mapper: |it| CandidateRow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        QueueParams<T1, T2>,
        CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 2>,
        C,
    > for QueueStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a QueueParams<T1, T2>,
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 2> {
        self.bind(client, &params.lanes, &params.most)
    }
}
pub struct QueueAheadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn queue_ahead() -> QueueAheadStmt {
    QueueAheadStmt(
        "select '{}'::text[] as open_dependencies, c.* from candidate c where c.searched and c.lane = $1 and (c.rank_key, c.work_id) < ($2, $3) order by c.rank_key, c.work_id limit $4",
        None,
    )
}
impl QueueAheadStmt {
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
        lane: &'a T1,
        rank: &'a jiff::Timestamp,
        id: &'a i64,
        most: &'a i64,
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 4> {
        CandidateRowQuery {
            client,
            params: [lane, rank, id, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CandidateRowBorrowed, tokio_postgres::Error> {
                Ok(CandidateRowBorrowed {
                    open_dependencies: row.try_get(0)?,
                    now: row.try_get(1)?,
                    work_id: row.try_get(2)?,
                    kind: row.try_get(3)?,
                    issue_id: row.try_get(4)?,
                    pull_request_id: row.try_get(5)?,
                    exclusion_key: row.try_get(6)?,
                    lane: row.try_get(7)?,
                    offered: row.try_get(8)?,
                    ready_since: row.try_get(9)?,
                    rank_key: row.try_get(10)?,
                    waits_for: row.try_get(11)?,
                    unblocks: row.try_get(12)?,
                    snoozed_until: row.try_get(13)?,
                    quarantined_at: row.try_get(14)?,
                    hidden_agent: row.try_get(15)?,
                    hidden_until: row.try_get(16)?,
                    fix_offered: row.try_get(17)?,
                    number: row.try_get(18)?,
                    title: row.try_get(19)?,
                    status: row.try_get(20)?,
                    priority: row.try_get(21)?,
                    agent: row.try_get(22)?,
                    closed: row.try_get(23)?,
                    gone: row.try_get(24)?,
                    labels: row.try_get(25)?,
                    repository_id: row.try_get(26)?,
                    owner: row.try_get(27)?,
                    name: row.try_get(28)?,
                    enabled: row.try_get(29)?,
                    archived: row.try_get(30)?,
                    intake: row.try_get(31)?,
                    author_association: row.try_get(32)?,
                    approved: row.try_get(33)?,
                    claim_id: row.try_get(34)?,
                    claim_agent: row.try_get(35)?,
                    claim_expires_at: row.try_get(36)?,
                    claim_resting: row.try_get(37)?,
                    claim_projected_agent: row.try_get(38)?,
                    searched: row.try_get(39)?,
                })
            },
            mapper: |it| CandidateRow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        QueueAheadParams<T1>,
        CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 4>,
        C,
    > for QueueAheadStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a QueueAheadParams<T1>,
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 4> {
        self.bind(client, &params.lane, &params.rank, &params.id, &params.most)
    }
}
pub struct CandidatesHeldBackStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn candidates_held_back() -> CandidatesHeldBackStmt {
    CandidatesHeldBackStmt(
        "select array( select distinct o.target_owner || '/' || o.target_name || '#' || o.target_number from open_dependency o where o.issue_id = c.issue_id order by 1 ) as open_dependencies, c.* from candidate c where c.issue_id = any (array( select i.id from issue i where not i.closed and not i.gone and i.status <> 'ready' order by i.id limit $1)) and not c.offered and (cardinality($2::text[]) = 0 or c.lane = any ($2::text[]))",
        None,
    )
}
impl CandidatesHeldBackStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>(
        &'s self,
        client: &'c C,
        most: &'a i64,
        lanes: &'a T2,
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 2> {
        CandidateRowQuery {
            client,
            params: [most, lanes],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CandidateRowBorrowed, tokio_postgres::Error> {
                Ok(CandidateRowBorrowed {
                    open_dependencies: row.try_get(0)?,
                    now: row.try_get(1)?,
                    work_id: row.try_get(2)?,
                    kind: row.try_get(3)?,
                    issue_id: row.try_get(4)?,
                    pull_request_id: row.try_get(5)?,
                    exclusion_key: row.try_get(6)?,
                    lane: row.try_get(7)?,
                    offered: row.try_get(8)?,
                    ready_since: row.try_get(9)?,
                    rank_key: row.try_get(10)?,
                    waits_for: row.try_get(11)?,
                    unblocks: row.try_get(12)?,
                    snoozed_until: row.try_get(13)?,
                    quarantined_at: row.try_get(14)?,
                    hidden_agent: row.try_get(15)?,
                    hidden_until: row.try_get(16)?,
                    fix_offered: row.try_get(17)?,
                    number: row.try_get(18)?,
                    title: row.try_get(19)?,
                    status: row.try_get(20)?,
                    priority: row.try_get(21)?,
                    agent: row.try_get(22)?,
                    closed: row.try_get(23)?,
                    gone: row.try_get(24)?,
                    labels: row.try_get(25)?,
                    repository_id: row.try_get(26)?,
                    owner: row.try_get(27)?,
                    name: row.try_get(28)?,
                    enabled: row.try_get(29)?,
                    archived: row.try_get(30)?,
                    intake: row.try_get(31)?,
                    author_association: row.try_get(32)?,
                    approved: row.try_get(33)?,
                    claim_id: row.try_get(34)?,
                    claim_agent: row.try_get(35)?,
                    claim_expires_at: row.try_get(36)?,
                    claim_resting: row.try_get(37)?,
                    claim_projected_agent: row.try_get(38)?,
                    searched: row.try_get(39)?,
                })
            },
            mapper: |it| CandidateRow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CandidatesHeldBackParams<T1, T2>,
        CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 2>,
        C,
    > for CandidatesHeldBackStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CandidatesHeldBackParams<T1, T2>,
    ) -> CandidateRowQuery<'c, 'a, 's, C, CandidateRow, 2> {
        self.bind(client, &params.most, &params.lanes)
    }
}
pub struct RulesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rules() -> RulesStmt {
    RulesStmt(
        "select 'lane' as scope, l.name, 0::bigint as id, l.claimable, l.paused, l.wip_limit, null::integer as review_limit, '{}'::text[] as excluded_labels, '{}'::text[] as lanes, case when l.wip_limit is null then 0 else (select count(*) from claim c where c.lane = l.name and c.state = 'active') end as held, 0::bigint as in_review from lane l where not l.claimable or l.paused or l.wip_limit is not null union all select 'repository', '', r.id, r.enabled and not r.archived and not r.gone, false, r.wip_limit, r.review_limit, r.excluded_labels, '{}', case when coalesce(r.wip_limit, r.review_limit) is null then 0 else (select count(*) from claim c where c.repository_id = r.id and c.state = 'active') end, case when r.review_limit is null then 0 else (select count(*) from issue i where i.repository_id = r.id and i.status = 'in-review' and not i.gone) end from repository r where r.wip_limit is not null or r.review_limit is not null or r.excluded_labels <> '{}' or not r.enabled or r.archived or r.gone union all select 'agent', a.name, 0, true, false, a.capacity, null, '{}', a.lanes, case when a.capacity is null then 0 else (select count(*) from claim c where c.agent = a.name and c.state = (select 'active')) end, 0 from agent a where a.name = $1",
        None,
    )
}
impl RulesStmt {
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
        agent: &'a T1,
    ) -> RuleRowQuery<'c, 'a, 's, C, RuleRow, 1> {
        RuleRowQuery {
            client,
            params: [agent],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RuleRowBorrowed, tokio_postgres::Error> {
                Ok(RuleRowBorrowed {
                    scope: row.try_get(0)?,
                    name: row.try_get(1)?,
                    id: row.try_get(2)?,
                    claimable: row.try_get(3)?,
                    paused: row.try_get(4)?,
                    wip_limit: row.try_get(5)?,
                    review_limit: row.try_get(6)?,
                    excluded_labels: row.try_get(7)?,
                    lanes: row.try_get(8)?,
                    held: row.try_get(9)?,
                    in_review: row.try_get(10)?,
                })
            },
            mapper: |it| RuleRow::from(it),
        }
    }
}
pub struct BeforeSearchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn before_search() -> BeforeSearchStmt {
    BeforeSearchStmt(
        "select dispatch_now() as now, coalesce((select min(expires_at) from claim where state = (select 'active')) <= dispatch_now(), false) as expired, exists (select from dependency_change) as unsettled, coalesce(array_agg(own.id order by own.id), '{}') as own_claims, coalesce(array_agg(own.issue_id order by own.id), '{}') as own_issues from claim own where own.agent = $1 and own.state = (select 'active')",
        None,
    )
}
impl BeforeSearchStmt {
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
        agent: &'a T1,
    ) -> BeforeSearchQuery<'c, 'a, 's, C, BeforeSearch, 1> {
        BeforeSearchQuery {
            client,
            params: [agent],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<BeforeSearchBorrowed, tokio_postgres::Error> {
                Ok(BeforeSearchBorrowed {
                    now: row.try_get(0)?,
                    expired: row.try_get(1)?,
                    unsettled: row.try_get(2)?,
                    own_claims: row.try_get(3)?,
                    own_issues: row.try_get(4)?,
                })
            },
            mapper: |it| BeforeSearch::from(it),
        }
    }
}
pub struct TakeWaitStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn take_wait() -> TakeWaitStmt {
    TakeWaitStmt(
        "insert into claim_wait (agent, until) select $1, dispatch_now() + make_interval(secs => $2) where (select count(*) from claim_wait w where w.until > dispatch_now() and w.agent <> $1) < $3::bigint on conflict (agent) do update set until = excluded.until",
        None,
    )
}
impl TakeWaitStmt {
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
        agent: &'a T1,
        seconds: &'a f64,
        most: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[agent, seconds, most]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        TakeWaitParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for TakeWaitStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TakeWaitParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.agent, &params.seconds, &params.most))
    }
}
pub struct LeaveWaitStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn leave_wait() -> LeaveWaitStmt {
    LeaveWaitStmt("delete from claim_wait where agent = $1", None)
}
impl LeaveWaitStmt {
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
        agent: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[agent]).await
    }
}
pub struct PruneWaitsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_waits() -> PruneWaitsStmt {
    PruneWaitsStmt("delete from claim_wait where until < dispatch_now() - interval '1 minute'", None)
}
impl PruneWaitsStmt {
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
pub struct LockLaneLimitStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_lane_limit() -> LockLaneLimitStmt {
    LockLaneLimitStmt(
        "select name from lane where name = $1 and wip_limit is not null for no key update",
        None,
    )
}
impl LockLaneLimitStmt {
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
        lane: &'a T1,
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [lane],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct LockRepositoryLimitStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_repository_limit() -> LockRepositoryLimitStmt {
    LockRepositoryLimitStmt(
        "select id from repository where id = $1 and (wip_limit is not null or review_limit is not null) for no key update",
        None,
    )
}
impl LockRepositoryLimitStmt {
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
pub struct LockAgentLimitStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_agent_limit() -> LockAgentLimitStmt {
    LockAgentLimitStmt(
        "select name from agent where name = $1 and capacity is not null for no key update",
        None,
    )
}
impl LockAgentLimitStmt {
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
        agent: &'a T1,
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [agent],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct InsertClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_claim() -> InsertClaimStmt {
    InsertClaimStmt(
        "with c as ( insert into claim (work_id, issue_id, repository_id, exclusion_key, kind, agent, lane, attempt, acquired_at, renewed_at, expires_at, resting_status, projected_agent, branch, start_head_sha, correlation_id) values ($1, $2, $3, $4, $5, $6, $7, (select count(*)::integer + 1 from claim p where p.work_id = $1), dispatch_now(), dispatch_now(), $8, $9, $10, $11, coalesce($12, (select p.head_sha from claim p where p.work_id = $1 order by p.id desc limit 1)), $13) on conflict (exclusion_key) where state = 'active' do nothing returning * ), run as ( insert into agent_run (agent, run_type, status, started_at, touched_issue_urls, claim_id, created_at) select agent, kind, 'running', acquired_at, array[$14], id, dispatch_now() from c ) select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt, c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint, c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number, c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd, c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number from c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id",
        None,
    )
}
impl InsertClaimStmt {
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
        T4: crate::StringSql,
        T5: crate::StringSql,
        T6: crate::StringSql,
        T7: crate::StringSql,
        T8: crate::StringSql,
        T9: crate::StringSql,
        T10: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        work_id: &'a i64,
        issue_id: &'a i64,
        repository_id: &'a Option<i64>,
        exclusion_key: &'a T1,
        kind: &'a T2,
        agent: &'a T3,
        lane: &'a T4,
        expires_at: &'a jiff::Timestamp,
        resting_status: &'a T5,
        projected_agent: &'a Option<T6>,
        branch: &'a Option<T7>,
        start_head_sha: &'a Option<T8>,
        correlation_id: &'a T9,
        url: &'a T10,
    ) -> ClaimRowQuery<'c, 'a, 's, C, ClaimRow, 14> {
        ClaimRowQuery {
            client,
            params: [
                work_id,
                issue_id,
                repository_id,
                exclusion_key,
                kind,
                agent,
                lane,
                expires_at,
                resting_status,
                projected_agent,
                branch,
                start_head_sha,
                correlation_id,
                url,
            ],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ClaimRowBorrowed, tokio_postgres::Error> {
                Ok(ClaimRowBorrowed {
                    now: row.try_get(0)?,
                    id: row.try_get(1)?,
                    fence: row.try_get(2)?,
                    work_id: row.try_get(3)?,
                    issue_id: row.try_get(4)?,
                    exclusion_key: row.try_get(5)?,
                    kind: row.try_get(6)?,
                    agent: row.try_get(7)?,
                    lane: row.try_get(8)?,
                    state: row.try_get(9)?,
                    attempt: row.try_get(10)?,
                    acquired_at: row.try_get(11)?,
                    renewed_at: row.try_get(12)?,
                    expires_at: row.try_get(13)?,
                    resting_status: row.try_get(14)?,
                    projected_agent: row.try_get(15)?,
                    phase: row.try_get(16)?,
                    note: row.try_get(17)?,
                    checkpoint: row.try_get(18)?,
                    checkpoint_at: row.try_get(19)?,
                    branch: row.try_get(20)?,
                    start_head_sha: row.try_get(21)?,
                    head_sha: row.try_get(22)?,
                    outcome: row.try_get(23)?,
                    end_reason: row.try_get(24)?,
                    ended_at: row.try_get(25)?,
                    pull_request_number: row.try_get(26)?,
                    pull_request_url: row.try_get(27)?,
                    summary: row.try_get(28)?,
                    evidence: row.try_get(29)?,
                    model: row.try_get(30)?,
                    tokens_in: row.try_get(31)?,
                    tokens_out: row.try_get(32)?,
                    cost_usd: row.try_get(33)?,
                    ended_by: row.try_get(34)?,
                    end_note: row.try_get(35)?,
                    issue_status: row.try_get(36)?,
                    owner: row.try_get(37)?,
                    name: row.try_get(38)?,
                    number: row.try_get(39)?,
                })
            },
            mapper: |it| ClaimRow::from(it),
        }
    }
}
impl<
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
    T10: crate::StringSql,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        InsertClaimParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>,
        ClaimRowQuery<'c, 'a, 's, C, ClaimRow, 14>,
        C,
    > for InsertClaimStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a InsertClaimParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>,
    ) -> ClaimRowQuery<'c, 'a, 's, C, ClaimRow, 14> {
        self.bind(
            client,
            &params.work_id,
            &params.issue_id,
            &params.repository_id,
            &params.exclusion_key,
            &params.kind,
            &params.agent,
            &params.lane,
            &params.expires_at,
            &params.resting_status,
            &params.projected_agent,
            &params.branch,
            &params.start_head_sha,
            &params.correlation_id,
            &params.url,
        )
    }
}
pub struct ResumeClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn resume_claim() -> ResumeClaimStmt {
    ResumeClaimStmt(
        "update claim set fence = nextval('claim_fence'), renewed_at = dispatch_now(), expires_at = $1 where id = $2 and agent = $3 and state = 'active' returning fence",
        None,
    )
}
impl ResumeClaimStmt {
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
        expires_at: &'a jiff::Timestamp,
        id: &'a i64,
        agent: &'a T1,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        I64Query {
            client,
            params: [expires_at, id, agent],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, ResumeClaimParams<T1>, I64Query<'c, 'a, 's, C, i64, 3>, C>
    for ResumeClaimStmt
{
    fn params(&'s self, client: &'c C, params: &'a ResumeClaimParams<T1>) -> I64Query<'c, 'a, 's, C, i64, 3> {
        self.bind(client, &params.expires_at, &params.id, &params.agent)
    }
}
pub struct ClaimByIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn claim_by_id() -> ClaimByIdStmt {
    ClaimByIdStmt(
        "select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt, c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint, c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number, c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd, c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number from claim c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id where c.id = $1",
        None,
    )
}
impl ClaimByIdStmt {
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
    ) -> ClaimRowQuery<'c, 'a, 's, C, ClaimRow, 1> {
        ClaimRowQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ClaimRowBorrowed, tokio_postgres::Error> {
                Ok(ClaimRowBorrowed {
                    now: row.try_get(0)?,
                    id: row.try_get(1)?,
                    fence: row.try_get(2)?,
                    work_id: row.try_get(3)?,
                    issue_id: row.try_get(4)?,
                    exclusion_key: row.try_get(5)?,
                    kind: row.try_get(6)?,
                    agent: row.try_get(7)?,
                    lane: row.try_get(8)?,
                    state: row.try_get(9)?,
                    attempt: row.try_get(10)?,
                    acquired_at: row.try_get(11)?,
                    renewed_at: row.try_get(12)?,
                    expires_at: row.try_get(13)?,
                    resting_status: row.try_get(14)?,
                    projected_agent: row.try_get(15)?,
                    phase: row.try_get(16)?,
                    note: row.try_get(17)?,
                    checkpoint: row.try_get(18)?,
                    checkpoint_at: row.try_get(19)?,
                    branch: row.try_get(20)?,
                    start_head_sha: row.try_get(21)?,
                    head_sha: row.try_get(22)?,
                    outcome: row.try_get(23)?,
                    end_reason: row.try_get(24)?,
                    ended_at: row.try_get(25)?,
                    pull_request_number: row.try_get(26)?,
                    pull_request_url: row.try_get(27)?,
                    summary: row.try_get(28)?,
                    evidence: row.try_get(29)?,
                    model: row.try_get(30)?,
                    tokens_in: row.try_get(31)?,
                    tokens_out: row.try_get(32)?,
                    cost_usd: row.try_get(33)?,
                    ended_by: row.try_get(34)?,
                    end_note: row.try_get(35)?,
                    issue_status: row.try_get(36)?,
                    owner: row.try_get(37)?,
                    name: row.try_get(38)?,
                    number: row.try_get(39)?,
                })
            },
            mapper: |it| ClaimRow::from(it),
        }
    }
}
pub struct ClaimsOfAgentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn claims_of_agent() -> ClaimsOfAgentStmt {
    ClaimsOfAgentStmt(
        "select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt, c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint, c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number, c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd, c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number from claim c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id where ($1::text = '' or c.agent = $1) and ($2::text = '' or c.state = $2) and c.id < $3 order by c.id desc limit $4",
        None,
    )
}
impl ClaimsOfAgentStmt {
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
        agent: &'a T1,
        state: &'a T2,
        before: &'a i64,
        most: &'a i64,
    ) -> ClaimRowQuery<'c, 'a, 's, C, ClaimRow, 4> {
        ClaimRowQuery {
            client,
            params: [agent, state, before, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ClaimRowBorrowed, tokio_postgres::Error> {
                Ok(ClaimRowBorrowed {
                    now: row.try_get(0)?,
                    id: row.try_get(1)?,
                    fence: row.try_get(2)?,
                    work_id: row.try_get(3)?,
                    issue_id: row.try_get(4)?,
                    exclusion_key: row.try_get(5)?,
                    kind: row.try_get(6)?,
                    agent: row.try_get(7)?,
                    lane: row.try_get(8)?,
                    state: row.try_get(9)?,
                    attempt: row.try_get(10)?,
                    acquired_at: row.try_get(11)?,
                    renewed_at: row.try_get(12)?,
                    expires_at: row.try_get(13)?,
                    resting_status: row.try_get(14)?,
                    projected_agent: row.try_get(15)?,
                    phase: row.try_get(16)?,
                    note: row.try_get(17)?,
                    checkpoint: row.try_get(18)?,
                    checkpoint_at: row.try_get(19)?,
                    branch: row.try_get(20)?,
                    start_head_sha: row.try_get(21)?,
                    head_sha: row.try_get(22)?,
                    outcome: row.try_get(23)?,
                    end_reason: row.try_get(24)?,
                    ended_at: row.try_get(25)?,
                    pull_request_number: row.try_get(26)?,
                    pull_request_url: row.try_get(27)?,
                    summary: row.try_get(28)?,
                    evidence: row.try_get(29)?,
                    model: row.try_get(30)?,
                    tokens_in: row.try_get(31)?,
                    tokens_out: row.try_get(32)?,
                    cost_usd: row.try_get(33)?,
                    ended_by: row.try_get(34)?,
                    end_note: row.try_get(35)?,
                    issue_status: row.try_get(36)?,
                    owner: row.try_get(37)?,
                    name: row.try_get(38)?,
                    number: row.try_get(39)?,
                })
            },
            mapper: |it| ClaimRow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ClaimsOfAgentParams<T1, T2>,
        ClaimRowQuery<'c, 'a, 's, C, ClaimRow, 4>,
        C,
    > for ClaimsOfAgentStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ClaimsOfAgentParams<T1, T2>,
    ) -> ClaimRowQuery<'c, 'a, 's, C, ClaimRow, 4> {
        self.bind(client, &params.agent, &params.state, &params.before, &params.most)
    }
}
pub struct AttemptsOfIssueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn attempts_of_issue() -> AttemptsOfIssueStmt {
    AttemptsOfIssueStmt(
        "select dispatch_now() as now, c.id, c.fence, c.work_id, c.issue_id, c.exclusion_key, c.kind, c.agent, c.lane, c.state, c.attempt, c.acquired_at, c.renewed_at, c.expires_at, c.resting_status, c.projected_agent, c.phase, c.note, c.checkpoint, c.checkpoint_at, c.branch, c.start_head_sha, c.head_sha, c.outcome, c.end_reason, c.ended_at, c.pull_request_number, c.pull_request_url, c.summary, c.evidence, c.model, c.tokens_in, c.tokens_out, c.cost_usd, c.ended_by, c.end_note, i.status as issue_status, r.owner, r.name, i.number from claim c join issue i on i.id = c.issue_id join repository r on r.id = i.repository_id where c.issue_id = $1 and c.id <> $2 order by c.id desc limit $3",
        None,
    )
}
impl AttemptsOfIssueStmt {
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
        except: &'a i64,
        most: &'a i64,
    ) -> ClaimRowQuery<'c, 'a, 's, C, ClaimRow, 3> {
        ClaimRowQuery {
            client,
            params: [issue_id, except, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ClaimRowBorrowed, tokio_postgres::Error> {
                Ok(ClaimRowBorrowed {
                    now: row.try_get(0)?,
                    id: row.try_get(1)?,
                    fence: row.try_get(2)?,
                    work_id: row.try_get(3)?,
                    issue_id: row.try_get(4)?,
                    exclusion_key: row.try_get(5)?,
                    kind: row.try_get(6)?,
                    agent: row.try_get(7)?,
                    lane: row.try_get(8)?,
                    state: row.try_get(9)?,
                    attempt: row.try_get(10)?,
                    acquired_at: row.try_get(11)?,
                    renewed_at: row.try_get(12)?,
                    expires_at: row.try_get(13)?,
                    resting_status: row.try_get(14)?,
                    projected_agent: row.try_get(15)?,
                    phase: row.try_get(16)?,
                    note: row.try_get(17)?,
                    checkpoint: row.try_get(18)?,
                    checkpoint_at: row.try_get(19)?,
                    branch: row.try_get(20)?,
                    start_head_sha: row.try_get(21)?,
                    head_sha: row.try_get(22)?,
                    outcome: row.try_get(23)?,
                    end_reason: row.try_get(24)?,
                    ended_at: row.try_get(25)?,
                    pull_request_number: row.try_get(26)?,
                    pull_request_url: row.try_get(27)?,
                    summary: row.try_get(28)?,
                    evidence: row.try_get(29)?,
                    model: row.try_get(30)?,
                    tokens_in: row.try_get(31)?,
                    tokens_out: row.try_get(32)?,
                    cost_usd: row.try_get(33)?,
                    ended_by: row.try_get(34)?,
                    end_note: row.try_get(35)?,
                    issue_status: row.try_get(36)?,
                    owner: row.try_get(37)?,
                    name: row.try_get(38)?,
                    number: row.try_get(39)?,
                })
            },
            mapper: |it| ClaimRow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AttemptsOfIssueParams,
        ClaimRowQuery<'c, 'a, 's, C, ClaimRow, 3>,
        C,
    > for AttemptsOfIssueStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AttemptsOfIssueParams,
    ) -> ClaimRowQuery<'c, 'a, 's, C, ClaimRow, 3> {
        self.bind(client, &params.issue_id, &params.except, &params.most)
    }
}
pub struct RenewClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn renew_claim() -> RenewClaimStmt {
    RenewClaimStmt(
        "update claim set renewed_at = dispatch_now(), expires_at = greatest(expires_at, $1) where id = $2 and fence = $3 and state = 'active'",
        None,
    )
}
impl RenewClaimStmt {
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
        expires_at: &'a jiff::Timestamp,
        id: &'a i64,
        fence: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[expires_at, id, fence]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RenewClaimParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RenewClaimStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RenewClaimParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.expires_at, &params.id, &params.fence))
    }
}
pub struct CheckpointClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn checkpoint_claim() -> CheckpointClaimStmt {
    CheckpointClaimStmt(
        "with told as ( update claim set renewed_at = dispatch_now(), expires_at = greatest(expires_at, $1), phase = coalesce($2, phase), note = coalesce($3, note), checkpoint = coalesce($4, checkpoint), branch = coalesce($5, branch), head_sha = coalesce($6, head_sha), checkpoint_at = dispatch_now() where id = $7 and fence = $8 and state = 'active' returning id, checkpoint_at, phase, branch, head_sha ) insert into checkpoint (claim_id, at, phase, note, branch, head_sha) select id, checkpoint_at, phase, $3, branch, head_sha from told",
        None,
    )
}
impl CheckpointClaimStmt {
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
        T3: crate::JsonSql,
        T4: crate::StringSql,
        T5: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        expires_at: &'a jiff::Timestamp,
        phase: &'a Option<T1>,
        note: &'a Option<T2>,
        checkpoint: &'a Option<T3>,
        branch: &'a Option<T4>,
        head_sha: &'a Option<T5>,
        id: &'a i64,
        fence: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[expires_at, phase, note, checkpoint, branch, head_sha, id, fence]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::JsonSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        CheckpointClaimParams<T1, T2, T3, T4, T5>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for CheckpointClaimStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a CheckpointClaimParams<T1, T2, T3, T4, T5>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.expires_at,
            &params.phase,
            &params.note,
            &params.checkpoint,
            &params.branch,
            &params.head_sha,
            &params.id,
            &params.fence,
        ))
    }
}
pub struct ExpireClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn expire_claim() -> ExpireClaimStmt {
    ExpireClaimStmt(
        "update claim set state = 'ended', end_reason = $1, ended_at = dispatch_now() where id = $2 and state = 'active' and expires_at <= dispatch_now()",
        None,
    )
}
impl ExpireClaimStmt {
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
        ExpireClaimParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ExpireClaimStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ExpireClaimParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.reason, &params.id))
    }
}
pub struct StopClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn stop_claim() -> StopClaimStmt {
    StopClaimStmt(
        "update claim set state = 'ended', end_reason = $1, ended_at = dispatch_now(), ended_by = $2, end_note = $3 where id = $4 and state = 'active'",
        None,
    )
}
impl StopClaimStmt {
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
        reason: &'a T1,
        ended_by: &'a T2,
        end_note: &'a Option<T3>,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[reason, ended_by, end_note, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        StopClaimParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for StopClaimStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a StopClaimParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.reason, &params.ended_by, &params.end_note, &params.id))
    }
}
pub struct EndClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn end_claim() -> EndClaimStmt {
    EndClaimStmt(
        "update claim set state = 'ended', end_reason = $1, ended_at = dispatch_now() where id = $2 and fence = $3 and state = 'active'",
        None,
    )
}
impl EndClaimStmt {
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
        fence: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[reason, id, fence]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        EndClaimParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for EndClaimStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a EndClaimParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.reason, &params.id, &params.fence))
    }
}
pub struct WriteOutcomeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_outcome() -> WriteOutcomeStmt {
    WriteOutcomeStmt(
        "update claim set outcome = $1, pull_request_number = $2, pull_request_url = $3, head_sha = coalesce($4, head_sha), summary = $5, evidence = $6, model = $7, tokens_in = $8, tokens_out = $9, cost_usd = $10 where id = $11",
        None,
    )
}
impl WriteOutcomeStmt {
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
        outcome: &'a Option<T1>,
        pull_request_number: &'a Option<i32>,
        pull_request_url: &'a Option<T2>,
        head_sha: &'a Option<T3>,
        summary: &'a Option<T4>,
        evidence: &'a Option<T5>,
        model: &'a Option<T6>,
        tokens_in: &'a Option<i64>,
        tokens_out: &'a Option<i64>,
        cost_usd: &'a Option<f64>,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    outcome,
                    pull_request_number,
                    pull_request_url,
                    head_sha,
                    summary,
                    evidence,
                    model,
                    tokens_in,
                    tokens_out,
                    cost_usd,
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
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteOutcomeParams<T1, T2, T3, T4, T5, T6>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteOutcomeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteOutcomeParams<T1, T2, T3, T4, T5, T6>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.outcome,
            &params.pull_request_number,
            &params.pull_request_url,
            &params.head_sha,
            &params.summary,
            &params.evidence,
            &params.model,
            &params.tokens_in,
            &params.tokens_out,
            &params.cost_usd,
            &params.id,
        ))
    }
}
pub struct ReviveClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn revive_claim() -> ReviveClaimStmt {
    ReviveClaimStmt(
        "update claim c set state = 'active', end_reason = null, ended_at = null, renewed_at = dispatch_now(), expires_at = $1 where c.id = $2 and c.fence = $3 and c.state = 'ended' and c.end_reason = 'expired' and not exists (select from claim n where n.exclusion_key = c.exclusion_key and n.id > c.id)",
        None,
    )
}
impl ReviveClaimStmt {
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
        expires_at: &'a jiff::Timestamp,
        id: &'a i64,
        fence: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[expires_at, id, fence]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ReviveClaimParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ReviveClaimStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ReviveClaimParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.expires_at, &params.id, &params.fence))
    }
}
pub struct ExpiredClaimsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn expired_claims() -> ExpiredClaimsStmt {
    ExpiredClaimsStmt(
        "select id, issue_id from claim where state = 'active' and expires_at <= dispatch_now() order by expires_at limit $1",
        None,
    )
}
impl ExpiredClaimsStmt {
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
    ) -> ExpiredClaimsQuery<'c, 'a, 's, C, ExpiredClaims, 1> {
        ExpiredClaimsQuery {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ExpiredClaims, tokio_postgres::Error> {
                Ok(ExpiredClaims { id: row.try_get(0)?, issue_id: row.try_get(1)? })
            },
            mapper: |it| ExpiredClaims::from(it),
        }
    }
}
pub struct SetAsideWorkStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn set_aside_work() -> SetAsideWorkStmt {
    SetAsideWorkStmt(
        "update work set attempts_without_progress = $1, snoozed_until = greatest(snoozed_until, $2), hidden_agent = $3, hidden_until = $4, quarantined_at = case when $5 then coalesce(quarantined_at, dispatch_now()) end where id = $6",
        None,
    )
}
impl SetAsideWorkStmt {
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
        attempts: &'a i32,
        snoozed_until: &'a Option<jiff::Timestamp>,
        hidden_agent: &'a Option<T1>,
        hidden_until: &'a Option<jiff::Timestamp>,
        quarantine: &'a bool,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[attempts, snoozed_until, hidden_agent, hidden_until, quarantine, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SetAsideWorkParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for SetAsideWorkStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SetAsideWorkParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.attempts,
            &params.snoozed_until,
            &params.hidden_agent,
            &params.hidden_until,
            &params.quarantine,
            &params.id,
        ))
    }
}
pub struct LiftWorkStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lift_work() -> LiftWorkStmt {
    LiftWorkStmt(
        "update work set attempts_without_progress = 0, snoozed_until = null, quarantined_at = null, hidden_agent = null, hidden_until = null where issue_id = $1",
        None,
    )
}
impl LiftWorkStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[issue_id]).await
    }
}
pub struct SnoozeWorkStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn snooze_work() -> SnoozeWorkStmt {
    SnoozeWorkStmt("update work set snoozed_until = $1 where issue_id = $2", None)
}
impl SnoozeWorkStmt {
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
        until: &'a Option<jiff::Timestamp>,
        issue_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[until, issue_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SnoozeWorkParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for SnoozeWorkStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SnoozeWorkParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.until, &params.issue_id))
    }
}
pub struct HideWorkStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn hide_work() -> HideWorkStmt {
    HideWorkStmt("update work set hidden_agent = $1, hidden_until = $2 where id = $3", None)
}
impl HideWorkStmt {
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
        agent: &'a T1,
        until: &'a jiff::Timestamp,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[agent, until, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        HideWorkParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for HideWorkStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a HideWorkParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.agent, &params.until, &params.id))
    }
}
pub struct FileStaleReportStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn file_stale_report() -> FileStaleReportStmt {
    FileStaleReportStmt(
        "insert into stale_report (claim_id, fence, verb, body, received_at) values ($1, $2, $3, $4, dispatch_now())",
        None,
    )
}
impl FileStaleReportStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::JsonSql>(
        &'s self,
        client: &'c C,
        claim_id: &'a i64,
        fence: &'a i64,
        verb: &'a T1,
        body: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[claim_id, fence, verb, body]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        FileStaleReportParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for FileStaleReportStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a FileStaleReportParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.claim_id, &params.fence, &params.verb, &params.body))
    }
}
pub struct RememberKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn remember_key() -> RememberKeyStmt {
    RememberKeyStmt(
        "insert into idempotency_key (principal, route, key, body_sha256, created_at) values ($1, $2, $3, $4, dispatch_now()) on conflict do nothing",
        None,
    )
}
impl RememberKeyStmt {
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
        T4: crate::BytesSql,
    >(
        &'s self,
        client: &'c C,
        principal: &'a T1,
        route: &'a T2,
        key: &'a T3,
        body_sha256: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[principal, route, key, body_sha256]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::BytesSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RememberKeyParams<T1, T2, T3, T4>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RememberKeyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RememberKeyParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.principal, &params.route, &params.key, &params.body_sha256))
    }
}
pub struct RecallKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recall_key() -> RecallKeyStmt {
    RecallKeyStmt(
        "select body_sha256, claim_id, fence, reference from idempotency_key where principal = $1 and route = $2 and key = $3",
        None,
    )
}
impl RecallKeyStmt {
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
        principal: &'a T1,
        route: &'a T2,
        key: &'a T3,
    ) -> RecallKeyQuery<'c, 'a, 's, C, RecallKey, 3> {
        RecallKeyQuery {
            client,
            params: [principal, route, key],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RecallKeyBorrowed, tokio_postgres::Error> {
                Ok(RecallKeyBorrowed {
                    body_sha256: row.try_get(0)?,
                    claim_id: row.try_get(1)?,
                    fence: row.try_get(2)?,
                    reference: row.try_get(3)?,
                })
            },
            mapper: |it| RecallKey::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RecallKeyParams<T1, T2, T3>,
        RecallKeyQuery<'c, 'a, 's, C, RecallKey, 3>,
        C,
    > for RecallKeyStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RecallKeyParams<T1, T2, T3>,
    ) -> RecallKeyQuery<'c, 'a, 's, C, RecallKey, 3> {
        self.bind(client, &params.principal, &params.route, &params.key)
    }
}
pub struct ReferKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn refer_key() -> ReferKeyStmt {
    ReferKeyStmt(
        "update idempotency_key set reference = $1 where principal = $2 and route = $3 and key = $4",
        None,
    )
}
impl ReferKeyStmt {
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
    >(
        &'s self,
        client: &'c C,
        reference: &'a T1,
        principal: &'a T2,
        route: &'a T3,
        key: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[reference, principal, route, key]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ReferKeyParams<T1, T2, T3, T4>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ReferKeyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ReferKeyParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.reference, &params.principal, &params.route, &params.key))
    }
}
pub struct AnswerKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn answer_key() -> AnswerKeyStmt {
    AnswerKeyStmt(
        "update idempotency_key set claim_id = $1, fence = (select fence from claim where id = $1) where principal = $2 and route = $3 and key = $4",
        None,
    )
}
impl AnswerKeyStmt {
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
        claim_id: &'a i64,
        principal: &'a T1,
        route: &'a T2,
        key: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[claim_id, principal, route, key]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AnswerKeyParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for AnswerKeyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AnswerKeyParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.claim_id, &params.principal, &params.route, &params.key))
    }
}
pub struct PruneKeysStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_keys() -> PruneKeysStmt {
    PruneKeysStmt(
        "delete from idempotency_key where (principal, route, key) in ( select principal, route, key from idempotency_key where created_at < dispatch_now() - interval '24 hours' limit 5000 )",
        None,
    )
}
impl PruneKeysStmt {
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
pub struct RecordRunStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn record_run() -> RecordRunStmt {
    RecordRunStmt(
        "insert into agent_run (agent, run_type, status, started_at, finished_at, summary, touched_issue_urls, claim_id, created_at) select c.agent, c.kind, $1, c.acquired_at, $2, $3, array[i.url], c.id, dispatch_now() from claim c join issue i on i.id = c.issue_id where c.id = $4 on conflict (claim_id) do update set status = excluded.status, finished_at = excluded.finished_at, summary = excluded.summary",
        None,
    )
}
impl RecordRunStmt {
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
        status: &'a T1,
        finished_at: &'a Option<jiff::Timestamp>,
        summary: &'a Option<T2>,
        claim_id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[status, finished_at, summary, claim_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RecordRunParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RecordRunStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RecordRunParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.status, &params.finished_at, &params.summary, &params.claim_id))
    }
}
pub struct AttemptsAtWorkStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn attempts_at_work() -> AttemptsAtWorkStmt {
    AttemptsAtWorkStmt("select attempts_without_progress from work where id = $1", None)
}
impl AttemptsAtWorkStmt {
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
    ) -> I32Query<'c, 'a, 's, C, i32, 1> {
        I32Query {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
