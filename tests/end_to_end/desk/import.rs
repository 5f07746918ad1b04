//! The list that the co-op has: previewed, mended in place, signed as a whole, and harmless a second time.

use nguon_tests::browser::{Browser, Look};

use super::super::farm_tasks::ground::apart;
use super::ground::{CODE, Ground, at_the_desk};
use super::{KEEPS_SAVED, all_sent, choose_file, decoded, part, press, show, type_into};

/// As such lists come: titles above the headings, columns in an order of their own, names in capitals, telephone numbers that lost
/// their zero, several units, "nt", a household's second plot without its name, a row of sums; and three cells that are wrong.
fn messy() -> Vec<u8> {
    let rows = [
        "HỢP TÁC XÃ LỤC NGẠN;;;;;;;;".to_owned(),
        "DANH SÁCH HỘ TRỒNG VẢI NĂM 2026;;;;;;;;".to_owned(),
        "STT;Họ tên chủ hộ;SĐT;Thôn;Xã;Mã vùng trồng;Diện tích;Giống;Sản lượng (kg)".to_owned(),
        format!("1;NGUYỄN VĂN BẢY;912345601;Kép 1;Hồng Giang;{CODE};0,25 ha;vải thiều;1.200"),
        format!(";;;;;{CODE};2.500 m2;vải U hồng;1.100"),
        format!("2;Trần Thị Ánh;0912 345 602;nt;nt;{CODE};7 sào;vải thiều;1.500"),
        format!("3;Đỗ Đình Đức;09123;Kép 2;Hồng Giang;{CODE};0,3 ha;vải thiều;900"),
        format!("4;Lê Văn Tám;0912.345.604;Kép 2;Hồng Giang;{CODE};nhiều;vải thiều;950"),
        format!("5;Phạm Thị Nở;0912345605;Kép 2;xã Không Có;{CODE};0,4 ha;vải thiều;1.700"),
        "Tổng;;;;;;1,7 ha;;7.350".to_owned(),
    ];
    rows.join("\n").into_bytes()
}

/// The same kind of list as Excel writes it: titles over merged cells, numbers as numbers, formulas with the sum that Excel showed,
/// Vietnamese in single marks as a Mac types it, a sheet of notes beside it; two cells that are wrong.
fn workbook() -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    use rust_xlsxwriter::{Format, Formula, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("DS 2026")?;
    sheet.merge_range(0, 0, 0, 8, "HỢP TÁC XÃ LỤC NGẠN", &Format::new().set_bold())?;
    sheet.merge_range(1, 0, 1, 8, "Danh sách hộ trồng vải năm 2026", &Format::new())?;
    let head = [
        "STT",
        "Họ và tên",
        "Điện thoại",
        "Thôn",
        "Xã",
        "Mã số vùng trồng",
        "Diện tích (ha)",
        "Giống",
        "Sản lượng (kg)",
    ];
    for (column, name) in (0..).zip(head) {
        sheet.write(3, column, name)?;
    }
    let names =
        ["NGUYỄN VĂN BẢY", "Tra\u{302}\u{300}n Thi\u{323} A\u{301}nh", "Đỗ Đình Đức", "Lê Văn Tám", "Phạm Thị Nở"];
    let phones = [912_345_601_u32, 912_345_602, 9_123, 912_345_604, 912_345_605];
    for (row, (name, phone)) in (4..).zip(names.into_iter().zip(phones)) {
        sheet.write(row, 0, row - 3)?.write(row, 1, name)?.write(row, 2, phone)?.write(row, 3, "Kép 1")?;
        sheet.write(row, 4, "Hồng Giang")?.write(row, 5, CODE)?.write(row, 6, 0.25)?.write(row, 7, "vải thiều")?;
        sheet.write(row, 8, 1_200)?;
    }
    sheet.write_formula(7, 6, Formula::new("=0.2+0.15").set_result("0.35"))?;
    sheet.write(8, 6, "nhiều")?;
    sheet.write(9, 1, "Tổng")?;
    sheet.write_formula(9, 8, Formula::new("=SUM(I5:I9)").set_result("6000"))?;
    let notes = book.add_worksheet().set_name("Ghi chú")?;
    notes.write(0, 0, "Danh sách do anh Ba lập, còn thiếu xóm dưới")?;
    book.save_to_buffer()
}

async fn choose(page: &Browser, name: &str, bytes: &[u8]) {
    let kind = if name.ends_with(".xlsx") {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    } else {
        "text/csv"
    };
    choose_file(page, "list", name, kind, bytes).await;
    page.until("document.getElementById('count')").await;
}

#[test]
fn a_messy_list_is_mended_in_place_signed_whole_and_signs_nothing_a_second_time() {
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |page| {
        let coop = at_the_desk(page, &mut ground).await;
        show(page, "desk-empty").await;
        part(page, "#desk/nhap").await;
        choose(page, "ho-2026.csv", &messy()).await;
        // Each bad cell is told by its address, and nothing can be signed.
        let places = page.texts("#bad .d-place").await;
        assert_eq!(places, ["C7", "G8", "E9"], "{}", page.text("#bad").await);
        assert!(page.text("#count").await.contains("5 hộ"));
        assert_eq!(page.text_of("String(document.getElementById('sign').disabled)").await, "true");
        show(page, "desk-import-bad").await;
        for (cell, text) in [("C7", "0912 345 603"), ("G8", "0,35 ha"), ("E9", "Hồng Giang")] {
            type_into(page, &format!("mend-{cell}"), text).await;
            press(page, &format!(".d-mend:has(#mend-{cell}) button")).await;
            page.until(&format!("!document.getElementById('mend-{cell}')")).await;
        }
        page.until("!document.getElementById('sign').disabled").await;
        show(page, "desk-import-clean").await;
        press(page, "#sign").await;
        page.until("document.getElementById('signed')").await;
        all_sent(page).await;
        show(page, "desk-import-signed").await;
        let households = apart(|| ground.households(&coop.coop)).await;
        assert_eq!(households.len(), 5);
        let plots: usize = households.iter().map(|one| one["plots"].as_array().map_or(0, Vec::len)).sum();
        assert_eq!(plots, 6);
        let allotted: u64 = households
            .iter()
            .flat_map(|one| one["plots"].as_array().cloned().unwrap_or_default())
            .flat_map(|plot| plot["seasons"].as_array().cloned().unwrap_or_default())
            .filter_map(|season| season["allotted_g"].as_u64())
            .sum();
        assert_eq!(allotted, 7_350_000);
        // The same file again, mended likewise, registers nobody twice.
        let mended = String::from_utf8(messy())
            .expect("text")
            .replace("09123;", "0912345603;")
            .replace("nhiều", "0,35 ha")
            .replace("xã Không Có", "Hồng Giang");
        choose(page, "ho-2026.csv", mended.as_bytes()).await;
        page.until("document.getElementById('nothing-new')").await;
        assert_eq!(page.text_of("String(document.getElementById('sign').disabled)").await, "true");
        // The list knows them by name, without marks.
        part(page, "#desk/ho").await;
        page.until("document.querySelectorAll('.d-list tbody th a').length === 5").await;
        type_into(page, "search", "duc").await;
        page.until("document.querySelectorAll('.d-list tbody th a').length === 1").await;
        assert_eq!(page.text(".d-list tbody th a").await, "Đỗ Đình Đức");
        type_into(page, "search", "").await;
        show(page, "desk-households").await;
        let complaints = page.complaints().await;
        assert!(complaints.iter().all(|one| one.contains("404")), "{complaints:?}");
    });
}

/// A name like those of the place; each of the first five hundred another one.
fn named(n: usize) -> String {
    let given = ["Bảy", "Ánh", "Đức", "Tám", "Nở", "Hòa", "Thắng", "Vượng", "Tuyết", "Út"][n % 10];
    let middle = ["Văn", "Thị", "Đình", "Hữu", "Ngọc"][n / 10 % 5];
    let family = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"][n / 50 % 10];
    format!("{family} {middle} {given}")
}

#[test]
fn a_messy_workbook_is_mended_in_place_and_signed_whole() {
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |page| {
        let coop = at_the_desk(page, &mut ground).await;
        part(page, "#desk/nhap").await;
        // Who has no list yet is given one; as long as nothing is filled in, it is read and that is said.
        page.value(KEEPS_SAVED).await;
        press(page, "#template").await;
        page.until("window.saved.length").await;
        let template = decoded(&page.text_of("btoa(window.saved[0])").await);
        assert!(template.starts_with(b"PK"), "a workbook");
        choose_file(page, "list", "mau-danh-sach-ho.xlsx", "", &template).await;
        page.until("document.querySelector('.band.alert')?.textContent.includes('không có hộ nào')").await;
        choose(page, "Danh sách hộ 2026.xlsx", &workbook().expect("a workbook")).await;
        let places = page.texts("#bad .d-place").await;
        let cells: Vec<&str> = places.iter().map(|place| place.rsplit('!').next().unwrap_or_default()).collect();
        assert_eq!(cells, ["C7", "G9"], "{}", page.text("#bad").await);
        assert!(page.text("#count").await.contains("5 hộ"), "{}", page.text("#count").await);
        show(page, "desk-workbook-bad").await;
        for (end, text) in [("C7", "0912345603"), ("G9", "0,4")] {
            let id = page.text_of(&format!("document.querySelector('#bad input[id$=\"{end}\"]').id")).await;
            type_into(page, &id, text).await;
            press(page, &format!(".d-mend:has([id={id:?}]) button")).await;
            page.until(&format!("!document.getElementById({id:?})")).await;
        }
        press(page, "#sign").await;
        page.until("document.getElementById('signed')").await;
        all_sent(page).await;
        let households = apart(|| ground.households(&coop.coop)).await;
        let plots: Vec<_> =
            households.iter().flat_map(|one| one["plots"].as_array().cloned().unwrap_or_default()).collect();
        let mut sizes: Vec<u64> = plots.iter().filter_map(|plot| plot["area_m2"].as_u64()).collect();
        sizes.sort_unstable();
        assert_eq!((households.len(), sizes), (5, vec![2_500, 2_500, 2_500, 3_500, 4_000]));
        // A name typed in single marks is found as every other.
        part(page, "#desk/ho").await;
        type_into(page, "search", "anh tran").await;
        page.until("document.querySelector('.d-list tbody th a')?.textContent === 'Trần Thị Ánh'").await;
    });
}

#[test]
fn five_thousand_rows_are_previewed_while_the_page_answers() {
    let list: String = ["Họ tên;SĐT;Thôn;Xã;Mã vùng trồng;Diện tích (ha);Giống;Sản lượng (kg)".to_owned()]
        .into_iter()
        .chain((0..5_000).map(|n| {
            format!("{};09{:08};Kép {};Hồng Giang;{CODE};0,15;vải thiều;800", named(n), 10_000_000 + n * 7_919, n / 500)
        }))
        .collect::<Vec<_>>()
        .join("\n");
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |page| {
        at_the_desk(page, &mut ground).await;
        part(page, "#desk/nhap").await;
        page.until("document.getElementById('list')").await;
        let began = page.text_of("String(performance.now())").await;
        choose(page, "ho-5000.csv", list.as_bytes()).await;
        let took = page.text_of(&format!("String(Math.round(performance.now() - {began}))")).await;
        println!(
            "desk: a list of 5,000 rows is read, previewed and drawn after {took} ms, sending it to the browser included"
        );
        assert!(page.text("#count").await.contains("5.000 hộ"), "{}", page.text("#count").await);
        assert!(page.count(".d-preview tbody tr").await < 60, "only what is seen is drawn");
        show(page, "desk-import-5000").await;
    });
}

#[test]
fn five_hundred_households_are_taken_in_from_one_file() {
    let mut ground = Ground::start();
    let list: String = ["STT;Họ tên chủ hộ;SĐT;Thôn;Xã;Mã vùng trồng;Diện tích (ha);Giống;Sản lượng (kg)".to_owned()]
        .into_iter()
        .chain((0..500).map(|n| {
            let name = named(n);
            format!(
                "{};{name};09{:08};Kép {};Hồng Giang;{CODE};0,{}5;vải thiều;{}",
                n + 1,
                10_000_000 + n * 7919,
                n % 7 + 1,
                n % 5 + 1,
                800 + n
            )
        }))
        .collect::<Vec<_>>()
        .join("\n");
    Browser::run(&Look::desktop(), async |page| {
        let coop = at_the_desk(page, &mut ground).await;
        part(page, "#desk/nhap").await;
        choose(page, "ho-500.csv", list.as_bytes()).await;
        assert_eq!(page.texts("#bad .d-place").await, Vec::<String>::new());
        press(page, "#sign").await;
        page.until("document.getElementById('signed')").await;
        all_sent(page).await;
        assert_eq!(apart(|| ground.households(&coop.coop)).await.len(), 500);
        part(page, "#desk/ho").await;
        page.until("document.getElementById('found')?.textContent.includes('500')").await;
        // Only what is seen is drawn.
        assert!(page.count(".d-list tbody th a").await < 60);
        show(page, "desk-households-500").await;
    });
}

/// What a server lists of so many households, each with a plot in an open season.
fn listed(coop: &str, count: usize) -> String {
    let id = |kind: u8, n: usize| format!("{kind:02x}{n:062x}");
    let household = |n: usize| {
        format!(
            "{{\"household\":{{\"actor\":\"{}\",\"role\":\"farm\",\"name\":\"Nguyễn Văn Hộ {n}\",\"enrolled_by\":{{\"actor\":\"{coop}\"}},\
             \"active_keys\":{},\"retired\":false,\"plots\":[{{\"plot\":\"{}\",\"area\":\"{}\",\"variety\":\"vải thiều\",\"area_m2\":2500,\
             \"seasons\":[{{\"season\":\"2026\",\"allotted_g\":1000000,\"drawn_g\":{}}}]}}]}}}}",
            id(2, n),
            n % 2,
            id(3, n),
            id(4, 0),
            n % 10 * 100_000
        )
    };
    let end = format!("{{\"end\":{{\"households\":{count},\"areas\":0}}}}");
    (0..count).map(household).chain([end]).collect::<Vec<_>>().join("\n")
}

#[test]
fn five_thousand_households_are_kept_for_a_day_without_a_network_and_only_those_seen_are_drawn() {
    const KEEP: &str = "new Promise((done, fail) => { const ask = indexedDB.open('nguon-farm'); ask.onerror = fail; \
        ask.onsuccess = () => { const work = ask.result.transaction('things', 'readwrite'); \
            const text = new TextEncoder().encode(arguments[1]), bytes = new Uint8Array(8 + text.length); bytes.set(text, 8); \
            work.objectStore('things').put(bytes, arguments[0]); \
            work.oncomplete = () => { ask.result.close(); done(true); }; work.onabort = fail; }; })";
    const SEARCH: &str = "new Promise(done => { const field = document.getElementById('search'), from = performance.now(); \
        field.value = 'ho 4321'; field.dispatchEvent(new Event('input', { bubbles: true })); \
        requestAnimationFrame(() => requestAnimationFrame(() => done(String(Math.round(performance.now() - from))))); })";
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |page| {
        let coop = at_the_desk(page, &mut ground).await.coop.to_string();
        let list = listed(&coop, 5_000);
        page.call(KEEP, vec![format!("desk/list/{coop}").into(), list.into()]).await;
        page.devtools("Network.enable", serde_json::json!({})).await;
        page.devtools("Network.setBlockedURLs", serde_json::json!({ "urls": ["*/households"] })).await;
        page.reload().await;
        part(page, "#desk/ho").await;
        page.until("document.getElementById('found')?.textContent.includes('5.000 trên 5.000')").await;
        assert!(page.count(".d-list tbody th a").await < 60, "only what is seen is drawn");
        let stands = page.text_of("String(Math.round(performance.now()))").await;
        println!("desk: a kept list of 5,000 households stands {stands} ms after the page was opened, at the latest");
        println!("desk: a search among 5,000 households is drawn after {} ms", page.text_of(SEARCH).await);
        page.until("document.querySelectorAll('.d-list tbody th a').length === 1").await;
        assert_eq!(page.text(".d-list tbody th a").await, "Nguyễn Văn Hộ 4321");
        type_into(page, "search", "").await;
        // The last of them, by way of scrolling.
        page.until("document.getElementById('found')?.textContent.includes('5.000 trên 5.000')").await;
        page.value("(() => { const list = document.querySelector('.d-list'); list.scrollTop = list.scrollHeight; })()")
            .await;
        page.until("[...document.querySelectorAll('.d-list tbody tr')].some(row => row.ariaRowIndex === '5001')").await;
        assert!(page.count(".d-list tbody th a").await < 60);
        show(page, "desk-households-5000").await;
        page.complaints().await;
    });
}
