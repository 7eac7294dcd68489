//! One request as handlers see it, and the answers they give.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Json, RequestExt,
    extract::{FromRequest, Path, Query, Request},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{access::Principal, error::ApiError};
use crate::{
    shared::Shared,
    state::{Applied, State, change::Change, model::Repo},
};

pub(crate) type Answer = Result<Response, ApiError>;

/// A request that has passed the gate.
pub(crate) struct Call {
    pub(crate) shared: Arc<Shared>,
    pub(crate) who: Principal,
    path: HashMap<String, String>,
    pub(crate) query: HashMap<String, String>,
    body: Bytes,
}

impl FromRequest<Arc<Shared>> for Call {
    type Rejection = ApiError;

    async fn from_request(mut request: Request, shared: &Arc<Shared>) -> Result<Self, ApiError> {
        let path = request.extract_parts::<Path<HashMap<String, String>>>().await;
        let Path(path) = path.map_err(|_| ApiError::not_found())?;
        let query = request.extract_parts::<Query<HashMap<String, String>>>().await;
        let Query(query) = query.map_err(|error| ApiError::malformed(&error))?;
        let who = request.extensions().get::<Principal>().cloned().unwrap_or(Principal::Anonymous);
        let body = Bytes::from_request(request, shared).await.map_err(|_| ApiError::unreadable())?;
        Ok(Self { shared: Arc::clone(shared), who, path, query, body })
    }
}

impl Call {
    /// A part of the path; empty when the route has none of that name.
    pub(crate) fn part(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// `owner/name` as asked for.
    pub(crate) fn repo_name(&self) -> String {
        format!("{}/{}", self.part("owner"), self.part("repo"))
    }

    /// A number of the path; whatever is not one does not exist.
    pub(crate) fn number(&self, name: &str) -> Result<u64, ApiError> {
        self.part(name).parse().map_err(|_| ApiError::not_found())
    }

    /// The body; an absent one reads as `{}`.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        let body = if self.body.is_empty() { b"{}" } else { &self.body[..] };
        let value: Value = serde_json::from_slice(body).map_err(|_| ApiError::unreadable())?;
        serde_json::from_value(value).map_err(|error| ApiError::malformed(&error))
    }

    /// Reads the repository of the path.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&State, &Repo) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let state = self.shared.state();
        let repo = state.repo_named(&self.repo_name()).ok_or_else(ApiError::not_found)?;
        if !self.who.sees(&state, repo) {
            return Err(ApiError::not_found());
        }
        read(&state, repo)
    }

    /// Makes a change as the caller.
    pub(crate) fn change(&self, change: Change) -> Result<Applied, ApiError> {
        self.read(|_, _| Ok(()))?;
        let actor = self.who.login();
        self.shared.commit(&actor, change).map_err(|refusal| self.refused(&refusal))
    }

    pub(crate) fn refused(&self, refusal: &crate::state::refusal::Refusal) -> ApiError {
        let api = self.shared.state().urls.api.clone();
        ApiError::refused(refusal, |repo, number| format!("{api}/repositories/{repo}/issues/{number}"))
    }
}

pub(crate) fn ok(body: Value) -> Answer {
    Ok(Json(body).into_response())
}

pub(crate) fn created(body: Value) -> Answer {
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// A rendered thing, or 404 when it rendered to nothing.
pub(crate) fn found(body: Value) -> Result<Value, ApiError> {
    if body.is_null() { Err(ApiError::not_found()) } else { Ok(body) }
}

pub(crate) async fn unknown_route() -> ApiError {
    ApiError::not_found()
}
