//! The cards: created once, then only updated.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::card_of;
use crate::core::{
    alternatives::{Prompt, PromptDelivery, SERVICES, Service, Status, Terminal},
    view::alternatives::{best, card, place, press},
};
use crate::web::{
    dom::{attribute, by_id, copy, document, hide, sentence, text, within},
    now,
};

/// Creates a card for each service, in its group.
pub fn add(known: &[Status]) -> Result<(), JsValue> {
    for (service, status) in SERVICES.iter().zip(known) {
        let element = copy("card")?;
        attribute(&element, "data-service", Some(service.id))?;
        let name = within(&element, ".name")?;
        text(&name, service.name);
        // The service's name labels its buttons and links for a screen reader.
        let id = format!("name-{}", service.id);
        attribute(&name, "id", Some(&id))?;
        attribute(&element, "aria-labelledby", Some(&id))?;
        for told in ["button", ".page", ".check", ".prices"] {
            attribute(&within(&element, told)?, "aria-describedby", Some(&id))?;
        }
        let card = card(service, status);
        for (place, words) in
            [(".good", &card.good), (".weak", &card.weak), (".price", &card.price), (".needs", &card.needs)]
        {
            sentence(&within(&element, place)?, words, now())?;
        }
        // Where Mend reads no status, the link to it stands in its place.
        for (link, shown) in [(".page", card.status.is_some()), (".check", card.status.is_none())] {
            let link = within(&element, link)?;
            hide(&link, !shown || card.page.is_none())?;
            attribute(&link, "href", card.page.as_deref())?;
        }
        let prices = within(&element, ".prices")?;
        sentence(&prices, &card.prices, now())?;
        attribute(&prices, "href", Some(service.prices))?;
        let get = within(&element, ".get")?;
        attribute(&get, "href", Some(service.url))?;
        attribute(&get, "aria-describedby", Some(&id))?;
        by_id(service.group.name())?.append_child(&element)?;
        self::status(service, status)?;
    }
    Ok(())
}

/// Updates the status of a service.
pub fn status(service: &Service, status: &Status) -> Result<(), JsValue> {
    let element = card_of(service)?;
    attribute(&element, "data-health", Some(status.health.name()))?;
    let shown = within(&element, ".health")?;
    attribute(&within(&shown, "use")?, "href", Some(&format!("#health-{}", status.health.name())))?;
    let words = within(&shown, ".words")?;
    card(service, status).status.map_or(Ok(()), |status| sentence(&words, &status, now()))
}

/// Updates the buttons.
pub fn buttons(prompt: Option<&Prompt>, private: bool, terminal: Terminal) -> Result<(), JsValue> {
    for service in SERVICES {
        let element = card_of(service)?;
        let press = press(service, prompt, private, terminal);
        sentence(&within(&element, "button")?, &press.button, now())?;
        sentence(&within(&element, ".how")?, &press.how, now())?;
        let command = within(&element, ".command")?;
        let shown = if let PromptDelivery::Command(text) = &press.handing { Some(text) } else { None };
        hide(&command, shown.is_none())?;
        // Without a prompt, the button opens the service.
        hide(&within(&element, ".get")?, shown.is_none())?;
        text(&within(&command, "pre")?, shown.map_or("", String::as_str));
    }
    Ok(())
}

/// Sorts working services first. The focused element keeps focus.
pub fn order(known: &[Status]) -> Result<(), JsValue> {
    let focused = document()?.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let mut sorted: Vec<(&Service, &Status)> = SERVICES.iter().zip(known).collect();
    sorted.sort_by_key(|(_, status)| place(status));
    let best = best(known).map(|service| service.id);
    for (service, _) in sorted {
        let card = card_of(service)?;
        attribute(&within(&card, "button")?, "data-primary", (Some(service.id) == best).then_some(""))?;
        by_id(service.group.name())?.append_child(&card)?;
    }
    match focused {
        Some(focused) => focused.focus(),
        None => Ok(()),
    }
}
