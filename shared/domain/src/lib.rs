//! The rules of Dispatch, and nothing else.
//!
//! This crate decides: what labels mean ([`label`]), which moves are allowed ([`status`]), who wins when GitHub and
//! Dispatch disagree ([`intent`]), what waits for what ([`dependency`]), what may be handed out to whom and in which
//! order ([`gate`], [`rank`]), how leases and outcomes work ([`claim`]), what a fact from GitHub does to a live claim
//! ([`fact`]), what reviews and checks come to and when a pull request needs a fix ([`review`], [`checks`],
//! [`evidence`]), whose words reach agents ([`trust`]) and how to say no ([`refusal`]). It has no I/O, no clock and no
//! randomness: `now` is always a parameter, read from Postgres by the caller. Everything here is a plain function over
//! plain data and cannot fail except by a [`refusal::Refusal`].

pub mod agent;
pub mod budget;
pub mod checks;
pub mod claim;
pub mod comment;
pub mod dependency;
pub mod event;
pub mod evidence;
pub mod fact;
pub mod gate;
pub mod hook;
pub mod ids;
pub mod intent;
pub mod job;
pub mod label;
pub mod lane;
pub mod rank;
pub mod refusal;
pub mod retry;
pub mod review;
pub mod snapshot;
pub mod status;
pub mod trust;
pub mod webhook;
pub mod work;
