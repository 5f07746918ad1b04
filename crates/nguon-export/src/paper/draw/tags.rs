//! The outline, and the tree of structure.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{BBox, Identifier, Node as TagNode, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use super::super::Langs;
use super::super::flow::Entry;
use super::super::said::tag;
use super::super::tree::{Child, Kind, NodeId, Tree};
use super::marks::{points, rect};

/// Sections, and their parts below them.
pub(super) fn outline(entries: &[Entry]) -> Outline {
    let node = |entry: &Entry| {
        let place = XyzDestination::new(entry.page, Point::from_xy(0.0, points(entry.y)));
        OutlineNode::new(entry.title.clone(), place).with_open(true)
    };
    let mut sections: Vec<OutlineNode> = Vec::new();
    for entry in entries {
        match sections.last_mut() {
            Some(section) if entry.part => section.push_child(node(entry)),
            _ => sections.push(node(entry)),
        }
    }
    let mut outline = Outline::new();
    sections.into_iter().for_each(|section| outline.push_child(section));
    outline
}

/// The tree, with what each mark is called in it, by page.
pub(super) fn tag_tree(tree: &Tree, marks: Vec<Vec<Vec<Identifier>>>, langs: Langs) -> TagTree {
    let mut tags = TagTree::new().with_lang(Some(tag(langs.first()).to_owned()));
    for &root in tree.roots() {
        if let Some(group) = group(tree, root, &marks) {
            tags.push(group);
        }
    }
    tags
}

/// Nodes are as deep as a table's cell, no deeper.
fn group(tree: &Tree, id: NodeId, marks: &[Vec<Vec<Identifier>>]) -> Option<TagGroup> {
    let node = tree.node(id)?;
    let mut children: Vec<TagNode> = Vec::new();
    for child in &node.children {
        match *child {
            Child::Node(id) => children.extend(group(tree, id, marks).map(TagNode::from)),
            Child::Mark { page, mark } => {
                let ids = marks.get(page).and_then(|marks| marks.get(mark));
                children.extend(ids.into_iter().flatten().map(|&id| TagNode::from(id)));
            }
        }
    }
    let lang = node.lang.map(|lang| tag(lang).to_owned());
    Some(TagGroup::with_children(kind(&node.kind).with_lang(lang), children))
}

fn kind(kind: &Kind) -> TagKind {
    let span = |span: u32| NonZeroU32::new(span).filter(|span| span.get() > 1);
    match kind {
        Kind::Heading { level, title } => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::Group => Tag::Div.into(),
        Kind::Table { summary } => Tag::Table.with_summary(summary.clone()).into(),
        Kind::Head => Tag::THead.into(),
        Kind::Body => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::HeadCell { of_row, span: columns } => {
            let scope = if *of_row { TableHeaderScope::Row } else { TableHeaderScope::Column };
            Tag::TH(scope).with_col_span(span(*columns)).into()
        }
        Kind::Cell { span: columns } => Tag::TD.with_col_span(span(*columns)).into(),
        Kind::Figure { alt, page, area } => {
            let bbox = rect(*area).map(|rect| BBox::new(*page, rect));
            Tag::Figure(Some(alt.clone())).with_bbox(bbox).into()
        }
    }
}
