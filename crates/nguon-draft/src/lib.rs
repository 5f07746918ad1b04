//! What farmers, collectors and co-ops write down, and its way to the server: drafts, the outbox, the hand-over.
//!
//! A [`draft::Draft`] is in people's terms: this plot, these crates, into that batch. [`prepare()`] makes it into all
//! records of its group, on the newest state that the device knows ([`book::Book`]), judged by the code that the server
//! asks ([`nguon_core::judge`]), before anything is signed. The keys are not here: whoever runs this signs
//! [`prepare::Prepared::to_sign`] with WebCrypto, a key file or a token, and [`prepare::Prepared::seal`] checks each
//! signature. The [`outbox::Outbox`] then keeps the group until the log has it. What is done about a lost race, a refusal or
//! a lost answer are pure functions there; [`journal::Journal`] sees to it that no key ever signs two histories (SPEC.md,
//! section 3: `replaces`). [`handover`] carries grams from phone to phone without a network, as rows of QR symbols.
//!
//! Nothing here reads a clock, draws random numbers, or does I/O: times, salts and nonces are arguments. Left out: the keys,
//! the wording ([`advice`] names what to say), the storage, the requests, photos' bytes, and Unicode normalisation, which is
//! done where text is typed.
//!
//! ```
//! use nguon_core::SigningKey;
//! use nguon_core::prelude::*;
//! use nguon_draft::{Book, Draft, Hand, NewBatch, Outbox, Stage, Step, prepare};
//!
//! # let key = SigningKey::from_bytes(&[1; 32]);
//! # let now = Time::new(1_781_049_600)?;
//! # let office = Authority::new(AuthorityId::from_bytes([9; 32]), "Sở mẫu".parse()?, (&key).into());
//! # let root = RootPayload::of_one_authority(office, (&key).into(), Time::ZERO, Time::new(1 << 40)?);
//! # let trust = TrustRoot::verify_first(SignedRoot::sign(&root, &[&key])?)?;
//! # let mut ledger = Ledger::new(trust.clone());
//! # let pen = Pen::new(AuthorityId::from_bytes([9; 32]), &key, now);
//! # let phone = SigningKey::from_bytes(&[2; 32]);
//! # let scope = Scope::of_events(EventName::ALL)?;
//! # let name = FieldValue::Text("Nguyễn Văn Bảy".into()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
//! # let farmer = ledger.begin(&pen, Enrolled::new(Role::Farm, name, scope, Some((&phone).into())), Nonce::from_bytes([3; 16]))?;
//! // What the device knows: the trust root, and the farmer's own chain as the server sent it.
//! let mut book = Book::new(nguon_core::trust::Roots::new(trust));
//! book.take(&farmer, ledger.records(&farmer).to_vec(), Default::default())?;
//! let mut outbox = Outbox::default();
//!
//! // A farmer opens a batch; the phone signs, and the outbox has it.
//! let hand = Hand::new(farmer, (&phone).into(), now);
//! let draft = Draft::Opened(NewBatch::of("vải thiều".parse()?));
//! let prepared = prepare(&draft, &book, &hand, outbox.journal(), &mut || [7; 16])?;
//! # use ed25519_dalek::Signer as _;
//! let signatures: Vec<_> = prepared.to_be_signed().iter().map(|bytes| phone.sign(bytes).to_bytes()).collect();
//! let entry = outbox.add(prepared.seal(&signatures)?, &mut book)?;
//!
//! // There is something to send now.
//! assert_eq!(outbox.next(&book, now, &[hand.seat.signer]), Step::Post(vec![entry]));
//! assert_eq!(outbox.entry(entry).map(|entry| &entry.stage), Some(&Stage::OnDevice));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod advice;
pub mod book;
pub mod draft;
pub mod error;
pub mod hand;
pub mod handover;
pub mod history;
pub mod journal;
pub mod json;
pub mod kept;
pub mod outbox;
pub mod prepare;
pub mod sorted;

pub use advice::{Advice, Warning};
pub use book::{Book, Positions};
pub use draft::{
    Applied, Carriage, Cooling, Correction, Counted, Disposal, Draft, HandOver, Harvest, Into, Loss, NewBatch, Packing,
    Parcel, Personal, Photo, Plain, Receipt, Sale, Share,
};
pub use error::Refused;
pub use hand::{Entropy, Hand, Seat, Seen};
pub use journal::Journal;
pub use outbox::{Answer, Changes, Entry, EntryId, Moment, Outbox, Stage, Step, Trouble};
pub use prepare::{Group, Kept, Prepared, prepare};
