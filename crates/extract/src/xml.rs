//! XML as a tree. Entities that a document declares itself are left out, so that none can multiply.

use crate::Unreadable;
use crate::tree::Tree;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// More elements than this is no notice: about a million words.
const MOST: usize = 2_000_000;

/// The tree of a part. Names keep their usual prefix (`w:p`, `text:h`).
pub(crate) fn tree(source: &str) -> Result<Tree, Unreadable> {
    let mut reader = Reader::from_str(source);
    reader.config_mut().check_end_names = false;
    let mut tree = Tree::default();
    let mut count = 0_usize;
    loop {
        count += 1;
        if count > MOST {
            return Err(Unreadable::new(
                "has more parts than a notice",
                "name the right file, or split this one",
            ));
        }
        match reader.read_event().map_err(|_| crate::pack::damaged())? {
            Event::Start(start) => tree.open(name(&start), attributes(&start)),
            Event::Empty(start) => tree.leaf(name(&start), attributes(&start)),
            Event::End(end) => tree.close(end.name().as_ref(), |_| false),
            Event::Text(text) => tree.say(&text.into_inner()),
            Event::CData(text) => tree.say(&text.into_inner()),
            Event::GeneralRef(entity) => {
                if let Ok(Some(c)) = entity.resolve_char_ref() {
                    tree.say(c.encode_utf8(&mut [0; 4]));
                } else if let Some(text) =
                    quick_xml::escape::resolve_predefined_entity(&entity.into_inner())
                {
                    tree.say(text);
                }
            }
            Event::Eof => return Ok(tree),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn name(start: &BytesStart) -> String {
    let name = start.name();
    let name: &str = name.as_ref();
    name.to_owned()
}

fn attributes(start: &BytesStart) -> Vec<(String, String)> {
    start
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .map(|a| {
            let key: &str = a.key.as_ref();
            let value = a
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map(std::borrow::Cow::into_owned);
            (key.to_owned(), value.unwrap_or_default())
        })
        .collect()
}
