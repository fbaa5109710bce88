//! The rules, one file each, in the order of a notice.
//!
//! A rule sees facts, never text, so it judges a literate notice and an old one alike.

mod analysis_cutoff_undefined;
mod anchor_undefined;
mod art9_missing;
mod audience_mismatch;
mod basis_missing;
mod complaint_missing;
mod complaint_to_controller_missing;
mod controller_missing;
mod date_stale;
mod dpo_inconsistent;
mod joint_controller_unclear;
mod li_not_stated;
mod name_mismatch;
mod object_public_task_missing;
mod prose_rule_mismatch;
mod prose_without_rule;
mod public_task_law_missing;
mod recipient_inconsistent;
mod recording_retention_missing;
mod retention_contradiction;
mod retention_indefinite;
mod retention_missing;
mod rule_without_prose;
mod transfer_outdated;

use jiff::civil::Date;

use crate::facts::Facts;
use crate::finding::{Finding, Place, Severity};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, after what is wrong: `basis-missing`.
    pub code: &'static str,
    /// What most of its findings weigh; one of them may weigh less.
    pub severity: Severity,
    /// Where the law says so.
    pub law: &'static [&'static str],
    /// The first day the rule is law; none: as long as there is UK GDPR.
    pub from: Option<Date>,
    /// The last day it is law; none: no end is known.
    pub until: Option<Date>,
    /// Its page, Markdown.
    pub doc: &'static str,
    judge: fn(&Facts, &mut Vec<Finding>),
}

/// Every rule.
pub const RULES: &[Rule] = &[
    name_mismatch::RULE,
    audience_mismatch::RULE,
    controller_missing::RULE,
    joint_controller_unclear::RULE,
    dpo_inconsistent::RULE,
    art9_missing::RULE,
    basis_missing::RULE,
    li_not_stated::RULE,
    public_task_law_missing::RULE,
    recipient_inconsistent::RULE,
    transfer_outdated::RULE,
    retention_missing::RULE,
    retention_contradiction::RULE,
    retention_indefinite::RULE,
    recording_retention_missing::RULE,
    anchor_undefined::RULE,
    analysis_cutoff_undefined::RULE,
    date_stale::RULE,
    object_public_task_missing::RULE,
    complaint_missing::RULE,
    complaint_to_controller_missing::RULE,
    prose_without_rule::RULE,
    rule_without_prose::RULE,
    prose_rule_mismatch::RULE,
];

impl Rule {
    /// Whether the rule is law on a day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|f| f <= day) && self.until.is_none_or(|u| day <= u)
    }

    /// Judges the facts.
    pub fn run(&self, facts: &Facts, found: &mut Vec<Finding>) {
        (self.judge)(facts, found);
    }

    /// A finding of this rule.
    fn finding(
        &self,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        Finding {
            code: self.code,
            severity: self.severity,
            message: message.into(),
            help: help.into(),
            span: place.span,
            section: place.section.clone(),
            law: self.law.iter().map(|l| (*l).to_owned()).collect(),
        }
    }

    /// A finding that weighs less, or more, than most of this rule.
    fn weighing(
        &self,
        severity: Severity,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        Finding {
            severity,
            ..self.finding(place, message, help)
        }
    }
}
