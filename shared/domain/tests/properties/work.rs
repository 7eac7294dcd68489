use dispatch_domain::ids::{IssueId, PullRequestId};
use dispatch_domain::work::{
    ExclusionKey, branch_reference, closing_references, pull_request_key, suggested_branch,
};
use proptest::prelude::*;
use proptest::sample::select;

const KEYWORDS: &[&str] = &[
    "close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved", "Fixes",
    "CLOSES:",
];
const SPACES: &[&str] = &[" ", "  ", "\n", "\r\n", "\t"];

/// Text of the kind that confuses: keywords, references and pieces of both in any order.
fn noise() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(KEYWORDS).prop_map(str::to_owned),
        select(
            &["#", "GH-", "acme/web#", "other/web#", "https://github.com/acme/web/issues/", "-", "*", ","][..]
        )
        .prop_map(str::to_owned),
        "[0-9]{1,12}",
        select(&["fixes #1 ", "closes #2 "][..]).prop_map(str::to_owned),
        "\\PC{0,6}",
        select(SPACES).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read(text: String, repository: String) {
        closing_references(&text, &repository);
    }

    #[test]
    fn numbers_are_real_and_told_once(text in noise()) {
        let numbers = closing_references(&text, "acme/web");
        for (n, number) in numbers.iter().enumerate() {
            prop_assert!(*number > 0 && !numbers[..n].contains(number));
            prop_assert!(text.contains(&number.to_string()));
        }
    }

    #[test]
    fn a_keyword_and_a_reference_are_found_in_any_text(
        before in noise(),
        keyword in select(KEYWORDS),
        space in select(SPACES),
        form in select(&["#", "GH-", "gh-", "acme/web#", "ACME/Web#", "https://github.com/acme/web/issues/"][..]),
        number in 1..=i32::MAX,
        end in select(&["", ".", ",", ")", " and more", "\r\n", "!"][..]),
    ) {
        let text = format!("{before} {keyword}{space}{form}{number}{end}");
        prop_assert!(closing_references(&text, "Acme/Web").contains(&number), "{:?}", text);
    }

    #[test]
    fn another_repositorys_issue_is_not_ours(keyword in select(KEYWORDS), number in 1..=i32::MAX, name in "[a-z]{1,5}/[a-z]{1,5}") {
        prop_assume!(name != "acme/web");
        for form in [format!("{name}#{number}"), format!("https://github.com/{name}/issues/{number}")] {
            prop_assert_eq!(closing_references(&format!("{keyword} {form}"), "acme/web"), Vec::<i32>::new());
        }
    }

    #[test]
    fn a_branch_tells_its_issue(number in 1..=i32::MAX, words in "(-[a-z]{1,8}){0,4}", any: String) {
        let branch = format!("{}{words}", suggested_branch(number));
        prop_assert_eq!(branch_reference(&branch), Some(number));
        branch_reference(&any);
        branch_reference(&format!("dispatch/issue-{any}"));
    }

    /// All pull requests of an issue share its key, in whatever order the links are found.
    #[test]
    fn linked_pull_requests_share_their_issues_key(
        pull: i64,
        (one, other) in prop::collection::vec(any::<i64>(), 0..5).prop_flat_map(|ids| (Just(ids.clone()), Just(ids).prop_shuffle())),
    ) {
        let key = |ids: &[i64]| {
            let issues: Vec<IssueId> = ids.iter().copied().map(IssueId).collect();
            pull_request_key(PullRequestId(pull), &issues)
        };
        prop_assert_eq!(key(&one), key(&other));
        match key(&one) {
            ExclusionKey::Issue(IssueId(id)) => prop_assert!(one.contains(&id)),
            ExclusionKey::PullRequest(id) => prop_assert!(one.is_empty() && id.0 == pull),
        }
    }
}
