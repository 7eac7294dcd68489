//! Every environment variable Dispatch reads, declared once: README's table is printed from here, and
//! [`Config`](super::Config) answers for nothing else.

use std::fmt;

/// A deployed function, as the owner of a requirement on configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Receives GitHub's deliveries.
    GithubWebhook,
    /// The JSON API and MCP.
    Api,
    /// Reconciles and sweeps.
    ScheduledSync,
    /// The one writer to GitHub.
    GithubWriter,
    /// Migrations and seeding.
    Migrate,
}

impl Function {
    /// All functions, in the order in which a journey meets them.
    pub const ALL: [Function; 5] =
        [Self::GithubWebhook, Self::Api, Self::ScheduledSync, Self::GithubWriter, Self::Migrate];

    /// The function's name, as its package, its binary and its Lambda function are called.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GithubWebhook => "github-webhook",
            Self::Api => "api",
            Self::ScheduledSync => "scheduled-sync",
            Self::GithubWriter => "github-writer",
            Self::Migrate => "migrate",
        }
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One environment variable: what it is called, what it means, who cannot do without it.
#[derive(Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name it has in the environment, in the secret's JSON and in every error message.
    pub name: &'static str,
    /// Other names it is read under when `name` itself is not set, in order of preference.
    pub aliases: &'static [&'static str],
    /// One or two sentences for README's table.
    pub doc: &'static str,
    /// Whether the value must never appear in a log, an error or a `Debug` output.
    pub secret: bool,
    /// The functions that refuse to work without it.
    pub required_by: &'static [Function],
    /// The value that is used when nobody sets one.
    pub default: Option<&'static str>,
    /// A value of the right shape, for error messages and for `.env` templates.
    pub example: &'static str,
}

impl Variable {
    /// The name and then the aliases: everything the variable may be called.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

const fn plain(name: &'static str, example: &'static str, doc: &'static str) -> Variable {
    Variable { name, aliases: &[], doc, secret: false, required_by: &[], default: None, example }
}

const fn secret(name: &'static str, example: &'static str, doc: &'static str) -> Variable {
    Variable { secret: true, ..plain(name, example, doc) }
}

/// Where Postgres is.
pub static DATABASE_URL: Variable = Variable {
    aliases: &["DISPATCH_DATABASE_URL"],
    required_by: &Function::ALL,
    ..secret(
        "DATABASE_URL",
        "postgresql://dispatch:password@db.example.com:5432/dispatch?sslmode=require",
        "Postgres 15 or newer, as a `postgresql://` URL.",
    )
};

/// Which certificate authority signs the database's certificate.
pub static DATABASE_CA: Variable = plain(
    "DATABASE_CA",
    "/var/task/rds-ca.pem",
    "Certificate authority of the database: PEM text (newlines real or written `\\n`) or the path of a PEM file. \
     Unset: the public roots.",
);

/// What stands between the functions and Postgres.
pub static DATABASE_POOLER: Variable = plain(
    "DATABASE_POOLER",
    "transaction",
    "`transaction` when a transaction pooler (PgBouncer, RDS Proxy) is in front of Postgres: only unnamed \
     statements are used then.",
);

/// How many connections one process may hold.
pub static DATABASE_POOL_SIZE: Variable = Variable {
    default: Some("1"),
    ..plain(
        "DATABASE_POOL_SIZE",
        "1",
        "Connections per process. A Lambda sandbox serves one request at a time, so it needs one.",
    )
};

/// Where GitHub's REST API is.
pub static GITHUB_API_URL: Variable = Variable {
    default: Some("https://api.github.com"),
    ..plain(
        "GITHUB_API_URL",
        "https://github.example.com/api/v3",
        "Base of GitHub's REST API: GitHub Enterprise Server, or the simulator.",
    )
};

/// The personal access token, used when no GitHub App is configured.
pub static GITHUB_TOKEN: Variable = secret(
    "GITHUB_TOKEN",
    "ghp_...",
    "Token for GitHub's API; docs/github.md has its permissions. Used when the GitHub App is not fully \
     configured; one of the two is needed by scheduled-sync and github-writer.",
);

/// Which GitHub App Dispatch is.
pub static GITHUB_APP_ID: Variable = plain(
    "GITHUB_APP_ID",
    "123456",
    "Numeric id of the GitHub App. The App is used when its id and its key are set; with only one of them \
     `GITHUB_TOKEN` is used, and health says what is missing.",
);

/// Which installation of the App Dispatch acts for.
pub static GITHUB_APP_INSTALLATION_ID: Variable = plain(
    "GITHUB_APP_INSTALLATION_ID",
    "45678901",
    "Numeric id of the App's installation on the organisation or account. Unset: looked up for each owner of \
     repositories.",
);

/// The key the App signs with.
pub static GITHUB_APP_PRIVATE_KEY: Variable = secret(
    "GITHUB_APP_PRIVATE_KEY",
    "-----BEGIN RSA PRIVATE KEY-----\\n...",
    "The App's private key, PEM, with real newlines or written `\\n`.",
);

/// The repositories a new installation starts with.
pub static GITHUB_REPOSITORIES: Variable = plain(
    "GITHUB_REPOSITORIES",
    "myorg/repo1,myorg/repo2",
    "Repositories to start with, separated by commas or newlines. Read once, by migrate, while no repository is \
     known; after that repositories are added and removed in the UI or by `/api/automation/repos`.",
);

/// What GitHub signs deliveries with.
pub static GITHUB_WEBHOOK_SECRET: Variable = Variable {
    required_by: &[Function::GithubWebhook],
    ..secret(
        "GITHUB_WEBHOOK_SECRET",
        "output of `openssl rand -hex 32`",
        "Secret of the webhook. Several, separated by commas, are all accepted, so that one can be replaced without \
         losing a delivery.",
    )
};

/// How fast the writer may write.
pub static GITHUB_WRITE_INTERVAL_MS: Variable = Variable {
    default: Some("1000"),
    ..plain(
        "GITHUB_WRITE_INTERVAL_MS",
        "1000",
        "Milliseconds between two writes to GitHub. GitHub asks for at least a second; the simulator needs 0.",
    )
};

/// The token that may act as any agent.
pub static DISPATCH_AGENT_TOKEN: Variable = secret(
    "DISPATCH_AGENT_TOKEN",
    "output of `openssl rand -hex 32`",
    "Bootstrap bearer token for agents. It may act as any agent, which health reports as the weaker set-up.",
);

/// How operators sign in.
pub static DISPATCH_AUTH_MODE: Variable = plain(
    "DISPATCH_AUTH_MODE",
    "basic",
    "How operators sign in: `basic`, `oidc`, or `disabled` (no authentication at all: local use only, and health \
     warns). Unset: agents use their token, and the board works on loopback only.",
);

/// The operator's name in basic mode.
pub static DISPATCH_AUTH_USERNAME: Variable = plain(
    "DISPATCH_AUTH_USERNAME",
    "admin",
    "Operator's name. Needed by api when `DISPATCH_AUTH_MODE=basic`.",
);

/// The operator's password in basic mode.
pub static DISPATCH_AUTH_PASSWORD: Variable = secret(
    "DISPATCH_AUTH_PASSWORD",
    "a long password",
    "Operator's password. Needed by api when `DISPATCH_AUTH_MODE=basic`.",
);

/// The OIDC provider.
pub static DISPATCH_OIDC_ISSUER: Variable = plain(
    "DISPATCH_OIDC_ISSUER",
    "https://auth.example.com",
    "URL of the OIDC provider; its discovery URL is accepted too. Needed by api when `DISPATCH_AUTH_MODE=oidc`.",
);

/// Dispatch's id at the OIDC provider.
pub static DISPATCH_OIDC_CLIENT_ID: Variable = plain(
    "DISPATCH_OIDC_CLIENT_ID",
    "dispatch",
    "Client id at the OIDC provider. Needed by api when `DISPATCH_AUTH_MODE=oidc`.",
);

/// Dispatch's secret at the OIDC provider.
pub static DISPATCH_OIDC_CLIENT_SECRET: Variable = secret(
    "DISPATCH_OIDC_CLIENT_SECRET",
    "from the provider",
    "Client secret at the OIDC provider. Needed by api when `DISPATCH_AUTH_MODE=oidc`.",
);

/// What is asked for at the OIDC provider.
pub static DISPATCH_OIDC_SCOPES: Variable = Variable {
    default: Some("openid profile email"),
    ..plain(
        "DISPATCH_OIDC_SCOPES",
        "openid profile email groups",
        "Scopes that sign-in asks for, separated by spaces. Some providers tell groups only for one of their own.",
    )
};

/// Who may sign in.
pub static DISPATCH_OIDC_ALLOWED_USERS: Variable = plain(
    "DISPATCH_OIDC_ALLOWED_USERS",
    "ana@example.com,248289761001",
    "People who are let in, separated by commas: addresses that the provider has verified, or subjects (`sub`). \
     Without users and groups everybody is whom the provider signs in, which health reports.",
);

/// Which groups may sign in.
pub static DISPATCH_OIDC_ALLOWED_GROUPS: Variable = plain(
    "DISPATCH_OIDC_ALLOWED_GROUPS",
    "dispatch-operators",
    "Groups whose members are let in, separated by commas.",
);

/// Where the provider tells the groups.
pub static DISPATCH_OIDC_GROUPS_CLAIM: Variable = Variable {
    default: Some("groups"),
    ..plain(
        "DISPATCH_OIDC_GROUPS_CLAIM",
        "realm_access.roles",
        "Claim that holds the groups; a dot leads into a claim.",
    )
};

/// What session cookies are signed with.
pub static DISPATCH_SESSION_SECRET: Variable = Variable {
    aliases: &["NEXTAUTH_SECRET"],
    ..secret(
        "DISPATCH_SESSION_SECRET",
        "output of `openssl rand -hex 32`",
        "Key that signs session cookies, at least 32 characters. Needed by api when `DISPATCH_AUTH_MODE=oidc`.",
    )
};

/// Where people find Dispatch.
pub static DISPATCH_URL: Variable = Variable {
    aliases: &["NEXTAUTH_URL"],
    ..plain(
        "DISPATCH_URL",
        "https://dispatch.example.com",
        "Public base URL. Links and sign-in redirects are made from it, never from the Host header.",
    )
};

/// The queue that carries nudges.
pub static DISPATCH_QUEUE_URL: Variable = plain(
    "DISPATCH_QUEUE_URL",
    "https://sqs.eu-central-1.amazonaws.com/123456789012/dispatch-writes",
    "SQS queue that wakes github-writer. Without it writes wait for the next sweep.",
);

/// The function that talks to GitHub on the API's behalf.
pub static DISPATCH_SYNC_FUNCTION: Variable = Variable {
    default: Some("scheduled-sync"),
    ..plain(
        "DISPATCH_SYNC_FUNCTION",
        "dispatch-scheduled-sync",
        "Name or ARN of the scheduled-sync function, which api invokes for `POST /api/sync`.",
    )
};

/// How many requests one agent may make.
pub static DISPATCH_AGENT_RATE: Variable = Variable {
    default: Some("200"),
    ..plain(
        "DISPATCH_AGENT_RATE",
        "200",
        "Requests that one agent may make in ten seconds, over all instances of the API together. `0`: as many as it \
         likes.",
    )
};

/// One secret that holds all the others.
pub static DISPATCH_SECRET_ARN: Variable = plain(
    "DISPATCH_SECRET_ARN",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:dispatch-AbCdEf",
    "AWS Secrets Manager secret whose JSON object has values under the names of this table. They win over the \
     environment, are read at start, and credentials again when they are refused.",
);

/// What is logged.
pub static DISPATCH_LOG: Variable = Variable {
    default: Some("info"),
    ..plain(
        "DISPATCH_LOG",
        "info,dispatch_store=debug",
        "What is logged: a level, or levels by target such as `info,dispatch_store=debug`. Read from the environment \
         only.",
    )
};

/// Where metrics are put.
pub static DISPATCH_METRICS_NAMESPACE: Variable = Variable {
    default: Some("Dispatch"),
    ..plain(
        "DISPATCH_METRICS_NAMESPACE",
        "Dispatch/prod",
        "CloudWatch namespace of Dispatch's metrics, one per installation. Read from the environment only.",
    )
};

/// Where traces go.
pub static OTEL_EXPORTER_OTLP_ENDPOINT: Variable = plain(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "https://otel.example.com:4318",
    "Where traces go, by OTLP over HTTP (`/v1/traces` is appended). Unset: no traces. Read from the environment only.",
);

/// What opens the door to where traces go.
pub static OTEL_EXPORTER_OTLP_HEADERS: Variable = secret(
    "OTEL_EXPORTER_OTLP_HEADERS",
    "authorization=Bearer%20...",
    "Headers sent with traces, `name=value` separated by commas, values percent-encoded.",
);

/// All variables, in the order of README's table.
pub static VARIABLES: &[&Variable] = &[
    &DATABASE_URL,
    &DATABASE_CA,
    &DATABASE_POOLER,
    &DATABASE_POOL_SIZE,
    &GITHUB_API_URL,
    &GITHUB_TOKEN,
    &GITHUB_APP_ID,
    &GITHUB_APP_INSTALLATION_ID,
    &GITHUB_APP_PRIVATE_KEY,
    &GITHUB_REPOSITORIES,
    &GITHUB_WEBHOOK_SECRET,
    &GITHUB_WRITE_INTERVAL_MS,
    &DISPATCH_AGENT_TOKEN,
    &DISPATCH_AGENT_RATE,
    &DISPATCH_AUTH_MODE,
    &DISPATCH_AUTH_USERNAME,
    &DISPATCH_AUTH_PASSWORD,
    &DISPATCH_OIDC_ISSUER,
    &DISPATCH_OIDC_CLIENT_ID,
    &DISPATCH_OIDC_CLIENT_SECRET,
    &DISPATCH_OIDC_SCOPES,
    &DISPATCH_OIDC_ALLOWED_USERS,
    &DISPATCH_OIDC_ALLOWED_GROUPS,
    &DISPATCH_OIDC_GROUPS_CLAIM,
    &DISPATCH_SESSION_SECRET,
    &DISPATCH_URL,
    &DISPATCH_QUEUE_URL,
    &DISPATCH_SYNC_FUNCTION,
    &DISPATCH_SECRET_ARN,
    &DISPATCH_LOG,
    &DISPATCH_METRICS_NAMESPACE,
    &OTEL_EXPORTER_OTLP_ENDPOINT,
    &OTEL_EXPORTER_OTLP_HEADERS,
];

/// README's configuration table, in Markdown, with a newline at its end.
pub fn markdown_table() -> String {
    let mut table = String::from("| Variable | Needed by | Default | Meaning |\n|---|---|---|---|\n");
    for variable in VARIABLES {
        let needed = match variable.required_by.len() {
            0 => String::new(),
            n if n == Function::ALL.len() => "every function".into(),
            _ => variable.required_by.iter().map(|f| f.as_str()).collect::<Vec<_>>().join(", "),
        };
        let default = variable.default.map(|d| format!("`{d}`")).unwrap_or_default();
        let mut meaning = variable.doc.to_owned();
        if let [alias] = variable.aliases {
            meaning.push_str(&format!(" `{alias}` is read when it is not set."));
        }
        if variable.secret {
            meaning.push_str(" Secret.");
        }
        table.push_str(&format!("| `{}` | {needed} | {default} | {meaning} |\n", variable.name));
    }
    table
}
