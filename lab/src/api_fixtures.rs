//! Fixed responses of the OpenAI API; `fixtures` has those of ChatGPT.

use crate::fixtures::{self, Fixture, Responder, SERVICE};

/// Defaults of a response of the API.
const API: Fixture = Fixture { by: Responder::Api, headers: &[("access-control-allow-origin", "*")], ..SERVICE };

/// 500.
pub(crate) const API_ERROR: Fixture = Fixture {
    status: 500,
    body: r#"{"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}}"#,
    ..API
};

/// 503: overloaded.
pub(crate) const API_OVERLOAD: Fixture = Fixture {
    status: 503,
    body: r#"{"error":{"message":"The engine is currently overloaded, please try again later","type":"server_error","param":null,"code":null}}"#,
    ..API
};

/// 429: the account has no credit.
pub(crate) const NO_QUOTA: Fixture = Fixture {
    status: 429,
    body: r#"{"error":{"message":"You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
    ..API
};

/// 429: rate limit, retry after 20 seconds.
pub(crate) const API_RATE: Fixture = Fixture {
    status: 429,
    headers: &[
        ("access-control-allow-origin", "*"),
        ("retry-after", "20"),
        ("x-ratelimit-limit-requests", "3"),
        ("x-ratelimit-remaining-requests", "0"),
        ("x-ratelimit-reset-requests", "20s"),
    ],
    body: r#"{"error":{"message":"Rate limit reached for gpt-5 in organization org-lab on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#,
    ..API
};

/// 429: rate limit, retry after 2 seconds.
pub(crate) const API_RATE_SOON: Fixture = Fixture {
    headers: &[("access-control-allow-origin", "*"), ("retry-after", "2")],
    body: r#"{"error":{"message":"Rate limit reached for gpt-5 in organization org-lab on requests per min (RPM): Limit 30, Used 30, Requested 1. Please try again in 2s.","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#,
    ..API_RATE
};

/// 401: the API key is invalid.
pub(crate) const WRONG_KEY: Fixture = Fixture {
    status: 401,
    body: r#"{"error":{"message":"Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
    ..API
};

/// 401: the API key belongs to another organisation than the request names.
pub(crate) const WRONG_ORGANISATION: Fixture = Fixture {
    status: 401,
    body: r#"{"error":{"message":"OpenAI-Organization header should match organization for API key","type":"invalid_request_error","param":null,"code":"mismatched_organization"}}"#,
    ..API
};

/// 403: the country is not supported.
pub(crate) const API_REGION: Fixture =
    Fixture { by: Responder::Api, headers: API.headers, ..fixtures::REGION_UNSUPPORTED };

/// 404: the model does not exist or is not part of the plan.
pub(crate) const API_NO_MODEL: Fixture = Fixture {
    status: 404,
    body: r#"{"error":{"message":"The model `gpt-5` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
    ..API
};
