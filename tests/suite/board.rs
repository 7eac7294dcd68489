//! The board as browsers hold it: told "as you have it" it is so, and who follows the feed has what a new reading shows.
//! Everything that can change a card happens here in turn, and after each the old board is held against a new one.

use std::collections::BTreeMap;

use dispatch_domain::claim::Outcome;
use dispatch_domain::status::Status;
use dispatch_domain::trust::Intake;
use dispatch_store::limits::{self, Limits};
use dispatch_store::{dependencies, feed, repositories, trust};
use github_sim::{Feedback, IssueEdit};
use http::StatusCode;
use jiff::SignedDuration;
use kit::Harness;
use kit::harness::OPERATOR;
use kit::http::Caller;
use serde_json::{Value, json};

const REPO: &str = "acme/web";

/// A browser with the board open.
struct Browser {
    caller: Caller,
    etag: String,
    /// As the last whole board showed it.
    shown: Value,
    /// Cards by issue, the last whole board and what the feed told since.
    cards: BTreeMap<String, Value>,
    cursor: String,
}

/// All that is shown: when it was read, and where to go on, is not.
fn shown(mut board: Value) -> Value {
    let fields = board.as_object_mut().unwrap();
    fields.retain(|name, _| !["cursor", "generatedAt"].contains(&name.as_str()));
    board
}

fn cards(board: &Value) -> BTreeMap<String, Value> {
    let columns = board["columns"].as_array().unwrap().iter();
    let cards = columns.flat_map(|column| column["cards"].as_array().unwrap());
    cards.map(|card| (card["issueId"].as_str().unwrap().to_owned(), card.clone())).collect()
}

impl Browser {
    async fn open(caller: Caller) -> Self {
        let said = caller.get("/api/board").await;
        let etag = said.etag.clone().expect("an ETag");
        let board = said.ok();
        let cursor = board["cursor"].as_str().unwrap().to_owned();
        Self { caller, etag, cards: cards(&board), shown: shown(board), cursor }
    }

    /// Asks again with the tag it has: true when there is another board. What it was told is held against a new reading.
    async fn asks_again(&mut self, what: &str) -> bool {
        let said = self.caller.clone().with("if-none-match", &self.etag).get("/api/board").await;
        let same = said.status == StatusCode::NOT_MODIFIED;
        let new = Self::open(self.caller.clone()).await;
        if same {
            assert_eq!(said.etag.as_deref(), Some(self.etag.as_str()), "{what}");
            assert_eq!(self.shown, new.shown, "{what}: 304, and the board is another one");
        } else {
            assert_eq!(shown(said.ok()), new.shown, "{what}");
            (self.etag, self.shown) = (new.etag, new.shown);
        }
        !same
    }

    /// It changed what is shown, and the feed told it.
    async fn sees(&mut self, what: &str) {
        let before = self.shown.clone();
        assert!(self.asks_again(what).await, "{what}: 304");
        assert_ne!(self.shown, before, "{what}: nothing is shown of it");
        let now = cards(&self.shown);
        let told = kit::eventually(async || {
            self.follow().await;
            self.cards == now
        })
        .await;
        assert!(told, "{what}: the feed did not tell: {:#?}\ninstead of {now:#?}", self.cards);
    }

    async fn follow(&mut self) {
        let changes = self.caller.get(&format!("/api/changes?after={}", self.cursor)).await.ok();
        assert_eq!(changes["resync"], Value::Null);
        self.cursor = changes["cursor"].as_str().unwrap().to_owned();
        for card in changes["cards"].as_array().unwrap() {
            self.cards.insert(card["issueId"].as_str().unwrap().to_owned(), card.clone());
        }
        for id in changes["removed"].as_array().unwrap() {
            self.cards.remove(id.as_str().unwrap());
        }
    }

    /// Nothing happened, or nothing that is shown.
    async fn keeps(&mut self, what: &str) {
        assert!(!self.asks_again(what).await, "{what}: sent again");
    }

    /// Time alone changed what is shown. The feed tells no such thing: the board is asked for again now and then.
    async fn sees_in_time(&mut self, what: &str) {
        let before = self.shown.clone();
        assert!(self.asks_again(what).await, "{what}: 304");
        assert_ne!(self.shown, before, "{what}: nothing is shown of it");
        *self = Self::open(self.caller.clone()).await;
    }
}

#[tokio::test]
async fn a_claim_a_move_and_a_persons_edit_are_seen() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let one = h.issue(&repo, "One", &["status/ready"]).await;
    let two = h.issue(&repo, "Two", &["status/ready"]).await;
    let api = h.api();
    let mut board = Browser::open(api.operator()).await;
    board.keeps("nothing").await;
    h.tick().await;
    board.keeps("a second").await;
    let alpha = h.agent("alpha").only(&one);
    let taken = alpha.take().await;
    board.sees("a claim").await;
    h.settle().await;
    board.sees("its labels on GitHub").await;
    h.advance(SignedDuration::from_mins(1)).await;
    board.keeps("a minute of a lease").await;
    alpha.renew(&taken).await.unwrap();
    board.sees("a longer lease").await;
    h.act("ana", |ana| ana.retitle(REPO, two.number, "Zwei")).await;
    board.sees("a title").await;
    h.act("ana", |ana| ana.add_label(REPO, two.number, "priority/p0")).await;
    board.sees("a priority").await;
    h.act("ana", |ana| ana.comment(REPO, two.number, "Please.")).await;
    board.sees("a comment").await;
    h.move_to(&two, Status::Blocked, Some("Not now.")).await.unwrap();
    board.sees("a move").await;
    h.settle().await;
    board.sees("the move on GitHub").await;
    alpha.complete(&taken, Outcome::PrOpened).await.unwrap();
    board.sees("a result").await;
    h.settle().await;
    board.sees("the result on GitHub").await;
    h.act("ana", |ana| ana.delete_issue(REPO, two.number)).await;
    board.sees("an issue that is gone").await;
    let name = REPO.parse().unwrap();
    repositories::untrack(&h.store, &name, &OPERATOR).await.unwrap();
    board.sees("a repository that is no longer followed").await;
    h.finish().await;
}

#[tokio::test]
async fn rules_that_hold_work_back_are_seen_on_every_card_they_hold() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    h.sim.set_association("eve", "NONE");
    for title in ["One", "Two"] {
        h.issue(&repo, title, &["status/ready"]).await;
    }
    h.tick().await;
    let hers = repo.issue("Please").body("Do this.").author("eve").labels(["status/ready"]).open();
    h.arrive().await;
    let api = h.api();
    let olga = api.operator();
    let mut board = Browser::open(olga.clone()).await;
    for (what, change) in [
        ("a paused lane", json!({ "paused": true })),
        ("a lane that goes on", json!({ "paused": false })),
        ("a lane for people", json!({ "claimable": false })),
        ("a lane for agents", json!({ "claimable": true })),
        ("a full lane", json!({ "wipLimit": 0 })),
        ("a lane without a limit", json!({ "wipLimit": null })),
    ] {
        olga.patch("/api/lanes/default", change).await.ok();
        board.sees(what).await;
    }
    olga.patch("/api/lanes/default", json!({ "description": "Plain work." })).await.ok();
    board.keeps("a description that no card shows").await;
    let web = REPO.parse().unwrap();
    for (what, wip, review, excluded_labels) in [
        ("a full repository", Some(0), None, vec![]),
        ("too much in review", None, Some(0), vec![]),
        ("labels that exclude", None, None, vec!["status/ready".to_owned()]),
        ("no limits", None, None, vec![]),
    ] {
        let set = Limits { wip, review, excluded_labels };
        limits::set(&h.store, &web, &set, None, &OPERATOR).await.unwrap();
        board.sees(what).await;
    }
    trust::set_policy(&h.store, None, Some(Intake::Trusted), None, &OPERATOR).await.unwrap();
    board.sees("strangers wait").await;
    let text = olga.get(&format!("/api/issues/{}", hers.id)).await.ok()["textSha256"].clone();
    olga.post(&format!("/api/issues/{}/approve", hers.id), json!({ "textSha256": text })).await.ok();
    board.sees("an approval").await;
    let edit = IssueEdit { body: Some("Do that.".to_owned()), ..IssueEdit::default() };
    h.act("eve", |eve| eve.edit(REPO, hers.number, edit)).await;
    board.sees("a text that nobody approved").await;
    trust::set_policy(&h.store, Some(&web), Some(Intake::Open), None, &OPERATOR).await.unwrap();
    board.sees("strangers are let in here").await;
    h.finish().await;
}

#[tokio::test]
async fn pull_requests_their_fixes_and_what_waits_for_what_are_seen() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let one = h.issue(&repo, "One", &["status/in-review"]).await;
    let two = h.issue(&repo, "Two", &["status/ready"]).await;
    let api = h.api();
    let mut board = Browser::open(api.operator()).await;
    h.tick().await;
    let pull = repo.pull("Do both").head("work").body("Fixes #1, fixes #2").author("alpha-bot").open();
    h.arrive().await;
    board.sees("a pull request of two issues").await;
    let (repository, number, name) = (REPO.to_owned(), pull.number, "test".to_owned());
    let start = Feedback::StartCheck { repo: repository.clone(), number, name: name.clone() };
    h.act("ci[bot]", |bot| bot.say(start.clone())).await;
    board.sees("a check that runs").await;
    let ends = |conclusion: &str| Feedback::Check {
        repo: repository.clone(),
        number,
        name: name.clone(),
        conclusion: Some(conclusion.to_owned()),
    };
    h.act("ci[bot]", |bot| bot.say(ends("failure"))).await;
    board.sees("a fix that is offered, on both").await;
    h.act("ci[bot]", |bot| bot.say(start)).await;
    h.act("ci[bot]", |bot| bot.say(ends("success"))).await;
    board.sees("a fix that is not wanted any more").await;
    let edit = IssueEdit { body: Some("Blocked by #2".to_owned()), ..IssueEdit::default() };
    h.act("ana", |ana| ana.edit(REPO, one.number, edit)).await;
    dependencies::settle(&h.store).await.unwrap();
    board.sees("something to wait for").await;
    h.act("ana", |ana| ana.close(REPO, two.number)).await;
    dependencies::settle(&h.store).await.unwrap();
    board.sees("what it waited for is done").await;
    h.finish().await;
}

#[tokio::test]
async fn what_passes_by_itself_is_seen_when_its_time_has_come() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let one = h.issue(&repo, "One", &["status/ready"]).await;
    let two = h.issue(&repo, "Two", &["status/ready"]).await;
    h.act("ana", |ana| ana.close(REPO, two.number)).await;
    let alpha = h.agent("alpha").only(&one);
    let taken = alpha.take().await;
    let later = h.now() + SignedDuration::from_hours(1);
    alpha.release(&taken, Some(later)).await.unwrap();
    h.settle().await;
    let api = h.api();
    let mut board = Browser::open(api.operator()).await;
    h.advance(SignedDuration::from_mins(59)).await;
    board.keeps("an hour that is not over").await;
    h.advance(SignedDuration::from_mins(2)).await;
    board.sees_in_time("it is put aside no longer").await;
    board.keeps("nothing").await;
    h.advance(SignedDuration::from_hours(13 * 24)).await;
    board.keeps("thirteen days in Done").await;
    h.advance(SignedDuration::from_hours(24)).await;
    board.sees_in_time("two weeks in Done").await;
    h.finish().await;
}

#[tokio::test]
async fn transactions_are_told_apart_by_what_the_board_saw_of_them() {
    let h = Harness::new().await;
    let repo = h.repo(REPO).await;
    let early = h.issue(&repo, "Early", &[]).await;
    let late = h.issue(&repo, "Late", &[]).await;
    let api = h.api();
    let comment = |id: u64| format!("update issue set comments = comments + 1 where id = {id}");
    let slow = h.db.connect().await;
    slow.batch_execute("begin").await.unwrap();
    slow.batch_execute(&comment(late.id)).await.unwrap();
    // Younger, and committed first: this board has it, though it is above the feed's horizon.
    h.db.run(&comment(early.id)).await;
    let mut board = Browser::open(api.operator()).await;
    board.keeps("what it has already").await;
    slow.batch_execute("commit").await.unwrap();
    board.sees("a transaction that was older than the board").await;

    let gone = board.etag.clone();
    h.db.run("update feed set pruned_below = (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1)::text::xid8")
        .await;
    assert!(board.asks_again("changes that are forgotten").await);
    h.db.run("update feed set pruned_below = '0', epoch = gen_random_uuid()").await;
    for etag in [gone.as_str(), board.etag.as_str(), "W/\"x\"", "W/\"a.b.9:7:.0\"", "\""] {
        let said = api.operator().with("if-none-match", etag).get("/api/board").await;
        assert_eq!(said.status, StatusCode::OK, "{etag}");
    }
    feed::prune(&h.store).await.unwrap();
    h.db.run("update issue set comments = 0").await;
    h.finish().await;
}
