//! From degrees to the units of a picture: an equirectangular projection at the province's middle, where a province is small
//! enough for it to be off by less than a line's width; then Douglas and Peucker's simplification of the outline.

use std::fmt::Write as _;

/// Width of the picture in its own units.
const WIDTH: f64 = 720.0;
/// Room around the outline.
const MARGIN: f64 = 16.0;
/// How far a corner may lie off the simplified outline and yet be left out: about 250 m.
const TOLERANCE: f64 = 1.5;
/// A degree of latitude.
const KILOMETRES: f64 = 111.195;

/// A place in the picture.
type Point = (f64, f64);

/// The text of the land: size and thousandths of a unit a kilometre, the outline as an SVG path, then a commune a line.
///
/// # Errors
/// A line of the tables that is none.
pub fn land(outline: &str, communes: &str) -> Result<String, String> {
    let outline: Vec<Point> = rows(outline).map(|row| degrees(&row)).collect::<Result<_, _>>()?;
    let by = |pick: fn(&Point) -> f64, choose: fn(f64, f64) -> f64| outline.iter().map(pick).reduce(choose);
    let bounds =
        || Some((by(|p| p.0, f64::min)?, by(|p| p.0, f64::max)?, by(|p| p.1, f64::min)?, by(|p| p.1, f64::max)?));
    let (south, north, west, east) = bounds().ok_or("an empty outline")?;
    let squeeze = ((south + north) / 2.0).to_radians().cos();
    let scale = (WIDTH - 2.0 * MARGIN) / ((east - west) * squeeze);
    let place = |(latitude, longitude): Point| {
        (((longitude - west) * squeeze).mul_add(scale, MARGIN), (north - latitude).mul_add(scale, MARGIN))
    };
    let height = (north - south).mul_add(scale, 2.0 * MARGIN);

    let mut ring: Vec<Point> = outline.into_iter().map(place).collect();
    ring.extend(ring.first().copied());
    // Whole numbers only: a reader of floats is ten times the size of this file.
    let mut text = format!("{WIDTH:.0} {height:.0} {:.0}\n", 1000.0 * scale / KILOMETRES);
    for (index, (x, y)) in simplified(&ring).into_iter().enumerate() {
        let _ = write!(text, "{}{x:.0} {y:.0}", if index == 0 { "M" } else { "L" });
    }
    text.push_str("z\n");
    for row in rows(communes) {
        let [code, rest @ ..] = row.as_slice() else { return Err("an empty line".into()) };
        let (x, y) = place(degrees(rest)?);
        let _ = writeln!(text, "{code} {x:.0} {y:.0}");
    }
    Ok(text)
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}

fn degrees(row: &[&str]) -> Result<Point, String> {
    let number = |text: &str| text.parse().map_err(|error| format!("{text}: {error}"));
    let [latitude, longitude] = row else { return Err(format!("{row:?}")) };
    Ok((number(latitude)?, number(longitude)?))
}

/// The ring without its last corner and without those that lie within the tolerance of what is left.
fn simplified(ring: &[Point]) -> Vec<Point> {
    // A ring begins where it ends: it is cut at the corner farthest from its beginning.
    let Some(first) = ring.first() else { return Vec::new() };
    let far = (0..ring.len()).max_by(|one, other| away(ring[*one], *first).total_cmp(&away(ring[*other], *first)));
    let far = far.unwrap_or_default();
    let mut left = thinned(&ring[..=far]);
    left.pop();
    left.extend(thinned(&ring[far..]));
    left.pop();
    left
}

fn thinned(line: &[Point]) -> Vec<Point> {
    let [first, .., last] = line else { return line.to_vec() };
    let off = |at: usize| off_line(line[at], *first, *last);
    let farthest = (1..line.len() - 1).max_by(|one, other| off(*one).total_cmp(&off(*other)));
    match farthest {
        Some(at) if off(at) > TOLERANCE => {
            let mut left = thinned(&line[..=at]);
            left.pop();
            left.extend(thinned(&line[at..]));
            left
        }
        _ => vec![*first, *last],
    }
}

fn away(one: Point, other: Point) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

/// How far a point lies from a line's ends' connection.
fn off_line(point: Point, first: Point, last: Point) -> f64 {
    let length = away(first, last);
    if length == 0.0 {
        return away(point, first);
    }
    let (across, down) = ((last.0 - first.0) / length, (last.1 - first.1) / length);
    ((point.0 - first.0) * down - (point.1 - first.1) * across).abs()
}
