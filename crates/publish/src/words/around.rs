//! Sentences around the data: who we are, what you can ask, how we look after things, and how this notice changes.

use super::phrase::{
    capital, day, every, length, list, names, officer, one, party, people, plain, purposes, when,
};
use law::Right;
use law::regulator;
use notice::model::{
    Audience, Change, Channel, Complaint, Consent, Contact, Fee, Invite, Notice, Party, Permission,
    Protect, RightRule, Succession, Survey, Version,
};

pub(super) fn this_notice(n: &Notice) -> String {
    format!(
        "This is version {} of this notice, dated {}.",
        n.version,
        day(n.dated)
    )
}

pub(super) fn project(n: &Notice) -> String {
    let mut said = format!(
        "It is about the project {}, reference {}",
        n.project, n.reference
    );
    if !n.also_called.is_empty() {
        said += &format!(", also called {}", list(&n.also_called, "or"));
    }
    said + "."
}

pub(super) fn audience(a: &Audience) -> String {
    let age = match a.age.as_str() {
        "adult" => "adults",
        "young-person" => "young people",
        "child" => "children",
        _ => "people of any age",
    };
    if a.roles.is_empty() {
        return format!("It is written for {age}.");
    }
    let roles: Vec<String> = a.roles.iter().map(|r| people(r)).collect();
    format!("It is written for {age}: {}.", list(&roles, "and"))
}

pub(super) fn controller(p: &Party) -> String {
    let mut said = match &p.address {
        Some(address) => format!("{}, {address}, answers for your data.", p.full_name),
        None => format!("{} answers for your data.", p.full_name),
    };
    if let Some(email) = &p.email {
        said += &format!(" Email: {email}.");
    }
    said
}

pub(super) fn partner(p: &Party) -> String {
    let mut said = p.full_name.clone();
    if let Some(address) = &p.address {
        said += &format!(", {address},");
    }
    said += match p.role.as_str() {
        "joint-controller" if p.arrangement.is_some() => " answers for your data with us.",
        "joint-controller" => " decides with us how your data is used.",
        "processor" => " works with your data for us, and only as we say.",
        "independent-controller" => " answers separately for the data it receives.",
        "funder" => " pays for the project.",
        _ => " works with us.",
    };
    if let Some(arrangement) = &p.arrangement {
        said += &format!(" {}.", arrangement.trim_end_matches('.'));
    }
    if let Some(email) = &p.email {
        said += &format!(" Email: {email}.");
    }
    said
}

pub(super) fn contact(c: &Contact) -> String {
    let at = list(&c.addresses, "or");
    let mut said = match c.name.as_str() {
        "dpo" => format!("You can reach our data protection officer at {at}."),
        "post" => format!("You can write to us at {at}."),
        "phone" => format!("You can call us on {at}."),
        "any-door" => format!("You can turn to anybody who works for us, for example at {at}."),
        other => format!("You can reach us ({}) at {at}.", plain(other)),
    };
    if !c.quoting.is_empty() {
        said += &format!(" It helps if you quote {}.", list(&c.quoting, "or"));
    }
    if c.no_form {
        said += " You need no form.";
    }
    said
}

pub(super) fn complaint(c: &Complaint) -> String {
    let to = match c.to.as_str() {
        "us" => "us".to_owned(),
        other if regulator::is_named(other) => format!("the regulator ({other})"),
        other => other.to_owned(),
    };
    let mut said = format!("You can complain to {to}");
    let ways: Vec<String> = [
        ("by email to", &c.email),
        ("on the web at", &c.web),
        ("by phone on", &c.phone),
        ("by post to", &c.address),
    ]
    .into_iter()
    .filter_map(|(how, at)| at.as_ref().map(|at| format!("{how} {at}")))
    .collect();
    if !ways.is_empty() {
        said += &format!(": {}", list(&ways, "or"));
    }
    said += ".";
    if c.ask_us_first.is_some() {
        said += " You may ask us first, but you do not have to.";
    }
    if let Some(within) = c.acknowledge {
        said += &format!(" Within {} you hear that it has arrived.", length(within));
    }
    said
}

pub(super) fn right(n: &Notice, r: &RightRule) -> String {
    let acts: Vec<&str> = r.rights.iter().map(|r| act(*r)).collect();
    if let Some(because) = &r.not_offered {
        return format!(
            "We do not offer this: to {}. The reason: {}.",
            list(&acts, "or"),
            because.trim_end_matches('.')
        );
    }
    let mut said = format!("You can {}", list(&acts, "or"));
    if !r.to.is_empty() {
        said += &format!(", as far as we use it {}", purposes(n, &r.to));
    }
    if !r.when.is_empty() {
        let grounds: Vec<String> = r.when.iter().map(|g| ground(g)).collect();
        said += &format!(", when {}", list(&grounds, "or"));
    }
    let mut later = String::new();
    for how in &r.how {
        match how.as_str() {
            "one-click" => said += ", with one click",
            "any-time" => said += ", at any time",
            "receipt" => later += " We confirm that your message has arrived.",
            other => said += &format!(", {}", plain(other)),
        }
    }
    said += ".";
    said += &later;
    if let Some(within) = r.answer_within {
        said += &format!(" We answer within {}.", length(within));
    }
    if !r.formats.is_empty() {
        let formats: Vec<String> = r.formats.iter().map(|f| f.to_uppercase()).collect();
        said += &format!(" The copy comes as {}.", list(&formats, "or"));
    }
    if r.beyond_law {
        said += " We offer this even where the law does not ask it of us.";
    }
    said
}

/// What a person does with a right.
pub(crate) fn act(right: Right) -> &'static str {
    match right {
        Right::Access => "see what we hold about you",
        Right::Rectify => "have your data corrected",
        Right::Erase => "have your data erased",
        Right::Restrict => "have the use of your data limited",
        Right::Portability => "take your data to somebody else",
        Right::Object => "object to our use of your data",
        Right::ObjectMarketing => "say no to marketing",
        Right::WithdrawConsent => "withdraw your consent",
        Right::HumanReview => "have a person look at what a machine decided",
        Right::Withdraw => "leave the study",
        Right::OptOut => "come off our contact list",
    }
}

fn ground(name: &str) -> String {
    match name {
        "inaccurate" => "it is wrong".to_owned(),
        "unlawful" => "we had no right to use it".to_owned(),
        "legal-claims" => "you need it for a legal claim".to_owned(),
        "objection-pending" => "you have objected and we are weighing that".to_owned(),
        other => plain(other),
    }
}

pub(super) fn fee(f: &Fee) -> String {
    let mut said = if f.none {
        "It costs you nothing.".to_owned()
    } else {
        String::new()
    };
    if !f.except.is_empty() {
        let rights: Vec<&str> = f.only_for.iter().map(|r| act(*r)).collect();
        let about = if rights.is_empty() {
            "a request".to_owned()
        } else {
            format!("a request to {}", list(&rights, "or"))
        };
        let refuse = if f.or_refuse { ", or say no" } else { "" };
        said += &format!(
            " Only if {about} is clearly {} may we ask a fair fee{refuse}.",
            names(&f.except, "or")
        );
    }
    if let Some(approval) = &f.approval {
        said += &format!(" {} decides on that.", capital(&officer(approval)));
    }
    said.trim_start().to_owned()
}

pub(super) fn consent(c: &Consent) -> String {
    let before: Vec<String> = c
        .before
        .iter()
        .map(|b| format!("the {}", plain(b)))
        .collect();
    let mut said = format!(
        "Before {} we ask whether you agree: “{}”.",
        list(&before, "or"),
        c.words.trim_end_matches('.')
    );
    if c.apart_from_basis {
        said += " That is about taking part, and not our ground in law.";
    }
    if !c.no_effect_on.is_empty() {
        said += &format!(
            " Saying no changes nothing about your {}.",
            names(&c.no_effect_on, "or")
        );
    }
    if !c.private_from.is_empty() {
        said += &format!(
            " A no is never shown to your {}.",
            names(&c.private_from, "or")
        );
    }
    said
}

pub(super) fn permission(p: &Permission) -> String {
    let ask = match p.ask.as_str() {
        "every-time" => "each time",
        _ => "once",
    };
    let mut said = format!("For {} we ask your permission {ask}.", one(&p.name));
    if p.unless_given == "no" {
        said += " Until you say yes, the answer is no.";
    }
    said
}

pub(super) fn survey(s: &Survey) -> String {
    let mut said = if s.anonymous {
        format!(
            "The {} survey is anonymous: nobody can tell who answered.",
            plain(&s.name)
        )
    } else {
        format!("The {} survey shows us who answered.", plain(&s.name))
    };
    if !s.optional.is_empty() {
        said += &format!(" You can leave these out: {}.", names(&s.optional, "and"));
    }
    said
}

pub(super) fn invite(i: &Invite) -> String {
    let to: Vec<String> = i.to.iter().map(|t| format!("the {}", plain(t))).collect();
    format!(
        "When we invite you to {}, we say that it is {}.",
        list(&to, "or"),
        names(&i.must_say, "and")
    )
}

pub(super) fn channel(c: &Channel) -> String {
    let what: Vec<String> = c.what.iter().map(|w| format!("the {}", plain(w))).collect();
    let verb = if c.what.len() == 1 { "takes" } else { "take" };
    let ways: Vec<String> = c
        .ways
        .iter()
        .map(|w| match w.as_str() {
            "telephone" | "phone" => "by telephone".to_owned(),
            "post" | "email" => format!("by {w}"),
            other => plain(other),
        })
        .collect();
    format!(
        "{} {verb} place only {}.",
        capital(&list(&what, "and")),
        list(&ways, "or")
    )
}

pub(super) fn protect(p: &Protect) -> String {
    let of: Vec<String> = p.of.iter().map(|o| plain(o)).collect();
    let mut of = list(&of, "and");
    let mut said = match p.what.as_str() {
        "sealed" => "We keep your data encrypted".to_owned(),
        "dedicated-store" => "We keep your data in a store of its own".to_owned(),
        "access" => "Only staff who need your data can reach it".to_owned(),
        "assessment" if !of.is_empty() => {
            let about = std::mem::take(&mut of);
            format!("We assess the risks to you from this: {about}")
        }
        "assessment" => "We assess the risks to you".to_owned(),
        "recipients" => "We check whoever receives data".to_owned(),
        "review" => "We review how we protect data".to_owned(),
        "minimum" => "We use as little data as will do".to_owned(),
        "not-anonymous" => {
            "Data without names may still be about you, so we protect it as yours".to_owned()
        }
        "overall" => "We keep your data private and safe".to_owned(),
        other => format!("We look after this: {}", plain(other)),
    };
    if !of.is_empty() {
        said += &format!(" (this is about: {of})");
    }
    if let Some(every_) = p.every {
        said += &format!(", {}", every(every_));
    }
    if let Some(until) = &p.until {
        said += &format!(", until {}", when(until));
    }
    if let Some(before) = &p.before {
        said += &match before.as_str() {
            "start" => ", before we start".to_owned(),
            "share" => ", before we share anything".to_owned(),
            other => format!(", before this: {}", plain(other)),
        };
    }
    said + "."
}

pub(super) fn succession(s: &Succession) -> String {
    let mut said = "If our organisation is merged or sold,".to_owned();
    said += if s.undertaking_required {
        " whoever takes over first signs up to these promises."
    } else {
        " these promises go with your data."
    };
    if s.same_uses {
        said += " They may use your data only as this notice says.";
    }
    if s.notify.is_some() {
        said += " We tell you.";
    }
    said
}

pub(super) fn change(c: &Change) -> String {
    let what = match c.what.as_str() {
        "material" => "When something that matters changes in this notice",
        _ => "When this notice changes",
    };
    let mut said = String::new();
    if c.notify.is_some() {
        said += &format!("{what}, we tell the people it affects");
        said += if c.before_applies {
            " before it applies to them."
        } else {
            "."
        };
    } else {
        said += &format!("{what}, we publish it here.");
    }
    if c.dated {
        said += " Each version has its date and can still be read.";
    }
    said
}

pub(super) fn version(n: &Notice, v: &Version) -> String {
    let mut said = format!(
        "Version {}, {}: {}.",
        v.number,
        day(v.dated),
        v.what.trim_end_matches('.')
    );
    let by =
        v.by.as_deref()
            .map_or_else(String::new, |by| format!(" by {}", plain(by)));
    match (v.notify.as_deref(), &v.because) {
        (Some("none") | None, Some(because)) => {
            said += &format!(" Nobody needs telling: {}.", because.trim_end_matches('.'));
        }
        (Some("none") | None, None) => {}
        (Some("affected"), _) => said += &format!(" The people it affects are told{by}."),
        (Some(group), _) => {
            let known = n.data().any(|(_, d)| d.name == group);
            said += &if known {
                format!(
                    " Everybody whose {} data we hold is told{by}.",
                    plain(group)
                )
            } else {
                format!(" Told{by}: {}.", party(n, group))
            };
        }
    }
    said
}
