//! The documents of the three pages, and the files that all of them share.
//!
//! Owns which page an address gets. What is on it is in `page/`, what it asks for is the scripts' business.

use uuid::Uuid;

use crate::ask::Ask;
use crate::editor;
use crate::generation::Generation;
use crate::reply::{Answer, HTML, TEXT};
use crate::site::{JS, OLD_ROOT, ROOT};
use crate::state::State;

const OLD: &str = include_str!("page/old.html");
const NEW: &str = include_str!("page/new.html");
const NEXT: &str = include_str!("page/next.html");

/// The files on the asset host, beside the script that the document names.
const FILES: [(&str, &str, &str); 9] = [
    ("/assets/root.css", "text/css; charset=utf-8", include_str!("page/page.css")),
    ("/assets/composer.js", JS, include_str!("page/composer.js")),
    ("/assets/dom.js", JS, include_str!("page/dom.js")),
    ("/assets/next.js", JS, include_str!("page/next.js")),
    ("/assets/new.js", JS, include_str!("page/new.js")),
    ("/assets/old.js", JS, include_str!("page/old.js")),
    ("/assets/stream.js", JS, include_str!("page/stream.js")),
    ("/assets/wire.js", JS, include_str!("page/wire.js")),
    ("/assets/words.js", JS, include_str!("page/words.js")),
];

/// One of them: its kind and its text.
pub(crate) fn file(path: &str) -> Option<(&'static str, &'static str)> {
    FILES.iter().find(|(known, _, _)| *known == path).map(|(_, kind, text)| (*kind, *text))
}

/// The page, with the cookies of somebody who is signed in.
pub(crate) fn page(state: &State, ask: &Ask) -> Answer {
    plain(state, ask).with("set-cookie", &format!("oai-did={}; Path=/; Secure; SameSite=Lax", Uuid::new_v4())).with(
        "set-cookie",
        "__Secure-next-auth.session-token=lab-session; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000",
    )
}

/// The page, without a cookie.
pub(crate) fn plain(state: &State, ask: &Ask) -> Answer {
    html(state, ask, |address| format!(r#"<script type="module" src="{address}"></script>"#))
}

/// The page from before the deploy: it names the script of then, once the service worker of then has kept it.
pub(crate) fn old(state: &State, ask: &Ask) -> Answer {
    html(state, ask, |address| {
        let then = address.replace(ROOT, OLD_ROOT);
        format!(
            "<script>\nconst begin = () => {{\n\
             const script = document.createElement('script');\n\
             script.type = 'module';\n\
             script.src = '{then}';\n\
             document.head.append(script);\n}};\n\
             addEventListener('DOMContentLoaded', () => {{\n\
             navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(begin, begin);\n\
             }});\n</script>"
        )
    })
}

/// The page that the address asks for, in the lab's language; `script` writes the element that loads its script.
fn html(state: &State, ask: &Ask, script: impl Fn(&str) -> String) -> Answer {
    if let Some(what) = editor::missing(state.modules.as_deref()) {
        return Answer::new(503, TEXT, what).with("cache-control", "no-store");
    }
    let page = ask.query("page").and_then(|name| name.parse().ok()).unwrap_or(state.page);
    let html = match page {
        Generation::Old => OLD,
        Generation::New => NEW,
        Generation::Next => NEXT,
    };
    let address = format!("https://cdn.oaistatic.com{ROOT}?{}", page.name());
    let scripts = format!(r#"<script type="importmap">{}</script>"#, editor::map()) + &script(&address);
    let html = html.replace("{lang}", state.lang.code()).replace("{scripts}", &scripts);
    Answer::new(200, HTML, html).with("cache-control", "no-cache").by_edge()
}
