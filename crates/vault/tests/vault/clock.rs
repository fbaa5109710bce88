//! A machine whose clock goes back keeps its evidence in order, and no act is refused for it.

use crate::common::*;
use store::{Filter, Verb, trial};
use vault::Vault;

#[test]
fn no_entry_is_dated_before_the_one_before_it() {
    let place = trial::place();
    let mut servers = vec![None];
    servers.extend(place.as_ref().map(|place| Some(place.address())));
    for server in servers {
        let folder = tempfile::tempdir().unwrap();
        let open = |second| {
            let options = options().database(server.clone());
            Vault::open(folder.path(), &root(), options, at(second)).unwrap()
        };
        let vault = open(0);
        let noted = |vault: &Vault, second: i64| {
            let act = act(second, Verb::Review).about(format!("rev_{second}"));
            vault.record(&act).unwrap();
            vault.store().latest()
        };
        assert_eq!(noted(&vault, 5000), at(5000));
        // A second back, as time servers do, and an hour back, as a flat battery does.
        assert_eq!(noted(&vault, 4999), at(5000));
        assert_eq!(noted(&vault, 1400), at(5000));
        let id = vault.act(&act(1400, Verb::Collect), open_ada).unwrap();
        let signed = vault.integrate(at(1400)).unwrap().unwrap();
        assert_eq!(signed.at, at(5000));
        drop(vault);
        // Opened again with the clock still behind.
        let vault = open(1500);
        assert_eq!(vault.store().latest(), at(5000));
        vault
            .act(&act(1500, Verb::Erase), |tx| {
                tx.erase_holding(&erase(&id), &id)
            })
            .unwrap();
        assert_eq!(vault.ask_again(&id).unwrap(), []);
        assert_eq!(noted(&vault, 6000), at(6000));
        let mut entries = vault.store().entries(&Filter::default()).unwrap();
        entries.reverse();
        assert!(entries.is_sorted_by_key(store::Kept::at));
        let clock = |about: &str| {
            let of = |kept: &&store::Kept| kept.entry.about.as_deref() == Some(about);
            let found = entries.iter().find(of).unwrap();
            found.entry.detail.get("clock").cloned()
        };
        assert_eq!(clock("rev_4999"), None);
        assert_eq!(clock("rev_1400"), Some(at(1400).to_string()));
        assert_eq!(clock("rev_6000"), None);
        vault.integrate(at(6000)).unwrap();
        assert!(vault.verify(None).unwrap().verifies());
    }
}
