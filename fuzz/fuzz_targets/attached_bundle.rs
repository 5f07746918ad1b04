#![cfg_attr(fuzzing, no_main)]

nguon_fuzz::program!("attached_bundle");
