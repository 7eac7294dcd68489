//! A promised comment: looked for by its marker, then written. An answer that was lost is found by the next look.

use dispatch_github::Credential;
use dispatch_runtime::failpoint;
use dispatch_store::outbox::Lease;
use dispatch_store::outbox::comment::{self, Comment, Written};
use jiff::SignedDuration;

use crate::Writer;
use crate::asking::Stop;

/// GitHub's clock and ours are not the same.
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(5);

impl Writer {
    pub(crate) async fn comment(
        &self,
        lease: &Lease,
        credential: Credential,
        wanted: &Comment,
    ) -> Result<(), Stop> {
        if lease.over {
            comment::finish(&self.db, lease, Written::Superseded).await?;
            return Ok(());
        }
        let since = lease.wanted_at - CLOCKS_APART;
        let (repository, number) = (&lease.repository, lease.number);
        if !self.github.has_comment(repository, number, since, &wanted.marker).await? {
            self.turn(credential).await?;
            failpoint("writer.before-comment");
            self.github.create_comment(repository, number, &wanted.markdown).await?;
            failpoint("writer.after-comment");
        }
        comment::finish(&self.db, lease, Written::Applied).await?;
        Ok(())
    }
}
