//! What a shopper reads behind each link of the season.

use nguon_tests::browser::Look;
use nguon_tests::world::world;

use crate::visit::visit;

pub const UNLOGGED: &str = "Chữ ký hợp lệ, nhưng chưa kiểm tra được hồ sơ có đầy đủ hay không.";
pub const INCOMPLETE: &str = "Hồ sơ chưa đầy đủ, chưa thể kết luận. Vui lòng thử tải lại.";
const NO_SUCH_LOT: &str = "Không tìm thấy lô này trong sổ đăng ký.";
const WRONG_LABEL: &str = "Tem không khớp với lô này. Hãy báo nơi bán.";
const RECALLED: &str = "Lô hàng này đã bị thu hồi: dư lượng thuốc bảo vệ thực vật vượt mức. \
                        Vui lòng không sử dụng và liên hệ nơi bán.";
const SUSPECT: &str = "Bước 1 (Mở lô) được ký bằng khóa đã bị báo mất hoặc lộ; đang chờ xác nhận lại.";

/// The colours of `shared/UI.md` in daylight.
const GREY: &str = "rgb(92, 86, 80)";
const AMBER: &str = "rgb(138, 90, 0)";
const ALERT: &str = "rgb(155, 28, 28)";
const LEAF: &str = "rgb(46, 107, 62)";

const COLOUR: &str = "getComputedStyle(document.querySelector('#verdict .badge')).color";

#[test]
fn fine_lot_is_grey_until_there_is_a_log() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("export").await, UNLOGGED);
        let page = visit.browser;
        assert_eq!(page.text_of(COLOUR).await, GREY);
        assert_eq!(page.text("#verdict .badge").await, "Chưa chứng minh đầy đủ");
        let colours = "[...document.querySelectorAll('#verdict, #verdict *')].flatMap(e => { const s = getComputedStyle(e); \
                       return [s.color, s.backgroundColor, s.fill, s.stroke, s.borderTopColor]; })";
        let colours = page.value(colours).await;
        assert!(!colours.as_array().unwrap().contains(&LEAF.into()), "something in the verdict is green");
        assert_eq!(page.count("#verdict .seal-closed").await, 0);
    });
}

#[test]
fn fine_lot_tells_its_whole_journey() {
    visit(&Look::default(), async |visit| {
        visit.scan("export").await;
        let page = visit.browser;
        assert_eq!(page.text(".product .name").await, "Vải thiều tươi");
        let steps = page.texts(".journey > .line > .step > h3").await;
        for step in ["Mở lô", "Nhận hàng", "Đóng gói", "Vận chuyển"] {
            assert!(steps.iter().any(|found| found == step), "{step}: {steps:?}");
        }
        let numbers = page.texts(".journey > .line > .step .number").await;
        let expected: Vec<String> = (1..=numbers.len()).map(|n| n.to_string()).collect();
        assert_eq!(numbers, expected);
        assert!(page.text(".journey > .line").await.contains("Công ty TNHH Đóng gói Nông sản Chũ (mẫu)"));
    });
}

#[test]
fn merged_households_are_folded_and_open_on_demand() {
    visit(&Look::default(), async |visit| {
        visit.scan("export").await;
        let page = visit.browser;
        let summary = page.text(".origins > summary").await;
        assert!(summary.contains("8 hộ") && summary.contains("10.526,46 kg"), "{summary}");
        assert_eq!(page.count(".origins[open]").await, 0);
        page.click(".origins > summary").await;
        page.until("document.querySelectorAll('.origins[open] .members > li').length === 8").await;
        page.click(".origins .members > li:first-child > details > summary").await;
        page.until("document.querySelector('.origins .members > li:first-child .step h3')").await;
        let first = page.texts(".origins .members > li:first-child .step h3").await;
        assert!(first.iter().any(|step| step == "Thu hoạch"), "{first:?}");
    });
}

#[test]
fn household_without_a_phone_is_said_to_be_written_for() {
    visit(&Look::default(), async |visit| {
        visit.scan("export").await;
        let page = visit.browser;
        assert!(page.text(".notes").await.contains("Hợp tác xã ghi thay 1 hộ không dùng điện thoại."));
        page.click(".origins > summary").await;
        page.until("document.querySelectorAll('.origins[open] .members > li').length === 8").await;
        let ours = page.texts(".origins .members > li > details > summary .chip").await;
        assert_eq!(ours, ["Hợp tác xã ghi thay hộ"]);

        assert_eq!(visit.scan("on-behalf").await, UNLOGGED);
        let steps = page.text(".journey > .line").await;
        assert!(
            steps.contains("Hoàng Thị Sửu") && steps.contains("HTX Vải thiều Lục Ngạn (mẫu) ghi thay hộ"),
            "{steps}"
        );
    });
}

#[test]
fn recalled_lot_says_why_and_what_to_do() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("recalled").await, RECALLED);
        let page = visit.browser;
        assert_eq!(page.text_of(COLOUR).await, ALERT);
        assert_eq!(page.count("#verdict [role=alert] h1").await, 1);
        assert_eq!(page.text("#verdict .next summary").await, "Liên hệ nơi bán");
        assert!(page.texts(".journey > .line > .step > h3").await.contains(&"Thu hồi".to_owned()));
    });
}

#[test]
fn recall_reaches_the_box_made_from_the_lot() {
    visit(&Look::default(), async |visit| assert_eq!(visit.scan("recalled-descendant").await, RECALLED));
}

#[test]
fn key_reported_stolen_puts_its_lot_in_doubt() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("suspect").await, SUSPECT);
        let page = visit.browser;
        assert_eq!(page.text_of(COLOUR).await, AMBER);
        assert!(page.text(".step.amber").await.contains("Bước này cần xác nhận lại"));
    });
}

#[test]
fn label_printed_ahead_proves_nothing_yet() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("no-inputs").await, INCOMPLETE);
        assert_eq!(visit.browser.text_of(COLOUR).await, GREY);
        assert!(visit.browser.text(".notes").await.contains("Lô đã mở nhưng chưa ghi nhập hàng nào."));
        let product = visit.browser.text(".product").await;
        assert!(!product.contains("Tỉnh Bắc Ninh"), "nothing was picked yet, and so nowhere: {product}");
    });
}

#[test]
fn label_of_another_lot_is_refused() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("wrong-label").await, WRONG_LABEL);
        let page = visit.browser;
        assert_eq!(page.text_of(COLOUR).await, ALERT);
        assert!(page.text("#verdict .next").await.contains("Báo tem nghi giả"));
        assert!(page.text(".checks").await.contains("Mã trên tem không phải mã của lô này."));
    });
}

#[test]
fn label_without_a_commitment_is_said_not_to_be_bound() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("unbound-label").await, UNLOGGED);
        assert!(visit.browser.text("#verdict").await.contains("Tem không gắn với mã lô"));
        assert!(visit.browser.text(".checks").await.contains("Chưa so được mã trên tem"));
    });
}

#[test]
fn lot_that_is_not_registered_is_not_found() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("no-such-lot").await, NO_SUCH_LOT);
        let page = visit.browser;
        assert_eq!(page.text_of(COLOUR).await, GREY);
        page.click("#verdict .next button").await;
        assert_eq!(page.text_of("document.activeElement.id").await, "code");
        // Browsers write every 404 to the console; nothing else may stand there.
        let complaints = page.complaints().await;
        assert!(matches!(&complaints[..], [one] if one.contains("404")), "{complaints:?}");
    });
}

#[test]
fn every_link_of_the_season_leads_to_its_verdict() {
    visit(&Look::default(), async |visit| {
        for link in world().links() {
            let sentence = visit.scan(&link.name).await;
            let expected = match link.expected.as_str() {
                "unlogged" => UNLOGGED,
                "recalled" => RECALLED,
                "suspect" => SUSPECT,
                "incomplete" => INCOMPLETE,
                "invalid" => WRONG_LABEL,
                "no_such_batch" => NO_SUCH_LOT,
                other => panic!("{}: the season expects {other:?}, for which there is no sentence here", link.name),
            };
            assert_eq!(sentence, expected, "{}", link.name);
            assert!(visit.browser.text("#verdict .lot").await.contains(link.lot()), "{}", link.name);
        }
        let complaints = visit.browser.complaints().await;
        assert!(complaints.iter().all(|one| one.contains("404")), "{complaints:?}");
    });
}
