//! What is planned from a list, and that repeating is safe.

mod support;

use std::collections::HashSet;

use nguon_core::values::{Code, Grams};
use nguon_import::finding::{Differs, Finding};
use nguon_import::plan::{Counts, Plan, Planned, plan};
use nguon_import::preview::{Area, Preview, preview};
use nguon_import::read;
use nguon_import::register::Register;
use proptest::prelude::*;
use support::{areas, carry_out, files, options, seen};

fn season() -> Code {
    "2026".parse().unwrap()
}

fn planned(preview: &Preview, register: &Register) -> Plan {
    plan(preview, register, &areas(), Some(&season()))
}

fn findings(plan: &Plan) -> Vec<Finding> {
    plan.marks.iter().map(|mark| mark.finding.clone()).filter(|finding| *finding != Finding::Known).collect()
}

#[test]
fn five_hundred_households_are_planned_once() {
    let preview = preview(&read(&files::untidy_workbook()).unwrap(), &options()).unwrap();
    let mut register = Register::default();
    let first = planned(&preview, &register);
    let expected = files::households();
    let plots = expected.iter().map(|household| household.plots.len()).sum();
    let shares = expected.iter().flat_map(|household| &household.plots).filter(|plot| plot.kilograms.is_some()).count();
    assert_eq!(first.counts(), Counts { households: 500, plots, seasons: plots, shares, keys: 0 });
    assert!(first.is_sound());
    carry_out(&first, &preview, &mut register, Some("2026"));
    let again = planned(&preview, &register);
    assert_eq!((again.counts(), findings(&again), again.not_in_file), (Counts::default(), vec![], 0));
    // Nor does the same list in another form.
    let tidy = nguon_import::preview::preview(&read(files::tidy_csv().as_bytes()).unwrap(), &options()).unwrap();
    let again = planned(&tidy, &register);
    assert_eq!((again.counts(), findings(&again)), (Counts::default(), vec![]));
    // The register survives being written.
    let written = serde_json::to_string(&register).unwrap();
    assert_eq!(serde_json::from_str::<Register>(&written).unwrap(), register);
    assert!(!written.contains("Nguyễn") && !written.contains("+849"), "no name or number stands in it");
}

#[test]
fn a_changed_file_plans_what_is_new_and_lists_what_differs() {
    let mut register = Register::default();
    let before = seen(
        "Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;Trên;0,25;vải thiều;2500;\n\
         Lê Thị Út;;Kép;Chũ;VN-BGOR-0123;;0,1;vải thiều;;\n",
    );
    assert!(before.is_clean(), "{:?}", before.marks);
    carry_out(&planned(&before, &register), &before, &mut register, Some("2026"));
    let after = seen(
        "Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;Trên;0,3;vải U hồng;3000;\n\
         ;;;;VN-BGOR-0456;Dưới;0,2;vải thiều;2000;\n\
         Lê Thị Út;0987654321;Kép;Chũ;VN-BGOR-0123;;0,1;vải thiều;900;\n\
         Trần Văn Nam;0911111111;Kép;Chũ;VN-BGOR-0123;;0,1;vải thiều;;\n",
    );
    assert!(after.is_clean(), "{:?}", after.marks);
    let plan = planned(&after, &register);
    assert_eq!(plan.counts(), Counts { households: 1, plots: 2, seasons: 2, shares: 2, keys: 0 });
    let size = Finding::Differs(Differs::Size(nguon_core::values::SquareMetres::new(2_500).unwrap()));
    let variety = Finding::Differs(Differs::Variety("vải thiều".parse().unwrap()));
    let share = Finding::Differs(Differs::Yield(Grams::new(2_500_000).unwrap()));
    assert_eq!(findings(&plan), [size, variety, share]);
    carry_out(&plan, &after, &mut register, Some("2026"));
    assert_eq!(planned(&after, &register).counts(), Counts::default());
    assert_eq!(planned(&before, &register).not_in_file, 1);
    assert_eq!(planned(&before, &register).counts(), Counts::default());
}

#[test]
fn another_telephone_number_is_told_and_registers_nobody_twice() {
    let mut register = Register::default();
    let before = seen("Nguyễn Văn Bảy;0912345678;Kép;Chũ;;;;;;\n");
    carry_out(&planned(&before, &register), &before, &mut register, None);
    let renumbered = seen("Nguyễn Văn Bảy;0987654321;Kép;Chũ;;;;;;\n");
    let plan = planned(&renumbered, &register);
    assert_eq!((plan.counts(), findings(&plan)), (Counts::default(), vec![Finding::Differs(Differs::Phone)]));
    let renamed = seen("Nguyễn Thị Bảy;0912345678;Kép;Chũ;;;;;;\n");
    let plan = planned(&renamed, &register);
    assert_eq!((plan.counts(), findings(&plan)), (Counts::default(), vec![Finding::Differs(Differs::Name)]));
    // Two people of one name: the number says who is known, and the other one is new.
    let both = seen("Nguyễn Văn Bảy;0987654321;Kép;Chũ;;;;;;\nNguyễn Văn Bảy;0912345678;Kép;Chũ;;;;;;\n");
    let plan = planned(&both, &register);
    assert_eq!(plan.counts().households, 1);
    assert_eq!(plan.actors.keys().copied().collect::<Vec<_>>(), [1]);
}

#[test]
fn sums_that_a_growing_area_cannot_hold_stop_the_whole_file() {
    let preview = seen(
        "Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;;0,25;vải thiều;2500;\nLê Thị Út;;Kép;Chũ;VN-BGOR-0123;;0,25;vải thiều;2500;\n",
    );
    let mut areas = areas();
    areas[0] = Area { grams_left: Some(4_999_000), square_metres_left: Some(4_999), ..areas[0].clone() };
    let refused = plan(&preview, &Register::default(), &areas, Some(&season()));
    let code: Code = "VN-BGOR-0123".parse().unwrap();
    assert!(!refused.is_sound());
    assert_eq!(
        findings(&refused),
        [Finding::AboveCeiling(code.clone(), 5_000_000, 4_999_000), Finding::AboveArea(code, 5_000, 4_999)]
    );
    // Without a season nothing is shared out, and nothing is too much.
    assert!(plan(&preview, &Register::default(), &areas, None).is_sound());
}

#[test]
fn of_a_file_with_a_bad_cell_nothing_is_planned() {
    let preview = seen("Nguyễn Văn Bảy;0912345678;Kép;Chũ;;;;;;\nLê Thị Út;12;Kép;Chũ;;;;;;\n");
    assert!(!preview.is_clean());
    assert_eq!(planned(&preview, &Register::default()), Plan::default());
}

#[test]
fn keys_come_last_and_once() {
    let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let preview = seen(&format!("Nguyễn Văn Bảy;0912345678;Kép;Chũ;VN-BGOR-0123;;0,25;vải thiều;2500;{key}\n"));
    assert!(preview.is_clean(), "{:?}", preview.marks);
    let mut register = Register::default();
    let first = planned(&preview, &register);
    assert_eq!(first.steps.last(), Some(&Planned::AddKey { household: 0 }));
    carry_out(&first, &preview, &mut register, Some("2026"));
    let again = planned(&preview, &register);
    assert_eq!((again.counts(), findings(&again)), (Counts::default(), vec![Finding::Differs(Differs::Key)]));
}

fn rows() -> impl Strategy<Value = Vec<(usize, usize, u32, bool)>> {
    prop::collection::vec((0..40_usize, 1..4_usize, 1..5_000_u32, any::<bool>()), 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A clean table that is written is read back, its plan covers it, and repeating it plans nothing, whatever its order.
    #[test]
    fn a_clean_table_is_read_back_and_planned_once(rows in rows(), most in 1..60_usize) {
        let mut text = String::new();
        let mut seen_people = HashSet::new();
        let mut expected = 0;
        for (person, plots, size, phone) in &rows {
            if !seen_people.insert(person) {
                continue;
            }
            expected += 1;
            let number = if *phone { format!("09{:08}", 10_000_000 + person) } else { String::new() };
            let given = char::from(b'A' + u8::try_from(*person % 26).unwrap());
            let name = format!("Nguyễn Thị {given}nh{}", if *person >= 26 { " Hoa" } else { "" });
            for plot in 0..*plots {
                let (name, number) = if plot == 0 { (name.as_str(), number.as_str()) } else { ("", "") };
                text.push_str(&format!("{name};{number};Kép;Chũ;VN-BGOR-0123;Vườn {plot};{} m2;vải thiều;{} kg;\n", size + 50, size + 20));
            }
        }
        let preview = seen(&text);
        prop_assert!(preview.is_clean(), "{:?}", preview.marks);
        prop_assert_eq!(preview.households.len(), expected);
        let mut register = Register::default();
        let plan = planned(&preview, &register);
        prop_assert_eq!(plan.counts().households, expected);
        prop_assert_eq!(plan.counts().plots, preview.plots());
        // Groups hold every step once and in order, and no household is cut in two.
        let groups: Vec<&[Planned]> = plan.groups(most).collect();
        prop_assert_eq!(groups.concat(), plan.steps.clone());
        let mut begun = HashSet::new();
        for group in &groups {
            let here: HashSet<usize> = group.iter().filter_map(|step| match step {
                Planned::Enrol { household } | Planned::RegisterPlot { household, .. } | Planned::OpenSeason { household, .. } => Some(*household),
                _ => None,
            }).collect();
            prop_assert!(here.is_disjoint(&begun));
            let small = !group.is_empty() && (group.len() <= most || here.len() <= 1);
            prop_assert!(small, "a group holds no more than was asked for, or one household");
            begun.extend(here);
        }
        carry_out(&plan, &preview, &mut register, Some("2026"));
        prop_assert_eq!(planned(&preview, &register).counts(), Counts::default());
    }
}
