// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct AttentionParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub review_hours: i32,
    pub writers: T2,
    pub most: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Attention {
    pub kind: String,
    pub at: Option<jiff::Timestamp>,
    pub issue_id: Option<i64>,
    pub repository: Option<String>,
    pub number: Option<i32>,
    pub title: Option<String>,
    pub url: Option<String>,
    pub message: Option<String>,
    pub reference: Option<String>,
}
pub struct AttentionBorrowed<'a> {
    pub kind: &'a str,
    pub at: Option<jiff::Timestamp>,
    pub issue_id: Option<i64>,
    pub repository: Option<&'a str>,
    pub number: Option<i32>,
    pub title: Option<&'a str>,
    pub url: Option<&'a str>,
    pub message: Option<&'a str>,
    pub reference: Option<&'a str>,
}
impl<'a> From<AttentionBorrowed<'a>> for Attention {
    fn from(
        AttentionBorrowed {
            kind,
            at,
            issue_id,
            repository,
            number,
            title,
            url,
            message,
            reference,
        }: AttentionBorrowed<'a>,
    ) -> Self {
        Self {
            kind: kind.into(),
            at,
            issue_id,
            repository: repository.map(|v| v.into()),
            number,
            title: title.map(|v| v.into()),
            url: url.map(|v| v.into()),
            message: message.map(|v| v.into()),
            reference: reference.map(|v| v.into()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct AttentionQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AttentionBorrowed, tokio_postgres::Error>,
    mapper: fn(AttentionBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AttentionQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AttentionBorrowed) -> R) -> AttentionQuery<'c, 'a, 's, C, R, N> {
        AttentionQuery {
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
pub struct AttentionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn attention() -> AttentionStmt {
    AttentionStmt(
        "select kind, at, issue_id, repository, number, title, url, message, reference from ( select 'needs_input' as kind, 1 as rank, i.github_updated_at as at, i.id as issue_id, r.owner || '/' || r.name as repository, i.number, i.title, i.url, i.block_reason as message, null as reference from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.status = 'blocked' and i.block_kind = 'needs_input' and not i.closed and not i.gone union all select 'result', 2, i.github_updated_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, i.attention, null from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.attention is not null and i.status <> 'blocked' and not i.closed and not i.gone union all select 'quarantined', 3, w.quarantined_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, w.attempts_without_progress || ' attempts in a row led to nothing.', null from work w join issue i on i.id = w.issue_id and not i.closed and not i.gone join repository r on r.id = i.repository_id and r.enabled and not r.gone where w.quarantined_at is not null union all select case when m.last_error like 'contested%' then 'contested' else 'write_failed' end, 4, m.created_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, m.last_error, m.id::text from mutation m join issue i on i.id = m.issue_id join repository r on r.id = i.repository_id and r.enabled and not r.gone where m.state = 'parked' union all select 'unheld', 5, i.status_since, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, 'In progress, and no agent holds it.', null from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.status = 'in-progress' and not i.closed and not i.gone and i.status_since < dispatch_now() - interval '15 minutes' and not exists ( select from claim c where c.issue_id = i.id and c.state = 'active' and c.expires_at > dispatch_now()) union all select 'review_overdue', 6, i.status_since, i.id, r.owner || '/' || r.name, i.number, i.title, coalesce(( select p.url from pull_request_issue l join pull_request p on p.id = l.pull_request_id and p.state = 'open' where l.issue_id = i.id order by p.id limit 1), i.url), 'In review for long.', null from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where i.status = 'in-review' and i.attention is null and not i.closed and not i.gone and i.status_since < dispatch_now() - $1::integer * interval '1 hour' union all select 'untrusted', 7, i.github_updated_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, 'Agents do not get it before somebody approves what ' || coalesce(i.author, 'an unknown account') || ' wrote.', encode(issue_text_sha256(i.title, i.body), 'hex') from issue i join repository r on r.id = i.repository_id and r.enabled and not r.gone where exists (select from work w where w.issue_id = i.id and w.offered) and not i.closed and not i.gone and coalesce(r.intake, (select policy from intake)) = 'trusted' and coalesce(i.author_association, '') <> all ($2::text[]) and not exists ( select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) union all select 'sync_failed', 8, r.last_synced_at, null, r.owner || '/' || r.name, null, null, null, r.last_error, r.owner || '/' || r.name from repository r where r.last_error is not null and r.enabled and not r.gone union all select 'delivery_failed', 9, d.received_at, i.id, r.owner || '/' || r.name, i.number, i.title, i.url, d.event || ': ' || d.reason, d.guid from delivery d left join issue i on i.id = d.issue_id left join repository r on r.id = d.repository_id where d.outcome = 'failed' and d.retry_at is null union all select 'delivery_missing', 10, min(m.delivered_at), null, r.owner || '/' || r.name, null, null, null, 'GitHub sent webhooks that never came: ' || count(*) || '. They are asked for again by themselves.' || coalesce(' Last answer: ' || max(m.last_error), ''), coalesce(r.owner || '/' || r.name, '') from missing_delivery m left join repository r on r.id = m.repository_id where m.state = 'missing' and not exists (select from delivery d where d.guid = m.guid) group by r.owner, r.name ) everything order by rank, at nulls first, issue_id limit $3",
        None,
    )
}
impl AttentionStmt {
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
        review_hours: &'a i32,
        writers: &'a T2,
        most: &'a i64,
    ) -> AttentionQuery<'c, 'a, 's, C, Attention, 3> {
        AttentionQuery {
            client,
            params: [review_hours, writers, most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<AttentionBorrowed, tokio_postgres::Error> {
                Ok(AttentionBorrowed {
                    kind: row.try_get(0)?,
                    at: row.try_get(1)?,
                    issue_id: row.try_get(2)?,
                    repository: row.try_get(3)?,
                    number: row.try_get(4)?,
                    title: row.try_get(5)?,
                    url: row.try_get(6)?,
                    message: row.try_get(7)?,
                    reference: row.try_get(8)?,
                })
            },
            mapper: |it| Attention::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AttentionParams<T1, T2>,
        AttentionQuery<'c, 'a, 's, C, Attention, 3>,
        C,
    > for AttentionStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AttentionParams<T1, T2>,
    ) -> AttentionQuery<'c, 'a, 's, C, Attention, 3> {
        self.bind(client, &params.review_hours, &params.writers, &params.most)
    }
}
