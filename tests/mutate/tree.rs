//! The same for data: still a tree, but not the one that was meant.

use mend::core::plain::Plain;

use super::{Dice, NASTY};

/// Larger ones grow no more.
const LARGEST: usize = 3_000;

/// One of the trees, changed in a few places.
pub fn tree(rng: &mut Dice, corpus: &[Plain]) -> Plain {
    let mut tree = corpus[rng.below(corpus.len())].clone();
    for _ in 0..rng.below(6) {
        let size = size(&tree);
        let mut place = rng.below(size);
        let other = part(rng, corpus);
        let Some(node) = at(&mut tree, &mut place) else { break };
        match (rng.below(8), node) {
            (0, node) => *node = leaf(rng),
            (1, node) => *node = other,
            (2, Plain::List(items)) if !items.is_empty() => drop(items.remove(rng.below(items.len()))),
            (2, Plain::Map(entries)) if !entries.is_empty() => drop(entries.remove(rng.below(entries.len()))),
            (3, Plain::List(items)) if size < LARGEST => {
                let (more, times) = (items.get(rng.below(items.len())).cloned().unwrap_or(other), 1 << rng.below(8));
                items.extend(std::iter::repeat_n(more, times));
            }
            (3, Plain::Map(entries)) => entries.push(((*rng.pick(NASTY)).to_owned(), other)),
            (4, Plain::Map(entries)) if !entries.is_empty() => {
                let (one, two) = (rng.below(entries.len()), rng.below(entries.len()));
                let name = entries[two].0.clone();
                entries[one].0 = name;
            }
            (5, node) => *node = Plain::List(vec![std::mem::take(node)]),
            (_, Plain::Text(text)) => *text = super::text(rng, &[text.as_str()]),
            (_, Plain::Number(number)) => *number = rng.number(),
            (_, node) => *node = leaf(rng),
        }
    }
    tree
}

fn leaf(rng: &mut Dice) -> Plain {
    match rng.below(7) {
        0 => Plain::Nothing,
        1 => Plain::Bool(rng.below(2) == 0),
        2 => Plain::List(Vec::new()),
        3 => Plain::Map(Vec::new()),
        4 => Plain::Text((*rng.pick(NASTY)).to_owned()),
        _ => Plain::Number(rng.number()),
    }
}

/// A part of any tree of the corpus.
fn part(rng: &mut Dice, corpus: &[Plain]) -> Plain {
    let mut whole = corpus[rng.below(corpus.len())].clone();
    let mut place = rng.below(size(&whole));
    at(&mut whole, &mut place).map(std::mem::take).unwrap_or_default()
}

fn size(tree: &Plain) -> usize {
    1 + match tree {
        Plain::List(items) => items.iter().map(size).sum(),
        Plain::Map(entries) => entries.iter().map(|(_, value)| size(value)).sum::<usize>(),
        _ => 0,
    }
}

/// The node of that number, in the order of reading.
fn at<'a>(tree: &'a mut Plain, place: &mut usize) -> Option<&'a mut Plain> {
    if *place == 0 {
        return Some(tree);
    }
    *place -= 1;
    match tree {
        Plain::List(items) => items.iter_mut().find_map(|item| at(item, place)),
        Plain::Map(entries) => entries.iter_mut().find_map(|(_, value)| at(value, place)),
        _ => None,
    }
}
