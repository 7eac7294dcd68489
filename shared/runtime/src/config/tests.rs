use dispatch_settings::Auth;
use proptest::prelude::*;
use secrecy::ExposeSecret;

use super::*;

const KEY: &str = "-----BEGIN RSA PRIVATE KEY-----\nhush-key\n-----END RSA PRIVATE KEY-----";

fn config(pairs: &[(&str, &str)]) -> Config {
    Config::from_pairs(pairs.iter().copied())
}

/// Every secret variable and every credential has a value with "hush" in it.
fn full() -> Config {
    config(&[
        ("DATABASE_URL", "postgresql://user:hush@localhost/db"),
        ("GITHUB_TOKEN", "hush-token"),
        ("GITHUB_APP_ID", "1"),
        ("GITHUB_APP_INSTALLATION_ID", "2"),
        ("GITHUB_APP_PRIVATE_KEY", KEY),
        ("GITHUB_WEBHOOK_SECRET", "hush-1,hush-2"),
        ("DISPATCH_AGENT_TOKEN", "hush-agent"),
        ("DISPATCH_AUTH_MODE", "oidc"),
        ("DISPATCH_AUTH_PASSWORD", "hush-password"),
        ("DISPATCH_OIDC_ISSUER", "https://auth.example.com/realm/.well-known/openid-configuration"),
        ("DISPATCH_OIDC_CLIENT_ID", "dispatch"),
        ("DISPATCH_OIDC_CLIENT_SECRET", "hush-oidc"),
        ("DISPATCH_SESSION_SECRET", "hush-hush-hush-hush-hush-hush-hush"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=hush"),
        ("DISPATCH_URL", "https://dispatch.example.com"),
    ])
}

#[test]
fn debug_output_shows_no_secret() {
    let oidc = full();
    for variable in VARIABLES.iter().filter(|v| v.secret) {
        assert!(
            oidc.get(variable).is_some_and(|v| v.contains("hush")),
            "{} is not in the sample",
            variable.name
        );
    }
    let basic = oidc.clone().overlaid(
        &[("DISPATCH_AUTH_MODE".into(), "basic".into()), ("DISPATCH_AUTH_USERNAME".into(), "ann".into())]
            .into(),
    );
    let shown = format!(
        "{oidc:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        oidc.database().expect("a database"),
        oidc.github().expect("GitHub"),
        oidc.webhook_secrets().expect("webhook secrets"),
        oidc.auth().expect("OIDC"),
        basic.auth().expect("basic"),
        oidc.queue().expect("a queue"),
    );
    assert!(!shown.contains("hush"), "{shown}");
}

#[test]
fn values_are_trimmed_and_empty_ones_are_unset() {
    let config = config(&[
        ("GITHUB_TOKEN", "  ghp_x\n"),
        ("DATABASE_URL", "  "),
        ("DISPATCH_DATABASE_URL", " postgres://b "),
    ]);
    assert_eq!(config.get(&variables::GITHUB_TOKEN), Some("ghp_x"));
    assert_eq!(config.get(&variables::DATABASE_URL), Some("postgres://b"));
    assert_eq!(config.get(&variables::DISPATCH_LOG), Some("info"));
    assert!(!config.is_set(&variables::DISPATCH_LOG));
}

#[test]
fn the_name_goes_before_its_alias() {
    let config = config(&[("NEXTAUTH_URL", "https://b.example/"), ("DISPATCH_URL", "https://a.example/")]);
    assert_eq!(config.public_url().expect("a URL").as_deref(), Some("https://a.example"));
}

#[test]
fn the_secret_wins_over_the_environment_under_any_of_a_variables_names() {
    let environment = config(&[
        ("DATABASE_URL", "postgres://environment"),
        ("GITHUB_TOKEN", "environment"),
        ("DISPATCH_SYNC_FUNCTION", "environment"),
    ]);
    let json = r#"{"DISPATCH_DATABASE_URL":"postgres://secret","GITHUB_TOKEN":"","GITHUB_APP_ID":7,
                   "DISPATCH_SYNC_FUNCTION":null,"GITHUB_TOKNE":"hush"}"#;
    let secret = secret::parse("arn", &json.into()).expect("good JSON");
    let config = environment.overlaid(&secret);
    assert_eq!(config.get(&variables::DATABASE_URL), Some("postgres://secret"));
    assert_eq!(config.get(&variables::GITHUB_TOKEN), Some("environment"), "an empty value is unset");
    assert_eq!(config.get(&variables::GITHUB_APP_ID), Some("7"));
    assert_eq!(config.sync_function(), "environment");
    let warnings = config.warnings().join("\n");
    assert!(warnings.contains("GITHUB_TOKNE") && !warnings.contains("hush"), "{warnings}");
}

#[test]
fn a_secret_that_is_no_flat_object_is_refused_without_being_quoted() {
    for json in ["hush", "[\"hush\"]", "{\"a\": \"hush\"", "{\"a\": {\"hush\": 1}}", "\"hush\""] {
        let error = secret::parse("arn:x", &json.into()).expect_err(json).to_string();
        assert!(error.contains("arn:x") && !error.contains("hush"), "{error}");
    }
}

#[test]
fn a_database_needs_a_postgres_url_and_sane_numbers() {
    let wrong = |pairs: &[(&str, &str)]| config(pairs).database().expect_err("refused").to_string();
    assert!(wrong(&[]).starts_with("DATABASE_URL is not set"));
    let error = wrong(&[("DATABASE_URL", "mysql://hush")]);
    assert!(error.contains("postgresql://") && !error.contains("hush"), "{error}");
    let url = ("DATABASE_URL", "postgresql://x");
    assert!(wrong(&[url, ("DATABASE_POOL_SIZE", "0")]).contains("DATABASE_POOL_SIZE"));
    assert!(wrong(&[url, ("DATABASE_POOL_SIZE", "-1")]).contains("whole number"));
    assert!(wrong(&[url, ("DATABASE_POOLER", "statement")]).contains("transaction"));
    assert!(wrong(&[url, ("DATABASE_CA", "/no/such/file")]).contains("cannot be read"));

    let pem = "-----BEGIN CERTIFICATE-----\\nAA\\n-----END CERTIFICATE-----";
    let database =
        config(&[url, ("DATABASE_CA", pem), ("DATABASE_POOLER", "Transaction")]).database().expect("good");
    assert_eq!(
        database.ca_pem.as_deref(),
        Some("-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----")
    );
    assert_eq!((database.transaction_pooler, database.pool_size), (true, 1));
}

#[test]
fn an_app_in_part_falls_back_to_the_token_and_is_reported() {
    let part = config(&[("GITHUB_TOKEN", "t"), ("GITHUB_APP_ID", "1")]);
    assert!(matches!(part.github().expect("the token").client.auth, Auth::Token(_)));
    assert_eq!(part.github().expect("the token").auth_name(), "token");
    let warned = |config: &Config, of: &str| config.warnings().iter().any(|warning| warning.contains(of));
    assert!(warned(&part, "GITHUB_APP_PRIVATE_KEY not set; GITHUB_TOKEN is used instead"));
    let stray = config(&[("GITHUB_APP_INSTALLATION_ID", "2")]);
    assert!(warned(&stray, "GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY not set; and there is no GITHUB_TOKEN"));
    assert!(stray.github().is_err());

    let error = config(&[("GITHUB_APP_ID", "1")]).github().expect_err("no credential").to_string();
    assert!(error.contains("GITHUB_TOKEN is not set") && error.contains("in part"), "{error}");
    let error = config(&[]).github().expect_err("no credential").to_string();
    assert!(error.contains("no GitHub App"), "{error}");
}

#[test]
fn private_keys_come_with_real_or_written_newlines() {
    let escaped = KEY.replace('\n', "\\n");
    let quoted = format!("\"{escaped}\"");
    for key in [KEY, &escaped, &quoted, &KEY.replace('\n', "\r\n"), &KEY.replace('\n', "\\r\\n")] {
        let config = config(&[
            ("GITHUB_APP_ID", "1"),
            ("GITHUB_APP_INSTALLATION_ID", "2"),
            ("GITHUB_APP_PRIVATE_KEY", key),
        ]);
        let Auth::App { id, key, installation } = config.github().expect("an App").client.auth else {
            panic!("not the App")
        };
        assert_eq!((id, installation, key.expose_secret()), (1, Some(2), KEY));
    }
    let any = config(&[("GITHUB_APP_ID", "1"), ("GITHUB_APP_PRIVATE_KEY", KEY), ("GITHUB_TOKEN", "t")]);
    let auth = any.github().expect("an App").client.auth;
    assert!(matches!(auth, Auth::App { installation: None, .. }), "it is looked up");
    assert_eq!(any.github().expect("an App").auth_name(), "app");
    assert!(!any.warnings().iter().any(|warning| warning.contains("GitHub App")));
    let cut = &KEY[..40];
    let broken = config(&[
        ("GITHUB_APP_ID", "1"),
        ("GITHUB_APP_INSTALLATION_ID", "2"),
        ("GITHUB_APP_PRIVATE_KEY", cut),
    ]);
    let error = broken.github().expect_err("half a key").to_string();
    assert!(
        error.starts_with("GITHUB_APP_PRIVATE_KEY is not a whole PEM") && !error.contains("hush"),
        "{error}"
    );
}

#[test]
fn several_webhook_secrets_are_all_there() {
    let secrets = config(&[("GITHUB_WEBHOOK_SECRET", " new , old ,")]).webhook_secrets().expect("two");
    assert_eq!(secrets.iter().collect::<Vec<_>>(), [b"new", b"old"]);
    assert!(config(&[("GITHUB_WEBHOOK_SECRET", " , ")]).webhook_secrets().is_err());
}

#[test]
fn each_auth_mode_says_what_it_lacks() {
    let mode =
        |pairs: &[(&str, &str)]| config(pairs).auth().map(|a| a.mode.as_str()).map_err(|e| e.to_string());
    assert_eq!(mode(&[]), Ok("unset"));
    assert_eq!(mode(&[("DISPATCH_AUTH_MODE", "disabled")]), Ok("disabled"));
    let basic = [
        ("DISPATCH_AUTH_MODE", "Basic"),
        ("DISPATCH_AUTH_USERNAME", "a"),
        ("DISPATCH_AUTH_PASSWORD", "hush"),
    ];
    assert_eq!(mode(&basic), Ok("basic"));
    assert!(mode(&basic[..2]).expect_err("no password").contains("DISPATCH_AUTH_PASSWORD is not set, and"));
    assert!(mode(&[("DISPATCH_AUTH_MODE", "none")]).expect_err("unknown").contains("`none`"));
    assert!(mode(&[("DISPATCH_AUTH_MODE", "oidc")]).expect_err("bare").contains("DISPATCH_SESSION_SECRET"));
    let short = mode(&[("NEXTAUTH_SECRET", "hush")]).expect_err("too short");
    assert!(short.contains("shorter than 32") && !short.contains("hush"), "{short}");
    let AuthMode::Oidc(oidc) = full().auth().expect("OIDC").mode else { panic!("another mode") };
    let issuer = oidc.issuer;
    assert_eq!(issuer, "https://auth.example.com/realm");
}

#[test]
fn seed_repositories_are_split_checked_and_unique() {
    let seed = |text: &str| config(&[("GITHUB_REPOSITORIES", text)]).seed_repositories();
    assert_eq!(seed("o/a, o/b\no/c,\n\nO/A").expect("good"), ["o/a", "o/b", "o/c"]);
    assert_eq!(seed("").expect("none"), Vec::<String>::new());
    for bad in ["o", "o/", "/a", "o/a/b", "https://github.com/o/a", "o/..", "o a/b", "o/ü"] {
        assert!(seed(bad).expect_err(bad).to_string().contains("owner/name"), "{bad}");
    }
}

#[test]
fn urls_and_intervals_are_checked() {
    for bad in ["ftp://x", "x", "https://", "https:///x", "http://a b", "https://:80"] {
        let error = config(&[("DISPATCH_QUEUE_URL", bad)]).queue().expect_err(bad);
        assert_eq!(error.variable(), "DISPATCH_QUEUE_URL");
    }
    let sim = [
        ("GITHUB_TOKEN", "t"),
        ("GITHUB_API_URL", "http://127.0.0.1:9080/"),
        ("GITHUB_WRITE_INTERVAL_MS", "0"),
    ];
    let github = config(&sim).github().expect("good");
    assert_eq!(
        (github.client.api_url.as_str(), github.write_interval),
        ("http://127.0.0.1:9080", Duration::ZERO)
    );
    let github = config(&sim[..1]).github().expect("good");
    assert_eq!(
        (github.client.api_url.as_str(), github.write_interval),
        ("https://api.github.com", Duration::from_secs(1))
    );
}

#[test]
fn each_function_knows_what_it_lacks() {
    let missing: Vec<_> =
        Config::default().missing_for(Function::GithubWebhook).iter().map(|v| v.name).collect();
    assert_eq!(missing, ["DATABASE_URL", "GITHUB_WEBHOOK_SECRET"]);
    assert!(full().missing_for(Function::Api).is_empty());
}

#[test]
fn the_table_has_every_variable_once_and_no_broken_row() {
    let table = markdown_table();
    for variable in VARIABLES {
        assert_eq!(table.matches(&format!("| `{}` |", variable.name)).count(), 1, "{}", variable.name);
        assert!(variable.doc.ends_with('.'), "{} has no sentence", variable.name);
    }
    assert!(table.lines().all(|row| row.matches('|').count() == 5), "{table}");
}

proptest! {
    #[test]
    fn no_value_makes_an_accessor_panic_or_an_error_show_a_secret(value in "\\PC{0,40}|[a-z:/@,\\\\n\"-]{0,20}", which in 0..VARIABLES.len()) {
        let marked = format!("{value}hush");
        let config = full().overlaid(&[(VARIABLES[which].name.to_owned(), marked)].into());
        let errors = [
            config.database().err(), config.github().err(), config.webhook_secrets().err(), config.auth().err(),
            config.queue().err(), config.public_url().err(), config.seed_repositories().err(),
        ];
        if VARIABLES[which].secret {
            for error in errors.into_iter().flatten() {
                let shown = format!("{error} {error:?}");
                prop_assert!(!shown.contains("hush"), "shown: {}", shown);
            }
        }
    }
}
