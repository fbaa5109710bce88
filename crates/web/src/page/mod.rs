//! Every page a person may meet, each a view struct of plain data with one template.
//!
//! | module | pages |
//! |---|---|
//! | [`shape`] | shapes many pages share: a form, a list, a question to confirm, a thing done, an error |
//! | [`notice`] | the notice as published, its promises, one clause, a change of version |
//! | [`person`] | what people outside see: sign-up, their data, the vendor's desk, the front page |
//! | [`project`] | staff: home, one project |
//! | [`certificate`] | the certificate of an erasure |
//! | [`people`], [`group`] | staff: one person, one interview, one group |
//! | [`survey`] | staff: a survey while it is built |
//! | [`work`] | staff: request, mail, complaint, recipient, sweep |
//! | [`proof`] | staff: release check, evidence log, the demo's clock |

pub mod certificate;
pub mod checked;
pub mod form;
pub mod group;
pub mod layout;
pub mod notice;
pub mod parts;
pub mod people;
pub mod person;
pub mod project;
pub mod proof;
pub mod shape;
pub mod survey;
pub mod table;
pub mod work;

#[cfg(test)]
#[expect(
    clippy::string_slice,
    reason = "tests cut our own markup where they found a mark"
)]
pub(crate) mod audit;
#[cfg(test)]
mod sample;
#[cfg(test)]
#[expect(
    clippy::string_slice,
    reason = "tests cut our own markup where they found a mark"
)]
mod tests;
