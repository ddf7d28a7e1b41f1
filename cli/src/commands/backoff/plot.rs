//! The load on the server over time as a picture: one panel a kind of jitter, all on the same scales, because six lines on
//! top of one another tell nothing. A file that needs nothing else, and looks right by day and by night.

use std::fmt::Write as _;

use mend::core::{
    retry::{Jitter, outage::Herd},
    time::{MINUTE, SECOND},
};

use super::Asked;

/// The picture's width, and where its panels begin and end.
const WIDTH: f64 = 840.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 812.0;
/// Above the first panel, what one panel takes with the line above it, and its own height.
const TOP: f64 = 56.0;
const PITCH: f64 = 124.0;
const HEIGHT: f64 = 84.0;
/// Below the last one, for the time.
const BOTTOM: f64 = 56.0;
/// More points than this no screen shows apart.
const MOST_POINTS: usize = 240;

const STYLE: &str = "
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .title { font-size: 17px; font-weight: 600 }
    .kind { font-weight: 600 }
    .quiet { fill: #59636e; font-size: 12px }
    .end { text-anchor: end }
    .middle { text-anchor: middle }
    .ground { fill: #ffffff }
    .away { fill: #cf222e; fill-opacity: .08 }
    .back { stroke: #cf222e; stroke-dasharray: 4 3 }
    .grid { stroke: #d1d9e0 }
    .load { fill: #0969da; fill-opacity: .16; stroke: none }
    .line { fill: none; stroke: #0969da; stroke-width: 1.5; stroke-linejoin: round }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .quiet { fill: #9198a1 }
      .ground { fill: #0d1117 }
      .away { fill: #ff7b72; fill-opacity: .12 }
      .back { stroke: #ff7b72 }
      .grid { stroke: #3d444d }
      .load { fill: #58a6ff; fill-opacity: .2 }
      .line { stroke: #58a6ff }
    }
";

/// What the panels share.
struct Scales {
    /// Seconds from the left to the right.
    span: f64,
    /// Seconds that one point stands for.
    bin: usize,
    /// Calls a second at the top.
    most: f64,
    /// Seconds until the server's return.
    back: f64,
}

/// The picture.
pub fn svg(asked: &Asked, herds: &[(Jitter, Herd)]) -> String {
    let scales = Scales::of(asked, herds);
    let ground = TOP + PITCH * herds.len() as f64;
    let height = ground + BOTTOM;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"title desc\">\n  <title id=\"title\">Calls that reach a server that is away</title>\n  \
         <desc id=\"desc\">{}",
        asked.headline()
    );
    for (jitter, herd) in herds {
        let _ = write!(out, "\n    {}: {}.", jitter.name(), figures(herd));
    }
    let _ = write!(
        out,
        "\n  </desc>\n  <style>{STYLE}  </style>\n  <rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\"/>\n  \
         <text class=\"title\" x=\"16\" y=\"28\">Calls per second over time, by kind of jitter</text>\n  \
         <text class=\"quiet\" x=\"16\" y=\"48\">{}</text>\n",
        asked.headline()
    );
    for (at, (jitter, herd)) in herds.iter().enumerate() {
        panel(&mut out, &scales, TOP + PITCH * (at + 1) as f64 - HEIGHT, *jitter, herd);
    }
    time(&mut out, &scales, ground);
    out.push_str("</svg>\n");
    out
}

impl Scales {
    fn of(asked: &Asked, herds: &[(Jitter, Herd)]) -> Scales {
        let longest = herds.iter().map(|(_, herd)| herd.seconds.len()).max().unwrap_or_default().max(1);
        let bin = longest.div_ceil(MOST_POINTS);
        let most = herds.iter().flat_map(|(_, herd)| rates(herd, bin)).fold(0.0, f64::max);
        let most = nice(most / 2.0) * 2.0;
        let back = asked.outage.lasts.max(0) as f64 / SECOND as f64;
        Scales { span: (longest as f64).max(back), bin, most, back }
    }

    fn x(&self, second: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * (second / self.span).min(1.0)
    }
}

/// One kind of jitter; `top` is where its area begins.
fn panel(out: &mut String, scales: &Scales, top: f64, jitter: Jitter, herd: &Herd) {
    let (ground, back) = (top + HEIGHT, scales.x(scales.back));
    let y = |rate: f64| ground - HEIGHT * rate / scales.most;
    let _ = writeln!(
        out,
        "  <text class=\"kind\" x=\"{LEFT}\" y=\"{:.1}\">{}</text>\n  \
         <text class=\"quiet end\" x=\"{RIGHT}\" y=\"{:.1}\">{}</text>\n  \
         <rect class=\"away\" x=\"{LEFT}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{HEIGHT}\"/>",
        top - 8.0,
        jitter.name(),
        top - 8.0,
        figures(herd),
        back - LEFT,
    );
    for rate in [0.0, scales.most / 2.0, scales.most] {
        let _ = writeln!(
            out,
            "  <line class=\"grid\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{:.1}\" y2=\"{:.1}\"/>\n  \
             <text class=\"quiet end\" x=\"{:.1}\" y=\"{:.1}\">{rate}</text>",
            y(rate),
            y(rate),
            LEFT - 8.0,
            y(rate) + 4.0,
        );
    }
    let mut line = String::new();
    for (at, rate) in rates(herd, scales.bin).enumerate() {
        let middle = (at as f64 + 0.5) * scales.bin as f64;
        let _ = write!(line, "{}{:.1},{:.1}", if at == 0 { "" } else { " " }, scales.x(middle), y(rate));
    }
    let _ = writeln!(
        out,
        "  <polygon class=\"load\" points=\"{LEFT},{ground:.1} {line} {:.1},{ground:.1}\"/>\n  \
         <polyline class=\"line\" points=\"{line}\"/>\n  \
         <line class=\"back\" x1=\"{back:.1}\" x2=\"{back:.1}\" y1=\"{top:.1}\" y2=\"{ground:.1}\"/>",
        scales.x(herd.seconds.len() as f64),
    );
}

/// What is the same in all panels is said once, below them.
fn time(out: &mut String, scales: &Scales, ground: f64) {
    let minute = MINUTE as f64 / SECOND as f64;
    let step = nice(scales.span / minute / 10.0) * minute;
    let ticks = (0..).map(|tick| f64::from(tick) * step).take_while(|second| *second <= scales.span);
    for second in ticks {
        let _ = writeln!(
            out,
            "  <text class=\"quiet middle\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            scales.x(second),
            ground + 18.0,
            (second / minute * 100.0).round() / 100.0
        );
    }
    let _ = writeln!(
        out,
        "  <text class=\"quiet\" x=\"{LEFT}\" y=\"{:.1}\">minutes since the server went away; red: it is away, until \
         the dashed line</text>\n  \
         <text class=\"quiet end\" x=\"{RIGHT}\" y=\"{:.1}\">each point is the mean of {} s</text>",
        ground + 42.0,
        ground + 42.0,
        scales.bin,
    );
}

fn figures(herd: &Herd) -> String {
    format!(
        "{} calls, at most {} in a second, all served {} s after the server's return",
        herd.calls,
        herd.peak,
        herd.last / SECOND
    )
}

/// The calls a second, of each bin the mean.
fn rates(herd: &Herd, bin: usize) -> impl Iterator<Item = f64> {
    herd.seconds.chunks(bin).map(move |calls| calls.iter().map(|calls| f64::from(*calls)).sum::<f64>() / bin as f64)
}

/// The next number that people count by: 1, 2 or 5 and noughts.
fn nice(least: f64) -> f64 {
    let ten = 10_f64.powf(least.max(0.1).log10().floor());
    [1.0, 2.0, 5.0].map(|digit| digit * ten).into_iter().find(|number| *number >= least).unwrap_or(ten * 10.0)
}
