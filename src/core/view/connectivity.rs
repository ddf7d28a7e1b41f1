//! The page of the connectivity test: finding, advice, and figures.

use crate::core::names::Hop;
use crate::core::{
    Millis, Model,
    connectivity::finding::Finding,
    connectivity::{ConnectivityTest, ProbeOutcome, ProbeTarget},
    msg::{Arg, Msg, key, msg},
    names::Blame,
    time::{HOUR, MINUTE},
};

/// A test as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectivityView {
    /// The finding.
    pub finding: Finding,
    /// Whose side it is on.
    pub blame: Blame,
    /// The title.
    pub title: Msg,
    /// What to do; none while the test runs.
    pub next: Option<Msg>,
    /// The hop that is broken, if any.
    pub broken: Option<Hop>,
    /// The evidence, one line each.
    pub lines: Vec<Msg>,
    /// The chart of the probes as text.
    pub summary: Msg,
    /// A bar for each probe of the edge.
    pub bars: Vec<Bar>,
}

/// One probe in the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// From 1, fast, to 8, slow; 0 without a response.
    pub size: u8,
}

/// Upper bounds of the round trips of each size of bar, in milliseconds; each is twice the one before.
const SIZES: &[Millis] = &[50, 100, 200, 400, 800, 1_600, 3_200];

/// The finding of the last test in this session, if there was one.
pub fn last_connectivity_test(model: &Model, now: Millis) -> Option<Msg> {
    let path = model.connectivity?;
    Some(msg("connectivity_last").ago(now, path.at).arg(Arg::Msg(title(path.finding, 0))))
}

/// The view of a test; none until each target was probed once.
pub fn connectivity(connectivity: &ConnectivityTest) -> Option<ConnectivityView> {
    if !connectivity.is_ready() {
        return None;
    }
    let finding = connectivity.finding();
    let figures = connectivity.figures();
    let title = title(finding, connectivity.ahead.unwrap_or_default());
    Some(ConnectivityView {
        finding,
        blame: finding.blame(),
        title: if connectivity.ended { title } else { msg("connectivity_so_far").arg(Arg::Msg(title)) },
        next: connectivity.ended.then(|| next(finding)),
        broken: finding.hop(),
        lines: lines(connectivity),
        summary: msg("connectivity_answered")
            .number((figures.asked - figures.lost) as i64)
            .number(figures.asked as i64),
        bars: bars(connectivity),
    })
}

/// The finding as a sentence. `ahead` is how far this device's clock is ahead, in milliseconds.
fn title(finding: Finding, ahead: Millis) -> Msg {
    match finding {
        Finding::Offline => msg("why_offline"),
        Finding::Portal => msg("found_portal"),
        // A stored finding no longer has the difference.
        Finding::Clock if ahead == 0 => msg("fact_clock_off"),
        Finding::Clock => msg(if ahead > 0 { "found_clock_fast" } else { "found_clock_slow" }).arg(span(ahead)),
        Finding::Dns => msg("why_dns"),
        Finding::Tls => msg("why_tls"),
        Finding::Nothing => msg("found_nothing"),
        Finding::EdgeAlone => msg("found_edge_alone"),
        Finding::Refused => msg("why_address_blocked"),
        Finding::Challenged => msg("why_edge_challenge"),
        Finding::Country => msg("found_country"),
        Finding::Service => msg("found_service"),
        Finding::Lossy => msg("found_lossy"),
        Finding::Slow => msg("found_slow"),
        Finding::Tunnel => msg("found_tunnel"),
        Finding::Well => msg("found_well"),
    }
}

fn next(finding: Finding) -> Msg {
    msg(match finding {
        Finding::Offline => "code_net_offline_helps",
        Finding::Portal => "code_511_helps",
        Finding::Clock => "found_next_clock",
        Finding::Dns => "code_net_dns_helps",
        Finding::Tls => "code_net_tls_helps",
        Finding::Nothing | Finding::EdgeAlone => "code_net_refused_helps",
        Finding::Refused | Finding::Challenged => "code_403_helps",
        Finding::Country => "code_451_helps",
        Finding::Service => "retry_theirs",
        Finding::Lossy | Finding::Slow => "found_next_lossy",
        Finding::Tunnel => "found_next_tunnel",
        Finding::Well => "found_next_well",
    })
}

/// The bars so far, even before there is a finding.
fn bars(connectivity: &ConnectivityTest) -> Vec<Bar> {
    let edge = connectivity.seen.iter().filter(|seen| seen.target == ProbeTarget::Edge);
    edge.map(|seen| match seen.came {
        ProbeOutcome::Nothing(_) => Bar { size: 0 },
        _ => Bar { size: SIZES.iter().take_while(|most| seen.took >= **most).count() as u8 + 1 },
    })
    .collect()
}

fn lines(connectivity: &ConnectivityTest) -> Vec<Msg> {
    let figures = connectivity.figures();
    let mut lines = Vec::new();
    if figures.lost < figures.asked {
        lines.push(msg("connectivity_took").number(figures.median).number(figures.worst));
    }
    if let Some(trace) = &connectivity.trace {
        lines.push(msg("connectivity_place").text(&trace.pop).text(&trace.country));
        lines.extend(trace.tunnel.then(|| msg("connectivity_tunnel")));
    }
    for target in ProbeTarget::ALL {
        let Some(seen) = connectivity.seen.iter().rev().find(|seen| seen.target == *target) else { continue };
        let line = match (target, seen.came) {
            (ProbeTarget::Service, ProbeOutcome::Nothing(_) | ProbeOutcome::Failing) => msg("fact_service_silent"),
            (ProbeTarget::Service, _) => msg("connectivity_service_answers"),
            (_, ProbeOutcome::Nothing(_)) => msg("connectivity_host_silent").text(target.host()),
            _ => msg("connectivity_host_answers").text(target.host()),
        };
        lines.push(line);
        if let (ProbeTarget::Edge, ProbeOutcome::Nothing(fact)) = (target, seen.came) {
            lines.push(msg(&key("fact", fact.name())));
        }
    }
    lines
}

/// The difference of a clock, in the largest unit that fits.
fn span(ahead: Millis) -> Arg {
    let off = ahead.saturating_abs();
    let round = |unit: Millis| off.saturating_add(unit / 2) / unit;
    let words = match (round(MINUTE), round(HOUR)) {
        (minutes @ ..120, _) => msg("span_minutes").number(minutes),
        (_, hours @ ..48) => msg("span_hours").number(hours),
        _ => msg("span_days").number(round(24 * HOUR)),
    };
    Arg::Msg(words)
}
