//! SPEC.md, held to the code: its CDDL, its tables, and its worked example recomputed from the page alone.

mod accepted_alike;
mod cddl;
mod outcomes;
mod page;
mod permissions;
mod samples;
mod season_is_in_the_cddl;
mod tables;
mod worked_example;
