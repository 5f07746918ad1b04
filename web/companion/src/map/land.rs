//! The land: Tỉnh Bắc Ninh in the units of the picture.

/// Size and units a kilometre; the outline; then a commune a line.
const TEXT: &str = include_str!("land.txt");

/// A place in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// From the left edge
    pub x: i32,
    /// From the upper edge
    pub y: i32,
}

/// The lower right corner of the picture.
#[must_use]
pub fn corner() -> Point {
    let mut numbers = head();
    Point { x: numbers.next().unwrap_or_default(), y: numbers.next().unwrap_or_default() }
}

/// The province's outline, as the data of an SVG path.
#[must_use]
pub fn outline() -> &'static str {
    TEXT.lines().nth(1).unwrap_or_default()
}

/// How long so many kilometres are.
#[must_use]
pub fn length(kilometres: i32) -> i32 {
    let thousandths: i32 = head().nth(2).unwrap_or_default();
    kilometres * thousandths / 1000
}

/// The middle of a commune, by its five-digit code; `None` of one in another province.
#[must_use]
pub fn middle(code: &str) -> Option<Point> {
    let place = TEXT.lines().skip(2).find_map(|line| line.strip_prefix(code)?.strip_prefix(' '))?;
    let (x, y) = place.split_once(' ')?;
    Some(Point { x: x.parse().ok()?, y: y.parse().ok()? })
}

fn head() -> impl Iterator<Item = i32> {
    TEXT.lines().next().unwrap_or_default().split(' ').filter_map(|number| number.parse().ok())
}
