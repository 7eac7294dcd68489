//! How Postgres runs the statements of a claim: by index, and at no greater cost in a large database.

use std::collections::BTreeSet;
use std::path::Path;

use dispatch_domain::gate::Asker;
use dispatch_store::Who;
use dispatch_store::claims::grant::{self, Answer};
use insta::assert_snapshot;
use kit::TestDb;
use serde_json::Value;

/// A statement of a file of queries, and its parameters as literals.
struct Statement {
    name: &'static str,
    sql: String,
    parameters: Vec<String>,
}

impl Statement {
    fn new(file: &str, name: &'static str, values: &[(&str, &str)]) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/store/queries").join(file);
        let text = std::fs::read_to_string(path).unwrap();
        let heading = text.lines().find(|line| line.split([' ', ':']).nth(1) == Some(name)).expect(name);
        let (_, rest) = text.split_once(&format!("{heading}\n")).unwrap();
        let mut sql = rest.split(';').next().unwrap().to_owned();
        let mut parameters = Vec::new();
        for (parameter, value) in values {
            let numbered = sql.replace(&format!(":{parameter}"), &format!("${}", parameters.len() + 1));
            if numbered != sql {
                sql = numbered;
                parameters.push((*value).to_owned());
            }
        }
        Self { name, sql, parameters }
    }

    /// Runs it and takes it back. The plan is the one for whatever parameters, which a connection keeps after a few
    /// uses; one that is made for these values is only seen before that.
    async fn plan(&self, db: &TestDb) -> Value {
        let parameters = match self.parameters.join(", ") {
            none if none.is_empty() => none,
            some => format!("({some})"),
        };
        db.run(&format!(
            "begin; set local plan_cache_mode = force_generic_plan; prepare planned as {}",
            self.sql
        ))
        .await;
        let explain = "explain (analyze, buffers, timing off, format json) execute planned";
        let rows = db.rows(&format!("{explain} {parameters}"), &[]).await;
        db.run("rollback; deallocate planned").await;
        rows[0].get::<_, Value>(0)[0]["Plan"].clone()
    }
}

/// What a claim of issue `id` sends, in its order; of those that only write the row that they found, nothing is learnt.
fn statements(id: i64, work_id: i64) -> Vec<Statement> {
    let of = |name, values: &[(&str, &str)]| Statement::new("claims.sql", name, values);
    let page = [
        ("after_rank", "'-infinity'"),
        ("after_id", "0"),
        ("most", "25"),
        ("lane", "'default'"),
        ("shut_lanes", "'{backlog}'"),
        ("shut_repositories", "'{20}'"),
    ];
    let (id, list) = (id.to_string(), format!("'{{{id}}}'"));
    let claim = [
        ("work_id", work_id.to_string()),
        ("issue_id", id.clone()),
        ("repository_id", "1".to_owned()),
        ("exclusion_key", format!("'issue:{id}'")),
        ("kind", "'implement'".to_owned()),
        ("agent", "'alpha'".to_owned()),
        ("lane", "'default'".to_owned()),
        ("expires_at", "dispatch_now() + interval '15 minutes'".to_owned()),
        ("resting_status", "'ready'".to_owned()),
        ("projected_agent", "'alpha'".to_owned()),
        ("branch", "'dispatch/1'".to_owned()),
        ("start_head_sha", "null".to_owned()),
        ("correlation_id", "'plans'".to_owned()),
        ("url", "'https://github.com'".to_owned()),
    ];
    let claim: Vec<(&str, &str)> = claim.iter().map(|(name, value)| (*name, value.as_str())).collect();
    vec![
        of("before_search", &[("agent", "'alpha'")]),
        of("rules", &[("agent", "'alpha'")]),
        of("candidates", &page),
        of("candidates_of_lane", &page),
        of("lock_first_free", &[("issues", &list), ("statuses", "'{ready}'")]),
        Statement::new("ingest.sql", "load_issue", &[("id", &id)]),
        of("candidates_of_issues", &[("issues", &list)]),
        of("insert_claim", &claim),
        of("attempts_of_issue", &[("issue_id", &id), ("except", "0"), ("most", "5")]),
        of("expired_claims", &[("most", "20")]),
        // Only to say why there is nothing: so much is looked at, and no more.
        of("queue", &[("lanes", "'{}'"), ("most", "1000")]),
        of("candidates_held_back", &[("lanes", "'{}'"), ("most", "1000")]),
    ]
}

/// These look at up to a thousand pieces of work each, of which a small database has fewer.
const DIAGNOSES: [&str; 2] = ["queue", "candidates_held_back"];

/// So many issues in twenty repositories, as they are after a while: most are done, some wait for others, some are put
/// aside, reserved, quarantined or in a lane for people, and much of that has been at the head of the queue for long. Fifty are in hand, and
/// a lane and a repository have limits. `aside` is the lane of a tenth of the work.
async fn filled(issues: i64, aside: &str) -> TestDb {
    let db = TestDb::new().await;
    db.run(&format!(
        "alter table issue disable trigger user; alter table work disable trigger user;
         alter table claim disable trigger user; alter table issue_dependency disable trigger user;
         alter table mutation disable trigger user; alter table pull_request disable trigger user;
         alter table pull_request_issue disable trigger user;
         insert into lane (name, wip_limit, claimable) values ('deep', 5, true), ('backlog', null, false);
         insert into repository (github_id, owner, name, source, wip_limit)
           select n, 'acme', 'repo-' || n, 'user', case when n = 7 then 100 end from generate_series(1, 20) n;
         insert into issue (id, repository_id, number, title, body, closed, url, assignees, comments, labels,
             github_created_at, github_updated_at, status, lane, agent)
           select n, r.id, n, 'Issue ' || n, '', n % 10 < 6, '', '{{}}', 0, '{{}}', now(), now(),
             case when n % 10 < 6 then 'done' when n % 10 = 6 then 'backlog' else 'ready' end,
             case when n % 10 = 9 then '{aside}' else 'default' end, case when n % 200 = 7 then 'beta' end
           from generate_series(1, {issues}) n join repository r on r.github_id = n % 20 + 1;
         insert into work (kind, issue_id, exclusion_key, lane, offered, ready_since, rank_key, waits_for,
             quarantined_at, snoozed_until)
           select 'implement', id, 'issue:' || id, lane, status = 'ready', now(), now() + id * interval '1 second',
             case when id % 10 = 7 then 1 else 0 end, case when id % 500 = 8 then now() end,
             case when id % 500 = 28 then now() + interval '1 day' end
           from issue order by id;
         insert into issue_dependency (issue_id, relation, source, target_id, target_owner, target_name, target_number,
             target_closed)
           select i.id, 'blocked_by', 'native', b.id, 'acme', 'repo-' || b.id % 20 + 1, b.number, false
           from issue i join issue b on b.id = i.id - 1 where i.id % 10 = 7;
         insert into claim (work_id, issue_id, repository_id, exclusion_key, kind, agent, lane, state, attempt,
             expires_at, resting_status, end_reason, ended_at)
           select w.id, w.issue_id, i.repository_id, w.exclusion_key, 'implement', 'agent-' || w.id % 50, 'default',
             'ended', 1, now(), 'ready', 'completed', now()
           from work w join issue i on i.id = w.issue_id where i.status = 'done';
         insert into claim (work_id, issue_id, repository_id, exclusion_key, kind, agent, lane, attempt, expires_at,
             resting_status)
           select w.id, w.issue_id, i.repository_id, w.exclusion_key, 'implement', 'holder-' || w.id, 'default', 1,
             dispatch_now() + interval '10 minutes', 'ready'
           from work w join issue i on i.id = w.issue_id where i.status = 'backlog' order by w.id limit 50;
         insert into mutation (kind, repository_id, issue_id, origin, state, intent, correlation_id, wanted_by, settled_at)
           select 'labels', repository_id, id, 'claim', 'applied', '{{}}', '', '', now() from issue where status = 'done';
         insert into pull_request (id, repository_id, number, title, body, state, draft, url, head_ref, head_sha, base_ref,
             labels, github_created_at, github_updated_at)
           select 1000000 + id, repository_id, 1000000 + number, '', '', 'merged', false, '', '', '', 'main', '{{}}', now(), now()
           from issue where status = 'done';
         insert into pull_request_issue (pull_request_id, issue_id)
           select 1000000 + id, id from issue where status = 'done';
         alter table issue enable trigger user; alter table work enable trigger user;
         alter table claim enable trigger user; alter table issue_dependency enable trigger user;
         alter table mutation enable trigger user; alter table pull_request enable trigger user;
         alter table pull_request_issue enable trigger user"
    ))
    .await;
    db.run("vacuum (analyze)").await;
    db
}

/// How a plan reads the tables that grow, one a line. Which of two equally good indexes, and how rows are joined, differs
/// between versions of Postgres and with its statistics, and costs nothing.
fn scans(plan: &Value, lines: &mut BTreeSet<String>) {
    let word = |field: &str| plan[field].as_str();
    if let (Some(node), Some(table)) = (word("Node Type"), word("Relation Name"))
        && !SMALL.contains(&table)
    {
        lines.insert(match node {
            "Seq Scan" => format!("  {table} whole"),
            "ModifyTable" => format!("  {table} written"),
            _ => format!("  {table} by index"),
        });
    }
    for inner in plan["Plans"].as_array().into_iter().flatten() {
        scans(inner, lines);
    }
}

/// Blocks of tables and indexes that a plan touched.
fn blocks(plan: &Value) -> i64 {
    let count = |field: &str| plan[field].as_i64().unwrap_or_default();
    count("Shared Hit Blocks") + count("Shared Read Blocks")
}

/// Tables that stay small whatever happens: a scan of them is the quickest way.
const SMALL: [&str; 6] = ["lane", "repository", "agent", "dependency_change", "intake", "approval"];

#[tokio::test]
async fn a_claim_reads_by_index_and_costs_at_most_twice_as_much_in_a_hundred_times_larger_database() {
    let (small, large) = (filled(1_000, "backlog").await, filled(100_000, "backlog").await);
    assert_snapshot!(compared(&small, &large).await);
    // The decision itself, and not only its statements.
    let who = Who { kind: "agent", name: "alpha", correlation: "plans" };
    let asker = Asker::anything("alpha".parse().unwrap());
    let Answer::Granted(briefing) = grant::claim(&large.pool(1), &asker, None, &who).await.unwrap().0 else {
        panic!("there is work")
    };
    assert_eq!(briefing.issue.status, "in-progress");
}

/// Whatever is said of lanes is true of all work or of none then.
#[tokio::test]
async fn a_claim_costs_no_more_where_all_work_is_in_one_lane() {
    compared(&filled(1_000, "default").await, &filled(100_000, "default").await).await;
}

/// Statistics are behind whenever claims come faster than they are gathered: at first they know of none that is held.
#[tokio::test]
async fn a_search_costs_no_more_while_more_is_held_than_statistics_know_of() {
    let db = filled(1_000, "default").await;
    db.run("delete from claim where state = 'active'").await;
    db.run("analyze claim").await;
    db.run(
        "alter table claim disable trigger user;
         insert into claim (work_id, issue_id, repository_id, exclusion_key, kind, agent, lane, attempt, expires_at,
             resting_status)
           select w.id, w.issue_id, 1, 'issue:-' || n, 'implement', 'holder-' || n, 'default', 1,
             dispatch_now() + interval '10 minutes', 'ready'
           from generate_series(1, 2000) n, (select id, issue_id from work limit 1) w;
         alter table claim enable trigger user",
    )
    .await;
    let search = ["candidates", "candidates_of_lane", "candidates_of_issues", "load_issue"];
    for statement in statements(508, 508).iter().filter(|statement| search.contains(&statement.name)) {
        let plan = statement.plan(&db).await;
        let visited = visited(&plan);
        assert!(visited < 2_000.0, "{} visits {visited} rows: {plan:#}", statement.name);
    }
}

/// Rows that a plan took up anywhere, whether it used them or not.
fn visited(plan: &Value) -> f64 {
    let number = |field: &str| plan[field].as_f64().unwrap_or_default();
    let here =
        number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Join Filter");
    let inner = plan["Plans"].as_array().into_iter().flatten().map(visited);
    here * number("Actual Loops") + inner.sum::<f64>()
}

/// How a claim's statements read. In the large database each does so by index, and all together cost at most twice as
/// much as in the small one.
async fn compared(small: &TestDb, large: &TestDb) -> String {
    let (mut picture, mut cost) = (String::new(), String::new());
    let (mut cheap, mut dear) = (0, 0);
    let issue = 508_i64;
    let work = small.value("select id from work where issue_id = $1", &[&issue]).await;
    for statement in statements(issue, work) {
        let (name, one, other) = (statement.name, statement.plan(small).await, statement.plan(large).await);
        let mut lines = BTreeSet::new();
        scans(&other, &mut lines);
        assert!(!lines.iter().any(|line| line.ends_with(" whole")), "{name} reads a whole table: {lines:#?}");
        let (few, many) = (blocks(&one), blocks(&other));
        cost += &format!("{name}: {few} blocks among 1,000 issues, {many} among 100,000\n");
        if DIAGNOSES.contains(&name) {
            assert!(many < 60_000, "{name} is not bounded: {many} blocks");
        } else {
            cheap += few;
            dear += many;
        }
        picture += &format!("{name}\n{}\n", Vec::from_iter(lines).join("\n"));
    }
    println!("{cost}a claim: {cheap} blocks among 1,000 issues, {dear} among 100,000");
    assert!(dear <= 2 * cheap, "{dear} blocks among 100,000 issues, {cheap} among 1,000:\n{cost}");
    picture
}
