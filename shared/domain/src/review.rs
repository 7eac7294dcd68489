//! Reviews of pull requests: who said what, what it comes to, and which of two tellings of one review is newer.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::snapshot::{Freshness, Source, strip_nul};
use crate::trust::may_write;

/// A review as GitHub shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// GitHub's id.
    pub id: i64,
    /// Login of the reviewer; `None` when the account is gone.
    pub author: Option<String>,
    /// GitHub's relation of the reviewer to the repository, kept as given.
    pub author_association: Option<String>,
    /// What it says of the pull request.
    pub state: ReviewState,
    /// Markdown, often empty.
    pub body: String,
    /// The commit that was reviewed.
    pub commit: Option<String>,
    /// Page for people.
    pub url: Option<String>,
    /// When it was given; `None` while it is a draft.
    pub submitted_at: Option<Timestamp>,
}

/// What a review says of the pull request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Not given yet.
    Pending,
    /// Neither for nor against.
    Commented,
    /// For it.
    Approved,
    /// Against it, until something changes.
    ChangesRequested,
    /// Taken back, by its author or by a maintainer. Final.
    Dismissed,
}

impl ReviewState {
    /// GitHub's word, which webhooks write in lower case and the REST API in upper case. A word not invented yet is no
    /// opinion.
    pub fn of(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "pending" => Self::Pending,
            "approved" => Self::Approved,
            "changes_requested" => Self::ChangesRequested,
            "dismissed" => Self::Dismissed,
            _ => Self::Commented,
        }
    }

    /// The spelling in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Commented => "commented",
            Self::Approved => "approved",
            Self::ChangesRequested => "changes_requested",
            Self::Dismissed => "dismissed",
        }
    }

    fn progress(self) -> u8 {
        match self {
            Self::Pending => 0,
            Self::Commented | Self::Approved | Self::ChangesRequested => 1,
            Self::Dismissed => 2,
        }
    }
}

impl Review {
    /// Strips what Postgres cannot store. Every door calls it.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        strip_nul(&mut self.body);
        for text in [&mut self.author, &mut self.author_association, &mut self.commit, &mut self.url] {
            text.iter_mut().for_each(strip_nul);
        }
        self
    }

    /// Judges this review against what is cached of it. Reviews carry no version: they go from draft to given to
    /// dismissed and never back, and two different tellings of one step are a tie.
    pub fn freshness(&self, cached: Option<&Self>, source: Source) -> Freshness {
        let Some(cached) = cached else { return Freshness::Newer };
        match self.state.progress().cmp(&cached.state.progress()) {
            _ if self == cached => Freshness::Same,
            _ if source == Source::Read => Freshness::Newer,
            std::cmp::Ordering::Greater => Freshness::Newer,
            std::cmp::Ordering::Less => Freshness::Older,
            std::cmp::Ordering::Equal => Freshness::Tie,
        }
    }
}

/// A comment on a line of a pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewComment {
    /// GitHub's id.
    pub id: i64,
    /// The review it came with.
    pub review: Option<i64>,
    /// The comment that began the thread, in a reply.
    pub in_reply_to: Option<i64>,
    /// Login of its author; `None` when the account is gone.
    pub author: Option<String>,
    /// GitHub's relation of the author to the repository, kept as given.
    pub author_association: Option<String>,
    /// The file.
    pub path: String,
    /// The line, in the newest commit that still has it.
    pub line: Option<i32>,
    /// Markdown.
    pub body: String,
    /// Page for people.
    pub url: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// GitHub's version of it, with one-second resolution.
    pub updated_at: Timestamp,
}

impl ReviewComment {
    /// Strips what Postgres cannot store. Every door calls it.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        for text in [&mut self.path, &mut self.body, &mut self.url] {
            strip_nul(text);
        }
        for text in [&mut self.author, &mut self.author_association] {
            text.iter_mut().for_each(strip_nul);
        }
        self
    }
}

/// What the reviews of a pull request come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Somebody with write access approved it, and nobody with write access is against it.
    Approved,
    /// Somebody with write access asks for changes.
    ChangesRequested,
}

impl Decision {
    /// The spelling in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::ChangesRequested => "changes_requested",
        }
    }
}

/// The last review of each reviewer that is an opinion: approval, request for changes, or one of those taken back.
///
/// As GitHub's `latestOpinionatedReviews`; who wrote the pull request has no opinion on it.
pub fn opinions<'a>(reviews: &'a [Review], pull_request_author: Option<&str>) -> Vec<&'a Review> {
    let mut latest: BTreeMap<String, &Review> = BTreeMap::new();
    for review in reviews {
        let Some(author) = review.author.as_deref() else { continue };
        if matches!(review.state, ReviewState::Pending | ReviewState::Commented)
            || pull_request_author.is_some_and(|own| own.eq_ignore_ascii_case(author))
        {
            continue;
        }
        let entry = latest.entry(author.to_ascii_lowercase()).or_insert(review);
        if (review.submitted_at, review.id) > (entry.submitted_at, entry.id) {
            *entry = review;
        }
    }
    latest.into_values().collect()
}

/// What the reviews come to. Only people with write access decide, as on GitHub ("About pull request reviews").
pub fn decision(reviews: &[Review], pull_request_author: Option<&str>) -> Option<Decision> {
    let states: Vec<ReviewState> = opinions(reviews, pull_request_author)
        .into_iter()
        .filter(|review| may_write(review.author_association.as_deref()))
        .map(|review| review.state)
        .collect();
    if states.contains(&ReviewState::ChangesRequested) {
        Some(Decision::ChangesRequested)
    } else {
        states.contains(&ReviewState::Approved).then_some(Decision::Approved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(id: i64, author: &str, state: ReviewState) -> Review {
        Review {
            id,
            author: Some(author.to_owned()),
            author_association: Some("MEMBER".to_owned()),
            state,
            body: String::new(),
            commit: None,
            url: None,
            submitted_at: Timestamp::from_second(id).ok(),
        }
    }

    #[test]
    fn the_last_opinion_of_each_reviewer_counts() {
        use ReviewState::{Approved, ChangesRequested, Commented, Dismissed};
        let check = |given: &[(&str, ReviewState)], expect| {
            let reviews: Vec<Review> =
                given.iter().zip(1..).map(|((author, state), id)| review(id, author, *state)).collect();
            assert_eq!(decision(&reviews, Some("ann")), expect, "{given:?}");
        };
        check(&[], None);
        check(&[("ben", Commented)], None);
        check(&[("ben", Approved), ("ben", Commented)], Some(Decision::Approved));
        check(&[("ben", Approved), ("cem", ChangesRequested)], Some(Decision::ChangesRequested));
        check(&[("ben", ChangesRequested), ("Ben", Approved)], Some(Decision::Approved));
        check(&[("ben", Approved), ("ben", Dismissed)], None);
        check(&[("Ann", Approved)], None);
        let outsider = Review { author_association: Some("NONE".into()), ..review(1, "eve", Approved) };
        assert_eq!(decision(&[outsider], None), None);
    }

    #[test]
    fn a_dismissed_review_never_comes_back_by_a_late_delivery() {
        use ReviewState::{Approved, ChangesRequested, Dismissed};
        let (dismissed, given) = (review(1, "ben", Dismissed), review(1, "ben", ChangesRequested));
        assert_eq!(given.freshness(Some(&dismissed), Source::Delivery), Freshness::Older);
        assert_eq!(dismissed.freshness(Some(&given), Source::Delivery), Freshness::Newer);
        assert_eq!(given.freshness(Some(&given), Source::Delivery), Freshness::Same);
        let other = review(1, "ben", Approved);
        assert_eq!(other.freshness(Some(&given), Source::Delivery), Freshness::Tie);
        assert_eq!(given.freshness(Some(&dismissed), Source::Read), Freshness::Newer);
    }
}
