//! A house of which something is away is refused in a sentence, and nothing is begun in its place.

use super::abide;
use super::house::house;
use std::path::Path;

#[test]
fn what_is_missing_is_said_and_nothing_is_lost_by_asking() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let data = Path::new(&house).join("data");
    let aside = folder.path().join("aside");
    let asked = |words: &str| {
        for args in [&["verify"][..], &["keys"], &["sweep"], &["promises"]] {
            abide(&[args, &["--house", &house]].concat()).misused(words);
        }
        abide(&["serve", &house, "--port", "0"]).misused(words);
    };
    std::fs::rename(&data, &aside).unwrap();
    asked("there are no data in");
    assert!(!data.exists());
    std::fs::rename(&aside, &data).unwrap();
    for name in ["data.db", "keys.db"] {
        let (file, away) = (data.join(name), folder.path().join(name));
        std::fs::rename(&file, &away).unwrap();
        asked(&format!("`{name}` is missing"));
        assert!(!file.exists());
        std::fs::rename(&away, &file).unwrap();
    }
    assert_eq!(abide(&["verify", "--house", &house]).code, 0);
}
