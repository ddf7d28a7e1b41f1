//! The components of OpenAI's status page, as far as Mend distinguishes them.
//!
//! Owns the page's ids and names. A component is recognised by its id, otherwise by group and name ("Login" is in two
//! groups).

use crate::core::{
    json::{Json, Value},
    named::named,
};

named! {
    /// A component that a failed request could need. In the order in which they are kept.
    pub enum Component {
        /// An incident that names no component: it counts as one on everything.
        All = "all",
        /// ChatGPT: conversations.
        Conversations = "conversations",
        /// ChatGPT: sign-in and session.
        Login = "login",
        /// ChatGPT: files in a message.
        Files = "files",
        /// ChatGPT: a component that is not in the table.
        ChatGpt = "chatgpt",
        /// A component whose id and name the page does not give.
        Untold = "untold",
        /// The developer API.
        Api = "api",
        /// Sign-in to the developer platform.
        ApiLogin = "api-login",
        /// ChatGPT: voice.
        Voice = "voice",
        /// Codex, on any platform.
        Codex = "codex",
        /// ChatGPT Work.
        Work = "work",
        /// ChatGPT: a known component that no request of a chat needs.
        Apart = "apart",
        /// Another product, or a component with unknown id and group.
        Other = "other",
    }
}

/// Id, group, name. Source: status.openai.com, `/api/v2/components.json` and `/proxy/status.openai.com`, July to
/// October 2026.
const KNOWN: &[(&str, &str, &str, Component)] = &[
    ("01JMXBNJXGV1T5GT2M9XA83XNG", CHATGPT, "Conversations", Component::Conversations),
    ("01JMXBNJXG1S2D9V65P1ZZTD94", CHATGPT, "Login", Component::Login),
    ("01JMXBNJXG1YMQPPCPCQX3MPA2", CHATGPT, "File uploads", Component::Files),
    ("01JMXBNJXGGT5SR5DB9J7GYY48", CHATGPT, "Voice mode", Component::Voice),
    ("01KX45G1SH21AX5DT93D4HMF0P", CHATGPT, "ChatGPT Work", Component::Work),
    ("01KMKFAMWKQ81YWSE1Z18R6VHR", CHATGPT, "Codex in ChatGPT Desktop", Component::Codex),
    ("01JMXBNJXGKKP51D4DEJ2HZJ8Q", CHATGPT, "Search", Component::Apart),
    ("01JSFK5QX36ZRW0TW0ZV0ZYFXQ", CHATGPT, "GPTs", Component::Apart),
    ("01JQ7EKW990MSPSWVXC7VPV2ZJ", CHATGPT, "Image Generation", Component::Apart),
    ("01JSYVYQSWMJ9QG35XHP08BHA7", CHATGPT, "Deep Research", Component::Apart),
    ("01JSG1XMJ9RVJJQ0E85NVSJ2AZ", CHATGPT, "Agent", Component::Apart),
    ("01K6TVGGGDCP0PPGCHXAG3AQX8", CHATGPT, "Connectors/Apps", Component::Apart),
    ("01JNKS9D9S72PMP1938PVFFQN4", CHATGPT, "Compliance API", Component::Apart),
    ("01KX45G1SHQQ9DTAX9S4W7FV8G", CHATGPT, "Sites", Component::Apart),
    ("01JVCV8YSWZFRSM1G5CVP253SK", CODEX, "Codex Web", Component::Codex),
    ("01KMP3KP5MGE23B80K1EK4S8PV", CODEX, "Codex API", Component::Codex),
    ("01KMKFAMWKNQ84Z1766MV08ZDE", CODEX, "CLI", Component::Codex),
    ("01KMP3KP5M8X0EBTVW6KN327EE", CODEX, "VS Code extension", Component::Codex),
    ("01JMXBRMFE6N2NNT7DG6XZQ6PW", APIS, "Chat Completions", Component::Api),
    ("01JP8CD9JR3HR6Y7G4Q75N4DVW", APIS, "Responses", Component::Api),
    ("01JMXBRMFEMZK0HPK19RYET250", APIS, "Fine-tuning", Component::Api),
    ("01JMXBRMFEV0AJ0VVS68N9CD6R", APIS, "Embeddings", Component::Api),
    ("01JMXBRMFE4MAP2BHSJNZ787WX", APIS, "Images", Component::Api),
    ("01JMXBRMFE5ESNNV8JDHVCGSRD", APIS, "Batch", Component::Api),
    ("01JMXBRMFEKVBWKK82B44QFMCE", APIS, "Audio", Component::Api),
    ("01JMXBRMFEVZ7E0X9GD9FWR9WX", APIS, "Moderations", Component::Api),
    ("01JMXBRMFEQW613TFE89F45035", APIS, "Realtime", Component::Api),
    ("01JMXBRMFESJCBGJR10PDD3WCQ", APIS, "Files", Component::Api),
    ("01JSM5RTJWHRWDTS6Q604VEW3B", APIS, "Login", Component::ApiLogin),
];

const CHATGPT: &str = "ChatGPT";
const CODEX: &str = "Codex";
const APIS: &str = "APIs";

impl Component {
    /// The component of this id, or of this name in this group.
    pub(crate) fn find(id: &str, group: &str, name: &str) -> Component {
        let by_id = KNOWN.iter().find(|(known, ..)| *known == id);
        let named = |row: &&(_, &str, &str, Component)| row.1 == group && row.2.eq_ignore_ascii_case(name);
        match (by_id.or_else(|| KNOWN.iter().find(named)), group) {
            (Some((.., part)), _) => *part,
            (None, CHATGPT) => Component::ChatGpt,
            (None, APIS) => Component::Api,
            (None, CODEX) => Component::Codex,
            _ if id.is_empty() && name.is_empty() => Component::Untold,
            _ => Component::Other,
        }
    }

    /// Whether it is part of ChatGPT.
    pub fn is_chatgpt(self) -> bool {
        !matches!(self, Component::Api | Component::ApiLogin | Component::Untold | Component::Other)
    }

    /// The group in which the page lists it.
    pub(crate) fn group(self) -> &'static str {
        match self {
            Component::Api | Component::ApiLogin => APIS,
            Component::Other | Component::Untold | Component::All => "",
            Component::Codex => CODEX,
            _ => CHATGPT,
        }
    }
}

/// Its name, if the page gives only an id.
pub(super) fn name_of(id: &str) -> &'static str {
    KNOWN.iter().find(|(known, ..)| *known == id).map_or("", |(_, _, name, _)| name)
}

/// Its id, if the table has one.
pub(crate) fn id_of(part: Component, name: &str) -> Option<&'static str> {
    KNOWN.iter().find(|row| row.3 == part && row.2.eq_ignore_ascii_case(name)).map(|row| row.0)
}

/// The group and name of this id in the page's own structure.
pub(super) fn listed<'a>(id: &str, items: &'a [Value]) -> Option<(&'a str, &'a str)> {
    if id.is_empty() {
        return None;
    }
    items.iter().map(|item| item.field("group")).find_map(|group| {
        let part = group.field("components").items().iter().find(|part| part.field("component_id").text() == id)?;
        Some((group.field("name").text(), part.field("name").text()))
    })
}

/// The components that every message needs.
pub const CHAT: &[Component] = &[Component::Conversations];
