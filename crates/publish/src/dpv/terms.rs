//! Which term of DPV 2.3 a word of ours is; every one is held against the vocabulary's own lists by a test.

use law::{Basis, Condition, Right};
use notice::Notice;
use notice::model::Purpose;
use serde_json::{Value, json};

use crate::words::phrase;

/// The name space of the terms that DPV lacks: the bases, conditions and safeguards of UK law.
pub(super) const UK: &str = "urn:abide:uk-gdpr:";

/// The name space of the terms that are ours, as agreement to take part.
pub(super) const OURS: &str = "urn:abide:terms:";

pub(super) fn basis(basis: Basis) -> String {
    format!("uk:A{}", pointed(basis.point()))
}

/// `6(1)(e)` as `6-1-e`.
pub(crate) fn pointed(point: &str) -> String {
    point.replace(")(", "-").replace('(', "-").replace(')', "")
}

pub(super) fn basis_above(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "dpv:Consent",
        Basis::Contract => "dpv:Contract",
        Basis::LegalObligation => "dpv:LegalObligation",
        Basis::VitalInterests => "dpv:VitalInterest",
        Basis::PublicTask => "dpv:PublicInterest",
        Basis::RecognisedLegitimateInterest => "dpv:LegitimateInterest",
        Basis::LegitimateInterests => "dpv:LegitimateInterestOfController",
    }
}

/// The nearest article of the Union's regulation; recognised legitimate interests are near its point (f).
pub(super) fn basis_of_the_union(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "eu-gdpr:A6-1-a",
        Basis::Contract => "eu-gdpr:A6-1-b",
        Basis::LegalObligation => "eu-gdpr:A6-1-c",
        Basis::VitalInterests => "eu-gdpr:A6-1-d",
        Basis::PublicTask => "eu-gdpr:A6-1-e",
        Basis::RecognisedLegitimateInterest | Basis::LegitimateInterests => "eu-gdpr:A6-1-f",
    }
}

/// The point of Article 9(2).
fn point(condition: Condition) -> char {
    match condition {
        Condition::ExplicitConsent => 'a',
        Condition::Employment => 'b',
        Condition::VitalInterests => 'c',
        Condition::NotForProfitBody => 'd',
        Condition::MadePublic => 'e',
        Condition::LegalClaims => 'f',
        Condition::SubstantialPublicInterest
        | Condition::EqualityMonitoring
        | Condition::Safeguarding => 'g',
        Condition::HealthCare => 'h',
        Condition::PublicHealth => 'i',
        Condition::Research => 'j',
    }
}

pub(super) fn condition(condition: Condition) -> String {
    format!("uk:A9-2-{}-{}", point(condition), condition.word())
}

pub(super) fn condition_above(condition: Condition) -> &'static str {
    match condition {
        Condition::ExplicitConsent => "dpv:ExplicitlyExpressedConsent",
        Condition::VitalInterests => "dpv:VitalInterest",
        Condition::SubstantialPublicInterest
        | Condition::EqualityMonitoring
        | Condition::Safeguarding
        | Condition::HealthCare
        | Condition::PublicHealth
        | Condition::Research => "dpv:PublicInterest",
        Condition::Employment
        | Condition::NotForProfitBody
        | Condition::MadePublic
        | Condition::LegalClaims => "dpv:LegalBasis",
    }
}

pub(super) fn condition_of_the_union(condition: Condition) -> String {
    format!("eu-gdpr:A9-2-{}", point(condition))
}

pub(super) fn safeguard(word: &str) -> &'static str {
    match word {
        "adequate" => "uk:adequacy-regulations",
        "IDTA" => "uk:international-data-transfer-agreement",
        "UK-addendum" => "uk:addendum",
        "BCR" => "uk:binding-corporate-rules",
        _ => "dpv:SafeguardForDataTransfer",
    }
}

pub(super) fn right(right: Right) -> Option<&'static str> {
    Some(match right {
        Right::Access => "eu-gdpr:A15",
        Right::Rectify => "eu-gdpr:A16",
        Right::Erase => "eu-gdpr:A17",
        Right::Restrict => "eu-gdpr:A18",
        Right::Portability => "eu-gdpr:A20",
        Right::Object | Right::ObjectMarketing => "eu-gdpr:A21",
        Right::WithdrawConsent => "eu-gdpr:A7-3",
        Right::HumanReview => "eu-gdpr:A22",
        // Promises of the notice's own, which no article of the vocabulary knows.
        Right::Withdraw | Right::OptOut => return None,
    })
}

/// Whom the data are about: one for each audience, as different people may be grown up and not.
pub(super) fn subjects(notice: &Notice) -> Vec<Value> {
    let mut all: Vec<Value> = notice
        .audiences()
        .map(|(_, a)| {
            let mut types = vec!["dpv:Participant"];
            match a.age.as_str() {
                "adult" => types.push("dpv:Adult"),
                "child" => types.push("dpv:Child"),
                // Young people are some of each.
                _ => {}
            }
            let roles: Vec<String> = a.roles.iter().map(|r| phrase::people(r)).collect();
            if roles.is_empty() {
                json!({ "@type": types })
            } else {
                json!({ "@type": types, "title": phrase::capital(&phrase::list(&roles, "and")) })
            }
        })
        .collect();
    if all.is_empty() {
        all.push(json!({ "@type": "dpv:Participant" }));
    }
    all
}

/// What a purpose is at heart, heard from its basis, its condition and its words.
pub(super) fn purpose(purpose: &Purpose) -> &'static str {
    let words = format!("{} {}", purpose.name, purpose.words).to_lowercase();
    let says = |any: &[&str]| any.iter().any(|w| words.contains(w));
    if purpose.basis == Some(Basis::LegalObligation) && says(&["right", "request", "ask"]) {
        "dpv:RightsFulfilment"
    } else if purpose.basis == Some(Basis::LegalObligation) {
        "dpv:LegalCompliance"
    } else if says(&["newsletter", "marketing", "fundrais"]) {
        "dpv:DirectMarketing"
    } else if says(&[
        "invite",
        "contact",
        "arrange",
        "tell you",
        "ask you",
        "reach",
        "visit",
        "communicat",
        "ask if",
        "write to",
    ]) {
        "dpv:CommunicationManagement"
    } else if says(&[
        "learn",
        "understand",
        "study",
        "stud",
        "research",
        "analys",
        "evaluat",
        "report",
        "find out",
        "survey",
    ]) || purpose.condition == Some(Condition::Research)
    {
        // A public task is no commerce; of other research nobody can tell from a notice.
        if purpose.basis == Some(Basis::PublicTask) {
            "dpv:NonCommercialResearch"
        } else {
            "dpv:ResearchAndDevelopment"
        }
    } else if says(&["record", "note your", "keep track"]) {
        "dpv:RecordManagement"
    } else {
        "dpv:Purpose"
    }
}

/// The measures that rules promise.
pub(super) fn measures(notice: &Notice) -> Vec<&'static str> {
    let mut all = Vec::new();
    for (_, protect) in notice.protects() {
        match protect.what.as_str() {
            "sealed" => all.push("dpv:EncryptionAtRest"),
            "access" => all.push("dpv:AccessControlMethod"),
            "dedicated-store" => all.push("dpv:PhysicalSecureStorage"),
            "assessment" => all.push("dpv:DPIA"),
            "review" | "recipients" => all.push("dpv:ReviewProcedure"),
            _ => {}
        }
    }
    if notice.minimises().next().is_some() {
        all.push("dpv:Deidentification");
    }
    if notice.keeps().next().is_some() {
        all.push("dpv:DataErasurePolicy");
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The kind of a data item, by the vocabulary's usual name for it; what DPV has no term for stands under the nearest.
pub(super) fn data(item: &str) -> &'static str {
    let name = notice::vocabulary::canonical(item);
    match name.as_str() {
        "name" | "former-name" | "nickname" | "title" | "pronouns" => "pd:Name",
        "email" if item.contains("work") => "pd:EmailAddressWork",
        "email" => "pd:EmailAddress",
        "phone" => "pd:TelephoneNumber",
        "address" => "pd:PhysicalAddress",
        "postcode" => "pd:PostalCode",
        "contact-preference" | "availability" | "dietary-needs" | "access-needs" => "pd:Preference",
        "contact-details" | "emergency-contact" => "pd:Contact",
        "photo" => "pd:Picture",
        "social-media-handle" => "pd:SocialMedia",
        "ip-address" => "pd:IPAddress",
        "device" => "pd:UserAgent",
        "cookie" | "reference-number" | "pupil-number" | "case-number" => "pd:Identifier",
        "nhs-number" | "ni-number" | "registration-number" => "pd:OfficialID",
        "bank-details" => "pd:BankAccount",
        "voucher" => "pd:Transaction",
        "age" => "pd:AgeExact",
        "age-band" => "pd:AgeRange",
        "date-of-birth" => "pd:BirthDate",
        "gender" | "gender-reassignment" | "sex" => "pd:Gender",
        "sexual-orientation" => "pd:SexualPreference",
        "ethnicity" => "pd:EthnicOrigin",
        "race" => "pd:Race",
        "nationality" | "immigration-status" => "pd:Nationality",
        "country-of-birth" => "pd:BirthCountry",
        "language" | "interpreter-need" => "pd:Language",
        "religion" => "pd:Religion",
        "political-opinion" => "pd:PoliticalOpinion",
        "trade-union" => "pd:TradeUnionMembership",
        "marital-status" => "pd:MaritalStatus",
        "family" | "caring-role" | "kinship-arrangement" => "pd:FamilyStructure",
        "children" => "pd:Offspring",
        "education" => "pd:EducationQualification",
        "school" => "pd:School",
        "income" | "benefits" => "pd:Income",
        "housing" => "pd:Residency",
        "job-title" => "pd:Job",
        "employer" | "team" => "pd:CurrentEmployment",
        "council" | "region" => "pd:WorkLocation",
        "experience" => "pd:WorkExperience",
        "health" => "pd:Health",
        "mental-health" => "pd:MentalHealth",
        "disability" | "special-educational-needs" => "pd:Disability",
        "medication" => "pd:Prescription",
        "genetic-data" => "pd:Genetic",
        "biometric-data" => "pd:Biometric",
        "care-experience"
        | "looked-after-status"
        | "protection-plan"
        | "child-in-need-plan"
        | "placement"
        | "harm-experienced" => "pd:LifeHistory",
        "convictions" => "pd:CriminalConviction",
        "interview-answers"
        | "survey-answers"
        | "survey-freetext"
        | "opinion"
        | "quote"
        | "notes"
        | "transcript"
        | "volunteered-information" => "pd:Opinion",
        "voice" => "pd:VoiceCommunicationRecording",
        "video" | "drawing" => "pd:Picture",
        "correspondence" => "pd:Communication",
        _ => "dpv:PersonalData",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_written_as_the_vocabulary_writes_them() {
        assert_eq!(pointed("6(1)(ea)"), "6-1-ea");
        assert_eq!(basis(Basis::PublicTask), "uk:A6-1-e");
        assert_eq!(condition(Condition::Research), "uk:A9-2-j-research");
    }
}
