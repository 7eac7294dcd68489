// This file was generated with `clorinde`. Do not modify.

#[derive(Debug)]
pub struct SetRepositoryIntakeParams<T1: crate::StringSql> {
    pub policy: Option<T1>,
    pub id: i64,
}
#[derive(Debug)]
pub struct ApproveParams<T1: crate::BytesSql, T2: crate::StringSql> {
    pub issue_id: i64,
    pub text_sha256: T1,
    pub approved_by: T2,
}
#[derive(Debug, Clone, PartialEq)]
pub struct IntakeOfRepositories {
    pub owner: String,
    pub name: String,
    pub intake: String,
}
pub struct IntakeOfRepositoriesBorrowed<'a> {
    pub owner: &'a str,
    pub name: &'a str,
    pub intake: &'a str,
}
impl<'a> From<IntakeOfRepositoriesBorrowed<'a>> for IntakeOfRepositories {
    fn from(IntakeOfRepositoriesBorrowed { owner, name, intake }: IntakeOfRepositoriesBorrowed<'a>) -> Self {
        Self { owner: owner.into(), name: name.into(), intake: intake.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TextForAgents {
    pub intake: String,
    pub approved: bool,
    pub title: Option<String>,
    pub body: Option<String>,
}
pub struct TextForAgentsBorrowed<'a> {
    pub intake: &'a str,
    pub approved: bool,
    pub title: Option<&'a str>,
    pub body: Option<&'a str>,
}
impl<'a> From<TextForAgentsBorrowed<'a>> for TextForAgents {
    fn from(TextForAgentsBorrowed { intake, approved, title, body }: TextForAgentsBorrowed<'a>) -> Self {
        Self { intake: intake.into(), approved, title: title.map(|v| v.into()), body: body.map(|v| v.into()) }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct IntakeOfRepositoriesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<IntakeOfRepositoriesBorrowed, tokio_postgres::Error>,
    mapper: fn(IntakeOfRepositoriesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> IntakeOfRepositoriesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(IntakeOfRepositoriesBorrowed) -> R,
    ) -> IntakeOfRepositoriesQuery<'c, 'a, 's, C, R, N> {
        IntakeOfRepositoriesQuery {
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
pub struct OptionStringQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Option<&str>, tokio_postgres::Error>,
    mapper: fn(Option<&str>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OptionStringQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Option<&str>) -> R) -> OptionStringQuery<'c, 'a, 's, C, R, N> {
        OptionStringQuery {
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
pub struct TextForAgentsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TextForAgentsBorrowed, tokio_postgres::Error>,
    mapper: fn(TextForAgentsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TextForAgentsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(TextForAgentsBorrowed) -> R) -> TextForAgentsQuery<'c, 'a, 's, C, R, N> {
        TextForAgentsQuery {
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
pub struct IntakePolicyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn intake_policy() -> IntakePolicyStmt {
    IntakePolicyStmt("select policy from intake", None)
}
impl IntakePolicyStmt {
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
pub struct IntakeOfRepositoriesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn intake_of_repositories() -> IntakeOfRepositoriesStmt {
    IntakeOfRepositoriesStmt(
        "select owner, name, intake from repository where intake is not null and not gone order by lower(owner || '/' || name)",
        None,
    )
}
impl IntakeOfRepositoriesStmt {
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
    ) -> IntakeOfRepositoriesQuery<'c, 'a, 's, C, IntakeOfRepositories, 0> {
        IntakeOfRepositoriesQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<IntakeOfRepositoriesBorrowed, tokio_postgres::Error> {
                    Ok(IntakeOfRepositoriesBorrowed {
                        owner: row.try_get(0)?,
                        name: row.try_get(1)?,
                        intake: row.try_get(2)?,
                    })
                },
            mapper: |it| IntakeOfRepositories::from(it),
        }
    }
}
pub struct LockIntakeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_intake() -> LockIntakeStmt {
    LockIntakeStmt("select policy from intake for no key update", None)
}
impl LockIntakeStmt {
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
pub struct LockRepositoryIntakeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_repository_intake() -> LockRepositoryIntakeStmt {
    LockRepositoryIntakeStmt("select intake from repository where id = $1 for no key update", None)
}
impl LockRepositoryIntakeStmt {
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
    ) -> OptionStringQuery<'c, 'a, 's, C, Option<String>, 1> {
        OptionStringQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.map(|v| v.into()),
        }
    }
}
pub struct SetIntakeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn set_intake() -> SetIntakeStmt {
    SetIntakeStmt("update intake set policy = $1", None)
}
impl SetIntakeStmt {
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
        policy: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[policy]).await
    }
}
pub struct SetRepositoryIntakeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn set_repository_intake() -> SetRepositoryIntakeStmt {
    SetRepositoryIntakeStmt("update repository set intake = $1 where id = $2", None)
}
impl SetRepositoryIntakeStmt {
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
        policy: &'a Option<T1>,
        id: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[policy, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SetRepositoryIntakeParams<T1>,
        std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>,
        C,
    > for SetRepositoryIntakeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SetRepositoryIntakeParams<T1>,
    ) -> std::pin::Pin<Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>>
    {
        Box::pin(self.bind(client, &params.policy, &params.id))
    }
}
pub struct CardsChangedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn cards_changed() -> CardsChangedStmt {
    CardsChangedStmt(
        "insert into change (entity, id) select 'issue', id from issue where not closed and not gone and ($1::bigint = 0 or repository_id = $1) on conflict do nothing",
        None,
    )
}
impl CardsChangedStmt {
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
pub struct ApproveStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn approve() -> ApproveStmt {
    ApproveStmt(
        "with text as ( select id, title, body, issue_text_sha256(title, body) as hash from issue where id = $1 and issue_text_sha256(title, body) = $2::bytea ), made as ( insert into approval (issue_id, text_sha256, title, body, approved_by, approved_at) select id, hash, title, body, $3::text, dispatch_now() from text on conflict (issue_id, text_sha256) do nothing returning 1 ) select case when exists (select from made) then 'new' else 'known' end as outcome from text",
        None,
    )
}
impl ApproveStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        issue_id: &'a i64,
        text_sha256: &'a T1,
        approved_by: &'a T2,
    ) -> StringQuery<'c, 'a, 's, C, String, 3> {
        StringQuery {
            client,
            params: [issue_id, text_sha256, approved_by],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::StringSql>
    crate::client::async_::Params<'c, 'a, 's, ApproveParams<T1, T2>, StringQuery<'c, 'a, 's, C, String, 3>, C>
    for ApproveStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ApproveParams<T1, T2>,
    ) -> StringQuery<'c, 'a, 's, C, String, 3> {
        self.bind(client, &params.issue_id, &params.text_sha256, &params.approved_by)
    }
}
pub struct TextForAgentsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn text_for_agents() -> TextForAgentsStmt {
    TextForAgentsStmt(
        "select coalesce(r.intake, (select policy from intake)) as intake, exists (select from approval a where a.issue_id = i.id and a.text_sha256 = issue_text_sha256(i.title, i.body)) as approved, a.title, a.body from issue i join repository r on r.id = i.repository_id left join lateral ( select title, body from approval where issue_id = i.id order by approved_at desc, id desc limit 1 ) a on true where i.id = $1",
        None,
    )
}
impl TextForAgentsStmt {
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
    ) -> TextForAgentsQuery<'c, 'a, 's, C, TextForAgents, 1> {
        TextForAgentsQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<TextForAgentsBorrowed, tokio_postgres::Error> {
                Ok(TextForAgentsBorrowed {
                    intake: row.try_get(0)?,
                    approved: row.try_get(1)?,
                    title: row.try_get(2)?,
                    body: row.try_get(3)?,
                })
            },
            mapper: |it| TextForAgents::from(it),
        }
    }
}
