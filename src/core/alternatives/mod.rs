//! Alternatives to ChatGPT: other services, services for code, programs on the person's own machine.
//!
//! Owns the list, the reading of status pages, and how a saved prompt is passed on. Pure: the page does the I/O.

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
    /// The section of the page in which a service is listed; the name is the section's id.
    pub enum Group {
        /// General-purpose services.
        General = "general",
        /// Services for code.
        Code = "code",
        /// Programs on the person's own machine, with open models.
        Own = "own",
    }
}

/// One service or program.
#[derive(Debug)]
pub struct Service {
    /// Its id in message keys and on the page.
    pub id: &'static str,
    /// Its display name.
    pub name: &'static str,
    /// Its section.
    pub group: Group,
    /// The URL of the service, or of the program's download page.
    pub url: &'static str,
    /// How it receives a prompt.
    pub way: PromptInput,
    /// What it costs.
    pub price: Price,
    /// The URL of the page with the price.
    pub prices: &'static str,
    /// Where its status is read; none for a program.
    pub status: Option<StatusSource>,
}

/// How a service receives a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptInput {
    /// With a link: this prefix and the prompt.
    Link(&'static str),
    /// It accepts none, or not reliably: the person pastes it.
    Paste,
    /// With a command line in a terminal.
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
