//! What the events on an actor's chain mean.

use nguon_core::event::EventName;

use super::{DETAILS, Parts};

/// Such an event in words; `None` of another.
pub(super) const fn explained(event: EventName) -> Option<Parts> {
    let parts: Parts = match event {
        EventName::Enrolled => (
            "an actor's chain begins (use `nguon enrol`)",
            &[
                ("role*", "registrar, farm, collector, packing_house, carrier, seller, lab, inspector"),
                ("name*", "its name: sealed"),
                ("phone", "its telephone number: sealed"),
                ("commune", "five digits"),
                ("gln", "GS1 party or location number"),
                ("scope*", "{\"events\": [...], \"places\", \"gs1_prefixes\", \"markets\", \"from\", \"until\"}"),
                ("key", "public key, 64 hexadecimal digits; absent: its registrar signs for it"),
            ],
            r#"{"enrolled": {"role": "farm", "name": {"seal": "Nguyễn Văn Bảy"}, "phone": {"seal": "+84912345678"}, "commune": "07525", "gln": "9521234000006", "scope": {"events": ["harvest_drawn"]}, "key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"}}"#,
        ),
        EventName::KeyAdded => (
            "a further key of the same actor (use `nguon key add`)",
            &[("key*", "public key, 64 hexadecimal digits"), ("holder", "name of the person who holds it: sealed")],
            r#"{"key_added": {"key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "holder": {"seal": "Nguyễn Thị Hoa"}}}"#,
        ),
        EventName::KeyRevoked => (
            "a key counts no more (use `nguon key revoke`)",
            &[
                ("key*", "the key's id, 64 hexadecimal digits"),
                ("reason*", "lost, stolen, compromised, superseded, left"),
                ("suspect_since", "time from which on its records are in doubt"),
                DETAILS,
            ],
            r#"{"key_revoked": {"key": "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9", "reason": "lost", "suspect_since": {"time": "2026-06-10"}, "details": {"seal": "mất điện thoại ở chợ Chũ"}}}"#,
        ),
        EventName::ScopeChanged => (
            "an actor may do more, or less, from here on; what it did before stays as it was judged then",
            &[(
                "scope*",
                "what it may do now, whole: {\"events\": [...], \"places\", \"gs1_prefixes\", \"markets\", \"from\", \"until\"}",
            )],
            r#"{"scope_changed": {"scope": {"events": ["harvest_drawn", "input_applied"], "until": {"time": "2027-01-01"}}}}"#,
        ),
        EventName::Retired => (
            "an actor acts no more: its keys count no longer, and it gets no further ones",
            &[DETAILS],
            r#"{"retired": {"details": {"seal": "nghỉ từ 31/12/2026"}}}"#,
        ),
        _ => return None,
    };
    Some(parts)
}
