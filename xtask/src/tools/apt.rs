//! Debian's packages, as root or through sudo; otherwise the line to type.

use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;
use crate::tools::find;

/// How this process may install packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    Root,
    Sudo,
    None,
}

/// Installs `packages`, because `what` is missing.
///
/// # Errors
/// No apt-get, no right to use it, or it fails; always with what to install.
pub fn install(what: &str, packages: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if find("apt-get").is_none() {
        bail!("{what} is missing and there is no apt-get here. On Debian it would be:\n    {by_hand}");
    }
    let right = right(
        shell::capture(shell::command("id").arg("-u")).is_ok_and(|id| id == "0"),
        find("sudo").is_some() && shell::succeeds(shell::command("sudo").args(["-n", "true"])),
    );
    if right == Right::None {
        bail!(
            "{what} is missing, and this is neither root nor may it use sudo without a password. Please run:\n    sudo {by_hand}"
        );
    }
    shell::say(format_args!("\n{what} is missing: installing Debian's {}", packages.join(", ")));
    // A list that is out of date names files that are gone; one that cannot be renewed may still do.
    let _ = shell::run("renew the package lists", &mut apt(right, &["update", "-q"]));
    let mut install = apt(right, &["install", "-q", "-y", "--no-install-recommends"]);
    shell::run(&format!("install {}", packages.join(" ")), install.args(packages))
        .map_err(|error| error.context(format!("{what} could not be installed. Please run:\n    {by_hand}")))
}

fn right(root: bool, sudo: bool) -> Right {
    match (root, sudo) {
        (true, _) => Right::Root,
        (false, true) => Right::Sudo,
        (false, false) => Right::None,
    }
}

fn apt(right: Right, args: &[&str]) -> Command {
    // Through env, since sudo drops variables.
    let words: &[&str] = if right == Right::Sudo { &["sudo", "-n", "env"] } else { &["env"] };
    let mut command = shell::command(words[0]);
    command.args(&words[1..]).args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(args);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_needs_no_sudo_and_sudo_asks_no_password() {
        assert_eq!(right(true, true), Right::Root);
        assert_eq!(right(false, true), Right::Sudo);
        assert_eq!(right(false, false), Right::None);
        assert_eq!(apt(Right::Root, &["update"]).get_program(), "env");
        let sudo = apt(Right::Sudo, &["update"]);
        assert_eq!(sudo.get_program(), "sudo");
        assert_eq!(sudo.get_args().next().unwrap(), "-n");
    }
}
