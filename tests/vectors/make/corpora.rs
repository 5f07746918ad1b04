//! What the fuzz targets start from: the inputs of the vectors, as bytes.

use serde_json::Value;

use super::File;

/// A bundle larger than this teaches a fuzzer nothing more.
const LARGEST: usize = 7_000;

/// Target, name and bytes of every file.
pub fn all(files: &[File]) -> Vec<(&'static str, String, Vec<u8>)> {
    let mut corpora = Vec::new();
    for file in files {
        for (number, (_, input, expect)) in file.cases.iter().enumerate() {
            let name = format!("{}_{number:02}", file.name);
            let mut add = |target, value: &Value| {
                let bytes = unhex(value.as_str().unwrap_or_default());
                if bytes.len() <= LARGEST {
                    corpora.push((target, name.clone(), bytes));
                }
            };
            match file.kind {
                "canonical_cbor" => add("canonical", &input["bytes"]),
                "record" => add("record", &input["payload"]),
                "envelope" => add("envelope", &input["bytes"]),
                "trust_root" => add("trust_root", &input["signed_root"]),
                "bundle" => add("bundle", &input["bundle"]),
                "field_digest" if expect["value"].is_string() => add("opening", &expect["value"]),
                _ => {}
            }
            if let Some(record) = expect.get("record") {
                corpora.push(("json_record", name.clone(), record.to_string().into_bytes()));
            }
        }
    }
    let texts = [("gs1_link", LINKS), ("gs1_typed", TYPED), ("gs1_gtin", GTINS)];
    for (target, texts) in texts {
        corpora.extend(texts.iter().enumerate().map(|(n, text)| (target, format!("{n:02}"), text.as_bytes().to_vec())));
    }
    corpora
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&String::from_iter(pair), 16).expect("hexadecimal");
    digits.chunks(2).map(byte).collect()
}

const LINKS: &[&str] = &[
    "https://nguon.example/01/09521234543213/10/ABC123",
    "https://nguon.example/01/09521234543213/10/ABC123/21/0042#AAECAwQFBgcICQoLDA0ODw",
    "https://nguon.example/t/01/09521234543213/22/2A/10/ABC123?17=261231",
    "https://nguon.example:8443/01/9521234543213/10/A%2FB%23",
    "http://127.0.0.1:8787/01/09521234543213/10/x/",
    "https://nguon.example/01/09521234543213/10/..",
    "https://nguon.example/01/09521234543214/10/ABC123",
    "https://nguon.example/10/ABC123/01/09521234543213",
];

const TYPED: &[&str] = &[
    "(01)09521234543213(10)ABC123",
    "(10) ABC123 (01) 0952 1234 5432 13 (21) 42",
    "010952123454321310ABC123\u{1d}2142",
    "]d2010952123454321310ABC123",
    "nguon.example/01/09521234543213/10/ABC123",
    "/01/09521234543213/10/ABC123#AAECAwQFBgcICQoLDA0ODw",
    "(01)09521234543214(10)ABC123",
    "(01)",
];

const GTINS: &[&str] = &["09521234543213", "9521234543213", "952123400003", "95212346", "09521234543214", "0952", ""];
