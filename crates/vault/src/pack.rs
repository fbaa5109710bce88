//! Many files in one stream, whole or not at all: each is named, comes in pieces of known length, and an end says that it was the end.
//!
//! ```text
//! "abide backup 1\n"
//! for each file:  length of its name (2 bytes), its name
//!                 for each piece: length (4 bytes), bytes
//!                 0 (4 bytes)
//! 0 (2 bytes)
//! ```
//!
//! The sum of what came so far is SHA-256 over each file's name behind its length (2 bytes), its bytes, and its length (8 bytes): a file
//! at the end can sign all that stand before it.
//!
//! Lengths are unsigned, big end first. A file's whole length need not be known before, so that it can come from anywhere.

use aws_lc_rs::digest::{Context, SHA256};
use std::io::{self, Error, ErrorKind, Read, Write};

const HEAD: &[u8] = b"abide backup 1\n";
const PIECE: usize = 256 * 1024;

/// The sum of the files that came so far.
struct Sum(Context);

impl Sum {
    fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    fn name(&mut self, length: [u8; 2], name: &[u8]) {
        self.0.update(&length);
        self.0.update(name);
    }

    fn end(&mut self, whole: u64) {
        self.0.update(&whole.to_be_bytes());
    }

    fn text(&self) -> String {
        store::hex(self.0.clone().finish().as_ref())
    }
}

/// Writes the stream.
pub(crate) struct Packer<'a> {
    to: &'a mut dyn Write,
    sum: Sum,
}

impl<'a> Packer<'a> {
    pub(crate) fn begin(to: &'a mut dyn Write) -> io::Result<Self> {
        to.write_all(HEAD)?;
        let sum = Sum::new();
        Ok(Self { to, sum })
    }

    /// The sum of what was added, in hexadecimal digits.
    pub(crate) fn sum(&self) -> String {
        self.sum.text()
    }

    /// Adds a file; how many bytes it had.
    pub(crate) fn add(&mut self, name: &str, from: &mut dyn Read) -> io::Result<u64> {
        let length = u16::try_from(name.len()).map_err(|_| broken())?;
        self.to.write_all(&length.to_be_bytes())?;
        self.to.write_all(name.as_bytes())?;
        self.sum.name(length.to_be_bytes(), name.as_bytes());
        let (mut piece, mut whole) = (vec![0; PIECE], 0);
        loop {
            let count = match from.read(&mut piece) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => other?,
            };
            let length = u32::try_from(count).map_err(|_| broken())?;
            self.to.write_all(&length.to_be_bytes())?;
            if count == 0 {
                self.sum.end(whole);
                return Ok(whole);
            }
            let bytes = piece.get(..count).unwrap_or_default();
            self.to.write_all(bytes)?;
            self.sum.0.update(bytes);
            whole += count as u64;
        }
    }

    pub(crate) fn end(self) -> io::Result<()> {
        self.to.write_all(&0u16.to_be_bytes())?;
        self.to.flush()
    }
}

/// Reads the stream.
pub(crate) struct Unpacker<'a> {
    from: &'a mut dyn Read,
    /// What is left of the piece being read; none between files.
    piece: Option<u32>,
    sum: Sum,
    /// How much of the file was read, and what the sum was before it.
    read: u64,
    before: String,
}

impl<'a> Unpacker<'a> {
    pub(crate) fn begin(from: &'a mut dyn Read) -> io::Result<Self> {
        let mut head = vec![0; HEAD.len()];
        from.read_exact(&mut head)?;
        if head != HEAD {
            return Err(broken());
        }
        Ok(Self {
            from,
            piece: None,
            sum: Sum::new(),
            read: 0,
            before: String::new(),
        })
    }

    /// The sum of the files before this one.
    pub(crate) fn sum_before(&self) -> &str {
        &self.before
    }

    /// The name of the next file, whose bytes are then read from here; `None` at the end.
    pub(crate) fn next_file(&mut self) -> io::Result<Option<String>> {
        io::copy(self, &mut io::sink())?;
        let mut length = [0; 2];
        self.from.read_exact(&mut length)?;
        let length = u16::from_be_bytes(length);
        if length == 0 {
            // Read to the very end: the cipher says only there whether something was cut off.
            return match self.from.read(&mut [0])? {
                0 => Ok(None),
                _ => Err(broken()),
            };
        }
        let mut name = vec![0; usize::from(length)];
        self.from.read_exact(&mut name)?;
        self.before = self.sum.text();
        self.sum.name(length.to_be_bytes(), &name);
        self.read = 0;
        self.piece = Some(self.length()?);
        if self.piece == Some(0) {
            self.sum.end(0);
        }
        String::from_utf8(name).map(Some).map_err(|_| broken())
    }

    fn length(&mut self) -> io::Result<u32> {
        let mut length = [0; 4];
        self.from.read_exact(&mut length)?;
        Ok(u32::from_be_bytes(length))
    }
}

impl Read for Unpacker<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = match self.piece {
            None | Some(0) => {
                self.piece = None;
                return Ok(0);
            }
            Some(left) => left,
        };
        let most = out.len().min(left as usize);
        let count = self.from.read(out.get_mut(..most).unwrap_or_default())?;
        if count == 0 && most > 0 {
            return Err(Error::from(ErrorKind::UnexpectedEof));
        }
        self.sum.0.update(out.get(..count).unwrap_or_default());
        self.read += count as u64;
        let left = left.saturating_sub(u32::try_from(count).unwrap_or(u32::MAX));
        self.piece = Some(if left == 0 { self.length()? } else { left });
        if self.piece == Some(0) {
            self.sum.end(self.read);
        }
        Ok(count)
    }
}

fn broken() -> Error {
    Error::new(ErrorKind::InvalidData, "this is no backup of abide's")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_and_what_is_cut_does_not() {
        let files: [(&str, Vec<u8>); 4] = [
            ("a", vec![]),
            ("b/c", vec![7; 3]),
            ("d", (0..=255).cycle().take(PIECE * 2 + 5).collect()),
            ("e", vec![1; PIECE]),
        ];
        let mut packed = Vec::new();
        let mut packer = Packer::begin(&mut packed).unwrap();
        for (name, bytes) in &files {
            let count = packer.add(name, &mut bytes.as_slice()).unwrap();
            assert_eq!(count, bytes.len() as u64);
        }
        let sum = packer.sum();
        packer.add("signed", &mut &b"x"[..]).unwrap();
        packer.end().unwrap();
        let unpack = |bytes: &[u8]| -> io::Result<Vec<(String, Vec<u8>)>> {
            let mut from = bytes;
            let mut unpacker = Unpacker::begin(&mut from)?;
            let mut found = Vec::new();
            while let Some(name) = unpacker.next_file()? {
                let mut bytes = Vec::new();
                // One file is passed over unread.
                if name != "b/c" {
                    unpacker.read_to_end(&mut bytes)?;
                }
                if name == "signed" {
                    assert_eq!(unpacker.sum_before(), sum);
                } else {
                    found.push((name, bytes));
                }
            }
            Ok(found)
        };
        let found = unpack(&packed).unwrap();
        assert_eq!(found.len(), 4);
        assert_eq!(found[0], ("a".to_owned(), vec![]));
        assert_eq!(found[2].1, files[2].1);
        assert_eq!(found[3].1, files[3].1);
        for cut in (0..packed.len())
            .step_by(997)
            .chain(packed.len() - 40..packed.len())
        {
            assert!(unpack(&packed[..cut]).is_err(), "{cut}");
        }
        assert!(unpack(&[packed.as_slice(), b"x"].concat()).is_err());
        assert!(unpack(b"abide backup 2\n\0\0").is_err());
    }
}
