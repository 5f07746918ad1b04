//! Writing something down: made into records, signed, on disk; and the ways out of what was refused.

use nguon_core::envelope::SignedRecord;
use nguon_core::ids::ChainId;
use nguon_core::values::Time;
use nguon_draft::outbox::EntryId;
use nguon_draft::{Draft, Group, Hand, Prepared, Refused, Warning, prepare};

use super::Bench;
use crate::browser;
use crate::browser::store::{Change, NotKept};
use crate::keys::{DeviceKey, NoSignature};
use crate::photos::Photo;
use crate::state::Person;
use crate::sync::{Work, seal_photos, set_photos};

/// Something written down: on disk, on its way.
#[derive(Clone, Debug)]
pub struct Written {
    /// The entry
    pub entry: EntryId,
    /// Its records, as they may be handed over; none while it waits to be signed
    pub records: Vec<SignedRecord>,
}

/// What goes with a draft.
#[derive(Clone, Debug, Default)]
pub struct Besides {
    /// Photos and documents
    pub photos: Vec<Photo>,
    /// The form that said it all, which is forgotten with that
    pub form: Option<String>,
}

impl From<Vec<Photo>> for Besides {
    fn from(photos: Vec<Photo>) -> Self {
        Self { photos, form: None }
    }
}

/// Why nothing was written down.
#[derive(Clone, Debug, PartialEq)]
pub enum NotWritten {
    /// It breaks a rule
    Refused(Refused),
    /// The key is locked: its secret is wanted
    Locked,
    /// Nobody is at work whose key counts
    NoKey,
    /// It could not be kept: nothing of it was written down
    NotKept(NotKept),
    /// The browser has no random bytes
    NoRandom,
}

impl From<Refused> for NotWritten {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<NotKept> for NotWritten {
    fn from(why: NotKept) -> Self {
        Self::NotKept(why)
    }
}

/// Random bytes for salts and nonces; made sure of beforehand that there are any.
fn entropy() -> Result<impl FnMut() -> [u8; 16], NotWritten> {
    browser::random::<16>().ok_or(NotWritten::NoRandom)?;
    Ok(|| browser::random::<16>().unwrap_or_default())
}

/// A draft as records that are yet to be signed, on this work. One copy of it for all who ask: it is much code.
///
/// # Errors
/// It breaks a rule.
#[inline(never)]
pub fn made(draft: &Draft, work: &Work, hand: &Hand) -> Result<Prepared, NotWritten> {
    Ok(prepare(draft, &work.book, hand, work.outbox.journal(), &mut entropy()?)?)
}

impl Bench {
    /// What would be said of a draft before it is signed, or why it cannot be. Nothing is signed for that.
    ///
    /// # Errors
    /// It breaks a rule, or nobody is at work.
    pub fn preview(&self, draft: &Draft) -> Result<Vec<Warning>, NotWritten> {
        let (hand, work) = (self.hand().ok_or(NotWritten::NoKey)?, self.work().ok_or(NotWritten::Locked)?);
        Ok(made(draft, &work, &hand)?.warnings(&work.book))
    }

    /// Writes something down: made into records, signed, and on disk when this is done. What cannot be signed now, since an
    /// earlier entry has to be settled first, is kept and signed then.
    ///
    /// # Errors
    /// Nothing was written down, and why.
    pub fn write(
        &self,
        draft: Draft,
        besides: impl Into<Besides>,
    ) -> impl Future<Output = Result<Written, NotWritten>> {
        self.clone().write_as(draft, None, besides.into())
    }

    /// The same for a household without a key, whose registrar is at work.
    ///
    /// # Errors
    /// As for [`Self::write`].
    pub fn write_for(
        &self,
        household: ChainId,
        draft: Draft,
        besides: impl Into<Besides>,
    ) -> impl Future<Output = Result<Written, NotWritten>> {
        self.clone().write_as(draft, Some(household), besides.into())
    }

    async fn write_as(
        self,
        mut draft: Draft,
        household: Option<ChainId>,
        with: Besides,
    ) -> Result<Written, NotWritten> {
        let _held = self.inner.lock.take().await;
        let mut hand = self.hand().ok_or(NotWritten::NoKey)?;
        hand = household.map_or(hand.clone(), |household| hand.on_behalf_of(household));
        let key = self.key()?;
        let work = self.work().ok_or(NotWritten::Locked)?;
        let (sealed, mut besides) = seal_photos(&with.photos).ok_or(NotWritten::NoRandom)?;
        if !sealed.is_empty() {
            set_photos(&mut draft, sealed);
        }
        besides.extend(with.form.iter().flat_map(|form| self.without_half(form)));
        let prepared = match prepare(&draft, &work.book, &hand, work.outbox.journal(), &mut entropy()?) {
            Ok(prepared) => prepared,
            Err(Refused::Waits { .. }) => {
                return self.keep_draft(draft, &hand, besides).await;
            }
            Err(refused) => return Err(refused.into()),
        };
        drop(work);
        let group = self.sign(prepared, &key).await?;
        let added = self.change(besides, |work| (work.outbox.add(group, &mut work.book), Vec::new())).await?;
        let entry = added?;
        let records = self.work().and_then(|work| Some(work.outbox.entry(entry)?.signed_records())).unwrap_or_default();
        self.send();
        Ok(Written { entry, records })
    }

    async fn keep_draft(&self, draft: Draft, hand: &Hand, besides: Vec<Change>) -> Result<Written, NotWritten> {
        let (signer, on_behalf_of, now) = (hand.seat.signer, hand.on_behalf_of, hand.now);
        let kept = self.change(besides, |work| {
            (work.outbox.keep_draft(draft, signer, on_behalf_of, now, &mut work.book), Vec::new())
        });
        let entry = kept.await?;
        self.send();
        Ok(Written { entry, records: Vec::new() })
    }

    /// The key of who is at work, if it is open.
    ///
    /// # Errors
    /// Nobody's key counts, or it is locked.
    pub fn key(&self) -> Result<DeviceKey, NotWritten> {
        let key = self.person().filter(Person::may_sign).and_then(|person| person.key).ok_or(NotWritten::NoKey)?;
        if self.inner.ring.is_open(&key) { Ok(key) } else { Err(NotWritten::Locked) }
    }

    /// Has everything that was prepared signed.
    ///
    /// # Errors
    /// The key is locked or gone.
    pub async fn sign(&self, prepared: Prepared, key: &DeviceKey) -> Result<Group, NotWritten> {
        let mut signatures = Vec::new();
        for bytes in prepared.to_be_signed() {
            let signature = self.inner.ring.sign(key, bytes).await.map_err(|why| match why {
                NoSignature::Locked => NotWritten::Locked,
                NoSignature::Gone => NotWritten::NoKey,
            })?;
            signatures.push(signature);
        }
        Ok(prepared.seal(&signatures)?)
    }

    /// Changes an entry that the server does not have: what was signed before is said to be replaced.
    ///
    /// # Errors
    /// Nothing was changed, and why.
    pub async fn revise(&self, entry: EntryId, draft: &Draft) -> Result<(), NotWritten> {
        let _held = self.inner.lock.take().await;
        let (key, hand) = (self.key()?, self.hand().ok_or(NotWritten::NoKey)?);
        let work = self.work().ok_or(NotWritten::Locked)?;
        let prepared = work.outbox.revise(entry, draft, &work.book, &hand, &mut entropy()?)?;
        drop(work);
        let group = self.sign(prepared, &key).await?;
        self.change(Vec::new(), |work| (work.outbox.revised(entry, group, &mut work.book), Vec::new())).await??;
        self.send();
        Ok(())
    }

    /// Signs an entry, for the first time or again, as the outbox asks for it.
    pub(crate) async fn renew(&self, entry: EntryId) -> Result<(), NotWritten> {
        let _held = self.inner.lock.take().await;
        let (key, hand) = (self.key()?, self.hand().ok_or(NotWritten::NoKey)?);
        let work = self.work().ok_or(NotWritten::Locked)?;
        let prepared = work.outbox.renew(entry, &work.book, &hand, &mut entropy()?);
        drop(work);
        let group = match prepared {
            Ok(prepared) => self.sign(prepared, &key).await?,
            Err(refused) => {
                let told = |work: &mut crate::sync::Work| {
                    work.outbox.not_renewed(entry, &refused, &mut work.book);
                    ((), Vec::new())
                };
                self.change(Vec::new(), told).await?;
                return Ok(());
            }
        };
        self.change(Vec::new(), |work| (work.outbox.renewed(entry, group, &mut work.book), Vec::new())).await??;
        Ok(())
    }

    /// Takes an entry back that the server does not have.
    ///
    /// # Errors
    /// Nothing was changed, and why.
    pub async fn withdraw(&self, entry: EntryId) -> Result<(), NotWritten> {
        let _held = self.inner.lock.take().await;
        self.change(Vec::new(), |work| (work.outbox.withdraw(entry, &mut work.book), Vec::new())).await??;
        self.send();
        Ok(())
    }

    /// Sends a refused entry again.
    ///
    /// # Errors
    /// Nothing was changed, and why.
    pub async fn again(&self, entry: EntryId) -> Result<(), NotWritten> {
        {
            let _held = self.inner.lock.take().await;
            self.change(Vec::new(), |work| (work.outbox.again(entry, &mut work.book), Vec::new())).await??;
        }
        self.send();
        Ok(())
    }

    /// Tries now, whatever was waited for.
    pub async fn try_now(&self) {
        if self.work().is_some() {
            let _held = self.inner.lock.take().await;
            let _ = self.change(Vec::new(), |work| (work.outbox.try_now(), Vec::new())).await;
        }
        self.send();
    }

    /// When the app is asked what time it is for a record.
    #[must_use]
    pub fn time(&self) -> Time {
        self.now()
    }
}
