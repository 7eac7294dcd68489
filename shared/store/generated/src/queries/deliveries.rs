// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct AcceptDeliveryParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::BytesSql,
> {
    pub guid: T1,
    pub event: T2,
    pub action: Option<T3>,
    pub payload: T4,
}
#[derive(Debug)]
pub struct SettleDeliveryParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub outcome: T1,
    pub reason: Option<T2>,
    pub github_repository: Option<i64>,
    pub issue_id: Option<i64>,
    pub pull_request_number: Option<i32>,
    pub retry_at: Option<jiff::Timestamp>,
    pub guid: T3,
}
#[derive(Debug, Clone, PartialEq)]
pub struct FailedDeliveries {
    pub guid: String,
    pub event: String,
    pub action: Option<String>,
    pub payload: Vec<u8>,
    pub attempts: i32,
    pub now: jiff::Timestamp,
}
pub struct FailedDeliveriesBorrowed<'a> {
    pub guid: &'a str,
    pub event: &'a str,
    pub action: Option<&'a str>,
    pub payload: &'a [u8],
    pub attempts: i32,
    pub now: jiff::Timestamp,
}
impl<'a> From<FailedDeliveriesBorrowed<'a>> for FailedDeliveries {
    fn from(
        FailedDeliveriesBorrowed { guid, event, action, payload, attempts, now }: FailedDeliveriesBorrowed<
            'a,
        >,
    ) -> Self {
        Self {
            guid: guid.into(),
            event: event.into(),
            action: action.map(|v| v.into()),
            payload: payload.into(),
            attempts,
            now,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryOutcome {
    pub outcome: String,
    pub reason: Option<String>,
}
pub struct DeliveryOutcomeBorrowed<'a> {
    pub outcome: &'a str,
    pub reason: Option<&'a str>,
}
impl<'a> From<DeliveryOutcomeBorrowed<'a>> for DeliveryOutcome {
    fn from(DeliveryOutcomeBorrowed { outcome, reason }: DeliveryOutcomeBorrowed<'a>) -> Self {
        Self { outcome: outcome.into(), reason: reason.map(|v| v.into()) }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct FailedDeliveriesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FailedDeliveriesBorrowed, tokio_postgres::Error>,
    mapper: fn(FailedDeliveriesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FailedDeliveriesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(FailedDeliveriesBorrowed) -> R,
    ) -> FailedDeliveriesQuery<'c, 'a, 's, C, R, N> {
        FailedDeliveriesQuery {
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
pub struct DeliveryOutcomeQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DeliveryOutcomeBorrowed, tokio_postgres::Error>,
    mapper: fn(DeliveryOutcomeBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DeliveryOutcomeQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DeliveryOutcomeBorrowed) -> R,
    ) -> DeliveryOutcomeQuery<'c, 'a, 's, C, R, N> {
        DeliveryOutcomeQuery {
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
pub struct AcceptDeliveryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn accept_delivery() -> AcceptDeliveryStmt {
    AcceptDeliveryStmt(
        "insert into delivery (guid, event, action, payload, received_at) values ($1, $2, $3, $4, dispatch_now()) on conflict (guid) do nothing",
        None,
    )
}
impl AcceptDeliveryStmt {
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
        guid: &'a T1,
        event: &'a T2,
        action: &'a Option<T3>,
        payload: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[guid, event, action, payload]).await
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
        AcceptDeliveryParams<T1, T2, T3, T4>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for AcceptDeliveryStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AcceptDeliveryParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.guid, &params.event, &params.action, &params.payload))
    }
}
pub struct SettleDeliveryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settle_delivery() -> SettleDeliveryStmt {
    SettleDeliveryStmt(
        "update delivery set outcome = $1, reason = $2, repository_id = (select id from repository where github_id = $3), issue_id = $4, pull_request_number = $5, retry_at = $6 where guid = $7",
        None,
    )
}
impl SettleDeliveryStmt {
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
        outcome: &'a T1,
        reason: &'a Option<T2>,
        github_repository: &'a Option<i64>,
        issue_id: &'a Option<i64>,
        pull_request_number: &'a Option<i32>,
        retry_at: &'a Option<jiff::Timestamp>,
        guid: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[outcome, reason, github_repository, issue_id, pull_request_number, retry_at, guid],
            )
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SettleDeliveryParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for SettleDeliveryStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SettleDeliveryParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.outcome,
            &params.reason,
            &params.github_repository,
            &params.issue_id,
            &params.pull_request_number,
            &params.retry_at,
            &params.guid,
        ))
    }
}
pub struct FailedDeliveriesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn failed_deliveries() -> FailedDeliveriesStmt {
    FailedDeliveriesStmt(
        "select guid, event, action, payload, attempts, dispatch_now() as now from delivery where outcome = 'failed' and retry_at <= dispatch_now() order by retry_at limit $1 for update skip locked",
        None,
    )
}
impl FailedDeliveriesStmt {
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
    ) -> FailedDeliveriesQuery<'c, 'a, 's, C, FailedDeliveries, 1> {
        FailedDeliveriesQuery {
            client,
            params: [most],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<FailedDeliveriesBorrowed, tokio_postgres::Error> {
                    Ok(FailedDeliveriesBorrowed {
                        guid: row.try_get(0)?,
                        event: row.try_get(1)?,
                        action: row.try_get(2)?,
                        payload: row.try_get(3)?,
                        attempts: row.try_get(4)?,
                        now: row.try_get(5)?,
                    })
                },
            mapper: |it| FailedDeliveries::from(it),
        }
    }
}
pub struct CountAttemptStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn count_attempt() -> CountAttemptStmt {
    CountAttemptStmt("update delivery set attempts = attempts + 1 where guid = $1", None)
}
impl CountAttemptStmt {
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
        guid: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[guid]).await
    }
}
pub struct RetryDeliveryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn retry_delivery() -> RetryDeliveryStmt {
    RetryDeliveryStmt(
        "update delivery set attempts = 0, retry_at = dispatch_now() where guid = $1 and outcome = 'failed' and retry_at is null",
        None,
    )
}
impl RetryDeliveryStmt {
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
        guid: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[guid]).await
    }
}
pub struct DeliveryOutcomeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delivery_outcome() -> DeliveryOutcomeStmt {
    DeliveryOutcomeStmt("select outcome, reason from delivery where guid = $1", None)
}
impl DeliveryOutcomeStmt {
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
        guid: &'a T1,
    ) -> DeliveryOutcomeQuery<'c, 'a, 's, C, DeliveryOutcome, 1> {
        DeliveryOutcomeQuery {
            client,
            params: [guid],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<DeliveryOutcomeBorrowed, tokio_postgres::Error> {
                Ok(DeliveryOutcomeBorrowed { outcome: row.try_get(0)?, reason: row.try_get(1)? })
            },
            mapper: |it| DeliveryOutcome::from(it),
        }
    }
}
pub struct PruneDeliveriesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_deliveries() -> PruneDeliveriesStmt {
    PruneDeliveriesStmt(
        "delete from delivery where guid in ( select guid from delivery where received_at < dispatch_now() - $1::integer * interval '1 day' limit 500 )",
        None,
    )
}
impl PruneDeliveriesStmt {
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
