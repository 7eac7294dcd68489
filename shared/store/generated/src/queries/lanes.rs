// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct WriteLaneParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
> {
    pub description: T1,
    pub claimable: bool,
    pub paused: bool,
    pub role: Option<T2>,
    pub wip_limit: Option<i32>,
    pub default_agent: Option<T3>,
    pub colour: Option<T4>,
    pub name: T5,
}
#[derive(Debug)]
pub struct FreeRoleParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub role: T1,
    pub name: T2,
}
#[derive(Debug)]
pub struct MoveUnlabelledIssuesParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub to_lane: T1,
    pub from_lane: T2,
}
#[derive(Debug)]
pub struct MoveUnlabelledWorkParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub to_lane: T1,
    pub from_lane: T2,
}
#[derive(Debug)]
pub struct RecordClassificationParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
> {
    pub issue_id: i64,
    pub from_lane: T1,
    pub lane: T2,
    pub reason: Option<T3>,
    pub confidence: Option<f64>,
    pub model: Option<T4>,
    pub actor_kind: T5,
    pub actor: T6,
}
#[derive(Debug, Clone, PartialEq)]
pub struct LaneRow {
    pub name: String,
    pub description: String,
    pub claimable: bool,
    pub role: Option<String>,
    pub paused: bool,
    pub wip_limit: Option<i32>,
    pub default_agent: Option<String>,
    pub colour: Option<String>,
    pub offered: i64,
    pub claimed: i64,
}
pub struct LaneRowBorrowed<'a> {
    pub name: &'a str,
    pub description: &'a str,
    pub claimable: bool,
    pub role: Option<&'a str>,
    pub paused: bool,
    pub wip_limit: Option<i32>,
    pub default_agent: Option<&'a str>,
    pub colour: Option<&'a str>,
    pub offered: i64,
    pub claimed: i64,
}
impl<'a> From<LaneRowBorrowed<'a>> for LaneRow {
    fn from(
        LaneRowBorrowed {
            name,
            description,
            claimable,
            role,
            paused,
            wip_limit,
            default_agent,
            colour,
            offered,
            claimed,
        }: LaneRowBorrowed<'a>,
    ) -> Self {
        Self {
            name: name.into(),
            description: description.into(),
            claimable,
            role: role.map(|v| v.into()),
            paused,
            wip_limit,
            default_agent: default_agent.map(|v| v.into()),
            colour: colour.map(|v| v.into()),
            offered,
            claimed,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct LaneHistory {
    pub from_lane: String,
    pub lane: String,
    pub reason: Option<String>,
    pub confidence: Option<f64>,
    pub model: Option<String>,
    pub actor_kind: String,
    pub actor: String,
    pub at: jiff::Timestamp,
}
pub struct LaneHistoryBorrowed<'a> {
    pub from_lane: &'a str,
    pub lane: &'a str,
    pub reason: Option<&'a str>,
    pub confidence: Option<f64>,
    pub model: Option<&'a str>,
    pub actor_kind: &'a str,
    pub actor: &'a str,
    pub at: jiff::Timestamp,
}
impl<'a> From<LaneHistoryBorrowed<'a>> for LaneHistory {
    fn from(
        LaneHistoryBorrowed {
            from_lane,
            lane,
            reason,
            confidence,
            model,
            actor_kind,
            actor,
            at,
        }: LaneHistoryBorrowed<'a>,
    ) -> Self {
        Self {
            from_lane: from_lane.into(),
            lane: lane.into(),
            reason: reason.map(|v| v.into()),
            confidence,
            model: model.map(|v| v.into()),
            actor_kind: actor_kind.into(),
            actor: actor.into(),
            at,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct LaneRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LaneRowBorrowed, tokio_postgres::Error>,
    mapper: fn(LaneRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LaneRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LaneRowBorrowed) -> R) -> LaneRowQuery<'c, 'a, 's, C, R, N> {
        LaneRowQuery {
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
pub struct LaneHistoryQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LaneHistoryBorrowed, tokio_postgres::Error>,
    mapper: fn(LaneHistoryBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LaneHistoryQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LaneHistoryBorrowed) -> R) -> LaneHistoryQuery<'c, 'a, 's, C, R, N> {
        LaneHistoryQuery {
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
pub struct AllLanesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn all_lanes() -> AllLanesStmt {
    AllLanesStmt(
        "select l.name, l.description, l.claimable, l.role, l.paused, l.wip_limit, l.default_agent, l.colour, (select count(*) from work w where w.lane = l.name and w.offered) as offered, (select count(*) from claim c where c.lane = l.name and c.state = 'active') as claimed from lane l order by l.role is distinct from 'default', l.name",
        None,
    )
}
impl AllLanesStmt {
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
    ) -> LaneRowQuery<'c, 'a, 's, C, LaneRow, 0> {
        LaneRowQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LaneRowBorrowed, tokio_postgres::Error> {
                Ok(LaneRowBorrowed {
                    name: row.try_get(0)?,
                    description: row.try_get(1)?,
                    claimable: row.try_get(2)?,
                    role: row.try_get(3)?,
                    paused: row.try_get(4)?,
                    wip_limit: row.try_get(5)?,
                    default_agent: row.try_get(6)?,
                    colour: row.try_get(7)?,
                    offered: row.try_get(8)?,
                    claimed: row.try_get(9)?,
                })
            },
            mapper: |it| LaneRow::from(it),
        }
    }
}
pub struct LaneByNameStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lane_by_name() -> LaneByNameStmt {
    LaneByNameStmt(
        "select l.name, l.description, l.claimable, l.role, l.paused, l.wip_limit, l.default_agent, l.colour, (select count(*) from work w where w.lane = l.name and w.offered) as offered, (select count(*) from claim c where c.lane = l.name and c.state = 'active') as claimed from lane l where l.name = $1",
        None,
    )
}
impl LaneByNameStmt {
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
        name: &'a T1,
    ) -> LaneRowQuery<'c, 'a, 's, C, LaneRow, 1> {
        LaneRowQuery {
            client,
            params: [name],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LaneRowBorrowed, tokio_postgres::Error> {
                Ok(LaneRowBorrowed {
                    name: row.try_get(0)?,
                    description: row.try_get(1)?,
                    claimable: row.try_get(2)?,
                    role: row.try_get(3)?,
                    paused: row.try_get(4)?,
                    wip_limit: row.try_get(5)?,
                    default_agent: row.try_get(6)?,
                    colour: row.try_get(7)?,
                    offered: row.try_get(8)?,
                    claimed: row.try_get(9)?,
                })
            },
            mapper: |it| LaneRow::from(it),
        }
    }
}
pub struct LaneWithRoleStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lane_with_role() -> LaneWithRoleStmt {
    LaneWithRoleStmt("select name from lane where role = $1", None)
}
impl LaneWithRoleStmt {
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
        role: &'a T1,
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [role],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct LaneNamesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lane_names() -> LaneNamesStmt {
    LaneNamesStmt("select name from lane order by role is distinct from 'default', name", None)
}
impl LaneNamesStmt {
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
    ) -> StringQuery<'c, 'a, 's, C, String, 0> {
        StringQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct LockLaneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_lane() -> LockLaneStmt {
    LockLaneStmt("select name from lane where name = $1 for no key update", None)
}
impl LockLaneStmt {
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
        name: &'a T1,
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [name],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct InsertLaneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_lane() -> InsertLaneStmt {
    InsertLaneStmt(
        "insert into lane (name, created_at) values ($1, dispatch_now()) on conflict do nothing",
        None,
    )
}
impl InsertLaneStmt {
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
        name: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[name]).await
    }
}
pub struct WriteLaneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_lane() -> WriteLaneStmt {
    WriteLaneStmt(
        "update lane set description = $1, claimable = $2, paused = $3, role = $4, wip_limit = $5, default_agent = $6, colour = $7 where name = $8",
        None,
    )
}
impl WriteLaneStmt {
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
        description: &'a T1,
        claimable: &'a bool,
        paused: &'a bool,
        role: &'a Option<T2>,
        wip_limit: &'a Option<i32>,
        default_agent: &'a Option<T3>,
        colour: &'a Option<T4>,
        name: &'a T5,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(self.0, &[description, claimable, paused, role, wip_limit, default_agent, colour, name])
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
        WriteLaneParams<T1, T2, T3, T4, T5>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteLaneStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteLaneParams<T1, T2, T3, T4, T5>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.description,
            &params.claimable,
            &params.paused,
            &params.role,
            &params.wip_limit,
            &params.default_agent,
            &params.colour,
            &params.name,
        ))
    }
}
pub struct FreeRoleStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn free_role() -> FreeRoleStmt {
    FreeRoleStmt("update lane set role = null where role = $1 and name <> $2", None)
}
impl FreeRoleStmt {
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
        role: &'a T1,
        name: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[role, name]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        FreeRoleParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for FreeRoleStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a FreeRoleParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.role, &params.name))
    }
}
pub struct IssuesInLaneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn issues_in_lane() -> IssuesInLaneStmt {
    IssuesInLaneStmt("select count(*) from issue where lane = $1 and not closed and not gone", None)
}
impl IssuesInLaneStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [lane],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct DeleteLaneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_lane() -> DeleteLaneStmt {
    DeleteLaneStmt("delete from lane where name = $1", None)
}
impl DeleteLaneStmt {
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
        name: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[name]).await
    }
}
pub struct MoveUnlabelledIssuesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn move_unlabelled_issues() -> MoveUnlabelledIssuesStmt {
    MoveUnlabelledIssuesStmt(
        "update issue set lane = $1 where lane = $2 and not closed and not gone and not exists (select from unnest(labels) l where lower(l) like 'lane/%')",
        None,
    )
}
impl MoveUnlabelledIssuesStmt {
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
        to_lane: &'a T1,
        from_lane: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[to_lane, from_lane]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MoveUnlabelledIssuesParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for MoveUnlabelledIssuesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MoveUnlabelledIssuesParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.to_lane, &params.from_lane))
    }
}
pub struct MoveUnlabelledWorkStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn move_unlabelled_work() -> MoveUnlabelledWorkStmt {
    MoveUnlabelledWorkStmt(
        "update work w set lane = $1 from issue i where w.issue_id = i.id and w.lane = $2 and i.lane = $1 and not i.closed and not i.gone",
        None,
    )
}
impl MoveUnlabelledWorkStmt {
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
        to_lane: &'a T1,
        from_lane: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[to_lane, from_lane]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MoveUnlabelledWorkParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for MoveUnlabelledWorkStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MoveUnlabelledWorkParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.to_lane, &params.from_lane))
    }
}
pub struct RecordClassificationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn record_classification() -> RecordClassificationStmt {
    RecordClassificationStmt(
        "insert into lane_classification (issue_id, from_lane, lane, reason, confidence, model, actor_kind, actor, at) values ($1, $2, $3, $4, $5, $6, $7, $8, dispatch_now())",
        None,
    )
}
impl RecordClassificationStmt {
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
        issue_id: &'a i64,
        from_lane: &'a T1,
        lane: &'a T2,
        reason: &'a Option<T3>,
        confidence: &'a Option<f64>,
        model: &'a Option<T4>,
        actor_kind: &'a T5,
        actor: &'a T6,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(self.0, &[issue_id, from_lane, lane, reason, confidence, model, actor_kind, actor])
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
        RecordClassificationParams<T1, T2, T3, T4, T5, T6>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RecordClassificationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RecordClassificationParams<T1, T2, T3, T4, T5, T6>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.issue_id,
            &params.from_lane,
            &params.lane,
            &params.reason,
            &params.confidence,
            &params.model,
            &params.actor_kind,
            &params.actor,
        ))
    }
}
pub struct LaneHistoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lane_history() -> LaneHistoryStmt {
    LaneHistoryStmt(
        "select from_lane, lane, reason, confidence, model, actor_kind, actor, at from lane_classification where issue_id = $1 order by id desc limit 100",
        None,
    )
}
impl LaneHistoryStmt {
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
    ) -> LaneHistoryQuery<'c, 'a, 's, C, LaneHistory, 1> {
        LaneHistoryQuery {
            client,
            params: [issue_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LaneHistoryBorrowed, tokio_postgres::Error> {
                Ok(LaneHistoryBorrowed {
                    from_lane: row.try_get(0)?,
                    lane: row.try_get(1)?,
                    reason: row.try_get(2)?,
                    confidence: row.try_get(3)?,
                    model: row.try_get(4)?,
                    actor_kind: row.try_get(5)?,
                    actor: row.try_get(6)?,
                    at: row.try_get(7)?,
                })
            },
            mapper: |it| LaneHistory::from(it),
        }
    }
}
