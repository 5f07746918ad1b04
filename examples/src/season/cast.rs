//! Who takes part. Communes are real (Tỉnh Bắc Ninh, since 2025-07-01 the home of Bắc Giang's orchards); persons and
//! companies are invented, and telephone numbers begin with a country code followed by zeros so that nobody is called.

use nguon_core::event::{EventName, Role};

use super::calendar::{Moment, moment};
use super::error::{Result, SeasonError};

/// An organisation of the season.
pub(super) struct Company {
    /// Its name among the season's chains.
    pub(super) id: &'static str,
    pub(super) role: Role,
    pub(super) name: &'static str,
    pub(super) phone: &'static str,
    /// Commune of its seat, if that is in Tỉnh Bắc Ninh.
    pub(super) commune: Option<&'static str>,
    /// GS1 Company Prefix, under which it labels.
    pub(super) prefix: Option<&'static str>,
    pub(super) may: &'static [EventName],
}

pub(super) const TRADE: &[EventName] = &[
    EventName::Opened,
    EventName::Received,
    EventName::Packed,
    EventName::Repacked,
    EventName::Drawn,
    EventName::Shipped,
    EventName::Cooled,
    EventName::Treated,
    EventName::LabelsIssued,
    EventName::Aggregated,
    EventName::Listed,
    EventName::Sold,
    EventName::Lost,
    EventName::Disposed,
    EventName::Recalled,
    EventName::Corrected,
    EventName::Reattested,
];
/// The online seller's at first: it repacks only from June on.
const SELL: &[EventName] = &[
    EventName::Opened,
    EventName::Received,
    EventName::Packed,
    EventName::Drawn,
    EventName::Shipped,
    EventName::Listed,
    EventName::Sold,
    EventName::Recalled,
    EventName::Corrected,
];
const WEIGH: &[EventName] = &[
    EventName::Opened,
    EventName::Harvested,
    EventName::Received,
    EventName::Drawn,
    EventName::Shipped,
    EventName::Lost,
    EventName::Disposed,
    EventName::Recalled,
    EventName::Corrected,
];

/// GS1 prefix 952 is set aside for examples.
pub(super) const COMPANIES: &[Company] = &[
    Company {
        id: "coop",
        role: Role::Registrar,
        name: "HTX Vải thiều Lục Ngạn (mẫu)",
        phone: "+84000000101",
        commune: Some("07525"),
        prefix: Some("9521234"),
        may: EventName::ALL,
    },
    Company {
        id: "early-coop",
        role: Role::Registrar,
        name: "HTX Vải sớm Phúc Hòa (mẫu)",
        phone: "+84000000102",
        commune: Some("07330"),
        prefix: Some("9525678"),
        may: EventName::ALL,
    },
    Company {
        id: "packer",
        role: Role::PackingHouse,
        name: "Công ty TNHH Đóng gói Nông sản Chũ (mẫu)",
        phone: "+84000000103",
        commune: Some("07525"),
        prefix: Some("9529876"),
        may: TRADE,
    },
    Company {
        id: "carrier",
        role: Role::Carrier,
        name: "Công ty CP Vận tải lạnh Kinh Bắc (mẫu)",
        phone: "+84000000104",
        commune: Some("07210"),
        prefix: None,
        may: &[EventName::Received, EventName::Cooled],
    },
    Company {
        id: "seller",
        role: Role::Seller,
        name: "Cửa hàng trực tuyến Vườn Vải (mẫu)",
        phone: "+84000000105",
        commune: Some("07339"),
        prefix: Some("9524321"),
        may: SELL,
    },
    Company {
        id: "shop-one",
        role: Role::Seller,
        name: "Siêu thị Sao Mai, chi nhánh Cầu Giấy (mẫu)",
        phone: "+84000000106",
        commune: None,
        prefix: None,
        may: TRADE,
    },
    Company {
        id: "shop-two",
        role: Role::Seller,
        name: "Siêu thị Sao Mai, chi nhánh Hồng Bàng (mẫu)",
        phone: "+84000000107",
        commune: None,
        prefix: None,
        may: TRADE,
    },
    Company {
        id: "importer",
        role: Role::Seller,
        name: "Đầu mối nhập khẩu Bằng Tường (mẫu)",
        phone: "+86000000108",
        commune: None,
        prefix: None,
        may: TRADE,
    },
    Company {
        id: "lab",
        role: Role::Lab,
        name: "Trung tâm Phân tích dư lượng miền Bắc (mẫu)",
        phone: "+84000000109",
        commune: Some("07210"),
        prefix: None,
        may: &[EventName::LabResult, EventName::Certified, EventName::Corrected],
    },
    Company {
        id: "inspector",
        role: Role::Inspector,
        name: "Tổ chức chứng nhận VietGAP (mẫu)",
        phone: "+84000000110",
        commune: Some("07210"),
        prefix: None,
        may: &[EventName::Inspected, EventName::Certified, EventName::Corrected],
    },
    Company {
        id: "collector",
        role: Role::Collector,
        name: "Điểm cân Hồng Phát, Phường Chũ (mẫu)",
        phone: "+84000000111",
        commune: Some("07525"),
        prefix: None,
        may: WEIGH,
    },
    Company {
        id: "importer-au",
        role: Role::Seller,
        name: "Nhà nhập khẩu Melbourne (mẫu)",
        phone: "+61000000112",
        commune: None,
        prefix: None,
        may: TRADE,
    },
];

/// A growing area under a code.
pub(super) struct Area {
    pub(super) id: &'static str,
    pub(super) coop: &'static str,
    pub(super) code: &'static str,
    /// Who issued the code, and for which market.
    pub(super) issuer: &'static str,
    pub(super) market: &'static str,
    pub(super) commune: &'static str,
    pub(super) area_m2: u64,
    pub(super) variety: &'static str,
    /// Kilograms that the whole area can yield this season: 10 to 11 t/ha, as communes report them.
    pub(super) ceiling_kg: u64,
    pub(super) certificate: &'static str,
    pub(super) crop: Crop,
}

/// When an orchard ripens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Crop {
    /// Vải sớm: picked from the last third of May.
    Early,
    /// Chính vụ: picked from the second third of June to mid-July.
    Main,
}

pub(super) const MAIN: &str = "vải thiều Thanh Hà chính vụ";
pub(super) const U_HONG: &str = "vải sớm U hồng";
pub(super) const U_TRUNG: &str = "vải sớm U trứng";

/// Codes have the shape of those for China (`VN-BGOR 001`), with a number and an ending that none of them has.
pub(super) const AREAS: &[Area] = &[
    Area {
        id: "area/chu",
        coop: "coop",
        code: "VN-BGOR-901-MAU",
        issuer: "GACC",
        market: "CN",
        commune: "07525",
        area_m2: 210_000,
        variety: MAIN,
        ceiling_kg: 220_000,
        certificate: "VietGAP-MAU-26-0901",
        crop: Crop::Main,
    },
    Area {
        id: "area/luc-ngan",
        coop: "coop",
        code: "VN-BGOR-902-MAU",
        issuer: "GACC",
        market: "CN",
        commune: "07582",
        area_m2: 185_000,
        variety: MAIN,
        ceiling_kg: 194_000,
        certificate: "VietGAP-MAU-26-0902",
        crop: Crop::Main,
    },
    Area {
        id: "area/kien-lao",
        coop: "coop",
        code: "VN-BGOR-903-MAU",
        issuer: "GACC",
        market: "CN",
        commune: "07552",
        area_m2: 155_000,
        variety: MAIN,
        ceiling_kg: 163_000,
        certificate: "VietGAP-MAU-26-0903",
        crop: Crop::Main,
    },
    Area {
        id: "area/nam-duong",
        coop: "coop",
        code: "VN-BGOR-904-MAU",
        issuer: "GACC",
        market: "CN",
        commune: "07603",
        area_m2: 205_000,
        variety: MAIN,
        ceiling_kg: 215_000,
        certificate: "VietGAP-MAU-26-0904",
        crop: Crop::Main,
    },
    Area {
        id: "area/phuc-hoa",
        coop: "early-coop",
        code: "VN-BGOR-905-MAU",
        issuer: "TTBVTV-MAU",
        market: "VN",
        commune: "07330",
        area_m2: 250_000,
        variety: U_HONG,
        ceiling_kg: 275_000,
        certificate: "VietGAP-MAU-26-0905",
        crop: Crop::Early,
    },
];

/// A household and its one plot.
pub(super) struct Household {
    pub(super) id: &'static str,
    /// Name of the plot's chain.
    pub(super) plot: &'static str,
    pub(super) name: &'static str,
    /// `None`: without a phone, the co-op signs for it.
    pub(super) phone: Option<&'static str>,
    pub(super) area: &'static str,
    pub(super) plot_m2: u64,
    pub(super) trees: u64,
    pub(super) variety: &'static str,
    /// 1e-7 degrees.
    pub(super) place: (i64, i64),
    pub(super) allotted_kg: u64,
}

macro_rules! household {
    ($id:literal, $name:literal, $phone:expr, $area:literal, $m2:literal m2, $trees:literal trees, $variety:ident, $place:expr, $kg:literal kg) => {
        Household {
            id: $id,
            plot: concat!($id, "/plot"),
            name: $name,
            phone: $phone,
            area: $area,
            plot_m2: $m2,
            trees: $trees,
            variety: $variety,
            place: $place,
            allotted_kg: $kg,
        }
    };
}

#[rustfmt::skip]
pub(super) const HOUSEHOLDS: &[Household] = &[
    household!("hung", "Giáp Văn Hùng", Some("+84000000201"), "area/chu", 9_000 m2, 240 trees, MAIN, (213_905_214, 1_065_903_718), 9_500 kg),
    household!("lan", "Nguyễn Thị Lan", Some("+84000000202"), "area/chu", 6_500 m2, 170 trees, MAIN, (214_012_655, 1_065_478_120), 6_800 kg),
    household!("thang", "Vi Văn Thắng", Some("+84000000203"), "area/luc-ngan", 12_000 m2, 310 trees, MAIN, (213_815_402, 1_066_602_931), 12_600 kg),
    household!("quyet", "Trần Văn Quyết", Some("+84000000204"), "area/luc-ngan", 7_200 m2, 190 trees, MAIN, (213_698_770, 1_066_410_085), 7_400 kg),
    household!("mai", "Lý Thị Mai", Some("+84000000205"), "area/kien-lao", 10_000 m2, 260 trees, MAIN, (214_310_096, 1_065_731_444), 10_500 kg),
    household!("dung", "Bế Văn Dũng", Some("+84000000206"), "area/kien-lao", 5_400 m2, 140 trees, MAIN, (214_187_523, 1_065_689_307), 5_500 kg),
    household!("suu", "Hoàng Thị Sửu", None, "area/nam-duong", 4_800 m2, 125 trees, MAIN, (213_204_918, 1_065_807_266), 4_900 kg),
    household!("nam", "Hoàng Văn Nam", Some("+84000000208"), "area/nam-duong", 8_400 m2, 220 trees, MAIN, (213_051_137, 1_066_020_554), 8_800 kg),
    household!("khanh", "Vũ Đình Khánh", Some("+84000000209"), "area/chu", 7_000 m2, 180 trees, MAIN, (213_760_483, 1_065_390_829), 7_200 kg),
    household!("lien", "Ngô Văn Liên", Some("+84000000210"), "area/phuc-hoa", 8_000 m2, 205 trees, U_HONG, (213_604_771, 1_061_702_390), 9_200 kg),
    household!("thu", "Dương Thị Thu", Some("+84000000211"), "area/phuc-hoa", 6_000 m2, 150 trees, U_TRUNG, (213_588_042, 1_061_815_617), 6_000 kg),
    household!("tuan", "Nguyễn Văn Tuấn", Some("+84000000212"), "area/phuc-hoa", 7_500 m2, 195 trees, U_HONG, (213_641_359, 1_061_633_508), 8_500 kg),
    household!("binh", "Đặng Thị Bình", None, "area/nam-duong", 5_200 m2, 135 trees, MAIN, (213_127_690, 1_065_911_052), 5_300 kg),
    household!("phuong", "Thân Thị Phượng", Some("+84000000214"), "area/phuc-hoa", 5_000 m2, 130 trees, U_HONG, (213_570_218, 1_061_760_945), 5_600 kg),
];

/// A plot that another household works from some day on.
pub(super) struct PassedOn {
    pub(super) from: &'static Household,
    pub(super) to: &'static str,
    pub(super) when: Moment,
}

/// In May an old farmer's plot goes to her neighbour.
pub(super) const PASSED_ON: PassedOn = PassedOn { from: &HOUSEHOLDS[12], to: "nam", when: moment(5, 4, 9, 0) };

/// The organisation of this name.
pub(super) fn company(id: &str) -> Result<&'static Company> {
    COMPANIES.iter().find(|company| company.id == id).ok_or_else(|| SeasonError::Unknown(id.to_owned()))
}

/// The growing area of this name.
pub(super) fn area(id: &str) -> Result<&'static Area> {
    AREAS.iter().find(|area| area.id == id).ok_or_else(|| SeasonError::Unknown(id.to_owned()))
}

/// The household of this name.
pub(super) fn household(id: &str) -> Result<&'static Household> {
    HOUSEHOLDS.iter().find(|household| household.id == id).ok_or_else(|| SeasonError::Unknown(id.to_owned()))
}
