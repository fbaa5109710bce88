//! Looks at a page as a machine for people who listen would: structure, labels, names, order.

use std::collections::BTreeMap;

/// A tag as found, in order.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attrs: BTreeMap<String, String>,
    /// Words up to the tag's end, tags taken out.
    pub(crate) text: String,
    /// Names of the tags it stands in, outermost first.
    pub(crate) within: Vec<String>,
}

impl Tag {
    fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.get(name).map(String::as_str)
    }
}

const VOID: [&str; 8] = ["meta", "link", "input", "br", "hr", "img", "path", "use"];
/// Foreign content, which may close itself.
const DRAWN: [&str; 4] = ["circle", "rect", "path", "use"];

/// Reads our own well-formed HTML; says what does not nest.
pub(crate) fn read(html: &str) -> (Vec<Tag>, Vec<String>) {
    let (mut tags, mut open, mut wrong) = (Vec::<Tag>::new(), Vec::<usize>::new(), vec![]);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        for &n in &open {
            tags[n].text.push_str(&rest[..at]);
        }
        let end = rest[at..].find('>').map_or(rest.len(), |e| at + e);
        let inside = &rest[at + 1..end];
        rest = rest.get(end + 1..).unwrap_or("");
        if inside.starts_with('!') {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            match open.pop() {
                Some(n) if tags[n].name == name => {}
                Some(n) => wrong.push(format!("<{}> closed by </{name}>", tags[n].name)),
                None => wrong.push(format!("</{name}> closes nothing")),
            }
            continue;
        }
        let body = inside.trim_end_matches('/');
        let name: String = body
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect();
        let within = open.iter().map(|&n| tags[n].name.clone()).collect();
        tags.push(Tag {
            attrs: attributes(&body[name.len()..]),
            name: name.clone(),
            text: String::new(),
            within,
        });
        let empty = VOID.contains(&name.as_str())
            || (inside.ends_with('/') && DRAWN.contains(&name.as_str()));
        if !empty {
            open.push(tags.len() - 1);
        }
    }
    wrong.extend(
        open.iter()
            .map(|&n| format!("<{}> is never closed", tags[n].name)),
    );
    (tags, wrong)
}

fn attributes(mut text: &str) -> BTreeMap<String, String> {
    let mut attrs = BTreeMap::new();
    loop {
        text = text.trim_start();
        let name: String = text
            .chars()
            .take_while(|c| !c.is_whitespace() && *c != '=')
            .collect();
        if name.is_empty() {
            return attrs;
        }
        text = &text[name.len()..];
        let value = match text.strip_prefix("=\"").and_then(|t| t.split_once('"')) {
            Some((value, after)) => {
                text = after;
                value
            }
            None => "",
        };
        attrs.insert(name, value.to_owned());
    }
}

/// Everything wrong with a page.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let (tags, mut wrong) = read(html);
    let of = |name: &str| tags.iter().filter(|t| t.name == name).collect::<Vec<_>>();

    if of("html")
        .iter()
        .all(|t| t.attr("lang").is_none_or(str::is_empty))
    {
        wrong.push("no lang".into());
    }
    for (name, n) in [
        ("h1", 1),
        ("main", 1),
        ("title", 1),
        ("header", 1),
        ("footer", 1),
    ] {
        if of(name).len() != n {
            wrong.push(format!("{} <{name}>", of(name).len()));
        }
    }
    let mut level = 0;
    let content = |t: &&Tag| !t.within.iter().any(|w| w == "head");
    for tag in tags.iter().filter(content) {
        if let Some(n) = tag
            .name
            .strip_prefix('h')
            .and_then(|n| n.parse::<u32>().ok())
        {
            if n > level + 1 && !(level == 0 && n == 2) {
                wrong.push(format!(
                    "<{}> after h{level}: {}",
                    tag.name,
                    tag.text.trim()
                ));
            }
            if tag.text.trim().is_empty() {
                wrong.push(format!("empty <{}>", tag.name));
            }
            level = n;
        }
    }

    let mut ids = BTreeMap::<&str, u32>::new();
    for tag in &tags {
        if let Some(id) = tag.attr("id") {
            *ids.entry(id).or_default() += 1;
        }
        for bad in [
            "style",
            "onclick",
            "onchange",
            "onsubmit",
            "onload",
            "autofocus",
        ] {
            if tag.attrs.contains_key(bad) {
                wrong.push(format!("<{} {bad}>", tag.name));
            }
        }
        for place in ["href", "src", "action"] {
            let to = tag.attr(place).unwrap_or_default();
            if tag.attr(place) == Some("") {
                wrong.push(format!("<{}> leads nowhere", tag.name));
            }
            if to.starts_with("http") || to.starts_with("//") || to.starts_with("javascript") {
                wrong.push(format!("leaves the house: {to}"));
            }
        }
    }
    wrong.extend(
        ids.iter()
            .filter(|(_, n)| **n > 1)
            .map(|(id, n)| format!("id `{id}` {n} times")),
    );

    for tag in &tags {
        for refers in ["aria-labelledby", "aria-describedby", "for"] {
            for id in tag.attr(refers).unwrap_or_default().split_whitespace() {
                if !ids.contains_key(id) {
                    wrong.push(format!("{refers}=`{id}` leads nowhere"));
                }
            }
        }
        let inner = tag
            .attr("href")
            .filter(|to| !tag.within.iter().any(|w| w == "symbol") && to.starts_with('#'));
        if let Some(id) = inner.and_then(|to| to.strip_prefix('#'))
            && !ids.contains_key(id)
        {
            wrong.push(format!("#{id} leads nowhere"));
        }
        match tag.name.as_str() {
            "input" | "select" | "textarea" if tag.attr("type") != Some("hidden") => {
                let id = tag.attr("id").unwrap_or_default();
                let labelled = tags.iter().any(|t| {
                    t.name == "label" && t.attr("for") == Some(id) && !t.text.trim().is_empty()
                });
                if !labelled {
                    wrong.push(format!(
                        "no label: {}",
                        tag.attr("name").unwrap_or_default()
                    ));
                }
            }
            "form" if tag.attr("method") != Some("post") || tag.attr("action").is_none() => {
                wrong.push("a form that does not post".into())
            }
            "button" | "a" | "summary" | "legend" | "caption" if tag.text.trim().is_empty() => {
                wrong.push(format!("<{}> without a name", tag.name))
            }
            // A block of data is read by other programs, and no browser runs it.
            "script" if tag.attr("type") == Some("application/ld+json") => {}
            "script" if tag.attr("src").is_none() || !tag.text.trim().is_empty() => {
                wrong.push("a script inside the page".into())
            }
            "style" => wrong.push("a style inside the page".into()),
            "nav" if tag.attr("aria-label").is_none() => wrong.push("a nav without a name".into()),
            "table" => {}
            "th" if tag.attr("scope").is_none() => wrong.push("a <th> without a scope".into()),
            _ => {}
        }
    }
    wrong
}
