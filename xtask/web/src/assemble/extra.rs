//! A program that a page starts later: a second wasm file with its own script, style sheet and languages. The page's
//! script names `NAME.js` with its hash; all else the program names itself.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Context as _, Result, ensure};

use super::{Asset, add_files, module, sent};
use crate::bindgen::{self, Part, Program};
use crate::source::Source;

/// A program that a page starts later.
pub struct Extra {
    name: String,
    source: Source,
    program: Program,
}

impl Extra {
    /// Reads one.
    ///
    /// # Errors
    /// Files that cannot be read, or a wasm file that wasm-bindgen does not know.
    pub fn read(paths: &ExtraPaths, part: Option<&Part>) -> Result<Self> {
        let source = Source::read(&paths.source, paths.later.as_deref())?;
        Ok(Self { name: paths.name.clone(), source, program: bindgen::module(&paths.wasm, part)? })
    }

    /// Adds its files, those first that others of them name: later files, pictures, style sheets, `NAME.wasm`, `NAME.js`.
    pub(super) fn add(&self, assets: &mut Vec<Asset>, base: &str) -> Result<()> {
        add_files(&self.source, Some(&self.name), assets, base).with_context(|| self.name.clone())?;
        let own = |name: &str, ending: &str, bytes| {
            let asset = Asset::new(&format!("{name}.{ending}"), bytes, base);
            Asset { later: true, owner: Some(format!("{}'s page", self.name)), ..asset }
        };
        // The page's own script has what puts it together again.
        let joins = self.source.text("load.js")?.contains("nguonJoin(");
        if let Some((name, part)) = &self.program.part {
            assets.push(own(name, "wasm", sent(part, joins)?));
        }
        assets.push(own(&self.name, "wasm", sent(&self.program.wasm, joins)?));
        let module = module(&self.source, &self.program, "", Some(&self.name), assets);
        assets.push(own(&self.name, "js", module.with_context(|| self.name.clone())?));
        Ok(())
    }
}

impl ExtraPaths {
    /// What the program is called.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// `NAME=WASM,STATIC[,LATER]`: where the files of such a program are.
#[derive(Clone, Debug)]
pub struct ExtraPaths {
    name: String,
    wasm: PathBuf,
    source: PathBuf,
    later: Option<PathBuf>,
}

impl FromStr for ExtraPaths {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (name, paths) = text.split_once('=').context("NAME=WASM,STATIC[,LATER]")?;
        ensure!(
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
            "a program's name is a-z and `-`: {name:?}"
        );
        let mut paths = paths.split(',').map(PathBuf::from);
        let (wasm, source) = paths.next().zip(paths.next()).context("NAME=WASM,STATIC[,LATER]")?;
        Ok(Self { name: name.to_owned(), wasm, source, later: paths.next() })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_program_names_its_own_files_and_the_page_names_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("static")).unwrap();
        fs::create_dir_all(at("later")).unwrap();
        fs::write(at("static/load.js"), "go('{{more.wasm}}', '{{more.css}}', {{later}});").unwrap();
        fs::write(at("static/more.css"), "a { color: red }").unwrap();
        fs::write(at("later/more-en.txt"), "Hello").unwrap();
        let source = Source::read(&at("static"), Some(&at("later"))).unwrap();
        let program = Program { module: "let a;".to_owned(), wasm: b"\0asm".to_vec(), part: None };
        let mut assets = Vec::new();
        Extra { name: "more".to_owned(), source, program }.add(&mut assets, "").unwrap();
        assert!(assets.iter().all(|asset| asset.later));
        let script = assets.iter().find(|asset| asset.name == "more.js").unwrap();
        let text = String::from_utf8_lossy(&script.bytes);
        for name in ["more.wasm", "more.css", "more-en.txt"] {
            let asset = assets.iter().find(|asset| asset.name == name).unwrap();
            assert!(text.contains(&asset.url()), "{text}");
        }
        assert!(!text.contains("more.wasm\":"), "its own program is no file it fetches later: {text}");
        let of_page = super::super::reference(&assets, None, "later").unwrap();
        assert_eq!(of_page, "{}", "what belongs to a program is not the page's to fetch");
        assert!(super::super::reference(&assets, None, "integrity:more.js").is_some());
    }

    #[test]
    fn paths_are_told_apart() {
        let paths: ExtraPaths = "scan=a.wasm,static,later".parse().unwrap();
        assert_eq!((paths.name.as_str(), paths.later.is_some()), ("scan", true));
        for bad in ["", "a", "A=b,c", "a=b"] {
            assert!(bad.parse::<ExtraPaths>().is_err(), "{bad}");
        }
    }
}
