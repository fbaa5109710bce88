//! What a purpose is about, as far as the law asks: which basis fits it, and which cannot.

use std::collections::BTreeSet;

use super::super::words::{Word, denied, find_all};

/// What a purpose is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aim {
    /// Answering people who use their rights.
    Rights,
    /// Marketing, newsletters, fundraising.
    Marketing,
    /// Research, evaluation, statistics.
    Research,
    /// Life, limb, an emergency.
    Emergency,
    /// People have no choice.
    Compulsory,
    /// Protecting somebody at risk.
    Safeguarding,
    /// Crime and its prosecution.
    Crime,
    /// National or public security.
    Security,
    /// Another body has asked for it for its own task.
    Asked,
    /// A contract, pay, an order, a membership.
    Contract,
    /// A public service at its own work.
    Service,
    /// The law demands it: accounts, tax, reports.
    Duty,
}

const HEARD: &[(Aim, &[&str])] = &[
    (
        Aim::Rights,
        &[
            "subject ~1 access",
            "data ~1 subject ~2 right*|request*",
            "rights request*",
            "exercis* ~4 right*",
            "use|using ~4 your|their ~2 right*",
            "request* ~8 your ~2 right*",
            "request ~5 about ~2 data|information",
            "answer*|respond*|reply*|deal*|comply* ~10 data protection ~2 right*|request*",
        ],
    ),
    (
        Aim::Marketing,
        &[
            "marketing",
            "newsletter*",
            "fundrais*",
            "advertis*",
            "offers",
            "promot* ~4 event*|products|services|offers|ourselves|charity|university|our",
            "homes for sale",
        ],
    ),
    (
        Aim::Research,
        &[
            "research",
            "study|studies|studying",
            "evaluat*",
            "survey*",
            "interview*",
            "focus group*",
            "trial",
            "analys*",
            "understand* ~6 how|what|why|whether|experience*|need*",
            "learn|find|finding|work|working ~2 how|what|why|whether|which|out",
            "statistic*",
            "opinion",
        ],
    ),
    (
        Aim::Emergency,
        &[
            "emergenc*",
            "life|lives",
            "serious|immediate|imminent ~2 harm|injury|illness|danger|risk",
            "danger",
            "urgent* ~3 medical|help|care|ill|unwell",
            "collapse*|unconscious|ambulance",
            "999",
        ],
    ),
    (
        Aim::Compulsory,
        &[
            "must ~3 take|complete|provide|answer|attend|give|fill",
            "compulsory|mandatory|obligatory",
            "required ~2 take|complete|provide|answer|attend",
            "condition of",
        ],
    ),
    (
        Aim::Safeguarding,
        &[
            "safeguard*",
            "at risk",
            "risk ~2 harm",
            "vulnerable",
            "protect* ~4 child*|adult*",
        ],
    ),
    (
        Aim::Crime,
        &["crime*|criminal*", "fraud*", "offender*|offence*", "police"],
    ),
    (Aim::Security, &["national|public security", "defence of"]),
    (
        Aim::Asked,
        &[
            "authorit*|police|council|body|bodies ~8 ask*|request*|need*",
            "request ~6 authorit*|police|council|body|bodies",
        ],
    ),
    (
        Aim::Contract,
        &[
            "contract*",
            "pay|paying|paid|payment*|refund*|reimburs*",
            "salary|wage*|pension*|employ*",
            "tenanc*|rent",
            "order|orders|purchase*|deliver*|buy|bought",
            "account|accounts",
            "membership|member",
            "voucher*|reward*|incentive*|thank*|expenses|fee",
            "book|booking|bookings|ticket*|subscription*",
            "job|application*",
            "terms",
        ],
    ),
    (
        Aim::Service,
        &[
            "service*",
            "educat*|teach*|pupil*|school*",
            "treat|treatment|care|clinical|patient*",
            "policing|enforce*|inspect*|licens*",
            "statutory|duties|functions",
            "planning|council tax|benefit*|housing|homeless*",
            "research|study|evaluat*|survey|learn",
        ],
    ),
    (
        Aim::Duty,
        &[
            "tax|accounts|accounting|audit*",
            "report ~6 regulator|authority|hmrc",
            "law requires|demands",
        ],
    ),
];

pub(super) fn aims(w: &[Word]) -> BTreeSet<Aim> {
    HEARD
        .iter()
        .filter(|(_, patterns)| {
            patterns
                .iter()
                .any(|p| find_all(w, p).iter().any(|at| !denied(w, at.start)))
        })
        .map(|(aim, _)| *aim)
        .collect()
}
