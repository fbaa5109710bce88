//! What people read, and the files they keep.

use crate::{OPENING, abide, fed, file, project};

#[test]
fn the_command_alone_prints_its_help_and_every_command_has_an_example() {
    let help = abide::<&str>(&[]);
    assert_eq!(help.code, 0, "{}", help.err);
    assert!(
        help.out.contains("Usage: abide") && help.out.contains("check"),
        "{}",
        help.out
    );
    let commands: Vec<&str> = help
        .out
        .lines()
        .skip_while(|l| *l != "Commands:")
        .skip(1)
        .take_while(|l| !l.is_empty())
        .filter_map(|l| l.split_whitespace().next())
        .collect();
    assert!(commands.len() >= 9, "{commands:?}");
    for command in commands {
        let args = if command == "release" {
            vec![command, "check", "--help"]
        } else {
            vec![command, "--help"]
        };
        let said = abide(&args);
        assert!(
            said.code == 0 && said.out.contains("Example: abide "),
            "{command} {}",
            said.out
        );
    }
    assert!(abide(&["--version"]).out.starts_with("abide "));
}

#[test]
fn the_page_on_the_commands_has_every_command_and_no_other() {
    let page = std::fs::read_to_string(project("docs/command-line.md")).unwrap();
    let told: Vec<&str> = page
        .lines()
        .filter_map(|l| l.strip_prefix("## "))
        .skip(1)
        .filter_map(|l| l.split(' ').next())
        .collect();
    let help = abide(&["--help"]).out;
    for command in &told {
        assert!(
            help.contains(&format!("\n  {command} ")),
            "{command} is no command"
        );
        assert!(
            page.contains(&format!("\nabide {command}")),
            "{command} has no example"
        );
    }
    for line in page.lines().filter(|l| l.starts_with("abide ")) {
        let command = line.split(' ').nth(1).unwrap();
        assert!(told.contains(&command), "{line}");
    }
}

#[test]
fn an_answer_reads_line_by_line() {
    let notice = project("notices/kinship-care-stakeholders.notice.md");
    let yes = abide(&[
        "ask", &notice, "--do", "read", "--data", "email", "--for", "invite",
    ]);
    let lines: Vec<&str> = yes.out.lines().collect();
    assert_eq!((yes.code, lines[0]), (0, "permitted"));
    assert!(
        lines[1].starts_with("because #3035/why/purpose/invite  purpose invite "),
        "{}",
        yes.out
    );
    let no = abide(&[
        "ask",
        &notice,
        "--do",
        "read",
        "--data",
        "blood-type",
        "--for",
        "invite",
    ]);
    assert_eq!(no.code, 1);
    assert!(
        no.out.starts_with("refused: ")
            && no.out.contains("\nbecause #3035/")
            && no.out.contains("\nhelp: "),
        "{}",
        no.out
    );
    let supposed = abide(&[
        "ask",
        &notice,
        "--do",
        "share",
        "--data",
        "recording",
        "--to",
        "transcriber",
        "--for",
        "understand",
    ]);
    assert_eq!(supposed.code, 0, "{}", supposed.out);
    assert!(
        supposed
            .out
            .contains("\nsupposed: the recipient has been reviewed"),
        "{}",
        supposed.out
    );
}

#[test]
fn tidying_keeps_words_line_ends_and_the_mark_at_the_beginning() {
    let dir = tempfile::tempdir().unwrap();
    let untidy = format!(
        "\u{feff}{OPENING}\nWörds   stay.\n\n```abide\nnever   sale,  marketing # why\n```\n"
    )
    .replace('\n', "\r\n");
    let name = file(dir.path(), "a.notice.md", &untidy);
    let checked = abide(&["fmt", "--check", &name]);
    assert!(
        checked.code == 1 && checked.out.contains("is not tidy: run `abide fmt "),
        "{}",
        checked.out
    );
    assert_eq!(
        std::fs::read_to_string(&name).unwrap(),
        untidy,
        "--check wrote"
    );
    let done = abide(&["fmt", &name]);
    assert_eq!(done.code, 0, "{}", done.err);
    let tidy = std::fs::read_to_string(&name).unwrap();
    assert_eq!(
        tidy,
        untidy.replace(
            "never   sale,  marketing # why",
            "never sale, marketing  # why"
        )
    );
    let again = abide(&["fmt", &name]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    assert_eq!(fed(&["fmt", "-"], untidy.as_bytes()).out, tidy);
    assert_eq!(
        std::fs::read_dir(dir.path()).unwrap().count(),
        1,
        "a file was left beside"
    );
}

#[cfg(unix)]
#[test]
fn tidying_through_a_link_changes_the_file_behind_it() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let name = file(
        dir.path(),
        "a.notice.md",
        format!("{OPENING}\n```abide\nnever   sale\n```\n"),
    );
    std::fs::set_permissions(&name, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = dir.path().join("link.notice.md");
    std::os::unix::fs::symlink(&name, &link).unwrap();
    assert_eq!(abide(&["fmt", &link.to_string_lossy()]).code, 0);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(
        std::fs::read_to_string(&name)
            .unwrap()
            .contains("never sale")
    );
    assert_eq!(
        std::fs::metadata(&name).unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn a_redacted_text_is_printed_alone_and_what_was_done_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let roster = file(dir.path(), "r.csv", "name\nAda Lindqvist\n");
    let said = fed(
        &["redact", "-", "--people", &roster],
        "Ada can be reached at ada@example.org.\n".as_bytes(),
    );
    assert_eq!(
        (said.code, said.out.as_str()),
        (0, "[name 1] can be reached at [email].\n")
    );
    assert!(
        said.err.starts_with("2 things taken out: ") && !said.err.contains("Ada"),
        "{}",
        said.err
    );
}

#[test]
fn the_summary_line_counts() {
    let notice = project("notices/kinship-care-stakeholders.notice.md");
    let said = abide(&["check", &notice]);
    assert!(said.out.trim_end().ends_with("in 1 notice"), "{}", said.out);
    assert_eq!(said.code, 0);
}

#[test]
fn a_line_without_end_stays_on_the_screen() {
    let text = format!("{OPENING}\nWords.\n\n```abide\nhold it\n```\n");
    let long = text.replace(
        "hold it",
        &format!(
            "purpose invite \"{}\" uses all; bassis consent",
            "wörd ".repeat(20_000)
        ),
    );
    let said = fed(&["check", "-"], long.as_bytes());
    assert_eq!(said.code, 1);
    assert!(said.out.contains("unknown-clause"), "{}", said.err);
    assert!(
        said.out.lines().all(|l| l.chars().count() < 400),
        "a line floods the screen"
    );
    assert!(said.out.len() < 20_000, "{}", said.out.len());
}

#[test]
fn a_flood_of_findings_is_drawn_in_part_and_counted_in_full() {
    let text = format!(
        "# Privacy notice\n\n{}\n",
        "We keep your data indefinitely. ".repeat(600)
    );
    let said = fed(&["check", "-"], text.as_bytes());
    let listed = fed(&["--json", "check", "-"], text.as_bytes()).json();
    let all = listed["notices"][0]["findings"].as_array().unwrap().len();
    assert!(all > 500, "{all}");
    assert_eq!(said.out.matches("\n --> -:").count(), 500);
    assert!(said.out.contains(&format!(
        "and {} more findings in standard input; `--json`",
        all - 500
    )));
    let last = said.out.lines().last().unwrap();
    let counted: usize = last
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|n| n.parse::<usize>().ok())
        .sum();
    assert!(
        last.ends_with("in 1 notice") && counted == all + 1,
        "{last}"
    );
}
