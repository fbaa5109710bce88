//! The words of a body, whatever it is wrapped in.

use super::super::words::plain;
use super::{LONGEST, clip, is_calendar};
use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message, PartType};

/// Every word of the body that can be read: plain text first, else HTML, and mails and letters that hang on it.
pub(super) fn body(message: &Message<'_>) -> (String, usize) {
    let mut text = String::new();
    let html: Vec<&str> = message
        .html_bodies()
        .filter_map(|p| {
            if let PartType::Html(h) = &p.body {
                Some(h.as_ref())
            } else {
                None
            }
        })
        .collect();
    for part in message.text_bodies().filter(|p| !is_calendar(p)) {
        match &part.body {
            PartType::Text(t) => text.push_str(t),
            PartType::Html(h) => text.push_str(&from_html(h)),
            _ => {}
        }
        text.push('\n');
    }
    let stub = plain(&text);
    if !html.is_empty() && (stub.trim().is_empty() || (stub.len() < 300 && stub.contains("html"))) {
        text = html
            .iter()
            .map(|h| from_html(h))
            .collect::<Vec<_>>()
            .join("\n");
    }
    let mut unread = 0_usize;
    for part in message.attachments().filter(|p| !is_calendar(p)) {
        match &part.body {
            PartType::Text(t) => {
                text.push('\n');
                text.push_str(t);
            }
            PartType::Message(inner) => {
                text.push_str("\n\n");
                text.push_str(inner.subject().unwrap_or_default());
                text.push_str("\n\n");
                text.push_str(&body(inner).0);
            }
            _ => unread = unread.saturating_add(1),
        }
        if text.len() > LONGEST {
            break;
        }
    }
    (clip(&text), unread)
}

/// The words of an HTML body, each block on a line of its own, without what it quotes.
fn from_html(html: &str) -> String {
    let forwarded = plain(html).contains("forwarded message");
    let mut out = String::with_capacity(html.len());
    let mut quoted = 0_u32;
    let mut first = true;
    for piece in html.split('<') {
        if std::mem::take(&mut first) {
            out.push_str(piece);
            continue;
        }
        let Some((tag, rest)) = piece.split_once('>') else {
            if quoted == 0 {
                out.push_str("&lt;");
                out.push_str(piece);
            }
            continue;
        };
        let lower = plain(tag);
        let name = lower
            .split([' ', '/', '\n', '\t'])
            .find(|s| !s.is_empty())
            .unwrap_or_default();
        let closes = lower.starts_with('/');
        if !forwarded {
            if [
                "gmail_quote",
                "divrplyfwdmsg",
                "appendonsend",
                "yahoo_quoted",
                "moz-cite-prefix",
            ]
            .iter()
            .any(|m| lower.contains(m))
            {
                break;
            }
            if name == "blockquote" {
                quoted = if closes {
                    quoted.saturating_sub(1)
                } else {
                    quoted.saturating_add(1)
                };
                out.push_str("<br>");
            }
        }
        if quoted > 0 {
            continue;
        }
        out.push('<');
        out.push_str(tag);
        out.push('>');
        if matches!(
            name,
            "div"
                | "li"
                | "tr"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "table"
                | "ul"
                | "ol"
                | "hr"
                | "blockquote"
        ) || (name == "p" && !closes)
        {
            out.push_str("<br>");
        }
        out.push_str(rest);
    }
    html_to_text(&out)
}
