//! Each statement is one that both engines understand.

#[test]
fn every_statement_prepares() {
    store::columns::prepare_all(&[
        crate::backup::STATEMENTS,
        crate::beside::STATEMENTS,
        crate::blob::STATEMENTS,
        crate::choice::STATEMENTS,
        crate::clear::STATEMENTS,
        crate::erase::STATEMENTS,
        crate::examine::STATEMENTS,
        crate::finish::STATEMENTS,
        crate::gather::STATEMENTS,
        crate::gone::STATEMENTS,
        crate::holding::STATEMENTS,
        crate::inspect::STATEMENTS,
        crate::letter::STATEMENTS,
        crate::paper::STATEMENTS,
        crate::people::STATEMENTS,
        crate::place::STATEMENTS,
        crate::remark::STATEMENTS,
        crate::replay::STATEMENTS,
        crate::rotate::STATEMENTS,
        crate::shred::STATEMENTS,
        crate::standing::STATEMENTS,
        crate::suppress::STATEMENTS,
        crate::outside::STATEMENTS,
        crate::upload::STATEMENTS,
        crate::whole::STATEMENTS,
    ])
    .unwrap();
}
