//! What coded values are called, in the words of the trade (spelling: khóa, hóa). A missing translation does not compile.

use nguon_core::event::{
    CoolingMethod, CorrectionReason, InputKind, InspectionPurpose, InspectionResult, RecallReason, Role,
};
use nguon_core::permission::ChainSort;

use crate::facts::Language;

/// One of two.
const fn of(language: Language, vi: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Vi => vi,
        Language::En => en,
    }
}

/// A role; `None`: an actor whose chain is not in the bundle.
pub(crate) const fn role(language: Language, role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Registrar) => of(language, "Đơn vị đăng ký", "Registrar"),
        Some(Role::Farm) => of(language, "Nông hộ", "Household"),
        Some(Role::Collector) => of(language, "Điểm cân", "Collector"),
        Some(Role::PackingHouse) => of(language, "Cơ sở đóng gói", "Packing house"),
        Some(Role::Carrier) => of(language, "Đơn vị vận chuyển", "Carrier"),
        Some(Role::Seller) => of(language, "Người bán", "Seller"),
        Some(Role::Lab) => of(language, "Phòng thử nghiệm", "Laboratory"),
        Some(Role::Inspector) => of(language, "Cán bộ kiểm tra", "Inspector"),
        None => of(language, "Không rõ", "Unknown"),
    }
}

pub(crate) const fn sort(language: Language, sort: ChainSort) -> &'static str {
    match sort {
        ChainSort::GrowingArea => of(language, "Vùng trồng", "Growing area"),
        ChainSort::PackingHouse => of(language, "Cơ sở đóng gói", "Packing house"),
        ChainSort::Plot => of(language, "Thửa", "Plot"),
        ChainSort::Batch => of(language, "Lô hàng", "Batch"),
        ChainSort::Actor => of(language, "Đơn vị", "Party"),
    }
}

pub(crate) const fn input(language: Language, kind: InputKind) -> &'static str {
    match kind {
        InputKind::PlantProtection => of(language, "Thuốc bảo vệ thực vật", "Plant protection"),
        InputKind::Fertilizer => of(language, "Phân bón", "Fertiliser"),
        InputKind::GrowthRegulator => of(language, "Điều hòa sinh trưởng", "Growth regulator"),
    }
}

pub(crate) const fn cooling(language: Language, method: CoolingMethod) -> &'static str {
    match method {
        CoolingMethod::Hydrocooling => of(language, "Làm mát bằng nước đá", "Hydrocooling"),
        CoolingMethod::ForcedAir => of(language, "Thổi khí lạnh", "Forced air"),
        CoolingMethod::Room => of(language, "Kho lạnh", "Cold store"),
        CoolingMethod::Ice => of(language, "Đá trong thùng", "Ice in the box"),
        CoolingMethod::Transport => of(language, "Xe lạnh", "Refrigerated vehicle"),
    }
}

pub(crate) const fn recall(language: Language, reason: RecallReason) -> &'static str {
    match reason {
        RecallReason::PesticideResidue => {
            of(language, "dư lượng thuốc bảo vệ thực vật vượt mức", "pesticide residue above the limit")
        }
        RecallReason::Microbial => of(language, "vi sinh vật gây hại", "harmful microbes"),
        RecallReason::ForeignMatter => of(language, "có vật lạ", "foreign matter"),
        RecallReason::Treatment => {
            of(language, "xử lý hoặc nhiệt độ không đạt", "a treatment or temperature was not kept")
        }
        RecallReason::Mislabelled => of(language, "nhãn ghi sai", "the label says something wrong"),
        RecallReason::QuarantinePest => of(language, "sinh vật gây hại kiểm dịch", "quarantine pests"),
        RecallReason::Other => of(language, "lý do khác", "another reason"),
    }
}

pub(crate) const fn correction(language: Language, reason: CorrectionReason) -> &'static str {
    match reason {
        CorrectionReason::Typing => of(language, "gõ nhầm", "a slip of the finger"),
        CorrectionReason::Weighing => of(language, "cân sai", "weighed wrong"),
        CorrectionReason::Selection => of(language, "chọn nhầm", "the wrong thing was chosen"),
        CorrectionReason::Other => of(language, "lý do khác", "another reason"),
    }
}

pub(crate) const fn inspection(language: Language, result: InspectionResult) -> &'static str {
    match result {
        InspectionResult::Conforms => of(language, "Đạt", "Conforms"),
        InspectionResult::Defects => of(language, "Có lỗi phải khắc phục", "Defects to be mended"),
        InspectionResult::Fails => of(language, "Không đạt", "Fails"),
    }
}

pub(crate) const fn purpose(language: Language, purpose: InspectionPurpose) -> &'static str {
    match purpose {
        InspectionPurpose::Routine => of(language, "Định kỳ", "Routine"),
        InspectionPurpose::Complaint => of(language, "Theo phản ánh", "After a complaint"),
        InspectionPurpose::Export => of(language, "Trước xuất khẩu", "Before export"),
        InspectionPurpose::FollowUp => of(language, "Kiểm tra lại", "Follow-up"),
    }
}

/// What the verifier noted that breaks no rule; a code without words here is shown as it is.
pub(crate) fn note(language: Language, code: &str) -> Option<&'static str> {
    Some(match code {
        "signed_on_behalf" => of(
            language,
            "Hợp tác xã ghi thay cho hộ không có điện thoại.",
            "The co-operative signed for households without a phone.",
        ),
        "label_not_bound" => of(
            language,
            "Mã đã kiểm tra không gắn với hồ sơ của lô.",
            "The code that was checked is not bound to these records.",
        ),
        "lot_only" => of(
            language,
            "Tem chỉ theo lô: chưa xác minh được riêng từng hộp.",
            "Labels name the lot only: no single box is proven.",
        ),
        "part_recalled" => {
            of(language, "Một phần khác của lô này đã bị thu hồi.", "Another part of this lot has been recalled.")
        }
        "corrected" => of(
            language,
            "Có bản ghi đã đính chính; bản gốc vẫn còn trong hồ sơ.",
            "Some records were corrected; the originals remain.",
        ),
        "withheld" => of(
            language,
            "Một số dữ liệu cá nhân không công bố; hồ sơ vẫn kiểm tra được.",
            "Some personal data are withheld; the records verify all the same.",
        ),
        "root_expired" => {
            of(language, "Danh sách cơ quan tin cậy đã hết hạn.", "The list of trusted authorities has expired.")
        }
        "old" => of(language, "Xác nhận của sổ chung đã cũ.", "The log's confirmation is old."),
        "behind" => of(language, "Đã có hồ sơ mới hơn gói này.", "Something newer than this bundle is known."),
        "claimed_time" => of(
            language,
            "Có thời điểm do bên ghi khai mà sổ chung không xác nhận được.",
            "The log cannot vouch for some of the times that signers claim.",
        ),
        "late_application" => of(
            language,
            "Có lần dùng thuốc ghi muộn; thời gian cách ly vẫn được giữ.",
            "An application was recorded late; its interval was kept.",
        ),
        _ => return None,
    })
}
