//! Sentences that open a notice: what it is, whom it speaks for and to, and how to reach them.

use super::{About, Heard, Line, Naming};
use crate::lexis::Kind;
use crate::model::{Audience, Complaint, Contact, Event, Party, Sentence};

pub(crate) fn notice(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let name = head.name("the notice's name")?;
    head.expect("version")?;
    let version = head.int("a version number")?;
    head.expect("dated")?;
    let dated = head.date()?;
    let language = if head.take("language") {
        Some(head.word("a language such as `en-GB`")?)
    } else {
        None
    };
    line.about = Some(About::Notice {
        name,
        version,
        dated,
        language,
    });
    Ok(Sentence::Notice)
}

pub(crate) fn project(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let name = head.text("the project's name")?;
    let also = if head.take("also") {
        head.texts("another name")?
    } else {
        Vec::new()
    };
    head.expect("reference")?;
    let reference = head.text("the reference")?;
    line.about = Some(About::Project {
        name,
        also,
        reference,
    });
    Ok(Sentence::Project)
}

pub(crate) fn event(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let name = head.event()?;
    head.declare(&name, &[Naming::Event]);
    let is = if head.mark(&Kind::Equals) {
        Some(head.use_event()?)
    } else {
        None
    };
    let mut event = Event {
        name,
        is,
        planned: None,
        was_planned: None,
        move_needs_reason: false,
    };
    if head.mark(&Kind::Comma) {
        head.expect("planned")?;
        event.planned = Some(head.date()?);
    }
    line.clauses(|clause, c| {
        match clause {
            "planned" => event.planned = Some(c.date()?),
            "was-planned" => event.was_planned = Some(c.date()?),
            _ => {
                c.expect("reason")?;
                event.move_needs_reason = true;
            }
        }
        Ok(())
    });
    Ok(Sentence::Event(event))
}

pub(crate) fn audience(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let ages = ["adult", "young-person", "child", "any"];
    let age = head.choice("an age", &ages)?.to_owned();
    head.expect_mark(&Kind::Colon, ":")?;
    let roles = head.list(|c| {
        let role = c.name("a role")?;
        c.declare(&role, &[Naming::Role]);
        Ok(role)
    })?;
    Ok(Sentence::Audience(Audience { age, roles }))
}

pub(crate) fn controller(line: &mut Line<'_>) -> Heard<Sentence> {
    let mut party = party(line)?;
    "controller".clone_into(&mut party.role);
    hear_party(line, &mut party);
    Ok(Sentence::Controller(party))
}

pub(crate) fn partner(line: &mut Line<'_>) -> Heard<Sentence> {
    let mut party = party(line)?;
    line.head.expect("as")?;
    let roles = [
        "joint-controller",
        "processor",
        "independent-controller",
        "funder",
    ];
    line.head
        .choice("a partner's role", &roles)?
        .clone_into(&mut party.role);
    hear_party(line, &mut party);
    Ok(Sentence::Partner(party))
}

fn party(line: &mut Line<'_>) -> Heard<Party> {
    let head = &mut line.head;
    let name = head.name("a short name")?;
    head.declare(&name, &[Naming::Party]);
    let full_name = head.text("the full name")?;
    let address = if head.comma() {
        Some(head.text("the address")?)
    } else {
        None
    };
    Ok(Party {
        name,
        full_name,
        address,
        role: String::new(),
        email: None,
        arrangement: None,
    })
}

fn hear_party(line: &mut Line<'_>, party: &mut Party) {
    line.clauses(|clause, c| {
        match clause {
            "email" => party.email = Some(c.text("the address")?),
            _ => party.arrangement = Some(c.text("the arrangement")?),
        }
        Ok(())
    });
}

pub(crate) fn contact(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let name = head.name("a door such as `dpo`")?;
    head.declare(&name, &[Naming::Door]);
    let everywhere = name == "any-door" && head.is_done();
    let mut addresses = if everywhere {
        Vec::new()
    } else {
        head.texts("an address")?
    };
    if head.take("also") {
        addresses.append(&mut head.texts("another address")?);
    }
    let quoting = if head.take("quoting") {
        head.texts("words to quote")?
    } else {
        Vec::new()
    };
    let mut contact = Contact {
        name,
        addresses,
        quoting,
        no_form: false,
    };
    line.clauses(|_, _| {
        contact.no_form = true;
        Ok(())
    });
    Ok(Sentence::Contact(contact))
}

pub(crate) fn complaint(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    head.expect("to")?;
    let to = head.choose("a place for complaints", ["us", "ICO"], |w| match w {
        "us" => Some("us".to_owned()),
        _ => w.eq_ignore_ascii_case("ICO").then(|| "ICO".to_owned()),
    })?;
    let mut complaint = Complaint {
        to,
        ask_us_first: None,
        acknowledge: None,
        address: None,
        phone: None,
        web: None,
        email: None,
    };
    if head.comma() {
        head.expect("ask-us-first")?;
        complaint.ask_us_first = Some(head.choice("`optional`", &["optional"])?.to_owned());
    }
    line.clauses(|clause, c| {
        match clause {
            "ask-us-first" => {
                complaint.ask_us_first = Some(c.choice("`optional`", &["optional"])?.to_owned());
            }
            "acknowledge" => {
                c.expect("within")?;
                complaint.acknowledge = Some(c.length()?);
            }
            "address" => complaint.address = Some(c.text("the address")?),
            "phone" => complaint.phone = Some(c.text("the number")?),
            "web" => complaint.web = Some(c.text("the web address")?),
            _ => complaint.email = Some(c.text("the address")?),
        }
        Ok(())
    });
    Ok(Sentence::Complaint(complaint))
}
