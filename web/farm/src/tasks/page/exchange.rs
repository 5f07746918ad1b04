//! Two phones that meet: codes that are shown and scanned.

use nguon_draft::Draft;
use nguon_draft::handover::{Offer, frames, parcel_of};
use nguon_ui::part::On;
use wasm_bindgen_futures::spawn_local;

use super::{Message, Page};
use crate::bench::{NotWritten, Written};
use crate::browser;
use crate::tasks::field::{Fault, Field};
use crate::tasks::meeting::{Awaits, Came, Told};
use crate::tasks::product;
use crate::tasks::sheet::Step;

/// Milliseconds for which a code is shown before the next one.
const TURN: u32 = 700;

impl Page {
    pub(super) fn show_frames(&mut self, ctx: &On<'_, Self>, entry: nguon_draft::EntryId) {
        let work = ctx.props().bench.work();
        let parcel = work.and_then(|work| parcel_of(&work.outbox, entry));
        match parcel.map(|parcel| frames(&parcel)) {
            Some(Ok(all)) => {
                (self.meeting.frames, self.meeting.shown) = (all, 0);
                self.turn_later(ctx);
            }
            _ => self.meeting.told = Some(Told::TooMuch),
        }
    }

    pub(super) fn shows_frames(&self) -> bool {
        self.meeting.frames.len() > 1
    }

    pub(super) fn turn_later(&mut self, ctx: &On<'_, Self>) {
        self.turning = self.turning.wrapping_add(1);
        let (link, turning) = (ctx.link(), self.turning);
        spawn_local(async move {
            browser::wait(TURN).await;
            link.send_message(Message::Turn(Some(turning)));
        });
    }

    /// Opens the batch that is to receive. One that waits empty is used again.
    pub(super) fn offer(&mut self, ctx: &On<'_, Self>) {
        let props = ctx.props();
        let typed = product::lower(self.sheet.text(Field::Produce).trim());
        let Ok(product) = typed.parse() else {
            return self.blame(vec![(Field::Produce, Fault::Empty)]);
        };
        let empty =
            self.facts.batches.iter().find(|batch| batch.left == 0 && batch.takes_more && batch.product == typed);
        if let (Some(batch), Some(owner)) = (empty, props.bench.me()) {
            self.meeting.offer = Some(Offer { batch: batch.id, owner, product });
            self.goes_to = Some("t-step".into());
            return;
        }
        if std::mem::replace(&mut self.busy, true) {
            return;
        }
        let (bench, link) = (props.bench.clone(), ctx.link());
        let draft = Draft::Opened(nguon_draft::NewBatch::of(product));
        spawn_local(async move {
            let written = bench.write(draft, Vec::new()).await;
            link.send_message(Message::Offered(Box::new(written)));
        });
    }

    pub(super) fn offered(&mut self, ctx: &On<'_, Self>, result: Result<Written, NotWritten>) {
        self.busy = false;
        let written = match result {
            Ok(written) => written,
            Err(why) => return self.say(ctx, &why),
        };
        let work = ctx.props().bench.work();
        let begun = work.and_then(|work| work.outbox.entry(written.entry)?.begins().first().copied());
        let product = product::lower(self.sheet.text(Field::Produce).trim()).parse();
        if let (Some(batch), Some(owner), Ok(product)) = (begun, ctx.props().bench.me(), product) {
            self.meeting.offer = Some(Offer { batch, owner, product });
            self.goes_to = Some("t-step".into());
        }
    }

    pub(super) fn scan(&mut self) {
        self.meeting.awaits = if self.saved.is_some() { Awaits::Answer } else { Awaits::Parcel };
        self.meeting.gather = Default::default();
        self.meeting.told = None;
        self.sheet.set(Field::Code, "");
        self.go(Step::Scan);
    }

    pub(super) fn heard(&mut self, text: &str) {
        let before = self.meeting.gather.missing();
        let came = self.meeting.hear(text);
        if came == Came::All || self.meeting.gather.missing() != before {
            browser::vibrate();
        }
        if came == Came::All {
            self.sheet.set(Field::Code, "");
            match self.meeting.awaits {
                Awaits::Offer => {
                    self.go(Step::From);
                }
                Awaits::Parcel => {
                    self.go(Step::Arrived);
                    self.goes_to = Some(Field::Weight.id().into());
                }
                // Both figures stand on the page that says that it is kept.
                Awaits::Answer => self.go(Step::From),
            }
        }
    }
}
