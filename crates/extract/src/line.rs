//! A paragraph while it is being heard: blanks become one, and whether all of it is bold is remembered.

/// Running text of one paragraph, item or cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    text: String,
    bold: usize,
    plain: usize,
}

impl Line {
    /// Adds words; any run of blanks becomes one, and what cannot be seen is left out.
    pub(crate) fn push(&mut self, words: &str, bold: bool) {
        for c in words.chars() {
            match c {
                // Soft hyphen, zero-width blanks and joiners, byte order mark, directions.
                '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'
                | '\u{feff}' => {}
                c if c.is_whitespace() => {
                    if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                        self.text.push(' ');
                    }
                }
                // Code points of symbol fonts: Word's bullets and ticks.
                '\u{f0b7}' | '\u{f0a7}' => self.text.push('•'),
                c if c.is_control() => {}
                c => {
                    if bold {
                        self.bold += 1;
                    } else {
                        self.plain += 1;
                    }
                    self.text.push(c);
                }
            }
        }
    }

    /// Ends the line inside the paragraph.
    pub(crate) fn turn(&mut self) {
        self.mark('\n');
    }

    /// A tabulator between words.
    pub(crate) fn tab(&mut self) {
        self.mark('\t');
    }

    /// Adds words that are never bold and never part of what decides it: a note, the address of a link.
    pub(crate) fn aside(&mut self, words: &str) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t', '(']) {
            self.text.push(' ');
        }
        self.text.push_str(words);
    }

    /// What was heard so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing was heard yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether all words are bold.
    pub(crate) fn is_bold(&self) -> bool {
        self.bold > 0 && self.plain == 0
    }

    /// The words, and an empty line for the next; a blank line inside makes two paragraphs, so several may come.
    pub(crate) fn take(&mut self) -> Vec<(String, bool)> {
        let line = std::mem::take(self);
        let bold = line.is_bold();
        line.text
            .split("\n\n")
            .map(|part| {
                part.lines()
                    .map(str::trim)
                    .filter(|l| !l.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n")
            })
            .filter(|part| !part.is_empty())
            .map(|part| (part, bold))
            .collect()
    }

    fn mark(&mut self, mark: char) {
        while self.text.ends_with([' ', '\t']) {
            self.text.pop();
        }
        if self.text.is_empty() || (mark == '\n' && self.text.ends_with("\n\n")) {
            return;
        }
        self.text.push(mark);
    }
}
