//! Lambda: migrations on deploy; `migrate --now` does the same by hand.

use dispatch_runtime::{Config, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let config = Config::load().await?;
    if std::env::args().any(|argument| argument == "--now") {
        let done = migrate::migrate(&config).await.map_err(|error| format!("{error:#}"))?;
        println!("{}", serde_json::to_string(&done)?);
        return Ok(());
    }
    let config = &config;
    run(service_fn(async |_: LambdaEvent<Value>| {
        migrate::migrate(config).await.map_err(|error| Error::from(format!("{error:#}")))
    }))
    .await
}
