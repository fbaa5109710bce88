//! Words set in lines.

use crate::face::{Face, Faces};
use crate::flow::Run;

/// Some words of a line in one dress.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    /// Points from the line's beginning.
    pub x: f32,
    pub text: String,
    pub face: Face,
    pub link: Option<String>,
}

/// A line.
pub(crate) type Line = Vec<Piece>;

/// A part of a word, or a whole one, with the blank behind it.
struct Part {
    text: String,
    face: Face,
    link: Option<String>,
    width: f32,
    /// A line may end behind it.
    ends: bool,
}

/// The words in lines of at most so many points; a word that is wider is cut.
pub(crate) fn lines(faces: &Faces, runs: &[Run], size: f32, bold: bool, width: f32) -> Vec<Line> {
    let parts = parts(faces, runs, size, bold, width);
    let mut lines: Vec<Line> = Vec::new();
    let mut line: Line = Vec::new();
    let mut x = 0.0;
    let mut at = 0;
    while at < parts.len() {
        let word: Vec<&Part> = {
            let rest = parts.get(at..).unwrap_or_default();
            let end = rest
                .iter()
                .position(|p| p.ends)
                .map_or(rest.len(), |e| e + 1);
            rest.iter().take(end).collect()
        };
        // The blank behind the last word of a line may hang over.
        let visible: f32 = word
            .iter()
            .map(|p| faces.width(p.face, size, p.text.trim_end()))
            .sum();
        if x + visible > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            x = 0.0;
        }
        for part in &word {
            match line.last_mut() {
                Some(last) if last.face == part.face && last.link == part.link => {
                    last.text.push_str(&part.text);
                }
                _ => line.push(Piece {
                    x,
                    text: part.text.clone(),
                    face: part.face,
                    link: part.link.clone(),
                }),
            }
            x += part.width;
        }
        at += word.len().max(1);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn parts(faces: &Faces, runs: &[Run], size: f32, bold: bool, width: f32) -> Vec<Part> {
    let mut parts = Vec::new();
    for run in runs {
        let face = if run.bold || bold {
            Face::Bold
        } else if run.italic {
            Face::Italic
        } else {
            Face::Regular
        };
        let text = faces.readable(&run.text);
        let mut push = |text: &str, ends: bool| {
            parts.push(Part {
                text: text.to_owned(),
                face,
                link: run.link.clone(),
                width: faces.width(face, size, text),
                ends,
            });
        };
        for word in text.split_inclusive(' ') {
            let ends = word.ends_with(' ');
            if faces.width(face, size, word.trim_end()) <= width {
                push(word, ends);
                continue;
            }
            // A web address wider than the line is cut between any two letters.
            let mut piece = String::new();
            for c in word.chars() {
                if faces.width(face, size, &piece) + size > width {
                    push(&piece, true);
                    piece.clear();
                }
                piece.push(c);
            }
            push(&piece, ends);
        }
    }
    parts
}

/// The widest word and the width on one line, for setting columns.
pub(crate) fn measure(faces: &Faces, runs: &[Run], size: f32, bold: bool) -> (f32, f32) {
    let (mut widest, mut whole): (f32, f32) = (0.0, 0.0);
    for run in runs {
        let face = if run.bold || bold {
            Face::Bold
        } else {
            Face::Regular
        };
        let text = faces.readable(&run.text);
        whole += faces.width(face, size, &text);
        for word in text.split(' ') {
            widest = widest.max(faces.width(face, size, word));
        }
    }
    (widest, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_too_wide_and_no_word_is_lost() {
        let faces = Faces::new().expect("fonts");
        let text = "Some words that are to be set in rather narrow lines, and https://a.very.long.example/address/that/nobody/could/break.";
        for width in [60.0, 120.0, 400.0] {
            let lines = lines(&faces, &[Run::plain(text)], 11.0, false, width);
            let mut said = String::new();
            for line in &lines {
                let wide: f32 = line
                    .iter()
                    .map(|p| p.x + faces.width(p.face, 11.0, p.text.trim_end()))
                    .fold(0.0, f32::max);
                assert!(wide <= width + 0.1, "{width}: {line:?}");
                said.extend(line.iter().map(|p| p.text.as_str()));
            }
            assert_eq!(said, text);
        }
    }
}
