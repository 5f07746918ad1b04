//! The list of households: searched, filtered, and drawn only as far as it is seen, so that 5,000 are as quick as five.

use nguon_farm_app::format;
use web_sys::Element;
use yew::prelude::*;

use super::Desk;
use super::newcomer::Newcomer;
use super::ui::{maybe, number, share, stretch, typed_of};
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

impl Component for HouseholdsPage {
    type Message = Message;
    type Properties = Desk;

    fn create(ctx: &Context<Self>) -> Self {
        let mut page = Self {
            rows: Vec::new(),
            counts: Counts::default(),
            query: Query::default(),
            found: Vec::new(),
            top: 0,
            seen: SEEN,
            newcomer: false,
        };
        page.list(ctx.props());
        page
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Desk) -> bool {
        let new = ctx.props();
        if !std::rc::Rc::ptr_eq(&new.listing, &old.listing) || !std::rc::Rc::ptr_eq(&new.people, &old.people) {
            let top = self.top;
            self.list(new);
            self.top = top.min(self.found.len());
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Typed(words) => {
                self.query.words = words;
                self.find(ctx.props());
            }
            Message::Chosen(filter) => {
                self.query.filter = filter;
                self.find(ctx.props());
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

    fn view(&self, ctx: &Context<Self>) -> Html {
        let desk = ctx.props();
        let m = crate::messages::words(desk.lang);
        let new = ctx.link().callback(|_: MouseEvent| Message::Newcomer(true));
        let done = ctx.link().callback(|()| Message::Newcomer(false));
        let newcomer = self.newcomer.then(|| html! { <Newcomer desk={desk.clone()} {done} /> });
        let empty = self.rows.is_empty() && desk.listing.whole;
        let list = if empty { self.empty(desk, m) } else { self.found(ctx, m) };
        html! {
            <section aria-labelledby="title">
                <div class="d-title">
                    <h1 id="title" tabindex="-1">{ m.households_title }</h1>
                    <button type="button" class="button small" onclick={new}>{ m.new_household }</button>
                </div>
                { maybe(newcomer) }
                { list }
                { areas(desk, m) }
                <p class="small">{ m.names_here }</p>
            </section>
        }
    }
}

impl HouseholdsPage {
    fn empty(&self, desk: &Desk, m: &Messages) -> Html {
        let go = desk.go.reform(|_: MouseEvent| Page::Import);
        html! {
            <div class="card"><h2>{ m.none_yet }</h2><p>{ m.none_yet_how }</p>
                <button type="button" class="button" onclick={go}>{ m.part_import }</button>
            </div>
        }
    }

    fn found(&self, ctx: &Context<Self>, m: &'static Messages) -> Html {
        let lang = ctx.props().lang;
        let typed = ctx.link().callback(|event: InputEvent| Message::Typed(typed_of(&event)));
        let chip = |(filter, count): (Filter, usize)| {
            let name = match filter {
                Filter::All => m.filter_all,
                Filter::NoKey => m.filter_no_key,
                Filter::NoPhone => m.filter_no_phone,
                Filter::Quiet => m.filter_quiet,
                Filter::NearCeiling => m.filter_near,
            };
            let pressed = if filter == self.query.filter { "true" } else { "false" };
            let choose = ctx.link().callback(move |_: MouseEvent| Message::Chosen(filter));
            html! { <button type="button" class="d-chip" aria-pressed={pressed} onclick={choose}>{ name }<b>{ number(lang, count as u64) }</b></button> }
        };
        let (count, all) = (number(lang, self.found.len() as u64), number(lang, self.rows.len() as u64));
        html! {
            <>
            <div class="d-tools">
                <div class="field">
                    <label for="search">{ m.search }</label>
                    <input id="search" type="search" autocomplete="off" oninput={typed} aria-describedby="search-hint" />
                    <small id="search-hint">{ m.search_hint }</small>
                </div>
                <div class="d-chips" role="group" aria-label={m.filter}>{ for Filter::ALL.into_iter().zip(self.counts.of).map(chip) }</div>
                <p role="status" class="small" id="found">{ fill(m.found, &[("count", &count), ("all", &all)]) }</p>
            </div>
            { if self.found.is_empty() { html! { <p class="d-none">{ m.found_none }</p> } } else { self.table(ctx, m) } }
            </>
        }
    }

    /// The part that is seen, between two empty stretches as high as the rest.
    fn table(&self, ctx: &Context<Self>, m: &'static Messages) -> Html {
        let first = self.top.saturating_sub(MORE).min(self.found.len().saturating_sub(1));
        let end = (self.top + self.seen + MORE).min(self.found.len());
        let scrolled = ctx.link().batch_callback(|event: Event| {
            let list: Element = event.target_dyn_into()?;
            let whole = |pixels: i32| usize::try_from(pixels).unwrap_or(0);
            Some(Message::Scrolled(whole(list.scroll_top()), whole(list.client_height())))
        });
        let shown = self.found.get(first..end).unwrap_or_default().iter().enumerate();
        let lines = shown.filter_map(|(n, at)| Some(line(ctx.props(), m, first + n, self.rows.get(*at)?)));
        let count = (self.found.len() + 1).to_string();
        html! {
            <div class="d-list" tabindex="0" role="region" aria-label={m.col_name} onscroll={scrolled}>
                <table aria-rowcount={count}>
                    <thead><tr aria-rowindex="1">
                        <th scope="col">{ m.col_name }</th><th scope="col">{ m.col_key }</th><th scope="col">{ m.col_last }</th><th scope="col">{ m.col_ceiling }</th>
                    </tr></thead>
                    <tbody>{ stretch(first * ROW, 4) }{ for lines }{ stretch((self.found.len() - end) * ROW, 4) }</tbody>
                </table>
            </div>
        }
    }
}

fn line(desk: &Desk, m: &'static Messages, at: usize, row: &Row) -> Html {
    let page = Page::Household(row.actor);
    let open = desk.go.reform(move |event: MouseEvent| {
        event.prevent_default();
        page
    });
    let besides = [row.village.clone(), row.phone.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let besides = if besides.is_empty() { super::household::role(desk.lang, row.role).to_owned() } else { besides };
    let key = match (row.retired, row.keys) {
        (true, _) => html! { <span class="d-quiet">{ m.retired }</span> },
        (false, 0) => html! { <span class="d-amber">{ m.keys_none }</span> },
        (false, keys) => html! { <span>{ fill(m.keys_some, &[("count", &keys.to_string())]) }</span> },
    };
    let last = row.last.map_or_else(|| m.never.to_owned(), |last| format::day(desk.lang, last));
    html! {
        <tr key={row.actor.to_string()} aria-rowindex={(at + 2).to_string()}>
            <th scope="row"><a href={page.fragment()} onclick={open}>{ row.name.clone() }</a><small>{ besides }</small></th>
            <td class="d-key">{ key }</td>
            <td class="d-last">{ last }</td>
            <td class="d-sum">{ ceiling(desk, m, row.drawn, row.allotted) }</td>
        </tr>
    }
}

/// Harvested of what was allotted: as a bar and in numbers.
pub fn ceiling(desk: &Desk, m: &Messages, drawn: u64, allotted: u64) -> Html {
    if allotted == 0 {
        return html! { <span class="d-quiet">{ m.no_allotment }</span> };
    }
    let kg = |grams| format::kilograms(desk.lang, grams);
    let left = allotted.saturating_sub(drawn);
    share(drawn, allotted, &fill(m.left_of, &[("drawn", &kg(drawn)), ("allotted", &kg(allotted)), ("left", &kg(left))]))
}

/// The growing areas, season by season.
fn areas(desk: &Desk, m: &Messages) -> Html {
    if desk.listing.areas.is_empty() {
        return html! {};
    }
    let kg = |grams| format::kilograms(desk.lang, grams);
    let lines = desk.listing.areas.iter().flat_map(|area| area.seasons.iter().map(move |season| (area, season))).map(|(area, season)| {
        let code = area.code.as_ref().map(ToString::to_string).unwrap_or_default();
        let left = season.allotted_g.saturating_sub(season.drawn_g);
        html! {
            <tr>
                <th scope="row">{ code }</th><td>{ season.season.to_string() }</td>
                <td class="n" data-name={m.col_ceiling_sum}>{ kg(season.ceiling_g) }</td>
                <td class="n" data-name={m.col_allotted}>{ share(season.allotted_g, season.ceiling_g, &kg(season.allotted_g)) }</td>
                <td class="n" data-name={m.col_drawn}>{ share(season.drawn_g, season.allotted_g, &kg(season.drawn_g)) }</td>
                <td class="n" data-name={m.col_left}>{ kg(left) }</td>
            </tr>
        }
    });
    html! {
        <>
        <h2>{ m.areas_title }</h2>
        <div class="d-wide"><table class="d-table">
            <thead><tr>
                <th scope="col">{ m.col_area }</th><th scope="col">{ m.col_season }</th><th scope="col" class="n">{ m.col_ceiling_sum }</th>
                <th scope="col" class="n">{ m.col_allotted }</th><th scope="col" class="n">{ m.col_drawn }</th><th scope="col" class="n">{ m.col_left }</th>
            </tr></thead>
            <tbody>{ for lines }</tbody>
        </table></div>
        </>
    }
}
