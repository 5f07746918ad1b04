//! How tests speak of the shopper's page.

use nguon_tests::browser::Browser;

/// Waits until the page has made up its mind, and gives its sentence.
pub async fn verdict(browser: &Browser) -> String {
    browser.until("document.querySelector('#verdict:not([aria-busy])')").await;
    browser.text("#verdict h1").await
}

/// Opens a lot's page and gives its sentence.
pub async fn open(browser: &Browser, url: &str) -> String {
    browser.open(url).await;
    verdict(browser).await
}
