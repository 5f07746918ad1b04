//! The next version of a trust root is made by people who sit apart, and by nobody else.

mod common;

use std::path::{Path, PathBuf};

use common::{Home, text};
use serde_json::Value;

/// A deployment whose three root keys lie apart: two of them must sign.
struct Ceremony {
    office: Home,
    /// Where each root key lies, on a medium of its own.
    keys: Vec<PathBuf>,
}

impl Ceremony {
    fn new() -> Self {
        Self::with(&[])
    }

    fn with(options: &[&str]) -> Self {
        let office = Home::new();
        let init = ["init", "--name", "Sở mẫu", "--root-keys", "3", "--no-passphrase", "--expires", "2090-01-01"];
        office.ok(&[&init[..], options].concat());
        let mut keys = Vec::new();
        for n in 1..=3 {
            let medium = office.beside(&format!("medium-{n}"));
            std::fs::create_dir(&medium).unwrap();
            let key = medium.join(format!("root-{n}.key"));
            std::fs::rename(office.file(&format!("keys/root-{n}.key")), &key).unwrap();
            keys.push(key);
        }
        Self { office, keys }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.office.beside(name)
    }

    fn propose(&self, name: &str, options: &[&str]) -> (PathBuf, Value) {
        let payload = self.file(name);
        let said = self.office.json(&[&["root", "propose", "--out", text(&payload)], options].concat());
        (payload, said)
    }

    /// Somebody who has version 1, a key on a medium, and nothing else.
    fn sign(&self, payload: &Path, key: &Path) -> PathBuf {
        let signer = Home::new();
        signer.ok(&["root", "import", text(&self.office.file("root.nguon"))]);
        self.sign_at(&signer, payload, key)
    }

    fn sign_at(&self, signer: &Home, payload: &Path, key: &Path) -> PathBuf {
        let signed = signer.json(&["root", "sign", text(payload), "--key", text(key)]);
        PathBuf::from(signed["signature"].as_str().unwrap())
    }

    fn combine(&self, payload: &Path, signatures: &[&PathBuf]) -> PathBuf {
        let files: Vec<&str> = signatures.iter().map(|path| text(path)).collect();
        let made = self.office.json(&[&["root", "combine", text(payload)], &files[..]].concat());
        PathBuf::from(made["out"].as_str().unwrap())
    }

    fn not_combined(&self, payload: &Path, signatures: &[&PathBuf]) -> Value {
        let files: Vec<&str> = signatures.iter().map(|path| text(path)).collect();
        self.office.error(&[&["root", "combine", text(payload)], &files[..]].concat())
    }

    /// A version signed by the first two keys.
    fn make(&self, name: &str, options: &[&str]) -> PathBuf {
        let (payload, _) = self.propose(name, options);
        let signatures = [0, 1].map(|n| self.sign_at(&self.office, &payload, &self.keys[n]));
        self.combine(&payload, &[&signatures[0], &signatures[1]])
    }
}

fn message(error: &Value) -> &str {
    error["message"].as_str().unwrap()
}

fn public(home: &Home, key: &str) -> String {
    home.json(&["key", "show", key])["public_key"].as_str().unwrap().to_owned()
}

fn id(home: &Home, key: &str) -> String {
    home.json(&["key", "show", key])["key_id"].as_str().unwrap().to_owned()
}

#[test]
fn from_proposal_to_every_home() {
    let ceremony = Ceremony::new();
    let office = &ceremony.office;
    office.ok(&["key", "new", "authority-2", "--no-passphrase"]);
    let (payload, said) = ceremony.propose(
        "root-2.payload",
        &[
            "--retire-authority-key",
            "authority",
            "--add-authority-key",
            &public(office, "authority-2"),
            "--expires",
            "2091-01-01",
        ],
    );
    let changes: Vec<&str> =
        said["changes"].as_array().unwrap().iter().map(|change| change.as_str().unwrap()).collect();
    assert_eq!(changes.len(), 3, "{changes:?}");
    assert!(changes[0].starts_with("expires: 2091-01-01, was 2090"), "{changes:?}");
    assert_eq!(changes[1], format!("adds key of authority Sở mẫu, {}", id(office, "authority-2")));
    assert_eq!(changes[2], format!("retires key of authority Sở mẫu, {}", id(office, "authority")));

    let one = ceremony.sign(&payload, &ceremony.keys[0]);
    let two = ceremony.sign(&payload, &ceremony.keys[2]);
    assert!(one != two && one.parent() == payload.parent());
    let second = ceremony.combine(&payload, &[&one, &two]);
    assert_eq!(second, ceremony.file("root-2.nguon"));

    // Taken over here and elsewhere; the id stays.
    let before = office.json(&["root", "show"]);
    let taken = office.ok(&["root", "import", text(&second)]);
    assert!(taken.stdout.contains("retires key of authority Sở mẫu"), "{taken:?}");
    let after = office.json(&["root", "show"]);
    assert_eq!((before["root"]["version"].as_u64(), after["root"]["version"].as_u64()), (Some(1), Some(2)));
    assert_eq!(before["deployment"], after["deployment"]);
    assert_eq!(after["root"]["authorities"][0]["retired"][0], public(office, "authority"));
    assert!(office.file("root.nguon").exists() && office.file("root-2.nguon").exists());

    // The next one starts from there, on a home that got both at once.
    let other = Home::new();
    other.ok(&[
        "root",
        "import",
        text(&office.file("root.nguon")),
        text(&second),
        "--id",
        after["deployment"].as_str().unwrap(),
    ]);
    assert_eq!(other.json(&["root", "show"]), after);
    let third = ceremony.make("root-3.payload", &[]);
    other.ok(&["root", "import", text(&third)]);
    assert_eq!(other.json(&["root", "show"])["root"]["version"], 3);
    // Once more is no error.
    other.ok(&["root", "import", text(&second), text(&third)]);
}

#[test]
fn signers_see_what_they_sign() {
    let ceremony = Ceremony::new();
    let (payload, said) = ceremony.propose("root-2.payload", &["--threshold", "3"]);
    let signed = ceremony.office.ok(&["root", "sign", text(&payload), "--key", text(&ceremony.keys[1])]);
    assert!(signed.stderr.contains("root keys that must sign: 3 of 3, was 2 of 3"), "{signed:?}");
    assert!(signed.stderr.contains(said["payload_sha256"].as_str().unwrap()), "{signed:?}");
    assert!(signed.stdout.contains("Next: give this file"), "{signed:?}");

    // Without the version before there is nothing to compare with, and nothing is signed.
    let nobody = Home::new();
    let sign = ["root", "sign", text(&payload), "--key", text(&ceremony.keys[0])];
    let refused = nobody.error(&sign);
    assert_eq!(refused["code"], "no_previous");
    let root = ceremony.office.file("root.nguon");
    nobody.ok(&[&sign[..], &["--previous", text(&root)]].concat());
    let stranger = Home::with_deployment();
    assert_eq!(stranger.error(&sign)["code"], "no_previous");
    assert!(!nobody.file("root.nguon").exists());
}

#[test]
fn a_root_key_under_a_passphrase_signs_from_its_medium() {
    let ceremony = Ceremony::new();
    let (payload, _) = ceremony.propose("root-2.payload", &[]);
    let medium = Home::new();
    let passphrase = ceremony.file("passphrase");
    std::fs::write(&passphrase, "bốn chữ không liên quan").unwrap();
    std::fs::create_dir_all(medium.file("keys")).unwrap();
    std::fs::copy(&ceremony.keys[0], medium.file("keys/root-1.key")).unwrap();
    medium.ok(&["key", "passphrase", "root-1", "--new-passphrase-file", text(&passphrase)]);

    let key = medium.file("keys/root-1.key");
    let sign = ["root", "sign", text(&payload), "--key", text(&key)];
    assert!(ceremony.office.error(&sign)["next"].as_str().unwrap().contains("--passphrase-file"));
    ceremony.office.ok(&[&sign[..], &["--passphrase-file", text(&passphrase)]].concat());
}

#[test]
fn both_thresholds_are_needed_and_the_missing_are_named() {
    let ceremony = Ceremony::new();
    let office = &ceremony.office;
    // All root keys but one are replaced: two of the old ones and two of the new ones must sign.
    for name in ["new-1", "new-2"] {
        office.ok(&["key", "new", name, "--no-passphrase"]);
    }
    let old: Vec<String> = office.json(&["root", "show"])["root"]["root_keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key.as_str().unwrap().to_owned())
        .collect();
    let retired = ["--retire-root-key", &old[0], "--retire-root-key", &old[1]];
    let added = ["--add-root-key", "new-1", "--add-root-key", "new-2"];
    let (payload, _) = ceremony.propose("root-2.payload", &[retired, added].concat());

    let leaving = [0, 1].map(|n| ceremony.sign(&payload, &ceremony.keys[n]));
    let staying = ceremony.sign(&payload, &ceremony.keys[2]);
    let coming = ["new-1", "new-2"].map(|name| ceremony.sign_at(office, &payload, Path::new(name)));

    let short = |signatures: &[&PathBuf]| {
        let error = ceremony.not_combined(&payload, signatures);
        assert_eq!(error["code"], "signatures_missing", "{error}");
        message(&error).to_owned()
    };
    let only_old = short(&[&leaving[0], &leaving[1]]);
    assert!(only_old.contains("version 1: 2 of 2 have signed, enough"), "{only_old}");
    assert!(only_old.contains("version 2: 0 of 2 have signed, 2 more needed"), "{only_old}");
    assert!(only_old.contains(&format!("not yet   {}", id(office, "new-1"))), "{only_old}");
    let only_new = short(&[&coming[0], &coming[1]]);
    assert!(only_new.contains("version 1: 0 of 2 have signed"), "{only_new}");
    // The same signature twice is one.
    assert!(short(&[&staying, &staying, &coming[0]]).contains("version 1: 1 of 2"));
    assert!(!ceremony.file("root-2.nguon").exists());

    // The key that stands in both counts for both.
    let second = ceremony.combine(&payload, &[&leaving[0], &staying, &coming[0]]);
    office.ok(&["root", "import", text(&second)]);
    let (payload, _) = ceremony.propose("root-3.payload", &[]);
    let refused = office.error(&["root", "sign", text(&payload), "--key", text(&ceremony.keys[0])]);
    assert_eq!(refused["code"], "not_a_root_key", "a retired root key signs nothing more: {refused}");
    let both = ["new-1", "new-2"].map(|name| ceremony.sign_at(office, &payload, Path::new(name)));
    ceremony.combine(&payload, &[&both[0], &both[1]]);
}

#[test]
fn signatures_of_something_else_are_refused() {
    let ceremony = Ceremony::new();
    let office = &ceremony.office;
    let (payload, _) = ceremony.propose("root-2.payload", &[]);
    let (other, _) = ceremony.propose("other.payload", &["--threshold", "1"]);
    let good = ceremony.sign(&payload, &ceremony.keys[0]);
    let elsewhere = ceremony.sign(&other, &ceremony.keys[1]);
    assert_eq!(ceremony.not_combined(&payload, &[&good, &elsewhere])["code"], "other_payload");

    let mut bytes = std::fs::read(&good).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let changed = ceremony.file("changed.sig");
    std::fs::write(&changed, &bytes).unwrap();
    assert_eq!(ceremony.not_combined(&payload, &[&changed])["code"], "bad_signature");
    std::fs::write(&changed, &bytes[..last]).unwrap();
    assert_eq!(ceremony.not_combined(&payload, &[&changed])["code"], "bad_root");

    // Only root keys sign, under a name or from a file.
    for key in ["authority", text(&office.file("keys/authority.key"))] {
        assert_eq!(office.error(&["root", "sign", text(&payload), "--key", key])["code"], "not_a_root_key");
    }
    assert_eq!(office.error(&["root", "sign", text(&payload), "--key", "nobody"])["code"], "no_key");
    office.error(&["root", "sign", text(&payload), "--key", "No Key"]);
    // A proposal that is there already is not replaced, nor is a version.
    assert!(message(&office.error(&["root", "propose", "--out", text(&payload)])).contains("is there already"));
    let two = ceremony.sign(&payload, &ceremony.keys[1]);
    ceremony.combine(&payload, &[&good, &two]);
    assert!(message(&ceremony.not_combined(&payload, &[&good, &two])).contains("is there already"));
}

#[test]
fn no_version_is_skipped_replaced_or_taken_back() {
    let ceremony = Ceremony::new();
    let office = &ceremony.office;
    let reader = Home::new();
    reader.ok(&["root", "import", text(&office.file("root.nguon"))]);
    let second = ceremony.make("root-2.payload", &[]);
    // The same people sign another version 2.
    let (payload, _) = ceremony.propose("fork.payload", &["--threshold", "1"]);
    let signatures = [0, 1].map(|n| ceremony.sign(&payload, &ceremony.keys[n]));
    let fork = ceremony.file("fork.nguon");
    let [one, two] = &signatures;
    office.ok(&["root", "combine", text(&payload), text(one), text(two), "--out", text(&fork)]);

    office.ok(&["root", "import", text(&second)]);
    let third = ceremony.make("root-3.payload", &[]);
    assert_eq!(reader.error(&["root", "import", text(&third)])["code"], "root_gap");
    assert_eq!(Home::new().error(&["root", "import", text(&third)])["code"], "no_root");
    // One bad file, and nothing of the good ones is written.
    reader.error(&["root", "import", text(&second), text(&fork)]);
    assert!(!reader.file("root-2.nguon").exists());
    reader.ok(&["root", "import", text(&second), text(&third)]);
    let rolled = reader.error(&["root", "import", text(&fork)]);
    assert_eq!(rolled["code"], "root_rollback");
    assert!(rolled["next"].as_str().unwrap().contains("signed two"), "{rolled}");
    // Version 1 again changes nothing.
    reader.ok(&["root", "import", text(&office.file("root.nguon"))]);
    assert_eq!(reader.json(&["root", "show"])["root"]["version"], 3);
    // On the other version 2, this version 3 is nobody's.
    let misled = Home::new();
    misled.ok(&["root", "import", text(&office.file("root.nguon")), text(&fork)]);
    assert_eq!(misled.error(&["root", "import", text(&third)])["code"], "bad_root");
    assert_eq!(misled.json(&["root", "inspect", text(&third)])["state"], "unknown");

    // A version in the home that was changed on disk is named.
    let path = reader.file("root-2.nguon");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let damaged = reader.error(&["root", "show"]);
    assert!(damaged["code"] == "bad_root" && message(&damaged).contains("root-2.nguon"), "{damaged}");
}

#[test]
fn a_proposal_no_reader_would_accept_is_not_written() {
    let ceremony = Ceremony::new();
    let office = &ceremony.office;
    let first = office.file("root.nguon");
    let own = public(office, "authority");
    let cosigner = format!("w={own}");
    for (wrong, said) in [
        (&["--threshold", "4"][..], "a threshold of 4 over 3 keys"),
        (&["--threshold", "0"], "a threshold of 0"),
        (&["--retire-root-key", "ffffffff"], "names 0 root keys"),
        (&["--retire-authority-key", ""], "--remove-authority"),
        (&["--retire-authority-key", "authority"], "--remove-authority"),
        (&["--remove-authority", "Sở mẫu"], "authorities"),
        (&["--add-authority-key", &own], "twice"),
        (&["--add-authority-key", "nobody"], "no key named nobody"),
        (&["--retire-authority-key", "authority", "--add-authority-key", "authority"], "twice"),
        (&["--add-authority", "Chi cục"], "NAME=PUBKEY"),
        (&["--expires", "2001-01-01"], "expires before"),
        (&["--expires", "soon"], "--expires"),
        (&["--add-witness", &cosigner], "has no log"),
        (&["--fresh-online", "2h"], "has no log"),
        (&["--authority", "Sở khác", "--retire-authority-key", &own], "0 authorities are meant"),
        (&["--previous", text(&first), "--previous", text(&first)], "version 2 must come here"),
    ] {
        let out = ceremony.file("wrong.payload");
        let error = office.error(&[&["root", "propose", "--out", text(&out)], wrong].concat());
        assert!(message(&error).contains(said), "{wrong:?}: {error}");
        assert!(!out.exists(), "{wrong:?}");
    }
    // A second authority may come, and be named when keys change; a retired key does not come back.
    office.ok(&["key", "new", "branch", "--no-passphrase"]);
    office.ok(&["key", "new", "branch-2", "--no-passphrase"]);
    let second =
        ceremony.make("root-2.payload", &["--add-authority", "Chi cục=branch", "--add-authority-key", "branch-2"]);
    office.ok(&["root", "import", text(&second)]);
    let retire = ["--retire-authority-key", "branch-2"];
    let out = ceremony.file("wrong.payload");
    assert!(
        message(&office.error(&[&["root", "propose", "--out", text(&out)], &retire[..]].concat()))
            .contains("2 authorities")
    );
    let third = ceremony.make("root-3.payload", &[&retire[..], &["--authority", "Sở mẫu"]].concat());
    office.ok(&["root", "import", text(&third)]);
    let back = ["root", "propose", "--out", text(&out), "--authority", "Sở mẫu", "--add-authority-key", "branch-2"];
    assert!(message(&office.error(&back)).contains("twice"));
    ceremony.make("root-4.payload", &["--remove-authority", "Chi cục"]);
}

#[test]
fn inspect_tells_where_a_version_stands() {
    let ceremony = Ceremony::new();
    let office = &ceremony.office;
    let nobody = Home::new();
    let root = office.file("root.nguon");
    let (payload, _) = ceremony.propose("root-2.payload", &["--threshold", "1"]);
    let one = ceremony.sign(&payload, &ceremony.keys[0]);
    let two = ceremony.sign(&payload, &ceremony.keys[1]);
    let second = ceremony.combine(&payload, &[&one, &two]);
    let state = |home: &Home, file: &Path, more: &[&str]| home.json(&[&["root", "inspect", text(file)], more].concat());

    for (file, signed, wanted) in
        [(&payload, [0, 0], "unsigned"), (&one, [1, 1], "unsigned"), (&second, [2, 2], "complete")]
    {
        for told in [state(office, file, &[]), state(&nobody, file, &["--previous", text(&root)])] {
            assert_eq!(told["state"], wanted, "{told}");
            let counted = [0, 1].map(|side: usize| told["signatures"][side]["signed"].as_array().unwrap().len());
            assert_eq!(counted, signed, "{told}");
            assert_eq!(told["changes"][1], "root keys that must sign: 1 of 3, was 2 of 3", "{told}");
            assert_eq!(told["expired"], false);
        }
        assert_eq!(state(&nobody, file, &[])["state"], "unknown");
    }
    assert_eq!(state(&nobody, &root, &[])["state"], "complete");
    let words = office.ok(&["root", "inspect", text(&one)]).stdout;
    assert!(words.contains("Root keys of version 1: 1 of 2 have signed, 1 more needed"), "{words}");
    assert!(words.contains("It does not count yet"), "{words}");
    let error = nobody.error(&["root", "inspect", text(&ceremony.keys[0])]);
    assert_eq!(error["code"], "bad_root");
    assert!(message(&nobody.error(&["root", "inspect", "nowhere"])).contains("is not there"));
    // Nothing but a file was asked for.
    assert!(!nobody.dir().exists());
}

#[test]
fn the_ceremony_explains_itself() {
    let home = Home::new();
    for command in ["root", "root import", "root inspect", "root propose", "root sign", "root combine", "init"] {
        let arguments: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let help = home.ok(&arguments).stdout;
        assert!(help.contains(&format!("nguon {command}")) || command == "root", "{command}: {help}");
        assert!(help.contains("Example") || help.contains("1. one proposes"), "{command}: {help}");
        assert!(
            help.lines().filter(|line| line.contains("nguon ")).all(|line| line.chars().count() <= 100),
            "{command}: {help}"
        );
    }
}
