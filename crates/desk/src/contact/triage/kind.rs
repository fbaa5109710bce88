//! What a mail can be about. Any question or right may come by any door, so the list is long and nothing needs a form.

use law::Right;
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $word:literal $why:literal,)*) => {
        /// One thing a mail asks for, tells, or is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($(#[$doc])* $name,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Kind] = &[$(Kind::$name,)*];

            /// The word used on the command line and in the inbox: `withdraw_consent`.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Kind::$name => $word,)* }
            }

            /// Why the mail was heard so, as a clause of a sentence that quotes nobody.
            #[must_use]
            pub const fn why(self) -> &'static str {
                match self { $(Kind::$name => $why,)* }
            }
        }
    };
}

kinds! {
    /// UK GDPR Article 15
    Access "access" "asks to see or to have a copy of what is held (UK GDPR Art 15)",
    /// UK GDPR Article 16
    Rectification "rectification" "says that something held is wrong or has changed (UK GDPR Art 16)",
    /// UK GDPR Article 17
    Erasure "erasure" "asks for data to be deleted (UK GDPR Art 17)",
    /// UK GDPR Article 18
    Restriction "restriction" "asks for data to be kept but not used for now (UK GDPR Art 18)",
    /// UK GDPR Article 21(1)
    Objection "objection" "objects to a use of data (UK GDPR Art 21(1))",
    /// UK GDPR Article 20, and the notice's own promise of a machine-readable copy
    Portability "portability" "asks for data in a form a machine can read, or to be handed on (UK GDPR Art 20)",
    /// UK GDPR Article 7(3)
    WithdrawConsent "withdraw_consent" "takes back a consent or a permission (UK GDPR Art 7(3))",
    /// Leaving the study: research ethics and the notice's own promise
    WithdrawParticipation "withdraw_participation" "no longer wants to take part",
    /// Coming off a list of people to contact
    OptOutContact "opt_out_contact" "does not want to be contacted",
    /// UK GDPR Article 21(2) and (3)
    MarketingObjection "marketing_objection" "does not want newsletters or other marketing (UK GDPR Art 21(2))",
    /// UK GDPR Articles 22A to 22D
    AutomatedDecision "automated_decision" "asks for a person to look again at what a machine decided (UK GDPR Art 22C)",
    /// DPA 2018 section 164A
    Complaint "complaint" "complains about how data were handled (DPA 2018 s 164A)",
    /// A question about the notice or about data
    Information "information" "asks a question about the notice or about how data are used",
    /// UK GDPR Article 33: somebody tells us of a breach
    BreachReport "breach_report" "tells of data lost, sent astray or seen by somebody who should not (UK GDPR Art 33)",
    /// A vendor says that it has deleted
    VendorConfirmation "vendor_confirmation" "a vendor confirms that data are deleted",
    /// A vendor tells of a change, a delivery or an incident
    VendorNotice "vendor_notice" "a vendor tells of a delivery or of a change at its end",
    /// Police, courts, authorities and lawyers who demand data
    LegalDisclosure "legal_disclosure" "an authority, a court or a lawyer asks for somebody's data",
    /// Another organisation would like data
    DataSharingRequest "data_sharing_request" "another organisation would like to be given data",
    /// A journalist
    MediaEnquiry "media_enquiry" "a journalist asks",
    /// Freedom of Information Act 2000
    Foi "foi" "asks under the Freedom of Information Act",
    /// Somebody may be in danger
    Safeguarding "safeguarding" "somebody may be at risk of harm: read this first",
    /// Somebody has died
    DeceasedNotice "deceased_notice" "tells of a death",
    /// Written by a machine, and nothing is asked
    Automatic "automatic" "was written by a machine",
    /// Unasked-for selling
    Spam "spam" "looks like spam",
}

impl Kind {
    /// Reads the word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// The right it uses, if it uses one: then a clock runs from the day of receipt.
    #[must_use]
    pub const fn right(self) -> Option<Right> {
        Some(match self {
            Kind::Access => Right::Access,
            Kind::Rectification => Right::Rectify,
            Kind::Erasure => Right::Erase,
            Kind::Restriction => Right::Restrict,
            Kind::Objection => Right::Object,
            Kind::Portability => Right::Portability,
            Kind::WithdrawConsent => Right::WithdrawConsent,
            Kind::WithdrawParticipation => Right::Withdraw,
            Kind::OptOutContact => Right::OptOut,
            Kind::MarketingObjection => Right::ObjectMarketing,
            Kind::AutomatedDecision => Right::HumanReview,
            _ => return None,
        })
    }

    /// Whether anybody may ask it for the address they write from without saying who they are: to be left in peace
    /// needs no proof, UK GDPR Article 12(6).
    #[must_use]
    pub const fn needs_no_identity(self) -> bool {
        matches!(self, Kind::OptOutContact | Kind::MarketingObjection)
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}
