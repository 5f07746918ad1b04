//! The seal: a lychee cut in half. Its skin is the ring that closes when the proof closes.

use yew::prelude::*;

use super::el::el;
use crate::model::Seal;

const STALK: &str = "M80 20C80 14 82 9 86 5";
const LEAVES: &str = "M83 13C91 1 108 0 120 7C110 18 94 21 83 13ZM80 14C73 4 60 2 49 8C58 17 71 20 80 14Z";
/// The seed, and the flesh as it lies around it.
const SEED: &str = "M80 60C91 60 98 71 98 86C98 101 90 110 80 110C70 110 62 101 62 86C62 71 69 60 80 60Z";
const FLESH: &str = "M80 48C97 48 108 65 108 86C108 107 96 120 80 120C64 120 52 107 52 86C52 65 63 48 80 48ZM80 37C105 37 119 59 119 83M41 83C41 59 55 37 80 37";
const GLINT: &str = "M71 72C68 77 67 83 68 90";
const CRACK: &str = "M126 16L101 52L113 65L83 84L92 101L60 118L65 131L44 154";
const STRIKE: &str = "M24 136L136 24";

/// Draws the seal in the colour of its surroundings. The words beside it say what it means, so it is hidden from readers.
pub fn seal(state: Seal) -> Html {
    // In hundredths of the ring, drawn from the stalk. The gap of an open one lies at the upper right.
    let closed: u8 = match state {
        Seal::Closing(part) => part,
        Seal::Closed | Seal::Cracked | Seal::Struck => 100,
        Seal::Open => 84,
    };
    let dashes = closed.to_string() + " 100";
    let turn = if state == Seal::Open { "rotate(-14 80 80)" } else { "rotate(-90 80 80)" };
    let class = if state == Seal::Closed { "seal seal-closed" } else { "seal" };
    let path = |class, d: &'static str| el("path").at(&["class", "d"], &[class, d]);
    let scaled = |class, radius, length| {
        el("circle").at(&["class", "cx", "cy", "r", "pathLength"], &[class, "80", "80", radius, length])
    };
    let part = el("circle").at(
        &["class", "cx", "cy", "r", "pathLength", "stroke-dasharray", "transform"],
        &["seal-part", "80", "80", "60", "100", &dashes, turn],
    );
    let mask = el("mask").at(
        &["id", "maskUnits", "x", "y", "width", "height"],
        &["seal-part", "userSpaceOnUse", "0", "0", "160", "160"],
    );
    let skin = el("g").at(&["mask"], &["url(#seal-part)"]);
    let drawing = el("svg")
        .at(&["class", "viewBox", "aria-hidden"], &[class, "4 0 152 152", "true"])
        .with(mask.with(part))
        .with(path("seal-leaves", LEAVES))
        .with(path("seal-stalk", STALK))
        .with(scaled("seal-track", "61", "80"))
        .with(scaled("seal-white", "52", "1"))
        .with(path("seal-flesh", FLESH))
        .with(path("seal-seed", SEED))
        .with(path("seal-glint", GLINT))
        .with(skin.with(scaled("seal-skin", "58", "1")).with(scaled("seal-bumps", "62", "80")));
    let drawing = match state {
        Seal::Cracked => drawing.with(path("seal-gap", CRACK)).with(path("seal-crack", CRACK)),
        Seal::Struck => drawing.with(path("seal-gap", STRIKE)).with(path("seal-strike", STRIKE)),
        Seal::Closing(_) | Seal::Closed | Seal::Open => drawing,
    };
    drawing.into()
}
