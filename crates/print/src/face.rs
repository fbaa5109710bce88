//! The letters: Atkinson Hyperlegible, drawn by the Braille Institute so that people with low vision tell one letter from another.

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

const REGULAR: &[u8] = include_bytes!("../fonts/Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/Bold.ttf");
const ITALIC: &[u8] = include_bytes!("../fonts/Italic.ttf");

/// A cut of the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Bold,
    Italic,
}

/// The three cuts, ready to measure and to draw.
pub(crate) struct Faces {
    cuts: [(Font, FontRef<'static>); 3],
}

impl Faces {
    /// Reads the fonts that come with this crate; none only where they are damaged.
    pub(crate) fn new() -> Option<Faces> {
        let cut = |bytes: &'static [u8]| {
            let font = Font::new(bytes.to_vec().into(), 0)?;
            Some((font, FontRef::new(bytes).ok()?))
        };
        Some(Faces {
            cuts: [cut(REGULAR)?, cut(BOLD)?, cut(ITALIC)?],
        })
    }

    fn cut(&self, face: Face) -> &(Font, FontRef<'static>) {
        let [regular, bold, italic] = &self.cuts;
        match face {
            Face::Regular => regular,
            Face::Bold => bold,
            Face::Italic => italic,
        }
    }

    pub(crate) fn font(&self, face: Face) -> Font {
        self.cut(face).0.clone()
    }

    /// How wide some words are at a size, in points; kerning is left out, so a line is never wider than this.
    pub(crate) fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        let font = &self.cut(face).1;
        let letters = font.charmap();
        let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
        text.chars()
            .filter_map(|c| letters.map(c))
            .filter_map(|glyph| metrics.advance_width(glyph))
            .sum()
    }

    /// The words with letters the type has: `ŵ` becomes `w`, an arrow `->`, what is left over a question mark.
    pub(crate) fn readable(&self, text: &str) -> String {
        let letters = self.cut(Face::Regular).1.charmap();
        let has = |c: char| letters.map(c).is_some();
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                '→' => out.push_str("->"),
                '\u{2011}' => out.push('-'),
                c if c.is_whitespace() => out.push(' '),
                c if has(c) => out.push(c),
                c => match c.nfkd().next().filter(|plain| has(*plain)) {
                    Some(plain) => out.push(plain),
                    None if c.is_control() => {}
                    None => out.push('?'),
                },
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_widths_and_strangers_a_stand_in() {
        let faces = Faces::new().expect("the fonts are whole");
        let narrow = faces.width(Face::Regular, 11.0, "iiii");
        let wide = faces.width(Face::Regular, 11.0, "mmmm");
        assert!(narrow > 5.0 && wide > narrow * 1.5);
        assert!(faces.width(Face::Bold, 11.0, "word") > 0.0);
        assert_eq!(
            faces.readable("ŵyth → ‘é’ £5 – x\u{ad}y 漢"),
            "wyth -> ‘é’ £5 – xy ?"
        );
    }
}
