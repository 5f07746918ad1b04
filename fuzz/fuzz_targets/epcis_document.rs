#![cfg_attr(fuzzing, no_main)]

nguon_fuzz::program!("epcis_document");
