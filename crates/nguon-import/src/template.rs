//! The template that a co-op fills in, as text and (feature `write`) as a workbook.

#[cfg(feature = "write")]
mod workbook;

#[cfg(feature = "write")]
pub use workbook::{Problem, workbook};

use crate::column::{COLUMNS, Column};

/// The headings of the template, in order.
pub fn headings() -> impl Iterator<Item = (Column, &'static str)> {
    COLUMNS.into_iter().filter_map(|column| Some((column, column.heading()?)))
}

/// The template as text: UTF-8 with the mark by which Excel knows it, semicolons as Excel in Việt Nam writes them.
#[must_use]
pub fn csv() -> Vec<u8> {
    let headings: Vec<&str> = headings().map(|(_, heading)| heading).collect();
    format!("\u{feff}{}\r\n", headings.join(";")).into_bytes()
}

/// What to write under a heading, in the co-op's words, and an example.
#[must_use]
pub const fn help(column: Column) -> (&'static str, &'static str) {
    match column {
        Column::Ordinal => ("Không bắt buộc.", "1"),
        Column::Name => (
            "Bắt buộc. Hộ có nhiều thửa: ghi mỗi thửa một dòng, các dòng sau để trống tên hoặc gộp ô.",
            "Nguyễn Văn Bảy",
        ),
        Column::Phone => ("Nên có: hộ được nhận ra bằng số này khi nạp lại danh sách.", "0912 345 678"),
        Column::Village => ("Nên có, nhất là khi có người trùng tên.", "Thôn Kép 1"),
        Column::Commune => (
            "Bắt buộc. Tên mới hoặc tên trước 1/7/2025 (ghi thêm huyện cũ nếu trùng tên), hoặc mã 5 chữ số.",
            "Hồng Giang, Lục Ngạn",
        ),
        Column::AreaCode => ("Bắt buộc nếu có nhiều vùng trồng.", "VN-BGOR-0123"),
        Column::Plot => ("Nên có khi hộ có nhiều thửa.", "Vườn trên"),
        Column::Size => ("Bắt buộc. Không ghi đơn vị thì là ha; ghi được m2, sào (360 m²), mẫu.", "0,25"),
        Column::Variety => ("Bắt buộc.", "vải thiều Thanh Hà"),
        Column::Trees => ("Không bắt buộc.", "60"),
        Column::Yield => {
            ("Sản lượng cả vụ, để chia mức cho thửa. Không ghi đơn vị thì là kg; ghi được tấn, tạ.", "2500")
        }
        Column::Key => ("Không bắt buộc: 64 ký tự điện thoại của hộ hiện ra. Thêm sau cũng được.", ""),
        Column::Note => ("Không đọc.", ""),
        Column::District | Column::Place => ("", ""),
    }
}
