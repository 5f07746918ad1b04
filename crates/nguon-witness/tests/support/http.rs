//! A running server, asked over loopback.

use std::net::SocketAddr;

use axum::Router;
use nguon_witness::Listening;
use tokio::runtime::Runtime;
use ureq::Agent;

pub struct Live {
    runtime: Runtime,
    server: Option<Listening>,
    address: SocketAddr,
    agent: Agent,
}

pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub anybody_may_read: bool,
    pub body: String,
}

impl Live {
    pub fn start(routes: Router) -> Self {
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(Listening::start("127.0.0.1:0".parse().unwrap(), routes)).unwrap();
        let agent = Agent::config_builder().http_status_as_error(false).build().new_agent();
        Self { runtime, address: server.local_addr(), server: Some(server), agent }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> Answer {
        Answer::of(self.agent.get(self.url(path)).header("Origin", "https://page.example").call().unwrap())
    }

    pub fn post(&self, path: &str, body: &[u8]) -> Answer {
        self.try_post(path, body).unwrap()
    }

    /// `None`: the server hung up before it had read all.
    pub fn try_post(&self, path: &str, body: &[u8]) -> Option<Answer> {
        self.agent.post(self.url(path)).send(body).ok().map(Answer::of)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.shutdown());
        }
    }
}

impl Answer {
    fn of(mut response: ureq::http::Response<ureq::Body>) -> Self {
        let header = |name: &str| {
            response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        Self {
            status: response.status().as_u16(),
            content_type: header("content-type"),
            anybody_may_read: header("access-control-allow-origin") == "*",
            body: response.body_mut().read_to_string().unwrap(),
        }
    }
}
