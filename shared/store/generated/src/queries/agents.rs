// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct RegisterAgentParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub name: T1,
    pub registered_by: T2,
}
#[derive(Debug)]
pub struct WriteAgentParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::StringSql,
> {
    pub description: T1,
    pub lanes: T3,
    pub capacity: Option<i32>,
    pub name: T4,
}
#[derive(Debug)]
pub struct AgentSeenParams<T1: crate::StringSql> {
    pub token: Option<i64>,
    pub name: T1,
}
#[derive(Debug)]
pub struct InsertTokenParams<
    T1: crate::BytesSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
> {
    pub sha256: T1,
    pub hint: T2,
    pub description: T3,
    pub tier: T4,
    pub agent: T5,
    pub created_by: T6,
}
#[derive(Debug)]
pub struct TokenByIdParams<T1: crate::StringSql> {
    pub id: i64,
    pub agent: T1,
}
#[derive(Debug)]
pub struct RevokeTokenParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub revoked_by: T1,
    pub id: i64,
    pub agent: T2,
}
#[derive(Debug)]
pub struct TakeRequestsParams<T1: crate::StringSql> {
    pub agent: T1,
    pub window: i64,
    pub wanted: i32,
}
#[derive(Debug, Clone, PartialEq)]
pub struct AgentRow {
    pub name: String,
    pub description: String,
    pub lanes: Vec<String>,
    pub capacity: Option<i32>,
    pub registered_at: Option<jiff::Timestamp>,
    pub registered_by: Option<String>,
    pub last_seen_at: Option<jiff::Timestamp>,
    pub claimed: i64,
    pub tokens: i64,
}
pub struct AgentRowBorrowed<'a> {
    pub name: &'a str,
    pub description: &'a str,
    pub lanes: crate::ArrayIterator<'a, &'a str>,
    pub capacity: Option<i32>,
    pub registered_at: Option<jiff::Timestamp>,
    pub registered_by: Option<&'a str>,
    pub last_seen_at: Option<jiff::Timestamp>,
    pub claimed: i64,
    pub tokens: i64,
}
impl<'a> From<AgentRowBorrowed<'a>> for AgentRow {
    fn from(
        AgentRowBorrowed {
            name,
            description,
            lanes,
            capacity,
            registered_at,
            registered_by,
            last_seen_at,
            claimed,
            tokens,
        }: AgentRowBorrowed<'a>,
    ) -> Self {
        Self {
            name: name.into(),
            description: description.into(),
            lanes: lanes.map(|v| v.into()).collect(),
            capacity,
            registered_at,
            registered_by: registered_by.map(|v| v.into()),
            last_seen_at,
            claimed,
            tokens,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TokenBySha256 {
    pub id: i64,
    pub agent: String,
    pub tier: String,
}
pub struct TokenBySha256Borrowed<'a> {
    pub id: i64,
    pub agent: &'a str,
    pub tier: &'a str,
}
impl<'a> From<TokenBySha256Borrowed<'a>> for TokenBySha256 {
    fn from(TokenBySha256Borrowed { id, agent, tier }: TokenBySha256Borrowed<'a>) -> Self {
        Self { id, agent: agent.into(), tier: tier.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TokenRow {
    pub id: i64,
    pub hint: String,
    pub description: String,
    pub tier: String,
    pub agent: String,
    pub created_by: String,
    pub created_at: jiff::Timestamp,
    pub last_used_at: Option<jiff::Timestamp>,
    pub revoked_at: Option<jiff::Timestamp>,
    pub revoked_by: Option<String>,
}
pub struct TokenRowBorrowed<'a> {
    pub id: i64,
    pub hint: &'a str,
    pub description: &'a str,
    pub tier: &'a str,
    pub agent: &'a str,
    pub created_by: &'a str,
    pub created_at: jiff::Timestamp,
    pub last_used_at: Option<jiff::Timestamp>,
    pub revoked_at: Option<jiff::Timestamp>,
    pub revoked_by: Option<&'a str>,
}
impl<'a> From<TokenRowBorrowed<'a>> for TokenRow {
    fn from(
        TokenRowBorrowed {
            id,
            hint,
            description,
            tier,
            agent,
            created_by,
            created_at,
            last_used_at,
            revoked_at,
            revoked_by,
        }: TokenRowBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            hint: hint.into(),
            description: description.into(),
            tier: tier.into(),
            agent: agent.into(),
            created_by: created_by.into(),
            created_at,
            last_used_at,
            revoked_at,
            revoked_by: revoked_by.map(|v| v.into()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct AgentRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AgentRowBorrowed, tokio_postgres::Error>,
    mapper: fn(AgentRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AgentRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AgentRowBorrowed) -> R) -> AgentRowQuery<'c, 'a, 's, C, R, N> {
        AgentRowQuery {
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
pub struct TokenBySha256Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TokenBySha256Borrowed, tokio_postgres::Error>,
    mapper: fn(TokenBySha256Borrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TokenBySha256Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(TokenBySha256Borrowed) -> R) -> TokenBySha256Query<'c, 'a, 's, C, R, N> {
        TokenBySha256Query {
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
pub struct TokenRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TokenRowBorrowed, tokio_postgres::Error>,
    mapper: fn(TokenRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TokenRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(TokenRowBorrowed) -> R) -> TokenRowQuery<'c, 'a, 's, C, R, N> {
        TokenRowQuery {
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
pub struct AllAgentsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn all_agents() -> AllAgentsStmt {
    AllAgentsStmt(
        "select a.name, a.description, a.lanes, a.capacity, a.registered_at, a.registered_by, a.last_seen_at, (select count(*) from claim c where c.agent = a.name and c.state = 'active') as claimed, (select count(*) from agent_token t where t.agent = a.name and t.revoked_at is null) as tokens from agent a order by a.name",
        None,
    )
}
impl AllAgentsStmt {
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
    ) -> AgentRowQuery<'c, 'a, 's, C, AgentRow, 0> {
        AgentRowQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<AgentRowBorrowed, tokio_postgres::Error> {
                Ok(AgentRowBorrowed {
                    name: row.try_get(0)?,
                    description: row.try_get(1)?,
                    lanes: row.try_get(2)?,
                    capacity: row.try_get(3)?,
                    registered_at: row.try_get(4)?,
                    registered_by: row.try_get(5)?,
                    last_seen_at: row.try_get(6)?,
                    claimed: row.try_get(7)?,
                    tokens: row.try_get(8)?,
                })
            },
            mapper: |it| AgentRow::from(it),
        }
    }
}
pub struct AgentByNameStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn agent_by_name() -> AgentByNameStmt {
    AgentByNameStmt(
        "select a.name, a.description, a.lanes, a.capacity, a.registered_at, a.registered_by, a.last_seen_at, (select count(*) from claim c where c.agent = a.name and c.state = 'active') as claimed, (select count(*) from agent_token t where t.agent = a.name and t.revoked_at is null) as tokens from agent a where a.name = $1",
        None,
    )
}
impl AgentByNameStmt {
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
    ) -> AgentRowQuery<'c, 'a, 's, C, AgentRow, 1> {
        AgentRowQuery {
            client,
            params: [name],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<AgentRowBorrowed, tokio_postgres::Error> {
                Ok(AgentRowBorrowed {
                    name: row.try_get(0)?,
                    description: row.try_get(1)?,
                    lanes: row.try_get(2)?,
                    capacity: row.try_get(3)?,
                    registered_at: row.try_get(4)?,
                    registered_by: row.try_get(5)?,
                    last_seen_at: row.try_get(6)?,
                    claimed: row.try_get(7)?,
                    tokens: row.try_get(8)?,
                })
            },
            mapper: |it| AgentRow::from(it),
        }
    }
}
pub struct LockAgentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_agent() -> LockAgentStmt {
    LockAgentStmt("select name from agent where name = $1 for no key update", None)
}
impl LockAgentStmt {
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
pub struct RegisterAgentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn register_agent() -> RegisterAgentStmt {
    RegisterAgentStmt(
        "insert into agent (name, registered_at, registered_by) values ($1, dispatch_now(), $2) on conflict (name) do update set registered_at = excluded.registered_at, registered_by = excluded.registered_by where agent.registered_at is null returning name",
        None,
    )
}
impl RegisterAgentStmt {
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
        name: &'a T1,
        registered_by: &'a T2,
    ) -> StringQuery<'c, 'a, 's, C, String, 2> {
        StringQuery {
            client,
            params: [name, registered_by],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RegisterAgentParams<T1, T2>,
        StringQuery<'c, 'a, 's, C, String, 2>,
        C,
    > for RegisterAgentStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RegisterAgentParams<T1, T2>,
    ) -> StringQuery<'c, 'a, 's, C, String, 2> {
        self.bind(client, &params.name, &params.registered_by)
    }
}
pub struct WriteAgentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_agent() -> WriteAgentStmt {
    WriteAgentStmt("update agent set description = $1, lanes = $2, capacity = $3 where name = $4", None)
}
impl WriteAgentStmt {
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
    >(
        &'s self,
        client: &'c C,
        description: &'a T1,
        lanes: &'a T3,
        capacity: &'a Option<i32>,
        name: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[description, lanes, capacity, name]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WriteAgentParams<T1, T2, T3, T4>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for WriteAgentStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WriteAgentParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.description, &params.lanes, &params.capacity, &params.name))
    }
}
pub struct DeleteAgentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_agent() -> DeleteAgentStmt {
    DeleteAgentStmt("delete from agent where name = $1", None)
}
impl DeleteAgentStmt {
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
pub struct AgentSeenStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn agent_seen() -> AgentSeenStmt {
    AgentSeenStmt(
        "with used as ( update agent_token set last_used_at = dispatch_now() where id = $1 and (last_used_at is null or last_used_at < dispatch_now() - interval '1 minute') ) insert into agent (name, last_seen_at) select $2, dispatch_now() from set_config('synchronous_commit', 'off', true) on conflict (name) do update set last_seen_at = excluded.last_seen_at where agent.last_seen_at is null or agent.last_seen_at < excluded.last_seen_at - interval '1 minute'",
        None,
    )
}
impl AgentSeenStmt {
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
        token: &'a Option<i64>,
        name: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[token, name]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AgentSeenParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for AgentSeenStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AgentSeenParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.token, &params.name))
    }
}
pub struct TokenBySha256Stmt(&'static str, Option<tokio_postgres::Statement>);
pub fn token_by_sha256() -> TokenBySha256Stmt {
    TokenBySha256Stmt(
        "select id, agent, tier from agent_token where sha256 = $1 and revoked_at is null",
        None,
    )
}
impl TokenBySha256Stmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>(
        &'s self,
        client: &'c C,
        sha256: &'a T1,
    ) -> TokenBySha256Query<'c, 'a, 's, C, TokenBySha256, 1> {
        TokenBySha256Query {
            client,
            params: [sha256],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<TokenBySha256Borrowed, tokio_postgres::Error> {
                Ok(TokenBySha256Borrowed {
                    id: row.try_get(0)?,
                    agent: row.try_get(1)?,
                    tier: row.try_get(2)?,
                })
            },
            mapper: |it| TokenBySha256::from(it),
        }
    }
}
pub struct InsertTokenStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_token() -> InsertTokenStmt {
    InsertTokenStmt(
        "insert into agent_token (sha256, hint, description, tier, agent, created_by, created_at) values ($1, $2, $3, $4, $5, $6, dispatch_now()) returning id",
        None,
    )
}
impl InsertTokenStmt {
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
        T1: crate::BytesSql,
        T2: crate::StringSql,
        T3: crate::StringSql,
        T4: crate::StringSql,
        T5: crate::StringSql,
        T6: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        sha256: &'a T1,
        hint: &'a T2,
        description: &'a T3,
        tier: &'a T4,
        agent: &'a T5,
        created_by: &'a T6,
    ) -> I64Query<'c, 'a, 's, C, i64, 6> {
        I64Query {
            client,
            params: [sha256, hint, description, tier, agent, created_by],
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
    T1: crate::BytesSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        InsertTokenParams<T1, T2, T3, T4, T5, T6>,
        I64Query<'c, 'a, 's, C, i64, 6>,
        C,
    > for InsertTokenStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a InsertTokenParams<T1, T2, T3, T4, T5, T6>,
    ) -> I64Query<'c, 'a, 's, C, i64, 6> {
        self.bind(
            client,
            &params.sha256,
            &params.hint,
            &params.description,
            &params.tier,
            &params.agent,
            &params.created_by,
        )
    }
}
pub struct TokenByIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn token_by_id() -> TokenByIdStmt {
    TokenByIdStmt(
        "select id, hint, description, tier, agent, created_by, created_at, last_used_at, revoked_at, revoked_by from agent_token where id = $1 and agent = $2",
        None,
    )
}
impl TokenByIdStmt {
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
        id: &'a i64,
        agent: &'a T1,
    ) -> TokenRowQuery<'c, 'a, 's, C, TokenRow, 2> {
        TokenRowQuery {
            client,
            params: [id, agent],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<TokenRowBorrowed, tokio_postgres::Error> {
                Ok(TokenRowBorrowed {
                    id: row.try_get(0)?,
                    hint: row.try_get(1)?,
                    description: row.try_get(2)?,
                    tier: row.try_get(3)?,
                    agent: row.try_get(4)?,
                    created_by: row.try_get(5)?,
                    created_at: row.try_get(6)?,
                    last_used_at: row.try_get(7)?,
                    revoked_at: row.try_get(8)?,
                    revoked_by: row.try_get(9)?,
                })
            },
            mapper: |it| TokenRow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TokenByIdParams<T1>,
        TokenRowQuery<'c, 'a, 's, C, TokenRow, 2>,
        C,
    > for TokenByIdStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TokenByIdParams<T1>,
    ) -> TokenRowQuery<'c, 'a, 's, C, TokenRow, 2> {
        self.bind(client, &params.id, &params.agent)
    }
}
pub struct TokensOfAgentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tokens_of_agent() -> TokensOfAgentStmt {
    TokensOfAgentStmt(
        "select id, hint, description, tier, agent, created_by, created_at, last_used_at, revoked_at, revoked_by from agent_token where agent = $1 order by revoked_at is not null, id desc limit 200",
        None,
    )
}
impl TokensOfAgentStmt {
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
    ) -> TokenRowQuery<'c, 'a, 's, C, TokenRow, 1> {
        TokenRowQuery {
            client,
            params: [agent],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<TokenRowBorrowed, tokio_postgres::Error> {
                Ok(TokenRowBorrowed {
                    id: row.try_get(0)?,
                    hint: row.try_get(1)?,
                    description: row.try_get(2)?,
                    tier: row.try_get(3)?,
                    agent: row.try_get(4)?,
                    created_by: row.try_get(5)?,
                    created_at: row.try_get(6)?,
                    last_used_at: row.try_get(7)?,
                    revoked_at: row.try_get(8)?,
                    revoked_by: row.try_get(9)?,
                })
            },
            mapper: |it| TokenRow::from(it),
        }
    }
}
pub struct RevokeTokenStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn revoke_token() -> RevokeTokenStmt {
    RevokeTokenStmt(
        "update agent_token set revoked_at = dispatch_now(), revoked_by = $1 where id = $2 and agent = $3 and revoked_at is null",
        None,
    )
}
impl RevokeTokenStmt {
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
        revoked_by: &'a T1,
        id: &'a i64,
        agent: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[revoked_by, id, agent]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RevokeTokenParams<T1, T2>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RevokeTokenStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RevokeTokenParams<T1, T2>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.revoked_by, &params.id, &params.agent))
    }
}
pub struct TakeRequestsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn take_requests() -> TakeRequestsStmt {
    TakeRequestsStmt(
        "insert into agent_request as known (agent, window_number, taken) values ($1, $2, $3) on conflict (agent) do update set window_number = greatest(known.window_number, excluded.window_number), taken = case when known.window_number < excluded.window_number then 0 else known.taken end + excluded.taken returning taken",
        None,
    )
}
impl TakeRequestsStmt {
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
        window: &'a i64,
        wanted: &'a i32,
    ) -> I32Query<'c, 'a, 's, C, i32, 3> {
        I32Query {
            client,
            params: [agent, window, wanted],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, TakeRequestsParams<T1>, I32Query<'c, 'a, 's, C, i32, 3>, C>
    for TakeRequestsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TakeRequestsParams<T1>,
    ) -> I32Query<'c, 'a, 's, C, i32, 3> {
        self.bind(client, &params.agent, &params.window, &params.wanted)
    }
}
