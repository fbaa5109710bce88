//! §5: only the recipients the notice names, each reviewed first, each given no more than its task needs.

pub mod disclosure;
pub(crate) mod job;
pub mod recipients;
pub mod share;
pub mod succession;
pub mod transcript;
pub mod vendor;

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_prepares() {
        store::columns::prepare_all(&[
            super::job::STATEMENTS,
            super::recipients::STATEMENTS,
            super::share::STATEMENTS,
            super::succession::STATEMENTS,
            super::transcript::STATEMENTS,
            super::vendor::STATEMENTS,
        ])
        .unwrap();
    }
}
