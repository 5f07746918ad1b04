//! Pictures of every state that the shopper's page can be in with a real server and the sample season:
//! `target/screenshots/{state}-{360|1280}-{light|dark}-vi.png`, and `-360-light-en.png`, whole pages; and the README's own,
//! `docs/screenshots/*.png`.
//!
//! ```sh
//! cargo run -p nguon-tests --features browser --example screenshots [-- STATE...]
//! ```

use std::path::{Path, PathBuf};

use nguon_tests::browser::{Browser, Look};
use nguon_tests::workspace;
use nguon_tests::world::{
    Deployment, Forgery, Network, Server, Weather, deployment, deployment_with_inspector, forged, world,
};

/// A state of the page, and how to bring it about.
struct State {
    name: &'static str,
    link: Option<&'static str>,
    /// Whether the page is asked for through a network, and which.
    weather: Option<fn() -> Weather>,
    /// Run when the page has made up its mind.
    then: &'static str,
    /// What is unfolded then.
    unfold: &'static str,
    /// Run before the page.
    before: &'static str,
    scripts: bool,
    /// What shows that the state is there.
    ready: &'static str,
}

const DECIDED: &str = "document.querySelector('#verdict:not([aria-busy=true])')";
/// What is loaded once the verdict stands has come.
const COMPANION: &str = "[...document.querySelectorAll('#scan, #typed')].every(slot => slot.children.length)";
const BUNDLES: &str = "/v1/bundles/";

const PLAIN: State =
    State { name: "", link: None, weather: None, then: "0", unfold: "", before: "", scripts: true, ready: DECIDED };

const fn of(name: &'static str, link: &'static str) -> State {
    State { name, link: Some(link), ..PLAIN }
}

const WRONG_CODE: &str = "(() => { const code = document.querySelector('#code'); code.value = '(01) 09529876000010 (10) A'; \
    code.form.requestSubmit(); })()";

const STATES: &[State] = &[
    State { name: "home", ready: "document.querySelector('#code')", ..PLAIN },
    State { name: "home-wrong-code", then: WRONG_CODE, ready: "document.querySelector('#code')", ..PLAIN },
    of("unlogged", "export"),
    State { unfold: ".journey", ..of("unlogged-journey-open", "export") },
    State { unfold: ":is(.checks, .next)", ..of("unlogged-checks-open", "household") },
    of("on-behalf", "on-behalf"),
    of("marketplace", "marketplace"),
    of("part-recalled", "part-recalled"),
    State { unfold: ".journey", ..of("irradiated-journey-open", "irradiated") },
    State { unfold: ".journey", ..of("collected-journey-open", "collected") },
    State { unfold: ".journey", ..of("released-journey-open", "released") },
    of("recalled", "recalled"),
    of("suspect", "suspect"),
    State { ready: "document.querySelector('.sticker .counts')", ..of("serial", "serial") },
    State { ready: "document.querySelector('.sticker [role]')", ..of("made-up-serial", "made-up-serial") },
    of("incomplete", "no-inputs"),
    of("wrong-label", "wrong-label"),
    of("label-not-bound", "unbound-label"),
    of("no-such-lot", "no-such-lot"),
    State { weather: Some(altered), ..of("invalid-record", "household") },
    State { weather: Some(over_allocated), ..of("over-allocated", "household") },
    State { weather: Some(untrusted_key), ..of("untrusted-key", "household") },
    State { weather: Some(needs_newer), ..of("needs-newer", "household") },
    State { weather: Some(garbage), ..of("invalid-file", "household") },
    State { weather: Some(gone), ..of("not-reachable", "household") },
    State {
        weather: Some(stuck),
        ready: "document.querySelector('#verdict[aria-busy=true]')",
        ..of("loading", "household")
    },
    State {
        before: "delete window.WebAssembly",
        ready: "document.documentElement.classList.contains('failed-old')",
        ..of("old-browser", "household")
    },
    State {
        weather: Some(no_files),
        ready: "document.documentElement.classList.contains('failed-slow')",
        ..of("page-not-loaded", "household")
    },
    State { scripts: false, ready: "document.body", ..of("no-scripts", "household") },
];

fn over_allocated() -> Weather {
    Weather::Answered(BUNDLES.into(), 200, forged("household", Forgery::OverAllocated))
}

fn untrusted_key() -> Weather {
    Weather::Answered(BUNDLES.into(), 200, forged("household", Forgery::UntrustedKey))
}

fn needs_newer() -> Weather {
    Weather::Answered(BUNDLES.into(), 200, forged("household", Forgery::NeedsNewer))
}

fn gone() -> Weather {
    Weather::Dropped(BUNDLES.into())
}

fn stuck() -> Weather {
    Weather::Stuck(BUNDLES.into())
}

fn no_files() -> Weather {
    Weather::Dropped("/assets/app-".into())
}

fn garbage() -> Weather {
    Weather::Answered(BUNDLES.into(), 200, vec![0xff; 100])
}

/// The household's bundle with its own chain's last byte changed: a signature's.
fn altered() -> Weather {
    let folder = tempfile::tempdir().expect("a folder");
    let season = std::process::Command::new(world().program("season")).arg("--out").arg(folder.path()).output();
    assert!(season.expect("season starts").status.success());
    let mut bundle = std::fs::read(folder.path().join("bundles/household.cbor")).expect("its bundle");
    let grams = bundle.windows(5).position(|window| window == b"grams").expect("kilograms");
    bundle[grams + 9] ^= 1;
    Weather::Answered(BUNDLES.into(), 200, bundle)
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|one| one == name);
    let store = world().store();
    let server = world().server(store.path());
    let folder = workspace::target().join("screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    for state in STATES.iter().filter(|state| is_wanted(state.name)) {
        take(state, &server, &folder);
        println!("{}", state.name);
    }
    if is_wanted("inspect") {
        inspect(&deployment_with_inspector(), &folder);
    }
    if ["readme", "logged"].into_iter().any(is_wanted) {
        let at = deployment();
        if is_wanted("logged") {
            logged(&at, &folder);
        }
        if is_wanted("readme") {
            readme(&at);
        }
    }
}

/// States of the inspector's page: name, part, link that is traced or checked, what is run then, what shows that it is there.
const INSPECTED: &[(&str, &str, &str, &str, &str)] = &[
    ("inspect-home", "", "", "0", "document.querySelector('#code')"),
    ("inspect-trace", "trace", "export", "0", TRACED),
    ("inspect-trace-open", "trace", "export", UNFOLD, "document.querySelectorAll('.cell').length > 12"),
    ("inspect-recalled", "trace", "recalled", OPEN_RECALLED, "document.querySelector('#facts-title')"),
    ("inspect-check", "check", "all", "document.querySelector('form .button').click()", CHECKED),
    ("inspect-record", "record", "", MAKE_KEY, "document.querySelector('.symbol')"),
];

const TRACED: &str = "document.querySelector('.status[aria-busy=false]') && document.querySelector('.cell')";
const CHECKED: &str = "/xong/.test(document.querySelector('section [role=status]')?.innerText ?? '')";
const UNFOLD: &str =
    "document.querySelector('.cell[aria-expanded]').dispatchEvent(new MouseEvent('click', { bubbles: true }))";
const OPEN_RECALLED: &str =
    "document.querySelector('.cell.recalled').dispatchEvent(new MouseEvent('click', { bubbles: true }))";
const MAKE_KEY: &str = "document.querySelector('.card .button').click()";

fn inspect(at: &Deployment, folder: &Path) {
    let origin = at.server.origin();
    let all: Vec<String> = at.links().iter().map(|link| link.at(origin)).collect();
    Browser::run(&Look::default(), async |browser| {
        for (name, part, link, then, ready) in INSPECTED {
            let traced = (*part == "trace").then(|| at.link(link).at(origin).replace('#', "%23"));
            let code = traced.map(|link| format!("?code={link}&direction=both")).unwrap_or_default();
            browser.open("about:blank").await;
            browser.open(&format!("{origin}/inspect/#{part}{code}")).await;
            browser.until("document.querySelector('main h1')").await;
            if *part == "trace" {
                browser.until(TRACED).await;
            }
            if *link == "all" {
                let lines = serde_json::json!(all.join("\n") + "\n(01)09521234543214(10)A\nvải thiều");
                browser.value(&format!("document.querySelector('#codes').value = {lines}")).await;
            }
            browser.value(then).await;
            browser.until(ready).await;
            for (width, height) in [(360, 780), (1280, 900)] {
                for (dark, scheme) in [(false, "light"), (true, "dark")] {
                    browser.look(&Look { window: (width, height), dark, ..Look::default() }).await;
                    save(&folder.join(format!("{name}-{width}-{scheme}-vi.png")), &browser.whole_picture().await);
                }
            }
            for complaint in browser.complaints().await {
                println!("{name}: {complaint}");
            }
        }
    });
}

/// States of a deployment with a log: name, link, what the browser remembers of it before, and what is unfolded.
const LOGGED: &[(&str, &str, &str, &str)] = &[
    ("valid", "export", "", ""),
    ("valid-checks-open", "household", "", ".checks"),
    ("valid-unbound", "unbound-label", "", ""),
    ("stale", "household", "9999999 ", ""),
    ("forked", "household", "same ", ""),
    ("recalled-logged", "recalled", "", ""),
    ("suspect-logged", "suspect", "", ""),
    ("no-such-lot-proven", "no-such-lot", "", ""),
];

fn logged(at: &Deployment, folder: &Path) {
    Browser::run(&Look::default(), async |browser| {
        for (name, link, seen, unfold) in LOGGED {
            browser.open("about:blank").await;
            browser.open(&at.link(link).at(at.server.origin())).await;
            browser.until(DECIDED).await;
            if !seen.is_empty() {
                // A log that was larger, or another one of this size.
                let remember = format!(
                    "(() => {{ const [size] = localStorage.getItem('seen').split(' '); \
                     localStorage.setItem('seen', '{seen}'.replace('same', size) + 'ab'.repeat(32)) }})()"
                );
                browser.value(&remember).await;
                browser.reload().await;
                browser.until(DECIDED).await;
            }
            if !unfold.is_empty() {
                browser.unfold(unfold).await;
            }
            for (width, height) in [(360, 780), (1280, 900)] {
                browser.look(&Look { window: (width, height), ..Look::default() }).await;
                save(&folder.join(format!("{name}-{width}-light-vi.png")), &browser.whole_picture().await);
            }
            browser.value("localStorage.clear()").await;
            let _ = browser.complaints().await;
        }
    });
}

fn take(state: &State, server: &Server, folder: &Path) {
    let look = Look { before: state.before.into(), scripts: state.scripts, ..Look::default() };
    let network = state.weather.map(|weather| Network::before(server.port(), weather()));
    let origin = network.as_ref().map_or(server.origin(), Network::origin);
    Browser::run(&look, async |browser| {
        for lang in ["vi", "en"] {
            let url = state
                .link
                .map_or_else(|| format!("{origin}/?lang={lang}"), |link| world().link(link).at_in(origin, lang));
            browser.open("about:blank").await;
            browser.open(&url).await;
            browser.until(state.ready).await;
            if state.scripts && state.before.is_empty() && state.ready == DECIDED {
                // Another language arrives as a file, usually before the program, not certainly.
                browser.until(&format!("document.documentElement.lang === '{lang}'")).await;
                browser.until(COMPANION).await;
            }
            browser.value(state.then).await;
            if !state.unfold.is_empty() {
                browser.unfold(state.unfold).await;
            }
            let looks = [((360, 780), false), ((360, 780), true), ((1280, 900), false), ((1280, 900), true)];
            // Of the second language the narrowest shows enough.
            for (window, dark) in looks.into_iter().take(if lang == "vi" { 4 } else { 1 }) {
                browser.look(&Look { window, dark, ..Look::default() }).await;
                let scheme = if dark { "dark" } else { "light" };
                let picture = browser.whole_picture().await;
                save(&folder.join(format!("{}-{}-{scheme}-{lang}.png", state.name, window.0)), &picture);
            }
        }
    });
}

/// A telephone's screen each: the verdict, a recall, and the journey.
fn readme(at: &Deployment) {
    let folder: PathBuf = workspace::root().join("docs/screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    Browser::run(&Look::default(), async |browser| {
        for (name, link, scroll) in
            [("lot-360", "export", "main"), ("recalled-360", "recalled", "main"), ("journey-360", "export", ".journey")]
        {
            browser.open("about:blank").await;
            browser.open(&at.link(link).at(at.server.origin())).await;
            browser.until(DECIDED).await;
            let scroll = format!(
                "document.querySelector('{scroll}').getBoundingClientRect().top > innerHeight / 2 \
                && (document.querySelector('{scroll}').scrollIntoView(), scrollBy(0, -16))"
            );
            browser.value(&scroll).await;
            // The seal closes in a fifth of a second.
            browser.until("document.getAnimations().every(one => one.playState !== 'running')").await;
            save(&folder.join(format!("{name}.png")), &browser.picture().await);
        }
    });
}

fn save(file: &Path, picture: &[u8]) {
    std::fs::write(file, picture).expect("a picture");
}
