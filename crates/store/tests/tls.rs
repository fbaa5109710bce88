//! A connection over a network is encrypted, and the server at its other end is the one that was named, or there is none.

use std::sync::Arc;
use store::{Error, Options, Seeded, Store, trial};

const ENCRYPTED: &str = "select ssl::text as on from pg_stat_ssl where pid = pg_backend_pid() and version like 'TLSv1.%'";

fn open(address: &str) -> Result<Store, Error> {
    let options = Options::new(Arc::new(Seeded::new(1))).hasty();
    Store::in_memory(options.database(Some(address.to_owned())))
}

#[test]
fn a_server_is_believed_by_its_certificate_alone() {
    let Some(place) = trial::encrypted() else {
        return;
    };
    let address = place.address();
    assert!(address.contains("sslmode=verify-full"), "{address}");
    for mode in ["verify-full", "verify-ca", "require"] {
        let address = address.replace("verify-full", mode);
        let row = open(&address).unwrap().ask(ENCRYPTED, &[]).unwrap();
        assert_eq!(row.unwrap().text("on").unwrap(), "true");
        // It is good for its name, and for no other.
        let elsewhere = address.replace("@localhost:", "@127.0.0.1:");
        assert_ne!(elsewhere, address);
        let Err(Error::Server(said)) = open(&elsewhere) else {
            unreachable!("another name was believed");
        };
        assert!(said.contains("certificate"), "{said}");
        // Signed by somebody whom the system does not know.
        let unknown = address.replace("sslrootcert", "application_name");
        let Err(Error::Server(said)) = open(&unknown) else {
            unreachable!("an unknown root was believed");
        };
        assert!(said.contains("certificate"), "{said}");
    }
    // On this machine itself it may be spoken to in the clear, where that is said.
    let plain = address.replace("verify-full", "disable");
    let row = open(&plain).unwrap().ask(ENCRYPTED, &[]).unwrap();
    assert!(row.is_none());
}
