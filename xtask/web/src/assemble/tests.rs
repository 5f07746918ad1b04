use std::fs;

use super::*;

const INDEX: &str = r#"<!doctype html><meta charset="utf-8">{{csp}}
<meta name="nguon-root" content="{{root}}"><meta name="nguon-api" content="{{api}}">
<script>{{inline:boot.js}}</script>
<script type="module" src="{{app.js}}" integrity="{{integrity:app.js}}"></script>
<link rel="stylesheet" href="{{style.css}}" integrity="{{integrity:style.css}}">"#;

fn page(change: impl Fn(&str) -> String) -> Result<Page> {
    let folder = tempfile::tempdir()?;
    let later = tempfile::tempdir()?;
    fs::write(later.path().join("en.txt"), "Hello")?;
    fs::write(folder.path().join("index.html"), change(INDEX))?;
    fs::write(
        folder.path().join("boot.js"),
        "// early\nvar wasm = '{{app.wasm}} {{integrity:app.wasm}}', later = {{later}};\n",
    )?;
    fs::write(folder.path().join("load.js"), "start('{{app.wasm}}');")?;
    fs::write(folder.path().join("style.css"), "a { background: url({{seal.svg}}) }")?;
    fs::write(folder.path().join("seal.svg"), "<svg/>")?;
    fs::write(folder.path().join("later.png"), [0x89, b'P', b'N', b'G'])?;
    let program = Program { module: "async function start() {}".to_owned(), wasm: b"\0asm".to_vec(), part: None };
    let config = PageConfig { root: "AAEC".to_owned(), api: "https://a.vn".to_owned(), ..Default::default() };
    assemble(&Source::read(folder.path(), Some(later.path()))?, &program, &[], &config)
}

fn text(page: &Page) -> &str {
    std::str::from_utf8(&page.index).unwrap()
}

fn asset<'a>(page: &'a Page, name: &str) -> &'a Asset {
    page.assets.iter().find(|asset| asset.name == name).unwrap()
}

#[test]
fn a_page_below_a_name_has_all_of_it_there_and_its_service_worker_knows_each_file() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        (
            "index.html",
            INDEX
                .replace(r#"<link rel="stylesheet" href="{{style.css}}" integrity="{{integrity:style.css}}">"#, "")
                .as_str(),
        ),
        ("boot.js", "go();"),
        ("load.js", "start('{{app.wasm}}');"),
        ("sw.js", "const LIST = {{precache}}; // kept"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let program = Program { module: "async function start() {}".to_owned(), wasm: b"\0asm".to_vec(), part: None };
    let config = PageConfig { base: "/inspect".to_owned(), ..Default::default() };
    let page = assemble(&Source::read(folder.path(), None).unwrap(), &program, &[], &config).unwrap();
    assert!(page.assets.iter().all(|asset| asset.url().starts_with("/inspect/assets/")));
    let worker = page.service_worker.as_deref().unwrap();
    assert!(
        worker.starts_with("const LIST={\"page\":\"sha256:") && worker.contains(r#""url":"/inspect/""#),
        "{worker}"
    );
    assert!(page.assets.iter().all(|asset| worker.contains(&asset.url()) && asset.name != "sw.js"));
}

#[test]
fn every_file_is_named_by_its_hash_and_bound_by_its_digest() {
    let page = page(str::to_owned).unwrap();
    for name in ["app.js", "style.css", "app.wasm"] {
        assert!(text(&page).contains(&asset(&page, name).url()), "{name}");
        assert!(text(&page).contains(&digest::integrity(&asset(&page, name).bytes)), "{name}");
    }
    assert!(!text(&page).contains("{{"));
}

#[test]
fn the_policy_allows_the_inline_script_as_the_browser_reads_it() {
    let page = page(str::to_owned).unwrap();
    let inline = text(&page).split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    assert!(page.policy.contains(&digest::csp_hash(inline)));
    assert!(text(&page).contains(&attribute(&page.policy)));
    assert!(page.policy.contains("connect-src 'self' https://a.vn;"));
}

#[test]
fn the_trust_root_is_part_of_the_page_hash() {
    let one = page(str::to_owned).unwrap();
    let other = page(|index| index.replace("{{root}}", "AAED")).unwrap();
    assert!(text(&one).contains(r#"content="AAEC""#));
    assert_ne!(one.hash(), other.hash());
    assert_eq!(asset(&one, "app.wasm").url(), asset(&other, "app.wasm").url());
}

#[test]
fn a_picture_of_the_style_sheet_is_first_load_and_an_unnamed_one_is_not() {
    let page = page(str::to_owned).unwrap();
    assert!(page.is_first_load(asset(&page, "seal.svg")));
    assert!(page.is_first_load(asset(&page, "app.wasm")));
    assert!(!page.is_first_load(asset(&page, "later.png")));
}

#[test]
fn what_is_fetched_later_is_bound_too_and_no_first_load() {
    let page = page(str::to_owned).unwrap();
    let words = asset(&page, "en.txt");
    let entry = format!(r#"{{"en.txt":["{}","{}"]}}"#, words.url(), digest::integrity(b"Hello"));
    assert!(text(&page).contains(&entry), "{}", text(&page));
    assert!(!page.is_first_load(words));
}

#[test]
fn a_page_that_would_be_unprotected_is_not_built() {
    let without = |part: &'static str| page(move |index| index.replace(part, "")).map(|_| ()).unwrap_err().to_string();
    assert!(without("{{csp}}").contains("csp"));
    assert!(without(r#" integrity="{{integrity:app.js}}""#).contains("integrity"));
    assert!(without(r#" integrity="{{integrity:style.css}}""#).contains("integrity"));
    assert!(without("<script>{{inline:boot.js}}</script>").contains("boot.js"));
    assert!(page(|index| format!("{index}{{{{csp}}}}")).is_err(), "two policies");
    let unknown = page(|index| index.replace("{{style.css}}", "{{styles.css}}")).map(|_| ()).unwrap_err();
    assert!(format!("{unknown:#}").contains("styles.css"));
}

#[test]
fn the_early_script_comes_after_the_policy_and_before_the_style_sheet() {
    assert!(page(|index| format!("{}{{{{csp}}}}", index.replace("{{csp}}", ""))).is_err());
    let link = r#"<link rel="stylesheet" href="{{style.css}}" integrity="{{integrity:style.css}}">"#;
    assert!(page(|index| index.replace(link, "").replace("<script>", &format!("{link}<script>"))).is_err());
}
