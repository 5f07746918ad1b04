//! The order of every type's fields. A change to any of these is another [`super::VERSION`].

use super::{Decoder, Kept};
use crate::draft::{
    Applied, Carriage, Cooling, Correction, Counted, Disposal, Draft, HandOver, Harvest, Into, Loss, NewBatch, Packing,
    Parcel, Personal, Photo, Plain, Receipt, Sale, Share,
};
use crate::journal::{Journal, Note};
use crate::outbox::{Backoff, Entry, EntryId, Stage, State, Trouble, Version};
use crate::prepare;
use crate::{kept_choice, kept_fields};

kept_fields! { Applied { plot, kind, product, ingredients, lot, dose, water_ml, area_m2, phi_days, at, operator, note, photos } }
kept_fields! { Harvest { shares, counted, into, at, operator, parcel, photos } }
kept_choice! { Counted { 0 = EachWeighed, 1 = Together(crates), 2 = NotCounted } else |from| Self::NotCounted }
kept_fields! { Share { plot, season, crates } }
kept_fields! { NewBatch { product, variety, label, label_of } }
kept_fields! { HandOver { from, to, grams, why, carriage, photos } }
kept_fields! { Carriage { carrier, vehicle, set_point_mc, document, at } }
kept_fields! { Receipt { into, inputs, place, measured_mc, document, at, parcel, photos } }
kept_fields! { Packing { into, inputs, boxes, grams_per_box, grade, place, document, at, again, parcel, photos } }
kept_fields! { Loss { batch, grams, reason, details, at, photos } }
kept_fields! { Disposal { batch, grams, method, details, at, photos } }
kept_fields! { Sale { batch, grams, at } }
kept_fields! { Cooling { batch, method, measured_mc, set_point_mc, place, at } }
kept_fields! { Correction { chain, sequence, reason, event, details } }
kept_fields! { Parcel { records, openings } }
kept_fields! { Photo { name, salt, place, digest, length, media_type } }
kept_fields! { Plain { event, words, photos } }
kept_choice! { Personal { 0 = Text(one), 1 = Coordinates(latitude, longitude) } else |from| Self::Text(String::new()) }
kept_choice! { Into { 0 = New(one), 1 = Existing(one) } else |from| Self::Existing(Kept::take(from)) }
kept_choice! {
    Draft {
        0 = Applied(one),
        1 = Harvested(one),
        2 = WeighedIn(one),
        3 = Opened(one),
        4 = HandedOver(one),
        5 = Received(one),
        6 = Packed(one),
        7 = Lost(one),
        8 = Disposed(one),
        9 = Sold(one),
        10 = Cooled(one),
        11 = Labels { batch, count, root },
        12 = Corrected(one),
        13 = Approved { chain, correction, details },
        14 = Begins(one),
        15 = Appends { chain, event },
    } else |from| Self::Sold(Kept::take(from))
}

kept_fields! { Note { key, chain, sequence, previous, statement, stored } }
kept_fields! { prepare::Kept { record, statement, chain, sequence, times, was, own } }
kept_fields! { Trouble { code, detail, field, chain, remaining, earliest, by_server } }
kept_fields! { Version { draft, signed_at, statements, trouble } }
kept_choice! {
    Stage { 0 = OnDevice, 1 = Sent, 2 = Logged { index, log_time }, 3 = Refused(trouble), 4 = Withdrawn }
    else |from| Self::OnDevice
}
kept_fields! {
    Entry {
        id, draft, signer, on_behalf_of, written_at, signed_at, records, openings, opened, photos, stage, in_doubt, races,
        ask, counted, aside, names, earlier,
    } not { fits }
}
kept_fields! { Backoff { failures, until } }
kept_fields! { State { next, journal, backoff, fetch, renamed } not { asked } }

impl Kept for EntryId {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        Self(Kept::take(from))
    }
}

impl Kept for Journal {
    fn put(&self, to: &mut Vec<u8>) {
        self.notes().copied().collect::<Vec<_>>().put(to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        Vec::<Note>::take(from).into()
    }
}
