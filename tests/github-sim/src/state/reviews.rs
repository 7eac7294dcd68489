//! Reviews, threads of comments on lines, checks and statuses (GitHub docs, "About pull request reviews", "About status
//! checks").

use serde_json::{Value, json};

use super::{
    Act, State, Subject,
    feedback::{Feedback, LineNote, Verdict},
    ids::Kind,
    model::{CheckRun, CommitStatus, LineComment, Pull, Review, ReviewState, Thread},
    refusal::Refusal,
};
use crate::render;

impl State {
    pub(super) fn feedback(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        feedback: Feedback,
    ) -> Result<Subject, Refusal> {
        let number = feedback.place().1;
        self.pull(repo, number)?;
        match feedback {
            Feedback::Review { verdict, body, comments, .. } => {
                self.review(act, repo, number, verdict, body, comments)?;
            }
            Feedback::DismissReview { review, .. } => self.dismiss(act, repo, number, review)?,
            Feedback::Reply { comment, body, .. } => self.reply(act, repo, number, comment, body)?,
            Feedback::EditLineComment { comment, body, .. } => {
                let at = act.at;
                let found = self.line_comment(repo, number, comment)?;
                let before = std::mem::replace(&mut found.body, body);
                found.updated_at = at;
                self.bump(act, repo, number)?;
                let changes = json!({ "changes": { "body": { "from": before } } });
                self.emit_comment(act, repo, number, comment, "edited", changes);
            }
            Feedback::DeleteLineComment { comment, .. } => {
                self.line_comment(repo, number, comment)?;
                self.bump(act, repo, number)?;
                self.emit_comment(act, repo, number, comment, "deleted", json!({}));
                let pull = self.pull_mut(repo, number)?;
                for thread in &mut pull.threads {
                    thread.comments.retain(|one| one.id != comment);
                }
                pull.threads.retain(|thread| !thread.comments.is_empty());
            }
            Feedback::Resolve { comment, resolved, .. } => {
                self.resolve(act, repo, number, comment, resolved)?;
            }
            Feedback::StartCheck { name, .. } => self.start_check(act, repo, number, name)?,
            Feedback::Check { name, conclusion, .. } => self.check(act, repo, number, &name, conclusion)?,
            Feedback::Status { context, state, .. } => self.status(act, repo, number, context, state)?,
            Feedback::Conflict { conflicts, .. } => self.pull_mut(repo, number)?.conflicts = conflicts,
            Feedback::Link { issue, .. } => {
                self.issue(repo, issue)?;
                self.pull_mut(repo, number)?.linked.push(issue);
            }
        }
        Ok(Subject::Issue(number))
    }

    fn review(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        verdict: Verdict,
        body: String,
        comments: Vec<LineNote>,
    ) -> Result<(), Refusal> {
        let own = self.issue(repo, number)?.author.eq_ignore_ascii_case(act.actor);
        if own && verdict != Verdict::Comment {
            let message = "Can not approve or request changes on your own pull request";
            return Err(Refusal::custom("PullRequestReview", "event", message));
        }
        if body.is_empty() && comments.is_empty() && verdict != Verdict::Approve {
            return Err(Refusal::custom("PullRequestReview", "body", "Body cannot be blank"));
        }
        let id = self.ids.next(Kind::Review);
        let state = match verdict {
            Verdict::Approve => ReviewState::Approved,
            Verdict::RequestChanges => ReviewState::ChangesRequested,
            Verdict::Comment => ReviewState::Commented,
        };
        let notes: Vec<(u64, LineNote)> =
            comments.into_iter().map(|note| (self.ids.next(Kind::LineComment), note)).collect();
        let (author, at) = (act.actor.to_owned(), act.at);
        let pull = self.pull_mut(repo, number)?;
        let commit = pull.head_sha.clone();
        pull.reviews.push(Review {
            id,
            author: author.clone(),
            state,
            body,
            commit: commit.clone(),
            submitted_at: at,
        });
        for (comment, note) in &notes {
            pull.threads.push(Thread {
                resolved: false,
                comments: vec![LineComment {
                    id: *comment,
                    review: id,
                    author: author.clone(),
                    path: note.path.clone(),
                    line: note.line,
                    body: note.body.clone(),
                    commit: commit.clone(),
                    created_at: at,
                    updated_at: at,
                }],
            });
        }
        self.bump(act, repo, number)?;
        self.emit_review(act, repo, number, id, "submitted");
        for (comment, _) in notes {
            self.emit_comment(act, repo, number, comment, "created", json!({}));
        }
        Ok(())
    }

    fn dismiss(&mut self, act: &mut Act<'_>, repo: u64, number: u64, id: u64) -> Result<(), Refusal> {
        let pull = self.pull_mut(repo, number)?;
        let review = pull.reviews.iter_mut().find(|review| review.id == id).ok_or(Refusal::NotFound)?;
        if !matches!(review.state, ReviewState::Approved | ReviewState::ChangesRequested) {
            return Err(Refusal::custom("PullRequestReview", "state", "Can not dismiss this review"));
        }
        review.state = ReviewState::Dismissed;
        self.bump(act, repo, number)?;
        self.emit_review(act, repo, number, id, "dismissed");
        Ok(())
    }

    /// GitHub makes a review of its own, without text, for each answer.
    fn reply(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        comment: u64,
        body: String,
    ) -> Result<(), Refusal> {
        self.line_comment(repo, number, comment)?;
        let (review, id) = (self.ids.next(Kind::Review), self.ids.next(Kind::LineComment));
        let (author, at) = (act.actor.to_owned(), act.at);
        let pull = self.pull_mut(repo, number)?;
        let commit = pull.head_sha.clone();
        pull.reviews.push(Review {
            id: review,
            author: author.clone(),
            state: ReviewState::Commented,
            body: String::new(),
            commit: commit.clone(),
            submitted_at: at,
        });
        let thread = thread_of(pull, comment).ok_or(Refusal::NotFound)?;
        let (path, line) = (thread.comments[0].path.clone(), thread.comments[0].line);
        thread.comments.push(LineComment {
            id,
            review,
            author,
            path,
            line,
            body,
            commit,
            created_at: at,
            updated_at: at,
        });
        self.bump(act, repo, number)?;
        self.emit_review(act, repo, number, review, "submitted");
        self.emit_comment(act, repo, number, id, "created", json!({}));
        Ok(())
    }

    fn resolve(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        comment: u64,
        resolved: bool,
    ) -> Result<(), Refusal> {
        let thread = thread_of(self.pull_mut(repo, number)?, comment).ok_or(Refusal::NotFound)?;
        if thread.resolved == resolved {
            return Ok(());
        }
        thread.resolved = resolved;
        let thread = thread.clone();
        let action = if resolved { "resolved" } else { "unresolved" };
        let fields = json!({
            "thread": render::review::thread(self, repo, number, &thread),
            "pull_request": render::review::pull_request(self, repo, number),
            "updated_at": act.at,
        });
        self.emit(act, repo, "pull_request_review_thread", action, fields);
        Ok(())
    }

    fn start_check(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        name: String,
    ) -> Result<(), Refusal> {
        let id = self.ids.next(Kind::CheckRun);
        let sha = self.pull(repo, number)?.head_sha.clone();
        let known = self.repos[&repo].runs.values().find(|run| run.sha == sha).map(|run| run.suite);
        let suite = known.unwrap_or_else(|| self.ids.next(Kind::CheckSuite));
        let run = CheckRun { id, suite, sha, name, started_at: act.at, completed_at: None, conclusion: None };
        self.repo_mut(repo)?.runs.insert(id, run);
        self.emit_run(act, repo, id, "created");
        Ok(())
    }

    fn check(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        name: &str,
        conclusion: Option<String>,
    ) -> Result<(), Refusal> {
        let (sha, at) = (self.pull(repo, number)?.head_sha.clone(), act.at);
        let runs = &mut self.repo_mut(repo)?.runs;
        let run = runs.values_mut().rev().find(|run| run.sha == sha && run.name == name);
        let run = run.filter(|run| run.conclusion.is_none()).ok_or(Refusal::NotFound)?;
        let (id, suite, ended) = (run.id, run.suite, conclusion.is_some());
        run.conclusion = conclusion;
        run.completed_at = ended.then_some(at);
        if !ended {
            return Ok(());
        }
        self.emit_run(act, repo, id, "completed");
        let mut of_suite = self.repos[&repo].runs.values().filter(|run| run.suite == suite);
        if of_suite.all(|run| run.conclusion.is_some()) {
            let fields = json!({ "check_suite": render::check::suite(self, repo, suite) });
            self.emit(act, repo, "check_suite", "completed", fields);
        }
        Ok(())
    }

    fn status(
        &mut self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        context: String,
        state: String,
    ) -> Result<(), Refusal> {
        if !["pending", "success", "failure", "error"].contains(&state.as_str()) {
            return Err(Refusal::invalid("Status", "state", "custom"));
        }
        let id = self.ids.next(Kind::Status);
        let sha = self.pull(repo, number)?.head_sha.clone();
        let status =
            CommitStatus { id, sha, context, state, creator: act.actor.to_owned(), created_at: act.at };
        let fields = render::check::status_event(self, repo, &status);
        self.repo_mut(repo)?.statuses.push(status);
        self.emit(act, repo, "status", "", fields);
        Ok(())
    }

    /// What reviewers say is a change of the pull request; what checks say is not.
    fn bump(&mut self, act: &Act<'_>, repo: u64, number: u64) -> Result<(), Refusal> {
        self.issue_mut(repo, number)?.updated_at = act.at;
        Ok(())
    }

    pub(crate) fn pull(&self, repo: u64, number: u64) -> Result<&Pull, Refusal> {
        self.issue(repo, number)?.pull.as_ref().ok_or(Refusal::NotFound)
    }

    fn pull_mut(&mut self, repo: u64, number: u64) -> Result<&mut Pull, Refusal> {
        self.issue_mut(repo, number)?.pull.as_mut().ok_or(Refusal::NotFound)
    }

    fn line_comment(&mut self, repo: u64, number: u64, id: u64) -> Result<&mut LineComment, Refusal> {
        let threads = &mut self.pull_mut(repo, number)?.threads;
        let mut comments = threads.iter_mut().flat_map(|thread| &mut thread.comments);
        comments.find(|comment| comment.id == id).ok_or(Refusal::NotFound)
    }

    fn emit_review(&self, act: &mut Act<'_>, repo: u64, number: u64, id: u64, action: &'static str) {
        let mut review = render::review::review_of(self, repo, number, id);
        // Webhooks write the state in lower case, the REST API in upper case.
        let state = review["state"].as_str().unwrap_or_default().to_lowercase();
        if let Some(review) = review.as_object_mut() {
            review.insert("state".to_owned(), Value::String(state));
        }
        let pull_request = render::review::pull_request(self, repo, number);
        let fields = json!({ "review": review, "pull_request": pull_request });
        self.emit(act, repo, "pull_request_review", action, fields);
    }

    fn emit_comment(
        &self,
        act: &mut Act<'_>,
        repo: u64,
        number: u64,
        id: u64,
        action: &'static str,
        extra: Value,
    ) {
        let fields = json!({
            "comment": render::review::comment_of(self, repo, number, id),
            "pull_request": render::review::pull_request(self, repo, number),
        });
        self.emit(act, repo, "pull_request_review_comment", action, render::merged(fields, extra));
    }

    fn emit_run(&self, act: &mut Act<'_>, repo: u64, id: u64, action: &'static str) {
        let fields = json!({ "check_run": render::check::run(self, repo, id) });
        self.emit(act, repo, "check_run", action, fields);
    }
}

fn thread_of(pull: &mut Pull, comment: u64) -> Option<&mut Thread> {
    pull.threads.iter_mut().find(|thread| thread.comments.iter().any(|one| one.id == comment))
}
