//! Words to be: a key into `_locales/<language>/messages.json` and its arguments. Never a sentence.

use super::{
    Millis,
    template::Template,
    time::{HOUR, MINUTE, since, utc},
};

/// A message key with arguments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Msg {
    /// The key.
    pub key: String,
    /// What stands for the first placeholder, the second, …
    pub args: Vec<Arg>,
    /// A point in time that the words speak of, for a tooltip with the exact UTC.
    pub at: Option<Millis>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Text of somebody else's, shown as it is.
    Text(String),
    /// A number.
    Number(i64),
    /// Words within words.
    Msg(Msg),
    /// A time of day, shown in the person's own time zone.
    Clock(Millis),
}

/// A message without arguments.
pub fn msg(key: &str) -> Msg {
    Msg { key: key.to_owned(), ..Msg::default() }
}

impl Msg {
    /// With one more argument.
    pub fn arg(mut self, arg: Arg) -> Msg {
        self.args.push(arg);
        self
    }

    /// With a number as the next argument.
    pub fn number(self, number: i64) -> Msg {
        self.arg(Arg::Number(number))
    }

    /// With text as the next argument.
    pub fn text(self, text: &str) -> Msg {
        self.arg(Arg::Text(text.to_owned()))
    }

    /// The sentence, in words that are not the browser's own: a support desk reads English, a terminal shows it. A key
    /// without words shows as itself.
    pub fn in_words(&self, templates: &dyn Fn(&str) -> Option<Template>) -> String {
        let said = |arg: &Arg| match arg {
            Arg::Text(text) => text.chars().filter(|letter| !letter.is_control()).collect(),
            Arg::Number(number) => number.to_string(),
            Arg::Msg(message) => message.in_words(templates),
            Arg::Clock(at) => utc(*at),
        };
        let Some(template) = templates(&self.key) else { return self.key.clone() };
        template.fill(&self.args.iter().map(said).collect::<Vec<String>>())
    }

    /// With "4 min ago" as the next argument, and the exact time for a tooltip.
    pub fn ago(self, now: Millis, then: Millis) -> Msg {
        Msg { at: Some(then), ..self.arg(Arg::Msg(ago(now, then))) }
    }
}

/// A key made of a family and a contract name: `fact` and `on-chat` give `fact_on_chat`.
pub fn key(family: &str, name: &str) -> String {
    format!("{family}_{}", name.replace('-', "_"))
}

fn ago(now: Millis, then: Millis) -> Msg {
    let gone = since(now, then);
    match gone {
        ..MINUTE => msg("ago_now"),
        MINUTE..HOUR => msg("ago_minutes").number(gone / MINUTE),
        _ => msg("ago_hours").number(gone / HOUR),
    }
}
