//! The same for data: still a tree, but not the one that was meant.

use mend::core::json::{Map, Value};

use super::{NASTY, Rng};

/// Larger ones grow no more.
const LARGEST: usize = 3_000;

/// One of the trees, changed in a few places.
pub fn tree(rng: &mut Rng, corpus: &[Value]) -> Value {
    let mut tree = corpus[rng.below(corpus.len())].clone();
    for _ in 0..rng.below(6) {
        let size = size(&tree);
        let mut place = rng.below(size);
        let other = part(rng, corpus);
        let Some(node) = at(&mut tree, &mut place) else { break };
        match (rng.below(8), node) {
            (0, node) => *node = leaf(rng),
            (1, node) => *node = other,
            (2, Value::Array(items)) if !items.is_empty() => drop(items.remove(rng.below(items.len()))),
            (2, Value::Object(entries)) if !entries.is_empty() => {
                let name = name(rng, entries);
                entries.remove(&name);
            }
            (3, Value::Array(items)) if size < LARGEST => {
                let (more, times) = (items.get(rng.below(items.len())).cloned().unwrap_or(other), 1 << rng.below(8));
                items.extend(std::iter::repeat_n(more, times));
            }
            (3, Value::Object(entries)) => drop(entries.insert((*rng.pick(NASTY)).to_owned(), other)),
            (4, Value::Object(entries)) if !entries.is_empty() => {
                let (one, two) = (name(rng, entries), name(rng, entries));
                if let Some(value) = entries.remove(&one) {
                    entries.insert(two, value);
                }
            }
            (5, node) => *node = Value::Array(vec![std::mem::take(node)]),
            (_, Value::String(text)) => *text = super::text(rng, &[text.as_str()]),
            (_, Value::Number(number)) => *number = rng.number().into(),
            (_, node) => *node = leaf(rng),
        }
    }
    tree
}

fn name(rng: &mut Rng, entries: &Map<String, Value>) -> String {
    entries.keys().nth(rng.below(entries.len())).cloned().unwrap_or_default()
}

fn leaf(rng: &mut Rng) -> Value {
    match rng.below(7) {
        0 => Value::Null,
        1 => Value::Bool(rng.below(2) == 0),
        2 => Value::Array(Vec::new()),
        3 => Value::Object(Map::new()),
        4 => Value::String((*rng.pick(NASTY)).to_owned()),
        _ => Value::from(rng.number()),
    }
}

/// A part of any tree of the corpus.
fn part(rng: &mut Rng, corpus: &[Value]) -> Value {
    let mut whole = corpus[rng.below(corpus.len())].clone();
    let mut place = rng.below(size(&whole));
    at(&mut whole, &mut place).map(std::mem::take).unwrap_or_default()
}

fn size(tree: &Value) -> usize {
    1 + match tree {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(entries) => entries.iter().map(|(_, value)| size(value)).sum::<usize>(),
        _ => 0,
    }
}

/// The node of that number, in the order of reading.
fn at<'a>(tree: &'a mut Value, place: &mut usize) -> Option<&'a mut Value> {
    if *place == 0 {
        return Some(tree);
    }
    *place -= 1;
    match tree {
        Value::Array(items) => items.iter_mut().find_map(|item| at(item, place)),
        Value::Object(entries) => entries.iter_mut().find_map(|(_, value)| at(value, place)),
        _ => None,
    }
}
