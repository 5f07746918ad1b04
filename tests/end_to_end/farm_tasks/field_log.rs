//! The field log: product from the list, the earliest day of harvest before signing, a photo bound to the record.

use nguon_core::event::{Dose, Event};
use nguon_farm_app::photos::exif::{self, Place, with_place};
use nguon_tests::browser::{Browser, Look};

use super::ground::{Ground, Orchard, Taps, apart, enrolled, new_phone, plots_are_here};

/// Writes a spray down, up to its signature.
pub async fn spray<'a>(page: &'a Browser, orchard: &Orchard, task: &'static str) -> Taps<'a> {
    let mut taps = Taps::of(page, task);
    taps.on(".action[data-task=log]").await;
    taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
    taps.on(".t-row").await;
    taps.typed("t-dose", "60").await;
    taps.on("#t-next").await;
    page.until("document.querySelector('.t-earliest b')").await;
    taps.on("#t-sign").await;
    taps
}

/// Takes a photo, as a camera does that writes where it was taken.
pub const PHOTO: &str = "(async () => { const canvas = document.createElement('canvas'); canvas.width = 2400; canvas.height = 1800; \
    const pen = canvas.getContext('2d'); pen.fillStyle = '#a5243d'; pen.fillRect(0, 0, 2400, 900); \
    const plain = new Uint8Array(await (await new Promise(done => canvas.toBlob(done, 'image/jpeg'))).arrayBuffer()); \
    const note = new TextEncoder().encode('Exif\\0\\0GPS 21.2 106.5'); \
    const told = [0xff, 0xe1, 0, note.length + 2, ...note]; \
    const bytes = new Uint8Array([...plain.slice(0, 2), ...told, ...plain.slice(2)]); \
    const files = new DataTransfer(); files.items.add(new File([bytes], 'anh.jpg', { type: 'image/jpeg' })); \
    const field = document.getElementById('t-photo'); field.files = files.files; \
    field.dispatchEvent(new Event('change', { bubbles: true })); })()";

/// The photo as it is kept on the phone, and sent: a letter a byte.
const KEPT: &str = "new Promise(done => { const ask = indexedDB.open('nguon-farm'); ask.onsuccess = () => { \
    const all = ask.result.transaction('photos').objectStore('photos').getAll(); \
    all.onsuccess = () => { ask.result.close(); done([...all.result[0]].map(one => String.fromCharCode(one)).join('')); }; }; })";

/// All photos as they are kept.
const ALL_KEPT: &str = "new Promise(done => { const ask = indexedDB.open('nguon-farm'); ask.onsuccess = () => { \
    const all = ask.result.transaction('photos').objectStore('photos').getAll(); \
    all.onsuccess = () => { ask.result.close(); done(all.result.map(one => [...one])); }; }; })";

#[test]
fn a_product_of_the_list_is_recorded_with_its_interval_and_a_photo_without_its_place() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "ghi nhật ký, có ảnh");
        taps.on(".action[data-task=log]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        taps.on(".t-row").await;
        taps.typed("t-dose", "60,5").await;
        let unit = page.text_of("document.getElementById('t-dose-unit').selectedOptions[0].innerText").await;
        assert_eq!(unit, "ml", "what is shown is what is recorded");
        taps.on("#t-next").await;
        page.until("document.querySelector('.t-earliest b')").await;
        assert!(page.text(".t-earliest").await.starts_with("Được hái sớm nhất từ ngày "));
        taps.typed("t-product-lot", "240518A").await;
        page.value(PHOTO).await;
        page.until("document.querySelector('.photos img')").await;
        taps.on("#t-sign").await;
        taps.kept(7).await;
        let kept = page.value(KEPT).await;
        let photo = kept.as_str().expect("a photo");
        assert!(photo.starts_with('\u{ff}') && !photo.contains("GPS") && !photo.contains("Exif"), "where it was taken");
        let Event::InputApplied(event) = ground.wait_for(page, &orchard.plots[0], 3).await else { panic!("a spray") };
        assert_eq!(event.product.as_str(), "Abamectin 3.6EC");
        assert_eq!((event.phi_days.get(), event.area_m2.get()), (7, 2_000));
        assert!(matches!(event.dose, Dose::Microlitres(amount) if amount.get() == 60_500));
        assert_eq!(event.product_lot.map(|lot| lot.to_string()).as_deref(), Some("240518A"));
        let records = apart(|| ground.records(&orchard.plots[0])).await;
        let photo = &records[2].attachments.as_ref().expect("a photo")[0];
        assert!(photo.length.get() < 400_000, "{} bytes", photo.length.get());
        assert_eq!(photo.media_type.to_string(), "image/jpeg");
    });
}

/// Chooses a photo, a JPEG with these segments behind its beginning.
const CHOOSE: &str = "(async () => { const canvas = document.createElement('canvas'); canvas.width = 800; canvas.height = 600; \
    canvas.getContext('2d').fillRect(0, 0, 800, 300); \
    const plain = new Uint8Array(await (await new Promise(done => canvas.toBlob(done, 'image/jpeg'))).arrayBuffer()); \
    const bytes = new Uint8Array([...plain.slice(0, 2), ...arguments[0], ...plain.slice(2)]); \
    const files = new DataTransfer(); files.items.add(new File([bytes], 'anh.jpg', { type: 'image/jpeg' })); \
    const field = document.getElementById('t-photo'); field.files = files.files; \
    field.dispatchEvent(new Event('change', { bubbles: true })); })()";

#[test]
fn where_a_photo_was_taken_goes_with_it_only_if_that_is_wanted() {
    let mut ground = Ground::start();
    let place = Place {
        north: b'N',
        latitude: [(21, 1), (23, 1), (1_234, 100)],
        east: b'E',
        longitude: [(106, 1), (35, 1), (4_321, 100)],
    };
    // As a camera writes it: the place, and a note with the phone's number.
    let mut told = with_place(&[0xff, 0xd8], &place).expect("a place").split_off(2);
    let note = b"SERIAL 35-209900";
    told.extend([&[0xff, 0xfe, 0, u8::try_from(note.len() + 2).expect("short")][..], note].concat());
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "ghi nhật ký, ảnh có vị trí");
        taps.dose(&orchard, "60").await;
        page.until("document.querySelector('.t-earliest b')").await;
        page.call(CHOOSE, vec![told.clone().into()]).await;
        page.until("document.querySelectorAll('.photos img').length === 1").await;
        taps.on(".photos input[type=checkbox]").await;
        page.call(CHOOSE, vec![told.clone().into()]).await;
        page.until("document.querySelectorAll('.photos img').length === 2").await;
        assert_eq!(page.count(".photos li small").await, 1, "which of them says where it was taken");
        taps.on("#t-sign").await;
        taps.kept(7).await;
        let kept: Vec<Vec<u8>> = serde_json::from_value(page.value(ALL_KEPT).await).expect("photos");
        let mut places: Vec<_> = kept.iter().map(|photo| exif::place(photo)).collect();
        places.sort_by_key(Option::is_some);
        assert_eq!(places, [None, Some(place)]);
        assert!(kept.iter().all(|photo| !photo.windows(6).any(|window| window == b"SERIAL")));
        // These bytes are what was signed.
        let records = ground.until(page, &orchard.plots[0], 3).await;
        let signed = records[2].attachments.as_ref().expect("photos").iter().map(|photo| photo.length.get());
        let (mut signed, mut long): (Vec<_>, Vec<_>) =
            (signed.collect(), kept.iter().map(|one| one.len() as u64).collect());
        signed.sort_unstable();
        long.sort_unstable();
        assert_eq!(signed, long);
    });
}

#[test]
fn what_is_missing_is_told_at_its_field_and_the_keyboard_goes_there() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "ghi nhật ký, thiếu liều lượng");
        taps.dose(&orchard, "1.200").await;
        page.until("document.getElementById('t-dose').getAttribute('aria-invalid') === 'true'").await;
        assert_eq!(page.text_of("document.activeElement.id").await, "t-dose");
        assert!(page.text("#t-dose-error").await.starts_with("Có thể hiểu hai cách"));
        let described = page.text_of("document.getElementById('t-dose').getAttribute('aria-describedby')").await;
        assert!(described.contains("t-dose-error"));
        // The help of a field opens where it stands, and says so.
        taps.on(".t-field:has(#t-dose) .t-help").await;
        assert!(page.text("#t-dose-help").await.contains("Ví dụ: 3 bình"));
        let open =
            page.text_of("document.querySelector('.t-field:has(#t-dose) .t-help').getAttribute('aria-expanded')").await;
        assert_eq!(open, "true");
    });
}

#[test]
fn a_name_that_is_not_in_the_list_is_taken_as_it_is_typed() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "ghi phân bón, tên tự gõ");
        taps.on(".action[data-task=log]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        taps.on(".t-chips .t-chip:nth-child(2)").await;
        taps.typed("t-product", "NPK 5-10-3").await;
        taps.on("#t-own").await;
        taps.typed("t-dose", "12").await;
        page.call(
            "(() => { const unit = document.getElementById('t-dose-unit'); unit.value = 'kg'; \
            unit.dispatchEvent(new Event('change', { bubbles: true })); })()",
            vec![],
        )
        .await;
        taps.on("#t-next").await;
        page.until("document.querySelector('.t-earliest b')").await;
        assert_eq!(page.text(".t-earliest").await, "Không phải chờ: hái được ngay");
        taps.on("#t-sign").await;
        taps.kept(9).await;
        let Event::InputApplied(event) = ground.wait_for(page, &orchard.plots[0], 3).await else { panic!("an input") };
        assert!(matches!(event.dose, Dose::Milligrams(amount) if amount.get() == 12_000_000));
        assert!(event.active_ingredients.is_empty());
    });
}
