//! The places the United Kingdom has approved, as data with dates.

use super::Approval;
use jiff::civil::{Date, date};

/// A full approval carried over at the end of the transition period.
const fn carried(code: &'static str, name: &'static str) -> Approval {
    Approval {
        code,
        name,
        only: None,
        law: "DPA 2018 Sch 21 paras 4-5; UK GDPR Art 45A",
        from: date(2021, 1, 1),
        to: None,
    }
}

/// A partial approval.
const fn partial(
    code: &'static str,
    name: &'static str,
    only: &'static str,
    law: &'static str,
    from: Date,
) -> Approval {
    Approval {
        code,
        name,
        only: Some(only),
        law,
        from,
        to: None,
    }
}

/// Every place the United Kingdom has approved.
pub const APPROVED: &[Approval] = &[
    carried("AT", "Austria"),
    carried("BE", "Belgium"),
    carried("BG", "Bulgaria"),
    carried("HR", "Croatia"),
    carried("CY", "Cyprus"),
    carried("CZ", "Czechia"),
    carried("DK", "Denmark"),
    carried("EE", "Estonia"),
    carried("FI", "Finland"),
    carried("FR", "France"),
    carried("DE", "Germany"),
    carried("GR", "Greece"),
    carried("HU", "Hungary"),
    carried("IE", "Ireland"),
    carried("IT", "Italy"),
    carried("LV", "Latvia"),
    carried("LT", "Lithuania"),
    carried("LU", "Luxembourg"),
    carried("MT", "Malta"),
    carried("NL", "the Netherlands"),
    carried("PL", "Poland"),
    carried("PT", "Portugal"),
    carried("RO", "Romania"),
    carried("SK", "Slovakia"),
    carried("SI", "Slovenia"),
    carried("ES", "Spain"),
    carried("SE", "Sweden"),
    carried("IS", "Iceland"),
    carried("LI", "Liechtenstein"),
    carried("NO", "Norway"),
    carried("EU", "the institutions of the European Union"),
    carried("GI", "Gibraltar"),
    carried("CH", "Switzerland"),
    carried("AD", "Andorra"),
    carried("AR", "Argentina"),
    carried("FO", "the Faroe Islands"),
    carried("GG", "Guernsey"),
    carried("IM", "the Isle of Man"),
    carried("JE", "Jersey"),
    carried("IL", "Israel"),
    carried("UY", "Uruguay"),
    carried("NZ", "New Zealand"),
    partial(
        "CA",
        "Canada",
        "organisations under its federal privacy act for business (PIPEDA)",
        "DPA 2018 Sch 21 paras 4-5; UK GDPR Art 45A",
        date(2021, 1, 1),
    ),
    partial(
        "JP",
        "Japan",
        "data under its act on personal information (APPI), the private sector",
        "DPA 2018 Sch 21 paras 4-5; UK GDPR Art 45A",
        date(2021, 1, 1),
    ),
    partial(
        "KR",
        "South Korea",
        "recipients under its Personal Information Protection Act (PIPA)",
        "SI 2022/1213",
        date(2022, 12, 19),
    ),
    partial(
        "US",
        "the United States",
        "recipients certified to the Data Privacy Framework and its UK Extension",
        "SI 2023/1028",
        date(2023, 10, 12),
    ),
];
