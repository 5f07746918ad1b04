//! Identifiers: every 16-, 32- or 64-byte value with a meaning has a type of its own.
//!
//! In CBOR they are byte strings, in the JSON view lower-case hexadecimal.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// Text that is not the hexadecimal form of the identifier wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} hexadecimal digits")]
pub struct IdError {
    /// How many digits the identifier has.
    pub expected: usize,
}

macro_rules! fixed_bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) [u8; $length]);

        impl $name {
            /// How many bytes it has.
            pub const LENGTH: usize = $length;

            /// Wraps bytes that came from elsewhere.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = IdError;
            fn try_from(bytes: &[u8]) -> Result<Self, IdError> {
                bytes.try_into().map(Self).map_err(|_| IdError { expected: $length * 2 })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let mut bytes = [0; $length];
                from_hex(text, &mut bytes)?;
                Ok(Self(bytes))
            }
        }

        impl crate::cbor::Encode for $name {
            fn encode(&self, to: &mut Vec<u8>) {
                crate::cbor::put_bytes(&self.0, to);
            }
        }

        impl crate::cbor::Decode for $name {
            fn decode(from: &mut crate::cbor::Decoder<'_>) -> Self {
                let mut bytes = [0; $length];
                exactly(from, &mut bytes, stringify!($name));
                Self(bytes)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    serializer.serialize_bytes(&self.0)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut bytes = [0; $length];
                read_fixed(deserializer, &mut bytes, stringify!($name))?;
                Ok(Self(bytes))
            }
        }
    };
}

fixed_bytes! {
    /// `SHA-256("nguon/statement/v1\n" ‖ Sig_structure)`: names what was said, whatever the signature bytes.
    StatementId, 32
}
fixed_bytes! {
    /// The statement id of a chain's first record: names an actor, a place or a batch.
    ChainId, 32
}
fixed_bytes! {
    /// `SHA-256("nguon/key/v1\n" ‖ public key)`, the COSE `kid`.
    KeyId, 32
}
fixed_bytes! {
    /// The random name of an authority in the trust root.
    AuthorityId, 32
}
fixed_bytes! {
    /// A salted digest that stands for personal data, free text or an attachment; see [`crate::opening`].
    FieldDigest, 32
}
fixed_bytes! {
    /// A Merkle tree root of the log.
    RootHash, 32
}
fixed_bytes! {
    /// All entries of a chain up to one, folded: `e_n` of [`crate::log`].
    EntryHash, 32
}
fixed_bytes! {
    /// `SHA-256("nguon/serial/v1\n" ‖ batch id ‖ serial)`: stands for one printed label; see [`crate::serial`].
    SerialHash, 32
}
fixed_bytes! {
    /// An Ed25519 public key as it was received (RFC 8032 §5.1.5); not yet known to be a sound one.
    PublicKeyBytes, 32
}
fixed_bytes! {
    /// An Ed25519 signature (RFC 8032 §5.1.6).
    SignatureBytes, 64
}
fixed_bytes! {
    /// 16 random bytes that make a chain's first statement, hence its id, unguessable.
    Nonce, 16
}
fixed_bytes! {
    /// 16 random bytes that keep a [`FieldDigest`] from being guessed; kept only in the opening.
    Salt, 16
}

impl ChainId {
    /// The chain that begins with this statement.
    #[must_use]
    pub const fn of_first(statement: StatementId) -> Self {
        Self(statement.0)
    }

    /// The first 16 bytes, which a label carries in its fragment.
    #[must_use]
    pub fn commitment(&self) -> nguon_gs1::Commitment {
        let mut half = [0; 16];
        half.copy_from_slice(&self.0[..16]);
        nguon_gs1::Commitment::new(half)
    }
}

impl KeyId {
    /// The id of a public key.
    #[must_use]
    pub fn of(key: &PublicKeyBytes) -> Self {
        Self(hash(&[b"nguon/key/v1\n", &key.0]))
    }
}

/// SHA-256 over the parts one after the other.
pub(crate) fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut state = Sha256::new();
    for part in parts {
        state.update(part);
    }
    state.finalize().into()
}

pub(crate) fn from_hex(text: &str, out: &mut [u8]) -> Result<(), IdError> {
    let wrong = IdError { expected: out.len() * 2 };
    let digits = text.as_bytes();
    if digits.len() != out.len() * 2 {
        return Err(wrong);
    }
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(wrong),
    };
    for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Ok(())
}

#[inline(never)]
fn exactly(from: &mut crate::cbor::Decoder<'_>, out: &mut [u8], name: &str) {
    let bytes = from.byte_string();
    if bytes.len() == out.len() {
        out.copy_from_slice(bytes);
    } else if from.is_sound() {
        let (found, wanted) = (bytes.len().to_string(), out.len().to_string());
        from.fail(&[name, " has ", &wanted, " bytes, found ", &found].concat());
    }
}

fn read_fixed<'de, D: Deserializer<'de>>(deserializer: D, out: &mut [u8], name: &'static str) -> Result<(), D::Error> {
    struct Fixed<'a>(&'a mut [u8], &'static str);
    impl Visitor<'_> for Fixed<'_> {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{} of {} bytes", self.1, self.0.len())
        }
        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<(), E> {
            if bytes.len() != self.0.len() {
                return Err(E::invalid_length(bytes.len(), &self));
            }
            self.0.copy_from_slice(bytes);
            Ok(())
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
            from_hex(text, self.0).map_err(|error| E::custom(format_args!("{}: {error}", self.1)))
        }
    }
    if deserializer.is_human_readable() {
        deserializer.deserialize_str(Fixed(out, name))
    } else {
        deserializer.deserialize_bytes(Fixed(out, name))
    }
}
