//! Lengths as ISO 8601 writes them.

use crate::model::{Length, Unit};

/// `P2Y`, `P24M`, `P7D`: in the unit the notice uses.
pub(super) fn period(length: Length) -> String {
    let unit = match length.unit {
        Unit::Day => 'D',
        Unit::Week => 'W',
        Unit::Month => 'M',
        Unit::Year => 'Y',
    };
    format!("P{}{unit}", length.count)
}
