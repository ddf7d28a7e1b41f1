//! A HAR as a browser's developer tools export it after a long day: ChatGPT's requests and others', with their headers,
//! cookies and bodies of a few KB. The same bytes every time.

use serde_json::{Value, json};

/// Requests of other sites, out of ten.
const FOREIGN: u64 = 3;

/// The same numbers in every run (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, count: u64) -> u64 {
        self.next() % count
    }

    fn hex(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from_digit(self.below(16) as u32, 16).unwrap_or('0')).collect()
    }

    fn uuid(&mut self) -> String {
        [8, 4, 4, 4, 12].map(|count| self.hex(count)).join("-")
    }

    /// Words of a language that nobody speaks, with the marks of one that many do.
    fn words(&mut self, bytes: usize) -> String {
        const PARTS: [&str; 24] = [
            "the", "of", "sky", "is", "scatter", "ing", "light", "blue", "because", "short", "wave", "length", "more",
            "than", "red", "air", "mole", "cules", "in", "day", "über", "日", "and", "at",
        ];
        let mut text = String::new();
        while text.len() < bytes {
            let part = PARTS.get(self.below(24) as usize).copied().unwrap_or_default();
            text.push_str(part);
            text.push_str(match self.below(30) {
                0 => ".\n\n",
                1 => ", ",
                2 => "",
                3 => " \"",
                _ => " ",
            });
        }
        text
    }

    fn base64(&mut self, count: usize) -> String {
        const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        (0..count).map(|_| char::from(SIGNS.get(self.below(64) as usize).copied().unwrap_or(b'A'))).collect()
    }
}

/// A HAR of about so many bytes.
pub fn har(bytes: usize) -> String {
    let mut chance = Chance(20_261_126);
    let mut har = String::from(HEAD);
    for number in 0.. {
        let entry = entry(&mut chance, number);
        // As the developer tools write it.
        har.push_str(&format!("{entry:#}").replace('\n', "\n      "));
        if har.len() > bytes {
            break;
        }
        har.push_str(",\n      ");
    }
    har.push_str("\n    ]\n  }\n}\n");
    har
}

const HEAD: &str = "{\n  \"log\": {\n    \"version\": \"1.2\",\n    \"creator\": {\n      \"name\": \"WebInspector\",\n      \
\"version\": \"537.36\"\n    },\n    \"pages\": [],\n    \"entries\": [\n      ";

/// The same as lines of JSON, one an entry, as a log has them.
pub fn lines(har: &str) -> anyhow::Result<String> {
    let har: Value = serde_json::from_str(har)?;
    let entries = har.pointer("/log/entries").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Ok(entries.iter().map(|entry| format!("{entry}\n")).collect())
}

fn entry(chance: &mut Chance, number: u64) -> Value {
    let conversation = chance.uuid();
    let foreign = chance.below(10) < FOREIGN;
    let (method, url, kind, status, body) = match (foreign, number % 6) {
        (true, 0 | 1) => {
            let url = format!("https://cdn.oaistatic.com/assets/{}-{}.js", chance.words(8).trim(), chance.hex(8));
            ("GET", url, "text/javascript", 200, script(chance))
        }
        (true, 2) => {
            ("GET", format!("https://images.example/{}.webp", chance.hex(16)), "image/webp", 200, chance.base64(6_000))
        }
        (true, _) => {
            let url =
                format!("https://browser-intake.example/api/v2/rum?ddsource=browser&dd-request-id={}", chance.uuid());
            ("POST", url, "application/json", 202, json!({ "request_id": chance.uuid() }).to_string())
        }
        (false, 0) => (
            "POST",
            "https://chatgpt.com/backend-api/f/conversation".to_owned(),
            "text/event-stream",
            200,
            stream(chance, &conversation),
        ),
        (false, 1) => {
            let url = format!("https://chatgpt.com/backend-api/conversation/{conversation}");
            ("GET", url, "application/json", 200, stored(chance, &conversation))
        }
        (false, 2) => {
            let status = [200, 429, 500, 403].get(chance.below(4) as usize).copied().unwrap_or(200);
            let body = json!({ "detail": { "code": "usage_limit_reached", "message": chance.words(80) } }).to_string();
            (
                "POST",
                "https://chatgpt.com/backend-api/sentinel/chat-requirements".to_owned(),
                "application/json",
                status,
                body,
            )
        }
        (false, 3) => (
            "POST",
            "https://chatgpt.com/ces/v1/t".to_owned(),
            "application/json",
            200,
            "{\"success\":true}".to_owned(),
        ),
        (false, _) => {
            let url = "https://chatgpt.com/backend-api/conversations?offset=0&limit=28&order=updated";
            ("GET", url.to_owned(), "application/json", 200, list(chance))
        }
    };
    let sent = (method == "POST").then(|| {
        let message = chance.words(700);
        let parts = json!({ "action": "next", "conversation_id": conversation, "messages": [{ "id": chance.uuid(),
            "author": { "role": "user" }, "content": { "content_type": "text", "parts": [message] } }],
            "timezone_offset_min": -60, "email": format!("ada{number}@example.com") });
        json!({ "mimeType": "application/json", "text": parts.to_string() })
    });
    let mut request = json!({
        "method": method, "url": url, "httpVersion": "http/2.0", "headers": sent_headers(chance, &conversation),
        "queryString": query(&url), "cookies": cookies(chance), "headersSize": -1, "bodySize": 0,
    });
    if let (Some(sent), Some(fields)) = (sent, request.as_object_mut()) {
        fields.insert("postData".to_owned(), sent);
    }
    let seconds = number / 4;
    json!({
        "_connectionId": chance.below(99_999).to_string(), "_initiator": initiator(chance), "_priority": "High",
        "_resourceType": "fetch", "cache": {}, "connection": "443", "pageref": "page_1", "request": request,
        "response": {
            "status": status, "statusText": "", "httpVersion": "http/2.0", "headers": got_headers(chance, kind),
            "cookies": [], "content": { "size": body.len(), "mimeType": kind, "text": body }, "redirectURL": "",
            "headersSize": -1, "bodySize": -1, "_transferSize": chance.below(9_999), "_error": null,
        },
        "serverIPAddress": "104.18.32.47",
        "startedDateTime":
            format!("2026-07-25T{:02}:{:02}:{:02}.{:03}Z", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60, chance.below(1000)),
        "time": chance.below(90_000) as f64 / 37.0,
        "timings": { "blocked": 2.51, "dns": -1, "ssl": -1, "connect": -1, "send": 0.21,
            "wait": chance.below(9_000) as f64 / 13.0, "receive": 1.62, "_blocked_queueing": 1.09 },
    })
}

fn pair(name: &str, value: impl Into<String>) -> Value {
    json!({ "name": name, "value": value.into() })
}

fn sent_headers(chance: &mut Chance, conversation: &str) -> Value {
    json!([
        pair(":authority", "chatgpt.com"),
        pair(":scheme", "https"),
        pair("accept", "text/event-stream"),
        pair("accept-encoding", "gzip, deflate, br, zstd"),
        pair("accept-language", "de-DE,de;q=0.9,en;q=0.8"),
        pair(
            "authorization",
            format!("Bearer eyJhbGciOiJSUzI1NiJ9.{}.{}", chance.base64(400), chance.base64(340))
                .replace(['+', '/'], "-")
        ),
        pair("content-type", "application/json"),
        pair("oai-device-id", chance.uuid()),
        pair("oai-language", "de-DE"),
        pair("origin", "https://chatgpt.com"),
        pair("referer", format!("https://chatgpt.com/c/{conversation}")),
        pair("sec-ch-ua", "\"Chromium\";v=\"156\", \"Not)A;Brand\";v=\"99\""),
        pair("sec-fetch-mode", "cors"),
        pair(
            "user-agent",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
        ),
    ])
}

fn got_headers(chance: &mut Chance, kind: &str) -> Value {
    json!([
        pair("alt-svc", "h3=\":443\"; ma=86400"),
        pair("cache-control", "no-store"),
        pair("cf-cache-status", "DYNAMIC"),
        pair("cf-ray", format!("{}-FRA", chance.hex(16))),
        pair("content-encoding", "br"),
        pair("content-type", format!("{kind}; charset=utf-8")),
        pair("date", "Sat, 25 Jul 2026 09:22:00 GMT"),
        pair("nel", "{\"success_fraction\":0.01,\"report_to\":\"cf-nel\",\"max_age\":604800}"),
        pair("referrer-policy", "strict-origin-when-cross-origin"),
        pair("server", "cloudflare"),
        pair("set-cookie", format!("__cf_bm={}; path=/; HttpOnly; Secure; SameSite=None", chance.base64(120))),
        pair("strict-transport-security", "max-age=31536000; includeSubDomains; preload"),
        pair("x-content-type-options", "nosniff"),
        pair("x-request-id", chance.uuid()),
        pair("vary", "Accept-Encoding"),
    ])
}

fn cookies(chance: &mut Chance) -> Value {
    let one = |name: &str, value: String| {
        json!({ "name": name, "value": value, "path": "/", "domain": ".chatgpt.com", "expires": "2027-07-25T09:22:00.000Z",
            "httpOnly": true, "secure": true, "sameSite": "Lax" })
    };
    json!([
        one("oai-did", chance.uuid()),
        one("__Host-next-auth.csrf-token", chance.hex(64)),
        one("_dd_s", "aid=1&rum=0".to_owned()),
        one("__Secure-next-auth.session-token.0", chance.base64(900)),
        one("cf_clearance", chance.base64(140)),
    ])
}

fn query(url: &str) -> Value {
    let (_, query) = url.split_once('?').unwrap_or_default();
    query.split('&').filter_map(|one| one.split_once('=')).map(|(name, value)| pair(name, value)).collect()
}

fn initiator(chance: &mut Chance) -> Value {
    let frame = |chance: &mut Chance| {
        json!({ "functionName": "fetch", "scriptId": "41", "url": format!("https://cdn.oaistatic.com/assets/{}.js", chance.hex(12)),
            "lineNumber": chance.below(90), "columnNumber": chance.below(99_999) })
    };
    json!({ "type": "script", "stack": { "callFrames": [frame(chance), frame(chance), frame(chance)] } })
}

/// An answer as it streams.
fn stream(chance: &mut Chance, conversation: &str) -> String {
    let mut text = String::from("event: delta_encoding\ndata: \"v1\"\n\n");
    for _ in 0..25 {
        let delta = json!({ "p": "/message/content/parts/0", "o": "append", "v": chance.words(30), "conversation_id": conversation });
        text.push_str(&format!("event: delta\ndata: {delta}\n\n"));
    }
    text + "data: [DONE]\n\n"
}

fn stored(chance: &mut Chance, conversation: &str) -> String {
    let message = |chance: &mut Chance| {
        json!({ "id": chance.uuid(), "parent": chance.uuid(), "message": { "author": { "role": "assistant" },
            "create_time": 1_795_684_082.274, "content": { "content_type": "text", "parts": [chance.words(900)] } } })
    };
    json!({ "title": chance.words(20), "conversation_id": conversation, "mapping": [message(chance), message(chance), message(chance)] })
        .to_string()
}

fn list(chance: &mut Chance) -> String {
    let items: Vec<Value> = (0..14)
        .map(|_| json!({ "id": chance.uuid(), "title": chance.words(20), "create_time": "2026-07-25T09:22:00.000000Z", "is_archived": false }))
        .collect();
    json!({ "items": items, "total": 1_400, "limit": 28, "offset": 0 }).to_string()
}

fn script(chance: &mut Chance) -> String {
    (0..60)
        .map(|_| {
            let (one, two) = (chance.hex(2), chance.hex(3));
            format!(
                "const a{one}=(e,t)=>{{let n=e.b{two}??t[{}];return n&&\"{}\"in n?n.c:void 0}};",
                chance.below(99),
                chance.words(9).trim().replace('"', "")
            )
        })
        .collect()
}
