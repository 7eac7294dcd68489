//! The API behind each way of signing in, with everything that looks like a key to it and is none.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use http::Method;
use kit::Harness;
use kit::http::{AGENT_TOKEN, Api, Caller, OPERATOR};
use kit::oidc::{CLIENT_ID, Provider};
use ring::hmac;
use serde_json::{Value, json};

use crate::sign_in;

/// Who a route is for, as its description says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum For {
    Everybody,
    /// Agents alone.
    Agents,
    /// Whoever is known.
    Known,
    /// Operators, and tokens of that tier.
    Maintainers,
    /// Operators, and the bootstrap token.
    Operators,
}

/// Every route of the description, with something in place of its parameters: a new one is among them by itself.
pub(super) fn routes() -> Vec<(Method, String, For)> {
    let document: Value = serde_json::from_str(&api::openapi()).expect("a document");
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            routes.push((method, filled(path), whom(&operation["security"])));
        }
    }
    for who in [For::Everybody, For::Agents, For::Known, For::Maintainers, For::Operators] {
        assert!(routes.iter().filter(|(_, _, one)| *one == who).count() > 4, "hardly a route is for {who:?}");
    }
    routes
}

fn whom(security: &Value) -> For {
    let schemes: Vec<(&str, &Value)> = security
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|one| one.as_object().expect("a requirement"))
        .map(|(scheme, roles)| (scheme.as_str(), &roles[0]))
        .collect();
    match schemes.as_slice() {
        [] => For::Everybody,
        [("agentToken", role)] if *role == "agent" => For::Agents,
        [("agentToken", role), ("operator", _), ("session", _)] => match role.as_str() {
            Some("agent") => For::Known,
            Some("maintainer") => For::Maintainers,
            Some("bootstrap") => For::Operators,
            _ => panic!("nobody knows the role {role}"),
        },
        other => panic!("nobody knows whom this is for: {other:?}"),
    }
}

/// `/api/claims/{id}` as `/api/claims/1`.
fn filled(path: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { "1" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

/// Status and code of the answer; a write comes with an empty body.
pub(super) async fn call(caller: &Caller, method: &Method, path: &str) -> (u16, String) {
    let said = if *method == Method::GET {
        caller.get(path).await
    } else {
        caller.raw(method.clone(), path, "{}").await
    };
    (said.status.as_u16(), said.code().to_owned())
}

/// What sessions of one mode are signed with.
pub(super) struct Forge {
    secret: String,
    parts: Vec<String>,
}

impl Forge {
    /// As the server does in basic mode without a secret of its own.
    pub(super) fn basic() -> Self {
        Self { secret: OPERATOR.1.to_owned(), parts: [OPERATOR.0, OPERATOR.1].map(str::to_owned).into() }
    }

    fn oidc(provider: &Provider) -> Self {
        let parts = [&provider.issuer, CLIENT_ID, "", "", "groups"].map(str::to_owned);
        Self { secret: sign_in::SECRET.to_owned(), parts: parts.into() }
    }

    /// The cookie of a session; `secret` in place of the server's makes it a foreign one.
    pub(super) fn session(&self, user: &str, expires: i64, secret: Option<&str>) -> String {
        let derive = |key: &[u8], data: &[u8]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), data);
        let mut purpose = b"dispatch session key v1\0".to_vec();
        for part in &self.parts {
            purpose.extend((part.len() as u64).to_be_bytes());
            purpose.extend(part.as_bytes());
        }
        let key = derive(secret.unwrap_or(&self.secret).as_bytes(), &purpose);
        let signed = format!("v1.{}.{expires}", BASE64.encode(user));
        let mac = derive(key.as_ref(), signed.as_bytes());
        format!("dispatch_session={signed}.{}", BASE64.encode(mac))
    }
}

/// An hour from now, in seconds since 1970.
pub(super) fn later() -> i64 {
    jiff::Timestamp::now().as_second() + 3600
}

/// One of our own pages, with that cookie.
pub(super) fn with_cookie(api: &Api, cookie: &str) -> Caller {
    api.anonymous().with("cookie", cookie).with("sec-fetch-site", "same-origin")
}

/// The API in one mode of signing in.
pub(super) struct Door {
    pub(super) mode: &'static str,
    pub(super) api: Api,
    /// An operator's session.
    pub(super) cookie: String,
    /// An agent's own token, and a maintainer's.
    pub(super) agent: Caller,
    pub(super) maintainer: Caller,
    /// By what they show.
    pub(super) strangers: Vec<(&'static str, Caller)>,
    _provider: Option<Provider>,
}

impl Door {
    /// An operator at one of our own pages.
    pub(super) fn operator(&self) -> Caller {
        with_cookie(&self.api, &self.cookie)
    }

    async fn new(
        mode: &'static str,
        api: Api,
        cookie: String,
        forge: Forge,
        provider: Option<Provider>,
    ) -> Self {
        let operator = with_cookie(&api, &cookie);
        let token = async |tier: &str| {
            let name = format!("{mode}-{tier}");
            // The second time it is known already.
            operator.post("/api/agents", json!({ "name": name })).await;
            let tokens = format!("/api/agents/{name}/tokens");
            let made = operator.post(&tokens, json!({ "tier": tier })).await.ok();
            let text = |value: &Value| value.as_str().expect("text").to_owned();
            (text(&made["secret"]), format!("{tokens}/{}", text(&made["token"]["id"])))
        };
        let ((agent, _), (maintainer, _)) = (token("agent").await, token("maintainer").await);
        let (revoked, address) = token("maintainer").await;
        operator.delete(&address).await.ok();
        let user = user(&cookie);
        let tampered = cookie.replace(&BASE64.encode(&user), &BASE64.encode("root"));
        let cookie_of =
            |user: &str, expires, secret| with_cookie(&api, &forge.session(user, expires, secret));
        assert_eq!(
            cookie_of(&user, later(), None).get("/api/board").await.status,
            200,
            "the forger knows its trade"
        );
        let strangers = vec![
            ("nobody", api.anonymous()),
            ("a wrong token", api.bearer("wrong")),
            ("a token that was never given", api.bearer(&format!("dispatch_{}", "a".repeat(43)))),
            ("a revoked token", api.bearer(&revoked)),
            (
                "a token in another scheme",
                api.anonymous().with("authorization", &format!("Token {AGENT_TOKEN}")),
            ),
            ("an expired cookie", cookie_of(&user, 1, None)),
            ("a forged cookie", with_cookie(&api, &tampered)),
            ("a foreign cookie", cookie_of(&user, later(), Some("another server's secret"))),
            ("an empty cookie", with_cookie(&api, "dispatch_session=")),
        ];
        let (agent, maintainer) = (api.bearer(&agent), api.bearer(&maintainer));
        Self { mode, api, cookie, agent, maintainer, strangers, _provider: provider }
    }
}

/// Whose session it is.
fn user(cookie: &str) -> String {
    let name = cookie.split('.').nth(1).expect("a name");
    String::from_utf8(BASE64.decode(name).expect("base64")).expect("text")
}

/// Every mode in which operators sign in.
pub(super) async fn all(h: &Harness) -> [Door; 2] {
    let basic = h.api();
    let body = json!({ "username": OPERATOR.0, "password": OPERATOR.1 });
    let cookie =
        basic.anonymous().post("/api/auth/login", body).await.cookie("dispatch_session").expect("a session");
    let mut closed = Door::new("basic", basic.clone(), cookie, Forge::basic(), None).await;
    let somebody = Forge::basic().session("somebody", later(), None);
    closed.strangers.push(("a cookie of somebody else", with_cookie(&basic, &somebody)));

    let provider = Provider::start().await;
    let oidc = sign_in::at(h, &provider, &[]);
    let (begun, forge) = (sign_in::begin(&oidc, "/board").await, Forge::oidc(&provider));
    let said =
        sign_in::sign_in(&oidc, &provider, "/board", json!({ "sub": "u-1", "preferred_username": "ana" }))
            .await;
    let cookie = said.cookie("dispatch_session").expect("a session");
    let (_, flow) = begun.cookie.split_once('=').expect("a cookie");
    let flow = with_cookie(&oidc, &format!("dispatch_session={flow}"));
    let mut single = Door::new("oidc", oidc.clone(), cookie, forge, Some(provider)).await;
    single.strangers.extend([
        ("the password of another mode", oidc.operator()),
        ("a session of another mode", with_cookie(&oidc, &closed.cookie)),
        ("a sign-in that is under way", flow),
    ]);
    closed.strangers.push(("a session of another mode", with_cookie(&basic, &single.cookie)));
    [closed, single]
}
