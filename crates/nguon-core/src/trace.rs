//! The trace graph: which places and batches a batch came from, where it went, and how many grams went along each edge.
//!
//! Nodes are the chains of growing areas, plots, packing houses and batches. Edges lead from a growing area to its plots,
//! from a plot to the batches harvested there, and from a batch to the batches drawn from it; grams are effective values,
//! corrections counted. A [`Walk`] goes over a [`Graph`], breadth first and always in the same order, and gives one
//! [`Line`] a node, edge and name: the lines that a server streams as NDJSON (one JSON object a line) are these.
//!
//! A walk over a server's graph is the server's word. [`of_history`] gives the same graph over a verified bundle, which
//! holds where its batch came from; where it went beyond the bundle's chains only the server knows.
//!
//! Left out: any I/O, and any proof. A batch's own bundle proves its ancestors.
//!
//! ```
//! use nguon_core::ids::ChainId;
//! use nguon_core::trace::{Direction, Edge, Graph, Line, Name, Node, walk};
//!
//! /// One plot, drawn on for one batch.
//! struct Small([ChainId; 2]);
//!
//! impl Graph for Small {
//!     type Error = std::convert::Infallible;
//!     fn node(&mut self, chain: &ChainId) -> Result<Option<Node>, Self::Error> {
//!         Ok(self.0.contains(chain).then(|| Node { chain: *chain, ..Node::default() }))
//!     }
//!     fn sources(&mut self, chain: &ChainId) -> Result<Vec<Edge>, Self::Error> {
//!         Ok(if *chain == self.0[1] { vec![Edge::new(self.0[0], self.0[1])] } else { Vec::new() })
//!     }
//!     fn destinations(&mut self, chain: &ChainId) -> Result<Vec<Edge>, Self::Error> {
//!         Ok(if *chain == self.0[0] { vec![Edge::new(self.0[0], self.0[1])] } else { Vec::new() })
//!     }
//!     fn name(&mut self, _: &ChainId) -> Result<Option<Name>, Self::Error> {
//!         Ok(None)
//!     }
//! }
//!
//! let [plot, batch] = [1, 2].map(|n| ChainId::from_bytes([n; 32]));
//! let mut lines = Vec::new();
//! let end = walk(&mut Small([plot, batch]), vec![batch], Direction::Back, 100, &mut |line| lines.push(line))?;
//! assert_eq!((end.nodes, end.edges, end.cut), (2, 1, false));
//! assert!(matches!(&lines[3], Line::Edge(edge) if (edge.from, edge.to) == (plot, batch)));
//! # Ok::<(), std::convert::Infallible>(())
//! ```

mod changes;
mod direction;
mod edge;
mod history;
mod line;
mod node;
mod sums;
mod walk;

pub use changes::{Change, DrawFacts, changes};
pub use direction::{Direction, UnknownDirection};
pub use edge::Edge;
pub use history::{HistoryGraph, of_history};
pub use line::{AsOf, End, Line, Name, NotALine, Start};
pub use node::{Node, NodeSort, PlaceCode, RecallNote};
pub use sums::Sums;
pub use walk::{Graph, MOST, Walk, walk};
