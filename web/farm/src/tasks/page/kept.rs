//! The form as it is kept while it is filled in, and taken up where the page was ended in the middle of it.

use nguon_ui::part::On;
use wasm_bindgen_futures::spawn_local;

use super::{Message, Page};
use crate::browser;
use crate::tasks::half::{self, Half};

/// Milliseconds after the last key before a form is written: not each key is.
const PAUSE: u32 = 250;

impl Page {
    /// Looks for what is kept of the form that was just opened.
    pub(super) fn look_for_half(&mut self, ctx: &On<'_, Self>) {
        self.opened = self.opened.wrapping_add(1);
        self.typed = self.typed.wrapping_add(1);
        (self.looks, self.found, self.begun) = (true, None, false);
        let (bench, link, opened) = (ctx.props().bench.clone(), ctx.link(), self.opened);
        let form = half::name(&ctx.props().task);
        spawn_local(async move {
            link.send_message(Message::Found(opened, bench.half(&form).await));
        });
    }

    /// Puts it into the form.
    pub(super) fn fill_in(&mut self, ctx: &On<'_, Self>, opened: u32, kept: Option<(Vec<u8>, Vec<u8>)>) {
        if opened != self.opened {
            return;
        }
        self.looks = false;
        let Some((half, photos)) = kept else { return };
        let Some(half) = Half::read(&half) else { return };
        let at = half.at;
        if half.fill(&ctx.props().task, &mut self.sheet) {
            (self.found, self.begun, self.photos) = (Some(at), true, half::unpack(&photos).into());
        }
    }

    /// Keeps the form in a moment, unless it is changed again before.
    pub(super) fn keep_later(&mut self, ctx: &On<'_, Self>) {
        if !self.begun {
            return;
        }
        self.typed = self.typed.wrapping_add(1);
        let (link, typed) = (ctx.link(), self.typed);
        spawn_local(async move {
            browser::wait(PAUSE).await;
            link.send_message(Message::Keep(typed));
        });
    }

    /// Keeps the form.
    pub(super) fn keep(&self, ctx: &On<'_, Self>, photos: Option<Vec<u8>>) {
        let bench = ctx.props().bench.clone();
        let form = half::name(&ctx.props().task);
        let half = Half::of(&self.sheet, bench.now().get()).to_bytes();
        spawn_local(async move { bench.keep_half(&form, half, photos).await });
    }

    /// Begins with nothing filled in.
    pub(super) fn begin_afresh(&mut self, ctx: &On<'_, Self>) {
        // What is on its way to be kept is not, any more.
        self.typed = self.typed.wrapping_add(1);
        let (bench, link) = (ctx.props().bench.clone(), ctx.link());
        let form = half::name(&ctx.props().task);
        spawn_local(async move {
            bench.drop_half(&form).await;
            link.send_message(Message::Again);
        });
    }
}
