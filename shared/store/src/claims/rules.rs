//! What is set for all work at once: lanes, limits, labels that exclude. Read once per search, counted again under the
//! locks before a claim is made.

use std::collections::HashMap;

use dispatch_domain::gate::{Asker, Candidate, Holding, Limit, Scope};
use dispatch_domain::ids::{AgentName, IssueId, RepoName};
use dispatch_domain::intent::same_label;
use dispatch_domain::status::Status;
use dispatch_domain::trust::Intake;
use dispatch_domain::work::Kind;
use dispatch_queries::queries::claims::{self, CandidateRow, RuleRow};
use futures::future::try_join_all;

use crate::db::Tx;
use crate::error::Error;
use crate::issue::word;

/// The rules as they were read. What is not in here has no limit and lets everything pass.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    lanes: HashMap<String, RuleRow>,
    repositories: HashMap<i64, RuleRow>,
    agent: Option<RuleRow>,
}

impl Rules {
    /// Reads them, for one agent or for whoever comes.
    pub(crate) async fn read(tx: &Tx, agent: Option<&AgentName>) -> Result<Self, Error> {
        let name = agent.map_or("", |agent| agent.as_str());
        let mut rules = Self::default();
        for rule in claims::rules().bind(tx, &name).all().await? {
            match rule.scope.as_str() {
                "lane" => drop(rules.lanes.insert(rule.name.clone(), rule)),
                "repository" => drop(rules.repositories.insert(rule.id, rule)),
                _ => rules.agent = Some(rule),
            }
        }
        Ok(rules)
    }

    /// The asker with the lanes that operators let it work in.
    pub(crate) fn admit(&self, asker: &Asker) -> Result<Asker, Error> {
        let lanes = self.agent.iter().flat_map(|agent| &agent.lanes);
        let allowed = lanes.map(|lane| word(lane)).collect::<Result<_, _>>()?;
        Ok(Asker { allowed, ..asker.clone() })
    }

    /// A row as the gates see it.
    pub(crate) fn candidate(&self, row: &CandidateRow) -> Result<Candidate, Error> {
        let claim = match (&row.claim_agent, row.claim_expires_at, &row.claim_resting) {
            (Some(agent), Some(expires_at), Some(resting)) => Some(Holding {
                agent: word(agent)?,
                expires_at,
                resting: word(resting)?,
                projected_agent: row.claim_projected_agent.as_deref().map(word).transpose()?,
            }),
            _ => None,
        };
        let status: Status = word(&row.status)?;
        let lane = self.lanes.get(&row.lane);
        let repository = self.repositories.get(&row.repository_id);
        let excluded = repository.iter().flat_map(|rule| &rule.excluded_labels);
        let excluded_by = excluded
            .flat_map(|label| row.labels.iter().find(|carried| same_label(carried, label)))
            .next()
            .cloned();
        Ok(Candidate {
            issue: IssueId(row.issue_id),
            repository: RepoName::new(&row.owner, &row.name)
                .map_err(|error| Error::Row(error.to_string()))?,
            enabled: row.enabled,
            archived: row.archived,
            closed: row.closed,
            gone: row.gone,
            kind: word(&row.kind)?,
            lane: word(&row.lane)?,
            claimable: lane.is_none_or(|lane| lane.claimable),
            paused: lane.is_some_and(|lane| lane.paused),
            status,
            done_but_open: status == Status::Done && !row.closed,
            agent: row.agent.as_deref().map(word).transpose()?,
            excluded_by,
            waits_for: row.open_dependencies.clone(),
            cycle: Vec::new(),
            fix_offered: row.fix_offered,
            snoozed_until: row.snoozed_until,
            quarantined: row.quarantined_at.is_some(),
            unapproved: word::<Intake>(&row.intake)?
                .withholds(row.author_association.as_deref(), row.approved),
            hidden: row.hidden_agent.as_deref().map(word).transpose()?.zip(row.hidden_until),
            claim,
            limits: self.limits(row),
        })
    }

    /// Lanes that hold back all that is in them. A search passes by them at once, however much that is.
    pub(crate) fn shut_lanes(&self) -> Vec<&str> {
        let shut = self.lanes.values().filter(|rule| is_shut(rule));
        shut.map(|rule| rule.name.as_str()).collect()
    }

    /// Repositories that hold back all that is in them.
    pub(crate) fn shut_repositories(&self) -> Vec<i64> {
        self.repositories.values().filter(|rule| is_shut(rule)).map(|rule| rule.id).collect()
    }

    /// Whether there is more in hand than a limit allows, the claim itself included.
    pub(crate) fn exceeded(&self, row: &CandidateRow) -> Result<bool, Error> {
        let implements = word::<Kind>(&row.kind)? == Kind::Implement;
        let mut counted =
            self.limits(row).into_iter().filter(|limit| implements || limit.scope != Scope::Review);
        Ok(counted.any(|limit| limit.held > i64::from(limit.most)))
    }

    fn limits(&self, row: &CandidateRow) -> Vec<Limit> {
        let limit = |scope, most: Option<i32>, held| most.map(|most| Limit { scope, most, held });
        let lane = self.lanes.get(&row.lane);
        let repository = self.repositories.get(&row.repository_id);
        [
            lane.and_then(|rule| limit(Scope::Lane, rule.wip_limit, rule.held)),
            repository.and_then(|rule| limit(Scope::Repository, rule.wip_limit, rule.held)),
            repository.and_then(|rule| limit(Scope::Review, rule.review_limit, rule.in_review + rule.held)),
            self.agent.as_ref().and_then(|rule| limit(Scope::Agent, rule.wip_limit, rule.held)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn is_shut(rule: &RuleRow) -> bool {
    !rule.claimable || rule.paused || rule.wip_limit.is_some_and(|most| rule.held >= i64::from(most))
}

/// Takes the locks of a claim's limits, in the order of their scopes, and then reads the rules anew: nobody else can add
/// to what is counted until this transaction ends. What has no limit is not locked.
pub(crate) async fn lock(
    tx: &Tx,
    limits: &[Limit],
    row: &CandidateRow,
    agent: &AgentName,
) -> Result<Rules, Error> {
    let locks = limits.iter().map(|limit| async {
        match limit.scope {
            Scope::Lane => drop(claims::lock_lane_limit().bind(tx, &row.lane).opt().await?),
            Scope::Repository | Scope::Review => {
                claims::lock_repository_limit().bind(tx, &row.repository_id).opt().await?;
            }
            Scope::Agent => drop(claims::lock_agent_limit().bind(tx, &agent.as_str()).opt().await?),
        }
        Ok(())
    });
    // They travel together, and are run in this order.
    let (_, rules) = futures::try_join!(try_join_all(locks), Rules::read(tx, Some(agent)))?;
    Ok(rules)
}
