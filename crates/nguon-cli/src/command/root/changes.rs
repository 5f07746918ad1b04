//! What a version of a trust root changes about the one before it, in words.

use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_core::trust::{Authority, LogPolicy, LogVerifier, RootPayload};
use nguon_core::values::UtcOffset;

use super::words::describe_cosigner;
use crate::command::log_keys::show_seconds;
use crate::moment;

/// Each change, the expiry first.
pub fn between(old: &RootPayload, new: &RootPayload, offset: UtcOffset) -> Vec<String> {
    let mut found = Changes::default();
    let until = |root: &RootPayload| moment::day(root.expires, offset);
    found.note("expires", &until(old), &until(new));
    found.note("name of the deployment", old.name.as_str(), new.name.as_str());
    found.keys("root key", &old.root_keys, &new.root_keys);
    let needed = |root: &RootPayload| format!("{} of {}", root.threshold, root.root_keys.len());
    found.note("root keys that must sign", &needed(old), &needed(new));
    authorities(&mut found, &old.authorities, &new.authorities);
    match (&old.log, &new.log) {
        (Some(old), Some(new)) => log(&mut found, old, new),
        (None, None) => {}
        (None, Some(_)) => found.say("gains a log, which no reader accepts"),
        (Some(_), None) => found.say("loses its log, which no reader accepts"),
    }
    found.0
}

/// The changes under a heading.
pub fn tell(changes: &[String], before: u64) -> String {
    if changes.is_empty() {
        return format!("Nothing but the dates changes since version {before}.");
    }
    let lines: Vec<String> = changes.iter().map(|change| format!("  {change}")).collect();
    format!("Changes since version {before}:\n{}", lines.join("\n"))
}

#[derive(Default)]
struct Changes(Vec<String>);

impl Changes {
    fn say(&mut self, what: impl Into<String>) {
        self.0.push(what.into());
    }

    fn note(&mut self, what: &str, old: &str, new: &str) {
        if old != new {
            self.say(format!("{what}: {new}, was {old}"));
        }
    }

    fn keys(&mut self, what: &str, old: &[PublicKeyBytes], new: &[PublicKeyBytes]) {
        for key in new.iter().filter(|key| !old.contains(key)) {
            self.say(format!("adds {what} {}", KeyId::of(key)));
        }
        for key in old.iter().filter(|key| !new.contains(key)) {
            self.say(format!("retires {what} {}", KeyId::of(key)));
        }
    }

    fn cosigners(&mut self, what: &str, old: &[LogVerifier], new: &[LogVerifier]) {
        for cosigner in new.iter().filter(|cosigner| !old.contains(cosigner)) {
            self.say(format!("adds {what} {}", describe_cosigner(cosigner)));
        }
        for cosigner in old.iter().filter(|cosigner| !new.contains(cosigner)) {
            self.say(format!("retires {what} {}", describe_cosigner(cosigner)));
        }
    }
}

fn authorities(found: &mut Changes, old: &[Authority], new: &[Authority]) {
    for before in old {
        let Some(after) = new.iter().find(|after| after.id == before.id) else {
            found.say(format!("removes authority {} and all its keys, id {}", before.name, before.id));
            continue;
        };
        found.note("name of an authority", before.name.as_str(), after.name.as_str());
        found.keys(&format!("key of authority {},", after.name), &before.keys, &after.keys);
    }
    for added in new.iter().filter(|after| old.iter().all(|before| before.id != after.id)) {
        found.say(format!("adds authority {}, id {}", added.name, added.id));
        found.keys(&format!("key of authority {},", added.name), &[], &added.keys);
    }
}

fn log(found: &mut Changes, old: &LogPolicy, new: &LogPolicy) {
    found.note("name of the log", &old.origin.to_string(), &new.origin.to_string());
    found.note("key of the log", &KeyId::of(&old.key).to_string(), &KeyId::of(&new.key).to_string());
    found.cosigners("witness", &old.witnesses, &new.witnesses);
    let needed = |log: &LogPolicy| format!("{} of {}", log.witness_threshold, log.witnesses.len());
    found.note("witnesses that must cosign", &needed(old), &needed(new));
    found.cosigners("map auditor", &old.auditors, &new.auditors);
    found.note("fresh online for", &show_seconds(old.fresh_online), &show_seconds(new.fresh_online));
    found.note("fresh offline for", &show_seconds(old.fresh_offline), &show_seconds(new.fresh_offline));
}
