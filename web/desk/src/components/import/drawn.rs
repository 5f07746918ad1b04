//! How a file that was read is drawn: what is wrong with it, what would be signed, its rows.

use nguon_core::values::Code;
use nguon_farm_app::browser;
use nguon_import::finding::{Mark, Place, Severity};
use nguon_import::preview::Preview;
use nguon_import::table::Address;
use nguon_import::words as said;
use nguon_ui::el::{Inside, When, el, el_of, is, nodes, yes};
use nguon_ui::part::On;
use web_sys::Element;
use yew::prelude::*;

use super::super::ui::{number, stretch, ticked, value_of};
use super::{ImportPage, MARKS, Message, ROW, SEEN};
use crate::import::{Action, Stage, cell, shown};
use crate::messages::{Messages, fill, of_lists};

impl ImportPage {
    pub(super) fn preview(&self, on: &On<'_, Self>, m: &'static Messages, preview: &Preview) -> Html {
        let desk = on.props();
        let count = |count: usize| number(desk.lang, count as u64);
        let (bad, doubtful) = (self.import.marks(Severity::Bad).count(), self.import.marks(Severity::Doubtful).count());
        let told = self.import.marks(Severity::Told).count();
        let values = [
            ("households", count(preview.households.len())),
            ("plots", count(preview.plots())),
            ("file", self.import.file.clone()),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let mended = (self.import.mended > 0)
            .then(|| el_of("p", "small").with(fill(m.import_fixed(), &[("count", &count(self.import.mended))])).html());
        let fold = |title: String, severity| {
            el_of("details", "d-fold")
                .with(el("summary").with(title))
                .with(el_of("ul", "d-marks").with(self.marks(on, m, severity)))
                .html()
        };
        let doubts =
            (doubtful > 0).then(|| fold(fill(m.import_doubtful(), &[("count", &count(doubtful))]), Severity::Doubtful));
        let tolds = (told > 0).then(|| fold(fill(m.import_told(), &[("count", &count(told))]), Severity::Told));
        let bads = (bad > 0).then(|| {
            el_of("div", "d-bad")
                .with(el("h2").with(fill(m.import_bad(), &[("count", &count(bad))])))
                .with(el("p").with(m.import_all_or_nothing()).with(" ").with(m.import_fix_or_file()))
                .with(el("ul").at(&["class", "id"], &["d-marks", "bad"]).with(self.marks(on, m, Severity::Bad)))
                .html()
        });
        let clean = (bad == 0).then(|| el_of("p", "told leaf").with(m.import_clean()).html());
        nodes()
            .with(el("h2").at(&["id"], &["count"]).with(fill(m.import_count(), &values)))
            .with(mended)
            .with(bads)
            .with(clean)
            .with(self.plan(on, m))
            .with(doubts)
            .with(tolds)
            .with(self.table(on, m, preview))
            .html()
    }

    /// What is said of cells, each with its place, what stands there, what is wrong and what to do; bad ones can be mended here.
    fn marks(&self, on: &On<'_, Self>, m: &'static Messages, severity: Severity) -> Html {
        let desk = on.props();
        let lang = of_lists(desk.lang);
        let one = |mark: &Mark| {
            let said::Said { what, todo } = said::finding(lang, &mark.finding);
            let place = match &mark.at {
                Place::File => m.import_whole_file().to_owned(),
                Place::Sheet(name) => name.to_string(),
                Place::Cell(at) => at.to_string(),
            };
            let read = (!mark.read.is_empty())
                .then(|| el_of("span", "d-quiet").with(fill(m.import_read(), &[("read", &mark.read)])).html());
            let mend = (severity == Severity::Bad).then(|| cell(mark)).flatten().map(|at| {
                let id = format!("mend-{}", at.to_string().replace(|one: char| !one.is_ascii_alphanumeric(), "-"));
                mend_form(on, m, at.clone(), id, mark.read.clone())
            });
            el("li")
                .keyed(format!("{place}{what}"))
                .with(el_of("b", "d-place").with(place))
                .with(el("div").with(el("p").with(what).with(" ").with(el("b").with(todo))).with(read).with(mend))
                .html()
        };
        let all: Vec<&Mark> = self.import.marks(severity).collect();
        let more = all.len().saturating_sub(MARKS);
        let more = (more > 0).then(|| {
            el_of("li", "d-quiet")
                .with(el("span"))
                .with(fill(m.import_more(), &[("count", &number(desk.lang, more as u64))]))
                .html()
        });
        nodes().all(all.into_iter().take(MARKS).map(one)).with(more).html()
    }

    /// The season, what would be signed, and the button that does.
    fn plan(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let desk = on.props();
        let Some(plan) = &self.import.plan else { return Html::default() };
        let seasons = desk.listing.seasons();
        let chosen = self.import.season.clone();
        let option = |name: &Code| {
            el("option")
                .any(&["value", "selected"], &[is(&name.to_string()), yes(Some(name) == chosen.as_ref())])
                .with(name.to_string())
                .html()
        };
        let choose = on.link().callback(|event: Event| Message::Act(Action::Season(value_of(&event).parse().ok())));
        let counts = plan.counts();
        let lines = [
            (counts.households, m.import_plan_households()),
            (counts.plots, m.import_plan_plots()),
            (counts.seasons, m.import_plan_seasons()),
            (counts.shares, m.import_plan_shares()),
            (counts.keys, m.import_plan_keys()),
        ];
        let line = |(count, words): (usize, &'static str)| {
            (count > 0).then(|| el("li").with(fill(words, &[("count", &number(desk.lang, count as u64))])).html())
        };
        let sign = on.link().callback(|_: Event| Message::Sign);
        let nothing = (self.import.nothing_new() && !matches!(self.import.stage, Stage::Signed(_)))
            .then(|| el("p").at(&["id", "class"], &["nothing-new", "band d-good"]).with(m.import_nothing_new()).html());
        let absent = (plan.not_in_file > 0).then(|| {
            el_of("p", "small")
                .with(fill(m.import_not_in_file(), &[("count", &number(desk.lang, plan.not_in_file as u64))]))
                .html()
        });
        let signed = matches!(self.import.stage, Stage::Signed(_));
        let will = (!plan.steps.is_empty() && !signed).then(|| {
            el("div")
                .with(el("h3").with(m.import_plan()))
                .with(el_of("ul", "d-plan").all(lines.into_iter().filter_map(line)))
                .html()
        });
        el_of("div", "card d-sign")
            .with(
                el_of("div", "field")
                    .with(el("label").at(&["for"], &["season"]).with(m.import_season()))
                    .with(
                        el("select")
                            .at(&["id"], &["season"])
                            .on(When::Change, choose)
                            .all(seasons.iter().map(|season| option(&season.season)))
                            .with(
                                el("option")
                                    .any(&["value", "selected"], &[is(""), yes(chosen.is_none())])
                                    .with(m.import_no_season()),
                            ),
                    )
                    .with(el("small").with(if chosen.is_none() { m.import_no_season_why() } else { "" })),
            )
            .with(will)
            .with(nothing)
            .with(absent)
            .with(
                el("button")
                    .any(
                        &["type", "class", "id", "disabled"],
                        &[is("button"), is("button"), is("sign"), yes(!self.import.may_sign())],
                    )
                    .on(When::Click, sign)
                    .with(m.import_sign()),
            )
            .html()
    }

    /// The file's rows, drawn as far as they are seen.
    fn table(&self, on: &On<'_, Self>, m: &'static Messages, preview: &Preview) -> Html {
        let lang = of_lists(on.props().lang);
        let shown = shown(preview, self.import.only_bad);
        let first = self.top.min(shown.rows.len().saturating_sub(1));
        let end = (first + SEEN).min(shown.rows.len());
        let scrolled = on.link().perhaps(|event: Event| {
            let list: Element = event.target_dyn_into()?;
            Some(Message::Scrolled(usize::try_from(list.scroll_top()).unwrap_or(0) / ROW))
        });
        let only = on.link().callback(|event: Event| Message::Act(Action::OnlyBad(ticked(&event))));
        let lines =
            shown.rows.get(first..end).unwrap_or_default().iter().filter_map(|at| preview.rows.get(*at)).map(|row| {
                let cells = shown.columns.iter().map(|column| {
                    let cell = row.cells.iter().find(|cell| cell.column == *column);
                    let tone = match cell.and_then(|cell| cell.severity) {
                        Some(Severity::Bad) => "d-cell-bad",
                        Some(Severity::Doubtful) => "d-cell-doubt",
                        Some(Severity::Told) => "d-cell-told",
                        None => "",
                    };
                    let words = cell
                        .and_then(|cell| cell.severity)
                        .map(|severity| el_of("span", "hidden").with(said::severity(lang, severity)).html());
                    let text =
                        cell.map(|cell| cell.taken.clone().unwrap_or_else(|| cell.read.clone())).unwrap_or_default();
                    el("td").at(&["class"], &[tone]).with(text).with(words).html()
                });
                el("tr")
                    .keyed(row.at.to_string())
                    .with(el("th").at(&["scope"], &["row"]).with(row.at.row.to_string()))
                    .all(cells)
                    .html()
            });
        let columns = shown.columns.len() + 1;
        nodes()
            .with(
                el_of("div", "d-title").with(el("h2").with(m.import_rows())).with(
                    el_of("label", "choice small")
                        .with(
                            el("input")
                                .at(&["type", "id"], &["checkbox", "only-bad"])
                                .checked(self.import.only_bad)
                                .on(When::Change, only),
                        )
                        .with(m.import_only_bad()),
                ),
            )
            .with(
                el("div")
                    .at(
                        &["class", "tabindex", "role", "aria-label"],
                        &["d-list d-preview", "0", "region", m.import_rows()],
                    )
                    .hears(super::super::ui::scrolled(scrolled))
                    .with(
                        el("table")
                            .at(&["aria-rowcount"], &[&(shown.rows.len() + 1).to_string()])
                            .with(el("thead").with(
                                el("tr").with(el("th").at(&["scope"], &["col"]).with(m.import_row())).all(
                                    shown.columns.iter().map(|column| {
                                        el("th").at(&["scope"], &["col"]).with(said::column(lang, *column)).html()
                                    }),
                                ),
                            ))
                            .with(
                                el("tbody")
                                    .with(stretch(first * ROW, columns))
                                    .all(lines)
                                    .with(stretch((shown.rows.len() - end) * ROW, columns)),
                            ),
                    ),
            )
            .html()
    }
}

fn mend_form(on: &On<'_, ImportPage>, m: &'static Messages, at: Address, id: String, read: String) -> Html {
    let field = id.clone();
    let mend = on.link().callback(move |event: Event| {
        event.prevent_default();
        Message::Act(Action::Mend(at.clone(), browser::typed(&field)))
    });
    el_of("form", "d-mend")
        .on(When::Submit, mend)
        .with(el("label").at(&["class", "for"], &["hidden", &id.clone()]).with(m.import_fix()))
        .with(el("input").at(&["id", "autocomplete"], &[&id, "off"]).value(&read))
        .with(el_of("button", "button small quiet").with(m.import_fix()))
        .html()
}
