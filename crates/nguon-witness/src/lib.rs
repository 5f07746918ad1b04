//! Those who watch the log: the witness and the map auditor.
