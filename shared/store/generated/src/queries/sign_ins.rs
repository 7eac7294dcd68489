// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct RefusedForParams<
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::ArraySql<Item = i32>,
> {
    pub buckets: T2,
    pub most: T3,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct Optioni64Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Option<i64>, tokio_postgres::Error>,
    mapper: fn(Option<i64>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> Optioni64Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Option<i64>) -> R) -> Optioni64Query<'c, 'a, 's, C, R, N> {
        Optioni64Query {
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
pub struct RefusedForStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn refused_for() -> RefusedForStmt {
    RefusedForStmt(
        "select ceil(extract(epoch from max(f.since) + interval '15 minutes' - dispatch_now()))::bigint as seconds from unnest($1::text[], $2::integer[]) as b (bucket, most) join sign_in_failure f on f.bucket = b.bucket and f.failures >= b.most where f.since > dispatch_now() - interval '15 minutes'",
        None,
    )
}
impl RefusedForStmt {
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
        T3: crate::ArraySql<Item = i32>,
    >(
        &'s self,
        client: &'c C,
        buckets: &'a T2,
        most: &'a T3,
    ) -> Optioni64Query<'c, 'a, 's, C, Option<i64>, 2> {
        Optioni64Query {
            client,
            params: [buckets, most],
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
    T2: crate::ArraySql<Item = T1>,
    T3: crate::ArraySql<Item = i32>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RefusedForParams<T1, T2, T3>,
        Optioni64Query<'c, 'a, 's, C, Option<i64>, 2>,
        C,
    > for RefusedForStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RefusedForParams<T1, T2, T3>,
    ) -> Optioni64Query<'c, 'a, 's, C, Option<i64>, 2> {
        self.bind(client, &params.buckets, &params.most)
    }
}
pub struct CountFailureStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn count_failure() -> CountFailureStmt {
    CountFailureStmt(
        "insert into sign_in_failure (bucket, failures, since) select bucket, 1, dispatch_now() from unnest($1::text[]) bucket order by bucket on conflict (bucket) do update set failures = case when sign_in_failure.since > dispatch_now() - interval '15 minutes' then sign_in_failure.failures + 1 else 1 end, since = case when sign_in_failure.since > dispatch_now() - interval '15 minutes' then sign_in_failure.since else excluded.since end",
        None,
    )
}
impl CountFailureStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>(
        &'s self,
        client: &'c C,
        buckets: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[buckets]).await
    }
}
pub struct ForgetFailuresStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn forget_failures() -> ForgetFailuresStmt {
    ForgetFailuresStmt("delete from sign_in_failure where bucket = $1", None)
}
impl ForgetFailuresStmt {
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
        bucket: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[bucket]).await
    }
}
pub struct PruneFailuresStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn prune_failures() -> PruneFailuresStmt {
    PruneFailuresStmt("delete from sign_in_failure where since < dispatch_now() - interval '1 day'", None)
}
impl PruneFailuresStmt {
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
