//! Why nothing in the notice allows it, said with the clauses that come nearest.

use crate::facts::Facts;
use crate::shape::{Shape, UNKNOWN};
use crate::{Deed, Question, Reason, words};
use notice::model::{Notice, Rule, Sentence};

/// The nearest the notice comes to allowing something.
pub(crate) struct Nearest {
    pub(crate) why: String,
    pub(crate) clauses: Vec<Reason>,
    pub(crate) help: Option<String>,
}

/// More clauses than this explain less.
const ENOUGH: usize = 6;

/// Explains a refusal that no prohibition explains. `asked` is the data as the question named it.
pub(crate) fn nearest(
    q: &Question,
    shape: &Shape,
    asked: &str,
    notice: &Notice,
    facts: &Facts,
) -> Nearest {
    let at = Place {
        q,
        shape,
        asked,
        notice,
        facts,
    };
    if shape.item.is_empty() {
        return at.data();
    }
    match shape.act {
        Deed::Collect => at.source(),
        Deed::Share => at.recipient(),
        Deed::Keep => at.keep(),
        Deed::Publish => at.publish(),
        Deed::Read | Deed::Contact | Deed::Decide | Deed::Answer => at.purpose(),
        Deed::Store | Deed::Erase => at.data(),
    }
}

struct Place<'a> {
    q: &'a Question,
    shape: &'a Shape,
    asked: &'a str,
    notice: &'a Notice,
    facts: &'a Facts,
}

impl Place<'_> {
    fn cite(&self, wanted: impl Fn(&Sentence) -> bool) -> Vec<Reason> {
        self.notice
            .rules()
            .filter(|r| wanted(&r.says))
            .take(ENOUGH)
            .map(reason)
            .collect()
    }

    fn data(&self) -> Nearest {
        let items = self.facts.items.keys().cloned().collect();
        Nearest {
            why: format!(
                "this notice does not list `{}` among the data it speaks of",
                self.asked
            ),
            clauses: self.cite(|s| matches!(s, Sentence::Data(_))),
            help: Some(format!(
                "it lists {}; anything else needs a new version first",
                list(items)
            )),
        }
    }

    fn purpose(&self) -> Nearest {
        let named = self.q.purpose.as_deref().unwrap_or_default();
        let using: Vec<String> = self
            .facts
            .purposes
            .iter()
            .filter(|(_, p)| p.uses.contains(&self.shape.item))
            .map(|(name, _)| name.clone())
            .collect();
        let all = self.facts.purposes.keys().cloned().collect();
        match self.shape.purpose.as_str() {
            "" => Nearest {
                why: format!("no purpose was named for `{}`", self.asked),
                clauses: self
                    .cite(|s| matches!(s, Sentence::Purpose(p) if using.contains(&p.name))),
                help: Some(format!("say for which purpose: {}", list(using.clone()))),
            },
            UNKNOWN => Nearest {
                why: format!("this notice has no purpose `{named}`"),
                clauses: self.cite(|s| matches!(s, Sentence::Purpose(_))),
                help: Some(format!(
                    "`{named}` is none of its purposes, which are {}",
                    list(all)
                )),
            },
            name => Nearest {
                why: format!("the purpose `{name}` does not use `{}`", self.asked),
                clauses: self.cite(|s| matches!(s, Sentence::Purpose(p) if p.name == name)),
                help: (!using.is_empty())
                    .then(|| format!("`{}` is used for {}", self.asked, list(using.clone()))),
            },
        }
    }

    fn source(&self) -> Nearest {
        let item = &self.shape.item;
        let gives = |data: &[String]| self.facts.spread(data).contains(item);
        let mut clauses = self.cite(|s| match s {
            Sentence::Collect(c) => gives(&c.data),
            Sentence::Receive(r) => gives(&r.data),
            _ => false,
        });
        if clauses.is_empty() {
            clauses = self.cite(|s| matches!(s, Sentence::Collect(_) | Sentence::Receive(_)));
        }
        let sources = self
            .notice
            .collects()
            .filter(|(_, c)| gives(&c.data))
            .map(|(_, c)| c.from.clone())
            .chain(
                self.notice
                    .receives()
                    .filter(|(_, r)| gives(&r.data))
                    .flat_map(|(_, r)| r.from.clone()),
            );
        let mut sources: Vec<String> = sources.collect();
        sources.dedup();
        let help = if sources.is_empty() {
            format!("nobody may give `{}` under this notice", self.asked)
        } else {
            let other = self
                .q
                .source
                .as_deref()
                .filter(|source| !sources.iter().any(|s| s == source));
            let not = other.map_or_else(String::new, |source| format!(", not from {source}"));
            format!(
                "`{}` may come from {}{not}",
                self.asked,
                list(sources.clone())
            )
        };
        let why = match (self.q.source.as_deref(), self.q.way.as_deref()) {
            (None, _) => format!("nobody said where `{}` comes from", self.asked),
            (Some(_), Some(way)) if sources.contains(&self.shape.source) => {
                format!(
                    "`{way}` is no way in which this notice collects `{}`",
                    self.asked
                )
            }
            (Some(source), _) => {
                format!(
                    "`{source}` is no source this notice lists for `{}`",
                    self.asked
                )
            }
        };
        Nearest {
            why,
            clauses,
            help: Some(help),
        }
    }

    fn recipient(&self) -> Nearest {
        let it = self.shape;
        let to = self.q.to.as_deref().unwrap_or_default();
        let known = |with: &str| with == it.recipient || with == it.recipient_class;
        let shares = || self.notice.shares();
        let recipients = || list(shares().map(|(_, s)| s.with.clone()).collect());
        let theirs = self.cite(|s| matches!(s, Sentence::Share(s) if known(&s.with)));
        let disclosures =
            self.cite(|s| matches!(s, Sentence::Disclose(d) if crate::facts::authorities(&d.to).contains(&it.recipient)));
        if self.facts.authorities.contains(&it.recipient) && theirs.is_empty() {
            return Nearest {
                why: format!(
                    "`{to}` gets data only where the law compels it or serious harm threatens"
                ),
                clauses: disclosures,
                help: Some("put the order on file first (`instrument-on-file`)".into()),
            };
        }
        if theirs.is_empty() {
            let (why, help) = if to.is_empty() {
                (
                    "nobody said who would get the data".to_owned(),
                    format!("say to whom: {}", recipients()),
                )
            } else {
                (
                    format!("`{to}` is not a recipient this notice lists"),
                    format!(
                        "it lists {}; anybody else needs a new version first",
                        recipients()
                    ),
                )
            };
            let clauses = self.cite(|s| matches!(s, Sentence::Share(_)));
            return Nearest {
                why,
                clauses,
                help: Some(help),
            };
        }
        let gets =
            shares().any(|(_, s)| known(&s.with) && self.facts.spread(&s.data).contains(&it.item));
        if !gets {
            let mask = shares()
                .filter(|(_, s)| known(&s.with))
                .flat_map(|(_, s)| s.data.clone())
                .collect();
            return Nearest {
                why: format!("`{to}` does not get `{}`", self.asked),
                clauses: theirs,
                help: Some(format!("`{to}` gets {} and nothing else", list(mask))),
            };
        }
        let for_what = shares()
            .filter(|(_, s)| known(&s.with) && self.facts.spread(&s.data).contains(&it.item))
            .flat_map(|(_, s)| s.purposes.clone())
            .collect();
        let why = match self.q.purpose.as_deref() {
            None => "no purpose was named".to_owned(),
            Some(named) => format!("`{to}` does not get `{}` for `{named}`", self.asked),
        };
        let help = format!("`{to}` gets `{}` for {}", self.asked, list(for_what));
        Nearest {
            why,
            clauses: theirs,
            help: Some(help),
        }
    }

    fn keep(&self) -> Nearest {
        let it = self.shape;
        let over = !it.ended.is_empty();
        let mine = |items: &[String]| self.facts.spread(items).contains(&it.item);
        let mut clauses = self.cite(|s| matches!(s, Sentence::Keep(k) if mine(&k.data)));
        if clauses.is_empty() {
            clauses = self.cite(|s| matches!(s, Sentence::Keep(_)));
        }
        let endless = it.states.contains(&crate::State::Indefinitely);
        let why = if over {
            format!("the time for keeping `{}` is over", self.asked)
        } else if endless {
            format!("this notice does not keep `{}` without an end", self.asked)
        } else {
            format!(
                "this notice does not say that `{}` is kept like this",
                self.asked
            )
        };
        let help = over.then(|| "erase it".to_owned());
        Nearest { why, clauses, help }
    }

    fn publish(&self) -> Nearest {
        let asked = words::item(&words::fold(self.asked));
        let mut clauses =
            self.cite(|s| matches!(s, Sentence::Permission(p) if words::item(&p.name) == asked));
        let permission = !clauses.is_empty();
        if !permission {
            clauses = self.cite(|s| matches!(s, Sentence::Release(_) | Sentence::Permission(_)));
        }
        let (why, help) = if permission {
            (
                "the person has not given permission",
                "ask the person, and record the answer (`permission-given`, `attribution-allowed`)",
            )
        } else if clauses.is_empty() {
            (
                "nothing in this notice lets anything be made public",
                "add a `release` sentence in a new version",
            )
        } else {
            (
                "only what the notice releases is made public, and only without what identifies people",
                "remove what identifies people and suppress small counts first (`de-identified`, `suppressed`)",
            )
        };
        Nearest {
            why: why.into(),
            clauses,
            help: Some(help.into()),
        }
    }
}

fn reason(rule: &Rule) -> Reason {
    Reason::Clause {
        clause: rule.id.0.clone(),
        text: rule.text.clone(),
    }
}

/// `a, b, c`, each once.
fn list(mut names: Vec<String>) -> String {
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|n| seen.insert(n.clone()));
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(", ")
    }
}
