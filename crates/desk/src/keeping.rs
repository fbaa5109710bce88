//! §6: how long, and what then: milestones, the clock, the sweep, erasure.

pub mod certificate;
pub mod clock;
pub mod erasure;
pub mod hold;
mod life;
pub mod milestones;
pub mod minimise;
pub mod raise;
pub mod sweep;

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_prepares() {
        store::columns::prepare_all(&[
            super::clock::STATEMENTS,
            super::erasure::STATEMENTS,
            super::hold::STATEMENTS,
            super::life::STATEMENTS,
            super::milestones::STATEMENTS,
            super::minimise::STATEMENTS,
            super::raise::STATEMENTS,
            super::sweep::STATEMENTS,
        ])
        .unwrap();
    }
}
