//! Orders as this computer keeps them.

use nguon_core::ids::ChainId;
use nguon_draft::{kept, kept_fields};

use super::Day;
use crate::kept::{Form, Held};

/// What a buyer asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// A number of its own
    pub id: u32,
    /// Who buys
    pub buyer: String,
    /// How much, grams
    pub grams: u64,
    /// By when
    pub due: Option<Day>,
    /// In words
    pub note: String,
    /// What was given for it
    pub sent: Vec<Sent>,
}

/// Grams given for an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Into which batch
    pub to: ChainId,
    /// How much
    pub grams: u64,
}

kept_fields! { Order { id, buyer, grams, due, note, sent } }
kept_fields! { Sent { to, grams } }
kept_fields! { Orders { next, all } }

impl Order {
    /// Grams given so far.
    #[must_use]
    pub fn given(&self) -> u64 {
        self.sent.iter().map(|sent| sent.grams).sum()
    }

    /// Grams still to be given.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.grams.saturating_sub(self.given())
    }

    /// Whether its day is over, and something is still to be given.
    #[must_use]
    pub fn is_late(&self, today: Day) -> bool {
        self.left() > 0 && self.due.is_some_and(|due| due < today)
    }
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    next: u32,
    /// In the order they were taken
    pub all: Vec<Order>,
}

impl Form for Orders {
    fn to_bytes(&self) -> Vec<u8> {
        kept::to_bytes(self)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        kept::from_bytes(bytes)
    }
}

impl Orders {
    /// Under which name they are kept.
    #[must_use]
    pub fn kept_as(seller: &ChainId) -> String {
        format!("desk/orders/{seller}")
    }

    /// As they are kept.
    pub async fn read(seller: &ChainId) -> Held<Self> {
        Held::read(Self::kept_as(seller)).await
    }

    /// One more.
    pub fn take(&mut self, buyer: String, grams: u64, due: Option<Day>, note: String) {
        self.next += 1;
        self.all.push(Order { id: self.next, buyer, grams, due, note, sent: Vec::new() });
    }

    /// One of them.
    #[must_use]
    pub fn find(&self, id: u32) -> Option<&Order> {
        self.all.iter().find(|order| order.id == id)
    }

    /// Something was given for it.
    pub fn sent(&mut self, id: u32, to: ChainId, grams: u64) {
        if let Some(order) = self.all.iter_mut().find(|order| order.id == id) {
            order.sent.push(Sent { to, grams });
        }
    }

    /// It is not wanted any more. What was given stays given.
    pub fn drop(&mut self, id: u32) {
        self.all.retain(|order| order.id != id);
    }

    /// Those that wait, the most urgent first; those without a day last.
    #[must_use]
    pub fn open(&self) -> Vec<&Order> {
        let mut open: Vec<&Order> = self.all.iter().filter(|order| order.left() > 0).collect();
        open.sort_by_key(|order| (order.due.is_none(), order.due, order.id));
        open
    }

    /// For whom a batch was filled.
    #[must_use]
    pub fn buyer_of(&self, batch: &ChainId) -> Option<&str> {
        let filled = |order: &&Order| order.sent.iter().any(|sent| sent.to == *batch);
        self.all.iter().find(filled).map(|order| order.buyer.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::super::day::tests::read_day;
    use super::*;

    fn some() -> Orders {
        let mut orders = Orders::default();
        orders.take("Siêu thị A".into(), 500_000, read_day("7/6/2026"), String::new());
        orders.take("Chợ đầu mối".into(), 200_000, None, String::new());
        orders.take("Cửa hàng B".into(), 100_000, read_day("5/6/2026"), "loại 1".into());
        orders
    }

    #[test]
    fn the_most_urgent_order_stands_first_and_a_filled_one_is_gone() {
        let mut orders = some();
        let names = |orders: &Orders| orders.open().iter().map(|order| order.buyer.clone()).collect::<Vec<_>>();
        assert_eq!(names(&orders), ["Cửa hàng B", "Siêu thị A", "Chợ đầu mối"]);
        let batch = ChainId::from_bytes([1; 32]);
        orders.sent(3, batch, 60_000);
        assert_eq!(orders.find(3).map(Order::left), Some(40_000));
        orders.sent(3, batch, 40_000);
        assert_eq!(names(&orders), ["Siêu thị A", "Chợ đầu mối"]);
        assert_eq!(orders.buyer_of(&batch), Some("Cửa hàng B"));
    }

    #[test]
    fn an_order_is_late_the_day_after_its_day() {
        let orders = some();
        let on = |day: &str| orders.all[2].is_late(read_day(day).unwrap());
        assert!(!on("5/6/2026") && on("6/6/2026"));
        assert!(!orders.all[1].is_late(read_day("6/6/2026").unwrap()), "one without a day is never late");
    }

    #[test]
    fn orders_are_kept_and_a_number_is_not_given_twice() {
        let mut orders = some();
        orders.drop(3);
        let mut again = Orders::from_bytes(&orders.to_bytes()).unwrap();
        assert_eq!(again, orders);
        again.take("D".into(), 1, None, String::new());
        assert_eq!(again.all.last().map(|order| order.id), Some(4));
        assert_eq!(Orders::from_bytes(b"damaged"), None);
    }
}
