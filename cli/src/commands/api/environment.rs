//! The variables that OpenAI's packages and their HTTP clients read.
//!
//! Sources: openai-python and openai-node, README ("Configuration", "Azure OpenAI"); requests and httpx, "Environment
//! variables"; Node, `NODE_EXTRA_CA_CERTS`; OpenSSL, `SSL_CERT_FILE`.

use std::{collections::BTreeMap, fs, io};

use super::check::Check;

/// All that are read.
const NAMES: &[&str] = &[
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "OPENAI_API_BASE",
    "OPENAI_ORG_ID",
    "OPENAI_ORGANIZATION",
    "OPENAI_PROJECT_ID",
    "AZURE_OPENAI_API_KEY",
    "AZURE_OPENAI_ENDPOINT",
    "OPENAI_API_VERSION",
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
];
/// Largest `.env`, in bytes.
const LARGEST: u64 = 1 << 20;

/// Why a `.env` could not be read.
#[derive(Debug, thiserror::Error)]
pub enum EnvFileError {
    /// It cannot be opened.
    #[error("{0} cannot be read: {1}")]
    Read(String, io::Error),
    /// It is far larger than any.
    #[error("{0} is larger than 1 MB, so it is no .env file")]
    Large(String),
    /// A line is none of `NAME=value`. The line may hold a secret and is not repeated.
    #[error("{0} is no .env file: a line is not NAME=value, or a quote is not closed")]
    Line(String),
}

/// The variables that are set, those of a `.env` where the environment lacks them.
#[derive(Debug, Default)]
pub struct Variables {
    values: BTreeMap<&'static str, String>,
    /// Those with another value in the `.env`.
    hidden: Vec<&'static str>,
}

impl Variables {
    /// Reads both.
    ///
    /// # Errors
    /// The `.env` cannot be read.
    pub fn read(env_file: Option<&str>) -> Result<Variables, EnvFileError> {
        let value = |name: &&'static str| Some((*name, std::env::var(name).ok()?));
        let mut variables = Variables { values: NAMES.iter().filter_map(value).collect(), hidden: Vec::new() };
        if let Some(path) = env_file {
            variables.add_file(path)?;
        }
        Ok(variables)
    }

    /// The environment wins, as for python-dotenv and Node's `--env-file`.
    fn add_file(&mut self, path: &str) -> Result<(), EnvFileError> {
        let size = fs::metadata(path).map_err(|error| EnvFileError::Read(path.to_owned(), error))?.len();
        if size > LARGEST {
            return Err(EnvFileError::Large(path.to_owned()));
        }
        let lines = dotenvy::from_path_iter(path).map_err(|_| EnvFileError::Line(path.to_owned()))?;
        for line in lines {
            let (name, value) = line.map_err(|_| EnvFileError::Line(path.to_owned()))?;
            let Some(name) = NAMES.iter().find(|known| **known == name) else { continue };
            if *self.values.entry(name).or_insert_with(|| value.clone()) != value {
                self.hidden.push(name);
            }
        }
        Ok(())
    }

    #[cfg(test)]
    pub fn of(values: &[(&'static str, &str)]) -> Variables {
        Variables { values: values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(), hidden: vec![] }
    }

    /// The value of a variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    /// The first of these that is set, with its name.
    pub fn first(&self, names: &[&'static str]) -> Option<(&'static str, &str)> {
        names.iter().find_map(|name| Some((*name, self.get(name)?)))
    }

    /// Whether the program calls Azure.
    pub fn of_azure(&self) -> bool {
        self.get("AZURE_OPENAI_ENDPOINT").is_some() && self.get("OPENAI_BASE_URL").is_none()
    }

    /// The key that the program uses, with the name of its variable.
    pub fn key(&self) -> Option<(&'static str, &str)> {
        let names: &[_] = if self.of_azure() { &["AZURE_OPENAI_API_KEY"] } else { &["OPENAI_API_KEY"] };
        self.first(names)
    }

    /// What is said of the variables as such.
    pub fn checks(&self) -> Vec<Check> {
        let mut checks = Vec::new();
        let set: Vec<&str> = NAMES.iter().copied().filter(|name| self.get(name).is_some()).collect();
        if !set.is_empty() {
            checks.push(Check::good("environment", format!("Set are {}.", set.join(", "))));
        }
        for name in &self.hidden {
            checks.push(Check::doubtful(
                "environment",
                format!("{name} has one value in the environment and another in the file."),
                "Most programs use the environment's; unset it there, or make both the same.",
            ));
        }
        if let (Some(new), Some(old)) = (self.get("OPENAI_BASE_URL"), self.get("OPENAI_API_BASE"))
            && new != old
        {
            checks.push(Check::doubtful(
                "environment",
                "OPENAI_BASE_URL and the older OPENAI_API_BASE have different values.",
                "Current packages read OPENAI_BASE_URL, older ones the other; remove one.",
            ));
        }
        for (name, start) in
            [("OPENAI_ORG_ID", "org-"), ("OPENAI_ORGANIZATION", "org-"), ("OPENAI_PROJECT_ID", "proj_")]
        {
            if self.get(name).is_some_and(|value| !value.starts_with(start) || value.contains(char::is_whitespace)) {
                checks.push(Check::bad(
                    "environment",
                    format!("{name} does not have the form {start}…."),
                    "Copy the id from platform.openai.com/settings, or unset the variable: it is rarely needed.",
                ));
            }
        }
        checks
    }
}
