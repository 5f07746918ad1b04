//! A trust root in words.

use nguon_core::bytes::to_hex;
use nguon_core::ids::KeyId;
use nguon_core::trust::{LogPolicy, LogVerifier, RootPayload, TrustRoot};
use nguon_core::values::UtcOffset;

use crate::command::log_keys::show_seconds;
use crate::moment;

/// SHA-256 of version 1's payload: what people compare.
pub fn deployment_id(trust: &TrustRoot) -> String {
    to_hex(trust.deployment().as_bytes())
}

/// A checked trust root.
pub fn describe(trust: &TrustRoot, offset: UtcOffset) -> String {
    describe_payload(trust.payload(), Some(&deployment_id(trust)), offset)
}

/// What a trust root says, with the deployment's id where it is known.
pub fn describe_payload(root: &RootPayload, id: Option<&str>, offset: UtcOffset) -> String {
    let mut text = format!(
        "{}\n  id          {}\n  version     {}, issued {}, expires {}\n  root keys   {} of {} must sign\n",
        root.name,
        id.unwrap_or("not known: the versions before it are not here"),
        root.version,
        moment::day(root.issued, offset),
        moment::day(root.expires, offset),
        root.threshold,
        root.root_keys.len()
    );
    for key in &root.root_keys {
        text.push_str(&format!("              {}\n", KeyId::of(key)));
    }
    for authority in &root.authorities {
        text.push_str(&format!("  authority   {}\n              id {}\n", authority.name, authority.id));
        for key in &authority.keys {
            text.push_str(&format!("              key {}\n", KeyId::of(key)));
        }
        for key in authority.retired.iter().flatten() {
            text.push_str(&format!("              retired {}\n", KeyId::of(key)));
        }
    }
    match &root.log {
        Some(log) => text.push_str(&describe_log(log)),
        None => text.push_str("  log         none: completeness cannot be proven, Unlogged is the best verdict"),
    }
    text
}

fn describe_log(log: &LogPolicy) -> String {
    let mut text = format!("  log         {}\n              key {}\n", log.origin, KeyId::of(&log.key));
    text.push_str(&format!("  witnesses   {} of {} must cosign\n", log.witness_threshold, log.witnesses.len()));
    let line = |cosigner: &LogVerifier| format!("              {}\n", describe_cosigner(cosigner));
    text.extend(log.witnesses.iter().map(line));
    text.push_str(&format!("  auditors    1 of {} must cosign\n", log.auditors.len()));
    text.extend(log.auditors.iter().map(line));
    let (online, offline) = (show_seconds(log.fresh_online), show_seconds(log.fresh_offline));
    text.push_str(&format!("  fresh       for {online} online, {offline} offline"));
    text
}

/// A witness or auditor.
pub fn describe_cosigner(cosigner: &LogVerifier) -> String {
    let url = cosigner.url.as_ref().map(|url| format!(" at {url}")).unwrap_or_default();
    format!("{} key {}{url}", cosigner.name, KeyId::of(&cosigner.key))
}
