//! The template as a workbook: telephone numbers keep their 0, and a second sheet says what to write.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::{headings, help};
use crate::column::Column;

/// The workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the template could not be written: {0}")]
pub struct Problem(#[from] XlsxError);

/// Rows whose cells are text from the start, so that typing a telephone number keeps its 0.
const PREPARED: u32 = 2_000;

/// Writes it; the same bytes every time.
pub fn workbook() -> Result<Vec<u8>, Problem> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("Danh sách hộ và thửa").set_creation_datetime(&made));
    let head =
        Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter).set_background_color("#DFF0D8");
    let text = Format::new().set_num_format("@");
    let list = workbook.add_worksheet();
    list.set_name("Danh sách")?.set_freeze_panes(1, 0)?.set_row_height(0, 34)?;
    for ((column, heading), at) in headings().zip(0_u16..) {
        list.write_string_with_format(0, at, heading, &head)?;
        list.set_column_width(at, width(column))?;
        if matches!(column, Column::Phone | Column::Plot | Column::AreaCode | Column::Key) {
            for row in 1..=PREPARED {
                list.write_blank(row, at, &text)?;
            }
        }
    }
    let advice = workbook.add_worksheet();
    advice.set_name("Hướng dẫn")?.set_column_width(0, 28)?.set_column_width(1, 90)?.set_column_width(2, 28)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (row, (title, at)) in ["Cột", "Cách ghi", "Ví dụ"].into_iter().zip(0_u16..).map(|pair| (0, pair)) {
        advice.write_string_with_format(row, at, title, &head)?;
    }
    for ((column, heading), row) in headings().zip(1_u32..) {
        let (how, example) = help(column);
        for (words, at) in [heading, how, example].into_iter().zip(0_u16..) {
            advice.write_string_with_format(row, at, words, &wrapped)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

const fn width(column: Column) -> f64 {
    match column {
        Column::Ordinal | Column::Trees => 8.0,
        Column::Name | Column::Commune | Column::Key => 26.0,
        Column::Phone | Column::Village | Column::AreaCode | Column::Plot | Column::Variety => 18.0,
        _ => 14.0,
    }
}
