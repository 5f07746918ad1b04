//! `scan.own` and `scan.blackbox`: how many symbols are read, of our own pictures and of ZXing's public ones, beside plain
//! rxing and rqrr on the same pictures in the same run; `scan.film`: after how many frames a label held by hand is read.
//!
//! Plain means: the whole picture once, as the library's own one-call function does it. For rxing these are two, of which
//! the better one of each set counts: `detect_multiple_in_luma`, with `TryHarder` and `AlsoInverted`, and
//! `detect_in_luma_filtered` with the same, which tries several scales. For rqrr it is `PreparedImage::detect_grids`.
//! Ours is [`nguon_scan::read_picture`] with as much time as it wants; `ours_quick` is the same with two attempts, what a frame
//! of a video gets. Every reader's time is printed too.

mod blackbox;
mod figures;
mod film;
mod own;
mod readers;
mod score;

fn main() {
    let wanted = figures::Wanted::from_arguments();
    if wanted.has("scan.own") {
        own::measure(&wanted);
    }
    if wanted.has("scan.blackbox") {
        blackbox::measure(&wanted);
    }
    if wanted.has("scan.film") {
        film::measure();
    }
}
