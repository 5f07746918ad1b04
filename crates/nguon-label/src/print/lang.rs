//! The words that stand before values. A missing translation does not compile.

use super::date::DateKind;
use super::text::PlaceKind;

/// The language of a label's captions. Values are printed as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// How long captions are: where room is short, the abbreviations that packing houses use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Captions {
    Short,
    Full,
}

impl Captions {
    const fn of(self, full: &'static str, short: &'static str) -> &'static str {
        match self {
            Self::Full => full,
            Self::Short => short,
        }
    }
}

/// The words of a test page.
pub(crate) struct TestPage {
    pub ruler: &'static str,
    pub modules: &'static str,
    pub dots: &'static str,
    pub below: &'static str,
    pub least: &'static str,
    pub how: &'static str,
}

impl Lang {
    /// As a PDF names it (BCP 47).
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Before decimals.
    pub(crate) const fn decimal_mark(self) -> char {
        match self {
            Self::Vi => ',',
            Self::En => '.',
        }
    }

    pub(crate) const fn place(self, kind: PlaceKind, captions: Captions) -> &'static str {
        let [full, short] = match (self, kind) {
            (Self::Vi, PlaceKind::GrowingArea) => ["Mã số vùng trồng:", "MSVT:"],
            (Self::Vi, PlaceKind::PackingHouse) => ["Mã số cơ sở đóng gói:", "CSĐG:"],
            (Self::En, PlaceKind::GrowingArea) => ["Growing area code:", "Area:"],
            (Self::En, PlaceKind::PackingHouse) => ["Packing house code:", "House:"],
        };
        captions.of(full, short)
    }

    pub(crate) const fn date(self, kind: DateKind, captions: Captions) -> &'static str {
        let [full, short] = match (self, kind) {
            (Self::Vi, DateKind::Harvested) => ["Ngày thu hoạch:", "Thu hoạch:"],
            (Self::Vi, DateKind::Packed) => ["Ngày đóng gói:", "Đóng gói:"],
            (Self::Vi, DateKind::BestBefore) => ["Dùng tốt nhất trước:", "Tốt nhất trước:"],
            (Self::Vi, DateKind::UseBy) => ["Hạn sử dụng:", "HSD:"],
            (Self::En, DateKind::Harvested) => ["Harvested:", "Harv.:"],
            (Self::En, DateKind::Packed) => ["Packed:", "Packed:"],
            (Self::En, DateKind::BestBefore) => ["Best before:", "BB:"],
            (Self::En, DateKind::UseBy) => ["Use by:", "Use by:"],
        };
        captions.of(full, short)
    }

    pub(crate) const fn lot(self) -> &'static str {
        match self {
            Self::Vi => "Lô:",
            Self::En => "Lot:",
        }
    }

    pub(crate) const fn weight(self, captions: Captions) -> &'static str {
        let [full, short] = match self {
            Self::Vi => ["Khối lượng:", "KL:"],
            Self::En => ["Net weight:", "Net:"],
        };
        captions.of(full, short)
    }

    /// The test page's.
    pub(crate) const fn test_page(self) -> &'static TestPage {
        match self {
            Self::Vi => &VI,
            Self::En => &EN,
        }
    }
}

const VI: TestPage = TestPage {
    ruler: "Thước 100 mm: đặt thước thật lên. Nếu lệch, hãy in lại với cỡ 100 % (không chọn “vừa trang giấy”).",
    modules: "Cỡ ô mã QR trên máy in này: quét thử bằng điện thoại rẻ nhất đang có.",
    dots: "chấm",
    below: "dưới mức cho phép",
    least: "nhỏ nhất được in",
    how: "Khung nét đứt là vị trí từng tem: áp tờ này lên tờ tem trống, soi ra ánh sáng. Nếu lệch, hãy chỉnh phần dịch ngang, dịch dọc.",
};

const EN: TestPage = TestPage {
    ruler: "100 mm: lay a real ruler on it. If it is off, print again at 100 % (not “fit to page”).",
    modules: "QR module sizes of this printer: try them with the cheapest phone there is.",
    dots: "dots",
    below: "below the limit",
    least: "the smallest that is printed",
    how: "The broken frames are the labels' places: hold this page behind an empty sheet against the light. If they are off, shift the print.",
};
