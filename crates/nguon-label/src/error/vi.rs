//! The errors in Vietnamese.

use super::{Error, Field};

pub(super) fn tell(error: &Error) -> String {
    match error {
        Error::LinkTooLong(bytes) => format!("Đường dẫn dài {bytes} byte, không vừa một mã QR."),
        Error::Dpi(dpi) => format!("Độ phân giải {dpi} dpi không hợp lệ: chọn từ 72 đến 2400 dpi."),
        Error::Scale(pixels) => format!("{pixels} điểm ảnh một ô không hợp lệ: chọn từ 1 đến 64."),
        Error::Png(_) => "Không ghi được tệp PNG. Hãy thử lại.".into(),
        Error::Pdf(_) => "Không ghi được tệp PDF. Hãy thử lại.".into(),
        Error::Length(text) => format!("“{text}” không phải là độ dài theo mm: hãy viết như 38,1."),
        Error::UnknownPaper(name) => {
            format!(
                "Không có loại giấy tên “{name}”: hãy chọn trong danh sách, hoặc nhập số hàng, số cột và kích thước."
            )
        }
        Error::Grid { columns, rows } => {
            format!("{columns} cột và {rows} hàng không hợp lệ: mỗi tờ có từ 1 đến 50 cột và 1 đến 50 hàng.")
        }
        Error::LabelSize { width, height } => {
            format!("Tem {width} × {height} không hợp lệ: mỗi cạnh từ 10 mm đến 420 mm.")
        }
        Error::OffThePage { needed, page } => {
            format!("Các tem cần {needed}, tờ giấy chỉ có {page}: hãy xem lại kích thước, khe hở và lề.")
        }
        Error::Start { start, labels } => format!("Tờ này không có tem số {start}: chỉ có tem 1 đến {labels}."),
        Error::Shift => "Dịch quá xa, phần in vượt ra ngoài giấy: hãy dịch ít hơn hoặc chừa mép tem rộng hơn.".into(),
        Error::Margin(margin) => format!("Chừa {margin} mỗi bên thì tem không còn chỗ in: hãy chừa ít hơn."),
        Error::ModuleTooSmall(module) => {
            format!("Ô mã QR {module} quá nhỏ, điện thoại không đọc được: chọn ít nhất 0.396 mm, hoặc để trống.")
        }
        Error::ModuleTooLarge(module) => {
            format!("Ô mã QR {module} quá lớn: chọn nhiều nhất 2 mm, hoặc để trống.")
        }
        Error::QuietZone(modules) => {
            format!("Chừa {modules} ô trắng quanh mã QR là quá ít, không đọc được: chừa ít nhất 4 ô.")
        }
        Error::SymbolTooLarge { number, needed, width, height, fits } => format!(
            "Tem số {number}: mã QR kể cả viền trắng cần {needed} × {needed}, tem chỉ còn chỗ in {width} × {height}. {}",
            would_fit(*fits)
        ),
        Error::TextTooLong { number, field, fits } => format!(
            "Tem số {number}: {} không vừa dù in chữ nhỏ nhất (6 pt): hãy viết ngắn hơn. {}",
            name(*field),
            would_fit(*fits)
        ),
        Error::Empty(field) => format!("Chưa ghi {}.", name(*field)),
        Error::FieldLength { field, most } => {
            format!("{} dài quá {most} ký tự: hãy viết ngắn hơn.", capital(name(*field)))
        }
        Error::TooMany { field, most } => format!("Mỗi tem có nhiều nhất {most} {}.", name(*field)),
        Error::Character { field, at, character } => format!(
            "{} có ký tự thứ {at} là “{}”, phông chữ của tem không in được: hãy viết cách khác.",
            capital(name(*field)),
            character.escape_debug()
        ),
        Error::Date { year, month, day } => format!("Không có ngày {day}/{month}/{year}."),
        Error::TooManyLabels(count) => {
            format!("{count} tem là quá nhiều cho một tệp: mỗi lần in nhiều nhất 10.000 tem.")
        }
    }
}

const fn name(field: Field) -> &'static str {
    match field {
        Field::Product => "tên sản phẩm",
        Field::Lot => "số lô",
        Field::Place => "mã số nơi sản xuất",
        Field::Date => "ngày",
        Field::Weight => "khối lượng",
        Field::Note => "dòng chữ thêm",
        Field::ElementString => "dòng mã GTIN, lô và số sê-ri",
        Field::TestPage => "chữ trên trang in thử",
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn would_fit(fits: Option<&'static str>) -> String {
    match fits {
        Some(name) => format!("Giấy {name} thì vừa."),
        None => "Hãy dùng tem lớn hơn hoặc máy in mịn hơn.".into(),
    }
}
