use crate::world::{LOT, harvest, pack, spray, world, world_of};

const RECALL: [&str; 6] = ["recall", "product-lot", LOT, "--reason", "pesticide_residue", "--as"];

#[test]
fn a_bad_lot_is_called_back_over_all_plots_and_never_twice() {
    let (home, _server) = world();
    // Picked before the spray, and after it.
    harvest(&home, "bay", "thua=100", "lo-truoc");
    spray(&home, "thua", "bay", 3, 1);
    spray(&home, "thua-hai", "hai", 3, 1);
    harvest(&home, "bay", "thua=850.5", "lo-1");
    let packed = pack(&home, &[("lo-1", "bay", 800_000)], "thung", "VT-0612");
    home.ok(&["push"]);

    // Shown, and nothing signed.
    let preview = home.json(&[&RECALL[..], &["authority"]].concat());
    assert_eq!(preview["outbox"].as_array().unwrap().len(), 0);
    assert_eq!(home.json(&["outbox", "list"]).as_array().unwrap().len(), 0);
    let plots = preview["plots"].as_array().unwrap();
    assert_eq!(plots.len(), 2, "{preview}");
    let of = |plot: &str| plots.iter().find(|one| one["plot"] == home.id(plot).as_str()).unwrap();
    // On the first plot what went to two batches; the fruit picked minutes ago counts as picked after the spray.
    assert_eq!(of("thua")["picked"].as_array().unwrap().len(), 2, "{preview}");
    assert!(of("thua-hai")["harvests"].is_null() && of("thua-hai")["fate"] == "sign");
    let reached: Vec<&str> =
        preview["reached"].as_array().unwrap().iter().map(|one| one["batch"].as_str().unwrap()).collect();
    assert!(reached.contains(&packed.as_str()) && reached.len() == 3, "{preview}");

    let signed = home.ok(&[&RECALL[..], &["authority", "--yes", "--details", "mẫu 0612-3"]].concat()).stdout;
    assert!(signed.contains("850.5 kg") && signed.contains("Signed: 2 (outbox "), "{signed}");
    // Again before it is sent, and after: nothing more.
    for _ in 0..2 {
        let again = home.json(&[&RECALL[..], &["authority", "--yes"]].concat());
        assert!(again["outbox"].as_array().unwrap().is_empty(), "{again}");
        assert!(again["plots"].as_array().unwrap().iter().all(|one| one["fate"]["stands"].is_u64()), "{again}");
        home.ok(&["push"]);
    }
    let (code, verdict) = home.verify(&["thung"]);
    assert_eq!((code, verdict["outcome"].as_str()), (1, Some("recalled")), "{verdict}");
    let told = home.run(&["verify", "thung", "--lang", "vi"]).stdout;
    assert!(told.contains("Nguồn gốc: ") && told.contains(" → lo-1 → thung."), "{told}");

    // A harvest since then is one more recall, of that harvest.
    harvest(&home, "bay", "thua=50", "lo-sau");
    home.ok(&["push"]);
    let more = home.json(&[&RECALL[..], &["authority", "--yes"]].concat());
    assert_eq!(more["outbox"].as_array().unwrap().len(), 1, "{more}");
}

#[test]
fn a_registrar_calls_back_for_its_households_and_nobody_for_strangers() {
    let (home, _server) = world();
    spray(&home, "thua", "bay", 3, 1);
    harvest(&home, "bay", "thua=850.5", "lo-1");
    home.ok(&["push"]);
    let others = home.json(&[&RECALL[..], &["kho", "--yes"]].concat());
    assert_eq!(others["plots"][0]["fate"], "not_ours", "{others}");
    let ours = home.json(&[&RECALL[..], &["coop", "--yes", "--all-until-released"]].concat());
    assert_eq!(ours["outbox"].as_array().unwrap().len(), 1, "{ours}");
    home.ok(&["push"]);
    harvest(&home, "bay", "thua=10", "lo-2");
    home.ok(&["push"]);
    assert_eq!(home.verify(&["lo-2"]).1["outcome"], "recalled");
    let unknown = ["recall", "product-lot", "KHONG-CO", "--reason", "microbial", "--as", "coop"];
    assert_eq!(home.error(&unknown)["code"], "no_such_lot");
}

#[test]
fn a_recall_ends_by_two_keys_and_not_by_one() {
    let (home, _server) = world_of(&["--authority-keys", "2"]);
    harvest(&home, "bay", "thua=850.5", "lo-1");
    let recalled = r#"{"recalled": {"reason": "microbial"}}"#;
    home.ok(&["append", "lo-1", "--as", "coop", "--for", "bay", "--event", recalled]);
    home.ok(&["push"]);
    assert_eq!(home.verify(&["lo-1"]).1["outcome"], "recalled");

    assert_eq!(home.error(&["release", "lo-1", "--as", "authority"])["code"], "not_approved");
    assert_eq!(home.error(&["release", "approve", "lo-1", "--as", "coop"])["code"], "not_permitted");
    assert_eq!(home.json(&["recalls", "sign", "--as", "authority"])["recalls"].as_array().unwrap().len(), 1);
    home.ok(&["release", "approve", "lo-1", "--as", "authority", "--details", "mẫu đạt"]);
    let refused = home.error(&["release", "lo-1", "--as", "authority"]);
    assert_eq!(refused["code"], "same_key", "{refused}");
    home.ok(&["push"]);
    assert_eq!(home.verify(&["lo-1"]).1["outcome"], "recalled");
    let released = home.json(&["release", "lo-1", "--as", "authority-2"]);
    assert_eq!((released["recall"].as_u64(), released["approval"].as_u64()), (Some(2), Some(3)), "{released}");
    home.ok(&["push"]);
    assert_eq!(home.verify(&["lo-1"]).1["outcome"], "unlogged");
    assert_eq!(home.error(&["release", "lo-1", "--as", "authority"])["code"], "no_recall");
    // The list that saved bundles are held against says so no more.
    assert_eq!(home.json(&["recalls", "sign", "--as", "authority"])["recalls"].as_array().unwrap().len(), 0);
}
