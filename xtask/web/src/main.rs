//! Turns a compiled wasm file and a page's sources into a static folder that any host can serve.
//!
//! `cargo xtask web` compiles the page and then runs this program; it is a package of its own because
//! `wasm-bindgen-cli-support` is heavy and `cargo xtask test quick` has no use for it.
//!
//! # What a page brings
//!
//! A folder `static/` with `index.html`, `boot.js`, `load.js`, `style.css` and whatever else it needs (pictures, a
//! web manifest). `index.html`, the scripts, `*.css` and `*.webmanifest` are templates:
//!
//! | placeholder | stands for |
//! |---|---|
//! | `{{NAME}}` | the address of a file, its content hash in the name: `{{style.css}}`, `{{app.js}}`, `{{app.wasm}}`, … |
//! | `{{integrity:NAME}}` | that file's `sha256-…`, for `integrity="…"` and for `fetch`; every script, style sheet and preload must have it |
//! | `{{later}}` | `{"NAME":["address","sha256-…"],…}` of the files that the page fetches only when it needs them; of its scripts |
//! | `{{inline:boot.js}}` | the text of `boot.js`, filled in, to stand between `<script>` and `</script>`; its hash is in the policy |
//! | `{{csp}}` | the policy as a `<meta http-equiv>`; the first thing after `<meta charset>` |
//! | `{{root}}` | trust root version 1, standard base64 of the file's bytes; empty if the build was given none |
//! | `{{api}}` | origin of the ingestion server, empty when it serves the page itself |
//! | `{{ask}}` | addresses that are asked along with a lot's bundle, each after a space: witnesses, the list of recalls; empty without a log |
//! | `{{report}}` | where a reader reports a label, empty if there is nowhere |
//!
//! `boot.js` is inline so that the wasm file and the bundle are asked for as soon as the first bytes of the page
//! are read, and so that a browser of any age runs it. `app.js` is wasm-bindgen's module with `load.js` appended, which
//! starts the program (`__wbg_get_imports`, `__wbg_finalize_init`; `join`, see [`split`]): one module that imports nothing, so that the
//! `integrity` of its script element covers all of it. Files are filled in the order later files, pictures, manifests and
//! style sheets, `app.wasm`, `app.js`, `boot.js`, `index.html`; each may name those before it. The trust root stands in `index.html` itself: it costs no
//! request, and the page's published hash covers it, as it covers every other file through `integrity`.
//!
//! With `--extra NAME=WASM,STATIC[,LATER]` a page has programs that it starts later: `NAME.js` is their module with the `load.js`
//! of their folder appended, and it alone names what belongs to them; the page's scripts name `NAME.js`.
//!
//! With `--part [PROGRAM:]NAME=DOOR[,DOOR]` what a program needs only behind these functions is a file of its own, `NAME.wasm`
//! (see [`carve`]), one of those that the page fetches later.
//!
//! A `sw.js` (service worker), if there is one, is written beside `index.html` under its own name; `{{precache}}` in it stands
//! for what [`precache`] lists. With `--base /NAME` the page stands at `/NAME/` on its origin, its files below that.
//!
//! # What comes out
//!
//! `index.html`, `assets/NAME-HASH.EXT`, each with `.br` and `.gz` beside it where that is smaller, `headers.json`
//! (see [`headers`]) and `precache.json` (see [`precache`]). A host answers every other address with `index.html`.
//!
//! # What is left out
//!
//! No `wasm-opt` (under 1 % here; taking the code apart, [`split`], is 13 %), no minifier beyond dropping comments and white space, no source maps.

mod assemble;
mod bindgen;
mod carve;
mod compress;
mod csp;
mod digest;
mod glue;
mod headers;
mod options;
mod output;
mod precache;
mod sizes;
mod source;
mod split;
mod template;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::assemble::{Extra, ExtraPaths};
use crate::bindgen::Part;
use crate::compress::Packed;
use crate::options::{ApiOrigin, BasePath, ReportAddress};

/// Builds the static folders of Nguồn's web pages.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the JavaScript module and the wasm file of a wasm-bindgen program into a folder
    Bindgen {
        /// What `cargo build --target wasm32-unknown-unknown` made
        #[arg(long)]
        wasm: PathBuf,
        /// Folder to write `NAME.js` and `NAME_bg.wasm` into
        #[arg(long)]
        out: PathBuf,
        /// Name of the module
        #[arg(long)]
        name: String,
    },
    /// Build a page into a folder that any host can serve, and weigh it
    Page(Box<PageArgs>),
}

#[derive(clap::Args)]
struct PageArgs {
    /// What `cargo build --target wasm32-unknown-unknown` made
    #[arg(long)]
    wasm: PathBuf,
    /// The page's `static/` folder
    #[arg(long)]
    source: PathBuf,
    /// Folder of what the page fetches only when it needs it
    #[arg(long)]
    later: Option<PathBuf>,
    /// Folder to replace with the finished page
    #[arg(long)]
    out: PathBuf,
    /// Where to write the sizes as JSON
    #[arg(long)]
    sizes: PathBuf,
    /// A program that the page starts later, after those it names itself: `NAME=WASM,STATIC[,LATER]`
    #[arg(long = "extra", value_name = "PROGRAM")]
    extras: Vec<ExtraPaths>,
    /// What is carved out of a program, to be fetched later: what only these functions need, and they
    #[arg(long = "part", value_name = "[PROGRAM:]NAME=DOOR[,DOOR]", value_parser = program_part)]
    parts: Vec<(Option<String>, Part)>,
    /// Trust root version 1
    #[arg(long)]
    root: Option<PathBuf>,
    /// Origin of the ingestion server, if it is not the page's own
    #[arg(long)]
    api: Option<ApiOrigin>,
    /// Where readers report a label
    #[arg(long)]
    report: Option<ReportAddress>,
    /// Where the page stands, if not at the top of its origin: `/inspect`
    #[arg(long)]
    base: Option<BasePath>,
    /// Bytes that its first load may take
    #[arg(long, default_value_t = sizes::FIRST_LOAD_BUDGET)]
    budget: usize,
    /// Compress in a hurry and do not write down the sizes: for pages that nobody weighs
    #[arg(long)]
    unmeasured: bool,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Bindgen { wasm, out, name } => bindgen::emit(&wasm, &name, &out),
        Command::Page(args) => page(&args),
    }
}

/// `desk:import=…` is a part of the program `desk`; without a program, of the page's own.
fn program_part(text: &str) -> anyhow::Result<(Option<String>, Part)> {
    let (head, _) = text.split_once('=').unwrap_or((text, ""));
    match head.split_once(':') {
        Some((program, _)) => Ok((Some(program.to_owned()), text[program.len() + 1..].parse()?)),
        None => Ok((None, text.parse()?)),
    }
}

fn page(args: &PageArgs) -> anyhow::Result<()> {
    let config =
        options::PageConfig::read(args.root.as_deref(), args.api.as_ref(), args.report.as_ref(), args.base.as_ref())?;
    let source = source::Source::read(&args.source, args.later.as_deref())?;
    let part = |of: Option<&str>| args.parts.iter().find(|(program, _)| program.as_deref() == of).map(|(_, part)| part);
    let program = bindgen::module(&args.wasm, part(None))?;
    let extra = |paths: &ExtraPaths| Extra::read(paths, part(Some(paths.name())));
    let extras = args.extras.iter().map(extra).collect::<anyhow::Result<Vec<_>>>()?;
    let page = assemble::assemble(&source, &program, &extras, &config)?;
    let packed = Packed::new(args.sizes.parent().unwrap_or(&args.sizes).join("packed"));
    let packed = packed.in_a_hurry(args.unmeasured);
    let sizes = output::write(&page, &args.out, &packed)?.within(args.budget);
    if !args.unmeasured {
        sizes.save(&args.sizes)?;
    }
    print!("{sizes}");
    println!("page hash {}", page.hash());
    Ok(())
}
