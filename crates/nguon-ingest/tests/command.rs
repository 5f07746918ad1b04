//! The program itself: help, mistakes in its options, signals.

#[path = "support/live.rs"]
mod live;
#[path = "support/program.rs"]
mod program;
#[path = "../../nguon-store/tests/support/world.rs"]
mod world;

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use live::Client;
use program::Program;
use world::World;

fn fails(arguments: &[&str]) -> String {
    let output = program::command(arguments).output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn help_teaches() {
    let output = program::command(&["--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for wanted in
        ["--log-key", "64 hexadecimal digits", "--tiles", "--witness-url", "--auditor-url", "NGUON_PASSPHRASE"]
    {
        assert!(words.contains(wanted), "{wanted} is not in\n{help}");
    }
    assert!(!help.contains("crash"), "{help}");
    for wanted in ["--farm", "--products", "NGUON_FARM", "NGUON_PRODUCTS"] {
        assert!(help.contains(wanted), "{wanted} is not in\n{help}");
    }
    for wanted in ["Examples:", "--root", "--store", "--web", "--public-openings", "NGUON_LISTEN", "nguon erase"] {
        assert!(help.contains(wanted), "{wanted} is not in\n{help}");
    }
}

#[test]
fn mistakes_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (root, store) = (program::write_root(folder.path(), &World::new().trust), path("data"));
    std::fs::write(folder.path().join("garbage"), "not a root").unwrap();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let (missing, garbage, empty) = (path("missing"), path("garbage"), path("empty"));
    for (arguments, wanted) in [
        (vec!["--store", &store], "--root"),
        (vec!["--root", &missing, "--store", &store], "nguon init"),
        (vec!["--root", &garbage, "--store", &store], "trust root"),
        (vec!["--root", &root, "--store", &store, "--web", &empty], "cargo xtask web"),
        (vec!["--root", &root, "--store", &store, "--farm", &empty], "--web"),
        (vec!["--root", &root, "--store", &store, "--products", &garbage], "--products"),
        (vec!["--root", &root, "--store", &store, "--products", &missing], "--products"),
        (vec!["--root", &root, "--store", &store, "--listen", "nowhere"], "--listen"),
        (vec!["--root", &root, "--store", "/proc/nowhere/data"], "/proc/nowhere"),
    ] {
        let said = fails(&arguments);
        assert!(said.contains(wanted), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn mistakes_about_the_log_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let root = program::write_root(folder.path(), &World::logged().trust);
    let (store, missing, garbage, other) = (path("data"), path("missing"), path("garbage"), path("other.key"));
    std::fs::write(&garbage, "not a key").unwrap();
    std::fs::write(&other, "07".repeat(32)).unwrap();
    let with = |more: &[&str]| {
        let arguments = [&["--root", &root, "--store", &store, "--listen", "127.0.0.1:0"], more].concat();
        let said = fails(&arguments);
        assert!(!said.contains("panicked"), "{said}");
        said
    };
    assert!(with(&[]).contains("give its key with --log-key FILE"));
    assert!(with(&["--log-key", &missing]).contains("nguon key new"));
    assert!(with(&["--log-key", &garbage]).contains("is no key file"));
    assert!(with(&["--log-key", &other]).contains("the trust root's newest version names"));
    assert!(with(&["--log-key", &other, "--witness-url", "w1"]).contains("NAME=URL"));
    assert!(with(&["--log-key", &other, "--log-passphrase-file", &missing]).contains("--log-passphrase-file"));

    let plain = program::write_root(folder.path(), &World::new().trust);
    let said = fails(&["--root", &plain, "--store", &path("plain"), "--listen", "127.0.0.1:0", "--log-key", &other]);
    assert!(said.contains("leave --log-key away"), "{said}");
}

#[test]
fn a_second_server_on_the_same_store_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (root, store) = (program::write_root(folder.path(), &World::new().trust), folder.path().join("data"));
    let _first = Program::start(&root, &store);
    let said = fails(&["--root", &root, "--store", store.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    assert!(said.contains("in use by another process"), "{said}");
}

#[test]
fn signals_end_it_well() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let (root, store) = (program::write_root(folder.path(), &world.trust), folder.path().join("data"));
    for (signal, status) in [("TERM", 201), ("INT", 200)] {
        let server = Program::start(&root, &store);
        let media_type = ("content-type", "application/cose");
        let record = world.records[0].as_bytes();
        let answer = Client::new(server.address).send("POST", "/v1/records", &[media_type], Some(record));
        assert_eq!(answer.status, status);
        assert!(server.end(signal).success());
    }
}

#[test]
fn the_farmers_app_and_the_products_are_served() {
    let folder = tempfile::tempdir().unwrap();
    let (root, store) = (program::write_root(folder.path(), &World::new().trust), folder.path().join("data"));
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (name, words) in [("verify", "shopper"), ("farm", "farmer"), ("inspect", "inspector")] {
        std::fs::create_dir(path(name)).unwrap();
        std::fs::write(folder.path().join(name).join("index.html"), words).unwrap();
    }
    let products = path("products.json");
    std::fs::write(&products, r#"[{"name": "A", "active_ingredient": "B", "phi_days": 7}]"#).unwrap();
    let (web, farm, inspect) = (path("verify"), path("farm"), path("inspect"));
    let more = ["--web", &web, "--farm", &farm, "--inspect", &inspect, "--products", &products];
    let server = Program::start_with(&root, &store, &more).unwrap();
    let client = Client::new(server.address);
    for (address, words) in [("/", "shopper"), ("/farm/", "farmer"), ("/inspect/", "inspector")] {
        assert_eq!(client.send("GET", address, &[], None).body, words.as_bytes(), "{address}");
    }
    assert_eq!(client.send("GET", "/v1/products", &[], None).json()[0]["phi_days"], 7);
}

#[test]
fn another_deployments_store_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("data");
    let root = program::write_root(folder.path(), &World::named(3).trust);
    drop(Program::start(&root, &store));
    let other = program::write_root(folder.path(), &World::named(4).trust);
    let said = fails(&["--root", &other, "--store", store.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    assert!(said.contains("another deployment"), "{said}");
}

#[test]
fn the_log_can_be_json() {
    let folder = tempfile::tempdir().unwrap();
    let root = program::write_root(folder.path(), &World::new().trust);
    let store = folder.path().join("data");
    let mut command = program::command(&["--root", &root, "--store", store.to_str().unwrap(), "--log-format", "json"]);
    command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let event: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&event["level"], &event["fields"]["message"]), (&"INFO".into(), &"listening".into()));
}
