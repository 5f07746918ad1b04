//! The list of households: searched, filtered, and drawn only as far as it is seen, so that 5,000 are as quick as five.

use nguon_farm_app::components::ui::button;
use nguon_farm_app::format;
use nguon_ui::el::{Inside, When, el, el_of, nodes};
use nguon_ui::part::{On, Part, part};
use web_sys::Element;
use yew::prelude::*;

use super::Desk;
use super::newcomer::Newcomer;
use super::ui::{number, share, stretch, typed_of};
use crate::messages::{Messages, fill};
use crate::page::Page;
use crate::register::{Counts, Filter, Query, Row, counts, rows, select};

/// Height of a row, pixels: `desk.css` says the same.
const ROW: usize = 76;
/// Rows that are drawn above and below those that are seen.
const MORE: usize = 6;
/// Rows that are seen before the first scroll tells how many there is room for.
const SEEN: usize = 12;

/// What can happen.
pub enum Message {
    /// Words were typed
    Typed(String),
    /// A filter was chosen
    Chosen(Filter),
    /// The list was scrolled to this pixel, with so many seen
    Scrolled(usize, usize),
    /// A new household is to be entered, or no more
    Newcomer(bool),
}

/// The page.
pub struct HouseholdsPage {
    rows: Vec<Row>,
    counts: Counts,
    query: Query,
    found: Vec<usize>,
    top: usize,
    seen: usize,
    newcomer: bool,
}

impl HouseholdsPage {
    fn list(&mut self, desk: &Desk) {
        self.rows = rows(&desk.listing, &desk.people);
        self.counts = counts(&self.rows, desk.bench.now().get());
        self.find(desk);
    }

    fn find(&mut self, desk: &Desk) {
        self.found = select(&self.rows, &self.query, desk.bench.now().get());
        self.top = 0;
    }
}

impl Part for HouseholdsPage {
    type Message = Message;
    type Properties = Desk;

    fn create(on: &On<'_, Self>) -> Self {
        let mut page = Self {
            rows: Vec::new(),
            counts: Counts::default(),
            query: Query::default(),
            found: Vec::new(),
            top: 0,
            seen: SEEN,
            newcomer: false,
        };
        page.list(on.props());
        page
    }

    fn changed(&mut self, on: &On<'_, Self>, old: &Desk) -> bool {
        let new = on.props();
        if !std::rc::Rc::ptr_eq(&new.listing, &old.listing) || !std::rc::Rc::ptr_eq(&new.people, &old.people) {
            let top = self.top;
            self.list(new);
            self.top = top.min(self.found.len());
        }
        true
    }

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        match message {
            Message::Typed(words) => {
                self.query.words = words;
                self.find(on.props());
            }
            Message::Chosen(filter) => {
                self.query.filter = filter;
                self.find(on.props());
            }
            Message::Scrolled(pixel, room) => {
                let (top, seen) = (pixel / ROW, room / ROW + 2);
                if (top, seen) == (self.top, self.seen) {
                    return false;
                }
                (self.top, self.seen) = (top, seen);
            }
            Message::Newcomer(open) => self.newcomer = open,
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let desk = on.props();
        let m = crate::messages::words(desk.lang);
        let new = on.link().callback(|_: Event| Message::Newcomer(true));
        let done = on.link().callback(|()| Message::Newcomer(false));
        let newcomer = self.newcomer.then(|| part::<Newcomer>(super::newcomer::Props { desk: desk.clone(), done }));
        let empty = self.rows.is_empty() && desk.listing.whole;
        let list = if empty { self.empty(desk, m) } else { self.found(on, m) };
        el("section")
            .at(&["aria-labelledby"], &["title"])
            .with(
                el_of("div", "d-title")
                    .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(m.households_title()))
                    .with(button("small", m.new_household(), new)),
            )
            .with(newcomer)
            .with(list)
            .with(areas(desk, m))
            .with(el_of("p", "small").with(m.names_here()))
            .html()
    }
}

impl HouseholdsPage {
    fn empty(&self, desk: &Desk, m: &Messages) -> Html {
        let go = desk.go.reform(|_: Event| Page::Import);
        el_of("div", "card")
            .with(el("h2").with(m.none_yet()))
            .with(el("p").with(m.none_yet_how()))
            .with(button("", m.part_import(), go))
            .html()
    }

    fn found(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let lang = on.props().lang;
        let typed = on.link().callback(|event: Event| Message::Typed(typed_of(&event)));
        let chip = |(filter, count): (Filter, usize)| {
            let name = match filter {
                Filter::All => m.filter_all(),
                Filter::NoKey => m.filter_no_key(),
                Filter::NoPhone => m.filter_no_phone(),
                Filter::Quiet => m.filter_quiet(),
                Filter::NearCeiling => m.filter_near(),
            };
            let pressed = if filter == self.query.filter { "true" } else { "false" };
            let choose = on.link().callback(move |_: Event| Message::Chosen(filter));
            el("button")
                .at(&["type", "class", "aria-pressed"], &["button", "d-chip", pressed])
                .on(When::Click, choose)
                .with(name)
                .with(el("b").with(number(lang, count as u64)))
                .html()
        };
        let (count, all) = (number(lang, self.found.len() as u64), number(lang, self.rows.len() as u64));
        nodes()
            .with(
                el_of("div", "d-tools")
                    .with(
                        el_of("div", "field")
                            .with(el("label").at(&["for"], &["search"]).with(m.search()))
                            .with(
                                el("input")
                                    .at(
                                        &["id", "type", "autocomplete", "aria-describedby"],
                                        &["search", "search", "off", "search-hint"],
                                    )
                                    .on(When::Input, typed),
                            )
                            .with(el("small").at(&["id"], &["search-hint"]).with(m.search_hint())),
                    )
                    .with(
                        el("div")
                            .at(&["class", "role", "aria-label"], &["d-chips", "group", m.filter()])
                            .all(Filter::ALL.into_iter().zip(self.counts.of).map(chip)),
                    )
                    .with(
                        el("p")
                            .at(&["role", "class", "id"], &["status", "small", "found"])
                            .with(fill(m.found(), &[("count", &count), ("all", &all)])),
                    ),
            )
            .with(if self.found.is_empty() {
                el_of("p", "d-none").with(m.found_none()).html()
            } else {
                self.table(on, m)
            })
            .html()
    }

    /// The part that is seen, between two empty stretches as high as the rest.
    fn table(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let first = self.top.saturating_sub(MORE).min(self.found.len().saturating_sub(1));
        let end = (self.top + self.seen + MORE).min(self.found.len());
        let scrolled = on.link().perhaps(|event: Event| {
            let list: Element = event.target_dyn_into()?;
            let whole = |pixels: i32| usize::try_from(pixels).unwrap_or(0);
            Some(Message::Scrolled(whole(list.scroll_top()), whole(list.client_height())))
        });
        let shown = self.found.get(first..end).unwrap_or_default().iter().enumerate();
        let lines = shown.filter_map(|(n, at)| Some(line(on.props(), m, first + n, self.rows.get(*at)?)));
        let count = (self.found.len() + 1).to_string();
        el("div")
            .at(&["class", "tabindex", "role", "aria-label"], &["d-list", "0", "region", m.col_name()])
            .hears(super::ui::scrolled(scrolled))
            .with(
                el("table")
                    .at(&["aria-rowcount"], &[&count])
                    .with(
                        el("thead").with(
                            el("tr")
                                .at(&["aria-rowindex"], &["1"])
                                .with(el("th").at(&["scope"], &["col"]).with(m.col_name()))
                                .with(el("th").at(&["scope"], &["col"]).with(m.col_key()))
                                .with(el("th").at(&["scope"], &["col"]).with(m.col_last()))
                                .with(el("th").at(&["scope"], &["col"]).with(m.col_ceiling())),
                        ),
                    )
                    .with(
                        el("tbody")
                            .with(stretch(first * ROW, 4))
                            .all(lines)
                            .with(stretch((self.found.len() - end) * ROW, 4)),
                    ),
            )
            .html()
    }
}

fn line(desk: &Desk, m: &'static Messages, at: usize, row: &Row) -> Html {
    let page = Page::Household(row.actor);
    let open = desk.go.reform(move |event: Event| {
        event.prevent_default();
        page
    });
    let besides = [row.village.clone(), row.phone.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let besides = if besides.is_empty() { super::household::role(desk.lang, row.role).to_owned() } else { besides };
    let key = match (row.retired, row.keys) {
        (true, _) => el_of("span", "d-quiet").with(m.retired()).html(),
        (false, 0) => el_of("span", "d-amber").with(m.keys_none()).html(),
        (false, keys) => el("span").with(fill(m.keys_some(), &[("count", &keys.to_string())])).html(),
    };
    let last = row.last.map_or_else(|| m.never().to_owned(), |last| format::day(desk.lang, last));
    el("tr")
        .at(&["aria-rowindex"], &[&(at + 2).to_string()])
        .keyed(row.actor.to_string())
        .with(
            el("th")
                .at(&["scope"], &["row"])
                .with(el("a").at(&["href"], &[&page.fragment()]).on(When::Click, open).with(row.name.clone()))
                .with(el("small").with(besides)),
        )
        .with(el_of("td", "d-key").with(key))
        .with(el_of("td", "d-last").with(last))
        .with(el_of("td", "d-sum").with(ceiling(desk, m, row.drawn, row.allotted)))
        .html()
}

/// Harvested of what was allotted: as a bar and in numbers.
pub fn ceiling(desk: &Desk, m: &Messages, drawn: u64, allotted: u64) -> Html {
    if allotted == 0 {
        return el_of("span", "d-quiet").with(m.no_allotment()).html();
    }
    let kg = |grams| format::kilograms(desk.lang, grams);
    let left = allotted.saturating_sub(drawn);
    share(
        drawn,
        allotted,
        &fill(m.left_of(), &[("drawn", &kg(drawn)), ("allotted", &kg(allotted)), ("left", &kg(left))]),
    )
}

/// The growing areas, season by season.
fn areas(desk: &Desk, m: &Messages) -> Html {
    if desk.listing.areas.is_empty() {
        return Html::default();
    }
    let kg = |grams| format::kilograms(desk.lang, grams);
    let lines = desk.listing.areas.iter().flat_map(|area| area.seasons.iter().map(move |season| (area, season))).map(
        |(area, season)| {
            let code = area.code.as_ref().map(ToString::to_string).unwrap_or_default();
            let left = season.allotted_g.saturating_sub(season.drawn_g);
            el("tr")
                .with(el("th").at(&["scope"], &["row"]).with(code))
                .with(el("td").with(season.season.to_string()))
                .with(el("td").at(&["class", "data-name"], &["n", m.col_ceiling_sum()]).with(kg(season.ceiling_g)))
                .with(el("td").at(&["class", "data-name"], &["n", m.col_allotted()]).with(share(
                    season.allotted_g,
                    season.ceiling_g,
                    &kg(season.allotted_g),
                )))
                .with(el("td").at(&["class", "data-name"], &["n", m.col_drawn()]).with(share(
                    season.drawn_g,
                    season.allotted_g,
                    &kg(season.drawn_g),
                )))
                .with(el("td").at(&["class", "data-name"], &["n", m.col_left()]).with(kg(left)))
                .html()
        },
    );
    nodes()
        .with(el("h2").with(m.areas_title()))
        .with(
            el_of("div", "d-wide").with(
                el_of("table", "d-table")
                    .with(
                        el("thead").with(
                            el("tr")
                                .with(el("th").at(&["scope"], &["col"]).with(m.col_area()))
                                .with(el("th").at(&["scope"], &["col"]).with(m.col_season()))
                                .with(el("th").at(&["scope", "class"], &["col", "n"]).with(m.col_ceiling_sum()))
                                .with(el("th").at(&["scope", "class"], &["col", "n"]).with(m.col_allotted()))
                                .with(el("th").at(&["scope", "class"], &["col", "n"]).with(m.col_drawn()))
                                .with(el("th").at(&["scope", "class"], &["col", "n"]).with(m.col_left())),
                        ),
                    )
                    .with(el("tbody").all(lines)),
            ),
        )
        .html()
}
