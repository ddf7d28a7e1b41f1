//! Bad input, in any order, with a clock that runs backwards: never a panic, always a verdict that holds together.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use mend::core::{
    Event, Model,
    authorize::{Message, Sender, authorize},
    connectivity::finding::Finding,
    event::{Extension, Extensions, Intent, NetError, PageReport, PageSignal, Redirect, Response, StatusRead},
    headers::Headers,
    json::{from_value, to_value},
    names::{Action, Blame, Rung},
    permission::Permission,
    reason::Reason,
    status::StatusPage,
    stream_end::StreamEnd,
    update,
    view::{badge, popup},
};
use proptest::prelude::*;

/// Text as an attacker, a broken server or a foreign language would send it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("<img src=x onerror=alert(1)>".to_owned()),
        Just("\u{202e}\0\u{feff}💥".repeat(50)),
        Just("{\"detail\":".repeat(400)),
        Just(
            "token_expired insufficient_quota usage_limit_reached \"resets_in_seconds\":99999999999999999999"
                .to_owned()
        ),
        ".{0,80}",
    ]
}

fn url() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("https://chatgpt.com/backend-api/f/conversation".to_owned()),
        Just("https://chatgpt.com/api/auth/session?token=secret".to_owned()),
        Just("https://chatgpt.com/ces/v1/t".to_owned()),
        Just("https://cdn.oaistatic.com/assets/root.js".to_owned()),
        Just("https://".to_owned() + &"a/".repeat(4_000)),
        text(),
    ]
}

fn headers() -> impl Strategy<Value = Headers> {
    (proptest::option::of(text()), proptest::option::of(text()), proptest::option::of(text())).prop_map(
        |(one, two, three)| Headers {
            x_request_id: one,
            retry_after: two,
            cf_ray: three.clone(),
            cf_mitigated: three,
            ..Headers::default()
        },
    )
}

fn sight() -> impl Strategy<Value = PageSignal> {
    prop_oneof![
        Just(PageSignal::Hello),
        Just(PageSignal::Answered),
        Just(PageSignal::Stopped),
        (text(), any::<bool>()).prop_map(|(text, ended)| PageSignal::Banner { text, ended }),
        (url(), any::<u16>(), text()).prop_map(|(url, status, protocol)| PageSignal::Timing { url, status, protocol }),
        (any::<u32>(), any::<bool>()).prop_map(|(answers, busy)| PageSignal::Count { answers, busy, noise: busy }),
        (url(), any::<u32>()).prop_map(|(url, size)| PageSignal::Fine { url, size }),
        (any::<u32>(), any::<u32>()).prop_map(|(local, used)| PageSignal::Room { local, used }),
        (url(), any::<u16>(), text()).prop_map(|(url, status, text)| PageSignal::Body { url, status, text }),
        (url(), proptest::sample::select(StreamEnd::ALL), text()).prop_map(|(url, end, text)| PageSignal::Stream {
            url,
            end,
            text
        }),
        any::<String>().prop_map(|by| PageSignal::Thrown { by }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let tab = -1..4i32;
    prop_oneof![
        (
            tab.clone(),
            text(),
            any::<i64>(),
            url(),
            proptest::option::of(any::<u16>()),
            headers(),
            proptest::option::of(text())
        )
            .prop_map(|(tab, key, at, url, status, headers, body)| {
                Event::Response(Response { tab, key, at, method: "POST".into(), url, status, headers, body })
            }),
        (tab.clone(), text(), any::<i64>(), url(), text()).prop_map(|(tab, key, at, url, error)| {
            Event::NetError(NetError { tab, key, at, method: "GET".into(), url, error })
        }),
        (tab.clone(), text(), any::<i64>(), url(), url()).prop_map(|(tab, key, at, url, to)| {
            Event::Redirect(Redirect { tab, key, at, method: "GET".into(), url, to })
        }),
        (tab.clone(), any::<bool>()).prop_map(|(tab, on)| Event::Intent(Intent::DeepInspection { tab, on })),
        proptest::sample::select(Finding::ALL).prop_map(|finding| Event::Intent(Intent::Probed { finding })),
        Just(Event::Intent(Intent::Forget)),
        text().prop_map(|reason| Event::Installed { reason }),
        (tab.clone(), text(), any::<i64>(), sight(), any::<Option<bool>>())
            .prop_map(|(tab, key, at, saw, private)| Event::PageReport(PageReport { tab, private, key, at, saw })),
        (0u32..4, any::<i64>()).prop_map(|(id, at)| Event::StatusRead(StatusRead { id, at, page: None })),
        (tab.clone(), proptest::sample::select(Rung::ALL), proptest::sample::select(Action::ALL))
            .prop_map(|(tab, rung, act)| Event::Intent(Intent::Run { tab, rung, act })),
        tab.clone().prop_map(|tab| Event::Intent(Intent::Open { tab: Some(tab), open: vec![0, 1, 2] })),
        Just(Event::Tick),
        any::<bool>().prop_map(|granted| Event::Access { granted, held: Permission::ALL.to_vec() }),
        (0u32..12, proptest::result::maybe_ok(Just(()), text().prop_map(|said| Reason::new(&said))))
            .prop_map(|(id, result)| Event::Done { id, result }),
        (tab.clone(), proptest::sample::select(Rung::ALL))
            .prop_map(|(tab, rung)| Event::Intent(Intent::Refused { tab, rung })),
        (0u32..12).prop_map(|change| Event::Intent(Intent::Undo { change })),
        proptest::collection::vec(text(), 0..5).prop_map(|names| {
            let one = |name: String| Extension {
                id: name.clone(),
                name,
                hosts: vec!["<all_urls>".into()],
                ..Extension::default()
            };
            Event::Extensions(Extensions { enabled: names.into_iter().map(one).collect() })
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_events_in_any_order(events in proptest::collection::vec((event(), any::<i64>()), 0..40)) {
        let mut model = Model::default();
        for (event, now) in events {
            update(&mut model, event, now);
            let stored = to_value(&model);
            prop_assert!(stored.to_string().len() < 64 * 1024);
            prop_assert_eq!(&from_value::<Model>(&stored).unwrap(), &model);
            for tab in [None, Some(0), Some(1), Some(9)] {
                let seen = popup(&model, tab, now, now);
                prop_assert!((0.0..=1.0).contains(&seen.verdict.confidence));
                prop_assert_eq!(seen.verdict.blame == Blame::Benign, seen.verdict.cause.blame() == Blame::Benign);
                badge(&model, tab.unwrap_or_default(), now);
            }
        }
    }

    /// Whatever a status page's JSON says, it is a page that we understand or it is unread.
    #[test]
    fn any_status_page(json in json(4)) {
        if let Some(page) = StatusPage::read(&json) {
            prop_assert!(page.incidents.len() <= 12 && page.incidents.iter().all(|one| one.name.len() <= 120));
        }
    }

    /// A message that is not one of ours never becomes an event.
    #[test]
    fn any_message(json in json(3), url in url()) {
        let sender = Sender { own: true, url, tab: Some(1), frame: Some(0), private: None, default_store: true };
        let message = from_value::<Message>(&json);
        if let Some(Ok(event)) = message.map(|message| authorize(message, &sender, "chrome-extension://abc")) {
            prop_assert!(matches!(event, Event::PageReport(_)));
        }
    }
}

fn json(depth: u32) -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let names = proptest::sample::select(vec![
        "summary",
        "structure",
        "items",
        "group",
        "components",
        "ongoing_incidents",
        "affected_components",
        "updates",
        "name",
        "status",
        "published_at",
        "component_id",
        "kind",
        "intent",
        "finding",
        "key",
        "at",
        "saw",
        "tab",
        "rung",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from),
        Just(Value::from("investigating")),
        proptest::sample::select(vec![
            "page-report",
            "inspected",
            "intent",
            "hello",
            "run",
            "open",
            "probed",
            "forget"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(depth, 64, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((names.clone(), inner), 0..6).prop_map(|pairs| Value::Object(
                pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            )),
        ]
    })
}
