//! A survey is held against the notice while it is built: what the notice does not say we collect is not asked.

use super::form::{self, Form};
use super::{Question, check, named, tells_who};
use crate::Published;
use crate::stop::{Outcome, Refused, Stop};
use policy::Reason;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The survey cannot go out like this.
    Refused,
    /// It may, and somebody should look at it.
    Flagged,
}

/// Something about a survey that the notice, or the survey itself, has an answer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The question it is about; none where it is about the whole.
    pub question: Option<String>,
    /// How much it weighs.
    pub weight: Weight,
    /// What it is, as a refusal says it.
    pub words: String,
    /// The clauses and articles.
    pub because: Vec<Reason>,
    /// What to do.
    pub help: String,
}

impl Finding {
    /// The same as a refusal.
    #[must_use]
    pub fn refusal(&self) -> Refused {
        Refused {
            why: self.words.clone(),
            because: self.because.clone(),
            help: Some(self.help.clone()).filter(|help| !help.is_empty()),
        }
    }
}

/// All there is to say of a form under a notice, the weightiest first.
///
/// # Errors
/// Refused for a survey the notice does not speak of.
pub fn findings(published: &Published, survey: &str, form: &Form) -> Outcome<Vec<Finding>> {
    let rule = named(published, survey)?;
    let mut found: Vec<Finding> = form::unfinished(form)
        .into_iter()
        .map(|(question, words)| Finding {
            question,
            weight: Weight::Refused,
            words,
            because: Vec::new(),
            help: "change it before the survey goes out".to_owned(),
        })
        .collect();
    for (_, question) in form.questions() {
        if let Some(refused) = of_question(published, survey, question)? {
            found.push(Finding {
                question: Some(question.id.clone()),
                weight: Weight::Refused,
                words: refused.why,
                because: refused.because,
                help: refused.help.unwrap_or_default(),
            });
            continue;
        }
        if !question.kind.is_free() {
            continue;
        }
        let anonymous = rule.filter(|(_, it)| it.anonymous);
        let who = asks_who(&question.words);
        let words = match (&who, anonymous) {
            (Some(what), _) => {
                format!("the words of this open box ask for `{what}`, which says who somebody is")
            }
            (None, Some(_)) => "whoever answers may name somebody in this open box".to_owned(),
            (None, None) => continue,
        };
        let because = anonymous.map_or_else(
            || Reason::Law {
                law: "UK GDPR Art 5(1)(c)".to_owned(),
                text: "no more is asked than is needed".to_owned(),
            },
            |(rule, _)| Reason::Clause {
                clause: rule.id.to_string(),
                text: rule.text.clone(),
            },
        );
        found.push(Finding {
            question: Some(question.id.clone()),
            weight: Weight::Flagged,
            words,
            because: vec![because],
            help: if anonymous.is_some() {
                "people are asked to name nobody, and what identifies somebody is taken out as it comes in; a list to choose from is safer".to_owned()
            } else {
                "ask for it in a question of its own, or in other words".to_owned()
            },
        });
    }
    found.sort_by_key(|it| it.weight);
    Ok(found)
}

/// Why the notice does not let a question be asked.
pub(super) fn of_question(
    published: &Published,
    survey: &str,
    question: &form::Question,
) -> Outcome<Option<Refused>> {
    let asked = Question {
        item: question.item.clone(),
        required: question.required,
    };
    match check(published, survey, &[asked]) {
        Ok(()) => Ok(None),
        Err(Stop::Refused(refused)) => Ok(Some(refused)),
        Err(fault) => Err(fault),
    }
}

/// A word of a question by which somebody would say who they, or others, are.
fn asks_who(words: &str) -> Option<String> {
    let said: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let pairs = said.windows(2).map(|pair| pair.join("-"));
    let single = said.iter().cloned();
    single
        .chain(pairs)
        .find(|word| notice::vocabulary::sensitivity(word).is_none() && tells_who(word))
}

#[cfg(test)]
mod tests {
    use super::asks_who;

    #[test]
    fn words_that_ask_who_somebody_is_are_heard() {
        assert_eq!(asks_who("What is your name?").as_deref(), Some("name"));
        let born = asks_who("What is your date of birth, and your postcode?");
        assert_eq!(born.as_deref(), Some("postcode"));
        assert_eq!(asks_who("Your job title").as_deref(), Some("job"));
        assert_eq!(asks_who("What would help you most?"), None);
    }
}
