//! Bench targets of the workspace as sources of figures.
//!
//! A bench target is named after the figures it gives, with `_` for `.`: `verify_native` gives `verify.native`, `ingest`
//! may give `ingest.single` and `ingest.bulk`. It prints one JSON object a line for each:
//! `{"name", "value", "unit", "limit", "bound": {"at_most": 1.1}}` (or `at_least`), where `limit` is what the value is
//! held against, measured by the same run, and the bound is for `value / limit`. Other lines are left alone.

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::bench::figure::Figure;
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
        self.target.replace('_', ".")
    }

    /// Runs it.
    ///
    /// # Errors
    /// It fails, or gives no figure.
    pub fn measure(&self) -> Result<Vec<Figure>> {
        let mut bench = shell::cargo(["bench", "--quiet", "--package", &self.package, "--bench", &self.target]);
        let mut figures = Vec::new();
        shell::run_reading(&format!("measure {}", self.group()), &mut bench, |line| figures.extend(figure(line)))?;
        ensure!(!figures.is_empty(), "the bench target {} of {} gave no figure", self.target, self.package);
        figures.into_iter().collect()
    }
}

fn figure(line: &str) -> Option<Result<Figure>> {
    line.starts_with('{').then(|| serde_json::from_str(line).with_context(|| format!("not a figure: {line}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_bench_targets_only() {
        let metadata = r#"{"packages": [{"name": "nguon-core", "version": "0.1.0", "targets": [
            {"name": "nguon_core", "kind": ["lib"]}, {"name": "verify_native", "kind": ["bench"]}]}]}"#;
        let found = programs(metadata).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].package.as_str(), found[0].group().as_str()), ("nguon-core", "verify.native"));
    }

    #[test]
    fn a_line_is_a_figure_an_error_or_left_alone() {
        let line = r#"{"name":"ingest.single","value":800,"unit":"records/s","limit":1000,"bound":{"at_least":0.9}}"#;
        let figure_read = figure(line).unwrap().unwrap();
        assert!(!figure_read.met());
        assert_eq!(figure_read.name(), "ingest.single");
        assert!(figure("warming up").is_none());
        assert!(figure(r#"{"name":"x"}"#).unwrap().is_err());
    }
}
