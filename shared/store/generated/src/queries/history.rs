// This file was generated with `clorinde`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct TimelineParams {
    pub issue_id: i64,
    pub before_at: jiff::Timestamp,
    pub most: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct IssueFacts {
    pub body: String,
    pub text_sha256: String,
    pub author: Option<String>,
    pub author_association: Option<String>,
    pub assignees: Vec<String>,
    pub github_created_at: jiff::Timestamp,
    pub closed_at: Option<jiff::Timestamp>,
    pub state_reason: Option<String>,
    pub seen_at: jiff::Timestamp,
    pub reread_wanted: bool,
    pub attempts_without_progress: Option<i32>,
    pub snoozed_until: Option<jiff::Timestamp>,
    pub quarantined_at: Option<jiff::Timestamp>,
    pub hidden_agent: Option<String>,
    pub hidden_until: Option<jiff::Timestamp>,
}
pub struct IssueFactsBorrowed<'a> {
    pub body: &'a str,
    pub text_sha256: &'a str,
    pub author: Option<&'a str>,
    pub author_association: Option<&'a str>,
    pub assignees: crate::ArrayIterator<'a, &'a str>,
    pub github_created_at: jiff::Timestamp,
    pub closed_at: Option<jiff::Timestamp>,
    pub state_reason: Option<&'a str>,
    pub seen_at: jiff::Timestamp,
    pub reread_wanted: bool,
    pub attempts_without_progress: Option<i32>,
    pub snoozed_until: Option<jiff::Timestamp>,
    pub quarantined_at: Option<jiff::Timestamp>,
    pub hidden_agent: Option<&'a str>,
    pub hidden_until: Option<jiff::Timestamp>,
}
impl<'a> From<IssueFactsBorrowed<'a>> for IssueFacts {
    fn from(
        IssueFactsBorrowed {
            body,
            text_sha256,
            author,
            author_association,
            assignees,
            github_created_at,
            closed_at,
            state_reason,
            seen_at,
            reread_wanted,
            attempts_without_progress,
            snoozed_until,
            quarantined_at,
            hidden_agent,
            hidden_until,
        }: IssueFactsBorrowed<'a>,
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
            seen_at,
            reread_wanted,
            attempts_without_progress,
            snoozed_until,
            quarantined_at,
            hidden_agent: hidden_agent.map(|v| v.into()),
            hidden_until,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    pub at: jiff::Timestamp,
    pub id: String,
    pub what: String,
    pub actor_kind: Option<String>,
    pub actor: Option<String>,
    pub correlations: Vec<String>,
    pub success: bool,
    pub message: Option<String>,
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
}
pub struct TimelineBorrowed<'a> {
    pub at: jiff::Timestamp,
    pub id: &'a str,
    pub what: &'a str,
    pub actor_kind: Option<&'a str>,
    pub actor: Option<&'a str>,
    pub correlations: crate::ArrayIterator<'a, &'a str>,
    pub success: bool,
    pub message: Option<&'a str>,
    pub before: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub after: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
}
impl<'a> From<TimelineBorrowed<'a>> for Timeline {
    fn from(
        TimelineBorrowed {
            at,
            id,
            what,
            actor_kind,
            actor,
            correlations,
            success,
            message,
            before,
            after,
        }: TimelineBorrowed<'a>,
    ) -> Self {
        Self {
            at,
            id: id.into(),
            what: what.into(),
            actor_kind: actor_kind.map(|v| v.into()),
            actor: actor.map(|v| v.into()),
            correlations: correlations.map(|v| v.into()).collect(),
            success,
            message: message.map(|v| v.into()),
            before: before.map(|v| serde_json::from_str(v.0.get()).unwrap()),
            after: after.map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct IssueFactsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<IssueFactsBorrowed, tokio_postgres::Error>,
    mapper: fn(IssueFactsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> IssueFactsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(IssueFactsBorrowed) -> R) -> IssueFactsQuery<'c, 'a, 's, C, R, N> {
        IssueFactsQuery {
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
pub struct TimelineQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TimelineBorrowed, tokio_postgres::Error>,
    mapper: fn(TimelineBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TimelineQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(TimelineBorrowed) -> R) -> TimelineQuery<'c, 'a, 's, C, R, N> {
        TimelineQuery {
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
pub struct IssueFactsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn issue_facts() -> IssueFactsStmt {
    IssueFactsStmt(
        "select i.body, encode(issue_text_sha256(i.title, i.body), 'hex') as text_sha256, i.author, i.author_association, i.assignees, i.github_created_at, i.closed_at, i.state_reason, i.seen_at, i.reread_wanted > i.reread_settled as reread_wanted, w.attempts_without_progress, w.snoozed_until, w.quarantined_at, w.hidden_agent, w.hidden_until from issue i left join work w on w.issue_id = i.id and w.kind = 'implement' where i.id = $1",
        None,
    )
}
impl IssueFactsStmt {
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
    ) -> IssueFactsQuery<'c, 'a, 's, C, IssueFacts, 1> {
        IssueFactsQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<IssueFactsBorrowed, tokio_postgres::Error> {
                Ok(IssueFactsBorrowed {
                    body: row.try_get(0)?,
                    text_sha256: row.try_get(1)?,
                    author: row.try_get(2)?,
                    author_association: row.try_get(3)?,
                    assignees: row.try_get(4)?,
                    github_created_at: row.try_get(5)?,
                    closed_at: row.try_get(6)?,
                    state_reason: row.try_get(7)?,
                    seen_at: row.try_get(8)?,
                    reread_wanted: row.try_get(9)?,
                    attempts_without_progress: row.try_get(10)?,
                    snoozed_until: row.try_get(11)?,
                    quarantined_at: row.try_get(12)?,
                    hidden_agent: row.try_get(13)?,
                    hidden_until: row.try_get(14)?,
                })
            },
            mapper: |it| IssueFacts::from(it),
        }
    }
}
pub struct TimelineStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn timeline() -> TimelineStmt {
    TimelineStmt(
        "select at, id, what, actor_kind, actor, correlations, success, message, before, after from ( select * from ( select a.at, case when a.action like 'write.%' then 5 else 2 end as rank, a.id as serial, 'audit-' || a.id as id, a.action as what, a.actor_kind, a.actor, array_remove(array[a.correlation_id], null) as correlations, a.success, coalesce(a.error, a.notes) as message, a.before, a.after from audit_event a where a.issue_id = $1 union all select d.received_at, 1, 0, 'delivery-' || d.guid, 'delivery.' || d.outcome, 'github', null, array[d.guid], d.outcome in ('applied', 'ignored'), d.reason, null, jsonb_build_object('event', d.event, 'action', d.action, 'pullRequest', d.pull_request_number) from delivery d where d.issue_id = $1 or (d.repository_id, d.pull_request_number) in ( select p.repository_id, p.number from pull_request_issue l join pull_request p on p.id = l.pull_request_id where l.issue_id = $1 ) union all select k.at, 3, k.id, 'checkpoint-' || k.id, 'claim.checkpoint', 'agent', c.agent, '{}', true, k.note, null, jsonb_build_object('claim', c.id::text, 'phase', k.phase, 'branch', k.branch, 'headSha', k.head_sha) from checkpoint k join claim c on c.id = k.claim_id where c.issue_id = $1 union all select s.received_at, 3, s.id, 'report-' || s.id, 'claim.report_refused', 'agent', c.agent, '{}', false, 'It came too late: the claim was no longer held under this fence.', null, jsonb_build_object('claim', c.id::text, 'verb', s.verb, 'fence', s.fence) from stale_report s join claim c on c.id = s.claim_id where c.issue_id = $1 union all select m.created_at, 4, m.id, 'write-' || m.id || '-wanted', case m.kind when 'comment' then 'comment.wanted' else 'write.wanted' end, null, m.wanted_by, m.correlations, true, case when m.settled_at is null then m.last_error end, m.intent -> 'base', jsonb_build_object('mutation', m.id::text, 'origin', m.origin, 'state', m.state, 'desired', m.intent -> 'desired') from mutation m where m.issue_id = $1 union all select m.settled_at, 6, m.id, 'write-' || m.id || '-settled', case m.kind when 'comment' then 'comment.' else 'write.' end || m.state, 'github', null, m.correlations, m.state = 'applied', m.last_error, null, jsonb_build_object('mutation', m.id::text, 'desired', m.intent -> 'desired', 'attempts', m.attempts) from mutation m where m.issue_id = $1 and m.settled_at is not null ) everything where at < $2 order by at desc fetch first ($3) rows with ties ) page order by at desc, rank desc, serial desc, id desc",
        None,
    )
}
impl TimelineStmt {
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
        before_at: &'a jiff::Timestamp,
        most: &'a i64,
    ) -> TimelineQuery<'c, 'a, 's, C, Timeline, 3> {
        TimelineQuery {
            client,
            params: [issue_id, before_at, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<TimelineBorrowed, tokio_postgres::Error> {
                Ok(TimelineBorrowed {
                    at: row.try_get(0)?,
                    id: row.try_get(1)?,
                    what: row.try_get(2)?,
                    actor_kind: row.try_get(3)?,
                    actor: row.try_get(4)?,
                    correlations: row.try_get(5)?,
                    success: row.try_get(6)?,
                    message: row.try_get(7)?,
                    before: row.try_get(8)?,
                    after: row.try_get(9)?,
                })
            },
            mapper: |it| Timeline::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<'c, 'a, 's, TimelineParams, TimelineQuery<'c, 'a, 's, C, Timeline, 3>, C>
    for TimelineStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TimelineParams,
    ) -> TimelineQuery<'c, 'a, 's, C, Timeline, 3> {
        self.bind(client, &params.issue_id, &params.before_at, &params.most)
    }
}
