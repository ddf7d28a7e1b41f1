//! Answers of the API that do not depend on what was asked.
//!
//! Owns their status, headers and body, as `canned` does for ChatGPT.

use crate::canned::{self, By, Canned, SERVICE};

/// What an answer of the API is unless it says otherwise.
const API: Canned = Canned { by: By::Api, headers: &[("access-control-allow-origin", "*")], ..SERVICE };

/// The API failed.
pub(crate) const API_ERROR: Canned = Canned {
    status: 500,
    body: r#"{"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}}"#,
    ..API
};

/// The API has more to do than it can.
pub(crate) const API_OVERLOAD: Canned = Canned {
    status: 503,
    body: r#"{"error":{"message":"The engine is currently overloaded, please try again later","type":"server_error","param":null,"code":null}}"#,
    ..API
};

/// The API account has no credit.
pub(crate) const NO_QUOTA: Canned = Canned {
    status: 429,
    body: r#"{"error":{"message":"You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
    ..API
};

/// The API account asks too fast.
pub(crate) const API_RATE: Canned = Canned {
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

/// So it does, and need not wait long.
pub(crate) const API_RATE_SOON: Canned = Canned {
    headers: &[("access-control-allow-origin", "*"), ("retry-after", "2")],
    body: r#"{"error":{"message":"Rate limit reached for gpt-5 in organization org-lab on requests per min (RPM): Limit 30, Used 30, Requested 1. Please try again in 2s.","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#,
    ..API_RATE
};

/// The API key is none.
pub(crate) const WRONG_KEY: Canned = Canned {
    status: 401,
    body: r#"{"error":{"message":"Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
    ..API
};

/// The API key belongs to another organisation than the request names.
pub(crate) const WRONG_ORGANISATION: Canned = Canned {
    status: 401,
    body: r#"{"error":{"message":"OpenAI-Organization header should match organization for API key","type":"invalid_request_error","param":null,"code":"mismatched_organization"}}"#,
    ..API
};

/// The API refuses this country.
pub(crate) const API_REGION: Canned = Canned { by: By::Api, headers: API.headers, ..canned::REGION };

/// The model is not there, or not for this plan.
pub(crate) const API_NO_MODEL: Canned = Canned {
    status: 404,
    body: r#"{"error":{"message":"The model `gpt-5` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
    ..API
};
