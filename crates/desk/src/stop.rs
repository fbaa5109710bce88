//! The two ways a verb of the desk can end early: a refusal, which is a normal answer, or a fault, which is ours.

use policy::Reason;

/// What a verb of the desk gives back.
pub type Outcome<T> = Result<T, Stop>;

/// Why a verb stopped. Nothing was left half done.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Stop {
    /// No, because of these clauses and articles.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Something of ours broke. Says nothing personal.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A normal answer: no, why, and what would make it a yes. Shown to people and kept as evidence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Refused {
    /// In one sentence, lower case, no full stop.
    pub why: String,
    /// The clauses that come nearest and the articles that forbid, weightiest first.
    pub because: Vec<Reason>,
    /// What would make it allowed.
    pub help: Option<String>,
}

/// Ours to mend: a broken disk, a broken database, a broken promise of the code.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

impl Fault {
    /// Whether there was no room on the disk: nothing was done, and it goes well once there is.
    #[must_use]
    pub fn no_room(&self) -> bool {
        self.0.contains(store::NO_ROOM)
    }

    /// Something was asked for by an id that nobody has.
    #[must_use]
    pub fn no_such(what: &str) -> Fault {
        Fault(format!("{} the {what}", store::NOTHING))
    }

    /// Whether what was asked for is not there: nothing of ours is broken then.
    #[must_use]
    pub fn nothing(&self) -> bool {
        self.0.starts_with(store::NOTHING)
    }

    /// Whether what was sent has a character in it that no text has: whoever sent it can mend that.
    #[must_use]
    pub fn unreadable(&self) -> bool {
        self.0.contains(store::ZERO)
    }

    /// Whether nobody knows yet if it was done.
    #[must_use]
    pub fn unsettled(&self) -> bool {
        self.0.contains(store::UNSETTLED)
    }
}

impl Refused {
    /// A refusal with its sentence; add at least one clause or article.
    #[must_use]
    pub fn new(why: impl Into<String>) -> Refused {
        Refused {
            why: why.into(),
            because: Vec::new(),
            help: None,
        }
    }

    /// Adds the clause it rests on.
    #[must_use]
    pub fn clause(mut self, rule: &notice::model::Rule) -> Refused {
        self.because.push(Reason::Clause {
            clause: rule.id.to_string(),
            text: rule.text.clone(),
        });
        self
    }

    /// Adds the article it rests on, and what it says here.
    #[must_use]
    pub fn law(mut self, law: &str, text: &str) -> Refused {
        self.because.push(Reason::Law {
            law: law.to_owned(),
            text: text.to_owned(),
        });
        self
    }

    /// Says what would make it allowed.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Refused {
        self.help = Some(help.into());
        self
    }

    /// What evidence files the refusal under; never empty.
    #[must_use]
    pub fn cites(&self) -> Vec<String> {
        if self.because.is_empty() {
            // A refusal without a ground would be the machine's whim; accountability is the least it answers to.
            return vec!["UK GDPR Art 5(2)".to_owned()];
        }
        self.because.iter().map(|r| r.cites().to_owned()).collect()
    }
}

impl From<policy::Refusal> for Refused {
    fn from(refusal: policy::Refusal) -> Refused {
        Refused {
            why: refusal.why,
            because: refusal.because,
            help: refusal.help,
        }
    }
}

impl From<policy::Refusal> for Stop {
    fn from(refusal: policy::Refusal) -> Stop {
        Stop::Refused(refusal.into())
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Stop {
        Stop::Fault(error.into())
    }
}

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Fault {
        Fault(error.to_string())
    }
}

impl From<policy::NotStatutory> for Stop {
    fn from(error: policy::NotStatutory) -> Stop {
        Stop::Fault(Fault(error.to_string()))
    }
}

impl From<vault::Error> for Stop {
    fn from(error: vault::Error) -> Stop {
        match error {
            vault::Error::Refused(refused) => Stop::Refused(Refused {
                because: vec![Reason::Law {
                    law: refused.law.clone(),
                    text: refused.why.clone(),
                }],
                why: refused.why,
                help: Some(refused.help),
            }),
            other => Stop::Fault(other.into()),
        }
    }
}

impl From<vault::Error> for Fault {
    fn from(error: vault::Error) -> Fault {
        Fault(error.to_string())
    }
}
