//! Reading rows, whether inside an act or beside one.

use store::{Error, Look, Row, Tx, Value};

/// Whatever can answer a query: an act's transaction, or a look at what is not personal.
pub trait Rows {
    /// All rows of an answer.
    ///
    /// # Errors
    /// The store's own.
    fn rows(&self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Error>;

    /// The first row of an answer, if any.
    ///
    /// # Errors
    /// The store's own.
    fn one(&self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Error>;
}

impl Rows for Tx<'_> {
    fn rows(&self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Error> {
        Tx::rows(self, sql, values)
    }

    fn one(&self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Error> {
        Tx::one(self, sql, values)
    }
}

impl Rows for Look<'_> {
    fn rows(&self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Error> {
        Look::rows(self, sql, values)
    }

    fn one(&self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Error> {
        Look::one(self, sql, values)
    }
}
