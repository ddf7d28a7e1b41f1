//! The page that checks an API key. The key stays in the input, and in session storage if the person chooses that; it
//! is sent only in one header of requests to one host.

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event as DomEvent, HtmlInputElement, Response};

use crate::core::{
    Millis,
    key::{Answer, BASE, Counted, Fields, KeyFormat, KeyView, Request, judge, requests, shape},
    msg::{Msg, key as name_of, msg},
    text::clip,
    time::SECOND,
};
use crate::web::{
    ask, browser,
    dom::{attribute, by_id, document, hide, sentence, sentences, text, within},
    get, now, object,
    report::{report, spawn},
    words::say,
};

thread_local! {
    static ANSWERS: RefCell<Vec<Answer>> = const { RefCell::new(Vec::new()) };
}

/// The key in session storage under which the API key is kept, if the person ticks that.
const KEPT: &str = "key";
/// Timeout of one request, in milliseconds.
const PATIENCE: Millis = 20 * SECOND;
/// How much of a body is read, in bytes; error bodies are short.
const LONGEST: usize = 4_096;

/// Starts the page.
pub async fn open() -> Result<(), JsValue> {
    let press = Closure::<dyn Fn(DomEvent)>::new(|event: DomEvent| {
        if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            report("key page", pressed(&target));
        }
    });
    document()?.add_event_listener_with_callback("click", press.as_ref().unchecked_ref())?;
    press.forget();
    let kept = get(&browser::done(browser::session_get(KEPT)).await?, KEPT).as_string();
    if let Some(kept) = &kept {
        input("key")?.set_value(kept);
    }
    keeps(kept.is_some())
}

fn input(id: &str) -> Result<HtmlInputElement, JsValue> {
    Ok(by_id(id)?.dyn_into()?)
}

fn pressed(target: &Element) -> Result<(), JsValue> {
    let Ok(Some(button)) = target.closest("[data-do]") else { return Ok(()) };
    match button.get_attribute("data-do").as_deref() {
        Some("check") => check(),
        Some("keep") => {
            let on = input("keep")?.checked();
            spawn("keep the key", keep(on));
            Ok(())
        }
        Some("forget") => {
            input("key")?.set_value("");
            spawn("forget the key", keep(false));
            Ok(())
        }
        Some("copy") => {
            let id = within(&by_id("told")?, ".id code")?.text_content().unwrap_or_default();
            text(&button, &say(&msg("key_copied"), 0));
            let copied = browser::copy_text(&id);
            spawn("copy the id", async move { browser::done(copied).await.map(drop) });
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Keeps the key for the session, or deletes it.
async fn keep(on: bool) -> Result<(), JsValue> {
    let key = input("key")?.value();
    let on = on && !key.is_empty();
    if on {
        browser::done(browser::session_set(&object([(KEPT, key.into())]))).await?;
    } else {
        browser::done(browser::session_remove(&KEPT.into())).await?;
    }
    keeps(on)
}

fn keeps(on: bool) -> Result<(), JsValue> {
    input("keep")?.set_checked(on);
    hide(&by_id("forget")?, !on)
}

/// Validates the form; if it is valid, asks for the permission and sends the requests.
fn check() -> Result<(), JsValue> {
    let value = |id: &str| Ok::<_, JsValue>(input(id)?.value().trim().to_owned());
    hide(&by_id("told")?, true)?;
    let found = shape(&input("key")?.value());
    if found != KeyFormat::Good {
        return problem(Some(&msg(&name_of("key_format", found.name()))));
    }
    let fields = Fields {
        organisation: value("organisation")?,
        project: value("project")?,
        model: value("model")?,
        base: value("base")?,
        message: input("message")?.checked(),
    };
    let requests = match requests(&fields) {
        Ok(requests) => requests,
        Err(wrong) => return problem(Some(&msg(&name_of("form", wrong.name())))),
    };
    problem(None)?;
    // Within the click, before any await, as Firefox requires.
    let origins = js_sys::Array::of1(&format!("{BASE}/*").into());
    let asked = browser::permissions_request(&object([("origins", origins.into())]));
    spawn_local(async move {
        let done = run(asked, &fields, requests).await;
        report("key page", busy(None));
        if done.is_err() {
            report("key page", problem(Some(&msg("key_unasked"))));
        }
        report("ask the API", done);
    });
    Ok(())
}

async fn run(asked: Result<Promise, JsValue>, fields: &Fields, requests: Vec<Request>) -> Result<(), JsValue> {
    if !JsFuture::from(asked?).await?.is_truthy() {
        return problem(Some(&msg("key_not_permitted")));
    }
    if input("keep")?.checked() {
        keep(true).await?;
    }
    ANSWERS.take();
    for request in requests {
        busy(Some(&msg("key_asking").text(&request.path)))?;
        let answer = one(fields, &request).await;
        let failed = answer.status.is_none_or(|status| status >= 400);
        ANSWERS.with_borrow_mut(|answers| answers.push(answer));
        paint()?;
        if failed {
            break;
        }
    }
    Ok(())
}

async fn one(fields: &Fields, request: &Request) -> Answer {
    let asked = format!("{} {}", request.method, request.path);
    match sent(fields, request).await {
        Ok(response) => {
            let status = response.status();
            let body = if status >= 400 { ask::body(&response).await } else { String::new() };
            let counted = Counted {
                organisation: ask::header(&response, "openai-organization"),
                limit: ask::header(&response, "x-ratelimit-limit-requests"),
                left: ask::header(&response, "x-ratelimit-remaining-requests"),
            };
            let headers = ask::headers(&response);
            Answer { asked, at: now(), status: Some(status), headers, counted, body: clip(&body, LONGEST).to_owned() }
        }
        // The error may contain the header, so it is dropped unread.
        Err(_) => Answer { asked, at: now(), ..Answer::default() },
    }
}

async fn sent(fields: &Fields, request: &Request) -> Result<Response, JsValue> {
    let headers = web_sys::Headers::new()?;
    headers.set("authorization", &format!("Bearer {}", input("key")?.value().trim()))?;
    for (name, value) in [("openai-organization", &fields.organisation), ("openai-project", &fields.project)] {
        if !value.is_empty() {
            headers.set(name, value)?;
        }
    }
    let init = ask::bare(PATIENCE);
    init.set_method(request.method);
    if let Some(body) = &request.body {
        headers.set("content-type", "application/json")?;
        init.set_body(&body.to_string().into());
    }
    init.set_headers(&headers);
    ask::ask(&format!("{BASE}{}", request.path), &init).await
}

/// Shows what prevents the check; none removes it.
fn problem(words: Option<&Msg>) -> Result<(), JsValue> {
    let section = by_id("problem")?;
    hide(&section, words.is_none())?;
    sentence(&section, words.unwrap_or(&Msg::default()), now())
}

fn busy(words: Option<&Msg>) -> Result<(), JsValue> {
    let progress = by_id("progress")?;
    hide(&progress, words.is_none())?;
    attribute(&by_id("check")?, "disabled", words.map(|_| ""))?;
    match words {
        Some(words) => sentence(&within(&progress, ".words")?, words, now()),
        None => Ok(()),
    }
}

fn paint() -> Result<(), JsValue> {
    match ANSWERS.with_borrow(|answers| judge(answers, now())) {
        Some(view) => show(&view),
        None => Ok(()),
    }
}

fn show(view: &KeyView) -> Result<(), JsValue> {
    let (told, now) = (by_id("told")?, now());
    hide(&told, false)?;
    attribute(&told, "data-blame", Some(view.blame.name()))?;
    attribute(&told, "data-cause", Some(view.cause.name()))?;
    attribute(&within(&told, "use")?, "href", Some(&format!("#sign-{}", view.blame.name())))?;
    sentence(&within(&told, "h2")?, &view.title, now)?;
    let why = within(&told, ".why")?;
    hide(&why, view.why.is_none())?;
    if let Some(words) = &view.why {
        sentence(&why, words, now)?;
    }
    sentence(&within(&told, ".change")?, &view.change, now)?;
    sentences(&within(&told, "ul")?, "li", &view.evidence, now)?;
    let id = within(&told, ".id")?;
    hide(&id, view.request.is_none())?;
    text(&within(&id, "code")?, view.request.as_deref().unwrap_or_default());
    text(&within(&id, "button")?, &say(&msg("key_copy"), 0));
    Ok(())
}
