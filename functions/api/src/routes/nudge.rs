//! Purpose: waking the writer after a change. Best effort: the writes are in the outbox already.

use dispatch_domain::ids::MutationId;
use dispatch_runtime::{Queue, failpoint};

/// Nudges the writer to look at mutations, if there are any.
pub(super) async fn nudge(queue: &Queue, mutations: impl IntoIterator<Item = MutationId>) {
    let ids: Vec<i64> = mutations.into_iter().map(|mutation| mutation.0).collect();
    let sent = match ids.as_slice() {
        [] => return,
        [one] => {
            failpoint("api.before-nudge");
            queue.nudge(*one, None).await
        }
        several => {
            failpoint("api.before-nudge");
            queue.nudge_all(several).await
        }
    };
    if let Err(error) = sent {
        tracing::warn!(mutation.ids = ?ids, %error, "the writer was not nudged");
    }
    failpoint("api.after-nudge");
}
