//! Lambda: migrations on deploy; `migrate --now` does the same by hand.

use std::time::{Duration, SystemTime};

use dispatch_runtime::{Config, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

/// Used where the platform tells no deadline that lies ahead.
const TIME: Duration = Duration::from_secs(300);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init();
    if std::env::args().any(|argument| argument == "--now") {
        let done = migrate::migrate(&Config::load().await?).await.map_err(|error| format!("{error:#}"))?;
        println!("{}", serde_json::to_string(&done)?);
        return Ok(());
    }
    run(service_fn(async |event: LambdaEvent<_>| {
        let left = event.context.deadline().duration_since(SystemTime::now()).unwrap_or(TIME);
        let done = migrate::handle(event.payload, left, Config::load).await;
        done.map_err(|error| Error::from(format!("{error:#}")))
    }))
    .await
}
