//! Secret keys on disk: encrypted, readable by their owner only, and refused when anything about them is wrong.

mod common;

use common::{Home, text};

const PASSPHRASE: &str = "bốn chữ không liên quan";

fn with_key() -> (Home, std::path::PathBuf) {
    let home = Home::new();
    let file = home.beside("passphrase");
    std::fs::write(&file, format!("{PASSPHRASE}\nmore lines do not count\n")).unwrap();
    home.ok(&["key", "new", "bay", "--passphrase-file", text(&file)]);
    (home, file)
}

fn signs(home: &Home, arguments: &[&str]) -> common::Ended {
    let event = r#"{"certified": {"scheme": "VietGAP", "number": "1", "from": 1, "until": 2}}"#;
    home.run(&[&["append", "vung", "--as", "bay", "--event", event], arguments].concat())
}

/// A home in which the encrypted key `bay` belongs to a registrar.
fn enrolled() -> (Home, std::path::PathBuf) {
    let (home, file) = with_key();
    home.ok(&["init", "--name", "Mẫu", "--no-passphrase"]);
    home.ok(&["enrol", "--as", "authority", "--role", "registrar", "--name", "HTX", "--key", "bay", "--alias", "htx"]);
    let place = [
        "place",
        "area",
        "--code",
        "V-1",
        "--issuer",
        "VN",
        "--commune",
        "07525",
        "--hectares",
        "1",
        "--alias",
        "vung",
    ];
    home.ok(&[&place[..], &["--as", "bay", "--passphrase-file", text(&file)]].concat());
    (home, file)
}

#[cfg(unix)]
#[test]
fn keys_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let (home, file) = enrolled();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for name in ["bay", "authority", "root-1"] {
        assert_eq!(mode(&home.file(&format!("keys/{name}.key"))), 0o600, "{name}");
    }
    assert_eq!(mode(&home.file("keys")), 0o700);
    assert_eq!(mode(home.dir()), 0o700);
    for entry in std::fs::read_dir(home.file("outbox")).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
    let key = home.file("keys/bay.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).unwrap();
    let refused = signs(&home, &["--passphrase-file", text(&file)]);
    assert!(refused.code == 3 && refused.stderr.contains("can be read by others (mode 0640)"), "{refused:?}");
    assert!(refused.stderr.contains("Next: chmod 600"), "{refused:?}");
}

#[test]
fn a_key_is_an_age_file_that_its_passphrase_opens() {
    let (home, file) = enrolled();
    let disk: serde_json::Value = serde_json::from_slice(&std::fs::read(home.file("keys/bay.key")).unwrap()).unwrap();
    let armored = disk["secret"]["age"].as_str().unwrap();
    let composed: String = PASSPHRASE.into();
    let identity = age::scrypt::Identity::new(composed.into());
    let seed: [u8; 32] = age::decrypt(&identity, armored.as_bytes()).unwrap().try_into().unwrap();
    let public = nguon_core::ids::PublicKeyBytes::from(&nguon_core::SigningKey::from_bytes(&seed));
    assert_eq!(disk["public_key"], public.to_string().as_str());
    assert_eq!(home.json(&["key", "show", "bay"])["public_key"], public.to_string().as_str());
    assert_eq!(signs(&home, &["--passphrase-file", text(&file)]).code, 0);
}

#[test]
fn decomposed_vietnamese_is_the_same_passphrase() {
    let (home, _) = enrolled();
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(PASSPHRASE).collect();
    assert_ne!(decomposed, PASSPHRASE);
    let other = home.beside("decomposed");
    std::fs::write(&other, decomposed).unwrap();
    assert_eq!(signs(&home, &["--passphrase-file", text(&other)]).code, 0);
}

#[test]
fn a_wrong_passphrase_signs_nothing() {
    let (home, _) = enrolled();
    let waiting = home.json(&["outbox", "list"]);
    let wrong = home.beside("wrong");
    std::fs::write(&wrong, "something else entirely").unwrap();
    let refused = signs(&home, &["--passphrase-file", text(&wrong)]);
    assert!(refused.code == 3 && refused.stderr.contains("the passphrase does not open key bay"), "{refused:?}");
    assert_eq!(home.json(&["outbox", "list"]), waiting);
    // The environment is asked after the file, and says so.
    let event = r#"{"certified": {"scheme": "VietGAP", "number": "1", "from": 1, "until": 2}}"#;
    let signed =
        home.run_with(&["append", "vung", "--as", "bay", "--event", event], &[("NGUON_PASSPHRASE", PASSPHRASE)], "");
    assert!(signed.code == 0 && signed.stderr.contains("--passphrase-file keeps it closer"), "{signed:?}");
}

#[test]
fn a_key_file_cut_anywhere_is_refused() {
    let (home, file) = enrolled();
    let key = home.file("keys/bay.key");
    let whole = std::fs::read(&key).unwrap();
    // The last byte is the line feed at the end of the file.
    for length in (0..whole.len() - 1).step_by(37).chain([whole.len() - 2]) {
        std::fs::write(&key, &whole[..length]).unwrap();
        let refused = signs(&home, &["--passphrase-file", text(&file)]);
        assert!(refused.code == 3 && refused.stderr.contains("is damaged"), "{length}: {refused:?}");
        assert!(refused.stderr.contains("Next: restore it from a backup"), "{length}: {refused:?}");
    }
}

#[test]
fn halves_of_two_keys_are_refused() {
    let (home, _) = enrolled();
    let key = home.file("keys/authority.key");
    let mut disk: serde_json::Value = serde_json::from_slice(&std::fs::read(&key).unwrap()).unwrap();
    disk["secret"]["open"] = "07".repeat(32).into();
    std::fs::write(&key, serde_json::to_vec(&disk).unwrap()).unwrap();
    let refused = home.error(&["enrol", "--as", "authority", "--role", "lab", "--name", "x", "--without-key"]);
    assert_eq!(refused["code"], "damaged");
}

#[test]
fn a_passphrase_can_be_changed_and_taken_away() {
    let (home, file) = enrolled();
    let new = home.beside("new");
    std::fs::write(&new, "một câu khác hẳn").unwrap();
    home.ok(&["key", "passphrase", "bay", "--passphrase-file", text(&file), "--new-passphrase-file", text(&new)]);
    assert_eq!(signs(&home, &["--passphrase-file", text(&file)]).code, 3);
    assert_eq!(signs(&home, &["--passphrase-file", text(&new)]).code, 0);
    let opened = home.ok(&["key", "passphrase", "bay", "--passphrase-file", text(&new), "--no-passphrase"]);
    assert!(opened.stderr.contains("Warning: the secret keys are kept unencrypted"), "{opened:?}");
    assert_eq!(signs(&home, &[]).code, 0);
    assert!(home.ok(&["key", "list"]).stdout.contains("NOT ENCRYPTED"));
}

#[test]
fn short_passphrases_and_taken_names_are_refused() {
    let (home, file) = with_key();
    let short = home.beside("short");
    std::fs::write(&short, "1234567").unwrap();
    assert!(
        home.error(&["key", "new", "hoa", "--passphrase-file", text(&short)])["message"]
            .as_str()
            .unwrap()
            .contains("8")
    );
    assert!(
        home.error(&["key", "new", "bay", "--passphrase-file", text(&file)])["message"]
            .as_str()
            .unwrap()
            .contains("already")
    );
    // Without a terminal, a file or the environment there is nobody to ask.
    let refused = home.error(&["key", "new", "hoa"]);
    assert!(refused["next"].as_str().unwrap().contains("--passphrase-file"), "{refused}");
    // A name is a file name: it leads nowhere else.
    for name in ["../bay", "a/b", ".bay", "Bảy", ""] {
        assert_eq!(home.run(&["key", "new", name, "--no-passphrase"]).code, 3, "{name}");
    }
}
