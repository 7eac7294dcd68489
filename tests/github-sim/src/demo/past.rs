//! What happened in the demo organisation before anybody looked.

use github_sim::{Change, GithubSim, Seeded};
use jiff::{SignedDuration, Timestamp};

use super::{
    PEOPLE, REPOSITORIES, STATUSES,
    texts::{CHANGES, ISSUES, Issue, LABELS, REMARKS},
};

/// Fills an empty GitHub; one that has the organisation already stays as it is.
pub(crate) fn seed(sim: &GithubSim, seed: u64) {
    if !sim.issues(REPOSITORIES[0]).is_empty() {
        return;
    }
    let mut random = Seeded::new(seed);
    let start = Timestamp::now() - SignedDuration::from_hours(9 * 24);
    sim.clock().set(start);
    for (repo, description) in
        REPOSITORIES.into_iter().zip(["The shop", "Invoices and payments", "The handbook"])
    {
        let description = Some(description.to_owned());
        act(sim, PEOPLE[0], Change::CreateRepository { repo: repo.to_owned(), description });
        for (name, color) in LABELS {
            let change = Change::CreateLabel {
                repo: repo.to_owned(),
                name: name.to_owned(),
                color: Some(color.to_owned()),
                description: None,
            };
            act(sim, PEOPLE[0], change);
        }
    }
    // About nine days for all issues, in order.
    let step = 8 * 24 * 60 / ISSUES.len();
    for issue in ISSUES {
        let minutes = step / 2 + random.below(step);
        sim.clock().advance(SignedDuration::from_mins(i64::try_from(minutes).unwrap_or(60)));
        open(sim, &mut random, issue);
    }
    for (repo, number, title) in CHANGES {
        let author = random.pick(&PEOPLE).copied().unwrap_or(PEOPLE[0]);
        let pull = sim.repo(REPOSITORIES[repo]).pull(title).author(author);
        let body = format!("Fixes #{number}\n\nSee the issue for the reasons. Covered by tests.");
        pull.body(body).head(&format!("{author}/issue-{number}")).open();
        sim.clock().advance(SignedDuration::from_mins(9));
    }
    sim.clock().run();
}

fn open(sim: &GithubSim, random: &mut Seeded, issue: &Issue) {
    let Issue { repo, title, body, status, labels } = issue;
    let author = random.pick(&PEOPLE).copied().unwrap_or(PEOPLE[0]);
    let status = status.map(|status| format!("status/{status}"));
    debug_assert!(status.as_ref().is_none_or(|s| STATUSES.iter().any(|known| s.ends_with(known))));
    let labels = labels.iter().copied().chain(status.as_deref());
    let name = REPOSITORIES[*repo];
    let opened = sim.repo(name).issue(title).body(*body).labels(labels).author(author).open();
    for _ in 0..random.below(3) {
        let (who, what) = (random.pick(&PEOPLE), random.pick(&REMARKS));
        if let (Some(who), Some(what)) = (who, what) {
            sim.person(who).comment(name, opened.number, what);
        }
    }
    if opened.has("status/done") {
        sim.person(author).close(name, opened.number);
    }
}

/// Does what nothing can refuse here.
fn act(sim: &GithubSim, who: &str, change: Change) {
    if let Err(refusal) = sim.person(who).act(change) {
        tracing::warn!(%refusal, "a part of the demo's past could not be made");
    }
}
