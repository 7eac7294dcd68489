//! Paging (GitHub docs, "Using pagination in the REST API"): `per_page` up to 100, `page` from 1, and a `Link`
//! header with `prev`, `next`, `last`, `first` where they apply.

use axum::{Json, response::IntoResponse};
use http::header;
use serde_json::Value;

use super::call::{Answer, Call};
use crate::render::segment;

const MAX_PER_PAGE: usize = 100;

/// One page of `items`, rendered.
pub(crate) fn page<T>(
    call: &Call,
    address: &str,
    items: &[T],
    default_per_page: usize,
    render: impl FnMut(&T) -> Value,
) -> Answer {
    wrapped_page(call, address, items, default_per_page, render, Value::Array)
}

/// One page of `items`, rendered, in an object that says more of the list.
pub(crate) fn wrapped_page<T>(
    call: &Call,
    address: &str,
    items: &[T],
    default_per_page: usize,
    render: impl FnMut(&T) -> Value,
    wrap: impl FnOnce(Vec<Value>) -> Value,
) -> Answer {
    let per_page = per_page(call, default_per_page);
    let page = number(call, "page").unwrap_or(1).max(1);
    let last = items.len().div_ceil(per_page).max(1);
    let shown = items.iter().skip((page - 1).saturating_mul(per_page)).take(per_page);
    let rendered: Vec<Value> = shown.map(render).collect();
    let mut links = Vec::new();
    let mut link = |to: usize, rel: &str| {
        links.push(format!("<{address}?{}>; rel=\"{rel}\"", query_with(call, "page", &to.to_string())));
    };
    if page > 1 {
        link((page - 1).min(last), "prev");
    }
    if page < last {
        link(page + 1, "next");
        link(last, "last");
    }
    if page > 1 {
        link(1, "first");
    }
    Ok(with_links(wrap(rendered), &links))
}

/// One page of `items`, newest first, that goes on at a `cursor` instead of a number.
pub(crate) fn cursor_page<T>(
    call: &Call,
    address: &str,
    items: &[T],
    id: impl Fn(&T) -> u64,
    render: impl FnMut(&T) -> Value,
) -> Answer {
    let per_page = per_page(call, 30);
    let from = number(call, "cursor").map_or(u64::MAX, |cursor| cursor as u64);
    let rest: Vec<&T> = items.iter().filter(|item| id(item) <= from).collect();
    let mut render = render;
    let rendered = rest.iter().take(per_page).map(|item| render(item)).collect();
    let next = rest.get(per_page).map(|item| query_with(call, "cursor", &id(item).to_string()));
    let links: Vec<String> =
        next.into_iter().map(|query| format!("<{address}?{query}>; rel=\"next\"")).collect();
    Ok(with_links(Value::Array(rendered), &links))
}

fn with_links(body: Value, links: &[String]) -> axum::response::Response {
    let mut response = Json(body).into_response();
    if let (false, Ok(value)) = (links.is_empty(), links.join(", ").parse()) {
        response.headers_mut().insert(header::LINK, value);
    }
    response
}

fn per_page(call: &Call, default: usize) -> usize {
    number(call, "per_page").filter(|size| *size > 0).unwrap_or(default).min(MAX_PER_PAGE)
}

fn number(call: &Call, name: &str) -> Option<usize> {
    call.query.get(name)?.parse().ok()
}

fn query_with(call: &Call, name: &str, value: &str) -> String {
    let mut pairs: Vec<(&str, &str)> =
        call.query.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    pairs.retain(|(key, _)| *key != name);
    pairs.push((name, value));
    pairs.sort_unstable();
    let encoded = pairs.iter().map(|(key, value)| format!("{}={}", segment(key), segment(value)));
    encoded.collect::<Vec<_>>().join("&")
}
