//! GitHub's budget of requests: who may still ask, when it will be used up, and how long silence lasts.
//!
//! The figures are GitHub's ("Rate limits for the REST API", "Best practices for using the REST API"): so many requests
//! an hour for each credential, told by the headers of every answer.

use jiff::{SignedDuration, Timestamp};

/// What GitHub said about a credential's hourly budget in an answer (the `x-ratelimit-*` headers).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Requests per hour.
    pub limit: i64,
    /// Requests left until `reset_at`.
    pub remaining: i64,
    /// When the hour is over, by GitHub's clock.
    pub reset_at: Timestamp,
}

/// Which of GitHub's limits was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateLimit {
    /// The credential's requests of this hour are used up.
    Primary,
    /// Too many or too costly requests in a short time; going on can get the App banned.
    Secondary,
}

impl RateLimit {
    /// As GitHub's documentation calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
        }
    }
}

/// What requests are for, the most important first: the less there is left, the fewer classes may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Writes that show who holds what: agents and people collide without them.
    Claim,
    /// What keeps the board true: moves, repairs, re-reads.
    Board,
    /// What catches up: lists, relations, comparisons.
    Backfill,
}

impl Class {
    /// The part of the hour's requests that is kept for more important classes.
    fn reserve(self, limit: i64) -> i64 {
        match self {
            Self::Claim => 0,
            Self::Board => limit / 20,
            Self::Backfill => limit / 5,
        }
    }
}

/// The hour of the primary limit.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// A shorter look at the hour says nothing about its end.
const SHORTEST_LOOK: SignedDuration = SignedDuration::from_mins(2);
/// A secondary limit that names no time: "at least a minute", and longer each time.
const FIRST_SILENCE: SignedDuration = SignedDuration::from_mins(1);
/// Silence that GitHub did not ask for in so many words lasts no longer than that.
const LONGEST_SILENCE: SignedDuration = SignedDuration::from_mins(30);

impl Budget {
    /// Whether requests of a class may go out now; if not, from when on.
    ///
    /// # Errors
    /// The time at which the budget is full again.
    pub fn admit(&self, class: Class, now: Timestamp) -> Result<(), Timestamp> {
        let spent = self.remaining <= class.reserve(self.limit);
        if spent && now < self.reset_at { Err(self.reset_at) } else { Ok(()) }
    }

    /// What is left of the hour's requests.
    pub fn percent_left(&self) -> f64 {
        100.0 * self.remaining as f64 / self.limit.max(1) as f64
    }

    /// When it will be used up if requests go on as they did in this hour; none when it lasts until its reset.
    pub fn exhausted_at(&self, now: Timestamp) -> Option<Timestamp> {
        if self.remaining <= 0 && now < self.reset_at {
            return Some(now);
        }
        let began = self.reset_at.checked_sub(WINDOW).ok()?;
        let elapsed = now.duration_since(began);
        let used = self.limit - self.remaining;
        if used <= 0 || elapsed < SHORTEST_LOOK || now >= self.reset_at {
            return None;
        }
        let left = i128::from(self.remaining) * elapsed.as_millis() / i128::from(used);
        let at = now.checked_add(SignedDuration::from_millis(i64::try_from(left).ok()?)).ok()?;
        (at < self.reset_at).then_some(at)
    }
}

/// How long nobody asks anything after a limit: as long as GitHub said, else longer with each of `strikes` in a row.
pub fn silence(told: Option<SignedDuration>, strikes: i32) -> SignedDuration {
    told.unwrap_or_else(|| {
        let doubled = FIRST_SILENCE.as_secs() << strikes.clamp(0, 10);
        SignedDuration::from_secs(doubled).min(LONGEST_SILENCE)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + seconds).unwrap()
    }

    fn budget(remaining: i64) -> Budget {
        Budget { limit: 5000, remaining, reset_at: at(3600) }
    }

    #[test]
    fn the_less_is_left_the_fewer_may_ask() {
        use Class::{Backfill, Board, Claim};
        let admitted =
            |remaining| [Claim, Board, Backfill].map(|class| budget(remaining).admit(class, at(60)).is_ok());
        assert_eq!(admitted(1001), [true, true, true]);
        assert_eq!(admitted(1000), [true, true, false]);
        assert_eq!(admitted(250), [true, false, false]);
        assert_eq!(admitted(0), [false, false, false]);
        assert_eq!(budget(0).admit(Claim, at(60)), Err(at(3600)));
        assert_eq!(budget(0).admit(Backfill, at(3600)), Ok(()), "a new hour");
    }

    #[test]
    fn the_end_is_predicted_from_the_hour_so_far() {
        assert_eq!(budget(4000).exhausted_at(at(60)), None, "too early to say");
        assert_eq!(budget(4000).exhausted_at(at(1800)), None, "it lasts");
        assert_eq!(budget(2500).exhausted_at(at(600)), Some(at(1200)));
        assert_eq!(budget(0).exhausted_at(at(600)), Some(at(600)));
        assert_eq!(budget(0).exhausted_at(at(3600)), None);
    }

    #[test]
    fn silence_is_as_told_and_else_doubles() {
        assert_eq!(silence(Some(SignedDuration::from_secs(7)), 9), SignedDuration::from_secs(7));
        let minutes: Vec<_> = (0..7).map(|strikes| silence(None, strikes).as_secs() / 60).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 30, 30]);
    }
}
