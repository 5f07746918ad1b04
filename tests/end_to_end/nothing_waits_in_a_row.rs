//! What a first visit loads, from whom, and in which order.

use std::time::Duration;

use nguon_tests::browser::Look;
use nguon_tests::world::{Weather, world};

use crate::installed::is_installed;
use crate::verdicts::UNLOGGED;
use crate::visit::visit;

/// What it takes until the verdict stands, whatever the companion fetches after it: here that never comes.
#[test]
fn verdict_is_six_requests_to_one_host_and_the_companion_comes_after_it() {
    visit(&Look::default(), async |visit| {
        let network = visit.network(Weather::Stuck("/assets/companion-".into()));
        assert_eq!(visit.open(&world().link("export").at(network.origin())).await, UNLOGGED);
        let asked = visit.browser.requests().await;
        let origin = network.origin();
        assert!(asked.iter().all(|request| request.method == "GET" && request.url.starts_with(origin)), "{asked:?}");
        let kind = |path: &String| match path.as_str() {
            path if path.starts_with("/v1/bundles/01/") => "bundle",
            path if path.starts_with("/01/") => "page",
            path if path.starts_with("/assets/app-") && path.ends_with(".wasm") => "program",
            path if path.starts_with("/assets/app-") && path.ends_with(".js") => "script",
            path if path.starts_with("/assets/style-") && path.ends_with(".css") => "style",
            // What the page works without, asked for once the bundle is there.
            path if path.starts_with("/assets/communes-") && path.ends_with(".txt") => "communes",
            path if path.starts_with("/assets/companion-") && path.ends_with(".js") => "companion",
            _ => "other",
        };
        let paths = network.paths();
        let mut kinds: Vec<_> = paths.iter().map(kind).collect();
        // Its script is asked for when the verdict stands, and may not have been yet.
        let late = kinds.iter().position(|kind| *kind == "companion");
        assert!(late.is_none_or(|at| at == kinds.len() - 1), "{paths:?}");
        kinds.retain(|kind| *kind != "companion");
        kinds.sort_unstable();
        // The trust root is in the page: nothing here asks for it.
        assert_eq!(kinds, ["bundle", "communes", "page", "program", "script", "style"], "{paths:?}");
        network.turn(Weather::Fair);
        visit.browser.until("document.querySelector('.keep')").await;
    });
}

/// While not one of the page's files has arrived, the bundle is already asked for, and so are all the files.
#[test]
fn bundle_is_asked_for_before_the_program_is_there() {
    visit(&Look { waits: false, ..Look::default() }, async |visit| {
        let network = visit.network(Weather::Stuck("/assets/".into()));
        let asked = |start: &str, end: &str| {
            network.paths().iter().filter(|path| path.starts_with(start) && path.ends_with(end)).count()
        };
        visit.browser.open(&world().link("export").at(network.origin())).await;
        // If one of them waited for another, this would not come to an end.
        let all =
            || asked("/v1/bundles/", "") > 0 && [".wasm", ".js", ".css"].iter().all(|end| asked("/assets/", end) > 0);
        for _ in 0..600 {
            if all() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(all(), "{:?}", network.paths());
        network.turn(Weather::Fair);
        visit.says(UNLOGGED).await;
        assert_eq!(asked("/v1/bundles/", ""), 1, "the early answer is used, not asked for again");
    });
}

/// A language that the link asks for travels along with the program, not after it; no other is asked for.
#[test]
fn language_of_the_link_is_asked_for_before_the_program_is_there() {
    visit(&Look { waits: false, ..Look::default() }, async |visit| {
        let network = visit.network(Weather::Stuck("/assets/app-".into()));
        let languages = || network.paths().into_iter().filter(|path| path.starts_with("/assets/en-")).count();
        visit.browser.open(&world().link("export").at_in(network.origin(), "en")).await;
        for _ in 0..600 {
            if languages() > 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(languages(), 1, "{:?}", network.paths());
        network.turn(Weather::Fair);
        visit.says("Signatures hold; completeness is not proven.").await;
        assert_eq!(languages(), 1, "what came early is used, not asked for again");
    });
}

#[test]
fn second_visit_loads_nothing_but_the_bundle() {
    visit(&Look::default(), async |visit| {
        let network = visit.network(Weather::Fair);
        visit.open(&world().link("export").at(network.origin())).await;
        is_installed(visit.browser).await;
        let first = network.paths().len();
        visit.open(&world().link("household").at(network.origin())).await;
        visit.browser.until("document.querySelector('.keep')").await;
        let second = network.paths().split_off(first);
        // The browser looks by itself whether there is a newer version.
        let is_expected = |path: &String| path.starts_with("/v1/bundles/") || path == "/sw.js";
        assert!(second.iter().all(is_expected), "{second:?}");
    });
}

/// A browser inside another app keeps its cache, and nothing else.
#[test]
fn second_visit_without_a_service_worker_loads_nothing_but_the_page_and_the_bundle() {
    visit(&Look::after("delete Navigator.prototype.serviceWorker"), async |visit| {
        let page = visit.browser;
        let network = visit.network(Weather::Fair);
        visit.open(&world().link("export").at(network.origin())).await;
        page.until("document.querySelector('.keep')").await;
        page.until("performance.getEntriesByType('resource').some(e => e.name.includes('/assets/print-'))").await;
        let first = network.paths().len();
        visit.open(&world().link("household").at(network.origin())).await;
        page.until("document.querySelector('.keep')").await;
        let second = network.paths().split_off(first);
        // The icons are the browser's own wish, for the home screen.
        let is_loaded = |path: &&String| path.starts_with("/assets/") && !path.starts_with("/assets/icon-");
        assert_eq!(second.iter().find(is_loaded), None, "{second:?}");
    });
}

#[test]
fn files_travel_compressed_and_leave_no_cookie() {
    visit(&Look::default(), async |visit| {
        visit.scan("export").await;
        let page = visit.browser;
        page.until("document.querySelector('.keep')").await;
        let packed = "performance.getEntriesByType('resource').filter(e => /\\/assets\\/.*\\.(js|css|wasm|txt)$/.test(e.name)) \
                      .map(e => [e.name, e.encodedBodySize, e.decodedBodySize])";
        let packed = page.value(packed).await;
        let files = packed.as_array().expect("entries");
        assert!(files.len() >= 4, "{packed}");
        assert!(files.iter().all(|file| file[1].as_u64() < file[2].as_u64()), "{packed}");
        assert_eq!(page.text_of("document.cookie").await, "");
        assert_eq!(page.text_of("String(localStorage.length + sessionStorage.length)").await, "0");
    });
}
