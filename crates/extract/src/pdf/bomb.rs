//! A PDF that would unpack to far more than a notice holds is known before anything is unpacked whole.

use crate::Unreadable;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// All streams of a notice together, pictures among them: 512 MiB.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Unpacks each stream into nothing and counts.
pub(crate) fn look(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut left = LARGEST;
    let mut rest = bytes;
    let mut buffer = vec![0; 64 * 1024];
    while let Some(at) = find(rest, b"stream") {
        let before = rest.get(..at).unwrap_or_default();
        rest = rest.get(at + 6..).unwrap_or_default();
        if before.ends_with(b"end") {
            continue;
        }
        if packed_twice(before) {
            return Err(too_much());
        }
        let body = rest
            .strip_prefix(b"\r\n")
            .or(rest.strip_prefix(b"\n"))
            .unwrap_or(rest);
        // 0x78: what every zlib stream in the world begins with.
        if body.first() != Some(&0x78) {
            continue;
        }
        let mut unpacked = ZlibDecoder::new(body);
        loop {
            match unpacked.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(n) => match left.checked_sub(n as u64) {
                    Some(now) => left = now,
                    None => return Err(too_much()),
                },
            }
        }
        let used = usize::try_from(unpacked.total_in()).unwrap_or(0);
        rest = body.get(used..).unwrap_or(rest);
    }
    Ok(())
}

/// Whether the dictionary before a stream packs it more than once: nobody does who means well.
fn packed_twice(before: &[u8]) -> bool {
    let dictionary = before
        .get(before.len().saturating_sub(300)..)
        .unwrap_or_default();
    let from = dictionary
        .windows(3)
        .rposition(|w| w == b"obj")
        .unwrap_or(0);
    let dictionary = dictionary.get(from..).unwrap_or_default();
    let count = |name: &[u8]| {
        dictionary
            .windows(name.len())
            .filter(|w| *w == name)
            .count()
    };
    count(b"FlateDecode") + count(b"/Fl ") + count(b"LZWDecode") > 1
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|w| w == wanted)
}

fn too_much() -> Unreadable {
    Unreadable::new(
        "unpacks to far more than a notice holds",
        "open it in a viewer and print it to PDF again",
    )
}
