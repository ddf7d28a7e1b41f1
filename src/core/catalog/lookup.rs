//! Looks names of the catalog up for a person: what a name means and what to do, as the lists say it, in English.

use super::Layer;
use crate::core::text::{holds, holds_word};

/// Most names that are shown.
const MOST: usize = 40;
/// Shortest name that is recognised within a longer search, in bytes.
const SHORTEST: usize = 5;

/// What a list says of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// The name, as it is written.
    pub name: &'a str,
    /// Where the failure is; the likeliest first.
    pub layers: Vec<Layer>,
    /// What it means: one English sentence.
    pub meaning: &'a str,
    /// What to do: one English sentence; empty where nothing failed.
    pub advice: &'a str,
    /// The title of its list.
    pub list: &'a str,
}

/// What a search finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found<'a> {
    /// The best matches, the best first.
    pub shown: Vec<Explanation<'a>>,
    /// How many names match.
    pub all: usize,
}

/// How well a name matches, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// The search is the name.
    Whole,
    /// The search, for example a line of a log, holds the name.
    Within,
    /// The name begins with the search.
    Start,
    /// The name holds the search.
    Part,
}

/// Looks up a search in the text of the lists, in one pass. Both may be in any case; other letters than ASCII's must agree.
pub fn lookup<'a>(lists: &'a str, search: &str) -> Found<'a> {
    let search = search.trim().to_ascii_lowercase();
    if search.is_empty() {
        return Found::default();
    }
    let mut list = "";
    let mut matches = Vec::new();
    for line in lists.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            // The first comment of a list is its title; the others have a label.
            if !title.starts_with("source:") && !title.starts_with("scope:") {
                list = title;
            }
            continue;
        }
        let Some((name, rest)) = line.split_once('\t') else { continue };
        let lower = name.to_ascii_lowercase();
        // A word of every day, such as "Error", is a name only by itself.
        let how = compare(&lower, &search).filter(|how| *how != Match::Within || is_compound(name));
        let Some(how) = how else { continue };
        if let Some(entry) = explanation(name, rest, list) {
            matches.push((how, entry));
        }
    }
    let all = matches.len();
    // Of the names within a search the longest says the most; else the shortest is nearest to it.
    matches.sort_by_key(|(how, entry)| {
        let length = entry.name.len();
        (*how, if *how == Match::Within { usize::MAX - length } else { length })
    });
    Found { shown: matches.into_iter().map(|(_, entry)| entry).take(MOST).collect(), all }
}

/// Both in lower case.
fn compare(name: &str, search: &str) -> Option<Match> {
    if name == search {
        Some(Match::Whole)
    } else if name.starts_with(search) {
        Some(Match::Start)
    } else if holds(name, search) {
        Some(Match::Part)
    } else if name.len() >= SHORTEST && holds_word(search, name) {
        Some(Match::Within)
    } else {
        None
    }
}

/// Whether a name is more than one plain word.
fn is_compound(name: &str) -> bool {
    let plain = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_lowercase());
    !plain(name.get(1..).unwrap_or_default())
}

fn explanation<'a>(name: &'a str, rest: &'a str, list: &'a str) -> Option<Explanation<'a>> {
    let mut cells = rest.split('\t').skip(1);
    let (layers, meaning, advice) = (cells.next()?, cells.next()?, cells.next()?);
    let layers = layers.split(',').map(Layer::from_name).collect::<Option<Vec<Layer>>>()?;
    Some(Explanation { name, layers, meaning, advice, list })
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    const LISTS: &str = "# curl\n# source: its manual\nname\tform\tlayer\tmeaning\tadvice\n\
        curl: (7)\texit\tconnection\tNo connection.\tCheck the port.\n\
        CURLE_OK\tcode\tnone\tAll went well.\t\n\
        # Node\nname\tform\tlayer\tmeaning\tadvice\n\
        ECONNRESET\terrno\tconnection,filter\tThe connection was reset.\tTry again.\n\
        UND_ERR_CONNECT_TIMEOUT\tcode\tconnection\tNo connection in time.\tTry again.\n\
        Error\tclass\tany\tAny error.\tRead on.\n";

    fn names(search: &str) -> Vec<&str> {
        lookup(LISTS, search).shown.iter().map(|one| one.name).collect()
    }

    #[test]
    fn a_name_is_found_whole_in_parts_and_within_a_line() {
        assert_eq!(names("econnreset"), ["ECONNRESET"]);
        assert_eq!(names("Error: read ECONNRESET"), ["ECONNRESET"]);
        assert_eq!(names("und_err"), ["UND_ERR_CONNECT_TIMEOUT"]);
        assert_eq!(names("error"), ["Error"]);
        assert_eq!(names("curl"), ["CURLE_OK", "curl: (7)"]);
        assert!(names(" ").is_empty() && names("banana").is_empty() && names("ECONNRESETS").is_empty());
    }

    #[test]
    fn it_says_what_its_list_says() {
        let found = lookup(LISTS, "ECONNRESET");
        let expected = Explanation {
            name: "ECONNRESET",
            layers: vec![Layer::Connection, Layer::Filter],
            meaning: "The connection was reset.",
            advice: "Try again.",
            list: "Node",
        };
        assert_eq!((found.shown, found.all), (vec![expected], 1));
    }
}
