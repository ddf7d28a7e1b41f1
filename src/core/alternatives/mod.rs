//! Who else answers while ChatGPT does not: other services, services for code, programs on one's own machine.
//!
//! Owns the list, what a status page says, and how a saved prompt is handed over. Pure: the page reads and opens.

mod command;
mod encode;
mod hand;
mod list;
mod price;
mod prompt;
mod status;

use super::named::named;
pub use crate::core::prompts::SavedPrompt as Prompt;
pub use command::{Program, Terminal};
pub use hand::{HandingReason, PromptDelivery, hand};
pub use list::SERVICES;
pub use price::Price;
pub use prompt::prompts;
pub use status::{Health, Status, StatusSource};

named! {
    /// Where on the page a service stands; the name is the place's id.
    pub enum Group {
        /// Services for questions of all kinds.
        General = "general",
        /// Services for code.
        Code = "code",
        /// Programs on one's own machine, with open models.
        Own = "own",
    }
}

/// One service or program.
#[derive(Debug)]
pub struct Service {
    /// Its name in keys and on the page.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Where it stands.
    pub group: Group,
    /// Where it is opened, or, for a program, where it is had.
    pub url: &'static str,
    /// How a prompt gets there.
    pub way: PromptInput,
    /// What it costs.
    pub price: Price,
    /// Where the price stands.
    pub prices: &'static str,
    /// What tells how it is; a program of one's own has nothing.
    pub status: Option<StatusSource>,
}

/// How a prompt gets to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptInput {
    /// A link that ends in the prompt.
    Link(&'static str),
    /// It takes none, or none that can be relied on: the person pastes.
    Paste,
    /// A command for a terminal.
    Run(Program),
}

/// The service of that id.
pub fn service(id: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|service| service.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_is_whole() {
        let ids: BTreeSet<&str> = SERVICES.iter().map(|service| service.id).collect();
        assert_eq!(ids.len(), SERVICES.len());
        for service in SERVICES {
            let own = service.group == Group::Own;
            assert_eq!(own, matches!(service.way, PromptInput::Run(_)), "{}", service.id);
            assert_eq!(own, service.status.is_none(), "{}", service.id);
            assert!(service.url.starts_with("https://") && service.prices.starts_with("https://"), "{}", service.id);
            if let PromptInput::Link(prefix) = service.way {
                assert!(prefix.starts_with("https://") && prefix.ends_with('='), "{}", service.id);
            }
        }
        for group in Group::ALL {
            assert!(SERVICES.iter().any(|service| service.group == *group), "{}", group.name());
        }
    }
}
