//! Forms: only what is asked for, nothing ticked beforehand, each field with its reason beside it.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::page::parts::{Link, Note};

/// A choice in a list.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub words: String,
    /// More about it.
    pub hint: String,
}

impl Choice {
    /// A choice.
    #[must_use]
    pub fn new(value: &str, words: &str, hint: &str) -> Self {
        Self {
            value: value.to_owned(),
            words: words.to_owned(),
            hint: hint.to_owned(),
        }
    }
}

/// What a field takes.
#[derive(Clone, Debug, Default)]
pub enum Kind {
    /// A line of text.
    #[default]
    Text,
    /// An email address.
    Email,
    /// A telephone number.
    Phone,
    /// A password; never sent back.
    Password,
    /// A calendar day.
    Day,
    /// Several lines.
    Long,
    /// A file of these types.
    File(String),
    /// One of a list that opens.
    Pick(Vec<Choice>),
    /// One of a list in view.
    One(Vec<Choice>),
    /// Any of a list in view.
    Any(Vec<Choice>),
    /// A box to tick, never ticked beforehand except when the same form comes back with an error.
    Tick,
    /// Sent unseen.
    Hidden,
}

/// One field.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/field.html")]
pub struct Field {
    /// Id in the page; [`Form::field`] sets it.
    pub id: String,
    /// Name sent.
    pub name: String,
    /// Label or legend.
    pub label: String,
    /// Help under the label.
    pub hint: String,
    /// What it takes.
    pub kind: Kind,
    /// What was entered; for [`Kind::Any`], separated by spaces.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether it may be left empty.
    pub optional: bool,
    /// `autocomplete` token: `email`, `name`, `one-time-code`.
    pub autocomplete: &'static str,
    /// Why it is asked, in the margin.
    pub note: Option<Note>,
}

impl Field {
    /// A field that has to be filled in.
    #[must_use]
    pub fn new(name: &str, label: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            kind,
            ..Self::default()
        }
    }

    /// With help under the label.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    /// With what was entered.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        value.clone_into(&mut self.value);
        self
    }

    /// With what is wrong with it: say what to do.
    #[must_use]
    pub fn error(mut self, error: &str) -> Self {
        self.error = Some(error.to_owned());
        self
    }

    /// It may be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// With the browser's help in filling it in.
    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = token;
        self
    }

    /// With its reason in the margin.
    #[must_use]
    pub fn note(mut self, note: Note) -> Self {
        self.note = Some(note);
        self
    }

    /// `type` of a one-line input.
    fn input_type(&self) -> &'static str {
        match self.kind {
            Kind::Email => "email",
            Kind::Phone => "tel",
            Kind::Password => "password",
            Kind::Day => "date",
            _ => "text",
        }
    }

    fn holds(&self, value: &str) -> bool {
        self.value.split(' ').any(|held| held == value)
    }

    /// Ids of hint and error, for `aria-describedby`.
    fn described(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        let error = self.error.is_some().then(|| format!("{}-error", self.id));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }

    /// Where the error summary leads: the first choice of a list, else the field.
    fn target(&self) -> String {
        match self.kind {
            Kind::One(_) | Kind::Any(_) => format!("#{}-1", self.id),
            _ => format!("#{}", self.id),
        }
    }
}

/// Fields that belong together.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Its heading; empty for a form of one group.
    pub legend: String,
    /// Words under the heading.
    pub intro: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// Folded away under its heading until somebody opens it.
    pub folded: bool,
}

impl Group {
    /// What was said in it, or is wrong in it, is never folded away.
    fn open(&self) -> bool {
        let said = |field: &Field| !field.value.is_empty() || field.error.is_some();
        self.fields.iter().any(said)
    }
}

/// What is said of an address that cannot be one.
pub const NOT_AN_EMAIL: &str =
    "This does not look like an email address. It needs an @, like name@example.org.";

/// Whether a text has the shape of an email address; whether anybody reads it, only a letter can tell.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let text = text.trim();
    text.rsplit_once('@').is_some_and(|(who, host)| {
        !who.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !text.contains(char::is_whitespace)
    })
}

/// A form that is posted.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "part/form.html")]
pub struct Form {
    /// Id in the page, and the beginning of the ids of its fields.
    pub id: String,
    /// Where it is posted.
    pub action: String,
    /// Groups of fields.
    pub groups: Vec<Group>,
    /// Words on the button.
    pub button: String,
    /// `primary`, `quiet`, or `grave` for what cannot be undone.
    pub weight: &'static str,
    /// Further buttons that send the form as well: what `do` then says, and the words.
    pub also: Vec<(String, String)>,
    /// Words beside the button.
    pub beside: String,
    /// Where the file can be sent in pieces instead; empty where it cannot.
    pub pieces: String,
}

impl Form {
    /// A form of one group without fields yet.
    #[must_use]
    pub fn new(id: &str, action: &str, button: &str) -> Self {
        Self {
            id: id.to_owned(),
            action: action.to_owned(),
            groups: vec![Group::default()],
            button: button.to_owned(),
            weight: "primary",
            also: Vec::new(),
            beside: String::new(),
            pieces: String::new(),
        }
    }

    /// A single quiet button that posts.
    #[must_use]
    pub fn quiet(id: &str, action: &str, button: &str) -> Self {
        Self {
            weight: "quiet",
            ..Self::new(id, action, button)
        }
    }

    /// A button for what cannot be undone.
    #[must_use]
    pub fn grave(mut self) -> Self {
        self.weight = "grave";
        self
    }

    /// With one more button that sends it; `what` is what `do` then says.
    #[must_use]
    pub fn also(mut self, what: &str, words: &str) -> Self {
        self.also.push((what.to_owned(), words.to_owned()));
        self
    }

    /// Words beside the button: what happens when it is pressed.
    #[must_use]
    pub fn beside(mut self, words: &str) -> Self {
        words.clone_into(&mut self.beside);
        self
    }

    /// Its file can be sent in pieces, to this address, where the browser has a script for it.
    #[must_use]
    pub fn in_pieces(mut self, to: &str) -> Self {
        to.clone_into(&mut self.pieces);
        self
    }

    /// Opens a new group.
    #[must_use]
    pub fn group(mut self, legend: &str, intro: &str) -> Self {
        let group = Group {
            legend: legend.to_owned(),
            intro: intro.to_owned(),
            fields: vec![],
            folded: false,
        };
        match self.groups.as_slice() {
            [only] if only.fields.is_empty() => self.groups = vec![group],
            _ => self.groups.push(group),
        }
        self
    }

    /// Opens a new group that is folded away under its heading.
    #[must_use]
    pub fn folded(mut self, legend: &str) -> Self {
        self.groups.push(Group {
            legend: legend.to_owned(),
            folded: true,
            ..Group::default()
        });
        self
    }

    /// Adds a field to the last group.
    #[must_use]
    pub fn field(mut self, mut field: Field) -> Self {
        field.id = format!("{}-{}", self.id, field.name);
        if let Some(group) = self.groups.last_mut() {
            group.fields.push(field);
        }
        self
    }

    /// What was wrong, each with the address of its field.
    #[must_use]
    pub fn errors(&self) -> Vec<Link> {
        self.groups
            .iter()
            .flat_map(|group| &group.fields)
            .filter_map(|field| Some(Link::new(&field.target(), field.error.as_ref()?)))
            .collect()
    }

    fn multipart(&self) -> bool {
        self.groups
            .iter()
            .flat_map(|g| &g.fields)
            .any(|f| matches!(f.kind, Kind::File(_)))
    }

    fn bare(&self) -> bool {
        self.groups
            .iter()
            .flat_map(|g| &g.fields)
            .all(|f| matches!(f.kind, Kind::Hidden))
    }
}

impl HtmlSafe for Field {}
impl HtmlSafe for Form {}
