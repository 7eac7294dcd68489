// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct FindCardsParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::StringSql,
> {
    pub repository: Option<T1>,
    pub agent: Option<T2>,
    pub owner: Option<T3>,
    pub project: Option<T4>,
    pub priority: Option<T5>,
    pub status: Option<T6>,
    pub lane: Option<T7>,
    pub words: Option<T8>,
    pub number: Option<i32>,
    pub after_id: i64,
    pub most: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct CardRow {
    pub id: i64,
    pub repo_owner: String,
    pub repo_name: String,
    pub enabled: bool,
    pub archived: bool,
    pub number: i32,
    pub title: String,
    pub url: String,
    pub pull_request_id: Option<i64>,
    pub closed: bool,
    pub gone: bool,
    pub status: String,
    pub priority: Option<String>,
    pub kind: Option<String>,
    pub owner: Option<String>,
    pub agent: Option<String>,
    pub lane: String,
    pub labels: Vec<String>,
    pub problems: Vec<String>,
    pub comments: i32,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub status_since: jiff::Timestamp,
    pub block_kind: Option<String>,
    pub block_reason: Option<String>,
    pub block_until: Option<jiff::Timestamp>,
    pub attention: Option<String>,
    pub closed_at: Option<jiff::Timestamp>,
    pub intake: String,
    pub author_association: Option<String>,
    pub approved: bool,
    pub ready_since: Option<jiff::Timestamp>,
    pub rank_key: Option<jiff::Timestamp>,
    pub waits_for: Option<i32>,
    pub unblocks: Option<i32>,
    pub snoozed_until: Option<jiff::Timestamp>,
    pub quarantined_at: Option<jiff::Timestamp>,
    pub hidden_agent: Option<String>,
    pub hidden_until: Option<jiff::Timestamp>,
    pub work_kind: Option<String>,
    pub claim_id: Option<i64>,
    pub claim_agent: Option<String>,
    pub claim_acquired_at: Option<jiff::Timestamp>,
    pub claim_expires_at: Option<jiff::Timestamp>,
    pub claim_phase: Option<String>,
    pub claim_attempt: Option<i32>,
    pub claim_resting: Option<String>,
    pub claim_projected_agent: Option<String>,
    pub mutation_id: Option<i64>,
    pub mutation_state: Option<String>,
    pub mutation_since: Option<jiff::Timestamp>,
    pub mutation_attempts: Option<i32>,
    pub mutation_retry_at: Option<jiff::Timestamp>,
    pub mutation_error: Option<String>,
    pub mutation_intent: Option<serde_json::Value>,
}
pub struct CardRowBorrowed<'a> {
    pub id: i64,
    pub repo_owner: &'a str,
    pub repo_name: &'a str,
    pub enabled: bool,
    pub archived: bool,
    pub number: i32,
    pub title: &'a str,
    pub url: &'a str,
    pub pull_request_id: Option<i64>,
    pub closed: bool,
    pub gone: bool,
    pub status: &'a str,
    pub priority: Option<&'a str>,
    pub kind: Option<&'a str>,
    pub owner: Option<&'a str>,
    pub agent: Option<&'a str>,
    pub lane: &'a str,
    pub labels: crate::ArrayIterator<'a, &'a str>,
    pub problems: crate::ArrayIterator<'a, &'a str>,
    pub comments: i32,
    pub github_created_at: jiff::Timestamp,
    pub github_updated_at: jiff::Timestamp,
    pub status_since: jiff::Timestamp,
    pub block_kind: Option<&'a str>,
    pub block_reason: Option<&'a str>,
    pub block_until: Option<jiff::Timestamp>,
    pub attention: Option<&'a str>,
    pub closed_at: Option<jiff::Timestamp>,
    pub intake: &'a str,
    pub author_association: Option<&'a str>,
    pub approved: bool,
    pub ready_since: Option<jiff::Timestamp>,
    pub rank_key: Option<jiff::Timestamp>,
    pub waits_for: Option<i32>,
    pub unblocks: Option<i32>,
    pub snoozed_until: Option<jiff::Timestamp>,
    pub quarantined_at: Option<jiff::Timestamp>,
    pub hidden_agent: Option<&'a str>,
    pub hidden_until: Option<jiff::Timestamp>,
    pub work_kind: Option<&'a str>,
    pub claim_id: Option<i64>,
    pub claim_agent: Option<&'a str>,
    pub claim_acquired_at: Option<jiff::Timestamp>,
    pub claim_expires_at: Option<jiff::Timestamp>,
    pub claim_phase: Option<&'a str>,
    pub claim_attempt: Option<i32>,
    pub claim_resting: Option<&'a str>,
    pub claim_projected_agent: Option<&'a str>,
    pub mutation_id: Option<i64>,
    pub mutation_state: Option<&'a str>,
    pub mutation_since: Option<jiff::Timestamp>,
    pub mutation_attempts: Option<i32>,
    pub mutation_retry_at: Option<jiff::Timestamp>,
    pub mutation_error: Option<&'a str>,
    pub mutation_intent: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
}
impl<'a> From<CardRowBorrowed<'a>> for CardRow {
    fn from(
        CardRowBorrowed {
            id,
            repo_owner,
            repo_name,
            enabled,
            archived,
            number,
            title,
            url,
            pull_request_id,
            closed,
            gone,
            status,
            priority,
            kind,
            owner,
            agent,
            lane,
            labels,
            problems,
            comments,
            github_created_at,
            github_updated_at,
            status_since,
            block_kind,
            block_reason,
            block_until,
            attention,
            closed_at,
            intake,
            author_association,
            approved,
            ready_since,
            rank_key,
            waits_for,
            unblocks,
            snoozed_until,
            quarantined_at,
            hidden_agent,
            hidden_until,
            work_kind,
            claim_id,
            claim_agent,
            claim_acquired_at,
            claim_expires_at,
            claim_phase,
            claim_attempt,
            claim_resting,
            claim_projected_agent,
            mutation_id,
            mutation_state,
            mutation_since,
            mutation_attempts,
            mutation_retry_at,
            mutation_error,
            mutation_intent,
        }: CardRowBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            repo_owner: repo_owner.into(),
            repo_name: repo_name.into(),
            enabled,
            archived,
            number,
            title: title.into(),
            url: url.into(),
            pull_request_id,
            closed,
            gone,
            status: status.into(),
            priority: priority.map(|v| v.into()),
            kind: kind.map(|v| v.into()),
            owner: owner.map(|v| v.into()),
            agent: agent.map(|v| v.into()),
            lane: lane.into(),
            labels: labels.map(|v| v.into()).collect(),
            problems: problems.map(|v| v.into()).collect(),
            comments,
            github_created_at,
            github_updated_at,
            status_since,
            block_kind: block_kind.map(|v| v.into()),
            block_reason: block_reason.map(|v| v.into()),
            block_until,
            attention: attention.map(|v| v.into()),
            closed_at,
            intake: intake.into(),
            author_association: author_association.map(|v| v.into()),
            approved,
            ready_since,
            rank_key,
            waits_for,
            unblocks,
            snoozed_until,
            quarantined_at,
            hidden_agent: hidden_agent.map(|v| v.into()),
            hidden_until,
            work_kind: work_kind.map(|v| v.into()),
            claim_id,
            claim_agent: claim_agent.map(|v| v.into()),
            claim_acquired_at,
            claim_expires_at,
            claim_phase: claim_phase.map(|v| v.into()),
            claim_attempt,
            claim_resting: claim_resting.map(|v| v.into()),
            claim_projected_agent: claim_projected_agent.map(|v| v.into()),
            mutation_id,
            mutation_state: mutation_state.map(|v| v.into()),
            mutation_since,
            mutation_attempts,
            mutation_retry_at,
            mutation_error: mutation_error.map(|v| v.into()),
            mutation_intent: mutation_intent.map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct IssueText {
    pub body: String,
    pub text_sha256: String,
    pub author: Option<String>,
    pub author_association: Option<String>,
    pub assignees: Vec<String>,
    pub github_created_at: jiff::Timestamp,
    pub closed_at: Option<jiff::Timestamp>,
    pub state_reason: Option<String>,
}
pub struct IssueTextBorrowed<'a> {
    pub body: &'a str,
    pub text_sha256: &'a str,
    pub author: Option<&'a str>,
    pub author_association: Option<&'a str>,
    pub assignees: crate::ArrayIterator<'a, &'a str>,
    pub github_created_at: jiff::Timestamp,
    pub closed_at: Option<jiff::Timestamp>,
    pub state_reason: Option<&'a str>,
}
impl<'a> From<IssueTextBorrowed<'a>> for IssueText {
    fn from(
        IssueTextBorrowed {
            body,
            text_sha256,
            author,
            author_association,
            assignees,
            github_created_at,
            closed_at,
            state_reason,
        }: IssueTextBorrowed<'a>,
    ) -> Self {
        Self {
            body: body.into(),
            text_sha256: text_sha256.into(),
            author: author.map(|v| v.into()),
            author_association: author_association.map(|v| v.into()),
            assignees: assignees.map(|v| v.into()).collect(),
            github_created_at,
            closed_at,
            state_reason: state_reason.map(|v| v.into()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct CardRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CardRowBorrowed, tokio_postgres::Error>,
    mapper: fn(CardRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CardRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CardRowBorrowed) -> R) -> CardRowQuery<'c, 'a, 's, C, R, N> {
        CardRowQuery {
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
pub struct IssueTextQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<IssueTextBorrowed, tokio_postgres::Error>,
    mapper: fn(IssueTextBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> IssueTextQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(IssueTextBorrowed) -> R) -> IssueTextQuery<'c, 'a, 's, C, R, N> {
        IssueTextQuery {
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
pub struct BoardCardsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn board_cards() -> BoardCardsStmt {
    BoardCardsStmt(
        "select i.id, r.owner as repo_owner, r.name as repo_name, r.enabled and not r.gone as enabled, r.archived, i.number, i.title, i.url, i.pull_request_id, i.closed, i.gone, i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.labels, i.problems, i.comments, i.github_created_at, i.github_updated_at, i.status_since, i.block_kind, i.block_reason, i.block_until, i.attention, i.closed_at, coalesce(r.intake, (select policy from intake)) as intake, i.author_association, case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved, w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until, w.kind as work_kind, c.id as claim_id, c.agent as claim_agent, c.acquired_at as claim_acquired_at, c.expires_at as claim_expires_at, c.phase as claim_phase, c.attempt as claim_attempt, c.resting_status as claim_resting, c.projected_agent as claim_projected_agent, m.id as mutation_id, m.state as mutation_state, m.created_at as mutation_since, m.attempts as mutation_attempts, m.retry_at as mutation_retry_at, m.last_error as mutation_error, m.intent as mutation_intent from issue i join repository r on r.id = i.repository_id left join work w on w.issue_id = i.id and w.kind = 'implement' left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active' left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked') where not i.gone and r.enabled and not r.gone and (i.status <> 'done' or coalesce(i.closed_at, i.github_updated_at) > dispatch_now() - interval '14 days') order by i.github_updated_at desc, i.id limit $1",
        None,
    )
}
impl BoardCardsStmt {
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
    ) -> CardRowQuery<'c, 'a, 's, C, CardRow, 1> {
        CardRowQuery {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CardRowBorrowed, tokio_postgres::Error> {
                Ok(CardRowBorrowed {
                    id: row.try_get(0)?,
                    repo_owner: row.try_get(1)?,
                    repo_name: row.try_get(2)?,
                    enabled: row.try_get(3)?,
                    archived: row.try_get(4)?,
                    number: row.try_get(5)?,
                    title: row.try_get(6)?,
                    url: row.try_get(7)?,
                    pull_request_id: row.try_get(8)?,
                    closed: row.try_get(9)?,
                    gone: row.try_get(10)?,
                    status: row.try_get(11)?,
                    priority: row.try_get(12)?,
                    kind: row.try_get(13)?,
                    owner: row.try_get(14)?,
                    agent: row.try_get(15)?,
                    lane: row.try_get(16)?,
                    labels: row.try_get(17)?,
                    problems: row.try_get(18)?,
                    comments: row.try_get(19)?,
                    github_created_at: row.try_get(20)?,
                    github_updated_at: row.try_get(21)?,
                    status_since: row.try_get(22)?,
                    block_kind: row.try_get(23)?,
                    block_reason: row.try_get(24)?,
                    block_until: row.try_get(25)?,
                    attention: row.try_get(26)?,
                    closed_at: row.try_get(27)?,
                    intake: row.try_get(28)?,
                    author_association: row.try_get(29)?,
                    approved: row.try_get(30)?,
                    ready_since: row.try_get(31)?,
                    rank_key: row.try_get(32)?,
                    waits_for: row.try_get(33)?,
                    unblocks: row.try_get(34)?,
                    snoozed_until: row.try_get(35)?,
                    quarantined_at: row.try_get(36)?,
                    hidden_agent: row.try_get(37)?,
                    hidden_until: row.try_get(38)?,
                    work_kind: row.try_get(39)?,
                    claim_id: row.try_get(40)?,
                    claim_agent: row.try_get(41)?,
                    claim_acquired_at: row.try_get(42)?,
                    claim_expires_at: row.try_get(43)?,
                    claim_phase: row.try_get(44)?,
                    claim_attempt: row.try_get(45)?,
                    claim_resting: row.try_get(46)?,
                    claim_projected_agent: row.try_get(47)?,
                    mutation_id: row.try_get(48)?,
                    mutation_state: row.try_get(49)?,
                    mutation_since: row.try_get(50)?,
                    mutation_attempts: row.try_get(51)?,
                    mutation_retry_at: row.try_get(52)?,
                    mutation_error: row.try_get(53)?,
                    mutation_intent: row.try_get(54)?,
                })
            },
            mapper: |it| CardRow::from(it),
        }
    }
}
pub struct CardsByIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn cards_by_id() -> CardsByIdStmt {
    CardsByIdStmt(
        "select i.id, r.owner as repo_owner, r.name as repo_name, r.enabled and not r.gone as enabled, r.archived, i.number, i.title, i.url, i.pull_request_id, i.closed, i.gone, i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.labels, i.problems, i.comments, i.github_created_at, i.github_updated_at, i.status_since, i.block_kind, i.block_reason, i.block_until, i.attention, i.closed_at, coalesce(r.intake, (select policy from intake)) as intake, i.author_association, case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved, w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until, w.kind as work_kind, c.id as claim_id, c.agent as claim_agent, c.acquired_at as claim_acquired_at, c.expires_at as claim_expires_at, c.phase as claim_phase, c.attempt as claim_attempt, c.resting_status as claim_resting, c.projected_agent as claim_projected_agent, m.id as mutation_id, m.state as mutation_state, m.created_at as mutation_since, m.attempts as mutation_attempts, m.retry_at as mutation_retry_at, m.last_error as mutation_error, m.intent as mutation_intent from issue i join repository r on r.id = i.repository_id left join work w on w.issue_id = i.id and w.kind = 'implement' left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active' left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked') where i.id = any ($1::bigint[])",
        None,
    )
}
impl CardsByIdStmt {
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
        ids: &'a T1,
    ) -> CardRowQuery<'c, 'a, 's, C, CardRow, 1> {
        CardRowQuery {
            client,
            params: [ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CardRowBorrowed, tokio_postgres::Error> {
                Ok(CardRowBorrowed {
                    id: row.try_get(0)?,
                    repo_owner: row.try_get(1)?,
                    repo_name: row.try_get(2)?,
                    enabled: row.try_get(3)?,
                    archived: row.try_get(4)?,
                    number: row.try_get(5)?,
                    title: row.try_get(6)?,
                    url: row.try_get(7)?,
                    pull_request_id: row.try_get(8)?,
                    closed: row.try_get(9)?,
                    gone: row.try_get(10)?,
                    status: row.try_get(11)?,
                    priority: row.try_get(12)?,
                    kind: row.try_get(13)?,
                    owner: row.try_get(14)?,
                    agent: row.try_get(15)?,
                    lane: row.try_get(16)?,
                    labels: row.try_get(17)?,
                    problems: row.try_get(18)?,
                    comments: row.try_get(19)?,
                    github_created_at: row.try_get(20)?,
                    github_updated_at: row.try_get(21)?,
                    status_since: row.try_get(22)?,
                    block_kind: row.try_get(23)?,
                    block_reason: row.try_get(24)?,
                    block_until: row.try_get(25)?,
                    attention: row.try_get(26)?,
                    closed_at: row.try_get(27)?,
                    intake: row.try_get(28)?,
                    author_association: row.try_get(29)?,
                    approved: row.try_get(30)?,
                    ready_since: row.try_get(31)?,
                    rank_key: row.try_get(32)?,
                    waits_for: row.try_get(33)?,
                    unblocks: row.try_get(34)?,
                    snoozed_until: row.try_get(35)?,
                    quarantined_at: row.try_get(36)?,
                    hidden_agent: row.try_get(37)?,
                    hidden_until: row.try_get(38)?,
                    work_kind: row.try_get(39)?,
                    claim_id: row.try_get(40)?,
                    claim_agent: row.try_get(41)?,
                    claim_acquired_at: row.try_get(42)?,
                    claim_expires_at: row.try_get(43)?,
                    claim_phase: row.try_get(44)?,
                    claim_attempt: row.try_get(45)?,
                    claim_resting: row.try_get(46)?,
                    claim_projected_agent: row.try_get(47)?,
                    mutation_id: row.try_get(48)?,
                    mutation_state: row.try_get(49)?,
                    mutation_since: row.try_get(50)?,
                    mutation_attempts: row.try_get(51)?,
                    mutation_retry_at: row.try_get(52)?,
                    mutation_error: row.try_get(53)?,
                    mutation_intent: row.try_get(54)?,
                })
            },
            mapper: |it| CardRow::from(it),
        }
    }
}
pub struct FindCardsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_cards() -> FindCardsStmt {
    FindCardsStmt(
        "select i.id, r.owner as repo_owner, r.name as repo_name, r.enabled and not r.gone as enabled, r.archived, i.number, i.title, i.url, i.pull_request_id, i.closed, i.gone, i.status, i.priority, i.kind, i.owner, i.agent, i.lane, i.labels, i.problems, i.comments, i.github_created_at, i.github_updated_at, i.status_since, i.block_kind, i.block_reason, i.block_until, i.attention, i.closed_at, coalesce(r.intake, (select policy from intake)) as intake, i.author_association, case when coalesce(r.intake, (select policy from intake)) = 'open' then true else exists (select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) end as approved, w.ready_since, w.rank_key, w.waits_for, w.unblocks, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until, w.kind as work_kind, c.id as claim_id, c.agent as claim_agent, c.acquired_at as claim_acquired_at, c.expires_at as claim_expires_at, c.phase as claim_phase, c.attempt as claim_attempt, c.resting_status as claim_resting, c.projected_agent as claim_projected_agent, m.id as mutation_id, m.state as mutation_state, m.created_at as mutation_since, m.attempts as mutation_attempts, m.retry_at as mutation_retry_at, m.last_error as mutation_error, m.intent as mutation_intent from issue i join repository r on r.id = i.repository_id left join work w on w.issue_id = i.id and w.kind = 'implement' left join claim c on c.exclusion_key = 'issue:' || i.id and c.state = 'active' left join mutation m on m.issue_id = i.id and m.kind = 'labels' and m.state in ('pending', 'leased', 'parked') where not i.gone and r.enabled and not r.gone and ($1::text is null or lower(r.owner || '/' || r.name) = lower($1)) and ($2::text is null or lower(i.agent) = lower($2)) and ($3::text is null or lower(i.owner) = lower($3)) and ($4::text is null or exists (select from unnest(i.labels) l where lower(l) = 'project/' || lower($4))) and ($5::text is null or i.priority = lower($5)) and ($6::text is null or i.status = $6) and ($7::text is null or i.lane = lower($7)) and ($8::text is null or strpos(lower(i.title || ' #' || i.number), lower($8)) > 0) and ($9::integer is null or i.number = $9) and (not i.closed or $6 = 'done' or $9 is not null) and i.id > $10 order by i.id limit $11",
        None,
    )
}
impl FindCardsStmt {
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
    >(
        &'s self,
        client: &'c C,
        repository: &'a Option<T1>,
        agent: &'a Option<T2>,
        owner: &'a Option<T3>,
        project: &'a Option<T4>,
        priority: &'a Option<T5>,
        status: &'a Option<T6>,
        lane: &'a Option<T7>,
        words: &'a Option<T8>,
        number: &'a Option<i32>,
        after_id: &'a i64,
        most: &'a i64,
    ) -> CardRowQuery<'c, 'a, 's, C, CardRow, 11> {
        CardRowQuery {
            client,
            params: [
                repository, agent, owner, project, priority, status, lane, words, number, after_id, most,
            ],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CardRowBorrowed, tokio_postgres::Error> {
                Ok(CardRowBorrowed {
                    id: row.try_get(0)?,
                    repo_owner: row.try_get(1)?,
                    repo_name: row.try_get(2)?,
                    enabled: row.try_get(3)?,
                    archived: row.try_get(4)?,
                    number: row.try_get(5)?,
                    title: row.try_get(6)?,
                    url: row.try_get(7)?,
                    pull_request_id: row.try_get(8)?,
                    closed: row.try_get(9)?,
                    gone: row.try_get(10)?,
                    status: row.try_get(11)?,
                    priority: row.try_get(12)?,
                    kind: row.try_get(13)?,
                    owner: row.try_get(14)?,
                    agent: row.try_get(15)?,
                    lane: row.try_get(16)?,
                    labels: row.try_get(17)?,
                    problems: row.try_get(18)?,
                    comments: row.try_get(19)?,
                    github_created_at: row.try_get(20)?,
                    github_updated_at: row.try_get(21)?,
                    status_since: row.try_get(22)?,
                    block_kind: row.try_get(23)?,
                    block_reason: row.try_get(24)?,
                    block_until: row.try_get(25)?,
                    attention: row.try_get(26)?,
                    closed_at: row.try_get(27)?,
                    intake: row.try_get(28)?,
                    author_association: row.try_get(29)?,
                    approved: row.try_get(30)?,
                    ready_since: row.try_get(31)?,
                    rank_key: row.try_get(32)?,
                    waits_for: row.try_get(33)?,
                    unblocks: row.try_get(34)?,
                    snoozed_until: row.try_get(35)?,
                    quarantined_at: row.try_get(36)?,
                    hidden_agent: row.try_get(37)?,
                    hidden_until: row.try_get(38)?,
                    work_kind: row.try_get(39)?,
                    claim_id: row.try_get(40)?,
                    claim_agent: row.try_get(41)?,
                    claim_acquired_at: row.try_get(42)?,
                    claim_expires_at: row.try_get(43)?,
                    claim_phase: row.try_get(44)?,
                    claim_attempt: row.try_get(45)?,
                    claim_resting: row.try_get(46)?,
                    claim_projected_agent: row.try_get(47)?,
                    mutation_id: row.try_get(48)?,
                    mutation_state: row.try_get(49)?,
                    mutation_since: row.try_get(50)?,
                    mutation_attempts: row.try_get(51)?,
                    mutation_retry_at: row.try_get(52)?,
                    mutation_error: row.try_get(53)?,
                    mutation_intent: row.try_get(54)?,
                })
            },
            mapper: |it| CardRow::from(it),
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
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FindCardsParams<T1, T2, T3, T4, T5, T6, T7, T8>,
        CardRowQuery<'c, 'a, 's, C, CardRow, 11>,
        C,
    > for FindCardsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FindCardsParams<T1, T2, T3, T4, T5, T6, T7, T8>,
    ) -> CardRowQuery<'c, 'a, 's, C, CardRow, 11> {
        self.bind(
            client,
            &params.repository,
            &params.agent,
            &params.owner,
            &params.project,
            &params.priority,
            &params.status,
            &params.lane,
            &params.words,
            &params.number,
            &params.after_id,
            &params.most,
        )
    }
}
pub struct IssueTextStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn issue_text() -> IssueTextStmt {
    IssueTextStmt(
        "select body, encode(issue_text_sha256(title, body), 'hex') as text_sha256, author, author_association, assignees, github_created_at, closed_at, state_reason from issue where id = $1",
        None,
    )
}
impl IssueTextStmt {
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
    ) -> IssueTextQuery<'c, 'a, 's, C, IssueText, 1> {
        IssueTextQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<IssueTextBorrowed, tokio_postgres::Error> {
                Ok(IssueTextBorrowed {
                    body: row.try_get(0)?,
                    text_sha256: row.try_get(1)?,
                    author: row.try_get(2)?,
                    author_association: row.try_get(3)?,
                    assignees: row.try_get(4)?,
                    github_created_at: row.try_get(5)?,
                    closed_at: row.try_get(6)?,
                    state_reason: row.try_get(7)?,
                })
            },
            mapper: |it| IssueText::from(it),
        }
    }
}
