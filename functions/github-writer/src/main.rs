//! Lambda: nudges from SQS.

use dispatch_runtime::{Config, telemetry, traces};
use github_writer::Writer;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let config = Config::load().await?;
    traces::configure(&config);
    let writer = Writer::new(&config).map_err(|error| format!("{error:#}"))?;
    let writer = &writer;
    run(service_fn(async |event: LambdaEvent<_>| Ok::<_, Error>(writer.handle(event.payload).await))).await
}
