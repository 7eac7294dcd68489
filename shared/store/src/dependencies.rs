//! What waits for what: takes in relations, and keeps the counts by which the queue is searched.
//!
//! Triggers leave a row of `dependency_change` in the transaction that changes a relation, or whether an issue is open:
//! no statement can forget it. [`settle`] counts anew afterwards: before anybody searches the queue, after a webhook that is felt by
//! others, and with every sweep. So no journey ever needs the lock of a second issue, and whichever of two changes
//! commits last is counted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dispatch_domain::dependency::{Relation, Target, body_references, cycles};
use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_domain::rank::{UNBLOCKS_MOST, UNBLOCKS_ONE};
use dispatch_queries::queries::dependencies;
use serde_json::{Value, json};

use crate::db::{Db, Tx};
use crate::error::Error;

/// Counted anew in one transaction, at most.
const BITE: i64 = 1000;

/// Takes in the whole set of what GitHub says `issue` waits for by one relation, as we read it ourselves.
///
/// Neither the issue nor a target needs to be known here.
///
/// # Errors
/// As the database says.
pub async fn replace(db: &Db, issue: IssueId, relation: Relation, targets: &[Target]) -> Result<(), Error> {
    let tx = db.begin().await?;
    let changed = replace_in(&tx, issue, relation, "native", targets).await?;
    tx.commit().await?;
    if changed { settle(db).await } else { Ok(()) }
}

/// How many of GitHub's own relations are known of each of `issues`; none known, none answered.
///
/// # Errors
/// As the database says.
pub async fn known(db: &Db, issues: &[IssueId]) -> Result<HashMap<(IssueId, Relation), i64>, Error> {
    let ids: Vec<i64> = issues.iter().map(|id| id.0).collect();
    let tx = db.read().await?;
    let rows = dependencies::native_relations().bind(&tx, &ids).all().await?;
    tx.commit().await?;
    let relation =
        |text: &str| [Relation::BlockedBy, Relation::SubIssue].into_iter().find(|r| r.as_str() == text);
    Ok(rows
        .into_iter()
        .filter_map(|row| Some(((IssueId(row.issue_id), relation(&row.relation)?), row.known)))
        .collect())
}

/// GitHub says that `issue` waits for `target`. [`settle`] after the commit.
pub(crate) async fn add(tx: &Tx, issue: IssueId, relation: Relation, target: &Target) -> Result<(), Error> {
    dependencies::add_dependency()
        .bind(
            tx,
            &issue.0,
            &relation.as_str(),
            &target.id.map(|id| id.0),
            &target.repository.owner(),
            &target.repository.name(),
            &target.number,
            &target.closed,
        )
        .await?;
    Ok(())
}

/// GitHub says that `issue` no longer waits for `target`. [`settle`] after the commit.
pub(crate) async fn remove(
    tx: &Tx,
    issue: IssueId,
    relation: Relation,
    target: &Target,
) -> Result<(), Error> {
    dependencies::remove_dependency()
        .bind(
            tx,
            &issue.0,
            &relation.as_str(),
            &target.id.map(|id| id.0),
            &target.repository.owner(),
            &target.repository.name(),
            &target.number,
        )
        .await?;
    Ok(())
}

/// Reads what an issue's text says it waits for. Answers whether that changed anything.
pub(crate) async fn read_body(
    tx: &Tx,
    issue: IssueId,
    repository: &RepoName,
    body: &str,
) -> Result<bool, Error> {
    let target = |(repository, number)| Target { id: None, repository, number, closed: None };
    let targets: Vec<Target> = body_references(body, repository).into_iter().map(target).collect();
    replace_in(tx, issue, Relation::BlockedBy, "body", &targets).await
}

async fn replace_in(
    tx: &Tx,
    issue: IssueId,
    relation: Relation,
    source: &'static str,
    targets: &[Target],
) -> Result<bool, Error> {
    let targets = Value::from_iter(targets.iter().map(|target| {
        let (owner, name) = (target.repository.owner(), target.repository.name());
        let id = target.id.map(|id| id.0);
        json!({ "id": id, "owner": owner, "name": name, "number": target.number, "closed": target.closed })
    }));
    Ok(dependencies::replace_dependencies()
        .bind(tx, &targets, &issue.0, &relation.as_str(), &source)
        .one()
        .await?)
}

/// Whether anything is known to feel that an issue was opened, closed, seen first or lost.
pub(crate) async fn felt(tx: &Tx, issue: IssueId) -> Result<bool, Error> {
    Ok(dependencies::feels_openness().bind(tx, &issue.0).one().await?)
}

/// Counts what changed: how many open issues each one waits for and unblocks, and what that is worth in the queue.
///
/// # Errors
/// As the database says; what was counted until then stays counted.
pub async fn settle(db: &Db) -> Result<(), Error> {
    loop {
        let tx = db.begin().await?;
        dependencies::lock_settling().bind(&tx).one().await?;
        // Statements of their own: each sees what was committed before it began.
        let ids = dependencies::take_dependency_changes().bind(&tx, &BITE).all().await?;
        if ids.is_empty() {
            return Ok(());
        }
        dependencies::find_unseen_targets().bind(&tx, &ids).await?;
        let each = i32::try_from(UNBLOCKS_ONE.as_secs()).unwrap_or(i32::MAX);
        dependencies::count_dependencies().bind(&tx, &ids, &UNBLOCKS_MOST, &each).await?;
        tx.commit().await?;
        if ids.len() < usize::try_from(BITE).unwrap_or(usize::MAX) {
            return Ok(());
        }
    }
}

/// For each of the issues that waits for itself: all issues of its circle, as people say them.
pub(crate) async fn circles(tx: &Tx, issues: &[i64]) -> Result<HashMap<i64, Vec<String>>, Error> {
    if issues.is_empty() {
        return Ok(HashMap::new());
    }
    let waits = dependencies::waits_from().bind(tx, &issues).all().await?;
    let cycles: BTreeMap<IssueId, Vec<IssueId>> =
        cycles(waits.iter().map(|wait| (IssueId(wait.issue_id), IssueId(wait.target_id))));
    if cycles.is_empty() {
        return Ok(HashMap::new());
    }
    let members: BTreeSet<i64> = cycles.values().flatten().map(|issue| issue.0).collect();
    let members: Vec<i64> = members.into_iter().collect();
    let rows = dependencies::references_of_issues().bind(tx, &members.as_slice()).all().await?;
    let names: HashMap<i64, String> =
        rows.iter().map(|row| (row.id, format!("{}/{}#{}", row.owner, row.name, row.number))).collect();
    let named = |circle: &[IssueId]| circle.iter().filter_map(|issue| names.get(&issue.0).cloned()).collect();
    Ok(cycles.iter().map(|(issue, circle)| (issue.0, named(circle))).collect())
}
