//! Which file of a crate uses names of which other: read from the sources with `syn`, test modules left out.
//!
//! A file that uses a name of one of its parents (`super::Check` in `check/cookies.rs`) is no arrow: a folder's `mod.rs` and
//! its files are one room, the registry above and its entries below. Re-exports lead to the file that defines the name.

#![allow(clippy::unwrap_used, reason = "a source that cannot be read fails the test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A module's path from the crate's root: `["core", "check", "cookies"]`.
pub type Module = Vec<String>;

/// The names that one file uses of another.
pub type Arrows = BTreeMap<(Module, Module), BTreeSet<String>>;

#[derive(Default)]
struct Source {
    /// What is defined here.
    items: BTreeSet<String>,
    /// What is imported: the name here, and its whole path; `*` for all of a module.
    imports: Vec<(String, Module)>,
    /// Paths of more than one name that stand in code.
    paths: BTreeSet<Module>,
}

/// Every arrow between the files below `folder`, which holds the crate's module `root` (empty: the crate itself).
pub fn arrows(folder: &Path, root: &[&str]) -> Arrows {
    let root: Module = root.iter().map(|name| (*name).to_owned()).collect();
    let mut sources = BTreeMap::new();
    read(folder, &root, &mut sources);
    let mut arrows = Arrows::new();
    for (module, source) in &sources {
        let imported = source.imports.iter().map(|(_, path)| path.clone());
        let spelled = source.paths.iter().filter_map(|path| absolute(module, source, path, &sources));
        for path in imported.chain(spelled) {
            let Some((to, name)) = defined(&path, &sources, 8) else { continue };
            if to != *module && !module.starts_with(&to) {
                arrows.entry((module.clone(), to)).or_default().insert(name);
            }
        }
    }
    arrows
}

/// Files that use one another in a loop, each such group once.
pub fn circles(arrows: &Arrows) -> Vec<Vec<Module>> {
    let nodes: BTreeSet<&Module> = arrows.keys().flat_map(|(from, to)| [from, to]).collect();
    let reach = |start: &Module| -> BTreeSet<Module> {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start.clone()]);
        while let Some(module) = next.pop() {
            for (_, to) in arrows.keys().filter(|(from, _)| *from == module) {
                if seen.insert(to.clone()) {
                    next.push(to.clone());
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&Module, BTreeSet<Module>> = nodes.iter().map(|node| (*node, reach(node))).collect();
    let mut groups: BTreeSet<Vec<Module>> = BTreeSet::new();
    for (node, seen) in &reached {
        if seen.contains(*node) {
            groups.insert(
                seen.iter()
                    .filter(|other| reached.get(other).is_some_and(|back| back.contains(*node)))
                    .cloned()
                    .collect(),
            );
        }
    }
    groups.into_iter().collect()
}

/// Reads every `.rs` below the folder; `mod.rs` and `lib.rs` are the folder itself, and so is `name.rs` beside `name/`.
fn read(folder: &Path, module: &Module, sources: &mut BTreeMap<Module, Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            if name != "snapshots" && name != "bin" {
                read(&path, &[module.as_slice(), &[name]].concat(), sources);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") && name != "tests" && name != "main" {
            let own =
                if name == "mod" || name == "lib" { module.clone() } else { [module.as_slice(), &[name]].concat() };
            let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
            let mut source = Source::default();
            for item in &file.items {
                collect(item, &own, &mut source);
            }
            Paths(&mut source.paths).visit_file(&file);
            sources.insert(own, source);
        }
    }
}

fn collect(item: &syn::Item, module: &Module, source: &mut Source) {
    use syn::Item;
    let name = match item {
        Item::Const(it) => it.ident.to_string(),
        Item::Enum(it) => it.ident.to_string(),
        Item::Fn(it) => it.sig.ident.to_string(),
        Item::Static(it) => it.ident.to_string(),
        Item::Struct(it) => it.ident.to_string(),
        Item::Trait(it) => it.ident.to_string(),
        Item::Type(it) => it.ident.to_string(),
        Item::Macro(it) => match &it.ident {
            Some(ident) => ident.to_string(),
            None => {
                // A macro that declares an enum or a struct.
                let mut tokens =
                    it.mac.tokens.clone().into_iter().skip_while(
                        |token| !matches!(token, TokenTree::Ident(word) if word == "enum" || word == "struct"),
                    );
                tokens.next();
                tokens.next().map(|token| token.to_string()).unwrap_or_default()
            }
        },
        Item::Use(it) => {
            if !for_tests(&it.attrs) {
                flatten(&it.tree, &mut Vec::new(), module, &mut source.imports);
            }
            return;
        }
        _ => return,
    };
    source.items.insert(name);
}

fn flatten(tree: &syn::UseTree, before: &mut Module, module: &Module, imports: &mut Vec<(String, Module)>) {
    let mut add = |name: String, last: &str| {
        let mut path = before.clone();
        if last != "self" {
            path.push(last.to_owned());
        }
        let name = if name == "self" { path.last().cloned().unwrap_or_default() } else { name };
        imports.extend(rooted(&path, module).map(|path| (name, path)));
    };
    match tree {
        syn::UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, module, imports);
            before.pop();
        }
        syn::UseTree::Name(name) => add(name.ident.to_string(), &name.ident.to_string()),
        syn::UseTree::Rename(rename) => add(rename.rename.to_string(), &rename.ident.to_string()),
        syn::UseTree::Glob(_) => add("*".to_owned(), "*"),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, module, imports)),
    }
}

/// From the crate's root, where it begins with `crate`, `self` or `super`; another name is a child's, or another crate's.
fn rooted(path: &[String], module: &Module) -> Option<Module> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([module.as_slice(), rest].concat()),
        "super" => {
            let (_, parent) = module.split_last()?;
            if rest.first().is_some_and(|next| next == "super") {
                rooted(rest, &parent.to_vec())
            } else {
                Some([parent, rest].concat())
            }
        }
        _ => Some([module.as_slice(), path].concat()),
    }
}

/// A path in code: its first name may be a child or something imported.
fn absolute(module: &Module, source: &Source, path: &[String], sources: &BTreeMap<Module, Source>) -> Option<Module> {
    let first = path.first()?;
    if ["crate", "self", "super"].contains(&first.as_str()) {
        return rooted(path, module);
    }
    let child = [module.as_slice(), std::slice::from_ref(first)].concat();
    if sources.contains_key(&child) {
        return Some([module.as_slice(), path].concat());
    }
    let (_, imported) = source.imports.iter().find(|(name, _)| name == first)?;
    Some([imported.as_slice(), path.get(1..)?].concat())
}

/// The file that defines what the path names, and the name; none where it names a module alone, or nothing of this tree.
fn defined(path: &[String], sources: &BTreeMap<Module, Source>, deep: u8) -> Option<(Module, String)> {
    let deeper = deep.checked_sub(1)?;
    let length =
        (0..=path.len()).rev().find(|length| path.get(..*length).is_some_and(|start| sources.contains_key(start)))?;
    let (module, rest) = path.split_at(length);
    let (source, name) = (sources.get(module)?, rest.first()?);
    if source.items.contains(name) {
        return Some((module.to_vec(), name.clone()));
    }
    let named = source
        .imports
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, path)| [path.as_slice(), rest.get(1..).unwrap_or_default()].concat());
    let mut globs = source.imports.iter().filter(|(known, _)| known == "*");
    match named {
        Some(path) if path != *rest => defined(&path, sources, deeper),
        _ => globs.find_map(|(_, all)| {
            defined(&[all.split_last().map_or(&[][..], |(_, parent)| parent), rest].concat(), sources, deeper)
        }),
    }
}

fn for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|one| one.path().is_ident("cfg") && matches!(&one.meta, syn::Meta::List(list) if list.tokens.to_string().split(|c: char| !c.is_alphanumeric()).any(|word| word == "test")))
}

struct Paths<'a>(&'a mut BTreeSet<Module>);

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            self.0.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        tokens(call.tokens.clone(), self.0);
        visit::visit_macro(self, call);
    }
}

/// What stands in a macro is no syntax yet: names with `::` between them are taken for paths.
fn tokens(stream: TokenStream, paths: &mut BTreeSet<Module>) {
    let (mut path, mut colons): (Module, u8) = (Vec::new(), 0);
    for token in stream {
        match token {
            TokenTree::Ident(word) => {
                if colons != 2 {
                    keep(&mut path, paths);
                }
                path.push(word.to_string());
                colons = 0;
            }
            TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                keep(&mut path, paths);
                tokens(group.stream(), paths);
            }
            _ => keep(&mut path, paths),
        }
    }
    keep(&mut path, paths);
}

fn keep(path: &mut Module, paths: &mut BTreeSet<Module>) {
    let path = std::mem::take(path);
    if path.len() > 1 {
        paths.insert(path);
    }
}
