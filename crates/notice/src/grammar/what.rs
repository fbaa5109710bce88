//! Sentences about what is held and where it comes from.

use super::{Heard, Line, Naming};
use crate::lexis::Kind;
use crate::model::{Channel, Collect, DataGroup, Invite, Receive, Sentence, Survey};

pub(crate) fn data(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let name = head.name("the group's name")?;
    head.declare(&name, &[Naming::Group]);
    head.expect_mark(&Kind::Equals, "=")?;
    let item = |c: &mut super::Cursor<'_>| {
        let item = c.name("a data item")?;
        c.declare(&item, &[Naming::Item]);
        Ok(item)
    };
    let items = head.list(item)?;
    let mut group = DataGroup {
        name,
        items,
        may_include: Vec::new(),
        volunteered_only: false,
        sensitive: false,
    };
    line.clauses(|clause, c| {
        match clause {
            "may-include" => group.may_include = c.list(item)?,
            "volunteered-only" => group.volunteered_only = true,
            _ => group.sensitive = true,
        }
        Ok(())
    });
    Ok(Sentence::Data(group))
}

pub(crate) fn collect(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let data = head.data(&[])?;
    head.expect("from")?;
    let from = head.choose("the person", ["person"], |w| {
        (w == "person").then(|| w.to_owned())
    });
    let from = from.map_err(|f| match f.code {
        "word-unknown" => f.help("what others tell us is a `receive` sentence"),
        _ => f,
    })?;
    let by = if head.take("by") {
        head.names("a way such as `interview`")?
    } else {
        Vec::new()
    };
    Ok(Sentence::Collect(Collect { data, from, by }))
}

pub(crate) fn receive(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let data = head.data(&[])?;
    head.expect("from")?;
    let from = head.names("a source such as `employer`")?;
    let mut receive = Receive {
        data,
        from,
        notify_within: None,
        at_first_contact: false,
    };
    line.clauses(|_, c| {
        if c.take("within") {
            receive.notify_within = Some(c.length()?);
            if !c.take("or") {
                return Ok(());
            }
        }
        c.expect("at")?;
        c.expect("first-contact")?;
        receive.at_first_contact = true;
        Ok(())
    });
    Ok(Sentence::Receive(receive))
}

pub(crate) fn survey(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let name = head.name("the survey's name")?;
    head.declare(&name, &[Naming::Survey]);
    let anonymous = head.choice("`anonymous` or `named`", &["anonymous", "named"])? == "anonymous";
    let mut survey = Survey {
        name,
        anonymous,
        optional: Vec::new(),
    };
    line.clauses(|_, c| {
        survey.optional = c.data(&[])?;
        Ok(())
    });
    Ok(Sentence::Survey(survey))
}

pub(crate) fn channel(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let what = head.names("what takes place, such as `interview`")?;
    head.take("by");
    let ways = head.choices("a way to meet", &["online", "telephone", "in-person"])?;
    Ok(Sentence::Channel(Channel { what, ways }))
}

pub(crate) fn invite(line: &mut Line<'_>) -> Heard<Sentence> {
    let to = line.head.names("what people are invited to")?;
    line.needs(
        "must-say",
        "write what the invitation has to say: `; must-say recorded`",
    );
    let mut invite = Invite {
        to,
        must_say: Vec::new(),
    };
    line.clauses(|_, c| {
        invite.must_say = c.names("what it has to say, such as `recorded`")?;
        Ok(())
    });
    Ok(Sentence::Invite(invite))
}
