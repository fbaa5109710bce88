//! The rooms: which address leads where. One file for each, named after what people come for.

mod agreements;
mod arrive;
mod asked;
mod carried;
mod case;
mod certificate;
mod changes;
mod checker;
mod choices;
mod clause;
mod clock;
mod complain;
mod complaints;
mod contact;
mod copy;
mod deletion;
mod demo;
mod enter;
mod entrance;
mod evidence;
mod first;
#[cfg(test)]
mod from_a_recorder;
#[cfg(test)]
mod from_a_vendor;
#[cfg(test)]
mod from_outside;
mod front;
mod groups;
#[cfg(test)]
mod guess;
mod history;
mod home;
mod inbox;
mod interview;
mod listen;
mod notices;
mod people;
mod person;
mod project;
mod promises;
mod recipients;
mod recording;
mod releases;
mod requests;
mod shares;
mod signup;
mod staff;
mod stop;
mod survey;
mod surveys;
mod sweep;
mod transcripts;
#[cfg(test)]
mod unknown;
mod vendor;
mod yours;

use crate::app::App;
use axum::Router;

/// Every room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(agreements::routes())
        .merge(arrive::routes())
        .merge(listen::routes())
        .merge(asked::routes())
        .merge(certificate::routes())
        .merge(changes::routes())
        .merge(checker::routes())
        .merge(choices::routes())
        .merge(clause::routes())
        .merge(clock::routes())
        .merge(complain::routes())
        .merge(complaints::routes())
        .merge(contact::routes())
        .merge(copy::routes())
        .merge(demo::routes())
        .merge(enter::routes())
        .merge(entrance::routes())
        .merge(deletion::routes())
        .merge(evidence::routes())
        .merge(first::routes())
        .merge(front::routes())
        .merge(groups::routes())
        .merge(home::routes())
        .merge(inbox::routes())
        .merge(interview::routes())
        .merge(notices::routes())
        .merge(people::routes())
        .merge(person::routes())
        .merge(project::routes())
        .merge(promises::routes())
        .merge(recipients::routes())
        .merge(recording::routes())
        .merge(releases::routes())
        .merge(requests::routes())
        .merge(shares::routes())
        .merge(signup::routes())
        .merge(staff::routes())
        .merge(stop::routes())
        .merge(survey::routes())
        .merge(surveys::routes())
        .merge(sweep::routes())
        .merge(transcripts::routes())
        .merge(vendor::routes())
        .merge(yours::routes())
}

#[cfg(test)]
mod tests;
