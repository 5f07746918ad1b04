//! What authorities, registrars and custodians do besides moving kilograms, and what others try in their place.

use nguon_core::judge::Chains as _;
use nguon_core::ledger::LedgerError;
use nguon_core::prelude::*;
use nguon_core::record::Signer;
use proptest::prelude::*;

use crate::scene::{Scene, season, sprayed};
use crate::world::{any_scope, key, prefixed, time};

/// A deed.
#[derive(Debug, Clone, Copy)]
pub enum What {
    Suspend,
    Lift,
    Recall,
    ApproveRelease,
    Release,
    AddKey,
    RevokeKey,
    Rescope,
    Retire,
    Reattest,
    FreeName,
    HandOver,
    Ship,
    Cool,
    Inspect,
    Certify,
    Spray,
    NextSeason,
}

/// Of what, by whom; the numbers are taken modulo what there is.
#[derive(Debug, Clone, Copy)]
pub struct Deed {
    pub what: What,
    pub which: usize,
    pub other: usize,
    pub by: usize,
}

pub fn deeds() -> impl Strategy<Value = Deed> {
    use What::{
        AddKey, ApproveRelease, Certify, Cool, FreeName, HandOver, Inspect, Lift, NextSeason, Reattest, Recall,
        Release, Rescope, Retire, RevokeKey, Ship, Spray, Suspend,
    };
    let what = prop_oneof![
        2 => Just(Suspend), 4 => Just(Lift), 3 => Just(Recall), 5 => Just(ApproveRelease), 5 => Just(Release),
        2 => Just(AddKey), 1 => Just(RevokeKey), 2 => Just(Rescope), 1 => Just(Retire), 3 => Just(Reattest),
        1 => Just(FreeName), 1 => Just(HandOver), 3 => Just(Ship), 3 => Just(Cool), 1 => Just(Inspect),
        1 => Just(Certify), 2 => Just(Spray), 1 => Just(NextSeason),
    ];
    (what, 0_usize..1_000, 0_usize..1_000, 0_usize..1_000).prop_map(|(what, which, other, by)| Deed {
        what,
        which,
        other,
        by,
    })
}

impl Deed {
    /// Does it, most often as who may. `None` if there is nothing to do it with.
    pub fn attempt(&self, scene: &mut Scene) -> Option<Result<StatementId, LedgerError>> {
        let actors = [scene.coop, scene.farms[0], scene.farms[1], scene.household, scene.collector, scene.packer];
        let actor = actors[self.which % actors.len()];
        let places = [scene.areas[0], scene.areas[1], scene.house];
        let place = places[self.which % 3];
        let plot = scene.plots[self.which % 3];
        let batch = *scene.batches.get(self.which % scene.batches.len().max(1))?;
        let goods: Vec<ChainId> = scene.batches.iter().copied().chain(places).chain(scene.plots).collect();
        let any = goods[self.which % goods.len()];
        let above = if actor == scene.coop { scene.union } else { scene.coop };
        let (office, custodian) = (Signer::Authority(scene.office), Signer::Actor(scene.custodian(batch)));
        let state = |chain: &ChainId| scene.ledger.chain(chain).unwrap();
        let recall = state(&any).recalls().iter().rfind(|recall| recall.stands()).map(|recall| recall.sequence);
        let details = None;
        let (proper, chain, event): (Signer, ChainId, Event) = match self.what {
            What::Suspend => (office, place, Suspended { reason: SuspensionReason::Pest, details }.into()),
            What::Lift => (office, place, SuspensionLifted { details }.into()),
            What::Recall => {
                let mut event = Recalled::new(RecallReason::Other);
                if self.other.is_multiple_of(3) {
                    event.harvests = Some(List::of_one(batch));
                } else if self.other.is_multiple_of(5) {
                    event.consignment = Some(scene.batches[self.other % scene.batches.len()]);
                }
                (office, any, event.into())
            }
            What::ApproveRelease => (office, any, ReleaseApproved { recall: recall?, details }.into()),
            What::Release => {
                let newest = state(&any).sequence;
                let approval = newest.saturating_sub(u64::from(self.other.is_multiple_of(7)));
                scene.use_key(scene.office, if self.by.is_multiple_of(3) { 2 } else { 12 });
                (office, any, Released { recall: recall?, approval, details }.into())
            }
            What::AddKey => {
                let n = u8::try_from(70 + self.other % 120).unwrap();
                let result =
                    self.sign(scene, above.into(), actor, KeyAdded { key: key(n).into(), holder: None }.into());
                if result.is_ok() {
                    scene.use_key(actor, n);
                }
                return Some(result);
            }
            What::RevokeKey => {
                let (id, since) = (state(&actor).actor()?.keys.iter().next_back()?.key.id(), scene.now - 100);
                let suspect_since = self.other.is_multiple_of(2).then(|| time(since));
                let reason = RevocationReason::Stolen;
                (above.into(), actor, KeyRevoked { key: id, reason, suspect_since, details }.into())
            }
            What::Rescope => {
                let most: Vec<EventName> =
                    EventName::ALL.iter().copied().filter(|name| *name as usize % 7 != self.other % 9).collect();
                let mut scope = Scope::of_events(&most).unwrap();
                match self.other % 4 {
                    0 => scope = prefixed(any_scope()),
                    1 => scope.places = Some(List::new(places[..2].to_vec()).unwrap()),
                    _ => {}
                }
                (above.into(), actor, ScopeChanged { scope }.into())
            }
            What::Retire => (above.into(), actors[1 + self.which % 5], Retired { details }.into()),
            What::Reattest => {
                let newest = state(&any).sequence;
                let sequences =
                    (0..=newest).filter(|sequence| !(sequence + self.other as u64).is_multiple_of(3)).take(200);
                let sequences = List::new(sequences.collect()).ok()?;
                (office, any, Reattested { sequences, details }.into())
            }
            What::FreeName => (office, any, NameReleased { details }.into()),
            What::HandOver => {
                (scene.coop.into(), plot, CustodianChanged { to: actors[1 + self.other % 3], details }.into())
            }
            What::Ship => {
                let batch_state = state(&batch);
                let draws = batch_state.draws();
                let draw = draws.get(self.other % draws.len().max(1)).map_or(1, |draw| draw.origin);
                (custodian, batch, Shipped::new(draw, scene.carrier).into())
            }
            What::Cool => {
                let method = CoolingMethod::Transport;
                let event = Cooled { method, measured_mc: 4_000, set_point_mc: None, place: None, at: None };
                (scene.carrier.into(), batch, event.into())
            }
            What::Inspect => {
                let event = Inspected::new(InspectionResult::Conforms, InspectionPurpose::Routine);
                (scene.inspector.into(), any, event.into())
            }
            What::Certify => {
                let (scheme, number) = ("VietGAP".parse().unwrap(), "VG-1".parse().unwrap());
                let (from, until) = (time(1), time(1 + self.other as u64 % 3));
                (scene.inspector.into(), any, Certified { scheme, number, from, until }.into())
            }
            What::Spray => {
                let at = scene.now - 3_600 * (self.other as u64 % 300);
                (scene.custodian(plot).into(), plot, sprayed(u16::try_from(self.other % 4).unwrap(), Some(at)).into())
            }
            What::NextSeason => {
                let name = format!("{}", 2027 + self.other % 3).parse().unwrap();
                let from = time(scene.now);
                (scene.coop.into(), plot, SeasonOpened { season: name, from, ..season(None) }.into())
            }
        };
        Some(self.sign(scene, proper, chain, event))
    }

    /// As who may, or as anybody.
    fn sign(
        &self,
        scene: &mut Scene,
        proper: Signer,
        chain: ChainId,
        event: Event,
    ) -> Result<StatementId, LedgerError> {
        let anybody = [scene.office.into(), scene.union.into(), scene.coop.into(), scene.farms[0].into()];
        let others = [scene.collector, scene.packer, scene.seller, scene.carrier].map(Signer::Actor);
        let by = if self.by.is_multiple_of(4) { [anybody, others].concat()[self.by % 8] } else { proper };
        let result = scene.offer(by, chain, event);
        scene.use_key(scene.office, 2);
        result
    }
}
