//! A command line that passes the prompt to a program on this machine, byte for byte.
//!
//! Uses quotes rather than a here-document: quotes have no delimiter that a text could contain, need no line of their
//! own, and work in every shell since 1979; bash 3.2, which macOS ships, misparses a here-document within `$(…)`.

/// A program, and how it receives the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// From standard input (ollama, cmd/cmd.go). The model: 4 billion parameters, 3.3 GB (ollama.com/library/gemma3).
    Ollama,
    /// From standard input; the person first chooses a model (lmstudio.ai/docs/cli/local-models/chat).
    LmStudio,
    /// As an argument, or from a file (ggml-org/llama.cpp, tools/main).
    LlamaCpp,
}

/// The shell whose quoting rules apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terminal {
    /// sh, bash, zsh and other POSIX shells.
    Shell,
    /// Windows PowerShell.
    PowerShell,
}

const OLLAMA: &str = "ollama run gemma3";
const LM_STUDIO: &str = "lms chat";
const LLAMA_CPP: &str = "llama-cli -hf ggml-org/gemma-3-4b-it-GGUF";

impl Program {
    /// The command that passes this prompt to the program.
    pub fn command(self, prompt: &str, terminal: Terminal) -> String {
        let text = harmless(prompt);
        match (self, terminal) {
            (Program::Ollama, Terminal::Shell) => piped(&text, OLLAMA),
            (Program::LmStudio, Terminal::Shell) => piped(&text, LM_STUDIO),
            (Program::LlamaCpp, Terminal::Shell) => format!("{LLAMA_CPP} -p {}", web(&text)),
            (Program::Ollama, Terminal::PowerShell) => passed(&text, OLLAMA),
            (Program::LmStudio, Terminal::PowerShell) => passed(&text, LM_STUDIO),
            // Windows PowerShell drops double quotes of an argument, so a file is used.
            (Program::LlamaCpp, Terminal::PowerShell) => format!(
                "$f = (New-TemporaryFile).FullName; [IO.File]::WriteAllText($f, {}); {LLAMA_CPP} -f $f; Remove-Item $f",
                power_shell(&text)
            ),
        }
    }
}

fn piped(text: &str, program: &str) -> String {
    format!("printf '%s' {} | {program}", web(text))
}

/// Windows PowerShell pipes ASCII to other programs unless `$OutputEncoding` is set.
fn passed(text: &str, program: &str) -> String {
    format!("$OutputEncoding = [Text.UTF8Encoding]::new($false); {} | {program}", power_shell(text))
}

/// Removes control characters, which a terminal could take for keys, except line ends and tabs.
fn harmless(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|one| !one.is_control() || matches!(one, '\n' | '\t')).collect()
}

/// POSIX, Shell Command Language, §2.2.2: within single quotes every character but a single quote is literal.
fn web(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// PowerShell treats five characters as a single quote (about_Quoting_Rules, and its grammar: single-quote-character);
/// each is doubled.
fn power_shell(text: &str) -> String {
    let mut made = String::from("'");
    for one in text.chars() {
        if matches!(one, '\'' | '‘' | '’' | '‚' | '‛') {
            made.push(one);
        }
        made.push(one);
    }
    made.push('\'');
    made
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use std::{
        io::Write,
        process::{Command, Stdio},
    };

    use super::*;
    use proptest::prelude::*;

    /// What the program receives, with a shell function in its place that only prints it.
    fn asked(command: &str) -> String {
        let script = format!(
            "ollama() {{ cat; }}; lms() {{ cat; }}; llama() {{ printf '%s' \"$4\"; }}\n{}\n",
            command.replacen("llama-cli", "llama", 1)
        );
        let mut child =
            Command::new("sh").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    const TRICKY: &[&str] = &[
        "plain",
        "it's `whoami` $(whoami) $HOME \\ \"quoted\" !! %s %% 'x' ''",
        "EOF\nMEND\n'\nEOF\n\n",
        "-n\n--help",
        "😀 שלום עולם مرحبا 日本語\ttab\n\n  end  ",
        "'",
        "\\",
    ];

    #[test]
    fn a_shell_hands_over_every_letter() {
        for text in TRICKY {
            for program in [Program::Ollama, Program::LmStudio, Program::LlamaCpp] {
                assert_eq!(asked(&program.command(text, Terminal::Shell)), *text, "{program:?}");
            }
        }
    }

    #[test]
    fn power_shell_s_quotes_are_doubled() {
        let made = Program::Ollama.command("it's ‘so’ $x `n \"q\"", Terminal::PowerShell);
        assert!(made.ends_with("; 'it''s ‘‘so’’ $x `n \"q\"' | ollama run gemma3"), "{made}");
        let made = Program::LlamaCpp.command("a\"b", Terminal::PowerShell);
        assert!(made.contains("WriteAllText($f, 'a\"b')"), "{made}");
    }

    #[test]
    fn no_key_is_pressed_by_a_text() {
        let made = Program::Ollama.command("a\u{1b}[201~\r\nb\u{3}\0c\u{9b}", Terminal::Shell);
        assert_eq!(made, "printf '%s' 'a[201~\nbc' | ollama run gemma3");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_shell_hands_over_any_text(text in "[ -~\n\t'\\\\$`😀שé]{0,60}") {
            prop_assert_eq!(asked(&Program::Ollama.command(&text, Terminal::Shell)), text);
        }
    }
}
