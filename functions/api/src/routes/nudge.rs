//! Purpose: waking the writer after a change. Best effort: the write is in the outbox already.

use dispatch_domain::ids::MutationId;
use dispatch_runtime::{Queue, failpoint};

/// Nudges the writer to look at a mutation, if there is one.
pub(super) async fn nudge(queue: &Queue, mutation: Option<MutationId>) {
    let Some(mutation) = mutation else { return };
    failpoint("api.before-nudge");
    if let Err(error) = queue.nudge(mutation.0, None).await {
        tracing::warn!(mutation.id = mutation.0, %error, "the writer was not nudged");
    }
    failpoint("api.after-nudge");
}
