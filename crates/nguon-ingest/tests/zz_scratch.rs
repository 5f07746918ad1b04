#[path = "support/live.rs"]
mod live;
#[path = "support/program.rs"]
mod program;
#[path = "../../nguon-store/tests/support/world.rs"]
mod world;
use live::*; use world::*;
#[test]
fn measure() {
    let mut w = World::new();
    let bs: Vec<_> = (0..32).map(|_| w.batch(None)).collect();
    let base = w.sequence();
    let f = tempfile::tempdir().unwrap();
    let root = program::write_root(f.path(), &w.trust);
    let p = program::Program::start(&root, &f.path().join("d"));
    let c = Client::new(p.address);
    assert_eq!(c.send("POST","/v1/records?atomic=true",&[("content-type","application/cbor-seq")],Some(&base)).status,200);
    for conns in [1usize, 4, 16, 32] {
        let posts: Vec<Vec<_>> = bs[..conns].iter().map(|b| (0..200).map(|i| { w.list(*b, i); w.records.last().unwrap().as_bytes().to_vec() }).collect()).collect();
        let t = std::time::Instant::now();
        let addr = p.address;
        std::thread::scope(|s| for q in &posts { s.spawn(move || { let c = Client::new(addr); for r in q { assert_eq!(c.send("POST","/v1/records",&[("content-type","application/cose")],Some(r)).status,201); } }); });
        let n = conns*200; println!("RESULT {conns} conns: {:.0} records/s", n as f64 / t.elapsed().as_secs_f64());
    }
    let b = w.batch(None); let from = w.records.len()-3; for i in 0..4000 { w.list(b, i); }
    let body: Vec<u8> = w.records[from..].iter().flat_map(|r| r.as_bytes().to_vec()).collect();
    println!("RESULT body {}", body.len());
    let t = std::time::Instant::now();
    let a = c.send("POST","/v1/records?atomic=true",&[("content-type","application/cbor-seq")],Some(&body));
    println!("RESULT bulk {} {:.0} records/s", a.status, (w.records.len()-from) as f64 / t.elapsed().as_secs_f64());
    let t = std::time::Instant::now();
    for _ in 0..20 { c.send("GET",&format!("/v1/bundles/{b}"),&[],None); }
    println!("RESULT bundle of 4000+ {:?}", t.elapsed()/20);
    let t = std::time::Instant::now();
    for _ in 0..200 { c.send("GET",&format!("/v1/bundles/{}", bs[0]),&[],None); }
    println!("RESULT bundle small {:?}", t.elapsed()/200);
}
