//! The services. Each entry names its sources and when they were read; an unverified fact says so.
//!
//! Few services document a link with a prompt. Those used here are in wide use in public code; where there is none, or
//! it is unreliable, the prompt is copied instead.

use super::{Group, Price, Program, PromptInput, Service, StatusSource};

/// All services, in the order that is used when all of them work.
pub const SERVICES: &[Service] = &[
    // Link: used all over public code, described at whtwnd.com/austegard.com/3mfcfa4kdpa2h (2026). Status: Atlassian
    // Statuspage, status.claude.com/api; the chat is the component "claude.ai". Price: claude.com/pricing as quoted by
    // others on 2026-10-18.
    Service {
        id: "claude",
        name: "Claude",
        group: Group::General,
        url: "https://claude.ai/new",
        way: PromptInput::Link("https://claude.ai/new?q="),
        price: Price::Reported { plan: "Pro", amount: "US$20", checked: "2026-10" },
        prices: "https://claude.com/pricing",
        status: Some(StatusSource::Api { host: "status.claude.com", part: "claude.ai" }),
    },
    // Link: gemini.google.com has none. Status: Google's dashboard allows no cross-origin reading. Price: Google's
    // announcement of 2026-05-19, as reported.
    Service {
        id: "gemini",
        name: "Gemini",
        group: Group::General,
        url: "https://gemini.google.com/app",
        way: PromptInput::Paste,
        price: Price::Reported { plan: "Google AI Pro", amount: "US$19.99", checked: "2026-05" },
        prices: "https://one.google.com/about/google-ai-plans/",
        status: Some(StatusSource::Page("https://www.google.com/appsstatus/dashboard/")),
    },
    // Link: "?q=" is said to fill in the prompt, and was disabled and enabled again after abuse. Status: nothing on
    // Microsoft's page can be read without an account.
    Service {
        id: "copilot",
        name: "Microsoft Copilot",
        group: Group::General,
        url: "https://copilot.microsoft.com/",
        way: PromptInput::Paste,
        price: Price::Unchecked { looked: "2026-11" },
        prices: "https://www.microsoft.com/microsoft-copilot/",
        status: Some(StatusSource::Page("https://status.cloud.microsoft/")),
    },
    // Renamed Vibe in May 2026 (Mistral's terms of 2026-05-29); the URL is the same. Link: in wide use in public code.
    // Status: the page changed vendors, and its format is not reliable.
    Service {
        id: "mistral",
        name: "Mistral Le Chat (Vibe)",
        group: Group::General,
        url: "https://chat.mistral.ai/chat",
        way: PromptInput::Link("https://chat.mistral.ai/chat?q="),
        price: Price::Reported { plan: "Pro", amount: "US$14.99", checked: "2026-09" },
        prices: "https://mistral.ai/pricing",
        status: Some(StatusSource::Page("https://status.mistral.ai/")),
    },
    // Link: none. Status: Flashduty without JSON since 2026; the older mirror at statuspage.io is stale since May 2026
    // and still reports no incident, so it must not be used.
    Service {
        id: "deepseek",
        name: "DeepSeek",
        group: Group::General,
        url: "https://chat.deepseek.com/",
        way: PromptInput::Paste,
        price: Price::Free { looked: "2026-10" },
        prices: "https://www.deepseek.com/",
        status: Some(StatusSource::Page("https://status.deepseek.com/")),
    },
    // Link: the one in browsers' search engine lists; it sends at once. Status: incident.io, in the format of
    // Statuspage (as read by others on 2026-09-28). Price: as reported in May 2026.
    Service {
        id: "perplexity",
        name: "Perplexity",
        group: Group::General,
        url: "https://www.perplexity.ai/",
        way: PromptInput::Link("https://www.perplexity.ai/search?q="),
        price: Price::Reported { plan: "Pro", amount: "US$20", checked: "2026-05" },
        prices: "https://www.perplexity.ai/pro",
        status: Some(StatusSource::Api { host: "status.perplexity.com", part: "" }),
    },
    // Link: used by GitHub's own documentation (github/docs, src/content-render). Status: Statuspage of all of GitHub;
    // only the components that begin with "Copilot" count. Price: github.com/features/copilot/plans, read 2026-10-07.
    Service {
        id: "github-copilot",
        name: "GitHub Copilot",
        group: Group::Code,
        url: "https://github.com/copilot",
        way: PromptInput::Link("https://github.com/copilot?prompt="),
        price: Price::Maker { plan: "Pro", amount: "US$10", checked: "2026-10" },
        prices: "https://github.com/features/copilot/plans",
        status: Some(StatusSource::Api { host: "www.githubstatus.com", part: "Copilot" }),
    },
    // Link: none known. Status: Statuspage; it refuses some clients, which is shown as "not known". Price: US$20
    // (yearly, as read by others in March 2026) and US$25 are both reported.
    Service {
        id: "replit",
        name: "Replit",
        group: Group::Code,
        url: "https://replit.com/",
        way: PromptInput::Paste,
        price: Price::Reported { plan: "Core", amount: "US$20–25", checked: "2026-03" },
        prices: "https://replit.com/pricing",
        status: Some(StatusSource::Api { host: "status.replit.com", part: "" }),
    },
    // MIT license, github.com/ollama/ollama.
    Service {
        id: "ollama",
        name: "Ollama",
        group: Group::Own,
        url: "https://ollama.com/download",
        way: PromptInput::Run(Program::Ollama),
        price: Price::Program { looked: "2026-11" },
        prices: "https://ollama.com/library/gemma3",
        status: None,
    },
    // Free at home and at work since 2025, though not open: lmstudio.ai.
    Service {
        id: "lm-studio",
        name: "LM Studio",
        group: Group::Own,
        url: "https://lmstudio.ai/download",
        way: PromptInput::Run(Program::LmStudio),
        price: Price::Program { looked: "2026-11" },
        prices: "https://lmstudio.ai/models",
        status: None,
    },
    // MIT license, github.com/ggml-org/llama.cpp; installation: docs/install.md.
    Service {
        id: "llama-cpp",
        name: "llama.cpp",
        group: Group::Own,
        url: "https://github.com/ggml-org/llama.cpp/blob/master/docs/install.md",
        way: PromptInput::Run(Program::LlamaCpp),
        price: Price::Program { looked: "2026-11" },
        prices: "https://huggingface.co/ggml-org",
        status: None,
    },
];
