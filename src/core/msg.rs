//! Text to be translated: a key into `_locales/<language>/messages.json` and its arguments.

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
    /// The values of the first placeholder, the second, …
    pub args: Vec<Arg>,
    /// The point in time that the text mentions, for a tooltip with the exact UTC.
    pub at: Option<Millis>,
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Text from elsewhere, shown as it is.
    Text(String),
    /// A number.
    Number(i64),
    /// A nested message.
    Msg(Msg),
    /// A time of day, shown in the person's time zone.
    Clock(Millis),
}

/// A message without arguments.
pub fn msg(key: &str) -> Msg {
    Msg { key: key.to_owned(), ..Msg::default() }
}

impl Msg {
    /// Adds an argument.
    pub fn arg(mut self, arg: Arg) -> Msg {
        self.args.push(arg);
        self
    }

    /// Adds a number as the next argument.
    pub fn number(self, number: i64) -> Msg {
        self.arg(Arg::Number(number))
    }

    /// Adds text as the next argument.
    pub fn text(self, text: &str) -> Msg {
        self.arg(Arg::Text(text.to_owned()))
    }

    /// The text in the given templates' language, where the browser's own translation is not used: for a support desk,
    /// or in a terminal. A key without a template is shown itself.
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

    /// Adds "4 min ago" as the next argument, and the exact time for a tooltip.
    pub fn ago(self, now: Millis, then: Millis) -> Msg {
        Msg { at: Some(then), ..self.arg(Arg::Msg(ago(now, then))) }
    }
}

/// Makes a message key from a family and a name of the contract: `fact` and `on-chat` give `fact_on_chat`.
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
