//! The passport as a page of its own: no script, nothing fetched, so that it can be mailed, kept and printed.

use std::collections::BTreeSet;

use nguon_core::event::EventName;
use nguon_label::Label;

use super::{Passport, Warning};
use crate::facts::{Language, MissingGroup, Producer, StageView, When, kilograms};
use crate::words::recall;

const STYLE: &str = include_str!("page.css");

impl Passport {
    /// An HTML page in Vietnamese, with English beside the verdict.
    #[must_use]
    pub fn to_html(&self) -> String {
        let name = escape(&self.product_name);
        let mut page = format!(
            "<!doctype html>\n<html lang=\"vi\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>Hộ chiếu số: {name}</title>\n<style>{STYLE}</style>\n<main>\n\
             <p class=\"kind\">Hộ chiếu số của sản phẩm · Nghị định 37/2026/NĐ-CP, Điều 32</p>\n<h1>{name}</h1>\n"
        );
        page.push_str(&self.verdict_block());
        for (heading, content) in [
            ("Nhận dạng", self.identity()),
            ("Cảnh báo an toàn", self.warning_list()),
            ("Tổ chức, cá nhân sản xuất, kinh doanh", self.people()),
            ("Xuất xứ", self.origin()),
            ("Truy xuất nguồn gốc", self.journey()),
            ("Chứng nhận", self.papers()),
            ("Còn thiếu", self.lacking()),
        ] {
            if !content.is_empty() {
                page.push_str(&format!("<section>\n<h2>{heading}</h2>\n{content}</section>\n"));
            }
        }
        page.push_str("</main>\n</html>\n");
        page
    }

    fn verdict_block(&self) -> String {
        let class = match (self.verdict.is_verified(), self.verdict.holds()) {
            (true, _) => "valid",
            (false, true) => "unproven",
            (false, false) => "bad",
        };
        let as_of = self.verdict.as_of.map_or_else(
            || "Chưa có thời điểm nào được xác nhận đầy đủ.".to_owned(),
            |time| format!("Đầy đủ tính đến {}.", super::told(When::vietnam(time))),
        );
        let judged = super::told(When::vietnam(self.verdict.judged_at));
        let [vi, en] = &self.verdict_words;
        format!(
            "<section class=\"verdict {class}\">\n<p class=\"said\">{}</p>\n<p lang=\"en\">{}</p>\n\
             <p>{as_of} Kiểm tra lúc {judged}.</p>\n<p class=\"small\">Trang này chép lại kết quả kiểm tra. Ai cũng có thể tự kiểm \
             tra bằng mã QR trên hộp.</p>\n</section>\n",
            escape(vi),
            escape(en)
        )
    }

    fn identity(&self) -> String {
        let symbol = self.link.as_ref().and_then(|link| Label::new(link.parse().ok()?).ok());
        let harvested = self.harvested.as_ref().map(|(first, last)| days(first, last));
        let rows = [
            ("GTIN", self.gtin.clone()),
            ("Lô", self.lot.clone()),
            ("Mã lô hàng", Some(self.batch.to_string())),
            ("Khối lượng", Some(format!("{} kg", vietnamese(&kilograms(self.grams))))),
            ("Ngày thu hoạch", harvested),
            ("Ngày đóng gói", self.packed.as_deref().map(day_first)),
            ("Địa chỉ trang kiểm tra", self.link.clone()),
        ];
        symbol.map(|symbol| svg(&symbol)).unwrap_or_default() + &list(rows)
    }

    fn warning_list(&self) -> String {
        if self.warnings.is_empty() {
            return "<p>Không có cảnh báo nào trong hồ sơ.</p>\n".to_owned();
        }
        let words = self.warnings.iter().map(|warning| match warning {
            Warning::Recalled { reason, at } => format!("Bị thu hồi ({at}): {}.", recall(Language::Vi, *reason)),
            Warning::AboveLimit { analyte, report, ug_per_kg, limit_ug_per_kg } => format!(
                "{analyte}: {} mg/kg, vượt mức cho phép {} mg/kg (phiếu {report}).",
                vietnamese(&kilograms(*ug_per_kg)),
                vietnamese(&kilograms(*limit_ug_per_kg)),
            ),
        });
        items("warnings", words)
    }

    /// Households whose names are withheld stand together: one line each would say nothing.
    fn people(&self) -> String {
        let (unnamed, named): (Vec<&Producer>, Vec<&Producer>) =
            self.producers.iter().partition(|producer| producer.name.is_none());
        let mut rows: Vec<Vec<String>> = named
            .iter()
            .map(|producer| {
                let id = producer.gln.clone().unwrap_or_else(|| short(producer));
                let address = producer.address.clone().unwrap_or_else(|| "(chưa ghi)".to_owned());
                vec![producer.name.clone().unwrap_or_default(), address, id]
            })
            .collect();
        if !unnamed.is_empty() {
            let addresses: BTreeSet<&str> = unnamed.iter().filter_map(|producer| producer.address.as_deref()).collect();
            let ids: Vec<String> = unnamed.iter().map(|producer| short(producer)).collect();
            let who = format!("{} bên không công bố tên (nông hộ)", unnamed.len());
            rows.push(vec![who, addresses.into_iter().collect::<Vec<_>>().join("; "), ids.join(", ")]);
        }
        table(&["Tên", "Địa chỉ", "Mã định danh"], rows.into_iter())
    }

    fn origin(&self) -> String {
        let areas = self.growing_areas.iter().map(|area| {
            ("Vùng trồng", Some(format!("{} {} ({}), {}", area.issuer, area.code, area.market, area.commune)))
        });
        let country = [("Nước", Some("Việt Nam".to_owned()))];
        list(country.into_iter().chain(areas).chain([("Nơi hoàn thiện", self.finished_at.clone())]))
    }

    /// What was applied on the plots unfolds: a lot of many households has hundreds.
    fn journey(&self) -> String {
        let (applied, stages): (Vec<&StageView>, Vec<&StageView>) =
            self.stages.iter().partition(|stage| stage.stage == EventName::InputApplied.as_str());
        let mut journey = stage_table(&stages);
        if let (Some(first), Some(last)) = (applied.first(), applied.last()) {
            let days = days(first.at.get(..10).unwrap_or_default(), last.at.get(..10).unwrap_or_default());
            let count = applied.len();
            journey.push_str(&format!(
                "<details>\n<summary>Chăm sóc, dùng thuốc hoặc phân bón: {count} lần, {days}</summary>\n{}</details>\n",
                stage_table(&applied)
            ));
        }
        journey
    }

    fn papers(&self) -> String {
        if self.certificates.is_empty() {
            return "<p>Không có chứng nhận nào trong hồ sơ.</p>\n".to_owned();
        }
        let rows = self
            .certificates
            .iter()
            .map(|one| vec![one.scheme.clone(), one.number.clone(), days(&one.from, &one.until)]);
        table(&["Chứng nhận", "Số", "Hiệu lực"], rows)
    }

    fn lacking(&self) -> String {
        if self.missing.is_empty() {
            return String::new();
        }
        items("missing", MissingGroup::of(&self.missing).iter().map(|group| group.line(Language::Vi)))
    }
}

fn stage_table(stages: &[&StageView]) -> String {
    let rows = stages.iter().map(|stage| {
        let (day, clock) = (stage.at.get(..10).unwrap_or_default(), stage.at.get(11..16).unwrap_or_default());
        let behalf = if stage.signed_on_behalf { " (ghi thay hộ)" } else { "" };
        let corrected = if stage.corrected { " (đã đính chính)" } else { "" };
        vec![
            format!("{} {clock}", day_first(day)),
            format!("{}{behalf}{corrected}", stage.name_vi),
            stage.party.clone().unwrap_or_else(|| "Cơ quan quản lý".to_owned()),
            stage.place_code.clone().unwrap_or_default(),
            stage.grams.map(|grams| vietnamese(&kilograms(grams))).unwrap_or_default(),
        ]
    });
    table(&["Thời gian", "Công đoạn", "Đơn vị", "Nơi", "kg"], rows)
}

fn short(producer: &Producer) -> String {
    producer.actor.to_string().chars().take(8).collect()
}

fn list(rows: impl IntoIterator<Item = (&'static str, Option<String>)>) -> String {
    let row = |(name, value): (&str, Option<String>)| {
        let value = value.map_or_else(|| "(chưa ghi)".to_owned(), |value| escape(&value));
        format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n")
    };
    let rows: String = rows.into_iter().map(row).collect();
    format!("<dl>\n{rows}</dl>\n")
}

fn items(class: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| format!("<li>{}</li>\n", escape(&line))).collect();
    format!("<ul class=\"{class}\">\n{lines}</ul>\n")
}

/// The last column of a table whose last heading is a unit holds numbers.
fn table(headings: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let numbers = headings.last() == Some(&"kg");
    let class = |at: usize| if numbers && at + 1 == headings.len() { " class=\"number\"" } else { "" };
    let head: String = headings
        .iter()
        .enumerate()
        .map(|(at, heading)| format!("<th scope=\"col\"{}>{heading}</th>", class(at)))
        .collect();
    let row = |row: Vec<String>| {
        let cells: String = row
            .iter()
            .enumerate()
            .map(|(at, text)| format!("<td{} data-h=\"{}\">{}</td>", class(at), headings[at], escape(text)))
            .collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = rows.map(row).collect();
    format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
}

/// What came from records is anybody's words.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// `2026-06-12` as `12/06/2026`.
fn day_first(day: &str) -> String {
    let parts: Vec<&str> = day.split('-').rev().collect();
    parts.join("/")
}

fn days(first: &str, last: &str) -> String {
    if first == last { day_first(first) } else { format!("{} – {}", day_first(first), day_first(last)) }
}

/// A decimal as Vietnamese writes it: `1234.5` as `1.234,5`.
fn vietnamese(decimal: &str) -> String {
    let (whole, part) = decimal.split_once('.').unwrap_or((decimal, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    if part.is_empty() { grouped } else { format!("{grouped},{part}") }
}

/// The symbol with its quiet zone, in modules.
fn svg(symbol: &Label) -> String {
    let side = symbol.modules();
    let path: String = symbol.runs().map(|(x, y, width)| format!("M{x} {y}h{width}v1h-{width}z")).collect();
    format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"Mã QR dẫn đến trang kiểm tra\" viewBox=\"0 0 {side} {side}\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_here() {
        assert_eq!(vietnamese("1234.5"), "1.234,5");
        assert_eq!(vietnamese("12345678"), "12.345.678");
        assert_eq!(vietnamese("0.02"), "0,02");
    }

    #[test]
    fn nothing_of_a_record_becomes_markup() {
        let escaped = escape("<img src=x onerror=\"alert('1')\">&");
        assert_eq!(escaped, "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
    }
}
