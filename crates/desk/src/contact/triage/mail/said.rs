//! What the sender says, apart from what they quote, how they sign, and what their office prints under every mail.

use super::super::words::plain;

/// A body taken apart.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// What they wrote or passed on.
    pub(super) words: String,
    /// What stands below the greeting.
    pub(super) signature: String,
    /// Something was quoted.
    pub(super) cut: bool,
}

/// What the sender says, without what they quote, their signature and the small print of their office.
pub(super) fn own_words(text: &str, ours: &[String]) -> Said {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut said = Said::default();
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let bare = plain(line.trim());
        let rest = lines.get(at.saturating_add(1)..).unwrap_or_default();
        if bare.starts_with('>') {
            said.cut = true;
        } else if is_forward(&bare) {
            // What is passed on is meant for us, unless we wrote it.
            let head: String = rest
                .iter()
                .take(8)
                .map(|l| plain(l))
                .filter(|l| l.trim_start_matches(['>', '*', ' ']).starts_with("from:"))
                .collect();
            if ours.iter().any(|o| head.contains(o.as_str())) {
                said.cut = true;
                break;
            }
            at = at.saturating_add(skip_header(rest));
        } else if is_original(&bare) || is_header_block(&bare, rest) {
            said.cut = true;
            break;
        } else if let Some(lines_long) = attribution(&bare, rest) {
            said.cut = true;
            let follows = rest.iter().skip(lines_long).find(|l| !l.trim().is_empty());
            if !follows.is_some_and(|l| l.trim_start().starts_with('>')) {
                break;
            }
            at = at.saturating_add(lines_long);
        } else {
            kept.push(line);
        }
        at = at.saturating_add(1);
    }
    let (words, signature) = sign_off(&kept);
    said.words = without_small_print(&words);
    said.signature = without_small_print(&signature);
    said
}

fn is_forward(line: &str) -> bool {
    let inner = line.trim_matches(|c: char| !c.is_alphabetic());
    matches!(
        inner,
        "forwarded message" | "begin forwarded message" | "forwarded by" | "forwarded mail"
    )
}

/// How many lines a forwarded mail's header has.
fn skip_header(rest: &[&str]) -> usize {
    rest.iter()
        .take_while(|l| {
            let bare = plain(l.trim());
            bare.is_empty()
                || ["from:", "to:", "date:", "sent:", "cc:"]
                    .iter()
                    .any(|h| bare.trim_start_matches('*').starts_with(h))
        })
        .count()
}

fn is_original(line: &str) -> bool {
    let inner = line.trim_matches(|c: char| !c.is_alphabetic());
    line.starts_with("--")
        && matches!(
            inner,
            "original message" | "original mail" | "original email" | "reply message"
        )
}

/// `From: …` followed by `Sent:` or `To:`, as Outlook writes above what it quotes.
fn is_header_block(line: &str, rest: &[&str]) -> bool {
    let starts = |l: &str, heads: &[&str]| {
        heads
            .iter()
            .any(|h| l.trim_start_matches('*').starts_with(h))
    };
    let near: Vec<String> = rest.iter().take(4).map(|l| plain(l.trim())).collect();
    starts(line, &["from:"])
        && near.iter().any(|l| starts(l, &["sent:", "date:"]))
        && near.iter().any(|l| starts(l, &["to:", "subject:"]))
}

/// `On Monday … wrote:`, on one to three lines: how many lines more than this one.
fn attribution(line: &str, rest: &[&str]) -> Option<usize> {
    if !line.starts_with("on ") && !line.contains(" wrote:") {
        return None;
    }
    let mut whole = line.to_owned();
    for more in 0..3 {
        let ends = whole.trim_end().ends_with("wrote:") || whole.trim_end().ends_with("writes:");
        if ends && whole.chars().any(|c| c.is_ascii_digit()) {
            return Some(more);
        }
        whole.push(' ');
        whole.push_str(&plain(rest.get(more)?.trim()));
    }
    None
}

/// Parts the greeting and what stands below it from what was said. A sentence below it, such as a postscript, was still said.
fn sign_off(lines: &[&str]) -> (String, String) {
    let mut words: Vec<&str> = Vec::new();
    let mut signature: Vec<&str> = Vec::new();
    let mut signed = false;
    let mut ruled = false;
    for line in lines {
        let bare = plain(line.trim());
        if line.trim_end() == "--" || *line == "-- " {
            ruled = true;
        }
        if bare.starts_with("sent from my")
            || bare.starts_with("get outlook for")
            || bare.starts_with("sent via")
            || bare.starts_with("sent with")
        {
            continue;
        }
        let sentence = bare.split_whitespace().count() >= 7;
        let postscript = ["ps", "p.s", "p.p.s", "also"]
            .iter()
            .any(|p| bare.starts_with(p));
        if ruled || (signed && !sentence && !postscript) {
            signature.push(line);
        } else {
            words.push(line);
        }
        if is_sign_off(&bare) {
            signed = true;
        } else if signed && (sentence || postscript) {
            // They went on talking after "Thanks,".
            signed = postscript;
        }
    }
    (words.join("\n"), signature.join("\n"))
}

fn is_sign_off(line: &str) -> bool {
    const HEADS: &[&str] = &[
        "kind regards",
        "regards",
        "best regards",
        "best wishes",
        "many thanks",
        "thanks",
        "thank you",
        "yours sincerely",
        "yours faithfully",
        "yours truly",
        "yours",
        "cheers",
        "best",
        "warm regards",
        "kindest regards",
        "with thanks",
        "all the best",
        "sincerely",
        "thanks in advance",
        "with best wishes",
        "warmest",
        "take care",
        "ta",
    ];
    let inner = line.trim_matches(|c: char| !c.is_alphabetic());
    HEADS.contains(&inner)
}

/// Drops the paragraphs every office hangs under its mail: they ask that the mail be deleted, not a person's data.
fn without_small_print(text: &str) -> String {
    const MARKS: &[&str] = &[
        "intended recipient",
        "intended solely",
        "received this email in error",
        "received this e-mail in error",
        "received this message in error",
        "received it in error",
        "addressee",
        "confidential and may",
        "legally privileged",
        "virus",
        "please consider the environment",
        "think before you print",
        "registered in england",
        "registered charity",
        "this email and any attachments",
        "this e-mail and any attachments",
        "this message and any attachments",
        "unsubscribe here",
        "to unsubscribe",
        "manage your preferences",
        "update your preferences",
        "view this email in your browser",
        "view in browser",
        "external email",
        "this email originated from outside",
        "do not click links",
    ];
    let mut out = String::with_capacity(text.len());
    for paragraph in text.split("\n\n") {
        let bare = plain(&paragraph.replace('\n', " "));
        let short = bare.split_whitespace().count() < 3;
        if short || !MARKS.iter().any(|m| bare.contains(m)) || bare.contains("#") {
            out.push_str(paragraph);
            out.push_str("\n\n");
        }
    }
    out
}
