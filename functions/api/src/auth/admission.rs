//! Whether what a request shows suffices for a route.

use axum::http::StatusCode;
use axum::http::header::{HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use dispatch_domain::agent::TokenTier;

use super::credentials::Shown;
use super::tier::Tier;
use super::{Auth, Mode, Principal};
use crate::error::ApiError;

/// Why somebody is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denial {
    /// Nobody said who they are.
    SignIn,
    /// The credentials are wrong.
    Wrong,
    /// The route is for agents.
    AgentOnly,
    /// The route is for agents, and nobody showed a token.
    AgentToken,
    /// The agent's own token does not reach so far.
    BeyondToken(Tier),
}

impl Denial {
    /// What an agent is told that wants more than its token is good for.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::BeyondToken(Tier::Operator) => {
                "This is for operators: an agent's own token does not suffice."
            }
            _ => "This is for maintainers: it takes a token of the tier maintainer.",
        }
    }
}

impl Auth {
    /// Decides. Pure: what it depends on is in its arguments and in the configuration.
    ///
    /// # Errors
    /// Why the sender is not let in.
    pub(crate) fn admit(&self, tier: Tier, shown: Shown) -> Result<Principal, Denial> {
        match (&self.mode, tier, shown) {
            (_, _, Shown::AgentToken) => Ok(Principal::Bootstrap),
            (_, tier, Shown::Agent(bearer)) => match tier {
                Tier::Public | Tier::Reader | Tier::Agent => Ok(Principal::Agent(bearer)),
                Tier::Maintainer if bearer.tier == TokenTier::Maintainer => Ok(Principal::Agent(bearer)),
                Tier::Maintainer | Tier::Operator => Err(Denial::BeyondToken(tier)),
            },
            (Mode::Disabled, _, _) => Ok(Principal::Anonymous),
            (_, Tier::Public, Shown::Operator(name))
            | (
                Mode::Basic(_) | Mode::Oidc(_),
                Tier::Reader | Tier::Maintainer | Tier::Operator,
                Shown::Operator(name),
            ) => Ok(Principal::Operator(name)),
            (_, Tier::Public, _) => Ok(Principal::Anonymous),
            (_, _, Shown::Wrong | Shown::OwnToken(_)) => Err(Denial::Wrong),
            (Mode::Unset, Tier::Agent, _) if self.agent_token.is_some() => Err(Denial::AgentToken),
            (Mode::Unset, _, _) => Ok(Principal::Anonymous),
            (Mode::Basic(_) | Mode::Oidc(_), Tier::Agent, Shown::Operator(_)) => Err(Denial::AgentOnly),
            (Mode::Basic(_) | Mode::Oidc(_), Tier::Agent, Shown::Nothing) => Err(Denial::AgentToken),
            (Mode::Basic(_) | Mode::Oidc(_), _, Shown::Nothing) => Err(Denial::SignIn),
        }
    }

    /// The answer to somebody who is not let in. Only programs are told how to sign in by a header: a browser would
    /// open a dialog of its own over our sign-in page.
    pub(crate) fn refuse(&self, denial: Denial, headers: &HeaderMap) -> ApiError {
        let unauthorized = |message: &str| ApiError::new(StatusCode::UNAUTHORIZED, "unauthorized", message);
        let basic = matches!(self.mode, Mode::Basic(_)) && denial != Denial::AgentToken;
        let error = match denial {
            Denial::SignIn if basic => {
                unauthorized("Sign in, or send Authorization: Basic with name and password.")
            }
            Denial::SignIn => unauthorized("Sign in at /login."),
            Denial::Wrong => {
                unauthorized("The credentials are wrong. Check the token, or name and password.")
            }
            Denial::AgentToken => {
                unauthorized("This is for agents: send Authorization: Bearer with the agent's token.")
            }
            Denial::AgentOnly => {
                let message = "Only agents do this: send Authorization: Bearer with an agent's token.";
                return ApiError::forbidden("forbidden", message);
            }
            Denial::BeyondToken(_) => return ApiError::forbidden("forbidden", denial.sentence()),
        };
        if headers.contains_key("sec-fetch-mode") {
            return error;
        }
        let challenge = match basic {
            true => HeaderValue::from_static("Basic realm=\"Dispatch\", charset=\"UTF-8\""),
            false => HeaderValue::from_static("Bearer realm=\"Dispatch\""),
        };
        error.with_header(WWW_AUTHENTICATE, challenge)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::{AUTHORIZATION, COOKIE};
    use base64::Engine as _;
    use dispatch_runtime::Config;
    use dispatch_store::agents::Bearer;
    use jiff::Timestamp;

    use super::*;
    use crate::auth::session::COOKIE_NAME;

    fn auth(pairs: &[(&str, &str)]) -> Auth {
        let config = Config::from_pairs(pairs.iter().copied());
        Auth::new(&config.auth().unwrap(), config.public_url().unwrap().as_deref()).unwrap()
    }

    const TOKEN: (&str, &str) = ("DISPATCH_AGENT_TOKEN", "agent-secret");
    const BASIC: [(&str, &str); 3] = [
        ("DISPATCH_AUTH_MODE", "basic"),
        ("DISPATCH_AUTH_USERNAME", "admin"),
        ("DISPATCH_AUTH_PASSWORD", "pass:word"),
    ];
    const OIDC: [(&str, &str); 6] = [
        ("DISPATCH_AUTH_MODE", "oidc"),
        ("DISPATCH_OIDC_ISSUER", "https://id.example.com"),
        ("DISPATCH_OIDC_CLIENT_ID", "dispatch"),
        ("DISPATCH_OIDC_CLIENT_SECRET", "client-secret"),
        ("DISPATCH_SESSION_SECRET", "a secret of thirty-two characters"),
        ("DISPATCH_URL", "https://dispatch.example.com"),
    ];

    fn basic(pair: &str) -> String {
        format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
    }

    /// One row per tier: what happens to nothing, to wrong credentials, to the token, to the password.
    fn picture(auth: &Auth) -> String {
        let shown = [
            None,
            Some("Bearer wrong".into()),
            Some("Bearer agent-secret".into()),
            Some(basic("admin:pass:word")),
        ];
        let mut picture = String::new();
        for tier in [Tier::Public, Tier::Reader, Tier::Agent, Tier::Maintainer, Tier::Operator] {
            picture += &format!("{tier:?}:");
            for header in &shown {
                let headers =
                    header.iter().map(|value: &String| (AUTHORIZATION, value.parse().unwrap())).collect();
                let (shown, _) = auth.identify(&headers, Timestamp::UNIX_EPOCH);
                picture += match auth.admit(tier, shown) {
                    Ok(Principal::Bootstrap) => " agent",
                    Ok(Principal::Agent(_)) => " own",
                    Ok(Principal::Operator(_)) => " operator",
                    Ok(Principal::Anonymous) => " open",
                    Err(Denial::AgentOnly) => " 403",
                    Err(_) => " 401",
                };
            }
            picture += "\n";
        }
        picture
    }

    #[test]
    fn the_table_of_modes() {
        let with_token = picture(&auth(&[&BASIC[..], &[TOKEN]].concat()));
        assert_eq!(
            with_token,
            "Public: open open agent operator\n\
             Reader: 401 401 agent operator\n\
             Agent: 401 401 agent 403\n\
             Maintainer: 401 401 agent operator\n\
             Operator: 401 401 agent operator\n"
        );
        assert_eq!(
            picture(&auth(&BASIC)),
            "Public: open open open operator\n\
             Reader: 401 401 401 operator\n\
             Agent: 401 401 401 403\n\
             Maintainer: 401 401 401 operator\n\
             Operator: 401 401 401 operator\n"
        );
        assert_eq!(
            picture(&auth(&[TOKEN])),
            "Public: open open agent open\n\
             Reader: open 401 agent open\n\
             Agent: 401 401 agent 401\n\
             Maintainer: open 401 agent open\n\
             Operator: open 401 agent open\n"
        );
        let open = "Public: open open open open\n\
                    Reader: open open open open\n\
                    Agent: open open open open\n\
                    Maintainer: open open open open\n\
                    Operator: open open open open\n";
        assert_eq!(picture(&auth(&[])), open);
        assert_eq!(picture(&auth(&[("DISPATCH_AUTH_MODE", "disabled")])), open);
        assert_eq!(
            picture(&auth(&[("DISPATCH_AUTH_MODE", "disabled"), TOKEN])),
            open.replace("open open open open", "open open agent open")
        );
    }

    #[test]
    fn an_agents_own_token_reaches_as_far_as_its_tier() {
        let reach = |auth: &Auth, tier: TokenTier| {
            let bearer = Bearer { token: 1, agent: "alpha".parse().unwrap(), tier };
            let tiers = [Tier::Public, Tier::Reader, Tier::Agent, Tier::Maintainer, Tier::Operator];
            tiers.map(|tier| auth.admit(tier, Shown::Agent(bearer.clone())).is_ok())
        };
        for auth in [auth(&BASIC), auth(&[]), auth(&[TOKEN]), auth(&[("DISPATCH_AUTH_MODE", "disabled")])] {
            assert_eq!(reach(&auth, TokenTier::Agent), [true, true, true, false, false]);
            assert_eq!(reach(&auth, TokenTier::Maintainer), [true, true, true, true, false]);
            // Revoked or never made: the same as any wrong token.
            let unknown = auth.admit(Tier::Operator, Shown::OwnToken([0; 32]));
            assert_eq!(unknown.is_err(), !matches!(auth.mode, Mode::Disabled));
        }
    }

    #[test]
    fn passwords_may_have_colons_and_nothing_else_passes() {
        let auth = auth(&BASIC);
        let shown = |value: &str| {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, value.parse().unwrap())]);
            auth.identify(&headers, Timestamp::UNIX_EPOCH).0
        };
        assert_eq!(shown(&basic("admin:pass:word")), Shown::Operator("admin".into()));
        for wrong in ["admin:pass", "Admin:pass:word", "admin", ":pass:word", "admin:pass:word\n", ""] {
            assert_eq!(shown(&basic(wrong)), Shown::Wrong, "{wrong:?}");
        }
        for wrong in ["Basic ???", "Basic", "Digest x", "bearer admin"] {
            assert_eq!(shown(wrong), Shown::Wrong, "{wrong:?}");
        }
    }

    #[test]
    fn a_session_is_as_good_as_the_password_until_it_ends() {
        let auth = auth(&BASIC);
        let Mode::Basic(operator) = &auth.mode else { panic!("basic mode") };
        let token = operator.sessions.begin("admin", Timestamp::UNIX_EPOCH);
        let end = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(12);
        let headers = HeaderMap::from_iter([(COOKIE, format!("{COOKIE_NAME}={token}").parse().unwrap())]);
        assert_eq!(auth.identify(&headers, Timestamp::UNIX_EPOCH).0, Shown::Operator("admin".into()));
        assert_eq!(auth.identify(&headers, end).0, Shown::Nothing);
        let other = operator.sessions.begin("somebody", Timestamp::UNIX_EPOCH);
        let headers = HeaderMap::from_iter([(COOKIE, format!("{COOKIE_NAME}={other}").parse().unwrap())]);
        assert_eq!(auth.identify(&headers, Timestamp::UNIX_EPOCH).0, Shown::Nothing);
    }

    #[test]
    fn at_a_provider_a_password_is_nothing_and_another_list_of_people_ends_sessions() {
        assert_eq!(
            picture(&auth(&[&OIDC[..], &[TOKEN]].concat())),
            "Public: open open agent open\n\
             Reader: 401 401 agent 401\n\
             Agent: 401 401 agent 401\n\
             Maintainer: 401 401 agent 401\n\
             Operator: 401 401 agent 401\n"
        );
        let cookie = |auth: &Auth| {
            let Mode::Oidc(sso) = &auth.mode else { panic!("oidc mode") };
            let token = sso.sessions.begin("ana@example.com", Timestamp::UNIX_EPOCH);
            HeaderMap::from_iter([(COOKIE, format!("{COOKIE_NAME}={token}").parse().unwrap())])
        };
        let all = auth(&OIDC);
        let shown = |auth: &Auth, headers: &HeaderMap| auth.identify(headers, Timestamp::UNIX_EPOCH).0;
        assert_eq!(shown(&all, &cookie(&all)), Shown::Operator("ana@example.com".into()));
        let few = auth(&[&OIDC[..], &[("DISPATCH_OIDC_ALLOWED_USERS", "eva@example.com")]].concat());
        assert_eq!(shown(&few, &cookie(&all)), Shown::Nothing);
    }

    #[test]
    fn a_provider_over_plain_http_is_this_machines_own() {
        let start = |issuer: &str| {
            let config = Config::from_pairs([&OIDC[..], &[("DISPATCH_OIDC_ISSUER", issuer)]].concat());
            Auth::new(&config.auth().unwrap(), config.public_url().unwrap().as_deref()).map(|_| ())
        };
        assert!(start("http://127.0.0.1:4000").is_ok());
        assert!(start("http://id.example.com").unwrap_err().contains("https"));
    }

    #[test]
    fn only_programs_are_challenged() {
        let auth = auth(&[&BASIC[..], &[TOKEN]].concat());
        let challenge = |denial, headers: &HeaderMap| {
            let answer = axum::response::IntoResponse::into_response(auth.refuse(denial, headers));
            answer.headers().get(WWW_AUTHENTICATE).map(|value| value.to_str().unwrap().to_owned())
        };
        let browser =
            HeaderMap::from_iter([("sec-fetch-mode".parse().unwrap(), HeaderValue::from_static("cors"))]);
        assert_eq!(challenge(Denial::SignIn, &browser), None);
        assert!(challenge(Denial::SignIn, &HeaderMap::new()).unwrap().starts_with("Basic"));
        assert!(challenge(Denial::AgentToken, &HeaderMap::new()).unwrap().starts_with("Bearer"));
    }

    #[test]
    fn open_modes_stay_on_this_machine() {
        let start = |mode: &str, url: &str| {
            let config = Config::from_pairs([("DISPATCH_AUTH_MODE", mode), ("DISPATCH_URL", url)]);
            Auth::new(&config.auth().unwrap(), config.public_url().unwrap().as_deref()).map(|_| ())
        };
        for mode in ["disabled", "unset"] {
            assert!(start(mode, "http://127.0.0.1:8787").is_ok());
            let sentence = start(mode, "https://dispatch.example.com").unwrap_err();
            assert!(
                sentence.contains(mode) && sentence.contains("https://dispatch.example.com"),
                "{sentence}"
            );
        }
    }
}
