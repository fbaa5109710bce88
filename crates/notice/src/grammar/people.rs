//! Sentences about who else sees data: recipients, other countries, the law, the public, a successor.

use super::{Cursor, Heard, Line, Naming};
use crate::model::{Disclose, Release, Sentence, Share, Succession, Transfer};

pub(crate) fn share(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let data = head.data(&["summary"])?;
    head.expect("with")?;
    let any = head.take("any");
    let with = if any {
        let class = head.name("a class of recipient such as `transcriber`")?;
        head.declare(&class, &[Naming::Class]);
        class
    } else {
        head.party()?
    };
    let roles = [
        "processor",
        "joint-controller",
        "independent-controller",
        "funder",
    ];
    let role = if head.take("as") {
        Some(head.choice("a recipient's role", &roles)?.to_owned())
    } else {
        None
    };
    head.expect("for")?;
    let purposes = head.purposes()?;
    let mut share = Share {
        data,
        with,
        any,
        role,
        purposes,
        after_remove_identity: false,
        suppress_below: None,
        review_every: None,
    };
    line.clauses(|clause, c| {
        if clause == "review" {
            c.expect("every")?;
            share.review_every = Some(c.length()?);
        } else {
            share.suppress_below = after_remove_identity(c)?;
            share.after_remove_identity = true;
        }
        Ok(())
    });
    Ok(Sentence::Share(share))
}

/// `remove-identity [, suppress-below N]`
fn after_remove_identity(c: &mut Cursor<'_>) -> Heard<Option<u32>> {
    c.expect("remove-identity")?;
    if !c.comma() {
        return Ok(None);
    }
    c.expect("suppress-below")?;
    c.int("the smallest count shown").map(Some)
}

pub(crate) fn transfer(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    head.expect("outside")?;
    let outside = head.word("a country such as `GB`")?;
    let never = head.take("never");
    let only = if never {
        Vec::new()
    } else {
        head.expect("only")?;
        head.list(|c| c.word("a safeguard such as `adequate` or `IDTA`"))?
    };
    let mut transfer = Transfer {
        outside,
        only,
        when_necessary: false,
        contract_required: false,
        copy: None,
    };
    line.clauses(|clause, c| {
        match clause {
            "when" => {
                c.expect("necessary")?;
                transfer.when_necessary = true;
            }
            "contract" => {
                c.expect("required")?;
                transfer.contract_required = true;
            }
            _ => transfer.copy = Some(c.text("how a copy is had")?),
        }
        Ok(())
    });
    Ok(Sentence::Transfer(transfer))
}

pub(crate) fn disclose(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    head.expect("to")?;
    let to = head.names("an authority such as `regulator`")?;
    head.expect("when")?;
    let grounds = ["required-by-law", "risk-of-serious-harm"];
    let when = head.choice("a ground for disclosure", &grounds)?.to_owned();
    let mut disclose = Disclose {
        to,
        when,
        approval: None,
        only_to_extent: false,
    };
    line.clauses(|clause, c| {
        match clause {
            "approval" => disclose.approval = Some(c.name("who signs")?),
            _ => disclose.only_to_extent = true,
        }
        Ok(())
    });
    Ok(Sentence::Disclose(disclose))
}

pub(crate) fn release(line: &mut Line<'_>) -> Heard<Sentence> {
    let what = line.head.name("what is published, such as `report`")?;
    line.needs(
        "after",
        "write what happens first: `; after remove-identity`",
    );
    let mut release = Release {
        what,
        after_remove_identity: false,
        suppress_below: None,
    };
    line.clauses(|_, c| {
        release.suppress_below = after_remove_identity(c)?;
        release.after_remove_identity = true;
        Ok(())
    });
    Ok(Sentence::Release(release))
}

pub(crate) fn succession(line: &mut Line<'_>) -> Heard<Sentence> {
    line.needs("undertaking", "write `; undertaking required`");
    let mut succession = Succession {
        undertaking_required: false,
        same_uses: false,
        notify: None,
    };
    line.clauses(|clause, c| {
        match clause {
            "undertaking" => {
                c.expect("required")?;
                succession.undertaking_required = true;
            }
            "same-uses" => succession.same_uses = true,
            _ => succession.notify = Some(c.told()?),
        }
        Ok(())
    });
    Ok(Sentence::Succession(succession))
}
