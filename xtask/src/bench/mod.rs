//! `cargo xtask bench`: every public number, measured again, each beside what it is measured against.
//!
//! Most are measured by programs: any bench target of the workspace (see [`programs`]). The rest is here.

mod figure;
mod programs;

use anyhow::{Result, ensure};

use crate::bench::figure::{Bound, Figure};
use crate::web::App;
use crate::{tools, web};

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub struct Args {
    /// Only figures whose names begin with this, such as `web` or `web.first_load`
    group: Option<String>,
    /// Print a list of objects instead of lines
    #[arg(long)]
    json: bool,
}

/// Measures and prints; progress goes to standard error.
///
/// # Errors
/// A group that does not exist, or a measurement that could not be made. A figure that is short is not an error: it is
/// printed as such.
pub fn run(args: &Args) -> Result<()> {
    let group = args.group.as_deref().unwrap_or_default();
    if overlap("scan", group) {
        tools::npm()?;
    }
    let mut figures = Vec::new();
    // No program is needed to weigh a page.
    let weighed = group.ends_with(".first_load");
    let wanted = |program: &&programs::Program| overlap(&program.group(), group) && !weighed;
    for program in programs::find()?.iter().filter(wanted) {
        figures.extend(program.measure(group)?);
    }
    if overlap("web.first_load", group) {
        figures.push(first_load("web.first_load", &weigh(App::Verify)?));
    }
    if overlap("farm.first_load", group) || overlap("desk.first_load", group) {
        let sizes = weigh(App::Farm)?;
        figures.push(first_load("farm.first_load", &sizes));
        figures.push(part("farm.first_load.tasks", &sizes, "tasks")?);
        let desk = f64::from(sizes.desk());
        figures.push(Figure::new("desk.first_load", desk, "bytes", f64::from(web::DESK), Bound::AtMost(1.0)));
        figures.push(part("desk.first_load.import", &sizes, "desk-import")?);
    }
    figures.retain(|figure| lies_in(figure.name(), group));
    ensure!(!figures.is_empty(), "no figure is called {group}, or begins with that and a dot");
    if args.json {
        println!("{}", serde_json::to_string_pretty(&figures)?);
    } else {
        figures.iter().for_each(|figure| println!("{figure}"));
    }
    Ok(())
}

/// Whether `name` is `group` or lies in it: `web.first_load` in `web`, `website.x` not; everything lies in "".
fn lies_in(name: &str, group: &str) -> bool {
    group.is_empty() || name.strip_prefix(group).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether something lies in both groups.
fn overlap(one: &str, other: &str) -> bool {
    lies_in(one, other) || lies_in(other, one)
}

/// What a first visit to a page takes, against its budget.
fn first_load(name: &str, sizes: &web::FirstLoad) -> Figure {
    let (value, limit) = (f64::from(sizes.first_load), f64::from(sizes.budget));
    Figure::new(name, value, "bytes", limit, Bound::AtMost(1.0))
}

/// What comes behind it.
fn part(name: &str, sizes: &web::FirstLoad, part: &str) -> Result<Figure> {
    let value = sizes.part(part);
    ensure!(value > 0, "the page has no part {part}");
    Ok(Figure::reported(name, f64::from(value), "bytes"))
}

fn weigh(app: App) -> Result<web::FirstLoad> {
    web::page(&web::Args { app, ..web::Args::default() })?;
    web::FirstLoad::of(app)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_a_name_or_what_comes_before_a_dot() {
        assert!(lies_in("web.first_load", "web"));
        assert!(lies_in("web.first_load", "web.first_load"));
        assert!(lies_in("web.first_load", ""));
        assert!(!lies_in("web.first_load", "we"));
        assert!(!lies_in("web", "web.first_load"));
    }

    #[test]
    fn a_program_is_run_for_its_group_and_for_each_of_its_figures() {
        assert!(overlap("verify", "verify.native"));
        assert!(overlap("verify.native", "verify"));
        assert!(overlap("log", "log.append") && overlap("log.start", "log"));
        assert!(!overlap("verify.native", "verify.wasm"));
    }
}
