//! Who signed in, and whether they may.

use serde_json::Value;

use super::token::Claims;

/// Whom the provider's word is enough for.
#[derive(Debug, Default)]
pub(super) struct Allowed {
    /// Subjects, or addresses that the provider has verified.
    pub(super) users: Vec<String>,
    pub(super) groups: Vec<String>,
    /// The claim with the groups; `a.b` also means the claim `b` inside of `a`.
    pub(super) groups_claim: String,
}

impl Allowed {
    /// Whether these claims suffice. Without any list everybody is let in whom the provider knows.
    pub(super) fn admits(&self, claims: &Claims) -> bool {
        if self.users.is_empty() && self.groups.is_empty() {
            return true;
        }
        let is = |given: Option<&str>| {
            given.is_some_and(|given| self.users.iter().any(|user| user.eq_ignore_ascii_case(given)))
        };
        // A subject is never given to somebody else; a name that people choose themselves could be (Core, 5.7).
        let subject = claims.get("sub").and_then(Value::as_str);
        subject.is_some_and(|subject| self.users.iter().any(|user| user == subject))
            || is(verified_email(claims))
            || self.groups_in(claims).iter().any(|group| self.groups.iter().any(|allowed| allowed == group))
    }

    /// Whether the claims can tell it, or the provider has to be asked for more.
    pub(super) fn can_tell(&self, claims: &Claims) -> bool {
        let groups = self.groups.is_empty() || self.claim(claims).is_some();
        groups && (claims.contains_key("email") || claims.contains_key("preferred_username"))
    }

    fn claim<'c>(&self, claims: &'c Claims) -> Option<&'c Value> {
        claims.get(&self.groups_claim).or_else(|| {
            let mut path = self.groups_claim.split('.');
            let first = claims.get(path.next()?)?;
            path.try_fold(first, |value, name| value.get(name))
        })
    }

    fn groups_in<'c>(&self, claims: &'c Claims) -> Vec<&'c str> {
        match self.claim(claims) {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

/// The name under which somebody acts, in the audit trail too: an address that the provider vouches for, else the name
/// they have there, else their subject.
pub(super) fn name(claims: &Claims) -> String {
    let text = |claim: &str| claims.get(claim).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let name = verified_email(claims).or(text("preferred_username")).or(text("sub")).unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(100).collect()
}

fn verified_email(claims: &Claims) -> Option<&str> {
    // Some providers write the word instead of the value.
    let verified = claims.get("email_verified").is_some_and(|value| *value == true || *value == "true");
    claims.get("email").and_then(Value::as_str).filter(|_| verified)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(value: Value) -> Claims {
        serde_json::from_value(value).unwrap()
    }

    fn allowed(users: &[&str], groups: &[&str], claim: &str) -> Allowed {
        let list = |all: &[&str]| all.iter().map(ToString::to_string).collect();
        Allowed { users: list(users), groups: list(groups), groups_claim: claim.into() }
    }

    #[test]
    fn nobody_comes_in_by_a_name_they_chose_themselves() {
        let list = allowed(&["u-1", "Ana@Example.com"], &[], "groups");
        assert!(list.admits(&claims(json!({ "sub": "u-1" }))));
        assert!(
            list.admits(&claims(json!({ "sub": "x", "email": "ana@example.com", "email_verified": true })))
        );
        for stranger in [
            json!({ "sub": "U-1" }),
            json!({ "sub": "x", "email": "ana@example.com" }),
            json!({ "sub": "x", "email": "ana@example.com", "email_verified": false }),
            json!({ "sub": "x", "preferred_username": "u-1" }),
            json!({ "sub": "x", "name": "u-1", "groups": ["u-1"] }),
        ] {
            assert!(!list.admits(&claims(stranger.clone())), "{stranger}");
        }
        assert!(allowed(&[], &[], "groups").admits(&claims(json!({ "sub": "x" }))));
    }

    #[test]
    fn groups_are_found_where_providers_put_them() {
        let list = allowed(&[], &["ops"], "groups");
        assert!(list.admits(&claims(json!({ "sub": "x", "groups": ["dev", "ops"] }))));
        assert!(list.admits(&claims(json!({ "sub": "x", "groups": "ops" }))));
        assert!(!list.admits(&claims(json!({ "sub": "x", "groups": ["Ops", "ops2"] }))));
        assert!(!list.admits(&claims(json!({ "sub": "x", "groups": { "ops": true } }))));
        let nested = allowed(&[], &["ops"], "realm_access.roles");
        assert!(nested.admits(&claims(json!({ "sub": "x", "realm_access": { "roles": ["ops"] } }))));
        let url = allowed(&[], &["ops"], "https://example.com/groups");
        assert!(url.admits(&claims(json!({ "sub": "x", "https://example.com/groups": ["ops"] }))));
    }

    #[test]
    fn a_name_is_one_line_and_not_borrowed() {
        let named = |value| name(&claims(value));
        assert_eq!(
            named(
                json!({ "sub": "1", "email": "a@b.c", "email_verified": "true", "preferred_username": "x" })
            ),
            "a@b.c"
        );
        assert_eq!(
            named(json!({ "sub": "1", "email": "a@b.c", "preferred_username": "ana\n\u{1b}[1m" })),
            "ana[1m"
        );
        assert_eq!(named(json!({ "sub": "1", "preferred_username": " " })), "1");
    }
}
