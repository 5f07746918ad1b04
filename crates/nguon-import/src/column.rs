//! The columns of a list of households, and the headings under which they are found.

use crate::text::fold;
use crate::value::{AreaUnit, MassUnit, Unit as _};

/// What a column tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Số thứ tự: not read, but known.
    Ordinal,
    /// Họ và tên chủ hộ.
    Name,
    /// Số điện thoại.
    Phone,
    /// Thôn, xóm, tổ dân phố.
    Village,
    /// Xã, phường, thị trấn: as named now or before July 2025.
    Commune,
    /// Huyện of before July 2025: it tells communes of one name apart.
    District,
    /// Village, commune and district in one cell.
    Place,
    /// Mã số vùng trồng.
    AreaCode,
    /// Tên thửa.
    Plot,
    /// Diện tích.
    Size,
    /// Giống.
    Variety,
    /// Số cây.
    Trees,
    /// Sản lượng dự kiến.
    Yield,
    /// The public key of the household's phone.
    Key,
    /// Ghi chú: not read.
    Note,
}

use Column as C;

/// Every column, in the order of the template.
pub const COLUMNS: [Column; 15] = [
    C::Ordinal,
    C::Name,
    C::Phone,
    C::Village,
    C::Commune,
    C::District,
    C::Place,
    C::AreaCode,
    C::Plot,
    C::Size,
    C::Variety,
    C::Trees,
    C::Yield,
    C::Key,
    C::Note,
];

impl Column {
    /// Its heading in the template, if the template has it.
    #[must_use]
    pub const fn heading(self) -> Option<&'static str> {
        Some(match self {
            C::Ordinal => "Số thứ tự",
            C::Name => "Họ và tên chủ hộ",
            C::Phone => "Số điện thoại",
            C::Village => "Thôn",
            C::Commune => "Xã/phường",
            C::AreaCode => "Mã số vùng trồng",
            C::Plot => "Tên thửa",
            C::Size => "Diện tích (ha)",
            C::Variety => "Giống",
            C::Trees => "Số cây",
            C::Yield => "Sản lượng dự kiến (kg)",
            C::Key => "Khóa điện thoại",
            C::Note => "Ghi chú",
            C::District | C::Place => return None,
        })
    }

    /// Other headings of it, folded.
    const fn aliases(self) -> &'static [&'static str] {
        match self {
            C::Ordinal => &["so thu tu", "stt", "tt", "so tt", "no"],
            C::Name => &[
                "ho va ten chu ho",
                "ho ten chu ho",
                "ten chu ho",
                "chu ho",
                "ho va ten",
                "ho ten",
                "ten ho",
                "ho dan",
                "nong ho",
                "ten nong ho",
                "ho va ten nong dan",
                "ten chu vuon",
                "chu vuon",
                "ho va ten chu vuon",
                "ho ten nguoi trong",
                "ho va ten ho trong",
                "ten ho trong",
                "ho trong",
                "nguoi san xuat",
                "ten ho san xuat",
                "ho san xuat",
                "ten thanh vien",
                "thanh vien",
                "ho va ten thanh vien",
                "ho ten thanh vien",
                "ten xa vien",
                "xa vien",
                "ho va ten xa vien",
                "household",
                "farmer",
                "farmer name",
                "name",
                "full name",
            ],
            C::Phone => &[
                "so dien thoai",
                "dien thoai",
                "sdt",
                "so dt",
                "dt",
                "di dong",
                "so di dong",
                "so may",
                "dien thoai lien he",
                "so dien thoai lien he",
                "sdt lien he",
                "lien he",
                "phone",
                "mobile",
                "telephone",
                "zalo",
                "so zalo",
                "dt di dong",
            ],
            C::Village => &[
                "thon",
                "xom",
                "ban",
                "thon xom",
                "thon ban",
                "thon ban tdp",
                "thon tdp",
                "thon to dan pho",
                "to dan pho",
                "tdp",
                "thon khu pho",
                "khu pho",
                "khu",
                "lang",
                "ten thon",
                "village",
                "thon xom ban",
                "xom thon",
                "thon ban to dan pho",
            ],
            C::Commune => &[
                "xa phuong",
                "xa",
                "phuong",
                "xa phuong thi tran",
                "xa thi tran",
                "phuong xa",
                "ten xa",
                "ma xa",
                "xa phuong tt",
                "ma xa phuong",
                "commune",
                "ward",
                "don vi hanh chinh",
                "xa moi",
                "ten xa phuong",
                "xa phuong dac khu",
            ],
            C::District => &[
                "huyen",
                "quan huyen",
                "huyen thi xa",
                "huyen thanh pho",
                "huyen thi",
                "huyen tp",
                "huyen cu",
                "district",
                "huyen thi xa thanh pho",
                "thanh pho huyen",
            ],
            C::Place => &[
                "dia chi",
                "noi o",
                "cho o",
                "dia chi thuong tru",
                "thuong tru",
                "ho khau",
                "dia chi ho",
                "address",
                "noi cu tru",
            ],
            C::AreaCode => &[
                "ma so vung trong",
                "ma vung trong",
                "msvt",
                "ma so vt",
                "mvt",
                "ma so vung",
                "ma vung",
                "puc",
                "ma puc",
                "ma so vung trong puc",
                "growing area",
                "growing area code",
                "ma so vung trong msvt",
            ],
            C::Plot => &[
                "ten thua",
                "thua",
                "thua so",
                "so thua",
                "ten vuon",
                "vuon",
                "ma thua",
                "ten thua dat",
                "thua dat",
                "lo thua",
                "ten lo",
                "lo",
                "ky hieu thua",
                "so hieu thua",
                "plot",
                "plot name",
                "thua vuon",
                "xu dong",
                "ten xu dong",
            ],
            C::Size => &[
                "dien tich",
                "dt trong",
                "dien tich trong",
                "dien tich thua",
                "tong dien tich",
                "dien tich vuon",
                "dien tich vai",
                "dien tich canh tac",
                "dien tich san xuat",
                "dien tich trong vai",
                "area",
                "size",
                "d tich",
            ],
            C::Variety => &[
                "giong",
                "giong vai",
                "ten giong",
                "loai giong",
                "giong cay",
                "giong cay trong",
                "chung loai",
                "loai cay",
                "variety",
                "giong trong",
                "loai vai",
                "chung loai giong",
            ],
            C::Trees => &["so cay", "so luong cay", "tong so cay", "so goc", "trees", "cay"],
            C::Yield => &[
                "san luong du kien",
                "san luong",
                "du kien san luong",
                "sl du kien",
                "slg du kien",
                "san luong uoc tinh",
                "uoc san luong",
                "san luong uoc",
                "sl",
                "san luong uoc dat",
                "san luong dang ky",
                "yield",
                "expected yield",
                "nang suat san luong",
                "san luong nam nay",
            ],
            C::Key => {
                &["khoa dien thoai", "ma khoa", "khoa", "ma khoa dien thoai", "khoa cong khai", "public key", "key"]
            }
            C::Note => &["ghi chu", "ghi chep", "note", "notes", "chu thich", "chu y"],
        }
    }

    /// Whether it tells of the household rather than of a plot.
    #[must_use]
    pub const fn is_household(self) -> bool {
        matches!(self, C::Name | C::Phone | C::Village | C::Commune | C::District | C::Place | C::Key)
    }

    /// Whether it tells of a plot.
    #[must_use]
    pub const fn is_plot(self) -> bool {
        matches!(self, C::AreaCode | C::Plot | C::Size | C::Variety | C::Trees | C::Yield)
    }
}

/// A heading that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// What its column tells.
    pub column: Column,
    /// The unit it names, of a [`Column::Size`].
    pub size: Option<AreaUnit>,
    /// The unit it names, of a [`Column::Yield`].
    pub mass: Option<MassUnit>,
}

/// Reads a heading: `Diện tích (m²)`, `SĐT`, `HỌ VÀ TÊN CHỦ HỘ`, `San luong du kien - tan`.
#[must_use]
pub fn heading(text: &str) -> Option<Heading> {
    let folded = fold(text);
    if folded.is_empty() || folded.len() > 80 {
        return None;
    }
    let words: Vec<&str> = folded.split(' ').collect();
    // A year or a unit may stand behind the name, and a bracket's words as well.
    for count in (1..=words.len()).rev() {
        let (front, behind) = words.split_at(count);
        let Some(column) = named(&front.join(" ")) else { continue };
        let whole = behind.is_empty();
        let (size, mass) =
            (behind.iter().find_map(|word| AreaUnit::of(word)), behind.iter().find_map(|word| MassUnit::of(word)));
        let bracketed = text.contains(['(', '[', '\n', ',', '-', ':', '/']);
        let only_years = behind
            .iter()
            .all(|word| word.parse::<u16>().is_ok_and(|year| (2000..2100).contains(&year)) || *word == "nam");
        let unit = size.filter(|_| column == C::Size).is_some() || mass.filter(|_| column == C::Yield).is_some();
        // "Ghi chú của cán bộ" is still a note; "Tên thửa ruộng mượn" could be anything, unless its end stands apart.
        if whole || unit || only_years || bracketed || column == C::Note {
            return Some(Heading {
                column,
                size: size.filter(|_| column == C::Size),
                mass: mass.filter(|_| column == C::Yield),
            });
        }
        return None;
    }
    None
}

fn named(folded: &str) -> Option<Column> {
    COLUMNS.into_iter().find(|column| column.aliases().contains(&folded))
}

/// A row under the headings that only names units (`(ha)`, `kg`), or only counts columns (`(1) (2) (3)`).
#[must_use]
pub fn unit_of(text: &str) -> Option<Heading> {
    let folded = fold(text);
    let size = AreaUnit::of(&folded).map(|unit| Heading { column: C::Size, size: Some(unit), mass: None });
    size.or_else(|| MassUnit::of(&folded).map(|unit| Heading { column: C::Yield, size: None, mass: Some(unit) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_however_they_are_typed() {
        for (typed, column) in [
            ("STT", C::Ordinal),
            ("HỌ VÀ TÊN\nCHỦ HỘ", C::Name),
            ("Ho ten chu ho", C::Name),
            ("Họ tên", C::Name),
            ("SĐT", C::Phone),
            ("Số ĐT (Zalo)", C::Phone),
            ("Thôn/bản/TDP", C::Village),
            ("Xã, phường, thị trấn", C::Commune),
            ("Địa chỉ", C::Place),
            ("MSVT", C::AreaCode),
            ("Mã số vùng trồng (PUC)", C::AreaCode),
            ("Sản lượng dự kiến 2026", C::Yield),
            ("Diện tích trồng vải", C::Size),
            ("Giống vải", C::Variety),
            ("Ghi chú của HTX", C::Note),
        ] {
            assert_eq!(heading(typed).map(|heading| heading.column), Some(column), "{typed}");
        }
        for unknown in ["", "Ngày sinh", "CMND/CCCD", "Tên thửa ruộng mượn", "1", "Nguyễn Văn Bảy"] {
            assert_eq!(heading(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn headings_name_units() {
        for (typed, unit) in [
            ("Diện tích (ha)", Some(AreaUnit::Hectare)),
            ("Diện tích (m²)", Some(AreaUnit::SquareMetre)),
            ("DIEN TICH (sao)", Some(AreaUnit::Sao)),
            ("Diện tích", None),
        ] {
            assert_eq!(heading(typed).unwrap().size, unit, "{typed}");
        }
        for (typed, unit) in
            [("Sản lượng (tấn)", Some(MassUnit::Tonne)), ("Sản lượng dự kiến - kg", Some(MassUnit::Kilogram))]
        {
            assert_eq!(heading(typed).unwrap().mass, unit, "{typed}");
        }
    }

    #[test]
    fn no_two_columns_share_a_heading() {
        let mut seen = std::collections::BTreeMap::new();
        for column in COLUMNS {
            for alias in column.aliases() {
                assert_eq!(fold(alias), *alias, "aliases are folded");
                assert_eq!(seen.insert(alias, column), None, "{alias}");
            }
            if let Some(own) = column.heading() {
                assert_eq!(heading(own).map(|heading| heading.column), Some(column), "{own}");
            }
        }
    }
}
