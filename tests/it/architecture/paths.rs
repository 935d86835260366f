//! What a file names, read from its tokens: comments and strings are gone, `use` trees flattened,
//! `self` and `super` resolved.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One file of the program.
pub(super) struct Source {
    /// Its path below `src`.
    pub(super) file: String,
    /// Its module path, without `crate`.
    pub(super) module: String,
    /// Its text.
    pub(super) text: String,
    /// Every path it names.
    pub(super) paths: BTreeSet<String>,
    /// Every identifier and every word of its strings.
    pub(super) words: BTreeSet<String>,
}

impl Source {
    pub(super) fn read(root: &Path, file: &Path) -> Self {
        let name = file
            .strip_prefix(root)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        Self::parse(&name, &fs::read_to_string(file).unwrap())
    }

    pub(super) fn parse(file: &str, text: &str) -> Self {
        let module = module(file);
        let tokens: TokenStream = text.parse().unwrap();
        let mut found = Vec::new();
        let mut words = BTreeSet::new();
        walk(tokens.clone(), &mut found);
        collect_words(tokens, &mut words);
        let settled = found.iter().map(|path| settle(path, &module));
        Self {
            file: file.to_owned(),
            paths: settled.collect(),
            module: module.join("::"),
            text: text.to_owned(),
            words,
        }
    }

    pub(super) fn top(&self) -> &str {
        self.module.split("::").next().unwrap()
    }
}

fn module(file: &str) -> Vec<String> {
    let stem = file.strip_suffix(".rs").unwrap();
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    stem.split('/').map(str::to_owned).collect()
}

fn walk(stream: TokenStream, out: &mut Vec<Vec<String>>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(_) => at = path(&tokens, at, Vec::new(), out),
            TokenTree::Group(group) => {
                walk(group.stream(), out);
                at += 1;
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => at += 1,
        }
    }
}

/// Reads one path, or one `use` tree, that begins at `at`; returns where it ends.
fn path(
    tokens: &[TokenTree],
    mut at: usize,
    mut so_far: Vec<String>,
    out: &mut Vec<Vec<String>>,
) -> usize {
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(name)) => {
                so_far.push(name.to_string());
                at += 1;
                if !is_colons(tokens, at) {
                    out.push(so_far);
                    return at;
                }
                at += 2;
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                branches(group.stream(), &so_far, out);
                return at + 1;
            }
            Some(_) | None => {
                out.push(so_far);
                return at + 1;
            }
        }
    }
}

fn branches(stream: TokenStream, so_far: &[String], out: &mut Vec<Vec<String>>) {
    let inner: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while at < inner.len() {
        if matches!(inner[at], TokenTree::Ident(_)) {
            at = path(&inner, at, so_far.to_vec(), out);
        } else {
            at += 1;
        }
    }
}

fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    colon(tokens.get(at)) && colon(tokens.get(at + 1))
}

fn settle(path: &[String], module: &[String]) -> String {
    let ups = path.iter().take_while(|part| *part == "super").count();
    let base: Vec<&String> = if ups > 0 {
        module[..module.len().saturating_sub(ups)].iter().collect()
    } else if path.first().is_some_and(|part| part == "self") {
        module.iter().collect()
    } else {
        return path.join("::");
    };
    let rest = path.iter().skip(ups.max(usize::from(ups == 0)));
    let parts: Vec<&str> = base.into_iter().chain(rest).map(String::as_str).collect();
    format!("crate::{}", parts.join("::"))
}

fn collect_words(stream: TokenStream, words: &mut BTreeSet<String>) {
    let mut doc = false;
    for token in stream {
        match token {
            TokenTree::Ident(name) => {
                doc = name == "doc";
                words.insert(name.to_string());
            }
            TokenTree::Group(group) => collect_words(group.stream(), words),
            TokenTree::Literal(literal) if !doc => {
                let text = literal.to_string();
                words.extend(
                    text.split(|c: char| !c.is_alphanumeric())
                        .map(str::to_owned),
                );
            }
            TokenTree::Literal(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// The names of public items, fields of enums aside, that stand without a doc comment.
pub(super) fn public_without_docs(text: &str) -> Vec<String> {
    let mut bare = Vec::new();
    scan(text.parse().unwrap(), &mut bare);
    bare
}

const ITEMS: &[&str] = &["fn", "struct", "enum", "trait", "type", "const", "static"];

fn scan(stream: TokenStream, bare: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut described = false;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                described |= group.stream().to_string().starts_with("doc");
            }
            TokenTree::Group(group) => {
                scan(group.stream(), bare);
                described &= group.delimiter() != Delimiter::Brace;
            }
            TokenTree::Ident(word) if word == "pub" => {
                if let Some(name) = public_item(&tokens[at + 1..]).filter(|_| !described) {
                    bare.push(name);
                }
                described = false;
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => described = false,
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// The name of the item behind a bare `pub`; `None` for `pub(..)`, `pub use`, `pub mod` and fields.
fn public_item(rest: &[TokenTree]) -> Option<String> {
    let mut words = rest.iter().map_while(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    });
    let kind = words
        .by_ref()
        .find(|word| !["async", "unsafe"].contains(&word.as_str()))?;
    let next = words.next()?;
    if kind == "const" && next == "fn" {
        return words.next();
    }
    ITEMS.contains(&kind.as_str()).then_some(next)
}
