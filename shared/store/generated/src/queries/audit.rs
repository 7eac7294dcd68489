// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct RecordParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::JsonSql,
    T6: crate::JsonSql,
    T7: crate::StringSql,
    T8: crate::StringSql,
    T9: crate::StringSql,
> {
    pub actor_kind: T1,
    pub actor: T2,
    pub action: T3,
    pub repository: Option<T4>,
    pub issue_number: Option<i32>,
    pub issue_id: Option<i64>,
    pub before: Option<T5>,
    pub after: Option<T6>,
    pub success: bool,
    pub error: Option<T7>,
    pub notes: Option<T8>,
    pub correlation_id: Option<T9>,
}
#[derive(Debug)]
pub struct EventsParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
> {
    pub before_id: i64,
    pub repository: Option<T1>,
    pub actor: Option<T2>,
    pub actor_kind: Option<T3>,
    pub action: Option<T4>,
    pub issue_id: Option<i64>,
    pub issue_number: Option<i32>,
    pub success: Option<bool>,
    pub correlation_id: Option<T5>,
    pub since: Option<jiff::Timestamp>,
    pub until: Option<jiff::Timestamp>,
    pub most: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEvent {
    pub id: i64,
    pub at: jiff::Timestamp,
    pub actor_kind: String,
    pub actor: String,
    pub action: String,
    pub repository: Option<String>,
    pub issue_number: Option<i32>,
    pub issue_id: Option<i64>,
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
    pub success: bool,
    pub error: Option<String>,
    pub notes: Option<String>,
    pub correlation_id: Option<String>,
}
pub struct AuditEventBorrowed<'a> {
    pub id: i64,
    pub at: jiff::Timestamp,
    pub actor_kind: &'a str,
    pub actor: &'a str,
    pub action: &'a str,
    pub repository: Option<&'a str>,
    pub issue_number: Option<i32>,
    pub issue_id: Option<i64>,
    pub before: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub after: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub success: bool,
    pub error: Option<&'a str>,
    pub notes: Option<&'a str>,
    pub correlation_id: Option<&'a str>,
}
impl<'a> From<AuditEventBorrowed<'a>> for AuditEvent {
    fn from(
        AuditEventBorrowed {
            id,
            at,
            actor_kind,
            actor,
            action,
            repository,
            issue_number,
            issue_id,
            before,
            after,
            success,
            error,
            notes,
            correlation_id,
        }: AuditEventBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            at,
            actor_kind: actor_kind.into(),
            actor: actor.into(),
            action: action.into(),
            repository: repository.map(|v| v.into()),
            issue_number,
            issue_id,
            before: before.map(|v| serde_json::from_str(v.0.get()).unwrap()),
            after: after.map(|v| serde_json::from_str(v.0.get()).unwrap()),
            success,
            error: error.map(|v| v.into()),
            notes: notes.map(|v| v.into()),
            correlation_id: correlation_id.map(|v| v.into()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct AuditEventQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AuditEventBorrowed, tokio_postgres::Error>,
    mapper: fn(AuditEventBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AuditEventQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AuditEventBorrowed) -> R) -> AuditEventQuery<'c, 'a, 's, C, R, N> {
        AuditEventQuery {
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
pub struct RecordStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn record() -> RecordStmt {
    RecordStmt(
        "insert into audit_event (at, actor_kind, actor, action, repository, issue_number, issue_id, before, after, success, error, notes, correlation_id) values (dispatch_now(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        None,
    )
}
impl RecordStmt {
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
        T5: crate::JsonSql,
        T6: crate::JsonSql,
        T7: crate::StringSql,
        T8: crate::StringSql,
        T9: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        actor_kind: &'a T1,
        actor: &'a T2,
        action: &'a T3,
        repository: &'a Option<T4>,
        issue_number: &'a Option<i32>,
        issue_id: &'a Option<i64>,
        before: &'a Option<T5>,
        after: &'a Option<T6>,
        success: &'a bool,
        error: &'a Option<T7>,
        notes: &'a Option<T8>,
        correlation_id: &'a Option<T9>,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    actor_kind,
                    actor,
                    action,
                    repository,
                    issue_number,
                    issue_id,
                    before,
                    after,
                    success,
                    error,
                    notes,
                    correlation_id,
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
    T5: crate::JsonSql,
    T6: crate::JsonSql,
    T7: crate::StringSql,
    T8: crate::StringSql,
    T9: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RecordParams<T1, T2, T3, T4, T5, T6, T7, T8, T9>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RecordStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RecordParams<T1, T2, T3, T4, T5, T6, T7, T8, T9>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.actor_kind,
            &params.actor,
            &params.action,
            &params.repository,
            &params.issue_number,
            &params.issue_id,
            &params.before,
            &params.after,
            &params.success,
            &params.error,
            &params.notes,
            &params.correlation_id,
        ))
    }
}
pub struct EventsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn events() -> EventsStmt {
    EventsStmt(
        "select id, at, actor_kind, actor, action, repository, issue_number, issue_id, before, after, success, error, notes, correlation_id from audit_event where id < $1 and ($2::text is null or lower(repository) = lower($2)) and ($3::text is null or lower(actor) = lower($3)) and ($4::text is null or actor_kind = $4) and ($5::text is null or action = $5 or starts_with(action, $5 || '.')) and ($6::bigint is null or issue_id = $6) and ($7::integer is null or issue_number = $7) and ($8::boolean is null or success = $8) and ($9::text is null or correlation_id = $9) and ($10::timestamptz is null or at >= $10) and ($11::timestamptz is null or at < $11) order by id desc limit $12",
        None,
    )
}
impl EventsStmt {
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
    >(
        &'s self,
        client: &'c C,
        before_id: &'a i64,
        repository: &'a Option<T1>,
        actor: &'a Option<T2>,
        actor_kind: &'a Option<T3>,
        action: &'a Option<T4>,
        issue_id: &'a Option<i64>,
        issue_number: &'a Option<i32>,
        success: &'a Option<bool>,
        correlation_id: &'a Option<T5>,
        since: &'a Option<jiff::Timestamp>,
        until: &'a Option<jiff::Timestamp>,
        most: &'a i64,
    ) -> AuditEventQuery<'c, 'a, 's, C, AuditEvent, 12> {
        AuditEventQuery {
            client,
            params: [
                before_id,
                repository,
                actor,
                actor_kind,
                action,
                issue_id,
                issue_number,
                success,
                correlation_id,
                since,
                until,
                most,
            ],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<AuditEventBorrowed, tokio_postgres::Error> {
                Ok(AuditEventBorrowed {
                    id: row.try_get(0)?,
                    at: row.try_get(1)?,
                    actor_kind: row.try_get(2)?,
                    actor: row.try_get(3)?,
                    action: row.try_get(4)?,
                    repository: row.try_get(5)?,
                    issue_number: row.try_get(6)?,
                    issue_id: row.try_get(7)?,
                    before: row.try_get(8)?,
                    after: row.try_get(9)?,
                    success: row.try_get(10)?,
                    error: row.try_get(11)?,
                    notes: row.try_get(12)?,
                    correlation_id: row.try_get(13)?,
                })
            },
            mapper: |it| AuditEvent::from(it),
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
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        EventsParams<T1, T2, T3, T4, T5>,
        AuditEventQuery<'c, 'a, 's, C, AuditEvent, 12>,
        C,
    > for EventsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a EventsParams<T1, T2, T3, T4, T5>,
    ) -> AuditEventQuery<'c, 'a, 's, C, AuditEvent, 12> {
        self.bind(
            client,
            &params.before_id,
            &params.repository,
            &params.actor,
            &params.actor_kind,
            &params.action,
            &params.issue_id,
            &params.issue_number,
            &params.success,
            &params.correlation_id,
            &params.since,
            &params.until,
            &params.most,
        )
    }
}
