//! What sensors measured (EPCIS 2.0 §7.3.7).

use super::fault::FaultKind;
use super::fields::{Desk, Fields, boolean, number, term, text, time, uri};
use super::node::Node;
use super::path::Path;
use crate::epcis::model::SensorKind;
use crate::epcis::model::{MetadataField, ReportField, SensorElement, SensorReport, SensorValue};
use crate::epcis::vocabulary::{Component, MeasurementType, SensorAlertType};

pub(super) fn element(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<SensorElement> {
    let mut from = Fields::of(node, path, desk)?;
    let mut element = SensorElement::default();
    if let Some(node) = from.take("sensorMetadata") {
        let path = path.key("sensorMetadata");
        let mut from = Fields::of(node, &path, desk)?;
        for field in MetadataField::ALL {
            let found =
                from.read(field.as_str(), &path, desk, |node, path, desk| value(field.kind(), node, path, desk));
            element.metadata.extend(found.map(|value| (*field, value)));
        }
        element.metadata_extensions = from.extensions(&path, desk);
    }
    if !from.has("sensorReport") {
        desk.faults.add(path, FaultKind::Missing("sensorReport"));
    }
    element.reports = from.list("sensorReport", path, desk, report);
    element.extensions = from.extensions(path, desk);
    Some(element)
}

fn report(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<SensorReport> {
    let mut from = Fields::of(node, path, desk)?;
    let mut report = SensorReport::default();
    if !from.has("type") && !from.has("exception") {
        desk.faults.add(path, FaultKind::Missing("type"));
    }
    for field in ReportField::ALL {
        let found = from.read(field.as_str(), path, desk, |node, path, desk| value(field.kind(), node, path, desk));
        report.fields.extend(found.map(|value| (*field, value)));
    }
    report.extensions = from.extensions(path, desk);
    Some(report)
}

fn value(kind: SensorKind, node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<SensorValue> {
    Some(match kind {
        SensorKind::Measurement => SensorValue::Measurement(term(MeasurementType::parse)(node, path, desk)?),
        SensorKind::Alert => SensorValue::Alert(term(SensorAlertType::parse)(node, path, desk)?),
        SensorKind::Component => SensorValue::Component(term(Component::parse)(node, path, desk)?),
        SensorKind::Uri => SensorValue::Uri(uri(node, path, desk)?),
        SensorKind::Time => SensorValue::Time(time(node, path, desk)?),
        SensorKind::Number => SensorValue::Number(number(node, path, desk)?),
        SensorKind::Text => SensorValue::Text(text(node, path, desk)?.to_owned()),
        SensorKind::Boolean => SensorValue::Boolean(boolean(node, path, desk)?),
        SensorKind::Hex => {
            let digits = text(node, path, desk)?;
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                desk.faults.add(path, FaultKind::Expected("hexadecimal digits"));
            }
            SensorValue::Text(digits.to_owned())
        }
    })
}
