//! Running other programs: each is announced, timed and answered for. Announcements go to standard error, so that
//! standard output stays for results.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

/// The workspace's folder.
pub fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&manifest).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// `program`, to be run in the workspace's folder.
pub fn command(program: impl Into<OsString>) -> Command {
    let mut command = Command::new(program.into());
    command.current_dir(root());
    // `cargo run` describes this package to us. Build scripts that look at these variables would take them for a
    // change, and everything after them would be compiled again.
    for (name, _) in std::env::vars_os() {
        let about_us = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_PRIMARY_PACKAGE"
        });
        if about_us {
            command.env_remove(name);
        }
    }
    command
}

/// `cargo` with the given arguments.
pub fn cargo<'a>(args: impl IntoIterator<Item = &'a str>) -> Command {
    let mut cargo = command("cargo");
    cargo.args(args);
    cargo
}

/// Says what comes next.
pub fn say(what: impl std::fmt::Display) {
    eprintln!("{what}");
}

/// Announces `command`, runs it with its output on standard error, and says how long it took.
///
/// # Errors
/// It cannot be started, or it fails.
pub fn run(title: &str, command: &mut Command) -> Result<()> {
    let started = announce(title, command);
    let status = command.stdout(std::io::stderr()).status().with_context(|| start_failure(command))?;
    finish(title, started, status)
}

/// As [`run`], but gives each line of standard output to `read`.
///
/// # Errors
/// As [`run`].
pub fn run_reading(title: &str, command: &mut Command, mut read: impl FnMut(&str)) -> Result<()> {
    let started = announce(title, command);
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| start_failure(command))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            read(&String::from_utf8_lossy(&line));
        }
    }
    finish(title, started, child.wait()?)
}

/// Standard output of a short command that succeeds, without announcing it.
///
/// # Errors
/// It cannot be started, or it fails; with what it said on standard error.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| start_failure(command))?;
    ensure!(
        output.status.success(),
        "`{}`: {}: {}",
        line(command),
        output.status,
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a short command succeeds.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).output().is_ok_and(|output| output.status.success())
}

/// Says what is about to run.
pub fn announce(title: &str, command: &Command) -> Instant {
    eprintln!("\n── {title}\n   $ {}", line(command));
    Instant::now()
}

fn finish(title: &str, started: Instant, status: ExitStatus) -> Result<()> {
    eprintln!("   {:.1} s", started.elapsed().as_secs_f64());
    ensure!(status.success(), "{title}: {status}");
    Ok(())
}

fn start_failure(command: &Command) -> String {
    format!("cannot start `{}`", command.get_program().to_string_lossy())
}

/// A command as it could be typed, with the variables it sets.
fn line(command: &Command) -> String {
    let root = format!("{}/", root().display());
    let set = command.get_envs().filter_map(|(name, value)| Some((name, value?)));
    let set = set.map(|(name, value)| format!("{}={}", name.to_string_lossy(), quoted(&value.to_string_lossy())));
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words.map(|word| quoted(&word.to_string_lossy()));
    set.chain(words).map(|word| word.replace(&root, "")).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    if word.is_empty() || word.contains(|c: char| c.is_whitespace() || "'\"$&|;<>(){}*?".contains(c)) {
        format!("'{}'", word.replace('\'', r"'\''"))
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_could_be_typed() {
        let mut command = command("cargo");
        command.args(["test", "a b", "it's"]).arg(root().join("web")).env("RUSTDOCFLAGS", "-D warnings");
        assert_eq!(line(&command), r"RUSTDOCFLAGS='-D warnings' cargo test 'a b' 'it'\''s' web");
    }

    #[test]
    fn a_failure_says_what_failed() {
        let error = capture(command("sh").args(["-c", "echo oh >&2; exit 3"])).unwrap_err().to_string();
        assert!(error.contains("oh") && error.contains('3'), "{error}");
        let error = format!("{:#}", capture(&mut command("no-such-program-here")).unwrap_err());
        assert!(error.contains("no-such-program-here"), "{error}");
    }
}
