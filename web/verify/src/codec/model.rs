//! The model, field by field.

use nguon_core::event::{
    CoolingMethod, CorrectionReason, DisposalMethod, DrawReason, EventName, InputKind, InspectionPurpose,
    InspectionResult, LossReason, PlaceKind, RecallReason, SuspensionReason,
};

use super::{Coded, Reader, choices, fields, words};
use crate::lang::Lang;
use crate::model::*;

fields! {
    Stamp { unix offset }
    StepRef { number event record }
    Excess { step limit }
    Fact { label value before }
    Party { role name }
    Place { commune code }
    Flow { taken given }
    Step { number event signer on_behalf voice place at flow before facts alarm status exhibits }
    Member { party place mass written_for steps }
    Group { mass members }
    Journey { areas codes origins steps }
    Check { kind status exhibits }
    Product { name communes facts }
    Contact { role name phone }
    Waypoint { kind code party }
    Lot { gtin lot serial }
    Proven { chains recalled forked }
    Report { answer as_of logged binding notes path product journey checks contact labels }
    Labels { batch lists }
}

words! {
    RecallReason { PesticideResidue Microbial ForeignMatter Treatment Mislabelled QuarantinePest Other }
    InputKind { PlantProtection Fertilizer GrowthRegulator }
    DrawReason { Handover Packing Merging Splitting Consignment }
    PlaceKind { GrowingArea PackingHouse }
    CorrectionReason { Typing Weighing Selection Other }
    CoolingMethod { Hydrocooling ForcedAir Room Ice Transport }
    LossReason { Spoilage Drying Sorting Transport Theft Sample Other }
    DisposalMethod { Landfill Compost AnimalFeed Incineration Other }
    InspectionResult { Conforms Defects Fails }
    InspectionPurpose { Routine Complaint Export FollowUp }
    SuspensionReason { Residue Pest Documents Inspection Other }
    Role { Authority Registrar Farm Collector PackingHouse Carrier Seller Lab Inspector }
    Voice { Claims Attests }
    TreatmentKind { Cold Irradiation MethylBromide }
    Standing { Counts Waits }
    Cause {
        Signature Sequence Format Permission Custody Opening Value Unrelated File Log Quantity Interval Season
        LateLog Suspended OtherRoot
    }
    Status { Held Failed Doubted Unproven }
    LabelBinding { Lot Unbound Silent }
    WaypointKind { Area House Plot Lot }
    Unit { Gram Millilitre Litre Gray GramPerCubicMetre MilligramPerKilogram }
    Label {
        Product Variety Harvested GrowingArea PackingHouse Weight Grade Certificate CertificateNumber Lot
        Serial Owner Holder PlaceKind InputKind Input Ingredient InputLot Dose Water Area Interval Operator
        Details Carrier Vehicle SetPoint Measured Document Market Season Window Ceiling Allotted Plots Trees
        Validity Issuer Marketplace Listing Until Reason Boxes BoxWeight Crates Purpose Receiver Giver
        Corrects SignedAt Attachments Concerns Standing Method Facility Report Sample SampledAt Result
        Duration Temperature Serials Pallet NewHolder
    }
    ExhibitKind { Statement Chain Head Key Record Root Commitment Bundle }
}

choices! {
    Name { Known(name); Withheld; }
    Limit {
        Undrawn; Drawn { drawn, taken }; Batch(left); Allotment(left); Ceiling(left); Area(left); Boxes(left); Filled(left);
        Taken(taken);
    }
    Word {
        Input(word); Draw(word); Place(word); Recall(word); Correction(word); Cooling(word); Treatment(word); Loss(word);
        Disposal(word); Inspection(word); Purpose(word); Suspension(word); Standing(word);
    }
    Value {
        Text(text); Code(text); Moment(at); Days(first, last); Mass(mass); Measure(number, unit); Hours(seconds);
        Residue(name, found, limit); Step(number); Area(square_metres); Temperature(thousandths); Count(number);
        DayCount(number); Commune(code); Word(word); Withheld;
    }
    CheckKind {
        Label; LabelAbsent; Root; Broken; Signatures { signatures, parties }; Chains { chains }; Permissions; Custody; Sums;
        Openings { shown, withheld }; Completeness;
    }
    Note {
        Recalled { step, reason }; PartRecalled(reason); Broken { step, cause }; UnknownSigner(step); RevokedKey(steps);
        Excess(excess); Missing; Empty; Corrected(step); WrittenFor { households }; Withheld { values }; RootExpired;
        NotInMap; Unconfirmed; Behind; SplitLog; ClaimedTime(steps); LateLog(steps);
    }
    Answer {
        Loading; Checking { done, total, proven }; Valid { signatures, parties }; Unlogged; Stale { as_of };
        Recalled { reason }; Incomplete; Forked; Invalid { step, cause }; UntrustedKey { step }; Suspect { step };
        OverAllocated { excess }; NeedsNewerApp; WrongLabel; NoSuchLot; NotReachable;
    }
}

choices! {
    Page { Home; Waiting { lot, answer }; Report { lot, report }; }
}

impl Coded for Lang {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(*self as u8);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        Self::ALL[from.variant(Self::ALL.len())]
    }
}

impl Coded for Mass {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        Self(Coded::take(from))
    }
}

impl Coded for EventName {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(*self as u8);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        Self::ALL[from.variant(Self::ALL.len())]
    }
}

impl Coded for Exhibit {
    fn put(&self, to: &mut Vec<u8>) {
        self.kind.put(to);
        super::put_bytes(&self.bytes, to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        Self { kind: Coded::take(from), bytes: from.bytes() }
    }
}

/// What a worker tells the page; the rest happens on the page.
impl Coded for Action {
    fn put(&self, to: &mut Vec<u8>) {
        let (progress, report) = match self {
            Self::Progress { done, total, proven } => (Some(((*done, *total), *proven)), None),
            Self::Finished(report) => (None, Some(report.clone())),
            _ => (None, None),
        };
        progress.put(to);
        report.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let (progress, report) = Coded::take(from);
        match (progress, report) {
            (Some(((done, total), proven)), _) => Self::Progress { done, total, proven },
            (None, Some(report)) => Self::Finished(report),
            (None, None) => Self::NotReachable,
        }
    }
}
