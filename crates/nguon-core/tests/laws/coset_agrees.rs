//! The `coset` crate (an independent COSE) reads our envelopes, we read its, and both sign the same bytes.

use coset::iana::{Algorithm, EnumI64 as _};
use coset::{
    CborSerializable as _, ContentType, CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable as _,
};
use ed25519_dalek::Signer as _;
use nguon_core::SigningKey;
use nguon_core::envelope::{CONTENT_TYPE, Deployment, SignedRecord, statement_id, to_be_signed};
use nguon_core::ids::{KeyId, PublicKeyBytes, SignatureBytes};
use nguon_core::key::PublicKey;
use proptest::prelude::*;

use crate::strategies;

fn deployment() -> impl Strategy<Value = Deployment> {
    any::<[u8; 16]>().prop_map(|bytes| Deployment::of_first_root(&bytes))
}

fn signing_key() -> impl Strategy<Value = SigningKey> {
    any::<[u8; 32]>().prop_map(|bytes| SigningKey::from_bytes(&bytes))
}

proptest! {
    #[test]
    fn coset_reads_ours(record in strategies::record(), key in signing_key(), deployment in deployment()) {
        let ours = SignedRecord::sign(&record, &key, &deployment).unwrap();
        let theirs = CoseSign1::from_tagged_slice(ours.as_bytes()).unwrap();
        let header = &theirs.protected.header;
        prop_assert_eq!(header.alg.clone(), Some(coset::Algorithm::Assigned(Algorithm::Ed25519)));
        prop_assert_eq!(Algorithm::Ed25519.to_i64(), -19);
        prop_assert_eq!(header.content_type.clone(), Some(ContentType::Text(CONTENT_TYPE.into())));
        prop_assert_eq!(KeyId::try_from(&header.key_id[..]).unwrap(), ours.key_id());
        prop_assert!(theirs.unprotected.is_empty());
        prop_assert_eq!(theirs.payload.as_deref(), Some(ours.payload()));
        prop_assert_eq!(SignatureBytes::try_from(&theirs.signature[..]).unwrap(), ours.signature());

        let aad = deployment.external_aad();
        prop_assert_eq!(theirs.tbs_data(&aad), ours.to_be_signed(&deployment));
        prop_assert_eq!(statement_id(&theirs.tbs_data(&aad)), ours.statement_id(&deployment));
        let public = PublicKey::from_bytes(&PublicKeyBytes::from(&key)).unwrap();
        let verified = theirs.verify_signature(&aad, |signature, message| {
            let signature = SignatureBytes::try_from(signature).map_err(|_| ())?;
            if public.verifies(message, &signature) { Ok(()) } else { Err(()) }
        });
        prop_assert_eq!(verified, Ok(()));
        prop_assert_eq!(theirs.to_tagged_vec().unwrap(), ours.as_bytes());
    }

    #[test]
    fn we_read_cosets(record in strategies::record(), key in signing_key(), deployment in deployment()) {
        let payload = record.to_payload().unwrap();
        let id = KeyId::of(&PublicKeyBytes::from(&key));
        let header = HeaderBuilder::new()
            .algorithm(Algorithm::Ed25519)
            .content_type(CONTENT_TYPE.into())
            .key_id(id.as_bytes().to_vec())
            .build();
        let theirs = CoseSign1Builder::new()
            .protected(header)
            .payload(payload.clone())
            .create_signature(&deployment.external_aad(), |message| {
                key.sign(message).to_bytes().to_vec()
            })
            .build();
        let ours = SignedRecord::from_bytes(theirs.clone().to_tagged_vec().unwrap()).unwrap();
        prop_assert_eq!((ours.key_id(), ours.payload()), (id, &payload[..]));
        prop_assert_eq!(to_be_signed(id, &payload, &deployment), theirs.tbs_data(&deployment.external_aad()));
        prop_assert_eq!(&ours, &SignedRecord::sign(&record, &key, &deployment).unwrap());
        // Without its tag it is COSE all the same, and not ours.
        prop_assert!(SignedRecord::from_bytes(theirs.to_vec().unwrap()).is_err());
    }
}
