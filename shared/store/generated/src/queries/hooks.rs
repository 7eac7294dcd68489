// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct WriteHookParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::ArraySql<Item = T5>,
> {
    pub hook_id: Option<i64>,
    pub state: T1,
    pub problems: T3,
    pub url: Option<T4>,
    pub events: T6,
    pub active: bool,
    pub has_secret: bool,
    pub last_code: Option<i32>,
    pub repair_wanted: bool,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct LatestDeliveryParams {
    pub code: i32,
    pub at: jiff::Timestamp,
    pub id: i64,
}
#[derive(Debug)]
pub struct CompareOnParams<T1: crate::StringSql> {
    pub comparing_until: Option<jiff::Timestamp>,
    pub comparing_at: Option<T1>,
    pub id: i64,
}
#[derive(Debug)]
pub struct ComparedParams<T1: crate::StringSql> {
    pub until: jiff::Timestamp,
    pub etag: Option<T1>,
    pub id: i64,
}
#[derive(Debug)]
pub struct NoteMissingParams<
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::ArraySql<Item = i64>,
    T4: crate::StringSql,
    T5: crate::ArraySql<Item = T4>,
    T6: crate::StringSql,
    T7: crate::ArraySql<Item = T6>,
    T8: crate::ArraySql<Item = i64>,
    T9: crate::ArraySql<Item = jiff::Timestamp>,
    T10: crate::StringSql,
    T11: crate::ArraySql<Item = T10>,
    T12: crate::StringSql,
    T13: crate::ArraySql<Item = T12>,
> {
    pub hook_id: i64,
    pub guids: T2,
    pub delivery_ids: T3,
    pub events: T5,
    pub actions: T7,
    pub repositories: T8,
    pub times: T9,
    pub statuses: T11,
    pub wanted: T13,
}
#[derive(Debug)]
pub struct AskedAgainParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub retry_at: jiff::Timestamp,
    pub last_error: Option<T1>,
    pub guid: T2,
}
#[derive(Debug)]
pub struct GiveUpMissingParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub last_error: T1,
    pub guid: T2,
}
#[derive(Clone, Copy, Debug)]
pub struct SyncAgainFromParams {
    pub from: jiff::Timestamp,
    pub id: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct HookRow {
    pub id: i64,
    pub repository_id: Option<i64>,
    pub owner: Option<String>,
    pub name: Option<String>,
    pub hook_id: Option<i64>,
    pub state: String,
    pub problems: Vec<String>,
    pub url: Option<String>,
    pub events: Vec<String>,
    pub active: bool,
    pub has_secret: bool,
    pub last_code: Option<i32>,
    pub last_success_at: Option<jiff::Timestamp>,
    pub checked_at: Option<jiff::Timestamp>,
    pub repair_wanted: bool,
    pub compared_until: Option<jiff::Timestamp>,
    pub etag: Option<String>,
    pub check_due: bool,
    pub compare_due: bool,
    pub missing: i64,
}
pub struct HookRowBorrowed<'a> {
    pub id: i64,
    pub repository_id: Option<i64>,
    pub owner: Option<&'a str>,
    pub name: Option<&'a str>,
    pub hook_id: Option<i64>,
    pub state: &'a str,
    pub problems: crate::ArrayIterator<'a, &'a str>,
    pub url: Option<&'a str>,
    pub events: crate::ArrayIterator<'a, &'a str>,
    pub active: bool,
    pub has_secret: bool,
    pub last_code: Option<i32>,
    pub last_success_at: Option<jiff::Timestamp>,
    pub checked_at: Option<jiff::Timestamp>,
    pub repair_wanted: bool,
    pub compared_until: Option<jiff::Timestamp>,
    pub etag: Option<&'a str>,
    pub check_due: bool,
    pub compare_due: bool,
    pub missing: i64,
}
impl<'a> From<HookRowBorrowed<'a>> for HookRow {
    fn from(
        HookRowBorrowed {
            id,
            repository_id,
            owner,
            name,
            hook_id,
            state,
            problems,
            url,
            events,
            active,
            has_secret,
            last_code,
            last_success_at,
            checked_at,
            repair_wanted,
            compared_until,
            etag,
            check_due,
            compare_due,
            missing,
        }: HookRowBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            repository_id,
            owner: owner.map(|v| v.into()),
            name: name.map(|v| v.into()),
            hook_id,
            state: state.into(),
            problems: problems.map(|v| v.into()).collect(),
            url: url.map(|v| v.into()),
            events: events.map(|v| v.into()).collect(),
            active,
            has_secret,
            last_code,
            last_success_at,
            checked_at,
            repair_wanted,
            compared_until,
            etag: etag.map(|v| v.into()),
            check_due,
            compare_due,
            missing,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub comparing_until: Option<jiff::Timestamp>,
    pub comparing_at: Option<String>,
    pub now: jiff::Timestamp,
    pub since: jiff::Timestamp,
}
pub struct ComparisonBorrowed<'a> {
    pub comparing_until: Option<jiff::Timestamp>,
    pub comparing_at: Option<&'a str>,
    pub now: jiff::Timestamp,
    pub since: jiff::Timestamp,
}
impl<'a> From<ComparisonBorrowed<'a>> for Comparison {
    fn from(
        ComparisonBorrowed { comparing_until, comparing_at, now, since }: ComparisonBorrowed<'a>,
    ) -> Self {
        Self { comparing_until, comparing_at: comparing_at.map(|v| v.into()), now, since }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DueMissing {
    pub guid: String,
    pub delivery_id: i64,
    pub event: String,
    pub delivered_at: jiff::Timestamp,
    pub attempts: i32,
    pub hook_github_id: Option<i64>,
    pub owner: Option<String>,
    pub name: Option<String>,
    pub now: jiff::Timestamp,
}
pub struct DueMissingBorrowed<'a> {
    pub guid: &'a str,
    pub delivery_id: i64,
    pub event: &'a str,
    pub delivered_at: jiff::Timestamp,
    pub attempts: i32,
    pub hook_github_id: Option<i64>,
    pub owner: Option<&'a str>,
    pub name: Option<&'a str>,
    pub now: jiff::Timestamp,
}
impl<'a> From<DueMissingBorrowed<'a>> for DueMissing {
    fn from(
        DueMissingBorrowed {
            guid,
            delivery_id,
            event,
            delivered_at,
            attempts,
            hook_github_id,
            owner,
            name,
            now,
        }: DueMissingBorrowed<'a>,
    ) -> Self {
        Self {
            guid: guid.into(),
            delivery_id,
            event: event.into(),
            delivered_at,
            attempts,
            hook_github_id,
            owner: owner.map(|v| v.into()),
            name: name.map(|v| v.into()),
            now,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct GiveUpMissing {
    pub repository_id: i64,
    pub delivered_at: jiff::Timestamp,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct HookRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<HookRowBorrowed, tokio_postgres::Error>,
    mapper: fn(HookRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> HookRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(HookRowBorrowed) -> R) -> HookRowQuery<'c, 'a, 's, C, R, N> {
        HookRowQuery {
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
pub struct ComparisonQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ComparisonBorrowed, tokio_postgres::Error>,
    mapper: fn(ComparisonBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ComparisonQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ComparisonBorrowed) -> R) -> ComparisonQuery<'c, 'a, 's, C, R, N> {
        ComparisonQuery {
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
pub struct DueMissingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DueMissingBorrowed, tokio_postgres::Error>,
    mapper: fn(DueMissingBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DueMissingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(DueMissingBorrowed) -> R) -> DueMissingQuery<'c, 'a, 's, C, R, N> {
        DueMissingQuery {
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
pub struct GiveUpMissingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<GiveUpMissing, tokio_postgres::Error>,
    mapper: fn(GiveUpMissing) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> GiveUpMissingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(GiveUpMissing) -> R) -> GiveUpMissingQuery<'c, 'a, 's, C, R, N> {
        GiveUpMissingQuery {
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
pub struct HooksStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn hooks() -> HooksStmt {
    HooksStmt(
        "select h.id, h.repository_id, r.owner, r.name, h.hook_id, h.state, h.problems, h.url, h.events, h.active, h.has_secret, h.last_code, h.last_success_at, h.checked_at, h.repair_wanted, h.compared_until, h.etag, coalesce(h.checked_at < dispatch_now() - case h.state when 'ok' then interval '1 hour' else interval '10 minutes' end, true) or h.repair_wanted as check_due, h.comparing_at is not null or coalesce(h.compared_until < dispatch_now() - interval '4 minutes', true) as compare_due, (select count(*) from missing_delivery m where m.hook_id = h.id and m.state = 'missing' and not exists (select from delivery d where d.guid = m.guid)) as missing from hook h left join repository r on r.id = h.repository_id where h.repository_id is null or (r.enabled and not r.gone) order by h.repository_id is not null, lower(r.owner || '/' || r.name)",
        None,
    )
}
impl HooksStmt {
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
    ) -> HookRowQuery<'c, 'a, 's, C, HookRow, 0> {
        HookRowQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<HookRowBorrowed, tokio_postgres::Error> {
                Ok(HookRowBorrowed {
                    id: row.try_get(0)?,
                    repository_id: row.try_get(1)?,
                    owner: row.try_get(2)?,
                    name: row.try_get(3)?,
                    hook_id: row.try_get(4)?,
                    state: row.try_get(5)?,
                    problems: row.try_get(6)?,
                    url: row.try_get(7)?,
                    events: row.try_get(8)?,
                    active: row.try_get(9)?,
                    has_secret: row.try_get(10)?,
                    last_code: row.try_get(11)?,
                    last_success_at: row.try_get(12)?,
                    checked_at: row.try_get(13)?,
                    repair_wanted: row.try_get(14)?,
                    compared_until: row.try_get(15)?,
                    etag: row.try_get(16)?,
                    check_due: row.try_get(17)?,
                    compare_due: row.try_get(18)?,
                    missing: row.try_get(19)?,
                })
            },
            mapper: |it| HookRow::from(it),
        }
    }
}
pub struct EnsureHookStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ensure_hook() -> EnsureHookStmt {
    EnsureHookStmt(
        "insert into hook (repository_id, state) values (nullif($1::bigint, 0), 'unknown') on conflict (coalesce(repository_id, 0)) do nothing",
        None,
    )
}
impl EnsureHookStmt {
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
pub struct ForgetHooksStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn forget_hooks() -> ForgetHooksStmt {
    ForgetHooksStmt(
        "delete from hook where (repository_id is null) <> $1::boolean and ($1 or repository_id is null)",
        None,
    )
}
impl ForgetHooksStmt {
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
        of_app: &'a bool,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[of_app]).await
    }
}
pub struct WantRepairStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn want_repair() -> WantRepairStmt {
    WantRepairStmt(
        "update hook h set repair_wanted = true where $1::bigint = 0 or h.repository_id = $1::bigint or h.repository_id is null",
        None,
    )
}
impl WantRepairStmt {
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
pub struct WriteHookStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_hook() -> WriteHookStmt {
    WriteHookStmt(
        "update hook set hook_id = $1, state = $2, problems = $3, url = $4, events = $5, active = $6, has_secret = $7, last_code = $8, last_success_at = case when $8 between 200 and 299 then dispatch_now() else last_success_at end, checked_at = dispatch_now(), repair_wanted = repair_wanted and $9::boolean where id = $10",
        None,
    )
}
impl WriteHookStmt {
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
        T3: crate::ArraySql<Item = T2>,
        T4: crate::StringSql,
        T5: crate::StringSql,
        T6: crate::ArraySql<Item = T5>,
    >(
        &'s self,
        client: &'c C,
        hook_id: &'a Option<i64>,
        state: &'a T1,
        problems: &'a T3,
        url: &'a Option<T4>,
        events: &'a T6,
        active: &'a bool,
        has_secret: &'a bool,
        last_code: &'a Option<i32>,
        repair_wanted: &'a bool,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[hook_id, state, problems, url, events, active, has_secret, last_code, repair_wanted, id],
            )
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::ArraySql<Item = T5>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteHookParams<T1, T2, T3, T4, T5, T6>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteHookStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteHookParams<T1, T2, T3, T4, T5, T6>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.hook_id,
            &params.state,
            &params.problems,
            &params.url,
            &params.events,
            &params.active,
            &params.has_secret,
            &params.last_code,
            &params.repair_wanted,
            &params.id,
        ))
    }
}
pub struct ComparisonStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn comparison() -> ComparisonStmt {
    ComparisonStmt(
        "select comparing_until, comparing_at, dispatch_now() as now, greatest( dispatch_now() - interval '72 hours', coalesce(compared_until - interval '10 minutes', (select min(received_at) from delivery), dispatch_now()) )::timestamptz as since from hook where id = $1",
        None,
    )
}
impl ComparisonStmt {
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
    ) -> ComparisonQuery<'c, 'a, 's, C, Comparison, 1> {
        ComparisonQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ComparisonBorrowed, tokio_postgres::Error> {
                Ok(ComparisonBorrowed {
                    comparing_until: row.try_get(0)?,
                    comparing_at: row.try_get(1)?,
                    now: row.try_get(2)?,
                    since: row.try_get(3)?,
                })
            },
            mapper: |it| Comparison::from(it),
        }
    }
}
pub struct LatestDeliveryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn latest_delivery() -> LatestDeliveryStmt {
    LatestDeliveryStmt(
        "update hook set last_code = $1, last_success_at = case when $1 between 200 and 299 then $2 else last_success_at end where id = $3",
        None,
    )
}
impl LatestDeliveryStmt {
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
        code: &'a i32,
        at: &'a jiff::Timestamp,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[code, at, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        LatestDeliveryParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for LatestDeliveryStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a LatestDeliveryParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.code, &params.at, &params.id))
    }
}
pub struct CompareOnStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn compare_on() -> CompareOnStmt {
    CompareOnStmt("update hook set comparing_until = $1, comparing_at = $2 where id = $3", None)
}
impl CompareOnStmt {
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
        comparing_until: &'a Option<jiff::Timestamp>,
        comparing_at: &'a Option<T1>,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[comparing_until, comparing_at, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        CompareOnParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for CompareOnStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a CompareOnParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.comparing_until, &params.comparing_at, &params.id))
    }
}
pub struct ComparedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn compared() -> ComparedStmt {
    ComparedStmt(
        "update hook set compared_until = greatest(compared_until, $1), comparing_until = null, comparing_at = null, etag = $2 where id = $3",
        None,
    )
}
impl ComparedStmt {
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
        until: &'a jiff::Timestamp,
        etag: &'a Option<T1>,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[until, etag, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ComparedParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ComparedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ComparedParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.until, &params.etag, &params.id))
    }
}
pub struct NoteMissingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn note_missing() -> NoteMissingStmt {
    NoteMissingStmt(
        "insert into missing_delivery (guid, hook_id, delivery_id, event, action, repository_id, delivered_at, status, retry_at, noticed_at) select listed.guid, $1, listed.delivery_id, listed.event, nullif(listed.action, ''), r.id, listed.delivered_at, listed.status, dispatch_now(), dispatch_now() from unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[], $8::text[]) as listed (guid, delivery_id, event, action, github_repository, delivered_at, status) left join repository r on r.github_id = listed.github_repository where listed.event = any($9::text[]) and (listed.github_repository = 0 or (r.enabled and not r.gone)) and not exists (select from delivery d where d.guid = listed.guid) on conflict (guid) do nothing",
        None,
    )
}
impl NoteMissingStmt {
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
        T2: crate::ArraySql<Item = T1>,
        T3: crate::ArraySql<Item = i64>,
        T4: crate::StringSql,
        T5: crate::ArraySql<Item = T4>,
        T6: crate::StringSql,
        T7: crate::ArraySql<Item = T6>,
        T8: crate::ArraySql<Item = i64>,
        T9: crate::ArraySql<Item = jiff::Timestamp>,
        T10: crate::StringSql,
        T11: crate::ArraySql<Item = T10>,
        T12: crate::StringSql,
        T13: crate::ArraySql<Item = T12>,
    >(
        &'s self,
        client: &'c C,
        hook_id: &'a i64,
        guids: &'a T2,
        delivery_ids: &'a T3,
        events: &'a T5,
        actions: &'a T7,
        repositories: &'a T8,
        times: &'a T9,
        statuses: &'a T11,
        wanted: &'a T13,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[hook_id, guids, delivery_ids, events, actions, repositories, times, statuses, wanted],
            )
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::ArraySql<Item = i64>,
    T4: crate::StringSql,
    T5: crate::ArraySql<Item = T4>,
    T6: crate::StringSql,
    T7: crate::ArraySql<Item = T6>,
    T8: crate::ArraySql<Item = i64>,
    T9: crate::ArraySql<Item = jiff::Timestamp>,
    T10: crate::StringSql,
    T11: crate::ArraySql<Item = T10>,
    T12: crate::StringSql,
    T13: crate::ArraySql<Item = T12>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        NoteMissingParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for NoteMissingStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a NoteMissingParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.hook_id,
            &params.guids,
            &params.delivery_ids,
            &params.events,
            &params.actions,
            &params.repositories,
            &params.times,
            &params.statuses,
            &params.wanted,
        ))
    }
}
pub struct SettleRecoveredStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settle_recovered() -> SettleRecoveredStmt {
    SettleRecoveredStmt(
        "update missing_delivery m set state = 'recovered', settled_at = dispatch_now() where m.state = 'missing' and exists (select from delivery d where d.guid = m.guid)",
        None,
    )
}
impl SettleRecoveredStmt {
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
pub struct DueMissingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn due_missing() -> DueMissingStmt {
    DueMissingStmt(
        "select m.guid, m.delivery_id, m.event, m.delivered_at, m.attempts, h.hook_id as hook_github_id, hr.owner, hr.name, dispatch_now() as now from missing_delivery m join hook h on h.id = m.hook_id left join repository hr on hr.id = h.repository_id where m.state = 'missing' and m.retry_at <= dispatch_now() order by m.delivered_at, m.guid limit $1",
        None,
    )
}
impl DueMissingStmt {
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
    ) -> DueMissingQuery<'c, 'a, 's, C, DueMissing, 1> {
        DueMissingQuery {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<DueMissingBorrowed, tokio_postgres::Error> {
                Ok(DueMissingBorrowed {
                    guid: row.try_get(0)?,
                    delivery_id: row.try_get(1)?,
                    event: row.try_get(2)?,
                    delivered_at: row.try_get(3)?,
                    attempts: row.try_get(4)?,
                    hook_github_id: row.try_get(5)?,
                    owner: row.try_get(6)?,
                    name: row.try_get(7)?,
                    now: row.try_get(8)?,
                })
            },
            mapper: |it| DueMissing::from(it),
        }
    }
}
pub struct AskedAgainStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn asked_again() -> AskedAgainStmt {
    AskedAgainStmt(
        "update missing_delivery set attempts = attempts + 1, retry_at = $1, last_error = $2 where guid = $3 and state = 'missing'",
        None,
    )
}
impl AskedAgainStmt {
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
        retry_at: &'a jiff::Timestamp,
        last_error: &'a Option<T1>,
        guid: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[retry_at, last_error, guid]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AskedAgainParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for AskedAgainStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AskedAgainParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.retry_at, &params.last_error, &params.guid))
    }
}
pub struct GiveUpMissingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn give_up_missing() -> GiveUpMissingStmt {
    GiveUpMissingStmt(
        "update missing_delivery set state = 'reread', settled_at = dispatch_now(), last_error = $1 where guid = $2 and state = 'missing' returning coalesce(repository_id, 0) as repository_id, delivered_at",
        None,
    )
}
impl GiveUpMissingStmt {
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
        last_error: &'a T1,
        guid: &'a T2,
    ) -> GiveUpMissingQuery<'c, 'a, 's, C, GiveUpMissing, 2> {
        GiveUpMissingQuery {
            client,
            params: [last_error, guid],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<GiveUpMissing, tokio_postgres::Error> {
                Ok(GiveUpMissing { repository_id: row.try_get(0)?, delivered_at: row.try_get(1)? })
            },
            mapper: |it| GiveUpMissing::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        GiveUpMissingParams<T1, T2>,
        GiveUpMissingQuery<'c, 'a, 's, C, GiveUpMissing, 2>,
        C,
    > for GiveUpMissingStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a GiveUpMissingParams<T1, T2>,
    ) -> GiveUpMissingQuery<'c, 'a, 's, C, GiveUpMissing, 2> {
        self.bind(client, &params.last_error, &params.guid)
    }
}
pub struct SyncAgainFromStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sync_again_from() -> SyncAgainFromStmt {
    SyncAgainFromStmt(
        "update repository set sync_cursor = least(sync_cursor, $1::timestamptz - interval '1 minute'), issues_etag = null where $2::bigint in (0, id) and enabled and not gone and sync_cursor is not null",
        None,
    )
}
impl SyncAgainFromStmt {
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
        from: &'a jiff::Timestamp,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[from, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SyncAgainFromParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for SyncAgainFromStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SyncAgainFromParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.from, &params.id))
    }
}
pub struct PruneMissingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_missing() -> PruneMissingStmt {
    PruneMissingStmt(
        "delete from missing_delivery where guid in ( select guid from missing_delivery where noticed_at < dispatch_now() - $1::integer * interval '1 day' limit 5000 )",
        None,
    )
}
impl PruneMissingStmt {
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
