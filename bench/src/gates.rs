//! What a change may not lose unnoticed: ratios and times far from what is measured, so that a busy machine does not trip them.

use crate::report::Report;

/// A part, where its figure stands in it, and the least it may be. About a fifth of what was measured on two busy cores.
const LEAST: &[(&str, &str, f64)] = &[
    ("controller", "/ratio", 1.0),
    ("customer", "/ratio", 0.01),
    ("processor", "/ratio", 0.02),
    ("regulator", "/ratio", 0.03),
    ("log", "/append", 1000.0),
    ("log", "/verify", 15_000.0),
];
/// The most it may be.
const MOST: &[(&str, &str, f64)] = &[
    ("erase", "/0/abide", 100.0),
    ("withdraw", "/object", 20.0),
    ("space", "/filled", 12.0),
];

/// Says one line a gate, as TAP does; 1 where one is not held. What was not measured has no line.
pub fn held(report: &Report) -> i32 {
    let mut code = 0;
    let all = LEAST
        .iter()
        .map(|gate| (gate, false))
        .chain(MOST.iter().map(|gate| (gate, true)));
    for ((part, place, bound), most) in all {
        let found = report.parts.get(*part).and_then(|part| part.pointer(place));
        let Some(found) = found.and_then(serde_json::Value::as_f64) else {
            continue;
        };
        let held = if most {
            found <= *bound
        } else {
            found >= *bound
        };
        let (word, side) = (
            if held { "ok" } else { "not ok" },
            if most { "at most" } else { "at least" },
        );
        println!("{word} - {part}{place} is {found:.3}, {side} {bound}");
        code |= i32::from(!held);
    }
    code
}
