//! Components of the status page: ids, names and groups of October 2026 (`/api/v2/summary.json`, recorded in
//! SamofPanini/quotabar).

/// Id of ChatGPT › Conversations.
pub(crate) const CONVERSATIONS_ID: &str = "01JMXBNJXGV1T5GT2M9XA83XNG";
/// Id of ChatGPT › Login.
pub(crate) const LOGIN_ID: &str = "01JMXBNJXG1S2D9V65P1ZZTD94";
/// Id of ChatGPT › ChatGPT Work.
pub(crate) const WORK_ID: &str = "01KX45G1SH21AX5DT93D4HMF0P";
/// Id of ChatGPT › File uploads.
pub(crate) const FILES_ID: &str = "01JMXBNJXG1YMQPPCPCQX3MPA2";
/// Id of ChatGPT › Voice mode.
pub(crate) const VOICE_ID: &str = "01JMXBNJXGGT5SR5DB9J7GYY48";
/// Id of APIs › Responses.
pub(crate) const API_ID: &str = "01JP8CD9JR3HR6Y7G4Q75N4DVW";

/// A group of components.
pub(crate) struct Group {
    /// Name of the group.
    pub name: &'static str,
    /// Made-up id of the group, as `api/v2` has none.
    pub id: &'static str,
    /// Id and name of each component.
    pub components: &'static [(&'static str, &'static str)],
}

/// All groups. The name "Login" occurs in both.
pub(crate) const GROUPS: &[Group] = &[
    Group {
        name: "APIs",
        id: "01JMXBLAB0000000000000API0",
        components: &[
            ("01JMXBRMFE6N2NNT7DG6XZQ6PW", "Chat Completions"),
            (API_ID, "Responses"),
            ("01M3Q6W0264T1RJS1YEM47CAQJ", "Agents"),
            ("01M3Q6W0262E8VW5DE1MJMMN0T", "Decisions"),
            ("01JMXBRMFEMZK0HPK19RYET250", "Fine-tuning"),
            ("01JMXBRMFEV0AJ0VVS68N9CD6R", "Embeddings"),
            ("01JMXBRMFE4MAP2BHSJNZ787WX", "Images"),
            ("01JMXBRMFE5ESNNV8JDHVCGSRD", "Batch"),
            ("01JMXBRMFEKVBWKK82B44QFMCE", "Audio"),
            ("01JMXBRMFEVZ7E0X9GD9FWR9WX", "Moderations"),
            ("01JMXBRMFEQW613TFE89F45035", "Realtime"),
            ("01JMXBRMFESJCBGJR10PDD3WCQ", "Files"),
            ("01JSM5RTJWHRWDTS6Q604VEW3B", "Login"),
        ],
    },
    Group {
        name: "ChatGPT",
        id: "01JMXBLAB0000000000000CHT0",
        components: &[
            (CONVERSATIONS_ID, "Conversations"),
            (LOGIN_ID, "Login"),
            (WORK_ID, "ChatGPT Work"),
            ("01KMKFAMWKQ81YWSE1Z18R6VHR", "Codex in ChatGPT Desktop"),
            ("01JNKS9D9S72PMP1938PVFFQN4", "Compliance API"),
            ("01JMXBNJXGKKP51D4DEJ2HZJ8Q", "Search"),
            (FILES_ID, "File uploads"),
            (VOICE_ID, "Voice mode"),
            ("01JSFK5QX36ZRW0TW0ZV0ZYFXQ", "GPTs"),
            ("01JQ7EKW990MSPSWVXC7VPV2ZJ", "Image Generation"),
            ("01JSYVYQSWMJ9QG35XHP08BHA7", "Deep Research"),
            ("01JSG1XMJ9RVJJQ0E85NVSJ2AZ", "Agent"),
        ],
    },
];

/// Id and name of all components.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    GROUPS.iter().flat_map(|group| group.components.iter().copied())
}
