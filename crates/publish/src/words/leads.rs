//! What the notice itself calls a group of data: the bold words its point in the list begins with, `Your words`.

use notice::Notice;
use notice::model::{Block, Section, Sentence};

/// What the notice calls a group; `None` where its list and its rules do not stand side by side, point by point.
pub(crate) fn lead(notice: &Notice, group: &str) -> Option<String> {
    notice.sections.iter().find_map(|s| within(s, group))
}

fn within(section: &Section, group: &str) -> Option<String> {
    let mut leads: Vec<String> = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Prose(prose) => {
                let found = bold(&prose.markdown);
                if found.len() > 1 && groups.is_empty() {
                    leads = found;
                }
            }
            Block::Rule(rule) => {
                if let Sentence::Data(data) = &rule.says {
                    groups.push(&data.name);
                }
            }
        }
    }
    let at = groups.iter().position(|g| *g == group)?;
    (leads.len() == groups.len())
        .then(|| leads.get(at).cloned())
        .flatten()
}

/// The bold words that the points of a list begin with.
fn bold(markdown: &str) -> Vec<String> {
    markdown
        .lines()
        .filter_map(|line| {
            let point = line
                .strip_prefix("- ")
                .or_else(|| line.strip_prefix("* "))?;
            let (lead, _) = point.trim_start().strip_prefix("**")?.split_once("**")?;
            let lead = lead.trim().trim_end_matches(['.', ':']);
            (!lead.is_empty()).then(|| lead.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(list: &str) -> Notice {
        let text = format!(
            "# Walks\n\n```abide\nnotice walks version 1 dated 2026-11-01 language en-GB\nproject \"Walks\" reference \"#1\"\n```\n\n## What we hold\n\n{list}\n\n```abide\ndata self = age, gender\ndata words = interview-answers\n```\n"
        );
        notice::parse(&text).notice.unwrap()
    }

    #[test]
    fn a_group_goes_by_the_words_of_its_point() {
        let said = notice("- **You.** Your age.\n  And more.\n- **Your words:** What you say.");
        assert_eq!(lead(&said, "self").as_deref(), Some("You"));
        assert_eq!(lead(&said, "words").as_deref(), Some("Your words"));
        assert_eq!(lead(&said, "role"), None);
    }

    #[test]
    fn a_list_with_other_points_names_no_group() {
        let said =
            notice("- **You.** Your age.\n- **Your words.** What you say.\n- **Tea.** We brew it.");
        assert_eq!(lead(&said, "self"), None);
    }
}
