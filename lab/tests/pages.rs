//! The three pages and their files, as they are served.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use client::Pair;
use mend_lab::{Generation, Http, Lab, Lang, Options};

#[tokio::test]
async fn each_page_is_served_in_each_language() {
    for lang in [Lang::En, Lang::Ja, Lang::Zh] {
        for page in Generation::ALL {
            let lab = Lab::start(Options { lang, page, ..client::options() }).await.unwrap();
            let pair = Pair { lab, http: Http::Two };
            let code = match lang {
                Lang::En => "en",
                Lang::Ja => "ja",
                Lang::Zh => "zh-CN",
            };
            let own = pair.get("chatgpt.com", "/").await;
            assert!(own.body.contains(&format!("<html lang=\"{code}\">")), "{page:?}");
            assert!(own.body.contains(&format!("/assets/root.js?{}\"", page.name())), "{page:?}");
            for other in Generation::ALL {
                let asked = pair.get("chatgpt.com", &format!("/c/WEB:1?signed=out&page={}", other.name())).await.body;
                assert_eq!(asked == own.body, other == page, "{page:?}, asked for {other:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_generations_of_the_page_share_no_names() {
    let pair = Pair::new(Http::Two, "well").await;
    let mut bodies = Vec::new();
    for (page, script) in [("new", "/assets/new.js"), ("next", "/assets/next.js")] {
        let document = pair.get("chatgpt.com", &format!("/?page={page}")).await.body;
        bodies.push(document + &pair.get("cdn.oaistatic.com", script).await.body);
    }
    for gone in ["data-testid", "data-message-", "\"markdown\"", "prompt-textarea", "data-turn=", "<article"] {
        assert!(bodies.iter().all(|body| !body.contains(gone)), "{gone}");
    }
    for new in ["data-chatgpt-composer", "data-turn-key", "data-app-action", "text-chatgpt-recovery", "data-talvt"] {
        assert!(bodies[0].contains(new) && !bodies[1].contains(new), "{new}");
    }
    let ids = |body: &str| body.matches(" id=\"").count();
    assert_eq!((ids(&bodies[0]), ids(&bodies[1])), (1, 0), "the box before the page lives has the only id");
}

#[tokio::test]
async fn without_its_editor_only_the_document_fails() {
    let lab = Lab::start(Options { modules: None, ..client::options() }).await.unwrap();
    let pair = Pair { lab, http: Http::Two };
    let page = pair.get("chatgpt.com", "/").await;
    assert_eq!(page.status, 503);
    assert!(page.body.contains("MEND_PROSEMIRROR") && page.body.contains("./build.sh"), "{}", page.body);
    assert_eq!(pair.get("chatgpt.com", "/backend-api/me").await.status, 200);
    assert!(pair.chat().await.complete);
}

#[tokio::test]
async fn editor_packages_are_served_from_their_folder_only() {
    let options = client::options();
    let part = options.modules.clone().unwrap().join("rope-sequence/dist");
    std::fs::create_dir_all(&part).unwrap();
    std::fs::write(part.join("index.js"), "export default 1;\n").unwrap();
    let pair = Pair { lab: Lab::start(options).await.unwrap(), http: Http::Two };
    let got = pair.get("cdn.oaistatic.com", "/assets/editor/rope-sequence.js").await;
    assert_eq!((got.status, got.body.as_str()), (200, "export default 1;\n"));
    for none in ["/assets/editor/../Cargo.js", "/assets/editor/prosemirror-view.js", "/assets/editor/lodash.js"] {
        assert_eq!(pair.get("cdn.oaistatic.com", none).await.status, 404, "{none}");
    }
}

/// Every language has every text.
#[tokio::test]
async fn the_pages_have_the_same_words_in_each_language() {
    let pair = Pair::new(Http::Two, "well").await;
    let words = pair.get("cdn.oaistatic.com", "/assets/words.js").await.body;
    let part = |from: &str, to: &str| -> Vec<String> {
        let (_, rest) = words.split_once(from).unwrap();
        let own = rest.split_once(to).map_or(rest, |(own, _)| own);
        let lines = own.lines().filter_map(|line| line.strip_prefix("    ")?.split_once(':'));
        lines
            .filter(|(key, _)| key.chars().all(|letter| letter.is_ascii_alphabetic()))
            .map(|(key, _)| key.to_owned())
            .collect()
    };
    let [en, ja, zh] = [part("  en: {", "  ja: {"), part("  ja: {", "  zh: {"), part("  zh: {", "\nexport")];
    assert_eq!(en, ja);
    assert_eq!(ja, zh);
    assert!(ja.len() > 30);
    // Messages of the service are translated into each language but English.
    let (_, said) = words.split_once("said: {\n").unwrap();
    let (ja, zh) = said.split_once("said: {\n").unwrap();
    let keys = |text: &str| -> usize {
        text.lines()
            .take_while(|line| *line != "    },")
            .filter(|line| line.starts_with("      ") && line[6..].contains(':') && !line.starts_with("       "))
            .count()
    };
    assert_eq!(keys(ja), keys(zh));
}
