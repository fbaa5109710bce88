//! The rules, one file each, in the order of a notice.
//!
//! A rule sees facts, never text, so it judges a literate notice and an old one alike.

mod absolute_promise;
mod adm_undisclosed_logic;
mod analysis_cutoff_undefined;
mod anchor_undefined;
mod anon_claim_doubtful;
mod art10_missing;
mod art9_missing;
mod audience_mismatch;
mod basis_doubtful;
mod basis_mismatch;
mod basis_missing;
mod complaint_link_old;
mod complaint_missing;
mod complaint_precondition;
mod complaint_to_controller_missing;
mod consent_bundled;
mod contact_broken;
mod controller_missing;
mod date_invalid;
mod date_missing;
mod date_stale;
mod defers_to_other_doc;
mod dpo_inconsistent;
mod dpo_missing;
mod fee_unlawful;
mod joint_controller_unclear;
mod law_name_wrong;
mod li_not_stated;
mod marketing_tension;
mod markup;
mod name_mismatch;
mod not_a_notice;
mod object_not_separate;
mod object_public_task_missing;
mod placeholder;
mod prose_rule_mismatch;
mod prose_without_rule;
mod public_task_law_missing;
mod purpose_creep;
mod readability;
mod recipient_inconsistent;
mod recipient_vague;
mod recording_retention_missing;
mod retention_contradiction;
mod retention_indefinite;
mod retention_missing;
mod retention_unparsable;
mod retention_vague;
mod right_missing;
mod right_without_object;
mod rights_overrestricted;
mod role_confusion;
mod rule_without_prose;
mod sch1_missing;
mod security_interval;
mod security_vague;
mod source_missing;
mod special_unrecognised;
mod statutory_contractual_missing;
mod table_broken;
mod term_wrong;
mod transfer_inconsistent;
mod transfer_missing;
mod transfer_outdated;
mod transfer_unsafeguarded;
mod typo;
mod undefined_acronym;
mod unsettled;
mod version_history_missing;

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
    recipient_vague::RULE,
    transfer_missing::RULE,
    transfer_inconsistent::RULE,
    transfer_unsafeguarded::RULE,
    retention_vague::RULE,
    retention_unparsable::RULE,
    date_missing::RULE,
    date_invalid::RULE,
    anon_claim_doubtful::RULE,
    absolute_promise::RULE,
    security_vague::RULE,
    security_interval::RULE,
    law_name_wrong::RULE,
    term_wrong::RULE,
    undefined_acronym::RULE,
    typo::RULE,
    table_broken::RULE,
    markup::RULE,
    placeholder::RULE,
    not_a_notice::RULE,
    defers_to_other_doc::RULE,
    version_history_missing::RULE,
    readability::RULE,
    role_confusion::RULE,
    dpo_missing::RULE,
    contact_broken::RULE,
    basis_mismatch::RULE,
    basis_doubtful::RULE,
    art10_missing::RULE,
    sch1_missing::RULE,
    special_unrecognised::RULE,
    purpose_creep::RULE,
    right_missing::RULE,
    right_without_object::RULE,
    rights_overrestricted::RULE,
    object_not_separate::RULE,
    complaint_link_old::RULE,
    complaint_precondition::RULE,
    fee_unlawful::RULE,
    statutory_contractual_missing::RULE,
    source_missing::RULE,
    adm_undisclosed_logic::RULE,
    consent_bundled::RULE,
    marketing_tension::RULE,
    prose_without_rule::RULE,
    rule_without_prose::RULE,
    prose_rule_mismatch::RULE,
    unsettled::RULE,
];

/// The rule of this name.
pub(crate) fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.code == code)
}

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
            fix: None,
        }
    }

    /// A finding that weighs less, or more, than most of this rule.
    pub(crate) fn weighing(
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
