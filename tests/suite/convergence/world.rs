//! Where a history takes place: two repositories, three issues, a pull request, two agents.

use std::collections::BTreeMap;

use dispatch_store::claims::grant::Answer;
use github_sim::{Change, Feedback, IssueEdit, LineNote, NewIssue, PullEdit, Said};
use jiff::SignedDuration;
use kit::{Harness, Taken};

use super::act::{Act, Told};

/// As it is called in the beginning: the simulator follows renames, as GitHub does.
pub(super) const WEB: &str = "acme/web";
pub(super) const API: &str = "acme/api";
const PULL: u64 = 4;

pub(super) struct World<'h> {
    h: &'h Harness,
    held: BTreeMap<&'static str, Taken>,
    archived: bool,
}

impl<'h> World<'h> {
    pub(super) async fn new(h: &'h Harness) -> Self {
        let repo = h.repo(WEB).await;
        h.repo(API).await;
        for n in 0..3 {
            h.issue(&repo, &format!("Issue {n}"), &["status/ready"]).await;
        }
        h.tick().await;
        let number = repo.pull("A change").head("work").body("Fixes #1").author("bot").open().number;
        assert_eq!(number, PULL);
        h.arrive().await;
        h.reconcile().await;
        h.settle().await;
        Self { h, held: BTreeMap::new(), archived: false }
    }

    /// Lets it happen. What GitHub or Dispatch refuses does not happen.
    pub(super) async fn happen(&mut self, act: Act) {
        let h = self.h;
        let repo = WEB.to_owned();
        let own = |labels: Vec<&str>| labels.into_iter().map(str::to_owned).collect();
        let change = match act {
            Act::Open => {
                let draft = NewIssue {
                    title: "Another".to_owned(),
                    labels: own(vec!["status/ready", "bug"]),
                    ..NewIssue::default()
                };
                Change::OpenIssue { repo, draft }
            }
            Act::Add(number, label) => Change::AddLabels { repo, number, labels: own(vec![label]) },
            Act::Remove(number, label) => Change::RemoveLabel { repo, number, label: label.to_owned() },
            Act::Set(number, labels) => Change::SetLabels { repo, number, labels: own(labels) },
            Act::Retitle(number, title) => {
                let edit = IssueEdit { title: Some(title), ..IssueEdit::default() };
                Change::EditIssue { repo, number, edit }
            }
            Act::Comment(number) => Change::Comment { repo, number, body: "Hm.".to_owned() },
            Act::Close(number) => Change::Close { repo, number, reason: None },
            Act::Reopen(number) => Change::Reopen { repo, number },
            Act::Delete(number) => Change::DeleteIssue { repo, number },
            Act::Transfer(number) => Change::TransferIssue { repo, number, to: API.to_owned() },
            Act::RenameLabel(name) => {
                let new_name = Some(format!("{name}-{}", h.now().as_second() % 7));
                Change::EditLabel { repo, name: name.to_owned(), new_name, color: None, description: None }
            }
            Act::DeleteLabel(name) => Change::DeleteLabel { repo, name: name.to_owned() },
            Act::RenameRepository(name) => Change::RenameRepository { repo, name: name.to_owned() },
            Act::Archive => {
                self.archived = !self.archived;
                Change::ArchiveRepository { repo, archived: self.archived }
            }
            Act::Pull(told) => return self.tell(told),
            Act::Claim(_)
            | Act::Complete(..)
            | Act::Release(_)
            | Act::Move(..)
            | Act::Write
            | Act::Sweep
            | Act::Wait(_) => return self.dispatch(act).await,
        };
        let _ = h.sim.person("ana").act(change);
    }

    async fn dispatch(&mut self, act: Act) {
        let h = self.h;
        match act {
            Act::Claim(agent) => {
                if let Ok(Answer::Granted(briefing)) = h.agent(agent).ask().await {
                    self.held.insert(agent, h.agent(agent).taken(*briefing));
                }
            }
            Act::Complete(agent, outcome) => {
                if let Some(taken) = self.held.remove(agent) {
                    let _ = h.agent(agent).complete(&taken, outcome).await;
                }
            }
            Act::Release(agent) => {
                if let Some(taken) = self.held.remove(agent) {
                    let _ = h.agent(agent).release(&taken, None).await;
                }
            }
            Act::Move(number, status) => {
                if let Some(issue) = h.sim.find_issue(WEB, number) {
                    let _ = h.move_to(&issue, status, None).await;
                }
            }
            Act::Write => {
                // Without waiting for deliveries that are held back.
                h.writer.handle(kit::queue::event(h.nudges.take())).await;
            }
            Act::Sweep => {
                let event = scheduled_sync::Event { job: dispatch_domain::job::Job::Sweep, sync_run: None };
                h.sync.handle(&event, std::time::Duration::from_secs(60)).await.expect("a sweep");
            }
            Act::Wait(seconds) => h.advance(SignedDuration::from_secs(seconds.into())).await,
            _ => {}
        }
    }

    fn tell(&self, told: Told) {
        let sim = &self.h.sim;
        let (repo, number) = (WEB.to_owned(), PULL);
        let said = sim.find_issue(WEB, PULL).and_then(|issue| issue.pull).map(|pull| pull.said);
        let Said { reviews, comments, .. } = said.unwrap_or_default();
        let review = |which: usize| reviews.get(which).map_or(0, |(id, ..)| *id);
        let comment = |which: usize| comments.get(which).map_or(0, |(id, ..)| *id);
        let who = match &told {
            Told::Review(who, ..) => who,
            _ => "ana",
        };
        let feedback = match told {
            Told::Push => {
                return drop(sim.person("bot").act(Change::Push { repo, branch: Some("work".into()) }));
            }
            Told::PushBase => return drop(sim.person("ana").act(Change::Push { repo, branch: None })),
            Told::Draft(draft) => {
                let edit = PullEdit { draft: Some(draft), ..PullEdit::default() };
                return drop(sim.person("ana").act(Change::EditPull { repo, number, edit }));
            }
            Told::Body(issue) => {
                let edit = PullEdit { body: Some(format!("Closes #{issue}")), ..PullEdit::default() };
                return drop(sim.person("ana").act(Change::EditPull { repo, number, edit }));
            }
            Told::Merge => return drop(sim.person("ana").act(Change::MergePull { repo, number, sha: None })),
            Told::Review(_, verdict, count) => {
                let note = |n| LineNote { path: "src/lib.rs".into(), line: n, body: format!("Line {n}?") };
                let comments = (0..count as u64).map(note).collect();
                Feedback::Review { repo, number, verdict, body: "Well.".into(), comments }
            }
            Told::Dismiss(which) => Feedback::DismissReview { repo, number, review: review(which) },
            Told::Reply(which) => {
                Feedback::Reply { repo, number, comment: comment(which), body: "Because.".into() }
            }
            Told::EditComment(which, body) => {
                Feedback::EditLineComment { repo, number, comment: comment(which), body }
            }
            Told::DeleteComment(which) => {
                Feedback::DeleteLineComment { repo, number, comment: comment(which) }
            }
            Told::Resolve(which, resolved) => {
                Feedback::Resolve { repo, number, comment: comment(which), resolved }
            }
            Told::Start(name) => Feedback::StartCheck { repo, number, name: name.into() },
            Told::Check(name, conclusion) => {
                Feedback::Check { repo, number, name: name.into(), conclusion: Some(conclusion.into()) }
            }
            Told::Status(context, state) => {
                Feedback::Status { repo, number, context: context.into(), state: state.into() }
            }
            Told::Conflict(conflicts) => {
                let conflict = Feedback::Conflict { repo: repo.clone(), number, conflicts };
                let _ = sim.person("ana").act(Change::Feedback(conflict));
                // What makes GitHub's answer another one is a push, and a push is told.
                return drop(sim.person("ana").act(Change::Push { repo, branch: None }));
            }
        };
        let _ = sim.person(who).act(Change::Feedback(feedback));
    }

    /// What is held back arrives, and a repository that cannot be written to can be again.
    pub(super) async fn releases_the_post(&mut self) {
        self.h.sim.clear_faults();
        self.h.arrive().await;
        self.h.tick().await;
        if self.archived {
            self.happen(Act::Archive).await;
            self.h.arrive().await;
            self.h.tick().await;
        }
    }
}
