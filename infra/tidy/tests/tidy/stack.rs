//! template.yaml and its parts as CloudFormation sees them: what no linter knows to be wrong.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tidy::files::{file, files};
use tidy::finding::Findings;
use tidy::graph;
use tidy::source;
use tidy::template::{self, Function, TEMPLATE, resources};

const ALARMS: &str = "infra/alarms.yaml";
const OPERATIONS: &str = "docs/operations.md";

/// Calls of the AWS SDKs that need a permission nobody has. A function that wants one needs a policy, here and there.
const NOT_PERMITTED: [&str; 7] = [
    ".receive_message()",
    ".delete_message()",
    ".purge_queue()",
    ".put_secret_value()",
    ".list_secrets()",
    ".get_function()",
    ".put_metric_data()",
];

fn stack() -> (Value, Vec<Function>) {
    let template = template::read(TEMPLATE);
    let functions = template::functions(&template);
    (template, functions)
}

fn one<'a>(functions: &'a [Function], id: &str) -> &'a Function {
    functions.iter().find(|function| function.id == id).unwrap_or_else(|| panic!("{TEMPLATE} has {id}"))
}

/// The code of a function's package.
fn code_of(package: &str) -> String {
    let folder = format!("functions/{package}/src/");
    let sources = files().into_iter().filter(|file| file.path.starts_with(&folder));
    sources
        .flat_map(|file| source::code(&file).iter().map(|(_, line)| format!("{line}\n")).collect::<Vec<_>>())
        .collect()
}

#[test]
fn every_package_of_functions_is_a_function() {
    let (_, functions) = stack();
    let deployed: BTreeSet<String> = functions.iter().map(Function::package).collect();
    let packages = graph::packages();
    let built: BTreeSet<String> = packages
        .iter()
        .filter(|package| package.manifest.path.starts_with("functions/"))
        .map(|package| package.name.clone())
        .collect();
    assert_eq!(deployed, built, "{TEMPLATE} and functions/ differ");
}

#[test]
fn every_policy_lists_only_what_the_function_uses() {
    let (_, functions) = stack();
    for function in &functions {
        let code = code_of(&function.package());
        let mut expected = vec![json!({ "AWSSecretsManagerGetSecretValuePolicy": {
            "SecretArn": {"Fn::If": ["CreatesSecret", {"Ref": "Secret"}, {"Ref": "SecretArn"}]} } })];
        if code.contains("config.queue()") {
            let queue = json!({"Fn::GetAtt": ["WriteQueue", "QueueName"]});
            expected.push(json!({ "SQSSendMessagePolicy": { "QueueName": queue } }));
        }
        if code.contains(".invoke()") {
            let sync = json!({"Ref": "ScheduledSync"});
            expected.push(json!({ "LambdaInvokePolicy": { "FunctionName": sync } }));
        }
        if code.contains(".depth()") {
            let queue = json!({"Fn::GetAtt": ["WriteQueue", "Arn"]});
            expected.push(json!({ "Statement": [
                { "Effect": "Allow", "Action": "sqs:GetQueueAttributes", "Resource": queue }
            ] }));
        }
        assert_eq!(function.property("Policies"), &Value::from(expected), "{}", function.id);
        assert!(function.property("Role").is_null(), "{}: SAM makes the role", function.id);
    }
    let mut findings = Findings::default();
    let deployed = |path: &str| path.starts_with("functions/") || path.starts_with("shared/runtime/src/");
    for file in files().iter().filter(|file| deployed(&file.path) && file.extension() == "rs") {
        for (line, text) in source::code(file) {
            for call in NOT_PERMITTED.iter().filter(|call| text.contains(**call)) {
                findings.add(&file.path, line, format!("{call}: no policy of {TEMPLATE} permits it"));
            }
        }
    }
    findings.report();
}

#[test]
fn functions_wait_for_the_migrations() {
    let (template, functions) = stack();
    for function in functions.iter().filter(|function| function.id != "Migrate") {
        assert_eq!(function.resource["DependsOn"], "Migrations", "{}", function.id);
    }
    let migrations = &template["Resources"]["Migrations"]["Properties"];
    assert_eq!(migrations["ServiceToken"], json!({"Fn::GetAtt": ["Migrate", "Arn"]}));
    let (waits, runs) = (&migrations["ServiceTimeout"], one(&functions, "Migrate").property("Timeout"));
    assert!(waits.as_u64() > runs.as_u64(), "CloudFormation waits longer than the function may run");
    let mut findings = Findings::default();
    if migrations["Migrations"] != template::migrations_hash() {
        let what = "the migrations changed: `cargo xtask codegen` writes their hash";
        findings.add(TEMPLATE, file(TEMPLATE).line_of("      Migrations:"), what);
    }
    findings.report();
}

#[test]
fn the_queue_gives_a_write_the_time_it_needs() {
    let (template, functions) = stack();
    let queue = &template["Resources"]["WriteQueue"]["Properties"];
    let writer = one(&functions, "GithubWriter");
    let timeout = writer.property("Timeout").as_u64().expect("a time-out");
    assert!(
        queue["VisibilityTimeout"].as_u64() >= Some(6 * timeout),
        "at least six times the consumer's timeout"
    );
    assert!(queue["FifoQueue"].is_null(), "a standard queue");
    assert_eq!(
        queue["RedrivePolicy"]["deadLetterTargetArn"],
        json!({"Fn::GetAtt": ["DeadWriteQueue", "Arn"]})
    );
    let source = &writer.property("Events")["Writes"]["Properties"];
    assert_eq!(source["FunctionResponseTypes"], json!(["ReportBatchItemFailures"]));
    assert_eq!(source["ScalingConfig"]["MaximumConcurrency"], 2);
    let others = functions.iter().filter(|function| function.id != "GithubWriter");
    for function in others {
        let events = function.property("Events").to_string();
        assert!(!events.contains("\"SQS\""), "{} takes no messages", function.id);
    }
}

/// The jobs of scheduled-sync, in the spelling of their events.
fn jobs() -> BTreeSet<String> {
    let text = file("shared/domain/src/job.rs").text;
    let (_, rest) = text.split_once("fn as_str(self)").expect("Job has as_str");
    let (arms, _) = rest.split_once("\n    }\n").expect("as_str ends");
    arms.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every job has a schedule, but those that somebody asks for.
#[test]
fn every_job_is_scheduled() {
    const ON_REQUEST: [&str; 2] = ["sync", "hooks"];
    let (template, functions) = stack();
    let mut scheduled = BTreeSet::new();
    for event in one(&functions, "ScheduledSync").property("Events").as_object().expect("schedules").values()
    {
        assert_eq!(event["Type"], "ScheduleV2");
        let properties = &event["Properties"];
        let input: Value =
            serde_json::from_str(properties["Input"].as_str().expect("an input")).expect("JSON");
        scheduled.insert(input["job"].as_str().expect("a job").to_owned());
        assert_eq!(
            properties["RetryPolicy"]["MaximumRetryAttempts"], 0,
            "{input}: the next turn is the repetition"
        );
        if let Some(found) = properties["ScheduleExpression"]["Fn::FindInMap"].as_array() {
            for clock in ["prompt", "sparse"] {
                let name = found[2].as_str().expect("a name in the mapping");
                assert!(template["Mappings"]["Schedule"][clock][name].is_string(), "{clock} has {name}");
            }
        }
    }
    let wanted: BTreeSet<String> =
        jobs().into_iter().filter(|job| !ON_REQUEST.contains(&job.as_str())).collect();
    assert!(wanted.contains("sweep"), "the jobs were not recognised");
    assert_eq!(scheduled, wanted, "the schedules of {TEMPLATE} and Job in scheduled-sync differ");
    let alarms = template::read(ALARMS);
    for job in scheduled {
        let watched = resources(&alarms, "AWS::CloudWatch::Alarm").into_values().any(|alarm| {
            let properties = &alarm["Properties"];
            properties["MetricName"] == "JobDuration"
                && properties["Dimensions"] == json!([{"Name": "Job", "Value": job}])
                && properties["TreatMissingData"] == "breaching"
        });
        assert!(watched, "{ALARMS} has no alarm for {job} being overdue");
    }
}

#[test]
fn cloudfront_keeps_its_hands_off_the_api() {
    const CACHING_DISABLED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    const ALL_VIEWER_EXCEPT_HOST: &str = "b689b0a8-53d0-40ab-baf2-38268f966ac7";
    let (template, _) = stack();
    let config = &template["Resources"]["Distribution"]["Properties"]["DistributionConfig"];
    assert!(config["CustomErrorResponses"].is_null(), "they would turn the API's 404 into a page");
    let behaviours = config["CacheBehaviors"].as_array().expect("behaviours");
    for behaviour in behaviours {
        let path = &behaviour["PathPattern"];
        assert_eq!(behaviour["TargetOriginId"], "api", "{path}");
        assert_eq!(behaviour["CachePolicyId"], CACHING_DISABLED, "{path}");
        assert_eq!(behaviour["OriginRequestPolicyId"], ALL_VIEWER_EXCEPT_HOST, "{path}");
        assert_eq!(
            behaviour["ViewerProtocolPolicy"], "https-only",
            "{path}: a redirect would have shown the token"
        );
        let methods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];
        assert_eq!(behaviour["AllowedMethods"], json!(methods), "{path}");
        assert!(behaviour["FunctionAssociations"].is_null(), "{path} is no page");
    }
    let patterns: BTreeSet<&str> =
        behaviours.iter().filter_map(|behaviour| behaviour["PathPattern"].as_str()).collect();
    let wanted: BTreeSet<String> = template::routes(&template)
        .iter()
        .map(|route| match route.path.strip_prefix('/').and_then(|path| path.split_once('/')) {
            Some((prefix, _)) => format!("/{prefix}/*"),
            None => route.path.clone(),
        })
        .collect();
    assert_eq!(patterns, wanted.iter().map(String::as_str).collect(), "behaviours and routes differ");
    let pages = &config["DefaultCacheBehavior"];
    assert_eq!(pages["TargetOriginId"], "site");
    assert_eq!(pages["ResponseHeadersPolicyId"], json!({"Ref": "SiteHeaders"}));
    assert_eq!(pages["FunctionAssociations"][0]["EventType"], "viewer-request");
}

/// The public address names the distribution; a function that the HTTP API depended on would close a circle.
#[test]
fn the_public_address_is_the_distribution() {
    let (template, functions) = stack();
    let url = one(&functions, "Api").variables["DISPATCH_URL"].to_string();
    assert!(url.contains("${Distribution.DomainName}") && url.contains("${DomainName}"), "{url}");
    assert_eq!(template["Outputs"]["Url"]["Value"].to_string(), url);
    for name in ["WebhookUrl", "SecretArn", "SiteBucket", "DistributionId", "LogGroup", "MigrateFunction"] {
        assert!(template["Outputs"][name]["Description"].is_string(), "{TEMPLATE} tells {name}");
    }
}

#[test]
fn logs_end_and_tell_no_secret() {
    let (template, _) = stack();
    for (id, group) in resources(&template, "AWS::Logs::LogGroup") {
        assert_eq!(group["Properties"]["RetentionInDays"], json!({"Ref": "LogRetentionDays"}), "{id}");
    }
    assert_eq!(template["Globals"]["Function"]["LoggingConfig"]["LogGroup"], json!({"Ref": "FunctionLog"}));
    let stage = &template["Resources"]["HttpApiStage"]["Properties"];
    let format = stage["AccessLogSettings"]["Format"].as_str().expect("a format");
    let line: Value = serde_json::from_str(format).expect("the access log is JSON");
    let logged: BTreeSet<&str> =
        line.as_object().expect("an object").values().filter_map(Value::as_str).collect();
    for context in ["header", "authorizer", "querystring", "cookie", "$context.identity.user"] {
        assert!(logged.iter().all(|value| !value.contains(context)), "{context} may be a secret");
    }
}

/// Alarms and dashboard look at metrics that are written, and every alarm says what to do.
#[test]
fn alarms_watch_what_is_written_and_are_explained() {
    let mut findings = Findings::default();
    let (alarms, text) = (template::read(ALARMS), file(ALARMS));
    let written = file("shared/runtime/src/metrics.rs").text;
    let explained = file(OPERATIONS);
    let is_written = |metric: &str| written.contains(&format!("\"{metric}\""));
    for (id, alarm) in resources(&alarms, "AWS::CloudWatch::Alarm") {
        let (properties, line) = (&alarm["Properties"], text.line_of(&format!("  {id}:")));
        if properties["Namespace"] == json!({"Ref": "Namespace"}) {
            let metric = properties["MetricName"].as_str().unwrap_or_default();
            if !is_written(metric) {
                findings.add(
                    ALARMS,
                    line,
                    format!("{metric} is written by nobody (shared/runtime/src/metrics.rs)"),
                );
            }
        }
        if properties["AlarmActions"] != json!([{"Ref": "Topic"}]) {
            findings.add(ALARMS, line, format!("{id} tells nobody"));
        }
        if !explained.lines().any(|(_, line)| line.starts_with(&format!("| `{id}` |"))) {
            findings.add(
                OPERATIONS,
                explained.line_of("## Alarms"),
                format!("the table has no row for {id}"),
            );
        }
    }
    let body = alarms["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"].as_str();
    let body: Value = serde_json::from_str(body.expect("a dashboard")).expect("the dashboard is JSON");
    for widget in body["widgets"].as_array().expect("widgets") {
        for metric in widget["properties"]["metrics"].as_array().expect("metrics") {
            let own = metric[0] == "${Namespace}";
            let searched = metric[0]["expression"].as_str().and_then(|text| text.split('"').nth(1));
            let name = if own { metric[1].as_str() } else { searched };
            if let Some(name) = name.filter(|name| !is_written(name)) {
                findings.add(ALARMS, text.line_of(name), format!("{name} is written by nobody"));
            }
        }
    }
    findings.report();
}

/// What the parts are given is what they ask for.
#[test]
fn nested_parts_are_given_their_parameters() {
    let (template, _) = stack();
    let nested = resources(&template, "AWS::CloudFormation::Stack");
    assert_eq!(nested.keys().copied().collect::<Vec<_>>(), ["Alarms", "Database"]);
    for (id, part) in nested {
        let path = part["Properties"]["TemplateURL"].as_str().expect("a file");
        let keys =
            |value: &Value| value.as_object().expect("parameters").keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(
            keys(&part["Properties"]["Parameters"]),
            keys(&template::read(path)["Parameters"]),
            "{id}"
        );
    }
    let database = template::read("infra/database.yaml");
    let scaling = &database["Resources"]["Cluster"]["Properties"]["ServerlessV2ScalingConfiguration"];
    assert_eq!(scaling["MinCapacity"], 0, "it pauses");
}
