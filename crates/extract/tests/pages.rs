//! Web pages, one shape at a time.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use extract::read;

fn text(page: &str) -> String {
    read(page.as_bytes(), "page.html").map(|d| d.text).unwrap()
}

#[test]
fn each_shape_has_its_text() {
    let cases = [
        // Lists inside lists, and paragraphs inside items.
        (
            "<ul><li>one<ul><li>two</li></ul></li><li><p>three.</p><p>Four</p></li></ul>",
            "- one\n  - two\n- three. Four\n",
        ),
        ("<ol start=3 type=i><li>a<li>b</ol>", "(iii) a\n(iv) b\n"),
        // A bold item that heads what follows is a heading with its number.
        (
            "<p>Text that is here for the look of it.</p><ol><li><b>Who we are</b><p>A charity.</p></li><li><b>Why</b><p>To help.</p></li></ol>",
            "Text that is here for the look of it.\n\n## 1. Who we are\n\nA charity.\n\n## 2. Why\n\nTo help.\n",
        ),
        // Ends that are left out.
        (
            "<p>one<p>two<table><tr><td>a<td>b<tr><td>c<td>d</table>",
            "one\n\ntwo\n\n| a | b |\n| c | d |\n",
        ),
        // A table for looks only is no table.
        (
            "<table role=presentation><tr><td><h2>Why</h2><p>Because.</p></td><td><p>Beside.</p></td></tr></table>",
            "## Why\n\nBecause.\n\nBeside.\n",
        ),
        // Cells that span.
        (
            "<table><tr><th>A<th>B<th>C<tr><td rowspan=2>x<td colspan=2>wide<tr><td>y<td></table>",
            "| A | B | C |\n|---|---|---|\n| x | wide | |\n| x | y | |\n",
        ),
        // Definitions.
        (
            "<dl><dt>Who?<dd>We.<dt>Data<dd><p>Names.</p><p>Ages.</p></dl>",
            "Who? We.\n\n## Data\n\nNames.\n\nAges.\n",
        ),
        // Entities, line ends, raised letters, addresses behind words.
        (
            "<p>A&nbsp;B &pound;5 &amp; 1<sup>st</sup> see<sup>2</sup><br>next <a href='mailto:a@b.example'>us</a></p>",
            "A B £5 & 1st see[2]\nnext us <a@b.example>\n",
        ),
        // Hidden for good, and folded for now.
        (
            "<p>Seen</p><p hidden>no</p><div style='display:none'>no</div><span class=sr-only>no</span><button aria-controls=x aria-expanded=false>How long</button><div id=x hidden><p>A year.</p></div>",
            "Seen\n\n## How long\n\nA year.\n",
        ),
        // A list that leads about the page.
        (
            "<h1>T</h1><ul><li><a href='#a'>A</a><li><a href='#b'>B</a></ul><p>Text</p>",
            "# T\n\nText\n",
        ),
        // A foot that says when.
        (
            "<h1>T</h1><p>Text</p><footer><p>Last updated 3 May 2026</p></footer><footer><p>© 2026</p></footer>",
            "# T\n\nText\n\nLast updated 3 May 2026\n",
        ),
        // The title of the tab, where the page has none.
        ("<title>Notice</title><p>Text</p>", "# Notice\n\nText\n"),
        (
            "<h1>T</h1><p>a <del>b</del> <ins>c</ins></p>",
            "# T\n\na c\n",
        ),
    ];
    for (page, expected) in cases {
        assert_eq!(text(page), expected, "{page}");
    }
}

#[test]
fn a_page_says_which_encoding_it_has() {
    let page = b"<!doctype html><meta charset=iso-8859-2><p>Po\xb3o\xbfenie</p>";
    assert_eq!(read(page, "a.html").unwrap().text, "Położenie\n");
}
