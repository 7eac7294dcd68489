//! Lambda: `POST /webhooks/github`.

use dispatch_runtime::{Config, telemetry, traces};
use github_webhook::Webhook;
use lambda_http::{Error, Request, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let config = Config::load().await?;
    traces::configure(&config);
    let webhook = Webhook::new(&config).map_err(|error| format!("{error:#}"))?;
    let webhook = &webhook;
    run(service_fn(async |request: Request| Ok::<_, Error>(webhook.handle(request).await))).await
}
