//! Settings that are read again.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

type Reading<T> = Pin<Box<dyn Future<Output = Option<T>> + Send>>;

/// Reads settings again, for whoever was refused with those that he has: they may have been replaced meanwhile.
///
/// The default has nowhere to read from.
#[derive(Clone)]
pub struct Reread<T>(Option<Arc<dyn Fn() -> Reading<T> + Send + Sync>>);

impl<T> Reread<T> {
    /// By `read`, which answers none when that cannot be done.
    pub fn by<F>(read: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Option<T>> + Send + 'static,
    {
        Self(Some(Arc::new(move || Box::pin(read()))))
    }

    /// What the settings are by now: often those that were refused, and none when nobody can say.
    pub async fn read(&self) -> Option<T> {
        match &self.0 {
            Some(read) => read().await,
            None => None,
        }
    }
}

impl<T> Default for Reread<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> fmt::Debug for Reread<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reread")
    }
}
