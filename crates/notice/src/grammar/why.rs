//! Sentences about why data are used, and what a person agreed to.

use super::{Cursor, Heard, Line, Naming};
use crate::model::{Consent, Never, Permission, Purpose, Sentence};
use law::{Basis, Condition};

pub(crate) fn purpose(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let name = head.name("the purpose's name")?;
    head.declare(&name, &[Naming::Purpose]);
    let words = head.text("the purpose in plain words")?;
    head.expect("uses")?;
    let uses = head.data(&["all"])?;
    let mut purpose = Purpose {
        name,
        words,
        uses,
        basis: None,
        condition: None,
        offence_condition: None,
        interest: None,
        assessment: None,
        law: None,
        opt_out: false,
        only: Vec::new(),
        reason_required: false,
    };
    line.clauses(|clause, c| {
        match clause {
            "basis" => {
                let known = Basis::ALL.into_iter().map(Basis::word);
                purpose.basis = Some(c.choose("a lawful basis", known, Basis::from_word)?);
            }
            "condition" => purpose.condition = Some(condition(c)?),
            "offences" => purpose.offence_condition = Some(condition(c)?),
            "interest" => purpose.interest = Some(c.text("the interest")?),
            "assessment" => purpose.assessment = Some(c.text("the assessment")?),
            "law" => purpose.law = Some(c.text("the law")?),
            "opt-out" => {
                c.expect("any-time")?;
                purpose.opt_out = true;
            }
            "only" => purpose.only = c.names("whom it concerns")?,
            _ => purpose.reason_required = true,
        }
        Ok(())
    });
    Ok(Sentence::Purpose(purpose))
}

fn condition(c: &mut Cursor<'_>) -> Heard<Condition> {
    let known = Condition::ALL.into_iter().map(Condition::word);
    c.choose("a condition of Article 9(2)", known, Condition::from_word)
}

/// What a notice can rule out, and the machine can then hold it to.
const NEVER: [&str; 6] = [
    "marketing",
    "sale",
    "automated-decisions",
    "secondary-collection",
    "other-purposes",
    "other-use",
];

pub(crate) fn never(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let what = head.choices("something that can be ruled out", &NEVER)?;
    let of = if head.take("of") {
        head.data(&[])?
    } else {
        Vec::new()
    };
    Ok(Sentence::Never(Never { what, of }))
}

pub(crate) fn consent(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let name = head.name("what is agreed to, such as `participation`")?;
    head.declare(&name, &[Naming::Consent]);
    let words = head.text("what a person agrees to")?;
    line.needs(
        "before",
        "write what may not start without it: `; before interview`",
    );
    let mut consent = Consent {
        name,
        words,
        before: Vec::new(),
        apart_from_basis: false,
        no_effect_on: Vec::new(),
        private_from: Vec::new(),
    };
    line.clauses(|clause, c| {
        match clause {
            "before" => consent.before = c.names("what waits for it")?,
            "apart-from-basis" => consent.apart_from_basis = true,
            "no-effect" => {
                c.take("on");
                consent.no_effect_on = c.names("what a refusal does not touch")?;
            }
            _ => consent.private_from = c.names("who is not told of a refusal")?,
        }
        Ok(())
    });
    Ok(Sentence::Consent(consent))
}

pub(crate) fn permission(line: &mut Line<'_>) -> Heard<Sentence> {
    let head = &mut line.head;
    let name = head.name("what it is about, such as `quote`")?;
    head.declare(&name, &[Naming::Permission]);
    line.needs(
        "ask",
        "write how often a person is asked: `; ask every-time`",
    );
    let mut permission = Permission {
        name,
        ask: String::new(),
        unless_given: "no".to_owned(),
    };
    line.clauses(|clause, c| {
        match clause {
            "ask" => {
                let often = c.choice("how often", &["every-time", "once"])?;
                often.clone_into(&mut permission.ask);
            }
            _ => {
                let answer = c.choice("what holds until then", &["no"])?;
                answer.clone_into(&mut permission.unless_given);
            }
        }
        Ok(())
    });
    Ok(Sentence::Permission(permission))
}
