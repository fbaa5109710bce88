//! Nested elements in one flat list, never deeper than can be walked.

/// A place in a [`Tree`].
pub(crate) type Id = usize;

/// What is nested deeper than this stands beside its neighbours instead: browsers do the same, at 512.
const DEEPEST: usize = 120;

/// Elements and text. The first node is the root, an element without a name.
pub(crate) struct Tree {
    nodes: Vec<Node>,
    open: Vec<Id>,
}

/// An element or a stretch of text.
#[derive(Default)]
pub(crate) struct Node {
    /// The element's name; empty for text and for the root.
    pub name: String,
    /// The text; empty for an element.
    pub text: String,
    attributes: Vec<(String, String)>,
    children: Vec<Id>,
}

impl Node {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }
}

impl Default for Tree {
    fn default() -> Tree {
        Tree {
            nodes: vec![Node::default()],
            open: vec![0],
        }
    }
}

impl Tree {
    pub(crate) const ROOT: Id = 0;

    /// Opens an element inside the one that is open.
    pub(crate) fn open(&mut self, name: String, attributes: Vec<(String, String)>) {
        let id = self.push(Node {
            name,
            attributes,
            ..Node::default()
        });
        self.open.push(id);
        if self.open.len() > DEEPEST {
            self.open.pop();
        }
    }

    /// Adds an element that holds nothing.
    pub(crate) fn leaf(&mut self, name: String, attributes: Vec<(String, String)>) {
        self.push(Node {
            name,
            attributes,
            ..Node::default()
        });
    }

    /// Adds text to what is open.
    pub(crate) fn say(&mut self, text: &str) {
        let parent = self.open.last().copied().unwrap_or(Self::ROOT);
        let last = self.node(parent).children.last().copied();
        if let Some(last) = last
            && let Some(node) = self.nodes.get_mut(last)
            && node.name.is_empty()
        {
            node.text.push_str(text);
            return;
        }
        self.push(Node {
            text: text.to_owned(),
            ..Node::default()
        });
    }

    /// Closes the innermost open element of this name and what is open inside it; none is open: nothing happens.
    /// The search stops at an element that `fences`.
    pub(crate) fn close(&mut self, name: &str, fences: impl Fn(&str) -> bool) {
        for at in (1..self.open.len()).rev() {
            let here = self
                .open
                .get(at)
                .map_or("", |id| self.node(*id).name.as_str());
            if here == name {
                self.open.truncate(at);
                return;
            }
            if fences(here) {
                return;
            }
        }
    }

    /// The node.
    pub(crate) fn node(&self, id: Id) -> &Node {
        static NOTHING: Node = Node {
            name: String::new(),
            text: String::new(),
            attributes: Vec::new(),
            children: Vec::new(),
        };
        self.nodes.get(id).unwrap_or(&NOTHING)
    }

    /// The elements and text inside a node.
    pub(crate) fn children(&self, id: Id) -> impl DoubleEndedIterator<Item = Id> {
        self.node(id).children.iter().copied()
    }

    /// The name of an element.
    pub(crate) fn name(&self, id: Id) -> &str {
        &self.node(id).name
    }

    /// The first child of this name.
    pub(crate) fn child(&self, id: Id, name: &str) -> Option<Id> {
        self.children(id).find(|c| self.name(*c) == name)
    }

    /// The elements of this name anywhere inside, in their order. What stands inside one that was found is not looked at again.
    pub(crate) fn all(&self, id: Id, wanted: &dyn Fn(&Node) -> bool) -> Vec<Id> {
        let mut found = Vec::new();
        let mut ahead: Vec<Id> = self.children(id).rev().collect();
        while let Some(at) = ahead.pop() {
            if wanted(self.node(at)) {
                found.push(at);
            } else {
                ahead.extend(self.children(at).rev());
            }
        }
        found
    }

    /// Whether an element of this name stands anywhere inside.
    pub(crate) fn holds(&self, id: Id, wanted: &dyn Fn(&Node) -> bool) -> bool {
        let mut ahead: Vec<Id> = self.children(id).collect();
        while let Some(at) = ahead.pop() {
            if wanted(self.node(at)) {
                return true;
            }
            ahead.extend(self.children(at));
        }
        false
    }

    /// All text inside, end to end.
    pub(crate) fn words(&self, id: Id) -> String {
        let mut text = String::new();
        let mut ahead = vec![id];
        while let Some(at) = ahead.pop() {
            text.push_str(&self.node(at).text);
            ahead.extend(self.children(at).rev());
        }
        text
    }

    fn push(&mut self, node: Node) -> Id {
        let id = self.nodes.len();
        let parent = self.open.last().copied().unwrap_or(Self::ROOT);
        self.nodes.push(node);
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.push(id);
        }
        id
    }
}
