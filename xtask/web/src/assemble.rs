//! Puts a page together: every file gets its hashed name, every template its values, the policy its hash.

mod extra;

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail, ensure};

use crate::bindgen::Program;
use crate::csp;
use crate::digest;
use crate::options::PageConfig;
use crate::precache::Precache;
use crate::source::{Source, extension};
use crate::split::{JOIN, split};
use crate::template::{attribute, fill};
use crate::tidy::{Language, tidy};

pub use extra::{Extra, ExtraPaths};

/// A file that is served under a name with its hash.
pub struct Asset {
    /// The name templates call it by.
    pub name: String,
    /// The name it is served under, below `assets/`.
    pub hashed_name: String,
    /// What is served.
    pub bytes: Vec<u8>,
    /// Whether the page fetches it only when it needs it.
    pub later: bool,
    /// The program that it belongs to, if not the page's own.
    owner: Option<String>,
    /// Below what the page stands on its origin; empty, or `/` and a name.
    base: String,
}

impl Asset {
    fn new(name: &str, bytes: Vec<u8>, base: &str) -> Self {
        let hashed_name = digest::hashed_name(name, &bytes);
        Self { name: name.to_owned(), hashed_name, bytes, later: false, owner: None, base: base.to_owned() }
    }

    /// Its address on the page's origin; absolute, since the page itself answers at `/01/…/10/…`.
    pub fn url(&self) -> String {
        format!("{}/assets/{}", self.base, self.hashed_name)
    }
}

/// A finished page.
pub struct Page {
    /// `index.html`
    pub index: Vec<u8>,
    /// Every other file.
    pub assets: Vec<Asset>,
    /// The policy, as the page's `<meta>` says it.
    pub policy: String,
    /// Below what the page stands on its origin.
    pub base: String,
    /// The text of `sw.js`, which has the page open without a network, if it brings one.
    pub service_worker: Option<String>,
}

impl Page {
    /// The hash to publish: it covers every file, since `index.html` names each by its own hash.
    pub fn hash(&self) -> String {
        format!("sha256:{}", digest::hex(&self.index))
    }

    /// Whether a browser asks for `asset` before the page works: the page, its program or its style sheet names it.
    pub fn is_first_load(&self, asset: &Asset) -> bool {
        let texts = self.assets.iter().filter(|asset| matches!(extension(&asset.name), "js" | "css"));
        let named_in = |text: &[u8]| String::from_utf8_lossy(text).contains(&asset.url());
        !asset.later && (named_in(&self.index) || texts.into_iter().any(|text| named_in(&text.bytes)))
    }
}

/// Builds the page; `extras` are the programs that it starts later, each after those that it may name.
///
/// # Errors
/// A source that is missing or names what is not there, and a script, style sheet or preload without its hash.
pub fn assemble(source: &Source, program: &Program, extras: &[Extra], config: &PageConfig) -> Result<Page> {
    let mut assets = Vec::new();
    for extra in extras {
        extra.add(&mut assets, &config.base)?;
    }
    add_files(source, None, &mut assets, &config.base)?;
    // A page whose load.js puts the program together has it sent apart.
    let joins = source.text("load.js")?.contains("join(");
    let join = if joins { JOIN } else { "" };
    if let Some((name, part)) = &program.part {
        let part = Asset::new(&format!("{name}.wasm"), sent(part, joins)?, &config.base);
        assets.push(Asset { later: true, ..part });
    }
    assets.push(Asset::new("app.wasm", sent(&program.wasm, joins)?, &config.base));
    let module = module(source, program, join, None, &assets)?;
    assets.push(Asset::new("app.js", module, &config.base));

    let boot = tidy(&fill_file(source, "boot.js", None, &assets)?, Language::Script);
    ensure!(!boot.to_ascii_lowercase().contains("</script"), "boot.js: `</script` would end the element it stands in");
    let policy = csp::policy(&digest::csp_hash(&boot), &config.api, &config.watchers);
    let index = fill(source.text("index.html")?, |name| match name {
        "inline:boot.js" => Some(boot.clone()),
        "csp" => Some(format!(r#"<meta http-equiv="Content-Security-Policy" content="{}">"#, attribute(&policy))),
        "root" => Some(config.root.clone()),
        "api" => Some(attribute(&config.api)),
        "ask" => Some(attribute(&config.ask)),
        "report" => Some(attribute(&config.report)),
        _ => reference(&assets, None, name),
    })
    .context("index.html")?;
    check_index(&index, &boot)?;
    let mut page = Page { index: index.into_bytes(), assets, policy, base: config.base.clone(), service_worker: None };
    page.service_worker = source.service_worker().map(|text| service_worker(text, &page, config)).transpose()?;
    Ok(page)
}

/// A wasm file as it is served.
fn sent(wasm: &[u8], joins: bool) -> Result<Vec<u8>> {
    if joins { split(wasm) } else { Ok(wasm.to_vec()) }
}

/// `sw.js` with the list of what it keeps, and where a lot's records are. Not one of the files in that list: the browser asks for it by itself.
fn service_worker(text: &str, page: &Page, config: &PageConfig) -> Result<String> {
    let list = serde_json::to_string(&Precache::of(page))?;
    let filled = fill(text, |name| match name {
        "precache" => Some(list.clone()),
        "api" => Some(config.api.clone()),
        "ask" => Some(config.ask.clone()),
        _ => None,
    });
    let filled = filled.context("sw.js")?;
    Ok(tidy(&filled, Language::Script))
}

/// Adds what a program fetches later, and every file of its folder that is no template of the page itself.
fn add_files(source: &Source, owner: Option<&str>, assets: &mut Vec<Asset>, base: &str) -> Result<()> {
    let owned = |asset: Asset, later| Asset { later, owner: owner.map(str::to_owned), ..asset };
    for (name, bytes) in source.later() {
        assets.push(owned(Asset::new(name, bytes.clone(), base), true));
    }
    for (name, bytes) in source.assets() {
        let bytes = match extension(name) {
            "css" => tidy(&fill_file(source, name, owner, assets)?, Language::Style).into_bytes(),
            "webmanifest" => fill_file(source, name, owner, assets)?.into_bytes(),
            _ => bytes.to_vec(),
        };
        assets.push(owned(Asset::new(name, bytes, base), owner.is_some()));
    }
    Ok(())
}

/// wasm-bindgen's module with `load.js` appended, which starts the program.
fn module(source: &Source, program: &Program, join: &str, owner: Option<&str>, assets: &[Asset]) -> Result<Vec<u8>> {
    let load = fill_file(source, "load.js", owner, assets)?;
    ensure!(!load.contains("import "), "load.js: it is appended to the program's module, which must import nothing");
    Ok(tidy(&format!("{}\n{join}\n{load}", program.module), Language::Script).into_bytes())
}

fn fill_file(source: &Source, name: &str, owner: Option<&str>, assets: &[Asset]) -> Result<String> {
    fill(source.text(name)?, |placeholder| reference(assets, owner, placeholder)).with_context(|| name.to_owned())
}

/// What `{{NAME}}`, `{{integrity:NAME}}` and `{{later}}` stand for in a file of `owner`.
fn reference(assets: &[Asset], owner: Option<&str>, placeholder: &str) -> Option<String> {
    let find = |name: &str| assets.iter().find(|asset| asset.name == name);
    if placeholder == "later" {
        let later = assets.iter().filter(|asset| asset.later && asset.owner.as_deref() == owner);
        let entry = |asset: &Asset| (asset.name.clone(), [asset.url(), digest::integrity(&asset.bytes)]);
        return serde_json::to_string(&later.map(entry).collect::<BTreeMap<_, _>>()).ok();
    }
    match placeholder.strip_prefix("integrity:") {
        Some(name) => find(name).map(|asset| digest::integrity(&asset.bytes)),
        None => find(placeholder).map(Asset::url),
    }
}

/// What a page cannot do without, and would seem to work without.
fn check_index(index: &str, boot: &str) -> Result<()> {
    let Some(policy_at) = index.find(r#"<meta http-equiv="Content-Security-Policy""#) else {
        bail!("index.html: no {{{{csp}}}}");
    };
    let policies = index.matches(r#"http-equiv="Content-Security-Policy""#).count();
    ensure!(policies == 1, "index.html: {policies} policies");
    // White space around the text would be hashed with it by the browser.
    let Some(boot_at) = index.find(&format!("<script>{boot}</script>")) else {
        bail!("index.html: no <script>{{{{inline:boot.js}}}}</script>");
    };
    ensure!(policy_at < boot_at, "index.html: {{{{csp}}}} after a script does not bind it");
    for tag in index.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default()) {
        let script = tag.starts_with("script ");
        let link = tag.starts_with("link ")
            && ["\"stylesheet\"", "\"modulepreload\"", "\"preload\""].iter().any(|rel| tag.contains(rel));
        ensure!(!(script || link) || tag.contains(" integrity=\"sha256-"), "index.html: no integrity in <{tag}>");
    }
    if let Some(style_at) = index.find(r#"rel="stylesheet""#) {
        ensure!(boot_at < style_at, "index.html: a style sheet before the inline script would hold it back");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
