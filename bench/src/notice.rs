//! The notice the workloads run under: 25 purposes, each with four kinds of data of its own and a milestone that ends their keeping.

use policy::Rulebook;
use std::fmt::Write as _;

/// How many purposes there are.
pub const PURPOSES: usize = 25;
/// How many kinds of data there are; four in a row belong to one purpose.
pub const ITEMS: usize = 100;
/// The project's reference.
pub const PROJECT: &str = "#9001";
/// The notice's name and version.
pub const ID: &str = "workload@1";

/// The notice's name for a kind of data.
pub fn item(n: u8) -> String {
    format!("answer-{n:02}")
}

/// The notice's name for a purpose.
pub fn purpose(n: u8) -> String {
    format!("strand-{n:02}")
}

/// Which purpose uses a kind of data.
pub fn purpose_of(item: u8) -> u8 {
    item / 4
}

/// The milestone from which a purpose's data are kept on.
pub fn milestone(purpose: u8) -> String {
    format!("strand-{purpose:02}.end")
}

const HEAD: &str = r##"# Privacy notice: Twenty-five Strands

```abide
notice     workload version 1 dated 2026-10-05 language en-GB
project    "Twenty-five Strands" reference "#9001"
audience   adult: participant
controller linden "Linden Research", "8 Lime Walk, York YO1 7AB"
contact    dpo "privacy@linden.example" quoting "#9001"; no-form
complaint  to us; acknowledge within 30 days; email "privacy@linden.example"
complaint  to ICO, ask-us-first optional; web "https://ico.org.uk/make-a-complaint/"
```

## 1. What we collect and why

We ask a hundred questions, in twenty-five strands of four. We use each strand's answers for that strand alone. We keep a strand's answers for 2 years after that strand ends, and then we erase them.

"##;

const TAIL: &str = r#"
```abide
purpose answer "to act on what you ask of us"
  uses all; basis legal-obligation; law "UK GDPR Chapter III"
never marketing, sale, automated-decisions
consent participation "I would like to take part"; before survey; apart-from-basis
```

## 2. How we keep it safe, and your rights

Answers are locked away. Ask, and we answer within one month. It costs nothing.

```abide
protect sealed
protect review every 1 year
right access, rectify, erase, restrict; answer within 1 month
right object; answer within 1 month
fee none; except unfounded, excessive for access; or-refuse; approval dpo
change material; notify affected; before applies; dated
version 1 2026-10-05 "First published"
```
"#;

/// The notice, word for word.
pub fn text() -> String {
    let mut out = HEAD.to_owned() + "```abide\n";
    let mut strand = |n: u8| {
        let first = n * 4;
        let items: Vec<String> = (first..first + 4).map(item).collect();
        let _ = write!(
            out,
            "event {event}, planned 2028-01-31; move-needs reason\n\
             data group-{n:02} = {items}\n\
             collect group-{n:02} from person by sign-up, survey\n\
             purpose {name} \"to learn from strand {n}\"\n  uses group-{n:02}; basis legitimate-interests; interest \"learning from strand {n}\"\n\
             keep group-{n:02} until {event} + 2 years\n",
            event = milestone(n),
            items = items.join(", "),
            name = purpose(n),
        );
    };
    (0..PURPOSES as u8).for_each(&mut strand);
    out + "```\n" + TAIL
}

/// The notice compiled, as the house compiles any other.
pub fn rulebook() -> Rulebook {
    let text = text();
    let day = jiff::civil::date(2026, 11, 22);
    let report = check::check(&check::Source::of(&text), day);
    let Some(sound) = report.sound else {
        let wrong: Vec<_> = report
            .findings
            .iter()
            .map(|f| (f.code, &f.message))
            .collect();
        panic!("the workload's notice is not sound: {wrong:?}");
    };
    Rulebook::compile(&sound).unwrap_or_else(|error| panic!("the workload's notice: {error}"))
}
