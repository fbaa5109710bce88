//! A notice's words come out as its author wrote them, and nothing hidden comes with them.
//!
//! CommonMark with tables, rendered from its events: only what is named here is ever written. Raw HTML is dropped, an image leaves
//! only its description, and a link goes nowhere but to the web, a mailbox, a telephone or a place on the page.

use pulldown_cmark::{
    Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream,
};

/// Safe HTML of some Markdown. Headings come out at the third level or below; mail and web addresses become links.
///
/// ```
/// let html = publish::markdown::html("Write to *us*: a@b.example <script>x</script>");
/// assert_eq!(html, "<p>Write to <em>us</em>: <a href=\"mailto:a@b.example\">a@b.example</a> x</p>\n");
/// ```
#[must_use]
pub fn html(markdown: &str) -> String {
    let mut page = Page::default();
    for event in events(markdown) {
        page.event(event);
    }
    page.out
}

/// Writes `&`, `<`, `>`, `"` and `'` so that they are only themselves.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// Escaped words in which mail and web addresses are links.
#[must_use]
pub fn linked(text: &str) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(word)
        .collect()
}

pub(crate) fn events(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    TextMergeStream::new(Parser::new_ext(markdown, Options::ENABLE_TABLES))
}

#[derive(Default)]
struct Page {
    out: String,
    /// Inside a link no other begins.
    in_link: usize,
    in_head: bool,
    /// For each open link, whether it was written.
    links: Vec<bool>,
    column: usize,
    columns: Vec<Alignment>,
}

impl Page {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_link > 0 => self.out += &escape(&text),
            Event::Text(text) => self.out += &linked(&text),
            Event::Code(code) => self.out += &format!("<code>{}</code>", escape(&code)),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out += "<br>\n",
            Event::Rule => self.out += "<hr>\n",
            // Raw HTML is dropped; the rest is not switched on.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.out += "<p>",
            Tag::Heading { level, .. } => self.out += &format!("<{}>", heading(level)),
            Tag::BlockQuote(_) => self.out += "<blockquote>\n",
            Tag::CodeBlock(_) => self.out += "<pre><code>",
            Tag::List(None) => self.out += "<ul>\n",
            Tag::List(Some(1)) => self.out += "<ol>\n",
            Tag::List(Some(start)) => self.out += &format!("<ol start=\"{start}\">\n"),
            Tag::Item => self.out += "<li>",
            Tag::Table(columns) => {
                self.columns = columns;
                self.out += "<table>\n";
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.out += "<thead><tr>";
            }
            Tag::TableRow => {
                self.column = 0;
                self.out += "<tr>";
            }
            Tag::TableCell => {
                let numbers = self.columns.get(self.column) == Some(&Alignment::Right);
                let class = if numbers { " class=\"number\"" } else { "" };
                self.out += &if self.in_head {
                    format!("<th scope=\"col\"{class}>")
                } else {
                    format!("<td{class}>")
                };
                self.column += 1;
            }
            Tag::Emphasis => self.out += "<em>",
            Tag::Strong => self.out += "<strong>",
            Tag::Link { dest_url, .. } => {
                let written = self.in_link == 0 && may_lead_to(&dest_url);
                if written {
                    self.in_link += 1;
                    self.out += &format!("<a href=\"{}\">", escape(&dest_url));
                }
                self.links.push(written);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out += "</p>\n",
            TagEnd::Heading(level) => self.out += &format!("</{}>\n", heading(level)),
            TagEnd::BlockQuote(_) => self.out += "</blockquote>\n",
            TagEnd::CodeBlock => self.out += "</code></pre>\n",
            TagEnd::List(true) => self.out += "</ol>\n",
            TagEnd::List(false) => self.out += "</ul>\n",
            TagEnd::Item => self.out += "</li>\n",
            TagEnd::Table => self.out += "</tbody>\n</table>\n",
            TagEnd::TableHead => {
                self.in_head = false;
                self.out += "</tr></thead>\n<tbody>\n";
            }
            TagEnd::TableRow => self.out += "</tr>\n",
            TagEnd::TableCell => self.out += if self.in_head { "</th>" } else { "</td>" },
            TagEnd::Emphasis => self.out += "</em>",
            TagEnd::Strong => self.out += "</strong>",
            TagEnd::Link => {
                let written = self.links.pop().unwrap_or_default();
                if written {
                    self.in_link -= 1;
                    self.out += "</a>";
                }
            }
            _ => {}
        }
    }
}

/// The page has one first-level heading and a second-level one for each section.
fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3 => "h3",
        HeadingLevel::H4 => "h4",
        HeadingLevel::H5 => "h5",
        HeadingLevel::H6 => "h6",
    }
}

fn may_lead_to(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    ["https://", "http://", "mailto:", "tel:", "#"]
        .iter()
        .any(|start| url.starts_with(start))
}

/// One word with the space behind it: an address becomes a link, with the marks around it left outside.
fn word(text: &str) -> String {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "()<>[]\"'“”‘’.,;:!?".contains(c));
    let Some((before, after)) = text.split_once(bare).filter(|_| !bare.is_empty()) else {
        return escape(text);
    };
    let href = if bare.starts_with("https://") || bare.starts_with("http://") {
        bare.to_owned()
    } else if is_mailbox(bare) {
        format!("mailto:{bare}")
    } else {
        return escape(text);
    };
    format!(
        "{}<a href=\"{}\">{}</a>{}",
        escape(before),
        escape(&href),
        escape(bare),
        escape(after)
    )
}

fn is_mailbox(word: &str) -> bool {
    let plain = |s: &str| {
        !s.is_empty()
            && s.chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c))
    };
    word.split_once('@').is_some_and(|(who, host)| {
        plain(who) && plain(host) && host.contains('.') && !host.contains("..")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unsafe_gets_through() {
        let cases = [
            ("<script>alert(1)</script>", ""),
            ("a <b onclick=x>b</b>", "<p>a b</p>\n"),
            ("[x](javascript:alert(1))", "<p>x</p>\n"),
            ("[x](JaVaScRiPt:alert(1))", "<p>x</p>\n"),
            ("[x](data:text/html,y)", "<p>x</p>\n"),
            (
                "![a \"map\"](https://t.example/p.gif)",
                "<p>a &quot;map&quot;</p>\n",
            ),
            ("a & b < c", "<p>a &amp; b &lt; c</p>\n"),
            (
                "[x](https://a.example/?q=\"&z=1)",
                "<p><a href=\"https://a.example/?q=&quot;&amp;z=1\">x</a></p>\n",
            ),
        ];
        for (markdown, expected) in cases {
            assert_eq!(html(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn addresses_become_links_without_the_marks_around_them() {
        let cases = [
            (
                "(dpo@a.example).",
                "(<a href=\"mailto:dpo@a.example\">dpo@a.example</a>).",
            ),
            (
                "https://ico.org.uk/x/, or",
                "<a href=\"https://ico.org.uk/x/\">https://ico.org.uk/x/</a>, or",
            ),
            ("a@b", "a@b"),
            ("@", "@"),
            ("...", "..."),
        ];
        for (text, expected) in cases {
            assert_eq!(linked(text), expected, "{text}");
        }
        assert_eq!(
            html("<dpo@a.example> and [us@a.example](mailto:us@a.example)"),
            "<p><a href=\"mailto:dpo@a.example\">dpo@a.example</a> and \
             <a href=\"mailto:us@a.example\">us@a.example</a></p>\n"
        );
    }

    #[test]
    fn tables_lists_and_headings() {
        assert_eq!(
            html("| who | n |\n|---|--:|\n| a | 1 |\n"),
            "<table>\n<thead><tr><th scope=\"col\">who</th><th scope=\"col\" class=\"number\">n</th></tr></thead>\n\
             <tbody>\n<tr><td>a</td><td class=\"number\">1</td></tr>\n</tbody>\n</table>\n"
        );
        assert_eq!(
            html("## Two\n\n- a\n- b\n"),
            "<h3>Two</h3>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
        );
    }
}
