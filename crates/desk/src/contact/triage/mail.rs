//! Whatever shape a mail has, what the person wrote is read, and only that: not our own words quoted back, not the small print.

mod body;
mod said;

use super::words::plain;
use body::body;
use jiff::Timestamp;
use jiff::civil::Date;
use mail_parser::{Message, MessageParser, MimeHeaders};
use said::own_words;

/// The longest text listened to, in characters.
const LONGEST: usize = 100_000;

/// What a machine-written mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Machine {
    /// Out of office, or an acknowledgement (RFC 3834 `auto-replied`).
    Reply,
    /// A delivery report (RFC 3464).
    Bounce,
    /// A read receipt (RFC 8098).
    Receipt,
    /// An answer to an invitation (RFC 5546).
    Calendar,
    /// A mailing list or a bulk mail (RFC 2369).
    Bulk,
    /// Made by a program, but it may carry something: a web form, a vendor's system (RFC 3834 `auto-generated`).
    Generated,
}

impl Machine {
    /// Whether nothing in it can be meant for us: nobody wrote it.
    #[must_use]
    pub const fn says_nothing(self) -> bool {
        matches!(
            self,
            Machine::Reply | Machine::Bounce | Machine::Receipt | Machine::Calendar
        )
    }
}

/// A mail as it is listened to.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// The subject, decoded, without `Re:`.
    pub subject: String,
    /// It answers a mail of ours, so its subject may be our words.
    pub reply: bool,
    /// What the sender wrote, or passed on.
    pub words: String,
    /// What stands below the greeting: often who they are.
    pub signature: String,
    /// The address it says it is from, in small letters.
    pub from: Option<String>,
    /// The name beside it.
    pub name: String,
    /// Replies would go to another address.
    pub reply_elsewhere: bool,
    /// The day it reached the last server, or was written, in London.
    pub day: Option<Date>,
    /// What kind of machine wrote it, if one did.
    pub machine: Option<Machine>,
    /// How many files hang on it that were not read.
    pub unread_files: usize,
}

/// Reads a mail. Never fails: bytes that are no mail are words.
#[must_use]
pub fn read(raw: &[u8], ours: &[String]) -> Letter {
    let Some(message) = MessageParser::default()
        .parse(raw)
        .filter(|m| !m.headers().is_empty())
    else {
        return Letter {
            words: clip(&String::from_utf8_lossy(raw)),
            ..Letter::default()
        };
    };
    let full_subject = message.subject().unwrap_or_default();
    let (subject, prefixed) = bare_subject(full_subject);
    let threaded =
        message.header_raw("In-Reply-To").is_some() || message.header_raw("References").is_some();
    let (text, unread_files) = body(&message);
    let said = own_words(&text, ours);
    let from = message.from().and_then(|a| a.first());
    let address = from.and_then(|a| a.address.as_deref()).map(plain);
    let other = message
        .reply_to()
        .and_then(|a| a.first())
        .and_then(|a| a.address.as_deref())
        .map(plain);
    Letter {
        reply: prefixed && (threaded || said.cut || said.words.split_whitespace().count() > 3),
        words: said.words,
        signature: said.signature,
        name: from
            .and_then(|a| a.name.as_deref())
            .unwrap_or_default()
            .to_owned(),
        reply_elsewhere: other.is_some_and(|o| address.as_ref() != Some(&o)),
        day: day(&message),
        machine: machine(&message, full_subject, address.as_deref()),
        from: address,
        subject,
        unread_files,
    }
}

fn clip(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// The subject without `Re:` and `Fwd:`, and whether it had a `Re:`.
fn bare_subject(subject: &str) -> (String, bool) {
    let mut rest = subject.trim();
    let mut reply = false;
    while let Some((head, tail)) = rest.split_once(':') {
        match plain(head.trim()).as_str() {
            "re" | "aw" | "sv" => reply = true,
            "fw" | "fwd" | "external" => {}
            _ => break,
        }
        rest = tail.trim();
    }
    (rest.to_owned(), reply)
}

/// The day of the last hand-over; the writer's own date only where no server left one.
fn day(message: &Message<'_>) -> Option<Date> {
    let received = message.received().and_then(|r| r.date());
    let at = received
        .or_else(|| message.date().copied())
        .filter(mail_parser::DateTime::is_valid)?;
    Timestamp::from_second(at.to_timestamp())
        .ok()
        .map(law::clock::day)
}

fn header(message: &Message<'_>, name: &'static str) -> Option<String> {
    message.header_raw(name).map(|v| plain(v.trim()))
}

/// Whether a machine wrote it, from what the mail says about itself.
fn machine(message: &Message<'_>, subject: &str, from: Option<&str>) -> Option<Machine> {
    let content = header(message, "Content-Type").unwrap_or_default();
    if content.contains("report-type") && content.contains("delivery-status") {
        return Some(Machine::Bounce);
    }
    if content.contains("disposition-notification") {
        return Some(Machine::Receipt);
    }
    let local = from.and_then(|a| a.split('@').next()).unwrap_or_default();
    if matches!(local, "mailer-daemon" | "postmaster" | "mail-daemon") {
        return Some(Machine::Bounce);
    }
    let subject = plain(subject);
    let starts = |heads: &[&str]| heads.iter().any(|h| subject.trim_start().starts_with(h));
    if starts(&[
        "undeliver",
        "delivery status notification",
        "mail delivery failed",
        "returned mail",
        "delivery failure",
        "failure notice",
        "message not delivered",
    ]) {
        return Some(Machine::Bounce);
    }
    if starts(&[
        "automatic reply",
        "auto reply",
        "auto-reply",
        "autoreply",
        "automatic response",
        "out of office",
        "out of the office",
        "auto response",
    ]) || subject.contains("out of office")
    {
        return Some(Machine::Reply);
    }
    if starts(&["read:", "read receipt", "not read:"]) {
        return Some(Machine::Receipt);
    }
    if starts(&[
        "accepted:",
        "declined:",
        "tentative:",
        "tentatively accepted:",
        "canceled:",
        "cancelled:",
    ]) && has_calendar(message)
    {
        return Some(Machine::Calendar);
    }
    let auto = header(message, "Auto-Submitted").unwrap_or_default();
    if auto.starts_with("auto-replied")
        || header(message, "X-Autoreply").is_some()
        || header(message, "X-Autorespond").is_some()
    {
        return Some(Machine::Reply);
    }
    let precedence = header(message, "Precedence").unwrap_or_default();
    if precedence.contains("auto_reply") {
        return Some(Machine::Reply);
    }
    if calendar_reply(message) {
        return Some(Machine::Calendar);
    }
    let bulk = ["List-Id", "List-Unsubscribe", "List-Post"]
        .into_iter()
        .any(|h| header(message, h).is_some());
    if bulk || matches!(precedence.as_str(), "bulk" | "list" | "junk") {
        return Some(Machine::Bulk);
    }
    let generated = (!auto.is_empty() && auto != "no")
        || header(message, "X-Auto-Response-Suppress").is_some_and(|v| v != "none")
        || header(message, "Return-Path").is_some_and(|v| v == "<>");
    generated.then_some(Machine::Generated)
}

fn has_calendar(message: &Message<'_>) -> bool {
    message.parts.iter().any(is_calendar)
}

fn is_calendar(part: &mail_parser::MessagePart<'_>) -> bool {
    part.content_type().is_some_and(|c| {
        c.ctype().eq_ignore_ascii_case("text")
            && c.subtype()
                .is_some_and(|s| s.eq_ignore_ascii_case("calendar"))
    })
}

fn calendar_reply(message: &Message<'_>) -> bool {
    message.parts.iter().filter(|p| is_calendar(p)).any(|p| {
        let method = p
            .content_type()
            .and_then(|c| c.attribute("method"))
            .unwrap_or_default();
        method.eq_ignore_ascii_case("reply")
            || p.text_contents()
                .is_some_and(|t| t.contains("METHOD:REPLY"))
    })
}
