//! The page's CDDL (RFC 8610), read by a library that knows nothing of this project.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cddl_cat::cbor::validate_cbor;
use cddl_cat::context::BasicContext;
use cddl_cat::flatten::flatten_from_str;
use cddl_cat::ivt::{KeyValue, Literal, Node};
use ciborium::Value;

use crate::page::blocks;

static RULES: LazyLock<BasicContext> = LazyLock::new(|| {
    let text: Vec<&str> = [4, 8, 9, 10, 12].into_iter().flat_map(|section| blocks(section, "cddl")).collect();
    assert_eq!(text.len(), 7, "one block each, and two of bundles and of the log");
    BasicContext::new(flatten_from_str(&anchored(&text.join("\n"))).expect("the page's CDDL is RFC 8610"))
});

/// RFC 8610 §3.8.3 takes patterns from XSD, where they are of the whole text; the library's are of a part of it.
fn anchored(cddl: &str) -> String {
    let mut parts = cddl.split(".regexp \"");
    let mut whole = parts.next().expect("a split has a first part").to_owned();
    for part in parts {
        let (pattern, rest) = part.split_once('"').expect("a pattern is closed");
        whole.extend([".regexp \"^(", pattern, ")$\"", rest]);
    }
    whole
}

/// Whether a value is what a rule says.
pub fn fits(rule: &str, value: &Value) -> bool {
    let definition = RULES.rules.get(rule).expect("the page has this rule");
    validate_cbor(definition, value, &*RULES).is_ok()
}

/// Bytes as a value.
pub fn value(bytes: &[u8]) -> Value {
    ciborium::from_reader(bytes).expect("well-formed CBOR")
}

/// A value as bytes. Maps keep their order, which has to be the deterministic one already.
pub fn bytes(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    ciborium::into_writer(value, &mut out).expect("a value can be written");
    out
}

/// The names of a map's entries.
pub fn keys(value: &Value) -> BTreeSet<String> {
    let entries = value.as_map().expect("a map");
    entries.iter().map(|(key, _)| key.as_text().expect("keys are text").to_owned()).collect()
}

/// Checks that a value which fits a rule leaves out nothing that the rule has, here and in every map inside, and so that
/// the page has no field which the code has not. `absent` are the fields that may stay away.
pub fn assert_leaves_nothing_out(rule: &str, value: &Value, absent: &[&str]) {
    walk(&RULES.rules[rule].node, value, absent, rule);
}

fn walk(node: &Node, value: &Value, absent: &[&str], place: &str) {
    match (node, value) {
        (Node::Rule(rule), _) => walk(&RULES.rules[&rule.name].node, value, absent, place),
        (Node::Map(map), Value::Map(entries)) => {
            let members: Vec<&KeyValue> = map.members.iter().map(member).collect();
            let named: BTreeSet<String> = members.iter().map(|member| name(member).to_owned()).collect();
            let found = keys(value);
            let missing: Vec<&String> =
                named.difference(&found).filter(|name| !absent.contains(&name.as_str())).collect();
            assert!(missing.is_empty(), "{place}: SPEC.md has {missing:?}, the code's fullest value has not");
            for (key, value) in entries {
                let key = key.as_text().expect("keys are text");
                let member = members.iter().find(|member| name(member) == key).expect("the value fits");
                walk(&member.value, value, &[], &format!("{place}.{key}"));
            }
        }
        (Node::Array(array), Value::Array(items)) => {
            let item = bare(&array.members[0]);
            items.iter().for_each(|value| walk(item, value, &[], place));
        }
        (Node::Choice(choice), Value::Map(_)) => {
            // A choice between maps of one key.
            let chosen = choice.options.iter().find(|option| match option {
                Node::Map(map) => keys(value).contains(name(member(&map.members[0]))),
                _ => false,
            });
            walk(chosen.expect("the value fits"), value, &[], place);
        }
        _ => {}
    }
}

fn bare(node: &Node) -> &Node {
    if let Node::Occur(occur) = node { bare(&occur.node) } else { node }
}

fn member(node: &Node) -> &KeyValue {
    match bare(node) {
        Node::KeyValue(member) => member,
        other => panic!("a map of the page has a member without a name: {other:?}"),
    }
}

fn name(member: &KeyValue) -> &str {
    match &*member.key {
        Node::Literal(Literal::Text(name)) => name,
        other => panic!("a map of the page has a key that is not a word: {other:?}"),
    }
}

/// The options of the page's `event` and of its `event_name`.
pub fn event_names() -> (BTreeSet<String>, BTreeSet<String>) {
    let options = |rule: &str| match &RULES.rules[rule].node {
        Node::Choice(choice) => choice.options.clone(),
        other => panic!("{rule} is not a choice: {other:?}"),
    };
    let of_map = |option: Node| match option {
        Node::Map(map) => name(member(&map.members[0])).to_owned(),
        other => panic!("an event is not a map: {other:?}"),
    };
    let of_word = |option: Node| match option {
        Node::Literal(Literal::Text(word)) => word,
        other => panic!("an event's name is not a word: {other:?}"),
    };
    (options("event").into_iter().map(of_map).collect(), options("event_name").into_iter().map(of_word).collect())
}
