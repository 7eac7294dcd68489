//! What holds after each step.

use kit::TestDb;
use tokio_postgres::Statement;

use super::world::World;

/// Each counts what must not be.
const LAW: [(&str, &str); 7] = [
    (
        "one key held twice",
        "(select from claim where state = 'active' group by exclusion_key having count(*) > 1) twice",
    ),
    (
        "a lane over its limit",
        "lane l where l.wip_limit < (select count(*) from claim c where c.state = 'active' and c.lane = l.name)",
    ),
    (
        "a repository over its limit",
        "repository r where r.wip_limit < (select count(*) from claim c where c.state = 'active' and c.repository_id = r.id)",
    ),
    (
        "an agent over its limit",
        "agent a where a.capacity < (select count(*) from claim c where c.state = 'active' and c.agent = a.name)",
    ),
    (
        "a claim on an issue that is closed or gone",
        "claim c join issue i on i.id = c.issue_id where c.state = 'active' and (i.closed or i.gone)",
    ),
    (
        "offered and not ready, or the reverse",
        "work w join issue i on i.id = w.issue_id
         where w.offered is distinct from (i.status = 'ready' and not i.closed and not i.gone)",
    ),
    ("an issue without its work", "issue i where not exists (select from work w where w.issue_id = i.id)"),
];

/// Planned once: to plan it takes ten times as long as to look.
pub(super) async fn statement(db: &TestDb) -> Statement {
    let counts: Vec<String> = LAW.iter().map(|(_, rows)| format!("(select count(*) from {rows})")).collect();
    db.client().await.prepare(&format!("select {}", counts.join(", "))).await.expect("the law is SQL")
}

impl World {
    pub(super) async fn check(&self) {
        let row = self.db.client().await.query_one(&self.law, &[]).await.expect("counted");
        for (column, (what, _)) in LAW.iter().enumerate() {
            assert_eq!(row.get::<_, i64>(column), 0, "seed {}: {what}", self.seed);
        }
    }
}
