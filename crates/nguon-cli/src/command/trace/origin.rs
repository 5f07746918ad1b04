//! Where a walk begins, from what was typed.

use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::state::Subject;
use nguon_core::values::{GtinCode, Label, LotCode};
use nguon_gs1::TypedCode;

use super::Args;
use crate::book::Book;
use crate::error::Error;
use crate::net::Server;
use crate::net::trace::Origin;
use crate::session::Session;

/// What sort of chain somebody names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Sort {
    /// Lô
    Batch,
    /// Vùng trồng, thửa, cơ sở đóng gói
    Place,
    /// Hộ, hợp tác xã, cơ sở
    Actor,
}

/// Where it begins, and who is asked.
pub struct Asked {
    /// Where.
    pub origin: Origin,
    /// Who.
    pub server: Server,
}

/// Reads it.
pub fn of(session: &Session, args: &Args) -> Result<Asked, Error> {
    let given = |origin| Ok(Asked { origin, server: session.server()? });
    if let Some(lot) = &args.product_lot {
        return given(Origin::ProductLot { lot: lot.clone(), product: args.product.clone() });
    }
    if let Some([kind, number]) = args.shipment.as_deref() {
        return given(Origin::Shipment { kind: kind.clone(), number: number.clone() });
    }
    if let Some(sscc) = &args.pallet {
        return given(Origin::Pallet(sscc.clone()));
    }
    let subject = args.subject.as_deref().unwrap_or_default();
    if subject.parse::<ChainId>().is_err()
        && let Ok(code) = subject.parse::<TypedCode>()
    {
        let server = match (session.server_if_named()?, code.stem()) {
            (Some(server), _) => server,
            (None, Some(stem)) => Server::of(stem),
            (None, None) => session.server()?,
        };
        let code = code.code();
        let label = Label { gtin: GtinCode::from(*code.gtin()), lot: LotCode::from(code.lot().clone()) };
        return Ok(Asked { origin: Origin::Label(label), server });
    }
    given(chain(session, args, subject)?)
}

fn chain(session: &Session, args: &Args, subject: &str) -> Result<Origin, Error> {
    let (chain, known) = match (subject.parse::<ChainId>(), args.sort) {
        (Ok(chain), Some(_)) => (chain, None),
        _ => {
            let book = Book::load(&session.home)?;
            let chain = book.find(subject, &session.home.names()?)?;
            let sort = book.chain(&chain).map(|state| match &state.subject {
                Subject::Actor(_) => Sort::Actor,
                Subject::Place(_) => Sort::Place,
                Subject::Batch(_) => Sort::Batch,
            });
            (chain, sort)
        }
    };
    // A chain that nobody here knows is most often a batch.
    Ok(match args.sort.or(known).unwrap_or(Sort::Batch) {
        Sort::Batch => Origin::Batch(chain),
        Sort::Place => Origin::Place(chain),
        Sort::Actor => Origin::Actor(chain),
    })
}
