//! Consent that is no free and separate yes: deemed, bundled, or the price of something else.

use super::super::Said;
use super::super::structure::Sentence;
use super::super::topic::Topic;
use super::super::words::{Word, denied, find, find_all, says, says_any};
use super::{Slip, denied_before, said};

pub(super) fn read(_text: &str, all: &[Sentence]) -> Vec<Said<Slip>> {
    all.iter()
        .filter_map(|s| heard(s).map(|what| said(what, s)))
        .collect()
}

fn heard(s: &Sentence) -> Option<Slip> {
    let w = &s.words;
    if !says_any(w, &["consent*|agree*|accept*|acknowledge|permission"]) {
        return None;
    }
    if deemed(w) {
        return Some(Slip::Deemed);
    }
    if conditional(w) {
        return Some(Slip::Conditional);
    }
    if bundled(w) {
        return Some(Slip::Bundle);
    }
    let basis = &[
        "lawful|legal ~2 basis|bases|ground ~10 consent",
        "rely|relies|relying ~6 consent",
    ];
    let right = matches!(s.topic, Topic::Rights | Topic::Complaints);
    if right || !says_any(w, basis) {
        return None;
    }
    // `we rely on consent, because you fill the form in freely`: taking part is what is free there.
    let free = says_any(
        w,
        &["consent ~2 because|since|as ~14 fill|free|freely|volunteer*|voluntar*|choose|agree*"],
    ) && !says_any(w, &["explicit", "not ~4 consent"]);
    if free || ethical(w) {
        return Some(Slip::EthicalBasis);
    }
    let at = find(w, "consent")?;
    (!denied(w, at.start)).then_some(Slip::RestsOnConsent)
}

/// `by using this site you agree to this notice`
fn deemed(w: &[Word]) -> bool {
    let by = "by ~2 using|use|continuing|submitting|completing|filling|signing|taking|participating|joining|visiting|accessing|providing|giving|sending|entering|registering|returning|attending|clicking|ticking|reading|applying|contacting|enrolling|staying|accepting|sharing|replying ~16 you ~4 agree|agreeing|consent|consenting|accept|accepting|acknowledge";
    let rest = [
        "use|using|continued ~10 constitutes|means|signifies|implies ~6 consent|agree*|accept*",
        "participation|part|attendance|submission|registration|signature ~6 constitutes|means|signifies|implies|counts ~6 consent|agree*|accept*",
        "deemed|taken|assumed|considered|treated ~5 consented|agreed|consent|consenting|accepted|agreeing",
        "implied consent",
        "assume ~4 you ~4 consent*|agree*|happy",
        "unless ~8 we ~4 assume ~8 consent*|agree*",
        "if you ~3 continue ~8 you ~3 agree|consent",
    ];
    let hit = find(w, by).or_else(|| rest.iter().find_map(|p| find(w, p)));
    let Some(at) = hit else { return false };
    if denied_before(w, at.start)
        || says_any(
            w.get(at.clone()).unwrap_or_default(),
            &["not|never|n't|without"],
        )
    {
        return false;
    }
    let tail = w.get(at.end..).unwrap_or_default();
    let near = tail.get(..tail.len().min(4)).unwrap_or_default();
    // Agreeing to take part is what signing up is for.
    let joins = says_any(
        near,
        &[
            "take|taking part",
            "participate|participation|participating",
            "be interviewed",
            "join",
        ],
    );
    let data = says_any(
        tail,
        &[
            "notice|policy|statement|process*|collect*|us|uses|using|data|information|everything|all|above|transfer*|shar*|contact*|disclos*|terms",
        ],
    );
    !joins && data
}

/// `if you do not consent we cannot help you`
fn conditional(w: &[Word]) -> bool {
    let held_back = says_any(
        w,
        &[
            "not|cannot|unable|can't|won't|unless|stop|refuse*|lose ~14 service*|support|treatment|care|benefit*|account|membership|product*|website|help|place|appointment|job|offer",
        ],
    );
    let refusing = find(
        w,
        "if|unless|where you ~5 not|n't|withdraw|refuse|withhold|decline|consent|agree",
    );
    let consent = says_any(w, &["consent|agree"])
        && says_any(
            w,
            &[
                "if you ~3 not|n't ~3 consent|agree|give",
                "if you ~3 withdraw|refuse|withhold|decline ~4 consent|permission|agree",
                "unless you ~3 consent|agree",
                "consent ~4 condition of",
                "condition of ~10 consent",
                "must consent|agree ~14 to ~3 receive|use|get|access",
            ],
        );
    let harmless = says_any(
        w,
        &[
            "not ~3 affect*|effect|change|impact|matter|influence|alter|lose|stop|prevent|disadvantage*",
            "no ~3 effect|impact|consequence*|difference",
            "still ~4 receive|get|use|have",
            "same",
            "take part|participate|interview|study|research|survey|records|recording",
        ],
    );
    consent
        && (refusing.is_some() || says(w, "condition|must"))
        && held_back_after(w, held_back)
        && !harmless
}

/// What is held back stands behind the refusal; `not` of the refusal itself is none.
fn held_back_after(w: &[Word], held_back: bool) -> bool {
    held_back
        && says_any(
            w,
            &[
                "we|you ~3 cannot|can't|unable|won't|not ~8 provide|offer|receive|use|access|continue|give|help|treat|get|open|support",
                "condition of",
                "must consent|agree",
                "lose|refused ~6 service*|support|place|benefit*|account",
            ],
        )
}

fn bundled(w: &[Word]) -> bool {
    let all = find_all(
        w,
        "consent|consenting|agree|agreeing|consents to ~2 all|everything",
    )
    .into_iter()
    .any(|at| !denied(w, at.start));
    let many = says_any(
        w,
        &[
            "one|single|same consent|signature|tick|box ~8 all|everything|both|covers",
            "consent ~4 covers ~4 all|everything",
            "you consent|agree to ~14 and ~12 marketing|newsletter*|publicity|offers",
            "you ~2 consent|agree to ~24 and to ~12 photograph*|marketing|publish*|prospectus|newsletter*|sharing|share|use|contact|film*",
        ],
    ) && !says_any(w, &["separate*|each|not|never"]);
    let terms = says_any(w, &["all applicable|relevant|reasonable|laws"]);
    (all && !terms) || many
}

/// Whether consent here is the yes to taking part.
pub(super) fn ethical(w: &[Word]) -> bool {
    let meant = [
        "informed ~1 consent",
        "consent ~3 take|taking part",
        "consent ~2 participate|participation",
        "consent ~2 be interviewed|recorded",
        "ethical ~1 consent",
        "consent form*",
        "agree* ~2 take part",
        "agree* ~2 participate",
        "participation consent",
    ];
    let said = meant
        .iter()
        .filter_map(|p| find(w, p))
        .any(|at| !denied(w, at.start));
    let parted = says_any(
        w,
        &[
            "not ~6 lawful|legal|basis|ground",
            "separate ~4 from",
            "ethic* ~6 not",
            "addition ~2 to",
            "as well as",
            "different from",
            "apart from",
            "explicit",
            "not ~4 rely|relying",
        ],
    );
    said && !parted
}
