//! The stations of a project's data and the links between them, from the rules of its notice.

use std::collections::BTreeSet;

use notice::Notice;

use crate::words::{self, phrase};

/// A stage of the way, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Who data come from.
    Source,
    /// What they are.
    Data,
    /// Why they are used.
    Purpose,
    /// Who else sees them.
    Recipient,
    /// When they go.
    End,
}

impl Stage {
    /// Every stage, from left to right.
    pub const ALL: [Stage; 5] = [
        Stage::Source,
        Stage::Data,
        Stage::Purpose,
        Stage::Recipient,
        Stage::End,
    ];

    /// Its heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Stage::Source => "Where from",
            Stage::Data => "What",
            Stage::Purpose => "Why",
            Stage::Recipient => "Who else",
            Stage::End => "Until when",
        }
    }
}

/// A station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where on the way.
    pub stage: Stage,
    /// Its name in the rules.
    pub name: String,
    /// What people read.
    pub label: String,
    /// A line below it: items, the basis.
    pub note: String,
}

impl Node {
    /// What it says, to tell whether another picture has it too.
    #[must_use]
    pub fn key(&self) -> String {
        format!(
            "{:?}/{}/{}/{}",
            self.stage, self.name, self.label, self.note
        )
    }
}

/// The way of the data through a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Stations, stage by stage, in the notice's order.
    pub nodes: Vec<Node>,
    /// From one place in `nodes` to another.
    pub links: BTreeSet<(usize, usize)>,
}

impl Way {
    /// Reads it off the rules.
    #[must_use]
    pub fn of(notice: &Notice) -> Way {
        let mut way = Way::default();
        for (_, group) in notice.data() {
            way.node(
                Stage::Data,
                &group.name,
                words::group_name(notice, &group.name),
                phrase::names(&group.items, "and"),
            );
        }
        for (_, collect) in notice.collects() {
            let from = way.node(
                Stage::Source,
                &collect.from,
                source(&collect.from),
                String::new(),
            );
            way.link_data(notice, from, &collect.data, false);
        }
        for (_, receive) in notice.receives() {
            for name in &receive.from {
                let from = way.node(Stage::Source, name, source(name), String::new());
                way.link_data(notice, from, &receive.data, false);
            }
        }
        for (_, purpose) in notice.purposes() {
            let basis = purpose.basis.map_or("", law::Basis::name);
            let label = phrase::capital(purpose.words.trim_end_matches('.'));
            let to = way.node(Stage::Purpose, &purpose.name, label, basis.to_owned());
            way.link_data(notice, to, &purpose.uses, true);
        }
        for (_, share) in notice.shares() {
            let label = if share.any {
                phrase::capital(&phrase::one(&share.with))
            } else {
                phrase::capital(&phrase::party(notice, &share.with))
            };
            let note = if share.after_remove_identity {
                "only what names nobody"
            } else {
                ""
            };
            let to = way.node(Stage::Recipient, &share.with, label, note.to_owned());
            let mut linked = false;
            for purpose in &share.purposes {
                if let Some(from) = way.find(Stage::Purpose, purpose) {
                    way.links.insert((from, to));
                    linked = true;
                }
            }
            if !linked {
                way.link_data(notice, to, &share.data, true);
            }
        }
        for (_, keep) in notice.keeps() {
            let mut label = phrase::capital(&phrase::when(&keep.until));
            if let Some(at) = &keep.at {
                label = format!("{label}, at {}", phrase::party(notice, at));
            }
            let to = way.node(Stage::End, &label.to_lowercase(), label, String::new());
            if let Some(node) = way.nodes.get_mut(to) {
                let mut names: Vec<String> = keep
                    .data
                    .iter()
                    .map(|d| words::group_name(notice, d).to_lowercase())
                    .collect();
                if !node.note.is_empty() {
                    names.insert(0, node.note.clone());
                }
                node.note = names.join(", ");
            }
            // A vendor's own end hangs on the vendor, every other one on the data themselves.
            match keep
                .at
                .as_ref()
                .and_then(|at| way.find(Stage::Recipient, at))
            {
                Some(from) => {
                    way.links.insert((from, to));
                }
                None => way.link_data(notice, to, &keep.data, true),
            }
        }
        way.in_order()
    }

    /// The stations of a stage, with their places.
    pub fn stage(&self, stage: Stage) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes
            .iter()
            .enumerate()
            .filter(move |(_, n)| n.stage == stage)
    }

    /// Each station in a sentence, with what leads on from it.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut said = Vec::new();
        for (i, node) in self.nodes.iter().enumerate() {
            let on: Vec<String> = self
                .links
                .iter()
                .filter(|(from, _)| *from == i)
                .filter_map(|(_, to)| self.nodes.get(*to))
                .map(|n| n.label.clone())
                .collect();
            let note = if node.note.is_empty() {
                String::new()
            } else {
                format!(" ({})", node.note)
            };
            let leads = if on.is_empty() {
                String::new()
            } else {
                format!(", leads to: {}", on.join("; "))
            };
            said.push(format!(
                "{}: {}{note}{leads}.",
                node.stage.heading(),
                node.label
            ));
        }
        said
    }

    fn find(&self, stage: Stage, name: &str) -> Option<usize> {
        self.nodes
            .iter()
            .position(|n| n.stage == stage && n.name == name)
    }

    fn node(&mut self, stage: Stage, name: &str, label: String, note: String) -> usize {
        if let Some(at) = self.find(stage, name) {
            return at;
        }
        self.nodes.push(Node {
            stage,
            name: name.to_owned(),
            label,
            note,
        });
        self.nodes.len() - 1
    }

    /// Links a station with data groups, named by group, by item or as `all`.
    fn link_data(&mut self, notice: &Notice, other: usize, data: &[String], from_data: bool) {
        let groups: Vec<&str> = notice
            .data()
            .filter(|(_, g)| {
                data.iter()
                    .any(|d| d == "all" || *d == g.name || g.items.contains(d))
            })
            .map(|(_, g)| g.name.as_str())
            .collect();
        for name in groups {
            if let Some(at) = self.find(Stage::Data, name) {
                self.links
                    .insert(if from_data { (at, other) } else { (other, at) });
            }
        }
    }

    /// The same with the stations in the order of the stages.
    fn in_order(self) -> Way {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by_key(|i| self.nodes.get(*i).map(|n| n.stage));
        let place = |old: usize| order.iter().position(|o| *o == old);
        let links = self
            .links
            .iter()
            .filter_map(|(a, b)| Some((place(*a)?, place(*b)?)))
            .collect();
        let nodes = order
            .iter()
            .filter_map(|i| self.nodes.get(*i).cloned())
            .collect();
        Way { nodes, links }
    }
}

fn source(name: &str) -> String {
    match name {
        "person" => "You".to_owned(),
        "charity" => "A charity that knows you".to_owned(),
        "referrer" => "Whoever put you in touch with us".to_owned(),
        _ => phrase::capital(&format!("your {}", phrase::plain(name))),
    }
}
