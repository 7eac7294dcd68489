//! Whose issues agents see: what each repository asks for, and which texts an operator approved.

use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_domain::refusal::Refusal;
use dispatch_domain::trust::Intake;
use dispatch_queries::queries::ingest::IssueRow;
use dispatch_queries::queries::{follow_ups, trust};
use serde_json::json;

use crate::audit::{Audit, Who};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::issue::{Issue, word};
use crate::once::{self, Key};
use crate::pulls::follow_up;
use crate::repositories;

/// What is asked of authors.
#[derive(Debug, Clone)]
pub struct Policies {
    /// Where a repository says nothing else.
    pub everywhere: Intake,
    /// Repositories that say something else.
    pub repositories: Vec<(RepoName, Intake)>,
}

/// What is asked of authors, everywhere and by repository.
///
/// # Errors
/// As the database says.
pub async fn policies(db: &Db) -> Result<Policies, Error> {
    let tx = db.read().await?;
    let everywhere = word(&trust::intake_policy().bind(&tx).one().await?)?;
    let rows = trust::intake_of_repositories().bind(&tx).all().await?;
    tx.commit().await?;
    let repositories = rows
        .into_iter()
        .map(|row| Ok((RepoName::new(&row.owner, &row.name)?, word(&row.intake)?)))
        .collect::<Result<_, Error>>()?;
    Ok(Policies { everywhere, repositories })
}

/// Asks something else of authors: in one repository (`None` is as everywhere), or everywhere. Setting the same again
/// changes nothing.
///
/// What strangers said of pull requests counts from now on as the new policy has it.
///
/// # Errors
/// [`Refusal::RepositoryUnknown`]; [`Refusal::Invalid`] for no policy everywhere.
pub async fn set_policy(
    db: &Db,
    repository: Option<&RepoName>,
    intake: Option<Intake>,
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<(), Error> {
    let only = match repository {
        Some(name) => Some(repositories::by_name(db, name).await?.id),
        None => None,
    };
    let tx = db.begin().await?;
    if once::recall(&tx, key).await?.is_some() {
        return Ok(());
    }
    let policy = intake.map(Intake::as_str);
    let before = match only {
        Some(id) => trust::lock_repository_intake().bind(&tx, &id).one().await?,
        None => Some(trust::lock_intake().bind(&tx).one().await?),
    };
    if before.as_deref() == policy {
        return Ok(());
    }
    match (only, policy) {
        (Some(id), policy) => trust::set_repository_intake().bind(&tx, &policy, &id).await?,
        (None, Some(policy)) => trust::set_intake().bind(&tx, &policy).await?,
        (None, None) => return Err(Refusal::invalid("policy", "everywhere it is open or trusted").into()),
    };
    trust::cards_changed().bind(&tx, &only.unwrap_or(0)).await?;
    let open = follow_ups::lock_open().bind(&tx, &only.unwrap_or(0)).all().await?;
    follow_up::settle(&tx, &open).await?;
    let audit =
        Audit::new(who, "intake.changed").change(json!({ "policy": before }), json!({ "policy": policy }));
    let audit = match repository {
        Some(name) => audit.about_repository(name),
        None => audit,
    };
    audit.write(&tx).await?;
    once::remember(&tx, key, "intake").await?;
    tx.commit().await
}

/// An operator has read an issue's text, known by its hash, and lets agents have it. Repeated, it changes nothing.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::Conflict`] when the text is another one by now.
pub async fn approve(
    db: &Db,
    id: IssueId,
    text_sha256: &[u8],
    key: Option<&Key>,
    who: &Who<'_>,
) -> Result<(), Error> {
    let tx = db.begin().await?;
    if once::recall(&tx, key).await?.is_some() {
        return Ok(());
    }
    let unknown = || Refusal::not_found("issue", id);
    let issue = Issue::lock(&tx, id).await?.filter(|issue| !issue.state.gone).ok_or_else(unknown)?;
    let approved = trust::approve().bind(&tx, &id.0, &text_sha256, &who.name).opt().await?;
    match approved.as_deref() {
        None => {
            let message =
                "The text was edited since you read it. Read it again, and approve what it says now.";
            return Err(Refusal::Conflict(message.into()).into());
        }
        Some("known") => return Ok(()),
        Some(_) => {}
    }
    let hash: String = text_sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    issue
        .audit(who, "issue.approved")
        .change(json!({ "authorAssociation": issue.facts.author_association }), json!({ "textSha256": hash }))
        .write(&tx)
        .await?;
    once::remember(&tx, key, id.0).await?;
    tx.commit().await
}

/// What an agent receives instead of an issue's text. `None`: the text itself.
pub(crate) struct Shown {
    title: String,
    body: String,
}

impl Shown {
    /// Reads what was approved, where approval is asked for.
    pub(crate) async fn read(
        tx: &Tx,
        issue: IssueId,
        author_association: Option<&str>,
    ) -> Result<Option<Self>, Error> {
        if dispatch_domain::trust::may_write(author_association) {
            return Ok(None);
        }
        let row = trust::text_for_agents().bind(tx, &issue.0).one().await?;
        if word::<Intake>(&row.intake)? == Intake::Open || row.approved {
            return Ok(None);
        }
        // Edited since it was approved, or never approved: this claim is older than the edit or the policy.
        let text = |approved: Option<String>| approved.unwrap_or_else(|| WITHHELD.to_owned());
        Ok(Some(Self { title: text(row.title), body: text(row.body) }))
    }

    /// Puts it in the text's place.
    pub(crate) fn replace(self, issue: &mut IssueRow) {
        (issue.title, issue.body) = (self.title, self.body);
    }
}

/// Stands where a text would that no operator has approved.
const WITHHELD: &str = "(Withheld: an operator has to approve this text first.)";
