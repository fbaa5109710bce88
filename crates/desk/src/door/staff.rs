//! Staff: who they are, in which role, and how they come in.
//!
//! UK GDPR Articles 29 and 32(4): nobody touches data but on instruction and by name.

use super::knock::{self, Door, Whence};
use super::link::{self, Opens};
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Fault};
use jiff::{SignedDuration, Timestamp, ToSpan};
use store::{Actor, Row, Verb};
use vault::door::{Token, hash, token_hash, verify, verify_nobody};

/// What signing in rests on.
const SECURITY: &str = "UK GDPR Art 32(4)";

/// How long a session lasts.
const SESSION_HOURS: i64 = 12;

store::statements! {
    ADD = "insert into staff (id, name, email, role, password, added_at) values ($1, $2, $3, $4, $5, $6)";
    BY_EMAIL = "select id, name, email, role, password from staff where email = $1 and left_at is null";
    BY_ID = "select id, name, email, role, password from staff where id = $1 and left_at is null";
    ALL = "select id, name, email, role, password from staff where left_at is null order by name";
    BEGIN = "insert into session (token, staff, began_at, expires_at) values ($1, $2, $3, $4)";
    SESSION = "select s.id, s.name, s.email, s.role, s.password from session n join staff s on s.id = n.staff
        where n.token = $1 and n.ended_at is null and n.expires_at > $2 and s.left_at is null";
    END = "update session set ended_at = $2 where token = $1 and ended_at is null";
    LEAVE = "update staff set left_at = $2 where id = $1 and left_at is null";
    END_ALL = "update session set ended_at = $2 where staff = $1 and ended_at is null";
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// `stf_` and 32 digits.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

impl Member {
    /// A visit of theirs.
    #[must_use]
    pub fn visit(&self, at: Timestamp) -> Visit {
        Visit::staff(at, &self.id, self.role)
    }

    fn read(row: &Row) -> Result<Member, store::Error> {
        Ok(Member {
            id: row.text("id")?,
            name: row.text("name")?,
            email: row.text("email")?,
            role: Role::from_word(&row.text("role")?).unwrap_or(Role::Researcher),
        })
    }
}

/// Adds a member of staff. Without a password they come in by a link first.
///
/// The first member of a new house is added by whoever opened it; after that it is the administrator's work.
///
/// # Errors
/// Refused for anybody but an administrator, for an address that is in use, for a short password.
pub fn add(
    desk: &Desk,
    visit: &Visit,
    name: &str,
    email: &str,
    role: Role,
    password: Option<&str>,
) -> Outcome<Member> {
    let password = password.map(hash).transpose()?;
    let act = visit
        .act(Verb::Grant)
        .cite(SECURITY)
        .detail("role", role.word());
    desk.act(&act, |tx| {
        let first = tx.one(ALL, &[])?.is_none();
        if !first && !matches!(visit.who, Actor::System(_)) {
            visit.only(&[Role::Administrator], "adding staff")?;
        }
        let email = email.trim().to_lowercase();
        if tx.one(BY_EMAIL, &[email.as_str().into()])?.is_some() {
            return Err(Refused::new("somebody signs in with this address already")
                .law(SECURITY, "everybody has an account of their own")
                .into());
        }
        let id = tx.new_id("stf");
        tx.about(&id);
        tx.run(
            ADD,
            &[
                id.as_str().into(),
                name.trim().into(),
                email.as_str().into(),
                role.word().into(),
                password.as_deref().into(),
                visit.at.into(),
            ],
        )?;
        Ok(Member {
            id,
            name: name.trim().to_owned(),
            email,
            role,
        })
    })
}

/// Everybody who can sign in, by name.
///
/// # Errors
/// A fault of ours.
pub fn all(desk: &Desk) -> Outcome<Vec<Member>> {
    desk.vault().store().look(|rd| {
        Ok(rd
            .rows(ALL, &[])?
            .iter()
            .map(Member::read)
            .collect::<Result<_, _>>()?)
    })
}

/// Signs in by password and returns what goes into the browser's cookie. `wall` is the hour by the clock on the wall, which a
/// session lives by even where a demo's own clock is moved by years. After some wrong tries it has to be waited; see [`knock`].
///
/// # Errors
/// Refused with one and the same sentence for an unknown address and a wrong password; with another while it is to be waited, and
/// then nothing is looked at.
pub fn sign_in(
    desk: &Desk,
    at: Timestamp,
    wall: Timestamp,
    email: &str,
    password: &str,
    whence: &Whence,
) -> Outcome<(Member, String)> {
    let email = email.trim().to_lowercase();
    let row = desk.vault().store().look(|rd| {
        rd.one(BY_EMAIL, &[email.as_str().into()])
            .map_err(Fault::from)
    })?;
    let member = row.as_ref().map(Member::read).transpose()?;
    let doors = knock::doors(desk, &email, member.as_ref().map(|m| m.id.as_str()), whence);
    let wait = desk
        .vault()
        .store()
        .look(|rd| knock::wait(rd, &doors, wall))?;
    if let Some(left) = wait {
        return Err(knock::not_yet(left).into());
    }
    let stored = match &row {
        Some(row) => row.maybe_text("password")?,
        None => None,
    };
    let right = match &stored {
        Some(stored) => verify(password, stored)?,
        None => {
            verify_nobody(password);
            false
        }
    };
    let Some(who) = member.filter(|_| right) else {
        let refused = Refused::new("the address or the password is not right")
            .law(SECURITY, "only those who work here come in")
            .help("try again, or ask your administrator for a sign-in link");
        let act = Visit::public(at).act(Verb::SignIn).cite(SECURITY);
        // What is counted stays, and the entry says that nobody came in.
        desk.act(&act.detail("why", refused.why.clone()), |tx| {
            tx.refused();
            knock::count(tx, &doors, wall)
        })?;
        return Err(refused.into());
    };
    begin(desk, at, wall, who, None, &doors)
}

/// How long whoever gives this address has to wait before they may try to sign in again.
///
/// # Errors
/// A fault of ours.
pub fn must_wait(
    desk: &Desk,
    wall: Timestamp,
    email: &str,
    whence: &Whence,
) -> Outcome<Option<SignedDuration>> {
    let email = email.trim().to_lowercase();
    desk.vault().store().look(|rd| {
        let row = rd.one(BY_EMAIL, &[email.as_str().into()])?;
        let member = row.as_ref().map(Member::read).transpose()?;
        let doors = knock::doors(desk, &email, member.as_ref().map(|m| m.id.as_str()), whence);
        Ok(knock::wait(rd, &doors, wall)?)
    })
}

/// Signs in by a link that works once.
///
/// # Errors
/// Refused for a link that is unknown, used or old.
pub fn enter(
    desk: &Desk,
    at: Timestamp,
    wall: Timestamp,
    token: &str,
) -> Outcome<(Member, String)> {
    let led = link::follow(desk, token, at)?;
    let who = by_id(desk, &led.about)?;
    match who.filter(|_| led.opens == Opens::SignIn) {
        Some(who) => begin(desk, at, wall, who, Some(token), &[]),
        None => Err(Refused::new("this link is not for signing in")
            .law(SECURITY, "each key opens one door")
            .into()),
    }
}

/// A link that lets a member of staff in once.
///
/// # Errors
/// A fault of ours.
pub fn sign_in_link(desk: &Desk, visit: &Visit, member: &str) -> Outcome<String> {
    link::give(desk, visit, Opens::SignIn, member, SECURITY)
}

fn begin(
    desk: &Desk,
    at: Timestamp,
    wall: Timestamp,
    who: Member,
    by_link: Option<&str>,
    doors: &[Door],
) -> Outcome<(Member, String)> {
    let token = Token::fresh()?;
    let act = who.visit(at).act(Verb::SignIn).cite(SECURITY);
    desk.act(&act, |tx| {
        if let Some(link) = by_link {
            link::spend(tx, link)?;
        }
        // Many guesses at once get no further than one after the other.
        if let Some(left) = knock::wait(&**tx, doors, wall)? {
            return Err(knock::not_yet(left).into());
        }
        knock::opened(tx, doors, wall)?;
        let expires = wall
            .checked_add(SESSION_HOURS.hours())
            .unwrap_or(Timestamp::MAX);
        tx.run(
            BEGIN,
            &[
                token.hash().into(),
                who.id.as_str().into(),
                wall.into(),
                expires.into(),
            ],
        )?;
        Ok(())
    })?;
    Ok((who, token.text().to_owned()))
}

/// Whose session a cookie is, if it is still one by the clock on the wall.
///
/// # Errors
/// A fault of ours.
pub fn by_session(desk: &Desk, token: &str, wall: Timestamp) -> Outcome<Option<Member>> {
    let hash = token_hash(token);
    desk.vault().store().look(|rd| {
        let row = rd.one(SESSION, &[hash.as_str().into(), wall.into()])?;
        Ok(row.as_ref().map(Member::read).transpose()?)
    })
}

/// A member of staff by id.
///
/// # Errors
/// A fault of ours.
pub fn by_id(desk: &Desk, id: &str) -> Outcome<Option<Member>> {
    desk.vault().store().look(|rd| {
        let row = rd.one(BY_ID, &[id.into()])?;
        Ok(row.as_ref().map(Member::read).transpose()?)
    })
}

/// Ends a session.
///
/// # Errors
/// A fault of ours.
pub fn sign_out(desk: &Desk, visit: &Visit, token: &str) -> Outcome<()> {
    let act = visit.act(Verb::SignIn).cite(SECURITY).detail("out", "yes");
    desk.act(&act, |tx| {
        tx.run(END, &[token_hash(token).into(), visit.at.into()])?;
        Ok(())
    })
}

/// A member of staff leaves: no sign-in, no session from now on.
///
/// # Errors
/// Refused for anybody but an administrator.
pub fn leave(desk: &Desk, visit: &Visit, member: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Grant)
        .cite(SECURITY)
        .about(member)
        .detail("left", "yes");
    desk.act(&act, |tx| {
        visit.only(&[Role::Administrator], "ending an account")?;
        tx.run(LEAVE, &[member.into(), visit.at.into()])?;
        tx.run(END_ALL, &[member.into(), visit.at.into()])?;
        Ok(())
    })
}
