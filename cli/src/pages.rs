//! The pages of a HAR → tabs. A page that follows another is the same tab after a navigation; pages that overlap are tabs of
//! their own, and what one of them does proves nothing about the other.
//!
//! HAR 1.2, `pages` and `pageref`: ids are free, and an exporter counts them up (`page_1`, `page_2`).

use std::collections::HashMap;

use mend::core::{Millis, event::TabId};

/// One page.
struct Page {
    name: String,
    first: Millis,
    last: Millis,
}

/// Most pages that are told apart; no recording of a person's has as many. Further ones are the last one.
const MOST: usize = 1_000;

/// The pages so far, in the order of their first entries.
#[derive(Default)]
pub struct Pages {
    pages: Vec<Page>,
    numbers: HashMap<String, usize>,
}

impl Pages {
    /// The number of the page that an entry belongs to.
    pub fn number(&mut self, name: &str, began: Millis) -> TabId {
        let known = match self.numbers.get(name) {
            Some(known) => *known,
            None if self.pages.len() >= MOST => MOST - 1,
            None => {
                self.pages.push(Page { name: name.to_owned(), first: began, last: began });
                self.numbers.insert(name.to_owned(), self.pages.len() - 1);
                self.pages.len() - 1
            }
        };
        if let Some(page) = self.pages.get_mut(known) {
            (page.first, page.last) = (page.first.min(began), page.last.max(began));
        }
        TabId::try_from(known).unwrap_or_default()
    }

    /// The tab of each page, by its number.
    pub fn tabs(&self) -> Vec<TabId> {
        let mut order: Vec<usize> = (0..self.pages.len()).collect();
        order.sort_by_key(|number| self.pages.get(*number).map(|page| page.first));
        let mut tabs = vec![0; self.pages.len()];
        // The last page of each tab.
        let mut open: Vec<&Page> = Vec::new();
        for number in order {
            let Some(page) = self.pages.get(number) else { continue };
            let follows = |before: &&Page| before.last < page.first && count(&before.name) <= count(&page.name);
            let tab = open.iter().position(follows).unwrap_or(open.len());
            match open.get_mut(tab) {
                Some(last) => *last = page,
                None => open.push(page),
            }
            if let Some(slot) = tabs.get_mut(number) {
                *slot = TabId::try_from(tab).unwrap_or_default();
            }
        }
        tabs
    }
}

/// The number that an id ends with.
fn count(name: &str) -> Option<u32> {
    let digits = name.bytes().rev().take_while(u8::is_ascii_digit).count();
    name.get(name.len() - digits..)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tabs(entries: &[(&str, Millis)]) -> Vec<TabId> {
        let mut pages = Pages::default();
        entries.iter().for_each(|(name, at)| {
            pages.number(name, *at);
        });
        pages.tabs()
    }

    #[test]
    fn a_page_after_another_is_the_same_tab() {
        assert_eq!(tabs(&[("page_1", 1), ("page_1", 5), ("page_2", 6), ("page_10", 7)]), [0, 0, 0]);
        assert_eq!(tabs(&[("", 1), ("", 5)]), [0]);
    }

    #[test]
    fn pages_at_once_are_tabs() {
        assert_eq!(tabs(&[("a", 1), ("b", 2), ("a", 3)]), [0, 1]);
        // Counted up, the first page cannot come after the second.
        assert_eq!(tabs(&[("page_2", 1), ("page_1", 2)]), [0, 1]);
        assert_eq!(tabs(&[("page_1", 1), ("page_2", 2), ("page_1", 3), ("page_3", 9)]), [0, 1, 0]);
    }
}
