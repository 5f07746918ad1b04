//! What a farmer writes down in a week without a network.

use ed25519_dalek::Signer as _;
use nguon_core::SigningKey;
use nguon_core::event::{Dose, InputKind};
use nguon_core::ids::ChainId;
use nguon_core::ledger::{Ledger, Pen};
use nguon_core::record::Signer;
use nguon_core::trust::Roots;
use nguon_core::values::{Count, Days, SquareMetres};
use nguon_draft::{Applied, Book, Counted, Draft, Hand, Harvest, Into, NewBatch, Outbox, Share, prepare};
use xtask_bench::root::{key, time};

use crate::served::{self, Scribe};

/// What is in the outbox at the end of the week.
const ENTRIES: usize = 500;
/// Records of them: one of a spray, three of a harvest.
pub const RECORDS: usize = ENTRIES / 2 + 3 * ENTRIES / 2;
/// Plots of a farm.
const PLOTS: usize = 5;
const WEEK: u64 = 7 * 86_400;

/// A farm, and its week.
pub struct Week {
    chains: Vec<ChainId>,
    farmer: ChainId,
    plots: Vec<ChainId>,
    key: SigningKey,
}

/// So many farms of one co-op.
pub fn farms(scribe: &mut Scribe, count: usize) -> Vec<Week> {
    let (coop, area) = served::coop(scribe);
    let by = key(3);
    let pen = Pen::new(coop, &by, time(served::now() - 35 * 86_400));
    let farm = |n: usize, scribe: &mut Scribe| {
        let key = key(u8::try_from(100 + n).expect("a few farms"));
        let farmer = scribe.begin(&pen, served::enrolled(nguon_core::event::Role::Farm, "Hộ mẫu", Some(&key)));
        let plots = served::plots(scribe, coop, area, farmer, PLOTS);
        Week { chains: [&[coop, area, farmer], &plots[..]].concat(), farmer, plots, key }
    };
    let weeks: Vec<Week> = (0..count).map(|n| farm(n, scribe)).collect();
    let plots: Vec<ChainId> = weeks.iter().flat_map(|week| week.plots.clone()).collect();
    served::allot(scribe, coop, area, &plots);
    weeks
}

impl Week {
    /// Who signs.
    pub fn signer(&self) -> Signer {
        Signer::Actor(self.farmer)
    }

    /// The device at the end of the week: everything signed, nothing sent.
    pub fn write(&self, ledger: &Ledger) -> (Book, Outbox) {
        let mut book = Book::new(Roots::logged(ledger.trust().clone()));
        for chain in &self.chains {
            book.take(chain, ledger.records(chain).to_vec(), nguon_draft::Positions::new()).expect("a chain");
        }
        let (mut outbox, mut salts) = (Outbox::default(), 0_u128);
        let mut entropy = || {
            salts += 1;
            salts.to_be_bytes()
        };
        let began = served::now() - WEEK;
        for (at, when) in (0..ENTRIES).zip((began..).step_by(1_000)) {
            let hand = Hand::new(self.farmer, (&self.key).into(), time(when));
            let draft = self.draft(at);
            let prepared = prepare(&draft, &book, &hand, outbox.journal(), &mut entropy).expect("a sound entry");
            let signatures: Vec<_> =
                prepared.to_be_signed().iter().map(|bytes| self.key.sign(bytes).to_bytes()).collect();
            outbox.add(prepared.seal(&signatures).expect("signed"), &mut book).expect("it follows");
        }
        (book, outbox)
    }

    fn draft(&self, at: usize) -> Draft {
        let plot = self.plots[at / 2 % self.plots.len()];
        if at.is_multiple_of(2) {
            return Draft::Applied(Applied {
                plot,
                kind: InputKind::Fertilizer,
                product: "NPK 16-16-8".parse().expect("text"),
                ingredients: Vec::new(),
                lot: None,
                dose: Dose::Milligrams(Count::new(5_000_000).expect("a dose")),
                water_ml: None,
                area_m2: SquareMetres::new(2_000).expect("an area"),
                phi_days: Days::new(0).expect("days"),
                at: None,
                operator: Some("Nguyễn Văn Bảy".into()),
                note: None,
                photos: Vec::new(),
            });
        }
        Draft::Harvested(Harvest {
            shares: vec![Share { plot, season: None, crates: vec![served::grams(15_500), served::grams(14_500)] }],
            into: Into::New(NewBatch::of("vải thiều".parse().expect("text"))),
            counted: Counted::EachWeighed,
            at: None,
            operator: None,
            parcel: None,
            photos: Vec::new(),
        })
    }
}
