//! Posts the season to an ingestion server.

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use nguon_core::cbor::{self, Limits};
use nguon_examples::season::Season;
use serde::Deserialize;
use ureq::Agent;
use ureq::http::Response;

/// Records and openings a request; each is under 2 KiB, so a request stays far below any server's limit.
const AT_ONCE: usize = 100;
const LIMITS: Limits = Limits { length: 1024 * 1024, depth: 6 };

/// A server's answer to a sequence of records.
#[derive(Deserialize)]
struct Answers {
    results: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    status: String,
    #[serde(default)]
    problem: Option<serde_json::Value>,
}

/// A server's answer to openings.
#[derive(Deserialize)]
struct Stored {
    stored: usize,
}

/// An ingestion server.
pub struct Client {
    agent: Agent,
    url: String,
}

impl Client {
    /// The server at this address.
    pub fn new(url: &str) -> Self {
        let config =
            Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(60))).build();
        Self { agent: config.into(), url: url.trim_end_matches('/').to_owned() }
    }

    /// Posts records, then what opens them, the files bound to them, and lists of printed serials: each rests on the
    /// records.
    pub fn register(&self, season: &Season) -> Result<()> {
        let (accepted, known) = self.post_records(season)?;
        eprintln!("records: {accepted} accepted, {known} known before");
        let stored = self.post_openings(season)?;
        eprintln!("openings: {stored} stored of {}", season.openings.len());
        for attachment in &season.attachments {
            let path = format!("/v1/attachments/{}", attachment.digest);
            let put = self.agent.put(self.at(&path)).content_type(attachment.media_type);
            read(put.send(&attachment.bytes[..]), &path)?;
        }
        eprintln!("attachments: {}", season.attachments.len());
        for printed in &season.printed {
            let path = format!("/v1/serials/{}", printed.batch);
            let post = self.agent.post(self.at(&path)).content_type("application/octet-stream");
            read(post.send(&printed.list.to_bytes()[..]), &path)?;
        }
        eprintln!("lists of serials: {}", season.printed.len());
        Ok(())
    }

    fn post_records(&self, season: &Season) -> Result<(usize, usize)> {
        let (mut accepted, mut known) = (0, 0);
        for part in season.journal.chunks(AT_ONCE) {
            let sequence: Vec<u8> = part.iter().flat_map(|record| record.as_bytes()).copied().collect();
            let post = self.agent.post(self.at("/v1/records")).content_type("application/cbor-seq");
            let answers: Answers = serde_json::from_str(&read(post.send(&sequence[..]), "/v1/records")?)?;
            ensure!(answers.results.len() == part.len(), "the server answered for another number of records");
            for answer in answers.results {
                match answer.status.as_str() {
                    "accepted" => accepted += 1,
                    "duplicate" => known += 1,
                    other => bail!("record {}: {other}: {}", accepted + known, answer.problem.unwrap_or_default()),
                }
            }
            eprintln!("records: {} of {}", accepted + known, season.journal.len());
        }
        Ok((accepted, known))
    }

    fn post_openings(&self, season: &Season) -> Result<usize> {
        let mut stored = 0;
        for part in season.openings.chunks(AT_ONCE) {
            let bytes = cbor::to_canonical(&part.to_vec(), LIMITS)?;
            let post = self.agent.post(self.at("/v1/openings")).content_type("application/cbor");
            stored += serde_json::from_str::<Stored>(&read(post.send(&bytes[..]), "/v1/openings")?)?.stored;
        }
        Ok(stored)
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

/// The body of an answer that says yes.
fn read(answer: Result<Response<ureq::Body>, ureq::Error>, path: &str) -> Result<String> {
    let mut answer = answer.with_context(|| path.to_owned())?;
    let status = answer.status();
    let body = answer.body_mut().read_to_string().with_context(|| path.to_owned())?;
    ensure!(status.is_success(), "{path}: {status}: {body}");
    Ok(body)
}
