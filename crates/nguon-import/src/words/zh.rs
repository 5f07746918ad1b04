//! 中文（简体）.

use super::{Said, area_unit, grouped, listed};
use crate::column::Column as C;
use crate::error::{Error, Measure};
use crate::finding::{Differs, Finding as F, Skipped};
use crate::text::Garbled;
use crate::value::{MassUnit, NameFault, PhoneFault, QuantityFault as Q};

pub(super) const fn column(column: C) -> &'static str {
    match column {
        C::Ordinal => "序号",
        C::Name => "户主姓名",
        C::Phone => "电话号码",
        C::Village => "村",
        C::Commune => "乡/坊",
        C::District => "县",
        C::Place => "地址",
        C::AreaCode => "种植区代码",
        C::Plot => "地块名称",
        C::Size => "面积",
        C::Variety => "品种",
        C::Trees => "棵数",
        C::Yield => "预计产量",
        C::Key => "手机密钥",
        C::Note => "备注",
    }
}

fn number(number: u64) -> String {
    grouped(number, ',')
}

fn kilograms(grams: u64) -> String {
    let part = format!("{:03}", grams % 1000);
    let part = part.trim_end_matches('0');
    let whole = number(grams / 1000);
    if part.is_empty() { format!("{whole} 公斤") } else { format!("{whole}.{part} 公斤") }
}

fn quantity(fault: Q, example: &str, show: impl Fn(u64) -> String) -> Said {
    match fault {
        Q::NotANumber => Said::new("无法读出这个数字。", format!("请写数字和单位，例如 {example}。")),
        Q::NotPositive => Said::new("这个数必须大于 0。", format!("请改正，例如 {example}；没有就留空。")),
        Q::Ambiguous(one, other) => {
            Said::new(format!("这个数有两种读法：{} 或 {}。", show(one), show(other)), "请不要用千位分隔符。")
        }
        Q::UnitMissing => Said::new("单位不明。", format!("请在单元格或列标题中写明单位，例如 {example}。")),
        Q::TooLarge(value) => Said::new(format!("数值过大：{}。", show(value)), "请核对数字和单位。"),
    }
}

pub(super) fn finding(finding: &F) -> Said {
    let square_metres = |value: u64| format!("{} 平方米", number(value));
    match finding {
        F::Missing(of) => Said::new(format!("缺少{}。", column(*of)), "请填写后重新载入文件。"),
        F::FailedFormula => Said::new("单元格中的公式出错。", "请改正公式，或直接输入数值。"),
        F::Garbled(Garbled::OldFont) => {
            Said::new("用旧字体（TCVN3、.VnTime）输入。", "请转换为 Unicode（Unikey：Ctrl+Shift+F6）后重新载入。")
        }
        F::Garbled(Garbled::Misread) => {
            Said::new("文字乱码：文件以错误的编码打开过。", "请取原文件，或另存为 .xlsx 后重新载入。")
        }
        F::Garbled(Garbled::Lost) => Said::new("有字母丢失，只剩问号。", "请重新输入此单元格。"),
        F::TooLong => Said::new("内容过长。", "请缩短到 120 个字符以内。"),
        F::NotAName(NameFault::Characters) => {
            Said::new("不像姓名：含有数字或符号。", "只写姓名；号码和备注写在其他列。")
        }
        F::NotAName(NameFault::TooShort) => Said::new("姓名过短。", "请写全名。"),
        F::NotAName(NameFault::TooLong) => Said::new("姓名过长。", "每格只写一户。"),
        F::NotAPhone(PhoneFault::Length(digits)) => {
            Said::new(format!("电话号码有 {digits} 位，位数不对。"), "手机号为 10 位，以 0 开头；没有电话就留空。")
        }
        F::NotAPhone(PhoneFault::Prefix) => Said::new("越南没有这个号段。", "请核对号码；没有电话就留空。"),
        F::NotAPhone(PhoneFault::Characters) => Said::new("这不是电话号码。", "只写数字；没有电话就留空。"),
        F::NotAPhone(PhoneFault::Rounded) => Said::new("Excel 把号码取整了。", "请把该列设为文本格式后重新输入。"),
        F::BecameDate => Said::new("Excel 把它变成了日期。", "请把单元格设为文本格式后重新输入。"),
        F::NotASize(fault) => quantity(*fault, "0.25 ha、2500 m2 或 7 sào", square_metres),
        F::NotAYield(fault) => quantity(*fault, "2500 kg 或 2.5 tấn（吨）", kilograms),
        F::NotACount => Said::new("棵数必须是整数。", "例如 120；不知道就留空。"),
        F::NotACode => Said::new("种植区代码中没有这样的字符。", "请按证书填写，例如 VN-BGOR-0123。"),
        F::NotAKey => Said::new("手机密钥不正确。", "请抄写手机显示的 64 个字符，或留空以后再加。"),
        F::SharedKey(other) => {
            Said::new(format!("单元格 {other} 已把此密钥给了另一户。"), "一部手机一个密钥：请核对两处。")
        }
        F::MergedNumber => Said::new("几块地共用一个合并单元格。", "请取消合并，分别填写。"),
        F::UnknownCommune(near) if near.is_empty() => {
            Said::new("北宁省（含原北江省）没有这个乡、坊。", "请核对名称，或写五位代码。")
        }
        F::UnknownCommune(near) => {
            Said::new("北宁省（含原北江省）没有这个乡、坊。", format!("是不是 {}？", listed(near, "原", "、")))
        }
        F::AmbiguousCommune(candidates) => Said::new(
            format!("有 {} 处同名：{}。", candidates.len(), listed(candidates, "原", "；")),
            "请在逗号后写上原县名，或写新名称。",
        ),
        F::UnknownArea(Some(near)) => Said::new("没有登记过此代码的种植区。", format!("是不是 {near}？")),
        F::UnknownArea(None) => Said::new("没有登记过此代码的种植区。", "请核对代码；如无误，请先登记种植区。"),
        F::NothingAbove => Said::new("写了“同上”，但上面没有内容。", "请填写此单元格。"),
        F::PhoneWithoutName => Said::new("此行没有姓名，却有另一个电话号码。", "如是另一户，请写姓名；否则删去号码。"),
        F::DuplicatePhone(other) => {
            Said::new(format!("单元格 {other} 的另一户已用此号码。"), "一户一号：请改正，或留空一个。")
        }
        F::DuplicateName(other) => Said::new(
            format!("单元格 {other} 有同村同名的人，不知是否同一户。"),
            "同一户请把各行排在一起；两户请写电话号码，或在姓名后加括号写别名。",
        ),
        F::DuplicatePlot(other) => Said::new(format!("该户在 {other} 已有同名地块。"), "请改名，或删去多余的行。"),
        F::DuplicateRow(other) => {
            Said::new(format!("此行与 {other} 完全相同。"), "重复请删去一行；若是两块地，请分别命名。")
        }
        F::AboveCeiling(code, wanted, left) => Said::new(
            format!("种植区 {code}：各地块需要 {}，只剩 {}。", kilograms(*wanted), kilograms(*left)),
            "请降低预计产量，或先申请提高上限。",
        ),
        F::AboveArea(code, wanted, left) => Said::new(
            format!("种植区 {code}：各地块共 {}，只剩 {}。", square_metres(*wanted), square_metres(*left)),
            "请核对地块面积和种植区面积。",
        ),
        F::NamesAlike(other) => {
            Said::new(format!("{other} 有同村同名的人，号码不同：按两户处理。"), "若是一户，请写同一个号码。")
        }
        F::UnusualSize(value) => Said::new(format!("面积异常：{}。", square_metres(*value)), "请核对数字和单位。"),
        F::UnusualYield(value) => Said::new(format!("产量异常：{}。", kilograms(*value)), "请核对数字和单位。"),
        F::HighYield(value) => {
            Said::new(format!("每公顷 {} 公斤，高于一般果园。", number(*value)), "请核对面积和产量。")
        }
        F::Tidied => Said::new("已整理写法。", ""),
        F::MendedPhone(mended) if mended.first_of_several => Said::new("有多个号码，取第一个。", ""),
        F::MendedPhone(mended) if mended.old_prefix => Said::new("2018 年以前的 11 位号码，已换成新号段。", ""),
        F::MendedPhone(_) => Said::new("已补上开头的 0。", ""),
        F::Chosen => Said::new("标点只有一种读法合理。", ""),
        F::AssumedAreaUnit(unit) => Said::new(format!("没有单位，按 {} 处理。", area_unit(*unit)), ""),
        F::AssumedMassUnit(MassUnit::Tonne) => Said::new("没有单位，按吨处理。", ""),
        F::AssumedMassUnit(_) => Said::new("没有单位，按公斤处理。", ""),
        F::Rounded => Said::new("已四舍五入。", ""),
        F::Renamed(candidate) => {
            Said::new(format!("原{}，现为{}。", candidate.was.as_deref().unwrap_or_default(), candidate.name), "")
        }
        F::SameAsAbove => Said::new("同上一格。", ""),
        F::SameHousehold(other) => Said::new(format!("{other} 那一户的另一块地。"), ""),
        F::Known => Said::new("此前已登记。", ""),
        F::Differs(what) => differs(what),
        F::RowSkipped(Skipped::Total) => Said::new("合计行，不读取。", ""),
        F::RowSkipped(Skipped::Heading) => Said::new("重复的标题行，不读取。", ""),
        F::RowSkipped(Skipped::Group) => Said::new("以下各户的村或乡。", ""),
        F::RowSkipped(Skipped::Footer) => Said::new("签名行，不读取。", ""),
        F::ColumnIgnored => Said::new("此列不使用。", ""),
        F::ColumnTwice(of) => Said::new(format!("第二个“{}”列，不读取。", column(*of)), ""),
        F::SheetIgnored => Said::new("此工作表没有标题行，不读取。", ""),
        F::SheetHidden => Said::new("此工作表被隐藏，不读取。", "需要时请在 Excel 中取消隐藏。"),
        F::GuessedEncoding => {
            Said::new("不是 Unicode，按 windows-1258 读取。", "请核对姓名；如有错，请另存为 .xlsx 后重新载入。")
        }
    }
}

fn differs(what: &Differs) -> Said {
    const KEPT: &str = "已登记的保持不变；若登记有误，请另作更正。";
    match what {
        Differs::Name => Said::new("此号码已以另一姓名登记。", KEPT),
        Differs::Phone => Said::new("该户已以另一号码登记。", KEPT),
        Differs::Area => Said::new("此地块已登记在另一种植区。", KEPT),
        Differs::Size(before) => Said::new(format!("已登记的面积为 {} 平方米。", number(before.get())), KEPT),
        Differs::Variety(before) => Said::new(format!("已登记的品种为 {}。", before.as_str()), KEPT),
        Differs::Yield(before) => Said::new(format!("已分配的数量为 {}。", kilograms(before.get())), KEPT),
        Differs::Key => Said::new("该户已有手机密钥。", "丢失或更换手机时，请撤销旧密钥并添加新密钥。"),
    }
}

pub(super) fn error(error: &Error) -> Said {
    match error {
        Error::Empty => Said::new("文件为空。", "请重新选择名单。"),
        Error::OldExcel => {
            Said::new("旧版 Excel 文件（.xls）或有密码。", "请用 Excel 打开，去掉密码，另存为 .xlsx 后重新载入。")
        }
        Error::NotATable => Said::new("不是 Excel 工作簿（.xlsx）或 CSV 文件。", "请把名单存为 .xlsx 或 .csv。"),
        Error::Damaged { part } => {
            Said::new(format!("工作簿已损坏（{part}）。"), "请用 Excel 打开并重新保存，或取原文件。")
        }
        Error::TooLarge { what, most } => {
            let most = number(u64::try_from(*most).unwrap_or(u64::MAX));
            let what = match what {
                Measure::Bytes => "字节",
                Measure::UnpackedBytes => "字节（解压后）",
                Measure::Rows => "行",
                Measure::Cells => "单元格",
                Measure::Sheets => "工作表",
            };
            Said::new(format!("文件过大：超过 {most} {what}。"), "请分成几个文件，并去掉图片。")
        }
        Error::NoHeading { rows } => Said::new(
            format!("前 {rows} 行中没有标题行。"),
            "需要一行写有“Họ và tên chủ hộ”和至少另外两列，如模板所示。",
        ),
        Error::NoRows => Said::new("标题行下没有农户。", "请填写名单后重新载入。"),
    }
}
