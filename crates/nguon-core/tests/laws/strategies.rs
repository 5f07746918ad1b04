//! Arbitrary records: every field of every event, present and absent.

use nguon_core::gs1::{Gtin, Lot};
use nguon_core::prelude::*;
use nguon_core::record::{Anchor, Attachment, ChainKind, Record, Signer};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

macro_rules! ids {
    ($($name:ident: $type:ident),+ $(,)?) => {
        $(pub fn $name() -> impl Strategy<Value = $type> { any::<[u8; $type::LENGTH]>().prop_map($type::from_bytes) })+
    };
}

ids! {
    chain: ChainId, statement: StatementId, key_id: KeyId, authority: AuthorityId, digest: FieldDigest,
    root_hash: RootHash, key: PublicKeyBytes, nonce: Nonce, salt: Salt,
}

/// Numbers near every change of length in CBOR, and others.
pub fn number(least: u64, most: u64) -> impl Strategy<Value = u64> {
    let edges: Vec<u64> = [0, 1, 23, 24, 255, 256, 65_535, 65_536, u64::from(u32::MAX), 1 << 32, least, most]
        .into_iter()
        .filter(|edge| (least..=most).contains(edge))
        .collect();
    prop_oneof![select(edges), least..=most]
}

const SAFE: u64 = (1 << 53) - 1;

pub fn time() -> impl Strategy<Value = Time> {
    number(0, SAFE).prop_map(|value| Time::new(value).unwrap())
}
fn grams() -> impl Strategy<Value = Grams> {
    number(1, SAFE).prop_map(|value| Grams::new(value).unwrap())
}
fn count() -> impl Strategy<Value = Count> {
    number(1, SAFE).prop_map(|value| Count::new(value).unwrap())
}
fn square_metres() -> impl Strategy<Value = SquareMetres> {
    number(1, 10_000_000_000).prop_map(|value| SquareMetres::new(value).unwrap())
}
fn days() -> impl Strategy<Value = Days> {
    (0_u16..=3650).prop_map(|value| Days::new(value).unwrap())
}
fn text() -> impl Strategy<Value = Text> {
    "[a-zA-ZĐđà-ÿạ-ỹ0-9]([a-zA-ZĐđà-ÿạ-ỹ0-9 ,.]{0,30}[a-zà-ÿạ-ỹ0-9])?".prop_map(|text| text.parse().unwrap())
}
fn code() -> impl Strategy<Value = Code> {
    "[!-~]([ -~]{0,62}[!-~])?".prop_map(|text| text.parse().unwrap())
}
fn commune() -> impl Strategy<Value = CommuneCode> {
    "[0-9]{5}".prop_map(|text| text.parse().unwrap())
}
fn market() -> impl Strategy<Value = Market> {
    "[A-Z]{2}".prop_map(|text| text.parse().unwrap())
}
fn media_type() -> impl Strategy<Value = MediaType> {
    "[a-z]{1,12}/[a-z0-9.+-]{1,30}".prop_map(|text| text.parse().unwrap())
}
fn prefix() -> impl Strategy<Value = Prefix> {
    "[0-9]{4,12}".prop_map(|text| text.parse().unwrap())
}
fn gln() -> impl Strategy<Value = GlnCode> {
    "[0-9]{12}".prop_map(|digits| nguon_core::gs1::Gln::from_payload(&digits).unwrap().into())
}
fn label() -> impl Strategy<Value = Label> {
    ("[0-9]{13}", "[A-Za-z0-9/_-]{1,20}").prop_map(|(digits, lot)| Label {
        gtin: Gtin::from_payload(&digits).unwrap().into(),
        lot: lot.parse::<Lot>().unwrap().into(),
    })
}
fn list<T: std::fmt::Debug, const LEAST: usize, const MOST: usize>(
    item: impl Strategy<Value = T>,
) -> impl Strategy<Value = List<T, LEAST, MOST>> {
    vec(item, LEAST..=MOST.min(LEAST + 3)).prop_map(|items| List::new(items).unwrap())
}
fn event_name() -> impl Strategy<Value = EventName> {
    select(EventName::ALL)
}

pub fn scope() -> impl Strategy<Value = Scope> {
    (list(event_name()), of(list(chain())), of(list(prefix())), of(list(market())), of(time()), of(time())).prop_map(
        |(events, places, gs1_prefixes, markets, from, until)| Scope {
            events,
            places,
            gs1_prefixes,
            markets,
            from,
            until,
        },
    )
}

fn role() -> impl Strategy<Value = Role> {
    use Role::{Carrier, Collector, Farm, Inspector, Lab, PackingHouse, Registrar, Seller};
    select(vec![Registrar, Farm, Collector, PackingHouse, Carrier, Seller, Lab, Inspector])
}

fn enrolled() -> impl Strategy<Value = Enrolled> {
    (role(), digest(), of(digest()), of(commune()), of(gln()), scope(), of(key())).prop_map(
        |(role, name, phone, commune, gln, scope, key)| Enrolled { role, name, phone, commune, gln, scope, key },
    )
}

fn key_revoked() -> impl Strategy<Value = KeyRevoked> {
    use RevocationReason::{Compromised, Left, Lost, Stolen, Superseded};
    let reason = select(vec![Lost, Stolen, Compromised, Superseded, Left]);
    (key_id(), reason, of(time()), of(digest())).prop_map(|(key, reason, suspect_since, details)| KeyRevoked {
        key,
        reason,
        suspect_since,
        details,
    })
}

fn place_registered() -> impl Strategy<Value = PlaceRegistered> {
    let kind = select(vec![PlaceKind::GrowingArea, PlaceKind::PackingHouse]);
    let place = (kind, code(), code(), market(), chain(), commune(), time()).prop_map(
        |(kind, code, issuer, market, holder, commune, from)| {
            PlaceRegistered::new(kind, code, issuer, market, holder, commune, from)
        },
    );
    (place, of(gln()), of(square_metres()), of(text()), of(time()))
        .prop_map(|(place, gln, area_m2, variety, until)| PlaceRegistered { gln, area_m2, variety, until, ..place })
}

fn plot_registered() -> impl Strategy<Value = PlotRegistered> {
    (chain(), chain(), square_metres(), text(), of(count()), of(digest())).prop_map(
        |(area, household, area_m2, variety, trees, location)| PlotRegistered {
            area,
            household,
            area_m2,
            variety,
            trees,
            location,
        },
    )
}

fn input_applied() -> impl Strategy<Value = InputApplied> {
    use InputKind::{Fertilizer, GrowthRegulator, PlantProtection};
    let kind = select(vec![PlantProtection, Fertilizer, GrowthRegulator]);
    let dose = prop_oneof![count().prop_map(Dose::Milligrams), count().prop_map(Dose::Microlitres)];
    let what = (kind, text(), list(text()), of(code()), dose, of(count()));
    (what, square_metres(), days(), of(digest()), of(digest()), of(time())).prop_map(
        |((kind, product, active_ingredients, product_lot, dose, water_ml), area_m2, phi_days, operator, notes, at)| {
            InputApplied {
                kind,
                product,
                active_ingredients,
                product_lot,
                dose,
                water_ml,
                area_m2,
                phi_days,
                operator,
                notes,
                at,
            }
        },
    )
}

fn inputs() -> impl Strategy<Value = Inputs> {
    list((chain(), grams()).prop_map(|(from, grams)| Input { from, grams }))
}
fn document() -> impl Strategy<Value = Document> {
    (code(), code()).prop_map(|(kind, number)| Document { kind, number })
}

fn on_batches() -> impl Strategy<Value = Event> {
    use DrawReason::{Consignment, Handover, Merging, Packing, Splitting};
    let why = select(vec![Handover, Packing, Merging, Splitting, Consignment]);
    let opened = (chain(), text(), of(text()), of(label()), of(chain())).prop_map(
        |(owner, product, variety, label, label_of)| Opened { owner, product, variety, label, label_of }.into(),
    );
    let harvested =
        (inputs(), of(count()), of(time())).prop_map(|(inputs, crates, at)| Harvested { inputs, crates, at }.into());
    let drawn = (chain(), grams(), why).prop_map(|(to, grams, why)| Drawn { to, grams, why }.into());
    let packed = (inputs(), count(), grams(), of(text()), of(chain()), of(document()), of(time())).prop_map(
        |(inputs, boxes, grams_per_box, grade, place, document, at)| {
            Packed { inputs, boxes, grams_per_box, grade, place, document, at }.into()
        },
    );
    let shipped = (number(0, SAFE), chain(), of(digest()), of(any::<i32>()), of(document()), of(time())).prop_map(
        |(draw, carrier, vehicle, set_point_mc, document, at)| {
            Shipped { draw, carrier, vehicle, set_point_mc, document, at }.into()
        },
    );
    let received = (inputs(), of(chain()), of(any::<i32>()), of(document()), of(time())).prop_map(
        |(inputs, place, measured_mc, document, at)| Received { inputs, place, measured_mc, document, at }.into(),
    );
    let listed = (code(), code(), of(time()))
        .prop_map(|(marketplace, listing, until)| Listed { marketplace, listing, until }.into());
    prop_oneof![opened, harvested, drawn, packed, shipped, received, listed]
}

fn handling() -> impl Strategy<Value = Event> {
    use CoolingMethod::{ForcedAir, Hydrocooling, Ice, Room, Transport};
    let repacked = (inputs(), count(), grams(), of(text()), of(chain()), of(document()), of(time())).prop_map(
        |(inputs, boxes, grams_per_box, grade, place, document, at)| {
            Repacked { inputs, boxes, grams_per_box, grade, place, document, at }.into()
        },
    );
    let method = select(vec![Hydrocooling, ForcedAir, Room, Ice, Transport]);
    let cooled = (method, any::<i32>(), of(any::<i32>()), of(chain()), of(time())).prop_map(
        |(method, measured_mc, set_point_mc, place, at)| Cooled { method, measured_mc, set_point_mc, place, at }.into(),
    );
    let treatment = prop_oneof![
        (any::<i32>(), count()).prop_map(|(pulp_mc, seconds)| Treatment::Cold(ColdTreatment { pulp_mc, seconds })),
        count().prop_map(Treatment::IrradiationMgy),
        (count(), count(), any::<i32>()).prop_map(|(mg_per_m3, seconds, temperature_mc)| {
            Treatment::MethylBromide(Fumigation { mg_per_m3, seconds, temperature_mc })
        }),
    ];
    let treated = (treatment, code(), code(), of(time()))
        .prop_map(|(treatment, facility, certificate, at)| Treated { treatment, facility, certificate, at }.into());
    let labels_issued = (count(), root_hash()).prop_map(|(count, root)| LabelsIssued { count, root }.into());
    let sscc = "[0-9]{17}".prop_map(|digits| nguon_core::gs1::Sscc::from_payload(&digits).unwrap().into());
    let aggregated = (sscc, count(), of(time())).prop_map(|(sscc, boxes, at)| Aggregated { sscc, boxes, at }.into());
    prop_oneof![repacked, cooled, treated, labels_issued, aggregated, ends()]
}

fn ends() -> impl Strategy<Value = Event> {
    use DisposalMethod::{AnimalFeed, Compost, Incineration, Landfill};
    use LossReason::{Drying, Sample, Sorting, Spoilage, Theft};
    let sold = (grams(), of(time())).prop_map(|(grams, at)| Sold { grams, at }.into());
    let reason = select(vec![Spoilage, Drying, Sorting, LossReason::Transport, Theft, Sample, LossReason::Other]);
    let lost = (grams(), reason, of(digest()), of(time()))
        .prop_map(|(grams, reason, details, at)| Lost { grams, reason, details, at }.into());
    let method = select(vec![Landfill, Compost, AnimalFeed, Incineration, DisposalMethod::Other]);
    let disposed = (grams(), method, of(digest()), of(time()))
        .prop_map(|(grams, method, details, at)| Disposed { grams, method, details, at }.into());
    prop_oneof![sold, lost, disposed]
}

fn attested() -> impl Strategy<Value = Event> {
    use InspectionPurpose::{Complaint, Export, FollowUp, Routine};
    use InspectionResult::{Conforms, Defects, Fails};
    use SuspensionReason::{Documents, Inspection, Other, Pest, Residue};
    let result = select(vec![Conforms, Defects, Fails]);
    let purpose = select(vec![Routine, Complaint, Export, FollowUp]);
    let inspected = (result, purpose, of(digest()), of(time()))
        .prop_map(|(result, purpose, details, at)| Inspected { result, purpose, details, at }.into());
    let level = || number(0, SAFE).prop_map(|value| Level::new(value).unwrap());
    let analyte = (text(), level(), of(level())).prop_map(|(name, ug_per_kg, limit_ug_per_kg)| Analyte {
        name,
        ug_per_kg,
        limit_ug_per_kg,
    });
    let lab_result =
        (code(), code(), text(), list(analyte), time()).prop_map(|(report, sample, method, analytes, sampled_at)| {
            LabResult { report, sample, method, analytes, sampled_at }.into()
        });
    let reason = select(vec![Residue, Pest, Documents, Inspection, Other]);
    let suspended = (reason, of(digest())).prop_map(|(reason, details)| Suspended { reason, details }.into());
    let lifted = of(digest()).prop_map(|details| SuspensionLifted { details }.into());
    prop_oneof![inspected, lab_result, suspended, lifted]
}

/// Events that say something of earlier records.
fn afterthoughts() -> impl Strategy<Value = Event> {
    let sequence = || number(0, SAFE);
    prop_oneof![
        (sequence(), of(digest())).prop_map(|(recall, details)| ReleaseApproved { recall, details }.into()),
        (sequence(), sequence(), of(digest())).prop_map(|(recall, approval, details)| Released {
            recall,
            approval,
            details
        }
        .into()),
        of(digest()).prop_map(|details| NameReleased { details }.into()),
        (sequence(), of(digest())).prop_map(|(correction, details)| CorrectionApproved { correction, details }.into()),
        (list(sequence()), of(digest())).prop_map(|(sequences, details)| Reattested { sequences, details }.into()),
        scope().prop_map(|scope| ScopeChanged { scope }.into()),
        of(digest()).prop_map(|details| Retired { details }.into()),
        (chain(), of(digest())).prop_map(|(to, details)| CustodianChanged { to, details }.into()),
    ]
}

fn recalled() -> impl Strategy<Value = Recalled> {
    use RecallReason::{ForeignMatter, Microbial, Mislabelled, Other, PesticideResidue, QuarantinePest, Treatment};
    let reason =
        select(vec![PesticideResidue, Microbial, ForeignMatter, Treatment, Mislabelled, QuarantinePest, Other]);
    (reason, of(list(chain())), of(chain()), of(code()), of(digest())).prop_map(
        |(reason, harvests, consignment, product_lot, details)| Recalled {
            reason,
            harvests,
            consignment,
            product_lot,
            details,
        },
    )
}

/// Any event but a correction.
fn plain_event() -> impl Strategy<Value = Event> {
    let allotments = list((chain(), grams()).prop_map(|(plot, grams)| Allotment { plot, grams }));
    let certified = (text(), code(), time(), time())
        .prop_map(|(scheme, number, from, until)| Certified { scheme, number, from, until }.into());
    prop_oneof![
        2 => enrolled().prop_map(Event::from),
        1 => (key(), of(digest())).prop_map(|(key, holder)| KeyAdded { key, holder }.into()),
        1 => key_revoked().prop_map(Event::from),
        1 => place_registered().prop_map(Event::from),
        1 => plot_registered().prop_map(Event::from),
        1 => (code(), time(), time(), of(grams()))
            .prop_map(|(season, from, until, ceiling)| SeasonOpened { season, from, until, ceiling }.into()),
        1 => (code(), allotments).prop_map(|(season, allotments)| PlotsAllotted { season, allotments }.into()),
        1 => input_applied().prop_map(Event::from),
        1 => (code(), chain(), grams(), of(digest()), of(time()))
            .prop_map(|(season, to, grams, operator, at)| HarvestDrawn { season, to, grams, operator, at }.into()),
        7 => on_batches(),
        8 => handling(),
        4 => attested(),
        8 => afterthoughts(),
        1 => certified,
        1 => recalled().prop_map(Event::from),
    ]
}

/// Any event.
pub fn event() -> impl Strategy<Value = Event> {
    use CorrectionReason::{Other, Selection, Typing, Weighing};
    let reason = select(vec![Typing, Weighing, Selection, Other]);
    let corrected =
        (number(0, SAFE), reason, plain_event(), of(digest())).prop_map(|(sequence, reason, event, details)| {
            Corrected { sequence, reason, event: std::sync::Arc::new(event), details }.into()
        });
    prop_oneof![9 => plain_event(), 1 => corrected]
}

/// Any record that can be written.
pub fn record() -> impl Strategy<Value = Record> {
    let kind = select(vec![ChainKind::Actor, ChainKind::Place, ChainKind::Batch]);
    let signer = prop_oneof![chain().prop_map(Signer::Actor), authority().prop_map(Signer::Authority)];
    let first = nonce().prop_map(|nonce| (None, 0, None, Some(nonce)));
    let later = (chain(), number(1, SAFE), statement())
        .prop_map(|(chain, sequence, previous)| (Some(chain), sequence, Some(previous), None));
    let place = prop_oneof![first, later];
    let offset = (-840_i16..=840).prop_map(|minutes| UtcOffset::new(minutes).unwrap());
    let anchor = (number(0, SAFE), root_hash()).prop_map(|(size, root)| Anchor { size, root });
    let attachment = (digest(), count(), media_type()).prop_map(|(digest, length, media_type)| Attachment {
        digest,
        length,
        media_type,
    });
    let who = (kind, signer, of(chain()), time(), offset);
    (who, place, of(anchor), of(list(statement())), event(), of(list(attachment))).prop_map(
        |(who, (chain, sequence, previous, nonce), anchor, replaces, event, attachments)| {
            let (kind, signer, on_behalf_of, signed_at, utc_offset) = who;
            Record {
                version: 1,
                kind,
                chain,
                sequence,
                previous,
                signer,
                on_behalf_of,
                signed_at,
                utc_offset,
                anchor,
                replaces,
                event,
                attachments,
                nonce,
            }
        },
    )
}
