//! migrate as a custom resource: CloudFormation's own requests, and a receiver for the answers.

use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::put;
use dispatch_runtime::{Config, ConfigError};
use dispatch_store::migrations::ALL;
use kit::TestDb;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

/// Longer than any migration takes here.
const PLENTY: Duration = Duration::from_secs(60);

/// The address that CloudFormation signs for an answer.
struct Receiver {
    url: String,
    answers: UnboundedReceiver<(HeaderMap, Value)>,
}

impl Receiver {
    /// Refuses the first `refusals` answers with 503.
    async fn start(refusals: u32) -> Self {
        type Told = (UnboundedSender<(HeaderMap, Value)>, std::sync::Arc<std::sync::atomic::AtomicU32>);
        async fn take(State((told, refusals)): State<Told>, headers: HeaderMap, body: String) -> StatusCode {
            use std::sync::atomic::Ordering::Relaxed;
            if refusals.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok() {
                return StatusCode::SERVICE_UNAVAILABLE;
            }
            told.send((headers, serde_json::from_str(&body).unwrap())).unwrap();
            StatusCode::OK
        }
        let (told, answers) = mpsc::unbounded_channel();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/answer?X-Amz-Signature=secret", listener.local_addr().unwrap());
        let routes = Router::new()
            .route("/answer", put(take))
            .with_state((told, std::sync::Arc::new(refusals.into())));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, answers }
    }

    /// A documented request, to be answered here.
    fn request(&self, kind: &str) -> Value {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/events/cloudformation-{kind}.json"));
        let mut request: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        request["ResponseURL"] = self.url.clone().into();
        request
    }

    /// The one answer there is, with what every answer has.
    fn answer(&mut self, request: &Value) -> Value {
        let (headers, answer) = self.answers.try_recv().expect("CloudFormation was answered");
        assert!(self.answers.try_recv().is_err(), "answered twice");
        for name in ["RequestId", "StackId", "LogicalResourceId"] {
            assert_eq!(answer[name], request[name], "{name}");
        }
        assert_eq!(answer["PhysicalResourceId"], "dispatch-migrations");
        assert!(answer.to_string().len() < 4096, "{answer}");
        // The address is signed for a request without a content type, and S3 takes nothing in chunks.
        assert!(
            !headers.contains_key("content-type") && headers.contains_key("content-length"),
            "{headers:?}"
        );
        answer
    }
}

fn config(db: &TestDb) -> Config {
    let names = ("GITHUB_REPOSITORIES", "acme/web".to_owned());
    Config::from_pairs(db.settings().into_iter().chain([names]))
}

async fn asked(receiver: &mut Receiver, kind: &str, db: &TestDb) -> Value {
    let request = receiver.request(kind);
    migrate::handle(request.clone(), PLENTY, async || Ok(config(db))).await.unwrap();
    receiver.answer(&request)
}

#[tokio::test]
async fn create_migrates_and_seeds_and_update_goes_on_from_there() {
    let (db, mut receiver) = (TestDb::empty().await, Receiver::start(0).await);
    let answer = asked(&mut receiver, "create", &db).await;
    assert_eq!(answer["Status"], "SUCCESS", "{answer}");
    assert_eq!(answer["Data"]["Applied"], ALL.len());
    assert_eq!(answer["Data"]["Seeded"], 1);
    let answer = asked(&mut receiver, "update", &db).await;
    assert_eq!((&answer["Status"], &answer["Data"]["Applied"]), (&"SUCCESS".into(), &0.into()), "{answer}");
    assert_eq!(db.count("repository").await, 1);
}

/// A roll-back runs the older release's function on the newer schema.
#[tokio::test]
async fn a_schema_newer_than_the_template_is_success() {
    let (db, mut receiver) = (TestDb::new().await, Receiver::start(0).await);
    db.run("insert into schema_migration (name) values ('20991231235959_future')").await;
    let answer = asked(&mut receiver, "update", &db).await;
    assert_eq!((&answer["Status"], &answer["Data"]["Applied"]), (&"SUCCESS".into(), &0.into()), "{answer}");
    assert_eq!(db.count("schema_migration where name like '%future'").await, 1);
}

#[tokio::test]
async fn delete_touches_nothing_and_needs_no_configuration() {
    let (db, mut receiver) = (TestDb::new().await, Receiver::start(0).await);
    let request = receiver.request("delete");
    migrate::handle(request.clone(), PLENTY, async || panic!("nobody asks for it")).await.unwrap();
    assert_eq!(receiver.answer(&request)["Status"], "SUCCESS");
    assert!(db.count("schema_migration").await > 0);
}

/// The answer to a create that failed names the same resource, so that the delete that follows finds it.
#[tokio::test]
async fn whatever_goes_wrong_is_answered_with_its_reason() {
    let mut receiver = Receiver::start(0).await;
    let request = receiver.request("create");
    let fail = async |receiver: &mut Receiver, load: &dyn Fn() -> Result<Config, ConfigError>| {
        migrate::handle(request.clone(), PLENTY, async || load()).await.unwrap();
        let answer = receiver.answer(&request);
        assert_eq!(answer["Status"], "FAILED", "{answer}");
        answer["Reason"].as_str().unwrap().to_owned()
    };
    let reason = fail(&mut receiver, &|| panic!("a bug")).await;
    assert_eq!(reason, "the migration panicked: a bug");
    let reason = fail(&mut receiver, &|| Ok(Config::from_pairs([("X", "")]))).await;
    assert!(reason.contains("DATABASE_URL"), "{reason}");
    let away = "postgresql://dispatch:hunter2@127.0.0.1:1/dispatch";
    let reason = fail(&mut receiver, &|| Ok(Config::from_pairs([("DATABASE_URL", away)]))).await;
    assert!(!reason.contains("hunter2") && reason.len() > 10, "{reason}");
    let db = TestDb::empty().await;
    let nameless = db.settings().into_iter().chain([("GITHUB_REPOSITORIES", "no name".to_owned())]);
    let reason = fail(&mut receiver, &|| Ok(Config::from_pairs(nameless.clone()))).await;
    assert!(reason.contains("GITHUB_REPOSITORIES"), "{reason}");
}

/// Somebody holds a lock, and the function would be ended in the middle of its wait.
#[tokio::test]
async fn it_answers_before_its_time_is_over() {
    let (db, mut receiver) = (TestDb::new().await, Receiver::start(0).await);
    let other = db.connect().await;
    // The migrators' lock, as another migrator holds it (migrations::LOCK).
    other.batch_execute("select pg_advisory_lock(x'4449535041544348'::bigint)").await.unwrap();
    let request = receiver.request("update");
    let time = migrate::RESERVE + Duration::from_secs(1);
    tokio::time::timeout(time, migrate::handle(request.clone(), time, async || Ok(config(&db))))
        .await
        .unwrap()
        .unwrap();
    let answer = receiver.answer(&request);
    assert_eq!(answer["Status"], "FAILED");
    assert!(answer["Reason"].as_str().unwrap().contains("within 1 s"), "{answer}");
    other.batch_execute("select pg_advisory_unlock_all()").await.unwrap();
    assert_eq!(asked(&mut receiver, "update", &db).await["Status"], "SUCCESS");
}

#[tokio::test]
async fn an_answer_that_is_not_taken_is_repeated_and_then_an_error() {
    let db = TestDb::new().await;
    let mut receiver = Receiver::start(2).await;
    assert_eq!(asked(&mut receiver, "update", &db).await["Status"], "SUCCESS");
    let receiver = Receiver::start(9).await;
    let refused = migrate::handle(receiver.request("update"), PLENTY, async || Ok(config(&db))).await;
    let error = format!("{:#}", refused.unwrap_err());
    assert!(error.contains("503") && !error.contains("Signature"), "{error}");
}

/// By hand: `sam remote invoke Migrate`.
#[tokio::test]
async fn any_other_event_migrates_and_answers_the_caller() {
    let db = TestDb::empty().await;
    let done = migrate::handle(serde_json::json!({}), PLENTY, async || Ok(config(&db))).await.unwrap();
    assert_eq!(done["applied"].as_array().unwrap().len(), ALL.len());
}
