//! `desk.import_5000`: what the desk does with a co-op's file before anything is signed.

use nguon_core::ids::ChainId;
use nguon_import::plan::plan;
use nguon_import::preview::{Area, Options, preview};
use nguon_import::read;
use nguon_import::register::Register;
use rust_xlsxwriter::Workbook;
use xtask_bench::best::Best;
use xtask_bench::figures::report;

use crate::HOUSEHOLDS;

const ROUNDS: usize = 5;
const HEADINGS: [&str; 8] = [
    "Họ và tên chủ hộ",
    "Số điện thoại",
    "Thôn",
    "Xã/phường",
    "Mã số vùng trồng",
    "Diện tích (ha)",
    "Giống",
    "Sản lượng dự kiến (kg)",
];

pub fn measure() {
    let file = xlsx();
    let area = Area {
        code: "VN-BGOR-0123".parse().expect("a code"),
        chain: ChainId::from_bytes([1; 32]),
        grams_left: None,
        square_metres_left: None,
    };
    let options = Options { areas: Some(vec![area]), ..Options::default() };
    let season = "2026".parse().expect("a code");
    let mut best = Best::of(3);
    for _ in 0..ROUNDS {
        let workbook = best.time_on_core(0, || read(&file)).expect("a workbook");
        let preview = best.time_on_core(1, || preview(&workbook, &options)).expect("a preview");
        assert!(preview.is_clean() && preview.households.len() == HOUSEHOLDS, "{:?}", preview.marks.first());
        let areas = options.areas.as_deref().unwrap_or_default();
        let plan = best.time_on_core(2, || plan(&preview, &Register::default(), areas, Some(&season)));
        assert!(plan.is_sound(), "{:?}", plan.marks.first());
    }
    eprintln!("desk: an xlsx of {} bytes", file.len());
    report("desk.import_5000", best.seconds() * 1e3, "ms", None);
}

/// Five thousand rows; every person has a name and a telephone of their own.
fn xlsx() -> Vec<u8> {
    const SURNAMES: [&str; 10] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Giáp"];
    const MIDDLES: [&str; 10] = ["Văn", "Thị", "Đức", "Hữu", "Quang", "Kim", "Bá", "Xuân", "Minh", "Ngọc"];
    const GIVEN: [&str; 50] = [
        "Bảy",
        "Hùng",
        "Hưng",
        "Ước",
        "Tuyết",
        "Quỳnh",
        "Thắng",
        "Lợi",
        "Mừng",
        "Chiến",
        "Hòa",
        "Út",
        "Yến",
        "Đại",
        "Phượng",
        "Sỹ",
        "Khánh",
        "Oanh",
        "Ích",
        "Ất",
        "Vượng",
        "Nhã",
        "An",
        "Bình",
        "Cường",
        "Dũng",
        "Giang",
        "Hà",
        "Kiên",
        "Lan",
        "Mai",
        "Nam",
        "Phúc",
        "Sơn",
        "Tâm",
        "Thảo",
        "Trung",
        "Tuấn",
        "Vân",
        "Vinh",
        "Xuyến",
        "Ý",
        "Đạt",
        "Đông",
        "Hạnh",
        "Hiền",
        "Hoa",
        "Huệ",
        "Liên",
        "Loan",
    ];
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0_u16..).zip(HEADINGS) {
        sheet.write_string(0, column, heading).expect("a cell");
    }
    for (row, at) in (1_u32..).zip(0..HOUSEHOLDS) {
        let name = format!("{} {} {}", SURNAMES[at % 10], MIDDLES[at / 10 % 10], GIVEN[at / 100]);
        let [phone, village] = [format!("09{:08}", 10_000_000 + at * 7_919), format!("Thôn Kép {}", at / 500 + 1)];
        let texts = [(0, name.as_str()), (1, &phone), (2, &village), (3, "Hồng Giang, Lục Ngạn"), (4, "VN-BGOR-0123")];
        for (column, text) in texts {
            sheet.write_string(row, column, text).expect("a cell");
        }
        sheet.write_number(row, 5, 0.2).expect("a cell").write_string(row, 6, "vải thiều").expect("a cell");
        sheet.write_number(row, 7, 1_500).expect("a cell");
    }
    workbook.save_to_buffer().expect("a workbook")
}
