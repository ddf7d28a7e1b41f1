//! The result of a test. The first rule that matches wins; those nearer to the person come first.

use super::{ConnectivityTest, ProbeOutcome, ProbeTarget, finding::Finding};
use crate::core::{Millis, fact::Fact};

/// Not on the provider's list of supported countries ("ChatGPT and OpenAI API supported countries and territories",
/// help.openai.com/en/articles/7947663, read in November 2026). The list changes and does not name the others, so only
/// well-known ones are here, and the result is worded as a hint.
const UNSERVED: &[&str] = &["CN", "HK", "RU", "BY", "IR", "KP", "CU"];
/// A median round trip from which the W3C's Network Information API calls a connection "2g" (§ effectiveType: 1,400
/// ms).
const SLOW: Millis = 1_400;
/// Lost probes below this number are chance.
const LOST: usize = 2;
/// Smallest share of lost probes, in tenths.
const LOST_OF_TEN: usize = 1;

impl ConnectivityTest {
    /// The result of all probes so far.
    pub fn finding(&self) -> Finding {
        let of = |target: ProbeTarget| self.seen.iter().filter(move |seen| seen.target == target).map(|seen| seen.came);
        let reached = |target: ProbeTarget| of(target).any(|came| !matches!(came, ProbeOutcome::Nothing(_)));
        let edge = of(ProbeTarget::Edge).find(|came| !matches!(came, ProbeOutcome::Nothing(_)));
        if self.offline {
            return Finding::Offline;
        }
        let Some(edge) = edge else {
            return self.silent(
                of(ProbeTarget::Edge).next_back(),
                reached(ProbeTarget::Status) || reached(ProbeTarget::Neutral),
            );
        };
        let service = of(ProbeTarget::Service).next_back();
        let either = |wanted: ProbeOutcome| edge == wanted || service == Some(wanted);
        if either(ProbeOutcome::Elsewhere) {
            Finding::Portal
        } else if self.ahead.is_some() {
            Finding::Clock
        } else if either(ProbeOutcome::Refused) {
            Finding::Refused
        } else if either(ProbeOutcome::Abroad) || self.is_unserved() {
            Finding::Country
        } else if either(ProbeOutcome::Challenged) {
            Finding::Challenged
        } else if edge == ProbeOutcome::Failing
            || matches!(service, Some(ProbeOutcome::Failing | ProbeOutcome::Nothing(_)))
        {
            Finding::Service
        } else {
            self.quality()
        }
    }

    /// The edge never answered.
    fn silent(&self, came: Option<ProbeOutcome>, others: bool) -> Finding {
        let why = if let Some(ProbeOutcome::Nothing(fact)) = came { Some(fact) } else { None };
        let status = self.seen.iter().rev().find(|seen| seen.target == ProbeTarget::Status).map(|seen| seen.came);
        match why {
            Some(Fact::NetOffline) => Finding::Offline,
            _ if self.ahead.is_some() => Finding::Clock,
            // RFC 8952 §2.1: a captive portal answers for every host, with a certificate of its own.
            Some(Fact::NetTls) if status == Some(ProbeOutcome::Nothing(Fact::NetTls)) => Finding::Portal,
            Some(Fact::NetTls) => Finding::Tls,
            Some(Fact::NetDns) => Finding::Dns,
            _ if others => Finding::EdgeAlone,
            _ => Finding::Nothing,
        }
    }

    /// All targets answer: rates the quality.
    fn quality(&self) -> Finding {
        let figures = self.figures();
        if figures.lost >= LOST && figures.lost * 10 >= figures.asked * LOST_OF_TEN {
            Finding::Lossy
        } else if figures.median >= SLOW {
            Finding::Slow
        } else if self.trace.as_ref().is_some_and(|trace| trace.tunnel) {
            Finding::Tunnel
        } else {
            Finding::Well
        }
    }

    fn is_unserved(&self) -> bool {
        self.trace.as_ref().is_some_and(|trace| UNSERVED.contains(&trace.country.as_str()))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::core::{
        connectivity::{Probe, ProbeEnd},
        headers::Headers,
    };
    use proptest::prelude::*;

    const NOW: Millis = 1_800_000_000_000;
    const TRACE: &str = "fl=1f1\nip=203.0.113.7\ncolo=FRA\nloc=DE\nwarp=off\ngateway=off\n";

    fn answer(status: u16, text: &str, more: impl Fn(&mut Headers)) -> ProbeEnd {
        let mut headers = Headers {
            cf_ray: Some("a355a9cdf90fec87-MAD".into()),
            server: Some("cloudflare".into()),
            content_type: Some("text/html".into()),
            date: Some("Fri, 15 Jan 2027 08:00:00 GMT".into()),
            ..Headers::default()
        };
        more(&mut headers);
        ProbeEnd::Answer { status, headers, text: text.to_owned() }
    }

    fn fine(target: ProbeTarget) -> ProbeEnd {
        match target {
            ProbeTarget::Edge => answer(200, TRACE, |_| {}),
            ProbeTarget::Neutral => ProbeEnd::Opaque,
            _ => answer(200, "{}", |_| {}),
        }
    }

    fn broken(name: &str) -> ProbeEnd {
        ProbeEnd::Broken(Some(name.to_owned()))
    }

    /// Description, the probes that differ, and the expected finding.
    type Row = (&'static str, Vec<(ProbeTarget, ProbeEnd)>, Finding);

    /// A test with one good probe per target, except for these.
    fn connectivity_test(odd: &[(ProbeTarget, ProbeEnd)]) -> ConnectivityTest {
        let mut connectivity_test = ConnectivityTest::default();
        for target in ProbeTarget::ALL {
            let end = odd.iter().find(|(one, _)| one == target).map_or_else(|| fine(*target), |(_, end)| end.clone());
            connectivity_test.take(&Probe { target: *target, at: NOW, took: 40, end });
        }
        assert!(connectivity_test.is_ready());
        connectivity_test
    }

    #[test]
    fn each_way_of_breaking_has_its_finding() {
        use ProbeTarget::{Edge, Neutral, Service, Status};
        let all = |name: &str| [Edge, Service, Status, Neutral].map(|target| (target, broken(name))).to_vec();
        let late = |target| (target, ProbeEnd::Late);
        let abroad = TRACE.replace("DE", "HK");
        let rows: Vec<Row> = vec![
            ("well", vec![], Finding::Well),
            ("no network", all("net::ERR_INTERNET_DISCONNECTED"), Finding::Offline),
            ("no name, Chromium", vec![(Edge, broken("net::ERR_NAME_NOT_RESOLVED"))], Finding::Dns),
            ("no name anywhere", all("NS_ERROR_UNKNOWN_HOST"), Finding::Dns),
            (
                "no reason told",
                vec![(Edge, ProbeEnd::Broken(None)), (Service, ProbeEnd::Broken(None))],
                Finding::EdgeAlone,
            ),
            ("nothing", all(""), Finding::Nothing),
            ("all late", [Edge, Service, Status, Neutral].map(late).to_vec(), Finding::Nothing),
            ("a portal's certificate", all("net::ERR_CERT_AUTHORITY_INVALID"), Finding::Portal),
            ("one bad certificate", vec![(Edge, broken("net::ERR_CERT_DATE_INVALID"))], Finding::Tls),
            ("sent elsewhere", vec![(Edge, ProbeEnd::Diverted)], Finding::Portal),
            ("another page", vec![(Edge, answer(200, "<h1>Welcome", |_| {}))], Finding::Portal),
            ("511", vec![(Edge, answer(511, "", |_| {}))], Finding::Portal),
            (
                "a challenge",
                vec![(Service, answer(403, "", |headers| headers.cf_mitigated = Some("challenge".into())))],
                Finding::Challenged,
            ),
            ("a refusal", vec![(Service, answer(403, "Attention Required!", |_| {}))], Finding::Refused),
            ("a country", vec![(Edge, answer(200, &abroad, |_| {}))], Finding::Country),
            (
                "the service's word on the country",
                vec![(Service, answer(403, "unsupported_country_region_territory", |_| {}))],
                Finding::Country,
            ),
            ("the service fails", vec![(Service, answer(502, "", |_| {}))], Finding::Service),
            ("the service is silent", vec![(Service, ProbeEnd::Late)], Finding::Service),
            ("nobody is signed in", vec![(Service, answer(401, "{}", |_| {}))], Finding::Well),
            ("a filter spares others", vec![(Status, ProbeEnd::Late), (Neutral, ProbeEnd::Late)], Finding::Well),
            ("a tunnel", vec![(Edge, answer(200, &TRACE.replace("warp=off", "warp=on"), |_| {}))], Finding::Tunnel),
        ];
        for (name, odd, wanted) in rows {
            assert_eq!(connectivity_test(&odd).finding(), wanted, "{name}");
        }
    }

    #[test]
    fn a_clock_is_told_by_how_much() {
        let off = |date: &str| {
            connectivity_test(&[
                (ProbeTarget::Edge, answer(200, TRACE, |headers| headers.date = Some(date.to_owned()))),
                (ProbeTarget::Service, ProbeEnd::Opaque),
                (ProbeTarget::Status, ProbeEnd::Opaque),
            ])
        };
        let ahead = off("Wed, 13 Jan 2027 08:00:00 GMT");
        assert_eq!((ahead.finding(), ahead.ahead), (Finding::Clock, Some(2 * 24 * 3_600_000)));
        assert_eq!(off("Fri, 15 Jan 2027 08:05:00 GMT").finding(), Finding::Well);
    }

    #[test]
    fn loss_and_slowness_are_measured_on_the_front_door() {
        let mut lossy = connectivity_test(&[]);
        let mut slow = connectivity_test(&[]);
        for round in 0..9 {
            let end = if round % 3 == 0 { ProbeEnd::Late } else { fine(ProbeTarget::Edge) };
            lossy.take(&Probe { target: ProbeTarget::Edge, at: NOW, took: 50, end });
            slow.take(&Probe { target: ProbeTarget::Edge, at: NOW, took: 2_000, end: fine(ProbeTarget::Edge) });
        }
        let figures = lossy.figures();
        assert_eq!((figures.asked, figures.lost, figures.median, figures.worst), (10, 3, 50, 50));
        assert_eq!(lossy.finding(), Finding::Lossy);
        assert_eq!(slow.finding(), Finding::Slow);
    }

    fn end() -> impl Strategy<Value = ProbeEnd> {
        prop_oneof![
            Just(ProbeEnd::Opaque),
            Just(ProbeEnd::Diverted),
            Just(ProbeEnd::Late),
            proptest::option::of(".{0,30}").prop_map(ProbeEnd::Broken),
            (any::<u16>(), ".{0,80}").prop_map(|(status, text)| answer(status, &text, |_| {})),
            any::<u16>().prop_map(|status| answer(status, TRACE, |_| {})),
        ]
    }

    proptest! {
        #[test]
        fn any_probes_give_a_finding_and_no_address(
            probes in proptest::collection::vec((proptest::sample::select(ProbeTarget::ALL), any::<i64>(), any::<i64>(), end()), 0..20)
        ) {
            let mut connectivity_test = ConnectivityTest::default();
            for (target, at, took, end) in probes {
                connectivity_test.take(&Probe { target, at, took, end });
                let finding = connectivity_test.finding();
                prop_assert_eq!(finding.hop().is_none(), finding.blame() == crate::core::names::Blame::Benign);
                prop_assert_eq!(crate::core::view::connectivity(&connectivity_test).is_some(), connectivity_test.is_ready());
            }
            let kept = format!("{connectivity_test:?}");
            prop_assert!(!kept.contains("203.0.113"), "{}", kept);
        }
    }
}
