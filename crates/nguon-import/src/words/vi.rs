//! Tiếng Việt.

use super::{Said, area_unit, grouped, kilograms, listed};
use crate::column::Column as C;
use crate::error::{Error, Measure};
use crate::finding::{Differs, Finding as F, Skipped};
use crate::text::Garbled;
use crate::value::{MassUnit, NameFault, PhoneFault, QuantityFault as Q};

pub(super) const fn column(column: C) -> &'static str {
    match column {
        C::Ordinal => "số thứ tự",
        C::Name => "họ và tên chủ hộ",
        C::Phone => "số điện thoại",
        C::Village => "thôn",
        C::Commune => "xã/phường",
        C::District => "huyện",
        C::Place => "địa chỉ",
        C::AreaCode => "mã số vùng trồng",
        C::Plot => "tên thửa",
        C::Size => "diện tích",
        C::Variety => "giống",
        C::Trees => "số cây",
        C::Yield => "sản lượng dự kiến",
        C::Key => "khóa điện thoại",
        C::Note => "ghi chú",
    }
}

fn number(number: u64) -> String {
    grouped(number, '.')
}

fn quantity(fault: Q, example: &str, show: impl Fn(u64) -> String) -> Said {
    match fault {
        Q::NotANumber => Said::new("Không đọc được con số này.", format!("Ghi số và đơn vị, ví dụ {example}.")),
        Q::NotPositive => {
            Said::new("Số này phải lớn hơn 0.", format!("Ghi lại cho đúng, ví dụ {example}; nếu chưa có thì để trống."))
        }
        Q::Ambiguous(one, other) => Said::new(
            format!("Số này hiểu được hai cách: {} hoặc {}.", show(one), show(other)),
            "Ghi lại không dùng dấu ngăn hàng nghìn.",
        ),
        Q::UnitMissing => {
            Said::new("Không rõ đơn vị là gì.", format!("Ghi đơn vị vào ô hoặc vào tiêu đề cột, ví dụ {example}."))
        }
        Q::TooLarge(value) => {
            Said::new(format!("Số này lớn quá mức có thể: {}.", show(value)), "Xem lại con số và đơn vị.")
        }
    }
}

pub(super) fn finding(finding: &F) -> Said {
    let square_metres = |value: u64| format!("{} m²", number(value));
    match finding {
        F::Missing(of) => Said::new(format!("Thiếu {}.", column(*of)), "Điền vào, rồi nạp lại tệp."),
        F::FailedFormula => Said::new("Công thức trong ô bị lỗi.", "Sửa công thức, hoặc gõ thẳng giá trị vào ô."),
        F::Garbled(Garbled::OldFont) => Said::new(
            "Chữ gõ bằng phông cũ (TCVN3, .VnTime).",
            "Đổi sang Unicode (Unikey: chọn cột, Ctrl+Shift+F6), rồi nạp lại tệp.",
        ),
        F::Garbled(Garbled::Misread) => {
            Said::new("Chữ bị lỗi vì tệp được mở sai bảng mã.", "Lấy lại tệp gốc, hoặc lưu thành .xlsx rồi nạp lại.")
        }
        F::Garbled(Garbled::Lost) => Said::new("Có chữ bị mất, chỉ còn dấu hỏi.", "Gõ lại ô này có dấu đầy đủ."),
        F::TooLong => Said::new("Ô này dài quá.", "Rút ngắn lại, nhiều nhất 120 chữ."),
        F::NotAName(NameFault::Characters) => Said::new(
            "Đây không giống họ tên: có chữ số hoặc ký hiệu.",
            "Ghi họ và tên chủ hộ; số và ghi chú để ở cột khác.",
        ),
        F::NotAName(NameFault::TooShort) => Said::new("Tên này ngắn quá.", "Ghi đủ họ và tên."),
        F::NotAName(NameFault::TooLong) => Said::new("Tên này dài quá.", "Mỗi ô ghi tên một chủ hộ."),
        F::NotAPhone(PhoneFault::Length(digits)) => Said::new(
            format!("Số điện thoại có {digits} chữ số, không đúng độ dài."),
            "Xem lại số: di động có 10 chữ số, bắt đầu bằng 0. Nếu hộ không có điện thoại thì để trống.",
        ),
        F::NotAPhone(PhoneFault::Prefix) => Said::new(
            "Không có mạng nào ở Việt Nam dùng đầu số này.",
            "Xem lại số điện thoại; nếu hộ không có thì để trống.",
        ),
        F::NotAPhone(PhoneFault::Characters) => {
            Said::new("Đây không phải số điện thoại.", "Chỉ ghi chữ số; nếu hộ không có điện thoại thì để trống.")
        }
        F::NotAPhone(PhoneFault::Rounded) => {
            Said::new("Excel đã làm tròn số điện thoại này.", "Định dạng cột là Text (Văn bản), rồi gõ lại số.")
        }
        F::BecameDate => {
            Said::new("Excel đã đổi ô này thành ngày tháng.", "Định dạng ô là Text (Văn bản), rồi gõ lại.")
        }
        F::NotASize(fault) => quantity(*fault, "0,25 ha, 2500 m2 hoặc 7 sào", square_metres),
        F::NotAYield(fault) => quantity(*fault, "2500 kg hoặc 2,5 tấn", kilograms),
        F::NotACount => Said::new("Số cây phải là số nguyên.", "Ghi ví dụ 120; nếu không biết thì để trống."),
        F::NotACode => Said::new(
            "Mã này có ký tự không dùng trong mã số vùng trồng.",
            "Ghi đúng như trong giấy cấp mã, ví dụ VN-BGOR-0123.",
        ),
        F::NotAKey => Said::new(
            "Khóa điện thoại không đúng.",
            "Chép lại 64 ký tự hiện trên điện thoại của hộ, hoặc để trống rồi thêm khóa sau.",
        ),
        F::SharedKey(other) => Said::new(
            format!("Khóa này đã ghi cho một hộ khác ở ô {other}."),
            "Mỗi điện thoại một khóa: xem lại hai ô.",
        ),
        F::MergedNumber => {
            Said::new("Một ô gộp cho nhiều thửa: không rõ mỗi thửa bao nhiêu.", "Bỏ gộp ô và ghi riêng cho từng thửa.")
        }
        F::UnknownCommune(near) if near.is_empty() => Said::new(
            "Không có xã, phường nào tên như vậy ở tỉnh Bắc Ninh (gồm cả Bắc Giang cũ).",
            "Xem lại tên, hoặc ghi mã xã 5 chữ số.",
        ),
        F::UnknownCommune(near) => Said::new(
            "Không có xã, phường nào tên như vậy ở tỉnh Bắc Ninh (gồm cả Bắc Giang cũ).",
            format!("Có phải là {}?", listed(near, "trước là", ", ")),
        ),
        F::AmbiguousCommune(candidates) => Said::new(
            format!("Tên này có {} nơi: {}.", candidates.len(), listed(candidates, "trước là", "; ")),
            "Ghi thêm huyện cũ sau dấu phẩy, hoặc ghi tên mới.",
        ),
        F::UnknownArea(Some(near)) => Said::new("Chưa có vùng trồng nào mang mã này.", format!("Có phải là {near}?")),
        F::UnknownArea(None) => Said::new(
            "Chưa có vùng trồng nào mang mã này.",
            "Xem lại mã. Nếu mã đúng thì ghi nhận vùng trồng trước, rồi nạp lại tệp.",
        ),
        F::NothingAbove => Said::new("Ghi \"như trên\" nhưng phía trên không có gì.", "Điền giá trị vào ô."),
        F::PhoneWithoutName => Said::new(
            "Dòng này có số điện thoại khác mà không có tên.",
            "Nếu là hộ khác thì ghi họ tên; nếu vẫn là hộ ở trên thì bỏ số này.",
        ),
        F::DuplicatePhone(other) => Said::new(
            format!("Số điện thoại này đã ghi cho một người khác ở ô {other}."),
            "Mỗi số một hộ: sửa số sai, hoặc để trống ở một hộ.",
        ),
        F::DuplicateName(other) => Said::new(
            format!("Tên này, ở thôn này, đã có ở ô {other}; không rõ là một hộ hay hai."),
            "Nếu là một hộ thì xếp các dòng liền nhau; nếu là hai người thì ghi số điện thoại, hoặc tên gọi trong ngoặc sau tên.",
        ),
        F::DuplicatePlot(other) => {
            Said::new(format!("Hộ này đã có thửa cùng tên ở ô {other}."), "Đặt tên khác, hoặc xóa dòng thừa.")
        }
        F::DuplicateRow(other) => Said::new(
            format!("Thửa này giống hệt thửa ở ô {other}."),
            "Nếu ghi trùng thì xóa một dòng; nếu là hai thửa thì đặt tên cho từng thửa.",
        ),
        F::AboveCeiling(code, wanted, left) => Said::new(
            format!("Vùng {code}: các thửa xin {}, vùng chỉ còn {}.", kilograms(*wanted), kilograms(*left)),
            "Giảm sản lượng dự kiến, hoặc xin nâng mức của vùng trước.",
        ),
        F::AboveArea(code, wanted, left) => Said::new(
            format!("Vùng {code}: các thửa rộng {}, vùng chỉ còn {}.", square_metres(*wanted), square_metres(*left)),
            "Xem lại diện tích các thửa và diện tích của vùng.",
        ),
        F::NamesAlike(other) => Said::new(
            format!("Có người cùng tên, cùng thôn ở ô {other}, số điện thoại khác: coi là hai hộ."),
            "Nếu là một hộ thì ghi một số điện thoại.",
        ),
        F::UnusualSize(value) => {
            Said::new(format!("Diện tích khác thường: {}.", square_metres(*value)), "Xem lại con số và đơn vị.")
        }
        F::UnusualYield(value) => {
            Said::new(format!("Sản lượng khác thường: {}.", kilograms(*value)), "Xem lại con số và đơn vị.")
        }
        F::HighYield(value) => Said::new(
            format!("Năng suất {} kg/ha: cao hơn vườn vải thường có.", number(*value)),
            "Xem lại diện tích và sản lượng.",
        ),
        F::Tidied => Said::new("Viết lại cho gọn.", ""),
        F::MendedPhone(mended) if mended.first_of_several => Said::new("Có nhiều số, lấy số đầu.", ""),
        F::MendedPhone(mended) if mended.old_prefix => Said::new("Số 11 chữ số cũ, đã đổi sang đầu số mới.", ""),
        F::MendedPhone(_) => Said::new("Đã thêm số 0 ở đầu.", ""),
        F::Chosen => Said::new("Chỉ một cách đọc dấu chấm, phẩy là hợp lý.", ""),
        F::AssumedAreaUnit(unit) => Said::new(format!("Không ghi đơn vị, hiểu là {}.", area_unit(*unit)), ""),
        F::AssumedMassUnit(MassUnit::Tonne) => Said::new("Không ghi đơn vị, hiểu là tấn.", ""),
        F::AssumedMassUnit(_) => Said::new("Không ghi đơn vị, hiểu là kg.", ""),
        F::Rounded => Said::new("Đã làm tròn phần lẻ.", ""),
        F::Renamed(candidate) => Said::new(
            format!("Tên cũ ({}), nay là {}.", candidate.was.as_deref().unwrap_or_default(), candidate.name),
            "",
        ),
        F::SameAsAbove => Said::new("Lấy như ô trên.", ""),
        F::SameHousehold(other) => Said::new(format!("Thêm thửa cho hộ ở ô {other}."), ""),
        F::Known => Said::new("Hộ đã ghi nhận từ trước.", ""),
        F::Differs(what) => differs(what),
        F::RowSkipped(Skipped::Total) => Said::new("Dòng tổng, không đọc.", ""),
        F::RowSkipped(Skipped::Heading) => Said::new("Dòng tiêu đề lặp lại, không đọc.", ""),
        F::RowSkipped(Skipped::Group) => Said::new("Dòng tên thôn, xã cho các hộ bên dưới.", ""),
        F::RowSkipped(Skipped::Footer) => Said::new("Dòng ký tên, không đọc.", ""),
        F::ColumnIgnored => Said::new("Cột này không dùng đến.", ""),
        F::ColumnTwice(of) => Said::new(format!("Cột thứ hai cũng ghi {}, không đọc.", column(*of)), ""),
        F::SheetIgnored => Said::new("Trang tính này không có dòng tiêu đề, không đọc.", ""),
        F::SheetHidden => Said::new("Trang tính bị ẩn, không đọc.", "Nếu cần thì bỏ ẩn trong Excel."),
        F::GuessedEncoding => Said::new(
            "Tệp không phải Unicode, đoán là windows-1258.",
            "Xem kỹ các tên có dấu; nếu sai thì lưu thành .xlsx rồi nạp lại.",
        ),
    }
}

fn differs(what: &Differs) -> Said {
    const KEPT: &str = "Sổ chung giữ như cũ. Nếu sổ sai thì ghi đính chính riêng.";
    match what {
        Differs::Name => Said::new("Số điện thoại này đã ghi nhận với tên khác.", KEPT),
        Differs::Phone => Said::new("Hộ này đã ghi nhận với số điện thoại khác.", KEPT),
        Differs::Area => Said::new("Thửa này đã ghi nhận ở vùng trồng khác.", KEPT),
        Differs::Size(before) => Said::new(format!("Diện tích đã ghi nhận là {} m².", number(before.get())), KEPT),
        Differs::Variety(before) => Said::new(format!("Giống đã ghi nhận là {}.", before.as_str()), KEPT),
        Differs::Yield(before) => Said::new(format!("Mức đã chia cho thửa là {}.", kilograms(before.get())), KEPT),
        Differs::Key => Said::new(
            "Hộ này đã có khóa điện thoại.",
            "Mất máy hay đổi máy: thu hồi khóa cũ và thêm khóa mới ở mục của hộ.",
        ),
    }
}

pub(super) fn error(error: &Error) -> Said {
    match error {
        Error::Empty => Said::new("Tệp trống.", "Chọn lại tệp danh sách."),
        Error::OldExcel => Said::new(
            "Tệp Excel đời cũ (.xls) hoặc có mật khẩu.",
            "Mở bằng Excel, bỏ mật khẩu, chọn Lưu thành (Save As) loại Excel Workbook (.xlsx), rồi nạp lại.",
        ),
        Error::NotATable => Said::new(
            "Đây không phải bảng Excel (.xlsx) hay tệp CSV.",
            "Lưu danh sách thành .xlsx hoặc .csv, rồi nạp lại.",
        ),
        Error::Damaged { part } => Said::new(
            format!("Tệp Excel bị hỏng ({part})."),
            "Mở bằng Excel, lưu lại, rồi nạp lại; hoặc lấy lại tệp gốc.",
        ),
        Error::TooLarge { what, most } => {
            let most = number(u64::try_from(*most).unwrap_or(u64::MAX));
            let what = match what {
                Measure::Bytes => format!("nặng hơn {most} byte"),
                Measure::UnpackedBytes => format!("nặng hơn {most} byte khi mở ra"),
                Measure::Rows => format!("có hơn {most} dòng"),
                Measure::Cells => format!("có hơn {most} ô"),
                Measure::Sheets => format!("có hơn {most} trang tính"),
            };
            Said::new(format!("Tệp quá lớn: {what}."), "Chia thành nhiều tệp, mỗi tệp vài thôn; bỏ hình ảnh.")
        }
        Error::NoHeading { rows } => Said::new(
            format!("Không thấy dòng tiêu đề trong {rows} dòng đầu."),
            "Cần một dòng có \"Họ và tên chủ hộ\" và ít nhất hai cột khác, như trong tệp mẫu.",
        ),
        Error::NoRows => Said::new("Dưới dòng tiêu đề không có hộ nào.", "Điền danh sách, rồi nạp lại tệp."),
    }
}
