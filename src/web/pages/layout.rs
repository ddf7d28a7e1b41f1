//! The common parts of all full pages: the header with the navigation, the footer, and the title. Created here, so
//! that no page's HTML repeats them.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::core::msg::msg;
use crate::web::{
    dom::{attribute, document, text},
    words::say,
};

/// A page: its file without `.html`, and the message key of its name.
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

/// The tools, behind one entry of the navigation.
const TOOLS: &[Link] = &[("connectivity", "connectivity_title"), ("key", "key_title"), ("handoff", "handoff_title")];

/// The links in the footer.
const FOOTER: &[Link] = &[("welcome", "welcome_link")];

const NAME: &str = "Mend";

/// Adds header and footer, and marks the link to this page. Their text is set with that of the page.
pub fn add(page: &str) -> Result<(), JsValue> {
    let body = document()?.body().ok_or("no body")?;
    let header = document()?.create_element("header")?;
    let brand = child(&header, "span")?;
    brand.set_class_name("brand");
    let icon = child(&brand, "img")?;
    // The name next to it is enough.
    for (name, value) in [("src", "icons/48.png"), ("alt", ""), ("width", "20"), ("height", "20")] {
        icon.set_attribute(name, value)?;
    }
    text(&child(&brand, "span")?, NAME);
    let navigation = child(&header, "nav")?;
    navigation.set_attribute("aria-label", NAME)?;
    let list = child(&navigation, "ul")?;
    links(&list, HEADER, page)?;
    tools(&list, page)?;
    body.prepend_with_node_1(&header)?;

    let footer = child(&body, "footer")?;
    links(&child(&footer, "ul")?, FOOTER, page)?;
    let disclaimer = child(&footer, "p")?;
    disclaimer.set_attribute("data-msg", "not_affiliated")
}

/// Sets the title, such as "Timeline – Mend", in the present language.
pub fn title(page: &str) -> Result<(), JsValue> {
    if let Some((_, words)) = HEADER.iter().chain(TOOLS).chain(FOOTER).find(|(name, _)| *name == page) {
        document()?.set_title(&format!("{} – {NAME}", say(&msg(words), 0)));
    }
    Ok(())
}

/// Shows the page, hidden until now so that it does not move while its text is set.
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

/// The entry that opens the list of tools.
fn tools(list: &Element, page: &str) -> Result<(), JsValue> {
    let tools = child(&child(list, "li")?, "details")?;
    tools.set_class_name("tools");
    let summary = child(&tools, "summary")?;
    summary.set_attribute("data-msg", "nav_tools")?;
    attribute(&summary, "data-current", TOOLS.iter().any(|(name, _)| *name == page).then_some(""))?;
    links(&child(&tools, "ul")?, TOOLS, page)
}

fn child(parent: &Element, tag: &str) -> Result<Element, JsValue> {
    let child = document()?.create_element(tag)?;
    parent.append_child(&child)?;
    Ok(child)
}
