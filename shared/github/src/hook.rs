//! Webhooks, their deliveries, and asking for one again ("REST API endpoints for repository webhooks", "… for GitHub
//! App webhooks").

use dispatch_domain::hook::{EVENTS, Listed, Shown};
use dispatch_domain::ids::RepoName;
use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::budget::Kind;
use crate::call::{Github, Request, Within};
use crate::error::Error;
use crate::page::{Next, Page, Read, etag, link};
use crate::transport::Answer;
use crate::{path, wire};

/// A webhook by where it hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hook {
    /// The App's one.
    App,
    /// A repository's, by GitHub's id.
    Repository(RepoName, i64),
}

#[derive(Deserialize)]
struct Body {
    id: i64,
    name: Option<String>,
    #[serde(default)]
    active: bool,
    #[serde(default)]
    events: Vec<String>,
    config: Config,
    last_response: Option<LastResponse>,
}

#[derive(Deserialize)]
struct LastResponse {
    code: Option<i32>,
}

#[derive(Deserialize, Default)]
struct Config {
    url: Option<String>,
    content_type: Option<String>,
    /// A number or the text of one.
    #[serde(default)]
    insecure_ssl: serde_json::Value,
    secret: Option<String>,
}

impl Config {
    fn shown(self) -> Shown {
        Shown {
            url: self.url.unwrap_or_default(),
            // Left out: form ("Create a repository webhook", content_type).
            content_type: self.content_type.unwrap_or_else(|| "form".into()),
            has_secret: self.secret.is_some_and(|secret| !secret.is_empty()),
            insecure: self.insecure_ssl == "1" || self.insecure_ssl == 1,
            ..Shown::default()
        }
    }
}

impl Github {
    /// The App's webhook; none when it has no address. How its latest delivery ended is not told here.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`]. [`Error::Denied`] without a configured App.
    pub async fn app_hook(&self) -> Result<Option<Shown>, Error> {
        #[derive(Deserialize)]
        struct App {
            #[serde(default)]
            events: Vec<String>,
        }
        let what = "the App's webhook";
        let answer = self.call_app(Request::get("/app/hook/config".into(), what)).await?;
        let config: Config = wire::parse(what, &answer.body)?;
        if config.url.as_deref().unwrap_or_default().is_empty() {
            return Ok(None);
        }
        let answer = self.call_app(Request::get("/app".into(), what)).await?;
        let App { events } = wire::parse(what, &answer.body)?;
        Ok(Some(Shown { events, active: true, ..config.shown() }))
    }

    /// Points the App's webhook to `url`, signed with `secret`. Its events are a matter of the App's page on GitHub.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn set_app_hook(&self, url: &str, secret: &str) -> Result<(), Error> {
        let body = config(url, secret).to_string();
        let what = "the App's webhook";
        let request = Request::new(Method::PATCH, "/app/hook/config".into(), what, Kind::Write);
        self.call_app(Request { body: Some(body), ..request }).await.map(drop)
    }

    /// The webhooks of a repository, with their ids. Services of old, which are no webhooks, are left out.
    ///
    /// # Errors
    ///
    /// [`Error::Gone`] or [`Error::Denied`] when the credential may not see webhooks.
    pub async fn repository_hooks(&self, repo: &RepoName) -> Result<Vec<(i64, Shown)>, Error> {
        let what = format!("webhooks of {repo}");
        let request = Request::get(path::repo(repo, "/hooks?per_page=100"), &what);
        let answer = self.call(repo, Within::Repository, request).await?;
        let (hooks, _) = wire::parse_list::<Body>(&what, &answer.body)?;
        let web = hooks.into_iter().filter(|hook| hook.name.as_deref().is_none_or(|name| name == "web"));
        Ok(web
            .map(|hook| {
                let last_code = hook.last_response.and_then(|last| last.code);
                (
                    hook.id,
                    Shown { events: hook.events, active: hook.active, last_code, ..hook.config.shown() },
                )
            })
            .collect())
    }

    /// Creates a repository's webhook, and answers GitHub's id of it.
    ///
    /// # Errors
    ///
    /// [`Error::Unprocessable`] when there is one to that address already, or GitHub cannot reach it.
    pub async fn create_hook(&self, repo: &RepoName, url: &str, secret: &str) -> Result<i64, Error> {
        #[derive(Deserialize)]
        struct Created {
            id: i64,
        }
        let what = format!("a webhook of {repo}");
        let body = json!({ "name": "web", "active": true, "events": EVENTS, "config": config(url, secret) });
        let request = Request::new(Method::POST, path::repo(repo, "/hooks"), &what, Kind::Write);
        let request = Request { body: Some(body.to_string()), ..request };
        let answer = self.call(repo, Within::Repository, request).await?;
        wire::parse::<Created>(&what, &answer.body).map(|created| created.id)
    }

    /// Puts a repository's webhook right in every respect. Events that somebody added stay.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn repair_hook(&self, repo: &RepoName, id: i64, url: &str, secret: &str) -> Result<(), Error> {
        let what = format!("webhook {id} of {repo}");
        let body = json!({ "active": true, "add_events": EVENTS, "config": config(url, secret) });
        let path = path::repo(repo, &format!("/hooks/{id}"));
        let request =
            Request { body: Some(body.to_string()), ..Request::new(Method::PATCH, path, &what, Kind::Write) };
        self.call(repo, Within::Repository, request).await.map(drop)
    }

    /// A page of GitHub's list of deliveries, the latest first: the first, or the one after a page that said so. GitHub
    /// keeps three days.
    ///
    /// # Errors
    ///
    /// As GitHub decides; see [`Error`].
    pub async fn deliveries(
        &self,
        hook: &Hook,
        at: Option<&str>,
        if_changed: Option<&str>,
    ) -> Result<Read<Page<Listed>>, Error> {
        #[derive(Deserialize)]
        struct Item {
            id: i64,
            guid: String,
            event: String,
            action: Option<String>,
            repository_id: Option<i64>,
            delivered_at: jiff::Timestamp,
            #[serde(default)]
            status: String,
            #[serde(default)]
            status_code: i32,
        }
        let what = format!("deliveries of {}", name(hook));
        let first = || address(hook, "/deliveries?per_page=100");
        let request = Request::get(at.map_or_else(first, str::to_owned), &what);
        let answer = self.call_hook(hook, Request { etag: if_changed, ..request }).await?;
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Read::NotModified);
        }
        let (items, unreadable) = wire::parse_list::<Item>(&what, &answer.body)?;
        let listed = |item: Item| Listed {
            guid: item.guid,
            delivery_id: item.id,
            event: item.event,
            action: item.action,
            repository: item.repository_id,
            delivered_at: item.delivered_at,
            status: item.status,
            code: item.status_code,
        };
        Ok(Read::Changed(Page {
            items: items.into_iter().map(listed).collect(),
            unreadable,
            next: link(&answer.headers, "next").map(Next),
            etag: etag(&answer.headers).filter(|_| at.is_none()),
        }))
    }

    /// Asks GitHub to send a delivery again. Whether it arrives shows in our own list only.
    ///
    /// # Errors
    ///
    /// [`Error::Gone`] when GitHub has forgotten it.
    pub async fn redeliver(&self, hook: &Hook, delivery: i64) -> Result<(), Error> {
        let what = format!("delivery {delivery} of {}", name(hook));
        let path = address(hook, &format!("/deliveries/{delivery}/attempts"));
        self.call_hook(hook, Request::new(Method::POST, path, &what, Kind::Write)).await.map(drop)
    }

    /// What a delivery says, as JSON: for one that cannot be had by asking for it again, for example because it is
    /// larger than the function may receive.
    ///
    /// # Errors
    ///
    /// [`Error::Gone`] when GitHub has forgotten it.
    pub async fn delivery_payload(&self, hook: &Hook, delivery: i64) -> Result<String, Error> {
        #[derive(Deserialize)]
        struct Whole {
            request: Sent,
        }
        #[derive(Deserialize)]
        struct Sent {
            payload: Box<RawValue>,
        }
        let what = format!("delivery {delivery} of {}", name(hook));
        let answer = self
            .call_hook(hook, Request::get(address(hook, &format!("/deliveries/{delivery}")), &what))
            .await?;
        wire::parse::<Whole>(&what, &answer.body).map(|whole| whole.request.payload.get().to_owned())
    }

    async fn call_hook(&self, hook: &Hook, request: Request<'_>) -> Result<Answer, Error> {
        match hook {
            Hook::App => self.call_app(request).await,
            Hook::Repository(repo, _) => self.call(repo, Within::Repository, request).await,
        }
    }
}

fn config(url: &str, secret: &str) -> serde_json::Value {
    json!({ "url": url, "content_type": "json", "insecure_ssl": "0", "secret": secret })
}

fn address(hook: &Hook, rest: &str) -> String {
    match hook {
        Hook::App => format!("/app/hook{rest}"),
        Hook::Repository(repo, id) => path::repo(repo, &format!("/hooks/{id}{rest}")),
    }
}

fn name(hook: &Hook) -> String {
    match hook {
        Hook::App => "the App's webhook".into(),
        Hook::Repository(repo, id) => format!("webhook {id} of {repo}"),
    }
}
