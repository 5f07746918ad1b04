//! `cargo xtask web`: compiles a page to wasm and hands it to the page builder, `xtask/web`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::demo::season::{Profile, Season};
use crate::demo::watch::Addresses;
use crate::shell;
use crate::tools::wasm;

/// A page of the workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum App {
    /// The shopper's page behind the labels
    #[default]
    Verify,
    /// The inspector's page, at `/inspect/`
    Inspect,
    /// The farmer's app, at `/farm/`
    Farm,
}

/// The co-op's desk: its package, and its folder in `web/`.
const DESK_APP: (&str, &str) = ("nguon-desk-app", "desk");

impl App {
    /// Its folder in `web/` and `web/dist/`.
    const fn folder(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Inspect => "inspect",
            Self::Farm => "farm",
        }
    }

    fn package(self) -> String {
        format!("nguon-{}-app", self.folder())
    }

    /// What the page builder is told besides.
    const fn options(self) -> &'static [&'static str] {
        match self {
            Self::Verify => &[],
            // 300 KiB: it is loaded once, and opens without a network from then on.
            Self::Inspect => &["--base", "/inspect", "--budget", "307200"],
            // 220 KiB: it is loaded once, perhaps over an orchard's network, and opens without one from then on.
            Self::Farm => &["--base", "/farm", "--budget", "225280"],
        }
    }

    /// What is carved out of its program and of those that it starts later: package, what the page builder calls the part, and
    /// the doors by which the rest comes to it.
    const fn parts(self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self {
            Self::Verify | Self::Inspect => &[],
            Self::Farm => &[
                ("nguon-farm-app", "tasks", "nguon_farm_app::tasks::page::page"),
                ("nguon-desk-app", "desk:desk-import", "nguon_desk_app::components::import::page"),
            ],
        }
    }

    /// Whether something is carved out of a package's program.
    fn carves(self, package: &str) -> bool {
        self.parts().iter().any(|(of, ..)| *of == package)
    }

    /// The programs that it starts later, each after those that it names: package, and folder in `web/`, after which it is
    /// called.
    const fn extras(self) -> &'static [(&'static str, &'static str)] {
        const SCANNER: (&str, &str) = ("nguon-scan-worker", "scan-worker");
        match self {
            Self::Verify => &[SCANNER, ("nguon-companion-app", "companion")],
            Self::Inspect => &[("nguon-inspect-export", "inspect-export")],
            Self::Farm => {
                &[SCANNER, ("nguon-desk-print", "desk-print"), DESK_APP, ("nguon-farm-practice", "farm-practice")]
            }
        }
    }
}

/// Options of `cargo xtask web`.
#[derive(clap::Args, Clone, Default)]
pub struct Args {
    /// Trust root version 1, to be packaged into the page [default: the sample season's]
    #[arg(long, value_name = "FILE")]
    pub root: Option<PathBuf>,
    /// Origin of the ingestion server, such as `https://api.example.vn` [default: the page's own]
    #[arg(long, value_name = "ORIGIN")]
    pub api: Option<String>,
    /// Where readers report a label: an e-mail address or an `https://` page
    #[arg(long, value_name = "ADDRESS")]
    pub report: Option<String>,
    /// Folder to replace with the page [default: web/dist/verify, or the other page's]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Which page
    #[arg(long, value_enum, default_value_t)]
    pub app: App,
    /// Features of the page to compile in, such as `gallery`
    #[arg(long, value_name = "FEATURE")]
    pub features: Vec<String>,
    /// Take the wasm file compiled before, and only put the page together again
    #[arg(long)]
    pub no_build: bool,
    /// Do not weigh the page: put together quickly, for tests and a look at it
    #[arg(long)]
    pub unmeasured: bool,
}

/// Builds the page and holds it to its budget.
///
/// # Errors
/// A tool that cannot be had, a page that does not compile, or that is over its budget.
pub fn run(args: &Args) -> Result<()> {
    let folder = page(args)?;
    if !args.unmeasured {
        let sizes = FirstLoad::of(args.app)?;
        sizes.check()?;
        sizes.check_scanner()?;
        sizes.check_desk()?;
    }
    shell::say(format_args!(
        "\nthe page is in {}: serve it, and answer every other address with index.html",
        folder.display()
    ));
    Ok(())
}

/// Compiles the programs of these pages, which is most of the work of putting them together.
///
/// # Errors
/// A tool that cannot be had, or a program that does not compile.
pub fn compile(apps: &[App]) -> Result<()> {
    let toolchain = wasm::ensure()?;
    for app in apps {
        let package = app.package();
        for package in [package.as_str()].into_iter().chain(app.extras().iter().map(|(package, _)| *package)) {
            wasm::compile(toolchain, package, &[], app.carves(package))?;
        }
    }
    Ok(())
}

/// Builds the page and gives its folder.
///
/// # Errors
/// A tool that cannot be had, or a page that does not compile.
pub fn page(args: &Args) -> Result<PathBuf> {
    let package = args.app.package();
    let wasm = if args.no_build {
        wasm::compiled(&package, &args.features)?
    } else {
        wasm::compile(wasm::ensure()?, &package, &args.features, args.app.carves(&package))?
    };
    let root = match &args.root {
        Some(root) => root.clone(),
        None => Season::build(Profile::Dev)?
            .root(&shell::target().join("season"), Some(&Addresses::new("127.0.0.1", 8791)))?,
    };
    let folder = args.app.folder();
    let out = args.out.clone().unwrap_or_else(|| shell::root().join("web/dist").join(folder));
    let mut build = builder("page");
    build.arg("--wasm").arg(wasm).arg("--root").arg(root).arg("--out").arg(&out);
    let later = (args.app != App::Inspect).then(|| later(&package)).transpose()?;
    if let Some(later) = &later {
        build.arg("--later").arg(later);
    }
    // The desk speaks languages of its own.
    let desk = (args.app == App::Farm).then(|| self::later(DESK_APP.0)).transpose()?;
    for extra in extras(args, desk.as_deref())? {
        build.arg("--extra").arg(extra);
    }
    for (_, part, doors) in args.app.parts() {
        build.arg("--part").arg(format!("{part}={doors}"));
    }
    build.arg("--source").arg(shell::root().join("web").join(folder).join("static"));
    build.arg("--sizes").arg(sizes(args.app)).args(args.app.options());
    if args.unmeasured {
        build.arg("--unmeasured");
    }
    for (option, value) in [("--api", &args.api), ("--report", &args.report)] {
        if let Some(value) = value {
            build.args([option, value]);
        }
    }
    shell::run("put the page together", &mut build)?;
    for later in [later, desk].into_iter().flatten() {
        std::fs::remove_dir_all(&later).with_context(|| later.display().to_string())?;
    }
    Ok(out)
}

/// Compiles the programs that a page starts later, and says where each is as the page builder wants to be told.
fn extras(args: &Args, desk: Option<&Path>) -> Result<Vec<String>> {
    let one = |&(package, name): &(&str, &str)| {
        let wasm = if args.no_build {
            wasm::compiled(package, &[])?
        } else {
            wasm::compile(wasm::ensure()?, package, &[], args.app.carves(package))?
        };
        let folder = shell::root().join("web").join(name).join("static");
        let later =
            desk.filter(|_| name == DESK_APP.1).map(|later| format!(",{}", later.display())).unwrap_or_default();
        Ok(format!("{name}={},{}{later}", wasm.display(), folder.display()))
    };
    args.app.extras().iter().map(one).collect()
}

/// Options of `cargo xtask bindgen`.
#[derive(clap::Args)]
pub struct BindgenArgs {
    /// The library's package
    pub package: String,
    /// What its files are to be called
    pub name: String,
    /// Folder to write them into
    pub out: PathBuf,
}

/// Compiles a wasm-bindgen library for the browser into `out`: `NAME.js` and `NAME_bg.wasm`.
///
/// # Errors
/// A tool that cannot be had, or a library that does not compile.
pub fn bindgen(package: &str, name: &str, out: &Path) -> Result<()> {
    let wasm = wasm::compile(wasm::ensure()?, package, &[], false)?;
    let mut build = builder("bindgen");
    build.arg("--wasm").arg(wasm).arg("--out").arg(out).args(["--name", name]);
    shell::run(&format!("bind {package} to JavaScript"), &mut build)
}

/// Has a program's library, compiled for this machine, write out what the program fetches only when it needs it.
fn later(package: &str) -> Result<PathBuf> {
    // Of this process: two builds at once, as tests make them, would take each other's files away.
    let folder = shell::target().join(format!("web/later/{package}-{}", std::process::id()));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    let mut write = shell::cargo(["run", "--quiet", "--package", package, "--example", "later", "--"]);
    shell::run("write out the page's languages", write.arg(&folder))?;
    Ok(folder)
}

/// Where the sizes of a page as it was built last are.
fn sizes(app: App) -> PathBuf {
    shell::target().join("web").join(format!("{}-sizes.json", app.folder()))
}

/// What a page's first load takes, and what it may.
#[derive(serde::Deserialize)]
pub struct FirstLoad {
    /// Bytes as Brotli sends them.
    pub first_load: u32,
    /// Bytes that it may take.
    pub budget: u32,
    /// File by file.
    #[serde(default)]
    files: Vec<Sent>,
}

/// A file as it is sent.
#[derive(serde::Deserialize)]
struct Sent {
    path: String,
    brotli: u32,
}

/// What the reader of codes may take, script and program: it comes on the first tap, perhaps in an orchard.
const SCANNER: u32 = 225_280;

/// What the co-op's desk may take: script, program and style. What reads lists and what prints labels comes later, on a tap.
pub const DESK: u32 = 358_400;

impl FirstLoad {
    /// Of a page as it was built last.
    ///
    /// # Errors
    /// It was not built.
    pub fn of(app: App) -> Result<Self> {
        let text = std::fs::read(sizes(app)).context("no sizes of the page: build it first")?;
        serde_json::from_slice(&text).context("the sizes of the page")
    }

    /// Bytes of the co-op's desk, which comes with the farmer's app; 0 if it does not.
    pub fn desk(&self) -> u32 {
        // Not its part for lists, its languages and the template of a list, which are fetched when they are wanted.
        let begins = |path: &str| [".js", ".wasm", ".css"].iter().any(|ending| path.ends_with(ending));
        let later = ["assets/desk-print-", "assets/desk-import-"];
        let own = |path: &str| path.starts_with("assets/desk-") && !later.iter().any(|later| path.starts_with(later));
        self.sent(|path| own(path) && begins(path))
    }

    /// Whether the reader of codes is within its own.
    ///
    /// # Errors
    /// It is not; by how much.
    pub fn check_scanner(&self) -> Result<()> {
        let over = self.sent(|path| path.starts_with("assets/scan-worker")).saturating_sub(SCANNER);
        ensure!(over == 0, "the reader of codes is {over} bytes over its budget of {SCANNER} bytes");
        Ok(())
    }

    /// Whether the co-op's desk is within its own. A page without one is.
    ///
    /// # Errors
    /// It is not; by how much.
    pub fn check_desk(&self) -> Result<()> {
        let over = self.desk().saturating_sub(DESK);
        ensure!(over == 0, "the co-op's desk is {over} bytes over its budget of {DESK} bytes");
        Ok(())
    }

    /// Bytes of a part that was carved out of a program and comes behind it.
    pub fn part(&self, name: &str) -> u32 {
        self.sent(|path| path.starts_with(&format!("assets/{name}-")) && path.ends_with(".wasm"))
    }

    fn sent(&self, of: impl Fn(&str) -> bool) -> u32 {
        self.files.iter().filter(|file| of(&file.path)).map(|file| file.brotli).sum()
    }

    /// Whether it is within the budget.
    ///
    /// # Errors
    /// It is not; by how much.
    pub fn check(&self) -> Result<()> {
        let over = self.first_load.saturating_sub(self.budget);
        ensure!(over == 0, "the first load is {over} bytes over its budget of {} bytes", self.budget);
        Ok(())
    }
}

fn builder(command: &str) -> std::process::Command {
    shell::cargo(["run", "--quiet", "--package", "xtask-web", "--", command])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_byte_decides() {
        let page = |first_load| FirstLoad { first_load, budget: 153_600, files: Vec::new() };
        assert!(page(153_600).check().is_ok());
        assert!(page(153_601).check().unwrap_err().to_string().contains("1 bytes over"));
    }

    #[test]
    fn the_reader_of_codes_has_a_budget_of_its_own() {
        let file = |path: &str, brotli| Sent { path: path.to_owned(), brotli };
        let page = |brotli| FirstLoad {
            first_load: 0,
            budget: 0,
            files: vec![
                file("assets/scan-worker-1.wasm", brotli),
                file("assets/scan-worker-1.js", 1_000),
                file("x", 9),
            ],
        };
        assert!(page(224_280).check_scanner().is_ok());
        assert!(page(224_281).check_scanner().is_err());
    }

    #[test]
    fn the_desk_has_a_budget_of_its_own_without_what_comes_on_a_tap() {
        let file = |path: &str, brotli| Sent { path: path.to_owned(), brotli };
        let page = |brotli| FirstLoad {
            first_load: 0,
            budget: 0,
            files: vec![
                file("assets/desk-1.wasm", brotli),
                file("assets/desk-2.js", 400),
                file("assets/desk-print-3.wasm", 500_000),
                file("assets/desk-import-4.wasm", 500_000),
            ],
        };
        assert!(page(358_000).check_desk().is_ok());
        assert!(page(358_001).check_desk().is_err());
    }
}
