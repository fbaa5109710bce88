//! A link is a key to one thing, for a while: a person's own page, a vendor's job, a first sign-in.
//!
//! Only its hash is stored. What it opens is named by an id, so that no address says anything about anybody.

use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, Fault};
use jiff::{Timestamp, ToSpan};
use store::{Value, Verb};
use vault::door::{Token, token_hash};

store::statements! {
    MAKE = "insert into link (token, kind, about, project, made_at, expires_at, uses) values ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "select kind, about, project, expires_at, uses, used_at from link where token = $1";
    USE = "update link set used_at = $2, uses = uses - 1 where token = $1 and uses > 0";
}

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// A member of staff's first sign-in; works once.
    SignIn,
    /// A person's own page: their holding.
    Person,
    /// Coming off a contact list: their holding.
    OptOut,
    /// A vendor's job.
    Job,
    /// A survey.
    Survey,
    /// The certificates of somebody who was erased: their holding. Nothing personal is behind it.
    Certificate,
    /// Speaking for somebody: the id of the authority to do so.
    Acting,
    /// Answers that were begun and not sent: their paper.
    Draft,
    /// A package for a recipient.
    Pack,
    /// Coming off a list from within a mail program: the message it stood in.
    Unsubscribe,
}

impl Opens {
    const ALL: [Opens; 10] = [
        Opens::SignIn,
        Opens::Person,
        Opens::OptOut,
        Opens::Job,
        Opens::Survey,
        Opens::Certificate,
        Opens::Acting,
        Opens::Draft,
        Opens::Pack,
        Opens::Unsubscribe,
    ];

    fn word(self) -> &'static str {
        match self {
            Opens::SignIn => "sign-in",
            Opens::Person => "person",
            Opens::OptOut => "opt-out",
            Opens::Job => "job",
            Opens::Survey => "survey",
            Opens::Certificate => "certificate",
            Opens::Acting => "acting",
            Opens::Draft => "draft",
            Opens::Pack => "pack",
            Opens::Unsubscribe => "unsubscribe",
        }
    }

    /// How long it works, in days, and how often.
    fn life(self) -> (i64, i64) {
        match self {
            Opens::SignIn => (1, 1),
            Opens::Draft => (14, 1_000),
            Opens::Job | Opens::Pack => (90, 1_000),
            Opens::Acting => (365, 1_000_000),
            // A person's own page outlives the data: once they are erased it shows the certificate, and nothing personal.
            Opens::Person | Opens::Certificate => (10 * 365, 1_000_000),
            Opens::OptOut | Opens::Survey | Opens::Unsubscribe => (3 * 365, 1_000_000),
        }
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Led {
    /// What it opens.
    pub opens: Opens,
    /// The id of the thing: a holding, a job, a member of staff.
    pub about: String,
}

/// Makes a link inside of an act and returns what stands in its address.
///
/// # Errors
/// A fault of ours.
pub fn make(
    tx: &mut vault::Tx<'_, '_>,
    opens: Opens,
    about: &str,
    project: Option<&str>,
) -> Outcome<String> {
    let token = Token::fresh()?;
    // What somebody may have to type from a letter is shorter: five groups of four. A certificate has nothing personal in it, and
    // 80 bits; what opens a person's own page has 100, in digits and letters that nobody mistakes for each other.
    let text = match opens {
        Opens::Certificate => grouped(token.text().chars()),
        Opens::Person | Opens::OptOut | Opens::Acting | Opens::Draft => {
            grouped(letters(token.text()))
        }
        _ => token.text().to_owned(),
    };
    let (days, uses) = opens.life();
    let made = tx.at();
    let expires = made
        .checked_add((days * 24).hours())
        .unwrap_or(Timestamp::MAX);
    tx.run(
        MAKE,
        &[
            token_hash(&plain(&text)).into(),
            opens.word().into(),
            about.into(),
            Value::from(project),
            made.into(),
            expires.into(),
            uses.into(),
        ],
    )?;
    Ok(text)
}

/// A code that opens no door: in letters that people can type, with its hash. Whatever it stands for keeps the hash alone.
pub(crate) fn code(tx: &vault::Tx<'_, '_>) -> (String, String) {
    // Two ids are 256 bits of chance, of which twenty letters take a hundred.
    let chance: String = ["", ""].map(|kind| tx.new_id(kind)).concat();
    let code = grouped(letters(&chance));
    let hash = hash(&code);
    (code, hash)
}

/// What is kept of a code, however somebody typed it.
pub(crate) fn hash(typed: &str) -> String {
    token_hash(&plain(typed))
}

/// Digits and letters without `i`, `l`, `o` and `u`.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A token's bytes, five bits of each, as letters.
fn letters(token: &str) -> impl Iterator<Item = char> + '_ {
    let digits: Vec<u32> = token.chars().filter_map(|c| c.to_digit(16)).collect();
    let pairs = (0..digits.len() / 2).filter_map(move |n| {
        let (high, low) = (digits.get(2 * n)?, digits.get(2 * n + 1)?);
        usize::try_from((high * 16 + low) % 32).ok()
    });
    pairs.filter_map(|n| LETTERS.get(n).map(|letter| char::from(*letter)))
}

/// The first twenty digits of a token, in groups of four.
fn grouped(token: impl Iterator<Item = char>) -> String {
    let mut said = String::new();
    for (n, digit) in token.take(20).enumerate() {
        if n > 0 && n % 4 == 0 {
            said.push('-');
        }
        said.push(digit);
    }
    said
}

/// A token as it was made, however somebody typed it.
fn plain(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            // None of these three is in any code.
            'o' => '0',
            'i' | 'l' => '1',
            c => c,
        })
        .collect()
}

/// Makes a link in an act of its own.
///
/// # Errors
/// A fault of ours.
pub fn give(desk: &Desk, visit: &Visit, opens: Opens, about: &str, cites: &str) -> Outcome<String> {
    let act = visit
        .act(Verb::Grant)
        .about(about)
        .detail("link", opens.word())
        .cite(cites);
    desk.act(&act, |tx| make(tx, opens, about, None))
}

/// Where a link leads today, without using it up.
///
/// # Errors
/// Refused for a link that is unknown, used up or too old.
pub fn follow(desk: &Desk, token: &str, at: Timestamp) -> Outcome<Led> {
    let hash = token_hash(&plain(token));
    let row = desk
        .vault()
        .store()
        .look(|rd| rd.one(FIND, &[hash.as_str().into()]).map_err(Fault::from))?;
    let known = row.is_some();
    let led = row.and_then(|row| {
        let live = row.time("expires_at").ok()? > at && row.int("uses").ok()? > 0;
        let kind = row.text("kind").ok()?;
        let opens = Opens::ALL.into_iter().find(|o| o.word() == kind)?;
        let about = row.text("about").ok()?;
        live.then_some(Led { opens, about })
    });
    led.ok_or_else(|| {
        Refused::new(if known {
            "this link does not work any more"
        } else {
            "we do not know this code"
        })
        .law(
            "UK GDPR Art 32(1)",
            "a key to somebody's data works for a while, and a first sign-in works once",
        )
        .help(if known {
            "ask for a new one"
        } else {
            "check it, or ask us for a new one"
        })
        .into()
    })
}

/// Uses a link up by one, inside of an act.
///
/// # Errors
/// As [`follow`], when somebody else used it a moment before.
pub fn spend(tx: &mut vault::Tx<'_, '_>, token: &str) -> Outcome<()> {
    let at = tx.at();
    if tx.run(USE, &[token_hash(&plain(token)).into(), at.into()])? == 0 {
        return Err(Refused::new("this link has been used already")
            .law("UK GDPR Art 32(1)", "a first sign-in works once")
            .help("ask for a new one")
            .into());
    }
    Ok(())
}
