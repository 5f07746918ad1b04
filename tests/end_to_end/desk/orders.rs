//! An order: noted, filled from a lot with a carrier, and arrived with a shortage.

use nguon_core::event::{DrawReason, Event};
use nguon_core::ids::ChainId;
use nguon_tests::browser::{Browser, Look};

use super::super::farm_tasks::ground::apart;
use super::ground::{Ground, at_the_desk};
use super::{all_sent, part, press, show, type_into};

/// Chooses the option of a list whose words contain these, once it is there.
async fn choose_option(page: &Browser, id: &str, words: &str) {
    let find = format!("[...document.getElementById({id:?}).options].find(one => one.textContent.includes({words:?}))");
    page.until(&find).await;
    let set = format!(
        "(() => {{ const list = document.getElementById({id:?}); list.value = {find}.value; \
         list.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
    );
    page.value(&set).await;
}

#[test]
fn an_order_is_filled_as_a_consignment_with_a_carrier_and_what_did_not_arrive_is_told() {
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |page| {
        let coop = at_the_desk(page, &mut ground).await;
        let lot = apart(|| ground.lot(&coop, "VT-0613")).await;
        // Who carries it is entered by hand.
        press(page, ".d-title .button").await;
        press(page, ".d-roles label:nth-of-type(3) input").await;
        type_into(page, "new-name", "Vận tải Hùng Cường").await;
        press(page, "#newcomer form .button").await;
        page.until("location.hash.startsWith('#desk/ho/')").await;
        all_sent(page).await;
        page.reload().await;
        part(page, "#desk/don-hang").await;
        press(page, "#order-new").await;
        type_into(page, "order-buyer", "Siêu thị Hà Đông").await;
        type_into(page, "order-kg", "100").await;
        type_into(page, "order-due", "31/4/2027").await;
        press(page, "#order-take").await;
        page.until("document.getElementById('order-due').getAttribute('aria-invalid') === 'true'").await;
        type_into(page, "order-due", "5/6/2027").await;
        press(page, "#order-take").await;
        page.until("document.querySelector('.d-orders li')").await;
        press(page, ".d-orders li .button").await;
        press(page, "#way-consignment").await;
        choose_option(page, "carrier", "Hùng Cường").await;
        type_into(page, "give-vehicle", "98C-123.45").await;
        type_into(page, "give-document", "PGH-0612").await;
        assert_eq!(page.text_of("document.getElementById('give-kg').value").await, "100", "as much as was ordered");
        show(page, "desk-give").await;
        press(page, "#give-do").await;
        page.until("document.querySelector('.d-good')").await;
        all_sent(page).await;
        let row = page.text("#shipped tbody tr").await;
        for words in ["Siêu thị Hà Đông", "VT-0613", "đang trên đường", "PGH-0612", "Hùng Cường"] {
            assert!(row.contains(words), "{words} in {row}");
        }
        assert_eq!(page.count(".d-orders li").await, 0, "what is given whole does not wait any more");
        show(page, "desk-orders").await;
        // A kilogram and a half did not arrive.
        press(page, ".d-arrived").await;
        type_into(page, "arrived-kg", "98,5").await;
        press(page, "#arrived-do").await;
        page.until("document.getElementById('shipped').textContent.includes('đã nhận')").await;
        all_sent(page).await;
        let row = page.text("#shipped tbody tr").await.replace('\u{a0}', " ");
        assert!(row.contains("đã nhận 98,5 kg, hao hụt 1,5 kg"), "{row}");
        let records = apart(|| ground.find(&lot)).await;
        let [.., drawn, shipped] = records.as_slice() else { panic!("drawn and shipped") };
        let (Event::Drawn(drawn), Event::Shipped(shipped)) = (&drawn.event, &shipped.event) else {
            panic!("drawn and shipped: {records:?}")
        };
        assert_eq!((drawn.grams.get(), drawn.why), (100_000, DrawReason::Consignment));
        assert!(shipped.vehicle.is_some() && shipped.document.is_some());
        let consignment: ChainId = drawn.to;
        let records = apart(|| ground.find(&consignment)).await;
        let events: Vec<&Event> = records.iter().map(|record| &record.event).collect();
        let [Event::Opened(opened), Event::Received(_), Event::Sold(sold)] = events[..] else {
            panic!("opened, received, sold: {events:?}")
        };
        assert_eq!((opened.label_of, sold.grams.get()), (Some(lot), 98_500));
        part(page, "#desk/can-doi").await;
        page.until("document.querySelector('tfoot')").await;
        assert!(!page.text("main").await.contains("chưa khớp"));
    });
}
