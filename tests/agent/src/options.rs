//! The command line. Addresses and secrets come from the environment, under the names that Dispatch itself uses.

use anyhow::Context as _;

/// Agents that work for Dispatch: claim, commit, open a pull request, report.
///
/// Environment: DISPATCH_URL and DISPATCH_AGENT_TOKEN say where Dispatch is and who asks; GITHUB_API_URL and
/// GITHUB_TOKEN the same of GitHub.
#[derive(clap::Parser, Clone, Debug)]
#[command(name = "reference-agent")]
pub(crate) struct Options {
    /// How many agents.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) agents: usize,
    /// How likely an agent is to die during one claim, 0 to 1.
    #[arg(long, default_value_t = 0.0, value_name = "P", value_parser = likelihood)]
    pub(crate) kill_rate: f64,
    /// Seconds until a dead agent starts again under its name; after a lease or more, others get its work first.
    #[arg(long, default_value_t = 5, value_name = "SECONDS")]
    pub(crate) restart_after: u64,
    /// Stop after so many completed issues; for ever unless it is said.
    #[arg(long, value_name = "N")]
    pub(crate) issues: Option<u64>,
    /// Claim nothing more after so many seconds; for ever unless it is said.
    #[arg(long, value_name = "SECONDS")]
    pub(crate) seconds: Option<u64>,
    /// Seconds that each step of the work takes, half as long to one and a half times.
    #[arg(long, default_value_t = 1.0, value_name = "SECONDS")]
    pub(crate) pace: f64,
    /// Seconds that a request for work may wait for some, 0 to 20.
    #[arg(long, default_value_t = 20, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(0..=20))]
    pub(crate) wait: u64,
    /// Lanes in order of preference, separated by commas; all unless it is said.
    #[arg(long, value_delimiter = ',', value_name = "LANES")]
    pub(crate) lanes: Vec<String>,
    /// The agents' names, separated by commas; those without one get alpha, beta and so on.
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub(crate) names: Vec<String>,
    /// Seed of what is left to chance.
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub(crate) seed: u64,
}

const NAMES: [&str; 8] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"];

impl Options {
    /// The name of the agent of this number, which counts from zero.
    pub(crate) fn name(&self, number: usize) -> String {
        let given = self.names.get(number).map(String::as_str);
        let name = given.or(NAMES.get(number).copied());
        name.map_or_else(|| format!("agent-{}", number + 1), str::to_owned)
    }
}

/// A variable that must be set.
///
/// # Errors
/// It is not.
pub(crate) fn required(name: &str) -> anyhow::Result<String> {
    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
    value.with_context(|| format!("{name} is not set; reference-agent --help says what it is for"))
}

fn likelihood(text: &str) -> Result<f64, String> {
    let value = text.parse().ok().filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| "a number from 0 to 1".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[test]
    fn options_have_bounds_and_agents_have_names() {
        let read = |line: &str| Options::try_parse_from(line.split_whitespace());
        let options = read("reference-agent --agents 9 --kill-rate 0.05 --names x1,y1").unwrap();
        let names: Vec<String> = [0, 1, 2, 8].map(|number| options.name(number)).into();
        assert_eq!(names, ["x1", "y1", "gamma", "agent-9"]);
        for wrong in ["--kill-rate 1.5", "--kill-rate x", "--wait 21", "--agents -1"] {
            assert!(read(&format!("reference-agent {wrong}")).is_err(), "{wrong}");
        }
    }
}
