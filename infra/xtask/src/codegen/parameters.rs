//! The parameter types of every generated statement, so that a statement can travel unnamed and in one round trip
//! (behind a transaction pooler there is no prepared statement to ask for them).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use postgres_types::{Kind, Type};

const HEADER: &str = "\
// This file was generated with `cargo xtask codegen`. Do not modify.

//! The parameter types of every statement, for statements that travel unnamed.

use postgres_types::Type;

/// The types of a statement's parameters, or `None` for a text that is not one of ours.
pub fn parameter_types(sql: &str) -> Option<&'static [Type]> {
    let found = STATEMENTS.binary_search_by(|(text, _)| text.cmp(&sql)).ok()?;
    STATEMENTS.get(found).map(|(_, types)| *types)
}

// Sorted by text.
static STATEMENTS: &[(&str, &[Type])] = &[
";

/// Writes `parameter_types.rs` and declares it in `lib.rs`; says how many statements there are.
///
/// # Errors
/// A statement cannot be prepared, or has a parameter of a type that no constant describes.
pub(super) async fn write(src: &Path, client: &tokio_postgres::Client) -> anyhow::Result<usize> {
    let mut types = BTreeMap::new();
    for sql in statements(&src.join("queries"))? {
        let statement = client.prepare(&sql).await.with_context(|| format!("cannot prepare: {sql}"))?;
        let constants = statement.params().iter().map(constant).collect::<anyhow::Result<Vec<_>>>();
        types.insert(sql.clone(), constants.with_context(|| format!("in: {sql}"))?);
    }
    let mut text = HEADER.to_owned();
    for (sql, constants) in &types {
        let constants: Vec<String> = constants.iter().map(|name| format!("Type::{name}")).collect();
        writeln!(text, "    ({sql:?}, &[{}]),", constants.join(", "))?;
    }
    text.push_str("];\n");
    std::fs::write(src.join("parameter_types.rs"), text)?;
    let lib = src.join("lib.rs");
    let mut declared = std::fs::read_to_string(&lib)?;
    declared.push_str("pub mod parameter_types;\n");
    std::fs::write(&lib, declared)?;
    Ok(types.len())
}

/// The texts in the generated modules: each query is a function whose body makes its statement from one.
fn statements(queries: &Path) -> anyhow::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(queries)? {
        let path = entry?.path();
        let source = syn::parse_file(&std::fs::read_to_string(&path)?)
            .with_context(|| format!("cannot parse {}", path.display()))?;
        let before = found.len();
        for item in source.items {
            if let syn::Item::Fn(function) = item
                && let [syn::Stmt::Expr(syn::Expr::Call(call), None)] = function.block.stmts.as_slice()
                && let Some(syn::Expr::Lit(literal)) = call.args.first()
                && let syn::Lit::Str(text) = &literal.lit
            {
                found.insert(text.value());
            }
        }
        if found.len() == before {
            bail!("no statement found in {}: does Clorinde write them differently now?", path.display());
        }
    }
    Ok(found)
}

/// The name of the constant for a type.
fn constant(kind: &Type) -> anyhow::Result<String> {
    if Type::from_oid(kind.oid()).is_none() {
        bail!(
            "the type {} is no built-in one, so its identity differs from database to database",
            kind.name()
        );
    }
    Ok(match kind.kind() {
        Kind::Array(element) => format!("{}_ARRAY", element.name().to_uppercase()),
        _ => kind.name().to_uppercase(),
    })
}
