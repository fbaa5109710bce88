//! How values go to a PostgreSQL server and come back, and what of its words may be said.

use crate::{Error, Value};
use tokio_postgres::{
    Statement,
    types::{FromSql, ToSql, Type},
};

/// The engine's own words, where they are about tables and columns and not about what is in them.
pub(super) fn words(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(said) if said.code().code().starts_with("22") => {
            format!("a value does not fit its column ({})", said.code().code())
        }
        Some(said) => said.message().to_owned(),
        None => match std::error::Error::source(error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        },
    }
}

/// `text` in a table's columns becomes text that is compared byte by byte, and a number that is a table's key has eight bytes as
/// in a file.
pub(super) fn bytewise(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let sql = sql.replace(" integer primary key", " bigint primary key");
    for (nth, part) in sql.split(" text").enumerate() {
        if nth > 0 {
            let ends = part
                .chars()
                .next()
                .is_none_or(|c| !c.is_alphanumeric() && c != '_');
            out.push_str(if ends { " text collate \"C\"" } else { " text" });
        }
        out.push_str(part);
    }
    out
}

/// Whether it is a kind of column that both engines have.
pub(super) fn held(ty: &Type) -> bool {
    [Type::TEXT, Type::INT8, Type::BYTEA, Type::INT4].contains(ty)
}

/// One parameter.
pub(super) type Given = Box<dyn ToSql + Sync + Send>;

/// The parameters as the statement wants them.
pub(super) fn given(statement: &Statement, values: &[Value]) -> Result<Vec<Given>, Error> {
    let wanted = statement.params();
    if wanted.len() != values.len() {
        return Err(Error::Database(format!(
            "the statement takes {} parameters and was given {}",
            wanted.len(),
            values.len()
        )));
    }
    let each = wanted.iter().zip(values).enumerate();
    each.map(|(index, (ty, value))| -> Result<Given, Error> {
        let four = *ty == Type::INT4;
        Ok(match value {
            Value::Text(text) if *ty == Type::TEXT => Box::new(text.clone()),
            Value::Int(number) if *ty == Type::INT8 => Box::new(*number),
            Value::Int(number) if four && i32::try_from(*number).is_ok() => {
                Box::new(i32::try_from(*number).unwrap_or_default())
            }
            Value::Bytes(bytes) if *ty == Type::BYTEA => Box::new(bytes.clone()),
            Value::Null if *ty == Type::TEXT => Box::new(None::<String>),
            Value::Null if *ty == Type::INT8 => Box::new(None::<i64>),
            Value::Null if *ty == Type::BYTEA => Box::new(None::<Vec<u8>>),
            Value::Null if four => Box::new(None::<i32>),
            _ => {
                return Err(Error::Database(format!(
                    "parameter ${} is to be `{ty}` and is given as {value:?}",
                    index + 1
                )));
            }
        })
    })
    .collect()
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(
        ty: &Type,
        raw: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Self::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Int(i32::from_sql(ty, raw)?.into()),
            Type::BYTEA => Self::Bytes(raw.to_vec()),
            _ => Self::Text(String::from_sql(ty, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(ty: &Type) -> bool {
        held(ty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_text_compare_byte_by_byte() {
        assert_eq!(
            bytewise("create table t (a text not null, b text, texts bigint, c text)"),
            "create table t (a text collate \"C\" not null, b text collate \"C\", texts bigint, c text collate \"C\")"
        );
        assert_eq!(
            bytewise("create table t (n integer primary key)"),
            "create table t (n bigint primary key)"
        );
    }
}
