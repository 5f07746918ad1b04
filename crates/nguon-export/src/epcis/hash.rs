//! Event hash ids (CBV 2.0 §8.9): a name for an event that anybody can make anew from what it says, whatever syntax it is in.
//!
//! The rules, and the three worked examples that the tests hold this to, are those of the algorithm's reference documentation,
//! which the standard repeats. `recordTime`, `eventID`, `errorDeclaration` and `certificationInfo` are no part of it.
//!
//! We write ids by that documentation. Others are as good where they were made by the draft of CBV 2.1, which writes
//! `sensorElementList` before sensor elements and leaves further fields where they stand; or by release 1.9.3 of the reference
//! implementation, which says CBV 2.0 and differs in more ([`Version::Release193`]); or with terms of the GS1 Web Vocabulary
//! where they once stood, at `https://gs1.org/voc/`. [`agrees`] knows all of these.

mod value;

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::model::{Event, Extension, Location, Quantity, SensorElement, SensorReport, SensorValue, SourceDest, What};
use super::time::Offset;
use super::uri::Uri;
use value::{canonical, put_canonical};

/// The release of the algorithm, which an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// As ratified; what we write.
    Cbv20,
    /// A draft; read only.
    Cbv21,
    /// As release 1.9.3 of the reference implementation has it, whose ids say CBV 2.0; read only. It takes up
    /// `certificationInfo`, names the parent before single objects, writes `sensorElementList` and further fields like the
    /// draft, and sorts documents, sources, destinations and master data among the users' fields.
    Release193,
}

impl Version {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Cbv20 | Self::Release193 => "CBV2.0",
            Self::Cbv21 => "CBV2.1",
        }
    }
}

/// Where terms of the GS1 Web Vocabulary stand, and where they stood.
const WEB_VOCABULARY: [&str; 2] = ["https://ref.gs1.org/voc/", "https://gs1.org/voc/"];

/// The id of an event.
#[must_use]
pub fn event_id(event: &Event, version: Version) -> Uri {
    id_of(&pre_hash(event, version), version)
}

fn id_of(pre_hash: &str, version: Version) -> Uri {
    let mut text = String::with_capacity(96);
    text.push_str("ni:///sha-256;");
    for byte in Sha256::digest(pre_hash.as_bytes()) {
        let _ = write!(text, "{byte:02x}");
    }
    text.push_str("?ver=");
    text.push_str(version.as_str());
    Uri::made(text)
}

/// Whether an event's id, where it is an event hash id by SHA-256, is that of the event; `true` of any other id.
#[must_use]
pub fn agrees(event: &Event) -> bool {
    let Some(id) = &event.event_id else { return true };
    let Some((digits, version)) = id.as_str().strip_prefix("ni:///sha-256;").and_then(|rest| rest.split_once("?ver="))
    else {
        return true;
    };
    let versions: &[Version] = match version {
        "CBV2.0" => &[Version::Cbv20, Version::Release193],
        "CBV2.1" => &[Version::Cbv21],
        _ => return true,
    };
    let same = |pre_hash: &str| id_of(pre_hash, Version::Cbv20).as_str()[14..78].eq_ignore_ascii_case(digits);
    versions.iter().any(|version| {
        let pre_hash = pre_hash(event, *version);
        same(&pre_hash) || same(&pre_hash.replace(WEB_VOCABULARY[0], WEB_VOCABULARY[1]))
    })
}

/// What is hashed: the fields in the standard's order, each with its name, nothing between them.
#[must_use]
pub fn pre_hash(event: &Event, version: Version) -> String {
    let mut form = Form { out: String::with_capacity(1024), version, last: Vec::new() };
    form.event(event);
    form.out
}

struct Form {
    out: String,
    version: Version,
    /// What CBV 2.0 puts at the end: further fields of the event, and of its parts.
    last: Vec<String>,
}

impl Form {
    fn event(&mut self, event: &Event) {
        let _ = write!(self.out, "eventType={}eventTime={}", event.event_type().as_str(), event.event_time);
        let _ = write!(self.out, "eventTimeZoneOffset={}", Offset(event.event_time_zone_offset));
        if self.version == Version::Release193 {
            let each = event.certification_info.iter();
            self.sorted(each.map(|uri| ["certificationInfo=", &canonical(uri.as_str())].concat()).collect());
        }
        self.objects(event);
        if let Some(action) = event.action() {
            self.pair("action", action.as_str());
        }
        if let What::Transformation { id: Some(id), .. } = &event.what {
            self.value("transformationID", id.as_str());
        }
        for (name, term) in [
            ("bizStep", event.biz_step.as_ref().map(super::vocabulary::BizStep::web_uri)),
            ("disposition", event.disposition.as_ref().map(super::vocabulary::Disposition::web_uri)),
        ] {
            if let Some([prefix, word]) = term {
                let _ = write!(self.out, "{name}={prefix}{word}");
            }
        }
        let persistent = &event.persistent_disposition;
        if !persistent.is_empty() {
            self.out.push_str("persistentDisposition");
            for (name, terms) in [("set=", &persistent.set), ("unset=", &persistent.unset)] {
                self.sorted(terms.iter().map(|term| [name, &term.web_uri().concat()].concat()).collect());
            }
        }
        self.location("readPoint", event.read_point.as_ref());
        self.location("bizLocation", event.biz_location.as_ref());
        self.documents(event);
        self.sensors(&event.sensor_element_list);
        if !event.ilmd.is_empty() {
            self.part("ilmd", fields(&event.ilmd));
        }
        let mut last = std::mem::take(&mut self.last);
        last.extend(fields(&event.extensions));
        self.sorted(last);
    }

    fn objects(&mut self, event: &Event) {
        let ([epcs, more_epcs], [quantities, more_quantities]) = (event.epc_lists(), event.quantity_lists());
        // The one order of all kinds of event; each has some of these fields.
        let before_parent = epcs.0 == "epcList" && self.version != Version::Release193;
        if before_parent {
            self.epcs(epcs);
        }
        if let Some(parent) = event.parent() {
            self.value("parentID", parent.as_str());
        }
        if !before_parent {
            self.epcs(epcs);
        }
        self.quantities(quantities);
        self.epcs(more_epcs);
        self.quantities(more_quantities);
    }

    fn documents(&mut self, event: &Event) {
        let document = |document: &super::model::BizTransaction| {
            let mut text = String::new();
            if let Some(kind) = &document.kind {
                let [prefix, word] = kind.web_uri();
                let _ = write!(text, "type={prefix}{word}");
            }
            text.push_str("bizTransaction=");
            put_canonical(document.biz_transaction.as_str(), &mut text);
            text
        };
        self.part("bizTransactionList", event.biz_transaction_list.iter().map(document).collect());
        let side = |name: &'static str| {
            move |side: &SourceDest| {
                let [prefix, word] = side.kind.web_uri();
                format!("type={prefix}{word}{name}={}", canonical(side.id.as_str()))
            }
        };
        self.part("sourceList", event.source_list.iter().map(side("source")).collect());
        self.part("destinationList", event.destination_list.iter().map(side("destination")).collect());
    }

    fn pair(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, "{name}={value}");
    }

    fn value(&mut self, name: &str, value: &str) {
        self.out.push_str(name);
        self.out.push('=');
        put_canonical(value, &mut self.out);
    }

    fn sorted(&mut self, mut items: Vec<String>) {
        items.sort_unstable();
        self.out.extend(items);
    }

    fn list(&mut self, name: &str, items: Vec<String>) {
        if !items.is_empty() {
            self.out.push_str(name);
            self.sorted(items);
        }
    }

    /// A list, which one release puts among the users' fields.
    fn part(&mut self, name: &str, mut items: Vec<String>) {
        if self.version != Version::Release193 {
            self.list(name, items);
        } else if !items.is_empty() {
            items.sort_unstable();
            self.last.push([name, &items.concat()].concat());
        }
    }

    fn epcs(&mut self, (name, epcs): (&str, &[Uri])) {
        self.list(name, epcs.iter().map(|epc| ["epc=", &canonical(epc.as_str())].concat()).collect());
    }

    fn quantities(&mut self, (name, quantities): (&str, &[Quantity])) {
        let element = |of: &Quantity| {
            let mut text = String::from("quantityElementepcClass=");
            put_canonical(of.epc_class.as_str(), &mut text);
            if let Some(quantity) = of.quantity {
                let _ = write!(text, "quantity={quantity}");
            }
            if let Some(uom) = of.uom {
                let _ = write!(text, "uom={uom}");
            }
            text
        };
        self.list(name, quantities.iter().map(element).collect());
    }

    fn location(&mut self, name: &str, location: Option<&Location>) {
        let Some(location) = location else { return };
        self.out.push_str(name);
        self.value("id", location.id.as_str());
        let mut further = String::new();
        self.further(name, &location.extensions, &mut further);
        self.out.push_str(&further);
    }

    /// Fields of other namespaces in a part of the event: beside its own, or at the end after the part's name.
    fn further(&mut self, path: &str, extensions: &[Extension], beside: &mut String) {
        let mut items = fields(extensions);
        items.sort_unstable();
        if self.version != Version::Cbv20 {
            beside.extend(items);
        } else if !items.is_empty() {
            self.last.push([path, &items.concat()].concat());
        }
    }

    fn sensors(&mut self, elements: &[SensorElement]) {
        let items: Vec<String> = elements.iter().map(|element| self.sensor(element)).collect();
        if self.version != Version::Cbv20 && !items.is_empty() {
            self.out.push_str("sensorElementList");
        }
        self.sorted(items);
    }

    fn sensor(&mut self, element: &SensorElement) -> String {
        const PATH: &str = "sensorElementListsensorElement";
        let mut text = String::from("sensorElement");
        let mut metadata = String::new();
        for (field, value) in &element.metadata {
            put_sensor(field.as_str(), value, &mut metadata);
        }
        self.further(&[PATH, "sensorMetadata"].concat(), &element.metadata_extensions, &mut metadata);
        if !metadata.is_empty() {
            text.push_str("sensorMetadata");
            text.push_str(&metadata);
        }
        let mut reports: Vec<String> = element.reports.iter().map(|report| self.report(PATH, report)).collect();
        reports.sort_unstable();
        text.extend(reports);
        self.further(PATH, &element.extensions, &mut text);
        text
    }

    fn report(&mut self, path: &str, report: &SensorReport) -> String {
        let mut text = String::from("sensorReport");
        for (field, value) in &report.fields {
            put_sensor(field.as_str(), value, &mut text);
        }
        self.further(&[path, "sensorReport"].concat(), &report.extensions, &mut text);
        text
    }
}

fn put_sensor(name: &str, value: &SensorValue, out: &mut String) {
    out.push_str(name);
    out.push('=');
    let mut term = |[prefix, word]: [&str; 2]| {
        out.push_str(prefix);
        out.push_str(word);
    };
    match value {
        SensorValue::Measurement(of) => term(of.web_uri()),
        SensorValue::Alert(of) => term(of.web_uri()),
        SensorValue::Component(of) => term(of.web_uri()),
        SensorValue::Uri(uri) => put_canonical(uri.as_str(), out),
        SensorValue::Text(text) => put_canonical(text, out),
        SensorValue::Time(time) => {
            let _ = write!(out, "{time}");
        }
        SensorValue::Number(number) => {
            let _ = write!(out, "{number}");
        }
        SensorValue::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
    }
}

/// Fields with their whole names, not yet sorted; several values of one field are as many fields.
fn fields(extensions: &[Extension]) -> Vec<String> {
    let mut items = Vec::with_capacity(extensions.len());
    for field in extensions {
        // Comments are for people: rule 20 names fields of users, and RDF's comment is none.
        if field.name.namespace.as_str() == "http://www.w3.org/2000/01/rdf-schema#" {
            continue;
        }
        let name = format!("{{{}}}{}", field.name.namespace.as_str(), field.name.local);
        value::put_field(&name, &field.value, &mut items);
    }
    items
}
