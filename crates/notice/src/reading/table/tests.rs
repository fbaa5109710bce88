//! Tables in every dress, and what is repaired in them.

use super::super::structure;
use super::*;

fn tables(text: &str) -> Vec<Table> {
    let (_, blocks) = structure::read(text);
    read(text, &blocks)
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let tables = tables(text);
    assert_eq!(tables.len(), 1, "{text}\n{tables:?}");
    let say = |cell: &Vec<Span>| {
        cell.iter()
            .map(|c| words::at(text, *c))
            .collect::<Vec<_>>()
            .join(" ")
    };
    tables
        .iter()
        .flat_map(|t| &t.rows)
        .map(|r| r.cells.iter().map(say).collect())
        .collect()
}

#[test]
fn a_row_cut_by_a_page_break_is_one_row() {
    let head = "T\n\nPurpose\tLawful basis\n";
    let cases = [
        (
            "To meet you in a hall or a\t\n\nroom nearby.\t\nTo pay you.\tContract.\n",
            2,
        ),
        // The continuation may begin with a capital.
        (
            "To learn about <i>Foster Care</i>\tConsent.\n\nAgencies in your county.\t\nTo pay you.\tContract.\n",
            2,
        ),
        (
            "<p>To quote you. (We ask</p>\t\n\n<p>you first.)</p>\t\n<p>To pay you.</p>\t<p>Contract.</p>\n",
            2,
        ),
        // Rows without full stops are whole rows.
        ("To pay you\tContract\n\nTo write to you\tConsent\n", 2),
        // The first line of a row has no tab.
        (
            "To meet you in a hall or a\n\nroom nearby.\tConsent\nTo pay you.\tContract.\n",
            2,
        ),
        (
            "To learn about Special Care\nOrders in your town.\tConsent\nTo pay you.\tContract.\n",
            2,
        ),
        (
            "To meet you in a hall or a\t\nPage 2 of 3\nroom nearby.\t\nTo pay you.\tContract.\n",
            2,
        ),
        // The last cell goes on in a line without a tab.
        (
            "To pay you.\tContract, since we\nowe you money.\nTo write to you.\tConsent\n",
            2,
        ),
        // The head comes again on a new page.
        (
            "To pay you.\tContract.\n\nPurpose\tLawful basis\nTo write to you.\t\n",
            2,
        ),
    ];
    for (body, count) in cases {
        let text = format!("{head}{body}");
        let got = rows(&text);
        assert_eq!(got.len(), count, "{text}: {got:?}");
    }
    assert_eq!(rows(&format!("{head}{}", cases[1].0))[0][1], "Consent.");
    assert_eq!(
        rows(&format!("{head}{}", cases[4].0))[0],
        ["To meet you in a hall or a room nearby.", "Consent"]
    );
    assert_eq!(
        rows(&format!("{head}{}", cases[7].0))[0][1],
        "Contract, since we owe you money."
    );
}

#[test]
fn tables_in_every_dress_have_the_same_cells() {
    let wanted = [
        vec!["To pay you back", "Contract", "One year"],
        vec!["To write to you about what we find", "", "Two years"],
        vec!["To learn", "Legitimate interests in better care", ""],
    ];
    let cases = [
        // Bars, with and without the outer ones.
        "T\n\n| Why | Our legal reason | How long |\n|---|---|---|\n| To pay you back | Contract | One year |\n| To write to you about what we find | | Two years |\n| To learn | Legitimate interests in better care | |\n",
        "T\n\nWhy | Our legal reason | How long\n--- | --- | ---\nTo pay you back | Contract | One year\nTo write to you about what we find | | Two years\nTo learn | Legitimate interests in better care |\n",
        // Tabs.
        "T\n\nWhy\tOur legal reason\tHow long\nTo pay you back\tContract\tOne year\nTo write to you about what we find\t\tTwo years\nTo learn\tLegitimate interests in better care\n",
        // Columns set with blanks.
        "T\n\nWhy                  Our legal reason         How long\nTo pay you back      Contract                 One year\nTo write to you                               Two years\nabout what we find\nTo learn             Legitimate interests\n                     in better care\n",
        "T\n\n  Why                Our legal reason         How long\n  ----------------   ----------------------   ---------\n  To pay you back    Contract                 One year\n\n  To write to you                             Two years\n  about what we\n  find\n\n  To learn           Legitimate interests\n                     in better care\n\nWe never sell it to anybody at all, and that is a promise.\n",
        // Each cell had become a line.
        "T\n\nWhy\nOur legal reason\nHow long\n\nTo pay you back\nContract\nOne year\n\nTo write to you about what we find\nTwo years\n\nTo learn\nLegitimate interests in better care\n\nWe never sell it to anybody at all, and that is a promise.\n",
        "T\n\nWhy\nOur legal reason\nHow long\nTo pay you back\nContract\nOne year\nTo write to you about what we find\n\nTwo years\nTo learn\nLegitimate interests in better care\n\n\nWe never sell it to anybody at all, and that is a promise.\n",
        "T\n\nWhy\n\nOur legal reason\n\nHow long\n\nTo pay you back\n\nContract\n\nOne year\n\nTo write to you about what we find\n\nTwo years\n\nTo learn\n\nLegitimate interests in better care\n\n## More\n\nWe never sell it.\n",
    ];
    for text in cases {
        assert_eq!(rows(text), wanted, "{text}");
        let (_, blocks) = structure::read(text);
        let table = &read(text, &blocks)[0];
        assert_eq!(
            table.columns,
            [Column::Purpose, Column::Basis, Column::Retention],
            "{text}"
        );
        let empty = table
            .repairs
            .iter()
            .filter(|(r, _)| *r == Repair::EmptyCell)
            .count();
        assert_eq!(empty, 1, "{text}");
    }
}

#[test]
fn names_and_values_are_no_purposes() {
    let text = "T\n\nData controller\tHartwell\nTelephone\t01632 960 001\nAddress\t4 Mill Lane\nKept for\tTwo years\n";
    let table = &tables(text)[0];
    assert_eq!(table.columns, [Column::Label, Column::Value]);
    assert_eq!(table.rows.len(), 4);
}

#[test]
fn a_line_above_several_rows_speaks_for_them() {
    let text = "T\n\nActivity\tNotes\nConsent\t\nTo film you\tOnly if you like\nTo quote you\t\nContract\t\nTo pay you\t\n";
    let table = &tables(text)[0];
    let told: Vec<Option<&str>> = table
        .rows
        .iter()
        .map(|r| r.under.map(|u| words::at(text, u).trim()))
        .collect();
    assert_eq!(told, [Some("Consent"), Some("Consent"), Some("Contract")]);
}

#[test]
fn what_is_repaired_is_told() {
    let text = "T\n\nPurpose\tLawful basis\nTo meet you in a\t\n\nhall.\tConsent\nPurpose\tLawful basis\nTo pay you.\t\tnow\n";
    let table = &tables(text)[0];
    let told: Vec<Repair> = table.repairs.iter().map(|(r, _)| *r).collect();
    assert_eq!(
        told,
        [
            Repair::RowJoined,
            Repair::HeadRepeated,
            Repair::Ragged,
            Repair::EmptyCell
        ]
    );
}
