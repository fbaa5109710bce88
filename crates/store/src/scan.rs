//! A large answer is read row by row without taking it apart: columns are lent, by their place in the statement.

use crate::Error;

/// One row that is looked at and not kept.
pub struct Columns<'r>(pub(crate) Lent<'r>);

/// The engine's own row.
pub(crate) enum Lent<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl std::fmt::Debug for Columns<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a row")
    }
}

impl Columns<'_> {
    /// Text.
    ///
    /// # Errors
    /// [`Error::Shape`] when the column is another kind of value or nothing, as below.
    pub fn text(&self, place: usize) -> Result<&str, Error> {
        let found = match &self.0 {
            Lent::Sqlite(row) => row
                .get_ref(place)
                .ok()
                .and_then(|value| value.as_str().ok()),
            Lent::Postgres(row) => row.try_get(place).ok(),
        };
        found.ok_or_else(|| shape(place, "text"))
    }

    /// Bytes.
    ///
    /// # Errors
    /// [`Error::Shape`].
    pub fn bytes(&self, place: usize) -> Result<&[u8], Error> {
        let found = match &self.0 {
            Lent::Sqlite(row) => row
                .get_ref(place)
                .ok()
                .and_then(|value| value.as_blob().ok()),
            Lent::Postgres(row) => row.try_get(place).ok(),
        };
        found.ok_or_else(|| shape(place, "bytes"))
    }

    /// Text, or nothing.
    ///
    /// # Errors
    /// [`Error::Shape`] when the column is another kind of value, as below.
    pub fn maybe_text(&self, place: usize) -> Result<Option<&str>, Error> {
        let found = match &self.0 {
            Lent::Sqlite(row) => row
                .get_ref(place)
                .ok()
                .and_then(|value| value.as_str_or_null().ok()),
            Lent::Postgres(row) => row.try_get(place).ok(),
        };
        found.ok_or_else(|| shape(place, "text"))
    }

    /// Bytes, or nothing.
    ///
    /// # Errors
    /// [`Error::Shape`].
    pub fn maybe_bytes(&self, place: usize) -> Result<Option<&[u8]>, Error> {
        let found = match &self.0 {
            Lent::Sqlite(row) => row
                .get_ref(place)
                .ok()
                .and_then(|value| value.as_blob_or_null().ok()),
            Lent::Postgres(row) => row.try_get(place).ok(),
        };
        found.ok_or_else(|| shape(place, "bytes"))
    }

    /// A whole number.
    ///
    /// # Errors
    /// [`Error::Shape`] when the column is another kind of value or nothing.
    pub fn int(&self, place: usize) -> Result<i64, Error> {
        self.maybe_int(place)?
            .ok_or_else(|| shape(place, "a number"))
    }

    /// A whole number, or nothing.
    ///
    /// # Errors
    /// [`Error::Shape`].
    pub fn maybe_int(&self, place: usize) -> Result<Option<i64>, Error> {
        let found = match &self.0 {
            Lent::Sqlite(row) => row
                .get_ref(place)
                .ok()
                .and_then(|value| value.as_i64_or_null().ok()),
            Lent::Postgres(row) => row.try_get(place).ok(),
        };
        found.ok_or_else(|| shape(place, "a number"))
    }
}

fn shape(place: usize, wanted: &'static str) -> Error {
    Error::Shape {
        column: place.to_string(),
        wanted,
    }
}
