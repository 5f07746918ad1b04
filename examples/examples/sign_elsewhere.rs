//! Sign a record with a key that this program never sees: a browser's WebCrypto, a phone's keystore, a token.
use ed25519_dalek::{Signer as _, SigningKey};
use nguon_core::envelope::{SignedRecord, to_be_signed};
use nguon_core::event::Opened;
use nguon_core::ids::{KeyId, Nonce, PublicKeyBytes, SignatureBytes};
use nguon_core::record::{ChainKind, Record, Signer, VERSION};
use nguon_examples::season::{OFFSET, Season, Seed};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut season = Season::build(&Seed::sample())?;
    let (farmer, keystore): (_, SigningKey) = (season.id("mai"), season.key("mai"));
    let record = Record {
        version: VERSION,
        kind: ChainKind::Batch,
        chain: None,
        sequence: 0,
        previous: None,
        signer: Signer::Actor(farmer),
        on_behalf_of: None,
        signed_at: season.now(),
        utc_offset: OFFSET,
        anchor: None,
        replaces: None,
        event: Opened::new(farmer, "Vải thiều tươi".parse()?).into(),
        attachments: None,
        nonce: Some(Nonce::from_bytes([1; 16])), // yours: random bytes
    };
    let payload = record.to_payload()?;
    let key = KeyId::of(&PublicKeyBytes::from_bytes(keystore.verifying_key().to_bytes()));
    let message = to_be_signed(key, &payload, season.ledger.trust().deployment());
    let signature = SignatureBytes::from_bytes(keystore.sign(&message).to_bytes()); // elsewhere
    let signed = SignedRecord::assemble(key, &payload, &signature)?;
    println!("{} bytes for POST /v1/records", signed.as_bytes().len());
    println!("accepted as {}", season.ledger.admit(signed)?);
    Ok(())
}
