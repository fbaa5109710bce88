//! Where a well-known tool is at home, so that a notice which names it can be asked where the data go.
//!
//! The home is the country of the company that offers the tool to customers in the United Kingdom. Many offer storage in the United
//! Kingdom or in Europe, so a tool in this list is a question to the author and no breach. The homes are commonly known and were not
//! compared with each company's own page; a wrong one costs a needless question, never a missed breach of a rule.

/// A tool that research projects use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vendor {
    /// Its name, in lower case, words parted by one space.
    pub name: &'static str,
    /// The country of the company behind it, ISO 3166-1.
    pub home: &'static str,
    /// The name is also an ordinary word, so only a capital letter in the middle of a sentence shows it.
    pub common_word: bool,
}

const fn vendor(name: &'static str, home: &'static str) -> Vendor {
    Vendor {
        name,
        home,
        common_word: false,
    }
}

const fn word(name: &'static str, home: &'static str) -> Vendor {
    Vendor {
        name,
        home,
        common_word: true,
    }
}

/// The tools known to have a home outside the United Kingdom.
pub const VENDORS: &[Vendor] = &[
    vendor("microsoft", "US"),
    vendor("office 365", "US"),
    vendor("onedrive", "US"),
    vendor("sharepoint", "US"),
    word("teams", "US"),
    word("outlook", "US"),
    word("azure", "US"),
    word("zoom", "US"),
    vendor("google", "US"),
    vendor("gmail", "US"),
    vendor("dropbox", "US"),
    vendor("qualtrics", "US"),
    vendor("surveymonkey", "US"),
    vendor("survey monkey", "US"),
    vendor("alchemer", "US"),
    vendor("jotform", "US"),
    vendor("mailchimp", "US"),
    vendor("mailerlite", "IE"),
    word("slack", "US"),
    vendor("amazon web services", "US"),
    vendor("aws", "US"),
    vendor("otter.ai", "US"),
    vendor("otter ai", "US"),
    vendor("eventbrite", "US"),
    vendor("typeform", "ES"),
    vendor("docusign", "US"),
    vendor("salesforce", "US"),
    vendor("hubspot", "US"),
    vendor("webex", "US"),
    vendor("whatsapp", "US"),
    vendor("vimeo", "US"),
    vendor("icloud", "US"),
    vendor("airtable", "US"),
    vendor("calendly", "US"),
    vendor("trello", "AU"),
    vendor("canva", "AU"),
    vendor("mentimeter", "SE"),
    vendor("chatgpt", "US"),
    vendor("openai", "US"),
];

/// The tool with this name.
///
/// ```
/// assert_eq!(law::vendor::named("qualtrics").map(|v| v.home), Some("US"));
/// assert!(law::vendor::named("smartsurvey").is_none());
/// ```
#[must_use]
pub fn named(name: &str) -> Option<&'static Vendor> {
    VENDORS.iter().find(|v| v.name == name)
}
