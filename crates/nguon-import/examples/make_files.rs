//! Writes the template, and the list of 500 households that the tests read: `cargo run -p nguon-import --features write --example
//! make_files`. The list is made up, and as untidy as those that co-ops keep.
#![allow(dead_code, missing_docs)] // tests use parts of it

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

/// Households in the list.
pub const HOUSEHOLDS: usize = 500;
/// Growing areas they name.
pub const AREAS: [&str; 2] = ["VN-BGOR-0123", "VN-BGOR-0456"];

fn main() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let write = |name: &str, bytes: Vec<u8>| std::fs::write(here.join(name), bytes).unwrap();
    #[cfg(feature = "write")]
    write("files/mau-danh-sach-ho.xlsx", nguon_import::template::workbook().unwrap());
    write("tests/data/danh-sach-500-ho.xlsx", untidy_workbook());
    write("tests/data/danh-sach-500-ho.csv", tidy_csv().into_bytes());
}

/// A household of the list, as it should be read.
pub struct Household {
    pub name: String,
    /// `+84…`
    pub phone: Option<String>,
    pub village: &'static str,
    /// As the list writes it, and its code now.
    pub commune: (&'static str, &'static str),
    pub area: &'static str,
    pub plots: Vec<Plot>,
}

pub struct Plot {
    pub name: Option<String>,
    pub square_metres: u32,
    pub variety: &'static str,
    pub kilograms: Option<u32>,
}

const SURNAMES: [&str; 12] =
    ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Giáp", "Thân", "Tống"];
const MIDDLES: [&str; 8] = ["Văn", "Thị", "Đức", "Hữu", "Quang", "Thị Kim", "Bá", "Xuân"];
const GIVEN: [&str; 23] = [
    "Bảy",
    "Hùng",
    "Hưng",
    "Ước",
    "Ngọc",
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
];
const VILLAGES: [(&str, (&str, &str)); 4] = [
    ("Thôn Kép 1", ("Hồng Giang, Lục Ngạn", "07525")),
    ("Thôn Kép 2", ("Hồng Giang, Lục Ngạn", "07525")),
    ("Thôn Ngọt", ("xã Tân Sơn", "07531")),
    ("Thôn Nghĩa", ("TT. Chũ", "07525")),
];
const VARIETIES: [&str; 3] = ["vải thiều Thanh Hà", "vải U hồng", "vải lai Thanh Hà"];

/// A generator that gives the same list everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// The households, by village.
pub fn households() -> Vec<Household> {
    let mut dice = Dice(2026);
    (0..HOUSEHOLDS)
        .map(|at| {
            let (village, commune) = VILLAGES[at * VILLAGES.len() / HOUSEHOLDS];
            // Every name once: two of one name are what other tests are about.
            let name = format!("{} {} {}", SURNAMES[at % 12], MIDDLES[at / 12 % 8], GIVEN[(at / 96 + at * 7) % 23]);
            let phone = (dice.roll(10) > 0).then(|| format!("+849{:08}", 10_000_000 + at * 104_729 % 80_000_000));
            let plots = (0..[1, 1, 1, 1, 1, 1, 1, 2, 2, 3][dice.roll(10)]).collect::<Vec<usize>>();
            let named = plots.len() > 1;
            let plots = plots.into_iter().map(|plot| {
                let square_metres = 360 * u32::try_from(2 + dice.roll(20)).unwrap();
                Plot {
                    name: named.then(|| ["Vườn nhà", "Đồi Cao", "Ngoài đồng"][plot].to_owned()),
                    square_metres,
                    variety: VARIETIES[dice.roll(3)],
                    kilograms: (dice.roll(12) > 0)
                        .then(|| square_metres / 2 + 10 * u32::try_from(dice.roll(30)).unwrap()),
                }
            });
            let plots = plots.collect();
            Household { name, phone, village, commune, area: AREAS[usize::from(at >= HOUSEHOLDS / 2)], plots }
        })
        .collect()
}

/// The list in a tidy file of text.
pub fn tidy_csv() -> String {
    let mut text = "\u{feff}Số thứ tự;Họ và tên chủ hộ;Số điện thoại;Thôn;Xã/phường;Mã số vùng trồng;Tên thửa;Diện tích (ha);Giống;Sản lượng dự kiến (kg)\r\n".to_owned();
    for (number, household) in (1..).zip(households()) {
        for (at, plot) in household.plots.iter().enumerate() {
            let first = at == 0;
            let own = |value: String| if first { value } else { String::new() };
            let hectares = format!("{},{:04}", plot.square_metres / 10_000, plot.square_metres % 10_000);
            text.push_str(&format!(
                "{};{};{};{};\"{}\";{};{};{};{};{}\r\n",
                own(number.to_string()),
                own(household.name.clone()),
                own(household.phone.clone().unwrap_or_default()),
                own(household.village.into()),
                own(household.commune.0.into()),
                household.area,
                plot.name.clone().unwrap_or_default(),
                hectares,
                plot.variety,
                plot.kilograms.map(|kilograms| kilograms.to_string()).unwrap_or_default(),
            ));
        }
    }
    text
}

/// The same list as a co-op's secretary keeps it: titles, two sheets, groups, sums, merged cells, and every way of typing.
pub fn untidy_workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 1, 1).unwrap();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let households = households();
    let (first, second) = households.split_at(HOUSEHOLDS / 2);
    let mut dice = Dice(7);
    for (name, part) in [("Kép", first), ("Ngọt - Nghĩa", second)] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        fill(sheet, part, &mut dice);
    }
    let other = workbook.add_worksheet();
    other.set_name("Thu chi").unwrap();
    other.write_string(0, 0, "Khoản").unwrap();
    other.write_number(0, 1, 1_250_000.0).unwrap();
    let hidden = workbook.add_worksheet();
    hidden.set_name("Năm 2019").unwrap().set_hidden(true);
    for (at, heading) in ["Họ tên", "SĐT", "Xã"].into_iter().zip(0_u16..).map(|(heading, at)| (at, heading)) {
        hidden.write_string(0, at, heading).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// Columns of the untidy list: name, ordinal, telephone, address, code, plot, size, variety, yield, birthday, note.
const HEADINGS: [&str; 11] = [
    "TT",
    "HỌ VÀ TÊN\nCHỦ HỘ",
    "Số ĐT",
    "Địa chỉ",
    "Mã số vùng trồng (PUC)",
    "Thửa",
    "Diện tích",
    "Giong vai",
    "San luong du kien",
    "Ngày sinh",
    "Ghi chú",
];

fn fill(sheet: &mut Worksheet, households: &[Household], dice: &mut Dice) {
    let plain = Format::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.merge_range(0, 0, 0, 10, "HỢP TÁC XÃ NÔNG NGHIỆP HỒNG GIANG", &plain).unwrap();
    sheet.merge_range(1, 0, 1, 10, "DANH SÁCH HỘ TRỒNG VẢI NĂM 2026", &plain).unwrap();
    for (heading, at) in HEADINGS.into_iter().zip(0_u16..) {
        sheet.write_string(3, at, heading).unwrap();
    }
    sheet.write_string(4, 6, "(m²)").unwrap().write_string(4, 8, "(kg)").unwrap();
    for at in 0..11_u16 {
        sheet.write_string(5, at, format!("({})", at + 1)).unwrap();
    }
    let (mut row, mut village, mut variety) = (6_u32, "", "");
    for (number, household) in (1_u32..).zip(households) {
        if household.village != village {
            village = household.village;
            sheet.write_string(row, 0, village).unwrap();
            (row, variety) = (row + 1, "");
        }
        if number % 60 == 0 {
            // The printed pages repeat the headings.
            for (heading, at) in HEADINGS.into_iter().zip(0_u16..) {
                sheet.write_string(row, at, heading).unwrap();
            }
            row += 1;
        }
        if number % 45 == 0 {
            row += 1;
        }
        let last = row + u32::try_from(household.plots.len()).unwrap() - 1;
        sheet.write_number(row, 0, number).unwrap();
        let name = typed_name(&household.name, dice);
        if last > row && dice.roll(2) == 0 {
            sheet.merge_range(row, 1, last, 1, &name, &plain).unwrap();
        } else {
            sheet.write_string(row, 1, name).unwrap();
        }
        if let Some(phone) = &household.phone {
            let national = phone.strip_prefix("+84").unwrap();
            match dice.roll(5) {
                // Typed into a cell that was no text: the 0 is gone.
                0 | 1 => sheet.write_number(row, 2, national.parse::<f64>().unwrap()).unwrap(),
                2 => sheet
                    .write_string(row, 2, format!("0{}.{}.{}", &national[..3], &national[3..6], &national[6..]))
                    .unwrap(),
                3 => sheet.write_string(row, 2, format!("(+84)\u{a0}{national}")).unwrap(),
                _ => sheet.write_string(row, 2, format!("0{national} ")).unwrap(),
            };
        }
        sheet.write_string(row, 3, format!("{}, {}", household.village, household.commune.0)).unwrap();
        sheet.write_number_with_format(row, 9, f64::from(20_000 + number), &day).unwrap();
        for plot in &household.plots {
            let code = if dice.roll(4) == 0 {
                household.area.to_lowercase().replace('-', " - ")
            } else {
                household.area.to_owned()
            };
            sheet.write_string(row, 4, code).unwrap();
            if let Some(name) = &plot.name {
                sheet.write_string(row, 5, name).unwrap();
            }
            size(sheet, row, plot.square_metres, dice);
            let same = plot.variety == variety && dice.roll(2) == 0;
            sheet.write_string(row, 7, if same { "nt" } else { plot.variety }).unwrap();
            variety = plot.variety;
            if let Some(kilograms) = plot.kilograms {
                mass(sheet, row, kilograms, dice);
            }
            row += 1;
        }
    }
    sheet.write_string(row, 1, "Tổng cộng").unwrap();
    sheet.write_formula(row, 6, format!("=SUM(G7:G{row})").as_str()).unwrap();
    sheet.write_string(row + 2, 7, "Hồng Giang, ngày 12 tháng 5 năm 2026").unwrap();
    sheet.write_string(row + 3, 1, "Người lập biểu").unwrap().write_string(row + 3, 7, "Giám đốc").unwrap();
}

fn typed_name(name: &str, dice: &mut Dice) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    match dice.roll(6) {
        0 => name.to_uppercase(),
        1 => name.nfd().collect(),
        2 => name.replace(' ', "\u{a0}"),
        3 => format!(" {name}  "),
        _ => name.to_owned(),
    }
}

fn size(sheet: &mut Worksheet, row: u32, square_metres: u32, dice: &mut Dice) {
    match dice.roll(4) {
        0 => sheet.write_string(row, 6, format!("{} sào", square_metres / 360)).unwrap(),
        1 if square_metres >= 1_000 => {
            sheet.write_string(row, 6, format!("{}.{:03} m²", square_metres / 1_000, square_metres % 1_000)).unwrap()
        }
        2 => sheet.write_string(row, 6, format!("0,{square_metres:04} ha")).unwrap(),
        _ => sheet.write_number(row, 6, square_metres).unwrap(),
    };
}

fn mass(sheet: &mut Worksheet, row: u32, kilograms: u32, dice: &mut Dice) {
    match dice.roll(4) {
        0 if kilograms >= 1_000 => {
            sheet.write_string(row, 8, format!("{}.{:03},0 kg", kilograms / 1_000, kilograms % 1_000)).unwrap()
        }
        1 if kilograms >= 1_000 => {
            sheet.write_string(row, 8, format!("{},{:03}.0", kilograms / 1_000, kilograms % 1_000)).unwrap()
        }
        2 if kilograms.is_multiple_of(10) => {
            let tonnes = format!("{},{:02} tấn", kilograms / 1_000, kilograms % 1_000 / 10);
            sheet.write_string(row, 8, tonnes).unwrap()
        }
        _ => sheet.write_number(row, 8, kilograms).unwrap(),
    };
}
