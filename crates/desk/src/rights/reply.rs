//! Every answer says what was decided and why, and every no names the regulator and the way to complain to us.
//!
//! UK GDPR Article 12(4); from 19 June 2026 also DPA 2018 section 164A.

use crate::Published;
use jiff::civil::Date;
use law::Right;
use law::clock::rule::S_164A;
use law::regulator::{is_named, regulator};
use notice::model::Notice;

/// The reply to a person who used a right.
#[must_use]
pub fn decided(
    published: &Published,
    on: Date,
    right: Right,
    granted: bool,
    because: &str,
    what_follows: &str,
) -> String {
    let outcome = if granted {
        "We have done what you asked."
    } else {
        "We have not done what you asked."
    };
    let mut said = opening(published, &format!("You asked us {}.", plain(right)));
    said.push_str(&format!(
        "{outcome} {what_follows}\n\nOur reason: {}.\n\n",
        because.trim().trim_end_matches('.')
    ));
    said.push_str(&road(&published.notice, on));
    said
}

/// The letter that goes out before a restriction is lifted.
#[must_use]
pub fn lifted(published: &Published, on: Date, because: &str) -> String {
    let mut said = opening(
        published,
        "You asked us to keep your data and not to use it.",
    );
    said.push_str(&format!(
        "We are about to use it again, as the notice says.\n\nOur reason: {}.\n\n",
        because.trim().trim_end_matches('.')
    ));
    said.push_str(&road(&published.notice, on));
    said
}

/// First lines of any letter.
#[must_use]
pub(crate) fn opening(published: &Published, first: &str) -> String {
    format!(
        "About your data in {} ({})\n\n{first}\n\n",
        published.notice.project, published.notice.reference
    )
}

/// How to complain: to us, and to the regulator, as the notice says it; where it is silent, as the law has it.
#[must_use]
pub fn road(notice: &Notice, on: Date) -> String {
    let mut said = String::from("If you are not content with this, you can complain.\n");
    let us = notice
        .complaints()
        .find(|(_, c)| c.to == "us")
        .map(|(_, c)| c);
    if on >= S_164A || us.is_some() {
        let address = us.and_then(|c| c.email.clone()).or_else(|| {
            notice
                .contacts()
                .find_map(|(_, c)| c.addresses.first().cloned())
        });
        said.push_str("\nTo us");
        if let Some(address) = address {
            said.push_str(&format!(": {address}"));
        }
        said.push_str(". We confirm within 30 days that we have your complaint, look into it, and tell you what comes of it.\n");
    }
    let law = regulator(on);
    let rule = notice
        .complaints()
        .find(|(_, c)| is_named(&c.to))
        .map(|(_, c)| c);
    let address = rule
        .and_then(|c| c.address.as_deref())
        .unwrap_or(law.address);
    let phone = rule.and_then(|c| c.phone.as_deref()).unwrap_or(law.phone);
    let web = rule.and_then(|c| c.web.as_deref()).unwrap_or(law.url);
    said.push_str(&format!("\nTo the regulator, at any time, whether or not you ask us first: {}, {address}; telephone {phone}; {web}.\n", law.name));
    said.push_str("\nYou can also go to a court.\n");
    said
}

/// A right as a letter says it: `to erase your data`.
#[must_use]
pub fn plain(right: Right) -> &'static str {
    match right {
        Right::Access => "for a copy of your data",
        Right::Rectify => "to put your data right",
        Right::Erase => "to erase your data",
        Right::Restrict => "to keep your data and not to use it",
        Right::Portability => "for your data in a form that a computer can read",
        Right::Object => "to stop using your data",
        Right::ObjectMarketing => "never to send you marketing",
        Right::WithdrawConsent => "to take your consent back",
        Right::HumanReview => "to let a person look at a decision",
        Right::Withdraw => "to let you leave the study",
        Right::OptOut => "to take you off our list",
    }
}
