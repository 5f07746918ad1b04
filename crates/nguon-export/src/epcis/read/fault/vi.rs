//! The faults in Vietnamese.

use super::{FaultKind, KeyError, TimeError};

pub(super) fn tell(kind: &FaultKind) -> String {
    match kind {
        FaultKind::TooLong(found, most) => format!("Tệp dài {found} byte, chỉ đọc được {most} byte: hãy gửi thành nhiều phần."),
        FaultKind::Syntax { line, column, .. } => format!("Từ dòng {line}, cột {column} không còn là JSON: hãy xuất lại tệp."),
        FaultKind::TooDeep(most) => format!("Có hơn {most} lớp dữ liệu lồng nhau, phần sau chưa được đọc."),
        FaultKind::TooManyEvents(most) => format!("Có hơn {most} sự kiện: hãy gửi thành nhiều phần."),
        FaultKind::DuplicateField => "Trường này có hai lần.".into(),
        FaultKind::UnknownField => {
            "Tiêu chuẩn không có trường này ở đây: trường riêng phải có tiền tố được giải thích trong @context.".into()
        }
        FaultKind::UnknownPrefix => "@context không giải thích tiền tố của trường này.".into(),
        FaultKind::Missing(field) => format!("Thiếu {field}."),
        FaultKind::Expected(what) => format!("Giá trị không đúng kiểu: cần {}.", expected(what)),
        FaultKind::NoContext => {
            "@context không nêu ngữ cảnh của tiêu chuẩn: https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld.".into()
        }
        FaultKind::DocumentType => "Cần EPCISDocument, EPCISQueryDocument hoặc một sự kiện EPCIS 2.0.".into(),
        FaultKind::SchemaVersion(found) => format!("Phiên bản “{found}”, chỉ đọc được 2.0."),
        FaultKind::EventType => "EPCIS 2.0 không có loại sự kiện này.".into(),
        FaultKind::Time(error) => time(*error).into(),
        FaultKind::Uri => "Không phải URI, ví dụ đúng: https://id.gs1.org/414/9521234000006.".into(),
        FaultKind::Key(error) => key(error),
        FaultKind::Term(word) => format!("“{word}” không có trong bộ từ vựng CBV và cũng không phải URI."),
        FaultKind::Action => "Cần ADD, OBSERVE hoặc DELETE.".into(),
        FaultKind::Unit(unit) => format!("Không biết đơn vị “{unit}”: hãy dùng mã UN/ECE Rec. 20, ví dụ KGM."),
        FaultKind::Digits => "Số có hơn 18 chữ số.".into(),
        FaultKind::NotPositive => "Số phải lớn hơn 0.".into(),
        FaultKind::NotWhole => "Không ghi đơn vị thì là số đếm, phải là số nguyên.".into(),
        FaultKind::Repeated => "Mục này đã có trong danh sách.".into(),
        FaultKind::NoObjects(fields) => format!("Sự kiện không nêu đối tượng nào: cần {fields}."),
        FaultKind::IlmdWithoutAdd => "ilmd chỉ dùng khi đối tượng được tạo ra: hành động ADD, hoặc sự kiện chuyển đổi.".into(),
        FaultKind::MoreOut { inputs, outputs } => format!("Đầu ra {outputs} g nhiều hơn đầu vào {inputs} g."),
        FaultKind::Boxes { boxes, grams_per_box, grams } => {
            format!("{boxes} thùng, mỗi thùng {grams_per_box} g, không bằng {grams} g.")
        }
        FaultKind::EventIdTaken(index) => format!("Sự kiện số {index} trong tệp này đã có mã đó."),
        FaultKind::EventHash => "Mã là giá trị băm của một sự kiện khác: nội dung đã bị thay đổi sau khi tạo mã.".into(),
        FaultKind::UnknownBatch => "Không có lô nào mang tên này: hãy mở lô trước, hoặc sửa lại tên.".into(),
        FaultKind::SeveralBatches(count) => format!("Có {count} lô cùng số lô này: ghi rõ lô nào bằng nguon:chain."),
        FaultKind::NoBatch => "Không rõ nhập vào lô nào: ghi rõ bằng nguon:chain.".into(),
        FaultKind::UnknownPlace => "Không biết địa điểm này.".into(),
        FaultKind::UnknownParty => "Không biết bên này.".into(),
        FaultKind::NoDestination => "Không rõ hàng vào lô nào của bên nhận: ghi rõ bằng nguon:to.".into(),
        FaultKind::NoSource => "Không rõ thu hoạch từ thửa nào: ghi rõ bằng nguon:inputs.".into(),
        FaultKind::Mass => "Cần khối lượng là số gam nguyên, ít nhất 1 g.".into(),
        FaultKind::OneQuantity(found) => format!("Cần đúng một khối lượng ở đây, có {found}."),
        FaultKind::NoBoxes => {
            "Không rõ số thùng và khối lượng mỗi thùng: thêm số đếm không đơn vị, hoặc nguon:boxes và nguon:gramsPerBox.".into()
        }
        FaultKind::Inputs { listed, told } => format!("nguon:inputs cộng lại {told} g, còn danh sách là {listed} g."),
        FaultKind::TooManyInputs => "Mỗi bản ghi có nhiều nhất 200 nguồn: hãy tách sự kiện.".into(),
        FaultKind::Sscc => "Cần mã SSCC.".into(),
        FaultKind::NoCarrier => {
            "Không rõ ai vận chuyển: thêm bên loại possessing_party vào destinationList, hoặc nguon:carrier.".into()
        }
        FaultKind::Record(_) => "Giá trị này không ghi được vào hồ sơ: có thể quá dài hoặc có ký tự lạ.".into(),
        FaultKind::Early => "Thời điểm trước năm 1970.".into(),
    }
}

fn expected(what: &str) -> &str {
    match what {
        "text" => "chữ",
        "a number" => "số",
        "a list" => "danh sách",
        "an object" => "đối tượng JSON",
        "true or false" => "true hoặc false",
        "hexadecimal digits" => "chữ số thập lục phân",
        other => other,
    }
}

const fn time(error: TimeError) -> &'static str {
    match error {
        TimeError::Form => "Không phải thời điểm, ví dụ đúng: 2026-06-01T08:30:00+07:00.",
        TimeError::Calendar => "Không có ngày hoặc giờ như vậy.",
        TimeError::NoOffset => "Thời điểm thiếu múi giờ: thêm Z hoặc +07:00.",
        TimeError::Offset => "Múi giờ phải có dạng +07:00, nhiều nhất 14 giờ.",
    }
}

fn key(error: &KeyError) -> String {
    match error {
        KeyError::Gs1(error) => format!("Mã GS1 không hợp lệ, có thể sai số kiểm tra ({error})."),
        KeyError::Scheme(_) => "Mã không đúng dạng của loại mã này.".into(),
        KeyError::Name => "Tên ni:///sha-256; phải có 43 ký tự base64url theo sau.".into(),
    }
}
