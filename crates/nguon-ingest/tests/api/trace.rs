//! The trace graph over HTTP: line by line, from wherever it is asked, with clear words where it cannot be.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use nguon_core::event::{DrawReason, Drawn, Harvested, Inputs, Received};
use nguon_core::ids::ChainId;
use nguon_core::ledger::Pen;
use nguon_core::trace::Line;
use nguon_core::values::Grams;

use crate::live::{Answer, Live};
use crate::world::{NOW, World, time};

/// A labelled batch of the farm's, handed over in part, and a server that has it all.
fn filled() -> (World, [ChainId; 2], Live) {
    let mut world = World::new();
    let farm_key = world.farm_key.clone();
    let pen = Pen::new(world.farm, &farm_key, time(NOW));
    let batch = world.batch(Some("L1/2"));
    let opened = world.opened(None);
    let next = world.begin(&pen, opened);
    let grams = |grams| Grams::new(grams).unwrap();
    let drawn = Drawn { to: next, grams: grams(300_000), why: DrawReason::Handover };
    world.append(&pen, batch, drawn).unwrap();
    world.append(&pen, next, Received::new(Inputs::one(batch, grams(298_000)))).unwrap();
    let live = Live::start(&world.trust);
    assert_eq!(live.post("/v1/records", "application/cbor-seq", &world.sequence()).status, 200);
    assert_eq!(live.post("/v1/openings", "application/cbor", &world.openings_body()).status, 200);
    (world, [batch, next], live)
}

#[track_caller]
fn lines(answer: &Answer) -> Vec<Line> {
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/x-ndjson"), "{text}");
    assert!(text.ends_with('\n'));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn nodes(lines: &[Line]) -> Vec<(ChainId, i64)> {
    let node = |line: &Line| if let Line::Node(node) = line { Some((node.chain, node.depth)) } else { None };
    lines.iter().filter_map(node).collect()
}

#[test]
fn a_batch_is_followed_both_ways() {
    let (world, [batch, next], live) = filled();
    let answer = live.get(&format!("/v1/trace/both/batch/{batch}"));
    let lines = lines(&answer);
    let wanted = [(batch, 0), (world.plot, -1), (next, 1), (world.area, -2)];
    assert_eq!(nodes(&lines), wanted);
    assert!(matches!(&lines[0], Line::Start(start) if start.start == [batch] && start.as_of.is_none()));
    assert!(matches!(lines.last(), Some(Line::End(end)) if (end.nodes, end.edges, end.cut) == (4, 3, false)));
    let edges: Vec<_> =
        lines.iter().filter_map(|line| if let Line::Edge(edge) = line { Some(edge) } else { None }).collect();
    let handed = edges.iter().find(|edge| edge.to == next).unwrap();
    assert_eq!((handed.drawn_g, handed.received_g), (Some(300_000), Some(298_000)));
    let names: Vec<_> =
        lines.iter().filter_map(|line| if let Line::Name(name) = line { Some(&*name.name) } else { None }).collect();
    assert_eq!(names, ["Nguyễn Thị Mẫu", "Hợp tác xã Vải thiều mẫu"]);
    assert_eq!((answer.header("cache-control"), answer.header("x-content-type-options")), ("no-cache", "nosniff"));
}

#[test]
fn it_begins_wherever_it_is_asked_to() {
    let (world, [batch, next], live) = filled();
    let (farm, plot, area) = (world.farm, world.plot, world.area);
    for (path, wanted) in [
        (format!("/v1/trace/back/batch/{batch}"), vec![batch, plot, area]),
        (format!("/v1/trace/forward/batch/{batch}"), vec![batch, next]),
        (format!("/v1/trace/forward/place/{area}"), vec![area, plot, batch, next]),
        ("/v1/trace/forward/label/09521234543213/L1%2F2".to_owned(), vec![batch, next]),
    ] {
        let found: Vec<_> = nodes(&lines(&live.get(&path))).into_iter().map(|(chain, _)| chain).collect();
        assert_eq!(found, wanted, "{path}");
    }
    let found = lines(&live.get(&format!("/v1/trace/back/actor/{farm}")));
    assert!(matches!(&found[0], Line::Start(start) if start.start.len() == 3));
    assert_eq!(nodes(&found).len(), 4);
}

#[test]
fn who_holds_what_is_listed() {
    let (mut world, [batch, next], live) = filled();
    let answer = live.get(&format!("/v1/holdings/actor/{}", world.farm));
    let found = lines(&answer);
    let remaining = found.iter().filter_map(|line| match line {
        Line::Node(node) => Some((node.chain, node.remaining_g.unwrap())),
        _ => None,
    });
    let mut wanted = vec![(batch, 550_000), (next, 298_000)];
    wanted.sort_unstable();
    assert_eq!(remaining.collect::<Vec<_>>(), wanted);
    assert!(answer.body.starts_with(format!("{{\"start\":[\"{}\"],\"as_of\":null}}\n", world.farm).as_bytes()));
    assert!(matches!(&found[1], Line::Name(name) if name.actor == world.farm));
    assert!(matches!(found.last(), Some(Line::End(end)) if (end.nodes, end.edges) == (2, 0)));
    // More than fit into one piece.
    let farm_key = world.farm_key.clone();
    let pen = Pen::new(world.farm, &farm_key, time(NOW));
    many(&mut world, &pen, &live, 1_024);
    let found = lines(&live.get(&format!("/v1/holdings/actor/{}", world.farm)));
    assert!(matches!(found.last(), Some(Line::End(end)) if (end.nodes, end.edges) == (1_026, 0)));
    assert_eq!(found.len(), 1_026 + 3);
    assert_eq!(lines(&live.get(&format!("/v1/holdings/actor/{}", world.coop))).len(), 3);
}

/// So many further batches from the plot.
fn many(world: &mut World, pen: &Pen<'_>, live: &Live, count: usize) {
    let before = world.records.len();
    for _ in 0..count {
        let (opened, plot, grams) = (world.opened(None), world.plot, Grams::new(1_000).unwrap());
        let batch = world.begin(pen, opened);
        let drawn = nguon_core::event::HarvestDrawn::new("2026".parse().unwrap(), batch, grams);
        world.append(pen, plot, drawn).unwrap();
        world.append(pen, batch, Harvested::new(Inputs::one(plot, grams))).unwrap();
    }
    let body: Vec<u8> = world.records[before..].iter().flat_map(|record| record.as_bytes().to_vec()).collect();
    assert_eq!(live.post("/v1/records", "application/cbor-seq", &body).status, 200);
}

#[test]
fn what_cannot_be_asked_is_said_clearly() {
    let (world, [batch, _], live) = filled();
    let bad = |path: &str, field: &str| {
        let problem = live.get(path).problem(400, "bad_address");
        assert_eq!(problem["field"], field, "{path}");
        problem["detail"].as_str().unwrap().to_owned()
    };
    let words = bad(&format!("/v1/trace/sideways/batch/{batch}"), "direction");
    assert_eq!(words, "direction: no such direction; these are: back, forward, both");
    assert!(bad("/v1/trace/back/product-lot/SX-1", "direction").contains("only goes forward"));
    bad("/v1/trace/back/batch/1234", "chain_id");
    bad("/v1/trace/back/label/123/L1", "gtin");
    bad("/v1/trace/back/pallet/095212340000000014", "sscc");
    bad("/v1/trace/back/shipment/%20/1", "kind");
    bad(&format!("/v1/trace/back/batch/{batch}?most=-1"), "most");
    bad(&format!("/v1/trace/back/batch/{batch}?most=1000001"), "most");
    bad("/v1/holdings/actor/xyz", "chain_id");
    let nothing = ChainId::from_bytes([7; 32]);
    for (path, code) in [
        (format!("/v1/trace/back/batch/{nothing}"), "no_such_batch"),
        (format!("/v1/trace/back/batch/{}", world.plot), "no_such_batch"),
        (format!("/v1/trace/back/place/{batch}"), "no_such_place"),
        (format!("/v1/trace/back/actor/{batch}"), "no_such_actor"),
        ("/v1/trace/back/label/09521234543213/L9".to_owned(), "no_such_label"),
        ("/v1/trace/forward/product-lot/SX-1?product=Thu%E1%BB%91c".to_owned(), "no_such_product_lot"),
        ("/v1/trace/back/shipment/phieu-xuat/PX-1".to_owned(), "no_such_shipment"),
        ("/v1/trace/both/pallet/095212340000000013".to_owned(), "no_such_pallet"),
        (format!("/v1/holdings/actor/{batch}"), "no_such_actor"),
    ] {
        live.get(&path).problem(404, code);
    }
}

#[test]
fn a_cut_walk_says_so() {
    let (world, _, live) = filled();
    let found = lines(&live.get(&format!("/v1/trace/forward/place/{}?most=1", world.area)));
    assert!(matches!(found.last(), Some(Line::End(end)) if (end.nodes, end.edges, end.cut) == (2, 1, true)));
    let found = lines(&live.get(&format!("/v1/trace/forward/place/{}?most=3", world.area)));
    assert!(matches!(found.last(), Some(Line::End(end)) if (end.edges, end.cut) == (3, false)));
}

#[test]
fn any_page_may_read_it_and_compressed() {
    let (_, [batch, _], live) = filled();
    let path = format!("/v1/trace/both/batch/{batch}");
    let answer = live.get_with(&path, &[("origin", "https://thanhtra.example")]);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(live.get_with(&path, &[("accept-encoding", "gzip")]).header("content-encoding"), "gzip");
}

#[test]
fn who_does_not_read_keeps_nobody_waiting() {
    let (mut world, _, live) = filled();
    let farm_key = world.farm_key.clone();
    let pen = Pen::new(world.farm, &farm_key, time(NOW));
    many(&mut world, &pen, &live, 1_200);
    let path = format!("/v1/trace/forward/place/{}", world.area);
    // More than there are threads that read, each with megabytes still to come.
    let idle: Vec<TcpStream> = (0..8)
        .map(|_| {
            let mut stream = TcpStream::connect(live.address).unwrap();
            write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: identity\r\n\r\n").unwrap();
            let mut first = [0; 64];
            stream.read_exact(&mut first).unwrap();
            assert!(first.starts_with(b"HTTP/1.1 200"));
            stream
        })
        .collect();
    many(&mut world, &pen, &live, 1);
    let found = lines(&live.get(&path));
    assert!(matches!(found.last(), Some(Line::End(end)) if (end.nodes, end.cut) == (1_205, false)));
    drop(idle);
}
