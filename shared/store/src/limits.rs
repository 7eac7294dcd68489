//! How much may be in hand in a repository at a time, and the labels that keep its issues from agents.

use dispatch_domain::ids::RepoName;
use dispatch_domain::refusal::Refusal;
use dispatch_queries::queries::repositories;
use serde_json::json;

use crate::audit::{Audit, Who};
use crate::db::Db;
use crate::error::Error;
use crate::once::{self, Key};

/// The limits of a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// Active claims at the same time.
    pub wip: Option<i32>,
    /// Results that wait for people, and claims that are on their way there.
    pub review: Option<i32>,
    /// An issue with one of these labels is not given to agents.
    pub excluded_labels: Vec<String>,
}

/// Sets a repository's limits. Claims that are held go on.
///
/// # Errors
/// [`Refusal::RepositoryUnknown`].
pub async fn set(
    db: &Db,
    name: &RepoName,
    limits: &Limits,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<(), Error> {
    let tx = db.begin().await?;
    if once::recall(&tx, key).await?.is_some() {
        return Ok(());
    }
    let before = repositories::lock_limits()
        .bind(&tx, &name.owner(), &name.name())
        .opt()
        .await?
        .ok_or_else(|| Refusal::RepositoryUnknown(name.to_string()))?;
    let old = Limits {
        wip: before.wip_limit,
        review: before.review_limit,
        excluded_labels: before.excluded_labels,
    };
    if old == *limits {
        return Ok(());
    }
    repositories::write_limits()
        .bind(&tx, &limits.wip, &limits.review, &limits.excluded_labels, &before.id)
        .await?;
    let picture = |limits: &Limits| {
        json!({
            "wipLimit": limits.wip, "reviewLimit": limits.review, "excludedLabels": limits.excluded_labels,
        })
    };
    Audit::new(who, "repository.limited")
        .about_repository(name)
        .change(picture(&old), picture(limits))
        .write(&tx)
        .await?;
    once::remember(&tx, key, before.id).await?;
    tx.commit().await
}
