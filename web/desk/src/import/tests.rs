use std::collections::BTreeSet;

use nguon_draft::Draft;

use super::*;
use crate::kept::Held;
use crate::register::People;
use crate::work::Source as _;

const HEAD: &str = "Họ tên;SĐT;Thôn;Xã;Mã số vùng trồng;Tên thửa;Diện tích (ha);Giống;Sản lượng (kg)\n";

fn around(register: Register) -> Around {
    let code: Code = "VN-BGOR-0127".parse().unwrap();
    let area = Area {
        code,
        chain: ChainId::from_bytes([4; 32]),
        grams_left: Some(9_000_000_000),
        square_metres_left: Some(90_000_000),
    };
    let window = (Time::new(1_779_000_000).unwrap(), Time::new(1_785_000_000).unwrap());
    let season = Season { name: "2026".parse().unwrap(), windows: [(area.chain, window)].into() };
    Around { areas: vec![area], seasons: vec![season], register }
}

fn held(register: &Register) -> Held<Register> {
    let mut held = Held::default();
    *held = register.clone();
    held
}

fn list(rows: &[&str]) -> Vec<u8> {
    [HEAD, &rows.join("\n")].concat().into_bytes()
}

fn good() -> Vec<u8> {
    list(&[
        "NGUYỄN VĂN BẢY;0912345678;Kép 1;Hồng Giang;VN-BGOR-0127;Vườn trên;0,25;vải thiều;1.200",
        ";;;;VN-BGOR-0127;Vườn dưới;0,5;vải thiều;2.000",
        "Trần Thị Ánh;0912345679;Kép 2;Hồng Giang;VN-BGOR-0127;;0,3;vải thiều;900",
    ])
}

fn read(bytes: Vec<u8>, around: &Around) -> Import {
    let mut import = Import::default();
    import.act(Action::Chosen("ho.csv".into()), around);
    assert_eq!(import.stage, Stage::Reading);
    import.act(Action::Read(bytes), around);
    import
}

#[test]
fn nothing_is_signed_while_a_cell_is_to_be_mended_and_mending_it_here_is_enough() {
    let around = around(Register::default());
    let bytes = list(&["Nguyễn Văn Bảy;09123;Kép 1;Hồng Giang;VN-BGOR-0127;;0,25;vải thiều;1200"]);
    let mut import = read(bytes, &around);
    assert_eq!(import.stage, Stage::Previewed);
    assert!(!import.may_sign() && import.only_bad);
    let at = import.marks(Severity::Bad).next().and_then(cell).unwrap().clone();
    assert_eq!(at.cell(), "B2");
    import.act(Action::Mend(at, "0912 345 678".into()), &around);
    assert!(import.may_sign(), "{:?}", import.marks(Severity::Bad).collect::<Vec<_>>());
    assert_eq!(import.mended, 1);
    assert!(!import.only_bad, "all rows are shown once none is to be mended");
}

#[test]
fn a_file_that_is_no_list_is_told_and_another_can_be_chosen() {
    let around = around(Register::default());
    let mut import = read(b"%PDF-1.7 \x00\x01".to_vec(), &around);
    assert!(matches!(import.stage, Stage::Unreadable(_)), "{:?}", import.stage);
    import.act(Action::Anew, &around);
    assert_eq!(import.stage, Stage::Empty);
    import.act(Action::Chosen("b.csv".into()), &around);
    import.act(Action::Read(good()), &around);
    assert!(import.may_sign());
}

/// All drafts of an import, the chains that they begin made up.
fn drafts(import: &Import, around: &Around) -> (Vec<Draft>, Drafts) {
    let season = around.seasons.first().cloned();
    let given = (import.preview.clone().unwrap(), import.plan.clone().unwrap(), season);
    let me = ChainId::from_bytes([1; 32]);
    let mut source = Drafts::new((me, None), given, held(&around.register), Held::<People>::default());
    let (mut all, mut began, mut n) = (Vec::new(), None, 100_u8);
    while let Some(draft) = source.next(began) {
        n += 1;
        began = matches!(draft, Draft::Begins(_)).then(|| ChainId::from_bytes([n; 32]));
        all.push(draft);
    }
    (all, source)
}

#[test]
fn every_step_becomes_a_draft_on_chains_that_earlier_ones_began() {
    let around = around(Register::default());
    let import = read(good(), &around);
    let (all, source) = drafts(&import, &around);
    assert_eq!(all.len(), source.count());
    let begun = all.iter().filter(|draft| matches!(draft, Draft::Begins(_))).count();
    assert_eq!(begun, 2 + 3, "two households and three plots");
    let known: BTreeSet<ChainId> =
        (101..=120).map(|n| ChainId::from_bytes([n; 32])).chain([ChainId::from_bytes([4; 32])]).collect();
    assert!(all.iter().flat_map(Draft::chains).all(|chain| known.contains(&chain)));
    let names: Vec<&str> = source.people.0.values().map(|known| known.name.as_str()).collect();
    assert_eq!(names, ["Nguyễn Văn Bảy", "Trần Thị Ánh"]);
}

#[test]
fn the_same_file_again_signs_nothing() {
    let first = around(Register::default());
    let (_, source) = drafts(&read(good(), &first), &first);
    let again = around(Register::clone(&source.register));
    let import = read(good(), &again);
    assert!(import.nothing_new() && !import.may_sign(), "{:?}", import.plan);
}

#[test]
fn a_household_more_is_the_only_one_signed() {
    let first = around(Register::default());
    let (_, source) = drafts(&read(good(), &first), &first);
    let again = around(Register::clone(&source.register));
    let mut bytes = good();
    bytes.extend_from_slice("\nLê Văn Tám;0912345670;Kép 2;Hồng Giang;VN-BGOR-0127;;0,3;vải thiều;900".as_bytes());
    let import = read(bytes, &again);
    let counts = import.plan.as_ref().unwrap().counts();
    assert_eq!((counts.households, counts.plots), (1, 1));
}

#[test]
fn what_is_shown_of_the_file_can_be_only_what_is_to_be_mended() {
    let around = around(Register::default());
    let bytes = list(&[
        "Nguyễn Văn Bảy;09123;Kép 1;Hồng Giang;VN-BGOR-0127;;0,25;vải thiều;1200",
        "Trần Thị Ánh;0912345679;Kép 2;Hồng Giang;VN-BGOR-0127;;0,3;vải thiều;900",
    ]);
    let import = read(bytes, &around);
    let preview = import.preview.as_ref().unwrap();
    assert_eq!(shown(preview, true).rows, [0]);
    assert_eq!(shown(preview, false).rows, [0, 1]);
    assert!(shown(preview, true).columns.contains(&nguon_import::column::Column::Phone));
}
