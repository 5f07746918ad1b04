//! Events that nobody had: every kind of event, of EPC, of list, in all combinations that chance gives, always the same ones.

use nguon_export::epcis::model::Event;
use nguon_export::epcis::read::{Limits, read_all};
use serde_json::{Map, Value, json};

/// So many events.
pub fn events(count: usize) -> Vec<Event> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let list: Vec<Value> = (0..count).map(|_| event(&mut dice)).collect();
    let document = json!({
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
            {"nguon": "https://github.com/nguon/nguon/blob/main/docs/epcis.md#"}],
        "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-06-01T00:00:00Z",
        "epcisBody": {"eventList": list}
    });
    let faults = |faults: nguon_export::epcis::read::Faults| panic!("{:#?}", faults.listed());
    read_all(document.to_string().as_bytes(), &Limits::default()).unwrap_or_else(faults)
}

/// Xorshift (Marsaglia, 2003): the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (bound.max(1) as u64)).expect("below a usize")
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).expect("a digit"))).collect()
    }

    /// A company prefix and the reference that fills it up.
    fn split(&mut self, total: usize) -> (String, String) {
        let company = 6 + self.below(7.min(total - 5));
        (self.digits(company), self.digits(total - company))
    }

    fn serial(&mut self) -> String {
        const SIGNS: &str = "ABCxyz019-_.!()*+,:;='";
        let signs: Vec<char> = SIGNS.chars().collect();
        // A letter first, for text of digits only is a number to the authors' implementation.
        let rest = (0..1 + self.below(12)).map(|_| signs[self.below(signs.len())]);
        std::iter::once('S').chain(rest.collect::<Vec<_>>()).collect()
    }

    fn some(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }
}

/// A single object, in one of the schemes of the EPC Tag Data Standard, or by another name.
fn epc(dice: &mut Dice) -> String {
    let twelve = dice.split(12);
    let thirteen = dice.split(13);
    let (serial, number) = (dice.serial(), dice.digits(4));
    match dice.below(14) {
        0 => format!("urn:epc:id:sgtin:{}.{}.{serial}", thirteen.0, thirteen.1),
        1 => {
            let (company, reference) = dice.split(17);
            format!("urn:epc:id:sscc:{company}.{reference}")
        }
        2 => format!(
            "urn:epc:id:grai:{:.11}.{}.{serial}",
            twelve.0,
            &format!("{}{}", twelve.0, twelve.1)[twelve.0.len().min(11)..]
        ),
        3 => format!("urn:epc:id:giai:{}.{serial}", twelve.0),
        4 => {
            let (company, reference) = dice.split(17);
            format!("urn:epc:id:{}:{company}.{reference}", dice.pick(&["gsrn", "gsrnp"]))
        }
        5 => format!("urn:epc:id:cpi:{}.PART-7.{number}", twelve.0),
        6 => format!("urn:epc:id:ginc:{}.{serial}", twelve.0),
        7 => {
            let (company, reference) = dice.split(16);
            format!("urn:epc:id:gsin:{company}.{reference}")
        }
        8 => format!("urn:epc:id:itip:{}.{}.01.02.{serial}", thirteen.0, thirteen.1),
        9 => format!("urn:epc:id:upui:{}.{}.{serial}", thirteen.0, thirteen.1),
        10 => format!("https://nguon.example/shop/01/{}/10/L{number}/21/S{number}", gtin(dice)),
        11 => format!("https://id.gs1.org/00/{}", checked(&dice.digits(17))),
        12 => format!("ni:///sha-256;{}", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"),
        _ => format!("https://example.org/things/{serial}"),
    }
}

fn class(dice: &mut Dice) -> String {
    let (company, item) = dice.split(13);
    let serial = dice.serial();
    match dice.below(4) {
        0 => format!("urn:epc:class:lgtin:{company}.{item}.{serial}"),
        1 => format!("urn:epc:idpat:sgtin:{company}.{item}.*"),
        2 => format!("https://id.gs1.org/01/{}/10/L{}", gtin(dice), dice.digits(5)),
        _ => format!("https://nguon.example/gtin/{}/lot/L{}?17=261231", gtin(dice), dice.digits(5)),
    }
}

fn place(dice: &mut Dice) -> String {
    let (company, reference) = dice.split(12);
    match dice.below(3) {
        0 => format!("urn:epc:id:sgln:{company}.{reference}.{}", dice.pick(&["0", "A7"])),
        1 => format!("https://id.gs1.org/414/{}", checked(&dice.digits(12))),
        _ => "geo:21.3,106.6".into(),
    }
}

fn checked(payload: &str) -> String {
    // All zeros are no key.
    let payload =
        if payload.bytes().all(|digit| digit == b'0') { payload.replacen('0', "9", 1) } else { payload.into() };
    format!("{payload}{}", nguon_gs1::check_digit(&payload).expect("digits"))
}

fn gtin(dice: &mut Dice) -> String {
    checked(&format!("0952{}", dice.digits(9)))
}

fn distinct(dice: &mut Dice, most: usize, make: impl Fn(&mut Dice) -> String) -> Vec<String> {
    let mut list: Vec<String> = (0..1 + dice.below(most)).map(|_| make(dice)).collect();
    list.sort();
    list.dedup();
    if dice.some(2) {
        list.reverse();
    }
    list
}

fn quantities(dice: &mut Dice) -> Value {
    let each = distinct(dice, 4, class).into_iter().map(|class| {
        let mut of = json!({"epcClass": class});
        if !dice.some(4) {
            let (whole, milli) = (1 + dice.below(5_000), dice.below(1_000));
            let unit = dice.pick(&["KGM", "GRM", "TNE", "LBR", ""]);
            of["quantity"] = if unit.is_empty() { json!(whole) } else { json!(whole as f64 + milli as f64 / 1_000.0) };
            if !unit.is_empty() {
                of["uom"] = json!(unit);
            }
        }
        of
    });
    Value::Array(each.collect())
}

fn event(dice: &mut Dice) -> Value {
    let mut event = Map::new();
    let mut put = |name: &str, value: Value| drop(event.insert(name.to_owned(), value));
    let minute = dice.below(60);
    put(
        "eventTime",
        json!(format!(
            "2026-0{}-1{}T0{}:{minute:02}:07{}",
            1 + dice.below(9),
            dice.below(10),
            dice.below(10),
            dice.pick(&["Z", "+07:00", ".25-03:30", ".1239+14:00"])
        )),
    );
    put("eventTimeZoneOffset", json!(dice.pick(&["+07:00", "-03:30", "+00:00", "+14:00"])));
    let kind =
        dice.pick(&["ObjectEvent", "AggregationEvent", "AssociationEvent", "TransactionEvent", "TransformationEvent"]);
    put("type", json!(kind));
    match kind {
        "TransformationEvent" => {
            put("inputEPCList", json!(distinct(dice, 4, epc)));
            put("outputEPCList", json!(distinct(dice, 4, epc)));
            if dice.some(2) {
                put("inputQuantityList", quantities(dice));
                put("transformationID", json!(epc(dice)));
            } else {
                put("outputQuantityList", quantities(dice));
            }
        }
        "AggregationEvent" | "AssociationEvent" => {
            put("action", json!(dice.pick(&["ADD", "OBSERVE", "DELETE"])));
            put("parentID", json!(epc(dice)));
            put("childEPCs", json!(distinct(dice, 5, epc)));
            put("childQuantityList", quantities(dice));
        }
        _ => {
            put("action", json!(dice.pick(&["ADD", "OBSERVE", "DELETE"])));
            put("epcList", json!(distinct(dice, 5, epc)));
            put("quantityList", quantities(dice));
        }
    }
    if dice.some(3) && kind == "TransformationEvent" {
        put("certificationInfo", json!(["https://example.org/certificate/2", "https://example.org/certificate/1"]));
    }
    if dice.some(2) || kind == "TransactionEvent" {
        let documents = distinct(dice, 3, |dice| format!("urn:epcglobal:cbv:bt:9521234000006:N{}", dice.digits(5)));
        let typed =
            documents.into_iter().map(|id| json!({"type": dice.pick(&["po", "inv", "desadv"]), "bizTransaction": id}));
        put("bizTransactionList", Value::Array(typed.collect()));
    }
    if dice.some(2) {
        put(
            "bizStep",
            json!(dice.pick(&[
                "shipping",
                "receiving",
                "urn:epcglobal:cbv:bizstep:packing",
                "https://example.org/step"
            ])),
        );
        put("disposition", json!(dice.pick(&["in_transit", "active", "https://ref.gs1.org/cbv/Disp-recalled"])));
    }
    if dice.some(3) {
        put("readPoint", json!({"id": place(dice)}));
        put("bizLocation", json!({"id": place(dice)}));
    }
    if dice.some(3) {
        let (company, reference) = dice.split(12);
        put(
            "sourceList",
            json!([{"type": "owning_party", "source": format!("urn:epc:id:pgln:{company}.{reference}")}]),
        );
        put(
            "destinationList",
            json!([{"type": "location", "destination": place(dice)},
            {"type": "possessing_party", "destination": "https://id.gs1.org/417/9521234000006"}]),
        );
    }
    if dice.some(4) {
        put(
            "sensorElementList",
            json!([{"sensorMetadata": {"time": "2026-06-01T00:00:00+07:00"}, "sensorReport": [
            {"type": "Temperature", "value": dice.below(300) as f64 / 10.0, "uom": "CEL", "time": "2026-06-01T00:00:00.5Z"},
            {"type": "RelativeHumidity", "value": dice.below(100), "minValue": -1.5, "uom": "P1", "component": "x"}]}]),
        );
    }
    if dice.some(3) && kind == "TransformationEvent" {
        put(
            "ilmd",
            json!({"nguon:grade": "I", "cbvmda:lotNumber": format!("L{}", dice.digits(3)),
            "nguon:list": [dice.below(9), 12.5, "1.50"], "nguon:inner": {"nguon:b": "here", "nguon:a": dice.below(9)}}),
        );
    }
    if dice.some(2) {
        put("nguon:note", json!("một hai  "));
        put("nguon:number", json!(dice.below(100_000) as f64 / 1_000.0));
        put("nguon:digits", json!(format!("0{}", dice.digits(6))));
    }
    if dice.some(5) {
        put("certificationInfo", json!("https://example.org/certificate/1"));
    }
    Value::Object(event)
}
