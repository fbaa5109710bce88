//! The promise made executable: nothing is done with a person's data unless the notice says so.
//!
//! A sound notice compiles to Cedar policies, one or more for each rule sentence that permits something, each
//! annotated with its clause. The law stands beside them as a second set, written once by hand, of policies that
//! forbid. Whatever no clause permits is refused, and a prohibition always wins. So every answer is yes or no,
//! *because of these clauses and articles*, and only a yes carries a [`Permit`].

mod answer;
mod ask;
mod cedar;
mod compile;
mod deed;
mod duties;
mod facts;
mod nearest;
mod permit;
mod question;
mod request;
mod shape;
mod suppose;
#[cfg(test)]
mod tests;
mod words;

pub use answer::{Answer, Reason, Refusal, Until};
pub use ask::{Rulebook, UnknownState};
pub use cedar::{CompileError, GUARDRAILS, SCHEMA};
pub use deed::Deed;
pub use duties::{DutyKind, DutyOf, DutyRule, due};
pub use permit::{NotStatutory, Permit, statutory};
pub use question::{Question, SourceKind, State};
pub use words::{ROLES, role};
