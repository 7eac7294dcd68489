//! The API as a Lambda function. `--openapi` prints its description, `--config-table` README's table of variables.

use dispatch_runtime::{Config, config, telemetry, traces};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    match std::env::args().nth(1).as_deref() {
        Some("--openapi") => print!("{}", api::openapi()),
        Some("--config-table") => print!("{}", config::markdown_table()),
        _ => {
            telemetry::init();
            let app = match start().await {
                Ok(app) => app,
                Err(error) => {
                    tracing::error!("{error}");
                    std::process::exit(1);
                }
            };
            lambda_http::run(api::service(app)).await?;
        }
    }
    Ok(())
}

async fn start() -> Result<api::App, api::StartError> {
    let config = Config::load().await?;
    traces::configure(&config);
    api::App::new(&config)
}
