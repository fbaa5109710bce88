//! Writing one policy as Cedar text, so that what decides is what anybody can read.

use notice::model::Rule;
use std::fmt::Write;

/// A policy being written.
pub(crate) struct Draft<'a> {
    /// The rule it comes from.
    pub(crate) rule: &'a Rule,
    /// `permit` or `forbid`.
    pub(crate) effect: &'static str,
    /// The actions it speaks of.
    pub(crate) acts: Vec<&'static str>,
    /// What must all hold.
    pub(crate) when: Vec<String>,
    /// What, if it holds, takes it back.
    pub(crate) unless: Vec<String>,
    /// For `forbid`: why, as a sentence.
    pub(crate) why: String,
    /// For `forbid`: what would make it allowed.
    pub(crate) help: String,
}

impl<'a> Draft<'a> {
    pub(crate) fn permit(rule: &'a Rule, acts: &[&'static str]) -> Draft<'a> {
        Draft {
            rule,
            effect: "permit",
            acts: acts.to_vec(),
            when: Vec::new(),
            unless: Vec::new(),
            why: String::new(),
            help: String::new(),
        }
    }

    pub(crate) fn forbid(
        rule: &'a Rule,
        acts: &[&'static str],
        why: &str,
        help: &str,
    ) -> Draft<'a> {
        Draft {
            effect: "forbid",
            why: why.to_owned(),
            help: help.to_owned(),
            ..Draft::permit(rule, acts)
        }
    }

    pub(crate) fn when(mut self, condition: impl Into<String>) -> Draft<'a> {
        self.when.push(condition.into());
        self
    }

    pub(crate) fn unless(mut self, condition: impl Into<String>) -> Draft<'a> {
        self.unless.push(condition.into());
        self
    }

    /// The policy as text; `n` tells policies of one clause apart.
    pub(crate) fn text(&self, n: usize) -> String {
        let mut out = String::new();
        let id = if n == 0 {
            self.rule.id.0.clone()
        } else {
            format!("{}~{n}", self.rule.id)
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "@id({})\n@clause({})",
            quote(&id),
            quote(&self.rule.id.0)
        );
        let _ = writeln!(out, "@text({})", quote(&self.rule.text));
        if !self.why.is_empty() {
            let _ = writeln!(out, "@why({})", quote(&self.why));
        }
        if !self.help.is_empty() {
            let _ = writeln!(out, "@help({})", quote(&self.help));
        }
        let acts: Vec<String> = self
            .acts
            .iter()
            .map(|a| format!("Action::{}", quote(a)))
            .collect();
        let acts = match acts.as_slice() {
            [one] => format!("action == {one}"),
            many => format!("action in [{}]", many.join(", ")),
        };
        let _ = write!(out, "{} (principal, {acts}, resource)", self.effect);
        for condition in &self.when {
            let _ = write!(out, "\nwhen {{ {condition} }}");
        }
        for condition in &self.unless {
            let _ = write!(out, "\nunless {{ {condition} }}");
        }
        out.push_str(";\n");
        out
    }
}

/// A Cedar string literal.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `["a", "b"].contains(attribute)`, or equality with the only one.
pub(crate) fn one_of<'b>(attribute: &str, names: impl IntoIterator<Item = &'b str>) -> String {
    let names: Vec<String> = names.into_iter().map(quote).collect();
    match names.as_slice() {
        [] => "false".to_owned(),
        [one] => format!("{attribute} == {one}"),
        many => format!("[{}].contains({attribute})", many.join(", ")),
    }
}

/// `context.states.contains("restricted")`
pub(crate) fn state(word: &str) -> String {
    format!("context.states.contains({})", quote(word))
}

/// `context.events.contains("project.end")`
pub(crate) fn happened(event: &str) -> String {
    format!("context.events.contains({})", quote(event))
}
