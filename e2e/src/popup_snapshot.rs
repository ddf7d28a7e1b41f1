//! What the popup says, read off its page in one go.

use std::fmt::Write as _;

use serde::Deserialize;

/// Everything there is to read.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct PopupSnapshot {
    /// The verdict.
    pub verdict: Verdict,
    /// What it rests on, one line a fact.
    pub evidence: Vec<String>,
    /// The ladder, from the top.
    pub rungs: Vec<RungState>,
    /// What is being waited for.
    pub progress: Option<String>,
}

/// The verdict.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Verdict {
    /// Whose fault it is, as in `data-blame`.
    pub blame: String,
    /// The cause, as in `data-cause`.
    pub cause: String,
    /// How sure, 0 to 1.
    pub confidence: String,
    /// What to do that is no rung.
    pub advice: Option<String>,
    /// The sentence.
    pub text: String,
}

/// One rung.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RungState {
    /// Its name, as in `data-step`.
    pub step: String,
    /// Its state, as in `data-state`.
    pub state: String,
    /// All its words.
    pub text: String,
}

impl PopupSnapshot {
    /// The rung of that name.
    pub fn rung(&self, step: &str) -> Option<&RungState> {
        self.rungs.iter().find(|rung| rung.step == step)
    }

    /// The rung that Mend recommends.
    pub fn recommended(&self) -> Option<&RungState> {
        self.rungs.iter().find(|rung| rung.state == "recommended")
    }

    /// The sheet as a table for a terminal.
    pub fn table(&self) -> String {
        let verdict = &self.verdict;
        let mut text = format!("{}\n\n", verdict.text);
        let mut line = |name: &str, words: &str| {
            let _ = writeln!(text, "{name:<16}{words}");
        };
        line("blame", &verdict.blame);
        line("cause", &verdict.cause);
        line("confidence", &verdict.confidence);
        if let Some(advice) = &verdict.advice {
            line("advice", advice);
        }
        for (at, fact) in self.evidence.iter().enumerate() {
            line(if at == 0 { "rests on" } else { "" }, fact);
        }
        for (at, rung) in self.rungs.iter().enumerate() {
            let name = if at == 0 { "ladder" } else { "" };
            line(name, &format!("{:<14}{:<13}{}", rung.step, rung.state, rung.text));
        }
        if let Some(progress) = &self.progress {
            line("waiting", progress);
        }
        text
    }
}
