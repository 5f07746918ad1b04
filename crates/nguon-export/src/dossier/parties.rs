//! Who took part.

use std::collections::BTreeSet;

use nguon_core::event::{Event, Role};
use nguon_core::ids::ChainId;

use super::{Maker, or_dash, words};
use crate::facts::{Missing, Personal, Remedy};
use crate::paper::{Block, Column, Row, Said, Table};
use crate::words as say;

/// Households whose names are left out are counted from this many on.
const FOLDED: usize = 5;

impl Maker<'_, '_> {
    pub(super) fn parties(&mut self) {
        let facts = self.facts;
        let batch = facts.batch();
        self.heading("Các bên", "Parties");
        let mut table = Table::new([
            Column::text(Said::new("Vai trò", "Role")),
            Column::text(Said::new("Tên", "Name")).naming_rows(),
            Column::text(Said::new("Địa chỉ (xã, phường)", "Address (commune)")),
            Column::text(Said::new("Mã GLN", "GLN")),
            Column::text(Said::new("Điện thoại", "Telephone")),
        ]);
        let (mut withheld, mut shown) = (0_usize, 0_u32);
        let all = self.actors();
        let farms = all.iter().filter(|actor| facts.party(actor).role == Some(Role::Farm)).count();
        for actor in &all {
            let producer = facts.producer(actor);
            let party = facts.party(actor);
            if producer.role == Some(Role::Farm) && producer.name.is_none() {
                withheld += 1;
                if farms > FOLDED {
                    continue;
                }
            }
            let name = match &producer.name {
                Some(name) => Said::name(name.clone()),
                None => Said::new("(không công bố)", "(withheld)").then(" ", &Said::same(party.short())),
            };
            shown += 1;
            table.push(Row::new([
                words(|language| say::role(language, producer.role)),
                name,
                or_dash(producer.address),
                or_dash(producer.gln),
                or_dash(party.phone),
            ]));
        }
        if farms > FOLDED && withheld > 0 {
            table.push(Row::new([
                words(|language| say::role(language, Some(Role::Farm))),
                Said::new(
                    format!("{withheld} hộ, tên không công bố"),
                    format!("{withheld} households, names withheld"),
                ),
                Said::same("—"),
                Said::same("—"),
                Said::same("—"),
            ]));
        }
        debug_assert!(shown > 0 || withheld > 0 || all.is_empty());
        self.push(table);
        if withheld > 0 && facts.personal() == Personal::Withheld {
            self.push(Block::small(Said::new(
                "Tên và số điện thoại của nông hộ là dữ liệu cá nhân, chỉ ghi khi được yêu cầu và được phép.",
                "Names and telephone numbers of households are personal data, written only when asked for and allowed.",
            )));
        }
        let element = "Bên nhận hàng / Consignee";
        self.lacks(Missing::of_first(element, batch, "—", Remedy::ByHand));
        for actor in all {
            let producer = facts.producer(&actor);
            let mut lacking = Vec::new();
            facts.lacking(
                &producer,
                "Tên của bên / Name of a party",
                "Địa chỉ của bên / Address of a party",
                &mut lacking,
            );
            lacking.into_iter().for_each(|missing| self.lacks(missing));
        }
    }

    /// Owners, the last first; then who carried, treated, tested and inspected.
    fn actors(&self) -> Vec<ChainId> {
        let facts = self.facts;
        let batch = facts.batch();
        let mut all: Vec<ChainId> = facts.producers(&batch).into_iter().map(|producer| producer.actor).collect();
        let mut seen: BTreeSet<ChainId> = all.iter().copied().collect();
        for site in facts.sites(&batch) {
            for entry in facts.entries_of(&site) {
                let carrier = if let Event::Shipped(event) = entry.event { Some(event.carrier) } else { None };
                for actor in entry.actor().into_iter().chain(carrier) {
                    if seen.insert(actor) {
                        all.push(actor);
                    }
                }
            }
        }
        all
    }
}
