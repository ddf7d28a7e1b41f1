//! The page that tests connectivity: what it found, what to do, and the figures.

use crate::core::names::Hop;
use crate::core::{
    Millis, Model,
    connectivity::finding::Finding,
    connectivity::{ConnectivityTest, ProbeOutcome, ProbeTarget},
    msg::{Arg, Msg, key, msg},
    names::Blame,
    time::{HOUR, MINUTE},
};

/// A test as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectivityView {
    /// What it found.
    pub finding: Finding,
    /// Whose side that is.
    pub blame: Blame,
    /// The one sentence.
    pub title: Msg,
    /// What to do.
    pub next: Msg,
    /// Where on the way it broke.
    pub broken: Option<Hop>,
    /// What it rests on, a line each.
    pub lines: Vec<Msg>,
    /// The picture of the probes in words.
    pub summary: Msg,
    /// One for each probe of the front door.
    pub bars: Vec<Bar>,
}

/// One probe in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// From 1, quick, to 8, slow; 0 where no answer came.
    pub size: u8,
}

/// Each size of a bar is for round trips below this; each is twice the one before.
const SIZES: &[Millis] = &[50, 100, 200, 400, 800, 1_600, 3_200];

/// What a test of before found, where there was one in this session.
pub fn last_connectivity_test(model: &Model, now: Millis) -> Option<Msg> {
    let path = model.connectivity?;
    Some(msg("connectivity_last").ago(now, path.at).arg(Arg::Msg(title(path.finding, 0))))
}

/// What the page shows of a test; none until everybody was asked once.
pub fn connectivity(connectivity: &ConnectivityTest) -> Option<ConnectivityView> {
    if !connectivity.is_ready() {
        return None;
    }
    let finding = connectivity.finding();
    let figures = connectivity.figures();
    Some(ConnectivityView {
        finding,
        blame: finding.blame(),
        title: title(finding, connectivity.ahead.unwrap_or_default()),
        next: next(finding),
        broken: finding.hop(),
        lines: lines(connectivity),
        summary: msg("connectivity_answered")
            .number((figures.asked - figures.lost) as i64)
            .number(figures.asked as i64),
        bars: bars(connectivity),
    })
}

/// What was found, in a sentence. `ahead` is how far this device's clock is.
fn title(finding: Finding, ahead: Millis) -> Msg {
    match finding {
        Finding::Offline => msg("why_offline"),
        Finding::Portal => msg("found_portal"),
        // A finding of before says no more by how much.
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

/// The bars so far; also before there is a finding.
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

/// How far a clock is off, in the largest unit that fits.
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
