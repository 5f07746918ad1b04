//! Bench targets of the workspace as sources of figures.
//!
//! A bench target is named after the figures it gives, with its first `_` for the dot: `log_start` gives `log.start`,
//! `verify` gives `verify.native` and `verify.wasm`. The group asked for is its argument: it measures what lies in it. It
//! prints one JSON object a line for each:
//! `{"name", "value", "unit", "held": {"limit": 20.0, "bound": {"at_most": 1.1}}}` (or `at_least`), where `limit` is what
//! the value is held against, measured by the same run, and the bound is for `value / limit`. Where nothing is promised,
//! there is no `held`. Other lines are left alone.

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::bench::figure::Figure;
use crate::bench::lies_in;
use crate::shell;

/// One bench target.
pub struct Program {
    package: String,
    target: String,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// Every bench target of the workspace.
///
/// # Errors
/// cargo does not understand the workspace.
pub fn find() -> Result<Vec<Program>> {
    let metadata = shell::capture(&mut shell::cargo(["metadata", "--no-deps", "--format-version", "1"]))?;
    programs(&metadata)
}

fn programs(metadata: &str) -> Result<Vec<Program>> {
    let metadata: Metadata = serde_json::from_str(metadata).context("cargo metadata")?;
    let benches = metadata.packages.into_iter().flat_map(|package| {
        let benches = package.targets.into_iter().filter(|target| target.kind.iter().any(|kind| kind == "bench"));
        benches.map(move |target| Program { package: package.name.clone(), target: target.name })
    });
    Ok(benches.collect())
}

impl Program {
    /// The group its figures lie in.
    pub fn group(&self) -> String {
        self.target.replacen('_', ".", 1)
    }

    /// Runs it for what lies in `group`.
    ///
    /// # Errors
    /// It fails, or gives no figure though all of its figures were asked for.
    pub fn measure(&self, group: &str) -> Result<Vec<Figure>> {
        let mut bench = shell::cargo(["bench", "--quiet", "--package", &self.package, "--bench", &self.target]);
        bench.args(["--", group]);
        let mut figures = Vec::new();
        shell::run_reading(&format!("measure {}", self.group()), &mut bench, |line| figures.extend(figure(line)))?;
        let whole = lies_in(&self.group(), group);
        ensure!(!figures.is_empty() || !whole, "the bench target {} of {} gave no figure", self.target, self.package);
        figures.into_iter().collect()
    }
}

fn figure(line: &str) -> Option<Result<Figure>> {
    line.starts_with('{').then(|| serde_json::from_str(line).with_context(|| format!("not a figure: {line}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figure::Bound;

    #[test]
    fn finds_bench_targets_only() {
        let metadata = r#"{"packages": [{"name": "nguon-core", "version": "0.1.0", "targets": [
            {"name": "nguon_core", "kind": ["lib"]}, {"name": "log_map_update", "kind": ["bench"]}]}]}"#;
        let found = programs(metadata).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].package.as_str(), found[0].group().as_str()), ("nguon-core", "log.map_update"));
    }

    #[test]
    fn a_line_is_a_figure_an_error_or_left_alone() {
        let held = r#"{"limit":1000,"bound":{"at_least":0.9}}"#;
        let line = format!(r#"{{"name":"ingest.single","value":800,"unit":"records/s","held":{held}}}"#);
        let expected = Figure::new("ingest.single", 800.0, "records/s", 1000.0, Bound::AtLeast(0.9));
        assert_eq!(figure(&line).unwrap().unwrap(), expected);
        assert_eq!(figure(r#"{"name":"log.start","value":0.5,"unit":"s"}"#).unwrap().unwrap().name(), "log.start");
        assert!(figure("warming up").is_none());
        assert!(figure(r#"{"name":"x"}"#).unwrap().is_err());
    }
}
