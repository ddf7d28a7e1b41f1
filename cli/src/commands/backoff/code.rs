//! A policy as a program: fills the templates in `snippets`, which are tested as what comes out of them.
//!
//! All draw a wait by the same two formulas, so that one table serves: the next step from the last one, and the wait
//! from the step.

use mend::core::{
    Millis,
    retry::{Jitter, Policy},
    time::SECOND,
};

use super::seconds;

/// What a program can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// The official SDK.
    Python,
    /// The official SDK.
    Node,
    /// backon, and ureq.
    Rust,
    /// A shell's loop around curl.
    Curl,
    /// The standard library.
    Go,
    /// The standard library; whole requests, as it has no JSON.
    Java,
    /// The standard library; whole requests, so that it runs on .NET and on Mono alike.
    #[value(name = "csharp", alias = "c#")]
    CSharp,
}

impl Language {
    fn name(self) -> &'static str {
        match self {
            Language::Python => "python",
            Language::Node => "node",
            Language::Rust => "rust",
            Language::Curl => "curl",
            Language::Go => "go",
            Language::Java => "java",
            Language::CSharp => "csharp",
        }
    }

    fn template(self) -> &'static str {
        match self {
            Language::Python => include_str!("snippets/ask.py"),
            Language::Node => include_str!("snippets/ask.mjs"),
            Language::Rust => include_str!("snippets/ask.rs"),
            Language::Curl => include_str!("snippets/ask.sh"),
            Language::Go => include_str!("snippets/ask.go"),
            Language::Java => include_str!("snippets/Ask.java"),
            Language::CSharp => include_str!("snippets/Ask.cs"),
        }
    }

    /// A number from 0 to below 1.
    fn random(self) -> &'static str {
        match self {
            Language::Python => "random()",
            Language::Node | Language::Java => "Math.random()",
            Language::Rust => "fastrand::f64()",
            Language::Curl => "rand()",
            Language::Go => "rand.Float64()",
            Language::CSharp => "Draw()",
        }
    }

    /// The names of the base and of the cap.
    fn constants(self) -> [&'static str; 2] {
        match self {
            Language::Go => ["baseWait", "maxWait"],
            Language::CSharp => ["Base", "Cap"],
            _ => ["BASE", "CAP"],
        }
    }

    /// This, but no more than the cap.
    fn capped(self, value: &str) -> String {
        let [_, cap] = self.constants();
        match self {
            Language::Python | Language::Curl => format!("min({cap}, {value})"),
            Language::Node | Language::Java => format!("Math.min({cap}, {value})"),
            Language::Rust => format!("{cap}.min({value})"),
            Language::Go => format!("math.Min({cap}, {value})"),
            Language::CSharp => format!("Math.Min({cap}, {value})"),
        }
    }

    /// A formula in the spacing of its formatter: gofmt leaves no blank around an operator within another one.
    fn spaced(self, formula: String) -> String {
        if self != Language::Go {
            return formula;
        }
        ["*", "+", "-", "/"]
            .iter()
            .fold(formula, |formula, operator| formula.replace(&format!(" {operator} "), operator))
    }
}

/// The program, ready to run.
pub fn program(language: Language, policy: Policy, budget: Millis, rpm: u32) -> Result<String, String> {
    let random = language.random();
    let (words, wait) = match policy.jitter {
        Jitter::None => return Err("no program should try again without a wait; choose another --policy".to_owned()),
        Jitter::Exponential => ("The step itself", "step".to_owned()),
        Jitter::Quarter => ("The step, a quarter more or less", format!("step * (0.75 + {random} / 2.0)")),
        Jitter::Full => ("Anything from nothing to the step", format!("step * {random}")),
        Jitter::Equal => {
            ("Half of the step, and anything up to the other half", format!("step * (0.5 + {random} / 2.0)"))
        }
        Jitter::Decorrelated => ("Anything from the base to three times the last wait", "step".to_owned()),
    };
    let step = match policy.jitter {
        Jitter::Decorrelated => {
            let [base, _] = language.constants();
            format!("{base} + {random} * (step * 3.0 - {base})")
        }
        _ => "step * 2.0".to_owned(),
    };
    let gap = 60 * SECOND / Millis::from(rpm.max(1));
    let command = format!(
        "mend backoff --code {} --policy {} --base {} --cap {} --timeout {} --budget {} --rpm {rpm}",
        language.name(),
        policy.jitter.name(),
        policy.base,
        policy.cap,
        policy.timeout / SECOND,
        budget / (60 * SECOND),
    );
    let values = [
        ("{{command}}", command),
        ("{{jitter}}", words.to_owned()),
        ("{{base}}", decimal(policy.base)),
        ("{{cap}}", decimal(policy.cap)),
        ("{{timeout}}", (policy.timeout / SECOND).to_string()),
        ("{{budget}}", (budget / SECOND).to_string()),
        ("{{gap}}", decimal(gap)),
        ("{{gap_ms}}", gap.to_string()),
        ("{{step}}", language.spaced(language.capped(&step))),
        ("{{wait}}", language.spaced(wait)),
    ];
    let text = values.iter().fold(language.template().to_owned(), |text, (name, value)| text.replace(name, value));
    // Go refuses a program that names a package without using it.
    Ok(if text.contains("rand.") { text } else { text.replace("\t\"math/rand\"\n", "") })
}

/// With a point, which makes it a floating number in all.
fn decimal(millis: Millis) -> String {
    format!("{:?}", seconds(millis))
}
