//! What people are asked, what they agree to, and what is done with what they said.

use super::people::{items, value};
use super::{Said, Sentence, reasons, so};
use crate::halt::{Halt, wrong};
use crate::pattern::Heard;
use crate::world::World;
use desk::uses::{analysis, consent, contact, directory, quote, summary};
use desk::{Visit, data};

pub(super) const SENTENCES: &[Sentence] = &[
    ("{person} consents to take part", |w, h| {
        consent::give(
            &w.desk,
            &w.visit_of(h.get("person"))?,
            &w.holding(h.get("person"))?,
            "form",
        )?;
        Ok(Said::new())
    }),
    ("{person} declines to take part", |w, h| {
        consent::decline(
            &w.desk,
            &w.visit_of(h.get("person"))?,
            &w.holding(h.get("person"))?,
            "email",
        )?;
        Ok(Said::new())
    }),
    ("{person} withdraws consent to take part", |w, h| {
        consent::withdraw(
            &w.desk,
            &w.visit_of(h.get("person"))?,
            &w.holding(h.get("person"))?,
            "email",
        )?;
        Ok(Said::new())
    }),
    ("{person} gives permission for {kind} {quote}", |w, h| {
        permit(w, h, true)
    }),
    (
        "{person} takes back permission for {kind} {quote}",
        |w, h| permit(w, h, false),
    ),
    ("{staff} publishes quote {quote} of {person}", |w, h| {
        publish(w, h, false)
    }),
    (
        "{staff} publishes quote {quote} of {person} with her name",
        |w, h| publish(w, h, true),
    ),
    ("{staff} contacts {person} for {purpose}", |w, h| {
        reach(w, h, None)
    }),
    (
        "{staff} contacts {person} for {purpose} because {why}",
        |w, h| reach(w, h, Some(h.get("why"))),
    ),
    ("{person} opts out of {purpose}", |w, h| {
        let holding = w.living(h.get("person"))?;
        contact::opt_out(
            &w.desk,
            &Visit::person(w.now, &holding),
            &holding,
            Some(h.get("purpose")),
        )?;
        Ok(Said::new())
    }),
    (
        "{staff} adds {person} to the directory because {why}",
        |w, h| {
            let (visit, holding) = (w.staff(h.get("staff"))?, w.holding(h.get("person"))?);
            let entry = directory::add(&w.desk, &visit, &holding, h.get("why"))?;
            w.person(h.get("person")).card = Some(entry);
            Ok(Said::new())
        },
    ),
    (
        "expect the directory entry of {person} to hold {items}",
        |w, h| {
            let (mut held, mut wanted) = (items(w, &w.card(h.get("person"))?)?, h.list("items"));
            held.sort();
            wanted.sort();
            so(
                held == wanted,
                format!("it holds {}", held.join(", ")),
                format!("exactly {}", wanted.join(", ")),
            )
        },
    ),
    (
        "{staff} reads the directory entry of {person} for {purpose}",
        |w, h| {
            let (visit, card) = (w.staff(h.get("staff"))?, w.card(h.get("person"))?);
            let item = items(w, &card)?
                .into_iter()
                .next()
                .ok_or_else(|| wrong("nothing of the entry is held", "an entry to read"))?;
            let reading = data::read(&w.desk, &visit, &card, &item, Some(h.get("purpose")))?;
            Ok(reasons(&reading.because))
        },
    ),
    (
        "{staff} contacts the directory entry of {person} for {purpose} because {why}",
        |w, h| {
            let (card, notice) = (w.card(h.get("person"))?, w.notice_of(h.get("person"))?);
            one(w, h, &notice, card, Some(h.get("why")))
        },
    ),
    (
        "{staff} builds a summary of {notice} for {class}",
        |w, h| {
            let (visit, published) = (w.staff(h.get("staff"))?, w.notice(h.get("notice"))?);
            let released = summary::build(&w.desk, &visit, &published.notice.name, h.get("class"))?;
            w.made.insert("summary".to_owned(), released.into_inner());
            Ok(Said::new())
        },
    ),
    (
        "expect the summary to say nothing of who took part",
        |w, _| {
            let text = w
                .made
                .get("summary")
                .ok_or_else(|| wrong("there is no summary", "one that an earlier line built"))?
                .to_lowercase();
            let of_somebody = w
                .people
                .values()
                .flat_map(|p| p.filled.values())
                .any(|v| v.len() > 3 && text.contains(&v.to_lowercase()));
            let of_choices = ["took part", "taking part", "declined", "consent"]
                .iter()
                .find(|word| text.contains(**word));
            so(
                !of_somebody && of_choices.is_none(),
                format!("it says: {text}"),
                "nothing of anybody, and nothing of what they chose",
            )
        },
    ),
    (
        "{staff} releases a report of {notice} naming {person}",
        |w, h| {
            let (visit, published) = (w.staff(h.get("staff"))?, w.notice(h.get("notice"))?);
            let answers = w.fills(h.get("person"), &["name".to_owned()]);
            let name = answers.get("name").cloned().unwrap_or_default();
            let text = format!(
                "Help came late for many. {name} told us that the waiting list was eleven months long."
            );
            summary::report(&w.desk, &visit, &published.notice.name, &text, true)?;
            Ok(Said::new())
        },
    ),
    (
        "{staff} releases a report of {notice} that names nobody",
        |w, h| {
            let (visit, published) = (w.staff(h.get("staff"))?, w.notice(h.get("notice"))?);
            let text = "Help came late for many. Most of those we heard had waited for months, and had been glad of a group close to home.";
            summary::report(&w.desk, &visit, &published.notice.name, text, true)?;
            Ok(Said::new())
        },
    ),
    (
        "{staff} labels a table with {items} of {notice} as {label}",
        |w, h| {
            let (visit, published) = (w.staff(h.get("staff"))?, w.notice(h.get("notice"))?);
            let items = h.list("items");
            let items: Vec<&str> = items.iter().map(String::as_str).collect();
            summary::label(
                &w.desk,
                &visit,
                &published.notice.name,
                &items,
                h.get("label"),
            )?;
            Ok(Said::new())
        },
    ),
    ("{staff} redacts {item} of {person}", |w, h| {
        let (visit, holding) = (w.staff(h.get("staff"))?, w.holding(h.get("person"))?);
        analysis::redact(&w.desk, &visit, &holding, h.get("item"))?;
        w.person(h.get("person"))
            .changed
            .insert(h.get("item").to_owned());
        Ok(Said::new())
    }),
    ("{staff} marks the words of {person} as used", |w, h| {
        let (visit, holding) = (w.staff(h.get("staff"))?, w.holding(h.get("person"))?);
        let words = analysis::used(&w.desk, &visit, &holding)?;
        w.keep_id(h.get("person"), "unlinked words", words);
        Ok(Said::new())
    }),
    (
        "expect the words of {person} to be linked to nobody",
        |w, h| {
            let (own, apart) = (
                w.holding(h.get("person"))?,
                w.id(h.get("person"), "unlinked words")?,
            );
            let (theirs, words) = (items(w, &own)?, items(w, &apart)?);
            let linked = words.iter().find(|item| theirs.contains(item));
            so(
                linked.is_none() && !words.is_empty() && own != apart,
                format!("apart: {}; theirs: {}", words.join(", "), theirs.join(", ")),
                "the words apart, and none with the person",
            )
        },
    ),
    ("{staff} checks the job titles of {notice}", |w, h| {
        let (visit, published) = (w.staff(h.get("staff"))?, w.notice(h.get("notice"))?);
        let changed = analysis::titles(&w.desk, &visit, &published.notice.name)?;
        for person in w.people.values_mut().filter(|p| {
            p.holdings
                .iter()
                .any(|(_, holding)| changed.contains(holding))
        }) {
            person.changed.insert("job-title".to_owned());
        }
        w.made.insert("plainer".to_owned(), changed.join(" "));
        Ok(Said::new())
    }),
    ("expect {value} made plainer", |w, h| {
        let (whose, item) = value(h.get("value"))?;
        let holding = w.holding(&whose)?;
        let changed = w
            .made
            .get("plainer")
            .is_some_and(|ids| ids.split(' ').any(|id| id == holding));
        let (visit, before) = (
            w.staff("lead")?,
            w.people
                .get(&whose)
                .and_then(|p| p.filled.get(&item))
                .cloned()
                .unwrap_or_default(),
        );
        let now = data::read(&w.desk, &visit, &holding, &item, Some("understand"))?.text;
        so(
            changed && now != before && !now.is_empty(),
            format!("it says `{now}`"),
            "a plainer title",
        )
    }),
];

fn permit(world: &mut World, heard: &Heard, given: bool) -> Result<Said, Halt> {
    let (visit, holding) = (
        world.visit_of(heard.get("person"))?,
        world.holding(heard.get("person"))?,
    );
    consent::permission(
        &world.desk,
        &visit,
        &holding,
        heard.get("kind"),
        Some(heard.get("quote")),
        given,
    )?;
    Ok(Said::new())
}

fn publish(world: &mut World, heard: &Heard, with_name: bool) -> Result<Said, Halt> {
    let (visit, holding) = (
        world.staff(heard.get("staff"))?,
        world.holding(heard.get("person"))?,
    );
    let quoted = quote::publish(&world.desk, &visit, &holding, heard.get("quote"), with_name)?;
    so(
        quoted.name.is_some() == with_name && !quoted.words.is_empty(),
        "the quote came out otherwise",
        "the words, with the name only where it was allowed",
    )
}

fn reach(world: &mut World, heard: &Heard, why: Option<&str>) -> Result<Said, Halt> {
    let (holding, notice) = (
        world.holding(heard.get("person"))?,
        world.notice_of(heard.get("person"))?,
    );
    one(world, heard, &notice, holding, why)
}

/// Looks up one person's address for a purpose.
fn one(
    world: &mut World,
    heard: &Heard,
    notice: &str,
    holding: String,
    why: Option<&str>,
) -> Result<Said, Halt> {
    let visit = world.staff(heard.get("staff"))?;
    let reached = contact::reach(
        &world.desk,
        &visit,
        notice,
        heard.get("purpose"),
        &[holding],
        why,
    )?;
    match reached.left_out.into_iter().next() {
        Some((_, refused)) => Err(refused.into()),
        None => so(
            reached.reached.len() == 1,
            "nobody was reached",
            "one person reached",
        ),
    }
}
