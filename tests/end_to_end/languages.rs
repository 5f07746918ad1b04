//! Five languages: the link's, else the one chosen before, else the browser's, else Vietnamese; and the page says which it is.

use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::{Weather, world};

use crate::verdicts::UNLOGGED;
use crate::visit::visit;

const ENGLISH: &str = "Signatures hold; completeness is not proven.";
const CHINESE: &str = "签名有效，但尚无法证明记录完整。";
const JAPANESE: &str = "署名は有効ですが、記録が揃っているかは確認できていません。";
const KOREAN: &str = "서명은 유효하지만, 기록이 빠짐없는지는 확인되지 않았습니다.";

#[test]
fn page_is_vietnamese_unless_asked_otherwise() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("household").await, UNLOGGED);
        assert_eq!(visit.browser.text_of("document.documentElement.lang").await, "vi");
        assert_eq!(visit.browser.text_of("document.title").await, "Chưa chứng minh đầy đủ · lô LN260614-01 · Nguồn");
    });
}

#[test]
fn link_can_ask_for_english() {
    visit(&Look::default(), async |visit| {
        let link = world().link("household").at_in(visit.server.origin(), "en");
        visit.open(&link).await;
        visit.says(ENGLISH).await;
        assert_eq!(visit.browser.text_of("document.documentElement.lang").await, "en");
        assert_eq!(visit.browser.text_of("document.title").await, "Not proven complete · lot LN260614-01 · Nguồn");
        let ours = visit.browser.text(".journey").await;
        assert!(ours.contains("From orchard to box") && !ours.contains("Từ vườn đến hộp"), "{ours}");
    });
}

#[test]
fn language_can_be_switched_and_stays() {
    visit(&Look::default(), async |visit| {
        visit.scan("household").await;
        let page = visit.browser;
        page.click(".languages button[lang=en]").await;
        visit.says(ENGLISH).await;
        assert_eq!(page.text_of("document.documentElement.lang").await, "en");
        let address = page.address().await;
        assert!(address.contains("lang=en") && address.contains('#'), "the commitment is still there: {address}");
        page.reload().await;
        visit.says(ENGLISH).await;
        page.click(".languages button[lang=vi]").await;
        visit.says(UNLOGGED).await;
    });
}

/// The words of a language are a file of their own: without it the page stays Vietnamese and says so, in both languages.
#[test]
fn language_that_does_not_come_is_said_to_be_missing() {
    visit(&Look::default(), async |visit| {
        let network = visit.network(Weather::Dropped("/assets/en-".into()));
        let page = visit.browser;
        page.open(&world().link("household").at(network.origin())).await;
        visit.says(UNLOGGED).await;
        page.click(".languages button[lang=en]").await;
        page.until("document.querySelector('.head [role=alert]')").await;
        let told = page.text(".head [role=alert]").await;
        assert!(
            told.contains("Chưa tải được ngôn ngữ này.") && told.contains("English could not be loaded."),
            "{told}"
        );
        assert_eq!(page.text("#verdict h1").await, UNLOGGED);
        assert_eq!(page.text_of("document.documentElement.lang").await, "vi");
        assert!(!page.address().await.contains("lang="), "what was not shown is not passed on");
        assert!(!page.complaints().await.is_empty(), "the browser says why");

        network.turn(Weather::Fair);
        page.click(".languages button[lang=en]").await;
        visit.says(ENGLISH).await;
        assert_eq!(page.count(".head [role=alert]").await, 0);
    });
}

/// Somebody on the way changes what the page is to say: the browser refuses it.
#[test]
fn altered_language_is_not_spoken() {
    visit(&Look::default(), async |visit| {
        let files = std::fs::read_dir(world().page().join("assets")).expect("the page's files").map_while(Result::ok);
        let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        let name = names.into_iter().find(|name| name.starts_with("en-") && name.ends_with(".txt")).expect("English");
        let words = std::fs::read_to_string(world().page().join("assets").join(&name)).expect("its words");
        let altered = words.replace("completeness is not proven", "completeness is proven");
        let weather = Weather::Answered(format!("/assets/{name}"), 200, altered.into_bytes());
        let network = visit.network(weather);
        visit.browser.open(&world().link("household").at_in(network.origin(), "en")).await;
        visit.browser.until("document.querySelector('.head [role=alert]')").await;
        visit.says(UNLOGGED).await;
        assert!(!visit.browser.complaints().await.is_empty(), "the browser says why");
    });
}

/// A browser that asks for these languages, as `Accept-Language` lists them.
fn asking_for(languages: &'static str) -> Look {
    Look { languages, ..Look::default() }
}

async fn document_language(page: &Browser) -> String {
    page.text_of("document.documentElement.lang").await
}

#[test]
fn browser_is_answered_in_the_first_of_its_languages_that_the_page_speaks() {
    for (languages, sentence, tag) in [
        ("ko-KR,ko,en", KOREAN, "ko"),
        ("fr,ja,en", JAPANESE, "ja"),
        // Those who read Chinese in traditional characters get the Chinese there is.
        ("zh-TW,en", CHINESE, "zh-Hans"),
        ("fr", UNLOGGED, "vi"),
    ] {
        visit(&asking_for(languages), async |visit| {
            visit.scan("household").await;
            visit.says(sentence).await;
            assert_eq!(document_language(visit.browser).await, tag, "{languages}");
            let address = visit.browser.address().await;
            assert!(!address.contains("lang="), "nobody chose a language: {address}");
        });
    }
}

#[test]
fn link_comes_before_the_choice_and_the_choice_before_the_browser() {
    visit(&asking_for("ja"), async |visit| {
        let page = visit.browser;
        visit.scan("household").await;
        visit.says(JAPANESE).await;
        page.click(".languages button[lang=zh-Hans]").await;
        visit.says(CHINESE).await;
        let address = page.address().await;
        assert!(address.contains("lang=zh#") || address.contains("lang=zh&"), "{address}");
        visit.scan("household").await;
        visit.says(CHINESE).await;
        page.open("about:blank").await;
        page.open(&world().link("household").at_in(visit.server.origin(), "ko")).await;
        visit.says(KOREAN).await;
        // Somebody else's language, or none: what was chosen before counts.
        page.open("about:blank").await;
        page.open(&world().link("household").at_in(visit.server.origin(), "fr")).await;
        visit.says(CHINESE).await;
    });
}

/// Nothing is left unfilled or runs out of a small telephone, and all of it has room for its marks.
#[test]
fn every_language_fits_a_small_telephone() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        for (code, tag, name) in [
            ("vi", "vi", "Tiếng Việt"),
            ("en", "en", "English"),
            ("zh", "zh-Hans", "简体中文"),
            ("ja", "ja", "日本語"),
            ("ko", "ko", "한국어"),
        ] {
            visit.open(&world().link("export").at_in(visit.server.origin(), code)).await;
            page.until(&format!("document.documentElement.lang === '{tag}'")).await;
            assert_eq!(page.text(".languages button[aria-pressed=true]").await, name);
            assert_eq!(page.text_of("document.querySelector('.languages [aria-pressed=true]').lang").await, tag);
            assert_eq!(page.count(".languages button").await, 5);
            page.until("document.querySelector('#map .map')").await;
            page.unfold("main").await;
            let wide = page.value("document.documentElement.scrollWidth <= innerWidth").await;
            assert_eq!(wide, true, "{code} runs out of the window");
            let text = page.text("main").await;
            assert!(!text.contains('{') && !text.contains('！'), "{code}: {text}");
            let cramped = "[...document.querySelectorAll('h1, h2, h3, p, li, dd, td, button')].filter(one => { \
                const look = getComputedStyle(one); \
                return parseFloat(look.lineHeight) < 1.44 * parseFloat(look.fontSize); }).map(one => one.outerHTML)";
            assert_eq!(page.value(cramped).await, serde_json::json!([]), "{code}");
        }
    });
}

#[test]
fn dates_and_fruit_are_told_as_the_reader_writes_them() {
    visit(&Look::default(), async |visit| {
        for (code, picked, fruit) in [
            ("en", "Jun 2026", "lychee"),
            ("zh", "2026年6月", "荔枝"),
            ("ja", "2026年6月", "ライチ"),
            ("ko", "2026년 6월", "리치"),
        ] {
            visit.open(&world().link("export").at_in(visit.server.origin(), code)).await;
            visit.browser.until(&format!("document.documentElement.lang.startsWith('{code}')")).await;
            let product = visit.browser.text(".product").await;
            assert!(product.contains(picked) && product.contains(fruit), "{code}: {product}");
            assert!(product.contains("Vải thiều"), "what was recorded stays: {product}");
        }
    });
}
