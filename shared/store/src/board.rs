//! Cards: what the board, the issue list and the feed show of an issue.

use std::collections::HashMap;

use dispatch_domain::gate::{Asker, Gate, first_failure};
use dispatch_domain::ids::{IssueId, RepoName};
use dispatch_domain::intent::Intent;
use dispatch_domain::refusal::Refusal;
use dispatch_domain::status::Status;
use dispatch_domain::trust::Intake;
use dispatch_domain::work::Kind;
use dispatch_queries::queries::{board, claims, feed};
use jiff::{SignedDuration, Timestamp};

pub use dispatch_queries::queries::board::{CardRow, IssueText};

use crate::claims::rules::Rules;
use crate::claims::{LinkedPullRequest, linked};
use crate::db::{Db, Tx};
use crate::dependencies;
use crate::error::Error;
use crate::feed::{Cursor, Edition};
use crate::repositories::{self, Repository};

/// The board shows at most so many cards, newest change first.
pub const MOST_CARDS: i64 = 5_000;

/// How long Done shows what was closed; as `board_cards` has it.
const DONE_SHOWN: SignedDuration = SignedDuration::from_hours(14 * 24);

/// One card.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The row: facts, reading, claim and unfinished write.
    pub row: CardRow,
    /// Pull requests linked to it.
    pub pull_requests: Vec<LinkedPullRequest>,
    /// Why it is not handed out although it is ready, or not worked on although it is in progress: code and sentence.
    pub hold: Option<Hold>,
    /// When the hold passes by itself, if that is known.
    pub hold_until: Option<Timestamp>,
    /// The status that the unfinished write leads to.
    pub to_status: Option<Status>,
    /// All issues of the circle in which it waits for itself.
    pub cycle: Vec<String>,
}

impl Card {
    /// Its text is by somebody who is not trusted here, and no operator has approved it: it is not for agents.
    pub fn withheld(&self) -> bool {
        let row = &self.row;
        let withholds = |intake: Intake| intake.withholds(row.author_association.as_deref(), row.approved);
        row.intake.parse().is_ok_and(withholds)
    }
}

/// The gate that holds something back, and why.
type Hold = (&'static str, String);

/// Everything the board shows, from one snapshot of the database.
#[derive(Debug, Clone)]
pub struct Board {
    /// Changes after this one are to be asked for.
    pub cursor: Cursor,
    /// By which it is recognised.
    pub edition: Edition,
    /// The database's time.
    pub now: Timestamp,
    /// In the order of their columns: ready work by rank, the rest by last change.
    pub cards: Vec<Card>,
    /// Tracked repositories.
    pub repositories: Vec<Repository>,
    /// There are more than [`MOST_CARDS`].
    pub truncated: bool,
}

/// Reads the board. The cursor is taken in the same snapshot, so nothing is missed and nothing counts twice.
///
/// # Errors
/// As the database says.
pub async fn board(db: &Db) -> Result<Board, Error> {
    let tx = db.read().await?;
    let (position, mut rows, repositories) = futures::try_join!(
        async { Ok(feed::feed_position().bind(&tx).one().await?) },
        async { Ok(board::board_cards().bind(&tx, &(MOST_CARDS + 1)).all().await?) },
        repositories::list(&tx),
    )?;
    let leaving = rows.iter().filter_map(leaves_at).min();
    let truncated = rows.len() > usize::try_from(MOST_CARDS).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(MOST_CARDS).unwrap_or(usize::MAX));
    let mut cards = cards(&tx, rows).await?;
    // What nobody touches changes when a card leaves Done, or a hold passes.
    let until = cards.iter().filter_map(|card| card.hold_until).chain(leaving).min();
    // Stable: within the other columns the newest change stays first.
    cards.sort_by_key(|card| (card.row.status == "ready").then_some(card.row.rank_key));
    tx.commit().await?;
    let edition = Edition { epoch: position.epoch.clone(), snapshot: position.snapshot, until };
    let cursor = Cursor { epoch: position.epoch, horizon: position.horizon };
    Ok(Board { cursor, edition, now: position.now, cards, repositories, truncated })
}

/// When two weeks in Done are over.
fn leaves_at(row: &CardRow) -> Option<Timestamp> {
    let done = row.status == Status::Done.as_str();
    let since = row.closed_at.unwrap_or(row.github_updated_at);
    done.then(|| since.saturating_add(DONE_SHOWN)).and_then(Result::ok)
}

/// What to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this repository.
    pub repository: Option<RepoName>,
    /// With this agent label.
    pub agent: Option<String>,
    /// With this owner label.
    pub owner: Option<String>,
    /// With the label `project/<name>`.
    pub project: Option<String>,
    /// With this priority.
    pub priority: Option<String>,
    /// With this status.
    pub status: Option<Status>,
    /// In this lane.
    pub lane: Option<String>,
    /// With these words in title or number.
    pub words: Option<String>,
    /// With this number, open or closed.
    pub number: Option<i32>,
    /// With an id above this one: the page after.
    pub after: i64,
}

/// Lists open issues (closed ones when done is asked for), ordered by id.
///
/// # Errors
/// As the database says.
pub async fn find(db: &Db, filter: &Filter, most: i64) -> Result<Vec<Card>, Error> {
    let tx = db.read().await?;
    let rows = board::find_cards()
        .bind(
            &tx,
            &filter.repository.as_ref().map(RepoName::to_string),
            &filter.agent,
            &filter.owner,
            &filter.project,
            &filter.priority,
            &filter.status.map(Status::as_str),
            &filter.lane,
            &filter.words,
            &filter.number,
            &filter.after,
            &most,
        )
        .all()
        .await?;
    let cards = cards(&tx, rows).await?;
    tx.commit().await?;
    Ok(cards)
}

/// One issue with its text.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn one(db: &Db, id: IssueId) -> Result<(Card, IssueText), Error> {
    let tx = db.read().await?;
    let unknown = || Refusal::not_found("issue", id);
    let card = by_id(&tx, &[id.0]).await?.pop().ok_or_else(unknown)?;
    let text = board::issue_text().bind(&tx, &id.0).opt().await?.ok_or_else(unknown)?;
    tx.commit().await?;
    Ok((card, text))
}

/// The issue with this number in a tracked repository.
///
/// # Errors
/// [`Refusal::RepositoryUnknown`] or [`Refusal::NotFound`].
pub async fn id_of(db: &Db, repository: &RepoName, number: i32) -> Result<IssueId, Error> {
    let known = repositories::by_name(db, repository).await?;
    let tx = db.read().await?;
    let row =
        dispatch_queries::queries::ingest::issue_by_number().bind(&tx, &known.id, &number).opt().await?;
    tx.commit().await?;
    let row = row.ok_or_else(|| Refusal::not_found("issue", format!("{repository}#{number}")))?;
    Ok(IssueId(row.id))
}

pub(crate) async fn by_id(tx: &Tx, ids: &[i64]) -> Result<Vec<Card>, Error> {
    let rows = board::cards_by_id().bind(tx, &ids).all().await?;
    cards(tx, rows).await
}

async fn cards(tx: &Tx, rows: Vec<CardRow>) -> Result<Vec<Card>, Error> {
    let ids: Vec<IssueId> = rows.iter().map(|row| IssueId(row.id)).collect();
    let waiting: Vec<i64> = rows.iter().filter(|row| row.waits_for > Some(0)).map(|row| row.id).collect();
    let (linked, mut holds, mut circles) =
        futures::try_join!(linked(tx, &ids), holds(tx, &rows), dependencies::circles(tx, &waiting))?;
    let mut by_issue: HashMap<i64, Vec<LinkedPullRequest>> = HashMap::new();
    for pull_request in linked {
        by_issue.entry(pull_request.issue_id).or_default().push(pull_request);
    }
    rows.into_iter()
        .map(|row| {
            let to_status = row
                .mutation_intent
                .clone()
                .and_then(|intent| serde_json::from_value::<Intent>(intent).ok())
                .and_then(|intent| intent.status());
            let pull_requests = by_issue.remove(&row.id).unwrap_or_default();
            let (held, hold_until) = holds.remove(&row.id).unzip();
            let hold = match row.status.as_str() {
                "ready" => held.or_else(|| nothing_to_fix(&row, &pull_requests)),
                "in-progress" if row.claim_id.is_none() => Some((
                    "unclaimed",
                    "No agent holds it. If no person works on it, move it to ready.".to_owned(),
                )),
                _ => None,
            };
            let cycle = circles.remove(&row.id).unwrap_or_default();
            Ok(Card { row, pull_requests, hold, hold_until: hold_until.flatten(), to_status, cycle })
        })
        .collect()
}

/// The card of a pull request is ready, and nothing is left to do.
fn nothing_to_fix(row: &CardRow, pull_requests: &[LinkedPullRequest]) -> Option<Hold> {
    let idle = row.pull_request_id.is_some() && !pull_requests.iter().any(|one| one.fix_offered);
    idle.then(|| (Gate::Status.as_str(), "Nothing asks for a fix of this pull request now.".to_owned()))
}

/// Why nobody would get the ready ones now, by the one decision, and until when at most. A reservation for one agent
/// holds nothing: that agent gets it.
async fn holds(tx: &Tx, rows: &[CardRow]) -> Result<HashMap<i64, (Hold, Option<Timestamp>)>, Error> {
    let ready: Vec<i64> = rows.iter().filter(|row| row.status == "ready").map(|row| row.id).collect();
    if ready.is_empty() {
        return Ok(HashMap::new());
    }
    let (rules, work) = futures::try_join!(Rules::read(tx, None), async {
        Ok(claims::candidates_of_issues().bind(tx, &ready.as_slice()).all().await?)
    })?;
    let mut holds = HashMap::new();
    // The work of an issue, and of a pull request's own card.
    let fixes: Vec<i64> = rows.iter().filter(|row| row.pull_request_id.is_some()).map(|row| row.id).collect();
    let own =
        |row: &&claims::CandidateRow| row.kind == Kind::Implement.as_str() || fixes.contains(&row.issue_id);
    for row in work.iter().filter(own) {
        let candidate = rules.candidate(row)?;
        let agent = candidate.agent.clone().map_or_else(|| "board".parse(), Ok)?;
        let asker = Asker::anything(agent);
        if let Some(failure) = first_failure(&candidate, &asker, row.now).filter(|it| it.gate != Gate::Status)
        {
            holds.insert(row.issue_id, ((failure.gate.as_str(), failure.sentence), failure.retry_at));
        }
    }
    Ok(holds)
}
