//! The people a project knows, so that their names can be found wherever they turn up.
//!
//! Read from CSV with the columns `name,email,phone,also_known_as,projects`; several values in one cell
//! stand between semicolons. Only `name` must be there.

/// One person on the roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The full name.
    pub name: String,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Telephone numbers as written.
    pub phones: Vec<String>,
    /// Nicknames, former names and other spellings.
    pub also_known_as: Vec<String>,
    /// References of the projects the person takes part in, such as `#3032`.
    pub projects: Vec<String>,
}

/// The people a project knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// They, in the order of the file.
    pub people: Vec<Person>,
}

/// Why a roster cannot be read. What stands in the cells is never repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// A column that must be there is not.
    #[error(
        "the roster has no column `{0}`: its first line should be `name,email,phone,also_known_as,projects`"
    )]
    Column(&'static str),
    /// A column nobody knows.
    #[error(
        "column `{0}` of the roster has a heading that is not known: use `name`, `email`, `phone`, `also_known_as`, `projects`"
    )]
    Heading(usize),
    /// A row without a name.
    #[error("line `{0}` of the roster has no name")]
    Nameless(u64),
    /// Broken CSV.
    #[error(
        "line `{0}` of the roster is not like the others: it must have as many cells as the first line"
    )]
    Csv(u64),
}

impl Roster {
    /// Reads the CSV.
    ///
    /// # Errors
    /// When a row has no name or another number of cells, or a heading is missing or unknown.
    pub fn read(text: &str) -> Result<Self, RosterError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let headings = reader.headers().map_err(|error| broken(&error))?.clone();
        let mut columns = Vec::new();
        for (number, heading) in headings.iter().enumerate() {
            let known = match heading.to_lowercase().replace([' ', '-'], "_").as_str() {
                "name" => Column::Name,
                "email" => Column::Email,
                "phone" => Column::Phone,
                "also_known_as" => Column::Known,
                "projects" => Column::Projects,
                _ => return Err(RosterError::Heading(number + 1)),
            };
            columns.push(known);
        }
        if !columns.contains(&Column::Name) {
            return Err(RosterError::Column("name"));
        }
        let mut people = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(&error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let mut person = Person::default();
            for (column, cell) in columns.iter().zip(&record) {
                match column {
                    Column::Name => cell.clone_into(&mut person.name),
                    Column::Email => person.emails = values(cell),
                    Column::Phone => person.phones = values(cell),
                    Column::Known => person.also_known_as = values(cell),
                    Column::Projects => person.projects = values(cell),
                }
            }
            if person.name.is_empty() {
                return Err(RosterError::Nameless(line));
            }
            people.push(person);
        }
        Ok(Self { people })
    }

    /// Those who take part in one project.
    #[must_use]
    pub fn of(&self, project: &str) -> Self {
        let takes_part = |person: &&Person| person.projects.iter().any(|named| named == project);
        Self {
            people: self.people.iter().filter(takes_part).cloned().collect(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Email,
    Phone,
    Known,
    Projects,
}

fn values(cell: &str) -> Vec<String> {
    cell.split(';')
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

fn broken(error: &csv::Error) -> RosterError {
    RosterError::Csv(error.position().map_or(1, csv::Position::line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roster_reads() {
        let text = "\u{feff}Name,email,phone,also known as,projects\n\
                    Amélie Okonkwo-Hart, amelie@example.org ; a.hart@example.net,07700 900123,Millie; Mel,#3032;#3035\n\
                    \"Brand, Tomas\",,,,#3035\n";
        let roster = Roster::read(text).unwrap();
        assert_eq!(
            roster.people[0].emails,
            ["amelie@example.org", "a.hart@example.net"]
        );
        assert_eq!(roster.people[0].also_known_as, ["Millie", "Mel"]);
        assert_eq!(roster.people[1].name, "Brand, Tomas");
        assert_eq!(roster.of("#3032").people.len(), 1);
        assert_eq!(roster.of("#3035").people.len(), 2);
    }

    #[test]
    fn what_is_wrong_is_said_by_line_and_never_repeated() {
        let cases = [
            ("email\na@b.c\n", RosterError::Column("name")),
            ("name,secret\n", RosterError::Heading(2)),
            ("name,email\nAda Lind,x\n ,y\n", RosterError::Nameless(3)),
            ("name,email\nAda Lind,x,zz\n", RosterError::Csv(2)),
        ];
        for (text, error) in cases {
            let found = Roster::read(text).unwrap_err();
            assert_eq!(found, error);
            assert!(!found.to_string().contains("Lind"));
        }
        assert_eq!(Roster::read("name\n"), Ok(Roster::default()));
    }
}
