//! From what was typed to what is signed and kept, or why it is not.

use nguon_core::record::Record;
use nguon_draft::Draft;
use nguon_ui::part::On;
use wasm_bindgen_futures::spawn_local;

use super::{Message, Page, Props};
use crate::bench::{Besides, NotWritten, Written};
use crate::browser;
use crate::messages::fill;
use crate::messages::tasks::words;
use crate::tasks::field::{Fault, Faults, Field};
use crate::tasks::{Task, correct, drafts, gone, half, known, refusal, transfer};

impl Page {
    pub(super) fn say(&mut self, ctx: &On<'_, Self>, why: &NotWritten) {
        let (m, said) = (words(ctx.props().lang), refusal::words(ctx.props().lang, why));
        self.trouble = Some(match why {
            // Says for itself that nothing was kept.
            NotWritten::NotKept(_) => said,
            _ => format!("{} {}", fill(m.not_saved(), &[("why", &said)]), m.not_saved_again()),
        });
        self.goes_to = Some("t-trouble".into());
        self.keep_later(ctx);
    }

    /// What is to be written down, or what is wrong with it.
    fn drafts(&self, props: &Props) -> Result<Vec<Draft>, Faults> {
        let (sheet, facts) = (&self.sheet, &self.facts);
        let one = |draft| vec![draft];
        match &props.task {
            Task::Log(_) => drafts::applied(sheet, facts).map(one),
            Task::Harvest(_) => drafts::harvested(sheet, facts).map(one),
            Task::WeighIn if self.meeting.parcel.is_none() => drafts::weighed_in(sheet, facts).map(one),
            Task::Receive | Task::WeighIn => drafts::received(sheet, &self.meeting).map(one),
            Task::Give => {
                let to = self.meeting.offer.as_ref().map(|offer| offer.batch);
                let to = to.ok_or_else(|| vec![(Field::Code, Fault::NotAnOffer)])?;
                transfer::give(sheet, facts, to).map(one)
            }
            Task::Gone => gone::check(sheet, facts).map(one),
            Task::Cool => gone::check_cooling(sheet, facts).map(one),
            Task::Correct { .. } => {
                let Some(target) = &self.target else { return Ok(Vec::new()) };
                let event = correct::check(sheet, &target.event, target.signed_at, facts)?;
                let work = props.bench.work();
                let shelf = work.as_ref().map(|work| known::Shelf { book: &work.book, outbox: &work.outbox });
                Ok(drafts::corrected(sheet, target.chain, target.sequence, &target.event, &event, shelf))
            }
        }
    }

    pub(super) fn sign(&mut self, ctx: &On<'_, Self>) {
        if self.busy {
            return;
        }
        let props = ctx.props();
        // The clock goes on while a farmer thinks.
        self.facts.now = props.bench.now().get();
        match self.drafts(props) {
            Err(faults) => self.blame(faults),
            Ok(all) => {
                let mut all = all.into_iter();
                let Some(first) = all.next() else { return };
                (self.busy, self.trouble) = (true, None);
                let (bench, link) = (props.bench.clone(), ctx.link());
                let besides = Besides { photos: self.photos.to_vec(), form: Some(half::name(&props.task)) };
                // It is forgotten with this, and what waits to be kept of it is not kept after that.
                self.typed = self.typed.wrapping_add(1);
                let rest: Vec<Draft> = all.collect();
                spawn_local(async move {
                    let written = bench.write(first, besides).await;
                    let kept = written.is_ok();
                    link.send_message(Message::Written(Box::new(written)));
                    for draft in rest.into_iter().filter(|_| kept) {
                        let written = bench.write(draft, Vec::new()).await;
                        link.send_message(Message::Second(Box::new(written)));
                    }
                });
            }
        }
    }

    pub(super) fn written(&mut self, ctx: &On<'_, Self>, result: Result<Written, NotWritten>) {
        self.busy = false;
        let written = match result {
            Ok(written) => written,
            Err(why) => return self.say(ctx, &why),
        };
        browser::vibrate();
        let records: Vec<Record> =
            written.records.iter().filter_map(|signed| Record::from_payload(signed.payload()).ok()).collect();
        self.wrong = drafts::correctable(&records, self.facts.me);
        self.saved = Some(drafts::told(ctx.props().lang, &ctx.props().task, &self.sheet, &self.facts, &self.meeting));
        self.goes_to = Some("t-step".into());
        browser::top();
        if matches!(ctx.props().task, Task::Give) || self.meeting.parcel.is_some() {
            self.show_frames(ctx, written.entry);
        }
    }
}
