//! From which event a length is counted.

use std::ops::Range;

use super::dates::Day;
use super::pattern::one_of;
use super::words::{self, Word, says, says_any};

/// The event a length is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// The end of the project, study, research.
    ProjectEnd,
    /// A report.
    Report,
    /// Results are published.
    Publication,
    /// A transcript arrives, or is checked.
    Transcript,
    /// The interview, session, visit itself.
    Interview,
    /// The data are collected: a form, a survey, a sign-up.
    Collection,
    /// A survey or a consultation closes.
    SurveyEnd,
    /// Analysis is over.
    Analysis,
    /// The person says so.
    OptOut,
    /// The last time the person was in touch.
    LastContact,
    /// A contract, an account or an agreement ends.
    ContractEnd,
    /// Employment or volunteering ends.
    EmploymentEnd,
    /// A tenancy ends.
    TenancyEnd,
    /// Funding ends.
    FundingEnd,
    /// A service, support, membership or school time ends; a case is closed.
    ServiceEnd,
    /// The financial year ends.
    FinancialYearEnd,
    /// The academic year ends.
    AcademicYearEnd,
    /// A degree is awarded.
    Award,
    /// The person is born, so that a length counted from it is an age.
    Birth,
    /// A date that is told.
    Date,
    /// Some other event.
    Other,
}

impl Anchor {
    /// The name `abide import` prints: `project_end`. For [`Anchor::Date`] the day follows: `date:2028-03-31`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Anchor::ProjectEnd => "project_end",
            Anchor::Report => "final_report",
            Anchor::Publication => "publication",
            Anchor::Transcript => "transcript_delivery",
            Anchor::Interview => "interview",
            Anchor::Collection => "collection",
            Anchor::SurveyEnd => "survey_close",
            Anchor::Analysis => "analysis_end",
            Anchor::OptOut => "opt_out",
            Anchor::LastContact => "last_contact",
            Anchor::ContractEnd => "contract_end",
            Anchor::EmploymentEnd => "employment_end",
            Anchor::TenancyEnd => "tenancy_end",
            Anchor::FundingEnd => "funding_end",
            Anchor::ServiceEnd => "service_end",
            Anchor::FinancialYearEnd => "financial_year_end",
            Anchor::AcademicYearEnd => "academic_year_end",
            Anchor::Award => "award",
            Anchor::Birth => "birth",
            Anchor::Date => "date",
            Anchor::Other => "event",
        }
    }
}

/// An event and the words that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    pub anchor: Anchor,
    /// `the last clinic visit`
    pub words: Range<usize>,
    pub day: Option<Day>,
}

const CUES: [&str; 4] = [
    "after|following|from|once|when|until|till|upon|unless|beyond|since|past|of",
    "as soon as",
    "at the end",
    "for the duration|length|life|lifetime of",
];

/// The event behind a length; places are those in `w`.
pub(crate) fn behind(w: &[Word], from: usize, days: &[(Day, Range<usize>)]) -> Option<Event> {
    let tail = w.get(from..).unwrap_or_default();
    let cue = words::find_any(tail, &CUES)?;
    let soon = cue.start <= 6
        || tail
            .get(..cue.start)
            .is_some_and(|t| !says(t, "and|or|because|as"));
    if !soon {
        return None;
    }
    named(w, from + cue.start..from + cue.end, days)
}

/// The event in front of a promise: `once the study ends, we keep …`
pub(crate) fn before(w: &[Word], until: usize, days: &[(Day, Range<usize>)]) -> Option<Event> {
    let head = w.get(..until)?;
    let cue = words::find_any(
        head,
        &[
            "after|once|when|following|upon|from",
            "as soon as",
            "at the end",
        ],
    )
    .filter(|c| c.start <= 2)?;
    named(head, cue, days).filter(|e| !matches!(e.anchor, Anchor::Other) || e.words.len() <= 8)
}

/// Which event the words behind a cue name.
fn named(w: &[Word], cue: Range<usize>, days: &[(Day, Range<usize>)]) -> Option<Event> {
    let stop = window(w, cue.end);
    let said = w.get(cue.end..stop).unwrap_or_default();
    let with_cue = w.get(cue.start..stop).unwrap_or_default();
    let day = days
        .iter()
        .find(|(_, at)| at.start >= cue.end && at.start < stop.max(cue.end + 1))
        .map(|(day, at)| (*day, at.clone()));
    let class = classify(with_cue);
    // `until 31 March 2028` is a date; `after the survey closes on 18 December` is the closing.
    let dated = day.as_ref().is_some_and(|(_, at)| {
        at.start <= cue.end + 4 && classify(w.get(cue.end..at.start).unwrap_or_default()).is_none()
    });
    let anchor = if dated {
        Anchor::Date
    } else if let Some(class) = class {
        class
    } else if said.is_empty() {
        return None;
    } else {
        let needed = says_any(
            said,
            &[
                "necessary|needed|required|need",
                "as long as",
                "times|period|periods|time ~3 given|stated|set|shown|listed|told|above|below",
                "part|section|table 1|2|3|4|5|6|7|8|9|10|11|12",
            ],
        );
        let named = said.iter().any(|x| x.text.len() > 2);
        if needed || !named || is_of_alone(with_cue, cue.len()) {
            return None;
        }
        Anchor::Other
    };
    Some(Event {
        anchor,
        words: cue.end..stop,
        day: day.map(|(day, _)| day),
    })
}

/// `6 years of payroll data` counts from nothing; `14 days of the last posting` does.
fn is_of_alone(w: &[Word], cue: usize) -> bool {
    let text = |i: usize| w.get(i).map_or("", |x| x.text.as_str());
    cue == 1
        && text(0) == "of"
        && !(matches!(
            text(1),
            "the" | "a" | "an" | "your" | "our" | "its" | "last" | "each"
        ) || super::verbs::is_gerund(text(1)))
}

/// The event that a whole cell names: `at discharge`, `the day the thesis is accepted`.
pub(crate) fn whole(w: &[Word], days: &[(Day, Range<usize>)]) -> Option<Event> {
    let cue = words::find_any(
        w.get(..w.len().min(5))?,
        &[
            "at|on|upon|by|immediately",
            "the? day|date|moment|end|completion|close of?",
        ],
    )
    .filter(|c| c.start == 0)?;
    let kept = w.len() <= 16;
    let end = says(w.get(cue.clone())?, "end|completion|close");
    let cue = if end { 0..0 } else { cue };
    kept.then(|| named(w, cue, days)).flatten()
}

/// Where the words that name an event stop.
fn window(w: &[Word], from: usize) -> usize {
    (from + 1..w.len())
        .find(|i| {
            let here = w.get(*i);
            let text = here.map_or("", |x| x.text.as_str());
            let next = w.get(i + 1).map_or("", |x| x.text.as_str());
            let third = w.get(i + 2).map_or("", |x| x.text.as_str());
            here.is_some_and(|x| x.parted)
                || matches!(
                    text,
                    "because" | "unless" | "but" | "so" | "since" | "whereas" | "while"
                )
                || (text == "in" && matches!(next, "case" | "line" | "order" | "accordance"))
                || (text == "and"
                    && (matches!(next, "we" | "then" | "are" | "is" | "will")
                        || super::kept::first_verb(w.get(i + 1..i + 2).unwrap_or_default())
                            .is_some()))
                || (text == "or" && matches!(third, "years" | "months" | "year" | "month"))
        })
        .unwrap_or(w.len())
}

/// The class of an event, from the words that name it.
pub(crate) fn classify(w: &[Word]) -> Option<Anchor> {
    let table: [(Anchor, &[&str]); 20] = [
        (
            Anchor::OptOut,
            &[
                "tell us otherwise",
                "opt* ~1 out",
                "unsubscribe*",
                "withdraw*",
                "you ask us",
                "ask ~2 to be removed",
                "change your mind",
                "unless you tell",
                "you tell us",
                "cancel* your subscription",
                "you ~1 object",
                "leave the panel|list|mailing",
                "come off",
            ],
        ),
        (
            Anchor::LastContact,
            &[
                "last|latest|recent ~2 contact*|appointment|visit|communication|attend*|activity|login|interaction|conversation|entry|seen|heard|correspondence",
                "last ~3 touch",
            ],
        ),
        (
            Anchor::FinancialYearEnd,
            &["financial|tax|accounting|fiscal year"],
        ),
        (
            Anchor::AcademicYearEnd,
            &["academic|school year", "end of ~1 term"],
        ),
        (
            Anchor::FundingEnd,
            &[
                "end|ends|expiry|close ~4 funding|grant",
                "funding|grant ~3 ends|expires|finish*",
            ],
        ),
        (
            Anchor::EmploymentEnd,
            &[
                "employment",
                "leave|leaves|left|leaving ~3 job|us|post|organisation|force|company|role|service",
                "volunteering",
                "stop* working",
            ],
        ),
        (
            Anchor::TenancyEnd,
            &["tenancy|tenancies|lease", "move|moves out"],
        ),
        (
            Anchor::Award,
            &["award|awarded|graduat*|degree|certificate"],
        ),
        (Anchor::Birth, &["birthday", "birth", "reach* ~3 age"]),
        (
            Anchor::ProjectEnd,
            &[
                "end|completion|conclusion|close|closure|finish|duration|length|life|lifetime ~5 project|study|research|evaluation|programme|trial|work|pilot",
                "project|study|research|evaluation|programme|trial|pilot|it ~3 end|ends|ended|finish*|complete*|closes|closed|concludes|over",
                "project|study|research completion|closure|end",
            ],
        ),
        (
            Anchor::SurveyEnd,
            &[
                "survey|consultation|questionnaire|fieldwork ~3 close*|end*|finish*",
                "clos*|end ~4 survey|consultation|fieldwork",
                "closing date",
            ],
        ),
        (
            Anchor::ContractEnd,
            &[
                "contract|agreement|account|subscription|policy ~4 end*|clos*|expir*|terminat*|finish*",
                "end|clos*|expiry|termination ~4 contract|agreement|account|subscription",
            ],
        ),
        (
            Anchor::ServiceEnd,
            &[
                "membership|case|support|service|course|treatment|placement|involvement|care|programme|referral ~4 end*|clos*|finish*|expir*|lapse*|leave*|over",
                "end|clos*|expiry|completion|conclusion ~4 membership|case|support|service|course|treatment|placement|involvement|care|studies",
                "discharge*",
                "leave|leaves|left|leaving ~2 school|college|university|club|service|group|nursery|panel",
                "member|customer|student|pupil|tenant ~2 leave*|stop*",
            ],
        ),
        (
            Anchor::Publication,
            &[
                "publication",
                "published ~3 report|results|findings|paper",
                "report|results|findings|paper|papers ~4 publish*",
            ],
        ),
        (Anchor::Transcript, &["transcri*", "typed"]),
        (Anchor::Report, &["report*"]),
        (Anchor::Publication, &["publish*"]),
        (Anchor::Analysis, &["analysis|analysed|analyses"]),
        (
            Anchor::Interview,
            &[
                "interview*|talk|conversation|session|sessions|call|visit|appointment|workshop|event|meeting|group|groups",
            ],
        ),
        (
            Anchor::Collection,
            &[
                "survey|questionnaire|participation|part|collect*|form|forms|submit*|submission|sign*|regist*|receive|received|receipt|recorded|recording|made|created|captured|taken|upload*|appl*|answer|answered|complete|completed|given|contact",
            ],
        ),
    ];
    table
        .iter()
        .find(|(_, patterns)| says_any(w, patterns))
        .map(|(anchor, _)| *anchor)
}

/// The name an event goes by in `abide import`: that of its class, or its own words in snake case.
pub(crate) fn word(anchor: Anchor, own: &str) -> String {
    let lower = own.to_lowercase();
    match anchor {
        Anchor::Transcript
            if lower.contains("check") || lower.contains("approv") || lower.contains("compar") =>
        {
            "transcript_check".to_owned()
        }
        Anchor::Transcript
            if ["deliver", "receiv", "receipt", "return"]
                .iter()
                .any(|w| lower.contains(w)) =>
        {
            anchor.word().to_owned()
        }
        Anchor::Transcript if !lower.contains("transcript") || lower.contains("transcription") => {
            "transcription".to_owned()
        }
        Anchor::Report if !lower.contains("final") => "report".to_owned(),
        Anchor::ContractEnd if lower.contains("account") => "account_closure".to_owned(),
        Anchor::ServiceEnd if lower.contains("member") => "membership_end".to_owned(),
        Anchor::ServiceEnd if lower.contains("case") => "case_closed".to_owned(),
        Anchor::ServiceEnd if lower.contains("discharg") => "discharge".to_owned(),
        Anchor::Collection if lower.contains("receiv") || lower.contains("receipt") => {
            "receipt".to_owned()
        }
        Anchor::AcademicYearEnd if !lower.contains("year") => "term_end".to_owned(),
        Anchor::Award if lower.contains("graduat") => "graduation".to_owned(),
        Anchor::Interview
            if ["interview", "focus", "group"]
                .iter()
                .any(|w| lower.contains(w)) =>
        {
            anchor.word().to_owned()
        }
        Anchor::Collection
            if lower.is_empty()
                || ["collect", "gather", "obtain", "record", "made", "taken"]
                    .iter()
                    .any(|w| lower.contains(w)) =>
        {
            anchor.word().to_owned()
        }
        Anchor::Other | Anchor::ServiceEnd | Anchor::Interview | Anchor::Collection => {
            let kept: Vec<String> = lower
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| w.len() > 1)
                .filter(|w| {
                    !one_of(w, "the|your|you|we|our|us|is|are|was|has|have|had|been|being|which|that|of|in|to|on|at|by|it|they|them|their|an|and|or|for|with|this|date|time|day|come|comes|came|takes|place|who|whom|from|into")
                })
                .take(4)
                .map(str::to_owned)
                .collect();
            if kept.is_empty() {
                anchor.word().to_owned()
            } else {
                kept.join("_")
            }
        }
        known => known.word().to_owned(),
    }
}
