//! Verbs that say what data are used for, and how to tell them from nouns.

use super::pattern::one_of;

/// Whether a word is an `-ing` form that can open a purpose.
pub(crate) fn is_gerund(word: &str) -> bool {
    word.len() > 4
        && word.ends_with("ing")
        && !matches!(
            word,
            "during"
                | "everything"
                | "something"
                | "nothing"
                | "anything"
                | "following"
                | "including"
                | "regarding"
                | "concerning"
                | "wellbeing"
                | "housing"
                | "being"
                | "depending"
                | "according"
                | "relating"
                | "existing"
                | "building"
        )
}

pub(crate) fn is_determiner(word: &str) -> bool {
    one_of(
        word,
        "you|your|yours|the|our|a|an|any|how|on|with|whether|what|them|their|us|it|its|which|why|all|each|every|these|this|those|back|to|out|up|more|about|for|from|when|where|who|whom|in",
    )
}

/// Verbs that are as often nouns.
pub(crate) fn is_noun_too(word: &str) -> bool {
    one_of(
        word,
        "account|act|address|aid|answer|approach|audit|award|benefit|bill|book|care|cause|change|charge|check|claim|code|combat|comment|complete|contact|control|copy|cost|count|cover|credit|date|deal|delay|demand|design|direct|display|document|draw|email|experience|feed|film|fix|form|fund|gain|grant|group|guard|guide|handle|harm|head|help|highlight|host|index|influence|issue|join|judge|label|lead|learn|link|list|log|mail|map|mark|market|match|measure|meet|mentor|merge|model|monitor|name|need|note|notice|offer|open|order|outline|pay|phone|place|plan|post|present|press|print|process|profile|program|project|promise|prompt|question|range|rank|rate|record|refund|register|release|reply|report|request|research|respect|rest|result|return|review|reward|risk|run|sample|schedule|score|screen|search|set|shape|share|show|sign|sort|source|spot|staff|start|state|stop|store|study|subject|supply|support|survey|target|task|tender|test|text|thank|time|track|trade|train|transfer|transport|treat|trial|trust|update|use|value|view|visit|volunteer|vote|watch|welcome|work",
    )
}

/// Whether a word is a verb that says what data are used for.
pub(crate) fn is_verb(word: &str) -> bool {
    is_noun_too(word)
        || one_of(
            word,
            "achieve|acknowledge|add|adapt|adjust|administer|advertise|advise|agree|alert|allocate|allow|analyse|analyze|anonymise|apply|appoint|arrange|ascertain|assess|assign|assist|assure|authenticate|avoid|base|be|become|bring|build|calculate|call|carry|certify|choose|clarify|collect|combine|commission|communicate|compare|compile|comply|conduct|confirm|connect|consider|consult|continue|contribute|coordinate|correct|create|customise|decide|defend|deliver|demonstrate|describe|detect|determine|develop|diagnose|discover|discuss|distribute|draft|draw|educate|enable|encourage|enforce|engage|enhance|enrol|ensure|enter|establish|estimate|evaluate|evidence|examine|exercise|expand|explain|explore|facilitate|find|follow|fulfil|gather|gauge|generate|get|give|have|hear|hold|identify|illustrate|implement|improve|inform|inspect|interpret|interview|invest|investigate|invite|invoice|keep|know|let|listen|look|maintain|make|manage|notify|obtain|operate|organise|oversee|participate|perform|personalise|prepare|prevent|produce|promote|protect|prove|provide|publicise|publish|put|quote|raise|reach|receive|recognise|recommend|reconcile|recover|recruit|reduce|refer|refuse|reimburse|remember|remind|remove|resolve|respond|safeguard|satisfy|say|secure|see|select|send|serve|settle|solve|speak|speed|submit|summarise|supervise|tackle|tailor|take|talk|teach|tell|think|transcribe|translate|understand|undertake|validate|verify|warn|weigh|write|analyze|recontact|de|pseudonymise|ring|seek|segment|stay|learn|administrate|ask|enquire|fill|fit|go|hand|hire|let|pass|pick|pool|practise|recall|reward|try|turn|win",
        )
}
