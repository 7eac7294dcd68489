//! The simulator's answers against GitHub's own OpenAPI description.

use std::collections::{BTreeMap, BTreeSet};

use github_sim::{Feedback, GithubSim, LineNote, Relate, Verdict};
use serde_json::{Map, Value, json};

use crate::client::{Client, app_token};

/// One answer to be held to the description.
struct Case {
    method: &'static str,
    /// As the description writes it.
    template: &'static str,
    path: String,
    body: Value,
    as_app: bool,
    status: u16,
}

fn case(method: &'static str, template: &'static str, path: &str, body: Value, status: u16) -> Case {
    let as_app = template.starts_with("/app") || template.ends_with("/installation");
    Case { method, template, path: path.to_owned(), body, as_app, status }
}

fn get(template: &'static str, path: &str) -> Case {
    case("GET", template, path, Value::Null, 200)
}

#[tokio::test]
async fn answers_have_githubs_shapes() {
    // Loading takes a while the first time, and blocks.
    let description = tokio::task::spawn_blocking(Description::load).await.expect("no panic");
    let sim = GithubSim::builder().webhook("http://127.0.0.1:9/hook", "secret").start().await;
    let repo = sim.repo("acme/web").labels(["status/ready"]);
    repo.issue("One").body("Text").labels(["status/ready", "bug"]).assignees(["ana"]).author("ben").open();
    sim.person("ana").comment("acme/web", 1, "Hello");
    repo.pull("A change").body("Fixes #1").head("work").open();
    repo.pull("Another").draft().open();
    sim.person("ana").push("acme/web", "third");
    sim.person("ana").close("acme/web", repo.issue("Closed").open().number);
    let api = Client::new(&sim);
    let config = json!({ "url": "http://127.0.0.1:9/own", "secret": "s" });
    let hook = api.post("/repos/acme/web/hooks", json!({ "config": config, "events": ["*"] })).await.json();
    sim.person("ana").add_label("acme/web", 1, "question");
    told_and_related(&sim);
    sim.flush().await;
    let app = Client::with(&sim, Some(&app_token()));

    let mut failures = Vec::new();
    let deliveries = format!("/repos/acme/web/hooks/{}/deliveries", hook["id"]);
    let delivery = api.get(&deliveries).await.json()[0]["id"].to_string();
    let app_delivery = app.get("/app/hook/deliveries").await.json()[0]["id"].to_string();
    let installation = sim.installation_id("acme").expect("acme has a repository").to_string();
    let comment = sim.comments("acme/web", 1)[0].id;
    for case in cases(&hook["id"].to_string(), &delivery, &app_delivery, &installation, comment) {
        let client = if case.as_app { &app } else { &api };
        let method = case.method.parse().expect("a method");
        let mut request = client.request(method, &case.path);
        if !case.body.is_null() {
            request = request.json(&case.body);
        }
        let answer = Client::send(request).await;
        let name = format!("{} {}", case.method, case.path);
        if answer.status != case.status {
            failures.push(format!("{name}: {} instead of {}: {}", answer.status, case.status, answer.text));
            continue;
        }
        let body = if answer.text.is_empty() { Value::Null } else { answer.json() };
        failures.extend(description.check(&case, &body).into_iter().map(|error| format!("{name}: {error}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Reviews, checks and relations of the second issue, which is a pull request, and of the first and fourth.
fn told_and_related(sim: &GithubSim) {
    let (ana, repo, number) = (sim.person("ana"), "acme/web".to_owned(), 2);
    let note = LineNote { path: "src/lib.rs".into(), line: 3, body: "Why?".into() };
    let review = Feedback::Review {
        repo: repo.clone(),
        number,
        verdict: Verdict::RequestChanges,
        body: "Please.".into(),
        comments: vec![note],
    };
    let comment = ana.say(review).pull.expect("a pull request").said.comments[0].0;
    ana.say(Feedback::Reply { repo: repo.clone(), number, comment, body: "Because.".into() });
    ana.say(Feedback::StartCheck { repo: repo.clone(), number, name: "test".into() });
    let conclusion = Some("failure".to_owned());
    ana.say(Feedback::Check { repo: repo.clone(), number, name: "test".into(), conclusion });
    ana.say(Feedback::StartCheck { repo: repo.clone(), number, name: "lint".into() });
    let (context, state) = ("ci".to_owned(), "success".to_owned());
    ana.say(Feedback::Status { repo: repo.clone(), number, context, state });
    let (other_repo, other, related) = (repo.clone(), 4, true);
    ana.relate(Relate::SubIssue {
        repo: repo.clone(),
        number: 1,
        other_repo: other_repo.clone(),
        other,
        related,
    });
    ana.relate(Relate::BlockedBy { repo, number: 1, other_repo, other, related });
}

fn cases(hook: &str, delivery: &str, app_delivery: &str, installation: &str, comment: u64) -> Vec<Case> {
    let web = |rest: &str| format!("/repos/acme/web{rest}");
    let hooks = "/repos/{owner}/{repo}/hooks";
    let labels = "/repos/{owner}/{repo}/issues/{issue_number}/labels";
    let one_label = "/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}";
    let label = "/repos/{owner}/{repo}/labels/{name}";
    let issue = "/repos/{owner}/{repo}/issues/{issue_number}";
    let pulls = "/repos/{owner}/{repo}/pulls";
    let pull = "/repos/{owner}/{repo}/pulls/{pull_number}";
    let comments = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
    let none = Value::Null;
    let file = json!({ "message": "Add a file", "content": "aGVsbG8=", "branch": "third" });
    vec![
        get("/repos/{owner}/{repo}", "/repos/acme/web"),
        get("/repos/{owner}/{repo}/commits/{ref}", "/repos/acme/web/commits/main"),
        get("/repos/{owner}/{repo}/branches/{branch}", "/repos/acme/web/branches/main"),
        get("/repos/{owner}/{repo}/git/ref/{ref}", "/repos/acme/web/git/ref/heads/main"),
        get("/repos/{owner}/{repo}/git/ref/{ref}", "/repos/acme/web/git/ref/heads/none").expecting(404),
        case("POST", "/repos/{owner}/{repo}/git/refs", &web("/git/refs"), json!({}), 422),
        case("PUT", "/repos/{owner}/{repo}/contents/{path}", &web("/contents/a/b.md"), file, 201),
        get("/rate_limit", "/rate_limit"),
        get("/repos/{owner}/{repo}/issues", "/repos/acme/web/issues?state=all"),
        get(issue, &web("/issues/1")),
        get(issue, &web("/issues/2")),
        get(issue, &web("/issues/4")),
        get(issue, &web("/issues/999")).expecting(404),
        case("POST", "/repos/{owner}/{repo}/issues", &web("/issues"), json!({ "title": "New" }), 201),
        case("POST", "/repos/{owner}/{repo}/issues", &web("/issues"), json!({}), 422),
        case("PATCH", issue, &web("/issues/1"), json!({ "state": "closed" }), 200),
        get(labels, &web("/issues/1/labels")),
        case("POST", labels, &web("/issues/1/labels"), json!({ "labels": ["new", "bug"] }), 200),
        case("PUT", labels, &web("/issues/1/labels"), json!({ "labels": ["bug", "question"] }), 200),
        case("DELETE", one_label, &web("/issues/1/labels/bug"), none.clone(), 200),
        case("DELETE", one_label, &web("/issues/1/labels/bug"), none.clone(), 404),
        case("DELETE", labels, &web("/issues/1/labels"), none.clone(), 204),
        get(comments, &web("/issues/1/comments")),
        get("/repos/{owner}/{repo}/issues/comments", &web("/issues/comments")),
        get(
            "/repos/{owner}/{repo}/issues/comments/{comment_id}",
            &web(&format!("/issues/comments/{comment}")),
        ),
        case("POST", comments, &web("/issues/2/comments"), json!({ "body": "Hi" }), 201),
        get("/repos/{owner}/{repo}/labels", &web("/labels")),
        get(label, &web("/labels/status%2Fready")),
        case("POST", "/repos/{owner}/{repo}/labels", &web("/labels"), json!({ "name": "made" }), 201),
        case("POST", "/repos/{owner}/{repo}/labels", &web("/labels"), json!({ "name": "MADE" }), 422),
        case("PATCH", label, &web("/labels/made"), json!({ "color": "00ff00" }), 200),
        case("DELETE", label, &web("/labels/made"), none.clone(), 204),
        get(pulls, &web("/pulls")),
        get(pull, &web("/pulls/2")),
        case("POST", pulls, &web("/pulls"), json!({ "title": "P", "head": "third", "base": "main" }), 201),
        case("PATCH", pull, &web("/pulls/3"), json!({ "title": "Q" }), 200),
        case(
            "PUT",
            "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
            &web("/pulls/2/merge"),
            json!({}),
            200,
        ),
        case(
            "PUT",
            "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
            &web("/pulls/2/merge"),
            json!({}),
            405,
        ),
        get(pull, &web("/pulls/2")),
        get("/repos/{owner}/{repo}/pulls/{pull_number}/merge", &web("/pulls/2/merge")).expecting(204),
        get("/repos/{owner}/{repo}/pulls/{pull_number}/reviews", &web("/pulls/2/reviews")),
        get("/repos/{owner}/{repo}/pulls/{pull_number}/comments", &web("/pulls/2/comments")),
        get("/repos/{owner}/{repo}/commits/{ref}/check-runs", &web("/commits/work/check-runs")),
        get("/repos/{owner}/{repo}/commits/{ref}/status", &web("/commits/work/status")),
        get("/repos/{owner}/{repo}/issues/{issue_number}/sub_issues", &web("/issues/1/sub_issues")),
        get("/repos/{owner}/{repo}/issues/{issue_number}/parent", &web("/issues/4/parent")),
        get(
            "/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by",
            &web("/issues/1/dependencies/blocked_by"),
        ),
        get(
            "/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocking",
            &web("/issues/4/dependencies/blocking"),
        ),
        get(hooks, &web("/hooks")),
        get("/repos/{owner}/{repo}/hooks/{hook_id}", &web(&format!("/hooks/{hook}"))),
        get("/repos/{owner}/{repo}/hooks/{hook_id}/config", &web(&format!("/hooks/{hook}/config"))),
        get("/repos/{owner}/{repo}/hooks/{hook_id}/deliveries", &web(&format!("/hooks/{hook}/deliveries"))),
        get(
            "/repos/{owner}/{repo}/hooks/{hook_id}/deliveries/{delivery_id}",
            &web(&format!("/hooks/{hook}/deliveries/{delivery}")),
        ),
        case(
            "POST",
            "/repos/{owner}/{repo}/hooks/{hook_id}/deliveries/{delivery_id}/attempts",
            &web(&format!("/hooks/{hook}/deliveries/{delivery}/attempts")),
            none.clone(),
            202,
        ),
        get("/app", "/app"),
        get("/app/hook/config", "/app/hook/config"),
        get("/app/hook/deliveries", "/app/hook/deliveries"),
        get("/app/hook/deliveries/{delivery_id}", &format!("/app/hook/deliveries/{app_delivery}")),
        case(
            "POST",
            "/app/hook/deliveries/{delivery_id}/attempts",
            &format!("/app/hook/deliveries/{app_delivery}/attempts"),
            none.clone(),
            202,
        ),
        get("/app/installations", "/app/installations"),
        get("/repos/{owner}/{repo}/installation", &web("/installation")),
        case(
            "POST",
            "/app/installations/{installation_id}/access_tokens",
            &format!("/app/installations/{installation}/access_tokens"),
            none,
            201,
        ),
    ]
}

impl Case {
    fn expecting(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}

/// GitHub's description.
pub(crate) struct Description(Value);

impl Description {
    pub(crate) fn load() -> Self {
        Self(octokit::openapi())
    }

    /// What is wrong with an answer.
    fn check(&self, case: &Case, body: &Value) -> Vec<String> {
        let operation = &self.0["paths"][case.template][case.method.to_lowercase()];
        let response = &operation["responses"][case.status.to_string()];
        let response = self.resolved(response);
        if response.is_null() {
            return vec![format!("GitHub does not describe the answer {}", case.status)];
        }
        let Some(schema) = response.pointer("/content/application~1json/schema") else {
            return if body.is_null() { Vec::new() } else { vec!["GitHub answers with no body".to_owned()] };
        };
        // The description's copy of an installation in this one list wants an account to be a user and an enterprise at
        // once; elsewhere it is one of the two.
        let list = json!({ "type": "array", "items": { "$ref": "#/components/schemas/installation" } });
        let schema = if case.template == "/app/installations" { &list } else { schema };
        self.errors(schema, body)
    }

    /// What is wrong with a webhook, by its name in the description: `sub-issues-sub-issue-added`.
    pub(crate) fn check_webhook(&self, name: &str, payload: &Value) -> Vec<String> {
        let schema = self.0["x-webhooks"][name].pointer("/post/requestBody/content/application~1json/schema");
        match schema {
            Some(schema) => self.errors(schema, payload),
            None => vec!["GitHub describes no such webhook".to_owned()],
        }
    }

    fn errors(&self, schema: &Value, value: &Value) -> Vec<String> {
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&self.schema(schema))
            .expect("the translated description is a schema");
        validator.iter_errors(value).map(|error| format!("{} {error}", error.instance_path())).collect()
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null),
            None => value,
        }
    }

    /// A schema of its own with every component it leads to.
    fn schema(&self, root: &Value) -> Value {
        let mut components: BTreeMap<String, Value> = BTreeMap::new();
        let mut wanted = references(root);
        while let Some(name) = wanted.pop_first() {
            let component = &self.0["components"]["schemas"][&name];
            if components.insert(name, translated(component)).is_none() {
                wanted.extend(references(component));
            }
        }
        json!({ "allOf": [translated(root)], "components": { "schemas": components } })
    }
}

fn references(schema: &Value) -> BTreeSet<String> {
    match schema {
        Value::Object(object) => {
            let own = object.get("$ref").and_then(Value::as_str).and_then(|text| text.rsplit('/').next());
            let mut names: BTreeSet<String> = own.map(str::to_owned).into_iter().collect();
            names.extend(object.values().flat_map(references));
            names
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => BTreeSet::new(),
    }
}

/// OpenAPI 3.0 as JSON Schema: `nullable` becomes a type of its own.
fn translated(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => {
            let nullable = object.get("nullable") == Some(&Value::Bool(true));
            let skipped = ["nullable", "example", "examples", "description"];
            // Below `properties` the keys are names, not keywords.
            let inner = |key: &str, value: &Value| match (key, value) {
                ("properties", Value::Object(named)) => Value::Object(
                    named.iter().map(|(name, value)| (name.clone(), translated(value))).collect(),
                ),
                _ => translated(value),
            };
            let kept = object.iter().filter(|(key, _)| !skipped.contains(&key.as_str()));
            let plain: Map<String, Value> =
                kept.map(|(key, value)| (key.clone(), inner(key, value))).collect();
            let plain = Value::Object(plain);
            if nullable { json!({ "anyOf": [{ "type": "null" }, plain] }) } else { plain }
        }
        Value::Array(items) => Value::Array(items.iter().map(translated).collect()),
        other => other.clone(),
    }
}
