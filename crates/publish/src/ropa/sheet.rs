//! The workbook: one sheet in the template's layout that can be read on a screen and on paper, and one that says what is empty and why.

use notice::Notice;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::cells::party;
use super::{BY_HAND, HEADINGS, Row};
use crate::words::phrase;

/// The row of the headings as the file counts it, from 0: row 9.
const HEADED: u32 = 8;
/// The most a cell of the format holds is 32,767; a notice that says more in one is cut.
const MOST: usize = 32_000;

/// What the template's columns are about, with the first and the last of each part, from 0.
const PARTS: [(&str, u16, u16); 7] = [
    ("Record of processing, Article 30", 0, 10),
    ("Privacy notices", 11, 17),
    ("Consent", 18, 18),
    ("Access requests", 19, 19),
    ("Impact assessments", 20, 22),
    ("Personal data breaches", 23, 24),
    (
        "Special category and offence data; keeping and erasing",
        25,
        29,
    ),
];

/// How wide each column is, in characters.
const WIDTHS: [u8; 30] = [
    24, 34, 30, 24, 36, 40, 18, 24, 34, 46, 40, 28, 28, 34, 20, 30, 24, 40, 18, 18, 24, 18, 18, 18,
    18, 28, 28, 40, 22, 44,
];

struct Looks {
    title: Format,
    label: Format,
    value: Format,
    part: Format,
    heading: Format,
    by_hand: Format,
    cell: Format,
}

impl Looks {
    fn new() -> Looks {
        let base = || Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let ruled = || {
            base()
                .set_border(FormatBorder::Thin)
                .set_border_color(0x8A_94_8F)
        };
        Looks {
            title: Format::new().set_bold().set_font_size(14),
            label: base().set_bold(),
            value: base(),
            part: ruled().set_bold().set_align(FormatAlign::Left),
            heading: ruled().set_bold().set_background_color(0xD5_E6_DF),
            by_hand: ruled()
                .set_bold()
                .set_italic()
                .set_background_color(0xEE_EE_EA),
            cell: ruled(),
        }
    }
}

pub(super) fn workbook(notice: &Notice, rows: &[Row], proven: bool) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let title = format!(
        "Record of processing activities: {} ({})",
        notice.project, notice.reference
    );
    // The day of the notice and not of the making: the same notice gives the same bytes.
    let dated = notice.dated;
    let day = ExcelDateTime::from_ymd(
        u16::try_from(dated.year()).unwrap_or(1970),
        u8::try_from(dated.month()).unwrap_or(1),
        u8::try_from(dated.day()).unwrap_or(1),
    )?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&title)
            .set_subject(format!("Notice {} version {}", notice.name, notice.version))
            .set_creation_datetime(&day),
    );
    let looks = Looks::new();
    template(book.add_worksheet(), notice, &title, rows, &looks)?;
    notes(book.add_worksheet(), notice, proven, &looks)?;
    book.save_to_buffer()
}

fn template(
    sheet: &mut Worksheet,
    notice: &Notice,
    title: &str,
    rows: &[Row],
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name("Record of processing")?;
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, f64::from(width))?;
    }
    sheet.write_string_with_format(0, 0, title, &looks.title)?;
    for (column, (head, block)) in (0u16..).step_by(2).zip(blocks(notice)) {
        sheet.write_string_with_format(1, column, head, &looks.label)?;
        for (row, (label, value)) in (2u32..).zip(block) {
            sheet.write_string_with_format(row, column, label, &looks.label)?;
            sheet.write_string_with_format(row, column + 1, cut(&value), &looks.value)?;
        }
    }
    for (words, first, last) in PARTS {
        if first == last {
            sheet.write_string_with_format(HEADED - 1, first, words, &looks.part)?;
        } else {
            sheet.merge_range(HEADED - 1, first, HEADED - 1, last, words, &looks.part)?;
        }
    }
    for ((column, number), heading) in (0u16..).zip(1usize..).zip(HEADINGS) {
        let look = if BY_HAND.contains(&number) {
            &looks.by_hand
        } else {
            &looks.heading
        };
        sheet.write_string_with_format(HEADED, column, heading, look)?;
    }
    let mut last = HEADED;
    for (at, row) in (HEADED + 1..).zip(rows) {
        for (column, cell) in (0u16..).zip(&row.cells) {
            sheet.write_string_with_format(at, column, cut(cell), &looks.cell)?;
        }
        last = at;
    }
    sheet.set_freeze_panes(HEADED + 1, 2)?;
    if last > HEADED {
        sheet.autofilter(HEADED, 0, last, 29)?;
    }
    // A3 across, five pages wide: at that size the letters can still be read.
    sheet.set_landscape();
    sheet.set_paper_size(8);
    sheet.set_print_fit_to_pages(5, 0);
    sheet.set_repeat_rows(HEADED, HEADED)?;
    sheet.set_repeat_columns(0, 1)?;
    // A single `&` would begin a command of the footer's own language.
    sheet.set_footer(format!(
        "&L{}&RPage &P of &N",
        cut(title)
            .chars()
            .take(120)
            .collect::<String>()
            .replace('&', "&&")
    ));
    Ok(())
}

type Block = Vec<(&'static str, String)>;

/// Who answers: the controller, its officer, and a representative, whom a notice names none.
fn blocks(notice: &Notice) -> [(&'static str, Block); 3] {
    let controller = notice.controllers().next().map(|(_, p)| p);
    let said = |text: Option<&String>| text.cloned().unwrap_or_default();
    let phone = notice
        .contacts()
        .find(|(_, c)| c.name == "phone")
        .and_then(|(_, c)| c.addresses.first());
    let officer = notice
        .contacts()
        .find(|(_, c)| c.name == "dpo")
        .map(|(_, c)| c);
    let mails = |c: &notice::model::Contact| -> String {
        let all: Vec<&str> = c
            .addresses
            .iter()
            .map(String::as_str)
            .filter(|a| a.contains('@'))
            .collect();
        all.join(", ")
    };
    let empty = || {
        vec![
            ("Name", String::new()),
            ("Address", String::new()),
            ("Email", String::new()),
            ("Telephone", String::new()),
        ]
    };
    [
        (
            "Controller",
            vec![
                ("Name", said(controller.map(|p| &p.full_name))),
                ("Address", said(controller.and_then(|p| p.address.as_ref()))),
                ("Email", said(controller.and_then(|p| p.email.as_ref()))),
                ("Telephone", said(phone)),
            ],
        ),
        (
            "Data protection officer (if applicable)",
            match officer {
                // The notice tells the post and how to reach it, never who holds it.
                Some(officer) => vec![
                    ("Name", "Data protection officer".to_owned()),
                    ("Address", said(controller.and_then(|p| p.address.as_ref()))),
                    ("Email", mails(officer)),
                    ("Telephone", String::new()),
                ],
                None => empty(),
            },
        ),
        ("Representative (if applicable)", empty()),
    ]
}

fn notes(
    sheet: &mut Worksheet,
    notice: &Notice,
    proven: bool,
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name("Notes")?;
    sheet.set_column_width(0, 110)?;
    sheet.write_string_with_format(0, 0, "Notes", &looks.title)?;
    let evidence = if proven {
        "Columns 29 and 30 are filled from the evidence on record when this file was made: “Yes” where data went as the clauses of column 28 say, “No” with each broken clause and what was found, “Nothing due yet” where nothing has had to go, “Cannot tell” where the record is silent."
    } else {
        "Columns 29 and 30 are empty because this file was made from the notice alone. Made beside the project's data, they are filled from evidence."
    };
    let parties: Vec<String> = notice.controllers().map(|(_, p)| party(p)).collect();
    let words = [
        format!(
            "Made from notice {} version {}, dated {}. Controller: {}.",
            notice.name,
            notice.version,
            phrase::day(notice.dated),
            phrase::list(&parties, "and")
        ),
        "A row is one purpose and one group of recipients it is shared with. The headings are those of the regulator's template for controllers.".to_owned(),
        "Columns 7, 19, 20 and 22 to 25 (headings in italics) are filled in by hand: a notice does not know links to contracts and to records of consent, where data lie, how far an impact assessment is, or breaches.".to_owned(),
        "Agreement to take part in research is no consent in the sense of column 19, and no lawful basis.".to_owned(),
        "Column 8 names no country because the notice names none: it says on what footing data may leave, in column 9.".to_owned(),
        evidence.to_owned(),
    ];
    for (row, text) in (2u32..).zip(words) {
        sheet.write_string_with_format(row, 0, cut(&text), &looks.value)?;
    }
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}
