//! What goes into a statement and what comes out of a row: text, whole numbers and bytes, nothing else.

use crate::Error;
use jiff::{Timestamp, civil::Date};
use std::sync::Arc;

/// One parameter or one column. Printing it never shows its content.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Text; dates are ISO text.
    Text(String),
    /// A whole number; times are microseconds since 1970, flags 0 and 1.
    Int(i64),
    /// Bytes, mostly sealed ones.
    Bytes(Vec<u8>),
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Text(text) => write!(f, "text of {} bytes", text.len()),
            Self::Int(_) => f.write_str("number"),
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}
impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}
impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Int(flag.into())
    }
}
impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}
impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}
impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Int(at.as_microsecond())
    }
}
impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Self::Text(day.to_string())
    }
}
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(maybe: Option<T>) -> Self {
        maybe.map_or(Self::Null, Into::into)
    }
}

/// One row of an answer; columns are asked for by the name the statement gives them.
#[derive(Clone, Debug)]
pub struct Row {
    pub(crate) names: Arc<[String]>,
    pub(crate) values: Vec<Value>,
}

impl Row {
    /// The column as it is.
    ///
    /// # Errors
    /// [`Error::Shape`] when the statement gives no such column, as in every getter below.
    pub fn value(&self, column: &str) -> Result<&Value, Error> {
        self.names
            .iter()
            .position(|name| name == column)
            .and_then(|index| self.values.get(index))
            .ok_or_else(|| shape(column, "anything: no such column"))
    }

    /// Text.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is another kind of value or nothing.
    pub fn text(&self, column: &str) -> Result<String, Error> {
        self.maybe_text(column)?
            .ok_or_else(|| shape(column, "text"))
    }

    /// Text, or nothing.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is another kind of value.
    pub fn maybe_text(&self, column: &str) -> Result<Option<String>, Error> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text.clone())),
            _ => Err(shape(column, "text")),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is another kind of value or nothing.
    pub fn int(&self, column: &str) -> Result<i64, Error> {
        self.maybe_int(column)?
            .ok_or_else(|| shape(column, "a number"))
    }

    /// A whole number, or nothing.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is another kind of value.
    pub fn maybe_int(&self, column: &str) -> Result<Option<i64>, Error> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Int(number) => Ok(Some(*number)),
            _ => Err(shape(column, "a number")),
        }
    }

    /// A count: a whole number that is not negative.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is anything else.
    pub fn count(&self, column: &str) -> Result<u64, Error> {
        u64::try_from(self.int(column)?).map_err(|_| shape(column, "a count"))
    }

    /// A flag: 0 or 1.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is not a number.
    pub fn flag(&self, column: &str) -> Result<bool, Error> {
        Ok(self.int(column)? != 0)
    }

    /// Bytes.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is another kind of value or nothing.
    pub fn bytes(&self, column: &str) -> Result<Vec<u8>, Error> {
        self.maybe_bytes(column)?
            .ok_or_else(|| shape(column, "bytes"))
    }

    /// Bytes, or nothing.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is another kind of value.
    pub fn maybe_bytes(&self, column: &str) -> Result<Option<Vec<u8>>, Error> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Bytes(bytes) => Ok(Some(bytes.clone())),
            _ => Err(shape(column, "bytes")),
        }
    }

    /// An instant.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is not microseconds since 1970.
    pub fn time(&self, column: &str) -> Result<Timestamp, Error> {
        self.maybe_time(column)?
            .ok_or_else(|| shape(column, "a time"))
    }

    /// An instant, or nothing.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is not microseconds since 1970.
    pub fn maybe_time(&self, column: &str) -> Result<Option<Timestamp>, Error> {
        self.maybe_int(column)?
            .map(|micros| Timestamp::from_microsecond(micros).map_err(|_| shape(column, "a time")))
            .transpose()
    }

    /// A day.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is not an ISO date.
    pub fn date(&self, column: &str) -> Result<Date, Error> {
        self.maybe_date(column)?
            .ok_or_else(|| shape(column, "a date"))
    }

    /// A day, or nothing.
    ///
    /// # Errors
    /// [`Error::Shape`] when it is not an ISO date.
    pub fn maybe_date(&self, column: &str) -> Result<Option<Date>, Error> {
        self.maybe_text(column)?
            .map(|text| text.parse().map_err(|_| shape(column, "a date")))
            .transpose()
    }
}

fn shape(column: &str, wanted: &'static str) -> Error {
    Error::Shape {
        column: column.to_owned(),
        wanted,
    }
}
