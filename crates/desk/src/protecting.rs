//! §7: how data are looked after: who has access and until when, what was assessed and reviewed.

pub mod access;
pub mod assessments;

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_prepares() {
        store::columns::prepare_all(&[super::access::STATEMENTS, super::assessments::STATEMENTS])
            .unwrap();
    }
}
