//! What every page stands in: its title, where it is, who is looking, and how to complain.

use crate::assets;
use crate::page::form::Form;
use crate::page::parts::{Link, When};
use jiff::civil::Date;

/// The frame of one page.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The page's one heading, and its title in the tab. Never personal.
    pub title: String,
    /// BCP 47 tag; empty means `en-GB`.
    pub language: String,
    /// The way here, outermost first, without this page.
    pub crumbs: Vec<Link>,
    /// Neighbouring pages, or the parts of this one.
    pub local: Vec<Link>,
    /// What the neighbours are called, for people who listen: `This notice`, `Project #4107`.
    pub local_name: String,
    /// The member of staff signed in, if one is.
    pub staff: Option<StaffBar>,
    /// Somebody from outside who is signed in: `Transcriber: Quill & Ear`, `You are in study #4107`.
    pub guest: Option<String>,
    /// What just happened.
    pub flash: Option<Flash>,
    /// What was wrong with the form sent, with the address of each field.
    pub errors: Vec<Link>,
    /// The demo's own time, where this is the demo.
    pub demo: Option<When>,
    /// The day, which says who the regulator is; the latest known one where no day is at hand.
    pub on: Option<Date>,
}

/// The bar of a member of staff.
#[derive(Clone, Debug, Default)]
pub struct StaffBar {
    /// Name of the member of staff.
    pub name: String,
    /// `data protection officer`, `researcher`, `project lead`, `administrator`.
    pub role: String,
    /// The door in [`DOORS`] this page lies behind: `/desk/inbox`.
    pub here: String,
    /// How many things wait behind a door: (`/desk/inbox`, 3).
    pub waiting: Vec<(String, u32)>,
}

/// What just happened, said once above the page.
#[derive(Clone, Debug)]
pub struct Flash {
    /// Whether it was done, or refused.
    pub refused: bool,
    /// In a sentence.
    pub words: String,
}

/// The doors of staff: address and name.
pub const DOORS: [(&str, &str); 9] = [
    ("/desk", "Projects"),
    ("/desk/inbox", "Inbox"),
    ("/desk/requests", "Requests"),
    ("/desk/complaints", "Complaints"),
    ("/desk/recipients", "Recipients"),
    ("/desk/check", "Check a notice"),
    ("/desk/sweep", "Sweep"),
    ("/desk/evidence", "Evidence"),
    ("/desk/staff", "Staff"),
];

impl Layout {
    /// A page for anybody.
    #[must_use]
    pub fn public(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            ..Self::default()
        }
    }

    /// A page for staff.
    #[must_use]
    pub fn staff(title: &str, bar: StaffBar) -> Self {
        Self {
            title: title.to_owned(),
            staff: Some(bar),
            ..Self::default()
        }
    }

    /// The way here.
    #[must_use]
    pub fn crumbs(mut self, crumbs: &[(&str, &str)]) -> Self {
        self.crumbs = crumbs
            .iter()
            .map(|(to, words)| Link::new(to, words))
            .collect();
        self
    }

    /// The neighbours of this page; the one whose address is `here` is marked.
    #[must_use]
    pub fn local(mut self, name: &str, here: &str, links: &[(&str, &str)]) -> Self {
        name.clone_into(&mut self.local_name);
        self.local = links
            .iter()
            .map(|(to, words)| Link {
                current: *to == here,
                ..Link::new(to, words)
            })
            .collect();
        self
    }

    /// Takes what was wrong with a form into the summary at the top.
    #[must_use]
    pub fn errors_of(mut self, form: &Form) -> Self {
        self.errors = form.errors();
        self
    }

    /// The language of the page, for the `lang` attribute.
    #[must_use]
    pub fn lang(&self) -> &str {
        if self.language.is_empty() {
            "en-GB"
        } else {
            &self.language
        }
    }

    /// Whom people can complain to besides us: `the Information Commissioner’s Office, the regulator: 0303 …, ico.org.uk/…`.
    #[must_use]
    pub fn regulator(&self) -> String {
        let it = law::regulator::regulator(self.on.unwrap_or(Date::MAX));
        let web = it.url.trim_start_matches("https://").trim_end_matches('/');
        format!(
            "the {}, the regulator: {}, {web}",
            it.name.replace('\'', "’"),
            it.phone
        )
    }

    /// Address of the stylesheet.
    #[must_use]
    pub fn css(&self) -> String {
        assets::CSS.url()
    }

    /// Address of the script.
    #[must_use]
    pub fn js(&self) -> String {
        assets::JS.url()
    }

    /// Address of the picture in the tab.
    #[must_use]
    pub fn icon(&self) -> String {
        assets::ICON.url()
    }
}

impl StaffBar {
    /// The doors with the one we are behind marked, and what waits behind each.
    #[must_use]
    pub fn doors(&self) -> Vec<Door> {
        DOORS
            .iter()
            .map(|(to, words)| Door {
                to,
                words,
                current: *to == self.here,
                waiting: self
                    .waiting
                    .iter()
                    .find(|(door, _)| door == to)
                    .map_or(0, |(_, n)| *n),
            })
            .collect()
    }
}

/// One door in the staff navigation.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    /// Address.
    pub to: &'static str,
    /// Name.
    pub words: &'static str,
    /// Whether this page lies behind it.
    pub current: bool,
    /// How many things wait there.
    pub waiting: u32,
}
