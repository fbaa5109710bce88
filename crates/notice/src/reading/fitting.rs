//! Whether some words name a party outside: no time, no town, no law, nobody of our own house.

use std::ops::Range;

use super::pattern::one_of;
use super::sharing::Class;
use super::words::{Word, says, says_any};
use super::{parties, sharing};

/// `Kestrel GmbH, Graz, which …`: the town behind a company is where it sits.
pub(crate) fn without_seats(w: &[Word], mut names: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let company = names.first().is_some_and(|n| {
        says(
            w.get(n.clone()).unwrap_or_default(),
            "ltd|limited|llp|plc|inc|gmbh|ag|bv|sa|corp|corporation|llc|oy|ab|as",
        )
    });
    let explains = |end: usize| {
        w.get(end)
            .is_none_or(|x| one_of(&x.text, "which|who|whose|where|for|to|hosts|that"))
    };
    let last = names.last().map_or(0, |n| n.end);
    if company && names.len() <= 3 && explains(last) {
        let mut first = true;
        names.retain(|n| {
            let said = w.get(n.clone()).unwrap_or_default();
            let town = said.len() == 1 && sharing::classes(said).is_empty();
            std::mem::take(&mut first) || !town
        });
    }
    names
}

/// `1 October 2027`, `Monday`: a time, nobody.
pub(crate) fn is_when(said: &[Word]) -> bool {
    let month = says(
        said,
        "january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|easter|christmas",
    );
    month && said.len() <= 4
        || said
            .iter()
            .all(|w| w.text.chars().all(|c| c.is_ascii_digit()))
}

/// `such other parties as we think fit`
fn such_others(said: &[Word]) -> bool {
    says_any(
        said,
        &["such ~1 other? parties|persons|organisations|bodies|people|companies|agencies"],
    )
}

/// Whether some words behind a verb of sharing are a party outside.
pub(crate) fn fits(w: &[Word], range: &Range<usize>, strict: bool) -> bool {
    let said = w.get(range.clone()).unwrap_or_default();
    let things = said.len() == 1
        && says(
            said,
            "messages|letters|answers|names|recordings|questions|forms|results|reports|scores|findings|surveys|interviews|emails|transcripts|files|vouchers",
        );
    let few = says(said.get(..1).unwrap_or_default(), "both|either|neither|all") && said.len() == 1;
    let numbered = said
        .first()
        .is_some_and(|w| w.text.starts_with(|c: char| c.is_ascii_digit()));
    // `the UK Data Service`
    let uk = said.first().is_some_and(|x| x.text == "uk") && said.get(1).is_some_and(|x| x.capital);
    let bad = few
        || things
        || numbered && strict
        || is_when(said)
        || !such_others(said)
            && !uk
            && says(
                said.get(..1).unwrap_or_default(),
                "of|for|in|on|at|when|as|by|after|during|if|because|once|then|than|you|us|this|these|those|such|that|which|them|it|him|her|article|section|personal|data|information|countries|country|whom|who|comply|help|ensure|make|date|anonymised|aggregate|paragraph|part|legal|uk|secure|encrypted|password|locked|access|consent|each|one|no|under|we'll|we've|we're|you'll|they'll|it's",
            );
    let said_only = said.iter().any(|w| {
        w.text.chars().any(|c| c.is_ascii_digit()) && w.text.chars().any(char::is_alphabetic)
    });
    let land = said.len() <= 2
        && says(
            said,
            "india|ireland|canada|germany|france|states|america|usa|us|australia|netherlands|spain|italy|philippines|africa|singapore|japan|scotland|wales|england|kingdom|europe|london",
        );
    let yours = says_any(
        said.get(..2.min(said.len())).unwrap_or_default(),
        &[
            "your data|name|personal|information|answers|details",
            "public interest",
            "organisations in",
            "people who",
            "processor|processors|controller",
        ],
    ) && said.len() <= 3;
    let abroad = said_only
        || land
        || yours
        || says_any(
            said,
            &[
                "clauses|clause|addendum|agreements|agreement|countries|country|server|servers|drive|drives|computer|computers|cabinet*|folder*|laptop*|device*|password*",
                "outside",
                "european economic area",
                "european union",
                "united kingdom|states",
                "personal data",
                "legitimate|interest*",
                "gdpr|regulation|schedule|condition|conditions|machines",
            ],
        );
    let generic = strict
        && said.len() == 1
        && says(
            said,
            "people|group|groups|team|website|list|record|records|file|database|service|services|office|house|board|member|members|panel|contact|parties|tools|software|sources|media|anyone|platform",
        );
    !bad && !abroad
        && !generic
        && parties::is_party(said)
        && !parties::inside(said)
        && said.len() <= 14
}

/// Whether somebody handles data for us, Article 28.
pub(crate) fn processes(w: &[Word], said: &[Word], class: Option<Class>) -> bool {
    matches!(
        class,
        Some(Class::Host | Class::Transcriber | Class::SurveyPlatform)
    ) || says(
        said,
        "provider*|supplier*|vendor*|processor*|contractor*|host*|software|platform*|transcri*|subcontractor*|printer*|mailing",
    ) || says_any(
        w,
        &[
            "on our behalf",
            "our instructions",
            "for us",
            "processor*",
            "under ~2 contract",
            "data processing agreement",
            "contracted|instructed ~2 to|by",
        ],
    )
}
