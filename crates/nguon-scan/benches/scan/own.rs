//! `scan.own` and one figure a category: our own pictures.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;

use nguon_scenes::{Category, Picture, picture};

use crate::figures::Wanted;
use crate::readers::Reader;
use crate::score::{Score, report};

/// Pictures a category.
const PICTURES: u32 = 24;

pub fn measure(wanted: &Wanted) {
    let mut overall = Reader::ALL.map(|reader| (reader, Score::default()));
    for category in Category::ALL {
        let name = format!("scan.own.{}", category.name());
        if !wanted.has(&name) {
            continue;
        }
        let pictures = pictures(category);
        let scores = Reader::ALL.map(|reader| {
            let mut score = Score::default();
            pictures.iter().for_each(|picture| score.add(reader, picture, |text, payload| text == payload));
            (reader, score)
        });
        report(&name, &scores);
        for ((_, sum), (_, score)) in overall.iter_mut().zip(scores) {
            *sum = sum.and(score);
        }
    }
    report("scan.own", &overall);
}

/// Made by all cores; read by one at a time.
fn pictures(category: Category) -> Vec<Picture> {
    let numbers: Mutex<VecDeque<u32>> = Mutex::new((0..PICTURES).collect());
    let next = || numbers.lock().expect("no thread panics").pop_front();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let make = || std::iter::from_fn(next).map(|number| picture(category, number)).collect::<Vec<_>>();
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(make)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a picture")).collect()
    })
}
