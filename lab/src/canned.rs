//! Answers that do not depend on what was asked: the ones faults give.
//!
//! Owns their status, headers and body, as seen in the field, and who signs them. Never decides when one is given: that
//! is the table's part.

/// One fixed answer.
#[derive(Debug)]
pub(crate) struct Canned {
    /// The HTTP status.
    pub status: u16,
    /// Who seems to have given it.
    pub by: By,
    /// The content type.
    pub kind: &'static str,
    /// Headers beside those of the one who signs.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: &'static str,
}

/// Who signs an answer; `reply` knows with which headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// ChatGPT's service, behind the edge: its request id is a UUID.
    Service,
    /// The API, behind the edge: its request id is req_ and 32 hex digits.
    Api,
    /// The edge alone, or what it found in place of the service: no request id.
    Edge,
}

/// Stands in a body for the id of the request.
pub(crate) const ID: &str = "{request id}";

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=UTF-8";

/// What an answer of the service is unless it says otherwise.
pub(crate) const SERVICE: Canned = Canned { status: 200, by: By::Service, kind: JSON, headers: &[], body: "{}" };
const EDGE: Canned = Canned {
    by: By::Edge,
    kind: HTML,
    headers: &[
        ("cache-control", "private, max-age=0, no-store, no-cache, must-revalidate, post-check=0, pre-check=0"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
    ],
    ..SERVICE
};

/// The edge's page about an origin that failed it.
macro_rules! edge_page {
    ($title:literal) => {
        concat!(
            "<!DOCTYPE html>\n<html class=\"no-js\" lang=\"en-US\">\n<head><title>chatgpt.com | ",
            $title,
            "</title>\n<meta name=\"robots\" content=\"noindex, nofollow\" /></head>\n<body>\n<div id=\"cf-wrapper\">",
            "<div id=\"cf-error-details\" class=\"p-0\"><header><h1>",
            $title,
            "</h1></header><span>You</span> <span>Browser</span> Working <span>Frankfurt</span> <span>Cloudflare</span> ",
            "Working <span>chatgpt.com</span> <span>Host</span> Error</div></div>\n</body>\n</html>\n",
        )
    };
}

/// The edge's page of few words.
macro_rules! bare_page {
    ($title:literal, $more:literal) => {
        concat!(
            "<html>\r\n<head><title>",
            $title,
            "</title></head>\r\n<body>\r\n<center><h1>",
            $title,
            "</h1></center>\r\n",
            $more,
            "<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n"
        )
    };
}

// ---- them ----

/// The service failed.
pub(crate) const SERVER_ERROR: Canned =
    Canned { status: 500, body: r#"{"detail":"Internal Server Error"}"#, ..SERVICE };

/// The edge had no good answer from behind, and says so in the fewest words.
pub(crate) const BAD_GATEWAY: Canned =
    Canned { status: 502, kind: "text/html", headers: &[], body: bare_page!("502 Bad Gateway", ""), ..EDGE };

/// The proxy behind the edge had none; the edge passes its words on under its own name.
pub(crate) const ENVOY: Canned = Canned {
    status: 502,
    kind: "text/plain",
    headers: &[],
    body: "upstream connect error or disconnect/reset before headers. reset reason: protocol error",
    ..EDGE
};

/// 520.
pub(crate) const EDGE_520: Canned =
    Canned { status: 520, body: edge_page!("520: Web server is returning an unknown error"), ..EDGE };

/// 521.
pub(crate) const EDGE_521: Canned = Canned { status: 521, body: edge_page!("521: Web server is down"), ..EDGE };

/// 522.
pub(crate) const EDGE_522: Canned = Canned { status: 522, body: edge_page!("522: Connection timed out"), ..EDGE };

/// 523.
pub(crate) const EDGE_523: Canned = Canned { status: 523, body: edge_page!("523: Origin is unreachable"), ..EDGE };

/// The service waited in vain for a part of itself.
pub(crate) const EDGE_504: Canned = Canned { status: 504, body: edge_page!("504: Gateway time-out"), ..EDGE };

/// The edge waited in vain.
pub(crate) const EDGE_524: Canned = Canned { status: 524, body: edge_page!("524: A timeout occurred"), ..EDGE };

/// The service has more to do than it can.
pub(crate) const OVERLOAD: Canned = Canned {
    status: 503,
    body: r#"{"detail":"We're experiencing exceptionally high demand. Please hang tight as we work on scaling our systems."}"#,
    ..SERVICE
};

/// The edge of the sign-in has no service behind it.
pub(crate) const SIGN_IN_UNAVAILABLE: Canned = Canned {
    status: 503,
    kind: JSON,
    headers: &[],
    body: r#"{"error":{"code":503,"message":"Service Unavailable.","param":null,"type":"cf_service_unavailable"}}"#,
    ..EDGE
};

/// The service spares a part of itself that fails.
pub(crate) const CIRCUIT_OPEN: Canned = Canned {
    status: 503,
    body: r#"{"detail":{"message":"Service Unavailable","code":"biscuit_baker_service_me_circuit_open"}}"#,
    ..SERVICE
};

/// The service is being worked on.
pub(crate) const MAINTENANCE: Canned = Canned { status: 503, body: r#"{"detail":"Service Unavailable"}"#, ..SERVICE };

/// An outage that looks like too many requests.
pub(crate) const BUSY: Canned = Canned { status: 429, body: r#"{"detail":"Too Many Requests"}"#, ..SERVICE };

/// An outage that looks like a wrong path.
pub(crate) const LOST: Canned = Canned { status: 404, body: r#"{"detail":"Not Found"}"#, ..SERVICE };

// ---- limits ----

/// The plan's window is used up for three hours.
pub(crate) const PLAN_LIMIT: Canned = Canned {
    status: 429,
    headers: &[("retry-after", "10800")],
    body: r#"{"detail":{"message":"You've hit your limit. Please try again in 3 hours.","code":"usage_limit_reached","resets_in_seconds":10800}}"#,
    ..SERVICE
};

/// Too many messages in a short time.
pub(crate) const TOO_MANY: Canned = Canned {
    status: 429,
    headers: &[("retry-after", "60")],
    body: r#"{"detail":"Too many requests in 1 hour. Try again later."}"#,
    ..SERVICE
};

/// The same, by another status.
pub(crate) const TOO_MANY_400: Canned = Canned { status: 400, headers: &[], ..TOO_MANY };

/// Too many requests altogether: the page puts this before everything.
pub(crate) const TOO_FAST: Canned = Canned {
    status: 429,
    body: r#"{"detail":{"message":"Too many requests. You're making requests too quickly. We've temporarily limited access to your conversations to protect our data. Please wait a few minutes before trying again.","code":"too_many_requests"}}"#,
    ..SERVICE
};

/// Another answer is still on its way.
pub(crate) const ONE_AT_A_TIME: Canned = Canned {
    status: 429,
    body: r#"{"detail":"Only one message at a time. Please allow any other responses to complete before sending another message, or wait one minute."}"#,
    ..SERVICE
};

/// The conversations were read too often.
pub(crate) const HISTORY_LIMIT: Canned = Canned { status: 429, body: r#"{"detail":"Too many requests"}"#, ..SERVICE };

// ---- the session, the key ----

/// The access token is too old.
pub(crate) const TOKEN_EXPIRED: Canned = Canned {
    status: 401,
    body: r#"{"detail":{"message":"Your authentication token has expired. Please try signing in again.","code":"token_expired"}}"#,
    ..SERVICE
};

/// The access token was taken back.
pub(crate) const TOKEN_REVOKED: Canned = Canned {
    status: 401,
    body: r#"{"detail":{"message":"Encountered invalidated oauth token for user, failing request","code":"token_revoked"}}"#,
    ..SERVICE
};

/// The refresh token was taken back as well.
pub(crate) const REFRESH_REVOKED: Canned = Canned {
    status: 401,
    body: r#"{"error":{"message":"Your session has ended. Please log in again.","type":"invalid_request_error","param":null,"code":"refresh_token_invalidated"}}"#,
    ..SERVICE
};

/// The rest of an answer cannot be had by its token. Source: KobaProduction/chatgpt-booster, runtime contracts of 2026-10.
pub(crate) const NO_RESUME: Canned = Canned {
    status: 404,
    body: r#"{"detail":{"message":"A network error occurred. Please check your connection and try again.","code":"tokenless_resume_unavailable"}}"#,
    ..SERVICE
};

/// The answer is whole already, and the conversation has it. Source: the same.
pub(crate) const RESUME_OVER: Canned = Canned {
    status: 410,
    body: r#"{"detail":{"message":"The response is complete. Reload the conversation to see it.","code":"persisted_final_available"}}"#,
    ..SERVICE
};

/// Nobody is signed in.
pub(crate) const UNAUTHORIZED: Canned = Canned { status: 401, body: r#"{"detail":"Unauthorized"}"#, ..SERVICE };

/// What the session endpoint says once the session is gone: fine, and nothing.
pub(crate) const NO_SESSION: Canned = SERVICE;

// ---- the network ----

/// The edge wants to see a browser at work first.
pub(crate) const CHALLENGE: Canned = Canned {
    status: 403,
    headers: &[
        ("cf-mitigated", "challenge"),
        ("cache-control", "private, max-age=0, no-store, no-cache, must-revalidate, post-check=0, pre-check=0"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
    ],
    body: "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title>\
           <meta name=\"robots\" content=\"noindex,nofollow\"></head><body><div class=\"main-wrapper\" role=\"main\">\
           <noscript>Enable JavaScript and cookies to continue</noscript></div></body></html>",
    ..EDGE
};

/// The same for the document itself: a browser that runs scripts passes.
pub(crate) const CHECK: Canned = Canned {
    body: "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title>\
           <meta name=\"robots\" content=\"noindex,nofollow\"></head><body><div class=\"main-wrapper\" role=\"main\">\
           <noscript>Enable JavaScript and cookies to continue</noscript></div><script>\
           fetch('/cdn-cgi/challenge-platform/lab', { method: 'POST' }).then(() => location.reload());\
           </script></body></html>",
    ..CHALLENGE
};

/// The edge refuses this address.
pub(crate) const BLOCK: Canned = Canned {
    status: 403,
    body: "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>Attention Required! | Cloudflare</title></head>\n\
           <body><h1>Unable to load site</h1><p>Please try again later; if you are using a VPN, try turning it off. \
           Check the status page for information on outages.</p><p>[IP: 203.0.113.7 | Ray ID: 909c9f2b980f034a]</p>\
           </body></html>\n",
    ..EDGE
};

/// The service refuses this country.
pub(crate) const REGION: Canned = Canned {
    status: 403,
    body: r#"{"error":{"message":"Country, region, or territory not supported","type":"request_forbidden","param":null,"code":"unsupported_country_region_territory"}}"#,
    ..SERVICE
};

/// What the edge knows of one who asks from such a country.
pub(crate) const TRACE_ELSEWHERE: Canned = Canned {
    kind: "text/plain",
    headers: &[],
    body: "fl=1f1\nh=chatgpt.com\nip=203.0.113.7\nts=1790000000.000\nvisit_scheme=https\ncolo=HKG\nsliver=none\n\
           http=http/2\nloc=HK\ntls=TLSv1.3\nsni=plaintext\nwarp=off\ngateway=off\nrbi=off\nkex=X25519\n",
    ..EDGE
};

/// The service refuses, and does not say why.
pub(crate) const FORBIDDEN: Canned = Canned { status: 403, body: r#"{"detail":"Forbidden"}"#, ..SERVICE };

// ---- the request ----

/// The conversation is not there, or not this person's.
pub(crate) const NO_CONVERSATION: Canned = Canned {
    status: 404,
    body: r#"{"detail":{"message":"Conversation not found","code":"conversation_not_found"}}"#,
    ..SERVICE
};

/// The model is not there, or not for this plan.
pub(crate) const NO_MODEL: Canned = Canned {
    status: 404,
    body: r#"{"detail":{"message":"The model `gpt-5` does not exist or you do not have access to it.","code":"model_not_found"}}"#,
    ..SERVICE
};

/// The message is too long.
pub(crate) const TOO_LONG: Canned = Canned {
    status: 413,
    body: r#"{"detail":{"message":"The message you submitted was too long, please reload the conversation and submit something shorter.","code":"message_length_exceeds_limit"}}"#,
    ..SERVICE
};

/// The service makes no sense of the request.
pub(crate) const BAD_REQUEST: Canned = Canned {
    status: 400,
    body: r#"{"detail":{"message":"Invalid parent_message_id","code":"invalid_request"}}"#,
    ..SERVICE
};

/// Fields are missing or of the wrong kind.
pub(crate) const UNPROCESSABLE: Canned = Canned {
    status: 422,
    body: r#"{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required","input":null}]}"#,
    ..SERVICE
};

// ---- the browser ----

/// The edge finds the cookies too large, by the status made for it.
pub(crate) const HEADERS_TOO_LARGE: Canned = Canned {
    status: 431,
    kind: "text/html",
    headers: &[],
    body: bare_page!("431 Request Header Fields Too Large", "<center>Request Header Or Cookie Too Large</center>\r\n"),
    ..EDGE
};

/// The same, by the status that nginx gives.
pub(crate) const COOKIES_TOO_LARGE: Canned = Canned {
    status: 400,
    kind: "text/html",
    headers: &[],
    body: bare_page!("400 Bad Request", "<center>Request Header Or Cookie Too Large</center>\r\n"),
    ..EDGE
};

/// What the service says to a client that seems broken, say one whose clock is days away.
pub(crate) const UNUSUAL: Canned = Canned {
    status: 403,
    body: r#"{"detail":"Unusual activity has been detected from your device. Try again later. ({request id})"}"#,
    ..SERVICE
};

/// A chunk that was deployed away.
pub(crate) const NO_ASSET: Canned = Canned {
    status: 404,
    headers: &[("cache-control", "no-store")],
    body: "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>\n",
    ..EDGE
};
