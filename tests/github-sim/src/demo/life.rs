//! What the demo's people do while somebody looks: they write issues, sort them, talk, and merge. The work itself is
//! left to agents, who come in by the API like all agents. Growth is bounded: past a size nothing new begins.

use std::time::Duration;

use github_sim::{Change, GithubSim, IssueEdit, IssueView, NewIssue, Refusal, Seeded};

use super::{
    PEOPLE, REPOSITORIES, status,
    texts::{IDEAS, REMARKS},
};

/// Open issues and pull requests of a repository beyond which nobody opens more.
const MOST_OPEN: usize = 24;
/// All of a repository beyond which none is opened any more, neither a new one nor an old one again.
const MOST_EVER: usize = 400;
/// Comments on one issue beyond which nobody says more.
const MOST_COMMENTS: u64 = 25;

/// Does one thing after the other, for ever.
pub(crate) async fn live(sim: GithubSim, seed: u64, pace: Duration) {
    let mut random = Seeded::new(seed ^ 0x11FE);
    let mut interval = tokio::time::interval(pace);
    interval.tick().await;
    loop {
        interval.tick().await;
        let (Some(repo), Some(who)) = (random.pick(&REPOSITORIES), random.pick(&PEOPLE)) else { return };
        if let Err(refusal) = one_thing(&sim, &mut random, repo, who) {
            tracing::debug!(%refusal, repo, who, "somebody could not do that");
        }
    }
}

fn one_thing(sim: &GithubSim, random: &mut Seeded, repo: &str, who: &str) -> Result<(), Refusal> {
    let all = sim.issues(repo);
    let open: Vec<&IssueView> = all.iter().filter(|issue| issue.is_open()).collect();
    // What an agent holds is left alone.
    let held = |issue: &IssueView| issue.labels.iter().any(|label| label.starts_with("agent/"));
    let free: Vec<&IssueView> =
        open.iter().copied().filter(|issue| issue.pull.is_none() && !held(issue)).collect();
    let pulls: Vec<&IssueView> = open.iter().copied().filter(|issue| issue.pull.is_some()).collect();
    let person = sim.person(who);
    let change = match random.below(20) {
        0..=5 => match random.pick(&free) {
            Some(issue) => return sort(sim, random, repo, who, issue),
            None => return Ok(()),
        },
        6..=8 => {
            random.pick(&open).filter(|issue| issue.comments < MOST_COMMENTS).map(|issue| Change::Comment {
                repo: repo.to_owned(),
                number: issue.number,
                body: random.pick(&REMARKS).copied().unwrap_or("Any news?").to_owned(),
            })
        }
        9 => random.pick(&free).map(|issue| edit(random, repo, issue)),
        10..=11 => random.pick(&free).map(|issue| prioritise(random, repo, issue)),
        12..=14 if open.len() < MOST_OPEN && all.len() < MOST_EVER => Some(idea(random, repo)),
        12..=14 => random.pick(&free).filter(|_| open.len() >= MOST_OPEN / 2).map(|issue| Change::Close {
            repo: repo.to_owned(),
            number: issue.number,
            reason: None,
        }),
        15..=17 => random.pick(&pulls).map(|pull| Change::MergePull {
            repo: repo.to_owned(),
            number: pull.number,
            sha: None,
        }),
        18 => random.pick(&pulls).map(|pull| Change::Push {
            repo: repo.to_owned(),
            branch: pull.pull.as_ref().map(|pull| pull.head.clone()),
        }),
        _ => reopened(random, repo, &all),
    };
    match change {
        Some(change) => person.act(change).map(|_| ()),
        None => Ok(()),
    }
}

/// Moves a card on, as people do: the new label first, then the old one off. What is ready waits for an agent.
fn sort(
    sim: &GithubSim,
    random: &mut Seeded,
    repo: &str,
    who: &str,
    issue: &IssueView,
) -> Result<(), Refusal> {
    let from = status(&issue.labels).map(str::to_owned);
    let next = match from.as_deref() {
        None => "ready",
        Some("blocked") if random.chance(0.4) => "ready",
        // A person's own work: agents have a label of theirs.
        Some("in-progress") if random.chance(0.6) => "in-review",
        Some("in-review") if random.chance(0.5) => {
            let change = Change::Close { repo: repo.to_owned(), number: issue.number, reason: None };
            return sim.person(who).act(change).map(|_| ());
        }
        _ => return Ok(()),
    };
    let (repo, number, person) = (repo.to_owned(), issue.number, sim.person(who));
    let labels = vec![format!("status/{next}")];
    person.act(Change::AddLabels { repo: repo.clone(), number, labels })?;
    if let Some(from) = from {
        person.act(Change::RemoveLabel { repo, number, label: format!("status/{from}") })?;
    }
    Ok(())
}

fn edit(random: &mut Seeded, repo: &str, issue: &IssueView) -> Change {
    let mut edit = IssueEdit::default();
    if random.chance(0.5) {
        let plain = issue.title.strip_suffix(" (again)").unwrap_or(&issue.title);
        let title = if plain == issue.title { format!("{plain} (again)") } else { plain.to_owned() };
        edit.title = Some(title);
    } else {
        let text = issue.body.clone().unwrap_or_default();
        let first = text.split("\n\nUpdate: ").next().unwrap_or_default().to_owned();
        let remark = random.pick(&REMARKS).copied().unwrap_or_default();
        edit.body = Some(format!("{first}\n\nUpdate: {remark}"));
    }
    Change::EditIssue { repo: repo.to_owned(), number: issue.number, edit }
}

fn prioritise(random: &mut Seeded, repo: &str, issue: &IssueView) -> Change {
    let mut labels: Vec<String> =
        issue.labels.iter().filter(|label| !label.starts_with("priority/")).cloned().collect();
    labels.push(format!("priority/p{}", random.below(4)));
    Change::SetLabels { repo: repo.to_owned(), number: issue.number, labels }
}

fn idea(random: &mut Seeded, repo: &str) -> Change {
    let (title, body) = random.pick(&IDEAS).copied().unwrap_or(IDEAS[0]);
    let mut labels = vec![format!("priority/p{}", random.below(4))];
    labels.extend(random.chance(0.7).then(|| "status/ready".to_owned()));
    labels.extend(random.pick(&["type/bug", "type/feature", "type/chore"]).map(|&label| label.to_owned()));
    let draft =
        NewIssue { title: title.to_owned(), body: Some(body.to_owned()), labels, assignees: Vec::new() };
    Change::OpenIssue { repo: repo.to_owned(), draft }
}

fn reopened(random: &mut Seeded, repo: &str, all: &[IssueView]) -> Option<Change> {
    let closed: Vec<&IssueView> =
        all.iter().filter(|issue| !issue.is_open() && issue.pull.is_none()).collect();
    let open = all.iter().filter(|issue| issue.is_open()).count();
    let issue = random.pick(&closed).filter(|_| open < MOST_OPEN && all.len() < MOST_EVER)?;
    Some(Change::Reopen { repo: repo.to_owned(), number: issue.number })
}
