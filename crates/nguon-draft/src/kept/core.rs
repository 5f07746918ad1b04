//! Values of the core, as the core writes them in records.

use nguon_core::bytes::ByteString;
use nguon_core::cbor::{Decode, Decoder, Encode};
use nguon_core::event::{
    CoolingMethod, CorrectionReason, DisposalMethod, Document, Dose, DrawReason, Event, Input, InputKind, LossReason,
    RevocationReason, Role,
};
use nguon_core::ids::{ChainId, FieldDigest, KeyId, PublicKeyBytes, RootHash, Salt, StatementId};
use nguon_core::log::Position;
use nguon_core::opening::PersonalOpening;
use nguon_core::record::Signer;
use nguon_core::values::{Code, Count, Days, Grams, Label, MediaType, SquareMetres, Text, Time};

use super::Kept;
use crate::kept_fields;

macro_rules! of_the_core {
    ($($type:ty),+ $(,)?) => {$(
        impl Kept for $type {
            fn put(&self, to: &mut Vec<u8>) {
                self.encode(to);
            }

            fn take(from: &mut Decoder<'_>) -> Self {
                <Self as Decode>::decode(from)
            }
        }
    )+};
}

of_the_core! {
    ByteString, ChainId, Code, CoolingMethod, CorrectionReason, Count, Days, DisposalMethod, Document, Dose, DrawReason, Event,
    FieldDigest, Grams, Input, InputKind, KeyId, Label, LossReason, MediaType, PersonalOpening, PublicKeyBytes,
    RevocationReason, Role, RootHash, Salt, Signer, SquareMetres, StatementId, Text, Time,
}

kept_fields! { Position { index, log_time, anchor_time } }
