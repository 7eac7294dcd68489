//! The steps of a deployment, in the only order that never shows a page whose files are not there.

use std::collections::BTreeMap;

/// What the stack says of itself.
pub(super) struct Outputs(pub(super) BTreeMap<String, String>);

impl Outputs {
    /// For a look at the steps before there is a stack.
    pub(super) fn placeholders() -> Self {
        Self(BTreeMap::new())
    }

    /// An output, or its name in brackets.
    pub(super) fn get(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_else(|| format!("<{name}>"))
    }
}

/// One command.
pub(super) struct Step {
    pub(super) title: &'static str,
    pub(super) command: Vec<String>,
    pub(super) variables: Vec<(&'static str, String)>,
    /// Is given the environment and `.env`: the smoke script signs in.
    pub(super) with_settings: bool,
}

impl Step {
    fn new(title: &'static str, command: &[&str]) -> Self {
        let command = command.iter().map(|word| (*word).to_owned()).collect();
        Self { title, command, variables: Vec::new(), with_settings: false }
    }

    /// The step as a person would type it.
    pub(super) fn show(&self) -> String {
        let word = |word: &String| match word.contains([' ', '*', '<', '"']) {
            true => format!("'{word}'"),
            false => word.clone(),
        };
        let variables = self.variables.iter().map(|(name, value)| format!("{name}={} ", word(value)));
        let words: Vec<String> = self.command.iter().map(word).collect();
        format!("# {}\n{}{}", self.title, variables.collect::<String>(), words.join(" "))
    }
}

/// What is prepared, where it is not there yet, as a person would do it.
pub(super) fn prepared() -> Vec<Step> {
    let install = |environment: &str| {
        format!(
            "python3 -m venv .dispatch/{environment} && .dispatch/{environment}/bin/pip install -r infra/xtask/requirements/{environment}.txt"
        )
    };
    let tools = format!("{} && {}", install("sam"), install("deploy"));
    let board = "cd static-ui && npm ci && npm run build";
    vec![
        Step::new("the tools, in private environments", &["sh", "-c", &tools]),
        Step::new("the board's files", &["sh", "-c", board]),
    ]
}

/// What is done before the stack is asked for its outputs. The first step is the build.
pub(super) fn before(environment: &str, architecture: &str, parameters: &str) -> Vec<Step> {
    let mut build = Step::new("build the five functions", &["sam", "build", "--config-env", environment]);
    build.variables.push(("ARCHITECTURE", architecture.to_owned()));
    // Given here they replace those of samconfig.toml, so all are given.
    let parameters = format!("{parameters} Architecture={architecture}");
    let deploy = ["sam", "deploy", "--config-env", environment, "--parameter-overrides", parameters.trim()];
    vec![build, Step::new("migrate, then replace the functions", &deploy)]
}

/// Where [`by_rust_cargolambda`] leaves what it built.
pub(super) const BY_RUST_CARGOLAMBDA: &str = ".aws-sam/rust-cargolambda";

/// The build of one function by SAM's own method for Rust.
pub(super) fn by_rust_cargolambda() -> Step {
    let template = "infra/build/rust-cargolambda.yaml";
    let build =
        ["sam", "build", "--template", template, "--build-dir", BY_RUST_CARGOLAMBDA, "--build-in-source"];
    Step::new("build migrate by rust-cargolambda", &build)
}

/// What is done with a stack: new files first, then the page that names them, then the caches, then a look.
pub(super) fn after(stack: &str, outputs: &Outputs) -> Vec<Step> {
    let bucket = format!("s3://{}", outputs.get("SiteBucket"));
    let assets = format!("{bucket}/assets");
    let hashed = ["aws", "s3", "sync", "static-ui/dist/assets", &assets, "--no-progress"];
    let mut hashed =
        Step::new("hashed files: they never change, and older ones stay for open pages", &hashed);
    hashed.command.extend(["--cache-control".to_owned(), "public, max-age=31536000, immutable".to_owned()]);
    let rest = [
        "aws",
        "s3",
        "cp",
        "static-ui/dist",
        &bucket,
        "--recursive",
        "--no-progress",
        "--exclude",
        "assets/*",
    ];
    let mut rest = Step::new("the page and what else has a fixed name: asked for again each time", &rest);
    rest.command.extend(["--cache-control".to_owned(), "no-cache".to_owned()]);
    let id = outputs.get("DistributionId");
    let paths = ["--paths", "/*"];
    let invalidate =
        ["aws", "cloudfront", "create-invalidation", "--distribution-id", &id, paths[0], paths[1]];
    let mut smoke = Step::new("the smoke checklist of README", &["bash", "infra/smoke.sh"]);
    smoke.variables.push(("BASE", outputs.get("Url")));
    smoke.with_settings = true;
    let describe = ["aws", "cloudformation", "describe-stacks", "--stack-name", stack, "--output", "json"];
    let mut steps = Vec::new();
    if outputs.0.is_empty() {
        steps.push(Step::new("ask where everything is", &describe));
    }
    steps.extend([hashed, rest, Step::new("forget cached pages", &invalidate), smoke]);
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs() -> Outputs {
        let pairs = [("SiteBucket", "site-1"), ("DistributionId", "E1"), ("Url", "https://d.example.com")];
        Outputs(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }

    #[test]
    fn files_come_before_the_page_that_names_them_and_caches_are_told_right() {
        let shown: Vec<String> = after("dispatch", &outputs()).iter().map(Step::show).collect();
        let at = |text: &str| {
            shown.iter().position(|step| step.contains(text)).unwrap_or_else(|| panic!("{text}"))
        };
        let assets = at("s3://site-1/assets");
        let page = at("--exclude 'assets/*'");
        assert!(
            shown[assets].contains("'public, max-age=31536000, immutable'")
                && !shown[assets].contains("--delete")
        );
        assert!(shown[page].contains("--cache-control no-cache"));
        assert!(assets < page && page < at("create-invalidation"));
        assert!(shown.last().unwrap().contains("BASE=https://d.example.com bash infra/smoke.sh"));
    }

    #[test]
    fn tools_and_board_come_first() {
        let shown: Vec<String> = prepared().iter().map(Step::show).collect();
        assert!(shown[0].contains("requirements/sam.txt") && shown[0].contains("requirements/deploy.txt"));
        assert_eq!(shown[1], "# the board's files\nsh -c 'cd static-ui && npm ci && npm run build'");
    }

    #[test]
    fn a_dry_run_shows_what_is_not_known_yet() {
        let shown: Vec<String> = after("dispatch", &Outputs::placeholders()).iter().map(Step::show).collect();
        assert!(shown[0].contains("describe-stacks --stack-name dispatch"));
        assert!(shown.iter().any(|step| step.contains("'s3://<SiteBucket>/assets'")));
        let shown: Vec<String> = before("prod", "x86_64", "AuthMode=oidc").iter().map(Step::show).collect();
        assert_eq!(shown[0], "# build the five functions\nARCHITECTURE=x86_64 sam build --config-env prod");
        assert!(
            shown[1].ends_with("--parameter-overrides 'AuthMode=oidc Architecture=x86_64'"),
            "{}",
            shown[1]
        );
    }
}
