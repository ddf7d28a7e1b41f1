//! The status code. It never decides by itself: the same 429 has been a plan limit, an empty account and an outage.

use super::{Decoder, Raw};
use crate::core::fact::Fact;

/// RFC 9110 §15 for the registered codes, RFC 6585 for 429 and 431, Cloudflare's "5xx errors" page for 520 to 524.
const CODES: &[(std::ops::RangeInclusive<u16>, Fact)] = &[
    (400..=400, Fact::Status400),
    (401..=401, Fact::Status401),
    (403..=403, Fact::Status403),
    (404..=404, Fact::Status404),
    (413..=413, Fact::Status413),
    (422..=422, Fact::Status422),
    (429..=429, Fact::Status429),
    (431..=431, Fact::Status431),
    (500..=500, Fact::Status500),
    (502..=502, Fact::Status502),
    (520..=523, Fact::Status502),
    (503..=503, Fact::Status503),
    (504..=504, Fact::Status504),
    (524..=524, Fact::Status504),
    (400..=999, Fact::StatusOther),
];

pub(super) const DECODER: Decoder = Decoder {
    name: "status",
    decode,
    tells: &[
        Fact::Status400,
        Fact::Status401,
        Fact::Status403,
        Fact::Status404,
        Fact::Status413,
        Fact::Status422,
        Fact::Status429,
        Fact::Status431,
        Fact::Status500,
        Fact::Status502,
        Fact::Status503,
        Fact::Status504,
        Fact::StatusOther,
    ],
};

fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let Some(status) = raw.status else { return Vec::new() };
    CODES.iter().find(|(codes, _)| codes.contains(&status)).map(|(_, fact)| *fact).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_mend_has_never_met_is_said_to_be_other() {
        let facts = |status| decode(&Raw { status: Some(status), ..Raw::default() });
        assert_eq!(facts(418), [Fact::StatusOther]);
        assert_eq!(facts(521), [Fact::Status502]);
        assert!(facts(200).is_empty() && facts(0).is_empty());
    }
}
