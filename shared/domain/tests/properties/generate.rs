//! Random inputs: labels as people and tools leave them on GitHub, times, names.

use std::collections::BTreeMap;

use dispatch_domain::ids::Slug;
use dispatch_domain::label::Namespace;
use dispatch_domain::status::Status;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

/// Values that labels of a family have, understood ones and others.
pub(crate) fn values(space: Namespace) -> &'static [&'static str] {
    match space {
        Namespace::Status => {
            &["backlog", "ready", "in-progress", "in-review", "blocked", "done", "doing", "é"]
        }
        Namespace::Agent => &["alpha", "beta", "gamma", "-nobody"],
        Namespace::Owner => &["ana", "bo", "čeněk"],
        Namespace::Priority => &["p0", "p1", "p2", "p3", "urgent"],
        Namespace::Type => &["bug", "feature", "bug/ui"],
        Namespace::Lane => &["default", "deep", "no lane"],
    }
}

const FOREIGN: &[&str] = &[
    "bug",
    "good first issue",
    "area/ui",
    "status",
    "status/",
    "statuses/ready",
    "/ready",
    "agent:alpha",
    "žába",
];

pub(crate) fn namespace() -> impl Strategy<Value = Namespace> {
    select(&Namespace::ALL)
}

pub(crate) fn status() -> impl Strategy<Value = Status> {
    select(&Status::ALL)
}

/// The labels of one issue: no two that GitHub would take for the same one, in any order and spelling.
pub(crate) fn labels() -> impl Strategy<Value = Vec<String>> {
    let owned = Namespace::ALL.iter().flat_map(|space| values(*space).iter().map(|value| space.label(value)));
    let pool: Vec<String> = owned.chain(FOREIGN.iter().map(|&label| label.to_owned())).collect();
    proptest::collection::btree_map(select(pool), any::<u64>(), 0..10)
        .prop_map(|labels| labels.iter().map(|(label, bits)| respell(label, *bits)).collect::<Vec<_>>())
        .prop_shuffle()
}

/// The same label in other letters: bit `n` says whether the `n`th letter is a capital.
pub(crate) fn respell(label: &str, bits: u64) -> String {
    let mut letters = String::new();
    for (n, letter) in label.chars().enumerate() {
        match bits >> (n % 64) & 1 {
            1 => letters.extend(letter.to_uppercase()),
            _ => letters.push(letter),
        }
    }
    letters
}

/// What a mutation may want: one to three families, each with a value or empty.
pub(crate) fn desired() -> impl Strategy<Value = BTreeMap<Namespace, Option<String>>> {
    let family = namespace().prop_flat_map(|space| {
        let value = proptest::option::weighted(0.8, select(values(space)));
        (Just(space), value, any::<u64>())
    });
    proptest::collection::vec(family, 1..4).prop_map(|families| {
        families
            .into_iter()
            .map(|(space, value, bits)| (space, value.map(|value| respell(value, bits))))
            .collect()
    })
}

/// Any second from 1970 to 2096.
pub(crate) fn time() -> impl Strategy<Value = Timestamp> {
    (0..4_000_000_000_i64).prop_map(|second| Timestamp::from_second(second).unwrap())
}

/// A length of time in whole seconds.
pub(crate) fn seconds(range: std::ops::Range<i64>) -> impl Strategy<Value = SignedDuration> {
    range.prop_map(SignedDuration::from_secs)
}

/// One of a few names, so that they are often equal.
pub(crate) fn slug() -> impl Strategy<Value = Slug> {
    select(&["alpha", "beta", "gamma"]).prop_map(|name| name.parse().unwrap())
}
