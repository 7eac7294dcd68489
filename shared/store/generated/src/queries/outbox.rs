// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct InsertMutationParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::JsonSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
> {
    pub repository_id: i64,
    pub issue_id: i64,
    pub origin: T1,
    pub state: T2,
    pub intent: T3,
    pub correlation_id: T4,
    pub wanted_by: T5,
    pub last_error: Option<T6>,
}
#[derive(Debug)]
pub struct InsertCommentParams<T1: crate::JsonSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub repository_id: i64,
    pub issue_id: i64,
    pub comment: T1,
    pub correlation_id: T2,
    pub wanted_by: T3,
}
#[derive(Debug)]
pub struct FinishCommentParams<T1: crate::StringSql> {
    pub state: T1,
    pub id: i64,
    pub fence: i64,
}
#[derive(Debug)]
pub struct ParkCommentParams<T1: crate::StringSql> {
    pub error: T1,
    pub id: i64,
    pub fence: i64,
}
#[derive(Debug)]
pub struct ReviseMutationParams<
    T1: crate::JsonSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub intent: T1,
    pub origin: T2,
    pub correlation_id: T3,
    pub wanted_by: T4,
    pub id: i64,
}
#[derive(Debug)]
pub struct SettleMutationParams<T1: crate::JsonSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub intent: T1,
    pub state: T2,
    pub last_error: Option<T3>,
    pub id: i64,
}
#[derive(Debug)]
pub struct NarrowMutationParams<T1: crate::JsonSql> {
    pub intent: T1,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct LeaseMutationParams {
    pub seconds: i32,
    pub id: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct CountWritesParams {
    pub writes: i32,
    pub id: i64,
    pub fence: i64,
}
#[derive(Debug)]
pub struct PutBackMutationParams<T1: crate::StringSql> {
    pub error: T1,
    pub counts: bool,
    pub version: i32,
    pub retry_at: jiff::Timestamp,
    pub id: i64,
    pub fence: i64,
}
#[derive(Debug)]
pub struct ParkMutationParams<T1: crate::StringSql, T2: crate::JsonSql, T3: crate::StringSql> {
    pub error: T1,
    pub intent: T2,
    pub origin: T3,
    pub id: i64,
    pub fence: i64,
}
#[derive(Debug)]
pub struct UnparkMutationParams<T1: crate::StringSql> {
    pub correlation_id: T1,
    pub id: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct LeaseMutation {
    pub id: i64,
    pub kind: String,
    pub intent: serde_json::Value,
    pub over: bool,
    pub fence: i64,
    pub attempts: i32,
    pub desired_version: i32,
    pub origin: String,
    pub correlation_id: String,
    pub wanted_by: String,
    pub issue_id: i64,
    pub number: i32,
    pub reread_wanted: i32,
    pub version: i32,
    pub owner: String,
    pub name: String,
    pub repository_id: i64,
    pub labels_defined: Vec<String>,
    pub created_at: jiff::Timestamp,
    pub now: jiff::Timestamp,
}
pub struct LeaseMutationBorrowed<'a> {
    pub id: i64,
    pub kind: &'a str,
    pub intent: postgres_types::Json<&'a serde_json::value::RawValue>,
    pub over: bool,
    pub fence: i64,
    pub attempts: i32,
    pub desired_version: i32,
    pub origin: &'a str,
    pub correlation_id: &'a str,
    pub wanted_by: &'a str,
    pub issue_id: i64,
    pub number: i32,
    pub reread_wanted: i32,
    pub version: i32,
    pub owner: &'a str,
    pub name: &'a str,
    pub repository_id: i64,
    pub labels_defined: crate::ArrayIterator<'a, &'a str>,
    pub created_at: jiff::Timestamp,
    pub now: jiff::Timestamp,
}
impl<'a> From<LeaseMutationBorrowed<'a>> for LeaseMutation {
    fn from(
        LeaseMutationBorrowed {
            id,
            kind,
            intent,
            over,
            fence,
            attempts,
            desired_version,
            origin,
            correlation_id,
            wanted_by,
            issue_id,
            number,
            reread_wanted,
            version,
            owner,
            name,
            repository_id,
            labels_defined,
            created_at,
            now,
        }: LeaseMutationBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            kind: kind.into(),
            intent: serde_json::from_str(intent.0.get()).unwrap(),
            over,
            fence,
            attempts,
            desired_version,
            origin: origin.into(),
            correlation_id: correlation_id.into(),
            wanted_by: wanted_by.into(),
            issue_id,
            number,
            reread_wanted,
            version,
            owner: owner.into(),
            name: name.into(),
            repository_id,
            labels_defined: labels_defined.map(|v| v.into()).collect(),
            created_at,
            now,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct MutationState {
    pub state: String,
    pub retry_at: Option<jiff::Timestamp>,
    pub last_error: Option<String>,
    pub attempts: i32,
}
pub struct MutationStateBorrowed<'a> {
    pub state: &'a str,
    pub retry_at: Option<jiff::Timestamp>,
    pub last_error: Option<&'a str>,
    pub attempts: i32,
}
impl<'a> From<MutationStateBorrowed<'a>> for MutationState {
    fn from(
        MutationStateBorrowed { state, retry_at, last_error, attempts }: MutationStateBorrowed<'a>,
    ) -> Self {
        Self { state: state.into(), retry_at, last_error: last_error.map(|v| v.into()), attempts }
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
pub struct LeaseMutationQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LeaseMutationBorrowed, tokio_postgres::Error>,
    mapper: fn(LeaseMutationBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LeaseMutationQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LeaseMutationBorrowed) -> R) -> LeaseMutationQuery<'c, 'a, 's, C, R, N> {
        LeaseMutationQuery {
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
pub struct MutationStateQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<MutationStateBorrowed, tokio_postgres::Error>,
    mapper: fn(MutationStateBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> MutationStateQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(MutationStateBorrowed) -> R) -> MutationStateQuery<'c, 'a, 's, C, R, N> {
        MutationStateQuery {
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
pub struct InsertMutationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_mutation() -> InsertMutationStmt {
    InsertMutationStmt(
        "insert into mutation (kind, repository_id, issue_id, origin, state, intent, correlation_id, correlations, wanted_by, retry_at, created_at, last_error) values ('labels', $1, $2, $3, $4, $5, $6, array[$6], $7, dispatch_now(), dispatch_now(), $8) returning id",
        None,
    )
}
impl InsertMutationStmt {
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
        T3: crate::JsonSql,
        T4: crate::StringSql,
        T5: crate::StringSql,
        T6: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        repository_id: &'a i64,
        issue_id: &'a i64,
        origin: &'a T1,
        state: &'a T2,
        intent: &'a T3,
        correlation_id: &'a T4,
        wanted_by: &'a T5,
        last_error: &'a Option<T6>,
    ) -> I64Query<'c, 'a, 's, C, i64, 8> {
        I64Query {
            client,
            params: [repository_id, issue_id, origin, state, intent, correlation_id, wanted_by, last_error],
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
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::JsonSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        InsertMutationParams<T1, T2, T3, T4, T5, T6>,
        I64Query<'c, 'a, 's, C, i64, 8>,
        C,
    > for InsertMutationStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a InsertMutationParams<T1, T2, T3, T4, T5, T6>,
    ) -> I64Query<'c, 'a, 's, C, i64, 8> {
        self.bind(
            client,
            &params.repository_id,
            &params.issue_id,
            &params.origin,
            &params.state,
            &params.intent,
            &params.correlation_id,
            &params.wanted_by,
            &params.last_error,
        )
    }
}
pub struct InsertCommentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_comment() -> InsertCommentStmt {
    InsertCommentStmt(
        "insert into mutation (kind, repository_id, issue_id, origin, state, intent, correlation_id, correlations, wanted_by, retry_at, created_at) values ('comment', $1, $2, 'claim', 'pending', $3, $4, array[$4], $5, dispatch_now(), dispatch_now())",
        None,
    )
}
impl InsertCommentStmt {
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
        T1: crate::JsonSql,
        T2: crate::StringSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        repository_id: &'a i64,
        issue_id: &'a i64,
        comment: &'a T1,
        correlation_id: &'a T2,
        wanted_by: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[repository_id, issue_id, comment, correlation_id, wanted_by]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertCommentParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for InsertCommentStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertCommentParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.repository_id,
            &params.issue_id,
            &params.comment,
            &params.correlation_id,
            &params.wanted_by,
        ))
    }
}
pub struct FinishCommentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn finish_comment() -> FinishCommentStmt {
    FinishCommentStmt(
        "update mutation set state = $1, lease_until = null, last_error = null, settled_at = dispatch_now() where id = $2 and fence = $3 and state = 'leased'",
        None,
    )
}
impl FinishCommentStmt {
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
        state: &'a T1,
        id: &'a i64,
        fence: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[state, id, fence]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        FinishCommentParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for FinishCommentStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a FinishCommentParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.state, &params.id, &params.fence))
    }
}
pub struct ParkCommentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn park_comment() -> ParkCommentStmt {
    ParkCommentStmt(
        "update mutation set state = 'parked', lease_until = null, last_error = $1 where id = $2 and fence = $3 and state = 'leased'",
        None,
    )
}
impl ParkCommentStmt {
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
        error: &'a T1,
        id: &'a i64,
        fence: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[error, id, fence]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ParkCommentParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ParkCommentStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ParkCommentParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.error, &params.id, &params.fence))
    }
}
pub struct ReviseMutationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn revise_mutation() -> ReviseMutationStmt {
    ReviseMutationStmt(
        "update mutation set intent = $1, desired_version = desired_version + 1, origin = $2, correlation_id = $3, correlations = (array_remove(correlations, $3) || $3::text)[greatest(1, cardinality(correlations) - 18):], wanted_by = $4, last_error = null, attempts = 0, retry_at = dispatch_now(), state = case state when 'parked' then 'pending' else state end where id = $5",
        None,
    )
}
impl ReviseMutationStmt {
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
        T1: crate::JsonSql,
        T2: crate::StringSql,
        T3: crate::StringSql,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        intent: &'a T1,
        origin: &'a T2,
        correlation_id: &'a T3,
        wanted_by: &'a T4,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[intent, origin, correlation_id, wanted_by, id]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::JsonSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ReviseMutationParams<T1, T2, T3, T4>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ReviseMutationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ReviseMutationParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.intent,
            &params.origin,
            &params.correlation_id,
            &params.wanted_by,
            &params.id,
        ))
    }
}
pub struct SettleMutationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settle_mutation() -> SettleMutationStmt {
    SettleMutationStmt(
        "update mutation set intent = $1, state = $2, last_error = $3, lease_until = null, written_version = case when $2 = 'applied' then desired_version else written_version end, settled_at = dispatch_now() where id = $4 and state in ('pending', 'leased', 'parked')",
        None,
    )
}
impl SettleMutationStmt {
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
        T1: crate::JsonSql,
        T2: crate::StringSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        intent: &'a T1,
        state: &'a T2,
        last_error: &'a Option<T3>,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[intent, state, last_error, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SettleMutationParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for SettleMutationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SettleMutationParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.intent, &params.state, &params.last_error, &params.id))
    }
}
pub struct NarrowMutationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn narrow_mutation() -> NarrowMutationStmt {
    NarrowMutationStmt(
        "update mutation set intent = $1, desired_version = desired_version + 1 where id = $2 and state in ('pending', 'leased', 'parked')",
        None,
    )
}
impl NarrowMutationStmt {
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
        intent: &'a T1,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[intent, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        NarrowMutationParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for NarrowMutationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a NarrowMutationParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.intent, &params.id))
    }
}
pub struct LeaseMutationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lease_mutation() -> LeaseMutationStmt {
    LeaseMutationStmt(
        "update mutation m set state = 'leased', fence = m.fence + 1, attempts = m.attempts + 1, lease_until = dispatch_now() + $1::integer * interval '1 second' from issue i join repository r on r.id = i.repository_id where m.id = $2 and i.id = m.issue_id and ((m.state = 'pending' and m.retry_at <= dispatch_now()) or (m.state = 'leased' and m.lease_until <= dispatch_now())) returning m.id, m.kind, m.intent, i.closed or i.gone as over, m.fence, m.attempts, m.desired_version, m.origin, m.correlation_id, m.wanted_by, m.issue_id, i.number, i.reread_wanted, i.version, r.owner, r.name, r.id as repository_id, r.labels_defined, m.created_at, dispatch_now() as now",
        None,
    )
}
impl LeaseMutationStmt {
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
        seconds: &'a i32,
        id: &'a i64,
    ) -> LeaseMutationQuery<'c, 'a, 's, C, LeaseMutation, 2> {
        LeaseMutationQuery {
            client,
            params: [seconds, id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LeaseMutationBorrowed, tokio_postgres::Error> {
                Ok(LeaseMutationBorrowed {
                    id: row.try_get(0)?,
                    kind: row.try_get(1)?,
                    intent: row.try_get(2)?,
                    over: row.try_get(3)?,
                    fence: row.try_get(4)?,
                    attempts: row.try_get(5)?,
                    desired_version: row.try_get(6)?,
                    origin: row.try_get(7)?,
                    correlation_id: row.try_get(8)?,
                    wanted_by: row.try_get(9)?,
                    issue_id: row.try_get(10)?,
                    number: row.try_get(11)?,
                    reread_wanted: row.try_get(12)?,
                    version: row.try_get(13)?,
                    owner: row.try_get(14)?,
                    name: row.try_get(15)?,
                    repository_id: row.try_get(16)?,
                    labels_defined: row.try_get(17)?,
                    created_at: row.try_get(18)?,
                    now: row.try_get(19)?,
                })
            },
            mapper: |it| LeaseMutation::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        LeaseMutationParams,
        LeaseMutationQuery<'c, 'a, 's, C, LeaseMutation, 2>,
        C,
    > for LeaseMutationStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a LeaseMutationParams,
    ) -> LeaseMutationQuery<'c, 'a, 's, C, LeaseMutation, 2> {
        self.bind(client, &params.seconds, &params.id)
    }
}
pub struct CountWritesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn count_writes() -> CountWritesStmt {
    CountWritesStmt("update mutation set writes = writes + $1 where id = $2 and fence = $3", None)
}
impl CountWritesStmt {
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
        writes: &'a i32,
        id: &'a i64,
        fence: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[writes, id, fence]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        CountWritesParams,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for CountWritesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a CountWritesParams,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.writes, &params.id, &params.fence))
    }
}
pub struct MutationStateStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn mutation_state() -> MutationStateStmt {
    MutationStateStmt("select state, retry_at, last_error, attempts from mutation where id = $1", None)
}
impl MutationStateStmt {
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
    ) -> MutationStateQuery<'c, 'a, 's, C, MutationState, 1> {
        MutationStateQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<MutationStateBorrowed, tokio_postgres::Error> {
                Ok(MutationStateBorrowed {
                    state: row.try_get(0)?,
                    retry_at: row.try_get(1)?,
                    last_error: row.try_get(2)?,
                    attempts: row.try_get(3)?,
                })
            },
            mapper: |it| MutationState::from(it),
        }
    }
}
pub struct PutBackMutationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn put_back_mutation() -> PutBackMutationStmt {
    PutBackMutationStmt(
        "update mutation set state = 'pending', lease_until = null, last_error = $1, attempts = case when $2 then attempts else attempts - 1 end, retry_at = case when desired_version > $3 then dispatch_now() else $4 end where id = $5 and fence = $6 and state = 'leased'",
        None,
    )
}
impl PutBackMutationStmt {
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
        error: &'a T1,
        counts: &'a bool,
        version: &'a i32,
        retry_at: &'a jiff::Timestamp,
        id: &'a i64,
        fence: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[error, counts, version, retry_at, id, fence]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PutBackMutationParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for PutBackMutationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PutBackMutationParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.error,
            &params.counts,
            &params.version,
            &params.retry_at,
            &params.id,
            &params.fence,
        ))
    }
}
pub struct ParkMutationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn park_mutation() -> ParkMutationStmt {
    ParkMutationStmt(
        "update mutation set state = 'parked', lease_until = null, last_error = $1, intent = $2, origin = $3 where id = $4 and fence = $5 and state = 'leased'",
        None,
    )
}
impl ParkMutationStmt {
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
        T2: crate::JsonSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        error: &'a T1,
        intent: &'a T2,
        origin: &'a T3,
        id: &'a i64,
        fence: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[error, intent, origin, id, fence]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::JsonSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ParkMutationParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for ParkMutationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ParkMutationParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.error, &params.intent, &params.origin, &params.id, &params.fence))
    }
}
pub struct UnparkMutationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn unpark_mutation() -> UnparkMutationStmt {
    UnparkMutationStmt(
        "update mutation set state = 'pending', attempts = 0, last_error = null, retry_at = dispatch_now(), correlation_id = $1, correlations = (array_remove(correlations, $1) || $1::text)[greatest(1, cardinality(correlations) - 18):] where id = $2 and state = 'parked'",
        None,
    )
}
impl UnparkMutationStmt {
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
        correlation_id: &'a T1,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[correlation_id, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UnparkMutationParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for UnparkMutationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UnparkMutationParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.correlation_id, &params.id))
    }
}
pub struct IssueOfMutationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn issue_of_mutation() -> IssueOfMutationStmt {
    IssueOfMutationStmt("select issue_id from mutation where id = $1", None)
}
impl IssueOfMutationStmt {
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
pub struct DueMutationsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn due_mutations() -> DueMutationsStmt {
    DueMutationsStmt(
        "select id from mutation where (state = 'pending' and retry_at <= dispatch_now()) or (state = 'leased' and lease_until <= dispatch_now()) order by retry_at limit $1",
        None,
    )
}
impl DueMutationsStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct RepairsWithinHourStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn repairs_within_hour() -> RepairsWithinHourStmt {
    RepairsWithinHourStmt(
        "select count(*) as repairs from mutation where issue_id = $1 and origin = 'repair' and created_at > dispatch_now() - interval '1 hour'",
        None,
    )
}
impl RepairsWithinHourStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [issue_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
