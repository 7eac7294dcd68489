//! What the demo's people do while somebody looks. Growth is bounded: past a size they finish and take up old things
//! instead of starting new ones.

use std::time::Duration;

use github_sim::{Change, GithubSim, IssueEdit, IssueView, NewIssue, NewPull, Refusal, Seeded};

use super::{
    PEOPLE, REPOSITORIES, STATUSES, status,
    texts::{IDEAS, REMARKS},
};

/// Open issues and pull requests of a repository beyond which nobody opens more.
const MOST_OPEN: usize = 24;
/// All of a repository beyond which old ones are reopened instead of new ones opened.
const MOST_EVER: usize = 160;
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
        0..=6 => match random.pick(&free) {
            Some(issue) => return move_on(sim, random, repo, who, issue),
            None => return Ok(()),
        },
        7..=9 => {
            random.pick(&open).filter(|issue| issue.comments < MOST_COMMENTS).map(|issue| Change::Comment {
                repo: repo.to_owned(),
                number: issue.number,
                body: random.pick(&REMARKS).copied().unwrap_or("Any news?").to_owned(),
            })
        }
        10..=11 => random.pick(&free).map(|issue| edit(random, repo, issue)),
        12..=13 => random.pick(&free).map(|issue| prioritise(random, repo, issue)),
        14..=15 if open.len() < MOST_OPEN && all.len() < MOST_EVER => Some(idea(random, repo)),
        14..=15 => random.pick(&free).filter(|_| open.len() >= MOST_OPEN / 2).map(|issue| Change::Close {
            repo: repo.to_owned(),
            number: issue.number,
            reason: None,
        }),
        16 if pulls.len() < 4 && all.len() < MOST_EVER => {
            random.pick(&free).map(|issue| change_for(repo, who, issue))
        }
        17 => random.pick(&pulls).map(|pull| Change::MergePull {
            repo: repo.to_owned(),
            number: pull.number,
            sha: None,
        }),
        18 => random.pick(&pulls).map(|pull| Change::Push {
            repo: repo.to_owned(),
            branch: pull.pull.as_ref().map(|pull| pull.head.clone()),
        }),
        _ => reopened(random, repo, &all, open.len()),
    };
    match change {
        Some(change) => person.act(change).map(|_| ()),
        None => Ok(()),
    }
}

/// Moves a card to another column, as people do: the new label first, then the old one off.
fn move_on(
    sim: &GithubSim,
    random: &mut Seeded,
    repo: &str,
    who: &str,
    issue: &IssueView,
) -> Result<(), Refusal> {
    let from = status(&issue.labels).map(str::to_owned);
    let next = match from.as_deref() {
        Some("ready") => "in-progress",
        Some("in-progress") if random.chance(0.7) => "in-review",
        Some("in-progress") => "blocked",
        Some("in-review") if random.chance(0.6) => "done",
        _ => "ready",
    };
    debug_assert!(STATUSES.contains(&next));
    let (repo, number, person) = (repo.to_owned(), issue.number, sim.person(who));
    if next == "done" {
        return person.act(Change::Close { repo, number, reason: None }).map(|_| ());
    }
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
    labels.extend(random.chance(0.5).then(|| "status/ready".to_owned()));
    labels.extend(random.pick(&["type/bug", "type/feature", "type/chore"]).map(|&label| label.to_owned()));
    let draft =
        NewIssue { title: title.to_owned(), body: Some(body.to_owned()), labels, assignees: Vec::new() };
    Change::OpenIssue { repo: repo.to_owned(), draft }
}

fn change_for(repo: &str, who: &str, issue: &IssueView) -> Change {
    let draft = NewPull {
        title: issue.title.clone(),
        body: Some(format!("Fixes #{}", issue.number)),
        head: format!("{who}/issue-{}", issue.number),
        ..NewPull::default()
    };
    Change::OpenPull { repo: repo.to_owned(), draft }
}

fn reopened(random: &mut Seeded, repo: &str, all: &[IssueView], open: usize) -> Option<Change> {
    let closed: Vec<&IssueView> =
        all.iter().filter(|issue| !issue.is_open() && issue.pull.is_none()).collect();
    let issue = random.pick(&closed).filter(|_| open < MOST_OPEN)?;
    Some(Change::Reopen { repo: repo.to_owned(), number: issue.number })
}
