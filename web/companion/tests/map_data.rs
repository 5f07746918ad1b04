//! The land that the program carries is what its tables and its maker say, and nothing that somebody drew in.

#[path = "../examples/map_data/land.rs"]
mod land;

#[test]
fn the_land_is_made_of_its_tables() {
    let made = land::land(include_str!("../data/outline.csv"), include_str!("../data/communes.csv"));
    assert_eq!(made.as_deref(), Ok(include_str!("../src/map/land.txt")), "cargo run --example map_data writes it anew");
}

#[test]
fn every_commune_that_the_page_names_has_a_place() {
    let placed: Vec<&str> = include_str!("../data/communes.csv").lines().skip(1).map(|line| &line[..5]).collect();
    for line in nguon_verify_app::communes::TEXT.lines() {
        assert!(placed.contains(&&line[..5]), "{line}");
    }
    assert_eq!(placed.len(), 99);
}
