//! Every page renders and stands up to a look.

use super::{audit, sample};

#[test]
fn every_page_is_well_made() {
    let pages = sample::pages();
    assert!(pages.len() >= 35, "{} pages", pages.len());
    let faults: Vec<String> = pages
        .iter()
        .flat_map(|(name, html)| {
            audit::faults(html)
                .into_iter()
                .map(move |fault| format!("{name}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What the audit is for: it finds what it should.
#[test]
fn the_audit_finds_what_is_wrong() {
    let page = |inner: &str| {
        format!(
            "<html lang=\"en\"><head><title>t</title></head><body><header></header><main><h1>t</h1>{inner}</main><footer></footer></body></html>"
        )
    };
    assert_eq!(audit::faults(&page("<p>well</p>")), Vec::<String>::new());
    for (inner, finds) in [
        ("<h1>two</h1>", "2 <h1>"),
        ("<h3>skips</h3>", "<h3> after h1: skips"),
        ("<p id=\"a\"></p><p id=\"a\"></p>", "id `a` 2 times"),
        ("<p style=\"color:red\">x</p>", "<p style>"),
        ("<form action=\"/x\"></form>", "a form that does not post"),
        ("<input id=\"n\" name=\"n\">", "no label: n"),
        ("<button> </button>", "<button> without a name"),
        ("<script>1</script>", "a script inside the page"),
        (
            "<a href=\"https://x.example\">x</a>",
            "leaves the house: https://x.example",
        ),
        ("<a href=\"#gone\">x</a>", "#gone leads nowhere"),
        ("<a href=\"\">x</a>", "<a> leads nowhere"),
        ("<div>", "<div> closed by </main>"),
    ] {
        let found = audit::faults(&page(inner));
        assert!(found.iter().any(|f| f == finds), "{inner}: {found:?}");
    }
}

#[test]
fn nothing_is_ticked_beforehand() {
    for (name, html) in sample::pages() {
        let (tags, _) = audit::read(&html);
        // Triage comes with its proposal filled in: it is the machine's, and a person decides.
        let ticked = tags
            .iter()
            .filter(|t| t.attrs.contains_key("checked"))
            .count();
        assert!(ticked == 0 || name == "mail", "{name}: {ticked} ticked");
    }
}

#[test]
fn lists_and_titles_name_nobody() {
    for (name, html) in sample::pages() {
        let (tags, _) = audit::read(&html);
        let title = &tags.iter().find(|t| t.name == "title").unwrap().text;
        assert!(
            !title.contains("Idris") && !title.contains('@'),
            "{name}: {title}"
        );
        for tag in &tags {
            let to = tag
                .attrs
                .get("href")
                .or(tag.attrs.get("action"))
                .map_or("", String::as_str);
            assert!(!to.to_lowercase().contains("idris"), "{name}: {to}");
        }
    }
}

#[test]
fn a_verdict_is_never_colour_alone() {
    let (_, html) = sample::pages()
        .into_iter()
        .find(|(name, _)| *name == "promises")
        .unwrap();
    let (tags, _) = audit::read(&html);
    let marks: Vec<_> = tags
        .iter()
        .filter(|t| {
            t.attrs
                .get("class")
                .is_some_and(|c| c.split(' ').any(|c| c == "mark"))
        })
        .collect();
    assert!(marks.len() > 20);
    for mark in marks {
        assert!(
            ["Kept", "Due", "Broken", "Cannot tell"].contains(&mark.text.trim()),
            "{:?}",
            mark.text
        );
    }
}

#[test]
fn what_people_write_cannot_become_markup() {
    use crate::page::parts::{Fact, Facts};
    let facts = Facts::from(vec![Fact::new("Said", "<script>alert(1)</script>")]);
    let html = askama::Template::render(&facts).unwrap();
    assert!(!html.contains("<script>"), "{html}");
}

/// Writes the pages to the folder named in `ABIDE_PAGES`, to be looked at in a browser.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a tool for looking at pages: runs only when a folder is named"
)]
fn pages_can_be_written_out() {
    let Ok(folder) = std::env::var("ABIDE_PAGES") else {
        return;
    };
    let folder = std::path::Path::new(&folder);
    for (name, html) in sample::pages() {
        std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
    }
    for asset in [crate::assets::CSS, crate::assets::JS, crate::assets::ICON] {
        let file = folder.join(asset.url().trim_start_matches('/'));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, asset.bytes).unwrap();
    }
}

/// The colours in the stylesheet, in the order light, dark: each token over each ground it stands on.
#[test]
fn contrast_is_enough_in_light_and_dark() {
    let css = std::str::from_utf8(crate::assets::CSS.bytes).unwrap();
    let dark_at = css.find("prefers-color-scheme: dark").unwrap();
    let channel = |hex: &str| {
        let c = f64::from(u8::from_str_radix(hex, 16).unwrap()) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    let light = |hex: &str| {
        0.2126 * channel(&hex[0..2]) + 0.7152 * channel(&hex[2..4]) + 0.0722 * channel(&hex[4..6])
    };
    for part in [&css[..dark_at], &css[dark_at..]] {
        let colour = |token: &str| {
            let at = part
                .find(&format!("--{token}: #"))
                .unwrap_or_else(|| panic!("no --{token}"));
            light(&part[at + token.len() + 5..][..6])
        };
        let ratio = |a: &str, b: &str| {
            let (a, b) = (colour(a), colour(b));
            (a.max(b) + 0.05) / (a.min(b) + 0.05)
        };
        let text = ["ink", "soft", "link", "kept", "due", "broken", "unsure"];
        for (over, under, least) in text
            .into_iter()
            .flat_map(|t| [(t, "paper", 7.0), (t, "tint", 7.0)])
            .chain([
                ("ink", "field", 7.0),
                ("on-press", "press", 7.0),
                ("paper", "link", 7.0),
                ("paper", "broken", 7.0),
            ])
            .chain([("on-band", "band", 7.0), ("ink", "mark", 7.0)])
            .chain([
                ("edge", "paper", 3.0),
                ("edge", "field", 3.0),
                ("line", "paper", 3.0),
                ("focus", "paper", 3.0),
                ("focus", "tint", 3.0),
            ])
        {
            let found = ratio(over, under);
            assert!(
                found >= least,
                "--{over} on --{under}: {found:.2}, at least {least}"
            );
        }
    }
}
