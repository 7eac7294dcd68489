//! Properties of the rules: what must hold for every input, shown on many random ones.

mod claim;
mod fact;
mod freshness;
mod gate;
mod generate;
mod ids;
mod intent;
mod label;
mod rank;
mod retry;
mod status;
mod webhook;
mod work;
