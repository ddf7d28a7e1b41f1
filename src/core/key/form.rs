//! The fields of the form besides the key, and the requests made from them.

use super::BASE;
use crate::core::{
    json::{Json, Value, tagged},
    named::named,
};

/// The form's fields without the key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// An organisation's id, or empty.
    pub organisation: String,
    /// A project's id, or empty.
    pub project: String,
    /// A model's name, or empty.
    pub model: String,
    /// The base URL of the API.
    pub base: String,
    /// Whether to send one message too, which costs a little.
    pub message: bool,
}

named! {
    /// An error in the form.
    pub enum FormError {
        /// Another base URL than the API's own.
        Base = "base",
        /// Not the format of an organisation's id.
        Organisation = "organisation",
        /// Not the format of a project's id.
        Project = "project",
        /// Not the format of a model's name.
        Model = "model",
        /// A message is to be sent, but no model is given.
        NoModel = "no-model",
    }
}

/// One request to the API.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The URL path.
    pub path: String,
    /// The body, as data.
    pub body: Option<Value>,
}

/// Longest id or name, in bytes.
const LONGEST: usize = 100;
/// The minimum of `max_output_tokens` (OpenAI, API reference, Responses).
const TOKENS: i64 = 16;

impl Fields {
    /// The first error, if any.
    pub fn wrong(&self) -> Option<FormError> {
        let is_id = |id: &str, start: &str| {
            id.is_empty() || (id.len() <= LONGEST && id.strip_prefix(start).is_some_and(|rest| is_name(rest, "-_")))
        };
        let base = self.base.trim_end_matches('/');
        let base = base.strip_suffix("/v1").unwrap_or(base);
        if base != BASE {
            Some(FormError::Base)
        } else if !is_id(&self.organisation, "org-") {
            Some(FormError::Organisation)
        } else if !is_id(&self.project, "proj_") {
            Some(FormError::Project)
        } else if !self.model.is_empty() && (self.model.len() > LONGEST || !is_name(&self.model, "-_.:")) {
            Some(FormError::Model)
        } else if self.message && self.model.is_empty() {
            Some(FormError::NoModel)
        } else {
            None
        }
    }
}

fn is_name(text: &str, also: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || also.as_bytes().contains(&byte))
}

/// The requests, in order, to be sent until one fails.
///
/// # Errors
/// The first error in the form.
pub fn requests(fields: &Fields) -> Result<Vec<Request>, FormError> {
    if let Some(wrong) = fields.wrong() {
        return Err(wrong);
    }
    let get = |path: String| Request { method: "GET", path, body: None };
    let mut requests = vec![get("/v1/models".to_owned())];
    if !fields.model.is_empty() {
        requests.push(get(format!("/v1/models/{}", fields.model)));
    }
    if fields.message {
        let body = tagged("model", Value::String(fields.model.clone()))
            .with("input", Value::String("Hi".to_owned()))
            .with("max_output_tokens", Value::from(TOKENS))
            .with("store", Value::Bool(false));
        requests.push(Request { method: "POST", path: "/v1/responses".to_owned(), body: Some(body) });
    }
    Ok(requests)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn fields() -> Fields {
        Fields { base: BASE.to_owned(), ..Fields::default() }
    }

    #[test]
    fn a_key_goes_nowhere_else() {
        for base in ["https://api.openai.com", "https://api.openai.com/", "https://api.openai.com/v1"] {
            assert_eq!(Fields { base: base.into(), ..fields() }.wrong(), None, "{base}");
        }
        for base in
            ["", "http://api.openai.com", "https://api.openai.com.evil.example", "https://api.openai.com@evil.example"]
        {
            assert_eq!(Fields { base: base.into(), ..fields() }.wrong(), Some(FormError::Base), "{base}");
        }
    }

    #[test]
    fn a_message_is_asked_for_and_names_its_model() {
        let paths = |fields: &Fields| -> Vec<String> {
            requests(fields)
                .unwrap()
                .into_iter()
                .map(|request| format!("{} {}", request.method, request.path))
                .collect()
        };
        assert_eq!(paths(&fields()), ["GET /v1/models"]);
        let named = Fields { model: "ft:gpt-5:lab::7".into(), ..fields() };
        assert_eq!(paths(&named), ["GET /v1/models", "GET /v1/models/ft:gpt-5:lab::7"]);
        assert_eq!(paths(&Fields { message: true, ..named }).last().unwrap(), "POST /v1/responses");
        assert_eq!(requests(&Fields { message: true, ..fields() }), Err(FormError::NoModel));
        assert_eq!(Fields { model: "../organization".into(), ..fields() }.wrong(), Some(FormError::Model));
        assert_eq!(Fields { organisation: "lab".into(), ..fields() }.wrong(), Some(FormError::Organisation));
        assert_eq!(Fields { organisation: "org-a\r\nx: y".into(), ..fields() }.wrong(), Some(FormError::Organisation));
        assert_eq!(Fields { project: "org-lab".into(), ..fields() }.wrong(), Some(FormError::Project));
    }
}
