//! The early crop of Phúc Hòa: a lot sold on a marketplace, a lot called back, a telephone stolen and another one lost. And in June, a lot whose
//! labels were printed and whose fruit was not picked yet.

use nguon_core::event::{
    DrawReason, Inputs, KeyAdded, KeyRevoked, Listed, Opened, Packed, Reattested, RecallReason, Recalled,
    RevocationReason,
};
use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_core::values::{Count, List};

use super::book::{Book, Hand};
use super::calendar::{Moment, moment};
use super::cast::{MAIN, household};
use super::error::Result;
use super::field::hand_of;
use super::land::kg;
use super::lots::{PRODUCT, Picking, draw, label, pick};

pub(super) const MARKETPLACE: &str = "cho-nong-san.example";

/// The lot of the telephone that was lost.
pub(super) const FOUND_AGAIN: &str = "phuong/0601";

/// What an online seller makes of a household's lot.
struct Offer {
    /// Names of the household's and the seller's lot.
    from: &'static str,
    to: &'static str,
    farmer: &'static str,
    item: u32,
    lot: &'static str,
    drawn_kg: u64,
    boxes: u64,
    box_kg: u64,
    listing: &'static str,
    opened: Moment,
}

pub(super) fn sell_online(book: &mut Book) -> Result<()> {
    harvest(book, "lien", "lien/0526", ("PH260526-01", 1), 620, moment(5, 26, 5, 0))?;
    offer(
        book,
        &Offer {
            from: "lien/0526",
            to: "seller/0526",
            farmer: "lien",
            item: 1,
            lot: "UH260526",
            drawn_kg: 600,
            boxes: 190,
            box_kg: 3,
            listing: "MAU-1203557",
            opened: moment(5, 26, 9, 0),
        },
    )
}

/// The lab found residues above the limit in the household's lot; its recall reaches the seller's boxes.
pub(super) fn call_back(book: &mut Book) -> Result<()> {
    harvest(book, "thu", "thu/0528", ("PH260528-01", 2), 540, moment(5, 28, 4, 50))?;
    offer(
        book,
        &Offer {
            from: "thu/0528",
            to: "seller/0528",
            farmer: "thu",
            item: 2,
            lot: "UT260528",
            drawn_kg: 300,
            boxes: 285,
            box_kg: 1,
            listing: "MAU-1203611",
            opened: moment(5, 28, 9, 10),
        },
    )?;
    book.append("thu/0528", Hand::OFFICE, moment(6, 2, 10, 15), |ink| {
        let mut recalled = Recalled::new(RecallReason::PesticideResidue);
        let words = "Mẫu lấy ngày 29/5 vượt mức dư lượng tối đa; yêu cầu ngừng bán và thu hồi toàn bộ lô.";
        recalled.details = Some(ink.words("recalled/details", words, "thu"));
        Ok(recalled)
    })?;
    Ok(())
}

/// The telephone that signed this lot was stolen a day later, and nobody can say since when somebody else had its key.
pub(super) fn lose_a_phone(book: &mut Book) -> Result<()> {
    harvest(book, "tuan", "tuan/0530", ("PH260530-01", 1), 700, moment(5, 30, 5, 10))?;
    let stolen = KeyId::of(&PublicKeyBytes::from(&book.seed.key("tuan")));
    let fresh = PublicKeyBytes::from(&book.seed.key("tuan/2"));
    let coop = Hand::of("early-coop");
    book.append("tuan", coop, moment(6, 1, 8, 20), |ink| {
        Ok(KeyRevoked {
            key: stolen,
            reason: RevocationReason::Stolen,
            suspect_since: Some(ink.time(moment(5, 29, 0, 0))?),
            details: Some(ink.words("key_revoked/details", "Mất điện thoại ở chợ xã.", "tuan")),
        })
    })?;
    book.append("tuan", coop, moment(6, 1, 8, 35), |_| Ok(KeyAdded { key: fresh, holder: None }))?;
    Ok(())
}

/// A telephone that was lost at the market and never turned up. With the new one the farmer goes through what the old one
/// had signed, and stands by it.
pub(super) fn stand_by(book: &mut Book) -> Result<()> {
    harvest(book, "phuong", FOUND_AGAIN, ("PH260601-01", 1), 480, moment(6, 1, 5, 0))?;
    let lost = KeyId::of(&PublicKeyBytes::from(&book.seed.key("phuong")));
    let fresh = PublicKeyBytes::from(&book.seed.key("phuong/2"));
    let coop = Hand::of("early-coop");
    book.append("phuong", coop, moment(6, 3, 9, 0), |ink| {
        Ok(KeyRevoked {
            key: lost,
            reason: RevocationReason::Lost,
            suspect_since: Some(ink.time(moment(6, 1, 0, 0))?),
            details: Some(ink.words("key_revoked/details", "Rơi điện thoại ở chợ.", "phuong")),
        })
    })?;
    book.append("phuong", coop, moment(6, 3, 9, 10), |_| Ok(KeyAdded { key: fresh, holder: None }))?;
    let farmer = household("phuong")?;
    // The co-op opened the season on the plot; all the rest is hers.
    for (chain, first) in [(farmer.plot, 2), (FOUND_AGAIN, 0)] {
        let head = book.head(chain)?;
        let hand = hand_of(farmer)?.with_key("phuong/2");
        book.append(chain, hand, moment(6, 3, 19, 0), |ink| {
            let sequences = List::new((first..=head).collect())?;
            let words = "Đã xem lại từng dòng, đúng với sổ giấy.";
            Ok(Reattested { sequences, details: Some(ink.words("reattested/details", words, farmer.id)) })
        })?;
    }
    Ok(())
}

/// Labels come before the fruit: this lot is open and empty.
pub(super) fn print_ahead(book: &mut Book) -> Result<()> {
    let (farmer, owner) = (household("khanh")?, book.id("khanh")?);
    book.begin("khanh/0625", hand_of(farmer)?, moment(6, 24, 20, 15), |_| {
        let mut opened = Opened::new(owner, PRODUCT.parse()?);
        opened.variety = Some(MAIN.parse()?);
        opened.label = Some(label("9521234", 1, "LN260625-01")?);
        Ok(opened)
    })?;
    Ok(())
}

fn harvest(
    book: &mut Book,
    farmer: &str,
    batch: &'static str,
    (lot, item): (&str, u32),
    kilograms: u64,
    when: Moment,
) -> Result<()> {
    let label = label("9525678", item, lot)?;
    pick(book, &Picking { farmer: household(farmer)?, batch, label, kg: kilograms, when }, None)?;
    Ok(())
}

fn offer(book: &mut Book, offer: &Offer) -> Result<()> {
    let (seller, farmer, from) = (book.id("seller")?, household(offer.farmer)?, book.id(offer.from)?);
    let (hand, drawn) = (Hand::of("seller"), kg(offer.drawn_kg)?);
    let lot = book.begin(offer.to, hand, offer.opened, |_| {
        let mut opened = Opened::new(seller, PRODUCT.parse()?);
        opened.variety = Some(farmer.variety.parse()?);
        opened.label = Some(label("9524321", offer.item, offer.lot)?);
        Ok(opened)
    })?;
    let handed = offer.opened.plus_minutes(20);
    draw(book, offer.from, hand_of(farmer)?, handed, (lot, drawn, DrawReason::Handover))?;
    book.append(offer.to, hand, offer.opened.plus_minutes(150), |_| {
        let mut packed = Packed::new(Inputs::one(from, drawn), Count::new(offer.boxes)?, kg(offer.box_kg)?);
        packed.grade = Some("Chọn tay".parse()?);
        Ok(packed)
    })?;
    book.append(offer.to, hand, offer.opened.plus_minutes(200), |ink| {
        let until = Some(ink.time(offer.opened.plus_days(10))?);
        Ok(Listed { marketplace: MARKETPLACE.parse()?, listing: offer.listing.parse()?, until })
    })?;
    Ok(())
}
