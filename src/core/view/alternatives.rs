//! The list of alternatives as the page shows it: a card per service, working ones first.

use crate::core::{
    Millis,
    alternatives::{Group, Health, Prompt, PromptDelivery, SERVICES, Service, Status, StatusSource, Terminal, hand},
    msg::{Msg, key, msg},
};

/// Number of lines of a prompt that are shown.
const LINES: usize = 3;

/// The text of a service's card.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its strengths.
    pub good: Msg,
    /// Its weaknesses.
    pub weak: Msg,
    /// Its price.
    pub price: Msg,
    /// What it requires of the person.
    pub needs: Msg,
    /// Its status; none where the page is for people only, so that there is only the link to it.
    pub status: Option<Msg>,
    /// The URL of its status page; none for a program.
    pub page: Option<String>,
    /// The text of the link to its prices, or to its models.
    pub prices: Msg,
}

/// The card of a service with this status.
pub fn card(service: &Service, status: &Status) -> Card {
    let own = service.status.is_none();
    Card {
        good: msg(&key("good", service.id)),
        weak: msg(&key("weak", service.id)),
        price: service.price.words(),
        needs: msg(if own { "alt_needs_memory" } else { "alt_needs_browser" }),
        status: status_words(status),
        page: service.status.map(StatusSource::page),
        prices: msg(if own { "alt_models" } else { "alt_prices" }),
    }
}

fn status_words(status: &Status) -> Option<Msg> {
    Some(match status.health {
        Health::Works => msg("alt_works"),
        Health::Own => msg("alt_own_status"),
        Health::Reading => msg("alt_reading"),
        Health::NotAsked => return None,
        Health::Unread => msg("alt_unread"),
        Health::Trouble if status.words.is_empty() => msg("alt_trouble_bare"),
        Health::Trouble => msg("alt_trouble").text(&status.words),
    })
}

/// The rank of a service within its group: working ones first, those with trouble last. Equal ranks keep the order of
/// the list.
pub fn place(status: &Status) -> u8 {
    match status.health {
        Health::Works | Health::Own => 0,
        Health::Reading | Health::NotAsked | Health::Unread => 1,
        Health::Trouble => 2,
    }
}

/// The service to try first, of those that answer anybody: the first of them that is known to work, otherwise none.
pub fn best(known: &[Status]) -> Option<&'static Service> {
    let mut all = SERVICES.iter().zip(known);
    all.find(|(service, status)| service.group == Group::General && status.health == Health::Works).map(|(one, _)| one)
}

/// The button of a service.
#[derive(Clone, Debug)]
pub struct Press {
    /// The effect of a press.
    pub handing: PromptDelivery,
    /// The label.
    pub button: Msg,
    /// A description of the effect.
    pub how: Msg,
}

/// The button of a service, for this prompt or none.
pub fn press(service: &Service, prompt: Option<&Prompt>, private: bool, terminal: Terminal) -> Press {
    let (handing, how) = hand(service, prompt, private, terminal);
    Press { handing, button: how.button(), how: how.words() }
}

/// A saved prompt in the list.
#[derive(Clone, Debug)]
pub struct PromptPreview {
    /// When it was saved.
    pub at: Msg,
    /// Its first lines.
    pub head: String,
    /// The files that are not included.
    pub files: Option<Msg>,
}

/// The preview of a prompt.
pub fn prompt(prompt: &Prompt, now: Millis) -> PromptPreview {
    let files = (!prompt.files.is_empty()).then(|| msg("alt_files").text(&prompt.files.join(", ")));
    PromptPreview { at: msg("alt_prompt_at").ago(now, prompt.at), head: prompt.head(LINES), files }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::alternatives::service;

    #[test]
    fn who_works_comes_first_and_who_has_trouble_last() {
        let mut found: Vec<Health> = Health::ALL.iter().rev().copied().collect();
        found.sort_by_key(|health| place(&Status::of(*health)));
        assert_eq!(
            found,
            [Health::Own, Health::Works, Health::Unread, Health::NotAsked, Health::Reading, Health::Trouble]
        );
    }

    #[test]
    fn only_a_service_that_is_known_to_work_is_recommended() {
        let unread = vec![Status::of(Health::Unread); SERVICES.len()];
        assert!(best(&unread).is_none());
        let works = |id: &str| {
            let health = |service: &Service| if service.id == id { Health::Works } else { Health::Unread };
            SERVICES.iter().map(|service| Status::of(health(service))).collect::<Vec<_>>()
        };
        assert_eq!(best(&works("claude")).map(|service| service.id), Some("claude"));
        assert!(best(&works("replit")).is_none(), "not for every question");
    }

    #[test]
    fn trouble_is_told_in_their_words() {
        let status = Status { health: Health::Trouble, words: "Slow answers".to_owned() };
        let card = service("claude").map(|service| card(service, &status));
        assert_eq!(card.as_ref().and_then(|card| card.status.as_ref()), Some(&msg("alt_trouble").text("Slow answers")));
        assert_eq!(card.and_then(|card| card.page).as_deref(), Some("https://status.claude.com/"));
    }

    #[test]
    fn files_that_stay_are_named() {
        let files = vec!["a.pdf".to_owned(), "b.png".to_owned()];
        let with = Prompt { text: "a\nb\nc\nd".to_owned(), files, ..Prompt::default() };
        let shown = prompt(&with, 0);
        assert_eq!(shown.files, Some(msg("alt_files").text("a.pdf, b.png")));
        assert_eq!(shown.head, "a\nb\nc");
    }
}
