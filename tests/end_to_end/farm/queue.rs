//! A week offline: five hundred entries wait, and are sent in one go.

use ed25519_dalek::Signer as _;
use nguon_core::SigningKey;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::{Dose, InputKind, Role};
use nguon_core::ids::PublicKeyBytes;
use nguon_core::trust::{Roots, TrustRoot};
use nguon_core::values::{Count, Days, SquareMetres};
use nguon_draft::{Applied, Book, Draft, Hand, Outbox, prepare};
use nguon_farm_app::keys::{DeviceKey, Keeping};
use nguon_farm_app::state::{Enrolment, Person};
use nguon_farm_app::sync::entry_key;
use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::world;

use super::{Ground, apart, kept, written};
use crate::farm_tasks::ground::now;

const ENTRIES: usize = 500;

fn get(url: &str) -> Vec<u8> {
    let mut answer = ureq::Agent::new_with_defaults().get(url).call().expect("an answer");
    answer.body_mut().read_to_vec().expect("a body")
}

#[test]
fn five_hundred_entries_of_a_week_are_sent_in_order_and_none_is_lost() {
    let mut ground = Ground::start();
    let key = SigningKey::from_bytes(&[42; 32]);
    let orchard = ground.orchard("Nguyễn Văn Bảy", Some(PublicKeyBytes::from(&key)));
    let trust = TrustRoot::from_bytes(&std::fs::read(world().root()).expect("the trust root")).expect("a root");
    let mut book = Book::new(Roots::new(trust));
    let api = ground.address("").replace("/farm/", "/v1");
    let list = String::from_utf8(get(&format!("{api}/actors/{}/chains", orchard.household))).expect("text");
    for line in list.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let Some(chain) = line["chain"]["chain"].as_str() else { continue };
        let bytes = get(&format!("{api}/chains/{chain}/records"));
        let items = nguon_core::cbor::split_sequence(&bytes).expect("records");
        let records = items.into_iter().map(|item| SignedRecord::from_bytes(item.to_vec()).expect("a record"));
        book.take(&chain.parse().expect("a chain"), records.collect(), Default::default()).expect("the chain");
    }
    // As a phone wrote them down: the same drafts and rules, signed by a key that the page need not have to send them.
    let mut outbox = Outbox::default();
    let mut salt = 0_u128;
    let mut entropy = || {
        salt += 1;
        salt.to_be_bytes()
    };
    for n in 0..ENTRIES {
        let hand = Hand::new(orchard.household, PublicKeyBytes::from(&key), now());
        let draft = Draft::Applied(Applied {
            plot: orchard.plots[n % 2],
            kind: InputKind::PlantProtection,
            product: "Abamectin 3.6EC".parse().expect("text"),
            ingredients: vec!["abamectin".parse().expect("text")],
            lot: None,
            dose: Dose::Microlitres(Count::new(60_000).expect("a count")),
            water_ml: None,
            area_m2: SquareMetres::new(2_000).expect("an area"),
            phi_days: Days::new(7).expect("days"),
            at: None,
            operator: None,
            note: None,
            photos: Vec::new(),
        });
        let prepared = prepare(&draft, &book, &hand, outbox.journal(), &mut entropy).expect("a spray");
        let signatures: Vec<_> = prepared.to_be_signed().iter().map(|bytes| key.sign(bytes).to_bytes()).collect();
        outbox.add(prepared.seal(&signatures).expect("a group"), &mut book).expect("an entry");
    }
    let changes = outbox.take_changes();
    let state = changes.state.expect("what was signed after what");
    let mut person = Person::new([1; 8], "Bảy".into());
    person.rekey(DeviceKey { public: PublicKeyBytes::from(&key), keeping: Keeping::Held });
    person.learn(Some((Enrolment { actor: orchard.household, role: Role::Farm, by: String::new() }, None)));
    let id = person.id.as_str();
    let mut things = vec![kept::thing("people", id, &person), kept::thing("work", id, &state)];
    for (entry, value) in &changes.entries {
        things.push(kept::thing("entries", &entry_key(id, *entry), value.as_ref().expect("an entry")));
    }
    Browser::run(&Look::default(), async |page| {
        page.open(&ground.address("")).await;
        page.until("document.querySelector('.welcome')").await;
        kept::put(page, things.clone(), id).await;
        let began = std::time::Instant::now();
        page.reload().await;
        page.until(
            "document.querySelector('.today') && /Mọi mục đã gửi/.test(document.querySelector('.waits').innerText)",
        )
        .await;
        println!("500 entries sent in {:.1} s, opening the app included", began.elapsed().as_secs_f64());
        assert_eq!(written(&ground, &orchard.plots[0]).await + written(&ground, &orchard.plots[1]).await, ENTRIES);
        let records = apart(|| ground.records(&orchard.plots[1])).await;
        assert!(records.windows(2).all(|pair| pair[0].sequence + 1 == pair[1].sequence));
    });
}
