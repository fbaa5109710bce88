//! A server whose disk is full says so on the page, does nothing by halves, and goes on when there is room.

use super::house::{Served, house};
use super::{abide, project};
use desk::{Desk, Role, Visit, changes};
use jiff::Timestamp;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use store::{Filter, Options};
use vault::{RootKey, Vault};

const NOTICE: &str = "care-leavers-stakeholders";

/// A small disk of its own, taken away at the end.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !mounted {
            println!("skipped: a disk of its own (only root may mount one)");
        }
        mounted.then_some(Self(folder))
    }

    /// Leaves so many bytes of room.
    fn leave(&self, bytes: usize) {
        let filler = self.0.path().join("filler");
        let _ = std::fs::remove_file(&filler);
        let done = Command::new("df")
            .args(["--output=avail", "-B1"])
            .arg(self.0.path())
            .output()
            .unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        let free: usize = said.lines().nth(1).unwrap().trim().parse().unwrap();
        std::fs::write(&filler, vec![0; free.saturating_sub(bytes)]).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

fn open(house: &str) -> Desk {
    let house = Path::new(house);
    let root = RootKey::read(&std::fs::read(house.join("root.key")).unwrap()).unwrap();
    let options = Options::new(Arc::new(vault::seal::System));
    let vault = Vault::open(&house.join("data"), &root, options, Timestamp::now());
    Desk::open(vault.unwrap()).unwrap()
}

/// Asks the server one thing; its status and what it said.
fn ask(at: &str, head: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(at).unwrap();
    let length = body.len();
    write!(
        stream,
        "{head} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    let status = said.split(' ').nth(1).unwrap().parse().unwrap();
    (status, said)
}

#[test]
fn a_full_disk_under_a_server_is_said_on_the_page_and_costs_nobody_anything() {
    let Some(disk) = Disk::new("40m") else { return };
    let house = house(disk.0.path());
    let text = std::fs::read_to_string(project(&format!("notices/{NOTICE}.notice.md"))).unwrap();
    let desk = open(&house);
    let dpo = Visit::staff(Timestamp::now(), "stf_dpo", Role::Dpo);
    changes::publish(&desk, &dpo, &text).unwrap();
    drop(desk);
    let served = Served::start(&["serve", &house, "--port", "0"]);
    let at = served.1.split("http://").nth(1).unwrap();
    let at = at.split(['/', ' ', '\n']).next().unwrap().to_owned();
    let form = format!("POST /notices/{NOTICE}/sign-up");
    let sign_up = |nth: usize| {
        let words = "word+".repeat(600);
        let body = format!("name=Person+{nth}&email=person-{nth}%40example.org&job-title={words}");
        ask(&at, &form, &body)
    };
    let (mut done, mut refused) = (0, 0);
    for round in 0..3 {
        disk.leave(300 << 10);
        let before = refused;
        for nth in 0..600 {
            let (status, said) = sign_up(round * 1000 + nth);
            match status {
                200 if said.contains("You have signed up") => done += 1,
                507 => {
                    assert!(said.contains("There is no room just now"), "{said}");
                    assert!(said.contains("nothing of this was done"), "{said}");
                    assert!(!said.contains("example.org"), "{said}");
                    refused += 1;
                }
                _ => panic!("{status} {said}"),
            }
            if refused - before == 3 {
                break;
            }
        }
        assert_eq!(refused - before, 3, "the disk was never full");
        // What leaves no trace is read on; what must leave one has the same sentence.
        for page in ["/", "/healthz", &format!("/notices/{NOTICE}")] {
            let (status, said) = ask(&at, &format!("GET {page}"), "");
            assert_eq!(status, 200, "{page}: {said}");
        }
        disk.leave(3 << 20);
        assert_eq!(sign_up(round * 1000 + 999).0, 200, "there is room again");
        done += 1;
    }
    drop(served);
    std::fs::remove_file(disk.0.path().join("filler")).unwrap();
    let verified = abide(&["verify", "--house", &house, "--json"]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    assert_eq!(verified.json()["people"], done);
    let desk = open(&house);
    let filter = Filter {
        verb: "collect".into(),
        outcome: "done".into(),
        ..Filter::default()
    };
    let collected = desk.vault().store().entries(&filter).unwrap();
    assert_eq!(collected.len(), done);
    println!("{done} signed up on a disk that was full three times, {refused} were told so");
}
