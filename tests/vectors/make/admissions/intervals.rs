//! Pre-harvest intervals, seasons, and which of the claimed times count. The season is `NOW` to `NOW + 3,000,000`.

use super::*;

const UNTIL: u64 = NOW + 3_000_000;

pub fn cases() -> Vec<Case> {
    vec![kept(), claimed_spray(), claimed_harvest(), corrected(), seasons(), areas()]
}

fn too_early() -> Value {
    no_for("harvest_too_early", "at")
}

/// A script with a batch to harvest into.
fn begun() -> (Script, By, ChainId, ChainId) {
    let mut script = Script::new();
    let (farm, plot) = (script.farm(), script.world.plot);
    let to = script.begin(farm, opened(script.world.farm), batch(0, 0));
    (script, farm, plot, to)
}

fn kept() -> Case {
    let (mut script, farm, plot, to) = begun();
    let sprayed_at = NOW + 100;
    let over = sprayed_at + 7 * DAY;
    script.at(sprayed_at, 0);
    script.append(farm, plot, harvest(to, 10), place(0));
    script.append(farm, plot, sprayed(7, None), place(over));
    script.append(farm, plot, sprayed(0, None), place(over));
    script.append(farm, plot, harvest(to, 10), too_early());
    script.at(over - 1, 0);
    script.append(farm, plot, harvest(to, 10), too_early());
    script.at(over, 0);
    script.append(farm, plot, harvest(to, 10), place(over));
    // Two at a time: the later end counts.
    script.append(farm, plot, sprayed(3, None), place(over + 3 * DAY));
    script.append(farm, plot, sprayed(2, None), place(over + 3 * DAY));
    script.at(over + 2 * DAY, 0);
    script.append(farm, plot, harvest(to, 10), too_early());
    // What was applied before a harvest and is told only now is taken, and readers are told.
    script.append(farm, plot, sprayed(14, Some(over - DAY)), place(over + 13 * DAY));
    script.case("an interval that is kept, and one second less")
}

/// Claimed earlier than a week before the checkpoint that its record names, or later than the log's own time.
fn claimed_spray() -> Case {
    let (mut script, farm, plot, _) = begun();
    let (logged, anchored) = (NOW + 20 * DAY, NOW + 20 * DAY - 50);
    script.at(logged, anchored);
    let week = anchored - 7 * DAY;
    script.append(farm, plot, sprayed(1, Some(week)), place(week + DAY));
    script.append(farm, plot, sprayed(1, Some(week - 1)), place(logged + DAY));
    script.append(farm, plot, sprayed(2, Some(logged + 600)), place(logged + 2 * DAY));
    script.append(farm, plot, sprayed(3, Some(logged + 601)), place(logged + 3 * DAY));
    // Without an anchor any earlier time will do.
    script.at(logged, 0);
    script.append(farm, plot, sprayed(20, Some(NOW + 5 * DAY)), place(NOW + 25 * DAY));
    script.case("the time that counts of a spray")
}

fn claimed_harvest() -> Case {
    let (mut script, farm, plot, to) = begun();
    let at = |when| HarvestDrawn { at: Some(time(when)), ..harvest(to, 10) };
    // A week before the checkpoint that the record names: the log can vouch for it.
    script.at(NOW + 7 * DAY, NOW + 7 * DAY);
    script.append(farm, plot, at(NOW), place(0));
    script.at(NOW + 7 * DAY - 1, NOW + 7 * DAY - 1);
    script.append(farm, plot, at(NOW - 1), no_for("outside_season", "at"));
    // A second earlier it counts as harvested when the checkpoint was closed.
    script.at(NOW + 7 * DAY, NOW + 7 * DAY);
    script.append(farm, plot, at(NOW - 1), place(0));
    let over = NOW + 9 * DAY;
    script.append(farm, plot, sprayed(7, Some(NOW + 2 * DAY)), place(over));
    // What was told before the harvest comes before it, whatever time the harvest claims.
    script.append(farm, plot, at(NOW + 2 * DAY - 1), too_early());
    // A time to come counts as the log's own if it is within ten minutes, else as the checkpoint's.
    script.at(over, over - 50);
    script.append(farm, plot, at(over + 600), place(over));
    script.append(farm, plot, at(over + 601), too_early());
    // Without a checkpoint, one that the log cannot vouch for counts as never within a season.
    script.at(over, 0);
    script.append(farm, plot, at(over + 601), no_for("outside_season", "at"));
    script.case("the time that counts of a harvest")
}

fn corrected() -> Case {
    let (mut script, farm, plot, to) = begun();
    let coop = script.coop();
    let sprayed_at = NOW + 2 * DAY;
    script.at(sprayed_at, 0);
    script.append(farm, plot, sprayed(7, None), place(sprayed_at + 7 * DAY));
    let spray = script.head(plot);
    script.append(farm, plot, correction(spray, sprayed(10, None)), place(sprayed_at + 10 * DAY));
    // Shorter, or at another time: it waits.
    script.append(farm, plot, correction(spray, sprayed(5, None)), place(sprayed_at + 10 * DAY));
    let shorter = script.head(plot);
    script.append(farm, plot, correction(spray, sprayed(10, Some(NOW + DAY))), place(sprayed_at + 10 * DAY));
    let earlier = script.head(plot);
    script.at(sprayed_at + 5 * DAY, 0);
    script.append(farm, plot, harvest(to, 10), too_early());
    script.append(farm, plot, approval(shorter), no_for("not_permitted", "signer"));
    script.append(coop, plot, approval(shorter), place(sprayed_at + 5 * DAY));
    script.append(coop, plot, approval(shorter), no_for("bad_field", "correction"));
    script.append(farm, plot, harvest(to, 10), place(sprayed_at + 5 * DAY));
    let picked = script.head(plot);
    script.append(coop, plot, approval(earlier), place(NOW + 11 * DAY));
    // A harvest cannot be moved into an interval, with or without an approval.
    let moved = HarvestDrawn { at: Some(time(NOW + 2 * DAY)), ..harvest(to, 10) };
    script.append(farm, plot, correction(picked, moved), place(NOW + 11 * DAY));
    let moved = script.head(plot);
    script.append(coop, plot, approval(moved), too_early());
    script.case("corrections of a spray and of a harvest's time")
}

fn seasons() -> Case {
    let (mut script, farm, plot, to) = begun();
    let coop = script.coop();
    let next = |from| SeasonOpened { season: code("2027"), from: time(from), ..season(None) };
    let at = |when| HarvestDrawn { at: Some(time(when)), ..harvest(to, 10) };
    script.append(coop, plot, season(None), no_for("bad_field", "season"));
    script.append(coop, plot, SeasonOpened { season: code("2027"), ..season(Some(1)) }, no_for("bad_field", "ceiling"));
    script.append(coop, plot, SeasonOpened { until: time(NOW), ..next(NOW) }, no_for("bad_field", "until"));
    script.append(farm, plot, HarvestDrawn { season: code("2027"), ..harvest(to, 1) }, no_for("bad_field", "season"));
    script.append(farm, plot, at(NOW - 1), no_for("outside_season", "at"));
    script.append(farm, plot, at(NOW), place(0));
    script.at(UNTIL, 0);
    script.append(farm, plot, harvest(to, 10), place(0));
    script.at(UNTIL + 1, 0);
    script.append(farm, plot, harvest(to, 10), no_for("outside_season", "at"));
    script.append(farm, plot, at(UNTIL), place(0));
    script.at(UNTIL + 14 * DAY, 0);
    script.append(farm, plot, at(UNTIL), place(0));
    script.at(UNTIL + 14 * DAY + 1, 0);
    script.append(farm, plot, at(UNTIL), no_for("late_harvest", "season"));
    let sprayed_at = UNTIL + 14 * DAY + 1;
    script.append(farm, plot, sprayed(7, None), place(sprayed_at + 7 * DAY));
    let until = time(sprayed_at + 40 * DAY);
    script.append(coop, plot, SeasonOpened { until, ..next(sprayed_at + 7 * DAY - 1) }, no_for("bad_field", "from"));
    script.append(coop, plot, SeasonOpened { until, ..next(sprayed_at + 7 * DAY) }, place(sprayed_at + 7 * DAY));
    script.case("a season's window, its fourteen days of grace, and the next season")
}

/// A plot's own season is its household's word; the growing area's window and code hold too.
fn areas() -> Case {
    let (mut script, farm, _, to) = begun();
    let (coop, office) = (script.coop(), script.office());
    let mut coded = script.world.place(PlaceKind::GrowingArea, script.world.coop);
    (coded.code, coded.until) = (code("VN-MAU-0002"), Some(time(NOW + 5 * DAY)));
    let area = script.begin(office, coded, place(0));
    script.append(office, area, season(None), no_for("bad_field", "ceiling"));
    let short =
        |from, until, ceiling: Option<u64>| SeasonOpened { from: time(from), until: time(until), ..season(ceiling) };
    script.append(office, area, short(NOW + DAY, NOW + 6 * DAY, Some(1_000)), place(0));
    let plot = PlotRegistered { area, ..script.world.plot_of(script.world.farm) };
    let plot = script.begin(coop, plot, place(0));
    script.append(coop, plot, short(NOW, NOW + 9 * DAY, None), place(0));
    let all = PlotsAllotted { season: code("2026"), allotments: List::of_one(Allotment { plot, grams: grams(1_000) }) };
    script.append(coop, area, all, place(0));
    script.append(farm, plot, harvest(to, 10), no_for("outside_season", "at"));
    script.at(NOW + DAY, 0);
    script.append(farm, plot, harvest(to, 10), place(0));
    script.at(NOW + 5 * DAY - 1, 0);
    script.append(farm, plot, harvest(to, 10), place(0));
    script.at(NOW + 5 * DAY, 0);
    script.append(farm, plot, harvest(to, 10), no_for("bad_field", "at"));
    script.at(NOW + 6 * DAY + 1, 0);
    script.append(farm, plot, harvest(to, 10), no_for("outside_season", "at"));
    script.case("a growing area's window, and the validity of its code")
}
