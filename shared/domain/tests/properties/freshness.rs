use dispatch_domain::snapshot::{Freshness, Source, freshness};
use jiff::Timestamp;
use proptest::prelude::*;

/// A snapshot: GitHub's second and some content.
type Snapshot = (i64, u8);

/// What is cached of one object.
#[derive(Debug, Default, PartialEq)]
struct Cache {
    shown: Option<Snapshot>,
    reread_wanted: bool,
}

impl Cache {
    fn take(&mut self, snapshot: Snapshot, source: Source) -> Freshness {
        let at = |(second, _): Snapshot| Timestamp::from_second(second).unwrap();
        let same = self.shown.is_some_and(|shown| shown.1 == snapshot.1);
        let verdict = freshness(self.shown.map(at), at(snapshot), same, source);
        match verdict {
            Freshness::Newer => self.shown = Some(snapshot),
            Freshness::Tie => self.reread_wanted = true,
            Freshness::Same | Freshness::Older => {}
        }
        verdict
    }
}

/// Deliveries in any order, some of them several times.
fn shuffled(history: Vec<Snapshot>) -> impl Strategy<Value = (Vec<Snapshot>, Vec<Snapshot>)> {
    let copies = proptest::collection::vec(1_usize..4, history.len());
    (Just(history), copies).prop_flat_map(|(history, copies)| {
        let all: Vec<Snapshot> =
            history.iter().zip(copies).flat_map(|(one, n)| std::iter::repeat_n(*one, n)).collect();
        (Just(history), Just(all).prop_shuffle())
    })
}

/// One snapshot per second: GitHub's versions are totally ordered.
fn ordered() -> impl Strategy<Value = Vec<Snapshot>> {
    proptest::collection::btree_map(0..1000_i64, any::<u8>(), 1..12).prop_map(|map| map.into_iter().collect())
}

/// Several changes within one second.
fn crowded() -> impl Strategy<Value = Vec<Snapshot>> {
    proptest::collection::vec((0..4_i64, 0..4_u8), 1..12)
}

proptest! {
    #[test]
    fn any_order_of_deliveries_ends_with_the_newest((history, deliveries) in ordered().prop_flat_map(shuffled)) {
        let mut cache = Cache::default();
        for delivery in deliveries {
            cache.take(delivery, Source::Delivery);
        }
        prop_assert_eq!(cache, Cache { shown: history.last().copied(), reread_wanted: false });
    }

    /// Whatever came before, one read settles how it stands, and what is late changes nothing any more.
    #[test]
    fn ties_are_told_and_a_read_settles_them(
        (history, deliveries) in crowded().prop_flat_map(shuffled),
        after in any::<prop::sample::Index>(),
    ) {
        let mut cache = Cache::default();
        let newest = history.iter().map(|snapshot| snapshot.0).max().unwrap();
        for delivery in &deliveries {
            let before = cache.shown;
            let verdict = cache.take(*delivery, Source::Delivery);
            // A delivery never decides a tie.
            prop_assert!(verdict == Freshness::Newer || cache.shown == before);
            prop_assert!(before.is_none_or(|shown| cache.shown.unwrap().0 >= shown.0));
        }
        prop_assert_eq!(cache.shown.unwrap().0, newest);
        let in_doubt = history.iter().any(|one| one.0 == newest && Some(*one) != cache.shown);
        prop_assert!(!in_doubt || cache.reread_wanted);

        let truth = history[after.index(history.len())];
        let truth = (newest, truth.1);
        cache.take(truth, Source::Read);
        prop_assert_eq!(cache.shown, Some(truth));
        for late in deliveries {
            cache.take(late, Source::Delivery);
            prop_assert_eq!(cache.shown, Some(truth));
        }
    }

    #[test]
    fn a_read_of_the_past_changes_nothing(shown in 1..1000_i64, back in 1..1000_i64, same: bool) {
        let at = |second| Timestamp::from_second(second).unwrap();
        for source in [Source::Read, Source::Delivery] {
            prop_assert_eq!(freshness(Some(at(shown)), at(shown - back), same, source), Freshness::Older);
        }
    }
}
