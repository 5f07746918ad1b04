//! What each table's columns are called. A name in only one language does not compile.

use crate::table::{Column, Sheet};

/// A column in both languages, and how many characters wide it is in a sheet.
pub(super) struct Name {
    pub vi: &'static str,
    #[cfg_attr(not(feature = "pdf"), allow(dead_code))] // paper speaks both
    pub en: &'static str,
    width: u8,
}

const fn name(vi: &'static str, en: &'static str, width: u8) -> Name {
    Name { vi, en, width }
}

pub(super) const INPUTS: [Name; 16] = [
    name("Ngày dùng", "Applied", 12),
    name("Loại", "Kind", 22),
    name("Tên sản phẩm", "Product", 34),
    name("Hoạt chất", "Active ingredients", 28),
    name("Số lô", "Product lot", 16),
    name("Lượng dùng", "Amount", 12),
    name("Đơn vị", "Unit", 8),
    name("Lượng trên 1 ha", "Amount a hectare", 12),
    name("Nước pha (lít)", "Water (l)", 10),
    name("Diện tích (m²)", "Area (m²)", 10),
    name("Cách ly (ngày)", "Interval (days)", 9),
    name("Hái sớm nhất", "Earliest harvest", 12),
    name("Lý do, dịch hại", "Reason, pest", 34),
    name("Người thực hiện", "Operator", 22),
    name("Ghi lúc", "Recorded", 18),
    name("Người ghi", "Signed by", 34),
];

pub(super) const HARVESTS: [Name; 7] = [
    name("Ngày hái", "Harvested", 12),
    name("Vào lô", "Into lot", 34),
    name("Khối lượng (kg)", "Weight (kg)", 12),
    name("Thời gian cách ly", "Interval", 26),
    name("Người hái", "Picker", 22),
    name("Ghi lúc", "Recorded", 18),
    name("Người ghi", "Signed by", 34),
];

pub(super) const CHECKS: [Name; 6] = [
    name("Ngày", "Date", 12),
    name("Loại", "Kind", 14),
    name("Của", "Of", 24),
    name("Nội dung", "What", 44),
    name("Kết quả", "Result", 26),
    name("Bên thực hiện", "By", 36),
];

pub(super) const CORRECTIONS: [Name; 8] = [
    name("Mục", "Entry", 34),
    name("Trường", "Field", 18),
    name("Đã ghi", "Was", 26),
    name("Đính chính thành", "Should be", 26),
    name("Hiệu lực", "In effect", 20),
    name("Lý do", "Reason", 18),
    name("Đính chính lúc", "Corrected", 18),
    name("Người đính chính", "Signed by", 34),
];

const HEAD: [Column; 4] = [
    Column::new("Thửa", "", 12),
    Column::new("Mùa vụ", "", 8),
    Column::new("Thông tin", "", 30),
    Column::new("Nội dung", "", 60),
];

const MISSING: [Column; 5] = [
    Column::new("Thửa", "", 12),
    Column::new("Mùa vụ", "", 8),
    Column::new("Thông tin còn thiếu", "", 60),
    Column::new("Bản ghi", "", 40),
    Column::new("Bổ sung ở đâu", "", 70),
];

/// Plot and season, then a table's own columns.
const fn with_plot<const OWN: usize, const ALL: usize>(own: &[Name; OWN]) -> [Column; ALL] {
    let mut all = [Column::new("Thửa", "", 12); ALL];
    all[1] = Column::new("Mùa vụ", "", 8);
    let mut at = 0;
    while at < OWN {
        all[at + 2] = Column::new(own[at].vi, "", own[at].width);
        at += 1;
    }
    all
}

const INPUT_COLUMNS: [Column; 18] = with_plot(&INPUTS);
const HARVEST_COLUMNS: [Column; 9] = with_plot(&HARVESTS);
const CHECK_COLUMNS: [Column; 8] = with_plot(&CHECKS);
const CORRECTION_COLUMNS: [Column; 10] = with_plot(&CORRECTIONS);

/// The sheets of a workbook of field logs, in Vietnamese; rows of several plots come one below the other.
pub const SHEETS: [Sheet; 6] = [
    Sheet { name: "Thông tin", columns: &HEAD },
    Sheet { name: "Vật tư đầu vào", columns: &INPUT_COLUMNS },
    Sheet { name: "Thu hoạch", columns: &HARVEST_COLUMNS },
    Sheet { name: "Kiểm tra", columns: &CHECK_COLUMNS },
    Sheet { name: "Đính chính", columns: &CORRECTION_COLUMNS },
    Sheet { name: "Còn thiếu", columns: &MISSING },
];
