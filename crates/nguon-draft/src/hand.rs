//! Who writes, with which keys, and when.

use nguon_core::ids::{ChainId, KeyId, Nonce, PublicKeyBytes, Salt};
use nguon_core::log::Position;
use nguon_core::record::{Anchor, Signer};
use nguon_core::values::{Time, UtcOffset};
use serde::{Deserialize, Serialize};

use crate::book::ASSUMED;

/// A key that can sign here, and as whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Whose key it is
    pub signer: Signer,
    /// The key
    pub key: PublicKeyBytes,
}

impl Seat {
    /// The key's id.
    #[must_use]
    pub fn key_id(&self) -> KeyId {
        KeyId::of(&self.key)
    }
}

/// The newest checkpoint that this device verified, and when it was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// What records name
    pub anchor: Anchor,
    /// Log time of its last leaf
    pub time: Time,
}

/// Somebody at this device, at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// Who signs
    pub seat: Seat,
    /// For which household without a key, if not for itself
    pub on_behalf_of: Option<ChainId>,
    /// Further keys at hand, for records of a group that others have to sign: a draw on a household's plot at the co-op's
    pub also: Vec<Seat>,
    /// Now, by this device's clock
    pub now: Time,
    /// Minutes east of UTC
    pub utc_offset: UtcOffset,
    /// The newest checkpoint seen; absent if none, or without a log
    pub seen: Option<Seen>,
    /// Now by a clock that is to be trusted more, where one was seen: a server's date, a cosignature's time
    pub true_now: Option<Time>,
}

impl Hand {
    /// Somebody who signs for itself, in Việt Nam, and has seen no checkpoint.
    #[must_use]
    pub fn new(signer: impl Into<Signer>, key: PublicKeyBytes, now: Time) -> Self {
        let seat = Seat { signer: signer.into(), key };
        let (also, utc_offset) = (Vec::new(), UtcOffset::VIETNAM);
        Self { seat, on_behalf_of: None, also, now, utc_offset, seen: None, true_now: None }
    }

    /// The same for a household without a key.
    #[must_use]
    pub fn on_behalf_of(mut self, household: ChainId) -> Self {
        self.on_behalf_of = Some(household);
        self
    }

    /// The same with a further key at hand.
    #[must_use]
    pub fn with(mut self, seat: Seat) -> Self {
        self.also.push(seat);
        self
    }

    /// The same on a device that has seen this checkpoint.
    #[must_use]
    pub const fn having_seen(mut self, seen: Seen) -> Self {
        self.seen = Some(seen);
        self
    }

    /// Who acts: the household signed for, or the signer.
    #[must_use]
    pub fn acting(&self) -> Signer {
        self.on_behalf_of.map_or(self.seat.signer, Signer::Actor)
    }

    /// All keys at hand.
    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        std::iter::once(&self.seat).chain(&self.also)
    }

    /// Where the log would have a record signed now: what it vouches for depends on that.
    pub(crate) fn position(&self) -> Position {
        let anchor_time = self.seen.map_or(Time::ZERO, |seen| seen.time);
        let now = self.true_now.unwrap_or(self.now).max(anchor_time);
        Position { index: ASSUMED, log_time: now, anchor_time }
    }
}

/// Random bytes. They are arguments, as everything that differs from device to device.
pub trait Entropy {
    /// 16 random bytes.
    fn bytes(&mut self) -> [u8; 16];

    /// For a personal field or a photo.
    fn salt(&mut self) -> Salt {
        Salt::from_bytes(self.bytes())
    }

    /// For the first record of a chain.
    fn nonce(&mut self) -> Nonce {
        Nonce::from_bytes(self.bytes())
    }
}

impl<F: FnMut() -> [u8; 16]> Entropy for F {
    fn bytes(&mut self) -> [u8; 16] {
        self()
    }
}
