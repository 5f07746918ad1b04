//! What is said of batches and places: cooled, treated, inspected, tested, certified, recalled.

use nguon_core::event;
use nguon_core::ids::ChainId;
use nguon_core::values::Text;

use super::batch::{celsius, count, temperature, word};
use super::names::{Names, document_uri, own_step};
use crate::epcis::decimal::Decimal;
use crate::epcis::key;
use crate::epcis::model::{Event, Extension, Quantity, Value, What};
use crate::epcis::vocabulary::{Action, BizStep, Disposition};
use crate::facts::{Entry, When};

pub(super) fn event(names: &mut Names<'_, '_>, entry: &Entry<'_>, says: &event::Event, at: When) -> Option<Event> {
    let chain = entry.chain.id();
    let mut of = Event::new(about(names, entry, &chain), at.time.into(), at.offset);
    match says {
        event::Event::Cooled(cooled) => {
            of.biz_step = Some(own_step("cooling"));
            of.sensor_element_list = vec![temperature(cooled.measured_mc)];
            of.extensions.extend(word("method", &cooled.method));
            if let Some(set_point) = cooled.set_point_mc {
                of.extensions.push(Extension::nguon("setPointCelsius", celsius(set_point).into()));
            }
            of.read_point = cooled.place.map(|place| names.place(&place).into());
        }
        event::Event::Treated(treated) => {
            of.biz_step = Some(own_step("treating"));
            of.certification_info = vec![document_uri("certificate", treated.certificate.as_str())];
            of.extensions.push(Extension::nguon("facility", treated.facility.as_str().into()));
            of.extensions.push(Extension::nguon("certificate", treated.certificate.as_str().into()));
            of.extensions.push(Extension::nguon("treatment", Value::Map(treatment(&treated.treatment))));
        }
        event::Event::Inspected(inspected) => {
            of.biz_step = Some(BizStep::INSPECTING);
            of.disposition = Some(match inspected.result {
                event::InspectionResult::Conforms => Disposition::CONFORMANT,
                event::InspectionResult::Defects | event::InspectionResult::Fails => Disposition::NON_CONFORMANT,
            });
            of.extensions.extend(word("result", &inspected.result));
            of.extensions.extend(word("purpose", &inspected.purpose));
        }
        event::Event::LabResult(report) => lab_result(&mut of, report),
        event::Event::Certified(certified) => {
            of.biz_step = Some(own_step("certifying"));
            of.certification_info = vec![document_uri("certificate", certified.number.as_str())];
            of.extensions.push(Extension::nguon("scheme", certified.scheme.as_str().into()));
            of.extensions.push(Extension::nguon("certificate", certified.number.as_str().into()));
            of.extensions.push(Extension::nguon("validFrom", When::new(certified.from, at.offset).date().into()));
            of.extensions.push(Extension::nguon("validUntil", When::new(certified.until, at.offset).date().into()));
        }
        event::Event::Recalled(recalled) => recall(&mut of, recalled),
        event::Event::Released(released) => {
            of.biz_step = Some(own_step("releasing"));
            of.persistent_disposition.unset = vec![Disposition::RECALLED];
            of.extensions.push(Extension::nguon("recall", count(released.recall)));
        }
        event::Event::Suspended(suspended) => {
            of.biz_step = Some(own_step("suspending"));
            of.disposition = Some(Disposition::own(&super::names::own("suspended")));
            of.extensions.extend(word("reason", &suspended.reason));
        }
        event::Event::SuspensionLifted(_) => {
            of.biz_step = Some(own_step("lifting"));
            of.disposition = Some(Disposition::ACTIVE);
        }
        event::Event::InputApplied(applied) => input_applied(&mut of, applied),
        _ => return None,
    }
    Some(of)
}

/// A batch as its class, of whatever quantity there is; a place as itself.
fn about(names: &mut Names<'_, '_>, entry: &Entry<'_>, chain: &ChainId) -> What {
    let (action, mut epcs, mut quantities) = (Action::Observe, Vec::new(), Vec::new());
    if entry.chain.state().batch().is_some() {
        quantities.push(Quantity { epc_class: names.class(chain), quantity: None, uom: None });
    } else {
        epcs.push(names.place(chain));
    }
    What::Object { action, epcs, quantities }
}

fn treatment(treatment: &event::Treatment) -> Vec<Extension> {
    match treatment {
        event::Treatment::Cold(cold) => vec![
            Extension::nguon("kind", "cold".into()),
            Extension::nguon("pulpCelsius", celsius(cold.pulp_mc).into()),
            Extension::nguon("seconds", count(cold.seconds.get())),
        ],
        event::Treatment::IrradiationMgy(dose) => vec![
            Extension::nguon("kind", "irradiation".into()),
            Extension::nguon("gray", Decimal::new(dose.get().cast_signed(), 3).into()),
        ],
        event::Treatment::MethylBromide(fumigation) => vec![
            Extension::nguon("kind", "methyl_bromide".into()),
            Extension::nguon("gramsPerCubicMetre", Decimal::new(fumigation.mg_per_m3.get().cast_signed(), 3).into()),
            Extension::nguon("seconds", count(fumigation.seconds.get())),
            Extension::nguon("celsius", celsius(fumigation.temperature_mc).into()),
        ],
    }
}

fn lab_result(of: &mut Event, report: &event::LabResult) {
    of.biz_step = Some(BizStep::INSPECTING);
    let sound = report.exceeded().is_none();
    of.disposition = Some(if sound { Disposition::CONFORMANT } else { Disposition::NON_CONFORMANT });
    let sampled = When::new(report.sampled_at, of.event_time_zone_offset);
    for (name, text) in [
        ("report", report.report.as_str()),
        ("sample", report.sample.as_str()),
        ("labMethod", report.method.as_str()),
        ("sampledAt", &sampled.to_string()),
    ] {
        of.extensions.push(Extension::nguon(name, text.into()));
    }
    let analytes = report.analytes.iter().map(|analyte| {
        let mut fields = vec![
            Extension::nguon("substance", analyte.name.as_str().into()),
            Extension::nguon("microgramsPerKilogram", count(analyte.ug_per_kg.get())),
        ];
        let limit = analyte.limit_ug_per_kg.map(|limit| Extension::nguon("limit", count(limit.get())));
        fields.extend(limit);
        Value::Map(fields)
    });
    of.extensions.push(Extension::nguon("analytes", Value::List(analytes.collect())));
}

fn recall(of: &mut Event, recalled: &event::Recalled) {
    of.biz_step = Some(own_step("recalling"));
    of.disposition = Some(Disposition::RECALLED);
    of.persistent_disposition.set = vec![Disposition::RECALLED];
    of.extensions.extend(word("reason", &recalled.reason));
    let chain = |chain: &ChainId| Value::from(key::chain_uri(chain).as_str());
    if let Some(harvests) = &recalled.harvests {
        let list = Value::List(harvests.iter().map(chain).collect());
        of.extensions.push(Extension::nguon("harvests", list));
    }
    if let Some(consignment) = &recalled.consignment {
        of.extensions.push(Extension::nguon("consignment", chain(consignment)));
    }
    if let Some(lot) = &recalled.product_lot {
        of.extensions.push(Extension::nguon("productLot", lot.as_str().into()));
    }
}

fn input_applied(of: &mut Event, applied: &event::InputApplied) {
    of.biz_step = Some(own_step("applying"));
    of.extensions.extend(word("kind", &applied.kind));
    of.extensions.push(Extension::nguon("appliedProduct", applied.product.as_str().into()));
    let ingredients = applied.active_ingredients.iter().map(Text::as_str).map(Value::from);
    of.extensions.push(Extension::nguon("activeIngredients", Value::List(ingredients.collect())));
    if let Some(lot) = &applied.product_lot {
        of.extensions.push(Extension::nguon("productLot", lot.as_str().into()));
    }
    let (unit, dose) = match applied.dose {
        event::Dose::Milligrams(dose) => ("doseMilligrams", dose),
        event::Dose::Microlitres(dose) => ("doseMicrolitres", dose),
    };
    of.extensions.push(Extension::nguon(unit, count(dose.get())));
    if let Some(water) = applied.water_ml {
        of.extensions.push(Extension::nguon("waterMillilitres", count(water.get())));
    }
    of.extensions.push(Extension::nguon("squareMetres", count(applied.area_m2.get())));
    of.extensions.push(Extension::nguon("preHarvestDays", count(applied.phi_days.get().into())));
}
