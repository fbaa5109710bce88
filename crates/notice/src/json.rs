//! The model as JSON, with nothing lost: what was written comes back as the same notice.
//!
//! Its JSON Schema (2020-12) is made from the tables in `json/shapes.rs` and published as
//! `docs/notice.schema.json`.

mod shapes;

use crate::model::Notice;
use serde_json::{Map, Value, json};

/// Why JSON is not a notice.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// It is not JSON, or not of the published shape.
    #[error(
        "this is not a notice in JSON (line {line}, column {column}); see docs/notice.schema.json"
    )]
    Shape {
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
    },
    /// A notice that cannot be written; it would be our fault.
    #[error("this notice cannot be written as JSON; please report it")]
    Write,
}

/// The notice as indented JSON with a line end behind it.
///
/// # Errors
/// [`JsonError::Write`] if the model holds what JSON cannot; no notice read from text does.
pub fn write(notice: &Notice) -> Result<String, JsonError> {
    let mut out = serde_json::to_string_pretty(notice).map_err(|_| JsonError::Write)?;
    out.push('\n');
    Ok(out)
}

/// The notice that [`write()`] wrote.
///
/// # Errors
/// [`JsonError::Shape`] where the text is not JSON or not of the published shape.
pub fn read(text: &str) -> Result<Notice, JsonError> {
    serde_json::from_str(text).map_err(|e| JsonError::Shape {
        line: e.line(),
        column: e.column(),
    })
}

/// The JSON Schema of what [`write()`] writes.
#[must_use]
pub fn schema() -> Value {
    let mut defs = Map::new();
    for (name, fields) in shapes::PARTS {
        defs.insert((*name).to_owned(), object(fields, None));
    }
    for (name, words) in shapes::choices() {
        defs.insert(name.to_owned(), json!({ "enum": words }));
    }
    let mut verbs = Vec::new();
    for (verb, fields) in shapes::SENTENCES {
        defs.insert(format!("verb:{verb}"), object(fields, Some(("verb", verb))));
        verbs.push(json!({ "$ref": format!("#/$defs/verb:{verb}") }));
    }
    defs.insert("Sentence".to_owned(), json!({ "oneOf": verbs }));
    let blocks: Vec<Value> = shapes::BLOCKS
        .iter()
        .map(|(is, fields)| object(fields, Some(("is", is))))
        .collect();
    defs.insert("Block".to_owned(), json!({ "oneOf": blocks }));
    let mut schema = object(shapes::NOTICE, None);
    if let Some(top) = schema.as_object_mut() {
        top.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        top.insert(
            "title".to_owned(),
            json!("A notice, as `abide compile --as json` writes it"),
        );
        top.insert("$defs".to_owned(), Value::Object(defs));
    }
    schema
}

/// An object that has exactly `fields`, and perhaps a tag.
fn object(fields: &[(&str, &str)], tag: Option<(&str, &str)>) -> Value {
    let mut properties = Map::new();
    if let Some((key, word)) = tag {
        properties.insert(key.to_owned(), json!({ "const": word }));
    }
    for (field, shape) in fields {
        properties.insert((*field).to_owned(), value(shape));
    }
    let required: Vec<String> = properties.keys().cloned().collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// `text`, `number`, `flag`, `date`, or the name of a definition; `[…]` for a list, `?` where null may stand.
fn value(shape: &str) -> Value {
    if let Some(inner) = shape.strip_suffix('?') {
        return json!({ "anyOf": [value(inner), { "type": "null" }] });
    }
    if let Some(inner) = shape.strip_prefix('[').and_then(|s| s.strip_suffix(']')) {
        return json!({ "type": "array", "items": value(inner) });
    }
    match shape {
        "text" => json!({ "type": "string" }),
        "number" => json!({ "type": "integer", "minimum": 0 }),
        "flag" => json!({ "type": "boolean" }),
        "date" => json!({ "type": "string", "format": "date" }),
        name => json!({ "$ref": format!("#/$defs/{name}") }),
    }
}
