//! The words of the demo.

/// One issue of the past.
pub(super) struct Issue {
    /// Index of its repository.
    pub(super) repo: usize,
    pub(super) title: &'static str,
    pub(super) body: &'static str,
    pub(super) status: Option<&'static str>,
    pub(super) labels: &'static [&'static str],
}

const fn issue(
    repo: usize,
    status: Option<&'static str>,
    title: &'static str,
    body: &'static str,
    labels: &'static [&'static str],
) -> Issue {
    Issue { repo, title, body, status, labels }
}

const READY: Option<&str> = Some("ready");
const PROGRESS: Option<&str> = Some("in-progress");
const REVIEW: Option<&str> = Some("in-review");
const BLOCKED: Option<&str> = Some("blocked");
const DONE: Option<&str> = Some("done");

/// Labels that every repository defines, with their colours.
pub(super) const LABELS: [(&str, &str); 22] = [
    ("status/ready", "0e8a16"),
    ("status/in-progress", "1d76db"),
    ("status/in-review", "8250df"),
    ("status/blocked", "d93f0b"),
    ("status/done", "6e7781"),
    ("priority/p0", "b60205"),
    ("priority/p1", "d93f0b"),
    ("priority/p2", "fbca04"),
    ("priority/p3", "c2e0c6"),
    ("type/bug", "d73a4a"),
    ("type/feature", "a2eeef"),
    ("type/chore", "cfd3d7"),
    ("owner/ana-ruiz", "bfdadc"),
    ("owner/ben-okafor", "bfdadc"),
    ("owner/chloe-lind", "bfdadc"),
    ("agent/alpha", "5319e7"),
    ("agent/beta", "5319e7"),
    ("area/checkout", "f9d0c4"),
    ("area/search", "f9d0c4"),
    ("customer-reported", "e99695"),
    ("needs design", "fef2c0"),
    ("release-blocker", "b60205"),
];

/// What is on the board when the demo begins.
pub(super) const ISSUES: &[Issue] = &[
    issue(
        0,
        DONE,
        "Broken images after the CDN move",
        "Product pictures answer 403 since the move. The bucket policy lacks the new origin.",
        &["type/bug", "priority/p0", "customer-reported"],
    ),
    issue(
        1,
        DONE,
        "Rotate the payment provider's key",
        "The old key expires at the end of the month.",
        &["type/chore", "priority/p1"],
    ),
    issue(
        2,
        DONE,
        "Search finds nothing for words with a hyphen",
        "`sign-in` gives no results, `sign in` does.",
        &["type/bug", "priority/p2", "area/search"],
    ),
    issue(
        0,
        READY,
        "Cart total is wrong when a voucher is removed",
        "1. Add two items\n2. Apply a voucher\n3. Remove it\n\nThe discount stays in the total until the page is loaded again.",
        &["type/bug", "priority/p1", "area/checkout", "customer-reported"],
    ),
    issue(
        0,
        READY,
        "Keyboard focus is lost when the filter drawer closes",
        "Focus goes to the top of the page. It should return to the button that opened the drawer.",
        &["type/bug", "priority/p2", "good first issue"],
    ),
    issue(
        1,
        READY,
        "Retry webhooks to accounting with back-off",
        "We give up after the first 5xx. Three more tries with growing pauses would have saved us last Friday.",
        &["type/feature", "priority/p1", "owner/ben-okafor"],
    ),
    issue(
        1,
        READY,
        "Invoice PDF cuts off long company names",
        "Names longer than 42 characters run out of the box.",
        &["type/bug", "priority/p2"],
    ),
    issue(
        2,
        READY,
        "Document the sandbox credentials",
        "New people ask for them every week.",
        &["type/chore", "priority/p3", "documentation", "good first issue"],
    ),
    issue(
        0,
        PROGRESS,
        "Lazy-load reviews below the fold",
        "They are a third of the page's weight and most people never scroll there.",
        &["type/feature", "priority/p2", "agent/alpha", "owner/ana-ruiz"],
    ),
    issue(
        1,
        PROGRESS,
        "Move VAT rates out of the code",
        "They change twice a year and should not need a release.",
        &["type/chore", "priority/p2", "agent/beta", "owner/chloe-lind"],
    ),
    issue(
        0,
        REVIEW,
        "Show delivery dates in the customer's own time zone",
        "Orders placed in the evening show yesterday's date in Auckland.",
        &["type/bug", "priority/p1", "area/checkout"],
    ),
    issue(
        1,
        REVIEW,
        "Refuse refunds larger than the payment",
        "The provider refuses them anyway, an hour later and with a page of legal text.",
        &["type/bug", "priority/p1", "release-blocker"],
    ),
    issue(
        2,
        BLOCKED,
        "Publish the handbook in Spanish",
        "Waiting for the translation agency.",
        &["type/feature", "priority/p3"],
    ),
    issue(
        0,
        BLOCKED,
        "Gift cards on the start page",
        "Needs a design that works on narrow screens.",
        &["type/feature", "priority/p2", "needs design", "owner/ana-ruiz"],
    ),
    issue(
        0,
        None,
        "Remember the last used address",
        "People who order for their office switch every time.",
        &["type/feature", "priority/p3", "area/checkout"],
    ),
    issue(
        0,
        None,
        "Search suggestions flicker while typing",
        "Each key clears the list before the next answer arrives.",
        &["type/bug", "area/search"],
    ),
    issue(
        1,
        None,
        "Statement of account as CSV",
        "Two customers build it by hand from single invoices.",
        &["type/feature", "customer-reported"],
    ),
    issue(
        2,
        None,
        "Dead links in the onboarding chapter",
        "Found 14 with the link checker; list below.\n\n- /setup/old-vpn\n- /people/map",
        &["type/bug", "documentation"],
    ),
    issue(
        0,
        READY,
        "Upgrade the image component to the next major version",
        "The old one warns on every build. The changelog lists three breaking changes; only the second concerns us.",
        &["type/chore", "priority/p2"],
    ),
    issue(
        1,
        READY,
        "Payment reminders are sent twice on the first of the month",
        "The job runs in both regions. A lock in the database would do.",
        &["type/bug", "priority/p0", "customer-reported", "release-blocker"],
    ),
    issue(
        2,
        READY,
        "Dark colours for code samples",
        "White boxes on a dark page.",
        &["type/feature", "priority/p3"],
    ),
    issue(
        0,
        READY,
        "Checkout button can be pressed twice",
        "A slow connection and an impatient finger make two orders. Disable it while the request is under way and send an idempotency key.",
        &["type/bug", "priority/p0", "area/checkout"],
    ),
    issue(
        1,
        READY,
        "Time out calls to the exchange-rate service",
        "One of them hung for eleven minutes and held a connection.",
        &["type/bug", "priority/p1"],
    ),
    issue(
        0,
        READY,
        "Accessible names for the star ratings",
        "Screen readers say \"image\" five times.",
        &["type/bug", "priority/p2", "good first issue"],
    ),
    issue(
        0,
        PROGRESS,
        "Cache the category tree",
        "It is the same for everybody and read on every page.",
        &["type/feature", "priority/p2", "owner/ana-ruiz"],
    ),
    issue(
        1,
        PROGRESS,
        "Split the nightly export by country",
        "The file has outgrown what the tax office's portal takes.",
        &["type/feature", "priority/p1"],
    ),
    issue(
        2,
        PROGRESS,
        "One page about on-call",
        "What to do in the first five minutes, in order.",
        &["type/chore", "priority/p2", "documentation"],
    ),
    issue(0, REVIEW, "Preload the fonts", "Text jumps once they arrive.", &["type/feature", "priority/p3"]),
    issue(
        2,
        REVIEW,
        "Table of contents on small screens",
        "It covers the text it should lead to.",
        &["type/bug", "priority/p2"],
    ),
    issue(
        1,
        BLOCKED,
        "Support the new bank file format",
        "The bank has not published the final schema.",
        &["type/feature", "priority/p1", "owner/chloe-lind"],
    ),
    issue(
        0,
        None,
        "Compare products side by side",
        "Often asked for. Unclear how many at once.",
        &["type/feature", "needs design"],
    ),
    issue(
        0,
        None,
        "Unsubscribe link in order mails",
        "Legal says we need one even there.",
        &["type/chore", "priority/p1"],
    ),
    issue(
        1,
        None,
        "Archive invoices older than ten years",
        "Keep the totals, drop the lines.",
        &["type/chore"],
    ),
    issue(
        1,
        None,
        "Explain rounding on invoices with several rates",
        "Support answers this about once a day.",
        &["documentation", "customer-reported"],
    ),
    issue(2, None, "Glossary", "Half of our words mean something else in every team.", &["documentation"]),
    issue(
        2,
        READY,
        "Check examples against the real API in CI",
        "Three of them have been wrong for months.",
        &["type/chore", "priority/p1"],
    ),
    issue(2, READY, "Diagrams do not print", "They are white on white.", &["type/bug", "priority/p3"]),
    issue(
        0,
        DONE,
        "Sitemap lists deleted products",
        "Search engines complain.",
        &["type/bug", "priority/p2", "area/search"],
    ),
    issue(
        1,
        DONE,
        "Log the request id of the payment provider",
        "Their support asks for it first thing.",
        &["type/chore", "priority/p2"],
    ),
    issue(
        0,
        READY,
        "Stock counter goes negative for bundles",
        "Selling a bundle takes each part twice.",
        &["type/bug", "priority/p1", "owner/ben-okafor"],
    ),
    issue(
        1,
        READY,
        "Health check should not query the provider",
        "When they are slow, we are restarted.",
        &["type/bug", "priority/p2"],
    ),
];

/// Pull requests of the past: repository, number of the issue they fix, title.
pub(super) const CHANGES: [(usize, u64, &str); 6] = [
    (0, 5, "Show delivery dates in local time"),
    (0, 13, "Preload both font files"),
    (1, 5, "Refuse refunds above the payment"),
    (2, 7, "Collapse the table of contents"),
    (0, 4, "Load reviews when they come into view"),
    (1, 4, "Read VAT rates from the database"),
];

/// What people say.
pub(super) const REMARKS: [&str; 10] = [
    "I can reproduce this on staging.",
    "Any news here? A customer asked again.",
    "Let us keep this small and do the rest later.",
    "This looks like a duplicate at first, but the cause is another one.",
    "Measured it: 340 ms before, 90 ms after.",
    "Please add a test for the empty case.",
    "Happy to pair on this tomorrow.",
    "We decided against the flag in today's call.",
    "Works for me with the branch from this morning.",
    "The logs of last night are attached to the incident.",
];

/// What people come up with.
pub(super) const IDEAS: [(&str, &str); 10] = [
    ("Page title is missing on error pages", "The tab says \"undefined\"."),
    ("Slow query on the orders list", "Takes four seconds for customers with more than a thousand orders."),
    ("Make the footer links configurable", "Marketing changes them every month."),
    ("Flaky test: parallel checkout", "Fails about once in thirty runs, always on the second worker."),
    ("Warn before a session ends", "A form of ten minutes is gone without a word."),
    ("Drop support for the old export format", "Nobody has used it since spring."),
    ("Wrong plural in Polish", "5 items needs another form than 2 items."),
    ("Metrics for the queue's age", "We see its length, which says little."),
    ("Copy button on code samples", "With the prompt left out."),
    ("Alert on certificates that end soon", "Two weeks ahead would be enough."),
];
