//! The reliability diagram: how often a verdict of some confidence is right (Murphy and Winkler, 1977). On the diagonal the
//! confidence is what it says; above it is too low, below it too high.

use std::fmt::Write;

use super::Judged;

/// How many classes of confidence there are.
const CLASSES: usize = 10;
/// The side of the square, and the space around it, in pixels.
const SIDE: f64 = 320.0;
const SPACE: f64 = 56.0;
/// The colours of the series, which are told apart by their form, too; readable on light and on dark.
const COLOURS: [&str; 2] = ["#0f8a6a", "#c2570c"];

/// One class: the mean confidence, the share of right sides, and how many verdicts there are.
#[derive(Clone, Copy, Default)]
struct Class {
    confidence: f64,
    right: f64,
    count: f64,
}

/// The diagram as an SVG, of at most two series with their names.
pub fn diagram(title: &str, series: &[(&str, Vec<&Judged>)]) -> String {
    let (x, y) = (|value: f64| SPACE + value * SIDE, |value: f64| SPACE + (1.0 - value) * SIDE);
    let whole = SIDE + 2.0 * SPACE;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" role=\"img\" font-family=\"sans-serif\" \
         font-size=\"12\" fill=\"#767676\" stroke=\"none\">\n<title>{title}</title>\n\
         <text x=\"{SPACE}\" y=\"20\" font-size=\"13\">{title}</text>\n\
         <g stroke=\"#767676\" fill=\"none\"><rect x=\"{SPACE}\" y=\"{SPACE}\" width=\"{SIDE}\" height=\"{SIDE}\"/>\
         <path d=\"M{} {}L{} {}\" stroke-dasharray=\"4\"/></g>\n",
        x(0.0),
        y(0.0),
        x(1.0),
        y(1.0)
    );
    for tenth in [0, 2, 4, 6, 8, 10] {
        let value = f64::from(tenth) / 10.0;
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            x(value),
            y(0.0) + 18.0,
            tenth * 10,
            x(0.0) - 8.0,
            y(value) + 4.0,
            tenth * 10
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">confidence, %</text>\
         <text transform=\"translate(14 {}) rotate(-90)\" text-anchor=\"middle\">right side, %</text>",
        x(0.5),
        whole - 14.0,
        y(0.5)
    );
    for (number, ((name, judged), colour)) in series.iter().zip(COLOURS).enumerate() {
        let fill = if number == 0 { colour } else { "none" };
        let style = format!("fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"2\"");
        let beside = 36.0 + 14.0 * number as f64;
        let _ = writeln!(
            svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"4\" {style}/><text x=\"{}\" y=\"{beside}\">{name}</text>",
            SPACE + 4.0,
            beside - 4.0,
            SPACE + 16.0
        );
        for class in classes(judged).into_iter().filter(|class| class.count > 0.0) {
            let _ = writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{:.1}\" {style}><title>{name}: {} verdicts of {:.0} %, right in {:.0} %</title></circle>",
                x(class.confidence),
                y(class.right),
                3.0 + class.count.sqrt() * 0.6,
                class.count,
                class.confidence * 100.0,
                class.right * 100.0
            );
        }
    }
    svg + "</svg>\n"
}

/// The classes of all verdicts that name a side.
fn classes(judged: &[&Judged]) -> [Class; CLASSES] {
    let mut classes = [Class::default(); CLASSES];
    for one in judged.iter().filter(|one| one.is_named()) {
        let number = (one.confidence * CLASSES as f64) as usize;
        let Some(class) = classes.get_mut(number.min(CLASSES - 1)) else { continue };
        class.confidence += one.confidence;
        class.right += f64::from(one.is_right());
        class.count += 1.0;
    }
    for class in &mut classes {
        let count = class.count.max(1.0);
        class.confidence /= count;
        class.right /= count;
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_stands_at_its_confidence_and_share() {
        let judged = |blame: &str, confidence| Judged {
            surface: "web".to_owned(),
            wanted: vec!["them".to_owned()],
            causes: Vec::new(),
            decidable: true,
            blame: blame.to_owned(),
            cause: String::new(),
            confidence,
        };
        let all = [judged("them", 0.84), judged("network", 0.86), judged("unknown", 0.8), judged("them", 1.0)];
        let all: Vec<&Judged> = all.iter().collect();
        let told = classes(&all);
        assert_eq!((told[8].count, told[8].right, told[9].count), (2.0, 0.5, 1.0));
        let svg = diagram("All", &[("as cases", all)]);
        assert!(
            svg.starts_with("<svg") && svg.ends_with("</svg>\n") && svg.contains("2 verdicts of 85 %, right in 50 %")
        );
    }
}
