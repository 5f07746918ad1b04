//! One lot on the shelf.

use nguon_verify_app::components::el::{El, When, button, el, el_of};
use nguon_verify_app::components::icon::icon;
use nguon_verify_app::format;
use nguon_verify_app::messages::fill;
use nguon_verify_app::model::Stamp;
use yew::prelude::*;

use super::entry::Entry;
use super::{Message, Shelf, memory};
use crate::installed::device::{self, Trouble};
use crate::messages;

/// A lot, and whether it opens without a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is remembered of it
    pub entry: Entry,
    /// When its bundle was kept
    kept: Option<Stamp>,
}

impl Row {
    /// All that are remembered, the newest first.
    ///
    /// # Errors
    /// The browser lets nothing be stored.
    pub async fn all() -> Result<Vec<Self>, Trouble> {
        let entries = memory::all().await?;
        let kept = memory::kept(&entries).await;
        let row = |(entry, kept): (Entry, Option<i64>)| Self { entry, kept: kept.map(Stamp::vietnam) };
        Ok(entries.into_iter().zip(kept).map(row).collect())
    }

    /// Whether its bundle is here.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        self.kept.is_some()
    }

    /// Draws it.
    pub(super) fn view(&self, ctx: &Context<Shelf>, here: &str) -> El {
        let lang = ctx.props().lang;
        let (words, m, entry) = (messages::of(lang), lang.messages(), &self.entry);
        let time = |text, at| fill(text, &[("time", &format::moment(lang, at))]);
        let answer = entry.kind.answer();
        let name = entry.product.as_ref().map(|name| [&format::glossed(lang, name), " · "].concat());
        let title = [&name.unwrap_or_default(), m.label_lot(), " ", &entry.lot.lot].concat();
        let title = if entry.address == here {
            el("span").at(&["class", "aria-current"], &["title", "page"]).text(title)
        } else {
            self.link(here, title)
        };
        let as_of = entry.as_of.map(|at| el("span").text(" ").text(time(words.shelf_as_of, at)));
        let serial = entry
            .lot
            .serial
            .as_ref()
            .map(|serial| el_of("span", "small").text(fill(words.shelf_serial, &[("serial", serial)])));
        let kept = self.kept.map_or_else(|| words.shelf_not_kept.to_owned(), |at| time(words.shelf_kept, at));
        let told = el("div")
            .with(title)
            .with(el_of("p", "was").with(el("b").text(answer.heading(m))).maybe(as_of))
            .maybe(serial)
            .with(el_of("p", "small").text(time(words.shelf_looked, entry.looked)))
            .with(el_of("p", "small").text(kept));
        let address = entry.address.clone();
        let forget = ctx.link().callback(move |_: Event| Message::Forget(address.clone()));
        let unseen = el_of("span", "hidden").text(fill(words.shelf_forget_lot, &[("lot", &entry.lot.lot)]));
        let label = el("span").at(&["aria-hidden"], &["true"]).text(words.shelf_forget);
        let label = el("span").with(label).with(unseen);
        el("li")
            .at(&["class"], &[answer.tone().class()])
            .with(el_of("span", "sign").with(icon(answer.icon())))
            .with(told)
            .with(button("button quiet", forget, label))
    }

    /// To the lot's page, where it is checked again.
    fn link(&self, here: &str, title: String) -> El {
        let address = self.entry.address.clone();
        let path = |address: &str| address.split('#').next().unwrap_or_default().to_owned();
        let is_same_path = path(here) == path(&address);
        let link = el("a").at(&["class", "href"], &["title", &address]).text(title);
        if !is_same_path {
            return link;
        }
        link.on(
            When::Click,
            Callback::from(move |event: Event| {
                event.prevent_default();
                device::ask("open", &[address.as_str().into()]);
            }),
        )
    }
}
