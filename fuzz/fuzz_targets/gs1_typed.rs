#![cfg_attr(fuzzing, no_main)]

nguon_fuzz::program!("gs1_typed");
