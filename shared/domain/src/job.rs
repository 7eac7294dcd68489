//! The jobs of the clock: what they are called, how often they run, and when one is overdue.

use std::fmt;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// A job of the clock. Each may run at any time, by several at once, and be stopped anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Job {
    /// Expired leases, re-reads, due writes, failed deliveries, stranded runs.
    Sweep,
    /// Issues, pull requests and relations of all repositories.
    Reconcile,
    /// Webhooks as GitHub has them, and their deliveries compared with ours.
    Recover,
    /// Facts of repositories.
    Automation,
    /// Forgets what has served its time.
    Retention,
    /// A run of issues and pull requests that somebody asked for.
    Sync,
    /// Webhooks checked, created or repaired because somebody asked.
    Hooks,
}

impl Job {
    /// Those that a schedule runs.
    pub const SCHEDULED: [Self; 5] =
        [Self::Sweep, Self::Reconcile, Self::Recover, Self::Automation, Self::Retention];

    /// The name under which its last run is kept, and by which schedules call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
            Self::Reconcile => "reconcile",
            Self::Recover => "recover",
            Self::Automation => "automation",
            Self::Retention => "retention",
            Self::Sync => "sync",
            Self::Hooks => "hooks",
        }
    }

    /// How often the schedule runs it; none when it only runs on request.
    pub fn every(self) -> Option<SignedDuration> {
        match self {
            Self::Sweep => Some(SignedDuration::from_mins(1)),
            Self::Reconcile | Self::Recover => Some(SignedDuration::from_mins(5)),
            Self::Automation => Some(SignedDuration::from_hours(1)),
            Self::Retention => Some(SignedDuration::from_hours(24)),
            Self::Sync | Self::Hooks => None,
        }
    }

    /// After so long without a success it is overdue: a few of its intervals, because runs take time and one may fail.
    pub fn overdue_after(self) -> Option<SignedDuration> {
        match self {
            Self::Sweep => Some(SignedDuration::from_mins(5)),
            Self::Reconcile | Self::Recover => Some(SignedDuration::from_mins(20)),
            Self::Automation => Some(SignedDuration::from_hours(4)),
            Self::Retention => Some(SignedDuration::from_hours(48)),
            Self::Sync | Self::Hooks => None,
        }
    }
}

impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scheduled_jobs_are_overdue_after_more_than_two_intervals() {
        for job in Job::SCHEDULED {
            let (every, late) = (job.every().unwrap(), job.overdue_after().unwrap());
            assert!(late >= every * 2, "{job}");
        }
        for job in [Job::Sync, Job::Hooks] {
            assert_eq!((job.every(), job.overdue_after()), (None, None));
        }
    }

    #[test]
    fn the_spelling_in_json_is_the_name() {
        for job in Job::SCHEDULED.into_iter().chain([Job::Sync, Job::Hooks]) {
            assert_eq!(serde_json::to_value(job).unwrap(), job.as_str());
        }
    }
}
