//! Guessing passwords takes time: failures are counted in Postgres, so that all instances count together.
//!
//! Who guesses is told by the last two hops of `X-Forwarded-For`. The last is the sender that API Gateway saw, and cannot be
//! invented; behind CloudFront it is an edge that many share, and the one before it is the person. Both together have few
//! tries, the last alone has more: whoever calls API Gateway directly may invent the hop before theirs, and comes no
//! further by it. All of the world together has a limit that only an attack from everywhere reaches.

use axum::http::StatusCode;
use axum::http::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use dispatch_store::sign_ins::{self, Bucket};
use dispatch_store::{Db, Who};
use sha2::{Digest as _, Sha256};

use crate::error::{ApiError, ApiResult};

/// Failures in a quarter of an hour.
const BY_PERSON: i32 = 10;
const BY_SENDER: i32 = 100;
const BY_ANYBODY: i32 = 1000;

/// One attempt to sign in.
pub(crate) struct Attempt {
    /// The person first.
    buckets: [Bucket; 3],
}

impl Attempt {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let forwarded =
            headers.get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = forwarded.flat_map(|list| list.split(',')).map(str::trim).collect();
        let last = hops.last().copied().unwrap_or_default();
        let before = hops.len().checked_sub(2).map_or("", |index| hops[index]);
        let bucket = |name: String, most| Bucket { name, most };
        Self {
            buckets: [
                bucket(blurred(&format!("person {before} {last}")), BY_PERSON),
                bucket(blurred(&format!("sender {last}")), BY_SENDER),
                bucket("anybody".to_owned(), BY_ANYBODY),
            ],
        }
    }

    /// Lets the attempt be made, or says when the next one may be.
    ///
    /// # Errors
    /// 429 with `Retry-After`, whatever the password would have been.
    pub(crate) async fn check(&self, db: &Db) -> ApiResult<()> {
        let Some(seconds) = sign_ins::refused_for(db, &self.buckets).await? else { return Ok(()) };
        let minutes = (seconds.max(1) + 59) / 60;
        let message =
            format!("Too many sign-ins have failed from where you are. Try again in {minutes} minutes.");
        let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "throttled", message);
        Err(error.with_header(RETRY_AFTER, HeaderValue::from(seconds.max(1))))
    }

    /// Counts a failure.
    ///
    /// # Errors
    /// 503 while the database is away: what cannot be counted is not let through either.
    pub(crate) async fn failed(&self, db: &Db) -> ApiResult<()> {
        Ok(sign_ins::failed(db, &self.buckets).await?)
    }

    /// Forgets the person's failures, and leaves a line in the audit trail.
    ///
    /// # Errors
    /// 503 while the database is away.
    pub(crate) async fn succeeded(&self, db: &Db, who: &Who<'_>) -> ApiResult<()> {
        Ok(sign_ins::succeeded(db, &self.buckets[0], who).await?)
    }
}

/// Addresses of people are not kept, only told apart.
fn blurred(name: &str) -> String {
    BASE64.encode(&Sha256::digest(name)[..18])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(forwarded: &[&'static str]) -> [String; 3] {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        Attempt::of(&headers).buckets.map(|bucket| bucket.name)
    }

    #[test]
    fn an_invented_hop_leads_to_no_fresh_counter_for_the_sender() {
        let [person, sender, anybody] = names(&["9.9.9.9, 1.1.1.1, 2.2.2.2"]);
        assert_eq!(names(&["8.8.8.8, 1.1.1.1", "2.2.2.2"]), [person.clone(), sender.clone(), anybody]);
        let [other, same, _] = names(&["7.7.7.7, 2.2.2.2"]);
        assert!(other != person && same == sender);
        assert_ne!(names(&["2.2.2.2, 3.3.3.3"])[1], sender);
        assert_eq!(names(&[])[2], "anybody");
        assert!(!person.contains("1.1"));
    }
}
