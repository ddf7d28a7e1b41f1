//! What all full pages have around them: the header with the navigation, the footer, and the title of the tab. Made here,
//! so that no page's HTML repeats it.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::core::msg::msg;
use crate::web::{
    dom::{attribute, document, text},
    words::say,
};

/// A page: its file without `.html`, and what links and its tab call it.
type Link = (&'static str, &'static str);

/// The pages of the navigation.
const HEADER: &[Link] = &[
    ("timeline", "journal_title"),
    ("requests", "requests_title"),
    ("ticket", "ticket_link"),
    ("alternatives", "nav_alternatives"),
    ("codes", "nav_codes"),
    ("settings", "settings_title"),
];

/// The others, at the foot of each.
const FOOTER: &[Link] = &[
    ("connectivity", "connectivity_title"),
    ("key", "key_title"),
    ("handoff", "handoff_title"),
    ("welcome", "welcome_link"),
];

const NAME: &str = "Mend";

/// Puts header and footer around the page, with the link to this page marked. The words come with those of the page.
pub fn add(page: &str) -> Result<(), JsValue> {
    let body = document()?.body().ok_or("no body")?;
    let header = document()?.create_element("header")?;
    let brand = child(&header, "span")?;
    brand.set_class_name("brand");
    let icon = child(&brand, "img")?;
    // The name beside it says it all.
    for (name, value) in [("src", "icons/48.png"), ("alt", ""), ("width", "20"), ("height", "20")] {
        icon.set_attribute(name, value)?;
    }
    text(&child(&brand, "span")?, NAME);
    let navigation = child(&header, "nav")?;
    navigation.set_attribute("aria-label", NAME)?;
    links(&child(&navigation, "ul")?, HEADER, page)?;
    body.prepend_with_node_1(&header)?;

    let footer = child(&body, "footer")?;
    links(&child(&footer, "ul")?, FOOTER, page)?;
    let disclaimer = child(&footer, "p")?;
    disclaimer.set_attribute("data-msg", "not_affiliated")
}

/// "Timeline – Mend", in the language that is spoken now.
pub fn title(page: &str) -> Result<(), JsValue> {
    if let Some((_, words)) = HEADER.iter().chain(FOOTER).find(|(name, _)| *name == page) {
        document()?.set_title(&format!("{} – {NAME}", say(&msg(words), 0)));
    }
    Ok(())
}

/// Until now the page was kept from sight: half of its words would have moved the other half.
pub fn show() -> Result<(), JsValue> {
    let root = document()?.document_element().ok_or("no root")?;
    attribute(&root, "data-shown", Some(""))
}

fn links(list: &Element, links: &[Link], page: &str) -> Result<(), JsValue> {
    for (name, words) in links {
        let link = child(&child(list, "li")?, "a")?;
        link.set_attribute("href", &format!("{name}.html"))?;
        link.set_attribute("data-msg", words)?;
        attribute(&link, "aria-current", (*name == page).then_some("page"))?;
    }
    Ok(())
}

fn child(parent: &Element, tag: &str) -> Result<Element, JsValue> {
    let child = document()?.create_element(tag)?;
    parent.append_child(&child)?;
    Ok(child)
}
