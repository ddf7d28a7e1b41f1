//! The parts of OpenAI's service as its status page lists them, and which of them a failed request needed.
//!
//! Owns the page's ids and names. A part is known by its id, else by group and name ("Login" stands in two groups), else not
//! at all.

use crate::core::{
    json::{Json, Value},
    named::named,
};

named! {
    /// A part, as far as a failure of ours could need it. In the order in which they are kept.
    pub enum Part {
        /// The incident names no part: it concerns everything.
        All = "all",
        /// ChatGPT: messages and chats.
        Conversations = "conversations",
        /// ChatGPT: signing in, and the session.
        Login = "login",
        /// ChatGPT: files sent with a message.
        Files = "files",
        /// ChatGPT: a part that this table does not know.
        ChatGpt = "chatgpt",
        /// The page did not say which part.
        Untold = "untold",
        /// The developer API.
        Api = "api",
        /// Signing in to the developer platform.
        ApiLogin = "api-login",
        /// ChatGPT: voice.
        Voice = "voice",
        /// Codex, wherever it runs.
        Codex = "codex",
        /// ChatGPT Work.
        Work = "work",
        /// ChatGPT: a known part that no request of a chat depends on.
        Apart = "apart",
        /// Another product, or a part of which neither id nor group is known.
        Other = "other",
    }
}

/// Id, group, name. Source: status.openai.com, `/api/v2/components.json` and `/proxy/status.openai.com`, July to October 2026.
const KNOWN: &[(&str, &str, &str, Part)] = &[
    ("01JMXBNJXGV1T5GT2M9XA83XNG", CHATGPT, "Conversations", Part::Conversations),
    ("01JMXBNJXG1S2D9V65P1ZZTD94", CHATGPT, "Login", Part::Login),
    ("01JMXBNJXG1YMQPPCPCQX3MPA2", CHATGPT, "File uploads", Part::Files),
    ("01JMXBNJXGGT5SR5DB9J7GYY48", CHATGPT, "Voice mode", Part::Voice),
    ("01KX45G1SH21AX5DT93D4HMF0P", CHATGPT, "ChatGPT Work", Part::Work),
    ("01KMKFAMWKQ81YWSE1Z18R6VHR", CHATGPT, "Codex in ChatGPT Desktop", Part::Codex),
    ("01JMXBNJXGKKP51D4DEJ2HZJ8Q", CHATGPT, "Search", Part::Apart),
    ("01JSFK5QX36ZRW0TW0ZV0ZYFXQ", CHATGPT, "GPTs", Part::Apart),
    ("01JQ7EKW990MSPSWVXC7VPV2ZJ", CHATGPT, "Image Generation", Part::Apart),
    ("01JSYVYQSWMJ9QG35XHP08BHA7", CHATGPT, "Deep Research", Part::Apart),
    ("01JSG1XMJ9RVJJQ0E85NVSJ2AZ", CHATGPT, "Agent", Part::Apart),
    ("01K6TVGGGDCP0PPGCHXAG3AQX8", CHATGPT, "Connectors/Apps", Part::Apart),
    ("01JNKS9D9S72PMP1938PVFFQN4", CHATGPT, "Compliance API", Part::Apart),
    ("01KX45G1SHQQ9DTAX9S4W7FV8G", CHATGPT, "Sites", Part::Apart),
    ("01JVCV8YSWZFRSM1G5CVP253SK", CODEX, "Codex Web", Part::Codex),
    ("01KMP3KP5MGE23B80K1EK4S8PV", CODEX, "Codex API", Part::Codex),
    ("01KMKFAMWKNQ84Z1766MV08ZDE", CODEX, "CLI", Part::Codex),
    ("01KMP3KP5M8X0EBTVW6KN327EE", CODEX, "VS Code extension", Part::Codex),
    ("01JMXBRMFE6N2NNT7DG6XZQ6PW", APIS, "Chat Completions", Part::Api),
    ("01JP8CD9JR3HR6Y7G4Q75N4DVW", APIS, "Responses", Part::Api),
    ("01JMXBRMFEMZK0HPK19RYET250", APIS, "Fine-tuning", Part::Api),
    ("01JMXBRMFEV0AJ0VVS68N9CD6R", APIS, "Embeddings", Part::Api),
    ("01JMXBRMFE4MAP2BHSJNZ787WX", APIS, "Images", Part::Api),
    ("01JMXBRMFE5ESNNV8JDHVCGSRD", APIS, "Batch", Part::Api),
    ("01JMXBRMFEKVBWKK82B44QFMCE", APIS, "Audio", Part::Api),
    ("01JMXBRMFEVZ7E0X9GD9FWR9WX", APIS, "Moderations", Part::Api),
    ("01JMXBRMFEQW613TFE89F45035", APIS, "Realtime", Part::Api),
    ("01JMXBRMFESJCBGJR10PDD3WCQ", APIS, "Files", Part::Api),
    ("01JSM5RTJWHRWDTS6Q604VEW3B", APIS, "Login", Part::ApiLogin),
];

const CHATGPT: &str = "ChatGPT";
const CODEX: &str = "Codex";
const APIS: &str = "APIs";

impl Part {
    /// The part of this id, or of this name in this group.
    pub(crate) fn find(id: &str, group: &str, name: &str) -> Part {
        let by_id = KNOWN.iter().find(|(known, ..)| *known == id);
        let named = |row: &&(_, &str, &str, Part)| row.1 == group && row.2.eq_ignore_ascii_case(name);
        match (by_id.or_else(|| KNOWN.iter().find(named)), group) {
            (Some((.., part)), _) => *part,
            (None, CHATGPT) => Part::ChatGpt,
            (None, APIS) => Part::Api,
            (None, CODEX) => Part::Codex,
            _ if id.is_empty() && name.is_empty() => Part::Untold,
            _ => Part::Other,
        }
    }

    /// Whether it is ChatGPT's.
    pub fn is_chatgpt(self) -> bool {
        !matches!(self, Part::Api | Part::ApiLogin | Part::Untold | Part::Other)
    }

    /// The group in which the page lists such a part.
    pub(crate) fn group(self) -> &'static str {
        match self {
            Part::Api | Part::ApiLogin => APIS,
            Part::Other | Part::Untold | Part::All => "",
            Part::Codex => CODEX,
            _ => CHATGPT,
        }
    }
}

/// Its name, where the page tells an id alone.
pub(super) fn name_of(id: &str) -> &'static str {
    KNOWN.iter().find(|(known, ..)| *known == id).map_or("", |(_, _, name, _)| name)
}

/// Its id, where the table has one.
pub(crate) fn id_of(part: Part, name: &str) -> Option<&'static str> {
    KNOWN.iter().find(|row| row.3 == part && row.2.eq_ignore_ascii_case(name)).map(|row| row.0)
}

/// The group and the name that the page's own structure gives this id.
pub(super) fn listed<'a>(id: &str, items: &'a [Value]) -> Option<(&'a str, &'a str)> {
    if id.is_empty() {
        return None;
    }
    items.iter().map(|item| item.field("group")).find_map(|group| {
        let part = group.field("components").items().iter().find(|part| part.field("component_id").text() == id)?;
        Some((group.field("name").text(), part.field("name").text()))
    })
}

/// What every message needs.
pub const CHAT: &[Part] = &[Part::Conversations];
