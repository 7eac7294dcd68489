use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use dispatch_domain::ids::{IssueId, RepoName, Slug};
use proptest::prelude::*;
use proptest::sample::select;

use crate::generate::respell;

/// Mostly short, from few letters, so that equal names happen.
fn part() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[abAB]{1,2}", 2 => "[A-Za-z0-9._-]{1,100}", 1 => select(&[".", "..", ""]).prop_map(str::to_owned)]
}

fn hash(name: &RepoName) -> u64 {
    BuildHasherDefault::<DefaultHasher>::new().hash_one(name)
}

proptest! {
    #[test]
    fn a_repository_is_read_as_it_is_printed(owner in part(), name in part()) {
        let Ok(repository) = RepoName::new(&owner, &name) else {
            prop_assert!([&owner, &name].into_iter().any(|part| matches!(part.as_str(), "" | "." | "..")));
            return Ok(());
        };
        let again: RepoName = repository.to_string().parse().unwrap();
        prop_assert_eq!((again.owner(), again.name()), (owner.as_str(), name.as_str()));
        prop_assert_eq!(&again, &repository);
        let json = serde_json::to_string(&repository).unwrap();
        prop_assert_eq!(serde_json::from_str::<RepoName>(&json).unwrap().to_string(), repository.to_string());
    }

    #[test]
    fn repositories_are_equal_and_hashed_without_case(owner in part(), name in part(), bits: u64, (o, n) in (part(), part())) {
        let (Ok(one), Ok(other)) = (RepoName::new(&owner, &name), RepoName::new(&o, &n)) else { return Ok(()) };
        let respelled: RepoName = respell(&one.to_string(), bits).parse().unwrap();
        prop_assert_eq!(&one, &respelled);
        prop_assert_eq!(hash(&one), hash(&respelled));
        let same = one.to_string().to_lowercase() == other.to_string().to_lowercase();
        prop_assert_eq!(one == other, same);
        prop_assert!(!same || hash(&one) == hash(&other));
    }

    #[test]
    fn any_text_is_a_repository_or_refused(text: String) {
        if let Ok(repository) = text.parse::<RepoName>() {
            prop_assert_eq!(repository.to_string(), text.trim());
        }
    }

    #[test]
    fn a_name_is_read_as_it_is_printed_and_folded(name in "[a-z0-9][a-z0-9-]{0,38}", bits: u64) {
        let slug: Slug = respell(&name, bits).parse().unwrap();
        prop_assert_eq!(slug.as_str(), &name);
        prop_assert_eq!(&slug.to_string().parse::<Slug>().unwrap(), &slug);
        let json = serde_json::to_string(&slug).unwrap();
        prop_assert_eq!(serde_json::from_str::<Slug>(&json).unwrap(), slug);
    }

    #[test]
    fn any_text_is_a_name_or_refused(text in "\\PC{0,50}|[A-Za-z0-9-]{0,45}") {
        if let Ok(slug) = text.parse::<Slug>() {
            prop_assert_eq!(slug.as_str(), text.trim().to_ascii_lowercase());
            prop_assert!((1..=39).contains(&slug.as_str().len()) && !slug.as_str().starts_with('-'));
        }
    }

    /// A string on the way out, a string or a number on the way in.
    #[test]
    fn numeric_ids_survive_json(id: i64) {
        let json = serde_json::to_string(&IssueId(id)).unwrap();
        prop_assert_eq!(&json, &format!("\"{id}\""));
        prop_assert_eq!(serde_json::from_str::<IssueId>(&json).unwrap(), IssueId(id));
        prop_assert_eq!(serde_json::from_str::<IssueId>(&id.to_string()).unwrap(), IssueId(id));
        prop_assert_eq!(IssueId(id).to_string().parse(), Ok(IssueId(id)));
    }
}
