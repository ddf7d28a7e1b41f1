//! Fixed responses of ChatGPT's service and its edge, with status, headers and body as recorded in the field.
//!
//! `faults` decides when one is given.

/// One fixed response.
#[derive(Debug)]
pub(crate) struct Fixture {
    /// The HTTP status.
    pub status: u16,
    /// Whose headers the response has.
    pub by: Responder,
    /// The content type.
    pub kind: &'static str,
    /// Headers beside those of the responder.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: &'static str,
}

/// Whose headers a response has; `response` adds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Responder {
    /// ChatGPT's service, behind the edge: its request id is a UUID.
    Service,
    /// The API, behind the edge: its request id is req_ and 32 hex digits.
    Api,
    /// The edge alone, or what it found in place of the service: no request id.
    Edge,
}

/// Placeholder in a body for the request id.
pub(crate) const REQUEST_ID: &str = "{request id}";

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=UTF-8";

/// Defaults of a response of the service.
pub(crate) const SERVICE: Fixture =
    Fixture { status: 200, by: Responder::Service, kind: JSON, headers: &[], body: "{}" };
const EDGE: Fixture = Fixture {
    by: Responder::Edge,
    kind: HTML,
    headers: &[
        ("cache-control", "private, max-age=0, no-store, no-cache, must-revalidate, post-check=0, pre-check=0"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
    ],
    ..SERVICE
};

/// Cloudflare's error page for a failing origin.
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

/// The edge's minimal error page, in the style of nginx.
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

// ---- server errors ----

/// The service failed.
pub(crate) const SERVER_ERROR: Fixture =
    Fixture { status: 500, body: r#"{"detail":"Internal Server Error"}"#, ..SERVICE };

/// 502 of the edge: the service gave no valid response.
pub(crate) const BAD_GATEWAY: Fixture =
    Fixture { status: 502, kind: "text/html", headers: &[], body: bare_page!("502 Bad Gateway", ""), ..EDGE };

/// 502 of the Envoy proxy behind the edge, passed on with the edge's headers.
pub(crate) const ENVOY_502: Fixture = Fixture {
    status: 502,
    kind: "text/plain",
    headers: &[],
    body: "upstream connect error or disconnect/reset before headers. reset reason: protocol error",
    ..EDGE
};

/// Cloudflare 520: unknown error of the origin.
pub(crate) const EDGE_520: Fixture =
    Fixture { status: 520, body: edge_page!("520: Web server is returning an unknown error"), ..EDGE };

/// Cloudflare 521: the origin refused the connection.
pub(crate) const EDGE_521: Fixture = Fixture { status: 521, body: edge_page!("521: Web server is down"), ..EDGE };

/// Cloudflare 522: connecting to the origin timed out.
pub(crate) const EDGE_522: Fixture = Fixture { status: 522, body: edge_page!("522: Connection timed out"), ..EDGE };

/// Cloudflare 523: the origin is unreachable.
pub(crate) const EDGE_523: Fixture = Fixture { status: 523, body: edge_page!("523: Origin is unreachable"), ..EDGE };

/// 504: the service timed out waiting for a backend.
pub(crate) const EDGE_504: Fixture = Fixture { status: 504, body: edge_page!("504: Gateway time-out"), ..EDGE };

/// Cloudflare 524: the origin accepted the request and did not respond in time.
pub(crate) const EDGE_524: Fixture = Fixture { status: 524, body: edge_page!("524: A timeout occurred"), ..EDGE };

/// 503: the service is overloaded.
pub(crate) const OVERLOAD: Fixture = Fixture {
    status: 503,
    body: r#"{"detail":"We're experiencing exceptionally high demand. Please hang tight as we work on scaling our systems."}"#,
    ..SERVICE
};

/// 503 of the edge of auth.openai.com: no service available.
pub(crate) const SIGN_IN_UNAVAILABLE: Fixture = Fixture {
    status: 503,
    kind: JSON,
    headers: &[],
    body: r#"{"error":{"code":503,"message":"Service Unavailable.","param":null,"type":"cf_service_unavailable"}}"#,
    ..EDGE
};

/// 503: a circuit breaker of the service is open.
pub(crate) const CIRCUIT_OPEN: Fixture = Fixture {
    status: 503,
    body: r#"{"detail":{"message":"Service Unavailable","code":"biscuit_baker_service_me_circuit_open"}}"#,
    ..SERVICE
};

/// 503: maintenance.
pub(crate) const MAINTENANCE: Fixture = Fixture { status: 503, body: r#"{"detail":"Service Unavailable"}"#, ..SERVICE };

/// 429 during an outage, without a limit having been reached.
pub(crate) const OUTAGE_429: Fixture = Fixture { status: 429, body: r#"{"detail":"Too Many Requests"}"#, ..SERVICE };

/// 404 during an outage, or for a path that does not exist.
pub(crate) const OUTAGE_404: Fixture = Fixture { status: 404, body: r#"{"detail":"Not Found"}"#, ..SERVICE };

// ---- limits ----

/// Usage limit of the plan, reset in three hours.
pub(crate) const PLAN_LIMIT: Fixture = Fixture {
    status: 429,
    headers: &[("retry-after", "10800")],
    body: r#"{"detail":{"message":"You've hit your limit. Please try again in 3 hours.","code":"usage_limit_reached","resets_in_seconds":10800}}"#,
    ..SERVICE
};

/// Rate limit of messages.
pub(crate) const TOO_MANY: Fixture = Fixture {
    status: 429,
    headers: &[("retry-after", "60")],
    body: r#"{"detail":"Too many requests in 1 hour. Try again later."}"#,
    ..SERVICE
};

/// [`TOO_MANY`] with status 400.
pub(crate) const TOO_MANY_400: Fixture = Fixture { status: 400, headers: &[], ..TOO_MANY };

/// Rate limit of all requests; the page shows it as a modal dialog.
pub(crate) const TOO_MANY_DIALOG: Fixture = Fixture {
    status: 429,
    body: r#"{"detail":{"message":"Too many requests. You're making requests too quickly. We've temporarily limited access to your conversations to protect our data. Please wait a few minutes before trying again.","code":"too_many_requests"}}"#,
    ..SERVICE
};

/// Another answer is still being streamed.
pub(crate) const ONE_AT_A_TIME: Fixture = Fixture {
    status: 429,
    body: r#"{"detail":"Only one message at a time. Please allow any other responses to complete before sending another message, or wait one minute."}"#,
    ..SERVICE
};

/// Rate limit of reading conversations.
pub(crate) const HISTORY_LIMIT: Fixture = Fixture { status: 429, body: r#"{"detail":"Too many requests"}"#, ..SERVICE };

// ---- session ----

/// The access token has expired.
pub(crate) const TOKEN_EXPIRED: Fixture = Fixture {
    status: 401,
    body: r#"{"detail":{"message":"Your authentication token has expired. Please try signing in again.","code":"token_expired"}}"#,
    ..SERVICE
};

/// The access token was revoked.
pub(crate) const TOKEN_REVOKED: Fixture = Fixture {
    status: 401,
    body: r#"{"detail":{"message":"Encountered invalidated oauth token for user, failing request","code":"token_revoked"}}"#,
    ..SERVICE
};

/// The refresh token was revoked.
pub(crate) const REFRESH_REVOKED: Fixture = Fixture {
    status: 401,
    body: r#"{"error":{"message":"Your session has ended. Please log in again.","type":"invalid_request_error","param":null,"code":"refresh_token_invalidated"}}"#,
    ..SERVICE
};

/// The resume token is not accepted. Source: KobaProduction/chatgpt-booster, runtime contracts of 2026-10.
pub(crate) const RESUME_UNAVAILABLE: Fixture = Fixture {
    status: 404,
    body: r#"{"detail":{"message":"A network error occurred. Please check your connection and try again.","code":"tokenless_resume_unavailable"}}"#,
    ..SERVICE
};

/// The answer is complete and part of the conversation. Source: as [`RESUME_UNAVAILABLE`].
pub(crate) const RESUME_COMPLETE: Fixture = Fixture {
    status: 410,
    body: r#"{"detail":{"message":"The response is complete. Reload the conversation to see it.","code":"persisted_final_available"}}"#,
    ..SERVICE
};

/// Nobody is signed in.
pub(crate) const UNAUTHORIZED: Fixture = Fixture { status: 401, body: r#"{"detail":"Unauthorized"}"#, ..SERVICE };

/// The session endpoint without a session: 200 and an empty object.
pub(crate) const NO_SESSION: Fixture = SERVICE;

// ---- network and region ----

/// 403 of Cloudflare: a challenge is required.
pub(crate) const CHALLENGE: Fixture = Fixture {
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

/// The challenge as a document: a browser that runs its script passes.
pub(crate) const CHALLENGE_PAGE: Fixture = Fixture {
    body: "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title>\
           <meta name=\"robots\" content=\"noindex,nofollow\"></head><body><div class=\"main-wrapper\" role=\"main\">\
           <noscript>Enable JavaScript and cookies to continue</noscript></div><script>\
           fetch('/cdn-cgi/challenge-platform/lab', { method: 'POST' }).then(() => location.reload());\
           </script></body></html>",
    ..CHALLENGE
};

/// 403 of Cloudflare: the client's IP address is blocked.
pub(crate) const IP_BLOCKED: Fixture = Fixture {
    status: 403,
    body: "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>Attention Required! | Cloudflare</title></head>\n\
           <body><h1>Unable to load site</h1><p>Please try again later; if you are using a VPN, try turning it off. \
           Check the status page for information on outages.</p><p>[IP: 203.0.113.7 | Ray ID: 909c9f2b980f034a]</p>\
           </body></html>\n",
    ..EDGE
};

/// 403 of the service: the country is not supported.
pub(crate) const REGION_UNSUPPORTED: Fixture = Fixture {
    status: 403,
    body: r#"{"error":{"message":"Country, region, or territory not supported","type":"request_forbidden","param":null,"code":"unsupported_country_region_territory"}}"#,
    ..SERVICE
};

/// `/cdn-cgi/trace` for a client in an unsupported country.
pub(crate) const TRACE_UNSUPPORTED_REGION: Fixture = Fixture {
    kind: "text/plain",
    headers: &[],
    body: "fl=1f1\nh=chatgpt.com\nip=203.0.113.7\nts=1790000000.000\nvisit_scheme=https\ncolo=HKG\nsliver=none\n\
           http=http/2\nloc=HK\ntls=TLSv1.3\nsni=plaintext\nwarp=off\ngateway=off\nrbi=off\nkex=X25519\n",
    ..EDGE
};

/// 403 of the service without a reason.
pub(crate) const FORBIDDEN: Fixture = Fixture { status: 403, body: r#"{"detail":"Forbidden"}"#, ..SERVICE };

// ---- the request ----

/// The conversation does not exist or belongs to another account.
pub(crate) const NO_CONVERSATION: Fixture = Fixture {
    status: 404,
    body: r#"{"detail":{"message":"Conversation not found","code":"conversation_not_found"}}"#,
    ..SERVICE
};

/// The model does not exist or is not part of the plan.
pub(crate) const NO_MODEL: Fixture = Fixture {
    status: 404,
    body: r#"{"detail":{"message":"The model `gpt-5` does not exist or you do not have access to it.","code":"model_not_found"}}"#,
    ..SERVICE
};

/// The message is too long.
pub(crate) const TOO_LONG: Fixture = Fixture {
    status: 413,
    body: r#"{"detail":{"message":"The message you submitted was too long, please reload the conversation and submit something shorter.","code":"message_length_exceeds_limit"}}"#,
    ..SERVICE
};

/// 400: the request is invalid.
pub(crate) const BAD_REQUEST: Fixture = Fixture {
    status: 400,
    body: r#"{"detail":{"message":"Invalid parent_message_id","code":"invalid_request"}}"#,
    ..SERVICE
};

/// 422: a field is missing or has the wrong type.
pub(crate) const UNPROCESSABLE: Fixture = Fixture {
    status: 422,
    body: r#"{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required","input":null}]}"#,
    ..SERVICE
};

// ---- the browser ----

/// 431 of the edge: the cookies are too large.
pub(crate) const HEADERS_TOO_LARGE: Fixture = Fixture {
    status: 431,
    kind: "text/html",
    headers: &[],
    body: bare_page!("431 Request Header Fields Too Large", "<center>Request Header Or Cookie Too Large</center>\r\n"),
    ..EDGE
};

/// [`HEADERS_TOO_LARGE`] with nginx's status 400.
pub(crate) const COOKIES_TOO_LARGE: Fixture = Fixture {
    status: 400,
    kind: "text/html",
    headers: &[],
    body: bare_page!("400 Bad Request", "<center>Request Header Or Cookie Too Large</center>\r\n"),
    ..EDGE
};

/// 403 of the service: suspected abuse, also seen where the client's clock is days off.
pub(crate) const UNUSUAL_ACTIVITY: Fixture = Fixture {
    status: 403,
    body: r#"{"detail":"Unusual activity has been detected from your device. Try again later. ({request id})"}"#,
    ..SERVICE
};

/// 404 of a static file that the last deploy removed.
pub(crate) const NO_ASSET: Fixture = Fixture {
    status: 404,
    headers: &[("cache-control", "no-store")],
    body: "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>\n",
    ..EDGE
};
