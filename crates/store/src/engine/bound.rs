//! How values are given to SQLite, and what of its words may be said.

use crate::{Error, Value};

/// Gives a statement its values.
pub(super) fn bind(statement: &mut rusqlite::Statement<'_>, values: &[Value]) -> Result<(), Error> {
    let wanted = statement.parameter_count();
    if wanted != values.len() {
        return Err(Error::Database(format!(
            "the statement takes {wanted} parameters and was given {}",
            values.len()
        )));
    }
    for (index, value) in values.iter().enumerate() {
        let index = index + 1;
        match value {
            Value::Null => statement.raw_bind_parameter(index, rusqlite::types::Null),
            Value::Text(text) => statement.raw_bind_parameter(index, text.as_str()),
            Value::Int(number) => statement.raw_bind_parameter(index, number),
            Value::Bytes(bytes) => statement.raw_bind_parameter(index, bytes.as_slice()),
        }
        .map_err(fault)?;
    }
    Ok(())
}

/// `$1` becomes `?1`: SQLite would take `$1` for a name and number it by first appearance.
pub(super) fn marks(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        let numbered = c == '$' && chars.peek().is_some_and(char::is_ascii_digit);
        out.push(if numbered { '?' } else { c });
    }
    out
}

/// The engine's own words are about tables and columns, never about what is in them.
pub(super) fn fault(error: rusqlite::Error) -> Error {
    match &error {
        rusqlite::Error::SqliteFailure(code, said)
            if code.code == rusqlite::ErrorCode::ConstraintViolation =>
        {
            Error::Conflict(said.clone().unwrap_or_else(|| code.to_string()))
        }
        rusqlite::Error::SqliteFailure(code, _) if code.code == rusqlite::ErrorCode::DiskFull => {
            Error::Full
        }
        rusqlite::Error::SqliteFailure(code, said)
            if code.code == rusqlite::ErrorCode::SystemIoFailure =>
        {
            Error::Disk(said.clone().unwrap_or_else(|| code.to_string()))
        }
        _ => Error::Database(error.to_string()),
    }
}
