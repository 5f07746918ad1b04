//! Prints the worked example of SPEC.md, section 12; `tests/spec` recomputes it from the page alone.

use nguon_core::bytes::to_hex;
use nguon_core::envelope::{Deployment, SignedRecord};
use nguon_core::ledger::{Pen, begin_record};
use nguon_core::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = SigningKey::from_bytes(&[1; 32]);
    let owner = ChainId::from_bytes([0x22; 32]);
    let deployment = Deployment::of_first_root(b"nguon");
    let pen = Pen::new(owner, &key, Time::new(1_780_272_000)?).east(UtcOffset::VIETNAM);
    let mut opened = Opened::new(owner, "vải thiều".parse()?);
    opened.label = Some(Label { gtin: "09521234000013".parse()?, lot: "LN-0106".parse()? });
    let record = begin_record(&pen, opened.into(), Nonce::from_bytes([0x33; 16]));
    let signed = SignedRecord::sign(&record, &key, &deployment)?;
    let id = signed.statement_id(&deployment);
    let digest = FieldValue::Text("Nguyễn Văn Bảy".into()).seal(&Salt::from_bytes([0x44; 16]), "enrolled/name");
    println!("public key    {}", PublicKeyBytes::from(&key));
    println!("key id        {}", signed.key_id());
    println!("deployment    {}", to_hex(deployment.as_bytes()));
    println!("payload       {}", to_hex(signed.payload()));
    println!("Sig_structure {}", to_hex(&signed.to_be_signed(&deployment)));
    println!("statement id  {id}");
    println!("signature     {}", signed.signature());
    println!("commitment    {}", ChainId::of_first(id).commitment());
    println!("field digest  {digest}");
    Ok(())
}
