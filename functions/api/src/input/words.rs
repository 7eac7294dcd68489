//! The domain's words as enums of the API description: spelled in the domain, never here.

use std::borrow::Cow;

use dispatch_domain::{agent, claim, label, lane, status};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! words {
    ($($(#[doc = $doc:literal])* $name:ident = $words:expr;)*) => {$(
        $(#[doc = $doc])*
        pub(crate) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some(concat!($($doc),*).trim()))
                    .enum_values(Some($words))
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )*};
}

words! {
    /// Where an issue stands.
    Status = status::Status::ALL.map(status::Status::as_str);
    /// How far the holder of a claim is.
    Phase = claim::Phase::ALL.iter().map(|word| word.as_str());
    /// How an attempt ended.
    Outcome = claim::Outcome::ALL.iter().map(|word| word.as_str());
    /// What keeps an agent from going on.
    BlockKind = claim::BlockKind::ALL.iter().map(|word| word.as_str());
    /// How urgent.
    Priority = label::Priority::ALL.map(label::Priority::as_str);
    /// What a lane is for, besides being a queue.
    LaneRole = lane::LaneRole::ALL.iter().map(|word| word.as_str());
    /// What the bearer of a token may do.
    TokenTier = agent::TokenTier::ALL.iter().map(|word| word.as_str());
    /// What kind of work: an issue to implement, or a pull request to fix.
    WorkKind = ["implement", "fix"];
}

/// What is said as a number or as text: seconds or a time, a pull request's number or its address.
pub(crate) enum NumberOrText {}

impl PartialSchema for NumberOrText {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Integer, Type::String])).into()
    }
}

impl ToSchema for NumberOrText {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("NumberOrText")
    }
}
