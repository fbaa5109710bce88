//! The rows of a table, and whether it is one.

use crate::tree::{Id, Node, Tree};

/// A table's rows of cells, the number of rows in its head, and its caption.
pub(crate) struct Rows {
    pub rows: Vec<Vec<Id>>,
    pub heads: Option<usize>,
    pub caption: Option<Id>,
}

/// Gathers the rows, the head first and the foot last.
pub(crate) fn rows(tree: &Tree, table: Id) -> Rows {
    let (mut head, mut body, mut foot) = (Vec::new(), Vec::new(), Vec::new());
    let mut caption = None;
    for child in tree.children(table) {
        match tree.name(child) {
            "caption" => caption = Some(child),
            "thead" => head.extend(tree.children(child)),
            "tfoot" => foot.extend(tree.children(child)),
            "tbody" => body.extend(tree.children(child)),
            "tr" => body.push(child),
            _ => {}
        }
    }
    let heads = head.len();
    let rows = head
        .into_iter()
        .chain(body)
        .chain(foot)
        .filter(|row| tree.name(*row) == "tr")
        .map(|row| {
            tree.children(row)
                .filter(|c| matches!(tree.name(*c), "td" | "th"))
                .collect()
        })
        .collect();
    Rows {
        rows,
        heads: (heads > 0).then_some(heads),
        caption,
    }
}

/// Whether the table only puts things side by side: it says so, has one column, or holds tables and no heads.
pub(crate) fn for_looks(tree: &Tree, table: Id, rows: &Rows) -> bool {
    let role = tree.node(table).get("role");
    let wide = rows.rows.iter().any(|r| r.len() > 1);
    let heads = rows.rows.iter().flatten().any(|c| tree.name(*c) == "th");
    let holds = |n: &Node| n.name == "table";
    let parts = |n: &Node| matches!(n.name.as_str(), "h1" | "h2");
    matches!(role, Some("presentation" | "none"))
        || !wide
        || (!heads && rows.heads.is_none() && tree.holds(table, &|n| holds(n) || parts(n)))
}

/// How many columns or rows a cell spans; 0 rows means all that follow.
pub(crate) fn span(tree: &Tree, cell: Id, name: &str) -> usize {
    let said = tree
        .node(cell)
        .get(name)
        .and_then(|v| v.trim().parse().ok());
    match said {
        Some(0) if name == "rowspan" => usize::MAX,
        Some(0) | None => 1,
        Some(n) => n,
    }
}
