// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct ReplaceDependenciesParams<T1: crate::JsonSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub targets: T1,
    pub issue_id: i64,
    pub relation: T2,
    pub source: T3,
}
#[derive(Debug)]
pub struct AddDependencyParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub issue_id: i64,
    pub relation: T1,
    pub target_id: Option<i64>,
    pub owner: T2,
    pub name: T3,
    pub number: i32,
    pub target_closed: Option<bool>,
}
#[derive(Debug)]
pub struct RemoveDependencyParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub issue_id: i64,
    pub relation: T1,
    pub target_id: Option<i64>,
    pub owner: T2,
    pub name: T3,
    pub number: i32,
}
#[derive(Debug)]
pub struct CountDependenciesParams<T1: crate::ArraySql<Item = i64>> {
    pub ids: T1,
    pub most: i32,
    pub each_seconds: i32,
}
#[derive(Debug, Clone, PartialEq)]
pub struct WaitsOfIssue {
    pub target_id: Option<i64>,
    pub owner: String,
    pub name: String,
    pub number: i32,
    pub title: Option<String>,
    pub relation: String,
    pub source: String,
    pub open: bool,
}
pub struct WaitsOfIssueBorrowed<'a> {
    pub target_id: Option<i64>,
    pub owner: &'a str,
    pub name: &'a str,
    pub number: i32,
    pub title: Option<&'a str>,
    pub relation: &'a str,
    pub source: &'a str,
    pub open: bool,
}
impl<'a> From<WaitsOfIssueBorrowed<'a>> for WaitsOfIssue {
    fn from(
        WaitsOfIssueBorrowed {
            target_id,
            owner,
            name,
            number,
            title,
            relation,
            source,
            open,
        }: WaitsOfIssueBorrowed<'a>,
    ) -> Self {
        Self {
            target_id,
            owner: owner.into(),
            name: name.into(),
            number,
            title: title.map(|v| v.into()),
            relation: relation.into(),
            source: source.into(),
            open,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct WaitingForIssue {
    pub id: i64,
    pub owner: String,
    pub name: String,
    pub number: i32,
    pub title: String,
    pub relation: String,
    pub source: String,
}
pub struct WaitingForIssueBorrowed<'a> {
    pub id: i64,
    pub owner: &'a str,
    pub name: &'a str,
    pub number: i32,
    pub title: &'a str,
    pub relation: &'a str,
    pub source: &'a str,
}
impl<'a> From<WaitingForIssueBorrowed<'a>> for WaitingForIssue {
    fn from(
        WaitingForIssueBorrowed { id, owner, name, number, title, relation, source }: WaitingForIssueBorrowed<
            'a,
        >,
    ) -> Self {
        Self {
            id,
            owner: owner.into(),
            name: name.into(),
            number,
            title: title.into(),
            relation: relation.into(),
            source: source.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct WaitsFrom {
    pub issue_id: i64,
    pub target_id: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct ReferencesOfIssues {
    pub id: i64,
    pub owner: String,
    pub name: String,
    pub number: i32,
}
pub struct ReferencesOfIssuesBorrowed<'a> {
    pub id: i64,
    pub owner: &'a str,
    pub name: &'a str,
    pub number: i32,
}
impl<'a> From<ReferencesOfIssuesBorrowed<'a>> for ReferencesOfIssues {
    fn from(ReferencesOfIssuesBorrowed { id, owner, name, number }: ReferencesOfIssuesBorrowed<'a>) -> Self {
        Self { id, owner: owner.into(), name: name.into(), number }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct NativeRelations {
    pub issue_id: i64,
    pub relation: String,
    pub known: i64,
}
pub struct NativeRelationsBorrowed<'a> {
    pub issue_id: i64,
    pub relation: &'a str,
    pub known: i64,
}
impl<'a> From<NativeRelationsBorrowed<'a>> for NativeRelations {
    fn from(NativeRelationsBorrowed { issue_id, relation, known }: NativeRelationsBorrowed<'a>) -> Self {
        Self { issue_id, relation: relation.into(), known }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct BoolQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<bool, tokio_postgres::Error>,
    mapper: fn(bool) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BoolQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(bool) -> R) -> BoolQuery<'c, 'a, 's, C, R, N> {
        BoolQuery {
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
pub struct WaitsOfIssueQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WaitsOfIssueBorrowed, tokio_postgres::Error>,
    mapper: fn(WaitsOfIssueBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WaitsOfIssueQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(WaitsOfIssueBorrowed) -> R) -> WaitsOfIssueQuery<'c, 'a, 's, C, R, N> {
        WaitsOfIssueQuery {
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
pub struct WaitingForIssueQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WaitingForIssueBorrowed, tokio_postgres::Error>,
    mapper: fn(WaitingForIssueBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WaitingForIssueQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(WaitingForIssueBorrowed) -> R,
    ) -> WaitingForIssueQuery<'c, 'a, 's, C, R, N> {
        WaitingForIssueQuery {
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
pub struct WaitsFromQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WaitsFrom, tokio_postgres::Error>,
    mapper: fn(WaitsFrom) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WaitsFromQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(WaitsFrom) -> R) -> WaitsFromQuery<'c, 'a, 's, C, R, N> {
        WaitsFromQuery {
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
pub struct ReferencesOfIssuesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ReferencesOfIssuesBorrowed, tokio_postgres::Error>,
    mapper: fn(ReferencesOfIssuesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ReferencesOfIssuesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ReferencesOfIssuesBorrowed) -> R,
    ) -> ReferencesOfIssuesQuery<'c, 'a, 's, C, R, N> {
        ReferencesOfIssuesQuery {
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
pub struct NativeRelationsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<NativeRelationsBorrowed, tokio_postgres::Error>,
    mapper: fn(NativeRelationsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> NativeRelationsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(NativeRelationsBorrowed) -> R,
    ) -> NativeRelationsQuery<'c, 'a, 's, C, R, N> {
        NativeRelationsQuery {
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
pub struct ReplaceDependenciesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn replace_dependencies() -> ReplaceDependenciesStmt {
    ReplaceDependenciesStmt(
        "with wanted as ( select distinct on (lower(t.owner || '/' || t.name), t.number) t.* from jsonb_to_recordset($1::jsonb) as t(id bigint, owner text, name text, number integer, closed boolean) order by lower(t.owner || '/' || t.name), t.number, t.id nulls last ), gone as ( delete from issue_dependency d where d.issue_id = $2 and d.relation = $3 and d.source = $4 and not exists ( select from wanted w where lower(w.owner || '/' || w.name) = lower(d.target_owner || '/' || d.target_name) and w.number = d.target_number) returning 1 ), kept as ( insert into issue_dependency (issue_id, relation, source, target_id, target_owner, target_name, target_number, target_closed, created_at) select $2, $3, $4, id, owner, name, number, closed, dispatch_now() from wanted on conflict (issue_id, relation, source, lower(target_owner || '/' || target_name), target_number) do update set target_id = coalesce(excluded.target_id, issue_dependency.target_id), target_closed = excluded.target_closed where (issue_dependency.target_id, issue_dependency.target_closed) is distinct from (coalesce(excluded.target_id, issue_dependency.target_id), excluded.target_closed) returning 1 ) select exists (select from kept) or exists (select from gone) as changed",
        None,
    )
}
impl ReplaceDependenciesStmt {
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
        T1: crate::JsonSql,
        T2: crate::StringSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        targets: &'a T1,
        issue_id: &'a i64,
        relation: &'a T2,
        source: &'a T3,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 4> {
        BoolQuery {
            client,
            params: [targets, issue_id, relation, source],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ReplaceDependenciesParams<T1, T2, T3>,
        BoolQuery<'c, 'a, 's, C, bool, 4>,
        C,
    > for ReplaceDependenciesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ReplaceDependenciesParams<T1, T2, T3>,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 4> {
        self.bind(client, &params.targets, &params.issue_id, &params.relation, &params.source)
    }
}
pub struct AddDependencyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn add_dependency() -> AddDependencyStmt {
    AddDependencyStmt(
        "insert into issue_dependency (issue_id, relation, source, target_id, target_owner, target_name, target_number, target_closed, created_at) values ($1, $2, 'native', $3, $4, $5, $6, $7, dispatch_now()) on conflict (issue_id, relation, source, lower(target_owner || '/' || target_name), target_number) do update set target_id = coalesce(excluded.target_id, issue_dependency.target_id), target_closed = excluded.target_closed",
        None,
    )
}
impl AddDependencyStmt {
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
        issue_id: &'a i64,
        relation: &'a T1,
        target_id: &'a Option<i64>,
        owner: &'a T2,
        name: &'a T3,
        number: &'a i32,
        target_closed: &'a Option<bool>,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[issue_id, relation, target_id, owner, name, number, target_closed]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AddDependencyParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for AddDependencyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AddDependencyParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.issue_id,
            &params.relation,
            &params.target_id,
            &params.owner,
            &params.name,
            &params.number,
            &params.target_closed,
        ))
    }
}
pub struct RemoveDependencyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn remove_dependency() -> RemoveDependencyStmt {
    RemoveDependencyStmt(
        "delete from issue_dependency d where d.issue_id = $1 and d.relation = $2 and d.source = 'native' and (d.target_id = $3 or lower(d.target_owner || '/' || d.target_name) = lower($4::text || '/' || $5::text) and d.target_number = $6)",
        None,
    )
}
impl RemoveDependencyStmt {
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
        issue_id: &'a i64,
        relation: &'a T1,
        target_id: &'a Option<i64>,
        owner: &'a T2,
        name: &'a T3,
        number: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[issue_id, relation, target_id, owner, name, number]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RemoveDependencyParams<T1, T2, T3>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for RemoveDependencyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RemoveDependencyParams<T1, T2, T3>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(
            client,
            &params.issue_id,
            &params.relation,
            &params.target_id,
            &params.owner,
            &params.name,
            &params.number,
        ))
    }
}
pub struct FeelsOpennessStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn feels_openness() -> FeelsOpennessStmt {
    FeelsOpennessStmt(
        "select exists (select from issue_dependency d where d.target_id = $1 or d.issue_id = $1) or exists ( select from issue i join repository r on r.id = i.repository_id join issue_dependency d on d.target_id is null and d.target_number = i.number and lower(d.target_owner || '/' || d.target_name) = lower(r.owner || '/' || r.name) where i.id = $1) as felt",
        None,
    )
}
impl FeelsOpennessStmt {
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
    ) -> BoolQuery<'c, 'a, 's, C, bool, 1> {
        BoolQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct LockSettlingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_settling() -> LockSettlingStmt {
    LockSettlingStmt("select pg_advisory_xact_lock(1145329764) is null as locked", None)
}
impl LockSettlingStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(&'s self, client: &'c C) -> BoolQuery<'c, 'a, 's, C, bool, 0> {
        BoolQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct TakeDependencyChangesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn take_dependency_changes() -> TakeDependencyChangesStmt {
    TakeDependencyChangesStmt(
        "delete from dependency_change where id in (select id from dependency_change order by id limit $1) returning issue_id",
        None,
    )
}
impl TakeDependencyChangesStmt {
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
pub struct FindUnseenTargetsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_unseen_targets() -> FindUnseenTargetsStmt {
    FindUnseenTargetsStmt(
        "update issue_dependency d set target_id = i.id from issue i join repository r on r.id = i.repository_id and not r.gone where d.target_id is null and not i.gone and i.number = d.target_number and lower(d.target_owner || '/' || d.target_name) = lower(r.owner || '/' || r.name) and (i.id = any ($1::bigint[]) or d.issue_id = any ($1::bigint[]))",
        None,
    )
}
impl FindUnseenTargetsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        ids: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids]).await
    }
}
pub struct CountDependenciesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn count_dependencies() -> CountDependenciesStmt {
    CountDependenciesStmt(
        "with affected as ( select unnest($1::bigint[]) as id union select d.issue_id from issue_dependency d where d.target_id = any ($1::bigint[]) union select d.target_id from issue_dependency d where d.issue_id = any ($1::bigint[]) and d.target_id is not null ), counted as ( select a.id, own.waits_for, others.unblocks, least(others.unblocks, $2::integer) * $3::integer as bonus from affected a, lateral (select count(distinct (lower(o.target_owner || '/' || o.target_name), o.target_number))::integer as waits_for from open_dependency o where o.issue_id = a.id) own, lateral (select count(distinct o.issue_id)::integer as unblocks from open_dependency o join issue i on i.id = o.issue_id and not i.closed and not i.gone where o.target_id = a.id) others ) update work w set waits_for = c.waits_for, unblocks = c.unblocks, bonus_seconds = c.bonus, rank_key = w.rank_key + make_interval(secs => w.bonus_seconds - c.bonus) from counted c where w.issue_id = c.id and w.kind = 'implement' and (w.waits_for, w.unblocks, w.bonus_seconds) is distinct from (c.waits_for, c.unblocks, c.bonus)",
        None,
    )
}
impl CountDependenciesStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        ids: &'a T1,
        most: &'a i32,
        each_seconds: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids, most, each_seconds]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        CountDependenciesParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for CountDependenciesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a CountDependenciesParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.ids, &params.most, &params.each_seconds))
    }
}
pub struct WaitsOfIssueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn waits_of_issue() -> WaitsOfIssueStmt {
    WaitsOfIssueStmt(
        "select d.target_id, d.target_owner as owner, d.target_name as name, d.target_number as number, t.title, d.relation, d.source, o.id is not null as open from issue_dependency d left join open_dependency o on o.id = d.id left join issue t on t.id = d.target_id where d.issue_id = $1 order by open desc, lower(d.target_owner || '/' || d.target_name), d.target_number, d.source",
        None,
    )
}
impl WaitsOfIssueStmt {
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
    ) -> WaitsOfIssueQuery<'c, 'a, 's, C, WaitsOfIssue, 1> {
        WaitsOfIssueQuery {
            client,
            params: [issue_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<WaitsOfIssueBorrowed, tokio_postgres::Error> {
                Ok(WaitsOfIssueBorrowed {
                    target_id: row.try_get(0)?,
                    owner: row.try_get(1)?,
                    name: row.try_get(2)?,
                    number: row.try_get(3)?,
                    title: row.try_get(4)?,
                    relation: row.try_get(5)?,
                    source: row.try_get(6)?,
                    open: row.try_get(7)?,
                })
            },
            mapper: |it| WaitsOfIssue::from(it),
        }
    }
}
pub struct WaitingForIssueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn waiting_for_issue() -> WaitingForIssueStmt {
    WaitingForIssueStmt(
        "select i.id, r.owner, r.name, i.number, i.title, d.relation, d.source from issue_dependency d join issue i on i.id = d.issue_id and not i.closed and not i.gone join repository r on r.id = i.repository_id where d.target_id = $1 and d.issue_id <> d.target_id order by lower(r.owner || '/' || r.name), i.number, d.source",
        None,
    )
}
impl WaitingForIssueStmt {
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
    ) -> WaitingForIssueQuery<'c, 'a, 's, C, WaitingForIssue, 1> {
        WaitingForIssueQuery {
            client,
            params: [issue_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<WaitingForIssueBorrowed, tokio_postgres::Error> {
                Ok(WaitingForIssueBorrowed {
                    id: row.try_get(0)?,
                    owner: row.try_get(1)?,
                    name: row.try_get(2)?,
                    number: row.try_get(3)?,
                    title: row.try_get(4)?,
                    relation: row.try_get(5)?,
                    source: row.try_get(6)?,
                })
            },
            mapper: |it| WaitingForIssue::from(it),
        }
    }
}
pub struct WaitsFromStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn waits_from() -> WaitsFromStmt {
    WaitsFromStmt(
        "with recursive reached as ( select o.issue_id, o.target_id from open_dependency o where o.issue_id = any ($1::bigint[]) and o.target_id is not null union select o.issue_id, o.target_id from reached join open_dependency o on o.issue_id = reached.target_id and o.target_id is not null ) select issue_id, target_id from reached limit 20000",
        None,
    )
}
impl WaitsFromStmt {
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
        issues: &'a T1,
    ) -> WaitsFromQuery<'c, 'a, 's, C, WaitsFrom, 1> {
        WaitsFromQuery {
            client,
            params: [issues],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<WaitsFrom, tokio_postgres::Error> {
                Ok(WaitsFrom { issue_id: row.try_get(0)?, target_id: row.try_get(1)? })
            },
            mapper: |it| WaitsFrom::from(it),
        }
    }
}
pub struct ReferencesOfIssuesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn references_of_issues() -> ReferencesOfIssuesStmt {
    ReferencesOfIssuesStmt(
        "select i.id, r.owner, r.name, i.number from issue i join repository r on r.id = i.repository_id where i.id = any ($1::bigint[])",
        None,
    )
}
impl ReferencesOfIssuesStmt {
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
        issues: &'a T1,
    ) -> ReferencesOfIssuesQuery<'c, 'a, 's, C, ReferencesOfIssues, 1> {
        ReferencesOfIssuesQuery {
            client,
            params: [issues],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ReferencesOfIssuesBorrowed, tokio_postgres::Error> {
                    Ok(ReferencesOfIssuesBorrowed {
                        id: row.try_get(0)?,
                        owner: row.try_get(1)?,
                        name: row.try_get(2)?,
                        number: row.try_get(3)?,
                    })
                },
            mapper: |it| ReferencesOfIssues::from(it),
        }
    }
}
pub struct NativeRelationsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn native_relations() -> NativeRelationsStmt {
    NativeRelationsStmt(
        "select issue_id, relation, count(*) as known from issue_dependency where source = 'native' and issue_id = any($1::bigint[]) group by issue_id, relation",
        None,
    )
}
impl NativeRelationsStmt {
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
    ) -> NativeRelationsQuery<'c, 'a, 's, C, NativeRelations, 1> {
        NativeRelationsQuery {
            client,
            params: [ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<NativeRelationsBorrowed, tokio_postgres::Error> {
                Ok(NativeRelationsBorrowed {
                    issue_id: row.try_get(0)?,
                    relation: row.try_get(1)?,
                    known: row.try_get(2)?,
                })
            },
            mapper: |it| NativeRelations::from(it),
        }
    }
}
