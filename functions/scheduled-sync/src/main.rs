//! Lambda: schedules, and runs that the API asks for.

use std::time::{Duration, SystemTime};

use dispatch_runtime::{Config, telemetry, traces};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use scheduled_sync::{Event, Sync};

/// Used where the platform tells no deadline that lies ahead.
const TIME: Duration = Duration::from_secs(50);
/// Kept back to finish what is under way and to record it.
const RESERVE: Duration = Duration::from_secs(5);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let config = Config::load().await?;
    traces::configure(&config);
    let sync = Sync::new(&config).map_err(|error| format!("{error:#}"))?;
    let sync = &sync;
    run(service_fn(async |event: LambdaEvent<Event>| {
        let left = event.context.deadline().duration_since(SystemTime::now()).unwrap_or_default();
        let time = if left > RESERVE { (left - RESERVE).min(TIME) } else { TIME };
        sync.handle(&event.payload, time).await.map_err(|error| Error::from(format!("{error:#}")))
    }))
    .await
}
