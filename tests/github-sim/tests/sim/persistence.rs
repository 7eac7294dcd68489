//! Facts outlive the process.

use github_sim::GithubSim;

use crate::client::Client;

#[tokio::test]
async fn a_saved_state_goes_on_where_it_was() {
    let path = std::env::temp_dir().join(format!("github-sim-{}.json", uuid::Uuid::new_v4()));
    let (before, id) = {
        let sim = GithubSim::builder().restore(&path).expect("no file is an empty GitHub").start().await;
        let repo = sim.repo("acme/web").labels(["Status/Ready"]);
        repo.issue("One").labels(["status/ready"]).open();
        repo.pull("A change").body("Fixes #1").open();
        sim.person("ana").comment("acme/web", 1, "Hello");
        sim.person("ana").rename_repository("acme/web", "site");
        sim.save(&path).expect("written");
        (sim.issues("acme/site"), repo.id())
    };
    let sim = GithubSim::builder().restore(&path).expect("readable").start().await;
    assert_eq!(sim.issues("acme/site"), before);
    let next = sim.repo("acme/site").issue("Next").open();
    assert_eq!(next.number, 3);
    assert!(before.iter().all(|issue| issue.id < next.id), "identities go on");
    assert_eq!(sim.repo("acme/web").id(), id, "the former name is still known");
    assert_eq!(Client::new(&sim).get("/repos/acme/web").await.status, 301);
    std::fs::write(&path, "{").expect("written");
    let error = GithubSim::builder().restore(&path).expect_err("not JSON");
    assert!(error.to_string().contains("delete it to start anew"), "{error}");
    std::fs::remove_file(&path).expect("removed");
}
