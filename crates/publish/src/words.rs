//! What the machine keeps, anybody can read: each rule sentence said again in plain English.
//!
//! Used beside evidence, in the answers of `ask`, and wherever a rule is published without prose of its own. The words
//! are British English whatever the language of the notice; its prose is never replaced by them.

use notice::model::{Notice, Rule, Sentence};

mod around;
mod leads;
pub mod phrase;
mod promise;

pub(crate) use around::act;

/// What people call a group of data: as the notice itself does in its list, `Your words`; else by the group's own name.
#[must_use]
pub fn group_name(notice: &Notice, name: &str) -> String {
    leads::lead(notice, name).unwrap_or_else(|| phrase::capital(&phrase::plain(name)))
}

/// A rule as one or a few plain sentences: `keep recording until transcript.approved` is
/// “We keep the recording until the transcript has been approved.”
///
/// The same rule in the same notice always gives the same words. `rule` need not stand in `notice`, which lends
/// the full names of parties, groups and purposes.
#[must_use]
pub fn sentence(notice: &Notice, rule: &Rule) -> String {
    say(notice, &rule.says)
}

/// The meaning of a rule in plain sentences, see [`sentence`].
#[must_use]
pub fn say(n: &Notice, says: &Sentence) -> String {
    match says {
        Sentence::Notice => around::this_notice(n),
        Sentence::Project => around::project(n),
        Sentence::Event(it) => promise::milestone(it),
        Sentence::Audience(it) => around::audience(it),
        Sentence::Controller(it) => around::controller(it),
        Sentence::Partner(it) => around::partner(it),
        Sentence::Contact(it) => around::contact(it),
        Sentence::Complaint(it) => around::complaint(it),
        Sentence::Data(it) => promise::group(it),
        Sentence::Collect(it) => promise::collect(n, it),
        Sentence::Receive(it) => promise::receive(n, it),
        Sentence::Purpose(it) => promise::purpose(n, it),
        Sentence::Never(it) => promise::never(n, it),
        Sentence::Share(it) => promise::share(n, it),
        Sentence::Transfer(it) => promise::transfer(it),
        Sentence::Disclose(it) => promise::disclose(n, it),
        Sentence::Keep(it) => promise::keep(n, it),
        Sentence::EraseLimit(it) => promise::erase_limit(n, it),
        Sentence::Right(it) => around::right(n, it),
        Sentence::Version(it) => around::version(n, it),
        Sentence::Channel(it) => around::channel(it),
        Sentence::Consent(it) => around::consent(it),
        Sentence::Permission(it) => around::permission(it),
        Sentence::Survey(it) => around::survey(it),
        Sentence::Invite(it) => around::invite(it),
        Sentence::Release(it) => promise::release(it),
        Sentence::Minimise(it) => promise::minimise(n, it),
        Sentence::Protect(it) => around::protect(it),
        Sentence::Fee(it) => around::fee(it),
        Sentence::Succession(it) => around::succession(it),
        Sentence::Change(it) => around::change(it),
    }
}
