//! The promise as one page that needs nothing else: nothing that runs, no font, nothing fetched from anywhere.
//!
//! Readable on a phone, on paper, in the dark, by keyboard and by screen reader (WCAG 2.2 AA is the aim).

use crate::dpv;
use crate::html::{PartHtml, SectionHtml, anchor, sections};
use crate::markdown::escape;
use crate::picture;
use crate::summary;
use crate::words::phrase;
use notice::model::Notice;

/// A notice as a complete HTML document: the short version, the contents, the sections, and beside each
/// part the clauses that keep it.
#[must_use]
pub fn page(notice: &Notice) -> String {
    let sections = sections(notice);
    let mut out = String::with_capacity(64 * 1024);
    // A data block: no browser runs it, and search engines and other tools find the promise in it.
    let data = format!(
        "<script type=\"application/ld+json\">{}</script>\n",
        dpv::embedded(notice)
    );
    head(&mut out, notice, &escape(&notice.title), CSS, &data);
    out += "<a class=\"skip\" href=\"#notice\">Skip to the notice</a>\n";
    opening(&mut out, notice);
    out += "<main id=\"notice\">\n";
    out += "<details class=\"short\" open>\n<summary><h2>In short</h2></summary>\n<div class=\"answers\">\n";
    out += &summary::html(notice);
    out += "</div>\n</details>\n";
    contents(&mut out, &sections);
    for section in &sections {
        write_section(&mut out, section);
    }
    travels(&mut out, notice);
    out += "</main>\n";
    ending(&mut out, notice);
    out
}

/// The one-page layer as a page of its own, made to be handed out: one sheet of A4 in print.
#[must_use]
pub fn short(notice: &Notice) -> String {
    let mut out = String::with_capacity(16 * 1024);
    let title = format!("In short: {}", escape(&notice.title));
    head(&mut out, notice, &title, &format!("{CSS}{SHORT}"), "");
    opening(&mut out, notice);
    out += "<main id=\"notice\">\n<div class=\"sheet\">\n";
    // Here the questions are the page's own headings, right below its title.
    out += &summary::html(notice)
        .replace("<h3>", "<h2>")
        .replace("</h3>", "</h2>");
    out += "</div>\n</main>\n";
    ending(&mut out, notice);
    out
}

fn head(out: &mut String, notice: &Notice, title: &str, css: &str, data: &str) {
    *out += "<!doctype html>\n";
    *out += &format!("<html lang=\"{}\">\n<head>\n", escape(&notice.language));
    *out += "<meta charset=\"utf-8\">\n";
    *out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    *out += "<meta name=\"referrer\" content=\"no-referrer\">\n";
    *out += &format!("<title>{title}</title>\n<style>{css}</style>\n{data}</head>\n<body>\n");
}

fn opening(out: &mut String, notice: &Notice) {
    *out += &format!(
        "<header>\n<p class=\"project\">{} <span>{}</span></p>\n<h1>{}</h1>\n\
         <p class=\"dated\">Version {}, {}</p>\n</header>\n",
        escape(&notice.project),
        escape(&notice.reference),
        escape(&notice.title),
        notice.version,
        phrase::day(notice.dated),
    );
}

fn ending(out: &mut String, notice: &Notice) {
    *out += &format!(
        "<footer><p>{}, version {}, {}.</p></footer>\n</body>\n</html>\n",
        escape(&notice.title),
        notice.version,
        phrase::day(notice.dated),
    );
}

/// The way of the data as a picture, and the same in words for whoever cannot see it.
fn travels(out: &mut String, notice: &Notice) {
    *out += "<details class=\"travels\">\n<summary><h2>How your data travels</h2></summary>\n";
    *out += "<div class=\"wide\" role=\"group\" aria-label=\"Picture, wider than a small screen\" tabindex=\"0\">\n";
    *out += &picture::embedded(notice, "picture-");
    *out += "</div>\n<h3>The same in words</h3>\n<ul>\n";
    for line in picture::words(notice).lines() {
        *out += &format!("<li>{}</li>\n", escape(line));
    }
    *out += "</ul>\n</details>\n";
}

fn contents(out: &mut String, sections: &[SectionHtml]) {
    *out += "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ul>\n";
    for section in sections.iter().filter(|s| !s.heading.is_empty()) {
        *out += &format!(
            "<li><a href=\"#{}\">{}</a></li>\n",
            escape(&section.slug),
            escape(&section.heading)
        );
    }
    *out += "</ul>\n</nav>\n";
}

fn write_section(out: &mut String, section: &SectionHtml) {
    let slug = escape(&section.slug);
    if section.heading.is_empty() {
        *out += "<section aria-label=\"About this notice\">\n";
    } else {
        *out += &format!("<section aria-labelledby=\"{slug}\">\n");
        *out += &format!("<h2 id=\"{slug}\">{}</h2>\n", escape(&section.heading));
    }
    for part in &section.parts {
        write_part(out, part);
    }
    *out += "</section>\n";
}

fn write_part(out: &mut String, part: &PartHtml) {
    let class = if part.information_only {
        "part information"
    } else if part.generated {
        "part fact"
    } else {
        "part"
    };
    *out += &format!(
        "<div class=\"{class}\">\n<div class=\"words\">\n{}</div>\n",
        part.html
    );
    if !part.clauses.is_empty() {
        // Addresses are for whoever checks; a reader who does not ask for them sees none.
        *out += "<details class=\"rules\">\n<summary>Rules behind this</summary>\n<ul class=\"clauses\">\n";
        for clause in &part.clauses {
            // The project's reference is on the page already; the rest is the address.
            let short = clause
                .as_str()
                .split_once('/')
                .map_or(clause.as_str(), |(_, rest)| rest);
            *out += &format!("<li id=\"{}\">{}</li>\n", anchor(clause), escape(short));
        }
        *out += "</ul>\n</details>\n";
    }
    *out += "</div>\n";
}

const CSS: &str = "
:root{color-scheme:light dark;--ink:#1d2528;--quiet:#566065;--paper:#fdfcf9;--line:#d9d5ca;--leaf:#1d5b4f;--wash:#f1efe7}
@media(prefers-color-scheme:dark){:root{--ink:#e9e6de;--quiet:#a9b0b0;--paper:#16191a;--line:#363c3d;--leaf:#8fd0bf;--wash:#1f2425}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.6 Georgia,'Iowan Old Style',serif}
header,main,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:3rem}
h1,h2,h3,nav,.project,.dated,.clauses,summary,th,footer{font-family:system-ui,-apple-system,'Segoe UI',sans-serif}
h1{font-size:clamp(1.7rem,5vw,2.5rem);line-height:1.2;margin:.2rem 0 .5rem}
h2{font-size:1.4rem;line-height:1.3;margin:0}
h3{font-size:1.05rem;margin:0 0 .3rem}
.project{color:var(--leaf);font-weight:600;margin:0}
.project span,.dated,footer{color:var(--quiet);font-weight:400}
a{color:var(--leaf);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible{outline:3px solid var(--leaf);outline-offset:3px;border-radius:2px}
.skip{position:absolute;left:-100rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem}
.short{background:var(--wash);border-radius:.6rem;padding:1.25rem 1.5rem;margin:1.5rem 0}
.short summary,.travels summary{cursor:pointer}
.short summary h2,.travels summary h2{display:inline}
.travels{margin:2.75rem 0}
.travels h3{margin-top:1.5rem}
.travels ul{font-size:1rem;padding-left:1.1rem}
.wide{overflow-x:auto;margin-top:1rem}
.wide svg{display:block;width:100%;min-width:50rem;height:auto}
.answers{columns:22rem;column-gap:2rem;margin-top:1rem;font-size:1rem}
.answers ul{margin:0;padding-left:1.1rem}
nav ul{columns:16rem;padding-left:1.1rem;font-size:1rem}
section{margin:2.75rem 0}
.answers section{margin:0 0 1.25rem;break-inside:avoid}
.part{border-top:1px solid var(--line);padding:.9rem 0;display:grid;gap:.25rem 2.5rem}
section>.part:first-of-type{margin-top:.75rem}
.words>:first-child{margin-top:0}
.words>:last-child{margin-bottom:0}
.words,.rules{min-width:0;overflow-wrap:anywhere}
.rules{font-size:.8rem;color:var(--quiet)}
.rules summary{cursor:pointer;width:max-content}
.clauses{list-style:none;margin:0;padding:0;font-size:.8rem;line-height:1.7;color:var(--quiet)}
.clauses :target{color:var(--leaf);font-weight:600}
@media(min-width:60rem){.part{grid-template-columns:minmax(0,38rem) 1fr}}
blockquote{margin:0;padding:.75rem 1.25rem;border-left:4px solid var(--leaf);background:var(--wash)}
table{border-collapse:collapse;width:100%;font-size:1rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}
.number{text-align:right}
footer{padding:2rem 1.25rem 3rem;font-size:.9rem}
@media print{body{font-size:11pt;background:#fff;color:#000}nav,.skip,.rules{display:none}.part{break-inside:avoid}h2{break-after:avoid}a{color:#000}}
";

/// What the one-page layer has beside [`CSS`]: small print in three columns, and nothing wasted on paper.
const SHORT: &str = "
.sheet{columns:20rem;column-gap:2.5rem;margin:1.5rem 0}
.sheet section{margin:0 0 1.25rem;break-inside:avoid}
.sheet h2{font-size:1.05rem;margin:0 0 .3rem}
.sheet ul{margin:0;padding-left:1.1rem;font-size:1rem}
@page{size:A4;margin:11mm}
@media print{header,main,footer{max-width:none;padding:0}h1{font-size:13pt;margin:0}.project,.dated{font-size:8pt;margin:0}.sheet{columns:3;column-gap:6mm;margin:3mm 0 0}.sheet section{margin:0 0 2.5mm;break-inside:auto}.sheet h2{font-size:10.5pt;margin:0 0 .5mm;break-after:avoid}.sheet ul{font-size:9pt;line-height:1.3;padding-left:3mm}footer{font-size:7pt}footer p{margin:1mm 0 0}}
";
