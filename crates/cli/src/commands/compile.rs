//! What the machine understands of a notice: the model with nothing lost, the policies, the duties.

use super::sound::{no_rules, sound};
use crate::input::{self, Usage, shown, usage};
use crate::moment;
use crate::out::{Ended, Out};
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use policy::{DutyRule, Rulebook};
use serde::Serialize;

pub const EXAMPLE: &str =
    "Example: abide compile notices/kinship-care-stakeholders.notice.md --as duties";

/// `abide compile`
#[derive(Args, Debug)]
pub struct Compile {
    /// A notice with rules; `-` is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// The model as JSON, the policies in the Cedar language with the law's beside them, or the duties as JSON
    #[arg(long = "as", value_enum, default_value_t = Form::Json)]
    form: Form,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Json,
    Cedar,
    Duties,
}

#[derive(Serialize)]
struct Policies<'p> {
    notice: &'p str,
    cedar: String,
}

#[derive(Serialize)]
struct Duties<'p> {
    notice: &'p str,
    duties: Vec<Duty<'p>>,
}

#[derive(Serialize)]
struct Duty<'p> {
    #[serde(flatten)]
    duty: &'p DutyRule,
    /// The last day as planned now, where a day is planned for the milestone.
    planned: Option<Date>,
}

/// Runs the command.
///
/// # Errors
/// A file that cannot be read, or a notice with errors.
pub fn run(args: &Compile, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let text = match args.form {
        Form::Json => model(&args.file)?,
        Form::Cedar => {
            let rules = rulebook(&args.file, moment::day(at))?;
            let cedar = rules.cedar_with_law();
            if out.json {
                pretty(&Policies {
                    notice: rules.id(),
                    cedar,
                })?
            } else {
                cedar
            }
        }
        Form::Duties => {
            let rules = rulebook(&args.file, moment::day(at))?;
            let duties = rules
                .duties()
                .iter()
                .map(|duty| Duty {
                    duty,
                    planned: duty.planned(),
                })
                .collect();
            pretty(&Duties {
                notice: rules.id(),
                duties,
            })?
        }
    };
    out.raw(&text);
    if !text.ends_with('\n') {
        out.raw("\n");
    }
    Ok(Ended::Well)
}

/// A notice ready to be asked.
///
/// # Errors
/// A file that cannot be read, or a notice with errors.
pub fn rulebook(file: &str, as_at: Date) -> Result<Rulebook, Usage> {
    Rulebook::compile(&sound(file, as_at)?).map_err(|e| {
        usage(
            format!("{} cannot be compiled: {e}", shown(file)),
            "this is a fault of abide: please report it",
        )
    })
}

/// The model needs sentences that can be read; whether they are lawful is the check's business.
fn model(file: &str) -> Result<String, Usage> {
    let text = input::text(file)?;
    let parsed = notice::parse(&text);
    let faults = parsed.faults.iter().filter(|f| !f.is_advice()).count();
    if faults > 0 {
        let what = format!(
            "{} has {faults} sentence{} that cannot be read",
            shown(file),
            if faults == 1 { "" } else { "s" }
        );
        return Err(usage(
            what,
            format!("run `abide check {file}` and mend what it finds first"),
        ));
    }
    let notice = parsed.notice.ok_or_else(|| no_rules(&shown(file)))?;
    notice::json::write(&notice)
        .map_err(|e| usage(e.to_string(), "this is a fault of abide: please report it"))
}

fn pretty(document: &impl Serialize) -> Result<String, Usage> {
    serde_json::to_string_pretty(document).map_err(|e| {
        usage(
            format!("no JSON could be made: {e}"),
            "this is a fault of abide: please report it",
        )
    })
}
