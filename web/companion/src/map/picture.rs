//! The stops as SVG. Shapes say what colours say: a dot is where fruit grew, a square is who had it in hand, a dotted line
//! leads from the orchards, a full one with arrows goes on from there. All of it is drawn in the text's own colour.

use std::fmt::Write as _;

use nguon_verify_app::lang::Lang;

use super::land::{self, Point};
use super::route::{Deed, Route};
use super::table;
use crate::messages::{self, fill};

/// So many places are named in the picture's title; the table names all.
const NAMED: usize = 8;
/// Half of a mark's width.
const MARK: i32 = 10;
/// Width of a digit and height of a line, as system fonts have them at the picture's size.
const LETTER: (i32, i32) = (16, 28);
/// Kilometres of the scale.
const SCALE: i32 = 20;
/// Towns that people know, by the commune that holds their middle: so that the outline says where in it one is.
const TOWNS: [(&str, &str); 3] = [("07525", "Chũ"), ("07210", "Bắc Giang"), ("09187", "Bắc Ninh")];

/// A commune with what is shown at it.
struct Mark {
    at: Point,
    numbers: Vec<String>,
    grown: bool,
    handled: bool,
}

/// The picture, as an SVG element.
#[must_use]
pub fn picture(lang: Lang, route: &Route) -> String {
    let m = messages::of(lang);
    let marks = marks(route);
    let Point { x, y } = land::corner();
    let mut svg = format!(
        "<svg class=\"map\" viewBox=\"0 0 {x} {y}\" role=\"img\" aria-labelledby=\"map-title map-about\" fill=\"none\" \
         stroke=\"currentColor\" stroke-width=\"3\" stroke-linecap=\"round\" stroke-linejoin=\"round\" font-size=\"28\">\
         <title id=\"map-title\">{}</title><desc id=\"map-about\">{}</desc>",
        escaped(&fill(m.map_picture, &[("places", &places(lang, route))])),
        escaped(m.map_about),
    );
    let outline = land::outline();
    svg.push_str("<path class=\"map-land\" fill=\"currentColor\" fill-opacity=\".06\" stroke-opacity=\".5\" d=\"");
    svg.push_str(outline);
    svg.push_str("\"/>");
    scale(&mut svg, land::corner());
    let way = route.way();
    path(&mut svg, "class=\"map-from\" stroke-dasharray=\"1 8\"", &feeders(&marks, &way));
    path(&mut svg, "class=\"map-way\" stroke-width=\"5\"", &onward(&way));
    drawn(&mut svg, &marks);
    labels(&mut svg, &marks);
    svg.push_str("</svg>");
    svg
}

fn marks(route: &Route) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for stop in &route.stops {
        let (Some(at), Some(number)) = (stop.place.point(), stop.number) else { continue };
        let known = marks.iter().position(|mark| mark.at == at).unwrap_or_else(|| {
            marks.push(Mark { at, numbers: Vec::new(), grown: false, handled: false });
            marks.len() - 1
        });
        if let Some(mark) = marks.get_mut(known) {
            mark.numbers.push(number.to_string());
            mark.grown |= matches!(stop.deed, Deed::Grown(_));
            mark.handled |= matches!(stop.deed, Deed::Handled { .. });
        }
    }
    marks
}

/// All marks of a kind are one path: a line of no length is a dot where its ends are round, and a square where they are square.
fn drawn(svg: &mut String, marks: &[Mark]) {
    let all = |here: fn(&Mark) -> bool, shape: &dyn Fn(Point) -> String| -> String {
        marks.iter().filter(|mark| here(mark)).map(|mark| shape(mark.at)).collect()
    };
    let spot = |Point { x, y }: Point| format!("M{x} {y}h0");
    let half = MARK + 5;
    let frame = |Point { x, y }: Point| format!("M{} {}h{2}v{2}h-{2}z", x - half, y - half, 2 * half);
    let (dot, square) = (2 * MARK - 2, 2 * MARK);
    path(svg, &format!("class=\"map-grown\" stroke-width=\"{dot}\""), &all(|mark| mark.grown, &spot));
    let handled = format!("class=\"map-stop\" stroke-width=\"{square}\" stroke-linecap=\"square\"");
    // A cap adds half the width on either side: a square is as wide as its line.
    path(svg, &handled, &all(|mark| mark.handled && !mark.grown, &spot));
    path(svg, "class=\"map-both\"", &all(|mark| mark.handled && mark.grown, &frame));
}

/// From each commune where fruit grew to the first that had it in hand.
fn feeders(marks: &[Mark], way: &[Point]) -> String {
    let mut data = String::new();
    if let Some(Point { x, y }) = way.first() {
        for from in marks.iter().filter(|mark| mark.grown).map(|mark| mark.at).filter(|at| Some(at) != way.first()) {
            let _ = write!(data, "M{} {}L{x} {y}", from.x, from.y);
        }
    }
    data
}

/// From hand to hand, with an arrow in the middle of each part that has room for one.
fn onward(way: &[Point]) -> String {
    let mut data = String::new();
    for (from, to) in way.iter().zip(way.iter().skip(1)) {
        let _ = write!(data, "M{} {}L{} {}", from.x, from.y, to.x, to.y);
        let (across, down) = (to.x - from.x, to.y - from.y);
        let length = root(across * across + down * down).max(1);
        if length < 5 * MARK {
            continue;
        }
        let along = |forward: i32, aside: i32| Point {
            x: i32::midpoint(from.x, to.x) + (across * forward - down * aside) / length,
            y: i32::midpoint(from.y, to.y) + (down * forward + across * aside) / length,
        };
        let (left, tip, right) = (along(-MARK, -MARK), along(MARK, 0), along(-MARK, MARK));
        let _ = write!(data, "M{} {}L{} {}L{} {}", left.x, left.y, tip.x, tip.y, right.x, right.y);
    }
    data
}

/// The square root, to a whole number: near enough for an arrow.
fn root(square: i32) -> i32 {
    (0..).take_while(|side: &i32| side * side <= square).last().unwrap_or_default()
}

fn path(svg: &mut String, attributes: &str, data: &str) {
    if !data.is_empty() {
        let _ = write!(svg, "<path {attributes} d=\"{data}\"/>");
    }
}

/// In the corner that the province leaves free.
fn scale(svg: &mut String, corner: Point) {
    let (length, right, base) = (land::length(SCALE), corner.x - 16, corner.y - 16);
    let _ = write!(
        svg,
        "<path class=\"map-scale\" stroke-opacity=\".7\" d=\"M{} {}v8h{length}v-8\"/>\
         <text x=\"{}\" y=\"{}\" stroke=\"none\" fill=\"currentColor\" fill-opacity=\".8\">{SCALE} km</text>",
        right - length,
        base - 8,
        right - length + 12,
        base - 14,
    );
}

/// The numbers, and such towns as there is room for.
fn labels(svg: &mut String, marks: &[Mark]) {
    let mut taken: Vec<Room> = marks.iter().map(|mark| Room::around(mark.at, MARK + 2)).collect();
    svg.push_str("<g class=\"map-numbers\" stroke=\"none\" fill=\"currentColor\" font-weight=\"650\">");
    for mark in marks {
        let label = mark.numbers.join(", ");
        let rooms = rooms(mark.at, &label);
        // A number is never left out: where it has no room it covers something.
        let inside = rooms.iter().find(|room| room.lies_within(land::corner()));
        if let Some(room) = free(&rooms, &taken).or(inside.copied()).or(rooms.first().copied()) {
            put(svg, room, &label);
            taken.push(room);
        }
    }
    svg.push_str("</g><g class=\"map-towns\" stroke=\"none\" fill=\"currentColor\" fill-opacity=\".75\">");
    for (commune, name) in TOWNS {
        let rooms = land::middle(commune).map(|at| rooms(at, name));
        if let Some(room) = rooms.and_then(|rooms| free(&rooms, &taken)) {
            put(svg, room, name);
            taken.push(room);
        }
    }
    svg.push_str("</g>");
}

fn put(svg: &mut String, room: Room, label: &str) {
    let _ = write!(svg, "<text x=\"{}\" y=\"{}\">{label}</text>", room.left, room.bottom - 5);
}

/// The places around a mark where a label may stand, best first.
fn rooms(at: Point, label: &str) -> [Room; 6] {
    let width = LETTER.0 * i32::try_from(label.chars().count()).unwrap_or(i32::MAX / LETTER.0);
    let (near, far) = (MARK + 8, MARK + 8 + width);
    let (level, above, below) = (-LETTER.1 / 2, -MARK - LETTER.1 + 4, MARK - 4);
    let around = [(near, level), (near, above), (-far, above), (-far, level), (near, below), (-far, below)];
    around.map(|(across, down)| {
        let (left, top) = (at.x + across, at.y + down);
        Room { left, top, right: left + width, bottom: top + LETTER.1 }
    })
}

/// The first that covers nothing.
fn free(rooms: &[Room], taken: &[Room]) -> Option<Room> {
    let covers = |room: &Room| taken.iter().any(|other| other.meets(room));
    rooms.iter().find(|room| room.lies_within(land::corner()) && !covers(room)).copied()
}

/// Room in the picture.
#[derive(Clone, Copy)]
struct Room {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Room {
    const fn around(at: Point, half: i32) -> Self {
        Self { left: at.x - half, top: at.y - half, right: at.x + half, bottom: at.y + half }
    }

    const fn lies_within(&self, corner: Point) -> bool {
        self.left >= 0 && self.top >= 0 && self.right <= corner.x && self.bottom <= corner.y
    }

    const fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

fn places(lang: Lang, route: &Route) -> String {
    let mut names: Vec<String> = Vec::new();
    for stop in route.stops.iter().filter(|stop| stop.number.is_some()) {
        let name = table::place(lang, &stop.place);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() > NAMED {
        names.truncate(NAMED);
        names.push("…".to_owned());
    }
    names.join(lang.messages().list_mark())
}

/// Words that are no markup.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}
