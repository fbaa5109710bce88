//! Protection: told so that a reader could check it, told in general words, or told for a while only.

use super::super::structure::Sentence;
use super::super::topic::Topic;
use super::super::words::{self, find_any, says_any};
use super::{Page, Wording, has};
use crate::model::Span;

/// Listens to one sentence about protection.
pub(super) fn security(page: &Page, s: &Sentence, wording: &mut Wording) {
    let w = &s.words;
    if has(
        w,
        &[
            "encrypt",
            "password",
            "passcode",
            "locked",
            "lockable",
            "authenti",
            "firewall",
            "pseudonym",
            "cyber",
            "27001",
            "trained",
            "training",
        ],
    ) || says_any(
        w,
        &[
            "access ~6 only|limited|restricted|controlled|authorised|permission*",
            "only|authorised|limited|restricted ~8 access|see|open",
            "separate* ~6 from|names",
            "need to know",
            "secure ~1 server*|drive|folder|network|room|cabinet",
            "dedicated|own ~1 drive|server*|folder",
            "hold|holds the? key",
        ],
    ) {
        wording.concrete_security |= matches!(
            s.topic,
            Topic::Protection
                | Topic::Retention
                | Topic::Sharing
                | Topic::Other
                | Topic::Data
                | Topic::About
        );
    }
    let vague = says_any(
        w,
        &[
            "appropriate|suitable|adequate|reasonable|robust|necessary ~5 measures|security|steps|safeguards|precautions",
            "securely|safely",
            "kept|keep|stored|held ~3 secure|safe",
        ],
    );
    if vague
        && matches!(
            s.topic,
            Topic::Protection | Topic::Retention | Topic::Data | Topic::Other | Topic::About
        )
        && !has(w, &["adequacy", "transfer"])
    {
        wording.vague_security.push(page.said((), s.span));
    }
    let protects = has(
        w,
        &[
            "secur",
            "protect",
            "encrypt",
            "safe",
            "password",
            "confidential",
        ],
    ) || s.topic == Topic::Protection;
    if !protects || matches!(s.topic, Topic::Rights) {
        return;
    }
    let Some(hit) = find_any(
        w,
        &[
            "for the ~1 duration|length|lifetime|course ~0 of ~4 project|study|research|trial|evaluation|programme|fieldwork|interviews|pilot|survey|collection",
            "while|whilst the? ~3 project|study|research|trial|evaluation|programme|fieldwork|interviews|pilot|survey|collection ~1 is|runs|lasts|continues|goes",
            "until|till the ~3 project|study|research|trial|evaluation|programme|survey|panel|diary|pilot ~2 end|ends|ended|over|closes|finishes|finished|complete|completed",
            "while|whilst the ~2 diary|panel|app|account|platform|database ~1 is|stays|remains open|live|running|active",
            "for the? ~1 duration|length|lifetime|course|period|term ~0 of ~4 membership|contract|agreement|tenancy|employment|placement|treatment|stay|contact|participation|involvement|subscription|fund*|grant",
            "as long as the|our|your ~2 project|study|research|trial|evaluation|programme|fieldwork|survey|panel|pilot|diary|membership ~1 is|runs|lasts|continues|goes|remains|stays",
            "while|whilst|as you ~2 are|remain|stay|belong ~5 member|panel|customer|tenant|patient|student|pupil|employed|enrolled|registered|part|us",
            "only|just until ~4 end|ends|ended|closes|finishes|over|complete",
            "measures|protection|encryption|safeguards|controls|passwords ~4 end|ends|stop|stops|lapse|lapses|lifted|removed|cease|ceases ~4 when|once|after|at|with",
            "when|once the ~2 project|study|survey|evaluation|fieldwork|panel ~3 ends|ended|finishes|finished|closes|closed|over ~6 stop|stops|lapse|lapses|lifted|no longer|removed|cease",
            "during|throughout the ~3 project|study|research|trial|evaluation|programme|fieldwork|interviews|pilot|survey|collection",
        ],
    ) else {
        return;
    };
    if says_any(
        w,
        &[
            "after|afterwards|beyond|until ~6 delete*|destroy*",
            "and after",
            "as long as ~3 we|they|it|data|information|records ~3 keep|keeps|kept|hold|holds|held|have|has|exist*|need|store*|retain*",
            "and beyond|afterwards",
        ],
    ) {
        return;
    }
    let words = page
        .raw(Span {
            ..words::span(w, &hit)
        })
        .to_owned();
    wording.security_until.push(page.said(words, s.span));
}
